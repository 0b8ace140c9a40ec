"""The pages that stand in the navigation."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tab:
    """One entry of the navigation; `placeholder` is the hint in the field of a page that asks something."""

    name: str
    path: str
    label: str
    placeholder: str = ""


SEARCH = Tab("search", "/", "检索", "例如：减少文山会海、12345热线回复率")
ASK = Tab("ask", "/ask", "问答", "例如：2021年公文办结率目标是多少？")
BENCHMARKS = Tab("benchmarks", "/benchmarks", "标杆城市", "例如：营商环境")
BASES = Tab("bases", "/bases", "制定依据", "例如：公文处理")
TRENDS = Tab("trends", "/trends", "趋势", "例如：公文办结率")
DRAFT = Tab("draft", "/draft", "起草")
CHECK = Tab("check", "/check", "检查")
DOCUMENTS = Tab("documents", "/documents", "文档")
SETTINGS = Tab("settings", "/settings", "设置")

TABS = (SEARCH, ASK, BENCHMARKS, BASES, TRENDS, DRAFT, CHECK, DOCUMENTS, SETTINGS)
