"""Which unit a query names, also by its usual abbreviations and former names: 市府办, 发改委, 环保局.

Most abbreviations are not listed anywhere: such a one is a word that ends like a unit's name, begins with
the first character of that name and keeps its characters in order (发改委 in 发展和改革委员会).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from search.unit_names import UnitNames, default_unit_names

_LONGEST = 18
_LONGEST_WHOLE = 40  # with the region before it
_REGION_BEFORE = re.compile(r"[省市区县]?(?:人民)?$")
_REGION = re.compile(r"^(?:(?!市)[一-龥]{2,4}?[省市])?(?:市(?![场委])|省|区|县|州)?")
# Endings of units and of their abbreviations, each with what must not follow (督办理, 局长, 委托).
_ENDINGS = re.compile(
    r"办公厅|办公室|委员会|中心|集团|公司|法院|检察院|人民政府(?!办|关于|令|文件|工作)"
    r"|局(?![长面限部势])|委(?![托派任员])|厅(?![长局])|办(?![理公件结复事好学法会案实成])"
    r"|支队|联合会|总工会|合作社|研究室|组织部|宣传部"
)
_LISTED = 2
_ALIKE = {"办公厅": "办", "办公室": "办", "委员会": "委"}
_OFFICES = ("办公厅", "办公室", "政府办", "市府办", "区府办", "县府办", "市府办公厅")
_GOVERNMENT_OFFICES = ("政府办公厅", "政府办公室")
# Whose office is meant where one of these stands before 办公厅 or 发展改革委: not the city government's.
_OF_OTHERS = re.compile(r"(?:国家|国务院|中央|全国|[党省市区县州]委|人大(?:常委会)?|政协|[省市区县]纪委)$")
# A unit that nobody listed, named in full where a name may begin: 市图书馆管理局.
_STATED = re.compile(
    r"(?:^|(?<=[\s的和与及、,年度]))[市省区县](?!区)[一-龥]{2,10}?(?:委员会|办公室|办公厅"
    r"|(?<![格布结全大开当僵时困危政残邮书])局(?![长面限部势]))"
)


@dataclass(frozen=True, slots=True)
class UnitMention:
    """The units of the catalog that the characters `start` to `end` of a query may stand for.

    `written` is that text. `by_history` are those of them that were found by a former or later name.
    """

    units: tuple[str, ...]
    written: str
    start: int
    end: int
    by_history: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitReading:
    """The units a query names, and, as written, those that the catalog has no documents of."""

    mentions: tuple[UnitMention, ...]
    unknown: tuple[str, ...]


@lru_cache(maxsize=4096)
def core(unit: str) -> str:
    """Return a unit's name without its region: 青岛市人民政府办公厅 → 政府办公厅."""
    plain = _plain(unit)
    return plain[_region_length(plain) :]


def _plain(unit: str) -> str:
    return re.sub(r"\s", "", unit).replace("人民政府", "政府")


def _region_length(plain: str) -> int:
    match = _REGION.match(plain)
    length = match.end() if match else 0
    return length if len(plain) - length >= 2 else 0


def _level(unit: str) -> str:
    """Return 省, 市, 区, 县 or 州 as the name states it, else nothing."""
    plain = _plain(unit)
    return plain[: _region_length(plain)][-1:]


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


def _is_abbreviation(candidate: str, full: str) -> bool:
    shortest = 2 if candidate.endswith("委") else 3
    if not shortest <= len(candidate) < len(full) or candidate[0] != full[0]:
        return False
    short, long = _short_ending(candidate), _short_ending(full)
    return short[-1] == long[-1] and _in_order(short, long)


