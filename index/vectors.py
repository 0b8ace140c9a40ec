"""Vector indexes behind one contract: raw vectors in, cosine similarities out.

Nobody outside this module normalises a vector or converts what FAISS returns. Vectors are kept in half
precision, as the catalog keeps them. Where there are many, a scan over 8-bit codes names the rows that can be
among the best, and those are compared in half precision: the same result in half of the time
(docs/decisions/index.md).
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
from index.shortlist import Estimates, Shortlist, among

if TYPE_CHECKING:
    from faiss import IDSelector, IndexScalarQuantizer

_LONGEST_BATCH = 65_536
_LARGE_FILE = 64 * 2**20
_BLOCK = 4 * 2**20
# Equal vectors get equal similarities: float32 sums differ in the seventh digit with a row's position.
_DECIMALS = 6
_HALF_STEP = 2**-10  # between neighbouring numbers just above one in half precision
# From so many rows on that a search looks at, codes name the rows that are compared; the first list has
# so many rows and `_LISTED_A_HIT` for each hit, and grows until it is long enough.
_CODED = 32_768
_LISTED, _LISTED_A_HIT = 200, 2
_WORTH_LISTING = 4  # a list of a quarter of the rows costs more than it spares
# FAISS scans for one query on one core: from so many rows on, each core scans a share of them.
_SHARED_SCAN = 131_072


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

    def similarities(self, queries: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the cosine similarity of each row of the matrix `queries` to each of `rows`, in order."""
        ...

    def save(self, path: Path) -> list[Path]:
        """Write the files that `open_vectors` reads, and return them."""
        ...


