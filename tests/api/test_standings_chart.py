"""The bars of cities."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

from api.charts import NO_CHART, Bar, Label, to_png, to_svg
from api.conversions.relations import benchmarks_to_json
from api.schemas.results import BenchmarksJson
from api.standings_chart import MOST_BARS, standings_chart
from search.results import BenchmarkResponse, Standing, Standings
from tests.api.samples import CITATION, INTERPRETED, RATE


def _found(*rows: Standing) -> BenchmarksJson:
    table = Standings("%", "more", "越高越好", rows)
    return benchmarks_to_json(BenchmarkResponse(INTERPRETED, (), table))


def _row(city: str, value: float, rank: int, year: int = 2020, **changes: bool) -> Standing:
    return Standing(rank, city, year, replace(RATE, value=value), CITATION, **changes)


def test_a_bar_for_each_city_in_their_order() -> None:
    rows = (_row("南京市", 99, 1), _row("海市", 97, 2, own=True), _row("苏州市", 49.5, 3, outdated=True))
    chart = standings_chart(_found(*rows))
    bars = [shape for shape in chart.shapes if isinstance(shape, Bar)][:3]
    assert [bar.hint for bar in bars] == [
        "南京市 2020年承诺 ≥ 99%",
        "海市 2020年承诺 ≥ 97%",
        "苏州市 2020年承诺 ≥ 49.5%，过时",
    ]
    assert round(bars[2].width / bars[0].width, 2) == 0.5
    assert [bar.hollow for bar in bars] == [False, False, True]
    texts = [shape.text for shape in chart.shapes if isinstance(shape, Label)]
    assert "2. 海市（本市） 2020" in texts


def test_each_city_stands_with_its_newest_year() -> None:
    chart = standings_chart(_found(_row("南京市", 99, 1, 2012), _row("南京市", 97, 2, 2021)))
    bars = [shape for shape in chart.shapes if isinstance(shape, Bar) and "年" in shape.hint]
    assert [bar.hint for bar in bars] == ["南京市 2021年承诺 ≥ 97%"]


def test_our_own_city_is_never_left_out() -> None:
    rows = [_row(f"城{number}", 99, number + 1) for number in range(MOST_BARS + 5)]
    chart = standings_chart(_found(*rows, _row("海市", 1, 40, own=True)))
    bars = [shape.hint for shape in chart.shapes if isinstance(shape, Bar)]
    assert bars[MOST_BARS].startswith("海市")
    assert f"共 {MOST_BARS + 6} 个城市，列出 {MOST_BARS + 1} 个" in to_svg(chart)


def test_nothing_to_draw_says_so() -> None:
    assert standings_chart(_found()) == NO_CHART


def test_both_writers_draw_it() -> None:
    chart = standings_chart(_found(_row("南<京", -3, 1), _row("海市", 5, 2, outdated=True)))
    svg = ET.fromstring(to_svg(chart))
    assert "1. 南<京 2020" in {text.text for text in svg.iter("{http://www.w3.org/2000/svg}text")}
    assert to_png(chart).startswith(b"\x89PNG")
