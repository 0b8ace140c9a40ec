"""Corrections by hand: what may be corrected to what, and a document made anew with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import MappingProxyType

from api.requests import require_year
from api.wording import FIELDS
from corpus.catalog import Catalog, CatalogReader, PreparedDocument, SourceFile, StoredDocument
from corpus.contacts import redact
from corpus.corrections import (
    OF_DOCUMENT,
    Correctable,
    Correcting,
    Correction,
    CorrectionsChanged,
    Value,
    corrected,
    item_names,
    read_value,
    uncorrected,
)
from corpus.errors import WrongUse
from corpus.model import TargetDocument
from index.build import prepare_all
from index.embedders import Embedder
from ingest.documents import extracted_anew
from ingest.places import place_named

_ATTEMPTS = 3
_LONGEST = MappingProxyType(
    {Correctable.TITLE: 200, Correctable.UNIT: 100, Correctable.CITY: 50, Correctable.CATEGORY: 50}
)


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to change about a document: its fields, and the categories of items by their ids.

    `None` is unknown. What is taken back stands as it was read; `all_taken_back` says that everything is.
    """

    fields: Mapping[Correctable, Value] = field(default_factory=dict)
    categories: Mapping[int, str | None] = field(default_factory=dict)
    taken_back: frozenset[Correctable] = frozenset()
    categories_taken_back: frozenset[int] = frozenset()
    all_taken_back: bool = False

    def cleaned(self) -> Changes:
        """Return the changes as they are kept. Raise WrongUse for what cannot be a value."""
        both = sorted(FIELDS[one] for one in self.taken_back & set(self.fields))
        if both:
            raise WrongUse(f"{'、'.join(both)}不能同时修正和撤回；请只选一种。")
        fields = {name: _cleaned(name, value) for name, value in self.fields.items()}
        categories = {one: _cleaned(Correctable.CATEGORY, value) for one, value in self.categories.items()}
        kept = {one: value if value is None else str(value) for one, value in categories.items()}
        return replace(self, fields=fields, categories=kept)


def _cleaned(name: Correctable, value: Value) -> Value:
    if value is None:
        return None
    if isinstance(value, int):
        require_year(value)
        return value
    text = " ".join("".join(c if c.isprintable() else " " for c in value).split())
    if not text:
        raise WrongUse(f"{FIELDS[name]}是空的；请写出{FIELDS[name]}，不知道时标为不明。")
    if len(text) > _LONGEST[name]:
        raise WrongUse(f"{FIELDS[name]}有 {len(text)} 个字，太长；请缩短到 {_LONGEST[name]} 个字以内。")
    if redact(text) != text:
        raise WrongUse(f"{FIELDS[name]}里有联系人或电话；请去掉后再保存。")
    place = place_named(text) if name is Correctable.CITY else None
    return text if place is None else place.name


def with_corrections(
    catalog: Catalog | None, file: SourceFile, read: Sequence[TargetDocument]
) -> tuple[tuple[TargetDocument, Correcting | None], ...]:
    """Return the documents of a file with the corrections that hold for them."""
    due = catalog.due_corrections(file, read) if catalog is not None else ((),) * len(read)
    return tuple(
        (_corrected_anew(document, one), Correcting(document, one)) if one else (document, None)
        for document, one in zip(read, due, strict=True)
    )


def correct(catalog: Catalog, embedder: Embedder, document_id: int, changes: Changes) -> StoredDocument:
    """Change a document by hand, with all that follows from it, in one transaction.

    Raise WrongUse, DocumentNotFound, ModelMismatch.
    """
    changes = changes.cleaned()
    for attempt in range(_ATTEMPTS):
        with catalog.snapshot() as seen:
            seen.require_embedding(embedder.record)
            prepared = _prepared(seen, embedder, document_id, changes)
            if prepared is None:
                return seen.document(document_id)
            try:
                return catalog.correct(document_id, seen, prepared)
            except CorrectionsChanged:
                if attempt == _ATTEMPTS - 1:
                    raise
    raise AssertionError  # the last attempt returns or raises


def _prepared(
    seen: CatalogReader, embedder: Embedder, document_id: int, changes: Changes
) -> PreparedDocument | None:
    """Return the document as it is to be, or `None` where nothing changes."""
    document, before = seen.target_document(document_id), seen.corrections(document_id)
    read = uncorrected(document, before)
    after = () if changes.all_taken_back else _merged(seen, document_id, read, before, changes)
    if after == before:
        return None
    effective = corrected(read, after)
    if (effective.year, effective.city) != (document.year, document.city):
        effective = extracted_anew(effective)
    known = seen.vectors_of(seen.source_file(document_id).key)
    (prepared,) = prepare_all([effective], embedder, known=known)
    return replace(prepared, correcting=Correcting(read, after))


def _merged(
    seen: CatalogReader,
    document_id: int,
    read: TargetDocument,
    before: tuple[Correction, ...],
    changes: Changes,
) -> tuple[Correction, ...]:
    """Return the corrections that are to hold; one that says what was read anyway is none."""
    kept = {one.place: one for one in before}
    names = dict(
        zip((one.id for one in seen.document_items(document_id)), item_names(read.items), strict=True)
    )
    strangers = sorted({*changes.categories, *changes.categories_taken_back} - set(names))
    if strangers:
        raise WrongUse(f"编号为 {strangers[0]} 的条目不在这份文档里；请刷新后重试。")
    found = dict(zip(names.values(), (item.category for item in read.items), strict=True))
    now = datetime.now(UTC).isoformat(timespec="seconds")
    wanted = [
        *(Correction(name, value, *read_value(read, name), now) for name, value in changes.fields.items()),
        *(
            Correction(Correctable.CATEGORY, value, found[names[one]], None, now, names[one])
            for one, value in changes.categories.items()
        ),
    ]
    for one in wanted:
        if one.value == one.read:
            kept.pop(one.place, None)
        elif one.place not in kept or kept[one.place].value != one.value:
            kept[one.place] = one
    for name in changes.taken_back:
        kept.pop((OF_DOCUMENT, name), None)
    for item_id in changes.categories_taken_back:
        kept.pop((names[item_id], Correctable.CATEGORY), None)
    return tuple(sorted(kept.values(), key=lambda one: one.place))


def _corrected_anew(read: TargetDocument, corrections: Sequence[Correction]) -> TargetDocument:
    """Return a document just read with its corrections and all that follows from them."""
    effective = corrected(read, corrections)
    same = (effective.year, effective.city) == (read.year, read.city)
    return effective if same else extracted_anew(effective)
