"""What the sheets of a workbook hold, counted in their XML before openpyxl makes objects of it all."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Final

from corpus.errors import UnreadableFile
from ingest.readers.contract import Source
from ingest.readers.packages import STRICT, check_parts, misshapen, open_package, read_member

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_CELLS: Final = 150_000
_MOST_COVERED: Final = 400_000
_MOST_OTHERS: Final = 20_000
_LONGEST_RANGES: Final = 200_000
_TOO_MANY: Final = {
    "c": (_MOST_CELLS, "单元格"),
    "si": (_MOST_CELLS, "共享文字"),
    "xf": (_MOST_CELLS, "样式"),
    "row": (_MOST_CELLS, "行"),
    "col": (_MOST_OTHERS, "列设置"),
    "mergeCell": (_MOST_OTHERS, "合并区域"),
    "hyperlink": (_MOST_OTHERS, "链接"),
    "definedName": (_MOST_OTHERS, "名称"),
    "dataValidation": (_MOST_OTHERS, "数据验证"),
    "conditionalFormatting": (_MOST_OTHERS, "条件格式"),
}


def check_workbook(source: Source) -> tuple[str, ...]:
    """Refuse what would take too much time or memory; return the cells whose formula has no result."""
    without_result: list[str] = []
    with open_package(source) as package:
        check_parts(package, source)
        if STRICT in read_member(package, "xl/workbook.xml", source)[:4000]:
            raise UnreadableFile(
                f"工作簿“{source.name}”是“Strict Open XML”格式，暂不支持；"
                "请用 Excel 或 WPS 另存为普通的 .xlsx。"
            )
        counts = dict.fromkeys(_TOO_MANY, 0)
        for part in package.infolist():
            if part.filename.endswith(".xml"):
                without_result.extend(_check(source, package, part, counts))
    return tuple(without_result)


def _check(
    source: Source, package: zipfile.ZipFile, part: zipfile.ZipInfo, counts: dict[str, int]
) -> Iterator[str]:
    """Count the elements of one part; yield the addresses of formulas without a result."""
    from lxml import etree

    tags = [f"{{*}}{tag}" for tag in _TOO_MANY]
    content = BytesIO(read_member(package, part, source))
    covered = ranges = 0
    try:
        for _, element in etree.iterparse(content, tag=tags, resolve_entities=False, no_network=True):
            tag = etree.QName(element).localname
            counts[tag] += 1
            if tag == "c" and _lacks_result(element):
                yield element.get("r") or "?"
            elif tag == "mergeCell":
                covered += _area(source, element.get("ref") or "")
            ranges += len(element.get("sqref") or "")
            if covered > _MOST_COVERED:
                raise _too_large(source, "合并单元格覆盖的单元格")
            if counts[tag] > _TOO_MANY[tag][0] or ranges > _LONGEST_RANGES:
                raise _too_large(source, _TOO_MANY[tag][1])
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise misshapen(source, error) from None


def _lacks_result(cell: _Element) -> bool:
    """Whether a cell has a formula and neither a result nor a stated empty text."""
    formula, value = cell.find("{*}f"), cell.find("{*}v")
    return formula is not None and (value is None or (not value.text and cell.get("t") != "str"))


def _area(source: Source, written: str) -> int:
    from openpyxl.utils.cell import range_boundaries

    try:
        first_column, first_row, last_column, last_row = range_boundaries(written)
    except (ValueError, TypeError):
        raise damaged(source) from None
    if first_column is None or first_row is None or last_column is None or last_row is None:
        raise damaged(source)
    return (last_row - first_row + 1) * (last_column - first_column + 1)


def _too_large(source: Source, named: str) -> UnreadableFile:
    return UnreadableFile(f"工作簿“{source.name}”的{named}过多，未读取；请只保留需要的工作表和区域后再读取。")


def damaged(source: Source) -> UnreadableFile:
    """Return the error of a workbook that cannot be opened."""
    return UnreadableFile(
        f"工作簿“{source.name}”已损坏或不完整，无法打开；请用 Excel 或 WPS 打开后另存一份。"
    )
