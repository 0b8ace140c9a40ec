"""duibiao parse, duibiao ingest."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.chinese import ChineseCommand
from api.commands.options import FOLDER, catalog_option, hint_options, json_option, model_option
from api.output import answer, printable, say, write
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
    from api.found_files import existing_file
    from api.ingesting import Manner, read
    from ingest.reading import Hints

    manner = Manner.of(Hints(unit=unit, year=year, city=city), settings_from_environment().vocabulary)
    reading = read(existing_file(file), manner)
    if explain:
        from ingest.explain import explain as explained

        write(explained(reading))
        return
    answer(reading_to_json(reading.documents, reading.problems), as_json)


class _Progress:
    """Says how far the work is: a line a file, or on a terminal one line that changes and the failures.

    `done` is how many files are through, whatever became of them.
    """

    def __init__(self) -> None:
        self.done = 0
        self._begun = time.monotonic()
        self._is_terminal = sys.stderr.isatty()

    def __call__(self, step: Step) -> None:
        from api.ingesting import Failure
        from ingest.readers.contract import spelled

        self.done = step.number
        words = {"added": "新增", "replaced": "更新", "unchanged": "没有变化"}
        result = step.result
        is_failure = isinstance(result, Failure)
        if self._is_terminal:
            print("\r\x1b[K", end="", file=sys.stderr)
        if is_failure or not self._is_terminal:
            outcome = result.sentence if isinstance(result, Failure) else words[result.outcome]
            say(f"[{step.number}/{step.total}] {spelled(str(result.file.path))}：{outcome}")
        if self._is_terminal and step.number < step.total:
            print(printable(self._bar(step)), end="", file=sys.stderr, flush=True)

    def _bar(self, step: Step) -> str:
        filled = 24 * step.number // step.total
        left = (time.monotonic() - self._begun) / step.number * (step.total - step.number)
        about = f"约剩 {left / 60:.0f} 分钟" if left >= 90 else f"约剩 {left:.0f} 秒"
        return (
            f"{'█' * filled}{'░' * (24 - filled)} {step.number}/{step.total} {about} {step.result.file.shown}"
        )


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
        progress = _Progress()
        try:
            summary = library.ingest(paths, Hints(unit=unit, year=year, city=city), progress)
        except KeyboardInterrupt:
            say(f"\n已中断：处理完的 {progress.done} 个文件已经存入目标库；再次运行同一命令会从这里继续。")
            raise
    answer(summary, as_json)
    if not summary.files:
        say("没有一个文件能够读取；请检查上面列出的原因。")
        ctx.exit(2)
