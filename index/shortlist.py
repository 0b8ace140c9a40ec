"""A shortlist of rows for a search: a scan over 8-bit codes, and how far off its estimates are.

A code is a component divided by one step and rounded. What that costs is known: rounding errors are spread
evenly and independent of each other, so that of ten thousand million estimates not one is further off than
the bound that comes with every list. A search that scores the listed rows again can tell by it whether the
list was long enough.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from faiss import IDSelector, IndexScalarQuantizer, SearchParameters

_MOST = 127  # of a code
_BATCH = 16_384
_ROUNDING = 1e-4  # sums of float32, and lengths that are one but for half precision
# A sum of evenly spread errors exceeds seven standard deviations less than once in 2e10 times.
_DEVIATIONS = 7 / 12**0.5


@dataclass(frozen=True, slots=True)
class Estimates:
    """Listed rows, the highest estimate first; what was not listed has at most the estimate `rest`.

    `bound` is what estimates differ from true similarities by at most.
    """

    rows: NDArray[np.int64]
    estimates: NDArray[np.float32]
    rest: float
    bound: float


class Shortlist:
    """8-bit codes of the rows of a matrix, in FAISS; opened from a file they stay on disk, memory-mapped."""

    def __init__(self, codes: IndexScalarQuantizer, step: float, moved: float) -> None:
        self._codes = codes
        self._step = step
        self._moved = moved

    @classmethod
    def build(cls, rows: NDArray[np.float16]) -> Shortlist:
        """Code the rows of a matrix of normalised vectors; `moved` is the most that rounding moved one."""
        import faiss

        dimension = rows.shape[1]
        codes = faiss.IndexScalarQuantizer(
            dimension, faiss.ScalarQuantizer.QT_8bit_direct_signed, faiss.METRIC_INNER_PRODUCT
        )
        batches = [rows[start : start + _BATCH] for start in range(0, len(rows), _BATCH)]
        step = max((float(np.abs(batch).max()) for batch in batches), default=0.0) / _MOST or 1.0
        moved = 0.0
        for batch in batches:
            wide = batch.astype(np.float32)
            rounded = np.round(wide / step)
            moved = max(moved, float(np.linalg.norm(wide - rounded * step, axis=1).max()))
            codes.add(rounded)
        return cls(codes, step, moved)

    @classmethod
    def open(cls, path: Path) -> Shortlist:
        """Map a saved file into memory; RuntimeError, TypeError, ValueError or OSError if it is none."""
        import faiss

        codes = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        if not isinstance(codes, faiss.IndexScalarQuantizer):
            raise TypeError(f"{path.name} holds {type(codes).__name__}, not codes of 8 bits")
        step, moved = np.load(_made_with(path), allow_pickle=False).tolist()
        return cls(codes, step, moved)

    def save(self, path: Path) -> list[Path]:
        """Write the files that `open` maps and return them; the same rows give the same bytes."""
        import faiss

        faiss.write_index(self._codes, str(path))
        np.save(_made_with(path), np.array([self._step, self._moved]), allow_pickle=False)
        return [path, _made_with(path)]

    @property
    def size(self) -> int:
        """The number of rows."""
        return int(self._codes.ntotal)

    def search(self, unit: NDArray[np.float32], k: int, selector: IDSelector | None) -> Estimates:
        """Return the `k` rows with the highest estimates for a vector of length one, of those selected."""
        step = (float(np.abs(unit).max()) or 1.0) / _MOST
        rounded = np.round(unit / step)
        sums, found = self._codes.search(rounded[np.newaxis], k, params=among(selector))
        listed = found[0] >= 0
        estimates = sums[0][listed] * np.float32(self._step * step)
        rest = float(estimates[-1]) if len(estimates) == k else -np.inf
        # What rounding moved the query and a row by, were all of it in the other's direction.
        most = self._moved + float(np.linalg.norm(unit - rounded * step)) * (1 + self._moved)
        likely = _DEVIATIONS * float(np.hypot(self._step, step))
        return Estimates(found[0][listed], estimates, rest, min(most, likely) + _ROUNDING)


def among(selector: IDSelector | None) -> SearchParameters | None:
    """Return what FAISS searches selected rows with; the selector must live as long."""
    import faiss

    if selector is None:
        return None
    parameters = faiss.SearchParameters()
    parameters.sel = selector
    return parameters


def _made_with(path: Path) -> Path:
    """Return the file beside codes that says what they were made with; FAISS keeps codes alone."""
    return path.with_name(f"{path.name}.npy")
