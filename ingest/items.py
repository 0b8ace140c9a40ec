"""From recognised rows to items: which cell goes into which field, still as written."""

from __future__ import annotations

import re
from typing import Final

from corpus.model import TargetItem
from corpus.text import fold
from ingest.layouts.contract import Row
from ingest.layouts.labels import label_of
from ingest.layouts.plausible import is_serial
from ingest.vocabulary import Column

_UNIT_MARKS: Final = re.compile(
    r"(?<!各[区市县旗州])(?<!各[区市县旗州]、[区市县旗州])(?!、[区市县旗州][)、])、|[,;\n\t/]|\s{1,}|(?<=[局委办厅部])和(?=市)"
)
_ROLE: Final = re.compile(
    r"^\(?(?:牵头|配合|责任|主办|协办|承办|主责|参与)(?:责任)?(?:单位|部门)?\)?\s*:?|\((?:牵头|配合|主办|协办|按职责分工负责?)\)$"
)
_DIVIDED: Final = re.compile(r"(?:等)?(?:按照?|根据)(?:各自)?职(?:责|能)分工负责$|分工负责$|(?:等|负责)$")
_LONGEST_UNIT: Final = 40
_LONGEST_NAME: Final = 40


def item_of(row: Row) -> TargetItem:
    """Return the item of a row, without its extractions."""
    name, content = _name_and_content(row)
    return TargetItem(
        category=row.category,
        number=_number(row.get(Column.NUMBER)),
        name=name,
        content=content,
        responsible_units=units_of(row.get(Column.RESPONSIBLE) or ""),
        deadline=_bare(row.get(Column.DEADLINE)),
        weight=_bare(row.get(Column.WEIGHT)),
        progress=_bare(row.get(Column.PROGRESS)),
        basis_text=_bare(row.get(Column.BASIS)),
        benchmark_text=_benchmark(row),
        target_value=_target_value(row),
        heading_path=row.headings,
        place=row.place,
    )


def _name_and_content(row: Row) -> tuple[str | None, str]:
    """Content is never empty: a table of names alone has the name as its content."""
    name, content = row.get(Column.NAME), row.get(Column.CONTENT)
    if content is not None:
        return name, content
    scoring = row.get(Column.SCORING)
    if scoring is not None:
        return name, scoring
    is_short = name is not None and len(name) <= _LONGEST_NAME and not re.search(r"\d", fold(name))
    return (name if is_short else None), name or ""


def _number(text: str | None) -> str | None:
    """Return a serial number without the marks around it, as numbered lines give theirs: 三、 is 三."""
    if text is None or not is_serial(text):
        return text
    return text.strip(" \u3000()（）、.．,，。") or text


def _bare(text: str | None) -> str | None:
    """Return a labelled line's value; `完成时限：6月底` says 6月底."""
    if text is None:
        return None
    found = label_of(text)
    if found is not None and found[0] is not Column.BENCHMARK:
        return text[found[1] :].strip() or None
    return text


def _benchmark(row: Row) -> str | None:
    """Return the benchmark line or cell; a city and its value from two cells are joined with their labels."""
    whole = row.get(Column.BENCHMARK)
    city, value = row.get(Column.BENCHMARK_CITY), row.get(Column.BENCHMARK_VALUE)
    parts = [whole] if whole else []
    if city:
        parts.append(city if label_of(city) else f"标杆城市：{city}")
    if value:
        parts.append(value if label_of(value) else f"标杆值：{value}")
    return "\n".join(parts) or None


def _target_value(row: Row) -> str | None:
    value, measure = _bare(row.get(Column.TARGET_VALUE)), row.get(Column.MEASURE)
    if value is None or measure is None or fold(value).endswith(fold(measure)):
        return value
    return value + measure if re.search(r"\d\s*$", fold(value)) else value


def units_of(text: str) -> tuple[str, ...]:
    """Return the units that a cell or a closing parenthesis makes responsible, in order, each once."""
    units: dict[str, None] = {}
    folded = fold(text)
    starts = [0, *(m.end() for m in _UNIT_MARKS.finditer(folded))]
    ends = [*(m.start() for m in _UNIT_MARKS.finditer(folded)), len(text)]
    for start, end in zip(starts, ends, strict=True):
        unit = _unit(text[start:end])
        if unit is not None:
            units.setdefault(unit)
    return tuple(units)


def _unit(text: str) -> str | None:
    """Return a unit's name without the role it has (牵头单位：, （配合）) and without 等 and 负责."""
    written = text.strip(" \u3000。.;；:：")
    role = _ROLE.search(fold(written))
    if role is not None:
        written = written[role.end() :] if role.start() == 0 else written[: role.start()]
    written = written.strip(" \u3000。;；")
    divided = _DIVIDED.search(fold(written))
    if divided is not None:
        written = written[: divided.start()]
    written = written.strip()
    return written if 1 < len(written) <= _LONGEST_UNIT else None
