"""Whose targets, of which year and city: each value with the place it was taken from, most trusted first.

The order is `Origin`'s: the user, the manifest, the title, a header line, the file's name, a folder, the
content. What only follows from the content is marked as inferred; where nothing is clear, the value stays
unknown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Final, TypeVar

from corpus.model import DocumentKind, Origin
from corpus.text import fold
from ingest.layouts.plausible import chinese_serial
from ingest.manifest import Entry
from ingest.places import Level, find_places, place_named
from ingest.years import (
    arabic_years,
    inferred_year,
    stated_year,
    year_in_name,
    year_of_folder,
    year_of_report,
)


@dataclass(frozen=True, slots=True)
class Hints:
    """What the user says of a file; it overrules everything."""

    unit: str | None = None
    year: int | None = None
    city: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that a document's unit, year and city can be told from.

    `folders` are nearest first. `contents` are the texts of the rows, benchmark cells left out: they
    name other cities and other years.
    """

    kind: DocumentKind
    title: str | None
    header: tuple[str, ...]
    file_name: str
    folders: tuple[str, ...]
    contents: tuple[str, ...]
    bases: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    sheet: str | None = None
    column_unit: str | None = None
    column_year: int | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """Unit, year and city, each with where it came from; the origin is `None` exactly where the value is."""

    unit: str | None = None
    unit_origin: Origin | None = None
    year: int | None = None
    year_origin: Origin | None = None
    city: str | None = None
    city_origin: Origin | None = None


_UNIT_LABEL: Final = re.compile(
    r"(?:填报|责任|承担|被考核|编制|申报)?(?:单位|部门)(?:名称)?(?:\(盖章\))?(?:\s*[::]\s*|\t)(?P<unit>[^:\s,;。|]{2,30}?)(?=\s|$|[,;。|]|\()"
)
_UNIT_END: Final = (
    r"办公厅|办公室|委员会|人民政府|管委会|管理局|公安局|分局|总队|支队|研究院|联合会|总工会|检察院|法院|政府办|档案馆"
    r"|集团|公司|中心|大学|学院|医院|协会|局|委|厅|部|院|处|区|县|镇|街道|市政府"
)
_UNIT_AT_START: Final = re.compile(
    rf"^(?:关于)?(?:印发)?《?(?P<unit>[\u4e00-\u9fff]{{1,20}}?(?:{_UNIT_END}))(?=\(?\d{{4}}|关于|目标|业务|工作|重点|年度|绩效|任务|$)"
)
_UNIT_AFTER_YEAR: Final = re.compile(
    rf"\d{{4}}年(?:度)?(?P<unit>[\u4e00-\u9fff]{{1,20}}?(?:{_UNIT_END}))(?=目标|业务|工作|重点|绩效|任务|年度|考核|$)"
)
_NOT_A_UNIT: Final = re.compile(
    r"单位|各部门|有关|全市|我市|本市|^(?:市直|市级|全|各|该|本|年度|重点|主要|工作|目标|责任|落实|推进|印发)|政务公开$|建设部$|全部$|内部$|外部$|一部$|处$(?<!秘书处)(?<!办事处)"
)
_PLAN_OF_UNIT: Final = re.compile(
    rf"(?P<unit>[\u4e00-\u9fff]{{1,14}}?(?:{_UNIT_END}))\d{{4}}年(?:度)?(?:工作要点|工作计划)"
)
_SESSION: Final = re.compile(
    r"(?P<year>(?:19|20)\d{2})\s*年\s*(?P<month>\d{1,2}|[一二三四五六七八九十]{1,3})\s*月.{1,5}日"
    r"(?=.{0,60}(?:会议|大会|人大))"
)
_DATE: Final = re.compile(r"(?P<year>(?:19|20)\d{2})\s*年\s*(?P<month>\d{1,2})\s*月\s*\d{1,2}\s*日")
_GOVERNMENT_OF: Final = re.compile(
    r"(?:^|关于|[^\u4e00-\u5e73\u5e75-\u9fff])(?P<place>[\u4e00-\u5e73\u5e75-\u9fff]{1,10}?(?:市|区|县|旗|州|省|盟))(?:人民)?政府(?:\d{4}年)?(?:度)?[(《]?(?:政府)?工作报告"
)
_YEAR_LABEL: Final = re.compile(r"(?:年度|年份)\s*(?::\s*|\t)((?:19|20)\d{2})(?!\d)")
_LATE_MONTH: Final = 11
_LONGEST_HEADER_LINE: Final = 60
_GOVERNMENT: Final = "人民政府"
_T = TypeVar("_T")


