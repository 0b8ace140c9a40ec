"""duibiao eval."""

from __future__ import annotations

from pathlib import Path

import click

from api.chinese import ChineseCommand, ChineseGroup
from api.commands.options import FOLDER, json_option
from api.output import answer, say


@click.group(name="eval", cls=ChineseGroup, help="用人工标注评测读取和检索的质量。")
def evaluate() -> None:
    """Hold the evaluations together."""


@evaluate.command(cls=ChineseCommand, help="评测指标抽取：与人工标注的句子比较，给出准确率、召回率和 F1。")
@click.option("--labels", type=FOLDER, metavar="文件", help="标注文件（默认用源码目录里的）。")
@click.option(
    "--texts",
    type=FOLDER,
    multiple=True,
    metavar="文件夹",
    help="标注所依据的文本所在的文件夹，可以给出多次。",
)
@click.option("--table", type=FOLDER, metavar="文件", help="把结果表写进这个 Markdown 文件的标记之间。")
@json_option
def extraction(
    labels: Path | None, texts: tuple[Path, ...], table: Path | None, as_json: bool | None
) -> None:
    """Judge the extraction of indicators."""
    from api.evaluating import (
        LABELS,
        evaluate_extraction,
        extraction_table,
        texts_or_default,
        write_section,
    )

    evaluation = evaluate_extraction(labels or LABELS, texts_or_default(texts))
    if table is not None:
        write_section(table, "extraction", extraction_table(evaluation))
        say(f"结果表已写入“{table}”。")
    answer(evaluation, as_json)
