"""What the user is told about how a query was understood, in Chinese sentences."""

from __future__ import annotations

from collections.abc import Iterable

from index.searcher import Vocabulary
from search.categories import CategoryMention
from search.cities import CityMention
from search.demands import Demand, DemandKind
from search.units import UnitMention, core


def years_words(years: tuple[int, ...]) -> str:
    """Say ascending years: 2012、2021年, 2015—2018年."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    said = [f"{run[0]}—{run[-1]}" if len(run) > 2 else "、".join(map(str, run)) for run in runs]
    return "、".join(said) + "年"


def _quoted(names: Iterable[str]) -> str:
    return "、".join(f"“{name}”" for name in names)


def missing_years(missing: tuple[int, ...], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Say which years no document is of."""
    if not missing:
        return ()
    present = vocabulary.years
    known = f"目标库中有{years_words(present)}的文件" if present else "目标库中的文件都没有标明年份"
    return (f"目标库中没有{years_words(missing)}的文件，{known}。",)


def unknown_units(unknown: Iterable[str]) -> tuple[str, ...]:
    """Say which units no document is of."""
    return tuple(f"目标库中没有“{name}”的文件，未按单位筛选。" for name in unknown)


def unit_notes(mentions: Iterable[UnitMention]) -> tuple[str, ...]:
    """Say where a unit goes by another name, and where a name may mean several."""
    notes = []
    for mention in mentions:
        own = tuple(unit for unit in mention.units if unit not in mention.by_history)
        if mention.by_history and own:
            notes.append(
                f"“{mention.written}”在机构改革前后名称不同，同时按{_quoted(mention.by_history)}查找。"
            )
        elif mention.by_history:
            notes.append(
                f"目标库中没有名为“{mention.written}”的单位，按机构改革前后的名称{_quoted(mention.by_history)}查找。"
            )
        if len({core(unit) for unit in own}) > 1:
            notes.append(f"“{mention.written}”可能指{_quoted(own)}，都在查找范围内。")
    return tuple(notes)


def city_notes(mentions: Iterable[CityMention]) -> tuple[str, ...]:
    """Say what a province stands for, and which places no document is of."""
    notes: dict[str, None] = {}
    for mention in mentions:
        if not mention.cities:
            notes[f"目标库中没有“{mention.name}”的文件，未按城市筛选。"] = None
        elif mention.cities != (mention.name,) and mention.wide:
            notes[f"“{mention.name}”按目标库中的{'、'.join(mention.cities)}查找。"] = None
    return tuple(notes)


def category_notes(mentions: Iterable[CategoryMention]) -> tuple[str, ...]:
    """Say which categories go by another name."""
    return tuple(
        f"目标库中没有名为“{mention.name}”的类别，按其他年份的对应类别{_quoted(mention.categories)}查找。"
        for mention in mentions
        if mention.name not in mention.categories
    )


def other_category(asked: tuple[str, ...], aligned: tuple[str, ...]) -> str:
    """Say that what was asked for is called otherwise in the years that were asked about."""
    return f"筛选范围内没有类别为{_quoted(asked)}的目标，按对应的类别{_quoted(aligned)}查找。"


def no_category(asked: tuple[str, ...]) -> str:
    """Say that a category gave way."""
    return f"筛选范围内没有类别为{_quoted(asked)}的目标，未按类别筛选。"


def all_excluded(excluded: tuple[str, ...]) -> str:
    """Say that nothing is left."""
    return f"排除{_quoted(excluded)}之后，目标库中没有其他文件；请去掉排除的词再查。"


def absent(
    units: tuple[str, ...], cities: tuple[str, ...], categories: tuple[str, ...], vocabulary: Vocabulary
) -> tuple[str, ...]:
    """Say which explicit filters name nothing in the catalog (those read from words always do)."""
    pairs = [("单位", name, vocabulary.units) for name in units]
    pairs += [("城市", name, vocabulary.cities) for name in cities]
    pairs += [("类别", name, vocabulary.categories) for name in categories]
    return tuple(
        f"目标库中没有{what}为“{name}”的文件，请核对筛选条件。"
        for what, name, known in pairs
        if name not in known
    )


def overruled(what: tuple[str, ...], by: tuple[str, ...]) -> tuple[str, ...]:
    """Say that an explicit filter `by` contradicts `what` the words name."""
    if not what or not by or set(what) & set(by):
        return ()
    return (f"查询中写的是{'、'.join(what)}，按筛选条件只看{'、'.join(by)}。",)


def overruled_years(what: tuple[int, ...], by: int | None) -> tuple[str, ...]:
    """Say that an explicit year contradicts the years that the words name."""
    if by is None or not what or by in what:
        return ()
    return (f"查询中写的是{years_words(what)}，按筛选条件只看{by}年。",)


def not_held(demands: Iterable[Demand], *, filtered: bool) -> str:
    """Say that no target holds all that was demanded; unless a phrase is among it, it was given up."""
    demands = tuple(demands)
    where = "筛选范围内" if filtered else "目标库中"
    names = "、".join(one.text if one.kind is DemandKind.NUMBER else f"“{one.text}”" for one in demands)
    both = "同时" if len(demands) > 1 else ""
    if any(one.kind is DemandKind.PHRASE for one in demands):
        return f"{where}没有{both}写有{names}的目标；去掉引号可查找意思相近的内容。"
    return f"{where}没有{both}写有{names}的目标，以下是意思相近的内容。"
