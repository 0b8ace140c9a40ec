"""Documents of a library put right: corrected by hand, removed ones put back."""

from __future__ import annotations

from dataclasses import replace

from api.conversions.documents import document_to_json
from api.conversions.keeping import removed_list_to_json
from api.correcting import Changes, correct
from api.library import Library
from api.schemas.documents import DocumentChangesJson, DocumentDetailJson, ItemChangesJson
from api.schemas.service import RemovedListJson, RestoredJson
from api.wording import FIELDS
from corpus.corrections import IDENTITY, Correctable, Value
from corpus.errors import DocumentNotFound, ItemNotFound, WrongUse

NO_CHANGES = Changes()


def changes_of(asked: DocumentChangesJson, of_items: Changes = NO_CHANGES) -> Changes:
    """Return what is to change about a document and its items. Raise WrongUse where nothing is, or twice."""
    fields: dict[Correctable, Value] = {
        name: getattr(asked, name) for name in IDENTITY if getattr(asked, name) is not None
    }
    for written in asked.unknown:
        name = Correctable(written)
        if name in fields:
            raise WrongUse(f"{FIELDS[name]}不能既给出值又标为不明；请只选一种。")
        fields[name] = None
    taken_back = frozenset(Correctable(one) for one in asked.take_back)
    changes = replace(of_items, fields=fields, taken_back=taken_back)
    if not (fields or taken_back or changes.categories or changes.categories_taken_back):
        raise WrongUse("没有写明要修正什么；请给出单位、年份、城市或标题，或写明撤回哪一项修正。")
    return changes


def correct_document(library: Library, document_id: int, changes: Changes) -> DocumentDetailJson:
    """Change a document by hand, with all that follows. Raise WrongUse, DocumentNotFound."""
    with library.changing() as catalog:
        correct(catalog, library.embedder, document_id, changes)
    return library.document(document_id)


def correct_item(library: Library, item_id: int, asked: ItemChangesJson) -> DocumentDetailJson:
    """Change the category of an item; return its document. Raise WrongUse, ItemNotFound."""
    stored = library.catalog.items([item_id]).get(item_id)
    if stored is None:
        raise ItemNotFound(f"目标库中没有编号为 {item_id} 的条目；请刷新文档页面后重试。")
    if (asked.category is not None) + asked.unknown + asked.take_back != 1:
        raise WrongUse("请给出类别，或标为没有类别，或撤回修正，三者选一。")
    taken_back = frozenset({item_id} if asked.take_back else ())
    categories = {} if asked.take_back else {item_id: asked.category}
    changes = Changes(categories=categories, categories_taken_back=taken_back)
    return correct_document(library, stored.document.id, changes)


def restore(library: Library, document_id: int) -> RestoredJson:
    """Put a removed document back under the ids it had. Raise DocumentNotFound."""
    with library.changing() as catalog:
        embedder = library.embedder
        document = catalog.restore(document_id, embedder.record, embedder.embed_passages)
    return RestoredJson((document_to_json(document),))


def restore_named(library: Library, name: str) -> RestoredJson:
    """Put back what `name` means among the removed: a document's number, or a file's path or name.

    Raise DocumentNotFound, and WrongUse for a name that several files share.
    """
    removed = [one.document for one in library.catalog.removed()]
    number = int(name) if name.isascii() and name.isdigit() else None
    if any(one.id == number for one in removed):
        return restore(library, int(name))
    found = [one for one in removed if one.path == name] or [one for one in removed if one.source == name]
    paths = sorted({one.path for one in found})
    if not found:
        raise DocumentNotFound(f"能恢复的文档里没有“{name}”；请用 duibiao restore 查看能恢复的文档。")
    if len(paths) > 1:
        raise WrongUse(
            f"移除的文件里有 {len(paths)} 个都叫“{name}”；"
            f"请改用文档编号或完整路径，例如：{'、'.join(paths[:5])}。"
        )
    back = (restore(library, one.id) for one in sorted(found, key=lambda one: one.id))
    return RestoredJson(tuple(document for one in back for document in one.restored))


def restorable(library: Library) -> RemovedListJson:
    """Return what can be put back."""
    return removed_list_to_json(library.catalog.removed())
