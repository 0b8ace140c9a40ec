"""A catalog of the documents of a foreign set, made for one evaluation and deleted after it."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from corpus.catalog import Catalog, SourceFile
from corpus.model import DocumentKind, TargetDocument, TargetItem
from index.build import prepare_all
from index.embedders import Embedder
from index.searcher import Index
from ingest.bases import find_bases
from ingest.benchmarks import find_benchmarks
from ingest.indicators import find_indicators
from search.evaluation.foreign import Collection, ForeignDocument
from search.evaluation.remembered import RememberingEmbedder
from search.evaluation.variants import Bench

_BATCH = 64  # documents that are embedded together


@contextmanager
def foreign_bench(
    collection: Collection, embedder: Embedder, kept: Path, progress: Callable[[int], None]
) -> Iterator[Bench]:
    """Lend a catalog with the documents of `collection`; vectors are remembered in the folder `kept`.

    Every document goes the way of a file that is ingested, but for its layout, which a foreign text does
    not have: the whole text is one item. It is read for indicators, bases and benchmarks, cut into chunks,
    embedded, stored and indexed.
    """
    remembering = RememberingEmbedder(embedder, kept, collection.digest)
    with tempfile.TemporaryDirectory(prefix="duibiao-evaluation-") as folder:
        directory = Path(folder)
        with Catalog.open(directory, create=True) as catalog:
            _store(catalog, collection.documents, remembering, progress)
            remembering.save()
            index = Index(catalog, directory)
            index.searcher()
            yield Bench(catalog, index, remembering)


def _store(
    catalog: Catalog,
    documents: Sequence[ForeignDocument],
    embedder: Embedder,
    progress: Callable[[int], None],
) -> None:
    for start in range(0, len(documents), _BATCH):
        batch = documents[start : start + _BATCH]
        prepared = prepare_all([target_document(document) for document in batch], embedder)
        for document, ready in zip(batch, prepared, strict=True):
            catalog.store(_source_of(document), [ready], embedder.record)
        progress(min(start + _BATCH, len(documents)))


def _source_of(document: ForeignDocument) -> SourceFile:
    """Return the file that a document would be; its id counts as content, so that twins stay two."""
    content = f"{document.id}\n{document.title}\n{document.text}".encode("utf-8", "surrogatepass")
    return SourceFile(
        key=f"evaluation:{document.id}",
        path=document.id,
        name=document.id,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        reading_fingerprint="evaluation",
    )


def target_document(document: ForeignDocument) -> TargetDocument:
    """Return a foreign document as one of ours, without unit, year and city: nobody stated them."""
    item = TargetItem(
        category=None,
        number=None,
        name=None,
        content=document.text.strip(),
        heading_path=(document.title,) if document.title else (),
    )
    read = replace(
        item,
        indicators=find_indicators(item, None),
        benchmarks=find_benchmarks(item, None),
        bases=find_bases(item),
    )
    return TargetDocument(
        source=document.id,
        title=document.title,
        kind=DocumentKind.REPORT,
        unit=None,
        year=None,
        city=None,
        items=(read,),
        text=document.text,
    )
