"""When two promised figures are the same indicator, and how a figure is said.

The rule, in order: the units must be of one kind (次 and 场 are, % and 件 are not); a relative figure
(增长 6 %) goes only with relative ones, unless it comes to an absolute bound; the head of the name
must agree (办结率 = 办复率, never 回复率); what stands before the head must share characters (公文 in
公文按期办结率 and 请示报告类公文办结率), or, where nothing is left there, the items must be alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from corpus.model import Comparator, DocumentKind, Indicator, Status
from corpus.stored import StoredItem
from search.texts import field_text, plain_name, whole_text
from search.words import grams, overlap

_UNIT_KINDS = (
    ("次", "场", "场次", "回"),
    ("件", "份"),
    ("条", "条次"),
    ("篇", "篇次"),
    ("人", "名"),
    ("家", "户"),
    ("个", "项", "处"),
    ("天", "日"),
    ("工作日", "个工作日"),
    ("百分点", "个百分点"),
)
_KIND_OF = {unit: kind[0] for kind in _UNIT_KINDS for unit in kind}
_HEADS_ALIKE = {
    "办复率": "办结率",
    "办理率": "办结率",
    "接听率": "接通率",
    "答复率": "回复率",
    "反馈率": "回复率",
    "增加值": "增加值",
    "GDP": "生产总值",
    "gdp": "生产总值",
}
SYNONYMS = {
    usual: tuple(written for written, one in _HEADS_ALIKE.items() if one == usual and written != usual)
    for usual in dict.fromkeys(_HEADS_ALIKE.values())
}
_COUNTING = re.compile(r"(?:数量|总数量|总数|总量|次数|场次|人数|件数|个数|目标值|目标)$")
_GENERIC = re.compile(r"(?<=[一-龥]{4})(?:项目|工作|活动)$")
# Words before a head that say how or by whom, not what.
_VAGUE = re.compile(
    r"全年|年度|年内|按期|按时|及时|平均|总体|综合|各类|各级|全市性?|我市|本市|市级|市政府|政府系统|力争|确保|实现|完成|组织|召开|协调|开展|举办"
)
_LEAD = re.compile(r"^(?:达到|达|为|是|：|:|，|,|\s|要|力争|确保|实现|保持在|在)+")
_TAIL = re.compile(r"^(?:以上|以内|以下|左右|之内|及以上)")
# Of two names that each have a word of one row, but none in common, the figures are not one indicator.
_OPPOSED = tuple(
    re.compile(words)
    for words in (
        "城镇|农村|农民",
        "出口|(?<!招商引)进口(?!出)",
        "第[一二三]产业|[一二三]产",
        "工业|农业|服务业|建筑业|制造业|旅游|海洋|数字经济|民营经济|新兴产业|高新技术|文化",
        "居民|企业|学生",
        "固定资产|房地产",
        "公路|铁路|高速|地铁|轨道|桥梁|农村路",
        "小学|中学|幼儿园|高中|高校|养老",
        "内资|外资",
        "空气|水质|森林|绿化|污水|垃圾|水域|海域",
        "公文|信访|初信初访|热线|提案|建议(?!书)|督查|审批|举报|信箱|短信|留言板",
        "养老保险|医疗保险|失业保险|工伤保险|生育保险",
        "二氧化硫|化学需氧量|氨氮|氮氧化物|细颗粒物|可吸入颗粒物|[pP][mM]2\\.5|[pP][mM]10",
    )
)
_EACH = re.compile(r"人均|户均|单位(?=生产总值|地区|工业)|每")
_NUMERAL = re.compile(r"[0-9０-９零〇一二两三四五六七八九十百千万亿]")
_NUMBER = re.compile(
    r"(?:不少于|不低于|不超过|不高于|至少|超过|突破|控制在|较[^，。；]{2,16}?)?(?:压减|减少|下降|降低|压缩|缩短|增长|提高|提升|提速|增加)?"
    r"(?:约)?[0-9０-９]"
)
SAME_ENOUGH = 0.45
_NAMES_ENOUGH = 0.5
_ITEMS_ENOUGH = 0.6
# A head of more characters names a whole indicator; what stands before it, but for a region, is a part of it.
_WHOLE = 3
_PART_OF_A_WHOLE = 0.2
_REGIONS = re.compile(r"地区|国内|全市|全区|全省|区域|全社会|初步统计")


@dataclass(frozen=True, slots=True)
class Observed:
    """An indicator together with the item it stands in."""

    stored: StoredItem
    indicator: Indicator


def promised_figures(items: Iterable[StoredItem]) -> tuple[Observed, ...]:
    """Return the promised figures of `items`, in their order; what was achieved before is not a promise."""
    return tuple(
        Observed(stored, indicator)
        for stored in items
        for indicator in stored.item.indicators
        if indicator.status is Status.PROMISED
    )


@dataclass(frozen=True, slots=True)
class Amount:
    """What an indicator comes to: an absolute value where one follows, else the relative change."""

    op: Comparator
    value: float
    unit: str | None
    relative: bool


def amount(indicator: Indicator) -> Amount:
    """Return the value that may be compared with other years'."""
    if indicator.op.is_change and indicator.bound is not None:
        return Amount(indicator.bound.op, indicator.bound.value, indicator.bound.unit, relative=False)
    return Amount(indicator.op, indicator.value, indicator.unit, indicator.op.is_change)


def units_agree(one: str | None, other: str | None) -> bool:
    """Whether figures in these units can be put side by side; an unknown unit agrees with itself only."""
    if one is None or other is None:
        return one is other
    return _KIND_OF.get(one, one) == _KIND_OF.get(other, other)


