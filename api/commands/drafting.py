"""duibiao draft."""

from __future__ import annotations

from pathlib import Path

import click

from api.chinese import ChineseCommand
from api.commands.options import FOLDER, YEAR, catalog_option, json_option, model_option
from api.output import answer, say
from api.settings import settings_from_environment


@click.command(
    cls=ChineseCommand,
    help="按主题拟写下一年的目标：写法、数值、标杆和依据都取自往年，逐句注明出处。",
)
@click.argument("topics", nargs=-1, required=True, metavar="主题…")
@click.option(
    "--out", type=FOLDER, metavar="文件", help="同时写成文件，按文件名的结尾选格式：.docx、.xlsx 或 .txt。"
)
@click.option("--city", metavar="城市", help="单位所属的城市（默认取该单位往年文件的）。")
@click.option("--year", type=YEAR, required=True, metavar="年份", help="拟写哪一年的目标。")
@click.option("--unit", required=True, metavar="单位", help="拟写哪个单位的目标。")
@catalog_option
@model_option
@json_option
def draft(
    topics: tuple[str, ...],
    out: Path | None,
    city: str | None,
    year: int,
    unit: str,
    catalog: Path | None,
    model: str | None,
    as_json: bool | None,
) -> None:
    """Propose items for some topics."""
    from api.conversions.drafts import proposal_to_json
    from api.drafting import draft_request
    from api.exporting.writing import checked_path, exported, write_file
    from api.library import Library

    request = draft_request(topics, unit, year, city)
    kind = None if out is None else checked_path(out)
    with Library(settings_from_environment(catalog=catalog, model=model)) as library:
        library.start_embedder()
        drafted = library.draft(request)
    if out is not None and kind is not None:
        write_file(out, exported(drafted, kind))
        say(f"已写入 {out}，共 {len(drafted.proposal.items)} 条。")
    answer(proposal_to_json(drafted), as_json)
