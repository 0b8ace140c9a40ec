"""What became of files and what the filters can be, as it leaves this program."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from api.conversions.documents import document_to_json, warning_to_json
from api.ingesting import Failure, FileOutcome, IngestReport
from api.schemas.documents import DocumentJson
from api.schemas.service import FailureJson, FileOutcomeJson, IngestJson, VocabularyJson
from corpus.catalog import Catalog, Outcome

if TYPE_CHECKING:
    from index.searcher import Vocabulary


def _failure(failure: Failure) -> FailureJson:
    return FailureJson(failure.file.name, failure.file.shown, failure.code, failure.sentence)


def _documents_by_file(catalog: Catalog) -> dict[str, tuple[DocumentJson, ...]]:
    """Return the documents of each file of the catalog by its key, and by the digest of its content.

    A copy of a file shares the documents of the first one, whose key they are stored under.
    """
    found: dict[str, list[DocumentJson]] = defaultdict(list)
    with catalog.snapshot() as reader:
        for document in reader.documents():
            file = reader.source_file(document.id)
            for name in (file.key, file.sha256):
                found[name].append(document_to_json(document))
    return {name: tuple(documents) for name, documents in found.items()}


def _outcome(one: FileOutcome, documents: dict[str, tuple[DocumentJson, ...]]) -> FileOutcomeJson:
    held = documents.get(one.file.key) or documents.get(one.sha256, ())
    return FileOutcomeJson(one.file.name, one.file.shown, one.outcome, held)


def report_to_json(report: IngestReport, catalog: Catalog | None) -> IngestJson:
    """Return what became of all files, with the documents that the catalog now holds of each."""
    documents = _documents_by_file(catalog) if catalog is not None else {}
    return IngestJson(
        added=report.count(Outcome.ADDED),
        replaced=report.count(Outcome.REPLACED),
        unchanged=report.count(Outcome.UNCHANGED),
        failed=tuple(map(_failure, report.failures)),
        skipped=tuple(map(_failure, report.skipped)),
        files=tuple(_outcome(one, documents) for one in report.outcomes),
        warnings=tuple(map(warning_to_json, report.problems)),
    )


def vocabulary_to_json(vocabulary: Vocabulary) -> VocabularyJson:
    """Return what the filters can be set to, newest year first."""
    return VocabularyJson(
        years=tuple(sorted(vocabulary.years, reverse=True)),
        units=tuple(sorted(vocabulary.units)),
        categories=tuple(sorted(vocabulary.categories)),
        cities=tuple(sorted(vocabulary.cities)),
    )
