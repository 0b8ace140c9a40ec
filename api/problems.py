"""One table: which error becomes which HTTP status, and under which title a person sees it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """What a code means to a client: the status and the short title that go with it."""

    code: str
    status: int
    title: str


_KINDS = (
    ProblemKind("wrong-use", 422, "请求的用法不对"),
    ProblemKind("invalid-request", 422, "请求的内容不符合要求"),
    ProblemKind("unreadable-file", 422, "文件无法读取"),
    ProblemKind("unsupported-format", 415, "不支持这种文件格式"),
    ProblemKind("empty-file", 422, "文件是空的"),
    ProblemKind("no-targets", 422, "文件里没有找到业务目标"),
    ProblemKind("tool-missing", 501, "缺少读取这种文件所需的程序"),
    ProblemKind("upload-too-large", 413, "上传的内容太大"),
    ProblemKind("bad-request", 400, "请求无法理解"),
    ProblemKind("not-found", 404, "没有这个地址"),
    ProblemKind("method-not-allowed", 405, "这个地址不支持这种请求方法"),
    ProblemKind("cross-site-request", 403, "拒绝来自其他网站的请求"),
    ProblemKind("unknown-host", 421, "不认识的主机名"),
    ProblemKind("document-not-found", 404, "没有找到文档"),
    ProblemKind("item-not-found", 404, "没有找到条目"),
    ProblemKind("ingest-not-found", 404, "没有找到这一批导入"),
    ProblemKind("too-many-ingests", 429, "等待导入的文件太多"),
    ProblemKind("catalog-missing", 503, "目标库不存在"),
    ProblemKind("catalog-damaged", 503, "目标库已损坏"),
    ProblemKind("catalog-too-new", 503, "目标库的版本太新"),
    ProblemKind("catalog-unwritable", 503, "目标库无法写入"),
    ProblemKind("catalog-busy", 503, "目标库正忙"),
    ProblemKind("model-missing", 503, "模型尚未准备好"),
    ProblemKind("model-mismatch", 503, "向量模型与目标库不一致"),
    ProblemKind("snapshot-damaged", 503, "索引文件已损坏"),
    ProblemKind("not-ready", 503, "服务正在启动"),
    ProblemKind("internal-error", 500, "程序内部出错"),
)

PROBLEMS = {kind.code: kind for kind in _KINDS}

_OF_STATUS = {
    400: "bad-request",
    403: "cross-site-request",
    404: "not-found",
    405: "method-not-allowed",
    413: "upload-too-large",
    415: "unsupported-format",
    421: "unknown-host",
    422: "invalid-request",
    503: "not-ready",
}


def kind_of_code(code: str) -> ProblemKind:
    """Return the kind of `code`; a code nobody entered here is an internal error."""
    return PROBLEMS.get(code, PROBLEMS["internal-error"])


def kind_of_status(status: int) -> ProblemKind:
    """Return the kind that stands for a bare HTTP status."""
    if status in _OF_STATUS:
        return PROBLEMS[_OF_STATUS[status]]
    return PROBLEMS["bad-request" if 400 <= status < 500 else "internal-error"]
