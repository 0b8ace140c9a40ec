"""Evaluate retrieval and answers over a set, as the command line asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from api.evaluating import SETS
from api.evaluating_collections import foreign_bench
from api.evaluating_results import Outcome, evaluation_json, rounded
from api.library import Library
from api.schemas.evaluation import (
    EvaluatedSetJson,
    EvaluationJson,
    GivenAnswerJson,
    QuerySystemJson,
    RankedJson,
)
from corpus.errors import WrongUse
from search.evaluation.answering import (
    EvaluationQuestion,
    Judged,
    collection_questions,
    judge_answers,
    judged_questions,
    measure_answers,
)
from search.evaluation.foreign import collection_name, read_collection
from search.evaluation.measures import measure
from search.evaluation.places import judged_set
from search.evaluation.queries import (
    EvaluationQuery,
    KeyOf,
    collection_queries,
    document_of,
    item_of,
)
from search.evaluation.sets import Texts, read_queries
from search.evaluation.variants import ABLATION, FUSED, LEGS, Bench, Ranking, Variant

QUERIES, QUESTIONS = SETS / "retrieval.jsonl", SETS / "questions.jsonl"
OWN = "own"


@dataclass(frozen=True, slots=True)
class Source:
    """What to evaluate on: a set of ours over the library's catalog, or a foreign set over its documents."""

    queries: Path | None = None
    documents: Path | None = None
    questions: Path | None = None
    texts: tuple[Path, ...] = ()

    @property
    def name(self) -> str:
        """What the set is called in tables."""
        if self.documents is not None:
            return collection_name(self.documents)
        return OWN if self.queries is None else self.queries.stem

    def check(self) -> None:
        """Raise WrongUse where the parts do not belong together."""
        if self.questions is not None and self.documents is None:
            raise WrongUse(
                "--questions 是外来评测集的问题，要与 --documents 一起给出；"
                "评测目标库中的内容请改用 --queries。"
            )
        if self.queries is not None and self.documents is not None:
            raise WrongUse("--queries 用于目标库，--documents 用于外来文档，不能同时给出；请去掉其中一个。")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A set that is ready to be asked."""

    name: str
    bench: Bench
    questions: tuple[EvaluationQuestion, ...]
    key_of: KeyOf
    missing: int

    @property
    def queries(self) -> tuple[EvaluationQuery, ...]:
        """The questions as queries."""
        return tuple(question.query for question in self.questions)

    def about(self) -> EvaluatedSetJson:
        """Return what the set is."""
        return EvaluatedSetJson(
            name=self.name,
            documents=len(self.bench.catalog.documents()),
            passages=self.bench.index.searcher().size,
            queries=len(self.questions),
            judged=sum(query.is_judged for query in self.queries),
            missing=self.missing,
            model=self.bench.embedder.record.model,
        )


@contextmanager
def prepared(
    source: Source, library: Library, default: Path, progress: Callable[[int], None]
) -> Iterator[Prepared]:
    """Lend the set of `source`; `default` is our own set where no file is named."""
    source.check()
    if source.documents is not None:
        collection = read_collection(source.documents, source.questions)
        kept = library.settings.folder / "evaluation"
        with foreign_bench(collection, library.embedder, kept, progress) as bench:
            questions = collection_questions(collection, collection_queries(collection))
            yield Prepared(source.name, bench, questions, document_of, 0)
        return
    texts = Texts(source.texts)
    judged = read_queries(source.queries or default, texts)
    library.catalog.require_embedding(library.embedder.record)
    bench = Bench(library.catalog, library.index, library.embedder)
    found = judged_set(judged, library.catalog, texts)
    yield Prepared(source.name, bench, judged_questions(judged, found, texts), item_of, found.missing)


def evaluate_set(
    task: str, source: Source, library: Library, say: Callable[[str], None], *, ablation: bool = False
) -> EvaluationJson:
    """Evaluate `retrieval`, or `answers`, on a set; with `ablation`, the product with each part changed."""
    default = QUERIES if task == "retrieval" else QUESTIONS
    with prepared(source, library, default, lambda done: say(f"已导入 {done} 篇文档。")) as ready:
        if ready.missing:
            say(f"注意：目标库里没有评测集中的 {ready.missing} 处原文，按没有找到计算。")
        if task == "answers":
            return evaluate_answers(ready)
        return evaluate_retrieval(ready, ABLATION if ablation else (*LEGS, FUSED))


def evaluate_retrieval(prepared: Prepared, variants: Sequence[Variant] = (*LEGS, FUSED)) -> EvaluationJson:
    """Rank every query by every variant; the last one is the product as it is."""
    outcomes = []
    for variant in variants:
        rankings = prepared.bench.rank(variant, prepared.queries, prepared.key_of)
        outcomes.append(_outcome(variant.name, rankings))
    return evaluation_json("retrieval", prepared.about(), prepared.queries, outcomes)


def _outcome(system: str, rankings: Sequence[Ranking]) -> Outcome:
    measured = measure(rankings)
    details = {
        one.query.id: QuerySystemJson(
            system,
            rounded(measured[one.query.id]),
            tuple(
                RankedJson(
                    result.key, result.year, result.score, result.similarity, one.query.grades.get(result.key)
                )
                for result in one.results
            ),
        )
        for one in rankings
    }
    return Outcome(system, measured, details)


def evaluate_answers(prepared: Prepared, variant: Variant = FUSED) -> EvaluationJson:
    """Answer every question and hold the answers to what is expected."""
    answers = prepared.bench.ask(variant, prepared.queries)
    judged = judge_answers(prepared.questions, answers, prepared.key_of)
    measured = measure_answers(judged)
    details = {
        one.question.query.id: QuerySystemJson(
            "answers", rounded(measured[one.question.query.id]), answer=_given(one)
        )
        for one in judged
    }
    outcome = Outcome("answers", measured, details)
    return evaluation_json("answers", prepared.about(), prepared.queries, [outcome])


def _given(one: Judged) -> GivenAnswerJson:
    return GivenAnswerJson(
        text=one.answer.text,
        abstained=one.answer.abstained,
        expected=one.question.answers,
        answerable=one.question.answerable,
        citations=one.citations,
    )
