"""What changed between two figures that are taken for one indicator, said in Chinese."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.model import Comparator, Status
from search.figures import Observed, amount, head_and_rest, units_agree
from search.observing import year_of
from search.texts import plain_name
from search.unit_names import default_unit_names
from search.units import core

_ON_TIME = re.compile(r"按期|按时|及时|期限内|限时")
_FORM = re.compile(
    r"地区|国内|全市|我市|本市|全区|市级|市政府|全年|年度|年内|力争|确保|实现|完成|组织|召开|协调|开展|举办|累计|达到?|总?数量?$|次数$|场次$"
)
_OPS = {
    Comparator.AT_LEAST: "不少于",
    Comparator.AT_MOST: "不超过",
    Comparator.ABOVE: "超过",
    Comparator.BELOW: "低于",
    Comparator.EQUAL: "定值",
    Comparator.ABOUT: "约数",
    Comparator.BETWEEN: "区间",
    Comparator.INCREASE: "增长",
    Comparator.DECREASE: "下降",
}


@dataclass(frozen=True, slots=True)
class Change:
    """How two figures of one indicator differ; `scope` says that they may not count the same things."""

    notes: tuple[str, ...]
    scope: bool


def change_between(old: Observed, new: Observed) -> Change:
    """Return what is different in scope, name, unit, wording and owner; values are not compared."""
    scope = _scope(old, new)
    told = any("改为“" in note for note in scope)
    notes = (*scope, *_name(old, new, told), *_unit(old, new), *_op(old, new), *_owner(old, new))
    return Change((*notes, *_gap(old, new)), bool(scope))


def _bare(observed: Observed) -> str:
    return re.sub(r"[\s“”\"《》]", "", plain_name(observed.indicator.name or ""))


def _scope(old: Observed, new: Observed) -> tuple[str, ...]:
    """Say where one name says more than the other of what is counted."""
    before, after = _bare(old), _bare(new)
    if not before or not after:
        return ()
    notes = []
    timely = bool(_ON_TIME.search(before)), bool(_ON_TIME.search(after))
    if timely[0] != timely[1]:
        notes.append("口径变化：不再限定“按期”" if timely[0] else "口径变化：改为限定“按期”")
    left, right = (_core_of(name) for name in (before, after))
    if left == right:
        return tuple(notes)
    kind = "范围收窄" if _holds(right, left) else "范围放宽" if _holds(left, right) else "范围可能不同"
    return (*notes, f"{kind}：“{before}”改为“{after}”")


def _core_of(name: str) -> str:
    """Return a name with its head in the usual word, without the words that only say how."""
    head, rest = head_and_rest(name)
    return _FORM.sub("", _ON_TIME.sub("", rest)) + head


def _holds(long: str, short: str) -> bool:
    """Whether `short` is `long` with characters left out."""
    rest = iter(long)
    return all(character in rest for character in short)


def _name(old: Observed, new: Observed, told: bool) -> tuple[str, ...]:
    before, after = _bare(old), _bare(new)
    if before == after or not before or not after or told:
        return ()
    return (f"原文由“{before}”改写为“{after}”",)


def _unit(old: Observed, new: Observed) -> tuple[str, ...]:
    before, after = amount(old.indicator).unit, amount(new.indicator).unit
    if before == after or not units_agree(before, after):
        return ()
    return (f"单位由“{before}”改为“{after}”，按同一单位比较",)


def _op(old: Observed, new: Observed) -> tuple[str, ...]:
    if old.indicator.status is not new.indicator.status or old.indicator.status is Status.ACHIEVED:
        return ()
    before, after = amount(old.indicator).op, amount(new.indicator).op
    return () if before is after else (f"表述由“{_OPS[before]}”改为“{_OPS[after]}”",)


def _owner(old: Observed, new: Observed) -> tuple[str, ...]:
    before, after = old.stored.document.unit, new.stored.document.unit
    if before is None or after is None or core(before) == core(after):
        return ()
    return (f"承诺单位由“{before}”变为“{after}”",)


def _gap(old: Observed, new: Observed) -> tuple[str, ...]:
    before, after = year_of(old), year_of(new)
    if before is None or after is None or after - before <= 1:
        return ()
    return (f"{before}年与{after}年之间没有找到数值",)


def succeeds(unit: str | None, other: str | None) -> bool:
    """Whether two units are one, or one took over the work of the other; an unknown unit may be any."""
    if unit is None or other is None or core(unit) == core(other):
        return True
    return core(other) in default_unit_names().related(core(unit))
