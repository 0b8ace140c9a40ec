"""Where items stand in their texts, and which of them a judgment means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from corpus.catalog import Catalog, EmbeddingRecord, PreparedChunk, PreparedDocument, SourceFile
from corpus.model import DocumentKind, Place, TargetDocument, TargetItem
from search.evaluation.places import Stretch, documents_of, item_stretches, judged_set
from search.evaluation.sets import JudgedQuery, Judgment, Texts
from tests.search.making import document

REPEATED = "坚持为民办事。"
TEXT = (
    f"---\ntitle: 题\n---\n\n**一、热线**\n\n{REPEATED}\n\n**二是** 办理 热线，办结率９５％。\n\n{REPEATED}"
)
ROW = "公文会议 |\n办结率达到96%以上。 |\n《关于公文的通知》 |\n\n应急值守 |\n响应时间不超过10分钟。 |\n"


def item(
    content: str, line: int | None = None, name: str | None = None, basis_text: str | None = None
) -> TargetItem:
    return TargetItem(None, None, name, content, basis_text=basis_text, place=Place(line=line))


def shown(text: str, stretch: Stretch | None) -> str | None:
    return None if stretch is None else text[stretch.start : stretch.end]


def test_spaces_bold_marks_and_widths_do_not_matter() -> None:
    (found,) = item_stretches(TEXT, [item("二是办理热线,办结率95%。")])
    assert shown(TEXT, found) == "二是** 办理 热线，办结率９５％。"


def test_a_sentence_that_is_repeated_is_found_by_its_line_or_its_order() -> None:
    first, second = TEXT.index(REPEATED), TEXT.rindex(REPEATED)
    by_line = item_stretches(TEXT, [item(REPEATED, line=11)])
    assert by_line == (Stretch(second, second + len(REPEATED)),)
    by_order = item_stretches(TEXT, [item(REPEATED), item("办理热线，办结率95%。"), item(REPEATED)])
    assert [one.start for one in by_order if one] == [first, TEXT.index("办理"), second]


def test_an_item_reaches_from_its_name_to_its_last_cell_but_not_into_its_neighbour() -> None:
    items = [
        item("办结率达到96%以上。", name="公文会议", basis_text="《关于公文的通知》"),
        item("响应时间不超过10分钟。", name="应急值守", basis_text="《关于公文的通知》"),
    ]
    first, second = item_stretches(ROW, items)
    assert shown(ROW, first) == "公文会议 |\n办结率达到96%以上。 |\n《关于公文的通知》"
    assert shown(ROW, second) == "应急值守 |\n响应时间不超过10分钟。"


def test_the_units_in_charge_belong_to_their_item() -> None:
    text = "一、建设公园。\n责任单位：市园林局、市财政局\n二、植树。\n责任单位：市园林局\n"
    items = [replace(item("建设公园。"), responsible_units=("市园林局", "市财政局")), item("植树。")]
    assert shown(text, item_stretches(text, items)[0]) == "建设公园。\n责任单位：市园林局、市财政局"


def test_an_item_of_another_text_has_no_place() -> None:
    assert item_stretches(TEXT, [item("别处的话。"), item("")]) == (None, None)
    assert item_stretches("", [item("话")]) == (None,)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (10, 20, True),
        (0, 16, True),
        (0, 15, False),
        (12, 14, True),
        (0, 100, True),
        (19, 40, False),
        (20, 30, False),
    ],
)
def test_more_than_half_of_the_shorter(start: int, end: int, *, expected: bool) -> None:
    assert Stretch(10, 20).overlaps(start, end) is expected


def test_files_and_documents_are_paired_by_the_longest_common_end() -> None:
    stored = [
        replace(document(number), path=path)
        for number, path in enumerate(["海市/2012.md", "山市/2012.md", "2012.md", "海市\\2013.md"], start=1)
    ]
    assert [one.id for one in documents_of("reports/海市/2012.md", stored)] == [1]
    assert [one.id for one in documents_of("reports/河市/2012.md", stored)] == [3]
    assert [one.id for one in documents_of("reports/海市/2013.md", stored)] == [4]
    assert documents_of("reports/海市/2014.md", stored) == ()


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    items = (item("二是办理热线，办结率95%。", line=9), item(REPEATED, line=7))
    made = TargetDocument("2012.md", None, DocumentKind.REPORT, None, 2012, "海市", items, text=TEXT)
    chunks = tuple((PreparedChunk(one.content, 0, 1, np.array([1, 0], np.float32)),) for one in items)
    file = SourceFile("k", "海市/2012.md", "2012.md", sha256(b"").hexdigest(), 0, "f")
    with Catalog.open(tmp_path / "db", create=True) as opened:
        opened.store(file, [PreparedDocument(made, chunks)], EmbeddingRecord("f", "m", 2))
        yield opened


def test_judgments_become_grades_of_items(tmp_path: Path, catalog: Catalog) -> None:
    for name in ("海市/2012.md", "海市/2099.md"):
        path = tmp_path / "reports" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT, encoding="utf-8")
    rate, where = TEXT.index("办结率"), TEXT.index("热线，")
    file = "reports/海市/2012.md"
    judgments = (
        Judgment(file, rate, rate + 6, 2),
        Judgment(file, where, where + 2, 3),
        Judgment(file, 0, 3, 1),
        Judgment(file, 4, 6, 0),
        Judgment("reports/海市/2099.md", rate, rate + 6, 1),
    )
    query = JudgedQuery(
        "r", "热线", (), None, None, None, None, None, frozenset({2012}), judgments, answerable=True
    )
    nothing = replace(query, id="u", judgments=(), answerable=False)
    found = judged_set([query, nothing], catalog, Texts((tmp_path,)))
    (stored, other) = catalog.document_items(1)
    assert found.queries[0].grades == {
        f"海市/2012.md#{stored.id}": 3,
        "reports/海市/2012.md@0": 1,
        f"reports/海市/2099.md@{rate}": 1,
    }
    assert found.missing == 2
    assert found.queries[0].years == {2012}
    assert (found.queries[1].kinds, found.queries[1].is_judged) == (("unanswerable",), False)
    assert found.places.of_item(stored.id) == (file, Stretch(TEXT.index("二是"), TEXT.index("％") + 2))
    assert found.places.of_item(other.id + 7) is None
