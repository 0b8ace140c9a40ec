"""duibiao correct, duibiao restore."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from api.chinese import ChineseCommand, WholeNumber
from api.commands.options import YEAR, catalog_option, json_option
from api.output import answer
from api.settings import settings_from_environment
from corpus.errors import WrongUse

if TYPE_CHECKING:
    from api.schemas.documents import Identifying

_FIELDS = ("title", "unit", "year", "city", "category")
NUMBER = WholeNumber(1, 2**63 - 1)


def _of_document(fields: tuple[str, ...]) -> tuple[Identifying, ...]:
    return cast("tuple[Identifying, ...]", tuple(one for one in fields if one != "category"))


@click.command(
    cls=ChineseCommand,
    help="手工修正文档的单位、年份、城市、标题，或一个条目的类别；重新导入同一文件后仍然有效。",
)
@click.argument("number", type=NUMBER, metavar="文档编号")
@click.option("--title", metavar="标题", help="正确的标题。")
@click.option("--unit", metavar="单位", help="正确的单位。")
@click.option("--year", type=YEAR, metavar="年份", help="正确的年份。")
@click.option("--city", metavar="城市", help="正确的城市。")
@click.option("--item", type=NUMBER, metavar="条目编号", help="修正这一条的类别；编号见检索结果的 item_id。")
@click.option("--category", metavar="类别", help="条目正确的类别，与 --item 一起使用。")
@click.option(
    "--unknown",
    multiple=True,
    type=click.Choice(_FIELDS),
    metavar="字段",
    help="标为不明：title、unit、year、city，或与 --item 一起用的 category；可以多次使用。",
)
@click.option(
    "--take-back",
    multiple=True,
    type=click.Choice(_FIELDS),
    metavar="字段",
    help="撤回修正，恢复为读到的值；字段同上，可以多次使用。",
)
@catalog_option
@json_option
def correct(
    number: int,
    title: str | None,
    unit: str | None,
    year: int | None,
    city: str | None,
    item: int | None,
    category: str | None,
    unknown: tuple[str, ...],
    take_back: tuple[str, ...],
    catalog: Path | None,
    as_json: bool | None,
) -> None:
    """Correct a document by hand."""
    from api.correcting import Changes
    from api.keeping import changes_of, correct_document
    from api.library import Library
    from api.schemas.documents import CorrectedJson, DocumentChangesJson

    stated = (category is not None) + ("category" in unknown) + ("category" in take_back)
    if stated != (item is not None):
        raise WrongUse(
            "--item 要与 --category 或 --unknown、--take-back category 之一一起使用；请补上或去掉。"
        )
    of_item = Changes()
    if item is not None and "category" in take_back:
        of_item = Changes(categories_taken_back=frozenset({item}))
    elif item is not None:
        of_item = Changes(categories={item: category})
    asked = DocumentChangesJson(
        title=title,
        unit=unit,
        year=year,
        city=city,
        unknown=_of_document(unknown),
        take_back=_of_document(take_back),
    )
    changes = changes_of(asked, of_item)
    with Library(settings_from_environment(catalog=catalog)) as library:
        detail = correct_document(library, number, changes)
        answer(CorrectedJson(detail.document, detail.corrections), as_json)


@click.command(
    cls=ChineseCommand,
    help="恢复移除的文档；不写名称时列出能恢复的文档。",
)
@click.argument("name", required=False, metavar="[文件名或编号]")
@catalog_option
@json_option
def restore(name: str | None, catalog: Path | None, as_json: bool | None) -> None:
    """Put removed documents back."""
    from api.keeping import restorable, restore_named
    from api.library import Library

    with Library(settings_from_environment(catalog=catalog)) as library:
        answer(restorable(library) if name is None else restore_named(library, name), as_json)
