"""Which items and figures go on from one year to another."""

from __future__ import annotations

from dataclasses import replace

from search.linking import documents_of_unit, link_figures, link_items
from tests.search.making import document, figure_item, item

PAPERS = figure_item(
    "公文会议工作", "公文按期办结率95%以上，严格审核。", "95%以上", "公文按期办结率", 1, 2012
)
PRESS = figure_item("决策服务工作", "组织市政府新闻发布会30次。", "30次", "市政府新闻发布会", 2, 2012)
DUTY = item("应急值守", "组织值班人员培训，完善值班制度。", number=3, of=document(3, 2012))
NEW_PAPERS = figure_item(
    "提升公文质效", "请示报告类公文办结率96%以上。", "96%以上", "请示报告类公文办结率", 11, 2021
)
NEW_PRESS = figure_item("深化政务公开", "召开新闻发布会50场以上。", "50场以上", "新闻发布会", 12, 2021)
PORT = item("扩大口岸开放", "新建码头泊位对外启用。", number=13, of=document(13, 2021))


def test_reworded_items_are_linked_and_the_others_are_not() -> None:
    links = link_items((PAPERS, PRESS, DUTY), (NEW_PRESS, NEW_PAPERS, PORT))
    assert [(link.old.id, link.new.id) for link in links] == [(1, 11), (2, 12)]
    assert all(0.4 <= link.confidence <= 1 for link in links)


def test_the_note_says_what_changed() -> None:
    same = replace(PAPERS, id=21)
    (link,) = link_items((PAPERS,), (same,))
    assert (link.confidence, link.note) == (1.0, "延续，文字基本未变")
    reworded = replace(PAPERS, id=22, item=replace(PAPERS.item, name="公文办理工作"))
    (link,) = link_items((PAPERS,), (reworded,))
    assert link.note == "延续，名称改写"


def test_a_split_item_has_several_links() -> None:
    halves = (
        item("公文工作", "严格发文审核，公文按期办结。", number=31),
        item("会议工作", "精简会议，控制规模。", number=32),
    )
    whole = item("公文会议工作", "严格发文审核，公文按期办结。精简会议，控制规模。", number=30)
    links = link_items((whole,), halves)
    assert sorted(link.new.id for link in links) == [31, 32]
    assert all(link.note.endswith("；原来的一条分到了几条里") for link in links)


def test_nothing_is_linked_to_nothing() -> None:
    assert link_items((), (PAPERS,)) == ()
    assert link_items((PAPERS,), ()) == ()
    assert link_figures((), (PAPERS,)) == ()


def test_figures_are_linked_one_to_one_by_what_they_are_called() -> None:
    links = link_figures((PAPERS, PRESS), (NEW_PRESS, NEW_PAPERS))
    assert [(link.old.indicator.value, link.new.indicator.value) for link in links] == [(95, 96), (30, 50)]


def test_a_bare_name_does_not_take_the_figure_of_a_telling_one() -> None:
    old = figure_item("政务督查", "建议提案办复率100%。", "100%", "建议提案办复率", 41, 2020)
    bare = figure_item("政务督查", "办结率96%以上。", "96%以上", "办结率", 42, 2021)
    telling = figure_item("建议提案办理", "建议提案办复率100%。", "100%", "建议提案办复率", 43, 2021)
    (link,) = link_figures((old,), (bare, telling))
    assert link.new.stored.id == 43


def test_the_documents_of_a_unit_under_its_former_name_too() -> None:
    now, before = document(1, 2021, "市水务局"), document(2, 2018, "市水利局")
    other, elsewhere = document(3, 2020, "市教育局"), document(4, 2020, "市水务局", "济南市")
    found = documents_of_unit("市水务局", "青岛市", (now, before, other, elsewhere))
    assert [one.id for one in found] == [1, 2]
    assert [one.id for one in documents_of_unit("市教育局", None, (now, other))] == [3]
    assert documents_of_unit("市档案馆", None, (now, other)) == ()
