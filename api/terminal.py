"""Results as a person reads them on a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from api.schemas.carryover import CarryoverJson
from api.schemas.checks import CheckJson
from api.schemas.documents import CorrectedJson, DocumentJson, DocumentListJson, ParseJson
from api.schemas.drafts import ProposalJson
from api.schemas.evaluated_checks import CheckEvaluationJson
from api.schemas.evaluated_relations import RelationEvaluationJson
from api.schemas.evaluation import EvaluationJson, ExtractionEvaluationJson, ScoreJson
from api.schemas.items import ComparisonJson, HistoryJson, RestingJson
from api.schemas.results import (
    AnswerJson,
    BasesJson,
    BenchmarksJson,
    HitJson,
    SearchJson,
    TrendsJson,
)
from api.schemas.service import (
    DoctorJson,
    FailureJson,
    IngestJson,
    RemovedJson,
    RemovedListJson,
    RestoredJson,
)
from api.schemas.status import StatusJson
from api.schemas.tuning import TuneJson
from api.terminal_checks import check_evaluation_text, check_text
from api.terminal_drafts import proposal_text
from api.terminal_items import comparison_text, facets_lines, history_text, resting_text
from api.terminal_keeping import corrected_text, restorable_text, restored_text, status_text
from api.terminal_lines import NOTHING, cited_line, interpreted_lines
from api.terminal_relations import (
    bases_text,
    benchmarks_text,
    carryover_text,
    relation_evaluation_text,
    trends_text,
)
from api.terminal_tables import table_lines
from api.terminal_tuning import tuning_text
from api.wording import (
    KINDS,
    basis_line,
    document_line,
    excerpt,
    figures_line,
    indicator_line,
    item_line,
    versions_line,
    year_text,
)

_MOST_VERSIONS = 5


def search_text(response: SearchJson) -> Iterator[str]:
    """Yield the hits, best first."""
    yield from interpreted_lines(response.interpreted)
    if not response.hits:
        yield NOTHING
    for rank, hit in enumerate(response.hits, start=1):
        title = hit.name or excerpt(hit.content, 30)
        place = f"{document_line(hit.document)}，{item_line(hit)}"
        yield f"{rank}. {title}（{place}）"
        yield f"   {excerpt(hit.content, 120)}"
        if hit.indicators:
            yield f"   指标：{'；'.join(indicator_line(one) for one in hit.indicators)}"
        if hit.benchmarks:
            yield f"   标杆城市：{'、'.join(dict.fromkeys(one.city for one in hit.benchmarks))}"
        if hit.bases:
            yield f"   制定依据：{'；'.join(basis_line(one) for one in hit.bases)}"
        yield from _versions(hit)
        yield f"   {'；'.join((*hit.reasons, f'出处：{hit.document.source}', f'编号：{hit.item_id}'))}"
    if response.facets is not None:
        yield from facets_lines(response.facets)


def _versions(hit: HitJson) -> Iterator[str]:
    if hit.versions:
        yield f"   {versions_line(hit)}"
    for version in hit.versions[:_MOST_VERSIONS]:
        differing = f"：{figures_line(version)}" if version.figures else ""
        yield f"     {document_line(version.document)}，{item_line(version)}{differing}"
    if len(hit.versions) > _MOST_VERSIONS:
        yield f"     其余 {len(hit.versions) - _MOST_VERSIONS} 条从略。"


def answer_text(answer: AnswerJson) -> Iterator[str]:
    """Yield the answer and what it rests on."""
    yield from interpreted_lines(answer.interpreted)
    if answer.llm is not None and answer.llm.note:
        yield answer.llm.note
    yield answer.answer
    for number, citation in enumerate(answer.citations, start=1):
        yield f"[{number}] “{citation.quote}”（{cited_line(citation)}）"
    yield from (f"说明：{note}" for note in answer.notes)


def parse_text(reading: ParseJson) -> Iterator[str]:
    """Yield the items of each document with what was extracted from them."""
    for document in reading.documents:
        stated = f"{year_text(document.year)} {document.unit or '单位不明'}"
        yield f"{document.title or document.source}：{stated}，{len(document.items)} 条"
        for item in document.items:
            place = " ".join(part for part in (item.category, item.number) if part)
            yield f"  {place or '正文'}  {item.name or excerpt(item.content, 40)}"
            yield from (f"     指标：{indicator_line(one)}" for one in item.indicators)
            yield from (f"     标杆：{one.city} {excerpt(one.value or '', 60)}" for one in item.benchmarks)
            yield from (f"     依据：{basis_line(one)}" for one in item.bases)
    yield from (f"注意：{warning.sentence}" for warning in reading.warnings)


def _failure(failure: FailureJson) -> str:
    return f"  {failure.path}：{failure.reason}"


def ingest_text(summary: IngestJson) -> Iterator[str]:
    """Yield the counts, and each file that was not taken in."""
    yield (
        f"新增 {summary.added} 个，更新 {summary.replaced} 个，没有变化 {summary.unchanged} 个，"
        f"失败 {len(summary.failed)} 个，跳过 {len(summary.skipped)} 个文件。"
    )
    yield from map(_failure, summary.failed)
    yield from (f"注意：{warning.sentence}" for warning in summary.warnings)


def _document(document: DocumentJson) -> str:
    kind = KINDS[document.kind]
    return f"{document.id}  {document_line(document)}  {kind}  {document.item_count} 条  {document.path}"


def documents_text(listing: DocumentListJson) -> Iterator[str]:
    """Yield a table of the documents."""
    if not listing.documents:
        yield "目标库里还没有文档；请运行 duibiao ingest 文件或文件夹 来导入。"
    heads = ("编号", "年份", "单位", "城市", "类型", "条目", "文件")
    yield from table_lines(heads, map(_document_row, listing.documents), right=("编号", "条目"))


def _document_row(document: DocumentJson) -> tuple[str, ...]:
    unit = (document.unit or "不明") + ("（推断）" if "unit" in document.inferred else "")
    year = str(document.year or "不明") + ("（推断）" if "year" in document.inferred else "")
    kind, count = KINDS[document.kind], str(document.item_count)
    return str(document.id), year, unit, document.city or "", kind, count, document.path


def removed_text(removed: RemovedJson) -> Iterator[str]:
    """Yield what was removed, and how to undo it."""
    yield from (f"已移除：{_document(document)}" for document in removed.removed)
    if removed.kept_until is not None:
        numbers = "、".join(str(document.id) for document in removed.removed)
        yield f"撤销：duibiao restore {numbers}（{removed.kept_until[:10]} 之前）"


def doctor_text(report: DoctorJson) -> Iterator[str]:
    """Yield a table of the checks, then what to make of them."""
    rows = ((one.name, "正常" if one.ok else "有问题", one.sentence) for one in report.checks)
    yield from table_lines(("检查", "结果", "说明"), rows)
    yield "全部正常。" if report.ok else "有检查没有通过；请按上面的提示处理。"


def extraction_text(evaluation: ExtractionEvaluationJson) -> Iterator[str]:
    """Yield the scores of every part, and of every kind over all sentences."""
    for part in evaluation.parts:
        yield f"{_PARTS[part.part]}（{part.sentences} 句）"
        yield from _scores(part.levels)
        yield f"  承诺与已完成区分正确：{part.status:.1%}"
    yield "各类数值（全部句子，数值和单位）"
    yield from _scores(evaluation.parts[0].kinds)


_PARTS = {"all": "全部句子", "tuned-on": "调过规则的句子", "held-out": "只用于评测的句子"}


def _scores(rows: Iterable[ScoreJson]) -> Iterator[str]:
    heads = ("", "准确率", "召回率", "F1", "标注", "读到", "一致")
    cells = (
        (
            one.name,
            *_ratios(one.precision, one.recall, one.f1),
            *map(str, (one.labelled, one.found, one.agreed)),
        )
        for one in rows
    )
    yield from table_lines(heads, cells, right=heads[1:])


def _ratios(*values: float) -> tuple[str, ...]:
    return tuple(f"{value:.3f}" for value in values)


def evaluation_text(evaluation: EvaluationJson) -> Iterator[str]:
    """Yield the means of every system and kind, the comparison, and the queries where they are there."""
    about = evaluation.set
    yield (
        f"{about.name}：{about.queries} 条查询（{about.judged} 条有相关内容），"
        f"{about.documents} 篇文档，{about.passages} 段文字"
    )
    measured = [(one.name, "", one.measures) for one in evaluation.systems]
    measured += [(one.name, str(one.queries), one.measures) for one in evaluation.systems[-1].kinds]
    measures = tuple(dict.fromkeys(name for _, _, found in measured for name in found))
    rows = (
        (name, queries, *(f"{found[one]:.3f}" if one in found else "" for one in measures))
        for name, queries, found in measured
    )
    yield from table_lines(("", "条数", *measures), rows, right=("条数", *measures))
    for one in evaluation.comparison:
        yield (
            f"比较 {one.system} {one.measure}：{one.before:.3f} → {one.after:.3f}（{one.difference:+.3f}，"
            f"p = {one.p:.3f}），{one.better} 条变好，{one.worse} 条变差"
        )
        yield from (f"  {change.id}  {change.before:.3f} → {change.after:.3f}" for change in one.changes)
    for query in evaluation.queries:
        yield f"{query.id}  {query.query}"
        yield from (f"  {one.system}  {_measures(one.measures)}" for one in query.systems)


def _measures(measures: dict[str, float]) -> str:
    return "  ".join(f"{name} {value:.3f}" for name, value in measures.items())


_LINES: dict[type, Callable[[Any], Iterator[str]]] = {
    SearchJson: search_text,
    AnswerJson: answer_text,
    BenchmarksJson: benchmarks_text,
    BasesJson: bases_text,
    TrendsJson: trends_text,
    CarryoverJson: carryover_text,
    HistoryJson: history_text,
    ComparisonJson: comparison_text,
    RestingJson: resting_text,
    RelationEvaluationJson: relation_evaluation_text,
    ParseJson: parse_text,
    IngestJson: ingest_text,
    DocumentListJson: documents_text,
    RemovedJson: removed_text,
    RemovedListJson: restorable_text,
    RestoredJson: restored_text,
    CorrectedJson: corrected_text,
    StatusJson: status_text,
    DoctorJson: doctor_text,
    ExtractionEvaluationJson: extraction_text,
    EvaluationJson: evaluation_text,
    CheckJson: check_text,
    ProposalJson: proposal_text,
    CheckEvaluationJson: check_evaluation_text,
    TuneJson: tuning_text,
}


def text_of(value: object) -> str:
    """Return any answer of a command as text."""
    return "\n".join(_LINES[type(value)](value))