class FaissIndex:
    """An exact search over normalised vectors in FAISS; opened from a file they stay on disk, memory-mapped.

    Components are rounded to half precision, which changes a similarity by less than 0.0005. A vector
    without length (all zeros) has similarity 0 to everything.
    """

    kind = VectorKind.HALF

    def __init__(self, flat: IndexScalarQuantizer, shortlist: Shortlist | None = None) -> None:
        self._flat = flat
        self._rows = _rows_of(flat)
        self._shortlist = shortlist

    @classmethod
    def build(cls, dimension: int, batches: Iterable[NDArray[np.float32]]) -> FaissIndex:
        """Index vectors of any length, given as matrices one after the other."""
        flat = _empty(dimension)
        for vectors in batches:
            for start in range(0, len(vectors), _LONGEST_BATCH):
                _add(flat, normalised(vectors[start : start + _LONGEST_BATCH]).astype(np.float16))
        return cls._with_codes(flat)

    @classmethod
    def merge(cls, dimension: int, parts: Iterable[tuple[FaissIndex, NDArray[np.int64]]]) -> FaissIndex:
        """Put the named rows of several indexes one after the other, bit by bit as they are."""
        flat = _empty(dimension)
        for part, rows in parts:
            for start in range(0, len(rows), _LONGEST_BATCH):
                _add(flat, part._rows[rows[start : start + _LONGEST_BATCH]])
        return cls._with_codes(flat)

    @classmethod
    def _with_codes(cls, flat: IndexScalarQuantizer) -> FaissIndex:
        return cls(flat, Shortlist.build(_rows_of(flat)) if flat.ntotal >= _CODED else None)

    @classmethod
    def open(cls, path: Path) -> FaissIndex:
        """Map saved files into memory, reading only their heads.

        RuntimeError, TypeError, ValueError or OSError if they are none, or not of the same rows.
        """
        import faiss

        flat = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        if not isinstance(flat, faiss.IndexScalarQuantizer):
            raise TypeError(f"{path.name} holds {type(flat).__name__}, not vectors in half precision")
        if flat.ntotal < _CODED:
            return cls(flat)
        codes = _codes_of(path)
        shortlist = Shortlist.open(codes)
        if shortlist.size != flat.ntotal:
            raise ValueError(f"{codes.name} holds {shortlist.size} rows, {path.name} {flat.ntotal}")
        if codes.stat().st_size > _LARGE_FILE:  # of the vectors themselves, a search reads few
            threading.Thread(target=_read_ahead, args=(codes,), daemon=True).start()
        return cls(flat, shortlist)

    def save(self, path: Path) -> list[Path]:
        """Write the files that `open` maps and return them; the same rows give the same bytes."""
        import faiss

        faiss.write_index(self._flat, str(path))
        if self._shortlist is None:
            return [path]
        return [path, *self._shortlist.save(_codes_of(path))]

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
        unit = normalised(query[np.newaxis])[0]
        if self._shortlist and most >= _CODED:
            allowed, most = self._narrowed(self._shortlist, unit, k, allowed, most)
        rows, similarities = self._scanned(unit, k, allowed, most)
        order = np.lexsort((rows, -similarities))[:k]
        return rows[order], similarities[order]

    def similarities(self, queries: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """See `VectorIndex.similarities`."""
        return _rounded(normalised(queries) @ self._wide(rows).T)

    def _wide(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        return self._rows[rows].astype(np.float32)

    def _narrowed(
        self,
        shortlist: Shortlist,
        unit: NDArray[np.float32],
        k: int,
        allowed: NDArray[np.bool_] | None,
        most: int,
    ) -> tuple[NDArray[np.bool_] | None, int]:
        """Return which of the `most` allowed rows the best `k` are among, with ties, and how many they are.

        They are all that are allowed where they would be a good part of them.
        """
        asked = _LISTED + _LISTED_A_HIT * k
        while asked < most // _WORTH_LISTING:
            listed = _listed(shortlist, unit, asked, allowed)
            least = float((self._wide(listed.rows[:k]) @ unit).min())
            if listed.rest + listed.bound < least:
                rows = listed.rows[listed.estimates >= least - listed.bound]
                narrowed = np.zeros(self.size, np.bool_)
                narrowed[rows] = True
                return narrowed, len(rows)
            asked *= 2
        return allowed, most

    def _scanned(
        self, unit: NDArray[np.float32], k: int, allowed: NDArray[np.bool_] | None, most: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the best `k` rows, best first, and what ties with the last."""
        selector = _selector(allowed)
        parameters = among(selector)
        asked = min(k + 16, most)
        while True:
            found, rows = self._flat.search(unit[np.newaxis], asked, params=parameters)
            similarities = _rounded(found[0])
            if asked == most or similarities[-1] < similarities[k - 1]:
                return rows[0], similarities
            asked = min(asked * 4, most)


def _selector(allowed: NDArray[np.bool_] | None) -> IDSelector | None:
    import faiss

    if allowed is None:
        return None
    bits = np.packbits(allowed, bitorder="little")
    return faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg, arg-type]  # stub of C++


def _listed(
    shortlist: Shortlist, unit: NDArray[np.float32], k: int, allowed: NDArray[np.bool_] | None
) -> Estimates:
    """Return at least `k` rows with high estimates; each core scans a share of many rows."""
    import faiss

    passing = _selector(allowed)
    shares = cores() if shortlist.size >= _SHARED_SCAN else 1
    if shares == 1:
        return shortlist.search(unit, k, passing)
    ends = np.linspace(0, shortlist.size, shares + 1).astype(int).tolist()
    within: list[IDSelector] = [faiss.IDSelectorRange(*share) for share in pairwise(ends)]
    both = [faiss.IDSelectorAnd(one, passing) for one in within] if passing else within
    parts = list(_scanning().map(lambda selector: shortlist.search(unit, k, selector), both))
    estimates = np.concatenate([part.estimates for part in parts])
    order = np.argsort(-estimates, kind="stable")
    rows = np.concatenate([part.rows for part in parts])[order]
    return Estimates(rows, estimates[order], max(part.rest for part in parts), parts[0].bound)


@cache
def _scanning() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(cores(), thread_name_prefix="scan")


def open_vectors(path: Path, kind: VectorKind) -> FaissIndex:
    """Open what was saved as a file of a kind."""
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


def _codes_of(path: Path) -> Path:
    return path.with_suffix(".codes")


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
