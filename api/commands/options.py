"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from api.chinese import WholeNumber
from api.requests import FIRST_YEAR, LAST_YEAR, MOST_HITS

Command = TypeVar("Command", bound=Callable[..., Any])

FOLDER = click.Path(path_type=Path)
YEAR = WholeNumber(FIRST_YEAR, LAST_YEAR)


def catalog_option(command: Command) -> Command:
    """Add --db: which catalog."""
    return click.option(
        "--db",
        "catalog",
        type=FOLDER,
        metavar="文件夹",
        help="目标库文件夹（默认取 DUIBIAO_DB 或数据文件夹）。",
    )(command)


def model_option(command: Command) -> Command:
    """Add --model: which embedding model."""
    return click.option(
        "--model", metavar="模型", help="向量模型的名称或文件夹（默认取 DUIBIAO_MODEL 或随程序准备的模型）。"
    )(command)


def json_option(command: Command) -> Command:
    """Add --json and --text: how the result is written."""
    return click.option(
        "--json/--text",
        "as_json",
        default=None,
        help="输出 JSON 或文字；默认在终端上输出文字，其他情况输出 JSON。",
    )(command)


def hint_options(command: Command) -> Command:
    """Add --unit, --year, --city: what the user knows of the files, overruling what they say."""
    for decorate in (
        click.option("--city", metavar="城市", help="指定文件所属的城市，优先于文件里写的。"),
        click.option("--year", type=YEAR, metavar="年份", help="指定文件的年份，优先于文件里写的。"),
        click.option("--unit", metavar="单位", help="指定文件的单位，优先于文件里写的。"),
    ):
        command = decorate(command)
    return command


def ranking_options(command: Command) -> Command:
    """Add what changes the order of hits, and whether equal promises are one."""
    for decorate in (
        click.option("--prefer-unit", metavar="单位", help="让这个单位的目标排得靠前，不筛掉其他单位。"),
        click.option(
            "--prefer-recent/--no-prefer-recent",
            default=None,
            help="是否让年份较新的排得靠前（默认取 DUIBIAO_PREFER_RECENT，未设时不考虑）。",
        ),
        click.option(
            "--group/--no-group",
            default=True,
            help="不同年份、城市的相同承诺合并为一条（默认），或分别列出。",
        ),
        click.option(
            "--kind",
            type=click.Choice(["targets", "plan", "report"]),
            help="只看这类文档：targets 业务目标，plan 任务分解，report 政府工作报告。",
        ),
        click.option("--facets", is_flag=True, help="同时统计全部候选在年份、单位、城市等上的分布。"),
    ):
        command = decorate(command)
    return command


def chart_option(command: Command) -> Command:
    """Add --chart: where to draw the figures."""
    return click.option(
        "--chart", type=FOLDER, metavar="文件", help="把图画进这个文件（.svg 或 .png），数值照常输出。"
    )(command)


def comparing_options(command: Command) -> Command:
    """Add how cities are compared."""
    for decorate in (
        click.option(
            "--recent",
            type=WholeNumber(0, 100),
            default=3,
            metavar="年数",
            help="早于这么多年的数值标为过时，默认 3。",
        ),
        click.option(
            "--own-city", metavar="城市", help="本市，排名里单独标出；默认取目标库里有业务目标的城市。"
        ),
    ):
        command = decorate(command)
    return command


def filter_options(command: Command) -> Command:
    """Add what narrows a question."""
    for decorate in (
        click.option("--literal", is_flag=True, help="不从问句里识别年份、单位等限定，按原文检索。"),
        click.option("--city", metavar="城市", help="只看这个城市。"),
        click.option("--category", metavar="类别", help="只看这个类别，例如 重点目标。"),
        click.option("--unit", metavar="单位", help="只看这个单位。"),
        click.option("--year", type=YEAR, metavar="年份", help="只看这一年。"),
        click.option(
            "-k",
            "count",
            type=WholeNumber(1, MOST_HITS),
            default=10,
            metavar="条数",
            help="最多返回多少条，默认 10。",
        ),
    ):
        command = decorate(command)
    return command
