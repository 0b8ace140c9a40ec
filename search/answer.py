"""A question's answer, put together from cited facts; what has no evidence is said to have none.

Nothing here is generated: a figure comes from the indicator table in the words of its source, a city or
basis from what was extracted, and everything else is a quoted sentence.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from corpus.stored import StoredItem
from search.answer_figures import FigureFacts, find_figures, say_figures, say_nearest
from search.answer_relations import say_bases, say_benchmarks, say_responsible
from search.answer_texts import say_figure_list, say_list, say_sentences
from search.cited import CitedText
from search.evidence import DEFAULT_THRESHOLDS, Found, Subject, Thresholds, is_evidence
from search.query import Understood
from search.questions import Kind, kind_of, wants_figures
from search.results import Answer, Interpreted
from search.units import core
from search.words import content

# The fit of a figure that has all of the subject in its own name.
_BY_NAME = 0.95


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an answer may draw on.

    `found` are the items under the filters, best first; `other_years` looks the same up without the
    year, `listed` gives every item under the filters. Both are asked only where they are needed.
    """

    subject: Subject
    found: tuple[Found, ...]
    other_years: Callable[[], tuple[Found, ...]]
    listed: Callable[[], tuple[StoredItem, ...]]


def answer(understood: Understood, evidence: Evidence, thresholds: Thresholds = DEFAULT_THRESHOLDS) -> Answer:
    """Answer `understood.interpreted.query` from `evidence`, or say that nothing was found."""
    kind = kind_of(understood.interpreted.query)
    if kind is Kind.CONTACT:
        return _refuse(understood, "联系人、负责人姓名和电话不在可查询的内容之内，请向该单位查询。")
    found = _of_named_units(understood, evidence.found)
    if understood.unknown_units and not found:
        names = "、".join(f"“{name}”" for name in understood.unknown_units)
        return _refuse(understood, f"目录中没有{names}的文件，没有找到可以回答的依据。")
    text = CitedText()
    if kind is Kind.AIM and evidence.subject.words:
        exact = replace(thresholds, figure=_BY_NAME)
        if find_figures(evidence.subject, found, understood.named_years, exact).chains:
            return _figures(understood, evidence, found, kind, exact)
    if kind in {Kind.FIGURE, Kind.CHANGE}:
        return _figures(understood, evidence, found, kind, thresholds)
    _say(text, kind, understood, evidence, found, thresholds)
    if text.is_empty:
        return _nothing(understood, evidence, thresholds)
    return text.answer(understood.interpreted, notes=understood.interpreted.notes)


def _of_named_units(understood: Understood, found: tuple[Found, ...]) -> tuple[Found, ...]:
    """Keep what concerns a named unit that has no document of its own (it may be responsible for items)."""
    if not understood.unknown_units:
        return found
    names = [core(name) for name in understood.unknown_units]
    return tuple(
        one
        for one in found
        if any(
            name in f"{one.stored.item.content}{''.join(one.stored.item.responsible_units)}" for name in names
        )
    )


def _say(
    text: CitedText,
    kind: Kind,
    understood: Understood,
    evidence: Evidence,
    found: tuple[Found, ...],
    thresholds: Thresholds,
) -> None:
    """Write the answer of every kind but figures; nothing where there is no evidence for it."""
    subject = evidence.subject
    evident = tuple(one for one in found if is_evidence(one, thresholds))
    question = understood.interpreted.query
    if kind is Kind.BENCHMARK:
        say_benchmarks(text, subject, found, every="哪些" in question, thresholds=thresholds)
    elif kind is Kind.BASIS:
        say_bases(text, subject, evident, thresholds)
    elif kind is Kind.RESPONSIBLE:
        say_responsible(text, subject, evident, thresholds)
    elif kind is Kind.LIST or not subject.words:
        near = (one.stored for one in _near(evident, thresholds))
        items = tuple(near) if subject.words else evidence.listed()
        if items and wants_figures(question):
            say_figure_list(text, items)
        elif items:
            say_list(text, subject, items)
    if text.is_empty and kind in {Kind.TEXT, Kind.LIST, Kind.AIM}:
        say_sentences(text, subject, found, thresholds)


