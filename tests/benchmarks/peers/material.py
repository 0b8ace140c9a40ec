"""What every peer is given: the same passages, vectors and queries, as files in a folder."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from corpus.catalog import Catalog
from corpus.stored import ChunkRow
from index.embedders import Embedder
from search.evaluation.foreign import read_collection
from search.evaluation.measures import mean, measure
from search.evaluation.queries import EvaluationQuery, collection_queries, document_of
from search.evaluation.variants import FUSED, Ranked, Ranking
from tests.benchmarks.catalogs import FOLDER, ROOT, SEED, catalog_of
from tests.benchmarks.peers.contract import Passage, Vectors

QUERIES = ROOT / "tests" / "evaluation" / "retrieval.jsonl"
SETS = ROOT.parent / "shared" / "data"
FOREIGN: dict[str, tuple[str, str | None]] = {
    "policy-qa": ("policy-qa/documents.jsonl", "policy-qa/questions.jsonl"),
    "cmrc2018-trial": ("cmrc2018-trial.json", None),
}
MEASURES = ("nDCG@10", "R@10")


@dataclass(frozen=True, slots=True)
class Judged:
    """A foreign set: its queries, which document each passage stands in, and how good the product is."""

    queries: tuple[EvaluationQuery, ...]
    document_of: dict[str, str]
    ours: dict[str, float]

    def measured(self, found: Sequence[Sequence[str]]) -> dict[str, float]:
        """Return the measures of passages that were found; a document is as good as its best passage."""
        rankings = []
        for query, passages in zip(self.queries, found, strict=True):
            documents = list(dict.fromkeys(self.document_of[passage] for passage in passages))[:10]
            ranked = tuple(Ranked(name, None, 0.0, 0.0, 0) for name in documents)
            rankings.append(Ranking(query, ranked))
        return _means(rankings)


def _means(rankings: Sequence[Ranking]) -> dict[str, float]:
    means = mean(measure(rankings))
    return {name: round(means[name], 4) for name in MEASURES}


def make_reports(folder: Path, embedder: Embedder, most: int | None) -> int:
    """Write the passages of the work reports and the drafters' queries; return the number of passages.

    Each query is given the year and the city of a report drawn at random: about a thousandth passes.
    """
    with Catalog.open(catalog_of("reports"), read_only=True) as catalog, catalog.snapshot() as reader:
        passages = _passages(reader.chunks_after(0), most)
        vectors = reader.vectors(int(passages[0].id), int(passages[-1].id))[1]
    lines = QUERIES.read_text(encoding="utf-8").splitlines()
    stated = sorted({(one.year, one.city) for one in passages if one.year and one.city})
    drawn = random.Random(SEED).choices(stated, k=len(lines))
    asked = [json.loads(line)["query"] for line in lines]
    queries = [{"text": q, "year": y, "city": c} for q, (y, c) in zip(asked, drawn, strict=True)]
    _write(folder, passages, vectors, queries, embedder.embed_queries(asked))
    return len(passages)


def make_foreign(name: str, folder: Path, embedder: Embedder) -> Judged:
    """Write a foreign set, cut and embedded by the product, and judge the product on it."""
    from api.evaluating_collections import foreign_bench

    documents, questions = FOREIGN[name]
    collection = read_collection(SETS / documents, SETS / questions if questions else None)
    queries = collection_queries(collection)
    with foreign_bench(collection, embedder, FOLDER / "evaluation", lambda _: None) as bench:
        with bench.catalog.snapshot() as reader:
            passages = _passages(reader.chunks_after(0), None)
            names = {str(one.id): one.path for one in reader.documents()}
            vectors = reader.vectors(1, reader.state().last_chunk)[1]
        ours = _means(bench.rank(FUSED, queries, document_of))
    vectors_of = embedder.embed_queries([query.text for query in queries])
    _write(
        folder, passages, vectors, [{"text": one.text, "year": 0, "city": ""} for one in queries], vectors_of
    )
    return Judged(queries, {one.id: names[one.document] for one in passages}, ours)


def _passages(rows: Iterable[ChunkRow], most: int | None) -> list[Passage]:
    return [
        Passage(str(row.chunk_id), row.text, row.year or 0, row.city or "", str(row.document_id))
        for row in islice(rows, most)
    ]


def _write(
    folder: Path,
    passages: Sequence[Passage],
    vectors: Vectors,
    queries: Sequence[dict[str, object]],
    query_vectors: Vectors,
) -> None:
    if len(vectors) != len(passages):
        raise ValueError("each passage needs a vector")
    folder.mkdir(parents=True, exist_ok=True)
    _lines(folder / "passages.jsonl", [asdict(one) for one in passages])
    _lines(folder / "queries.jsonl", queries)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    np.save(folder / "vectors.npy", np.asarray(vectors / lengths, np.float32))
    np.save(folder / "query_vectors.npy", query_vectors)


def _lines(path: Path, rows: Sequence[dict[str, object]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
