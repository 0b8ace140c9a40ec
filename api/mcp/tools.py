"""The tools: one table, each a call of the library with what the model gave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from api.library import Library
from api.lists import item_detail
from api.mcp.arguments import Compared, Draft, OneItem, Topic
from api.requests import question
from api.schemas.checks import CheckJson
from api.schemas.items import HistoryJson
from api.schemas.lists import ItemDetailJson
from api.schemas.results import AnswerJson, BasesJson, BenchmarksJson, SearchJson, TrendsJson

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from search.engine import SearchRequest


@dataclass(frozen=True, slots=True)
class LibraryTool:
    """A tool: `answer` gets the checked arguments, an instance of `arguments`, and returns a `result`."""

    name: str
    title: str
    description: str
    arguments: type[Any]
    result: type[Any]
    answer: Callable[[Library, Any], DataclassInstance]


def _request(topic: Topic) -> SearchRequest:
    return question(
        topic.query,
        k=topic.k,
        year=topic.year,
        unit=topic.unit,
        category=topic.category,
        city=topic.city,
    )


def _search(library: Library, topic: Topic) -> SearchJson:
    return library.search(_request(topic))


def _item(library: Library, one: OneItem) -> ItemDetailJson:
    return item_detail(library, one.item_id)


def _history(library: Library, one: OneItem) -> HistoryJson:
    return library.history(one.item_id)


def _trend(library: Library, topic: Topic) -> TrendsJson:
    return library.trend(_request(topic))


def _benchmarks(library: Library, topic: Compared) -> BenchmarksJson:
    from search.results import Comparing

    return library.benchmarks(_request(topic), Comparing(topic.own_city or None, topic.recent))


def _bases(library: Library, topic: Topic) -> BasesJson:
    return library.bases(_request(topic))


def _ask(library: Library, topic: Topic) -> AnswerJson:
    return library.ask(_request(topic))


def _check(library: Library, draft: Draft) -> CheckJson:
    from api.checking import read_draft_text
    from api.ingesting import Manner
    from ingest.reading import Hints
    from search.check.rules import Selection

    hints = Hints(unit=draft.unit or None, year=draft.year, city=draft.city or None)
    read = read_draft_text(draft.text, Manner.of(hints, library.settings.vocabulary))
    return library.check(read, Selection())


TOOLS = (
    LibraryTool(
        "search",
        "检索业务目标",
        "按意思和词语检索市直部门历年的业务目标和政府工作报告，最相关的在前。年份、单位可以写在 query 里，"
        "也可以单独给出。每条带 item_id（可用于 item、history）、原文 content 和量化指标 indicators。",
        Topic,
        SearchJson,
        _search,
    ),
    LibraryTool(
        "item",
        "查看一条目标",
        "按 item_id 返回一条目标的全文、指标、标杆城市、制定依据和它所在的文档。",
        OneItem,
        ItemDetailJson,
        _item,
    ),
    LibraryTool(
        "history",
        "一条目标的历年沿革",
        "按 item_id 返回同一项目标在往年和后来各年怎样写、数值怎样变化，哪些年没有。",
        OneItem,
        HistoryJson,
        _history,
    ),
    LibraryTool(
        "trend",
        "某项指标历年的数值",
        "按主题返回一项指标各年承诺和实现的数值，如“公文办结率”；每个数值附出处。",
        Topic,
        TrendsJson,
        _trend,
    ),
    LibraryTool(
        "benchmarks",
        "标杆城市",
        "某项工作以哪些城市为标杆、它们做到了什么，以及各城市在这项指标上的排名；都附出处。",
        Compared,
        BenchmarksJson,
        _benchmarks,
    ),
    LibraryTool(
        "bases",
        "制定依据",
        "某项工作的目标依据哪些文件：标题、文号、引用它的条目，每年一份的文件给出最新的一份。",
        Topic,
        BasesJson,
        _bases,
    ),
    LibraryTool(
        "ask",
        "有出处的回答",
        "直接回答一个问题，如“2021年公文办结率目标是多少”。回答中的 [1] 对应 citations 的第一条；"
        "abstained 为 true 表示目标库里没有依据，此时不要自行编造。",
        Topic,
        AnswerJson,
        _ask,
    ),
    LibraryTool(
        "check",
        "检查目标草稿",
        "对照目标库检查草稿：承诺有没有数值、数值是否低于往年、标杆和依据是否过时、往年的条目有没有遗漏。"
        "草稿只检查，不保存。",
        Draft,
        CheckJson,
        _check,
    ),
)