@lru_cache(maxsize=4096)
def head_and_rest(name: str) -> tuple[str, str]:
    """Split a name into its head noun, synonyms made one, and what stands before it."""
    plain = plain_name(re.sub(r"[\s“”\"《》]", "", name))
    plain = _COUNTING.sub("", plain) or plain
    plain = _GENERIC.sub("", plain)
    for written, usual in _HEADS_ALIKE.items():
        if plain.endswith(written):
            return usual, plain[: -len(written)]
    size = 3 if plain.endswith("率") else 4 if plain.endswith("生产总值") else 2
    return plain[-size:], plain[:-size]


def names_alike(one: str | None, other: str | None) -> float:
    """Return how surely two names mean one indicator: 0 no, about 0.5 cannot be told, 1 yes."""
    if not one or not other:
        return _NAMES_ENOUGH if one is other else 0.0
    if one == other:
        return 1.0 if is_telling(one) else _NAMES_ENOUGH
    head, rest = head_and_rest(one)
    other_head, other_rest = head_and_rest(other)
    if head != other_head:
        return 0.0
    rest, other_rest = _VAGUE.sub("", rest), _VAGUE.sub("", other_rest)
    if len(head) > _WHOLE:
        rest, other_rest = _REGIONS.sub("", rest), _REGIONS.sub("", other_rest)
        if bool(rest) != bool(other_rest):
            return _PART_OF_A_WHOLE  # 海洋生产总值 and 人均生产总值 are not 生产总值
    if not rest or not other_rest:
        return 0.75 if rest == other_rest and not head.endswith("率") else _NAMES_ENOUGH
    if opposed(rest, other_rest):
        return 0.0
    if len(rest) == 1 or len(other_rest) == 1:
        return 1.0 if rest in other_rest or other_rest in rest else 0.0
    return overlap(rest, other_rest)


def is_part_of(whole: str, name: str) -> bool:
    """Whether `name` is a part of what `whole` names: 海洋生产总值 and 人均生产总值 of 生产总值."""
    return names_alike(whole, name) == _PART_OF_A_WHOLE


def opposed(rest: str, other: str) -> bool:
    """Whether two names speak of different things in like words: 城镇居民 and 农村居民, 进口 and 出口."""
    if bool(_EACH.search(rest)) != bool(_EACH.search(other)):
        return True
    for pattern in _OPPOSED:
        left, right = set(pattern.findall(rest)), set(pattern.findall(other))
        if left and right and not left & right:
            return True
    parts = rest.split("占")[0], other.split("占")[0]
    return "占" in rest and "占" in other and all(parts) and overlap(*parts) < _NAMES_ENOUGH


def is_telling(name: str) -> bool:
    """Whether a name says what is counted, and not only that something is (培训, 办结率)."""
    head, rest = head_and_rest(name)
    return bool(_VAGUE.sub("", rest)) or len(head) > 3


def items_alike(one: StoredItem, other: StoredItem) -> float:
    """Return how much two items speak of the same: shared character pairs, names counting most."""
    left, right = one.item.name or "", other.item.name or ""
    names = overlap(left, right) if left and right else 0.0
    texts = (grams(whole_text(one)), grams(whole_text(other)))
    smaller = min(len(texts[0]), len(texts[1]))
    shared = len(texts[0] & texts[1]) / smaller if smaller else 0.0
    return max(names, min(1.0, 1.5 * shared))


def sameness(
    one: Observed, other: Observed, alike: Callable[[StoredItem, StoredItem], float] = items_alike
) -> float:
    """Return how surely two figures are one indicator; at least `SAME_ENOUGH` links them.

    `alike` compares the items, for who compares the same ones often.
    """
    left, right = amount(one.indicator), amount(other.indicator)
    if left.relative != right.relative or not units_agree(left.unit, right.unit):
        return 0.0
    names = names_alike(one.indicator.name, other.indicator.name)
    if names < _NAMES_ENOUGH:
        return 0.0
    likeness = alike(one.stored, other.stored)
    if names == _NAMES_ENOUGH and likeness < _ITEMS_ENOUGH and _is_prose(one, other):
        return 0.0  # a paragraph says 办结率 of many things
    return 0.6 * names + 0.4 * likeness


def _is_prose(one: Observed, other: Observed) -> bool:
    return DocumentKind.REPORT in {one.stored.document.kind, other.stored.document.kind}


def common_name(names: list[str]) -> str:
    """Return what a series is called: the shortest telling name where the others contain it, else the last.

    公文按期办结率 and 请示报告类公文办结率 are both 公文办结率.
    """
    if len(set(names)) == 1:
        return names[-1]
    split = [head_and_rest(name) for name in names]
    rests = [_VAGUE.sub("", rest) for _, rest in split]
    shortest = min(rests, key=len)
    if shortest and all(shortest in rest for rest in rests) and len({head for head, _ in split}) == 1:
        return shortest + split[-1][0]
    return names[-1]


def figure_words(observed: Observed) -> str:
    """Return the figure as the source writes it: 96%以上, 不少于60条次, 较上年度（180件）压减10%."""
    indicator = observed.indicator
    text = indicator.text
    field = field_text(observed.stored.item, indicator.span.field)
    if tail := _TAIL.match(field[indicator.span.end :]):
        text += tail.group()
    name = indicator.name or ""
    position = text.rfind(name) if name else -1
    rest = text[position + len(name) :] if position >= 0 else text
    rest = _LEAD.sub("", rest)
    if position < 0 and (number := _NUMBER.search(rest)):
        return rest[number.start() :]
    return rest if _NUMERAL.search(rest) else text
