"""The parts of a library: the catalog, its index, the model and the engine, each opened when first needed.

They may be asked for from several threads; each is opened once. The two slow ones, the model and the index,
are opened side by side.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self, TypeVar

from api.settings import Settings
from corpus.errors import CatalogUnwritable
from index.cores import cores

if TYPE_CHECKING:
    from types import TracebackType

    from corpus.catalog import Catalog
    from index.embedders import Embedder
    from index.searcher import Index
    from search.engine import SearchEngine
    from search.rerank import Reranker
    from search.unit_names import UnitNames

Part = TypeVar("Part")


class Parts:
    """What a catalog folder and its settings are opened as.

    With `create`, a catalog that does not exist is made; without, opening it raises CatalogMissing.
    """

    def __init__(self, settings: Settings, *, create: bool = False) -> None:
        self.settings = settings
        self._create = create
        self._parts: dict[str, object] = {}
        self._locks = {
            name: threading.Lock() for name in ("catalog", "index", "embedder", "reranker", "engine")
        }
        self._writing = threading.Lock()
        self._turns = threading.BoundedSemaphore(cores())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the catalog; the library is of no use afterwards."""
        catalog = self._parts.pop("catalog", None)
        if catalog is not None:
            catalog.close()  # type: ignore[attr-defined]

    def _part(self, name: str, make: Callable[[], Part]) -> Part:
        with self._locks[name]:
            if name not in self._parts:
                self._parts[name] = make()
            return self._parts[name]  # type: ignore[return-value]

    @property
    def catalog(self) -> Catalog:
        """The catalog of the settings. Raise CatalogMissing, CatalogDamaged, CatalogTooNew."""
        return self._part("catalog", self._open_catalog)

    def existing_catalog(self) -> Catalog | None:
        """Return the catalog, `None` where one is yet to be made. Raise CatalogMissing, CatalogDamaged, …."""
        from corpus.catalog import FILE_NAME

        if self._create and not (self.settings.catalog / FILE_NAME).exists():
            return None
        return self.catalog

    def _open_catalog(self) -> Catalog:
        """Open the catalog; one that may not be written is still there to be asked."""
        from corpus.catalog import Catalog

        try:
            return Catalog.open(self.settings.catalog, create=self._create)
        except CatalogUnwritable:
            if self._create:
                raise
            return Catalog.open(self.settings.catalog, read_only=True)

    @property
    def index(self) -> Index:
        """The index derived from the catalog."""
        from index.searcher import Index

        return self._part("index", lambda: Index(self.catalog, self.settings.catalog))

    @property
    def embedder(self) -> Embedder:
        """The model of the settings. Raise ModelMissing."""
        from index.embedders import open_embedder

        return self._part("embedder", lambda: open_embedder(self.settings.model, self.settings.models))

    @property
    def reranker(self) -> Reranker:
        """The second model of the settings. Raise ModelMissing."""
        from index.rerankers import CrossEncoderReranker

        return self._part("reranker", lambda: CrossEncoderReranker(self.settings.reranker or ""))

    @property
    def _unit_names(self) -> UnitNames | None:
        """What units are called where the user's file says so. Raise WrongUse."""
        from search.unit_names import load_unit_names

        return load_unit_names(self.settings.vocabulary) if self.settings.vocabulary else None

    def recorded(self, error: Exception) -> str:
        """Write an error that nobody foresaw to the log; return what a person is told."""
        from api.journal import internal_error_sentence, record_error

        return internal_error_sentence(record_error(self.settings.logs, error))

    def start_embedder(self) -> None:
        """Begin to open the model beside whatever comes next. Raise CatalogMissing, CatalogDamaged, ….

        An error of the model is kept in the future nobody asks, and met by whoever needs the model.
        """
        from concurrent.futures import ThreadPoolExecutor

        _ = self.catalog
        pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="embedder")
        pool.submit(lambda: self.embedder)
        pool.shutdown(wait=False)

    @property
    def engine(self) -> SearchEngine:
        """What answers questions; ready to answer when it is returned."""
        return self._part("engine", self._make_engine)

    def _make_engine(self) -> SearchEngine:
        self.start_embedder()
        from search.engine import SearchEngine
        from search.preferences import Habits

        self.index.searcher()
        return SearchEngine(
            self.catalog,
            self.index,
            self.embedder,
            habits=Habits(self.settings.prefer_recent, self.settings.prefer_unit),
            reranker=(lambda: self.reranker) if self.settings.reranker else None,
            kept=self.settings.models,
            unit_names=self._unit_names,
        )

    def warm(self) -> None:
        """Open every part, so that the first question is answered as fast as the second."""
        _ = self.engine
        if self.settings.reranker:
            _ = self.reranker

    @contextmanager
    def answering(self) -> Iterator[SearchEngine]:
        """Give the engine once it is sure that the catalog still holds vectors of its model.

        No more answer at once than there are cores: others wait for their turn, for each would slow all.
        """
        engine = self.engine
        self.catalog.require_embedding(self.embedder.record)
        with self._turns:
            yield engine
