"""Corrections, restored documents and the state of an installation on a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from api.schemas.documents import CorrectedJson, DocumentJson
from api.schemas.service import RemovedListJson, RestoredJson
from api.schemas.status import StatusJson
from api.terminal_tables import table_lines
from api.wording import FIELDS, SETTING_SOURCES, document_line, document_title, size_text


def _line(document: DocumentJson) -> str:
    return f"{document.id}  {document_title(document)}  {document_line(document)}  {document.path}"


def corrected_text(corrected: CorrectedJson) -> Iterator[str]:
    """Yield the document and what is corrected about it."""
    yield _line(corrected.document)
    for one in corrected.corrections:
        of_item = f"（条目 {one.item_id}）" if one.item_id is not None else ""
        waiting = "" if one.applied else "，没有套用：文件里找不到当时的条目"
        value, read = ("不明" if text is None else text for text in (one.value, one.read))
        yield f"  {FIELDS[one.field]}{of_item}：{value}（手工修正，读到的是：{read}{waiting}）"
    if not corrected.corrections:
        yield "  没有修正，全部与读到的相同。"


def restored_text(restored: RestoredJson) -> Iterator[str]:
    """Yield what was put back."""
    yield from (f"已恢复：{_line(document)}" for document in restored.restored)


def restorable_text(listing: RemovedListJson) -> Iterator[str]:
    """Yield what can be put back."""
    if not listing.removed:
        yield "没有可以恢复的文档；移除的文档保留 30 天，同一文件重新导入后不再需要恢复。"
    yield from (f"{_line(one.document)}  保留到 {one.kept_until[:10]}" for one in listing.removed)


def status_text(found: StatusJson) -> Iterator[str]:
    """Yield what there is, then every setting with its source."""
    yield f"对标 {found.version}，Python {found.python}"
    yield f"目标库：{found.catalog}{_size(found.catalog_size)}"
    if found.counts is None:
        yield "  还没有建立；请运行 duibiao ingest 文件或文件夹。"
    else:
        counts = found.counts
        yield f"  文档 {counts.documents}，条目 {counts.items}，段落 {counts.chunks}"
        yield f"  指标 {counts.indicators}，标杆 {counts.benchmarks}，依据 {counts.bases}"
        yield f"  手工修正 {counts.corrections}，移除后可恢复 {counts.removed}"
    dimension = f"，{found.dimension} 维" if found.dimension else ""
    yield f"向量模型：{found.model or '随程序准备的模型'}{dimension}"
    yield f"索引：{found.index_kind}{_size(found.index_size)}"
    yield f"语言模型：{'已设置' if found.language_model else '没有设置'}"
    rows = ((one.name, one.value, SETTING_SOURCES[one.source]) for one in found.settings)
    yield from table_lines(("设置", "值", "来自"), rows)


def _size(size: int | None) -> str:
    return "" if size is None else f"，{size_text(size)}"
