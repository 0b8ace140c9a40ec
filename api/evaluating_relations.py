"""Judge the links of trends, the benchmark cities and the bases by labelled sets."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from api.evaluating import SETS
from api.schemas.evaluated_relations import (
    RelationEvaluationJson,
    RelationMistakeJson,
    RelationPartJson,
)
from corpus.stored import StoredItem
from ingest.reading import read_file
from search.asked import SearchRequest
from search.bases import title_key
from search.check.draft import draft_of
from search.engine import SearchEngine
from search.evaluation.entries import Entry, read_entries
from search.evaluation.places import item_stretches, squeeze
from search.evaluation.sets import Texts
from search.figures import SAME_ENOUGH, Observed
from search.trends import link_confidence

_DEEP = 10


@dataclass(frozen=True, slots=True)
class Passage:
    """A labelled place of a file with its text."""

    file: str
    start: int
    text: str


def read_passage(entry: Entry, texts: Texts) -> Passage:
    """Return the passage of a label. Raise UnreadableFile where the text has changed."""
    file, start, length = entry.text("file"), entry.number("start") or 0, entry.number("length") or 0
    text = texts.text(file)[start : start + length]
    if hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != entry.text("sha256"):
        raise entry.wrong(f"与“{file}”的文字不一致；请使用标注时的文本")
    return Passage(file, start, text)


def evaluate_trends(path: Path | None, folders: Sequence[Path]) -> RelationEvaluationJson:
    """Judge whether pairs of figures are taken for one indicator; needs no catalog and no model."""
    texts = Texts(folders)
    outcomes: dict[str, tuple[bool, bool]] = {}
    mistakes = []
    for entry in read_entries(path or SETS / "trends.jsonl"):
        one, other = (read_passage(entry.entries(side)[0], texts) for side in ("one", "other"))
        same = entry.truth("same", default=True)
        found = _observed(one, tuple(folders)), _observed(other, tuple(folders))
        sure = link_confidence(found[0], found[1]) if found[0] and found[1] else 0.0
        outcomes[entry.text("id")] = (same, sure >= SAME_ENOUGH)
        if (sure >= SAME_ENOUGH) is not same:
            missing = "" if all(found) else "（有一处没有读成指标）"
            said = "没有连上" if same else "误连"
            mistakes.append(
                RelationMistakeJson(entry.text("id"), f"{one.text} / {other.text}：{said}{missing}")
            )
    part = _pairs("all", list(outcomes.values()))
    halves = [
        _pairs(name, [pair for id_, pair in outcomes.items() if _is_held_out(id_) is held])
        for name, held in (("tuned-on", False), ("held-out", True))
    ]
    return RelationEvaluationJson("trends", (part, *halves), tuple(mistakes))


def _is_held_out(id_: str) -> bool:
    return int(hashlib.sha256(id_.encode()).hexdigest(), 16) % 2 == 0


def _pairs(name: str, pairs: Sequence[tuple[bool, bool]]) -> RelationPartJson:
    agreed = sum(same and linked for same, linked in pairs)
    linked, labelled = sum(one[1] for one in pairs), sum(one[0] for one in pairs)
    measures = {
        "precision": agreed / linked if linked else 0.0,
        "recall": agreed / labelled if labelled else 0.0,
    }
    return RelationPartJson(name, len(pairs), {key: round(one, 4) for key, one in measures.items()})


def _observed(passage: Passage, folders: tuple[Path, ...]) -> Observed | None:
    """Return the figure that was read from a passage."""
    wanted = squeeze(passage.text)
    for stored, start, end in _items(passage.file, folders):
        if not start <= passage.start < end:
            continue
        figures = [one for one in stored.item.indicators if squeeze(one.text) in wanted]
        figures = figures or [one for one in stored.item.indicators if wanted in squeeze(one.text)]
        if figures:
            return Observed(stored, max(figures, key=lambda one: len(one.text)))
    return None


@cache
def _items(file: str, folders: tuple[Path, ...]) -> tuple[tuple[StoredItem, int, int], ...]:
    path = next(folder / file for folder in folders if (folder / file).exists())
    text = Texts(folders).text(file)
    placed = []
    for document in read_file(path).documents:
        items = draft_of(document).items
        for stored, stretch in zip(items, item_stretches(text, document.items), strict=True):
            if stretch is not None:
                placed.append((stored, stretch.start, stretch.end))
    return tuple(placed)


def evaluate_benchmarks(path: Path | None, engine: SearchEngine) -> RelationEvaluationJson:
    """Judge which cities come for topics: as benchmarks, and in the table of figures."""
    found: dict[str, list[tuple[str, str, list[str], list[str]]]] = {"cities": [], "standings": []}
    for entry in read_entries(path or SETS / "benchmarks.jsonl"):
        response = engine.benchmarks(SearchRequest(entry.text("topic"), k=_DEEP))
        table = entry.text("table")
        named = [one.city for one in response.cities]
        ranked = list(dict.fromkeys(row.city for row in response.standings.rows))
        found[table].append(
            (
                entry.text("id"),
                entry.text("topic"),
                list(entry.texts("cities")),
                named if table == "cities" else ranked,
            )
        )
    return _ranked("benchmarks", found)


def evaluate_bases(
    path: Path | None, folders: Sequence[Path], engine: SearchEngine
) -> RelationEvaluationJson:
    """Judge which documents come for topics."""
    texts = Texts(folders)
    found: list[tuple[str, str, list[str], list[str]]] = []
    for entry in read_entries(path or SETS / "bases.jsonl"):
        expected = [title_key(read_passage(one, texts).text) for one in entry.entries("judgments")]
        response = engine.bases(SearchRequest(entry.text("topic"), k=_DEEP))
        given = [title_key(one.title) for one in response.bases]
        matched = [next((title for title in expected if _same_title(title, one)), one) for one in given]
        found.append((entry.text("id"), entry.text("topic"), expected, matched))
    return _ranked("bases", {"all": found})


def _same_title(one: str, other: str) -> bool:
    return one == other or (len(one) > _LEAST and one in other) or (len(other) > _LEAST and other in one)


_LEAST = 6


def _ranked(
    task: str, found: dict[str, list[tuple[str, str, list[str], list[str]]]]
) -> RelationEvaluationJson:
    parts = tuple(_part(name, rows) for name, rows in found.items() if rows)
    mistakes = tuple(
        RelationMistakeJson(id_, f"{topic}：缺{'、'.join(missing)}")
        for rows in found.values()
        for id_, topic, expected, given in rows
        if (missing := [one for one in expected if one not in given])
    )
    return RelationEvaluationJson(task, parts, mistakes)


def _part(name: str, rows: Sequence[tuple[str, str, list[str], list[str]]]) -> RelationPartJson:
    first, recall, precision = 0.0, 0.0, 0.0
    for _, _, expected, given in rows:
        place = next((rank for rank, one in enumerate(given, start=1) if one in expected), None)
        first += 0.0 if place is None else 1 / place
        recall += sum(one in given for one in expected) / len(expected)
        precision += sum(one in expected for one in given) / len(given) if given else 0.0
    count = len(rows)
    measures = {"RR": first / count, "recall": recall / count, "precision": precision / count}
    return RelationPartJson(name, count, {key: round(one, 4) for key, one in measures.items()})


def relations_table(evaluation: RelationEvaluationJson) -> str:
    """Return the evaluation as Markdown."""
    names = list(evaluation.parts[0].measures)
    lines = [f"| {evaluation.task} | entries | {' | '.join(names)} |", "|---" * (len(names) + 2) + "|"]
    lines += [
        f"| {part.name} | {part.entries} | {' | '.join(f'{part.measures[name]:.3f}' for name in names)} |"
        for part in evaluation.parts
    ]
    wrong = ", ".join(one.id for one in evaluation.mistakes)
    return "\n".join([*lines, "", f"Not as labelled: {wrong or 'none'}."])
