"""A question while it is answered: what kind of answer it wants, about what, from which items."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from search.evidence import Found, Subject, Thresholds, is_evidence, reweigh
from search.query import Understood
from search.questions import Kind, kind_of
from search.units import core
from search.words import has_content

# Words that belong to the asking in questions of one kind, and to the subject in others.
_BASIS_WORDS = "文件 文号 依据文件 法律 法规 法律法规 政策 规定 名称 来源 根据"
_BENCHMARK_WORDS = "学习 先进 先进城市 经验 做法 标杆 对标 看齐 借鉴 赶超 情况 城市"
_RESPONSIBLE_WORDS = "部门 单位 牵头 责任 负责 处室 科室 承办 主管 落实"
_CITY_WORDS = """
城市 提出 公布 报告 写过 写到 做到 承诺 最高 最低 最多 最少 最快 第一 领先 达到 一年 政府工作报告 提到 压到
"""
_ADVICE_WORDS = "合适 合理 恰当 适宜 妥当 建议 比较 明年 今年 下一年 定为"
# Words that ask for all there is, whatever is asked about.
_ALL = frozenset("一共 总共 共有 都有 全部 合计".split())
_ASKING = {
    Kind.CITIES: frozenset(_CITY_WORDS.split()),
    Kind.ADVICE: frozenset(_ADVICE_WORDS.split()),
    Kind.BASIS: frozenset(_BASIS_WORDS.split()),
    Kind.BENCHMARK: frozenset(_BENCHMARK_WORDS.split()),
    Kind.RESPONSIBLE: frozenset(_RESPONSIBLE_WORDS.split()),
}
# What only asks in a question for who does it or for cities; sentences that answer need not hold it.
_WHO = (
    r"(?:(?:是|由|归|要|该)?(?:哪[一-龥]{0,4}?(?:单位|部门|[局委办])|谁)"
    r"|(?:责任|牵头|承办|主管|负责|配合)(?:单位|部门|处室|科室))"
)
_ASKS = {
    Kind.RESPONSIBLE: re.compile(
        rf"[，,、]?(?:分别|都)?{_WHO}(?:来|在|共同|一起|都)?(?:是|有)?(?:负责|牵头|承担|承办|主管|管|落实)?的?(?:是|有)?(?:哪些|哪几个|谁)?"
        r"|的?(?:牵头|负责|承办|主管)(?:的)?(?:是|有)?(?:哪[一-龥]{0,3}|谁)?(?=[，,？?。]|$)"
    ),
    Kind.CITIES: re.compile(
        r"哪(?:些|几个|几座|个|座)(?:城市|市)(?:的)?(?:政府)?(?:工作)?(?:报告|目标)?(?:里|中)?(?:写过|写到|写明|提出过?|公布过?|提到过?|承诺过?|做到了?|有|把|要)?"
        r"|的?城市(?:有|是)?哪(?:些|几个)|(?:其他|别的|兄弟|各(?:个|地)?)城市(?:的)?|[，,]?(?:最[高低多少快]的?|第一)(?:是|的)?(?:谁|哪[一-龥]{0,3}|多少)?(?:、多少)?"
    ),
}
_HOLDS_UP = re.compile(r"对标|标杆|学习|看齐|借鉴|赶超|做法|经验")
_CLEARLY_MORE = 0.15
_MAY_NAME_A_CITY = frozenset({Kind.BENCHMARK, Kind.FIGURE, Kind.AIM, Kind.CHANGE, Kind.LIST, Kind.TEXT})


@dataclass(frozen=True, slots=True)
class Inquiry:
    """`found` are the items that may answer, best first; `cities` are benchmark cities that it names."""

    understood: Understood
    kind: Kind
    subject: Subject
    found: tuple[Found, ...]
    thresholds: Thresholds
    cities: tuple[str, ...] = ()

    @property
    def question(self) -> str:
        """The question as it was typed."""
        return self.understood.interpreted.query

    @property
    def topic(self) -> str:
        """What sentences that answer should hold: the question without its filters and what only asks."""
        topic = self.understood.topic
        asks = _ASKS.get(self.kind)
        left = asks.sub("", topic).strip(" ，,、？?") if asks else ""
        return left if has_content(left) else topic

    @property
    def evident(self) -> tuple[Found, ...]:
        """The items that can be said to answer anything of it."""
        return tuple(one for one in self.found if is_evidence(one, self.thresholds))


def inquire(
    understood: Understood, subject: Subject, found: tuple[Found, ...], thresholds: Thresholds
) -> Inquiry:
    """Read a question; items that do not concern a named unit without documents are left out."""
    kind = kind_of(understood.interpreted.query)
    kept = _of_named_units(understood, found)
    return _about(Inquiry(understood, kind, subject, kept, thresholds), _ALL | _ASKING.get(kind, frozenset()))


def about_named_cities(inquiry: Inquiry, compared: Callable[[], tuple[Found, ...]]) -> Inquiry | None:
    """Read a question that names a benchmark city as one about that city; None where it names none.

    `compared` are the items that name benchmarks, whatever city their document is of. A city that has
    documents of its own is only meant so where a benchmark holds all of the subject and those hold less.
    """
    if inquiry.kind not in _MAY_NAME_A_CITY:
        return None
    own = frozenset(inquiry.understood.interpreted.cities)
    items = compared() if own or _HOLDS_UP.search(inquiry.question) else inquiry.found
    cities = {b.city for one in items for b in one.stored.item.benchmarks}
    named = tuple(city for city in sorted(cities) if _short(city) in inquiry.question)
    if not named:
        return None
    words = {name for city in named for name in (city, _short(city))} | _ASKING[Kind.BENCHMARK]
    about = _about(replace(inquiry, found=items, kind=Kind.BENCHMARK, cities=named), frozenset(words))
    if own.intersection(named):
        best = max((one.held for one in about.found if _names(one, named)), default=0.0)
        least = max(
            inquiry.thresholds.subject, _CLEARLY_MORE + max((o.held for o in inquiry.found), default=0.0)
        )
        return about if best >= least else None
    return about


def _names(found: Found, cities: tuple[str, ...]) -> bool:
    return any(one.city in cities for one in found.stored.item.benchmarks)


def _short(city: str) -> str:
    return city[:-1] if len(city) > 2 and city[-1] in "市省县区" else city


def _about(inquiry: Inquiry, asking: frozenset[str]) -> Inquiry:
    """Take words that only ask out of the subject, and weigh the items anew."""
    subject = inquiry.subject.without(asking)
    if subject == inquiry.subject:
        return inquiry
    found = tuple(reweigh(subject, one) for one in inquiry.found)
    return replace(inquiry, subject=subject, found=found)


def _of_named_units(understood: Understood, found: tuple[Found, ...]) -> tuple[Found, ...]:
    """Keep what concerns a named unit that has no document of its own (it may be responsible for items)."""
    if not understood.unknown_units:
        return found
    names = [core(name) for name in understood.unknown_units]
    return tuple(one for one in found if any(name in _concerned(one) for name in names))


def _concerned(found: Found) -> str:
    item = found.stored.item
    return item.content + "".join(item.responsible_units)
