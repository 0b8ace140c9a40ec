"""One item over the years."""

from __future__ import annotations

from corpus.stored import StoredItem
from search.history import history
from tests.search.making import document, figure_item, item

TEXT = "公文按期办结率{}，严格审核把关，提高公文运转效率。"


def _papers(number: int, year: int, rate: str) -> StoredItem:
    return figure_item("公文办理", TEXT.format(rate), rate, "公文按期办结率", number, year)


PAPERS = {year: _papers(year, year, f"{year - 1920}%以上") for year in (2012, 2013, 2015)}
DUTY = {year: item("应急值守", "组织值班人员培训。", number=9, of=document(9, year)) for year in (2013, 2014)}


def test_an_item_is_followed_back_and_forth() -> None:
    by_year = {2012: [PAPERS[2012]], 2014: [DUTY[2014]], 2015: [PAPERS[2015]]}
    found = history(PAPERS[2013], by_year)
    assert [one.stored.document.year for one in found.appearances] == [2012, 2013, 2015]
    assert [one.confidence for one in found.appearances] == [1.0, None, 1.0]
    assert found.absent == (2014,)
    (series,) = found.series
    assert [(point.year, point.indicator.value) for point in series.points] == [
        (2012, 92.0),
        (2013, 93.0),
        (2015, 95.0),
    ]
    (change,) = found.appearances[1].figures
    assert (change.old, change.new) == ("公文按期办结率 92%以上", "公文按期办结率 93%以上")


def test_of_several_items_of_a_year_the_likest_is_taken() -> None:
    found = history(PAPERS[2012], {2013: [DUTY[2013], PAPERS[2013]]})
    assert found.appearances[-1].stored is PAPERS[2013]


def test_an_item_without_a_year_stands_alone() -> None:
    lonely = item("公文办理", "公文办理。", of=document(1, None))
    found = history(lonely, {2013: [PAPERS[2013]]})
    assert [one.stored for one in found.appearances] == [lonely]
    assert (found.absent, found.series) == ((), ())
