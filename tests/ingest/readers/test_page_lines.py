from __future__ import annotations

import pytest

from ingest.readers.page_lines import Column, Line, Word, join_texts, joined, lines_of, paragraphs_of


def words(text: str, left: float = 0, top: float = 0, size: float = 10) -> list[Word]:
    """A line of type: a word a character, ASCII half as wide, blanks as such."""
    made: list[Word] = []
    blanks = ""
    for character in text:
        width = size / 2 if character.isascii() else size
        if character.isspace():
            blanks += character
        else:
            made.append(Word(character, left, top, left + width, top + size, blanks))
            blanks = ""
        left += width
    return made


def page(*lines: str, indent: float = 0) -> list[Line]:
    found = [
        word
        for n, text in enumerate(lines)
        for word in words(text.lstrip("^"), 20.0 * text.count("^"), 16.0 * n)
    ]
    return lines_of(found)


def texts(lines: list[Line], slack: float = 0.35) -> list[str]:
    return [joined(group) for group in paragraphs_of(lines, Column.of(lines, slack))]


def test_words_are_lines_from_top_to_bottom_whatever_their_order() -> None:
    mixed = [*words("第二行", top=16), *words("第一行", top=0.8), *words("，末", left=40, top=0)]
    assert [line.text for line in lines_of(reversed(mixed))] == ["第一行，末", "第二行"]


def test_blanks_stand_where_they_were_typed_or_a_gap_asks_for_one() -> None:
    (line,) = lines_of(words("推进 OA 系统3.0版　上线"))
    assert line.text == "推进 OA 系统3.0版　上线"
    (line,) = lines_of([*words("类别"), *words("序号", left=60), *words("A", left=92), *words("B", left=99)])
    assert line.text == "类别 序号 A B"
    assert [part.text for part in line.parts(1.5)] == ["类别", "序号 A B"]


def test_a_full_line_goes_on_in_the_next_one() -> None:
    lines = page("^推进绿道建设，全年新建绿道六", "十公里，驿站十二处。", "^开放草坪八处。")
    assert texts(lines) == ["推进绿道建设，全年新建绿道六十公里，驿站十二处。", "开放草坪八处。"]


def test_a_line_with_room_left_ends_its_paragraph() -> None:
    assert texts(page("一二三四五六七八", "市财政局", "市教育局")) == ["一二三四五六七八市财政局", "市教育局"]


def test_a_number_or_a_mark_that_did_not_fit_leaves_room() -> None:
    assert texts(page("组织各类培训活动至少", "完成投资总额约", "123456万元以上。")) == [
        "组织各类培训活动至少完成投资总额约123456万元以上。"
    ]
    assert texts(page("一二三四五六七八九十", "一二三四五六七八九", "甲）。")) == [
        "一二三四五六七八九十一二三四五六七八九甲）。"
    ]


def test_after_a_sentence_a_numbered_line_begins_anew() -> None:
    assert texts(page("1.完成甲事三件以上。", "2.完成乙事。")) == ["1.完成甲事三件以上。", "2.完成乙事。"]
    assert texts(page("全市粮食总产量稳定在", "2.5万吨以上。")) == ["全市粮食总产量稳定在2.5万吨以上。"]


def test_centred_lines_of_one_name_are_one() -> None:
    lines = lines_of([*words("加强古树名木", top=0), *words("保护", left=20, top=16)])
    strip = Column(0, 60, 30, 0.35)
    assert [joined(group) for group in paragraphs_of(lines, strip)] == ["加强古树名木保护"]


def test_another_size_or_a_wide_gap_begins_a_paragraph() -> None:
    title = words("二〇二三年业务目标", size=16)
    assert texts(lines_of([*title, *words("单位名称：某某市园林局局", top=20)])) == [
        "二〇二三年业务目标",
        "单位名称：某某市园林局局",
    ]
    apart = [*words("一二三四五"), *words("六七八九十", top=16), *words("甲乙丙", top=60)]
    assert texts(lines_of(apart)) == ["一二三四五六七八九十", "甲乙丙"]


@pytest.mark.parametrize(
    ("text", "following", "whole"),
    [
        ("办结", "率", "办结率"),
        ("smart", "city", "smart city"),
        ("infor-", "mation", "information"),
        ("20", "21年", "2021年"),
    ],
)
def test_parts_are_joined(text: str, following: str, whole: str) -> None:
    assert join_texts(text, following) == whole