def identify(evidence: Evidence, hints: Hints, stated: Entry) -> Identity:
    """Return the unit, year and city of a document."""
    units = ((hints.unit, Origin.USER), (stated.unit, Origin.MANIFEST))
    unit, unit_origin = _first(chain(units, _units(evidence)))
    years = ((hints.year, Origin.USER), (stated.year, Origin.MANIFEST))
    year, year_origin = _first(chain(years, _years(evidence)))
    cities = ((hints.city, Origin.USER), (stated.city, Origin.MANIFEST))
    city, city_origin = _first(chain(cities, _cities(evidence)))
    if unit is None and city is not None and evidence.kind is DocumentKind.REPORT:
        unit, unit_origin = city + _GOVERNMENT, city_origin
    return Identity(unit, unit_origin, year, year_origin, city, city_origin)


def _first(candidates: Iterable[tuple[_T | None, Origin]]) -> tuple[_T | None, Origin | None]:
    """Return the first known value; what comes after it is never worked out."""
    return next(((value, origin) for value, origin in candidates if value is not None), (None, None))


def _units(evidence: Evidence) -> Iterable[tuple[str | None, Origin]]:
    yield evidence.column_unit, Origin.HEADER
    if evidence.kind is DocumentKind.REPORT:
        yield _government_of(evidence.title or ""), Origin.TITLE
    else:
        yield _unit_of_title(evidence.title or ""), Origin.TITLE
    yield unit_stated(None, evidence.header, evidence.sheet), Origin.HEADER
    yield _unit_of_title(evidence.file_name), Origin.FILE_NAME
    for folder in evidence.folders:
        yield _unit_of_folder(folder), Origin.FOLDER
    yield _unit_of_bases(evidence.bases), Origin.CONTENT


def _government_of(title: str) -> str | None:
    """Return the government whose report a title announces, written in full."""
    found = _GOVERNMENT_OF.search("".join(fold(title).split()))
    return found.group("place") + _GOVERNMENT if found is not None else None


def unit_stated(title: str | None, header: Iterable[str], sheet: str | None) -> str | None:
    """Return the unit that a title, the lines above the rows or the sheet's name state."""
    return _unit_of_title(title or "") or _unit_of_header(header) or _unit_of_title(sheet or "")


def year_stated(title: str | None, header: Iterable[str], sheet: str | None) -> int | None:
    """Return the year that a title, the lines above the rows or the sheet's name state."""
    stated = (
        session_year(title or ""),
        stated_year(title or ""),
        *(_year_of_header(line) for line in header),
        year_in_name(sheet or ""),
    )
    return next((year for year in stated if year is not None), None)


def _unit_of_title(title: str) -> str | None:
    """Return the unit at the start of a title (市教育局2015年工作目标) or after its year."""
    bare = re.sub(r"[\s_\-—]+", "", fold(title))
    for pattern in (_UNIT_AT_START, _UNIT_AFTER_YEAR):
        found = pattern.search(bare)
        if found is not None and not _NOT_A_UNIT.search(found.group("unit")):
            return found.group("unit")
    return None


def _unit_of_header(lines: Iterable[str]) -> str | None:
    for line in lines:
        found = _UNIT_LABEL.search(fold(line))
        if found is not None:
            return line[found.start("unit") : found.end("unit")].strip()
    return None


