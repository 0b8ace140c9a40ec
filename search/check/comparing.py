"""Rules about benchmark cities: missing, out of date, or compared with wrong arithmetic."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.model import Benchmark, Quantity
from corpus.stored import StoredItem
from corpus.text import fold
from search.check.draft import Draft
from search.check.findings import Remark, Severity
from search.check.known import Known
from search.results import Citation
from search.texts import cite, field_text, item_words

OLDEST_STORY = 3
_STRIVING = re.compile(r"创优|奋斗|争先|创新|对标|争创|挑战")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*(?:年|[-—至])")
_LESS = re.compile(r"(?:比|较)[^，,。；;]{0,10}?(?:少|低|短)")
_MORE = re.compile(r"(?:比|较)[^，,。；;]{0,10}?(?:多|高|长)")
_EXACT = 1e-6


def is_striving(stored: StoredItem) -> bool:
    """Whether an item is of the kind that must name a city to be compared with."""
    return bool(_STRIVING.search(stored.item.category or ""))


def missing_benchmark(draft: Draft, known: Known) -> Iterator[Remark]:
    """Items of 创优目标 or 奋斗目标 that name no benchmark city."""
    for stored in draft.items:
        if not is_striving(stored) or stored.item.benchmarks:
            continue
        before = known.predecessor(stored)
        past = before.item.benchmarks if before is not None else ()
        cities = "、".join(dict.fromkeys(one.city for one in past))
        yield Remark(
            f"{item_words(stored)}属于“{stored.item.category}”，但没有写标杆城市和标杆值；请补上对标的城市及其做到的水平。",
            stored,
            evidence=tuple(cite(before, one.span) for one in past) if before is not None else (),
            proposal=f"上次对标{cities}，可更新其最新数值。" if cities else "标杆城市：××市    标杆值：……",
        )


def stale_benchmark(draft: Draft, known: Known) -> Iterator[Remark]:
    """Benchmarks whose value is older than the year before the draft's, or copied from last year's text."""
    year = draft.document.year
    for stored in draft.items:
        before = known.predecessor(stored)
        for benchmark in stored.item.benchmarks:
            said = _stale(benchmark, stored, year) if year is not None else None
            if said is not None:
                message, severity = said
                yield Remark(message, stored, benchmark.span, severity=severity)
            elif before is not None and (copied := _copied(benchmark, before)):
                yield Remark(
                    f"对标{benchmark.city}的内容与{before.document.year}年的一字不差；请更新为最新的数值。",
                    stored,
                    benchmark.span,
                    (copied,),
                    severity=Severity.NOTE,
                )


def _stale(benchmark: Benchmark, stored: StoredItem, year: int) -> tuple[str, Severity | None] | None:
    dated = benchmark.quantity.year if benchmark.quantity is not None else None
    if dated is not None and dated < year - 1:
        return (
            f"{benchmark.city}的标杆值是{dated}年的，{year}年的目标应当与{year - 1}年的水平比；请更新。",
            None,
        )
    text = field_text(stored.item, benchmark.span.field)[benchmark.span.start : benchmark.span.end]
    years = [int(one) for one in _YEAR.findall(fold(text))]
    if not years or max(years) >= year - 1:
        return None
    said = f"对标{benchmark.city}的内容最晚只写到{max(years)}年，"
    if max(years) < year - OLDEST_STORY:
        return f"{said}距{year}年已超过{OLDEST_STORY}年；请换成近年的数值。", None
    return f"{said}早于{year - 1}年；请核对是否还有更新的数值。", Severity.NOTE


def _copied(benchmark: Benchmark, before: StoredItem) -> Citation | None:
    for one in before.item.benchmarks:
        if one.city == benchmark.city and _bare(one.text) == _bare(benchmark.text):
            return cite(before, one.span)
    return None


def _bare(text: str) -> str:
    return re.sub(r"\W", "", fold(text))


def wrong_arithmetic(draft: Draft, known: Known) -> Iterator[Remark]:  # noqa: ARG001
    """Benchmarks whose stated difference is not the difference of the stated figures."""
    for stored in draft.items:
        for benchmark in stored.item.benchmarks:
            ours, theirs, gap = benchmark.ours, benchmark.quantity, benchmark.gap
            if ours is None or theirs is None or gap is None or benchmark.stated_gap is None:
                continue
            stated, turned = abs(benchmark.stated_gap), _is_turned(benchmark, gap)
            if abs(abs(gap) - stated) <= _EXACT and not turned:
                continue
            right = f"{'少' if gap < 0 else '多'}{_number(abs(gap))}{ours.unit or ''}"
            if turned and abs(abs(gap) - stated) <= _EXACT:
                said = "高低说反了"
            else:
                said = f"相差应为{_number(abs(gap))}{ours.unit or ''}，文中写的是{_number(stated)}"
            yield Remark(
                f"与{benchmark.city}的比较算得不对：我方{_said(ours)}，对方{_said(theirs)}，{said}；请改正。",
                stored,
                benchmark.span,
                proposal=f"比{benchmark.city}{right}",
            )


def _is_turned(benchmark: Benchmark, gap: float) -> bool:
    text = fold(benchmark.text)
    less, more = _LESS.search(text), _MORE.search(text)
    if bool(less) == bool(more):
        return False
    return (gap > 0 and less is not None) or (gap < 0 and more is not None)


def _said(quantity: Quantity) -> str:
    return f"{_number(quantity.value)}{quantity.unit or ''}"


def _number(value: float) -> str:
    return f"{value:.12g}"
