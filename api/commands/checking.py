"""duibiao check."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.chinese import ChineseCommand
from api.commands.options import FOLDER, catalog_option, hint_options, json_option, model_option
from api.output import answer, write
from api.settings import settings_from_environment

if TYPE_CHECKING:
    from api.checking import DraftRead
    from api.ingesting import Manner

STRICT = 3
_STANDARD_INPUT = Path("-")


def _codes(_: click.Context, __: click.Parameter, written: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        code.strip() for one in written for code in one.replace("，", ",").split(",") if code.strip()
    )


def _say_rules(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from api.conversions.checks import rules_table

        write(rules_table())
        ctx.exit()


@click.command(
    cls=ChineseCommand,
    help="对照目标库检查草稿：数值、遗漏、标杆、依据、雷同、表述、时限、分工。文件写 - 时从标准输入读文字。",
)
@click.argument("file", type=FOLDER, metavar="文件|-")
@click.option("--off", multiple=True, callback=_codes, metavar="规则", help="不用这条规则，可以给出多次。")
@click.option("--only", multiple=True, callback=_codes, metavar="规则", help="只用这条规则，可以给出多次。")
@click.option(
    "--rules",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_say_rules,
    help="列出全部规则并退出。",
)
@click.option("--sarif", is_flag=True, help="输出 SARIF 2.1.0 格式的 JSON。")
@click.option("--strict", is_flag=True, help="有错误或警告时以状态 3 退出。")
@hint_options
@catalog_option
@model_option
@json_option
@click.pass_context
def check(
    ctx: click.Context,
    file: Path,
    *,
    off: tuple[str, ...],
    only: tuple[str, ...],
    sarif: bool,
    strict: bool,
    unit: str | None,
    year: int | None,
    city: str | None,
    catalog: Path | None,
    model: str | None,
    as_json: bool | None,
) -> None:
    """Review a draft against the catalog."""
    from api.ingesting import Manner
    from api.library import Library
    from ingest.reading import Hints
    from search.check.rules import Selection

    settings = settings_from_environment(catalog=catalog, model=model)
    selection = Selection(off, only)
    selection.rules()
    draft = _read(file, Manner.of(Hints(unit=unit, year=year, city=city), settings.vocabulary))
    with Library(settings) as library:
        checked = library.check(draft, selection)
    if sarif:
        from importlib.metadata import version

        from api.conversions.sarif import sarif_text

        write(sarif_text(checked, version("duibiao")))
    else:
        answer(checked, as_json)
    if strict and (checked.errors or checked.warnings):
        ctx.exit(STRICT)


def _read(file: Path, manner: Manner) -> DraftRead:
    from api.checking import read_draft_file, read_draft_text

    if file != _STANDARD_INPUT:
        return read_draft_file(file, manner)
    return read_draft_text(sys.stdin.buffer.read().decode("utf-8-sig", "replace"), manner)
