"""Where things are kept and how the service listens: the only module that reads the environment."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from corpus.errors import WrongUse

MEBIBYTE = 1024 * 1024
_ORIGIN = re.compile(
    r"(?P<origin>https?://(?:[a-z0-9](?:[a-z0-9.-]{0,252}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])"
    r"(?::(?P<port>\d{1,5}))?)/?",
    re.IGNORECASE | re.ASCII,
)
_SCRIPT = re.compile(r"https://[A-Za-z0-9.-]+(?::\d{1,5})?/[A-Za-z0-9._~/-]+\.js", re.ASCII)
LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "::1")


@dataclass(frozen=True, slots=True)
class Variable:
    """An environment variable that this program reads."""

    name: str
    meaning: str


VARIABLES = (
    Variable("DUIBIAO_DATA", "存放目标库、向量模型和日志的文件夹"),
    Variable("DUIBIAO_DB", "目标库文件夹，默认是 DUIBIAO_DATA 下的 catalog"),
    Variable("DUIBIAO_MODEL", "向量模型的名称或文件夹，默认使用随程序准备的模型"),
    Variable("DUIBIAO_RERANKER", "重排模型（cross-encoder）的文件夹，或已下载过的名称；默认不重排"),
    Variable("DUIBIAO_PREFER_RECENT", "检索时是否让年份较新的排得靠前，1 是、0 否，默认 0"),
    Variable("DUIBIAO_PREFER_UNIT", "检索时让哪个单位的目标排得靠前，默认没有"),
    Variable("DUIBIAO_VOCABULARY", "补充表头用词的 TOML 文件，默认是 DUIBIAO_DATA 下的 vocabulary.toml"),
    Variable(
        "DUIBIAO_LLM_URL", "语言模型的地址（与 OpenAI 兼容，如 http://127.0.0.1:8080/v1），默认不用语言模型"
    ),
    Variable("DUIBIAO_LLM_MODEL", "语言模型的名称，与 DUIBIAO_LLM_URL 一起设置"),
    Variable("DUIBIAO_LLM_KEY", "语言模型服务的密钥，需要时设置"),
    Variable("DUIBIAO_LLM_TIMEOUT", "等待语言模型答完的秒数，默认 30"),
    Variable("DUIBIAO_HOST", "网页服务监听的地址，默认 127.0.0.1"),
    Variable("DUIBIAO_PORT", "网页服务监听的端口，默认 8000"),
    Variable("DUIBIAO_ALLOWED_HOSTS", "允许访问网页服务的主机名，用逗号分隔；监听本机地址时默认只允许本机"),
    Variable(
        "DUIBIAO_PUBLIC_URL",
        "用户访问本服务的地址（如 https://duibiao.example），写进 WPS、Word 加载项的清单",
    ),
    Variable("DUIBIAO_OFFICE_JS", "Word 窗格载入 Office.js 的地址，默认不载入"),
    Variable(
        "DUIBIAO_CORS_ORIGINS",
        "允许哪些网站的页面调用接口（如 https://oa.example.cn），用逗号分隔，默认没有",
    ),
    Variable("DUIBIAO_MAX_UPLOAD_MB", "网页上传单个文件的上限（MB），默认 32"),
)


@dataclass(frozen=True, slots=True)
class LanguageModelSettings:
    """Where a language model is asked, which one, with what key, and how many seconds it may take."""

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    timeout: int = 30


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that may differ from one installation to another; paths are absolute.

    `allowed_hosts` are the names a request may give in its Host header; empty means any name.
    `cors_origins` are the sites whose pages may use the service, as browsers write them.
    """

    folder: Path
    catalog: Path
    models: Path
    model: str | None = None
    vocabulary: Path | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    allowed_hosts: tuple[str, ...] = ()
    cors_origins: tuple[str, ...] = ()
    max_upload: int = 32 * MEBIBYTE
    reranker: str | None = None
    prefer_recent: bool = False
    prefer_unit: str | None = None
    language_model: LanguageModelSettings | None = None
    public_url: str | None = None
    office_js: str | None = None
    stated: frozenset[str] = field(default=frozenset(), compare=False)

    @property
    def logs(self) -> Path:
        """The folder of the log files."""
        return self.folder / "logs"

    @classmethod
    def of_folder(cls, folder: Path) -> Settings:
        """Return the defaults for everything kept under `folder`."""
        folder = folder.expanduser().absolute()
        return cls(folder=folder, catalog=folder / "catalog", models=folder / "models")

    def served_names(self) -> tuple[str, ...]:
        """Return the host names to answer to: a service on the loopback address answers only to it.

        Without this, a page on the internet could reach the local service by pointing its own name at
        127.0.0.1.
        """
        named = self.allowed_hosts or self.host in LOOPBACK
        public = (str(urlsplit(self.public_url).hostname),) if self.public_url else ()
        return (*LOOPBACK, *self.allowed_hosts, *public) if named else ()


