"""A process that changes a catalog without end, to be killed: `python -m tests.corpus.changing DIR SEED`.

It says `try KEY VERSION` before and `done KEY VERSION` after each change; version 0 is a removed file. What
a version of a key looks like follows from the two numbers, so that a later look can tell whole from torn.
"""

from __future__ import annotations

import contextlib
import random
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.catalog import Catalog, EmbeddingRecord, PreparedDocument, SourceFile
from corpus.errors import DocumentNotFound
from corpus.model import TargetDocument
from tests.corpus.samples import prepared, target_document, vector_of

KEYS = 5
PIECES = 2


def document_of(key: int, version: int) -> TargetDocument:
    """What a version of a file says: 1 to 40 items."""
    content = f"文件{key}第{version}版的目标内容。" * (version % 7 + 1)
    return target_document(f"{key}.md", version % 40 + 1, unit=f"局{key}", year=version, content=content)


def model(number: int) -> EmbeddingRecord:
    """One of two models, of 4 or 6 dimensions."""
    return EmbeddingRecord(f"model-{number}", f"model {number}", 4 + 2 * number)


def embed(texts: Sequence[str], number: int) -> NDArray[np.float32]:
    """What that model makes of texts."""
    return np.stack([vector_of(text, model(number).dimension) for text in texts])


def current_model(catalog: Catalog) -> int:
    """The number of the model in use; 0 in an empty catalog."""
    record = catalog.embedding()
    return 0 if record is None else int(record.fingerprint[-1])


def ready(catalog: Catalog, key: int, version: int) -> tuple[SourceFile, PreparedDocument]:
    """A version of a file as `Catalog.store` takes it."""
    file = SourceFile(f"/in/{key}.md", f"{key}.md", f"{key}.md", f"{key}-{version}", 1, "r1")
    return file, prepared(document_of(key, version), model(current_model(catalog)), PIECES)


def change(catalog: Catalog, draw: random.Random, version: int) -> None:
    """Store, replace or remove a file, or now and then embed everything with the other model."""
    key = draw.randrange(KEYS)
    if draw.random() < 0.1:
        number = 1 - current_model(catalog)
        catalog.replace_vectors(model(number), lambda texts: embed(texts, number), batch=64)
    elif draw.random() < 0.25:
        print("try", key, 0, flush=True)
        with contextlib.suppress(DocumentNotFound):
            catalog.remove_source(f"/in/{key}.md")
        print("done", key, 0, flush=True)
    else:
        print("try", key, version, flush=True)
        file, document = ready(catalog, key, version)
        catalog.store(file, [document], model(current_model(catalog)))
        print("done", key, version, flush=True)


def main(directory: Path, seed: int) -> None:
    """Change the catalog until killed."""
    draw = random.Random(seed)
    version = seed * 100_000
    with Catalog.open(directory, create=True) as catalog:
        while True:
            version += 1
            change(catalog, draw, version)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
