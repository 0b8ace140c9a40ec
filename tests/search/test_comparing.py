"""Items side by side."""

from __future__ import annotations

from search.comparing import Stretch, compare, compare_texts
from tests.search.making import figure_item, item

OLD = figure_item("公文", "公文按期办结率95%以上，严格审核。", "95%以上", "公文按期办结率", 1, 2012)
NEW = figure_item("公文", "公文按期办结率96%以上，严格审核。", "96%以上", "公文按期办结率", 2, 2021)
CALLS = figure_item("热线", "热线接通率达到90%以上。", "90%以上", "热线接通率", 3, 2021)


def test_what_differs_is_marked_on_both_sides() -> None:
    left, right, share = compare_texts("会议费压减10%，全年", "会议费压减12%，全年")
    assert left == (Stretch("会议费压减1", False), Stretch("0", True), Stretch("%，全年", False))
    assert right == (Stretch("会议费压减1", False), Stretch("2", True), Stretch("%，全年", False))
    assert share == 0.9091


def test_a_single_character_in_common_is_chance() -> None:
    left, _, _ = compare_texts("甲乙丙丁一戊己庚辛共同文字很多很多", "子丑寅卯一辰巳午未共同文字很多很多")
    assert left == (Stretch("甲乙丙丁一戊己庚辛", True), Stretch("共同文字很多很多", False))


def test_texts_with_little_in_common_are_not_marked() -> None:
    left, right, share = compare_texts("开放口岸", "审核公文")
    assert (left, right) == ((Stretch("开放口岸", False),), (Stretch("审核公文", False),))
    assert share == 0.0


def test_joined_stretches_give_the_text_again() -> None:
    found = compare([OLD, NEW])
    for stored, wording in zip(found.items, found.wordings, strict=True):
        assert "".join(one.text for one in wording) == stored.item.content


def test_an_indicator_of_two_items_is_one_row() -> None:
    found = compare([OLD, NEW, CALLS])
    rows = [
        (row.name, [cell and cell.indicator.value for cell in row.cells], row.differs)
        for row in found.figures
    ]
    assert rows == [("公文按期办结率", [95.0, 96.0, None], True), ("热线接通率", [None, None, 90.0], False)]
    assert found.alike[0] == 1.0
    assert found.alike[1] > 0.9 > found.alike[2]


def test_what_changed_is_told_from_the_older_to_the_newer_in_any_order() -> None:
    old = figure_item("公文", "公文按期办结率95%以上。", "95%以上", "公文按期办结率", 1, 2012)
    new = figure_item("公文", "公文办结率96%以上。", "96%以上", "公文办结率", 2, 2021)
    for order in ([old, new], [new, old]):
        assert "口径变化：不再限定“按期”" in compare(order).figures[0].notes


def test_of_three_the_first_is_unmarked() -> None:
    found = compare([OLD, NEW, CALLS])
    assert found.wordings[0] == (Stretch(OLD.item.content, False),)


def test_contacts_are_taken_out() -> None:
    one = item("值守", "值守工作。联系人：钱某某 联系电话：85910000", number=1)
    found = compare([one, OLD])
    assert "85910000" not in "".join(part.text for wording in found.wordings for part in wording)
