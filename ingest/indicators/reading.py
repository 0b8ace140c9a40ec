"""The stages put together: one field of an item becomes its indicators."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from corpus.model import Comparator, Field, Indicator, Quantity, Span
from ingest.indicators.candidates import Candidate, find_candidates, grouped
from ingest.indicators.changes import Baseline, baseline_between, derived_bound
from ingest.indicators.marks import Mark, MarkKind, find_marks
from ingest.indicators.naming import Naming, Trail
from ingest.indicators.operators import comparator_of
from ingest.indicators.scene import Scene
from ingest.indicators.status import Times
from ingest.indicators.subjects import subjects
from ingest.indicators.timing import Timing
from ingest.indicators.words import VERBS

_BASIC = re.compile(r"基本(?:实现|做到|达到|完成)?\Z")
_COVERED = re.compile(
    r"(?:常态化|动态|拉网式|地毯式)?(?:检查|督查|督导|培训|排查|抽检|监测|巡查|巡察|宣传|走访|监管|审计|评估|轮训"
    r"|核查|抽查|摸排|检测|监督|巡视|体检|筛查|调查|普查|和|与|目标|[，。;!,)“”\s]|\Z)"
)
_LISTED = re.compile(rf"[、和](?!{'|'.join(VERBS)})[^，。;、0-9]{{1,16}}")
_RATES = frozenset({"%", "‰", "个百分点", None})
_Baselines = dict[int, Baseline]


def read_field(
    raw: str,
    place: Field,
    *,
    headings: tuple[str, ...] = (),
    year: int | None = None,
    fallback: str | None = None,
) -> tuple[Indicator, ...]:
    """Return the indicators of `raw` in the order of the text; `fallback` names what nothing else names."""
    scene = Scene.of(raw)
    marks = tuple(find_marks(scene))
    candidates = find_candidates(scene, marks)
    if not candidates and not marks:
        return ()
    baselines, consumed = _baselines(scene, candidates, marks, year)
    groups = grouped(scene, [c for c in candidates if c.figure.start not in consumed])
    reader = _Reader(
        scene, place, Times.of(scene, headings, year), Timing.of(scene), Trail(scene, fallback), baselines
    )
    return tuple(reader.read(groups, marks))


def _baselines(
    scene: Scene, candidates: list[Candidate], marks: tuple[Mark, ...], year: int | None
) -> tuple[_Baselines, set[int]]:
    """Return the baseline of each figure or mark (by its start) and the starts of the baselines' figures."""
    found: _Baselines = {}
    consumed: set[int] = set()
    for earlier, later in pairwise(candidates):
        prefix = later.prefix
        if prefix.rise or prefix.becomes or prefix.op:
            baseline = baseline_between(scene, earlier.figure, prefix.start, year)
            if baseline is not None and earlier.figure.unit is not None:
                found[later.figure.start] = baseline
                consumed.add(earlier.figure.start)
    ends = [candidate.end for candidate in candidates]
    for mark in marks:
        index = bisect_right(ends, mark.start) - 1
        baseline = baseline_between(scene, candidates[index].figure, mark.start, year) if index >= 0 else None
        if baseline is not None:
            found[mark.start] = baseline
            consumed.add(candidates[index].figure.start)
    return found, consumed


