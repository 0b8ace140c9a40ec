"""Lines that several results have in common on a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from api.schemas.results import CitationJson, InterpretedJson
from api.wording import item_line, year_text, years_label

NOTHING = "没有找到相关内容；请换一种说法，或者去掉年份、单位等限制。"


def interpreted_lines(interpreted: InterpretedJson) -> Iterator[str]:
    """Yield how a query was understood."""
    span = years_label(interpreted.years)
    parts = [span] if span else [f"{year}年" for year in interpreted.years]
    parts += [*interpreted.units, *interpreted.categories, *interpreted.cities]
    if parts:
        yield f"限定：{'、'.join(parts)}"
    yield from (f"说明：{note}" for note in interpreted.notes)


def cited_line(citation: CitationJson) -> str:
    """Return where something stands."""
    place = f"{year_text(citation.year)} {citation.unit or '单位不明'}，{item_line(citation)}"
    return f"{place}，{citation.source}"
