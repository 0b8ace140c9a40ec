"""Categories by the name of their year."""

from __future__ import annotations

import pytest

from search.categories import aligned, find_categories

KNOWN = ("创优目标", "奋斗目标", "工作目标", "重点目标")


@pytest.mark.parametrize(
    ("text", "known", "name", "categories"),
    [
        ("2021年创优目标有哪些", KNOWN, "创优目标", ("创优目标",)),
        ("创优目标有哪些", ("奋斗目标", "工作目标"), "创优目标", ("奋斗目标",)),
        ("重点目标", ("奋斗目标", "工作目标"), "重点目标", ("工作目标",)),
    ],
)
def test_a_category_that_stands_alone(
    text: str, known: tuple[str, ...], name: str, categories: tuple[str, ...]
) -> None:
    (mention,) = find_categories(text, known)
    assert (mention.name, mention.categories) == (name, categories)
    assert text[mention.start : mention.end] == name


@pytest.mark.parametrize("text", ["热线工作目标是什么", "工作目标怎么定", "创新目标"])
def test_no_category(text: str) -> None:
    assert find_categories(text, KNOWN) == ()


def test_none_is_read_where_the_catalog_has_nothing_alike() -> None:
    assert find_categories("创优目标", ("重点项目",)) == ()


def test_what_other_years_call_it() -> None:
    assert aligned(("创优目标",), KNOWN) == ("奋斗目标",)
    assert aligned(("工作目标", "创优目标"), KNOWN) == ("重点目标", "奋斗目标")
    assert aligned(("创优目标",), ("重点目标",)) == ()
