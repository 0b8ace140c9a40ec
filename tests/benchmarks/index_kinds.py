"""The kinds of vector index that `bench_indexes` compares, and the process in which each is asked."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.vectors import FaissIndex
from tests.benchmarks.memory import resident

if TYPE_CHECKING:
    import faiss

K = 10
_TRAINED_ON = 100_000
_POINTS_A_LIST = 40

Vector = NDArray[np.float32]
Vectors = NDArray[np.float32]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Kind:
    """An index and the settings that it is asked with, if it has any. The product's own has no `build`."""

    name: str
    build: Callable[[Vectors], faiss.Index] | None
    parameter: str | None = None
    settings: tuple[int, ...] = (0,)

    def make(self, vectors: Vectors, path: Path) -> float:
        """Write the index of some vectors; return the seconds that building took."""
        import faiss

        began = time.perf_counter()
        made = self.build(vectors) if self.build else FaissIndex.build(vectors.shape[1], [vectors])
        took = time.perf_counter() - began
        if isinstance(made, FaissIndex):
            made.save(path)
        else:
            faiss.write_index(made, str(path))
        return took


@dataclass(frozen=True, slots=True)
class Opened:
    """A fresh process: seconds until the file is open, and until the first answer."""

    opened: float
    first_answer: float


@dataclass(frozen=True, slots=True)
class Asked:
    """What some queries found, and what each cost in milliseconds by the clock and of processor time."""

    rows: NDArray[np.int64]
    clock: list[float]
    processor: list[float]


def _flat(vectors: Vectors) -> faiss.Index:
    import faiss

    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    return index


def _quantised(bits: str) -> Callable[[Vectors], faiss.Index]:
    def build(vectors: Vectors) -> faiss.Index:
        import faiss

        kind = getattr(faiss.ScalarQuantizer, bits)
        index = faiss.IndexScalarQuantizer(vectors.shape[1], kind, faiss.METRIC_INNER_PRODUCT)
        index.train(_drawn(vectors, _TRAINED_ON))
        index.add(vectors)
        return index

    return build


def _graph(vectors: Vectors) -> faiss.Index:
    import faiss

    index = faiss.IndexHNSWFlat(vectors.shape[1], 32, faiss.METRIC_INNER_PRODUCT)
    index.hnsw.efConstruction = 80
    index.add(vectors)
    return index


def _lists(content: str) -> Callable[[Vectors], faiss.Index]:
    def build(vectors: Vectors) -> faiss.Index:
        import faiss

        lists = round(2 * len(vectors) ** 0.5)
        index = faiss.index_factory(vectors.shape[1], f"IVF{lists},{content}", faiss.METRIC_INNER_PRODUCT)
        index.train(_drawn(vectors, _POINTS_A_LIST * lists))
        index.add(vectors)
        return index

    return build


def _refined(vectors: Vectors) -> faiss.Index:
    """Return codes of one bit, by which rows are listed, and half precision, in which they are compared."""
    import faiss

    dimension, inner = vectors.shape[1], faiss.METRIC_INNER_PRODUCT
    codes = faiss.IndexRaBitQ(dimension, inner)
    codes.train(_drawn(vectors, _TRAINED_ON))
    halves = faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_fp16, inner)
    refined = faiss.IndexRefine(codes, halves)
    refined.add(vectors)
    return refined


def _drawn(vectors: Vectors, most: int) -> Vectors:
    if len(vectors) <= most:
        return vectors
    rows = np.random.default_rng(0).choice(len(vectors), most, replace=False)
    return vectors[np.sort(rows)]


