"""duibiao carryover."""

from __future__ import annotations

from pathlib import Path

import click

from api.chinese import ChineseCommand
from api.commands.options import YEAR, catalog_option, json_option
from api.output import answer
from api.settings import settings_from_environment


@click.command(
    cls=ChineseCommand,
    help="列出某单位某年的目标与上一次相比，哪些延续、哪些改写、哪些新增、哪些不再出现。",
)
@click.option("--unit", required=True, metavar="单位", help="哪个单位的目标；曾用名也算。")
@click.option("--year", type=YEAR, required=True, metavar="年份", help="哪一年的目标。")
@click.option("--city", metavar="城市", help="只看这个城市的单位。")
@catalog_option
@json_option
def carryover(unit: str, year: int, city: str | None, catalog: Path | None, as_json: bool | None) -> None:
    """Write what became of last year's targets."""
    from api.library import Library

    with Library(settings_from_environment(catalog=catalog)) as library:
        answer(library.carryover(unit, year, city), as_json)
