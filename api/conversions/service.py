"""What became of files and what the filters can be, as it leaves this program."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from api.conversions.documents import document_to_json, warning_to_json
from api.ingesting import Failure, IngestReport
from api.schemas.documents import DocumentJson
from api.schemas.service import FailureJson, FileOutcomeJson, IngestJson, VocabularyJson
from corpus.catalog import Catalog, Outcome

if TYPE_CHECKING:
    from index.searcher import Vocabulary


def _failure(failure: Failure) -> FailureJson:
    return FailureJson(failure.file.path.name, failure.file.shown, failure.code, failure.sentence)


def _documents_by_key(catalog: Catalog) -> dict[str, tuple[DocumentJson, ...]]:
    """Return the documents of each file of the catalog."""
    found: dict[str, list[DocumentJson]] = defaultdict(list)
    with catalog.snapshot() as reader:
        for document in reader.documents():
            found[reader.source_file(document.id).key].append(document_to_json(document))
    return {key: tuple(documents) for key, documents in found.items()}


def report_to_json(report: IngestReport, catalog: Catalog) -> IngestJson:
    """Return what became of all files, with the documents that the catalog now holds of each."""
    documents = _documents_by_key(catalog)
    return IngestJson(
        added=report.count(Outcome.ADDED),
        replaced=report.count(Outcome.REPLACED),
        unchanged=report.count(Outcome.UNCHANGED),
        failed=tuple(map(_failure, report.failures)),
        skipped=tuple(map(_failure, report.skipped)),
        files=tuple(
            FileOutcomeJson(one.file.path.name, one.file.shown, one.outcome, documents.get(one.file.key, ()))
            for one in report.outcomes
        ),
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
