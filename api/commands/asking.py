"""duibiao search, ask, benchmarks, bases, trend."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from api.chinese import ChineseCommand
from api.commands.options import (
    catalog_option,
    chart_option,
    comparing_options,
    filter_options,
    json_option,
    model_option,
    ranking_options,
)
from api.output import answer, say
from api.settings import settings_from_environment

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.library import Library
    from search.engine import SearchRequest

    _Option = Callable[[Callable[..., Any]], Callable[..., Any]]


def _asking(
    name: str, metavar: str, explanation: str, *more: _Option
) -> Callable[[Callable[..., Any]], click.Command]:
    """Return a decorator for a command that takes a question, filters, a catalog and a way to write."""

    def decorate(function: Callable[..., Any]) -> click.Command:
        options: tuple[_Option, ...] = (*more, json_option, model_option, catalog_option, filter_options)
        for option in options:
            function = option(function)
        argument = click.argument("query", metavar=metavar)
        return click.command(name, cls=ChineseCommand, help=explanation)(argument(function))

    return decorate


def _opened(catalog: Path | None, model: str | None) -> Library:
    from api.library import Library

    library = Library(settings_from_environment(catalog=catalog, model=model))
    library.start_embedder()
    return library


def _request(query: str, count: int, literal: bool, **filters: Any) -> SearchRequest:
    from api.requests import question

    return question(query, k=count, understand=not literal, **filters)


@_asking("search", "检索词", "检索历年业务目标，最相关的在最前。", ranking_options)
def search(
    query: str,
    catalog: Path | None,
    model: str | None,
    as_json: bool | None,
    kind: str | None,
    *,
    facets: bool,
    **asked: Any,
) -> None:
    """Write the items that answer a query."""
    from dataclasses import replace

    from corpus.model import DocumentKind

    with _opened(catalog, model) as library:
        request = _request(query, **asked)
        wanted = replace(request, kind=DocumentKind(kind) if kind else None, facets=facets)
        answer(library.search(wanted), as_json)


_llm_option = click.option(
    "--llm/--no-llm",
    default=False,
    help="是否请设置好的语言模型改写回答，每句都与出处核对（默认不用）。",
)


@_asking("ask", "问题", "回答关于目标的问题，每句话都注明出处；找不到依据时直说没有。", _llm_option)
def ask(
    query: str, catalog: Path | None, model: str | None, as_json: bool | None, *, llm: bool, **asked: Any
) -> None:
    """Write an answer made of cited facts."""
    with _opened(catalog, model) as library:
        request = _request(query, **asked)
        answer(library.ask_model(request) if llm else library.ask(request), as_json)


@_asking(
    "benchmarks",
    "主题",
    "列出某项工作历年的标杆城市和它们做到了什么，以及各城市这项指标的数值和排名。",
    comparing_options,
)
def benchmarks(
    query: str,
    catalog: Path | None,
    model: str | None,
    as_json: bool | None,
    own_city: str | None,
    recent: int,
    **asked: Any,
) -> None:
    """Write the benchmark cities of a topic and the standings."""
    from search.results import Comparing

    with _opened(catalog, model) as library:
        answer(library.benchmarks(_request(query, **asked), Comparing(own_city, recent)), as_json)


@_asking("bases", "主题", "列出某项工作历年的制定依据和文号。")
def bases(query: str, catalog: Path | None, model: str | None, as_json: bool | None, **asked: Any) -> None:
    """Write the documents that promises about a topic rest on."""
    with _opened(catalog, model) as library:
        answer(library.bases(_request(query, **asked)), as_json)


@_asking("trend", "主题", "列出某项指标历年承诺和实现的数值。", chart_option)
def trend(
    query: str,
    catalog: Path | None,
    model: str | None,
    as_json: bool | None,
    chart: Path | None,
    **asked: Any,
) -> None:
    """Write how figures changed, and draw them where a file is named."""
    with _opened(catalog, model) as library:
        found = library.trend(_request(query, **asked))
    if chart is not None:
        from api.charts import write_chart

        write_chart(found, chart)
        say(f"图已写入“{chart}”。")
    answer(found, as_json)
