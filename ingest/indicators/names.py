"""Fourth stage: what a figure quantifies, as a drafter would name it.

The noun stands before the figure (公文办结率达到96%以上, 改造老旧小区704个), behind it (10件市办实事), or in
an earlier clause (报送经验做法，全年不少于80篇). Verbs and adverbs around it are cut off.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.indicators.scene import Scene, reversed_words
from ingest.indicators.words import ADVERBS, ENDS_NOUN, HEADS, INNER, TRAILING, VERBS

_LONGEST = 48
_KEPT = 30


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))


_LEADING_VERB = re.compile(rf"\s?(?>{_any(VERBS)})(?!{HEADS}|(?:{_any(VERBS)})率)")
_ADVERB = re.compile(
    rf"\s*(?:{_any(ADVERBS)}|再(?!生|就业|制造|融资|担保|保险|贷款)|全[市省区县](?![性域级])|其(?![他余])|和(?![谐平美睦])|与(?!会)|及(?![时格])|指(?![数标导挥])|即(?![将时期])|[0-9]{{1,2}}[.、](?![0-9])|(?:剔除|扣除)[^，。;]{{1,24}}?后"
    r"|[“\"]?(?:十[一二三四]?|[六七八九])五[”\"]?(?:期间|时期|末|以来)?|到?(?:20|19)?[0-9]{2}\s?年[底末度]?|\([^)]{1,6}\)、?)"
)
_ALONE = frozenset("高质量 高标准 高水平 高起点 高效 重点 集中 动态 精准 基本 直接 进度 工作".split())
_TRAILING = re.compile(rf"\s?(?:{reversed_words(TRAILING)})")
_INNER = re.compile(rf"(?>{_any(INNER)})(?!{HEADS})")
_NOUN = re.compile(
    r"(?:[0-9.]*[百千]?[万亿]元(?:以上|级)|[0-9]a级)?(?:(?<=[型性式类级])、(?=\w)|\([^)0-9]{1,8}\)(?=\w)"
    rf"|(?!{ENDS_NOUN})[^，。;:、!?,0-9\n\r\t|(]){{0,24}}"
)
_VERB = re.compile(rf"(?>{_any(VERBS)})(?!{HEADS})")
_ONLY_VERB = re.compile(_any(VERBS))
_LAST_VERB = re.compile(rf"(?:{reversed_words(word for word in VERBS if len(word) > 1)})")
_TITLES = re.compile(r"(?:《[^》]{1,40}》)+\Z")
_ETC = re.compile(r".*[》”a-z、\w]等(?!级|候)(?:[0-9一二三四五六七八九十]*(?:个|项|种|类))?(?=.{2})")
_COMPARED = re.compile(
    r"(?:较|比|与|同|高于|低于|快于|高出|好于|优于|领先|是|为|相当于)[“\"]?"
    r"(?:去年|上年|上一年|前年|往年|(?:19|20)[0-9]{2}年|十[一二三四五]?五|同期|[0-9一二三四五]年前|上届|改革前|原来|以往"
    r"|年初|基期|基准|目标|预期|计划|全国|国家|全?自治区|全省|省|地区|全市|全区)[^，。;:]{0,14}\Z"
)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}年")
_CLOSING = re.compile(r"[^(（]*[)）]")
_OPENING = re.compile(r"[(\[（][^)\]）]*\Z")


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun phrase and where it begins and ends in the text.

    `weak` says that it may be a mere verb, `verbal` that it ends in one (银行发行).
    """

    start: int
    end: int
    weak: bool = False
    verbal: bool = False

    def written(self, scene: Scene) -> str:
        """Return the phrase as the text writes it."""
        return scene.raw[self.start : self.end]


def noun_before(scene: Scene, start: int, end: int) -> Noun | None:
    """Return the noun phrase that stands at the end of `start:end`, None where only verbs and adverbs do."""
    text = scene.text
    start = max(start, end - _LONGEST)
    compared = _COMPARED.search(text, start, end)
    if compared is not None:
        end = compared.start()
    elif text.startswith(("比", "较"), end - 1) and _YEAR.match(text, end):
        end -= 1
    end = _without_trailing(scene, start, end)
    start = _after_inner(text, start, end)
    start = _without_leading(text, start, end)
    end = _without_trailing(scene, start, end)
    if end - start > _KEPT:
        start = _shortened(text, start, end)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end - start < 2 or text[start:end] in _ALONE:
        return None
    verb = _ONLY_VERB.fullmatch(text, start, end)
    last = scene.leftwards(_LAST_VERB, end)
    return Noun(start, end, weak=verb is not None, verbal=last is not None)


def noun_after(scene: Scene, position: int, *, verbs: bool = False) -> Noun | None:
    """Return the noun phrase that begins at `position` (after a 的), None where none does.

    `verbs` lets it begin with what may be a verb (检查 in 全覆盖检查).
    """
    text = scene.text
    if text.startswith("的", position):
        position += 1
    if not verbs and _VERB.match(text, position):
        return None
    match = _NOUN.match(text, position)
    if match is None or match.end() - position < 2:
        return None
    start, end = match.span()
    end = start + len(text[start:end].rstrip("、 "))
    last = text.rfind("的", start, end)
    if last > start and end - last > 2:
        start = last + 1
    return Noun(start, end)


def titles_before(scene: Scene, start: int, position: int) -> Noun | None:
    """Return the titles in 《》 that end at `position`: they belong to the noun behind the figure."""
    match = _TITLES.search(scene.text, max(start, position - 90), position)
    return Noun(match.start(), position) if match else None


def _without_trailing(scene: Scene, start: int, end: int) -> int:
    while end > start:
        match = scene.leftwards(_TRAILING, end)
        if match is None or end - (length := match.end() - match.start()) < start:
            break
        end -= length
    return end


def _without_leading(text: str, start: int, end: int) -> int:
    """Skip adverbs and verbs; a verb that is all there is stays (培训4次)."""
    while start < end:
        match = _ADVERB.match(text, start, end)
        if match is None:
            match = _LEADING_VERB.match(text, start, end)
            if match is None or match.end() > end - 2:
                break
        start = match.end()
    return start


def _after_inner(text: str, start: int, end: int) -> int:
    """Skip what governs the phrase: everything up to its last pure verb, its last 等, an open bracket."""
    opening = _OPENING.search(text, start, end)
    if opening is not None:
        start = opening.start() + 1
    closing = _CLOSING.match(text, start, end)
    if closing is not None:
        start = closing.end()
    for match in _INNER.finditer(text, start, end):
        if match.end() < end - 1:
            start = match.end()
    etc = _ETC.match(text, start, end)
    return etc.end() if etc and etc.end() < end - 1 else start


def _shortened(text: str, start: int, end: int) -> int:
    last = text.rfind("的", start, end - 2)
    return last + 1 if last > start else end - _KEPT
