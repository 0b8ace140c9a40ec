"""Which sentences of the items found answer a question.

Each sentence is rated by what it shares with the question, rare pieces counting most, by what its neighbours
and headings share, by how near its meaning is, and by whether it has what is asked for (a date, a figure, a
reason). The weights were fitted on half of the questions to policy documents and to an encyclopaedia; on the
other half the best three sentences hold the answer in 79 % and 89 % (58 % and 74 % the best one).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.contacts import redact
from corpus.model import Field, Span
from corpus.stored import StoredItem
from corpus.text import fold
from search.evidence import Found
from search.expected import AMOUNT, DATE, DEFINITION, FIGURE, REASON, SEVERAL, Expected, expected_by
from search.rarity import Rarity
from search.texts import QUOTED_FIELDS, field_text, sentences
from search.told_years import told_year
from search.words import content, content_words, grams

# How alike texts are to the question, on the scale of the model.
Similar = Callable[[Sequence[str]], Sequence[float]]

_MOST_ITEMS, _MOST_CHARACTERS = 8, 9000
_EMBEDDED = 12  # sentences whose meaning is compared: each costs the time of a query
_LONGEST_EMBEDDED = 300
_MOST_SENTENCES, _NEAR = 4, 2.2
_LONGEST_LIST = 300
_FEW_NEW = 4
_REWORDED, _REWORDED_SHARE = 0.5, 0.9

_INTRODUCES = re.compile(r"[：:]\s*$|如下|以下|下列")
_LISTED = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|[（(]?\d{1,2}[)）、.．]|[①-⑳]|[一二三四五六七八九]是|首先|其次|第[一二三四五六])"
)
_GOES_ON = re.compile(r"[；;：:]\s*$")
# A pair with one of these is more of the sentence's form than of its subject: 要降, 的高, 率要.
_FORM = frozenset("的了是在和与及或要应将会能可把被给对从到由于而其这那之个几哪什么谁怎何吗呢有为")
_FORM_WORTH = 0.25
_HAN_RUN = re.compile(r"[一-龥]|[0-9a-z.]+")


@dataclass(frozen=True, slots=True)
class _Weights:
    """What each sign that a sentence answers is worth."""

    pairs: float = 2.47
    pairs_squared: float = 2.43
    characters: float = 1.47
    words: float = 2.03
    before: float = 4.95
    after: float = 1.05
    meaning: float = 1.93
    nothing_new: float = -1.48
    opening: float = -0.57
    defining: float = 0.99
    of_item: float = 1.27
    of_best_item: float = 0.34


_WEIGHTS = _Weights()
_SIGNS: tuple[tuple[Expected, re.Pattern[str], float], ...] = (
    (Expected.DATE, DATE, 1.75),
    (Expected.AMOUNT, FIGURE, 0.92),
    (Expected.AMOUNT, AMOUNT, 1.05),
    (Expected.REASON, REASON, 1.35),
    (Expected.SEVERAL, SEVERAL, 0.88),
    (Expected.DEFINITION, DEFINITION, 0.62),
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of an item; `told` is the share of the question that it holds with what surrounds it.

    `score` orders the passages of one question and says nothing beyond it. `likeness` is None where meaning
    was not compared.
    """

    stored: StoredItem
    span: Span
    score: float
    told: float
    likeness: float | None = None

    @property
    def text(self) -> str:
        """The words of the sentence."""
        return field_text(self.stored.item, self.span.field)[self.span.start : self.span.end]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the whole `text`, the `topic` that is left of it without its filters, and the `years`.

    Where years are named, only sentences count that tell of one of them, whatever year their document is of.
    `variants` say the topic in other words, which are worth a little less.
    """

    text: str
    topic: str
    years: frozenset[int] | None = None
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Sought:
    """A question taken apart; each piece with what it tells."""

    pairs: dict[str, float]
    characters: dict[str, float]
    words: dict[str, float]
    expected: frozenset[Expected]
    years: frozenset[int] | None

    @classmethod
    def of(cls, asked: Question, rarity: Rarity) -> _Sought:
        topic = fold(content(asked.topic))
        words = {
            word: len(word) * max((rarity(piece) for piece in grams(word)), default=1.0)
            for word in content_words(asked.topic)
        }
        return cls(
            {piece: rarity(piece) * (_FORM_WORTH if _FORM & set(piece) else 1) for piece in grams(topic)},
            {piece: rarity(piece) for piece in set(_HAN_RUN.findall(topic))},
            words,
            expected_by(asked.text),
            asked.years,
        )


def _share(weights: dict[str, float], held: Callable[[str], bool]) -> float:
    total = sum(weights.values())
    return sum(weight for piece, weight in weights.items() if held(piece)) / total if total else 0.0


def read_passages(
    asked: Question,
    found: Sequence[Found],
    rarity: Rarity,
    similar: Similar | None = None,
    *,
    each: bool = False,
) -> tuple[Passage, ...]:
    """Return the sentences of the best items, best first; with `each` the best sentence of every item.

    Sentences with contact people or numbers are left out. Without `similar`, meaning counts nothing.
    """
    wordings = [_Sought.of(asked, rarity)]
    wordings += [_Sought.of(replace(asked, topic=topic), rarity) for topic in asked.variants]
    rated: list[Passage] = []
    for one in found if each else _few(found):
        behind = found[0].scored.score - one.scored.score
        of_item = -_WEIGHTS.of_item * behind + (_WEIGHTS.of_best_item if one is found[0] else 0.0)
        sentences_rated = _rated(wordings, one.stored, of_item)
        rated.extend(_best_alone(sentences_rated) if each else sentences_rated)
    rated.sort(key=lambda passage: -passage.score)
    best = rated[:_EMBEDDED]
    if similar is not None and best:
        alike = similar([passage.text[:_LONGEST_EMBEDDED] for passage in best])
        best = [_with_meaning(one, likeness) for one, likeness in zip(best, alike, strict=True)]
        best.sort(key=lambda passage: -passage.score)
    return tuple(best)


def _best_alone(rated: Iterable[Passage]) -> list[Passage]:
    return sorted(rated, key=lambda passage: -passage.score)[:1]


def _with_meaning(passage: Passage, likeness: float) -> Passage:
    return replace(passage, score=passage.score + _WEIGHTS.meaning * likeness, likeness=likeness)


def _few(found: Sequence[Found]) -> Iterator[Found]:
    """Yield so many items that reading them takes no longer than finding them."""
    read = 0
    for one in found[:_MOST_ITEMS]:
        yield one
        read += len(one.stored.item.content)
        if read > _MOST_CHARACTERS:
            return


def _rated(wordings: Sequence[_Sought], stored: StoredItem, of_item: float) -> Iterator[Passage]:
    item, years = stored.item, wordings[0].years
    heading = grams(" ".join((item.name or "", *item.heading_path)))
    for field in QUOTED_FIELDS:
        text = field_text(item, field)
        places = sentences(text)
        folded = [fold(text[start:end]) for start, end in places]
        paired = [grams(one) for one in folded]
        is_private = redact(text) != text
        for i, (start, end) in enumerate(places):
            span = Span(field, start, end)
            if is_private and redact(text[start:end]) != text[start:end]:
                continue
            if years and (told_year(stored, span) or stored.document.year) not in years:
                continue
            before = heading.union(*paired[max(0, i - 2) : i])
            after = paired[i + 1] if i + 1 < len(paired) else frozenset[str]()
            score, told = _best_rate(wordings, folded[i], paired[i], before, after)
            if i == 0:
                score += _WEIGHTS.opening
                score += _WEIGHTS.defining if Expected.DEFINITION in wordings[0].expected else 0.0
            yield Passage(stored, span, score + of_item, told)


def _best_rate(
    wordings: Sequence[_Sought],
    text: str,
    own: frozenset[str],
    before: frozenset[str],
    after: frozenset[str],
) -> tuple[float, float]:
    """Return score and share of the topic in its own words, or in others where they fit better."""
    rates = [_rate(sought, text, own, before, after) for sought in wordings]
    if len(rates) == 1:
        return rates[0]
    others = [(score - _REWORDED, _REWORDED_SHARE * told) for score, told in rates[1:]]
    return max(rates[0], *others)


def _rate(
    sought: _Sought, text: str, own: frozenset[str], before: frozenset[str], after: frozenset[str]
) -> tuple[float, float]:
    """Return the score of a sentence without its meaning, and the share of the question told here."""
    w = _WEIGHTS
    pairs = _share(sought.pairs, own.__contains__)
    with_before = _share(sought.pairs, (own | before).__contains__)
    with_after = _share(sought.pairs, (own | after).__contains__)
    characters = set(_HAN_RUN.findall(text))
    score = (
        w.pairs * pairs
        + w.pairs_squared * pairs * pairs
        + w.characters * _share(sought.characters, characters.__contains__)
        + w.words * _share(sought.words, text.__contains__)
        + w.before * (with_before - pairs)
        + w.after * (with_after - pairs)
    )
    if len(own - sought.pairs.keys()) < _FEW_NEW:
        score += w.nothing_new
    for expected, pattern, worth in _SIGNS:
        if expected in sought.expected and pattern.search(text):
            score += worth
    return score, _share(sought.pairs, (own | before | after).__contains__)


def chosen(passages: Sequence[Passage], most: int = _MOST_SENTENCES) -> tuple[Passage, ...]:
    """Return the passages to quote, item by item in reading order.

    That is the best, those nearly as good, the rest of a list that one of them begins, and a sentence
    that stands alone between two of them.
    """
    kept = [one for one in passages[:most] if one.score >= passages[0].score - _NEAR]
    order = {one.stored.id: place for place, one in reversed(list(enumerate(kept)))}
    spans: dict[tuple[int, Field], list[Passage]] = {}
    for one in kept:
        spans.setdefault((one.stored.id, one.span.field), []).append(one)
    quoted = [passage for group in spans.values() for passage in _with_neighbours(group)]
    return tuple(sorted(quoted, key=lambda one: (order[one.stored.id], one.span.field, one.span.start)))


def _with_neighbours(group: list[Passage]) -> Iterator[Passage]:
    """Yield the passages of one field with the lists they begin and the gaps of one sentence between them."""
    text = field_text(group[0].stored.item, group[0].span.field)
    places = sentences(text)
    by_place = {(one.span.start, one.span.end): one for one in group}
    wanted = {i for i, place in enumerate(places) if place in by_place}
    for i in sorted(wanted):
        wanted |= set(_list_from(text, places, i))
    wanted |= {i + 1 for i in wanted if i + 2 in wanted}
    for i in sorted(wanted):
        start, end = places[i]
        if (start, end) in by_place:
            yield by_place[start, end]
        elif redact(text[start:end]) == text[start:end]:
            yield replace(group[0], span=Span(group[0].span.field, start, end))


def _list_from(text: str, places: tuple[tuple[int, int], ...], i: int) -> Iterator[int]:
    """Yield the sentences after `i` that continue the list it introduces or belongs to."""
    said = text[slice(*places[i])]
    if not (_INTRODUCES.search(said) or _LISTED.match(said) or _GOES_ON.search(said)):
        return
    length = 0
    for j in range(i + 1, len(places)):
        previous, said = text[slice(*places[j - 1])], text[slice(*places[j])]
        if length >= _LONGEST_LIST or not (_LISTED.match(said) or _GOES_ON.search(previous)):
            return
        yield j
        length += len(said)