class _Book:
    """Units by all that may name them, so that a query is compared with few of them."""

    def __init__(self, units: tuple[str, ...], names: UnitNames) -> None:
        self.by_core: dict[str, list[str]] = {}
        self.by_tail: dict[str, list[str]] = {}
        self.by_ends: dict[str, list[str]] = {}
        for unit in units:
            full = core(unit)
            self.by_core.setdefault(full, []).append(unit)
            for joint in re.finditer(r"[和与及]", full):
                self.by_tail.setdefault(full[joint.end() :], []).append(unit)
            self.by_ends.setdefault(full[:1] + _short_ending(full)[-1:], []).append(unit)
        self.last = frozenset(ends[-1:] for ends in self.by_ends)
        self.called: dict[str, list[str]] = {}
        for name, shorts in names.called.items():
            for short in shorts:
                self.called.setdefault(short, []).extend(self.by_core.get(name, ()))
        offices = [unit for office in _GOVERNMENT_OFFICES for unit in self.by_core.get(office, ())]
        self.called.update({office: [*self.called.get(office, ()), *offices] for office in _OFFICES})

    def named(self, written: str) -> tuple[int, tuple[str, ...]]:
        """Return the units that `written` names most surely, and how surely.

        3: by its name, _LISTED: by its end or a listed short form, 1: by an abbreviation, 0: there is none.
        """
        plain = written.replace("人民政府", "政府")
        forms = {core(written), plain.removeprefix("市"), plain}
        if found := [unit for form in forms for unit in self.by_core.get(form, ())]:
            return 3, _sorted(found)
        found = [unit for form in forms for unit in self.called.get(form, ())]
        found += [unit for form in forms if len(form) > 2 for unit in self.by_tail.get(form, ())]
        if found:
            return _LISTED, _sorted(found)
        for form in forms:
            near = self.by_ends.get(form[:1] + _short_ending(form)[-1:], ())
            found += [unit for unit in near if _is_abbreviation(form, core(unit))]
        return (1, _sorted(found)) if found else (0, ())

    def find(self, text: str) -> Iterator[UnitMention]:
        """Yield what `text` names, from left to right."""
        done = 0
        for ending in _ENDINGS.finditer(text):
            end = ending.end()
            before = text[max(done, end - _LONGEST) : end]
            if _short_ending(before)[-1:] not in self.last:
                continue
            best, length = 0, 0
            names: tuple[str, ...] = ()
            for size in range(2, len(before) + 1):
                sureness, found = self.named(before[-size:])
                if sureness > best or (sureness == best == _LISTED and before[-size:] in self.called):
                    best, names, length = sureness, found, size
            start = end - length
            region = _REGION_BEFORE.search(text[max(0, start - 3) : start])
            start -= len(region.group()) if region else 0
            if best and (names := _fitting(text, start, end, names)):
                yield UnitMention(names, text[start:end], start, end)
                done = end


def _sorted(units: list[str]) -> tuple[str, ...]:
    return tuple(sorted(set(units)))


def _fitting(text: str, start: int, end: int, units: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of `units` whose region and level do not contradict what stands around the name."""
    if _OF_OTHERS.search(text[max(0, start - 6) : start]):
        return ()
    whole = _plain(text[max(0, end - _LONGEST_WHOLE) : end])
    if exact := tuple(unit for unit in units if whole.endswith(_plain(unit)) and _level(unit)):
        return exact
    level = _level(text[start:end])
    return tuple(unit for unit in units if not level or _level(unit) in {"", level})


@lru_cache(maxsize=16)
def _book(units: tuple[str, ...], names: UnitNames) -> _Book:
    return _Book(units, names)


def read_units(text: str, known: tuple[str, ...], names: UnitNames | None = None) -> UnitReading:
    """Read the units that `text` names; `known` are those of the catalog.

    A name that fits several units names them all, and a unit is also found under the names it had before
    or got later.
    """
    if not _ENDINGS.search(text):
        return UnitReading((), ())
    names = names or default_unit_names()
    mentions = list(_book(known, names).find(text))
    unknown: list[UnitMention] = []
    for mention in _book(names.usual, names).find(text):
        at = next((i for i, other in enumerate(mentions) if _overlap(mention, other)), None)
        before = mentions[at].units if at is not None else ()
        cores = {core(unit) for unit in before}
        others = tuple(one for one in _by_history(mention.units, known, names) if core(one) not in cores)
        others = _fitting(text, mention.start, mention.end, others)
        if at is not None and others:
            of = mentions[at]
            mentions[at] = UnitMention((*before, *others), of.written, of.start, of.end, others)
        elif others:
            mentions.append(UnitMention(others, mention.written, mention.start, mention.end, others))
        elif at is None:
            unknown.append(mention)
    taken = [*mentions, *unknown]
    for match in _STATED.finditer(text):
        stated = UnitMention((), match.group(), *match.span())
        if not any(_overlap(stated, other) for other in taken):
            unknown.append(stated)
    mentions.sort(key=lambda mention: mention.start)
    return UnitReading(tuple(mentions), tuple(mention.written for mention in unknown))


def units_named(name: str, known: tuple[str, ...], names: UnitNames | None = None) -> tuple[str, ...]:
    """Return the units of the catalog that an explicit `name` stands for; none where there is none."""
    if name in known:
        return (name,)
    names = names or default_unit_names()
    _, found = _book(known, names).named(name)
    if not found:
        found = _by_history(_book(names.usual, names).named(name)[1], known, names)
    level = _level(name)
    return tuple(unit for unit in found if not level or _level(unit) in {"", level})


def _by_history(usual: tuple[str, ...], known: tuple[str, ...], names: UnitNames) -> tuple[str, ...]:
    """Return the units of the catalog that did or do the work of the `usual` ones under another name."""
    by_core = _book(known, names).by_core
    found = {
        unit: None
        for name in usual
        for other in (name, *names.related(name))
        for unit in by_core.get(other, ())
    }
    return tuple(found)


def _overlap(one: UnitMention, other: UnitMention) -> bool:
    return one.start < other.end and other.start < one.end
