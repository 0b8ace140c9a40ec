"""Compare what the product reads from labelled sentences with what their labels say.

A sentence is read as the product reads it: within its item of its document, with the headings above it.
A found and a labelled indicator are paired when value and unit are equal and their places overlap; of the
pairs it is then asked whether the comparator and whether the name agree too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from corpus.errors import UnreadableFile
from corpus.model import Comparator, Indicator, TargetDocument, TargetItem
from corpus.text import fold
from ingest.evaluation.labels import LabelledIndicator, LabelledSentence
from ingest.indicators import find_indicators
from ingest.reading import read_file

ALIKE = 0.5
"""Names agree when one holds the other or their character pairs overlap at least this much (Dice)."""


class Level(StrEnum):
    """How much has to agree."""

    VALUE = "value+unit"
    COMPARATOR = "+comparator"
    NAME = "+name"


class Kind(StrEnum):
    """What sort of figure it is, decided in the same way for labels and for what was found."""

    PLAIN = "plain"
    BOUND = "bound"
    RELATIVE = "relative"
    RANGE = "range"
    APPROXIMATE = "approximate"
    NUMERAL = "numeral"
    SPECIAL = "special"


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one level or kind. A ratio with nothing to count is 0."""

    agreed: int = 0
    found: int = 0
    labelled: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that a label confirms."""
        return self.agreed / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the labels that were found."""
        return self.agreed / self.labelled if self.labelled else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.found + self.labelled
        return 2 * self.agreed / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Compared:
    """One sentence: the pairs that agree in value and unit, what was missed and what was found beside."""

    sentence: LabelledSentence
    pairs: tuple[tuple[LabelledIndicator, Indicator], ...]
    missed: tuple[LabelledIndicator, ...]
    spurious: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The scores over some sentences. `status` is the share of pairs whose promised/achieved agrees."""

    sentences: int
    levels: dict[Level, Score]
    kinds: dict[Kind, Score]
    status: float


def compare(sentences: Iterable[LabelledSentence]) -> tuple[Compared, ...]:
    """Read each sentence in its place and pair what is found with the labels."""
    return tuple(_compared(sentence) for sentence in sentences)


def report(compared: Sequence[Compared]) -> Report:
    """Sum up; every level counts the same found and labelled indicators."""
    pairs = [pair for one in compared for pair in one.pairs]
    found = len(pairs) + sum(len(one.spurious) for one in compared)
    labelled = len(pairs) + sum(len(one.missed) for one in compared)
    with_op = [pair for pair in pairs if pair[0].op is pair[1].op]
    with_name = [pair for pair in with_op if names_agree(pair[0].name, pair[1].name)]
    levels = {
        Level.VALUE: Score(len(pairs), found, labelled),
        Level.COMPARATOR: Score(len(with_op), found, labelled),
        Level.NAME: Score(len(with_name), found, labelled),
    }
    same = sum(label.status is indicator.status for label, indicator in pairs)
    return Report(len(compared), levels, _by_kind(compared), same / len(pairs) if pairs else 0.0)


def _by_kind(compared: Sequence[Compared]) -> dict[Kind, Score]:
    agreed: Counter[Kind] = Counter()
    found: Counter[Kind] = Counter()
    labelled: Counter[Kind] = Counter()
    for one in compared:
        for label, _ in one.pairs:
            kind = _kind_of_label(one.sentence, label)
            agreed[kind] += 1
            found[kind] += 1  # a pair counts once, under the kind of its label
            labelled[kind] += 1
        labelled.update(_kind_of_label(one.sentence, label) for label in one.missed)
        found.update(kind_of(i.op, i.high, i.text) for i in one.spurious)
    return {kind: Score(agreed[kind], found[kind], labelled[kind]) for kind in Kind}


def _kind_of_label(sentence: LabelledSentence, label: LabelledIndicator) -> Kind:
    return kind_of(label.op, label.high, sentence.text[label.figure[0] : label.figure[1]])


def kind_of(op: Comparator, high: float | None, written: str) -> Kind:
    """Return the kind of a figure, by its comparator and how it is written."""
    if op.is_change:
        return Kind.RELATIVE
    if high is not None or op is Comparator.BETWEEN:
        return Kind.RANGE
    if op is Comparator.ABOUT:
        return Kind.APPROXIMATE
    if not any(character.isdigit() and character.isascii() for character in fold(written)):
        numerals = any(character in "一二三四五六七八九十百千两双半" for character in written)
        return Kind.NUMERAL if numerals else Kind.SPECIAL
    return Kind.PLAIN if op is Comparator.EQUAL else Kind.BOUND


def names_agree(labelled: str | None, found: str | None) -> bool:
    """Return whether two names mean the same by the rule of `ALIKE`; none agrees with none."""
    if not labelled or not found:
        return (labelled or None) == (found or None)
    one, other = _plain(labelled), _plain(found)
    if one in other or other in one:
        return True
    pairs, others = _pairs(one), _pairs(other)
    total = sum(pairs.values()) + sum(others.values())
    return total > 0 and 2 * sum((pairs & others).values()) / total >= ALIKE


def _plain(name: str) -> str:
    return "".join(c for c in fold(name) if c.isalnum())


def _pairs(text: str) -> Counter[str]:
    return Counter(text[i : i + 2] for i in range(len(text) - 1))


def _compared(sentence: LabelledSentence) -> Compared:
    found = list(_found(sentence))
    pairs: list[tuple[LabelledIndicator, Indicator]] = []
    missed: list[LabelledIndicator] = []
    for label in sentence.indicators:
        fitting = [i for i, (place, indicator) in enumerate(found) if _agree(label, place, indicator)]
        if fitting:
            pairs.append((label, found.pop(fitting[0])[1]))
        else:
            missed.append(label)
    return Compared(sentence, tuple(pairs), tuple(missed), tuple(indicator for _, indicator in found))


def _agree(label: LabelledIndicator, place: tuple[int, int], indicator: Indicator) -> bool:
    return (
        abs(label.value - indicator.value) <= 1e-4 * max(1.0, abs(label.value))
        and (label.unit or None) == (indicator.unit or None)
        and place[0] < label.figure[1]
        and label.figure[0] < place[1]
    )


def _found(sentence: LabelledSentence) -> Iterable[tuple[tuple[int, int], Indicator]]:
    """Yield what the product finds within the sentence, with its place in the sentence."""
    body = sentence.text.strip()
    offset = sentence.text.index(body)
    plain, places = _without_stars(body)
    for document in _documents(sentence.path):
        for item in document.items:
            for written, positions in ((body, range(len(body) + 1)), (plain, places)):
                start = item.content.find(written)
                if start < 0:
                    continue
                for indicator in item.indicators:
                    span = indicator.span
                    low, high = max(span.start - start, 0), min(span.end - start, len(written))
                    if span.field == "content" and low < high:
                        yield (offset + positions[low], offset + positions[high]), indicator
                return
    alone = TargetItem(category=None, number=None, name=None, content=sentence.text)
    for indicator in find_indicators(alone, None):
        yield (indicator.span.start, indicator.span.end), indicator


def _without_stars(body: str) -> tuple[str, Sequence[int]]:
    """Return a sentence as layouts keep it, without marks of bold type, and where each character stood."""
    kept = [place for place, character in enumerate(body) if character != "*"]
    return "".join(body[place] for place in kept), [*kept, len(body)]


@lru_cache(maxsize=4)
def _documents(path: Path) -> tuple[TargetDocument, ...]:
    try:
        return read_file(path).documents
    except UnreadableFile:
        return ()
