"""Answers to questions for a figure: from the indicator table, in the words of the source."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.model import Comparator
from search.cited import CitedText
from search.contradictions import Pair, contradictions
from search.evidence import DEFAULT_THRESHOLDS, Found, Subject, Thresholds
from search.figures import Amount, Observed, amount, common_name, figure_words, is_telling, units_agree
from search.observing import year_of
from search.texts import cite_sentence, document_words, item_words
from search.trends import Fitting, chain_fit, fitting, link

_MOST_FACTS = 6
_CLOSE_CALL = 0.99


@dataclass(frozen=True, slots=True)
class FigureFacts:
    """The figures that answer a question, in the order they are said, and the asked years without one.

    `contradicting` are pairs of sources that give different figures for one of them.
    """

    chains: tuple[tuple[Fitting, ...], ...]
    years_without: tuple[int, ...]
    contradicting: tuple[Pair, ...] = ()

    @property
    def figures(self) -> tuple[Fitting, ...]:
        """All figures, chain after chain, oldest first within each."""
        return tuple(one for chain in self.chains for one in chain)


def find_figures(
    subject: Subject,
    items: tuple[Found, ...],
    years: tuple[int, ...],
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> FigureFacts:
    """Choose the figures about `subject`: those that fit best, chained over the years.

    A figure counts only where its item holds all of the subject (a missing word may be the one that
    matters: the budget of press conferences is not their number).
    """
    held = [found.stored for found in items if found.held >= thresholds.subject]
    rated = fitting(subject, held, thresholds.figure)
    chains = sorted(link(rated), key=lambda chain: -chain_fit(chain))
    if not chains:
        undated = [one for one in rated if one.observed.stored.document.year is None]
        return FigureFacts(((undated[0],),) if undated else (), years)
    best = max(one.fit for one in chains[0])
    near = [chain for chain in chains if max(one.fit for one in chain) >= _CLOSE_CALL * best]
    said = {one.observed.stored.document.year for chain in near for one in chain}
    chosen = tuple(near[:_MOST_FACTS])
    shown = [one.observed for chain in chosen for one in chain]
    others = [one.observed for one in rated if one.fit >= thresholds.near * best]
    pairs = contradictions(dict.fromkeys((*shown, *others)))
    pairs = tuple(pair for pair in pairs if pair[0] in shown or pair[1] in shown)
    return FigureFacts(chosen, tuple(year for year in years if year not in said), pairs)


def say_figures(text: CitedText, facts: FigureFacts, *, compare: bool) -> None:
    """Write the facts: one sentence for a single figure, one line a chain where years stand side by side."""
    chains = facts.chains
    if compare and any(len(chain) > 1 for chain in chains):
        chains = tuple(chain for chain in chains if len(chain) > 1)
    for chain in chains:
        if len(chain) == 1:
            text.say(f"{_fact(text, chain[0])}。")
            continue
        text.say(f"{_chain_name(chain)}：" + "；".join(_dated(text, one) for one in chain) + "。")
        difference = say_difference(chain[0].observed, chain[-1].observed)
        if difference and (compare or len(chains) == 1):
            text.say(difference)
    for pair in facts.contradicting:
        told = "，".join(f"{_source(one)}为{_said(one)}{_mark(text, one)}" for one in pair)
        text.say(f"注意：不同来源对{year_of(pair[0])}年“{_name(pair[0])}”的数值不一致：{told}；请核对原文。")


def _source(observed: Observed) -> str:
    document = observed.stored.document
    return f"《{document.title or document.source}》"


def _other_year(observed: Observed) -> str:
    """Say of which year a figure is where that is not its document's."""
    year = year_of(observed)
    return f"（说的是{year}年）" if year is not None and year != observed.stored.document.year else ""


def _mark(text: CitedText, observed: Observed) -> str:
    return text.mark(cite_sentence(observed.stored, observed.indicator.span))


def _name(observed: Observed) -> str:
    return observed.indicator.name or (observed.stored.item.name or "该项工作")


def _fact(text: CitedText, one: Fitting) -> str:
    observed = one.observed
    place = document_words(observed.stored.document)
    if not is_telling(_name(observed)):
        place += item_words(observed.stored)
    return (
        f"{place}“{_name(observed)}”的目标是{_said(observed)}{_other_year(observed)}{_mark(text, observed)}"
    )


def _said(observed: Observed) -> str:
    """Return the figure as written, with what it comes to where that is not the same."""
    comes_to = amount(observed.indicator)
    words = figure_words(observed)
    if observed.indicator.bound is None or comes_to.relative:
        return words
    mark = {Comparator.AT_MOST: "不超过", Comparator.AT_LEAST: "不少于"}.get(comes_to.op, "")
    return f"{words}（即{mark}{_number(comes_to.value)}{comes_to.unit or ''}）"


def _chain_name(chain: tuple[Fitting, ...]) -> str:
    names = [_name(one.observed) for one in chain]
    owner = chain[-1].observed.stored.document.unit or chain[-1].observed.stored.document.city or ""
    called = common_name(names)
    others = list(dict.fromkeys(name for name in names if name != called))
    written = f"（原文写作{'、'.join(f'“{name}”' for name in others)}）" if others else ""
    return f"{owner}“{called}”{written}"


def _dated(text: CitedText, one: Fitting) -> str:
    observed = one.observed
    told = f"{_said(observed)}{_other_year(observed)}{_mark(text, observed)}"
    return f"{observed.stored.document.year}年为{told}"


def _number(value: float) -> str:
    """Write a number as a reader expects it: 50000 is 5万."""
    for size, name in ((1e8, "亿"), (1e4, "万")):
        if value >= size:
            return _plain(value / size) + name
    return _plain(value)


def _plain(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")


def say_difference(first: Observed, last: Observed) -> str | None:
    """Say how two years' figures differ; nothing where they cannot be subtracted."""
    before, after = amount(first.indicator), amount(last.indicator)
    years = first.stored.document.year, last.stored.document.year
    if before.relative or after.relative or not units_agree(before.unit, after.unit):
        return None
    difference = round(after.value - before.value, 6)
    if not difference:
        return f"{years[1]}年与{years[0]}年的数值相同。"
    word = "多" if difference > 0 else "少"
    if before.unit == "%":
        word = "高" if difference > 0 else "低"
    size = _number(abs(difference)) + _difference_unit(after)
    return f"{years[1]}年比{years[0]}年{word}{size}{_different_bounds(before, after)}。"


def _difference_unit(after: Amount) -> str:
    return "个百分点" if after.unit == "%" else after.unit or ""


def _different_bounds(before: Amount, after: Amount) -> str:
    """Warn where one figure is a floor and the other is not: their difference is of the numbers only."""
    return "" if before.op is after.op else "（两年的表述方式不同，仅比较数值）"


def say_nearest(text: CitedText, facts: FigureFacts) -> None:
    """Write figures of other years, marked as such."""
    text.say("可供参考的其他年份（不是所问年份的目标）：")
    for one in facts.figures[:_MOST_FACTS]:
        text.say(f"· {_fact(text, one)}，见{item_words(one.observed.stored)}。")
