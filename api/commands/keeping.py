"""duibiao documents, remove, reembed, reindex, prepare."""

from __future__ import annotations

from pathlib import Path

import click

from api.chinese import ChineseCommand
from api.commands.options import catalog_option, json_option, model_option
from api.output import answer, say
from api.settings import settings_from_environment


@click.command(cls=ChineseCommand, help="列出目标库里的文档。")
@catalog_option
@json_option
def documents(catalog: Path | None, as_json: bool | None) -> None:
    """List the documents of the catalog."""
    from api.library import Library

    with Library(settings_from_environment(catalog=catalog)) as library:
        answer(library.documents(), as_json)


@click.command(cls=ChineseCommand, help="从目标库移除文档；编号和文件名见 duibiao documents。")
@click.argument("name", metavar="文件名或编号")
@catalog_option
@json_option
def remove(name: str, catalog: Path | None, as_json: bool | None) -> None:
    """Take documents out of the catalog."""
    from api.library import Library

    with Library(settings_from_environment(catalog=catalog)) as library:
        answer(library.remove_named(name), as_json)


@click.command(cls=ChineseCommand, help="用现在配置的模型重新计算目标库的全部向量。")
@catalog_option
@model_option
def reembed(catalog: Path | None, model: str | None) -> None:
    """Compute all vectors anew."""
    from api.library import Library

    with Library(settings_from_environment(catalog=catalog, model=model)) as library:
        count = library.reembed(lambda done: say(f"已计算 {done} 段"))
        say(f"已用模型 {library.embedder.record.model} 重新计算 {count} 段的向量。")


@click.command(cls=ChineseCommand, help="丢弃由目标库派生的索引文件并重新生成。")
@catalog_option
def reindex(catalog: Path | None) -> None:
    """Derive the index files anew."""
    from api.library import Library

    with Library(settings_from_environment(catalog=catalog)) as library:
        say(f"索引已重新生成，共 {library.reindex()} 段。")


@click.command(cls=ChineseCommand, help="准备随程序提供的向量模型；安装时运行一次，不需要联网。")
def prepare() -> None:
    """Build the default embedding model."""
    from index.models.prepare import prepare_default

    folder = prepare_default(settings_from_environment().models, say)
    say(f"模型已准备好：{folder}")
