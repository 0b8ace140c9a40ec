"""A draft as text on a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from api.schemas.drafts import FigurePointJson, ProposalJson, ProposedFigureJson, ProposedItemJson
from api.schemas.results import CitationJson
from api.wording import comparison, excerpt, item_line, year_text

_QUOTED = 80


def proposal_text(proposal: ProposalJson) -> Iterator[str]:
    """Yield the items with all that they rest on."""
    yield f"{proposal.title}（草稿）  单位名称：{proposal.unit}"
    yield from (f"说明：{note}" for note in proposal.notes)
    for item in proposal.items:
        yield ""
        yield from _item(item)
    yield from (f"未拟写：{one.sentence}" for one in proposal.missing)


def _place(citation: CitationJson) -> str:
    return (
        f"{year_text(citation.year)} {citation.unit or '单位不明'}，{item_line(citation)}，{citation.source}"
    )


def _item(item: ProposedItemJson) -> Iterator[str]:
    yield f"{item.category} {item.number}  {item.name}（主题：{item.topic}）"
    for number, sentence in enumerate(item.sentences, start=1):
        yield f"   {sentence.text}[{number}]"
    for number, sentence in enumerate(item.sentences, start=1):
        yield f"   [{number}] {_place(sentence.citation)}：“{excerpt(sentence.citation.quote, _QUOTED)}”"
        for change in sentence.changes:
            yield f"       改动：“{change.written}”→“{change.now}”（{change.reason}）"
    for figure in item.figures:
        yield from _figure(figure)
    for benchmark in item.benchmark_choices:
        mark = "标杆城市" if benchmark.chosen else "可选标杆"
        value = excerpt(benchmark.value or "没有写明标杆值", _QUOTED)
        yield f"   {mark}：{benchmark.city}  {value}（{benchmark.note}）"
    for basis in item.basis_choices:
        written = f"（{basis.doc_number}）" if basis.doc_number else ""
        yield f"   制定依据：{basis.title}{written}  {basis.note}"
    yield f"   责任单位：{'、'.join(item.responsible_units)}"
    if item.deadline:
        yield f"   完成时限：{item.deadline}"
    for one in item.alternatives:
        yield f"   另一种写法：{excerpt(one.text, 2 * _QUOTED)}（{_place(one.citations[0])}）"
    yield from (f"   说明：{note}" for note in item.notes)


def _figure(figure: ProposedFigureJson) -> Iterator[str]:
    proposed = comparison(figure.op, figure.value, figure.unit, figure.high)
    yield f"   数值：{figure.name}  上次 {_point(figure.last)}，建议 {proposed}"
    if figure.lowest != figure.highest:
        yield f"       可选范围：{figure.lowest} 至 {figure.highest}{figure.unit or ''}"
    judged = "须由起草人判断。" if figure.needs_judgement else ""
    yield f"       理由：{figure.reason}{judged}"


def _point(point: FigurePointJson) -> str:
    return f"{comparison(point.op, point.value, point.unit, point.high)}（{year_text(point.year)}）"
