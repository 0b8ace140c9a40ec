"""duibiao history, compare, citing."""

from __future__ import annotations

from pathlib import Path

import click

from api.chinese import ChineseCommand, WholeNumber
from api.commands.options import catalog_option, json_option
from api.output import answer
from api.settings import settings_from_environment

_ITEM = WholeNumber(1, 2**63 - 1)


@click.command(cls=ChineseCommand, help="列出一条目标历年的写法和数值；条目的编号是检索结果里的 item_id。")
@click.argument("item_id", metavar="条目编号", type=_ITEM)
@catalog_option
@json_option
def history(item_id: int, catalog: Path | None, as_json: bool | None) -> None:
    """Write where an item stood before and where it went on."""
    from api.library import Library

    with Library(settings_from_environment(catalog=catalog)) as library:
        answer(library.history(item_id), as_json)


@click.command(cls=ChineseCommand, help="并排对照几条目标：数值和文字哪里不同；编号是检索结果里的 item_id。")
@click.argument("item_ids", metavar="条目编号…", type=_ITEM, nargs=-1, required=True)
@catalog_option
@json_option
def compare(item_ids: tuple[int, ...], catalog: Path | None, as_json: bool | None) -> None:
    """Write items side by side."""
    from api.library import Library

    with Library(settings_from_environment(catalog=catalog)) as library:
        answer(library.compare(item_ids), as_json)


@click.command(cls=ChineseCommand, help="列出依据某份文件的全部目标；写文件的标题或文号。")
@click.argument("basis", metavar="依据")
@catalog_option
@json_option
def citing(basis: str, catalog: Path | None, as_json: bool | None) -> None:
    """Write every item that rests on a document."""
    from api.library import Library

    with Library(settings_from_environment(catalog=catalog)) as library:
        answer(library.resting(basis), as_json)
