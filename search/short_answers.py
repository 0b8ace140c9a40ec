"""The shortest stretch of a quoted sentence that answers: the date for 什么时候, the clause for 为什么.

Stretches that begin and end at marks, or behind 为, 是, 在 and their like, are rated by what they have of
what is asked for, by how much of the question stands before them and in them, and by their length. The
weights were fitted on half of the questions to policy documents and to an encyclopaedia; docs/evaluation.md
says how good the short answers are on the other half.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from corpus.text import fold
from search.expected import Expected, expected_by
from search.words import content, grams

_LONGEST = 400
_MOST_CLAUSES = 40
_MARK = re.compile(r"[，,、。；;：:！!？?\n“”‘’「」『』《》（）()\s]")
_LEADS = re.compile(
    r"(?:分别)?(?:是指|指的是|指|称为|称作|命名为|名为|改名为|叫做|叫|称|为了|为|是|在|于|到|至|由|被|向|从|给|有|达到|达|约|即|包括|通过|采取|采用|会|要|可|应|将|对|把|以|因|予以|给予|其中)"
)
_DATE = re.compile(
    r"(?:公元前?)?(?:\d{2,4}|[一二三四五六七八九十〇零]{2,4}|[一-龥]{2}[元一二三四五六七八九十]{1,3})年(?:底|初|末|代|间)?(?:\d{1,2}月(?:底|初|末|上旬|中旬|下旬)?(?:\d{1,2}[日号])?)?|\d{1,2}月\d{1,2}[日号]?|\d{1,2}月|\d{1,2}世纪"
)
_AMOUNT = re.compile(
    r"(?:约|近|超过|不超过|不少于|逾|至少|共|达)?[\d０-９][\d,，.．]*\s*[余多]?[%％‰万亿千百]*\s*[一-龥a-zA-Z°²³/]{0,3}|[一二两三四五六七八九十百千万亿]+[余多]?[一-龥]{1,2}"
)
_NAME = re.compile(r"《[^》]{1,40}》|“[^”]{1,40}”|「[^」]{1,40}」")
_PERSON = re.compile(r"(?<=由)[^，。；、]{2,16}?(?=[主负创发编担率领提设执指])")
_REASON = re.compile(r"由于|因为|因|为了|鉴于|原因|所以|因此")


# In the order of `_signs`: length alone and by kind of question, the question's words in it, before and after
# it, new words, where it begins and ends, its type, what it holds, what is left of the sentence behind it.
_WEIGHTS = (
    *(1.15, -0.11, 0.11, 0.55, 2.89, -8.16, 0.73, -7.43, 1.95),
    *(0.81, 2.27, 4.06, -2.39, 18.35, 8.33, 6.57, 11.4, 2.56),
    *(1.56, 0.96, 7.34, 0.07, 3.1, -2.16, 3.55, -1.09),
)
_EDGES = "，,、；;：: \n。"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A candidate: characters `start` to `end` of a sentence, and what made it one."""

    start: int
    end: int
    typed: Expected | None = None


def short_answer(question: str, sentence: str) -> str | None:
    """Return the stretch of `sentence` that answers `question` best; None where it has none."""
    expected, asked = expected_by(question), grams(content(question))
    rated = [
        (sum(w * sign for w, sign in zip(_WEIGHTS, _signs(sentence, one, asked, expected), strict=True)), one)
        for one in _stretches(sentence, expected)
    ]
    if not rated:
        return None
    _, best = max(rated, key=lambda pair: (pair[0], -pair[1].start))
    return sentence[best.start : best.end].strip(_EDGES) or None


def _stretches(sentence: str, expected: frozenset[Expected]) -> tuple[Stretch, ...]:
    """Return the candidates in a sentence, none twice, in order."""
    marks = [0, *(mark.end() for mark in _MARK.finditer(sentence)), len(sentence)]
    ends = sorted({mark.start() for mark in _MARK.finditer(sentence)} | {len(sentence)})
    starts = sorted(set(marks[:-1]) | {lead.end() for lead in _LEADS.finditer(sentence)})
    found: dict[tuple[int, int], Expected | None] = {}
    for pattern, kind in (
        (_DATE, Expected.DATE),
        (_AMOUNT, Expected.AMOUNT),
        (_NAME, Expected.NAME),
        (_PERSON, Expected.WHO),
    ):
        if kind in expected:
            for match in pattern.finditer(sentence):
                found.setdefault(match.span(), kind)
    for start in starts[:_MOST_CLAUSES]:
        for end in [end for end in ends if end > start][:8] + ends[-1:]:
            if 0 < end - start <= _LONGEST:
                found.setdefault((start, end), None)
    return tuple(Stretch(start, end, kind) for (start, end), kind in sorted(found.items()))


def _signs(
    sentence: str, stretch: Stretch, asked: frozenset[str], expected: frozenset[Expected]
) -> tuple[float, ...]:
    """Return the signs of a candidate, in the order of `_WEIGHTS`."""
    said = fold(sentence[stretch.start : stretch.end])
    before = fold(sentence[: stretch.start])
    own = grams(said)
    length = math.log(1 + len(said))
    size = len(asked) or 1
    inside, ahead = len(own & asked) / size, len(grams(before) & asked) / size
    whole = grams(sentence)
    after = len((whole - own - grams(before)) & asked) / size
    new = len(own - asked) / (len(own) or 1)
    at_end = stretch.end >= len(sentence.rstrip("。！？!?；; "))
    at_start = stretch.start == 0
    mark_before = at_start or bool(_MARK.match(sentence[stretch.start - 1]))
    short = bool(expected & {Expected.DATE, Expected.AMOUNT, Expected.WHO, Expected.PLACE})
    long = bool(expected & {Expected.REASON, Expected.MANNER, Expected.SEVERAL, Expected.DEFINITION})
    return (
        length,
        length * length,
        length * short,
        length * long,
        inside,
        inside * inside,
        ahead,
        after,
        new,
        float(at_end),
        float(at_start),
        float(at_start and at_end),
        float(mark_before),
        float(stretch.typed is Expected.DATE),
        float(stretch.typed is Expected.AMOUNT),
        float(stretch.typed is Expected.NAME),
        float(stretch.typed is Expected.WHO),
        float(at_end and long),
        float(Expected.REASON in expected and bool(_REASON.search(said))),
        float(Expected.SEVERAL in expected) * min(said.count("、"), 4),
        float(Expected.AMOUNT in expected and bool(re.search(r"\d", said))),
        float(Expected.DATE in expected and bool(_DATE.search(said))),
        float(len(sentence) - stretch.end) / (len(sentence) or 1),
        inside * short,
        at_start * float(Expected.DEFINITION in expected),
        math.log(1 + len(sentence)) - length,
    )
