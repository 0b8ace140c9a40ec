"""Examine an installation: each part on its own, so that one broken part hides no other."""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING

from api.journal import internal_error_sentence, record_error
from api.schemas.service import CheckJson, DoctorJson
from api.settings import Settings
from api.wording import system_reason
from corpus.errors import CatalogMissing, DuibiaoError

if TYPE_CHECKING:
    from api.library import Library
    from corpus.catalog import Catalog
    from index.embedders import Embedder

OLDEST_PYTHON = (3, 11)


class _BrokenError(Exception):
    """A check that failed, with the sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class _Installation:
    """What is examined: the settings, and the parts that a service has open already."""

    settings: Settings
    library: Library | None

    def embedder(self) -> Embedder:
        """Return the model."""
        from index.embedders import open_embedder

        if self.library is not None:
            return self.library.embedder
        return open_embedder(self.settings.model, self.settings.models)

    @contextmanager
    def catalog(self) -> Iterator[Catalog]:
        """Lend the catalog, opened for reading."""
        from corpus.catalog import Catalog

        if self.library is not None:
            yield self.library.catalog
            return
        with Catalog.open(self.settings.catalog, read_only=True) as catalog:
            yield catalog


def _python(_: _Installation) -> str:
    version = ".".join(str(part) for part in sys.version_info[:3])
    if sys.version_info < OLDEST_PYTHON:
        raise _BrokenError(f"Python {version} 太旧；请安装 Python 3.11 或更新的版本。")
    return f"Python {version}。"


def _packages(_: _Installation) -> str:
    missing, count = [], 0
    for requirement in metadata.requires("duibiao") or ():
        if ";" in requirement:  # for developers, or for some versions of Python only
            continue
        count += 1
        name = re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0]
        try:
            metadata.version(name)
        except metadata.PackageNotFoundError:
            missing.append(name)
    if missing:
        raise _BrokenError(f"缺少程序包 {'、'.join(missing)}；请重新运行 make install。")
    return f"{count} 个程序包都已安装。"


def _folders(installation: _Installation) -> str:
    settings = installation.settings
    for folder in (settings.folder, settings.catalog, settings.models):
        existing = next(place for place in (folder, *folder.parents) if place.exists())
        try:
            with tempfile.TemporaryFile(dir=existing):
                pass
        except OSError as error:
            raise _BrokenError(
                f"文件夹 {existing} 无法写入（{system_reason(error)}）；"
                "请修改权限，或用 DUIBIAO_DATA 换一处。"
            ) from error
    return f"{settings.folder} 可以写入。"


def _model(installation: _Installation) -> str:
    embedder = installation.embedder()
    embedder.embed_queries(["公文处理"])
    return f"{embedder.record.model}，{embedder.record.dimension} 维。"


def _reranker(installation: _Installation) -> str:
    settings = installation.settings
    if settings.reranker is None:
        return "没有配置，检索结果不重排。"
    from index.rerankers import CrossEncoderReranker

    CrossEncoderReranker(settings.reranker).scores("公文处理", ["公文办结率达到96%以上。"])
    return f"{settings.reranker} 可以使用。"


def _catalog(installation: _Installation) -> str:
    with installation.catalog() as catalog:
        damages = catalog.damages()
        if damages:
            raise _BrokenError(f"目标库已损坏（{damages[0]}）；请用备份恢复，或删除后重新导入。")
        return f"{installation.settings.catalog} 完好，有 {len(catalog.documents())} 份文档。"


def _match(installation: _Installation) -> str:
    with installation.catalog() as catalog:
        catalog.require_embedding(installation.embedder().record)
    return "目标库的向量由现在的模型算出。"


def _index(installation: _Installation) -> str:
    from index.searcher import Index

    with installation.catalog() as catalog:
        library = installation.library
        index = Index(catalog, installation.settings.catalog) if library is None else library.index
        size = index.searcher().size
    return f"可以检索 {size} 段。"


_CHECKS: tuple[tuple[str, Callable[[_Installation], str]], ...] = (
    ("Python", _python),
    ("程序包", _packages),
    ("文件夹", _folders),
    ("模型", _model),
    ("重排模型", _reranker),
    ("目标库", _catalog),
    ("模型与目标库", _match),
    ("索引", _index),
)


def _checks(installation: _Installation) -> Iterator[CheckJson]:
    for name, check in _CHECKS:
        try:
            yield CheckJson(name, ok=True, sentence=check(installation))
        except _BrokenError as broken:
            yield CheckJson(name, ok=False, sentence=str(broken))
        except CatalogMissing as error:  # as it is before the first document
            yield CheckJson(name, ok=True, sentence=error.sentence)
        except DuibiaoError as error:
            yield CheckJson(name, ok=False, sentence=error.sentence)
        except Exception as error:
            sentence = internal_error_sentence(record_error(installation.settings.logs, error))
            yield CheckJson(name, ok=False, sentence=sentence)


def examine(settings: Settings, library: Library | None = None) -> DoctorJson:
    """Return the result of every check; nothing is changed and nothing is raised.

    What `library` has open is examined as it is, instead of being opened once more.
    """
    checks = tuple(_checks(_Installation(settings, library)))
    return DoctorJson(all(check.ok for check in checks), checks)
