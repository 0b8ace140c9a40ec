"""What to promise: never less than last time, with all that speaks for more laid beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.model import Indicator, Status
from search.check.direction import Better, Direction, direction_of
from search.check.known import RECENT_YEARS
from search.drafting.phrasing import Taken, promised_in
from search.drafting.points import (
    Elsewhere,
    achieved_of,
    history_of,
    number_words,
    others_of,
    point_of,
    point_words,
    value_words,
)
from search.drafting.proposal import TO_FILL, Change, FigurePoint, ProposedFigure
from search.figures import Observed, amount
from search.texts import document_words

_LEAST_POINTS = 3
_WHOLE = 100.0
_NUMBER = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?![\d.])")


@dataclass(frozen=True, slots=True)
class Figured:
    """A proposed figure with what it changes in its sentence."""

    figure: ProposedFigure
    changes: tuple[Change, ...]
    notes: tuple[str, ...]


def figures_in(taken: Taken) -> tuple[Observed, ...]:
    """Return the promised figures of a sentence."""
    found = promised_in(taken.stored, taken.start, taken.end)
    return tuple(Observed(taken.stored, one) for one in found)


def propose(observed: Observed, year: int, elsewhere: Elsewhere) -> Figured:
    """Propose a figure for `year` in the place of `observed`, the last promise."""
    last = point_of(observed)
    is_own = any(one.id == observed.stored.id for one in elsewhere.own)
    history = history_of(observed, elsewhere.own) if is_own else (last,)
    achieved = achieved_of(observed, elsewhere) if is_own else ()
    direction = direction_of(observed.indicator)
    others = others_of(observed, elsewhere.others, year, direction.better)
    is_relative = amount(observed.indicator).relative
    value, trend = _trended(history, direction.better, year) if not is_relative else (last.value, None)
    reasons = _reasons(last, history, achieved, others, direction, trend, is_own=is_own)
    if _is_old(last, year):
        reasons = (*reasons, "上次的承诺年份已远或不详，数值须重新确定")
    elif value == _WHOLE and last.unit == "%" and direction.better is Better.MORE:
        reasons = (*reasons, "已是100%，保持即可")
    compared = others if last.unit == "%" else ()  # a count of another unit is no measure for ours
    known = () if is_relative else (*history, *achieved, *compared)
    spoken_for = [value, *(one.value for one in known)]
    lowest, highest = _range(value, spoken_for, direction.better, last.unit)
    stale = _stale_baseline(observed.indicator) or _is_old(last, year)
    figure = ProposedFigure(
        name=observed.indicator.name or observed.stored.item.name or "（未命名）",
        last=last,
        history=history,
        achieved=achieved,
        elsewhere=others,
        op=last.op,
        value=value,
        high=last.high,
        unit=last.unit,
        better=direction.better,
        reasons=reasons,
        lowest=lowest,
        highest=highest,
        needs_judgement=lowest != highest or direction.better is Better.UNKNOWN or stale or not is_own,
        is_own=is_own,
    )
    if is_own or last.unit == "%":
        changes = (*_changed_value(observed.indicator, value), *_emptied_baseline(observed.indicator))
    else:
        changes = _emptied_value(observed.indicator)
    return Figured(figure, changes, tuple(_notes(observed, figure, year, changes)))


def is_better(one: float, other: float, better: Better) -> bool:
    """Whether `one` is more of the good than `other`."""
    return (one < other) if better is Better.LESS else (one > other)


def _trended(
    history: Sequence[FigurePoint], better: Better, year: int
) -> tuple[float, tuple[int, int] | None]:
    """Return the next value of a promise that only ever got better, and the years that say so.

    Fewer than three years are no trend: then the last promise stays.
    """
    last = history[-1]
    points = [one for one in history if one.year is not None and one.op is last.op]
    if better is Better.UNKNOWN or len(points) < _LEAST_POINTS or points[-1] != last:
        return last.value, None
    if any(is_better(one.value, two.value, better) for one, two in pairwise(points)):
        return last.value, None
    first = points[0]
    if not is_better(last.value, first.value, better):
        return last.value, None
    years = (first.year or 0, last.year or 0)
    step = (last.value - first.value) / (years[1] - years[0])
    whole = all(one.value.is_integer() for one in points)
    value = round(last.value + step * (year - years[1]), 0 if whole else 1)
    value = min(value, _WHOLE) if last.unit == "%" else value
    value = max(value, 0.0)
    return (value, years) if is_better(value, last.value, better) else (last.value, None)


def _range(value: float, spoken_for: list[float], better: Better, unit: str | None) -> tuple[float, float]:
    """Return the values between the proposed one and the best that the evidence speaks for.

    Where nothing says which way is better, all that the evidence holds.
    """
    if better is Better.UNKNOWN:
        return min(value, *spoken_for), max(value, *spoken_for)
    best = value
    for one in spoken_for:
        if is_better(one, best, better) and not (unit == "%" and one > _WHOLE):
            best = one
    return min(value, best), max(value, best)


def _reasons(
    last: FigurePoint,
    history: tuple[FigurePoint, ...],
    achieved: tuple[FigurePoint, ...],
    others: tuple[FigurePoint, ...],
    direction: Direction,
    trend: tuple[int, int] | None,
    *,
    is_own: bool,
) -> tuple[str, ...]:
    reasons = [direction.reason]
    when = f"{last.year}年" if last.year is not None else "上次"
    said = point_words(last)
    if is_own:
        than = {Better.LESS: "不高于", Better.MORE: "不低于"}.get(direction.better, "沿用")
        reasons.append(f"{than}{when}的承诺（{said}）")
    else:
        reasons.append(f"本单位没有承诺过，参照{document_words(last.document)}的{said}")
    if len(history) > 1:
        listed = "→".join(
            f"{one.year}年{value_words(one.op, one.value, one.unit, one.high)}" for one in history
        )
        reasons.append(f"历年承诺：{listed}")
    if trend is not None:
        reasons.append(f"{trend[0]}年至{trend[1]}年逐次提升，按年均幅度推算")
    reasons += [
        f"{document_words(one.document)}记载完成{number_words(one.value)}{one.unit or ''}" for one in achieved
    ]
    for one in others:
        done = "完成" if one.indicator and one.indicator.status is Status.ACHIEVED else "提出"
        reasons.append(
            f"{document_words(one.document)}{done}{value_words(one.op, one.value, one.unit, one.high)}"
        )
    return tuple(reasons)


def _is_old(last: FigurePoint, year: int) -> bool:
    return last.year is None or year - last.year > RECENT_YEARS


def _stale_baseline(indicator: Indicator) -> bool:
    return indicator.baseline is not None or amount(indicator).relative


def _baseline_pattern(indicator: Indicator) -> re.Pattern[str] | None:
    base = indicator.baseline
    if base is None or base.unit is None:
        return None
    number = rf"(?<![\d.]){re.escape(number_words(base.value))}"
    return re.compile(rf"(?P<open>[（(]\s*)(?P<number>{number})(?=\s*{re.escape(base.unit)}\s*[）)])")


def _emptied_baseline(indicator: Indicator) -> tuple[Change, ...]:
    """Leave the old year's baseline（180件）open: the new one stands in no document."""
    pattern = _baseline_pattern(indicator)
    found = pattern.search(indicator.text) if pattern is not None else None
    if found is None or indicator.baseline is None:
        return ()
    unit = indicator.baseline.unit or ""
    written = indicator.text[: found.end()] + unit
    now = indicator.text[: found.start("number")] + TO_FILL + unit
    return (Change(written, now, "基数是原文上一年的实际数，须填入新的实际数"),)