def _near(found: tuple[Found, ...], thresholds: Thresholds) -> tuple[Found, ...]:
    """Return what holds nearly as much of the subject as the best does."""
    best = max((one.held for one in found), default=0.0)
    return tuple(one for one in found if one.held >= thresholds.near * best)


def _figures(
    understood: Understood, evidence: Evidence, found: tuple[Found, ...], kind: Kind, thresholds: Thresholds
) -> Answer:
    """Give figures; for a year without any say so, and show other years only marked as such."""
    interpreted, subject = understood.interpreted, evidence.subject
    text = CitedText()
    facts = find_figures(subject, found, understood.named_years, thresholds)
    if facts.chains:
        say_figures(text, facts, compare=kind is Kind.CHANGE)
        if without := _without(understood, facts):
            text.say(f"没有找到{without}“{_asked(understood)}”的依据。")
        return text.answer(interpreted, notes=interpreted.notes)
    if interpreted.years and not understood.unknown_units:
        other = find_figures(subject, evidence.other_years(), (), thresholds)
        if other.chains:
            text.say(f"没有找到{_years(interpreted.years)}“{_asked(understood)}”的依据。")
            say_nearest(text, other)
            return text.answer(interpreted, abstained=True, notes=interpreted.notes)
    text.say(f"没有找到“{_asked(understood)}”的量化指标，相关原文如下：")
    sure = tuple(one for one in found if one.held >= thresholds.subject)
    say_sentences(text, subject, sure, thresholds)
    if not text.cites:
        return _nothing(understood, evidence, thresholds)
    return text.answer(interpreted, notes=interpreted.notes)


def _without(understood: Understood, facts: FigureFacts) -> str:
    """Name the years, cities and units that were asked for and have no figure."""
    interpreted = understood.interpreted
    documents = [one.observed.stored.document for one in facts.figures]
    missing = [_years(facts.years_without)] if facts.years_without else []
    missing += [city for city in interpreted.cities if city not in {one.city for one in documents}]
    missing += [unit for unit in _units_asked(interpreted) if unit not in {one.unit for one in documents}]
    return "、".join(missing)


def _units_asked(interpreted: Interpreted) -> tuple[str, ...]:
    """Return the units that were asked for one by one; several that one word may mean are one."""
    return interpreted.units if len({core(unit) for unit in interpreted.units}) > 1 else ()


def _asked(understood: Understood) -> str:
    """Return what was asked about, without the words that only ask where they stand at its ends."""
    text = understood.interpreted.text
    asked = content(text)
    return asked if asked in text else text.rstrip("？?。！!")


def _years(years: tuple[int, ...]) -> str:
    return "、".join(str(year) for year in years) + "年"


def _nothing(understood: Understood, evidence: Evidence, thresholds: Thresholds) -> Answer:
    """Say that nothing was found, under which filters, and whether other years have something."""
    interpreted = understood.interpreted
    parts = [_years(interpreted.years)] if interpreted.years else []
    parts += [*interpreted.cities, *interpreted.units, *interpreted.categories]
    where = f"目录的{'、'.join(parts)}文件" if parts else "目录的文件"
    sentence = f"在{where}中没有找到“{_asked(understood)}”的依据，无法回答。"
    if interpreted.years:
        others = {
            one.stored.document.year for one in evidence.other_years() if one.held >= thresholds.subject
        } - {None, *interpreted.years}
        if others:
            years = _years(tuple(sorted(year for year in others if year is not None)))
            sentence += f"{years}的文件中有相关内容，可去掉年份再问。"
    return _refuse(understood, sentence)


def _refuse(understood: Understood, sentence: str) -> Answer:
    return Answer(sentence, True, (), understood.interpreted, understood.interpreted.notes)
