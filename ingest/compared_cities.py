"""Cities that prose clearly compares with: 对标上海, 学习借鉴深圳经验, 以杭州为标杆, 比武汉市少2个工作日.

A city that is only mentioned (赴上海招商, 贯彻…考察上海重要讲话精神) is not compared with.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.cited_documents import Passage
from ingest.places import group_at, mention_at

_FILLING = r"(?:了|推广|吸收|运用|复制|国内|国外|国际|先进|城市|等|:|\s|“|\"|并|和|的){0,3}"
_NEVER_BEFORE_BI = "占对同环相可无评配正反之百"

# What stands before the list of cities; the group's name says what must stand behind it.
_CUE = re.compile(
    rf"(?P<aim>对标(?:学习|借鉴|对表|赶超|看齐|学)?|赶超|追赶|比肩|看齐|师从){_FILLING}"
    rf"|(?P<learn>学习借鉴|借鉴学习|学习|借鉴|复制推广|复制){_FILLING}"
    r"|(?P<motto>(?<![一-鿿])[学赶])"
    r"|(?P<towards>向)"
    r"|(?P<model>以|选取|选择|选定|确定|将|把)"
    rf"|(?P<than>(?<![{_NEVER_BEFORE_BI}])比|(?<![比计])较)"
    r"|(?P<beyond>高于|低于|优于|快于|慢于|多于|少于|领先于|落后于|仅次于|超过|赶上)"
    r"|(?P<beside>与|同|和)"
    r"|(?P<visit>赴|到)"
)
_BEHIND = {
    "aim": re.compile(r""),
    "learn": re.compile(r"[^,。;\n]{0,40}?(?:经验|做法|模式|理念|机制|成果|举措|改革|先进|样本)"),
    "motto": re.compile(r"[、,;。”\"]|\Z"),
    "towards": re.compile(r"[^,。;\n]{0,10}?(?:看齐|学习|对标|取经)"),
    "model": re.compile(r"[^,。;\n]{0,20}?(?:作为|为|列为|定为)(?:学习|对标|标杆|榜样|标尺|参照|样板|标兵)"),
    "than": re.compile(
        r"[^,。;\n]{0,16}?(?:高|低|多|少|快|慢|长|短|提前|缩短|领先|落后|减少|增加|节省|强|优|大|小)"
    ),
    "beyond": re.compile(r""),
    "beside": re.compile(r"[^,。;\n和、]{0,10}?(?:相比|比较|对比|相较|的差距|差距|持平)"),
    "visit": re.compile(r"[^,。;\n]{0,8}?(?:(?<!研修)学习(?!培训|研修|进修|深造|交流)|取经|对标)"),
}
_JOINER = re.compile(r"[”\"]?\s?(?:、|/|和|与|及|以及)\s?[“\"]?")
_ACHIEVED = re.compile(
    r"(?:等?(?:先进|发达)?(?:城市|地区|省市|省份|地|市)?的?)?(?P<value>[^,。;\n]{2,40}?(?:经验做法|经验|做法|模式|机制|举措|标准))"
)
_GENERIC = re.compile(
    r"(?:等|先进|成功|有益|好|好的|宝贵|改革|的|在|城市|地区|省市|地|试点|创新|国家|世界|国际|国内|发达|实践|\s)*(?:经验做法|经验|做法|模式|机制|举措|标准)\Z"
)
_CLAUSE_END = re.compile(r"[,。;!?\n]")
_SENTENCE_END = re.compile(r"[。;!?\n]")
_FARTHEST = 400
_MOST_CITIES = 30


@dataclass(frozen=True, slots=True)
class ComparedCity:
    """A city compared with in `start:end`; `value` is the span of what it achieved, where that is said.

    The sentence around it is `sentence_start:sentence_end`, with the next one where that goes on about it.
    """

    name: str
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    value: tuple[int, int] | None


def find_compared(passage: Passage, taken: Sequence[tuple[int, int]]) -> Iterator[ComparedCity]:
    """Yield the compared cities from left to right, leaving out the spans already `taken`."""
    starts = [start for start, _ in taken]
    position = 0
    for cue in _CUE.finditer(passage.folded):
        index = bisect_right(starts, cue.start()) - 1
        if cue.start() < position or (index >= 0 and cue.start() < taken[index][1]):
            continue
        names, after = _listed(passage.folded, cue.end())
        kind = cue.lastgroup or ""
        if not names:
            continue
        position = after
        if not _BEHIND[kind].match(passage.folded, after):
            continue
        yield from _compared(passage, cue, names, after)


def _listed(folded: str, position: int) -> tuple[list[str], int]:
    """Read the cities that begin at `position`, joined by 、 and 和; return them and where they end."""
    names: list[str] = []
    end = position
    while True:
        group = group_at(folded, position)
        mention = None if group else mention_at(folded, position)
        if group is not None:
            names.extend(place.name for place in group[0])
            end = group[1]
        elif mention is not None:
            names.append(mention.locality.name)
            end = mention.end
        else:
            return names, end
        joiner = _JOINER.match(folded, end)
        if joiner is None or len(names) > _MOST_CITIES:
            return names, end
        position = joiner.end()


def _compared(passage: Passage, cue: re.Match[str], names: list[str], after: int) -> Iterator[ComparedCity]:
    folded = passage.folded
    clause_end = _end(_CLAUSE_END, folded, after)
    sentence_end = _end(_SENTENCE_END, folded, clause_end)
    sentence_start = 1 + max(
        folded.rfind(mark, max(0, cue.start() - _FARTHEST), cue.start()) for mark in "。;!?\n"
    )
    sentence_start = max(sentence_start, cue.start() - _FARTHEST)
    value = None
    if cue.lastgroup in {"aim", "learn"}:
        value = _value(folded, after, clause_end)
    if value is None:
        value = _next_sentence(folded, sentence_end, names)
        sentence_end = value[1] if value else sentence_end
    if folded[clause_end - 1] == "”" and "“" not in folded[cue.start() : clause_end]:
        clause_end -= 1
    for name in dict.fromkeys(names):
        yield ComparedCity(name, cue.start(), clause_end, sentence_start, sentence_end, value)


def _value(folded: str, after: int, clause_end: int) -> tuple[int, int] | None:
    """Return the span of the experience or the practice that is learned from the cities."""
    achieved = _ACHIEVED.match(folded, after, clause_end)
    if achieved is None or _GENERIC.match(achieved["value"]):
        return None
    start, end = achieved.span("value")
    is_quoted = folded.count("“", start, end) > folded.count("”", start, end)
    return start, end + (is_quoted and folded.startswith("”", end))


def _next_sentence(folded: str, sentence_end: int, names: list[str]) -> tuple[int, int] | None:
    """Return the next sentence where it goes on about the one city that was named."""
    start = sentence_end + 1
    mention = mention_at(folded, start) if len(names) == 1 else None
    if mention is None or mention.locality.name != names[0]:
        return None
    end = _end(_SENTENCE_END, folded, mention.end)
    return start, end + folded.startswith("。", end)


def _end(mark: re.Pattern[str], folded: str, position: int) -> int:
    limit = min(len(folded), position + _FARTHEST)
    found = mark.search(folded, position, limit)
    return found.start() if found else limit
