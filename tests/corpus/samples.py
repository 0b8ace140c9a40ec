"""Documents to store: a short way to write one, and a strategy for every document there can be."""

from __future__ import annotations

import dataclasses
import types
import typing
from enum import StrEnum
from typing import Any

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from corpus.catalog import EmbeddingRecord, PreparedChunk, PreparedDocument, SourceFile
from corpus.model import (
    Basis,
    Benchmark,
    Comparator,
    DocumentKind,
    Field,
    Indicator,
    Origin,
    Place,
    Quantity,
    Span,
    TargetDocument,
    TargetItem,
)

SMALL = EmbeddingRecord(fingerprint="small-1", model="small", dimension=4)
OTHER = EmbeddingRecord(fingerprint="other-1", model="other", dimension=2)
CONTACT = "单位名称：样例局  主要负责人：甲某某  联系人：乙某  联系电话：12345678"


def source_file(path: str, sha256: str = "1", reading: str = "r1") -> SourceFile:
    """A file found under /in."""
    return SourceFile(f"/in/{path}", path, path.rpartition("/")[2], sha256, 10, reading)


def target_item(n: int, content: str = "年内办结率达到95%以上。") -> TargetItem:
    """An item with one of each extraction."""
    span = Span(Field.CONTENT, 5, 10)
    law = Span(Field.BASIS, 0, 6)
    before = Quantity(90.0, "%", 2020)
    return TargetItem(
        category="重点目标",
        number=str(n + 1),
        name=f"第{n + 1}项工作",
        content=content,
        indicators=(Indicator("办结率", Comparator.AT_LEAST, 95.0, "%", "95%以上", span, baseline=before),),
        benchmarks=(Benchmark("杭州市", "97%", "杭州市97%", Span(Field.BENCHMARK, 0, 6)),),
        bases=(Basis("样例办法", f"样政发〔2020〕{n + 1}号", 2020, "样例市政府", "《样例办法》", law),),
        basis_text="《样例办法》",
        benchmark_text="杭州市97%",
        place=Place(line=n + 3),
    )


def target_document(
    source: str = "2021.md",
    items: int = 2,
    *,
    unit: str = "样例局",
    year: int = 2021,
    content: str | None = None,
) -> TargetDocument:
    """A document of `items` items."""
    return TargetDocument(
        source=source,
        title=f"{year}年业务目标",
        kind=DocumentKind.TARGETS,
        unit=unit,
        year=year,
        city="样例市",
        items=tuple(target_item(n, content or f"第{n}项办结率达到95%以上。") for n in range(items)),
        unit_origin=Origin.HEADER,
        year_origin=Origin.TITLE,
        city_origin=Origin.FOLDER,
        text=f"{year}年业务目标\n{CONTACT}\n",
    )


def vector_of(text: str, dimension: int) -> NDArray[np.float32]:
    """A unit vector that depends on the text alone."""
    made = np.random.default_rng(list(text.encode())).standard_normal(dimension)
    return (made / np.linalg.norm(made)).astype(np.float32)


def prepared(
    document: TargetDocument, embedding: EmbeddingRecord = SMALL, pieces: int = 1
) -> PreparedDocument:
    """`document` with each item cut into `pieces` chunks."""

    def chunk(item: TargetItem, piece: int) -> PreparedChunk:
        start = len(item.content) * piece // pieces
        end = len(item.content) * (piece + 1) // pieces
        text = f"{document.year}年 {document.unit}\n{item.content[start:end]}"
        return PreparedChunk(text, start, end, vector_of(text, embedding.dimension))

    return PreparedDocument(
        document, tuple(tuple(chunk(item, piece) for piece in range(pieces)) for item in document.items)
    )


def embed(texts: typing.Sequence[str], dimension: int = OTHER.dimension) -> NDArray[np.float32]:
    """What `OTHER` makes of texts."""
    return np.stack([vector_of(text, dimension) for text in texts])


def anything(kind: Any) -> st.SearchStrategy[Any]:
    """Every value of a type of `corpus.model`, with every field filled: fields added later are drawn too."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return st.one_of(*(anything(one) for one in inner))
    if origin is tuple:
        return st.lists(anything(inner[0]), max_size=3).map(tuple)
    make: Any = kind
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        names = [field.name for field in dataclasses.fields(kind)]
        return st.builds(make, **{name: anything(hints[name]) for name in names})
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return st.sampled_from(kind)
    return _PLAIN[kind]


_PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    type(None): st.none(),
    str: st.text(max_size=12),
    int: st.integers(-(2**63), 2**63 - 1),
    float: st.floats(allow_nan=False).map(lambda drawn: drawn + 0.0),  # SQLite has no -0.0
}
