"""Files that are being taken in, while it happens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from api.schemas.documents import DocumentJson
from api.schemas.service import IngestJson

JobStatus = Literal["waiting", "running", "done", "ended"]
FileStage = Literal["waiting", "reading", "extraction", "embedding", "stored", "unchanged", "failed"]


@dataclass(frozen=True, slots=True)
class FileProgressJson:
    """How far one file is; `number` counts from 1 in the order the files were given.

    While it is embedded, `done` of `total` passages are. A stored file has an `outcome`, added or replaced,
    and `documents`; a failed one a stable `code` and a `reason`. `warnings` counts what could not be read.
    """

    number: int
    source: str
    stage: FileStage
    done: int = 0
    total: int = 0
    outcome: str | None = None
    documents: tuple[DocumentJson, ...] = ()
    code: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class IngestEndJson:
    """Why the work ended before all files were through: the stable code and the sentence."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class IngestJobJson:
    """Files on their way into the catalog; `events` is the address of what happens to them.

    At the end there is a `summary`, or an `end` that came before it.
    """

    id: str
    status: JobStatus
    events: str
    files: tuple[FileProgressJson, ...]
    summary: IngestJson | None = None
    end: IngestEndJson | None = None
