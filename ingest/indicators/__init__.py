"""Which figures does an item promise? Named stages: find, discard, compare, name, tell promises from results.

`figures` finds every number with its unit, `discard` drops those that only name something, `comparators`,
`changes` and `operators` say how a figure compares and from what, `names` and `naming` what it is about,
`status` whether it was promised or achieved; `reading` puts them together.
"""

from __future__ import annotations

from dataclasses import replace

from corpus.model import Comparator, Field, Indicator, Span, TargetItem
from ingest.indicators.comparators import read_prefix, read_suffix
from ingest.indicators.figures import find_figures
from ingest.indicators.reading import read_field
from ingest.indicators.scene import Scene
from ingest.indicators.status import REVIEW


def find_indicators(item: TargetItem, year: int | None, *, in_review: bool = False) -> tuple[Indicator, ...]:
    """Return the quantified commitments of an item: those of its content first, then of its 目标值 cell.

    `year` is the document's year: what the text says about earlier years is marked as achieved, as is what
    nothing dates in a part that is `in_review`. Bases and benchmarks are never read: their figures are not
    the unit's own.
    """
    headings = (REVIEW, *item.heading_path) if in_review else item.heading_path
    read = read_field(item.content, Field.CONTENT, headings=headings, year=year, fallback=item.name)
    if not item.target_value:
        return read
    return read + _from_target_value(item, read, year)


def _from_target_value(
    item: TargetItem, read: tuple[Indicator, ...], year: int | None
) -> tuple[Indicator, ...]:
    """Read the 目标值 cell; a figure that the content states already is not repeated."""
    written = item.target_value or ""
    found = read_field(written, Field.TARGET_VALUE, year=year, fallback=item.name) or _bare_number(written)
    known = {(indicator.op, indicator.value, indicator.unit) for indicator in read}
    named = (
        [replace(indicator, name=item.name or indicator.name) for indicator in found]
        if len(found) == 1
        else found
    )
    return tuple(
        indicator for indicator in named if (indicator.op, indicator.value, indicator.unit) not in known
    )


def _bare_number(written: str) -> tuple[Indicator, ...]:
    """Read a cell that holds a number and nothing else: its column says what it is."""
    scene = Scene.of(written)
    figures = list(find_figures(scene))
    if len(figures) != 1:
        return ()
    figure = figures[0]
    prefix = read_prefix(scene, figure.start)
    suffix = read_suffix(scene, figure.end, figure.unit)
    if scene.text[: prefix.start].strip() or scene.text[suffix.end :].strip():
        return ()
    span = Span(Field.TARGET_VALUE, prefix.start, suffix.end)
    op = suffix.op or prefix.op or Comparator.EQUAL
    return (Indicator(None, op, figure.value, figure.unit, written[span.start : span.end], span),)
