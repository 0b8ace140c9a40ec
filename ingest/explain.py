"""Show every stage of a reading as text, so that one sees where a row was lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from corpus.contacts import redact
from corpus.model import Origin, Place, Problem, TargetDocument, TargetItem
from ingest.blocks import Block, Paragraph, Table
from ingest.reading import Reading

_WIDTH: Final = 60
_ORIGINS: Final = {
    Origin.CORRECTION: "手工修正",
    Origin.USER: "由用户指定",
    Origin.MANIFEST: "来自 manifest.toml",
    Origin.TITLE: "来自标题",
    Origin.HEADER: "来自表头行",
    Origin.FILE_NAME: "来自文件名",
    Origin.FOLDER: "来自文件夹名",
    Origin.CONTENT: "从内容推断",
}


def explain(reading: Reading) -> str:
    """Return lines, rows, items and problems of a reading; contact people and numbers are hidden."""
    return redact("\n".join(_lines(reading)))


def _lines(reading: Reading) -> Iterator[str]:
    if reading.members:
        yield f"压缩包：{reading.source}，{len(reading.members)} 个文件"
        for member in reading.members:
            yield ""
            yield from _lines(member)
        yield from _problem_lines(reading.problems)
        return
    yield f"文件：{reading.source}"
    yield f"版式：{reading.layout.value if reading.layout is not None else '未识别'}"
    yield ""
    yield f"一、读到的内容（{len(reading.blocks)} 块）"
    for block in reading.blocks:
        yield from _block_lines(block)
    yield ""
    yield f"二、识别出的行（{len(reading.rows)} 行）"
    for number, row in enumerate(reading.rows, start=1):
        cells = "；".join(f"{column.value}＝{_short(text)}" for column, text in row.values)
        yield f"  行 {number}（{place_words(row.place)}） 类别＝{row.category or '无'}；{cells}"
    if reading.unused:
        yield "  未归入任何行的文字："
        yield from (f"    （{place_words(p.place)}）{_short(p.text)}" for p in reading.unused)
    yield ""
    yield f"三、文件与条目（{len(reading.documents)} 份）"
    for document in reading.documents:
        yield from _document_lines(document)
    yield from _problem_lines(reading.problems)


def _block_lines(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        level = f"[标题{block.level}] " if block.level is not None else ""
        yield f"  {place_words(block.place)}: {level}{_short(block.text)}"
        return
    yield from _table_lines(block)


def _table_lines(table: Table) -> Iterator[str]:
    yield f"  {place_words(table.place)}: 表格，{table.rows} 行 {table.columns} 列"
    for number, row in enumerate(table.grid(), start=1):
        texts = [
            ""
            if cell is None
            else "↑"
            if cell.row < number - 1
            else "←"
            if cell.column < column
            else _short(cell.text, 16)
            for column, cell in enumerate(row)
        ]
        yield f"    {number}: " + " | ".join(texts)


def _document_lines(document: TargetDocument) -> Iterator[str]:
    yield f"  标题：{document.title or '未知'}"
    for name, value, origin in (
        ("单位", document.unit, document.unit_origin),
        ("年份", document.year, document.year_origin),
        ("城市", document.city, document.city_origin),
    ):
        yield f"  {name}：{value if value is not None else '未知'}" + (
            f"（{_ORIGINS[origin]}）" if origin else ""
        )
    for number, item in enumerate(document.items, start=1):
        yield from _item_lines(number, item)


def _item_lines(number: int, item: TargetItem) -> Iterator[str]:
    heading = "／".join(item.heading_path)
    where = f"，{heading}" if heading else ""
    title = f"[{item.category or '无类别'}] {item.number or ''} {item.name or ''}".rstrip()
    yield f"  条目 {number}（{place_words(item.place)}{where}） {title}"
    yield f"    内容：{_short(item.content)}"
    for name, text in (("依据", item.basis_text), ("标杆", item.benchmark_text), ("进展", item.progress)):
        if text:
            yield f"    {name}：{_short(text)}"
    for indicator in item.indicators:
        high = f"～{indicator.high:g}" if indicator.high is not None else ""
        figure = f"{indicator.op.value} {indicator.value:g}{high} {indicator.unit or ''}".rstrip()
        yield f"    指标：{indicator.name or '（无名）'} {figure} ← “{_short(indicator.text)}”"
    for benchmark in item.benchmarks:
        yield f"    标杆城市：{benchmark.city} ← “{_short(benchmark.text)}”"
    for basis in item.bases:
        yield f"    制定依据：{basis.title} {basis.doc_number or ''}".rstrip()


def _problem_lines(problems: tuple[Problem, ...]) -> Iterator[str]:
    yield ""
    yield f"四、问题（{len(problems)} 个）"
    for problem in problems:
        place = place_words(problem.place)
        yield f"  {problem.source}" + (f"（{place}）" if place else "") + f"：{problem.sentence}"


def place_words(place: Place) -> str:
    """Return a place as a person says it: 工作表“2012”第 3 行; nothing for an unknown place."""
    parts = [
        f"工作表“{place.sheet}”" if place.sheet else "",
        f"第 {place.page} 页" if place.page is not None else "",
        f"第 {place.table} 个表" if place.table is not None else "",
        f"第 {place.row} 行" if place.row is not None else "",
        f"行 {place.line}" if place.line is not None else "",
    ]
    return " ".join(part for part in parts if part)


def _short(text: str, width: int = _WIDTH) -> str:
    flat = "⏎".join(part.strip() for part in text.split("\n"))
    return flat if len(flat) <= width else flat[: width - 1] + "…"
