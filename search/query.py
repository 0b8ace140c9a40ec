"""What a query asks for besides its words: years, units, categories and cities become filters.

Everything understood is taken out of the text that is searched for, reported in `Interpreted`, and can
be taken off again by the user. Nothing is guessed: a year or unit that no document has becomes a note, and
so does whatever contradicts itself. What a hit has to hold word for word stays in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from corpus.text import fold
from index.filters import Filter
from index.searcher import Vocabulary
from search import understanding_notes as say
from search.categories import find_categories
from search.cities import CityMention, city_named, find_cities
from search.demands import Demand, find_demands, find_excluded
from search.results import Interpreted
from search.understanding_notes import years_words
from search.unit_names import UnitNames
from search.units import UnitMention, core, read_units, units_named
from search.words import has_content
from search.years import SAME_PLACE, YearMention, find_years

__all__ = ["Understood", "Wanted", "understand", "years_words"]

_PROTECTED = re.compile(r"《[^》]*》?|[〔\[(（【](?:19|20)\d\d[〕\])）】]\s*第?\d+号?")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|「[^」]*」|『[^』]*』")
_EDGES = re.compile(
    r"^(?:[\s的之于和与及、，,:：至到比从里内]|在(?![建读校职线岗册编途售库押研训园])|中(?![介小心央层国医药学期标共华间]))+"
    r"|(?:[\s的之在于和与及、，,:：至到从]|(?<!相)比)+$"
)
_EMPTY_BRACKETS = re.compile(r"\s*[（(]\s*[)）]\s*")
# Two years may be named to be compared or as a list; else the user is told that both are looked at.
_TOGETHER = re.compile(r"^[\s年和与及、,，到至或/~\-—同跟比较对的]*$")
_COMPARING = re.compile(r"比|变化|差|不同|提高|增长|增加|减少|下降")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters a caller set explicitly; each overrules what the query says."""

    year: int | None = None
    unit: str | None = None
    category: str | None = None
    city: str | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """A query with its filters.

    `topic` is what is left to look for, empty where the query only names filters. `named_years` are the
    years named one by one, not as a range; `unknown_units` and `unknown_cities` were named but have no
    document.
    `soft_category` says that the category was only read from the words, so that it may be dropped
    (with a note) where it leaves nothing. `demands` and `without` are texts that an item must and must
    not hold; `allowed` does not know them yet.
    """

    interpreted: Interpreted
    allowed: Filter
    topic: str
    named_years: tuple[int, ...] = ()
    unknown_units: tuple[str, ...] = ()
    unknown_cities: tuple[str, ...] = ()
    soft_category: bool = False
    demands: tuple[Demand, ...] = ()
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """What the words of a query name, and the stretches that name it."""

    years: tuple[int, ...] = ()
    named_years: tuple[int, ...] = ()
    missing_years: tuple[int, ...] = ()
    units: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    unknown_units: tuple[str, ...] = ()
    unknown_cities: tuple[str, ...] = ()
    year_notes: tuple[str, ...] = ()
    unit_notes: tuple[str, ...] = ()
    city_notes: tuple[str, ...] = ()
    category_notes: tuple[str, ...] = ()
    demands: tuple[Demand, ...] = ()
    excluded: tuple[str, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()


def understand(
    query: str,
    vocabulary: Vocabulary,
    today: date,
    wanted: Wanted = Wanted(),
    *,
    read_words: bool = True,
    names: UnitNames | None = None,
) -> Understood:
    """Read the filters out of `query`; with `read_words` off only those in `wanted` hold."""
    found = _read(query, vocabulary, today, names) if read_words else _Found()
    years = (wanted.year,) if wanted.year is not None else found.years
    units = _named_units(wanted.unit, vocabulary, names) if wanted.unit else found.units
    categories = (wanted.category,) if wanted.category else found.categories
    cities = (city_named(wanted.city, vocabulary.cities),) if wanted.city else found.cities
    named = (wanted.year,) if wanted.year is not None else found.named_years
    missing = found.missing_years if wanted.year is None else _missing([named], vocabulary)
    unknown = () if wanted.unit else found.unknown_units
    rest = _without(query, found.spans)
    topic = rest if has_content(rest) else ""
    notes = (
        *say.missing_years(missing, vocabulary),
        *(() if wanted.year is not None else found.year_notes),
        *say.unknown_units(unknown),
        *(() if wanted.unit else found.unit_notes),
        *(() if wanted.city else found.city_notes),
        *(() if wanted.category else found.category_notes),
        *say.absent(units, cities, categories, vocabulary),
        *say.overruled_years(found.years, wanted.year),
        *(say.overruled(found.units, units) if wanted.unit else ()),
        *(say.overruled(found.cities, cities) if wanted.city else ()),
        *(say.overruled(found.categories, categories) if wanted.category else ()),
    )
    interpreted = Interpreted(
        query=query,
        text=topic or query.strip(),
        years=years,
        units=units,
        categories=categories,
        cities=cities,
        phrases=tuple(demand.text for demand in found.demands),
        excluded=found.excluded,
        notes=notes,
    )
    allowed = Filter(
        years=frozenset(years) if years else None,
        units=frozenset(units) if units else None,
        categories=frozenset(categories) if categories else None,
        cities=frozenset(cities) if cities else None,
    )
    soft = bool(categories) and wanted.category is None
    no_city = () if wanted.city else found.unknown_cities
    understood = Understood(interpreted, allowed, topic, named, unknown, no_city, soft, found.demands)
    return _keeping_out(understood, vocabulary, today, names) if found.excluded else understood


def _keeping_out(
    understood: Understood, vocabulary: Vocabulary, today: date, names: UnitNames | None
) -> Understood:
    """Turn what is excluded into filters where it names one, else into texts that no item may hold."""
    allowed, without = understood.allowed, []
    for text in understood.interpreted.excluded:
        years = find_years(text, today, frozenset(vocabulary.years))
        cities = find_cities(text, vocabulary.cities)
        units = read_units(text, vocabulary.units, names).mentions
        if len(years) == 1 and _is_all(text, years[0]):
            kept = frozenset(allowed.years or vocabulary.years) - set(years[0].years)
            allowed = replace(allowed, years=kept)
        elif len(cities) == 1 and cities[0].cities and _is_all(text, cities[0]):
            kept_cities = frozenset(allowed.cities or vocabulary.cities) - set(cities[0].cities)
            allowed = replace(allowed, cities=kept_cities)
        elif len(units) == 1 and _is_all(text, units[0]):
            kept_units = frozenset(allowed.units or vocabulary.units) - set(units[0].units)
            allowed = replace(allowed, units=kept_units)
        elif text in vocabulary.categories:
            kept_categories = frozenset(allowed.categories or vocabulary.categories) - {text}
            allowed = replace(allowed, categories=kept_categories)
        else:
            without.append(text)
    if frozenset() in (allowed.years, allowed.units, allowed.categories, allowed.cities):
        note = say.all_excluded(understood.interpreted.excluded)
        interpreted = replace(understood.interpreted, notes=(*understood.interpreted.notes, note))
        understood = replace(understood, interpreted=interpreted)
    return replace(understood, allowed=allowed, without=tuple(without))


def _is_all(text: str, mention: YearMention | CityMention | UnitMention) -> bool:
    return (mention.start, mention.end) == (0, len(text))


def _missing(mentions: list[tuple[int, ...]], vocabulary: Vocabulary) -> tuple[int, ...]:
    """Return the years of mentions none of whose years any document has; a range may have gaps."""
    absent = {y for years in mentions if not set(vocabulary.years).intersection(years) for y in years}
    return tuple(sorted(absent))


def _read(query: str, vocabulary: Vocabulary, today: date, names: UnitNames | None) -> _Found:
    """Find what the query names; titles in 《》, 文号 and quotations name nothing but themselves."""
    text = fold(query)
    kept_out = find_excluded(text)
    text = _blank_spans(text, [(one.start, one.end) for one in kept_out], "\x00")
    unquoted = _blank(_blank(text, _PROTECTED), _QUOTED)
    mentioned = _years_outside(text, today, frozenset(vocabulary.years))
    years, year_notes = _settled_years(text, mentioned, vocabulary)
    demands = find_demands(query, _blank_spans(text, [(one.start, one.end) for one in mentioned], "\x00"))
    reading = read_units(unquoted, vocabulary.units, names)
    units = [one for one in reading.mentions if len(one.units) == 1 or core(one.written) != "政府"]
    places = find_cities(unquoted, vocabulary.cities)
    filtered = [(year.start, year.end) for year in mentioned] + [(unit.start, unit.end) for unit in units]
    filtered += [(one.start, one.end) for one in places if one.cities]
    categories = find_categories(_blank_spans(_blank(text, _PROTECTED), filtered), vocabulary.categories)
    return _Found(
        years=tuple(sorted({year for mention in years for year in mention.years})),
        named_years=tuple(sorted({m.years[0] for m in years if len(m.years) == 1})),
        missing_years=_missing([mention.years for mention in years], vocabulary),
        units=tuple(dict.fromkeys(unit for mention in units for unit in mention.units)),
        categories=tuple(dict.fromkeys(name for one in categories for name in one.categories)),
        cities=tuple(dict.fromkeys(city for place in places for city in place.cities)),
        unknown_units=reading.unknown,
        unknown_cities=tuple(dict.fromkeys(one.name for one in places if not one.cities)),
        year_notes=year_notes,
        unit_notes=say.unit_notes(units),
        city_notes=say.city_notes(places),
        category_notes=say.category_notes(categories),
        demands=tuple(dict.fromkeys(placed.demand for placed in demands)),
        excluded=tuple(dict.fromkeys(one.text for one in kept_out)),
        spans=(
            *filtered,
            *((category.start, category.end) for category in categories),
            *((one.start, one.end) for one in kept_out),
        ),
    )


def _years_outside(text: str, today: date, known: frozenset[int]) -> tuple[YearMention, ...]:
    """Return the years named outside of titles and quotations; “十三五”期间 is more than its quotation."""
    mentions = find_years(_blank(text, _PROTECTED), today, known)
    if not mentions:
        return ()
    quotations = [match.span() for match in _QUOTED.finditer(text)]
    return tuple(one for one in mentions if not any(s < one.start and one.end < e for s, e in quotations))


def _settled_years(
    text: str, mentions: tuple[YearMention, ...], vocabulary: Vocabulary
) -> tuple[tuple[YearMention, ...], tuple[str, ...]]:
    """Return the mentions that hold, and what to say of those that contradict each other or are vague."""
    held: list[YearMention] = []
    notes: list[str] = []
    for mention in mentions:
        written = text[mention.start : mention.end]
        if mention.vague and not set(mention.years) & set(vocabulary.years):
            notes.append(f"“{written}”（{years_words(mention.years)}）在目标库中没有文件，未按年份筛选。")
            continue
        if mention.vague:
            notes.append(f"“{written}”按{years_words(mention.years)}查找。")
        if mention.counted_from is not None:
            from_year, year = years_words((mention.counted_from,)), years_words(mention.years)
            notes.append(f"“{written}”从{from_year}算起，按{year}查找。")
            held.append(mention)
            continue
        last = held[-1] if held else None
        if last is not None and not set(last.years) & set(mention.years):
            between = text[last.end : mention.start]
            if last.relative != mention.relative and SAME_PLACE.match(between):
                counted, stated = (last, mention) if last.relative else (mention, last)
                notes.append(
                    f"“{text[counted.start : counted.end]}”按今天算是{years_words(counted.years)}，"
                    f"与{years_words(stated.years)}不一致，按{years_words(stated.years)}查找。"
                )
                held[-1] = stated
                continue
            if not _TOGETHER.match(between) and not _COMPARING.search(text):
                both = tuple(sorted({*last.years, *mention.years}))
                notes.append(f"查询中先后写了不同的年份，{years_words(both)}都在查找范围内。")
        held.append(mention)
    return tuple(held), tuple(dict.fromkeys(notes))


def _blank(text: str, pattern: re.Pattern[str]) -> str:
    """Replace what `pattern` finds by as many marks that no rule reads, so that positions stay."""
    return pattern.sub(lambda match: "\x00" * len(match.group()), text)


def _blank_spans(text: str, spans: list[tuple[int, int]], mark: str = " ") -> str:
    if not spans:
        return text
    characters = list(text)
    for start, end in spans:
        characters[start:end] = mark * (end - start)
    return "".join(characters)


def _without(query: str, spans: tuple[tuple[int, int], ...]) -> str:
    """Return `query` without the stretches `spans` and the particles that hung on them."""
    pieces: list[str] = []
    position = 0
    for start, end in sorted(spans):
        if start > position:
            pieces.append(_EDGES.sub("", query[position:start]))
        position = max(position, end)
    pieces.append(_EDGES.sub("", query[position:]) if spans else query[position:].strip())
    return _EMPTY_BRACKETS.sub(" ", " ".join(piece for piece in pieces if piece.strip("？?。 "))).strip()


def _named_units(name: str, vocabulary: Vocabulary, names: UnitNames | None) -> tuple[str, ...]:
    """Return the catalog's units that an explicit `name` stands for; itself where there is none."""
    return units_named(name, vocabulary.units, names) or (name,)