def _changed_value(indicator: Indicator, value: float) -> tuple[Change, ...]:
    """Write the proposed value where the old one stood; nothing where its place is not certain."""
    if value == indicator.value:
        return ()
    old = re.compile(rf"(?<![\d.]){re.escape(number_words(indicator.value))}(?![\d.])")
    if len(old.findall(indicator.text)) != 1 or amount(indicator).value != indicator.value:
        return ()
    now = old.sub(number_words(value), indicator.text)
    return (Change(indicator.text, now, "按历年趋势提出的数值"),)


def _emptied_value(indicator: Indicator) -> tuple[Change, ...]:
    """Leave a count of another unit open: how many are right for us stands in no document."""
    numbers = _NUMBER.findall(indicator.text)
    if len(numbers) != 1:
        return ()
    now = indicator.text.replace(numbers[0], TO_FILL)
    return (Change(indicator.text, now, "原文是其他单位的数值，须按本单位的情况填写"),)


def _notes(
    observed: Observed, figure: ProposedFigure, year: int, changes: tuple[Change, ...]
) -> Iterator[str]:
    indicator = observed.indicator
    if not figure.is_own:
        yield f"“{indicator.text}”是{document_words(observed.stored.document)}的数值，须按本单位的情况确定。"
        return
    if any(TO_FILL in one.now for one in changes):
        bound = value_words(figure.op, figure.value, figure.unit) if indicator.bound is not None else ""
        limit = f"按上次的承诺，结果应{bound}。" if bound else ""
        yield f"“{indicator.text}”的基数须填{year - 1}年的实际数。{limit}"
    elif _stale_baseline(indicator):
        yield f"“{indicator.text}”与以前的基数比较，请按{year - 1}年的实际数核对。"
    if figure.value != figure.last.value and not changes:
        yield f"“{indicator.text}”建议改为{value_words(figure.op, figure.value, figure.unit)}，请在文中改写。"


def applied(text: str, changes: Iterable[Change]) -> tuple[str, tuple[Change, ...]]:
    """Return a sentence with changes made that can be made, and those."""
    made: list[Change] = []
    for change in changes:
        if text.count(change.written) == 1:
            text = text.replace(change.written, change.now)
            made.append(change)
    return text, tuple(made)
