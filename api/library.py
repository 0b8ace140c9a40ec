"""What every way in calls: the questions, and what changes the catalog."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from api.parts import Parts
from api.requests import question
from corpus.errors import CatalogUnwritable, WrongUse

if TYPE_CHECKING:
    from api.asking import Event
    from api.checking import DraftRead
    from api.drafting import Drafted
    from api.following import Follow
    from api.found_files import FoundFile
    from api.ingesting import Step
    from api.schemas.carryover import CarryoverJson
    from api.schemas.checks import CheckJson, LookupJson, PassageJson
    from api.schemas.documents import DocumentDetailJson, DocumentJson, DocumentListJson
    from api.schemas.items import ComparisonJson, HistoryJson, RestingJson
    from api.schemas.results import AnswerJson, BasesJson, BenchmarksJson, SearchJson, TrendsJson
    from api.schemas.service import IngestJson, RemovedJson, VocabularyJson
    from corpus.catalog import Catalog, StoredDocument
    from ingest.reading import Hints
    from search.check.rules import Selection
    from search.drafting.proposal import DraftRequest
    from search.engine import SearchRequest
    from search.results import Comparing
    from search.writing.writer import Writer


class Library(Parts):
    """One catalog folder with everything that answers questions about it."""

    def search(self, request: SearchRequest) -> SearchJson:
        """Return items, best first."""
        from api.conversions.results import search_to_json

        with self.answering() as engine:
            return search_to_json(engine.search(request))

    def ask(self, request: SearchRequest) -> AnswerJson:
        """Return an answer made of cited facts, or one that says nothing was found."""
        from api.conversions.results import answer_to_json

        with self.answering() as engine:
            return answer_to_json(engine.ask(request))

    def ask_model(self, request: SearchRequest) -> AnswerJson:
        """Return an answer in a language model's words as far as each holds. Raise WrongUse without one."""
        from api.asking import answer_of

        return answer_of(self.written(request))

    def written(self, request: SearchRequest, *, llm: bool = True) -> Iterator[Event]:
        """Yield an answer while it is written: the cited one first, last the one that stands.

        Raise WrongUse where `llm` is wanted and none is set.
        """
        from api.asking import events

        writer = self._writer() if llm else None
        with self.answering() as engine:
            answered = engine.ask(request)
        return events(request.query, answered, writer)

    def _writer(self) -> Writer:
        from api.language_model import LanguageModel

        named = self.settings.language_model
        if named is None:
            raise WrongUse(
                "没有设置语言模型；请设置环境变量 DUIBIAO_LLM_URL 和 DUIBIAO_LLM_MODEL，或不用语言模型再问。"
            )
        return LanguageModel(named.url, named.model, named.key, named.timeout)

    def benchmarks(self, request: SearchRequest, comparing: Comparing | None = None) -> BenchmarksJson:
        """Return the cities named as benchmarks for a topic, and cities' figures on it, best first."""
        from api.conversions.relations import benchmarks_to_json

        with self.answering() as engine:
            return benchmarks_to_json(engine.benchmarks(request, comparing))

    def bases(self, request: SearchRequest) -> BasesJson:
        """Return the documents that items about a topic rest on, best first."""
        from api.conversions.relations import bases_to_json

        with self.answering() as engine:
            return bases_to_json(engine.bases(request))

    def trend(self, request: SearchRequest) -> TrendsJson:
        """Return how promised figures changed over the years."""
        from api.conversions.relations import trends_to_json

        with self.answering() as engine:
            return trends_to_json(engine.trend(request))

    def carryover(self, unit: str, year: int, city: str | None = None) -> CarryoverJson:
        """Return what became of a unit's earlier targets in those of `year`. Raise WrongUse."""
        from api.conversions.carryover import carryover_to_json
        from search.carryover import carryover

        with self.catalog.snapshot() as reader:
            return carryover_to_json(carryover(unit, year, reader, self._unit_names, city))

    def resting(self, basis: str) -> RestingJson:
        """Return every item that rests on the document that `basis` names. Raise WrongUse."""
        from api.conversions.items import resting_to_json
        from search.engine import local_today
        from search.resting import items_resting_on

        if not basis.strip():
            raise WrongUse("没有写明是哪份依据；请写出文件的标题或文号。")
        with self.catalog.snapshot() as reader:
            return resting_to_json(basis, items_resting_on(basis.strip(), reader, local_today().year))

    def history(self, item_id: int) -> HistoryJson:
        """Return where an item stood before and where it went on. Raise ItemNotFound."""
        from api.conversions.items import history_to_json
        from search.history import item_history

        with self.catalog.snapshot() as reader:
            return history_to_json(item_history(item_id, reader, self._unit_names))

    def compare(self, item_ids: Sequence[int]) -> ComparisonJson:
        """Return items side by side. Raise ItemNotFound, and WrongUse for too few or too many."""
        from api.conversions.items import comparison_to_json
        from search.comparing import MOST_COMPARED, compare
        from search.history import stored_item

        wanted = list(dict.fromkeys(item_ids))
        if not 2 <= len(wanted) <= MOST_COMPARED:
            raise WrongUse(f"要对照的条目有 {len(wanted)} 条；请选 2 到 {MOST_COMPARED} 条不同的。")
        with self.catalog.snapshot() as reader:
            return comparison_to_json(compare([stored_item(one, reader) for one in wanted]))

    def check(self, draft: DraftRead, selection: Selection) -> CheckJson:
        """Return what the selected rules find in the documents of a draft. Raise WrongUse."""
        from api.conversions.checks import reports_to_json

        with self.answering() as engine:
            return reports_to_json(
                [engine.check(one, selection, is_fragment=draft.is_fragment) for one in draft.documents]
            )

    def lookup(self, passage: PassageJson, hints: Hints) -> LookupJson:
        """Return what belongs beside a selected passage; `hints` say whose draft it stands in."""
        from api.checking import passage_of
        from api.conversions.checks import lookup_to_json
        from search.check.rules import Selection

        request = question(passage.text, k=passage.k, understand=False)
        document = passage_of(request.query, hints, whole=True)
        with self.answering() as engine:
            return lookup_to_json(engine.lookup(document, request, Selection(passage.off)))

    def draft(self, request: DraftRequest) -> Drafted:
        """Return proposed items, with the document that they make."""
        from api.drafting import drafted

        with self.answering() as engine:
            return drafted(engine.draft(request))

    def vocabulary(self) -> VocabularyJson:
        """Return what the filters can be set to; needs no model."""
        from api.conversions.service import vocabulary_to_json

        return vocabulary_to_json(self.index.searcher().vocabulary())

    def documents(self) -> DocumentListJson:
        """Return all documents of the catalog."""
        from api.conversions.documents import document_to_json
        from api.schemas.documents import DocumentListJson

        return DocumentListJson(tuple(document_to_json(one) for one in self.catalog.documents()))

    def document(self, document_id: int) -> DocumentDetailJson:
        """Return a document, its items and its text. Raise DocumentNotFound."""
        from api.conversions.documents import detail_to_json

        with self.catalog.snapshot() as reader:
            return detail_to_json(
                reader.document(document_id),
                reader.document_items(document_id),
                reader.text(document_id),
                reader.corrections(document_id),
                reader.reading(document_id),
            )

    def remove(self, document_id: int) -> RemovedJson:
        """Take a document out of the catalog; it can be restored. Raise DocumentNotFound."""
        return self._removed(lambda: (self.catalog.remove(document_id),))

    def remove_named(self, name: str) -> RemovedJson:
        """Take out what `name` means: a document's number, or else a file's name. Raise DocumentNotFound."""
        number = int(name) if name.isascii() and name.isdigit() else None
        if any(document.id == number for document in self.catalog.documents()):
            return self.remove(int(name))
        return self._removed(lambda: self.catalog.remove_source(name))

    def _removed(self, take_out: Callable[[], tuple[StoredDocument, ...]]) -> RemovedJson:
        from api.conversions.keeping import removed_to_json

        with self.changing() as catalog:
            removed = take_out()
        return removed_to_json(removed, catalog.removed())

    @contextmanager
    def changing(self) -> Iterator[Catalog]:
        """Lend the catalog for a change, one change at a time; the index is saved after it."""
        with self._writing:
            yield self.catalog
            self.index.save()

    def ingest(self, paths: Sequence[Path], hints: Hints, progress: Callable[[Step], None]) -> IngestJson:
        """Take files and folders into the catalog, one file at a time. Raise WrongUse, ModelMismatch."""
        from api.found_files import listed_files

        return self.ingest_found(listed_files(paths), hints, progress)

    def ingest_upload(self, path: Path, hints: Hints) -> IngestJson:
        """Take in the uploaded file that lies at `path`; an earlier upload of that name is replaced."""
        from api.found_files import FoundFile

        found = FoundFile(path=path, shown=path.name, key=f"upload:{path.name}", named=True)
        return self.ingest_found((found,), hints, lambda _: None)

    def documents_of(self, file: FoundFile) -> tuple[DocumentJson, ...]:
        """Return the documents that the catalog holds of a file."""
        from api.conversions.documents import document_to_json

        return tuple(document_to_json(one) for one in self.catalog.documents_of(file.key))

    def ingest_found(
        self,
        files: tuple[FoundFile, ...],
        hints: Hints,
        progress: Callable[[Step], None],
        follow: Follow | None = None,
    ) -> IngestJson:
        """Take in these files, one at a time; `follow` is told of every stage. Raise ModelMismatch, …."""
        from api.conversions.service import report_to_json
        from api.following import nobody
        from api.ingesting import Manner, ingest_files

        manner = Manner.of(hints, self.settings.vocabulary)
        with self._writing:
            report = ingest_files(self, files, manner, progress, follow or nobody)
            catalog = self.existing_catalog()
            if catalog is not None:
                self.index.save()
        return report_to_json(report, catalog)

    def reembed(self, progress: Callable[[int], None]) -> int:
        """Compute all vectors anew with the configured model; return how many."""
        with self._writing:
            count = self.catalog.replace_vectors(
                self.embedder.record, self.embedder.embed_passages, progress=progress
            )
            self.index.save()
        return count

    def reindex(self) -> int:
        """Derive the index files anew from the catalog; return how many chunks they hold."""
        from index.searcher import Index

        with self._writing:
            shutil.rmtree(self.settings.catalog / "index", ignore_errors=True)
            index = Index(self.catalog, self.settings.catalog)
            size = index.searcher().size
            if not index.save():
                raise CatalogUnwritable(
                    f"索引无法写入 {self.settings.catalog}；请检查文件夹权限，或等另一个程序写完后重试。"
                )
            return size
