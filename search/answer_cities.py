"""Answers over many cities: which of them state a figure, who leads, and which say a thing at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.model import Status
from corpus.text import fold
from search.answer_texts import say_passages
from search.cited import CitedText
from search.evidence import Found
from search.figures import Observed, amount, figure_words
from search.passages import Passage
from search.results import Standing, Standings

_MOST_CITIES = 12
_NUMBER = re.compile(
    r"(?:不少于|不低于|不超过|至少|超过?|突破|控制在|增长|提高|压减|减少|下降|压缩至?|约|近)?[\d０-９零一二两三四五六七八九十百千]"
)
_ASKED_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_MORE, _LESS = r"超过|高于|大于|多于|突破|不低于|不少于|至少", r"低于|少于|小于|不超过|不高于|不到"
_BOUND = re.compile(
    rf"(?:(?<!不)(?P<more>{_MORE})|(?P<less>{_LESS}))?\s*(?P<number>\d+(?:\.\d+)?)\s*(?P<size>[万亿千百]*)(?P<unit>%|个?[一-龥]{{0,3}}?)(?P<behind>以上|以下|以内)?(?=[的，,？?。有是]|$)"
)
_KINDS = {Status.PROMISED: "目标", Status.ACHIEVED: "实际"}
_SIZES = {"千": 1e3, "百": 1e2, "万": 1e4, "亿": 1e8}


@dataclass(frozen=True, slots=True)
class AskedBound:
    """Only figures of at least (or at most) `value` are asked for."""

    value: float
    at_least: bool

    def holds(self, value: float) -> bool:
        """Whether a figure is one of those asked for."""
        return value >= self.value if self.at_least else value <= self.value


def bound_asked(question: str) -> AskedBound | None:
    """Return the bound that a question sets to the figures it asks for: 超过30万人, 95%以上."""
    for found in _BOUND.finditer(fold(question)):
        more = found["more"] or found["behind"] == "以上"
        if more or found["less"] or found["behind"]:
            value = float(found["number"])
            for size in found["size"]:
                value *= _SIZES[size]
            return AskedBound(value, bool(more))
    return None


def states_bound(word: str) -> bool:
    """Whether a word of the subject belongs to the bound and not to what is asked about."""
    return word[0].isdigit() or re.fullmatch(rf"{_MORE}|{_LESS}", word) is not None


def say_standings(
    text: CitedText, table: Standings, years: tuple[int, ...], bound: AskedBound | None = None
) -> None:
    """Say each city's best figure, the best city first; of the years named and within the bound asked for.

    Nothing is said of who leads where nobody can tell which way is better.
    """
    rows = [row for row in table.rows if not years or row.year in years]
    rows = [row for row in rows if bound is None or bound.holds(amount(row.indicator).value)]
    best: dict[str, Standing] = {}
    for row in rows:
        best.setdefault(row.city, row)
    if not best:
        return
    shown = list(best.values())[:_MOST_CITIES]
    counted = f"目标库中有{len(best)}个城市写明了这项数值"
    text.say(f"{counted}，列出{len(shown)}个：" if len(shown) < len(best) else f"{counted}：")
    for row in shown:
        status = _KINDS[row.indicator.status]
        name = f"（“{row.indicator.name}”）" if row.indicator.name else ""
        text.say(f"· {row.city}{row.year}年{status}：{stated_figure(row)}{text.mark(row.citation)}{name}")
    if table.better != "unknown" and len(best) > 1:
        firsts = [row for row in shown if row.rank == shown[0].rank]
        word = "最高" if table.better == "more" else "最低"
        said = [
            f"{row.city}（{row.year}年，{stated_figure(row)}）{text.mark(row.citation)}" for row in firsts
        ]
        text.say(f"{word}的是{'、'.join(said)}。")
    for note in table.notes:
        text.say(f"（注：{note}）")


def stated_figure(row: Standing) -> str:
    """Return the figure of a row as written, without what else its sentence joins to it."""
    words = figure_words(Observed(row.citation.stored, row.indicator))
    number = _NUMBER.search(words)
    return words[number.start() :] if number else words


def one_each_city(found: Sequence[Found]) -> tuple[Found, ...]:
    """Return the best item of each city, the best first; items of no city are left out."""
    best: dict[str, Found] = {}
    for one in found:
        if one.stored.document.city is not None:
            best.setdefault(one.stored.document.city, one)
    return tuple(best.values())[:_MOST_CITIES]


def say_cities(text: CitedText, question: str, passages: Sequence[Passage], least: float) -> None:
    """Quote the best sentence of each city that tells at least `least` of the question.

    Where the question states figures, only sentences that state one of them.
    """
    numbers = set(_ASKED_NUMBER.findall(fold(question)))
    numbers |= {"半"} if "0.5" in numbers or "半个" in question else set()
    best: dict[str, Passage] = {}
    for passage in passages:
        city = passage.stored.document.city
        stated = not numbers or any(number in fold(passage.text) for number in numbers)
        if city is not None and stated and passage.told >= least:
            best.setdefault(city, passage)
    if best:
        text.say(f"写到这一点的城市：{'、'.join(best)}。")
        say_passages(text, tuple(best.values()))
