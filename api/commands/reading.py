"""duibiao parse, duibiao ingest."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.chinese import ChineseCommand
from api.commands.options import FOLDER, catalog_option, hint_options, json_option, model_option
from api.output import answer, say, write
from api.settings import settings_from_environment

if TYPE_CHECKING:
    from api.ingesting import Step


@click.command(cls=ChineseCommand, help="读一个文件，显示其中的业务目标，不存入目标库。")
@click.argument("file", type=FOLDER, metavar="文件")
@click.option("--explain", is_flag=True, help="逐步显示读到的行、条目和问题，用来查找哪一行没有读到。")
@hint_options
@json_option
def parse(
    file: Path, explain: bool, unit: str | None, year: int | None, city: str | None, as_json: bool | None
) -> None:
    """Read one file and write what it states."""
    from api.conversions.documents import reading_to_json
    from api.ingesting import existing_file
    from ingest.reading import Hints, read_file

    reading = read_file(existing_file(file), Hints(unit=unit, year=year, city=city))
    if explain:
        from ingest.explain import explain as explained

        write(explained(reading))
        return
    answer(reading_to_json(reading.documents, reading.problems), as_json)


def _say_step(step: Step) -> None:
    from api.ingesting import Failure

    words = {"added": "新增", "replaced": "更新", "unchanged": "没有变化"}
    result = step.result
    outcome = result.sentence if isinstance(result, Failure) else words[result.outcome]
    say(f"[{step.number}/{step.total}] {result.file.path}：{outcome}")


@click.command(cls=ChineseCommand, help="把文件或整个文件夹导入目标库；没有变化的文件不会重复导入。")
@click.argument("paths", nargs=-1, required=True, type=FOLDER, metavar="文件或文件夹…")
@hint_options
@catalog_option
@model_option
@json_option
@click.pass_context
def ingest(
    ctx: click.Context,
    paths: tuple[Path, ...],
    unit: str | None,
    year: int | None,
    city: str | None,
    catalog: Path | None,
    model: str | None,
    as_json: bool | None,
) -> None:
    """Take files into the catalog."""
    from api.library import Library
    from ingest.reading import Hints

    settings = settings_from_environment(catalog=catalog, model=model)
    with Library(settings, create=True) as library:
        summary = library.ingest(paths, Hints(unit=unit, year=year, city=city), _say_step)
    answer(summary, as_json)
    if not summary.files:
        say("没有一个文件能够读取；请检查上面列出的原因。")
        ctx.exit(2)
