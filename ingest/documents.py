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
from ingest.origins import Evidence, Hints, identify
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
        headings=_outermost(items),
        sheet=draft.sheet,
        column_unit=draft.unit,
        column_year=draft.year,
    )
    identity = identify(evidence, hints, entry)
    whole = found.text if found.text is not None else text_of(found.blocks)
    return TargetDocument(
        source=source.label,
        title=title,
        kind=kind,
        unit=identity.unit,
        year=identity.year,
        city=identity.city,
        items=_extracted(items, kind, identity.year, identity.city),
        unit_origin=identity.unit_origin,
        year_origin=identity.year_origin,
        city_origin=identity.city_origin,
        doc_number=doc_number_of((*draft.preamble, *draft.closing)),
        published=published_of(draft.preamble, draft.closing, found.published),
        text=whole if alone else draft.text(),
    )


def extracted_anew(document: TargetDocument) -> TargetDocument:
    """Return the document with what its items state read from them again, for its year and city.

    Baselines without a year, `今年`, and whether a city is another one all depend on these two.
    """
    items = _extracted(document.items, document.kind, document.year, document.city)
    return replace(document, items=items)


def _extracted(
    items: tuple[TargetItem, ...], kind: DocumentKind, year: int | None, city: str | None
) -> tuple[TargetItem, ...]:
    """Return the items with what they state; a report's opening review reports on the past."""
    headings = _outermost(items)
    review = opening_review(headings, year) if kind is DocumentKind.REPORT else None
    return tuple(
        replace(
            item,
            indicators=find_indicators(
                item, year, in_review=review is not None and item.heading_path[:1] == (review,)
            ),
            benchmarks=find_benchmarks(item, city),
            bases=find_bases(item),
        )
        for item in items
    )


def _outermost(items: tuple[TargetItem, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.heading_path[0] for item in items if item.heading_path))
