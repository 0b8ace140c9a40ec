"""Evaluations, and the tables in the documentation that they write."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from api.schemas.evaluation import ExtractionEvaluationJson, ExtractionPartJson, MistakeJson, ScoreJson
from corpus.disk import replacing
from corpus.errors import WrongUse
from corpus.model import Indicator
from ingest.evaluation.extraction import Compared, Score, compare, report
from ingest.evaluation.labels import LabelledIndicator, read_labels

CHECKOUT = Path(__file__).resolve().parent.parent
SETS = CHECKOUT / "tests" / "evaluation"
LABELS = SETS / "extraction.jsonl"
TEXTS = (CHECKOUT / "corpus", CHECKOUT.parent / "shared" / "data")


def evaluate_extraction(labels: Path, texts: Sequence[Path]) -> ExtractionEvaluationJson:
    """Judge the extraction by a label file; raise `UnreadableFile` where a text is absent or differs."""
    compared = compare(read_labels(labels, texts))
    parts = (
        ("all", compared),
        ("tuned-on", tuple(one for one in compared if not one.sentence.is_held_out)),
        ("held-out", tuple(one for one in compared if one.sentence.is_held_out)),
    )
    return ExtractionEvaluationJson(
        tuple(_part(name, some) for name, some in parts),
        tuple(_mistake(one) for one in compared if one.missed or one.spurious),
    )


def _part(name: str, compared: Sequence[Compared]) -> ExtractionPartJson:
    summary = report(compared)
    return ExtractionPartJson(
        part=name,
        sentences=summary.sentences,
        levels=tuple(_row(level, score) for level, score in summary.levels.items()),
        kinds=tuple(_row(kind, score) for kind, score in summary.kinds.items()),
        status=round(summary.status, 4),
    )


def _row(name: str, score: Score) -> ScoreJson:
    return ScoreJson(
        name=str(name),
        agreed=score.agreed,
        found=score.found,
        labelled=score.labelled,
        precision=round(score.precision, 4),
        recall=round(score.recall, 4),
        f1=round(score.f1, 4),
    )


def _mistake(one: Compared) -> MistakeJson:
    return MistakeJson(
        file=f"{one.sentence.path.parent.name}/{one.sentence.path.name}",
        start=one.sentence.start,
        missed=tuple(_figure(label) for label in one.missed),
        spurious=tuple(_figure(indicator) for indicator in one.spurious),
    )


def _figure(indicator: LabelledIndicator | Indicator) -> str:
    return f"{indicator.op} {indicator.value:g} {indicator.unit or ''}".strip()


def extraction_table(evaluation: ExtractionEvaluationJson) -> str:
    """Return the evaluation as Markdown tables."""
    lines = ["| sentences | level | agreed | found | labelled | precision | recall | F1 |"]
    lines.append("|---|---|---|---|---|---|---|---|")
    for part in evaluation.parts:
        lines += [f"| {part.part} ({part.sentences}) | {_cells(row)} |" for row in part.levels]
    lines += [
        "",
        "| kind (all sentences, value+unit) | agreed | found | labelled | precision | recall | F1 |",
    ]
    lines.append("|---|---|---|---|---|---|---|")
    lines += [f"| {_cells(row)} |" for row in evaluation.parts[0].kinds]
    told = ", ".join(f"{part.status:.3f} ({part.part})" for part in evaluation.parts)
    return "\n".join([*lines, "", f"Promised and achieved told apart, of the pairs: {told}."])


def _cells(row: ScoreJson) -> str:
    ratios = " | ".join(f"{ratio:.3f}" for ratio in (row.precision, row.recall, row.f1))
    return f"{row.name} | {row.agreed} | {row.found} | {row.labelled} | {ratios}"


def page_with_section(path: Path, name: str) -> str:
    """Return the text of a page that has a section. Raise WrongUse."""
    begin, end = _marks(name)
    try:
        page = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise WrongUse(f"无法读取“{path}”；请检查路径。") from None
    if not _section(name).search(page):
        raise WrongUse(f"“{path}”里没有“{begin}”和“{end}”标记；请先写入这两行标记。")
    return page


def write_section(path: Path, name: str, text: str) -> None:
    """Replace what stands between `<!-- NAME:begin -->` and `<!-- NAME:end -->` of a file, at once."""
    begin, end = _marks(name)
    page = page_with_section(path, name)
    with replacing(path) as file:
        file.write(_section(name).sub(lambda _: f"{begin}\n{text}\n{end}", page).encode())


def _marks(name: str) -> tuple[str, str]:
    return f"<!-- {name}:begin -->", f"<!-- {name}:end -->"


def _section(name: str) -> re.Pattern[str]:
    begin, end = _marks(name)
    return re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)


def texts_or_default(texts: Iterable[Path]) -> tuple[Path, ...]:
    """Return the folders to look texts up in."""
    return tuple(texts) or TEXTS
