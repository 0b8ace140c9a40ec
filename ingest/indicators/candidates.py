"""Figures that stay after the second stage, grouped where they share one verb, unit or list of names."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.indicators.comparators import Prefix, Suffix, read_prefix, read_suffix
from ingest.indicators.discard import is_name_part
from ingest.indicators.figures import Figure, find_figures
from ingest.indicators.marks import Mark
from ingest.indicators.others import is_compared_with_others, is_of_others
from ingest.indicators.ranks import rank_at
from ingest.indicators.scene import Scene

_BETWEEN = re.compile(r"\s?[、和与及]\s?|以及|，?和")
_ALIKE = 50


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure with the words around it. `rank` marks a place in an order (前10名, 第6位)."""

    figure: Figure
    prefix: Prefix
    suffix: Suffix
    rank: str | None = None

    @property
    def start(self) -> int:
        """Where the words that belong to the figure begin."""
        return self.prefix.start

    @property
    def end(self) -> int:
        """Where they end."""
        return self.suffix.end


def find_candidates(scene: Scene, marks: tuple[Mark, ...]) -> list[Candidate]:
    """Return the figures that may be commitments or their baselines, from left to right."""
    taken = {position for mark in marks for position in range(mark.start, mark.end)}
    figures = [figure for figure in find_figures(scene) if figure.start not in taken]
    candidates = []
    compares = is_compared_with_others(scene)
    for figure in _with_shared_units(scene, figures):
        candidate = _ranked(scene, figure) or _plain(scene, figure)
        if candidate is not None and not (compares and is_of_others(scene, figure.start)):
            candidates.append(candidate)
    return candidates


def grouped(scene: Scene, candidates: list[Candidate]) -> list[list[Candidate]]:
    """Group candidates of one unit that stand in one list (98%、97%和95%)."""
    groups: list[list[Candidate]] = []
    for candidate in candidates:
        last = groups[-1][-1] if groups else None
        if (
            last is not None
            and not (last.rank or candidate.rank)
            and _may_share(scene, groups[-1], candidate)
        ):
            between = scene.text[last.end : candidate.figure.start]
            if len(between) <= 4 and _BETWEEN.fullmatch(between):
                groups[-1].append(candidate)
                continue
        groups.append([candidate])
    return [_sharing(group) for group in groups]


def _may_share(scene: Scene, group: list[Candidate], candidate: Candidate) -> bool:
    """Whether the units agree, or 分别 says that each stands for another thing (分别超过5亿元、3万人次)."""
    first = group[0]
    if first.figure.unit == candidate.figure.unit:
        return True
    return "分别" in scene.text[first.prefix.start : first.figure.start]


def _sharing(group: list[Candidate]) -> list[Candidate]:
    """Give the first one's verb to all of a list and the last one's 以上 to those without their own."""
    first, last = group[0], group[-1]
    if len(group) == 1:
        return group
    return [
        replace(
            member,
            prefix=replace(
                member.prefix,
                op=member.prefix.op or first.prefix.op,
                rise=first.prefix.rise,
                becomes=first.prefix.becomes,
            ),
            suffix=replace(member.suffix, op=member.suffix.op or last.suffix.op),
        )
        for member in group
    ]


def _plain(scene: Scene, figure: Figure) -> Candidate | None:
    prefix = read_prefix(scene, figure.start)
    suffix = read_suffix(scene, figure.end, figure.unit)
    return None if is_name_part(scene, figure, prefix, suffix) else Candidate(figure, prefix, suffix)


def _ranked(scene: Scene, figure: Figure) -> Candidate | None:
    found = rank_at(scene, figure)
    if found is None:
        return None
    ranked, before = found
    start = ranked.start - 1 if scene.text.startswith(before, ranked.start - 1) else ranked.start
    return Candidate(ranked, Prefix(start, start), Suffix(ranked.end), rank=before)


def _shared(figure: Figure, following: Figure) -> Figure:
    """Give a figure the unit of the next one, and its 万 where their digits are of one size (98、40万亩)."""
    factor = following.factor if figure.factor == 1 else 1.0
    digits = following.value / following.factor
    if not digits / _ALIKE <= figure.value <= digits * _ALIKE:
        factor = 1.0
    return replace(figure, unit=following.unit, value=figure.value * factor, factor=figure.factor * factor)


def _with_shared_units(scene: Scene, figures: list[Figure]) -> list[Figure]:
    """Give 98 and 97 the unit of 分别达到98、97和95%."""
    shared = list(figures)
    for index in range(len(shared) - 2, -1, -1):
        figure, following = shared[index], shared[index + 1]
        if following.unit == "个百分点" and figure.unit == "个":
            figure = replace(figure, unit=None)  # 2.4个、1.6个百分点
        elif figure.unit is not None or following.unit is None or figure.chinese:
            continue
        if _BETWEEN.fullmatch(scene.text[figure.end : following.start]):
            start = max(scene.clause_start(figure.start), figure.start - 40)
            if "分别" in scene.text[start : figure.start]:
                shared[index] = _shared(figure, following)
    return shared
