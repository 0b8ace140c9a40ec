"""How good answers are: whether it was right to answer, what was said, and where it was cited from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from corpus.text import fold
from search.evaluation.foreign import Collection
from search.evaluation.places import JudgedSet, Places, Squeezed, Stretch, squeeze
from search.evaluation.queries import EvaluationQuery, KeyOf
from search.evaluation.sets import JudgedQuery, Texts
from search.results import Answer, Citation

REFUSED = "Refused"
REFUSED_PRECISION, REFUSED_RECALL, REFUSED_F1 = "Abstention P", "Abstention R", "Abstention F1"
EXACT, CONTAINED, OVERLAP, TEXT_OVERLAP = "Exact", "Contained", "F1", "F1 text"
CITED, CITED_PRECISION = "Cited", "Citation P"

_MARK = re.compile(r"\[\d+\]")
_DECIMAL_POINT = re.compile(r"(?<=\d)\.(?=\d)")
_TOKEN = re.compile(r"[a-z0-9\x00]+|[^a-z0-9\x00]")


@dataclass(frozen=True, slots=True)
class Evidence:
    """The judged relevant passages of a question, by file, and where the catalog's items stand."""

    places: Places
    squeezed: Mapping[str, Squeezed]
    relevant: Mapping[str, tuple[Stretch, ...]]

    def holds(self, citation: Citation) -> bool:
        """Whether what is cited overlaps a judged relevant passage."""
        placed = self.places.of_item(citation.stored.id)
        if placed is None:
            return False
        file, item = placed
        text = self.squeezed[file]
        quote = squeeze(citation.quote)
        start = text.find(quote, text.position(item.start), text.position(item.end))
        cited = text.stretch(start, start + len(quote)) if start >= 0 else item
        return any(
            cited.start < passage.end and passage.start < cited.end for passage in self.relevant.get(file, ())
        )


@dataclass(frozen=True, slots=True)
class EvaluationQuestion:
    """A question with what a right answer is: one of `answers`, or all of `answers_all`.

    `evidence` is there for questions of ours only.
    """

    query: EvaluationQuery
    answerable: bool
    answers: tuple[str, ...]
    evidence: Evidence | None = None
    answers_all: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """A question, its answer, and of each citation whether it is right."""

    question: EvaluationQuestion
    answer: Answer
    citations: tuple[bool, ...]


def collection_questions(
    collection: Collection, queries: Sequence[EvaluationQuery]
) -> tuple[EvaluationQuestion, ...]:
    """Return the questions of a foreign set."""
    return tuple(
        EvaluationQuestion(query, question.answerable, question.answers)
        for query, question in zip(queries, collection.questions, strict=True)
    )


def judged_questions(
    judged: Sequence[JudgedQuery], found: JudgedSet, texts: Texts
) -> tuple[EvaluationQuestion, ...]:
    """Return the questions of a set of ours."""
    files = {judgment.file for one in judged for judgment in one.judgments}
    squeezed = {file: Squeezed(texts.text(file)) for file in sorted(files)}
    questions = []
    for one, query in zip(judged, found.queries, strict=True):
        relevant: dict[str, tuple[Stretch, ...]] = {}
        for judgment in one.judgments:
            if judgment.grade > 0:
                stretch = Stretch(judgment.start, judgment.end)
                relevant[judgment.file] = (*relevant.get(judgment.file, ()), stretch)
        evidence = Evidence(found.places, squeezed, relevant)
        questions.append(EvaluationQuestion(query, one.answerable, one.answers, evidence, one.answers_all))
    return tuple(questions)


def judge_answers(
    questions: Sequence[EvaluationQuestion], answers: Sequence[Answer], key_of: KeyOf
) -> tuple[Judged, ...]:
    """Put questions and answers together and judge the citations.

    Of a foreign set a citation is right where it stands in a document that answers the question.
    """
    return tuple(
        Judged(question, answer, tuple(_is_right(question, one, key_of) for one in answer.citations))
        for question, answer in zip(questions, answers, strict=True)
    )


def _is_right(question: EvaluationQuestion, citation: Citation, key_of: KeyOf) -> bool:
    if question.evidence is not None:
        return question.evidence.holds(citation)
    return question.query.grades.get(key_of(citation.stored), 0) > 0


def measure_answers(judged: Sequence[Judged]) -> dict[str, dict[str, float]]:
    """Return the measures of each question by its id; their means are those of the set.

    Refusing is the positive class: `Abstention P` is told of the questions that were refused (1 where that
    was right), `Abstention R` of those that cannot be answered. An answerable question that was refused has
    0 in all that is told of answers; only citations that were given can be right or wrong. `Exact` and `F1`
    are of the short answer, of the whole text where there is none; `Contained` and `F1 text` of the text.
    """
    return {one.question.query.id: _measures(one) for one in judged}


def _measures(one: Judged) -> dict[str, float]:
    refused, answerable = one.answer.abstained, one.question.answerable
    found = {REFUSED: float(refused)}
    if refused:
        found[REFUSED_PRECISION] = float(not answerable)
    if not answerable:
        found[REFUSED_RECALL] = float(refused)
        return found
    given = "" if refused else _MARK.sub("", one.answer.text)
    if one.question.answers:
        short = given if refused or one.answer.short is None else one.answer.short
        found[EXACT] = max(float(plain(short) == plain(gold)) for gold in one.question.answers)
        found[CONTAINED] = float(_is_contained(given, one.question))
        found[OVERLAP] = max(overlap(short, gold) for gold in one.question.answers)
        found[TEXT_OVERLAP] = max(overlap(given, gold) for gold in one.question.answers)
    found[CITED] = float(not refused and any(one.citations))
    if one.citations and not refused:
        found[CITED_PRECISION] = sum(one.citations) / len(one.citations)
    return found


def _is_contained(given: str, question: EvaluationQuestion) -> bool:
    if any(contains(given, gold) for gold in question.answers):
        return True
    return bool(question.answers_all) and all(contains(given, part) for part in question.answers_all)


def with_f1(means: Mapping[str, float]) -> dict[str, float]:
    """Return the means of a set with the harmonic mean of the two of abstention, where both are there."""
    found = dict(means)
    if REFUSED_RECALL in found:
        precision, recall = found.setdefault(REFUSED_PRECISION, 0.0), found[REFUSED_RECALL]
        found[REFUSED_F1] = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return found


def plain(text: str) -> str:
    """Return `text` folded, without spaces and marks; a decimal point stays."""
    return "".join(c for c in _DECIMAL_POINT.sub("\x00", fold(text)) if c.isalnum() or c in "%\x00")


def contains(given: str, gold: str) -> bool:
    """Whether the accepted answer stands in what was answered; digits at its ends must not go on."""
    wanted, text = plain(gold), plain(given)
    if not wanted:
        return False
    before = r"(?<![\d\x00])" if wanted[0].isdigit() else ""
    after = r"(?![\d\x00])" if wanted[-1].isdigit() else ""
    return re.search(before + re.escape(wanted) + after, text) is not None


def overlap(given: str, gold: str) -> float:
    """Return the F1 that CMRC 2018 uses: of the longest common run of characters and Latin words."""
    one, other = _TOKEN.findall(plain(given)), _TOKEN.findall(plain(gold))
    if not one or not other:
        return 0.0
    longest = SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size
    return 2 * longest / (len(one) + len(other))
