"""Figures compared between a city and ours: 武汉22个工作日，我市减至20个工作日，比武汉市少2个工作日."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.model import Quantity
from corpus.text import fold
from ingest.indicators.figures import Figure, find_figures
from ingest.indicators.scene import Scene

_OURS = re.compile(r"我[市省区县局委办院]|本[市省区县]|全市")
_BEFORE_NOW = re.compile(r"此前|之前|原来|原先|原为|过去|改革前")
_CLAUSE = re.compile(r"(?:[^,，。;\n()]|(?<=[0-9]),(?=[0-9]{3}))+|[,，。;\n()]")
_FIGURE = re.compile(r"[0-9０-９〇零一二三四五六七八九十百千万亿两]")
_REACHED = re.compile(r"[至到为达]\s?\Z")
_GAP_WORD = re.compile(
    r"(?:少|多|高|低|快|慢|短|长|大|小|提前|缩短|减少|提高|压缩|领先|落后|增加|节省|节约)(?:出|了|于|近|约)?\s?\Z"
)
_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})年")
_STATED_AFTER = re.compile(r"比|较")


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a text states of both sides; `gap` is ours minus theirs, `stated_gap` what the text claims."""

    quantity: Quantity | None = None
    ours: Quantity | None = None
    gap: float | None = None
    stated_gap: float | None = None


@dataclass(frozen=True, slots=True)
class _Clause:
    """`theirs` is None where neither side is the subject; `gap` says that the clause states a difference."""

    start: int
    end: int
    theirs: bool | None
    gap: bool


def compare(
    text: str, their_names: tuple[str, ...], our_names: tuple[str, ...], *, is_theirs: bool = False
) -> Comparison:
    """Read the compared figures of `text`; both quantities are given only where both sides state one.

    The figures must count in one unit; what stands in brackets or was true before (此前) is not compared.
    `is_theirs` says that a sentence without a subject is about them, as in a 标杆值.
    """
    if not _FIGURE.search(text):
        return Comparison()
    scene = Scene.of(text)
    figures = [figure for figure in find_figures(scene) if _counts(scene.text, figure)]
    starts = [figure.start for figure in figures]
    theirs: list[Figure] = []
    ours: dict[str | None, Figure] = {}
    stated: Figure | None = None
    for clause in _clauses(scene.text, their_names, our_names, is_theirs):
        inside = figures[bisect_left(starts, clause.start) : bisect_left(starts, clause.end)]
        if clause.gap:
            stated = stated or next((f for f in inside if _is_gap(scene.text, f, clause)), None)
        elif clause.theirs is not None:
            inside.sort(
                key=lambda figure: (
                    _REACHED.search(scene.text[max(0, figure.start - 3) : figure.start]) is None
                )
            )
            for figure in inside:
                theirs += [figure] if clause.theirs else []
                if not clause.theirs:
                    ours.setdefault(figure.unit, figure)
    stated_gap = stated.value if stated else None
    one = next((figure for figure in theirs if figure.unit in ours), None)
    if one is None:
        return Comparison(stated_gap=stated_gap)
    other = ours[one.unit]
    gap = round(other.value - one.value, 6)
    return Comparison(_quantity(scene.text, one), _quantity(scene.text, other), gap, stated_gap)


def _counts(text: str, figure: Figure) -> bool:
    """Leave out years and bare numbers."""
    return figure.unit is not None and not _YEAR.match(text, figure.start)


def _clauses(
    text: str, their_names: tuple[str, ...], our_names: tuple[str, ...], is_theirs: bool
) -> Iterator[_Clause]:
    """Tell of each clause whose it is; a clause without a subject goes on with the one before it."""
    their_words = [fold(name) for name in their_names]
    our_words = [fold(name) for name in our_names]
    initial = True if is_theirs else None
    subject: bool | None = initial
    depth = 0
    for match in _CLAUSE.finditer(text):
        words = match[0]
        if words == "(":
            depth += 1
        elif words == ")":
            depth = max(0, depth - 1)
        elif words in "。;\n":
            subject = initial
        if depth or len(words) < 2:
            continue
        gap = _states_gap(words, their_words)
        if not gap:
            subject = _subject(words, their_words, our_words, subject)
        before = _BEFORE_NOW.search(words)
        yield _Clause(match.start(), match.end(), None if before else subject, gap)


def _states_gap(words: str, their_words: list[str]) -> bool:
    return any(
        words.startswith((name, "其", "该市", "对方"), match.end())
        for match in _STATED_AFTER.finditer(words)
        for name in their_words
    )


def _subject(words: str, theirs: list[str], ours: list[str], going_on: bool | None) -> bool | None:
    """Return True where they are the subject, False where we are: who is named first."""
    their_place = min((p for name in theirs if (p := words.find(name)) >= 0), default=None)
    found = [p for name in ours if (p := words.find(name)) >= 0]
    found += [match.start() for match in _OURS.finditer(words)]
    our_place = min(found, default=None)
    if their_place is None and our_place is None:
        return going_on
    return our_place is None or (their_place is not None and their_place < our_place)


def _is_gap(text: str, figure: Figure, clause: _Clause) -> bool:
    return bool(_GAP_WORD.search(text[max(clause.start, figure.start - 6) : figure.start]))


def _quantity(text: str, figure: Figure) -> Quantity:
    before = text[max(0, figure.start - 60) : figure.start]
    year = _YEAR.search(re.split(r"[,，。;\n]", before)[-1])
    return Quantity(figure.value, figure.unit, int(year[1]) if year else None)
