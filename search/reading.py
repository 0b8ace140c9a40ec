"""Reading what was found for a question: which passages answer, and whether they answer at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.text import fold
from search.evidence import Found, Thresholds
from search.passages import Passage, Question, Similar, read_passages
from search.query import Understood
from search.rarity import Rarity
from search.texts import field_text
from search.thesaurus import reworded

# Passages that answer are more like the question than this, on the scale of the model.
_LIKENESS, _WORTH = 0.46, 0.67
_BEST = 4
_AROUND = 80  # characters before and after a passage that belong to what it says

_COUNTED = (
    "人次 场次 条次 期 次 场 辆 座 家 件 篇 条 户 套 所 处 亩 公里 平方米 平方公里 万千瓦 小时 工作日 分钟 天"
)
_ASKED_UNIT = re.compile(
    rf"(?:多少|(?<![哪第])几)(?P<unit>[万亿]?(?:{'|'.join(sorted(_COUNTED.split(), key=len, reverse=True))}))"
)
_NUMERAL = r"[\d零一二两三四五六七八九十百千万亿半余多]"
_ASKED_NAME = re.compile(
    r"(?P<name>[一-龥]{2}率|预算|经费|费用|成本|票价|房价|电价|水价|价格|工资|薪酬|奖金|编制)"
    r"(?:的?(?:目标|指标|标准))?[是为定要应]?(?:达?到)?(?:多少|多高|几|[？?。!！]*$)"
)
_SAME_NAMES = {"办结率": ("办复率",), "办复率": ("办结率",), "回复率": ("答复率",), "答复率": ("回复率",)}


@dataclass(frozen=True, slots=True)
class Read:
    """The passages of a question, best first, and how surely they are about it (`Thresholds.told`)."""

    passages: tuple[Passage, ...]
    sureness: float

    def answers(self, thresholds: Thresholds) -> bool:
        """Whether the passages may be quoted as an answer."""
        return bool(self.passages) and self.sureness >= thresholds.told


NOTHING_READ = Read((), 0.0)


def read(
    understood: Understood,
    found: Sequence[Found],
    rarity: Rarity,
    similar: Similar | None,
    topic: str | None = None,
    *,
    each: bool = False,
) -> Read:
    """Read the items found, best first, for the passages that answer.

    `topic` is what they should hold, where that is less than what was understood; with `each` the best
    sentence of every item is read, however many there are.
    """
    interpreted = understood.interpreted
    if not found or not understood.topic:
        return NOTHING_READ
    years = frozenset(interpreted.years) or None
    topic = topic or understood.topic
    asked = Question(interpreted.query, topic, years, reworded(topic))
    passages = read_passages(asked, found, rarity, similar, each=each)
    return Read(passages, sureness(passages))


def sureness(passages: Sequence[Passage]) -> float:
    """Return how surely passages are about the question: comparable from one question to the next."""
    told = max((one.told for one in passages[:_BEST]), default=0.0)
    compared = [one.likeness for one in passages if one.likeness is not None]
    return told + _WORTH * (max(compared) - _LIKENESS) if compared else told


def states_what_is_asked(question: str, passages: Sequence[Passage]) -> bool:
    """Whether passages hold the kind of figure that is asked for: 多少辆 a number of 辆, …率是多少 that rate.

    What is near the subject but states another figure, or none, is no answer.
    """
    asked = fold(question)
    said = fold("\n".join(map(_with_surroundings, passages[:_BEST])))
    units = [match["unit"].lstrip("万亿") for match in _ASKED_UNIT.finditer(asked)]
    if units and not any(re.search(rf"{_NUMERAL}\s*个?{re.escape(unit)}", said) for unit in units):
        return False
    names = [match["name"] for match in _ASKED_NAME.finditer(asked)]
    return not names or any(same in said for name in names for same in (name, *_SAME_NAMES.get(name, ())))


def _with_surroundings(passage: Passage) -> str:
    item, span = passage.stored.item, passage.span
    near = field_text(item, span.field)[max(0, span.start - _AROUND) : span.end + _AROUND]
    return "\n".join((item.name or "", *item.heading_path, near))
