"""History, comparison and what rests on a basis, as a person reads them on a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from api.schemas.facets import FacetsJson
from api.schemas.items import ComparisonJson, HistoryJson, RestingJson
from api.terminal_lines import cited_line
from api.terminal_relations import basis_lines, series_lines
from api.wording import FACETS, document_line, excerpt, facet_label, indicator_line, item_line, year_text

_LONGEST = 160
_MOST_VALUES = 12


def history_text(found: HistoryJson) -> Iterator[str]:
    """Yield the item year by year, then its figures."""
    for one in found.appearances:
        sure = "" if one.confidence is None else f"，把握 {one.confidence}"
        yield f"{cited_line(one.citation)}（{one.note}{sure}）"
        yield f"   {one.citation.name or ''} {excerpt(one.citation.quote, _LONGEST)}".rstrip()
        yield from (f"     {change.old} → {change.new}" for change in one.figures)
    if found.absent:
        yield f"有文档但没有找到这一条的年份：{'、'.join(year_text(year) for year in found.absent)}"
    for series in found.series:
        yield from series_lines(series)


def comparison_text(found: ComparisonJson) -> Iterator[str]:
    """Yield each item with what the first does not say in 【】, then the figures that differ."""
    for number, one in enumerate(found.items, start=1):
        marked = "".join(f"【{part.text}】" if part.changed else part.text for part in one.wording)
        alike = "" if number == 1 else f"（与第一条相同的文字占 {one.alike:.0%}）"
        yield f"{number}. {document_line(one.document)}，{item_line(one.item)} {one.item.name or ''}{alike}"
        yield f"   {' '.join(marked.split())}"
    for row in found.figures:
        said = "；".join("–" if cell is None else indicator_line(cell) for cell in row.cells)
        yield f"{'不同' if row.differs else '相同'}  {row.name}：{said}"
        yield from (f"   {note}" for note in row.notes)


def resting_text(found: RestingJson) -> Iterator[str]:
    """Yield the documents, each with the items that rest on it."""
    if not found.bases:
        yield f"没有条目以“{found.basis}”为依据；请核对标题或文号。"
    for rank, basis in enumerate(found.bases, start=1):
        yield from basis_lines(rank, basis)


def facets_lines(facets: FacetsJson) -> Iterator[str]:
    """Yield how many of all candidates are of which year, unit, city, category and kind."""
    yield f"全部 {facets.counted} 条候选（合并相同承诺之前）："
    for name, label in FACETS.items():
        values = getattr(facets, name)
        said = "、".join(f"{facet_label(name, one.value)} {one.count}" for one in values[:_MOST_VALUES])
        yield f"   {label}：{said}{'…' if len(values) > _MOST_VALUES else ''}"
