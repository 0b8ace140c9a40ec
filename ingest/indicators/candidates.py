"""Figures that stay after the second stage, grouped where they share one verb, unit or list of names."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.indicators.comparators import Prefix, Suffix, read_prefix, read_suffix
from ingest.indicators.discard import is_name_part
from ingest.indicators.figures import Figure, find_figures
from ingest.indicators.marks import Mark
from ingest.indicators.others import is_compared_with_others, is_of_others
from ingest.indicators.scene import Scene

_BETWEEN = re.compile(r"\s?[、和与及]\s?|以及|，?和")
_RANKED = re.compile(
    r"(?:位居|居|位列|列|排名?|升至|跃居|跃升|进入|跻身|保持|冲刺|进位|挺进|迈入|名次|位次|稳居|前移|晋级|处于|综合得分|跃升至|升到|上升到|力争|排在|确保|争取|争创)[^，。;:]{0,18}\Z"
)


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
            and last.figure.unit == candidate.figure.unit
            and not (last.rank or candidate.rank)
        ):
            between = scene.text[last.end : candidate.figure.start]
            if len(between) <= 4 and _BETWEEN.fullmatch(between):
                groups[-1].append(candidate)
                continue
        groups.append([candidate])
    return [_sharing(group) for group in groups]


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
    """Read 前三位, 前10名, 前十 and 位居第6位; other ordinals are names."""
    before = scene.text[figure.start - 1 : figure.start] if figure.start else ""
    if before not in {"前", "第"} or figure.unit not in {"名", "位", None, "强"} or figure.high is not None:
        return None
    start = max(scene.clause_start(figure.start), figure.start - 24)
    if scene.is_quoted(figure.start, figure.end) or not _RANKED.search(scene.text, start, figure.start - 1):
        return None
    if figure.unit is None and (before == "第" or not _ends_rank(scene, figure.end)):
        return None
    end = figure.end + 1 if scene.text.startswith("强", figure.end) else figure.end
    prefix = Prefix(figure.start - 1, figure.start - 1)
    ranked = replace(figure, end=end, unit=figure.unit or "名")
    return Candidate(ranked, prefix, Suffix(end), rank=before)


def _ends_rank(scene: Scene, position: int) -> bool:
    following = scene.text[position : position + 1]
    return not following or following in "，。;、,)强行 之"


def _with_shared_units(scene: Scene, figures: list[Figure]) -> list[Figure]:
    """Give 98 and 97 the unit of 分别达到98、97和95%."""
    shared = list(figures)
    for index in range(len(shared) - 2, -1, -1):
        figure, following = shared[index], shared[index + 1]
        if figure.unit is not None or following.unit is None or figure.chinese:
            continue
        if _BETWEEN.fullmatch(scene.text[figure.end : following.start]):
            start = max(scene.clause_start(figure.start), figure.start - 40)
            if "分别" in scene.text[start : figure.start]:
                shared[index] = replace(figure, unit=following.unit)
    return shared
