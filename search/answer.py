"""A question's answer, put together from cited facts; what has no evidence is said to have none.

Nothing here is generated: a figure comes from the indicator table in the words of its source, a city or
basis from what was extracted, and everything else is a quoted sentence.
"""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.model import DocumentKind
from corpus.stored import StoredItem
from search.answer_advice import say_advice
from search.answer_cities import bound_asked, one_each_city, say_cities, say_standings, states_bound
from search.answer_figures import FigureFacts, find_figures, say_figures, say_nearest
from search.answer_reading import Evidence, asks_basis, is_prose, quoted
from search.answer_relations import say_bases, say_benchmarks, say_responsible, say_tasks_of
from search.answer_texts import say_figure_list, say_list, say_passages
from search.cited import CitedText
from search.evidence import DEFAULT_THRESHOLDS, Found, Thresholds
from search.figures import figure_words
from search.in_charge import unit_asked_about
from search.inquiry import Inquiry, about_named_cities, inquire
from search.passages import Passage
from search.query import Understood, years_words
from search.questions import Kind, wants_figures
from search.reading import read
from search.results import Answer, Interpreted
from search.short_answers import short_answer
from search.standings import standings
from search.texts import whole_text
from search.told_years import told_year
from search.units import core
from search.words import content

# The fit of a figure that has all of the subject in its own name.
_BY_NAME = 0.95
_MOST_READ = 8
_WANTS_VALUES = re.compile(r"多少|最[高低多少快]|率|量|数|期限|时限|几")
_OF_THE_BEST = 0.7
# What items are called; 哪些地方, 哪些措施 stand inside of one.
_ASKS_ITEMS = re.compile(r"目标|任务|工作|项目|事项|指标|[几多少]项|列出|清单|单位|内容")
_PARTS = re.compile(r"多少|几|哪|谁|什么|怎么")


def answer(understood: Understood, evidence: Evidence, thresholds: Thresholds = DEFAULT_THRESHOLDS) -> Answer:
    """Answer `understood.interpreted.query` from `evidence`, or say that nothing was found."""
    inquiry = inquire(understood, evidence.subject, evidence.found, thresholds)
    if inquiry.kind is Kind.CONTACT:
        return _refuse(understood, "联系人、负责人姓名和电话不在可查询的内容之内，请向该单位查询。")
    if understood.unknown_units and not inquiry.found:
        names = "、".join(f"“{name}”" for name in understood.unknown_units)
        return _refuse(understood, f"目标库中没有{names}的文件，没有找到可以回答的依据。")
    if understood.unknown_cities and not _names_any(inquiry, understood.unknown_cities):
        names = "、".join(f"“{name}”" for name in understood.unknown_cities)
        return _refuse(understood, f"目标库中没有{names}的文件，没有找到可以回答的依据。")
    text = CitedText()
    if about_cities := about_named_cities(inquiry, evidence.compared):
        say_benchmarks(text, about_cities, every=True)
    if text.is_empty and inquiry.kind is Kind.ADVICE:
        say_advice(text, inquiry, evidence.wide())
    if text.is_empty and inquiry.kind in {Kind.FIGURE, Kind.CHANGE}:
        return _figures(inquiry, evidence)
    if text.is_empty and (by_name := _aim_at_figure(inquiry, evidence)):
        return _figures(by_name, evidence)
    if text.is_empty and (unit := unit_asked_about(inquiry.question)):
        say_tasks_of(text, unit, evidence.listed())
    short = _say(text, inquiry, evidence) if text.is_empty else None
    if text.is_empty:
        return _nothing(inquiry, evidence)
    return text.answer(understood.interpreted, notes=understood.interpreted.notes, short=short)


def _names_any(inquiry: Inquiry, places: tuple[str, ...]) -> bool:
    """Whether one of the best items names a place that no document is of."""
    texts = [whole_text(one.stored) for one in inquiry.found[:_MOST_READ]]
    return any(place.rstrip("省市") in text for place in places for text in texts)


def _aim_at_figure(inquiry: Inquiry, evidence: Evidence) -> Inquiry | None:
    """Return a question for the aim of a topic as one for its figure, where a figure has just that name."""
    if inquiry.kind is not Kind.AIM or not inquiry.subject.words:
        return None
    by_name = replace(inquiry, thresholds=replace(inquiry.thresholds, figure=_BY_NAME))
    places = [inquiry.found]
    if inquiry.understood.interpreted.years and not inquiry.evident:
        places.append(evidence.other_years())
    found = any(find_figures(inquiry.subject, items, (), by_name.thresholds).chains for items in places)
    return by_name if found else None


def _say(text: CitedText, inquiry: Inquiry, evidence: Evidence) -> str | None:
    """Write the answer of every kind but figures; nothing where there is no evidence for it.

    Return it short, where it was quoted from sentences.
    """
    kind, subject = inquiry.kind, inquiry.subject
    if kind is Kind.CITIES:
        _cities(text, inquiry, evidence)
    elif kind is Kind.BENCHMARK:
        say_benchmarks(text, inquiry, every="哪些" in inquiry.question)
    elif kind is Kind.BASIS and (asks_basis(inquiry.question) or not is_prose(inquiry)):
        say_bases(text, inquiry)
    elif kind is Kind.RESPONSIBLE and not is_prose(inquiry):
        say_responsible(text, inquiry)
    elif not subject.words:
        _list(text, inquiry, evidence.listed())
    elif kind is Kind.LIST and not is_prose(inquiry) and _ASKS_ITEMS.search(inquiry.question):
        _list(text, inquiry, tuple(one.stored for one in _near(inquiry)))
    if text.is_empty and (said := quoted(inquiry, evidence)) is not None:
        say_passages(text, said.passages)
        return short_answer(inquiry.question, said.best.text)
    return None


