"""duibiao serve, duibiao mcp, duibiao doctor."""

from __future__ import annotations

import socket
from dataclasses import replace
from pathlib import Path

import click

from api.chinese import ChineseCommand, WholeNumber
from api.commands.options import catalog_option, json_option, model_option
from api.output import answer, say
from api.settings import Settings, settings_from_environment
from corpus.errors import WrongUse


def listening_socket(settings: Settings) -> socket.socket:
    """Return a socket that listens where the settings say. Raise WrongUse where that is not possible."""
    from api.wording import system_reason

    address = (settings.host.strip("[]"), settings.port)
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        listening = socket.create_server(address, family=family, backlog=128)
    except OSError as error:
        raise WrongUse(
            f"无法在 {settings.host}:{settings.port} 提供服务：{system_reason(error)}；"
            "请用 --port 换一个端口，或用 --host 换一个地址。"
        ) from error
    listening.setsockopt(
        socket.IPPROTO_TCP, socket.TCP_NODELAY, 1
    )  # else an answer waits for an acknowledgement
    return listening


@click.command(cls=ChineseCommand, help="启动网页服务。")
@click.option("--host", metavar="地址", help="监听的地址，默认 127.0.0.1（只允许本机访问）。")
@click.option("--port", type=WholeNumber(1, 65535), metavar="端口", help="监听的端口，默认 8000。")
@catalog_option
@model_option
def serve(host: str | None, port: int | None, catalog: Path | None, model: str | None) -> None:
    """Serve the pages and the addresses under /v1."""
    settings = settings_from_environment(catalog=catalog, model=model)
    settings = replace(settings, host=host or settings.host, port=port or settings.port)
    listening = listening_socket(settings)

    import uvicorn

    from api.app import create_app

    say(f"对标已启动：http://{settings.host}:{settings.port} （按 Ctrl+C 结束）")
    app = create_app(settings)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, server_header=False))
    app.state.ingests.stop_when(lambda: server.should_exit)
    server.run(sockets=[listening])


@click.command(
    cls=ChineseCommand,
    help="以 MCP 协议在标准输入输出上提供检索，供支持 MCP 的软件启动；启动服务后也可以用 /mcp 这个地址。",
)
@catalog_option
@model_option
def mcp(catalog: Path | None, model: str | None) -> None:
    """Serve one host of the Model Context Protocol until it closes our input."""
    from api.library import Library
    from api.mcp.server import serve_stdio

    with Library(settings_from_environment(catalog=catalog, model=model)) as library:
        serve_stdio(library)


@click.command(cls=ChineseCommand, help="检查安装是否完好：程序、模型、目标库、索引、文件夹。")
@catalog_option
@model_option
@json_option
@click.pass_context
def doctor(ctx: click.Context, catalog: Path | None, model: str | None, as_json: bool | None) -> None:
    """Examine the installation."""
    from api.doctor import examine

    report = examine(settings_from_environment(catalog=catalog, model=model))
    answer(report, as_json)
    if not report.ok:
        ctx.exit(1)


@click.command(cls=ChineseCommand, help="显示目标库有多大、用什么模型、各项设置的值和来源；密钥不显示。")
@catalog_option
@model_option
@json_option
def status(catalog: Path | None, model: str | None, as_json: bool | None) -> None:
    """Tell what there is and how it is set up."""
    from api.library import Library
    from api.status import status as installation

    with Library(settings_from_environment(catalog=catalog, model=model)) as library:
        answer(installation(library), as_json)
