"""What may hold a text: nothing that does is missed."""

from __future__ import annotations

import pytest

from corpus.text import fold
from index.holding import holding_query
from tests.index.test_fulltext import TEXTS, fulltext

BROKEN = (
    "推进投融资体制改 革，加强“放管服”改革。",
    "新闻发布 会与会议记录",
    "记录会议的新闻，发布会展",
    "3.5万人次与12345热线",
)
ALL_TEXTS = (*TEXTS, *BROKEN)


def may_hold(text: str) -> list[int]:
    found: list[int] = fulltext(ALL_TEXTS).searcher().may_hold(text).tolist()
    return found


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("公文办结率", [1]),
        ("办结", [1]),
        ("投融资体制改革", [5]),
        ("放管服改革", [5]),
        ("新闻发布会", [6, 7]),
        ("政務服務", [4]),
        ("12345热线", [8]),
        ("3.5万人次", [8]),
        ("55", [2]),
        ("5", []),
        ("结率办", [1]),  # it has the pairs but one, in another order: only the text itself can tell
        ("，。", []),
    ],
)
def test_finds_what_may_hold(text: str, ids: list[int]) -> None:
    assert may_hold(text) == ids


def test_every_stretch_of_every_text_is_found() -> None:
    searcher = fulltext(ALL_TEXTS).searcher()
    for number, text in enumerate(ALL_TEXTS, start=1):
        for start in range(0, len(text) - 3, 2):
            piece = fold(text[start : start + 5]).strip(" \n，。“”〔〕%:(),.0123456789")
            if len(piece) > 1 and not any(c.isascii() for c in piece):
                assert number in searcher.may_hold(piece).tolist(), piece


def test_a_text_without_tokens_has_no_query() -> None:
    made = fulltext()
    assert holding_query(made.searcher()._schema, "grams", "——") is None
