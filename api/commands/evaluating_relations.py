"""duibiao eval trends, benchmarks, bases."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.chinese import ChineseCommand
from api.commands.options import FOLDER, catalog_option, json_option, model_option
from api.output import answer, say
from api.settings import settings_from_environment

if TYPE_CHECKING:
    from api.schemas.evaluated_relations import RelationEvaluationJson

_labels = click.option("--labels", type=FOLDER, metavar="文件", help="标注文件（默认用源码目录里的）。")
_texts = click.option(
    "--texts",
    type=FOLDER,
    multiple=True,
    metavar="文件夹",
    help="标注所依据的文本所在的文件夹，可以给出多次。",
)
_table = click.option(
    "--table", type=FOLDER, metavar="文件", help="把结果表写进这个 Markdown 文件的标记之间。"
)


@click.command(cls=ChineseCommand, help="评测趋势：两个数值是不是同一指标，连对多少、误连多少。")
@_labels
@_texts
@_table
@json_option
def trends(labels: Path | None, texts: tuple[Path, ...], table: Path | None, as_json: bool | None) -> None:
    """Judge the links of trends."""
    from api.evaluating import texts_or_default
    from api.evaluating_relations import evaluate_trends

    _tell(evaluate_trends(labels, texts_or_default(texts)), table, as_json)


@click.command(cls=ChineseCommand, help="评测标杆城市：应当列出的城市列出多少、排在第几。")
@_labels
@_table
@catalog_option
@model_option
@json_option
def benchmarks(
    labels: Path | None, table: Path | None, catalog: Path | None, model: str | None, as_json: bool | None
) -> None:
    """Judge the benchmark cities and the standings."""
    from api.evaluating_relations import evaluate_benchmarks
    from api.library import Library

    with Library(settings_from_environment(catalog=catalog, model=model)) as library:
        _tell(evaluate_benchmarks(labels, library.engine), table, as_json)


@click.command(cls=ChineseCommand, help="评测制定依据：应当列出的文件列出多少、排在第几。")
@_labels
@_texts
@_table
@catalog_option
@model_option
@json_option
def bases(
    labels: Path | None,
    texts: tuple[Path, ...],
    table: Path | None,
    catalog: Path | None,
    model: str | None,
    as_json: bool | None,
) -> None:
    """Judge the bases."""
    from api.evaluating import texts_or_default
    from api.evaluating_relations import evaluate_bases
    from api.library import Library

    with Library(settings_from_environment(catalog=catalog, model=model)) as library:
        _tell(evaluate_bases(labels, texts_or_default(texts), library.engine), table, as_json)


def _tell(evaluation: RelationEvaluationJson, table: Path | None, as_json: bool | None) -> None:
    from api.evaluating import write_section
    from api.evaluating_relations import relations_table

    if table is not None:
        write_section(table, evaluation.task, relations_table(evaluation))
        say(f"结果表已写入“{table}”。")
    answer(evaluation, as_json)