EXACT = "flat, half precision"
OURS = "8 bits, then half precision"
GRAPH = "HNSW32"
KINDS = (
    Kind("flat, single precision", _flat),
    Kind(EXACT, _quantised("QT_fp16")),
    Kind(OURS, None),
    Kind("flat, 8 bits", _quantised("QT_8bit")),
    Kind("RaBitQ, 1 bit, then half precision", _refined, "k_factor", (50, 100)),
    Kind(GRAPH, _graph, "efSearch", (64, 200)),
    Kind("IVF, single precision", _lists("Flat"), "nprobe", (16, 64, 256)),
    Kind("IVF, 8 bits", _lists("SQ8"), "nprobe", (16, 64, 256)),
)


class Asker:
    """Asks one index file in a process of its own, one thread, so that kinds can take turns."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.opened: Opened = connection.recv()

    def ask(self, setting: int, first: int, last: int, allowed: Mask | None) -> Asked:
        """Ask the queries from `first` up to `last`, excluded; only rows true in `allowed` may be found."""
        self._connection.send((setting, first, last, allowed))
        asked: Asked = self._connection.recv()
        return asked

    def megabytes(self) -> float:
        """Return by how much the process grew since it began, pages of the file included."""
        self._connection.send(None)
        return float(self._connection.recv())


@contextmanager
def asker(path: Path, kind: Kind, queries: Vectors) -> Iterator[Asker]:
    """Open a file in a fresh process, memory-mapped, until the block ends."""
    context = get_context("spawn")
    here, there = context.Pipe()
    started = context.Process(target=_serve, args=(there, path, kind.name, queries), daemon=True)
    started.start()
    there.close()
    try:
        yield Asker(here)
    finally:
        here.close()
        started.join(30)


def _serve(connection: Connection, path: Path, name: str, queries: Vectors) -> None:
    import faiss

    kind = next(one for one in KINDS if one.name == name)
    faiss.omp_set_num_threads(1)
    before = resident()
    began = time.perf_counter()
    index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC) if kind.build else FaissIndex.open(path)
    opened = time.perf_counter() - began
    _search(index, queries[0], kind, kind.settings[0], None)
    answered = time.perf_counter() - began
    connection.send(Opened(opened, answered))
    with suppress(EOFError):  # the other side has closed: nothing more is asked
        while True:
            asked = connection.recv()
            if asked is None:
                connection.send(resident() - before)
                continue
            setting, first, last, allowed = asked
            rows, clock, processor = [], [], []
            for query in queries[first:last]:
                started, worked = time.perf_counter(), time.thread_time()
                rows.append(_search(index, query, kind, setting, allowed))
                clock.append(1000 * (time.perf_counter() - started))
                processor.append(1000 * (time.thread_time() - worked))
            connection.send(Asked(np.stack(rows), clock, processor))


def _search(
    index: faiss.Index | FaissIndex, query: Vector, kind: Kind, setting: int, allowed: Mask | None
) -> NDArray[np.int64]:
    """Return the `K` best rows; -1 stands for none."""
    import faiss

    if isinstance(index, FaissIndex):
        found, _ = index.search(query, K, allowed)
        return np.pad(found, (0, K - len(found)), constant_values=-1)
    selector = None
    if allowed is not None:
        bits = np.packbits(allowed, bitorder="little")
        selector = faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg, arg-type]  # stub of C++
    parameters, kept = _parameters(kind.parameter, setting, selector)
    _, rows = index.search(query[np.newaxis], K, params=parameters)
    del kept
    first: NDArray[np.int64] = rows[0]
    return first


def _parameters(name: str | None, setting: int, selector: Any) -> tuple[Any, Any]:
    """Return what FAISS is asked with, and what must live as long (it keeps pointers only)."""
    import faiss

    if name == "k_factor":
        listing = faiss.SearchParameters()
        listing.sel = selector
        refined = faiss.IndexRefineSearchParameters()
        refined.k_factor = setting
        refined.base_index_params = listing
        return refined, listing
    kinds = {"efSearch": "SearchParametersHNSW", "nprobe": "SearchParametersIVF", None: "SearchParameters"}
    made = getattr(faiss, kinds[name])()
    if name is not None:
        setattr(made, name, setting)
    made.sel = selector
    return made, selector
