"""An answer while it is written: the cited one, a model's sentences, and last the one that stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from api.conversions.results import answer_to_json, removed_to_json
from api.schemas.results import AnswerJson, RemovedSentenceJson, WrittenSentenceJson
from search.results import Answer
from search.writing.rewriting import Finished, rewrite
from search.writing.writer import Writer


class Happening(StrEnum):
    """The kinds of events, in the order they come: one answer, sentences of both kinds, one done."""

    ANSWER = "answer"
    SENTENCE = "sentence"
    REMOVED = "removed"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened while an answer was written, with what is told of it."""

    name: Happening
    value: AnswerJson | WrittenSentenceJson | RemovedSentenceJson


def events(question: str, answer: Answer, writer: Writer | None) -> Iterator[Event]:
    """Yield what happens while `writer` puts `answer` into its words; without one, the answer stands."""
    cited = answer_to_json(answer)
    yield Event(Happening.ANSWER, cited)
    if writer is None:
        yield Event(Happening.DONE, cited)
        return
    for one in rewrite(question, answer, writer):
        if isinstance(one, Finished):
            yield Event(Happening.DONE, answer_to_json(one.answer, one.rewriting))
        elif one.failing is None:
            yield Event(Happening.SENTENCE, WrittenSentenceJson(one.text))
        else:
            yield Event(Happening.REMOVED, removed_to_json(one))


def answer_of(happened: Iterable[Event]) -> AnswerJson:
    """Return the answer that stands when all is done."""
    done = [event.value for event in happened if event.name is Happening.DONE]
    if not done or not isinstance(done[-1], AnswerJson):
        message = "events without an end"
        raise ValueError(message)
    return done[-1]