def _cities(text: CitedText, inquiry: Inquiry, evidence: Evidence) -> None:
    """Say which cities state a figure on the subject, the best first; else which of them write about it."""
    interpreted = inquiry.understood.interpreted
    bound = bound_asked(inquiry.question)
    if (bound or _WANTS_VALUES.search(inquiry.question)) and not interpreted.phrases:
        subject = inquiry.subject.without(
            frozenset(one for one in inquiry.subject.words if states_bound(one))
        )
        table = standings(subject, evidence.wide(), inquiry.thresholds)
        say_standings(text, table, interpreted.years, bound)
    if text.is_empty:
        items = one_each_city(inquiry.found)
        found = read(inquiry.understood, items, evidence.rarity, evidence.similar, inquiry.topic, each=True)
        if found.answers(inquiry.thresholds):
            say_cities(
                text, inquiry.question, found.passages, _OF_THE_BEST * max(one.told for one in found.passages)
            )


def _list(text: CitedText, inquiry: Inquiry, items: tuple[StoredItem, ...]) -> None:
    if items and wants_figures(inquiry.question):
        say_figure_list(text, items)
    elif items:
        say_list(text, inquiry.subject, items)


def _near(inquiry: Inquiry) -> tuple[Found, ...]:
    """Return the evidence that holds nearly as much of the subject as the best does."""
    evident = inquiry.evident
    best = max((one.held for one in evident), default=0.0)
    return tuple(one for one in evident if one.held >= inquiry.thresholds.near * best)


def _figures(inquiry: Inquiry, evidence: Evidence) -> Answer:
    """Give figures; for a year without any say so, and show other years only marked as such."""
    understood, subject, thresholds = inquiry.understood, inquiry.subject, inquiry.thresholds
    interpreted = understood.interpreted
    text = CitedText()
    facts = find_figures(subject, _stated(inquiry.found), understood.named_years, thresholds)
    if facts.chains:
        say_figures(text, facts, compare=inquiry.kind is Kind.CHANGE)
    passages: tuple[Passage, ...] = ()
    short = figure_words(facts.chains[0][0].observed) if len(facts.figures) == 1 else None
    wants_text = not facts.chains or _without(understood, facts, ()) or _asks_more(inquiry, facts)
    said = quoted(inquiry, evidence) if wants_text else None
    if said is not None:
        passages = said.passages
        if text.is_empty and inquiry.kind is Kind.CHANGE:
            text.say(f"没有找到可以逐年比较的“{_asked(understood)}”数值，相关原文如下：")
        say_passages(text, passages)
        short = short or short_answer(inquiry.question, said.best.text)
    if text.cites:
        if facts.chains and (without := _without(understood, facts, passages)):
            text.say(f"没有找到{without}“{_asked(understood)}”的依据。")
        return text.answer(interpreted, notes=interpreted.notes, short=short)
    if interpreted.years and not understood.unknown_units:
        other = find_figures(subject, evidence.other_years(), (), thresholds)
        if other.chains:
            text.say(f"没有找到{years_words(interpreted.years)}“{_asked(understood)}”的依据。")
            say_nearest(text, other)
            return text.answer(interpreted, abstained=True, notes=interpreted.notes)
    return _nothing(inquiry, evidence)


def _stated(found: tuple[Found, ...]) -> tuple[Found, ...]:
    """Return the items whose figures are somebody's promises, or of some year: not those of any text."""
    return tuple(
        one
        for one in found
        if one.stored.document.kind is not DocumentKind.REPORT
        or one.stored.document.year is not None
        or one.stored.document.city is not None
    )


def _asks_more(inquiry: Inquiry, facts: FigureFacts) -> bool:
    """Whether a question may want more than the figures found: several things, or a report's own words."""
    reports = any(one.observed.stored.document.kind is DocumentKind.REPORT for one in facts.figures)
    return reports or len(_PARTS.findall(inquiry.question)) > 1


def _without(understood: Understood, facts: FigureFacts, quoted: tuple[Passage, ...]) -> str:
    """Name the years, cities and units that were asked for and have neither figure nor quotation."""
    interpreted = understood.interpreted
    documents = [one.observed.stored.document for one in facts.figures]
    documents += [one.stored.document for one in quoted]
    told = {told_year(one.stored, one.span) for one in quoted}
    years = tuple(year for year in facts.years_without if year not in told)
    missing = [years_words(years)] if years else []
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


def _nothing(inquiry: Inquiry, evidence: Evidence) -> Answer:
    """Say that nothing was found, under which filters, and whether other years have something."""
    understood = inquiry.understood
    interpreted = understood.interpreted
    parts = [years_words(interpreted.years)] if interpreted.years else []
    parts += [*interpreted.cities, *interpreted.units, *interpreted.categories]
    where = f"目标库的{'、'.join(parts)}文件" if parts else "目标库的文件"
    sentence = f"在{where}中没有找到“{_asked(understood)}”的依据，无法回答。"
    if interpreted.years:
        least = inquiry.thresholds.subject
        others = {one.stored.document.year for one in evidence.other_years() if one.held >= least}
        if years := tuple(sorted(y for y in others if y is not None and y not in interpreted.years)):
            sentence += f"{years_words(years)}的文件中有相关内容，可去掉年份再问。"
    return _refuse(understood, sentence)


def _refuse(understood: Understood, sentence: str) -> Answer:
    return Answer(sentence, True, (), understood.interpreted, understood.interpreted.notes)
