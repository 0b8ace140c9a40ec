"""Every error that a user can meet, as one tree.

A message is one Simplified Chinese sentence that names the thing, the place and the way out. The
command line prints it as it is, the service puts it into a problem document; `code` is what programs
compare and never changes.
"""

from __future__ import annotations

from typing import ClassVar


class DuibiaoError(Exception):
    """Root of all errors that are meant for a user's eye."""

    code: ClassVar[str] = "internal-error"

    @property
    def sentence(self) -> str:
        """The whole message: what is wrong, where, what to do."""
        return str(self)


class WrongUse(DuibiaoError):
    """The caller asked for something that cannot be asked."""

    code = "wrong-use"


class UnreadableFile(DuibiaoError):
    """A file could not be read as what it claims to be."""

    code = "unreadable-file"


class UnsupportedFormat(UnreadableFile):
    """No reader knows this kind of file."""

    code = "unsupported-format"


class EmptyFile(UnreadableFile):
    """The file holds no text."""

    code = "empty-file"


class NoTargets(UnreadableFile):
    """The file was read, but no layout was recognised in it."""

    code = "no-targets"


class ToolMissing(UnreadableFile):
    """Reading this format needs a program that is not installed (LibreOffice, say)."""

    code = "tool-missing"


class CatalogMissing(DuibiaoError):
    """There is no catalog in the folder that was named."""

    code = "catalog-missing"


class CatalogDamaged(DuibiaoError):
    """The catalog file is not a catalog, or SQLite reports corruption."""

    code = "catalog-damaged"


class CatalogTooNew(DuibiaoError):
    """The catalog was written by a later version of this program."""

    code = "catalog-too-new"


class CatalogBusy(DuibiaoError):
    """Another process has been writing for longer than we wait."""

    code = "catalog-busy"


class CatalogUnwritable(DuibiaoError):
    """The catalog cannot be written: disk full, no permission, a disk error, or opened for reading only."""

    code = "catalog-unwritable"


class DocumentNotFound(DuibiaoError):
    """No document of that id or name is in the catalog."""

    code = "document-not-found"


class ItemNotFound(DuibiaoError):
    """No item of that id is in the catalog (any more)."""

    code = "item-not-found"


class ModelMissing(DuibiaoError):
    """The embedding model is neither prepared nor can it be prepared."""

    code = "model-missing"


class ModelMismatch(DuibiaoError):
    """The catalog's vectors come from another model than the one configured."""

    code = "model-mismatch"


class SnapshotDamaged(DuibiaoError):
    """A derived index file does not match its checksum; it is rebuilt from the catalog."""

    code = "snapshot-damaged"