def _unit_of_folder(folder: str) -> str | None:
    bare = re.sub(r"^\d{4}年?(?:度)?", "", fold(folder).strip())
    whole = re.fullmatch(rf"[\u4e00-\u9fff]{{1,16}}(?:{_UNIT_END})", bare)
    is_place = bare.endswith(("区", "县", "镇", "街道"))
    return bare if whole and not is_place and not _NOT_A_UNIT.search(bare) else None


def _unit_of_bases(bases: tuple[str, ...]) -> str | None:
    """Return the unit whose own yearly plan is the basis of at least half of the items, none by chance."""
    cited = Counter(unit for text in bases for unit in {m.group("unit") for m in _plans(text)})
    ranked = cited.most_common(2)
    if not ranked or ranked[0][1] < 2 or 2 * ranked[0][1] < len(bases):
        return None
    return ranked[0][0] if len(ranked) == 1 or ranked[0][1] > ranked[1][1] else None


def _plans(text: str) -> Iterable[re.Match[str]]:
    return _PLAN_OF_UNIT.finditer(fold(text))


def _years(evidence: Evidence) -> Iterable[tuple[int | None, Origin]]:
    yield evidence.column_year, Origin.HEADER
    yield year_stated(evidence.title, (), None), Origin.TITLE
    yield year_stated(None, evidence.header, evidence.sheet), Origin.HEADER
    yield year_in_name(evidence.file_name), Origin.FILE_NAME
    for folder in evidence.folders:
        yield year_of_folder(folder), Origin.FOLDER
    if evidence.kind is DocumentKind.REPORT:
        yield year_of_report(evidence.headings, evidence.contents), Origin.CONTENT
    else:
        yield inferred_year((*evidence.contents, *evidence.bases)), Origin.CONTENT


def _year_of_header(line: str) -> int | None:
    """Return the year that a line above the rows states; a date of publication states none."""
    session = session_year(line)
    if session is not None:
        return session
    if len(line) > _LONGEST_HEADER_LINE or re.search(r"日期|时间|来源|\d\s*月\s*\d+\s*日", line):
        return None
    labelled = _YEAR_LABEL.search(fold(line))
    return stated_year(line) or (int(labelled.group(1)) if labelled is not None else None)


def session_year(text: str) -> int | None:
    """Return the year a report speaks for: its session's, the next where that met in the last two months."""
    plain = arabic_years(text)
    found = _SESSION.search(plain) or (_DATE.search(plain) if "报告" in plain else None)
    if found is None:
        return None
    month = found.group("month")
    number = int(month) if month.isdigit() else chinese_serial(month)
    return int(found.group("year")) + (1 if (number or 1) >= _LATE_MONTH else 0)


def _cities(evidence: Evidence) -> Iterable[tuple[str | None, Origin]]:
    yield _city_in(evidence.title or ""), Origin.TITLE
    for line in evidence.header:
        if len(line) <= _LONGEST_HEADER_LINE:
            yield _city_in(line), Origin.HEADER
    yield _city_in(re.sub(r"[_\-—\s\d]+", " ", evidence.file_name)), Origin.FILE_NAME
    for folder in evidence.folders:
        place = place_named(folder)
        yield (place.name if place is not None and place.level is Level.CITY else None), Origin.FOLDER
    yield _city_of_contents((*evidence.contents, *evidence.bases)), Origin.CONTENT


def _city_in(text: str) -> str | None:
    """Return the first city that a title or header line names."""
    return next((m.locality.name for m in find_places(text) if m.locality.level is Level.CITY), None)


def _city_of_contents(texts: Iterable[str]) -> str | None:
    """Return the city that is named at least twice, and twice as often as any other."""
    named = Counter(
        m.locality.name for text in texts for m in find_places(text) if m.locality.level is Level.CITY
    )
    ranked = named.most_common(2)
    if not ranked or ranked[0][1] < 2:
        return None
    return ranked[0][0] if len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1] else None
