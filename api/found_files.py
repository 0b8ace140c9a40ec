"""The files that paths mean: each once, with its identity and the name that the user sees."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG

from corpus.errors import WrongUse
from ingest.readers.contract import spelled

MANIFEST = "manifest.toml"


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to be read: `key` is its identity, `shown` its path as the user sees it.

    `named` says that the user named it; a file that merely lies in a named folder may be passed over.
    """

    path: Path
    shown: str
    key: str
    named: bool
    root: Path | None = None

    @property
    def name(self) -> str:
        """The file's name as it is kept and shown."""
        return spelled(self.path.name)


def _walk(folder: Path) -> Iterator[Path]:
    """Yield the files under `folder`, sorted, hidden ones and manifests left out."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith((".", "~$")) and name != MANIFEST:
                yield Path(place) / name


def existing_file(path: Path) -> Path:
    """Return `path` where it is a file. Raise WrongUse."""
    if path.is_dir():
        raise WrongUse(f"“{path}”是一个文件夹；请给出其中一个文件，或用 duibiao ingest 导入整个文件夹。")
    if not path.exists():
        raise WrongUse(f"找不到“{path}”；请检查文件的名称和位置。")
    return path


def refusal_of(file: FoundFile) -> str | None:
    """Say why a file is not even opened: it is none, or lies in a folder only by a link out of it."""
    if not S_ISREG(file.path.stat().st_mode):
        return f"“{file.shown}”是设备、管道或套接字，不是文件，未读取；请换成普通文件。"
    if file.root is not None and not file.path.resolve().is_relative_to(file.root.resolve()):
        return f"“{file.shown}”是指向文件夹之外的链接，未读取；如需读取，请直接给出它指向的文件。"
    return None


def listed_files(paths: Sequence[Path]) -> tuple[FoundFile, ...]:
    """Return the files that `paths` mean, each once. Raise WrongUse for a path that is not there."""
    found: dict[str, FoundFile] = {}
    for path in paths:
        if path.is_dir():
            for file in _walk(path):
                key = spelled(str(file.resolve()))
                shown = spelled(file.relative_to(path).as_posix())
                found.setdefault(key, FoundFile(file, shown, key, named=False, root=path))
        else:
            key = spelled(str(existing_file(path).resolve()))
            found[key] = FoundFile(path, spelled(path.name), key, named=True)
    if not found:
        folders = "、".join(f"“{path}”" for path in paths)
        raise WrongUse(f"{folders}里没有可以读取的文件；请检查文件夹的位置，或直接给出文件。")
    return tuple(found.values())
