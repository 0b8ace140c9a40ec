"""duibiao carryover, over the two sample documents."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from api.cli import run
from tests.api.commands.conftest import Json

pytestmark = pytest.mark.usefixtures("seeds")
OFFICE = ("--unit", "市政府办公厅", "--year")


def test_what_became_of_the_targets_of_the_time_before(ask: Callable[..., Json]) -> None:
    found = ask("carryover", *OFFICE, "2021", "--json")
    assert (found["unit"], found["year"], found["before"]) == ("市政府办公厅", 2021, 2012)
    fates = [one["fate"] for one in found["items"]]
    counted = {fate: fates.count(fate) for fate in ("continued", "reworded", "new", "dropped")}
    assert counted == {fate: found[fate] for fate in counted}
    assert sum(1 for one in found["items"] if one["new"] is not None) == 12
    papers = next(one for one in found["items"] if one["new"] and one["new"]["name"] == "提升公文处理质效")
    assert (papers["fate"], papers["old"]["name"]) == ("reworded", "公文会议工作")
    assert any("95%" in change["old"] and "96%" in change["new"] for change in papers["figures"])


def test_the_first_year_has_nothing_before_it(ask: Callable[..., Json]) -> None:
    found = ask("carryover", *OFFICE, "2012", "--json")
    assert found["before"] is None
    assert {one["fate"] for one in found["items"]} == {"new"}


def test_the_table_says_what_became_of_each(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["carryover", *OFFICE, "2021", "--text"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("市政府办公厅 2021年，与2012年相比：")
    assert "公文会议工作 → " in told


def test_a_unit_without_targets_is_named(refuse: Callable[..., str]) -> None:
    assert "市茶叶局" in refuse("carryover", "--unit", "市茶叶局", "--year", "2021")
