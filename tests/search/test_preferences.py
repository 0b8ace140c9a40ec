"""What a preference adds, and how it is said."""

from __future__ import annotations

import pytest

from corpus.stored import ItemOutline
from search.fuse import ScoredItem
from search.preferences import (
    NO_HABITS,
    Habits,
    Preferences,
    preference_reasons,
    preferred,
    read_preferences,
)
from tests.search.making import document

UNITS = ("市政府办公厅", "市教育局")
YEARS = (2012, 2021)
OFFICE = frozenset({"市政府办公厅"})


def test_nothing_is_preferred_where_nobody_asked() -> None:
    preferences, note = read_preferences(None, None, NO_HABITS, YEARS, UNITS)
    assert (preferences, note) == (Preferences(), None)
    assert not preferences


def test_a_request_overrules_the_habits() -> None:
    habits = Habits(recent=True, unit="市政府办公厅")
    assert read_preferences(None, None, habits, YEARS, UNITS)[0] == Preferences(2021, OFFICE)
    assert read_preferences(False, "", habits, YEARS, UNITS)[0] == Preferences()
    assert read_preferences(None, "市教育局", habits, YEARS, UNITS)[0].units == {"市教育局"}


def test_units_are_understood_by_their_short_names() -> None:
    assert read_preferences(None, "市府办", NO_HABITS, YEARS, UNITS)[0].units == OFFICE


def test_an_unknown_unit_is_said_and_not_guessed() -> None:
    preferences, note = read_preferences(None, "市档案馆", NO_HABITS, YEARS, UNITS)
    assert preferences == Preferences()
    assert note == "目标库中没有单位为“市档案馆”的文件，未按单位优先。"


def test_a_catalog_without_years_has_no_newest() -> None:
    assert read_preferences(True, None, NO_HABITS, (), UNITS)[0] == Preferences()


@pytest.mark.parametrize(
    ("year", "more"), [(2021, 0.3), (2020, 0.27), (2016, 0.15), (2011, 0.0), (1998, 0.0), (None, 0.0)]
)
def test_newer_years_add_more(year: int | None, more: float) -> None:
    assert Preferences(2021).of_year(year) == pytest.approx(more)


def test_what_is_preferred_moves_up_among_what_is_about_as_good() -> None:
    rows = [(1, 2.0, 2005, "市教育局"), (2, 1.8, 2021, "市教育局"), (3, 1.7, 2005, "市政府办公厅")]
    rows.append((4, 0.1, 2021, "市政府办公厅"))
    outlines = {n: ItemOutline(n, n, year, unit, None, None, "") for n, _, year, unit in rows}
    ranked = [ScoredItem(n, n, score, 0.9, 1.0) for n, score, _, _ in rows]
    by_year = preferred(ranked, Preferences(2021), outlines)
    assert [one.item_id for one in by_year] == [2, 1, 3, 4]
    assert by_year[0].score == pytest.approx(2.1)
    by_unit = preferred(ranked, Preferences(units=OFFICE), outlines)
    assert [(one.item_id, round(one.score, 6)) for one in by_unit] == [(3, 2.2), (1, 2.0), (2, 1.8), (4, 0.6)]


def test_what_is_gone_is_left_out() -> None:
    assert preferred([ScoredItem(1, 1, 1.0, 0.9, 1.0)], Preferences(2021), {}) == ()


def test_each_addition_is_a_reason() -> None:
    both = Preferences(2021, OFFICE)
    assert preference_reasons(document(year=2020), both) == (
        "较新：2020年（+0.27）",
        "优先单位：市政府办公厅（+0.50）",
    )
    assert preference_reasons(document(year=2001, unit="市教育局"), both) == ()
    assert preference_reasons(document(), Preferences()) == ()
