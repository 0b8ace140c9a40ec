"""Reading a file in a process of its own, with limits on time and memory.

Libraries for fixed-layout formats and pictures trust what a file states: a few bytes can ask for hours or
gigabytes, and no check beforehand knows them all. A child process can be stopped; what it had read until
then is kept. It also keeps libraries apart that do not bear several threads.
"""

from __future__ import annotations

import os
import pickle
import queue
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import IO, Final, Protocol, cast

from corpus.errors import DuibiaoError, UnreadableFile
from corpus.model import Place, Problem
from ingest.readers.contract import Extract, Source
from ingest.readers.pages import Page, blocks_of

MOST_CHARACTERS: Final = 600_000
_PATIENCE: Final = 18.0
_FOR_A_PAGE: Final = 0.5
_FOR_OCR: Final = 60.0
_WORK: Final = 2  # seconds of computing for what comes next, however busy the machine is
_MEMORY: Final = 900 * 1024 * 1024
_LENGTH: Final = struct.Struct("<Q")


@dataclass(frozen=True, slots=True)
class Title:
    """The title that a file states of itself."""

    text: str


@dataclass(frozen=True, slots=True)
class Recognising:
    """Says that OCR of a page begins: it takes seconds, more on a busy machine."""


Part = Page | Problem | Title | Recognising


class PagedReader(Protocol):
    """A module that reads a fixed-layout format; `pages` runs in the child."""

    def pages(self, source: Source) -> Iterator[Part]:
        """Yield pages, problems and the title as they are found; raise `UnreadableFile` or its kin."""
        ...


class _StoppedError(Exception):
    """The child was stopped at its limits, or died."""


def read_pages(source: Source, module: str) -> Extract:
    """Read a file with `module.pages` in a child process; what was read before a limit is kept."""
    pages: list[Page] = []
    problems: list[Problem] = []
    title: str | None = None
    characters = 0
    try:
        for part in _parts(source, module):
            if isinstance(part, Page):
                pages.append(part)
                characters += len(part.words)
                if characters > MOST_CHARACTERS:
                    raise UnreadableFile(
                        f"文件“{source.name}”的文字超过 {MOST_CHARACTERS} 个字的上限；请拆分后再读取。"
                    )
            elif isinstance(part, Problem):
                problems.append(part)
            elif isinstance(part, Title):
                title = part.text
    except _StoppedError:
        if not pages:
            raise UnreadableFile(
                f"文件“{source.name}”过于复杂或已损坏，读取超过了时间或内存上限，已停止；请重新导出或拆分后再读取。"
            ) from None
        number = pages[-1].number + 1
        sentence = f"从第 {number} 页起超过了时间或内存上限，未读取；请拆分文件后再读取其余部分。"
        problems.append(source.problem(sentence, Place(page=number)))
    return Extract(blocks_of(pages), tuple(problems), title=title)


def _parts(source: Source, module: str) -> Iterator[Part]:
    child = subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-c", f"from {__name__} import serve; serve()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path or str(Path.cwd()) for path in sys.path)},
    )
    frames: queue.SimpleQueue[object] = queue.SimpleQueue()
    threading.Thread(target=_converse, args=(child, (module, source), frames), daemon=True).start()
    deadline = time.monotonic() + _PATIENCE
    try:
        while True:
            try:
                frame = frames.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                raise _StoppedError from None
            if frame is None:
                return
            if isinstance(frame, BaseException):
                raise frame
            if isinstance(frame, Recognising):
                deadline = max(deadline, time.monotonic() + _FOR_OCR)
            elif isinstance(frame, Page):
                least = time.monotonic() + _PATIENCE if frame.is_recognised else 0.0
                deadline = max(deadline + _FOR_A_PAGE, least)
            yield cast(Part, frame)
    finally:
        child.kill()
        child.wait()


def _converse(child: subprocess.Popen[bytes], request: object, frames: queue.SimpleQueue[object]) -> None:
    """Send the request and put the frames that come back into the queue; the last is `None` or an error."""
    stdin, stdout = cast(IO[bytes], child.stdin), cast(IO[bytes], child.stdout)
    try:
        with stdin:
            pickle.dump(request, stdin)
        with stdout:
            while True:
                (length,) = _LENGTH.unpack(stdout.read(_LENGTH.size))
                frame = pickle.loads(stdout.read(length))  # noqa: S301 - written by our own code below
                frames.put(frame)
                if frame is None or isinstance(frame, BaseException):
                    return
    except (OSError, struct.error, EOFError, pickle.UnpicklingError):
        frames.put(_StoppedError())


def serve() -> None:
    """Answer one request on the standard streams: the child's side."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not stand between the frames
    module, source = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by our own code above
    _limit_memory()
    _limit_work(_WORK)
    last: object = None
    try:
        for part in cast(PagedReader, import_module(module)).pages(source):
            _write(answers, part)
            _limit_work(int(_FOR_OCR) if isinstance(part, Recognising) else _WORK)
    except DuibiaoError as error:
        last = error
    except MemoryError:
        os._exit(1)
    _write(answers, last)
    os._exit(0)  # libraries with threads of their own may hang when they are taken down


def _write(answers: IO[bytes], frame: object) -> None:
    content = pickle.dumps(frame)
    answers.write(_LENGTH.pack(len(content)) + content)
    answers.flush()


def _limit_memory() -> None:
    """Let the process take no more memory than the limit, where the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))


def _limit_work(seconds: int) -> None:
    """Let the process end itself when it has computed for some seconds more, where the system can."""
    try:
        import resource
    except ImportError:  # Windows: the parent's patience ends
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + 1, most))
