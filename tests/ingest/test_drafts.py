from __future__ import annotations

from corpus.model import DocumentKind
from ingest.blocks import Paragraph
from ingest.drafts import drafts_of
from ingest.layouts.contract import LayoutName, Recognition, Row, Section
from ingest.vocabulary import Column


def row(content: str, **more: str) -> Row:
    return Row(((Column.CONTENT, content), *((Column(name), text) for name, text in more.items())))


def drafts(*sections: Section) -> list[tuple[int, str | None, int | None]]:
    found = drafts_of(Recognition(LayoutName.GRID, DocumentKind.TARGETS, sections))
    return [(len(draft.rows), draft.unit, draft.year) for draft in found]


def test_a_section_that_states_nothing_continues_the_document() -> None:
    title = (Paragraph("2015年业务目标"), Paragraph("单位名称：市某局"))
    assert drafts(Section((row("甲"),), title), Section((row("乙"),)), Section((row("丙"),), title)) == [
        (3, None, None)
    ]


def test_another_unit_year_or_sheet_is_another_document() -> None:
    first = Section((row("甲"),), (Paragraph("单位名称：市甲局"),))
    second = Section((row("乙"),), (Paragraph("单位名称：市乙局"),))
    assert len(drafts(first, second)) == 2
    assert len(drafts(Section((row("甲"),), sheet="2018年"), Section((row("乙"),), sheet="2019年"))) == 2
    assert len(drafts(Section((row("甲"),), sheet="Sheet1"), Section((row("乙"),), sheet="Sheet2"))) == 1


def test_columns_of_units_and_years_part_the_rows() -> None:
    section = Section(
        (
            row("甲", unit="市甲局", year="2018年"),
            row("乙"),
            row("丙", unit="市乙 局"),
            row("丁", unit="市甲局", year="2019"),
        )
    )
    assert drafts(section) == [(2, "市甲局", 2018), (1, "市乙局", 2018), (1, "市甲局", 2019)]
