"""What became of earlier items."""

from __future__ import annotations

from search.carryover import Fate, carried
from tests.search.making import document, figure_item, item

PAPERS = figure_item(
    "公文会议工作", "公文按期办结率95%以上，严格审核。", "95%以上", "公文按期办结率", 1, 2012
)
DUTY = item("应急值守", "组织值班人员培训，完善值班制度。", number=3, of=document(3, 2012))
NEW_PAPERS = figure_item(
    "提升公文质效", "请示报告类公文办结率96%以上。", "96%以上", "请示报告类公文办结率", 11, 2021
)
PORT = item("扩大口岸开放", "新建码头泊位对外启用。", number=13, of=document(13, 2021))
DUTY_AGAIN = item("应急值守", "组织值班人员培训，完善值班制度。", number=14, of=document(14, 2021))


def test_each_item_has_its_fate() -> None:
    found = carried((PAPERS, DUTY), (NEW_PAPERS, PORT, DUTY_AGAIN))
    assert [(one.fate, one.old and one.old.id, one.new and one.new.id) for one in found] == [
        (Fate.REWORDED, 1, 11),
        (Fate.NEW, None, 13),
        (Fate.CONTINUED, 3, 14),
    ]


def test_what_is_gone_comes_last() -> None:
    found = carried((PAPERS, DUTY), (PORT, NEW_PAPERS))
    assert [one.fate for one in found] == [Fate.NEW, Fate.REWORDED, Fate.DROPPED]
    assert found[-1].old is DUTY


def test_figures_go_on_with_what_changed() -> None:
    (one,) = carried((PAPERS,), (NEW_PAPERS,))
    (change,) = one.figures
    assert (change.old, change.new) == ("公文按期办结率 95%以上", "请示报告类公文办结率 96%以上")
    assert change.notes[0] == "口径变化：不再限定“按期”"
