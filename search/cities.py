"""Which cities a query asks about: by name, by the short name, or by their province.

A city that is only compared with (对标青岛), or that is a part of another name (青岛港, 食安青岛), is not
asked about.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

# Words after a city or before it that make it a part of another name: 青岛港, 食安青岛, 高效青岛.
_NAME_AFTER = re.compile(
    r"港|啤酒|路|湾|号|大学|学院|银行|机场|站|口岸|攻势|建设攻势|相比|经验|做法|速度|模式|标准"
)
_NAME_BEFORE = re.compile(
    r"(?:高效|平安|数字|食安|法治|美丽|健康|文明|智慧|信用|诚信|活力|幸福|生态|宜居|和谐"
    r"|对标|对照|学习|借鉴|标杆|标杆城市|对标城市|看齐|赶超|超过|超越|不如|落后于|(?<!相)比|与|跟|同|向)[：:为是]?$"
)
# A city that is held up to ours once is so in the whole query: 对标武汉，武汉的时限是多少.
_HELD_UP = re.compile(r"(?:对标|学习|借鉴|标杆|标杆城市|对标城市|看齐|赶超)[：:为是]?$")
_LOOK_BACK = 8
# A province named short (山东) is asked about only where nothing else is made of its name (山东半岛).
_PROVINCE_AFTER = re.compile(r"各市|各地|各城市|的|$|[\s，,、和与及]|\d{4}年|[今去前]年")
_DISTRICT = re.compile(r"^.+?(?:市|州|盟|地区)(?P<district>.+[区县市旗])$")


@dataclass(frozen=True, slots=True)
class CityMention:
    """The cities of the catalog that the characters `start` to `end` of a query stand for.

    None of them where the catalog has no document of what is named; `name` is its official name. `wide`
    says that a province was named and not a city.
    """

    name: str
    cities: tuple[str, ...]
    start: int
    end: int
    wide: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    cities: tuple[str, ...]
    wide: bool = False
    short: bool = False


@dataclass(frozen=True, slots=True)
class _Table:
    """All written names; `heads` gives for their first two characters the names, longest first.

    A decoy has the entry None.
    """

    entries: dict[str, _Entry | None]
    heads: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Places:
    provinces: dict[str, tuple[str, ...]]
    short_forms: dict[str, str]
    well_known: tuple[str, ...]
    decoys: tuple[str, ...]


@cache
def _places() -> _Places:
    table = tomllib.loads(resources.files("search").joinpath("places.toml").read_text(encoding="utf-8"))
    return _Places(
        {name: tuple(cities.split()) for name, cities in table["provinces"].items()},
        dict(table["short_forms"]),
        tuple(table["well_known"].split()),
        tuple(table["decoys"].split()),
    )


def find_cities(text: str, known: tuple[str, ...]) -> tuple[CityMention, ...]:
    """Return the places asked about in the folded `text`, in order; `known` are the cities of the catalog."""
    table = _table(known)
    found: list[CityMention] = []
    compared: set[str] = set()
    position = 0
    while position < len(text) - 1:
        written = next(
            (
                name
                for name in table.heads.get(text[position : position + 2], ())
                if text.startswith(name, position)
            ),
            None,
        )
        if written is None:
            position += 1
            continue
        entry = table.entries[written]
        start, position = position, position + len(written)
        if entry is None:
            continue
        if written.endswith("市") and text.startswith("场", position):  # 青岛市场
            position -= 1
            entry = table.entries.get(written[:-1])
        listed = found and found[-1].end == start - 1 and text[start - 1] in "与跟同"
        if entry is None:
            continue
        if _is_asked(text, start, position, entry, listed=bool(listed)):
            found.append(CityMention(entry.name, entry.cities, start, position, entry.wide))
        elif _HELD_UP.search(text[max(0, start - _LOOK_BACK) : start]):
            compared.add(entry.name)
    return tuple(one for one in found if one.name not in compared)


def city_named(name: str, known: tuple[str, ...]) -> str:
    """Return the city of the catalog that is meant by `name`; itself where there is none."""
    return next((city for city in known if city.removesuffix("市") == name.removesuffix("市")), name)


def _is_asked(text: str, start: int, end: int, entry: _Entry, *, listed: bool) -> bool:
    """Whether documents of the place are wanted; `listed` says that it stands beside another one."""
    if _NAME_AFTER.match(text, end):
        return False
    if not listed and _NAME_BEFORE.search(text[max(0, start - _LOOK_BACK) : start]):
        return False
    return not (entry.wide and entry.short) or _PROVINCE_AFTER.match(text, end) is not None


@lru_cache(maxsize=8)
def _table(known: tuple[str, ...]) -> _Table:
    """Return all names that a query may use where the catalog has documents of `known`."""
    places = _places()
    entries: dict[str, _Entry | None] = {}
    for city in known:
        entries[city] = _Entry(city, (city,))
        if len(city) > 2 and city.endswith("市"):
            entries.setdefault(city[:-1], _Entry(city, (city,), short=True))
        if (district := _DISTRICT.match(city)) is not None and len(district["district"]) > 2:
            entries.setdefault(district["district"], _Entry(city, (city,)))
    for province, cities in places.provinces.items():
        inside = tuple(city for city in known if city == province or city.removesuffix("市") in cities)
        for written in _ways_to_write(province, places):
            entries.setdefault(written, _Entry(province, inside, wide=True, short=written != province))
        for city in cities:
            entries.setdefault(f"{city}市", _Entry(f"{city}市", ()))
    for city in places.well_known:
        for written in (city, f"{city}市"):
            entries.setdefault(written, _Entry(f"{city}市", (), short=written == city))
    entries.update(dict.fromkeys(places.decoys))
    heads: dict[str, list[str]] = {}
    for name in entries:
        heads.setdefault(name[:2], []).append(name)
    return _Table(
        entries, {head: tuple(sorted(names, key=len, reverse=True)) for head, names in heads.items()}
    )


def _ways_to_write(province: str, places: _Places) -> tuple[str, ...]:
    shorts = tuple(short for short, name in places.short_forms.items() if name == province)
    return (province, *shorts) if shorts else (province, province.removesuffix("省"))
