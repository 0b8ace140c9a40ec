"""The catalog: one SQLite file that is the truth about every document, item, extraction, chunk and vector."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from corpus.model import Basis, Benchmark, Indicator, TargetDocument
from corpus.stored import (
    CatalogState,
    ChunkRow,
    EmbeddingRecord,
    Extracted,
    Outcome,
    PreparedChunk,
    PreparedDocument,
    Removal,
    SourceFile,
    StoredDocument,
    StoredItem,
)

__all__ = [
    "Catalog",
    "CatalogReader",
    "CatalogState",
    "ChunkRow",
    "EmbeddingRecord",
    "Extracted",
    "Outcome",
    "PreparedChunk",
    "PreparedDocument",
    "Removal",
    "SourceFile",
    "StoredDocument",
    "StoredItem",
]


class CatalogReader:
    """Everything that can be asked of a catalog."""

    def identity(self) -> str: raise NotImplementedError  # random, made with the file: tells one catalog from another
    def embedding(self) -> EmbeddingRecord | None: raise NotImplementedError
    def require_embedding(self, embedding: EmbeddingRecord) -> None: raise NotImplementedError  # ModelMismatch
    def state(self) -> CatalogState: raise NotImplementedError
    def is_unchanged(self, file: SourceFile) -> bool: raise NotImplementedError
    def is_copy(self, file: SourceFile, documents: Sequence[TargetDocument]) -> bool: raise NotImplementedError
    def documents(self) -> tuple[StoredDocument, ...]: raise NotImplementedError
    def document(self, document_id: int) -> StoredDocument: raise NotImplementedError
    def source_file(self, document_id: int) -> SourceFile: raise NotImplementedError
    def target_document(self, document_id: int) -> TargetDocument: raise NotImplementedError
    def text(self, document_id: int) -> str: raise NotImplementedError
    def items(self, item_ids: Sequence[int]) -> dict[int, StoredItem]: raise NotImplementedError
    def document_items(self, document_id: int) -> tuple[StoredItem, ...]: raise NotImplementedError
    def indicators(self, item_ids: Sequence[int] | None = None) -> Iterator[Extracted[Indicator]]: raise NotImplementedError
    def benchmarks(self, item_ids: Sequence[int] | None = None) -> Iterator[Extracted[Benchmark]]: raise NotImplementedError
    def bases(self, item_ids: Sequence[int] | None = None) -> Iterator[Extracted[Basis]]: raise NotImplementedError
    def bases_numbered(self, doc_number: str) -> Iterator[Extracted[Basis]]: raise NotImplementedError
    def chunks_after(self, chunk_id: int) -> Iterator[ChunkRow]: raise NotImplementedError
    def vectors(self, first: int, last: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]: raise NotImplementedError
    def removals_after(self, removal: int) -> tuple[Removal, ...]: raise NotImplementedError
    def damages(self) -> tuple[str, ...]: raise NotImplementedError  # what SQLite's own integrity check finds; () = sound


class Catalog(CatalogReader):
    """One SQLite file `DIR/catalog.sqlite3`."""

    @classmethod
    def open(cls, directory: Path, *, create: bool = False, read_only: bool = False, patience: float = 30.0) -> Catalog: raise NotImplementedError
    def close(self) -> None: raise NotImplementedError
    def __enter__(self) -> Catalog: raise NotImplementedError
    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: raise NotImplementedError
    def snapshot(self) -> AbstractContextManager[CatalogReader]: raise NotImplementedError  # all reads inside see ONE state
    def store(self, file: SourceFile, documents: Sequence[PreparedDocument], embedding: EmbeddingRecord) -> Outcome: raise NotImplementedError
    def remove(self, document_id: int) -> StoredDocument: raise NotImplementedError
    def remove_source(self, name: str) -> tuple[StoredDocument, ...]: raise NotImplementedError
    def replace_vectors(self, embedding: EmbeddingRecord, embed: Callable[[Sequence[str]], NDArray[np.float32]], *, batch: int = 1024, progress: Callable[[int], None] | None = None) -> int: raise NotImplementedError
