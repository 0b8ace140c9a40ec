"""Uploaded files taken in by a thread of its own, and what happens to them told to whoever asks.

One job is worked on at a time, as the catalog has one writer. What happened is kept, so that a listener who
lost the connection goes on where it was. When the service ends, the file in hand is stored whole or not at
all, and the rest is left.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from api.following import EMBEDDING, Advance
from api.found_files import FoundFile
from api.ingesting import Failure, Step
from api.library import Library
from api.problem_responses import Refusal
from api.schemas.ingests import FileProgressJson, IngestEndJson, IngestJobJson, JobStatus
from api.schemas.service import IngestJson
from corpus.catalog import Outcome
from corpus.errors import DuibiaoError
from ingest.reading import Hints

MOST_WAITING = 8
MOST_KEPT = 32
MOST_FILES = 200
_SELDOM = 0.2  # seconds between two tellings of how much of a file is embedded
_FAREWELL = 10.0  # seconds that a service which ends waits for the file in hand


class _Stopped(Exception):
    """The service ends: no further file is begun."""


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that happened to a job; `number` counts from 1."""

    number: int
    name: str
    value: FileProgressJson | IngestJson | IngestEndJson


@dataclass(slots=True)
class IngestJob:
    """The files of one upload; `folder` is where they lie until they are through."""

    folder: TemporaryDirectory[str]
    files: tuple[FoundFile, ...]
    hints: Hints
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    progress: list[FileProgressJson] = field(default_factory=list)
    happened: list[Happened] = field(default_factory=list)
    finished: bool = False
    _running: bool = False
    _told: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.progress = [
            FileProgressJson(number, file.name, "waiting") for number, file in enumerate(self.files, start=1)
        ]

    def state(self) -> IngestJobJson:
        """Return how far the job is."""
        with self._lock:
            last = self.happened[-1].value if self.finished and self.happened else None
            return IngestJobJson(
                id=self.id,
                status=self._status(last),
                events=f"/v1/ingests/{self.id}/events",
                files=tuple(self.progress),
                summary=last if isinstance(last, IngestJson) else None,
                end=last if isinstance(last, IngestEndJson) else None,
            )

    def _status(self, last: object) -> JobStatus:
        if not self.finished:
            return "running" if self._running else "waiting"
        return "done" if isinstance(last, IngestJson) else "ended"

    def begin(self) -> None:
        """Note that the work has begun."""
        self._running = True

    def advance(self, made: Advance) -> None:
        """Note that a file has come to a stage; how much is embedded only now and then."""
        number = self.files.index(made.file)
        before = self.progress[number]
        if before.stage == made.stage and 0 < made.done < made.total:
            now = time.monotonic()
            if now - self._told < _SELDOM:
                return
            self._told = now
        if before.stage != made.stage or (made.done, made.total) != (before.done, before.total):
            stage = made.stage
            self._tell(number, replace(before, stage=stage, done=made.done, total=made.total))  # type: ignore[arg-type]

    def finish_file(self, file: FoundFile, finished: FileProgressJson) -> None:
        """Note what became of a file."""
        number = self.files.index(file)
        self._tell(number, replace(finished, number=number + 1, source=file.name))

    def finish(self, name: str, value: IngestJson | IngestEndJson) -> None:
        """Note that the job is through."""
        with self._lock:
            self.happened.append(Happened(len(self.happened) + 1, name, value))
            self.finished = True
        self.folder.cleanup()

    def _tell(self, number: int, progress: FileProgressJson) -> None:
        with self._lock:
            self.progress[number] = progress
            self.happened.append(Happened(len(self.happened) + 1, "file", progress))


