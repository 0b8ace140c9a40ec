"""What was removed and what was put back, as it leaves this program."""

from __future__ import annotations

from collections.abc import Sequence

from api.conversions.documents import document_to_json
from api.schemas.service import RemovedDocumentJson, RemovedJson, RemovedListJson
from corpus.catalog import RemovedDocument, StoredDocument


def removed_to_json(removed: Sequence[StoredDocument], kept: Sequence[RemovedDocument]) -> RemovedJson:
    """Return what was removed just now; `kept` is all that can be restored."""
    until = {one.document.id: one.kept_until for one in kept}
    return RemovedJson(
        removed=tuple(document_to_json(document) for document in removed),
        restore=tuple(f"/v1/documents/{one.id}/restore" for one in removed if one.id in until),
        kept_until=next((until[one.id] for one in removed if one.id in until), None),
    )


def removed_list_to_json(kept: Sequence[RemovedDocument]) -> RemovedListJson:
    """Return what can be restored."""
    return RemovedListJson(
        tuple(
            RemovedDocumentJson(document_to_json(one.document), one.removed_at, one.kept_until)
            for one in kept
        )
    )
