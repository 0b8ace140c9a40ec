"""Random tables in every format are read back as they were, and whatever is read agrees with itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from corpus.errors import UnreadableFile
from ingest.readers.contract import Source
from ingest.reading import Reading, read_source
from tests.ingest.grids import FORMATS, Grid
from tests.ingest.rendering import LAYOUTS, SampleTable, heads, shown, tables
from tests.ingest.test_fuzz import check

EXAMPLES = 15
ABOVE = ("2019年度市某局业务目标", "单位名称：市某局")
NAMES = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["公文", "政务", "热线", "建议提案", "应急", "会展"]),
        st.sampled_from(["办理", "公开", "受理", "督办", "培训"]),
        st.sampled_from(["工作", "提升", "工程"]),
    ),
)
FIGURES = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(
        ["按期办结率达到", "组织培训不少于", "审批时限压缩至", "投诉量较上年度（180件）压减", "吸引投资突破"]
    ),
    st.one_of(
        st.integers(1, 99), st.sampled_from(["98.5", "百分之八十", "十五", "3万", "1.2亿", "３０", "10—12"])
    ),
    st.sampled_from(["%", "次", "个工作日", "件", "元", "万元", "家"]),
    st.sampled_from(["", "以上", "以内", "左右"]),
)
CONTENTS = st.builds(
    lambda clauses, mark: mark.join(clauses) + "。",
    st.lists(FIGURES, min_size=1, max_size=4),
    st.sampled_from(["，", "；", "；\n"]),
)
NOTES = st.sampled_from(
    ["", "", "标杆城市：苏州市 标杆值：2018年办结率达到97%。", "标杆城市：杭州市 标杆值：平均用时3天。"]
)
READ_BACK = [written for written in FORMATS if written not in {"delimited", "et"}]


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    """A table of one to three categories, each numbered anew, with cells of several lines and notes."""
    rows: list[tuple[str, ...]] = []
    kinds = st.sampled_from(["重点目标", "创优目标", "职能目标", "共性目标"])
    for category in draw(st.lists(kinds, min_size=1, max_size=3, unique=True)):
        numbers = range(1, draw(st.integers(1, 4)) + 1)
        rows += [(category, str(number), draw(NAMES), draw(CONTENTS)) for number in numbers]
    notes = tuple(draw(NOTES) for _ in rows)
    return Grid(ABOVE, ("类别", "序号", "目标名称", "目标内容"), tuple(rows), notes)


def read(name: str, content: bytes) -> Reading:
    return read_source(Source(name, content))


def facts(reading: Reading) -> list[tuple[str | None, ...]]:
    return [
        (item.category, item.number, item.name, item.content, item.benchmark_text)
        for document in reading.documents
        for item in document.items
    ]


@pytest.mark.parametrize("written", READ_BACK)
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(grid=grids())
def test_every_format_is_read_back(written: str, grid: Grid) -> None:
    name, write = FORMATS[written]
    reading = read(name, write(grid))
    assert facts(reading) == [(*row, note or None) for row, note in zip(grid.rows, grid.notes, strict=True)]
    check(reading)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(grid=grids())
def test_every_format_gives_the_same_figures(grid: Grid) -> None:
    found = [
        [item.indicators for document in read(name, write(grid)).documents for item in document.items]
        for name, write in (FORMATS[written] for written in READ_BACK)
    ]
    assert all(one == found[0] for one in found[1:])


def as_grid(table: SampleTable) -> Grid:
    rows = tuple(
        tuple(row.category if column == "category" else str(getattr(row, column)) for column in table.columns)
        for row in table.rows
    )
    return Grid((), tuple(heads(table)), rows, ("",) * len(rows))


@pytest.mark.parametrize("written", ["docx", "xlsx", "xls", "html", "csv", "md"])
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(table=tables())
def test_tables_with_other_columns_are_read_back(written: str, table: SampleTable) -> None:
    name, write = FORMATS[written]
    if "category" not in table.columns:  # the first column is merged where its cells are the same
        numbered = tuple(replace(row, number=str(n)) for n, row in enumerate(table.rows, start=1))
        table = replace(table, rows=numbered)
    reading = read(name, write(as_grid(table)))
    assert [fact[:4] for fact in facts(reading)] == [row[:4] for row in table.expected()]
    assert [i.basis_text for d in reading.documents for i in d.items] == [r[4] for r in table.expected()]
    check(reading)


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=EXAMPLES, deadline=None)
@given(table=tables())
def test_what_is_extracted_from_a_layout_stands_where_it_says(layout: str, table: SampleTable) -> None:
    check(read("目标.txt", LAYOUTS[layout](table).encode()))


def agrees(name: str, text: str) -> None:
    try:
        reading = read(name, text.encode("utf-8", "surrogatepass"))
    except UnreadableFile as error:
        assert error.sentence.endswith("。")  # noqa: PT017
        assert "\n" not in error.sentence  # noqa: PT017
    else:
        check(reading)


@pytest.mark.parametrize("name", ["目标.txt", "目标.md", "目标.csv", "目标.html"])
@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=400))
@example(text="\ud800")
@example(text="---\ntitle: a\n---\n")
def test_any_text_is_read_or_refused(name: str, text: str) -> None:
    agrees(name, text)
    agrees(name, f"<html><table><tr><td>{text}<td>{text}</table>")


@settings(max_examples=80, deadline=None)
@given(
    table=tables(),
    texts=st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=4),
    at=st.integers(0, 50),
)
def test_any_text_within_a_table_does_no_harm(table: SampleTable, texts: list[str], at: int) -> None:
    for name, layout in (("目标.txt", "tabbed"), ("目标.txt", "paragraphs"), ("目标.md", "barred")):
        lines = LAYOUTS[layout](table).split("\n")
        lines[at % len(lines) : at % len(lines)] = texts
        agrees(name, "\n".join(lines))


@settings(max_examples=40, deadline=None)
@given(table=tables(), content=st.text(min_size=1, max_size=60))
def test_any_content_of_a_cell_keeps_its_spans(table: SampleTable, content: str) -> None:
    rows = [heads(table), *(shown(table, n) for n in range(len(table.rows)))]
    rows[-1][-1] = f"{content}达到96%以上{content}"
    agrees("目标.txt", "\n".join("\t".join(row) for row in rows))
