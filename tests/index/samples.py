"""Small documents and a toy embedder for the tests of this folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from corpus.catalog import Catalog, EmbeddingRecord, Outcome, SourceFile
from corpus.model import DocumentKind, TargetDocument, TargetItem
from index.build import prepare

DIMENSION = 24
TOY = EmbeddingRecord("toy-1", "toy", DIMENSION)
OTHER_TOY = EmbeddingRecord("toy-2", "other toy", 8)
TOPICS = (
    "公文办理与发文数量控制",
    "全市性会议压减和视频会议推广",
    "政务热线按期答复与群众满意度",
    "招商引资到账外资与项目落地",
    "学校食堂食品安全抽检批次",
    "老旧小区改造与停车泊位建设",
    "防汛物资储备和应急演练",
)


class ToyEmbedder:
    """Vectors that depend on nothing but the characters of a text, of varying length."""

    def __init__(self, record: EmbeddingRecord = TOY) -> None:
        self.record = record

    def embed_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        if progress:
            progress(len(texts))
        return np.stack([self.embed(text) for text in texts])

    def embed(self, text: str) -> NDArray[np.float32]:
        vector = np.zeros(self.record.dimension, np.float32)
        for character in text:
            vector[crc32(character.encode()) % self.record.dimension] += 1
        return vector + 0.01


def target_document(number: int, items: int = 4, *, unit: str | None = "市政府办公厅") -> TargetDocument:
    """Return a document whose unit, year, city and categories differ with `number`."""
    year = 2010 + number % 5 if number % 4 else None
    rows = tuple(
        TargetItem(
            category="重点目标" if row % 2 else "创优目标",
            number=str(row + 1),
            name=TOPICS[(number + row) % len(TOPICS)],
            content=f"推进{TOPICS[(number * 3 + row) % len(TOPICS)]}，全年完成{number * 10 + row}件，"
            f"办结率不低于{80 + (number + row) % 20}%。",
        )
        for row in range(items)
    )
    kind = DocumentKind.PLAN if number % 3 == 0 else DocumentKind.TARGETS
    city = ("青岛市", "苏州市", None)[number % 3]
    return TargetDocument(f"{number}.txt", None, kind, unit, year, city, rows, text="文件")


def store(
    catalog: Catalog,
    document: TargetDocument,
    version: str = "1",
    embedder: ToyEmbedder | None = None,
) -> Outcome:
    """Store a document under its source's name."""
    maker = embedder or ToyEmbedder()
    name = document.source
    file = SourceFile(f"/{name}", name, name, f"{name} {version}", 1, "r1")
    return catalog.store(file, [prepare(document, maker)], maker.record)


def filled(directory: Path, documents: int = 8) -> Catalog:
    """Return a new catalog with some documents."""
    catalog = Catalog.open(directory, create=True)
    for number in range(1, documents + 1):
        store(catalog, target_document(number))
    return catalog