def _default_folder() -> Path:
    """Return `data` of the checkout the program runs from, else the user's own folder for programs."""
    checkout = Path(__file__).resolve().parent.parent
    if (checkout / "pyproject.toml").is_file():
        return checkout / "data"
    from platformdirs import user_data_path

    return user_data_path("duibiao", appauthor=False)


def _whole_number(environ: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    written = environ.get(name, "").strip()
    if not written:
        return default
    if not (written.isascii() and written.isdigit() and low <= int(written) <= high):
        raise WrongUse(f"环境变量 {name} 的值“{written}”不对；请改为 {low} 到 {high} 之间的整数。")
    return int(written)


def _vocabulary(environ: Mapping[str, str], folder: Path) -> Path | None:
    """Return the file of header words that the user named, or the one that lies in the data folder."""
    named = environ.get("DUIBIAO_VOCABULARY", "").strip()
    if named:
        return Path(named).expanduser().absolute()
    usual = folder / "vocabulary.toml"
    return usual if usual.is_file() else None


def _origins(written: str) -> tuple[str, ...]:
    """Return origins as browsers write them. Raise WrongUse for anything that is more or less than one."""
    return tuple(dict.fromkeys(_origin(one.strip()) for one in written.split(",") if one.strip()))


def _origin(written: str) -> str:
    try:
        parts = urlsplit(written.lower())
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    is_bare = parts.path in {"", "/"} and not (parts.query or parts.fragment or "@" in parts.netloc)
    if parts.scheme not in {"http", "https"} or not parts.hostname or "*" in written or not is_bare:
        raise WrongUse(
            f"环境变量 DUIBIAO_CORS_ORIGINS 里的“{written}”不是网站地址；"
            "请写成 https://oa.example.cn 或 https://oa.example.cn:8443 的样子，不能用 * 或 null。"
        )
    name = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    usual = {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{name}" + (f":{port}" if port not in (None, usual) else "")


def _language_model(environ: Mapping[str, str]) -> LanguageModelSettings | None:
    """Return the language model that the user named. Raise WrongUse for a bad address or half a setting."""
    url = environ.get("DUIBIAO_LLM_URL", "").strip()
    model = environ.get("DUIBIAO_LLM_MODEL", "").strip()
    if not url:
        return None
    try:
        parts = urlsplit(url)
        known = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        known = False
    if not known or "@" in parts.netloc:
        raise WrongUse(
            "环境变量 DUIBIAO_LLM_URL 不是可用的地址；"
            "请写成 http:// 或 https:// 开头的地址，不带用户名和密码。"
        )
    if not model:
        raise WrongUse("设置了 DUIBIAO_LLM_URL，但没有设置 DUIBIAO_LLM_MODEL；请写明语言模型的名称。")
    timeout = _whole_number(environ, "DUIBIAO_LLM_TIMEOUT", 30, 1, 600)
    return LanguageModelSettings(url, model, environ.get("DUIBIAO_LLM_KEY", "").strip() or None, timeout)


def _public_url(environ: Mapping[str, str]) -> str | None:
    """Return the origin under which users reach the service. Raise WrongUse where it is none."""
    written = environ.get("DUIBIAO_PUBLIC_URL", "").strip()
    return public_address(written, "环境变量 DUIBIAO_PUBLIC_URL") if written else None


def public_address(written: str, where: str) -> str:
    """Return an address as `scheme://host[:port]`; `where` names what it was written in. Raise WrongUse."""
    match = _ORIGIN.fullmatch(written.strip())
    if match is None or not 0 < int(match["port"] or 1) < 65536:
        raise WrongUse(
            f"{where} 的值“{written}”不是服务的地址；请写成 http://主机名:端口 或 https://主机名，"
            "只用字母、数字、点和连字符，不带路径。"
        )
    return match["origin"].lower()


def _office_js(environ: Mapping[str, str]) -> str | None:
    """Return the address of Office.js. Raise WrongUse where it cannot stand in a page's policy."""
    written = environ.get("DUIBIAO_OFFICE_JS", "").strip()
    if written and not _SCRIPT.fullmatch(written):
        raise WrongUse(
            f"环境变量 DUIBIAO_OFFICE_JS 的值“{written}”不对；请写 https:// 开头、以 .js 结尾的完整地址。"
        )
    return written or None


def _stated(environ: Mapping[str, str], *, catalog_named: bool, model_named: bool) -> frozenset[str]:
    """Return the variables that the environment states and nothing overrules."""
    overruled = {"DUIBIAO_DB": catalog_named, "DUIBIAO_MODEL": model_named}
    names = (one.name for one in VARIABLES if environ.get(one.name, "").strip())
    return frozenset(name for name in names if not overruled.get(name))


def settings_from(
    environ: Mapping[str, str], *, catalog: Path | None = None, model: str | None = None
) -> Settings:
    """Return the settings of `environ`; `catalog` and `model`, where given, overrule it. Raise WrongUse."""
    named = environ.get("DUIBIAO_DATA", "").strip()
    base = Settings.of_folder(Path(named) if named else _default_folder())
    catalog_named = environ.get("DUIBIAO_DB", "").strip()
    catalog_given = catalog is not None
    catalog = catalog or (Path(catalog_named) if catalog_named else base.catalog)
    hosts = environ.get("DUIBIAO_ALLOWED_HOSTS", "").split(",")
    return replace(
        base,
        catalog=catalog.expanduser().absolute(),
        model=model or environ.get("DUIBIAO_MODEL", "").strip() or None,
        vocabulary=_vocabulary(environ, base.folder),
        host=environ.get("DUIBIAO_HOST", "").strip() or base.host,
        port=_whole_number(environ, "DUIBIAO_PORT", base.port, 1, 65535),
        allowed_hosts=tuple(host.strip().lower() for host in hosts if host.strip()),
        cors_origins=_origins(environ.get("DUIBIAO_CORS_ORIGINS", "")),
        max_upload=_whole_number(environ, "DUIBIAO_MAX_UPLOAD_MB", 32, 1, 1024) * MEBIBYTE,
        reranker=environ.get("DUIBIAO_RERANKER", "").strip() or None,
        prefer_recent=bool(_whole_number(environ, "DUIBIAO_PREFER_RECENT", 0, 0, 1)),
        prefer_unit=environ.get("DUIBIAO_PREFER_UNIT", "").strip() or None,
        language_model=_language_model(environ),
        public_url=_public_url(environ),
        office_js=_office_js(environ),
        stated=_stated(environ, catalog_named=catalog_given, model_named=model is not None),
    )


def settings_from_environment(*, catalog: Path | None = None, model: str | None = None) -> Settings:
    """Return the settings of this process."""
    return settings_from(os.environ, catalog=catalog, model=model)


def quiet_threads() -> None:
    """Keep OpenMP runtimes from spinning against each other; what the user set stays.

    Several of them in one process (faiss, numpy, torch) made single queries take more than a second.
    Must run before any of them is imported.
    """
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


def speak_utf8() -> None:
    """Write UTF-8 whatever the locale says, and never fail on a character."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
