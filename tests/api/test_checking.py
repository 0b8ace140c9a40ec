"""Drafts that are read without being taken in."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.checking import LONGEST_DRAFT, passage_of, read_draft_file, read_draft_text
from api.ingesting import Manner
from corpus.errors import NoTargets, WrongUse
from ingest.reading import Hints

MANNER = Manner.of(Hints(unit="市教育局", year=2022, city="青岛市"), None)
WHOLE = Path(__file__).parents[2] / "corpus" / "documents" / "000_5a4ffe0494ebd202.txt"


def test_a_sentence_is_a_passage_with_what_it_states() -> None:
    draft = read_draft_text("公文按期办结率达到94%以上。", MANNER)
    assert draft.is_fragment
    (document,) = draft.documents
    assert (document.unit, document.year, document.city) == ("市教育局", 2022, "青岛市")
    (item,) = document.items
    assert [(one.name, one.value) for one in item.indicators] == [("公文按期办结率", 94)]
    assert item.place.line == 1


def test_each_paragraph_of_running_text_is_an_item() -> None:
    draft = read_draft_text("召开新闻发布会40场。\n\n　加强政务公开。", MANNER)
    assert draft.is_fragment
    assert [(one.content, one.place.line) for one in draft.documents[0].items] == [
        ("召开新闻发布会40场。", 1),
        ("加强政务公开。", 3),
    ]


def test_a_whole_draft_is_read_by_its_layout() -> None:
    draft = read_draft_text(WHOLE.read_text("utf-8"), MANNER)
    assert not draft.is_fragment
    assert len(draft.documents[0].items) == 12
    assert draft.documents[0].unit == "市教育局"


def test_files(tmp_path: Path) -> None:
    assert len(read_draft_file(WHOLE, MANNER).documents[0].items) == 12
    plain = tmp_path / "一段.txt"
    plain.write_bytes("召开新闻发布会40场。".encode("gb18030"))
    draft = read_draft_file(plain, MANNER)
    assert (draft.is_fragment, draft.documents[0].items[0].content) == (True, "召开新闻发布会40场。")
    page = tmp_path / "一段.html"
    page.write_text("<p>召开新闻发布会40场。</p>", encoding="utf-8")
    with pytest.raises(NoTargets):
        read_draft_file(page, MANNER)


def test_nothing_and_too_much() -> None:
    with pytest.raises(WrongUse, match="草稿是空的"):
        read_draft_text(" \n", MANNER)
    with pytest.raises(WrongUse, match="太长；请缩短到"):
        read_draft_text("长" * (LONGEST_DRAFT + 1), MANNER)


def test_a_selection_is_one_item() -> None:
    document = passage_of("甲。\n乙。", Hints(), whole=True)
    assert [one.content for one in document.items] == ["甲。\n乙。"]
    assert (document.unit_origin, document.year_origin) == (None, None)
