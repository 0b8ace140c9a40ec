"""Sets of other makers: documents and questions that say which document answers them.

Three layouts are read as they are: lines `{"id", "text", "title"?}` with lines `{"id", "question",
"document" or "documents", "answer"?}`; the list of passages with their questions that CMRC 2018 comes as
(`context_id`, `context_text`, `qas`); and the nested one of SQuAD (`data`, `paragraphs`, `context`, `qas`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import WrongUse
from search.evaluation.entries import Entry, read_entries


@dataclass(frozen=True, slots=True)
class ForeignDocument:
    """A text to be found."""

    id: str
    text: str
    title: str | None = None


@dataclass(frozen=True, slots=True)
class ForeignQuestion:
    """A question, the documents that answer it, and accepted answers where the set has them."""

    id: str
    text: str
    documents: tuple[str, ...]
    answers: tuple[str, ...] = ()
    answerable: bool = True


@dataclass(frozen=True, slots=True)
class Collection:
    """A foreign set. `digest` changes with the ids and texts of its documents."""

    name: str
    documents: tuple[ForeignDocument, ...]
    questions: tuple[ForeignQuestion, ...]
    digest: str


def read_collection(documents: Path, questions: Path | None = None) -> Collection:
    """Read a set; without `questions` they must stand in the file of the documents.

    Raise UnreadableFile for a bad line, a repeated id or an unknown document, WrongUse without questions.
    """
    entries = read_entries(documents)
    found = tuple(pair for entry in entries for pair in _documents(entry))
    asked = tuple(pair for entry in _question_entries(documents, questions) for pair in _questions(entry))
    if not asked:
        raise WrongUse(f"“{documents.name}”里没有问题；请用 --questions 给出问题文件。")
    known = _unique([(document.id, entry) for document, entry in found])
    _unique([(question.id, entry) for question, entry in asked])
    for question, entry in asked:
        for name in question.documents:
            if name not in known:
                raise entry.wrong(f"所指的文档“{name}”不在“{documents.name}”里；请核对")
    digest = hashlib.sha256()
    for document, _ in found:
        digest.update(repr((document.id, document.title, document.text)).encode("utf-8", "surrogatepass"))
    return Collection(
        name=collection_name(documents),
        documents=tuple(document for document, _ in found),
        questions=tuple(question for question, _ in asked),
        digest=digest.hexdigest(),
    )


def collection_name(documents: Path) -> str:
    """Return what a set is called: its file's name, or the folder's where the file has a common name."""
    common = documents.stem.lower() in {"documents", "docs", "corpus"}
    return documents.resolve().parent.name if common else documents.stem


def _question_entries(documents: Path, questions: Path | None) -> tuple[Entry, ...]:
    return read_entries(questions if questions is not None else documents)


def _documents(entry: Entry) -> Iterator[tuple[ForeignDocument, Entry]]:
    if "paragraphs" in entry.fields:
        for number, paragraph in enumerate(entry.entries("paragraphs")):
            yield ForeignDocument(_paragraph_id(entry, paragraph, number), paragraph.text("context")), entry
    elif "context_text" in entry.fields:
        yield ForeignDocument(entry.text("context_id"), entry.text("context_text")), entry
    else:
        yield ForeignDocument(entry.text("id"), entry.text("text"), entry.optional("title")), entry


def _paragraph_id(entry: Entry, paragraph: Entry, number: int) -> str:
    named = paragraph.optional("id", "context_id")
    return named if named is not None else f"{entry.optional('id', 'title') or entry.place}#{number}"


def _questions(entry: Entry) -> Iterator[tuple[ForeignQuestion, Entry]]:
    if "paragraphs" in entry.fields:
        for number, paragraph in enumerate(entry.entries("paragraphs")):
            document = _paragraph_id(entry, paragraph, number)
            for asked in paragraph.entries("qas"):
                yield _nested(asked, document), entry
    elif "qas" in entry.fields:
        for asked in entry.entries("qas"):
            yield _nested(asked, entry.text("context_id", "id")), entry
    elif "question" in entry.fields or "text" not in entry.fields:
        yield _question(entry), entry


def _nested(asked: Entry, document: str) -> ForeignQuestion:
    answerable = not asked.truth("is_impossible", default=False)
    listed = asked.fields.get("answers")
    if isinstance(listed, list) and listed and isinstance(listed[0], dict):
        answers = tuple(one.text("text") for one in asked.entries("answers"))
    else:
        answers = asked.texts("answers", "answer")
    return ForeignQuestion(
        asked.text("query_id", "id"),
        asked.text("query_text", "question"),
        (document,) if answerable else (),
        answers,
        answerable,
    )


def _question(entry: Entry) -> ForeignQuestion:
    documents = entry.texts("documents", "document")
    answerable = entry.truth("answerable", default=True)
    if answerable and not documents:
        raise entry.wrong("没有写明由哪篇文档回答；请补上 document 或 documents，或写明 answerable 为 false")
    answers = entry.texts("answer", "answers")
    return ForeignQuestion(
        entry.text("id"),
        entry.text("question"),
        documents if answerable else (),
        answers if answerable else (),
        answerable,
    )


def _unique(named: list[tuple[str, Entry]]) -> frozenset[str]:
    known: set[str] = set()
    for name, entry in named:
        if name in known:
            raise entry.wrong(f"的编号“{name}”重复了；请改正")
        known.add(name)
    return frozenset(known)
