"""A bar chart of what cities promised or achieved on one indicator, our own city told apart."""

from __future__ import annotations

from api.charts import NO_CHART, WIDTH, Bar, Chart, Label, Line, Shape, number_label
from api.schemas.results import BenchmarksJson, StandingJson
from api.wording import STATUSES, comparison, excerpt

MOST_BARS = 20
_TOP, _ROW, _THICK, _LEFT, _RIGHT, _FOOT = 44, 28, 16, 190, 110, 34
_OWN, _OTHER = "#0b3d78", "#7fa6d6"
_SOFT = "#566070"


def standings_chart(found: BenchmarksJson) -> Chart:
    """Lay out each city's newest figure, in the order of the standings; our own city is never left out."""
    newest = _newest(found.standings)
    if not newest:
        return NO_CHART
    shown = [row for place, row in enumerate(newest) if place < MOST_BARS or row.own]
    scale = _Scale([float(row.value) for row in shown])
    shapes: list[Shape] = [Label(8, 24, _title(found, len(newest), len(shown)), 14, "start")]
    for place, row in enumerate(shown):
        shapes += _row(row, _TOP + place * _ROW, scale)
    base = _TOP + len(shown) * _ROW
    shapes.insert(1, Line(((scale.zero, _TOP - 4), (scale.zero, base)), "#999999"))
    return Chart(base + _FOOT, (*shapes, *_legend(base + 22)))


def _newest(rows: tuple[StandingJson, ...]) -> list[StandingJson]:
    """Return one row a city, that of its newest year, in their order."""
    best: dict[str, StandingJson] = {}
    for row in rows:
        if row.city not in best or row.year > best[row.city].year:
            best[row.city] = row
    return [row for row in rows if best[row.city] is row]


def _title(found: BenchmarksJson, count: int, shown: int) -> str:
    unit = f"（{found.order.unit}）" if found.order.unit else ""
    part = f"，列出 {shown} 个" if shown < count else ""
    return f"各城市最近一年的数值{unit}，共 {count} 个城市{part}"


class _Scale:
    """Where a value stands on the horizontal axis; zero is always on it."""

    def __init__(self, values: list[float]) -> None:
        self._low, high = min(0.0, *values), max(0.0, *values)
        self._each = (WIDTH - _LEFT - _RIGHT) / ((high - self._low) or 1.0)
        self.zero = self.at(0.0)

    def at(self, value: float) -> float:
        return round(_LEFT + (value - self._low) * self._each, 1)


def _row(row: StandingJson, top: float, scale: _Scale) -> list[Shape]:
    middle = top + _THICK / 2 + 5
    value = float(row.value)
    left, right = sorted((scale.at(value), scale.zero))
    said = comparison(row.op, row.value, row.unit, row.high)
    hint = f"{row.city} {row.year}年{STATUSES[row.status]} {said}{'，过时' if row.outdated else ''}"
    colour = _OWN if row.own else _OTHER
    rank = f"{row.rank}. " if row.rank is not None else ""
    name = f"{rank}{excerpt(row.city, 8)}{'（本市）' if row.own else ''} {row.year}"
    tail = f"{number_label(value)}{' 过时' if row.outdated else ''}"
    return [
        Label(_LEFT - 8, middle, name, 12, "end", _OWN if row.own else "#333333"),
        Bar(left, top, max(right - left, 1.0), _THICK, colour, row.outdated, hint),
        Label(right + 6, middle, tail, 12, "start", _SOFT if row.outdated else "#333333"),
    ]


def _legend(y: float) -> list[Shape]:
    shapes: list[Shape] = []
    x = float(_LEFT)
    for name, colour, hollow in (("本市", _OWN, False), ("其他城市", _OTHER, False), ("过时", _OTHER, True)):
        shapes += [Bar(x, y - 10, 14, 10, colour, hollow, name), Label(x + 20, y, name, 12, "start")]
        x += 36 + 14 * len(name)
    return shapes
