"""Sentences and quotes."""

from __future__ import annotations

from corpus.model import Field, Span
from search.texts import cite, cite_sentence, sentence_around, sentences, whole_text
from tests.search.making import item

CONTENT = "加快办理，全年办结率95%以上。 严控数量；“少开会。”开短会"


def test_sentences_keep_their_marks() -> None:
    assert [CONTENT[start:end] for start, end in sentences(CONTENT)] == [
        "加快办理，全年办结率95%以上。",
        "严控数量；",
        "“少开会。”",
        "开短会",
    ]
    assert sentences("") == ()
    assert sentences(" \n ") == ()


def test_sentence_around() -> None:
    start = CONTENT.index("95%")
    assert CONTENT[slice(*sentence_around(CONTENT, start, start + 3))] == "加快办理，全年办结率95%以上。"
    assert sentence_around("", 0, 0) == (0, 0)


def test_quotes_are_exact() -> None:
    stored = item("办理", CONTENT, basis_text="1.工作规则。")
    span = Span(Field.CONTENT, CONTENT.index("严控"), CONTENT.index("严控") + 2)
    assert cite(stored, span).quote == "严控"
    assert cite_sentence(stored, span).quote == "严控数量；"
    assert whole_text(stored) == f"办理\n{CONTENT}\n1.工作规则。"
