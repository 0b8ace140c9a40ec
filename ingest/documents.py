"""From the rows of one document to the document: items with their extractions, unit, year and city."""

from __future__ import annotations

from dataclasses import replace

from corpus.model import DocumentKind, TargetDocument, TargetItem
from ingest.bases import find_bases
from ingest.benchmarks import find_benchmarks
from ingest.blocks import text_of
from ingest.drafts import Draft
from ingest.indicators import find_indicators
from ingest.indicators.status import opening_review
from ingest.items import item_of
from ingest.manifest import Entry
from ingest.origins import Evidence, Hints, Identity, identify
from ingest.readers.contract import Extract, Source
from ingest.titles import doc_number_of, published_of, title_of


def document_of(
    source: Source,
    found: Extract,
    kind: DocumentKind,
    draft: Draft,
    hints: Hints,
    entry: Entry,
    *,
    alone: bool,
) -> TargetDocument:
    """Return the document of a draft; `alone` says that the whole text of the file is its text."""
    items = tuple(item_of(row) for row in draft.rows)
    title = entry.title or title_of(draft.preamble, found.title)
    evidence = Evidence(
        kind=kind,
        title=title,
        header=tuple(p.text for p in draft.preamble),
        file_name=source.stem,
        folders=source.folders,
        contents=tuple(f"{item.name or ''}\n{item.content}" for item in items),
        bases=tuple(item.basis_text for item in items if item.basis_text),
        headings=tuple(dict.fromkeys(item.heading_path[0] for item in items if item.heading_path)),
        sheet=draft.sheet,
        column_unit=draft.unit,
        column_year=draft.year,
    )
    identity = identify(evidence, hints, entry)
    is_report = kind is DocumentKind.REPORT
    review = opening_review(evidence.headings, identity.year) if is_report else None
    whole = found.text if found.text is not None else text_of(found.blocks)
    return TargetDocument(
        source=source.label,
        title=title,
        kind=kind,
        unit=identity.unit,
        year=identity.year,
        city=identity.city,
        items=tuple(_extracted(item, identity, review) for item in items),
        unit_origin=identity.unit_origin,
        year_origin=identity.year_origin,
        city_origin=identity.city_origin,
        doc_number=doc_number_of((*draft.preamble, *draft.closing)),
        published=published_of(draft.preamble, draft.closing, found.published),
        text=whole if alone else draft.text(),
    )


def _extracted(item: TargetItem, identity: Identity, review: str | None) -> TargetItem:
    """Return the item with what it states; below the heading `review` it reports on the past."""
    in_review = review is not None and item.heading_path[:1] == (review,)
    return replace(
        item,
        indicators=find_indicators(item, identity.year, in_review=in_review),
        benchmarks=find_benchmarks(item, identity.city),
        bases=find_bases(item),
    )
