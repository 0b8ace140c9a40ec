"""What became of files, and how the installation is."""

from __future__ import annotations

from dataclasses import dataclass

from api.schemas.documents import DocumentJson, WarningJson


@dataclass(frozen=True, slots=True)
class FileOutcomeJson:
    """What became of one file: `outcome` is added, replaced or unchanged."""

    source: str
    path: str
    outcome: str
    documents: tuple[DocumentJson, ...]


@dataclass(frozen=True, slots=True)
class FailureJson:
    """A file that could not be taken in: the stable code and the sentence that says why."""

    source: str
    path: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class IngestJson:
    """What became of all files; the three counts are of files, `failed` and `skipped` name each of theirs."""

    added: int
    replaced: int
    unchanged: int
    failed: tuple[FailureJson, ...]
    skipped: tuple[FailureJson, ...]
    files: tuple[FileOutcomeJson, ...]
    warnings: tuple[WarningJson, ...]


@dataclass(frozen=True, slots=True)
class RemovedJson:
    """The documents that were taken out of the catalog, and for each the address that puts it back.

    `kept_until` is the last moment for that, in UTC.
    """

    removed: tuple[DocumentJson, ...]
    restore: tuple[str, ...] = ()
    kept_until: str | None = None


@dataclass(frozen=True, slots=True)
class RemovedDocumentJson:
    """A document that was removed and can be restored; both moments are in UTC."""

    document: DocumentJson
    removed_at: str
    kept_until: str


@dataclass(frozen=True, slots=True)
class RemovedListJson:
    """What can be restored, removed last first."""

    removed: tuple[RemovedDocumentJson, ...]


@dataclass(frozen=True, slots=True)
class RestoredJson:
    """The documents that were put back."""

    restored: tuple[DocumentJson, ...]


@dataclass(frozen=True, slots=True)
class VocabularyJson:
    """What the filters can be set to."""

    years: tuple[int, ...]
    units: tuple[str, ...]
    categories: tuple[str, ...]
    cities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckJson:
    """One thing that was looked at, and what to do where it is not well."""

    name: str
    ok: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class DoctorJson:
    """Whether this installation works."""

    ok: bool
    checks: tuple[CheckJson, ...]


@dataclass(frozen=True, slots=True)
class StateJson:
    """Whether the service lives or is ready."""

    status: str


@dataclass(frozen=True, slots=True)
class ProblemJson:
    """RFC 9457: what went wrong; programs compare `code`, people read `detail`."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    instance: str
