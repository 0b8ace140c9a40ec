"""What an installation holds, how it is set up, and where each setting comes from; no secret is told."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

from api.library import Library
from api.schemas.status import CountsJson, SettingJson, StatusJson
from api.settings import MEBIBYTE, VARIABLES, Settings
from corpus.catalog import EmbeddingRecord
from corpus.errors import CatalogMissing
from corpus.stored import CatalogCounts

NOTHING = "没有"
INDEX_KIND = "逐一比较的精确检索（FAISS，半精度），全文检索用 tantivy"


def _address(settings: Settings) -> str:
    """Return where the language model is asked, without anything that could be a secret."""
    if settings.language_model is None:
        return NOTHING
    parts = urlsplit(settings.language_model.url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def _of_model(settings: Settings, name: str) -> str:
    value = getattr(settings.language_model, name, None)
    return NOTHING if value is None else str(value)


def _key(settings: Settings) -> str:
    return NOTHING if settings.language_model is None or not settings.language_model.key else "已设置，不显示"


def _listed(values: tuple[str, ...]) -> str:
    return "、".join(values) or NOTHING


VALUES: Mapping[str, Callable[[Settings], str]] = MappingProxyType(
    {
        "DUIBIAO_DATA": lambda s: str(s.folder),
        "DUIBIAO_DB": lambda s: str(s.catalog),
        "DUIBIAO_MODEL": lambda s: s.model or "随程序准备的模型",
        "DUIBIAO_RERANKER": lambda s: s.reranker or "不重排",
        "DUIBIAO_PREFER_RECENT": lambda s: "是" if s.prefer_recent else "否",
        "DUIBIAO_PREFER_UNIT": lambda s: s.prefer_unit or NOTHING,
        "DUIBIAO_VOCABULARY": lambda s: str(s.vocabulary or NOTHING),
        "DUIBIAO_LLM_URL": _address,
        "DUIBIAO_LLM_MODEL": lambda s: _of_model(s, "model"),
        "DUIBIAO_LLM_KEY": _key,
        "DUIBIAO_LLM_TIMEOUT": lambda s: "30" if s.language_model is None else _of_model(s, "timeout"),
        "DUIBIAO_HOST": lambda s: s.host,
        "DUIBIAO_PORT": lambda s: str(s.port),
        "DUIBIAO_ALLOWED_HOSTS": lambda s: _listed(s.allowed_hosts),
        "DUIBIAO_PUBLIC_URL": lambda s: s.public_url or NOTHING,
        "DUIBIAO_OFFICE_JS": lambda s: s.office_js or NOTHING,
        "DUIBIAO_CORS_ORIGINS": lambda s: _listed(s.cors_origins),
        "DUIBIAO_MAX_UPLOAD_MB": lambda s: str(s.max_upload // MEBIBYTE),
    }
)
"""How a person reads each setting."""


def setting_states(settings: Settings) -> tuple[SettingJson, ...]:
    """Return every setting with its value in effect and where that comes from."""
    usual = Settings.of_folder(settings.folder)
    return tuple(
        SettingJson(one.name, VALUES[one.name](settings), _source(one.name, settings, usual), one.meaning)
        for one in VARIABLES
    )


def _source(name: str, settings: Settings, usual: Settings) -> str:
    if name in settings.stated:
        return "environment"
    if VALUES[name](settings) == VALUES[name](usual):
        return "default"
    return "file" if name == "DUIBIAO_VOCABULARY" else "option"


def status(library: Library) -> StatusJson:
    """Return what there is; an absent catalog is no error. Raise CatalogDamaged, …."""
    settings = library.settings
    held, embedding = _held(library)
    return StatusJson(
        version=version("duibiao"),
        python=".".join(str(part) for part in sys.version_info[:3]),
        catalog=str(settings.catalog),
        counts=None if held is None else CountsJson(**asdict(held)),
        catalog_size=_size(settings.catalog.glob("catalog.sqlite3*")),
        index_size=_size((settings.catalog / "index").rglob("*")),
        index_kind=INDEX_KIND,
        model=settings.model if embedding is None else embedding.model,
        dimension=None if embedding is None else embedding.dimension,
        language_model=settings.language_model is not None,
        settings=setting_states(settings),
    )


def _held(library: Library) -> tuple[CatalogCounts | None, EmbeddingRecord | None]:
    try:
        with library.catalog.snapshot() as reader:
            return reader.counts(), reader.embedding()
    except CatalogMissing:
        return None, None


def _size(files: Iterable[Path]) -> int | None:
    """Return the bytes of files; one that goes meanwhile counts nothing."""
    total, some = 0, False
    for file in files:
        try:
            if file.is_file():
                total, some = total + file.stat().st_size, True
        except OSError:
            continue
    return total if some else None
