"""Connections to one catalog file for the threads of a process; what SQLite's errors mean for a user."""

from __future__ import annotations

import errno
import re
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from shlex import quote
from typing import Protocol

from corpus.errors import (
    CatalogBusy,
    CatalogDamaged,
    CatalogUnwritable,
    DuibiaoError,
    UnreadableFile,
    WrongUse,
)

_WRITE_AHEAD_LIMIT = 64 * 2**20  # bytes the write-ahead log shrinks back to after a large transaction
_PAGE_CACHE = 16_000  # KiB a connection
# Bytes of the file that are read as memory, which takes a tenth of the time of a call for every page.
_MAPPED = 2**31 - 2**16
_STATEMENTS = 64


class Readable(Protocol):
    """Something that lends a connection for reading."""

    def reading(self) -> AbstractContextManager[sqlite3.Connection]:
        """Lend a connection that sees one state; SQLite's errors become errors of `corpus.errors`."""
        ...


def translated(error: sqlite3.Error, path: Path) -> DuibiaoError | None:
    """Return the error a user can understand, or `None` where only a mistake in this program explains it."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    folder = path.parent
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return CatalogBusy(f"目标库 {folder} 一直被另一个程序占用，等待超时；请等它写完后重试，或先关闭它。")
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or str(error).startswith("no such "):
        return damaged(path, f"SQLite 报告：{error}")
    if code == sqlite3.SQLITE_FULL:
        return CatalogUnwritable(f"磁盘已满，目标库 {folder} 未作任何改动；请清理磁盘空间后重试。")
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
        return CatalogUnwritable(
            f"没有权限打开或写入目标库文件 {path}；请检查该文件及所在文件夹的读写权限，"
            "或用 --db 换一个文件夹。"
        )
    if code == sqlite3.SQLITE_IOERR:
        return CatalogUnwritable(f"读写目标库文件 {path} 时磁盘出错；请检查磁盘空间和磁盘状态后重试。")
    if code == sqlite3.SQLITE_TOOBIG:
        return UnreadableFile("文件的文本过长（超过 1 GB），无法存入目标库；请拆分后再导入。")
    return None


def damaged(path: Path, reason: str) -> CatalogDamaged:
    """Return the error for a file that is no sound catalog, saying why."""
    return CatalogDamaged(
        f"{path} 不是完好的目标库（{reason}）；请用备份恢复，或删除该文件后用 "
        f"duibiao ingest 文件或文件夹 --db {shell_word(path.parent)} 重新导入。"
    )


def shell_word(path: Path | str) -> str:
    """Return a path as one word of a command line; Chinese needs no quotes there."""
    return str(path) if re.fullmatch(r"[\w@%+=:,./-]+", str(path)) else quote(str(path))


def refused(error: OSError, what: str) -> CatalogUnwritable:
    """Return the error for a file operation that the system refused; `what` says what was tried and where."""
    reason = _REASONS.get(error.errno or 0, error.strerror)
    return CatalogUnwritable(
        f"{what}失败（{reason}），目标库未作任何改动；请检查磁盘空间和文件夹权限，或用 --db 换一个文件夹。"
    )


_REASONS = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "超出磁盘配额",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "文件系统只读",
    errno.EEXIST: "该位置已有同名文件",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.ENAMETOOLONG: "路径过长",
    errno.EIO: "磁盘读写出错",
}


@contextmanager
def sentences(path: Path) -> Iterator[None]:
    """Turn SQLite's errors, and text that UTF-8 cannot hold, into errors of `corpus.errors`."""
    try:
        yield
    except sqlite3.Error as error:
        known = translated(error, path)
        if known is None:
            raise
        raise known from error
    except UnicodeEncodeError as error:
        raise UnreadableFile(
            f"文本第 {error.start + 1} 个字符不是合法的 Unicode 字符，无法存入目标库；"
            "请检查原文件的编码后再导入。"
        ) from error


