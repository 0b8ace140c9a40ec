from dataclasses import replace

import pytest

from corpus.corrections import (
    Correctable,
    Correction,
    corrected,
    item_names,
    standing,
    uncorrected,
)
from corpus.model import Origin
from tests.corpus.samples import target_document, target_item

READ = target_document()
NOW = "2026-01-02T03:04:05+00:00"
YEAR = Correction(Correctable.YEAR, 2019, 2021, Origin.TITLE, NOW)
NO_CITY = Correction(Correctable.CITY, None, "样例市", Origin.FOLDER, NOW)
CATEGORY = Correction(Correctable.CATEGORY, "创优目标", "重点目标", None, NOW, item_names(READ.items)[1])


def test_correcting_and_back() -> None:
    all_three = (YEAR, NO_CITY, CATEGORY)
    document = corrected(READ, all_three)
    assert (document.year, document.year_origin) == (2019, Origin.CORRECTION)
    assert (document.city, document.city_origin) == (None, None)
    assert [item.category for item in document.items] == ["重点目标", "创优目标"]
    assert (document.unit, document.unit_origin) == (READ.unit, READ.unit_origin)
    assert uncorrected(document, all_three) == READ


def test_items_are_named_by_their_words_and_counted() -> None:
    one, other = target_item(0), target_item(1)
    names = item_names([one, other, replace(one, number="9", category="x")])
    assert len(set(names)) == 3
    assert names[2] == names[0].replace("-0", "-1")


@pytest.mark.parametrize(
    ("origin", "year", "same_content", "holds"),
    [
        (Origin.TITLE, 2021, False, True),
        (Origin.TITLE, 2022, False, False),
        (Origin.TITLE, 2022, True, True),
        (Origin.USER, 2022, True, False),
        (Origin.USER, 2021, True, True),
    ],
)
def test_what_holds_for_a_new_reading(origin: Origin, year: int, same_content: bool, holds: bool) -> None:
    read = replace(READ, year=year, year_origin=origin)
    expected = (replace(YEAR, read=year, read_origin=origin),) if holds else ()
    assert standing(read, (YEAR,), same_content=same_content) == expected


def test_a_correction_of_an_item_that_is_gone_waits_for_it_in_the_same_content_only() -> None:
    read = replace(READ, items=READ.items[:1])
    assert standing(read, (CATEGORY,), same_content=True) == (CATEGORY,)
    assert standing(read, (CATEGORY,), same_content=False) == ()
    assert corrected(read, (CATEGORY,)) == read
