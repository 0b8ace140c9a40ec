from __future__ import annotations

from ingest.readers.page_lines import Line, lines_of
from ingest.readers.unruled import Unruled, parts_of
from tests.ingest.readers.test_page_lines import words


def page(*rows: tuple[float, dict[int, str]]) -> list[Line]:
    """Lines by their height, each with texts by where they begin."""
    return lines_of(
        [w for top, cells in rows for left, text in cells.items() for w in words(text, left, top)]
    )


HEAD = (0.0, {0: "序号", 30: "目标名称", 90: "目标内容"})


def table(lines: list[Line], before: Unruled | None = None) -> Unruled:
    (part,) = parts_of(lines, before)
    assert isinstance(part, Unruled)
    return part


def test_columns_are_the_strips_that_stay_free() -> None:
    lines = page(
        HEAD,
        (20, {5: "1", 30: "公文", 90: "办结率不低于96%，差错"}),
        (32, {90: "控制在2件以内。"}),
        (52, {5: "2", 30: "会务", 90: "会议不超过16次。"}),
    )
    assert table(lines).texts(0.35) == [
        ["序号", "目标名称", "目标内容"],
        ["1", "公文", "办结率不低于96%，差错控制在2件以内。"],
        ["2", "会务", "会议不超过16次。"],
    ]


def test_a_number_in_the_middle_of_its_row_takes_the_lines_around_it() -> None:
    lines = page(
        HEAD,
        (20, {90: "办结率不低于96%，差错"}),
        (26, {5: "1", 30: "公文"}),
        (32, {90: "控制在2件以内。"}),
        (58, {90: "会议不超过16次，材料"}),
        (64, {5: "2", 30: "会务"}),
        (70, {90: "精简一成。"}),
    )
    assert table(lines).texts(0.35)[1:] == [
        ["1", "公文", "办结率不低于96%，差错控制在2件以内。"],
        ["2", "会务", "会议不超过16次，材料精简一成。"],
    ]


def test_prose_around_a_table_stays_prose() -> None:
    rows = [(20.0 * n, {5: str(n), 30: "公文", 90: "办结率96%。"}) for n in (1, 2, 3)]
    below = page((90, {0: "上述目标由办公室负责督促落实，年底前通报完成情况。"}))
    above = page((-30, {0: "各单位要对照目标抓好落实，按季度报送进展情况。"}))
    parts = parts_of([*above, *page(HEAD, *rows), *below])
    assert [isinstance(part, Unruled) for part in parts] == [False, True, False]


def test_lines_with_gaps_alone_are_no_table() -> None:
    lines = page(
        (0, {0: "主任", 60: "副主任", 120: "科长"}),
        (16, {0: "现将今年的重点目标印发给你们，请认真贯彻执行。"}),
        (32, {0: "各单位要加强领导，明确责任，按时完成。"}),
    )
    assert [type(part) for part in parts_of(lines)] == [tuple]
    contact = page(*((20.0 * n, {0: "单位：市某局", 80: "填表人：某", 150: "日期：三月"}) for n in range(3)))
    assert [type(part) for part in parts_of(contact)] == [tuple]


def test_the_next_page_goes_on_in_the_same_columns() -> None:
    first = table(page(HEAD, *((20.0 * n, {5: str(n), 30: "公文", 90: "办结率不低于96%，"}) for n in (1, 2))))
    following = page((0, {90: "差错2件以内。"}), (24, {5: "3", 30: "会务", 90: "会议16次。"}))
    assert table(following, first).texts(0.35) == [["", "", "差错2件以内。"], ["3", "会务", "会议16次。"]]
    (prose,) = parts_of(page((0, {0: "上述目标由办公室负责督促落实，年底前通报。"})), first)
    assert isinstance(prose, tuple)
    repeated = page(HEAD, (20, {90: "差错2件以内。"}))
    assert table(repeated, first).texts(0.35)[1:] == [["", "", "差错2件以内。"]]


def test_a_table_goes_on_below_a_note_over_its_whole_width() -> None:
    rows = [(20.0 * n, {5: str(n), 30: "公文", 90: "办结率不低于96%。"}) for n in (1, 2)]
    note = (60.0, {0: "标杆城市：苏州市的公文办结率达到97%。"})
    more = [
        (80.0, {5: "3", 30: "会务", 90: "会议16次。"}),
        (100.0, {0: "以上目标由办公室负责督促落实到位。"}),
    ]
    first, between, second, below = parts_of(page(HEAD, *rows, note, *more))
    assert isinstance(first, Unruled)
    assert isinstance(second, Unruled)
    assert (len(first.texts(0.35)), second.texts(0.35)) == (3, [["3", "会务", "会议16次。"]])
    assert isinstance(between, tuple)
    assert isinstance(below, tuple)
    far = [(60.0 + 16 * n, {0: "一段与表格无关、写满整行的说明文字。"}) for n in range(6)]
    later = (170.0, {0: "主任", 30: "副主任", 90: "科长"})
    assert [type(part) for part in parts_of(page(HEAD, *rows, *far, later))] == [Unruled, tuple]


def test_more_columns_than_a_table_of_targets_has_are_none() -> None:
    lines = page(*((20.0 * n, {40 * column: "项目" for column in range(80)}) for n in range(4)))
    assert [type(part) for part in parts_of(lines)] == [tuple]
