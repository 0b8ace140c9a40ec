"""Document numbers: one normal form for every way of writing, exact spans, nothing found where none is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.doc_numbers import find_doc_numbers, normalise_doc_number

NORMAL = "青政办发〔2012〕15号"
PAIRS = ["〔〕", "()", "（）", "[]", "［］", "【】", "〖〗", "﹝﹞", "〈〉", "{}", "《》"]
spaces = st.text(alphabet=" \u3000\n", max_size=2)


@pytest.mark.parametrize(
    "written",
    [
        "青政办发〔2012〕15号",
        "青政办发 〔2012〕15号",
        "青政办发（2012）15号",
        "青政办发[2012] 15 号",
        "青政办发【2012】第15号",
        "青政办发［２０１２］１５号",
        "青政办发〔2012]015号",
        "青政辦發〔2012〕15號",
        "青政办发（2012年）15号",
        "青政办发2012年15号",
        "青政办发2012年第15号",
        "青政办发2012-15号",
        "青政办发〔2012〕15",
        "（青政办发〔2012〕15号）",
        "文号：青政办发(2012)15号文件",
    ],
)
def test_variants_agree(written: str) -> None:
    assert normalise_doc_number(written) == NORMAL


@settings(deadline=None)
@given(
    pair=st.sampled_from(PAIRS),
    prefix=st.sampled_from(
        ["青政办发", "国发", "鲁政办字", "工信部联企业", "人社厅发", "即政发", "和政办发", "粤府"]
    ),
    year=st.integers(1949, 2049),
    serial=st.integers(1, 9999),
    ordinal=st.sampled_from(["", "第"]),
    gaps=st.tuples(spaces, spaces, spaces),
    wide=st.booleans(),
)
def test_every_bracket_gives_the_same_number(
    pair: str, prefix: str, year: int, serial: int, ordinal: str, gaps: tuple[str, str, str], *, wide: bool
) -> None:
    written = f"{prefix}{gaps[0]}{pair[0]}{gaps[1]}{year}{pair[1]}{gaps[2]}{ordinal}{serial}号"
    if wide:
        written = written.translate({ord(str(d)): ord("０") + d for d in range(10)})
    normal = normalise_doc_number(written)
    assert normal == f"{prefix}〔{year}〕{serial}号"
    assert normalise_doc_number(normal) == normal


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("国务院令第711号", "国务院令第711号"),
        ("教育部令第 40 号", "教育部令第40号"),
        ("商务部令2020年第4号", "商务部令2020年第4号"),
        ("税务总局公告2020年第8号", "税务总局公告2020年第8号"),
    ],
)
def test_orders_have_their_own_form(written: str, normal: str) -> None:
    assert normalise_doc_number(written) == normal


@pytest.mark.parametrize(
    "written",
    [
        "",
        "2012",
        "〔2012〕15号",
        "青岛市2012年",
        "12345热线",
        "口令第15号",
        "开发2012年3号地块",
        "共2个：国发〔2012〕1号、国发〔2012〕2号",
    ],
)
def test_what_is_not_one_number_is_none(written: str) -> None:
    assert normalise_doc_number(written) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("认真贯彻落实国发〔2012〕2号文件精神", ["国发〔2012〕2号"]),
        ("按照某市卫健委青卫医政【2020】100号要求", ["青卫医政〔2020〕100号"]),
        ("市政府办公厅青政办发〔2012〕15号", ["青政办发〔2012〕15号"]),
        ("继续执行市委〔2003〕1号文件", ["市委〔2003〕1号"]),
        ("五部门联合印发的财金〔2020〕5号", ["财金〔2020〕5号"]),
        ("依据国办发〔2015〕1号和青政发〔2015〕3号", ["国办发〔2015〕1号", "青政发〔2015〕3号"]),
        ("税务部门还出台了[2020]4号公告", []),
        ("为我省[2020]10号公告", []),
        ("依据国务院令第711号、青岛市人民政府令第220号", ["国务院令第711号", "青岛市人民政府令第220号"]),
    ],
)
def test_the_code_begins_after_the_words_of_the_sentence(text: str, found: list[str]) -> None:
    numbers = find_doc_numbers(text)
    assert [number.text for number in numbers] == found
    assert all(normalise_doc_number(text[number.start : number.end]) == number.text for number in numbers)


def test_prefix_and_year_are_told() -> None:
    (number,) = find_doc_numbers("《关于某事的通知》（青政办字〔2012〕65号）。")
    assert (number.prefix, number.year, number.start, number.end) == ("青政办字", 2012, 10, 23)
    (order,) = find_doc_numbers("国务院令第711号")
    assert (order.prefix, order.year) == ("国务院", None)


fragments = st.sampled_from(
    [
        "青政办发",
        "国",
        "和",
        "落实",
        "〔",
        "（",
        "[",
        "2012",
        "２０１２",
        "年",
        "〕",
        "）",
        "]",
        "第",
        "15",
        "号",
        "令",
        " ",
        "\n",
        "发",
        "。",
        "市政府",
    ]
)


@settings(deadline=None)
@given(st.lists(fragments, max_size=40).map("".join) | st.text(max_size=200))
def test_any_text_gives_exact_ordered_spans(text: str) -> None:
    end = 0
    for number in find_doc_numbers(text):
        assert end <= number.start < number.end <= len(text)
        assert normalise_doc_number(number.text) == number.text
        end = number.end


@settings(deadline=None)
@given(st.lists(fragments, max_size=12).map("".join) | st.text(max_size=60))
def test_normalising_is_idempotent(text: str) -> None:
    normal = normalise_doc_number(text)
    assert normal is None or normalise_doc_number(normal) == normal


@pytest.mark.parametrize("unit", ["青", "〔2012〕", "发2012年", "令", "[", " ", "青政办发 〔2012〕 15"])
def test_long_lines_are_read_in_linear_time(unit: str) -> None:
    assert all(number.end <= 1_000_000 for number in find_doc_numbers(unit * (1_000_000 // len(unit))))
