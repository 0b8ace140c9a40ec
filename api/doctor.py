"""Examine an installation: each part on its own, so that one broken part hides no other."""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib import metadata

from api.journal import internal_error_sentence, record_error
from api.schemas.service import CheckJson, DoctorJson
from api.settings import Settings
from api.wording import system_reason
from corpus.errors import CatalogMissing, DuibiaoError

OLDEST_PYTHON = (3, 11)


class _BrokenError(Exception):
    """A check that failed, with the sentence that says what to do."""


def _python(_: Settings) -> str:
    version = ".".join(str(part) for part in sys.version_info[:3])
    if sys.version_info < OLDEST_PYTHON:
        raise _BrokenError(f"Python {version} 太旧；请安装 Python 3.11 或更新的版本。")
    return f"Python {version}。"


def _packages(_: Settings) -> str:
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


def _folders(settings: Settings) -> str:
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


def _model(settings: Settings) -> str:
    from index.embedders import open_embedder

    embedder = open_embedder(settings.model, settings.models)
    embedder.embed_queries(["公文处理"])
    return f"{embedder.record.model}，{embedder.record.dimension} 维。"


def _reranker(settings: Settings) -> str:
    if settings.reranker is None:
        return "没有配置，检索结果不重排。"
    from index.rerankers import CrossEncoderReranker

    CrossEncoderReranker(settings.reranker).scores("公文处理", ["公文办结率达到96%以上。"])
    return f"{settings.reranker} 可以使用。"


def _catalog(settings: Settings) -> str:
    from corpus.catalog import Catalog

    with Catalog.open(settings.catalog, read_only=True) as catalog:
        damages = catalog.damages()
        if damages:
            raise _BrokenError(f"目标库已损坏（{damages[0]}）；请用备份恢复，或删除后重新导入。")
        return f"{settings.catalog} 完好，有 {len(catalog.documents())} 份文档。"


def _match(settings: Settings) -> str:
    from corpus.catalog import Catalog
    from index.embedders import open_embedder

    with Catalog.open(settings.catalog, read_only=True) as catalog:
        catalog.require_embedding(open_embedder(settings.model, settings.models).record)
    return "目标库的向量由现在的模型算出。"


def _index(settings: Settings) -> str:
    from corpus.catalog import Catalog
    from index.searcher import Index

    with Catalog.open(settings.catalog, read_only=True) as catalog:
        size = Index(catalog, settings.catalog).searcher().size
    return f"可以检索 {size} 段。"


_CHECKS: tuple[tuple[str, Callable[[Settings], str]], ...] = (
    ("Python", _python),
    ("程序包", _packages),
    ("文件夹", _folders),
    ("模型", _model),
    ("重排模型", _reranker),
    ("目标库", _catalog),
    ("模型与目标库", _match),
    ("索引", _index),
)


def _checks(settings: Settings) -> Iterator[CheckJson]:
    for name, check in _CHECKS:
        try:
            yield CheckJson(name, ok=True, sentence=check(settings))
        except _BrokenError as broken:
            yield CheckJson(name, ok=False, sentence=str(broken))
        except CatalogMissing as error:  # as it is before the first document
            yield CheckJson(name, ok=True, sentence=error.sentence)
        except DuibiaoError as error:
            yield CheckJson(name, ok=False, sentence=error.sentence)
        except Exception as error:
            sentence = internal_error_sentence(record_error(settings.logs, error))
            yield CheckJson(name, ok=False, sentence=sentence)


def examine(settings: Settings) -> DoctorJson:
    """Return the result of every check; nothing is changed and nothing is raised."""
    checks = tuple(_checks(settings))
    return DoctorJson(all(check.ok for check in checks), checks)
