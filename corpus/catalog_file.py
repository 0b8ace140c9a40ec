"""The file of a catalog before anything is asked of it: whether it is there, ours and current."""

from __future__ import annotations

from pathlib import Path
from stat import S_ISREG

from corpus import schema
from corpus.connections import Connections, damaged, refused, shell_word
from corpus.errors import CatalogMissing, CatalogTooNew, WrongUse

_HEAD = b"SQLite format 3\0"


def check_file(path: Path, *, create: bool) -> None:
    """Make the folder if asked to; raise where there is no file that may be a database."""
    try:
        if create:
            path.parent.mkdir(parents=True, exist_ok=True)
        if not S_ISREG(path.stat().st_mode):
            raise damaged(path, "不是普通文件")
        with path.open("rb") as file:
            head = file.read(len(_HEAD))
    except (FileNotFoundError, NotADirectoryError) as error:
        if create and isinstance(error, FileNotFoundError):
            return
        raise _missing(path) from None
    except OSError as error:
        raise refused(error, f"在 {path.parent} 中建立或打开目标库") from error
    if head and head != _HEAD:  # SQLite takes a file of a few bytes for an empty database
        raise damaged(path, "不是 SQLite 数据库")


def _missing(path: Path) -> CatalogMissing:
    return CatalogMissing(
        f"文件夹 {path.parent} 中没有目标库；"
        f"请先用 duibiao ingest 文件或文件夹 --db {shell_word(path.parent)} "
        "建立，或用 --db 指定已有目标库所在的文件夹。"
    )


def prepare_file(connections: Connections, *, create: bool) -> None:
    """Check that the file is a catalog of a format we know, and make or upgrade it."""
    path = connections.path
    with connections.plain() as connection:
        if schema.is_blank(connection):  # new, or cut off while it was being made
            if not create:
                raise _missing(path)
        elif schema.application_of(connection) != schema.APPLICATION_ID:
            raise damaged(path, "它是别的程序的数据库")
        version = schema.version_of(connection)
        if version > schema.VERSION:
            raise CatalogTooNew(
                f"目标库 {path.parent} 由更新版本的 duibiao 写成（格式 {version}，本程序只认识到 "
                f"{schema.VERSION}）；请升级 duibiao 后再打开。"
            )
        if version == schema.VERSION:
            return
        if connections.read_only:
            raise WrongUse(
                f"目标库 {path.parent} 是旧格式（{version}），只读方式不能升级；请先以可写方式打开一次，"
                f"例如运行 duibiao ingest --db {shell_word(path.parent)}。"
            )
        connections.write_ahead(connection)
        schema.migrate(connection, schema.MIGRATIONS)
