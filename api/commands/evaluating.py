"""duibiao eval."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from api.chinese import ChineseCommand, ChineseGroup
from api.commands import evaluating_relations
from api.commands.options import FOLDER, Command, catalog_option, json_option, model_option
from api.output import answer, say
from api.settings import settings_from_environment

if TYPE_CHECKING:
    from api.schemas.evaluation import EvaluationJson

_STANDARD_OUTPUT = Path("-")


@click.group(name="eval", cls=ChineseGroup, help="用人工标注评测读取和检索的质量。")
def evaluate() -> None:
    """Hold the evaluations together."""


for _command in (evaluating_relations.trends, evaluating_relations.benchmarks, evaluating_relations.bases):
    evaluate.add_command(_command)


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


@evaluate.command(cls=ChineseCommand, help="评测草稿检查：看埋入的问题找到多少、误报多少。")
@click.option("--drafts", type=FOLDER, metavar="文件", help="评测草稿（默认用源码目录里的）。")
@click.option("--table", type=FOLDER, metavar="文件", help="把结果表写进这个 Markdown 文件的标记之间。")
@model_option
@json_option
def checks(drafts: Path | None, table: Path | None, model: str | None, as_json: bool | None) -> None:
    """Judge the review of drafts."""
    from api.evaluating import write_section
    from api.evaluating_checks import DRAFTS, checks_table, evaluate_checks
    from api.library import Library

    with Library(settings_from_environment(model=model)) as library:
        evaluation = evaluate_checks(drafts or DRAFTS, library.embedder)
    if table is not None:
        write_section(table, "checks", checks_table(evaluation))
        say(f"结果表已写入“{table}”。")
    answer(evaluation, as_json)


def _set_options(command: Command) -> Command:
    """Add what the evaluations of retrieval and of answers share."""
    for decorate in (
        click.option("--text", "as_text", is_flag=True, help="在标准输出写文字，不写 JSON。"),
        click.option(
            "--json",
            "out",
            type=FOLDER,
            is_flag=False,
            flag_value=_STANDARD_OUTPUT,
            metavar="[文件]",
            help="把包含逐条结果的 JSON 写进文件；不带文件名时写到标准输出。",
        ),
        click.option("--per-query", is_flag=True, help="标准输出也写出每一条查询的结果。"),
        click.option(
            "--compare",
            "earlier",
            type=FOLDER,
            metavar="文件",
            help="与以前用 --json 文件 保存的结果比较，并检验差别是否显著。",
        ),
        click.option(
            "--table", type=FOLDER, metavar="文件", help="把结果表写进这个 Markdown 文件的标记之间。"
        ),
        click.option(
            "--texts",
            type=FOLDER,
            multiple=True,
            metavar="文件夹",
            help="评测集所依据的文本所在的文件夹，可以给出多次。",
        ),
        click.option(
            "--questions", type=FOLDER, metavar="文件", help="外来评测集的问题，与 --documents 一起给出。"
        ),
        click.option(
            "--documents",
            type=FOLDER,
            metavar="文件",
            help="外来评测集的文档（JSONL、CMRC 或 SQuAD 格式），为它们临时建库评测。",
        ),
        click.option("--queries", type=FOLDER, metavar="文件", help="评测集文件（默认用源码目录里的）。"),
        catalog_option,
        model_option,
    ):
        command = decorate(command)
    return command


@evaluate.command(cls=ChineseCommand, help="评测检索：分别给出向量、词、字和合并后的 nDCG、召回率等。")
@click.option("--ablation", is_flag=True, help="逐一去掉检索的各个部分，看结果相差多少。")
@_set_options
def retrieval(*, ablation: bool, **options: Any) -> None:
    """Judge retrieval, every leg by itself and the whole."""
    _run("retrieval", ablation=ablation, **options)


@evaluate.command(cls=ChineseCommand, help="评测问答：该不该回答、答得对不对、出处对不对。")
@_set_options
def answers(**options: Any) -> None:
    """Judge the answers."""
    _run("answers", ablation=False, **options)


def _run(
    task: str,
    *,
    ablation: bool,
    catalog: Path | None,
    model: str | None,
    queries: Path | None,
    documents: Path | None,
    questions: Path | None,
    texts: tuple[Path, ...],
    table: Path | None,
    earlier: Path | None,
    per_query: bool,
    out: Path | None,
    as_text: bool,
) -> None:
    from api.evaluating import page_with_section, texts_or_default
    from api.evaluating_results import compared, keep, kept_measures
    from api.evaluating_retrieval import OWN, Source, evaluate_set
    from api.evaluating_tables import section_name
    from api.library import Library

    source = Source(queries, documents, questions, texts_or_default(texts))
    section = section_name("ablation" if ablation else task, source.name, OWN)
    if table is not None:  # before the long work
        page_with_section(table, section)
    before = None if earlier is None else kept_measures(earlier)
    with Library(settings_from_environment(catalog=catalog, model=model)) as library:
        evaluation = evaluate_set(task, source, library, say, ablation=ablation)
    if before is not None:
        evaluation = replace(evaluation, comparison=compared(evaluation, before))
    if out is not None and out != _STANDARD_OUTPUT:
        keep(evaluation, out)
        say(f"结果已写入“{out}”。")
    if table is not None:
        _write_table(evaluation, table, section, ablation=ablation)
    shown = evaluation if per_query else replace(evaluation, queries=())
    answer(shown, False if as_text else (True if out == _STANDARD_OUTPUT else None))


def _write_table(evaluation: EvaluationJson, table: Path, section: str, *, ablation: bool) -> None:
    from api.evaluating import write_section
    from api.evaluating_tables import ablation_table, evaluation_table

    write_section(table, section, ablation_table(evaluation) if ablation else evaluation_table(evaluation))
    say(f"结果表已写入“{table}”。")
