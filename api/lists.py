"""Lists that are read a stretch at a time, and single rows of them."""

from __future__ import annotations

from api.library import Library
from api.schemas.lists import DocumentPageJson, ItemDetailJson, ItemPageJson


def item_detail(library: Library, item_id: int) -> ItemDetailJson:
    """Return an item with its document. Raise ItemNotFound."""
    from api.conversions.documents import document_to_json, stored_item_to_json
    from search.history import stored_item

    stored = stored_item(item_id, library.catalog)
    return ItemDetailJson(document_to_json(stored.document), stored_item_to_json(stored))


def document_page(library: Library, start: int, length: int) -> DocumentPageJson:
    """Return some of the documents, in the order they were stored."""
    documents = library.documents().documents
    return DocumentPageJson(documents[start : start + length], start, length, len(documents))


def item_page(library: Library, document_id: int, start: int, length: int) -> ItemPageJson:
    """Return some items of a document in the order of its text. Raise DocumentNotFound."""
    from api.conversions.documents import document_to_json, stored_item_to_json

    with library.catalog.snapshot() as reader:
        document = reader.document(document_id)
        items = reader.document_items(document_id)
    shown = tuple(stored_item_to_json(one) for one in items[start : start + length])
    return ItemPageJson(document_to_json(document), shown, start, length, len(items))
