"""The order of the table of cities."""

from __future__ import annotations

from dataclasses import replace

from api.conversions.relations import benchmarks_to_json
from api.web.forms import Form
from api.web.standings import sorted_standings, sorting_links
from search.results import BenchmarkResponse, Standing, Standings
from tests.api.samples import CITATION, INTERPRETED, RATE

ROWS = benchmarks_to_json(
    BenchmarkResponse(
        INTERPRETED,
        (),
        Standings(
            "%",
            "more",
            "越高越好",
            tuple(
                Standing(rank, city, year, replace(RATE, value=value), CITATION)
                for rank, city, year, value in (
                    (1, "南京市", 2019, 99),
                    (None, "海市", 2021, 97),
                    (2, "苏州市", 2012, 98),
                )
            ),
        ),
    )
).standings


def test_rows_by_each_column() -> None:
    def years(sort: str, *, descending: bool = False) -> list[int]:
        return [row.year for row in sorted_standings(ROWS, sort, descending=descending)]

    assert years("value") == [2021, 2012, 2019]
    assert years("value", descending=True) == [2019, 2012, 2021]
    assert years("year") == [2012, 2019, 2021]
    assert years("rank") == [2019, 2012, 2021]
    assert years("nonsense") == [2019, 2021, 2012]


def test_the_heading_in_effect_turns_round() -> None:
    links = {one.name: one for one in sorting_links("/benchmarks", Form(q="x", sort="year"))}
    assert links["year"].sorted_as == "ascending"
    assert links["year"].address == "/benchmarks?q=x&sort=year&order=desc#standings"
    assert (links["city"].sorted_as, links["city"].address) == (None, "/benchmarks?q=x&sort=city#standings")