class Connections:
    """A pool of connections to one file.

    Any thread may borrow: each loan is a connection of its own, so readers never wait for each other or for
    a writer. Writers of one process queue on a lock, those of several processes on SQLite's; nobody waits
    longer than `patience` seconds. An iterator keeps its connection until it is exhausted or dropped.
    """

    def __init__(self, path: Path, *, read_only: bool, patience: float) -> None:
        self.path = path
        self._address = path.absolute().as_uri()  # holds when the process changes its folder
        self.read_only = read_only
        self._patience = patience
        self._idle: deque[sqlite3.Connection] = deque()
        self._write_lock = threading.Lock()
        self._closed = False
        self._lasting = True  # whether a connection may be lent again

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection inside a read transaction: all its statements see one state."""
        with self.plain() as connection:
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.execute("COMMIT")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection inside a write transaction: committed at the end, undone on any error."""
        self.require_writable()
        if not self._write_lock.acquire(timeout=self._patience):
            raise CatalogBusy(f"目标库 {self.path.parent} 正在写入，等待超时；请等它写完后重试。")
        try:
            with self.plain() as connection:
                connection.execute("BEGIN IMMEDIATE")
                try:
                    yield connection
                    connection.execute("COMMIT")
                finally:
                    if connection.in_transaction:
                        connection.execute("ROLLBACK")
        finally:
            self._write_lock.release()

    def require_writable(self) -> None:
        """Raise `CatalogUnwritable` where the file was opened for reading only."""
        if self.read_only:
            raise CatalogUnwritable(
                f"目标库 {self.path.parent} 是以只读方式打开的，不能修改；请以可写方式重新打开。"
            )

    def write_ahead(self, connection: sqlite3.Connection) -> None:
        """Make the file log ahead, for good. SQLite does not wait here while others open the file: we do."""
        until = time.monotonic() + self._patience
        while True:
            try:
                connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                time.sleep(0.01)
            else:
                return

    def close(self) -> None:
        """Close every connection, those on loan when they come back. Closing twice is harmless."""
        self._closed = True
        while self._idle:
            self._idle.pop().close()

    @contextmanager
    def plain(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection outside any transaction, for what SQLite allows nowhere else."""
        with sentences(self.path):
            connection = self._take()
            try:
                yield connection
            finally:
                self._give_back(connection)

    def _take(self) -> sqlite3.Connection:
        if self._closed:
            raise WrongUse(f"目标库 {self.path.parent} 已经关闭；请重新打开。")
        try:
            return self._idle.pop()
        except IndexError:
            return self._connect()

    def _give_back(self, connection: sqlite3.Connection) -> None:
        if self._lasting:
            self._idle.append(connection)
        else:
            connection.close()
        if self._closed:
            self.close()

    def _connect(self) -> sqlite3.Connection:
        try:
            return self._open("mode=ro" if self.read_only else "mode=rwc")
        except sqlite3.OperationalError as error:
            # Where we may not even make the shared memory file, SQLite cannot read beside a writer. With no
            # write-ahead log there is none: the file may then be read as it lies, for this one loan.
            refused = error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
            log = self.path.with_name(self.path.name + "-wal")
            if not (self.read_only and refused and self.path.exists()) or log.exists():
                raise
            self._lasting = False
            return self._open("mode=ro&immutable=1")

    def _open(self, mode: str) -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{self._address}?{mode}",
            uri=True,
            timeout=self._patience,
            isolation_level=None,  # transactions are begun and ended by us
            check_same_thread=False,  # the pool lends a connection to one thread at a time
            cached_statements=_STATEMENTS,
        )
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            # FULL: a commit survives a power failure. With NORMAL the newest could be lost and their ids
            # given again to others, while a derived index already holds the old ones.
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(f"PRAGMA cache_size = -{_PAGE_CACHE}")
            connection.execute(f"PRAGMA mmap_size = {_MAPPED}")
            connection.execute(f"PRAGMA journal_size_limit = {_WRITE_AHEAD_LIMIT}")
            connection.execute("SELECT 1 FROM sqlite_master").fetchone()  # the first real look at the file
        except BaseException:
            connection.close()
            raise
        return connection


class Pinned:
    """One connection inside a read transaction: everything read through it belongs to one state."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection, again and again."""
        with sentences(self._path):
            yield self._connection
