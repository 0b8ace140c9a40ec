"""What cities promised and achieved on one indicator, the best first.

Cities word one indicator in many ways (政务服务热线按期办结率, 12345热线办结率), so the subject is widened:
words that only say how (按期) go, a compound is also known by its last word, and rates by their synonyms.
What is widened must stand near the figure, not only somewhere in its item.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from corpus.model import Comparator, DocumentKind, Status
from corpus.stored import StoredDocument, StoredItem
from search.benchmarks import RECENT_YEARS
from search.check.direction import Better, Direction, direction_of
from search.evidence import DEFAULT_THRESHOLDS, Subject, Thresholds
from search.figures import (
    SYNONYMS,
    Observed,
    amount,
    figure_words,
    head_and_rest,
    is_part_of,
    opposed,
    units_agree,
)
from search.observing import is_of_several_years, sentence_of, words_near, year_of
from search.results import NO_STANDINGS, Standing, Standings
from search.texts import cite_sentence, plain_name
from search.trends import EVERY_STATUS, Fitting, clause_of, fitting
from search.words import coverage, head_of

_EXTREMES = frozenset("最高 最低 最多 最少 最好 最大 最小 最快 领先 第一 排名 排第几 城市 提出 达到".split())
_ON_TIME = re.compile(r"按期|按时|及时|限时|期限内?|平均|全年|年度")
# What is dealt with besides citizens' calls: a rate in a sentence about it is of it alone.
_DEALT_WITH = re.compile(r"建议|提案|议案|公文|信访|案件|行政许可|审批|投标|工程")
# Last words of compounds that say nothing of what they are about.
_GENERAL = frozenset(
    "事项 工作 项目 服务 活动 情况 问题 方面 建设 企业 指标 体系 平台 系统 机构 单位 改革 质量 数量".split()
)
_HOTLINE = re.compile(r"热线|12345|市长电话|市长公开电话")
_RANKS = frozenset({"位", "名", "强"})
_LEAST_NEAR = 0.85
_SAME_FIT = 0.97


def widened(subject: Subject) -> Subject:
    """Return a subject that is also met by other cities' wording of it."""
    bare = subject.without(_EXTREMES)
    found: dict[tuple[str, ...], None] = dict.fromkeys(bare.variants)
    for words in (bare.words, *bare.variants):
        head = head_of(words)
        for others in _widened(words, head):
            found.setdefault(others)
    found.pop(bare.words, None)
    return replace(bare, variants=tuple(found))


def _widened(words: tuple[str, ...], head: int | None) -> list[tuple[str, ...]]:
    if head is None:
        return []
    kept = [n for n, word in enumerate(words) if n == head or not _ON_TIME.fullmatch(word)]
    words, head = tuple(words[n] for n in kept), kept.index(head)
    plain = tuple(_plain(word) for word in words)
    heads = [plain[head], *SYNONYMS.get(plain[head], ())]
    rests = [plain[:head], tuple(_short(word) for word in plain[:head])]
    if any(_HOTLINE.search(word) for word in plain[:head]):
        rest = tuple(word for word in plain[:head] if not _HOTLINE.search(word))
        rests += [(*rest, name) for name in ("热线", "12345", "公开电话")]
    return [(*rest, one, *plain[head + 1 :]) for rest in dict.fromkeys(rests) for one in heads]


def _plain(word: str) -> str:
    return _ON_TIME.sub("", word) or word


def _short(word: str) -> str:
    last = word[-2:]
    return last if len(word) >= 4 and re.fullmatch(r"[一-龥]+", word) and last not in _GENERAL else word


def standings(
    subject: Subject,
    items: Iterable[StoredItem],
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
    *,
    own: frozenset[str] = frozenset(),
    this_year: int | None = None,
    recent: int = RECENT_YEARS,
) -> Standings:
    """Return the figures of cities about `subject`, one for each city, year and status, best first.

    Figures of another kind (a growth beside an amount, 件 beside %) than the best fitting ones stay out, and
    so do totals of several years. A figure is outdated where it is of more than `recent` years before
    `this_year`.
    """
    wide = widened(subject)
    if not wide.words:
        return NO_STANDINGS
    rated = [
        one
        for one in fitting(wide, items, thresholds.figure, EVERY_STATUS)
        if _is_about(wide, one.observed) and not is_of_several_years(one.observed)
    ]
    kept = _one_each(_of_one_kind(rated))
    if not kept:
        return NO_STANDINGS
    direction = _direction([one.observed for one in kept])
    rows = [_row(one.observed, own, this_year, recent) for one in kept]
    ordered = _ranked(rows, direction.better)
    unit = amount(kept[0].observed.indicator).unit
    notes = (*_notes(kept), *_own_place(ordered, own))
    return Standings(unit, direction.better, direction.reason, ordered, notes)


def _is_about(subject: Subject, observed: Observed) -> bool:
    """Whether the place of a figure holds the subject in one of its wordings."""
    document = observed.stored.document
    if document.city is None or year_of(observed) is None:
        return False
    if _is_other(subject, observed):
        return False
    near = words_near(observed)
    topic = "".join(subject.words)
    if (
        _is_elsewhere(subject, observed)
        and _DEALT_WITH.search(sentence_of(observed))
        and not _DEALT_WITH.search(topic)
    ):
        return False
    return any(coverage(words, near) >= _LEAST_NEAR for _, words in subject.wordings())


