"""Who does it."""

from __future__ import annotations

import pytest

from search.in_charge import asks_who, says_who, unit_asked_about
from tests.search.making import item


@pytest.mark.parametrize("question", ["停车泊位由谁牵头", "绿地归谁管", "哪两个局负责", "由哪个单位承办"])
def test_asks_who(question: str) -> None:
    assert asks_who(question)


def test_asks_something_else() -> None:
    assert not asks_who("停车泊位新增多少个")


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("哪些事是市教育局牵头的", "市教育局"),
        ("市水务局负责什么", "市水务局"),
        ("市教育局牵头的学位建设新增多少", None),
        ("哪些单位牵头学位建设", None),
    ],
)
def test_whose_tasks_are_asked_for(question: str, unit: str | None) -> None:
    assert unit_asked_about(question) == unit


def test_says_who_in_its_text() -> None:
    assert says_who(item(None, "新建绿道80公里。（牵头单位：市园林局）"))
    assert not says_who(item(None, "新建绿道80公里。"))
