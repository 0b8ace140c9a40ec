"""What OpenAPI says about errors: for each operation the statuses it can meet, each code with an example."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from api.problem_responses import MEDIA_TYPE, problem_of_kind
from api.problems import PROBLEMS, ProblemKind
from api.schemas.service import ProblemJson

SENTENCES = {
    "wrong-use": "检索的内容是空的；请写出要查的工作、指标或问题。",
    "invalid-request": "k 太大，最大是 100；请对照 /openapi.json 修改。",
    "unreadable-file": "2021年业务目标.docx 不是完好的 Word 文件；请用 Word 或 WPS 打开后另存再上传。",
    "unsupported-format": "不支持 照片.heic 这种格式；请转换为 PDF、Word 或 Excel 后再上传。",
    "empty-file": "2021年业务目标.txt 是空的；请换一个文件。",
    "no-targets": "通讯录.xlsx 里没有找到业务目标；请确认文件里有目标内容一栏。",
    "tool-missing": "读取 .doc 文件需要 LibreOffice，本机没有安装；请安装后重试，或另存为 .docx。",
    "upload-too-large": "请求的内容超过 32 MB 的上限；请拆分或压缩后再传。",
    "bad-request": "请求无法理解；请检查请求的格式。",
    "not-found": "没有 /v1/nowhere 这个地址；可用的地址见 /openapi.json。",
    "method-not-allowed": "/v1/search 不支持 PUT 方法；支持的方法见响应头 Allow。",
    "cross-site-request": "这个请求来自其他网站，已拒绝；请在对标自己的页面上操作，"
    "或把该网站的地址加入 DUIBIAO_CORS_ORIGINS。",
    "unknown-host": "本服务不以“duibiao.example”这个名称提供；请用 127.0.0.1 访问，"
    "或把它加入 DUIBIAO_ALLOWED_HOSTS。",
    "document-not-found": "没有编号为 99 的文档；请用 duibiao documents 查看编号。",
    "item-not-found": "没有编号为 999 的条目，它所在的文档可能已经更新或移除；请重新检索。",
    "ingest-not-found": "没有编号为 0123456789abcdef 的导入，它可能早已结束；请查看文档列表。",
    "too-many-ingests": "等待导入的文件太多；请等前面的导入完成后再上传。",
    "catalog-missing": "这个文件夹里没有目标库；请先用 duibiao ingest 导入文件。",
    "catalog-damaged": "目标库文件不是完好的目标库；请用备份恢复，或删除后重新导入。",
    "catalog-too-new": "目标库由更新的版本写成；请升级程序后再打开。",
    "catalog-unwritable": "没有权限写入目标库；请检查文件夹的读写权限。",
    "catalog-busy": "目标库一直被另一个程序占用，等待超时；请等它写完后重试。",
    "model-missing": "向量模型还没有准备好；请运行 duibiao prepare。",
    "model-mismatch": "目标库的向量来自另一个模型；请运行 duibiao reembed 重新计算。",
    "snapshot-damaged": "索引文件已损坏，正在重新生成；请稍后重试。",
    "not-ready": "服务正在载入模型和索引；请几秒后再试。",
    "internal-error": "程序内部出错，出错位置已记入 logs/errors.log；"
    "请重试，仍然出错时请把该文件交给维护人员。",
}
"""An example of what is said with each code."""

_OF_FILES = frozenset({"unreadable-file", "unsupported-format", "empty-file", "no-targets", "tool-missing"})
_OF_PATHS = {"document_id": "document-not-found", "item_id": "item-not-found", "job_id": "ingest-not-found"}
_NO_OPERATION = frozenset({"not-found", "method-not-allowed", *_OF_PATHS.values()})
_OF_CHANGES = frozenset({"cross-site-request"})
_OF_BODIES = frozenset({"upload-too-large", "bad-request"})
_NEVER_OF_HEALTH = frozenset({"wrong-use", "invalid-request"})


def problems_of(method: str, path: str, operation: dict[str, Any]) -> tuple[ProblemKind, ...]:
    """Return what an operation can answer instead of what it is for.

    No operation has those of addresses that are not there and of methods that an address does not know.
    """
    bodies = operation.get("requestBody", {}).get("content", {})
    codes = set(PROBLEMS) - _NO_OPERATION - {"too-many-ingests"}
    if "multipart/form-data" not in bodies:
        codes -= _OF_FILES
    if not bodies:
        codes -= _OF_BODIES
    if method == "get":
        codes -= _OF_CHANGES
    if not path.startswith("/v1/"):
        codes -= _NEVER_OF_HEALTH
    if path == "/healthz":
        codes = {"unknown-host", "internal-error"}
    codes |= {code for name, code in _OF_PATHS.items() if f"{{{name}}}" in path}
    if "404" in operation["responses"] and not codes & set(_OF_PATHS.values()):
        codes.add("item-not-found")
    if "429" in operation["responses"]:
        codes.add("too-many-ingests")
    return tuple(kind for code, kind in PROBLEMS.items() if code in codes)


def add_problems(method: str, path: str, operation: dict[str, Any]) -> None:
    """Let an operation name every problem it can meet, by status, with an example of each code."""
    by_status: dict[int, list[ProblemKind]] = {}
    for kind in problems_of(method, path, operation):
        by_status.setdefault(kind.status, []).append(kind)
    responses = operation["responses"]
    for status in [status for status in responses if int(status) >= 400]:
        del responses[status]
    for status, kinds in sorted(by_status.items()):
        schema = {"$ref": f"#/components/schemas/{ProblemJson.__name__}"}
        examples = {
            kind.code: {
                "summary": kind.title,
                "value": asdict(problem_of_kind(kind, SENTENCES[kind.code], path)),
            }
            for kind in kinds
        }
        responses[str(status)] = {
            "description": "；".join(kind.title for kind in kinds),
            "content": {MEDIA_TYPE: {"schema": schema, "examples": examples}},
        }