def _is_elsewhere(subject: Subject, observed: Observed) -> bool:
    """Whether the figure's own sentence holds less of the subject than what stands around it does."""
    said = sentence_of(observed)
    return all(coverage(words, said) < _LEAST_NEAR for _, words in subject.wordings())


def _is_other(subject: Subject, observed: Observed) -> bool:
    """Whether the figure's name or clause says that it is about something else: another rate, another row."""
    topic = _HOTLINE.sub("热线", "".join(subject.words))
    name = plain_name(observed.indicator.name or "")
    head = head_and_rest(topic)[0]
    if head.endswith("率") and name.endswith("率") and head_and_rest(name)[0] != head:
        return True
    place = head_of(subject.words)
    if place is not None and is_part_of(subject.words[place], name):
        return True
    return opposed(topic, _HOTLINE.sub("热线", f"{name}{clause_of(observed)}"))


def _of_one_kind(rated: list[Fitting]) -> list[Fitting]:
    """Return the figures that can be put side by side: those of the kind that fits best by and large."""
    if not rated:
        return []
    groups: list[list[Fitting]] = []
    for one in rated:
        group = next((some for some in groups if _same_kind(some[0], one)), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    best = max(one.fit for one in rated)
    return max(groups, key=lambda some: sum(one.fit >= _SAME_FIT * best for one in some) + len(some) / 1000)


def _same_kind(one: Fitting, other: Fitting) -> bool:
    left, right = amount(one.observed.indicator), amount(other.observed.indicator)
    if left.relative != right.relative or (left.relative and left.op is not right.op):
        return False
    return units_agree(left.unit, right.unit)


def _one_each(rated: list[Fitting]) -> list[Fitting]:
    """Keep the best fitting figure of each city, year and status; `rated` is best first."""
    best: dict[tuple[str | None, int | None, Status], Fitting] = {}
    for one in rated:
        key = (one.observed.stored.document.city, year_of(one.observed), one.observed.indicator.status)
        best.setdefault(key, one)
    return list(best.values())


def _direction(figures: list[Observed]) -> Direction:
    """Return which way is better for the most of the figures."""
    if amount(figures[0].indicator).unit in _RANKS:
        return Direction(Better.LESS, "名次越靠前越好")
    votes: dict[Better, list[Direction]] = {}
    for one in figures:
        told = direction_of(one.indicator, sentence_of(one))
        if told.better is not Better.UNKNOWN:
            votes.setdefault(told.better, []).append(told)
    if not votes:
        return Direction(Better.UNKNOWN, "看不出越多越好还是越少越好，按年份从近到远排列")
    return max(votes.values(), key=len)[0]


def _row(observed: Observed, own: frozenset[str], this_year: int | None, recent: int) -> Standing:
    year = year_of(observed) or 0
    city = observed.stored.document.city or ""
    return Standing(
        rank=None,
        city=city,
        year=year,
        indicator=observed.indicator,
        citation=cite_sentence(observed.stored, observed.indicator.span),
        own=city in own,
        outdated=this_year is not None and this_year - year > recent,
    )


def _ranked(rows: list[Standing], better: Better) -> tuple[Standing, ...]:
    if better is Better.UNKNOWN:
        return tuple(sorted(rows, key=lambda row: (-row.year, row.city)))
    sign = -1 if better is Better.MORE else 1
    rows.sort(key=lambda row: (sign * _value(row), -row.year, row.city))
    values = [_value(row) for row in rows]
    return tuple(replace(row, rank=values.index(_value(row)) + 1) for row in rows)


def _value(row: Standing) -> float:
    """Return the value that rows are ordered by; a decrease counts by how much it is."""
    told = amount(row.indicator)
    return -told.value if told.op is Comparator.DECREASE and told.relative else told.value


def _notes(kept: list[Fitting]) -> tuple[str, ...]:
    reported = any(
        one.observed.indicator.status is Status.ACHIEVED
        and one.observed.stored.document.kind is DocumentKind.REPORT
        for one in kept
    )
    names = list(dict.fromkeys(name for one in kept if (name := one.observed.indicator.name)))
    notes = ["“已实现”的数取自次年的政府工作报告，年份是数值所属的年份。"] if reported else []
    if len(names) > 1:
        listed = "、".join(f"“{name}”" for name in names[:4]) + ("等" if len(names) > 4 else "")
        notes.append(f"各地的说法不同（{listed}），口径不一定一致，引用前请核对原文。")
    return tuple(notes)


def _own_place(rows: tuple[Standing, ...], own: frozenset[str]) -> tuple[str, ...]:
    """Say where our own cities stand among all, each city by its best figure."""
    best: dict[str, Standing] = {}
    for row in rows:
        best.setdefault(row.city, row)
    said = []
    for city in sorted(own):
        if city not in best:
            said.append(f"没有找到{city}的这项数值。")
            continue
        row = best[city]
        told = figure_words(Observed(row.citation.stored, row.indicator))
        if row.rank is None:
            said.append(f"{city}：{row.year}年为{told}。")
        else:
            ahead = sum(other.rank is not None and other.rank < row.rank for other in best.values())
            said.append(f"{city}最好的一次是{row.year}年的{told}，在{len(best)}个城市中排第{ahead + 1}。")
    return tuple(said)


def own_cities(documents: Iterable[StoredDocument]) -> frozenset[str]:
    """Return the cities whose units' targets are kept: our own; reports are kept to compare with."""
    return frozenset(one.city for one in documents if one.city and one.kind is not DocumentKind.REPORT)
