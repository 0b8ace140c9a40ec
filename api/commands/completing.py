"""duibiao completion: what a shell has to know to complete our commands."""

from __future__ import annotations

import click

from api.chinese import ChineseCommand
from api.output import write

_SHELLS = ("bash", "zsh", "fish")


@click.command(
    cls=ChineseCommand,
    help='输出命令补全的脚本。\n\n例如在 ~/.bashrc 里写一行：eval "$(duibiao completion bash)"',
)
@click.argument("shell", type=click.Choice(_SHELLS), metavar="bash|zsh|fish")
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Write the script for a shell."""
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    if made is None:
        message = f"click knows no completion for {shell}"
        raise RuntimeError(message)
    root = ctx.find_root()
    write(made(root.command, {}, "duibiao", "_DUIBIAO_COMPLETE").source())
