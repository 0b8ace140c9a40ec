"""duibiao addin."""

from __future__ import annotations

from pathlib import Path

import click

from api.chinese import ChineseCommand
from api.commands.options import FOLDER
from api.output import say
from api.settings import public_address, settings_from_environment
from corpus.errors import WrongUse

KINDS = ("libreoffice", "wps", "word")


@click.command(
    cls=ChineseCommand,
    help="生成装到 LibreOffice（.oxt 扩展）、WPS（加载项列表）或 Word（清单）的文件，里面写好服务的地址。",
)
@click.argument("kind", type=click.Choice(KINDS), metavar="libreoffice|wps|word")
@click.option("--output", type=FOLDER, required=True, metavar="文件", help="写到哪个文件，已有的会被替换。")
@click.option("--server", metavar="地址", help="用户访问服务的地址，默认取 DUIBIAO_PUBLIC_URL。")
def addin(kind: str, output: Path, server: str | None) -> None:
    """Write the file that puts duibiao into an editor."""
    written = server or settings_from_environment().public_url
    if written is None:
        raise WrongUse("没有写明服务的地址；请用 --server 给出，例如 --server http://duibiao.example:8000。")
    output.write_bytes(_made(kind, public_address(written, "--server")))
    say(f"已写入 {output}")


def _made(kind: str, address: str) -> bytes:
    from api.addins import libreoffice, word, wps

    if kind == "libreoffice":
        return libreoffice.extension(address)
    return (wps.plugins_xml(address) if kind == "wps" else word.manifest_xml(address)).encode()
