"""duibiao tune."""

from __future__ import annotations

from pathlib import Path

import click

from api.chinese import ChineseCommand, WholeNumber
from api.commands.options import FOLDER, catalog_option, json_option, model_option
from api.output import answer, say
from api.settings import settings_from_environment

NOT_BETTER = 3


@click.command(cls=ChineseCommand, help="用目标库的内容调优向量模型；比原来好才会换上。")
@click.option(
    "--minutes",
    type=WholeNumber(1, 1440),
    default=10,
    metavar="分钟",
    help="最多训练多少分钟，默认 10；前后的比较另需几分钟。",
)
@click.option("--steps", type=WholeNumber(1, 1_000_000), metavar="步数", help="最多训练多少步。")
@click.option(
    "--epochs", type=WholeNumber(1, 100), default=3, metavar="遍数", help="训练文本最多用几遍，默认 3。"
)
@click.option(
    "--out", type=FOLDER, metavar="文件夹", help="把调优后的模型写进这个文件夹，以后用 --model 指定它。"
)
@click.option("--install", is_flag=True, help="用调优后的模型替换默认模型；之后要运行 duibiao reembed。")
@click.option("--uninstall", is_flag=True, help="恢复随程序准备的默认模型；之后要运行 duibiao reembed。")
@catalog_option
@model_option
@json_option
@click.pass_context
def tune(
    context: click.Context,
    *,
    minutes: int,
    steps: int | None,
    epochs: int,
    out: Path | None,
    install: bool,
    uninstall: bool,
    catalog: Path | None,
    model: str | None,
    as_json: bool | None,
) -> None:
    """Tune the model to the catalog, or go back to the default."""
    settings = settings_from_environment(catalog=catalog, model=model)
    if uninstall:
        _uninstall(settings.models)
        return
    from api.library import Library
    from api.tuning import Wish, tune_catalog

    with Library(settings) as library:
        result = tune_catalog(library, Wish(minutes, steps, epochs, out, install), say)
    answer(result, as_json)
    if not result.better:
        context.exit(NOT_BETTER)


def _uninstall(models: Path) -> None:
    from index.models.tuned import uninstall

    if uninstall(models):
        say("已恢复默认模型；请运行 duibiao reembed 重新计算目标库的向量。")
    else:
        say("现在用的就是默认模型，没有换上过调优的模型。")
