"""Marks that citations carry, and what became of the words they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.catalog import Catalog, PreparedDocument, StoredItem
from corpus.errors import WrongUse
from corpus.model import Field, Span, TargetDocument, TargetItem
from search.citations import WIDTHS, Mark, MarkStatus, make_mark, marks_in, read_mark, verify
from tests.corpus.samples import SMALL, source_file, target_document

FIRST = "全年公文按期办结率达到96%以上。电子公文占比不低于八成。"
SECOND = "组织培训4次，覆盖全部处室。"


def item(content: str, basis: str | None = None) -> TargetItem:
    return TargetItem(category="重点目标", number=None, name=None, content=content, basis_text=basis)


def document(*items: TargetItem) -> TargetDocument:
    return replace(target_document(), items=items)


def store(catalog: Catalog, name: str, *documents: TargetDocument) -> None:
    digest = sha256(repr(documents).encode()).hexdigest()
    prepared = [PreparedDocument(one, tuple(() for _ in one.items)) for one in documents]
    catalog.store(source_file(name, digest), prepared, SMALL)


def stored(catalog: Catalog, position: int, document_position: int = 0) -> StoredItem:
    return catalog.document_items(catalog.documents()[document_position].id)[position]


def mark_of(catalog: Catalog, quote: str, position: int = 0, field: Field = Field.CONTENT) -> str:
    cited = stored(catalog, position)
    text = getattr(cited.item, field)
    return make_mark(cited, Span(field, text.index(quote), text.index(quote) + len(quote)), catalog)


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    with Catalog.open(tmp_path, create=True) as opened:
        store(opened, "样例.txt", document(item(FIRST), item(SECOND, basis="《样例办法》")))
        yield opened


def test_a_mark_fits_a_bookmark_of_word_and_keeps_no_words(catalog: Catalog) -> None:
    mark = mark_of(catalog, "公文按期办结率达到96%以上")
    assert re.fullmatch(r"db1[a-z2-7]{32}", mark)
    assert len(mark) + len("_9999") <= 40
    assert sum(WIDTHS) == 160
    numbers = read_mark(mark)
    assert numbers is not None
    assert (numbers.document, numbers.item, numbers.start, numbers.length) == (0, 0, 2, 14)


def test_words_that_stand_where_they_stood(catalog: Catalog) -> None:
    quotes = ("全年公文按期办结率达到96%以上。", "组织培训4次")
    marks = [mark_of(catalog, quotes[0]), mark_of(catalog, quotes[1], 1)]
    found = verify(marks, catalog)
    assert [one.status for one in found] == [MarkStatus.UNCHANGED] * 2
    assert [one.citation.quote for one in found if one.citation] == list(quotes)
    assert not any(one.moved or one.renewed for one in found)
    (basis,) = verify([mark_of(catalog, "样例办法", 1, Field.BASIS)], catalog)
    assert basis.citation is not None
    assert (basis.citation.quote, basis.citation.span.field) == ("样例办法", Field.BASIS)


def test_a_new_row_above_and_other_white_space_are_no_change(catalog: Catalog) -> None:
    mark = mark_of(catalog, "公文按期办结率达到96%以上")
    moved = FIRST.replace("办结率", "办结率\n").replace("96%", "９６％")
    store(catalog, "样例.txt", document(item(SECOND), item("新增的一条。"), item(moved)))
    (found,) = verify([mark], catalog)
    assert (found.status, found.moved, found.renewed) == (MarkStatus.UNCHANGED, True, True)
    assert found.citation is not None
    assert (found.citation.quote, found.citation.stored.ordinal) == ("公文按期办结率\n达到９６％以上", 2)


def test_a_changed_figure_is_told_with_the_sentence_that_stands_there_now(catalog: Catalog) -> None:
    mark = mark_of(catalog, "公文按期办结率达到96%以上")
    store(catalog, "样例.txt", document(item(FIRST.replace("96%", "95%")), item(SECOND)))
    (found,) = verify([mark], catalog)
    assert (found.status, found.renewed) == (MarkStatus.CHANGED, True)
    assert found.citation is not None
    assert found.citation.quote == "全年公文按期办结率达到95%以上。"


def test_an_item_that_is_gone_from_its_file(catalog: Catalog) -> None:
    mark = mark_of(catalog, "组织培训4次", 1)
    store(catalog, "样例.txt", document(item(FIRST)))
    (found,) = verify([mark], catalog)
    assert (found.status, found.citation) == (MarkStatus.CHANGED, None)


def test_a_file_that_is_gone_and_one_that_came_back_under_another_name(catalog: Catalog) -> None:
    mark = mark_of(catalog, "组织培训4次", 1)
    catalog.remove_source("样例.txt")
    assert [one.status for one in verify([mark], catalog)] == [MarkStatus.REMOVED]
    store(catalog, "别名.txt", document(item(FIRST), item(SECOND, basis="《样例办法》")))
    (found,) = verify([mark], catalog)
    assert (found.status, found.renewed) == (MarkStatus.UNCHANGED, False)


def test_another_file_of_the_same_name_does_not_hide_the_cited_one(catalog: Catalog) -> None:
    mark = mark_of(catalog, "组织培训4次", 1)
    store(catalog, "别处/样例.txt", document(item("别的城市的一条。")))
    (found,) = verify([mark], catalog)
    assert found.status is MarkStatus.UNCHANGED
    catalog.remove(catalog.documents()[0].id)
    assert verify([mark], catalog)[0].status is MarkStatus.CHANGED


def test_the_documents_of_one_file_are_told_apart(catalog: Catalog) -> None:
    same = item("两年写法相同的一句。")
    years = (replace(document(same), year=2020), replace(document(same), year=2021))
    store(catalog, "两年.xlsx", *years)
    second = stored(catalog, 0, 2)
    mark = make_mark(second, Span(Field.CONTENT, 0, 4), catalog)
    (found,) = verify([mark], catalog)
    assert found.citation is not None
    assert found.citation.stored.document.year == 2021


def test_contacts_are_neither_quoted_nor_counted(catalog: Catalog) -> None:
    store(catalog, "联系.txt", document(item("联系电话：85910000。办结率达到九成。")))
    cited = stored(catalog, 0, 1)
    shown = "联系电话：〔联系方式已隐去〕。办结率达到九成。"
    start = shown.index("办结率")
    mark = make_mark(cited, Span(Field.CONTENT, start, start + 7), catalog)
    (found,) = verify([mark], catalog)
    assert found.citation is not None
    assert found.citation.quote == "办结率达到九成"
    whole = make_mark(cited, Span(Field.CONTENT, 0, len(shown)), catalog)
    assert verify([whole], catalog)[0].citation is not None
    assert "85910000" not in repr(verify([whole], catalog)[0].citation.quote)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("start", "end"), [(0, 0), (5, 3), (-1, 4), (0, 1000), (len(SECOND), len(SECOND) + 1)]
)
def test_what_is_not_there_cannot_be_cited(catalog: Catalog, start: int, end: int) -> None:
    with pytest.raises(WrongUse, match="不在这一条的文字里"):
        make_mark(stored(catalog, 1), Span(Field.CONTENT, start, end), catalog)


def test_too_much_cannot_be_cited(catalog: Catalog) -> None:
    store(catalog, "长.txt", document(item("字" * 20000)))
    with pytest.raises(WrongUse, match="只引用其中的一两句"):
        make_mark(stored(catalog, 0, 1), Span(Field.CONTENT, 0, 20000), catalog)


@pytest.mark.parametrize("written", ["", "db1", "db1" + "a" * 31, "db2" + "a" * 32, "db1" + "1" * 32, "〔〕"])
def test_what_is_no_mark(catalog: Catalog, written: str) -> None:
    assert read_mark(written) is None
    assert verify([written], catalog)[0].status is MarkStatus.UNREADABLE


def test_marks_in_a_text_each_once_whatever_stands_around_them(catalog: Catalog) -> None:
    mark = mark_of(catalog, "组织培训4次", 1)
    other = mark_of(catalog, "办结率")
    text = f"“…”〔对标：样例，第2项 {mark}〕，见{other.upper()}_2；{mark}。xdb1{'a' * 32}"
    assert marks_in(text) == (mark, other)


@settings(max_examples=200, deadline=None)
@given(st.binary(min_size=20, max_size=20))
def test_any_bits_are_read_or_refused_and_never_fail(content: bytes) -> None:
    from base64 import b32encode

    written = "db1" + b32encode(content).decode().lower()
    mark = read_mark(written)
    if mark is not None:
        assert isinstance(mark, Mark)
        assert all(0 <= number < 1 << width for number, width in zip(mark, WIDTHS, strict=True))
