"""Documents and items as resources: their addresses, their lists, their contents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from api.library import Library
from api.lists import item_detail
from api.output import to_json
from api.schemas.documents import DocumentDetailJson, DocumentJson
from corpus.errors import WrongUse

DOCUMENT_URI = "duibiao://documents/{document_id}"
ITEM_URI = "duibiao://items/{item_id}"
PLAIN, JSON = "text/plain", "application/json"
_ADDRESS = re.compile(r"duibiao://(documents|items)/([1-9][0-9]{0,18})")
_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Content:
    """What a resource holds."""

    text: str
    mime_type: str


def document_uri(document_id: int) -> str:
    """Return the address of a document."""
    return DOCUMENT_URI.format(document_id=document_id)


def document_title(document: DocumentJson) -> str:
    """Return a title by which a person tells documents apart."""
    year = f"{document.year}年" if document.year is not None else ""
    return document.title or f"{year}{document.unit or ''}".strip() or document.source


def content_of(library: Library, uri: str) -> Content:
    """Return what stands at an address. Raise WrongUse, DocumentNotFound, ItemNotFound."""
    found = _ADDRESS.fullmatch(uri)
    number = int(found[2]) if found else 0
    if found is None or number > _LARGEST:
        raise WrongUse(
            f"没有 {uri[:200]} 这个资源；文档的地址是 duibiao://documents/编号，条目的地址是 duibiao://items/编号。"
        )
    if found[1] == "items":
        return Content(to_json(item_detail(library, number)), JSON)
    return Content(_readable(library.document(number)), PLAIN)


def _readable(detail: DocumentDetailJson) -> str:
    """Return a document as a text: what is known of it, then what stands in it."""
    document = detail.document
    stated: Sequence[tuple[str, object]] = (
        ("标题", document.title),
        ("单位", document.unit),
        ("年份", document.year),
        ("城市", document.city),
        ("文号", document.doc_number),
        ("文件", document.source),
    )
    head = "\n".join(f"{name}：{value}" for name, value in stated if value is not None)
    numbers = "\n".join(
        f"[{item.id}] {' '.join(part for part in (item.category, item.number, item.name) if part)}".rstrip()
        for item in detail.items
    )
    return f"{head}\n\n条目（方括号里是 item_id）：\n{numbers}\n\n正文：\n{detail.text}"
