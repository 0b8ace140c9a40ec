"""Vector indexes behind one contract: raw vectors in, cosine similarities out.

Nobody outside this module normalises a vector or converts what FAISS returns. Vectors are kept in half
precision, as the catalog keeps them: a scan reads half as much and finds the same (docs/decisions/index.md).
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from enum import StrEnum
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from index.cores import cores

if TYPE_CHECKING:
    from faiss import IDSelector, IndexScalarQuantizer

_LONGEST_BATCH = 65_536
_LARGE_FILE = 64 * 2**20
_BLOCK = 4 * 2**20
# Equal vectors get equal similarities: float32 sums differ in the seventh digit with a row's position.
_DECIMALS = 6
_HALF_STEP = 2**-10  # between neighbouring numbers just above one in half precision
# FAISS scans for one query on one core: from so many rows on, each core scans a share of them.
_SHARED_SCAN = 32_768


class VectorKind(StrEnum):
    """How vectors are kept and compared; the value stands in saved files."""

    HALF = "half"


class VectorIndex(Protocol):
    """What every kind promises; rows are numbered from 0 in the order they were given."""

    @property
    def size(self) -> int:
        """The number of rows."""
        ...

    def search(
        self, query: NDArray[np.float32], k: int, allowed: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return up to `k` rows and their cosine similarities, most similar first, equal ones by row.

        Only rows that are true in `allowed` are looked at, so that `k` of them are found where they exist.
        """
        ...

    def similarities(self, query: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the cosine similarity of `query` to each of `rows`, in their order."""
        ...

    def save(self, path: Path) -> None:
        """Write a file that `open_vectors` reads."""
        ...


class FaissIndex:
    """An exact scan over normalised vectors in FAISS; opened from a file it stays on disk, memory-mapped.

    Components are rounded to half precision, which changes a similarity by less than 0.0005. A vector
    without length (all zeros) has similarity 0 to everything.
    """

    kind = VectorKind.HALF

    def __init__(self, flat: IndexScalarQuantizer) -> None:
        self._flat = flat
        self._rows = _rows_of(flat)

    @classmethod
    def build(cls, dimension: int, batches: Iterable[NDArray[np.float32]]) -> FaissIndex:
        """Index vectors of any length, given as matrices one after the other."""
        flat = _empty(dimension)
        for vectors in batches:
            for start in range(0, len(vectors), _LONGEST_BATCH):
                _add(flat, normalised(vectors[start : start + _LONGEST_BATCH]).astype(np.float16))
        return cls(flat)

    @classmethod
    def merge(cls, dimension: int, parts: Iterable[tuple[FaissIndex, NDArray[np.int64]]]) -> FaissIndex:
        """Put the named rows of several indexes one after the other, bit by bit as they are."""
        flat = _empty(dimension)
        for part, rows in parts:
            for start in range(0, len(rows), _LONGEST_BATCH):
                _add(flat, part._rows[rows[start : start + _LONGEST_BATCH]])
        return cls(flat)

    @classmethod
    def open(cls, path: Path) -> FaissIndex:
        """Map a saved file into memory, reading only its head; RuntimeError or TypeError if it is none."""
        import faiss

        flat = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        if not isinstance(flat, faiss.IndexScalarQuantizer):
            raise TypeError(f"{path.name} holds {type(flat).__name__}, not vectors in half precision")
        if path.stat().st_size > _LARGE_FILE:
            threading.Thread(target=_read_ahead, args=(path,), daemon=True).start()
        return cls(flat)

    def save(self, path: Path) -> None:
        """Write a file that `open` maps; the same rows give the same bytes."""
        import faiss

        faiss.write_index(self._flat, str(path))

    @property
    def size(self) -> int:
        """The number of rows."""
        return int(self._flat.ntotal)

    @property
    def dimension(self) -> int:
        """The length of each vector."""
        return int(self._flat.d)

    def search(
        self, query: NDArray[np.float32], k: int, allowed: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """See `VectorIndex.search`; exact, ties included."""
        most = self.size if allowed is None else int(np.count_nonzero(allowed))
        k = min(k, most)
        if k <= 0:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        unit = normalised(query[np.newaxis])
        asked = min(k + 16, most)
        while True:
            rows, found = self._scan(unit, asked, allowed, most)
            if asked == most or found[-1] < found[k - 1]:
                break
            asked = min(asked * 4, most)
        order = np.lexsort((rows, -found))[:k]
        return rows[order], found[order]

    def similarities(self, query: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """See `VectorIndex.similarities`."""
        found = self._rows[rows].astype(np.float32) @ normalised(query[np.newaxis])[0]
        return _rounded(found)

    def _scan(
        self, unit: NDArray[np.float32], k: int, allowed: NDArray[np.bool_] | None, passing: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the best `k` rows, best first, of the `passing` ones that are true in `allowed`."""
        bits = None if allowed is None else np.packbits(allowed, bitorder="little")
        shares = cores() if passing >= _SHARED_SCAN else 1
        if shares == 1:
            rows, found = self._scan_share(unit, k, bits, None)
        else:
            ends = np.linspace(0, self.size, shares + 1).astype(int).tolist()
            waiting = [_scanning().submit(self._scan_share, unit, k, bits, share) for share in pairwise(ends)]
            parts = [one.result() for one in waiting]
            rows, found = (np.concatenate(column) for column in zip(*parts, strict=True))
            order = np.argsort(-found, kind="stable")[:k]
            rows, found = rows[order], found[order]
        return rows, _rounded(found)

    def _scan_share(
        self,
        unit: NDArray[np.float32],
        k: int,
        bits: NDArray[np.uint8] | None,
        share: tuple[int, int] | None,
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Scan the rows from `share[0]` to before `share[1]`, by default all."""
        import faiss

        selector: IDSelector | None = None
        if bits is not None:
            passing = selector = faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg, arg-type]  # stub of C++
        if share is not None:
            within = selector = faiss.IDSelectorRange(*share)
        if bits is not None and share is not None:
            selector = faiss.IDSelectorAnd(within, passing)
        if selector is None:
            found, rows = self._flat.search(unit, k)
        else:
            parameters = faiss.SearchParameters()
            parameters.sel = selector
            found, rows = self._flat.search(unit, k, params=parameters)
        kept = rows[0] >= 0  # a share may hold fewer than `k`
        return rows[0][kept], found[0][kept]


@cache
def _scanning() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(cores(), thread_name_prefix="scan")


def open_vectors(path: Path, kind: VectorKind) -> FaissIndex:
    """Open a saved file of the kind it was saved as."""
    return {VectorKind.HALF: FaissIndex}[kind].open(path)


def normalised(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return a matrix with each row divided by its length; rows of zeros stay.

    So do rows whose length is one but for half precision: what the catalog keeps is what is compared.
    """
    wide = np.ascontiguousarray(vectors, dtype=np.float32)
    if not np.isfinite(wide).all():
        raise ValueError("a vector holds NaN or infinity")
    lengths = np.linalg.norm(wide, axis=1, keepdims=True)
    is_unit = (lengths == 0) | (np.abs(lengths - 1) < _HALF_STEP)
    return np.asarray(wide / np.where(is_unit, 1, lengths), np.float32)


def _read_ahead(path: Path) -> None:
    """Bring a file into the system's memory in one go: a scan that meets it page by page is slower."""
    with suppress(OSError), path.open("rb", buffering=0) as file:
        block = bytearray(_BLOCK)
        while file.readinto(block):
            pass


def _rounded(similarities: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(np.round(similarities, _DECIMALS), np.float32)


def _empty(dimension: int) -> IndexScalarQuantizer:
    import faiss

    return faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)


def _add(flat: IndexScalarQuantizer, halves: NDArray[np.float16]) -> None:
    """Append rows bit by bit: FAISS rounds halfway cases in another way than everybody else."""
    if len(halves):
        flat.add_sa_codes(halves.view(np.uint8))


def _rows_of(flat: IndexScalarQuantizer) -> NDArray[np.float16]:
    """Return the matrix inside `flat` without copying it."""
    import faiss

    if flat.ntotal == 0:
        return np.empty((0, flat.d), np.float16)
    codes: NDArray[np.uint8] = faiss.rev_swig_ptr(flat.codes.data(), flat.ntotal * flat.code_size)
    return codes.view(np.float16).reshape(flat.ntotal, flat.d)