class IngestJobs:
    """The uploads of a service; `close` ends the work."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._jobs: dict[str, IngestJob] = {}
        self._waiting: deque[IngestJob] = deque()
        self._changed = threading.Condition()
        self._closed = False
        self._worker: threading.Thread | None = None
        self._is_ending: Callable[[], bool] = lambda: False

    def stop_when(self, is_ending: Callable[[], bool]) -> None:
        """Begin nothing further once `is_ending` says that the service is to end."""
        self._is_ending = is_ending

    @property
    def ending(self) -> bool:
        """Whether the service ends: nobody need listen any longer."""
        return self._closed or self._is_ending()

    def start(self, folder: TemporaryDirectory[str], files: Sequence[FoundFile], hints: Hints) -> IngestJob:
        """Take a job on; `folder` is removed when it is through. Raise Refusal where too many wait."""
        job = IngestJob(folder, tuple(files), hints)
        with self._changed:
            if self.ending:
                raise Refusal("not-ready", "服务正在关闭，没有接收文件；请等服务重新启动后再传。")
            if len(self._waiting) >= MOST_WAITING:
                raise Refusal(
                    "too-many-ingests",
                    f"已有 {len(self._waiting)} 批文件在等待导入，暂时不能再接收；请等前面的导入完成后再传。",
                )
            self._jobs[job.id] = job
            self._forget_old()
            self._waiting.append(job)
            if self._worker is None:
                self._worker = threading.Thread(target=self._work, name="ingest-jobs", daemon=True)
                self._worker.start()
            self._changed.notify()
        return job

    def job(self, job_id: str) -> IngestJob:
        """Return a job by its id. Raise Refusal."""
        job = self._jobs.get(job_id)
        if job is None:
            raise Refusal(
                "ingest-not-found",
                "没有这一批导入，或者它早已完成；已导入的文件见文档列表，没有的请重新上传。",
            )
        return job

    def close(self) -> None:
        """Begin nothing further and wait a while for the file in hand."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        if self._worker is not None:
            self._worker.join(_FAREWELL)
        for job in self._jobs.values():
            job.folder.cleanup()

    def _forget_old(self) -> None:
        finished = [job.id for job in self._jobs.values() if job.finished]
        for job_id in finished[: max(0, len(self._jobs) - MOST_KEPT)]:
            del self._jobs[job_id]

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._closed)
                if self._closed:
                    return
                job = self._waiting.popleft()
            self._ingest(job)

    def _ingest(self, job: IngestJob) -> None:
        job.begin()
        name: str = "ended"
        value: IngestJson | IngestEndJson
        try:
            value = self._library.ingest_found(job.files, job.hints, self._step(job), self._follow(job))
            name = "done"
        except _Stopped:
            value = IngestEndJson("not-ready", "服务已关闭，其余文件没有导入；请等服务重新启动后再传。")
        except DuibiaoError as error:
            value = IngestEndJson(error.code, error.sentence)
        except Exception as error:
            value = IngestEndJson("internal-error", self._library.recorded(error))
        job.finish(name, value)

    def _follow(self, job: IngestJob) -> Callable[[Advance], None]:
        def follow(made: Advance) -> None:
            if made.stage == EMBEDDING and self.ending:
                raise _Stopped
            job.advance(made)

        return follow

    def _step(self, job: IngestJob) -> Callable[[Step], None]:
        def step(made: Step) -> None:
            result = made.result
            if isinstance(result, Failure):
                ended = FileProgressJson(0, "", "failed", code=result.code, reason=result.sentence)
            else:
                unchanged = result.outcome is Outcome.UNCHANGED
                ended = FileProgressJson(
                    0,
                    "",
                    "unchanged" if unchanged else "stored",
                    outcome=None if unchanged else result.outcome,
                    documents=self._library.documents_of(result.file),
                )
            job.finish_file(result.file, ended)
            if self.ending:
                raise _Stopped

        return step


def sweep(folder: Path, older_than: float = 24 * 3600) -> None:
    """Remove what uploads of a service that was killed have left in the data folder."""
    import shutil

    for left in folder.glob("upload-*"):
        try:
            if left.is_dir() and time.time() - left.stat().st_mtime > older_than:
                shutil.rmtree(left, ignore_errors=True)
        except OSError:
            continue  # gone meanwhile, or not ours to remove
