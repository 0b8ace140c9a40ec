"""Which unit a query names, also by its usual abbreviations: 市府办, 办公厅, 发改委, 人社局.

An abbreviation is not listed anywhere: it is a word that ends like a unit's name, begins with the
first character of that name and keeps its characters in order (发改委 in 发展和改革委员会).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_LONGEST = 18
_REGION = re.compile(r"^(?:(?!市)[一-龥]{2,4}?[省市])?(?:市(?!场)|省|区|县|州)?")
# Endings of units and of their abbreviations, each with what must not follow (督办理, 局长, 委托).
_ENDINGS = re.compile(
    r"办公厅|办公室|委员会|中心|集团|公司|法院|检察院|人民政府(?!办|关于|令|文件|工作)"
    r"|局(?![长面限部势])|委(?![托派任员])|厅(?![长局])|办(?![理公件结复事好学法会案实成])"
)
_ALIKE = {"办公厅": "办", "办公室": "办", "委员会": "委"}
# Units that every city has; only used to say that a named unit is not in the catalog.
_USUAL_UNITS = """
发展和改革委员会 教育局 科学技术局 工业和信息化局 民族宗教事务局 公安局 民政局 司法局 财政局
人力资源和社会保障局 自然资源和规划局 国土资源局 生态环境局 环境保护局 住房和城乡建设局
交通运输局 水务局 水利局 农业农村局 海洋发展局 园林和林业局 商务局 文化和旅游局
卫生健康委员会 卫生局 退役军人事务局 应急管理局 审计局 市场监督管理局 体育局 统计局 医疗保障局
国有资产监督管理委员会 城市管理局 行政审批服务局 大数据发展管理局 地方金融监督管理局 信访局
税务局 气象局 人民防空办公室 机关事务服务中心 规划局 旅游局 安全生产监督管理局
食品药品监督管理局
"""
_USUAL = tuple(_USUAL_UNITS.split())


@dataclass(frozen=True, slots=True)
class UnitMention:
    """The units that the characters `start` to `end` of a query may stand for; `written` is that text."""

    units: tuple[str, ...]
    written: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def core(unit: str) -> str:
    """Return a unit's name without its region: 青岛市人民政府办公厅 → 政府办公厅."""
    plain = re.sub(r"\s", "", unit).replace("人民政府", "政府")
    return plain[_region_length(plain) :]


def _region_length(plain: str) -> int:
    match = _REGION.match(plain)
    length = match.end() if match else 0
    return length if len(plain) - length >= 2 else 0


def same_unit(one: str | None, other: str | None) -> bool:
    """Whether two written names are one unit; an unknown unit may be any."""
    return one is None or other is None or core(one) == core(other)


def _short_ending(name: str) -> str:
    for long, short in _ALIKE.items():
        if name.endswith(long):
            return name[: -len(long)] + short
    return name


def _in_order(short: str, long: str) -> bool:
    rest = iter(long)
    return all(character in rest for character in short)


def closeness(written: str, unit: str) -> int:
    """Return how surely `written` names `unit`: 3 the name, 2 its end, 1 an abbreviation, 0 not at all."""
    full = core(unit)
    best = 0
    plain = written.replace("人民政府", "政府")
    for candidate in {core(written), plain.removeprefix("市"), plain}:
        if candidate == full:
            return 3
        if candidate in {"办公厅", "办公室", "府办", "政府办"} and full in {"政府办公厅", "政府办公室"}:
            best = 2
        elif len(candidate) >= 3 and re.search(rf"[和与及]{re.escape(candidate)}$", full):
            best = max(best, 2)
        elif _is_abbreviation(candidate, full):
            best = max(best, 1)
    return best


def _is_abbreviation(candidate: str, full: str) -> bool:
    shortest = 2 if candidate.endswith("委") else 3
    if not shortest <= len(candidate) < len(full) or candidate[0] != full[0]:
        return False
    short, long = _short_ending(candidate), _short_ending(full)
    return short[-1] == long[-1] and _in_order(short, long)


def find_units(text: str, known: Iterable[str]) -> tuple[UnitMention, ...]:
    """Return the known units that `text` names, in order; one that fits several units names them all."""
    units = sorted(set(known))
    return _find(text, units)


def find_unknown_units(text: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return the units named in `text`, as written, that a city usually has but the catalog does not."""
    found = find_units(text, known)
    return tuple(
        mention.written
        for mention in _find(text, _USUAL)
        if not any(mention.start < other.end and other.start < mention.end for other in found)
    )


def _find(text: str, units: Iterable[str]) -> tuple[UnitMention, ...]:
    mentions: list[UnitMention] = []
    done = 0
    for ending in _ENDINGS.finditer(text):
        end = ending.end()
        found = _best_at(text[max(done, end - _LONGEST) : end], tuple(units))
        if found is None:
            continue
        names, length = found
        region = re.search(r"[省市区县]?(?:人民)?$", text[: end - length])
        start = region.start() if region else end - length
        mentions.append(UnitMention(names, text[start:end], start, end))
        done = end
    return tuple(mentions)


def _best_at(before: str, units: tuple[str, ...]) -> tuple[tuple[str, ...], int] | None:
    """Return the units that the end of `before` names most surely, and how many characters name them."""
    best, length = 0, 0
    names: tuple[str, ...] = ()
    last = _short_ending(before)[-1]
    units = tuple(unit for unit in units if _short_ending(core(unit))[-1:] == last)
    for size in range(2, len(before) + 1) if units else ():
        marks = {unit: closeness(before[-size:], unit) for unit in units}
        highest = max(marks.values(), default=0)
        if highest > best:
            best, length = highest, size
            names = tuple(unit for unit in units if marks[unit] == highest)
    return (names, length) if best else None
