"""Answers to 定多少合适: what was promised before and what others promise, and nothing invented."""

from __future__ import annotations

from corpus.model import DocumentKind
from corpus.stored import StoredItem
from search.answer_cities import stated_figure
from search.answer_figures import FigureFacts, say_figures
from search.cited import CitedText
from search.figures import figure_words
from search.inquiry import Inquiry
from search.standings import standings
from search.texts import cite_sentence, document_words
from search.trends import Fitting, chain_fit, fitting, link

_MOST_CHAINS, _MOST_OTHERS = 3, 6


def say_advice(text: CitedText, inquiry: Inquiry, items: tuple[StoredItem, ...]) -> None:
    """Lay out the figures that a new one can be measured by: units' own promises, then cities'.

    Nothing is written where there is none.
    """
    own = [one for one in items if one.document.kind is not DocumentKind.REPORT]
    chains = _chains(inquiry, own)
    table = standings(inquiry.subject, items, inquiry.thresholds)
    rows = [row for row in table.rows if row.citation.stored.document.kind is DocumentKind.REPORT]
    if not chains and not rows:
        return
    if chains:
        text.say("以往承诺的数值：")
        say_figures(text, FigureFacts(chains, ()), compare=False)
        _say_last(text, chains[0][-1])
    if rows:
        text.say("各城市政府工作报告中的数值：")
        for row in rows[:_MOST_OTHERS]:
            text.say(f"· {row.city}{row.year}年：{stated_figure(row)}{text.mark(row.citation)}")
    text.say("目标库只能列出以上依据，不能代为定数；请结合今年的实际完成情况确定。")


def _chains(inquiry: Inquiry, items: list[StoredItem]) -> tuple[tuple[Fitting, ...], ...]:
    linked = sorted(
        link(fitting(inquiry.subject, items, inquiry.thresholds.figure)), key=lambda c: -chain_fit(c)
    )
    if not linked:
        return ()
    least = inquiry.thresholds.near * chain_fit(linked[0])
    return tuple(chain for chain in linked if chain_fit(chain) >= least)[:_MOST_CHAINS]


def _say_last(text: CitedText, last: Fitting) -> None:
    observed = last.observed
    mark = text.mark(cite_sentence(observed.stored, observed.indicator.span))
    place = document_words(observed.stored.document)
    text.say(f"最近一次是{place}的{figure_words(observed)}{mark}，新定的数值可先与它比较。")