class _Reader:
    """Turns groups of figures and marks into indicators, left to right."""

    def __init__(
        self, scene: Scene, place: Field, times: Times, timing: Timing, trail: Trail, baselines: _Baselines
    ) -> None:
        self._scene = scene
        self._place = place
        self._times = times
        self._timing = timing
        self._trail = trail
        self._baselines = baselines
        self._last: tuple[Candidate, Indicator] | None = None

    def read(self, groups: list[list[Candidate]], marks: tuple[Mark, ...]) -> Iterable[Indicator]:
        tokens: list[tuple[int, list[Candidate] | Mark]] = [
            (group[0].figure.start, group) for group in groups
        ]
        tokens += [(mark.start, mark) for mark in marks]
        for _, token in sorted(tokens, key=lambda pair: pair[0]):
            if isinstance(token, Mark):
                yield from self._read_mark(token)
            else:
                yield from self._read_group(token)

    def _read_group(self, group: list[Candidate]) -> Iterable[Indicator]:
        first = group[0]
        baseline = self._baselines.get(first.figure.start)
        segment = self._trail.segment(first.figure.start)
        boundary = baseline.start if baseline else first.prefix.start
        namings = self._trail.name_group(group, boundary)
        leading: Comparator | None = None
        for candidate, naming in zip(group, namings, strict=True):
            own = self._baselines.get(candidate.figure.start)
            indicator = self._indicator(candidate, naming, segment, own)
            if leading is not None and leading.is_change and indicator.op is Comparator.EQUAL:
                indicator = replace(indicator, op=leading)
            leading = leading or indicator.op
            indicator = self._carrying_on(candidate, indicator)
            self._last = candidate, indicator
            yield from self._of_each(candidate, naming, indicator) if len(group) == 1 else (indicator,)

    def _carrying_on(self, candidate: Candidate, indicator: Indicator) -> Indicator:
        """Read 减排烟尘10吨、粉尘5吨: what is listed behind a change is changed too."""
        if self._last is None or indicator.op is not Comparator.EQUAL or candidate.rank:
            return indicator
        last, before = self._last
        counted = {before.unit, indicator.unit}.isdisjoint(_RATES) or before.unit == indicator.unit
        if not before.op.is_change or last.prefix.rise or not counted:
            return indicator
        own = candidate.prefix
        between = self._scene.text[last.end : candidate.figure.start]
        if own.start != candidate.figure.start or _LISTED.fullmatch(between) is None:
            return indicator
        return replace(indicator, op=before.op)

    def _of_each(self, candidate: Candidate, naming: Naming, indicator: Indicator) -> Iterable[Indicator]:
        """Repeat the indicator for each of several subjects: 绿地率、覆盖率均达到40%."""
        figure = candidate.figure
        if naming.name is None or naming.start is None or candidate.rank:
            return (indicator,)
        names = subjects(self._scene, naming.name, candidate.prefix, figure.start, figure.unit)
        return [replace(indicator, name=name) for name in names]

    def _indicator(
        self, candidate: Candidate, naming: Naming, segment: int, baseline: Baseline | None
    ) -> Indicator:
        figure = candidate.figure
        status = self._times.status(self._scene, figure.start, candidate.end)
        op = comparator_of(self._scene, candidate, segment, baseline, status)
        start = naming.start
        if start is None:
            start = min(candidate.prefix.firm, baseline.start if baseline else candidate.prefix.firm)
        end = max(candidate.end, naming.end or 0)
        quantity = baseline.quantity if baseline else None
        return Indicator(
            name=naming.name,
            op=op,
            value=figure.value,
            unit=figure.unit,
            text=self._scene.raw[start:end],
            span=Span(self._place, start, end),
            high=figure.high,
            baseline=quantity,
            bound=derived_bound(op, figure.value, figure.unit, quantity),
            period=self._timing.period(figure.start, figure.start),
            deadline=self._timing.deadline(figure.start, figure.start),
            status=status,
        )

    def _read_mark(self, mark: Mark) -> Iterable[Indicator]:
        baseline = self._baselines.get(mark.start)
        quantity = baseline.quantity if baseline else None
        meant = _meaning(self._scene, mark, quantity)
        if meant is None:
            return
        op, value, unit = meant
        if mark.kind is MarkKind.FIRST:
            naming = self._trail.name_first(mark.start, mark.end)
        else:
            naming = self._trail.name_mark(
                baseline.start if baseline else mark.start, mark.end, mark.kind is MarkKind.COVERAGE
            )
        name = naming.name
        if mark.kind is MarkKind.ZERO:
            name = (name or "") + self._scene.raw[mark.start + 1 : mark.end]
        start = naming.start if naming.start is not None and naming.start <= mark.start else mark.start
        end = max(mark.end, naming.end or 0)
        yield Indicator(
            name=name,
            op=op,
            value=value,
            unit=unit,
            text=self._scene.raw[start:end],
            span=Span(self._place, start, end),
            baseline=quantity,
            bound=derived_bound(op, value, unit, quantity),
            period=self._timing.period(mark.start, mark.start),
            deadline=self._timing.deadline(mark.start, mark.start),
            status=self._times.status(self._scene, mark.start, mark.end),
        )


def _meaning(
    scene: Scene, mark: Mark, baseline: Quantity | None
) -> tuple[Comparator, float, str | None] | None:
    """Return what a mark commits to, None where it only describes something."""
    if mark.kind is MarkKind.COVERAGE:
        if _COVERED.match(scene.text, mark.end) is None:
            return None
        basic = _BASIC.search(scene.text, max(0, mark.start - 6), mark.start)
        return (Comparator.ABOUT if basic else Comparator.EQUAL), mark.value, mark.unit
    if mark.kind in {MarkKind.KEPT_DOWN, MarkKind.KEPT_UP}:
        if baseline is None:
            return None
        op = Comparator.AT_MOST if mark.kind is MarkKind.KEPT_DOWN else Comparator.AT_LEAST
        return op, baseline.value, baseline.unit
    if mark.kind in {MarkKind.DOUBLING, MarkKind.UNCHANGED}:
        return Comparator.INCREASE, mark.value, mark.unit
    if mark.kind is MarkKind.HALF:
        above = scene.text.startswith("过", mark.start)
        return (Comparator.ABOVE if above else Comparator.AT_LEAST), mark.value, mark.unit
    return Comparator.EQUAL, mark.value, mark.unit
