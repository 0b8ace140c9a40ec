"""Writes the sample catalog of the current format: `python -m tests.corpus.compat.make`, once per format.

A file that was written by a released version is never written again.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from corpus import schema
from corpus.catalog import FILE_NAME, Catalog
from corpus.model import TargetDocument
from tests.corpus.samples import SMALL, prepared, source_file, target_document


def documents() -> list[TargetDocument]:
    """What was stored, in this order; the first was removed again."""
    return [target_document(f"{year}.md", year=year) for year in (2019, 2020, 2021)]


def main() -> None:
    """Write version_N.sqlite3 beside this file."""
    with tempfile.TemporaryDirectory() as directory:
        with Catalog.open(Path(directory), create=True) as catalog:
            for document in documents():
                file = source_file(f"样例局/{document.source}", str(document.year))
                catalog.store(file, [prepared(document)], SMALL)
            catalog.remove(1)
        shutil.copy(
            Path(directory) / FILE_NAME, Path(__file__).with_name(f"version_{schema.VERSION}.sqlite3")
        )


if __name__ == "__main__":
    main()
