"""Turn measured queries into the wire type, compare with an earlier result, keep results in a file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from api.output import to_json
from api.schemas.evaluation import (
    ChangeJson,
    ComparedJson,
    EvaluatedQueryJson,
    EvaluatedSetJson,
    EvaluationJson,
    KindJson,
    QuerySystemJson,
    SystemJson,
)
from corpus.disk import replacing
from corpus.errors import UnreadableFile, WrongUse
from search.evaluation.answering import with_f1
from search.evaluation.comparison import Comparison, compare
from search.evaluation.measures import PRIMARY, Measured, mean
from search.evaluation.queries import EvaluationQuery

_DIGITS = 6
KeptMeasures = Mapping[str, Mapping[str, Mapping[str, float]]]  # system, query, measure
TUNED_ON, HELD_OUT = "tuned-on", "held-out"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one system did with all queries, by their ids."""

    system: str
    measured: Measured
    details: Mapping[str, QuerySystemJson]


def evaluation_json(
    task: str, about: EvaluatedSetJson, queries: Sequence[EvaluationQuery], outcomes: Sequence[Outcome]
) -> EvaluationJson:
    """Return the whole result, every query included."""
    return EvaluationJson(
        task=task,
        set=about,
        systems=tuple(_system(outcome, queries) for outcome in outcomes),
        comparison=(),
        queries=tuple(
            EvaluatedQueryJson(
                id=query.id,
                query=query.text,
                kinds=query.kinds,
                relevant=sum(grade > 0 for grade in query.grades.values()),
                systems=tuple(outcome.details[query.id] for outcome in outcomes),
            )
            for query in queries
        ),
    )


def rounded(measures: Mapping[str, float]) -> dict[str, float]:
    """Return measures as they are written."""
    return {name: round(value, _DIGITS) for name, value in measures.items()}


def _system(outcome: Outcome, queries: Sequence[EvaluationQuery]) -> SystemJson:
    rows = [_row(kind, ids, outcome) for kind, ids in _kinds(queries).items()]
    return SystemJson(outcome.system, rounded(with_f1(mean(outcome.measured))), tuple(rows))


def _row(kind: str, ids: Sequence[str], outcome: Outcome) -> KindJson:
    return KindJson(kind, len(ids), rounded(with_f1(mean(outcome.measured, ids))))


def _kinds(queries: Sequence[EvaluationQuery]) -> dict[str, list[str]]:
    """Return the queries of the two halves, then of each kind."""
    rows: dict[str, list[str]] = {TUNED_ON: [], HELD_OUT: []}
    for query in queries:
        rows[HELD_OUT if query.is_held_out else TUNED_ON].append(query.id)
    for kind in sorted({kind for query in queries for kind in query.kinds}):
        rows[kind] = [query.id for query in queries if kind in query.kinds]
    return {kind: ids for kind, ids in rows.items() if ids}


def compared(evaluation: EvaluationJson, before: KeptMeasures) -> tuple[ComparedJson, ...]:
    """Compare with an earlier result: every system by its first measure, the last one by all.

    Raise WrongUse where the two share no query.
    """
    after = _measures_of(evaluation)
    found: list[ComparedJson] = []
    for system, measures in after.items():
        whole = system == evaluation.systems[-1].name
        for name in _names(measures) if whole else _names(measures)[:1]:
            result = compare(_by_query(before.get(system, {}), name), _by_query(measures, name))
            if result is not None:
                found.append(_compared(system, name, result))
    if not found:
        raise WrongUse("以前的结果里没有相同的查询和系统，无法比较；请用同一评测集、同一命令的结果。")
    return tuple(found)


def _compared(system: str, name: str, result: Comparison) -> ComparedJson:
    return ComparedJson(
        system=system,
        measure=name,
        queries=result.queries,
        before=round(result.before, _DIGITS),
        after=round(result.after, _DIGITS),
        difference=round(result.difference, _DIGITS),
        p=round(result.p, 4),
        better=result.better,
        worse=result.worse,
        changes=tuple(ChangeJson(one.id, one.before, one.after) for one in result.changes),
    )


def _names(measures: Measured) -> list[str]:
    """Return the names of all measures, the most telling first."""
    names = dict.fromkeys(name for one in measures.values() for name in one)
    return sorted(names, key=lambda name: name != PRIMARY)


def _by_query(measures: Measured, name: str) -> dict[str, float]:
    return {query: one[name] for query, one in measures.items() if name in one}


def _measures_of(evaluation: EvaluationJson) -> dict[str, dict[str, dict[str, float]]]:
    found: dict[str, dict[str, dict[str, float]]] = {}
    for query in evaluation.queries:
        for one in query.systems:
            found.setdefault(one.system, {})[query.id] = one.measures
    return {system.name: found[system.name] for system in evaluation.systems if system.name in found}


def kept_measures(path: Path) -> KeptMeasures:
    """Read the measures of a kept result. Raise UnreadableFile where the file is none."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        found: dict[str, dict[str, dict[str, float]]] = {}
        for query in kept["queries"]:
            for one in query["systems"]:
                measures = {str(name): float(value) for name, value in one["measures"].items()}
                found.setdefault(str(one["system"]), {})[str(query["id"])] = measures
    except OSError:
        raise UnreadableFile(f"无法打开“{path}”；请检查路径。") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UnreadableFile(f"“{path}”不是评测结果；请给出用 --json 文件 保存的结果。") from None
    if not found:
        raise UnreadableFile(f"“{path}”里没有逐条结果；请给出用 --json 文件 保存的结果。")
    return found


def keep(evaluation: EvaluationJson, path: Path) -> None:
    """Write the whole result to a file, in one step. Raise WrongUse where that cannot be."""
    try:
        with replacing(path) as file:
            file.write(f"{to_json(evaluation)}\n".encode())
    except OSError as error:
        raise WrongUse(f"无法写入“{path}”（{error.strerror}）；请检查路径和权限。") from None
