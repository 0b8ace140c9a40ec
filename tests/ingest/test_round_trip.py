"""Random tables, written in each text layout and spoilt in the usual ways, are read back as they were."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.readers.contract import Source
from ingest.reading import Reading, read_source
from tests.ingest.rendering import LAYOUTS, SampleTable, tables

EXAMPLES = 30


def items(reading: Reading) -> list[tuple[str | None, ...]]:
    return [
        (item.category, item.number, item.name, item.content, item.basis_text)
        for document in reading.documents
        for item in document.items
    ]


def read(text: str, encoding: str = "utf-8") -> Reading:
    return read_source(Source("目标.txt", text.encode(encoding)))


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=EXAMPLES, deadline=None)
@given(table=tables())
def test_each_layout_is_read_back(layout: str, table: SampleTable) -> None:
    assert items(read(LAYOUTS[layout](table))) == table.expected()


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=EXAMPLES, deadline=None)
@given(
    table=tables(), seed=st.integers(0, 10_000), encoding=st.sampled_from(["utf-8-sig", "gb18030", "utf-16"])
)
def test_blank_lines_trailing_spaces_and_line_ends_change_nothing(
    layout: str, table: SampleTable, seed: int, encoding: str
) -> None:
    choice = random.Random(seed)
    lines: list[str] = []
    for line in LAYOUTS[layout](table).split("\n"):
        if choice.random() < 0.2 and layout != "delimited":
            lines.append("")
        lines.append(line + choice.choice(["", " ", "  ", "\u3000"]))
    spoilt = choice.choice(["\n", "\r\n"]).join(lines) + choice.choice(["", "\n\n"])
    assert items(read(spoilt, encoding)) == table.expected()


@settings(max_examples=EXAMPLES, deadline=None)
@given(table=tables(), at=st.integers(1, 10))
def test_a_header_repeated_on_the_next_page_is_no_row(table: SampleTable, at: int) -> None:
    lines = LAYOUTS["paragraphs"](table).split("\n\n")
    width = len(table.columns)
    head = lines[1 : 1 + width]
    starts = [n for n, line in enumerate(lines) if line in {row.number for row in table.rows} and n > width]
    cut = starts[at % len(starts)]
    spoilt = [*lines[:cut], "- 2 -", *head, *lines[cut:]]
    assert items(read("\n".join(spoilt))) == table.expected()


@settings(max_examples=EXAMPLES, deadline=None)
@given(table=tables(), seed=st.integers(0, 10_000))
def test_a_category_broken_over_a_line_or_a_space_is_made_whole(table: SampleTable, seed: int) -> None:
    choice = random.Random(seed)
    for layout in ("tabbed", "piped", "paragraphs"):
        text = LAYOUTS[layout](table)
        for category in {row.category for row in table.rows}:
            mark = (
                choice.choice([" ", "\u3000", "\n"]) if layout != "tabbed" else choice.choice([" ", "\n\t"])
            )
            text = text.replace(category, category[:2] + mark + category[2:])
        assert items(read(text)) == table.expected()


@settings(max_examples=EXAMPLES, deadline=None)
@given(table=tables(), seed=st.integers(0, 10_000))
def test_a_content_of_several_paragraphs_is_one_cell(table: SampleTable, seed: int) -> None:
    choice = random.Random(seed)
    for layout in ("piped", "paragraphs", "tabbed"):
        text = LAYOUTS[layout](table)
        expected = table.expected()
        for position, row in enumerate(table.rows):
            if "；" not in row.content or choice.random() < 0.5 or text.count(row.content) > 1:
                continue
            broken = row.content.replace("；", "；\n", 1)
            text = text.replace(row.content, broken.replace("\n", "\n\t") if layout == "tabbed" else broken)
            expected[position] = (*expected[position][:3], broken, expected[position][4])
        assert items(read(text)) == expected


@settings(max_examples=EXAMPLES, deadline=None)
@given(table=tables(), seed=st.integers(0, 10_000))
def test_page_numbers_and_lost_empty_cells_change_nothing(table: SampleTable, seed: int) -> None:
    choice = random.Random(seed)
    for layout in ("tabbed", "paragraphs"):
        lines = [line for line in LAYOUTS[layout](table).split("\n") if line.strip()]
        page = choice.choice(["- 2 -", "第 2 页 共 5 页", "—3—"])
        lines.insert(choice.randrange(len(table.columns) + 2, len(lines) + 1), page)
        assert items(read("\n".join(lines))) == table.expected()
