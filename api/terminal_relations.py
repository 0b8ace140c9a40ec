"""Trends, benchmarks and bases as a person reads them on a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from api.schemas.carryover import CarriedJson, CarryoverJson
from api.schemas.evaluated_relations import RelationEvaluationJson
from api.schemas.results import (
    BasesJson,
    BenchmarksJson,
    RankedBasisJson,
    SeriesJson,
    StandingJson,
    TrendPointJson,
    TrendsJson,
)
from api.terminal_lines import NOTHING, cited_line, interpreted_lines
from api.terminal_tables import table_lines
from api.wording import FATES, STATUSES, comparison, excerpt, series_title, successor_line, year_text

_MOST_ROWS = 30


def benchmarks_text(response: BenchmarksJson) -> Iterator[str]:
    """Yield the cities, best first, then the standings."""
    yield from interpreted_lines(response.interpreted)
    if not response.cities and not response.standings:
        yield NOTHING
    for rank, city in enumerate(response.cities, start=1):
        yield f"{rank}. {city.city}（{'；'.join(city.reasons)}）"
        for evidence in city.evidence:
            outdated = "（过时）" if evidence.outdated else ""
            yield f"   {excerpt(evidence.benchmark.value or evidence.benchmark.text, 160)}{outdated}"
            yield f"   出处：{cited_line(evidence.citation)}"
    yield from _standings(response)


def _standings(response: BenchmarksJson) -> Iterator[str]:
    if not response.standings:
        return
    yield f"各城市的数值（{response.order.reason}）："
    heads = ("名次", "城市", "年份", "", "数值", "原文", "出处")
    yield from table_lines(heads, map(_standing_row, response.standings[:_MOST_ROWS]), right=("名次",))
    if len(response.standings) > _MOST_ROWS:
        yield f"   其余 {len(response.standings) - _MOST_ROWS} 条从略，--json 可看全部。"
    yield from (f"说明：{note}" for note in response.order.notes)


def _standing_row(row: StandingJson) -> tuple[str, ...]:
    city = row.city + ("（本市）" if row.own else "")
    year = f"{row.year}" + ("（过时）" if row.outdated else "")
    value = comparison(row.op, row.value, row.unit, row.high)
    rank, said = str(row.rank or ""), excerpt(row.indicator.text, 40)
    return rank, city, year, STATUSES[row.status], value, said, cited_line(row.citation)


def bases_text(response: BasesJson) -> Iterator[str]:
    """Yield the documents that promises rest on, best first."""
    yield from interpreted_lines(response.interpreted)
    if not response.bases:
        yield NOTHING
    for rank, basis in enumerate(response.bases, start=1):
        yield from basis_lines(rank, basis)


def basis_lines(rank: int, basis: RankedBasisJson) -> Iterator[str]:
    """Yield a document and the items that rest on it."""
    number = f"（{basis.doc_number}）" if basis.doc_number else ""
    yield f"{rank}. {basis.title}{number}"
    if basis.variants:
        yield f"   也写作：{'、'.join(basis.variants)}"
    if basis.years:
        yield f"   各年版本：{'、'.join(year_text(year) for year in basis.years)}"
    if basis.successor is not None:
        yield f"   {successor_line(basis.successor)}"
    for evidence in basis.evidence:
        name = evidence.citation.name or excerpt(evidence.citation.quote, 40)
        yield f"   {name}：{cited_line(evidence.citation)}"


def trends_text(response: TrendsJson) -> Iterator[str]:
    """Yield each series, a figure a line."""
    yield from interpreted_lines(response.interpreted)
    if not response.series:
        yield NOTHING
    for series in response.series:
        yield from series_lines(series)


def series_lines(series: SeriesJson) -> Iterator[str]:
    """Yield a table of a series, a figure a line."""
    yield series_title(series)
    yield from table_lines(("年份", "", "数值", "原文", "出处", "变化"), map(_point_row, series.points))


def _point_row(point: TrendPointJson) -> tuple[str, ...]:
    value = comparison(point.op, point.value, point.unit, point.high)
    notes = f"{'；'.join(point.notes)}（把握 {point.confidence}）" if point.notes else ""
    said, source = point.indicator.text, cited_line(point.citation)
    return str(point.year), STATUSES[point.status], value, said, source, notes


def carryover_text(found: CarryoverJson) -> Iterator[str]:
    """Yield what became of each item."""
    against = f"与{found.before}年相比" if found.before else "没有更早的目标可比"
    yield (
        f"{found.unit} {found.year}年，{against}：延续 {found.continued} 条，改写 {found.reworded} 条，"
        f"新增 {found.new} 条，不再出现 {found.dropped} 条。"
    )
    yield from table_lines(("", "条目", "数值", "说明"), map(_carried_row, found.items))


def _carried_row(one: CarriedJson) -> tuple[str, ...]:
    names = [cited.name or excerpt(cited.quote, 30) for cited in (one.old, one.new) if cited is not None]
    figures = "；".join(f"{change.old} → {change.new}" for change in one.figures)
    return FATES[one.fate], " → ".join(dict.fromkeys(names)), figures, one.note


def relation_evaluation_text(evaluation: RelationEvaluationJson) -> Iterator[str]:
    """Yield the measures, and what was not as labelled."""
    for part in evaluation.parts:
        measures = "  ".join(f"{name} {value:.3f}" for name, value in part.measures.items())
        yield f"{part.name}（{part.entries} 条）  {measures}"
    yield from (f"  {one.id}  {one.sentence}" for one in evaluation.mistakes)
