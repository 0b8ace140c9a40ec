"""Evaluations as Markdown, for the sections of docs/evaluation.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from api.schemas.evaluation import ComparedJson, EvaluatedSetJson, EvaluationJson


def section_name(task: str, set_name: str, own: str) -> str:
    """Return the name of the section that a table belongs into: the task, and the set if it is not ours."""
    return task if set_name == own else f"{task}:{set_name}"


def evaluation_table(evaluation: EvaluationJson) -> str:
    """Return an evaluation as Markdown: the set, every system, then the kinds of queries by the last one."""
    whole = evaluation.systems[-1]
    lines = [_about(evaluation.set), "", *_rows("system", ((s.name, s.measures) for s in evaluation.systems))]
    if whole.kinds:
        kinds = ((f"{kind.name} ({kind.queries})", kind.measures) for kind in whole.kinds)
        lines += ["", *_rows(f"kind ({whole.name})", kinds, list(whole.measures))]
    if evaluation.comparison:
        lines += ["", *comparison_lines(evaluation.comparison)]
    return "\n".join(lines)


def _about(about: EvaluatedSetJson) -> str:
    missing = f"; {about.missing} judged passages are not in the catalog" if about.missing else ""
    return (
        f"{about.queries} queries ({about.judged} of them have something relevant), "
        f"{about.documents} documents, {about.passages} passages{missing}. Model: {about.model}."
    )


def _rows(
    title: str, named: Iterable[tuple[str, Mapping[str, float]]], columns: Sequence[str] | None = None
) -> list[str]:
    rows = list(named)
    names = list(columns or dict.fromkeys(name for _, measures in rows for name in measures))
    lines = [f"| {title} | {' | '.join(names)} |", f"|---|{'---|' * len(names)}"]
    for row, measures in rows:
        cells = (f"{measures[name]:.3f}" if name in measures else "–" for name in names)
        lines.append(f"| {row} | {' | '.join(cells)} |")
    return lines


def comparison_lines(comparison: Sequence[ComparedJson]) -> list[str]:
    """Return the comparison with another run as a table."""
    lines = ["| system | measure | before | after | difference | better / worse | p |"]
    lines.append("|---|---|---|---|---|---|---|")
    lines += [
        f"| {one.system} | {one.measure} | {one.before:.3f} | {one.after:.3f} | {one.difference:+.3f} "
        f"| {one.better} / {one.worse} | {one.p:.3f} |"
        for one in comparison
    ]
    return lines


ABLATION_COLUMNS = ("nDCG@10", "Success@1", "R@10", "RR@10", "WrongYear@10")


def ablation_table(evaluation: EvaluationJson, columns: Sequence[str] = ABLATION_COLUMNS) -> str:
    """Return the systems of an evaluation with the differences to the last one, which is the whole."""
    whole = evaluation.systems[-1]
    names = [name for name in columns if name in whole.measures]
    lines = [_about(evaluation.set), "", f"| variant | {' | '.join(names)} |", f"|---|{'---|' * len(names)}"]
    for system in (whole, *evaluation.systems[:-1]):
        cells = [
            _cell(system.measures.get(name), whole.measures[name], is_whole=system is whole) for name in names
        ]
        lines.append(f"| {system.name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _cell(value: float | None, whole: float, *, is_whole: bool) -> str:
    if value is None:
        return "–"
    return f"{value:.3f}" if is_whole else f"{value:.3f} ({value - whole:+.3f})"
