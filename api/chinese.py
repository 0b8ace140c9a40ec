"""The command line in Chinese: help pages and the sentence for every wrong use."""

from __future__ import annotations

import inspect
import re
from typing import Any
from unicodedata import east_asian_width

import click

# click tells of surplus arguments in this sentence only.
_EXTRA = re.compile(r"unexpected extra arguments? \((.*)\)", re.DOTALL)


def width(text: str) -> int:
    """Return how many columns `text` takes on a terminal."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def columns(rows: list[tuple[str, str]]) -> str:
    """Return the rows with their second column aligned; nothing is wrapped, for terminals do that."""
    longest = max(width(first) for first, _ in rows)
    return "".join(f"  {first}{' ' * (longest - width(first))}  {second}\n" for first, second in rows)


class ChineseCommand(click.Command):
    """A command whose help page is Chinese; its first help line is the short help."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **{"options_metavar": "[选项]", **named})

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the help option with a Chinese explanation."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示本说明并退出。"
        return option

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002 - as declared by click
        """Return the first line of the help, never cut: Chinese has no words to cut between."""
        return inspect.cleandoc(self.help or "").split("\n", 1)[0]

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write usage, explanation, options and commands."""
        formatter.write(f"用法：{ctx.command_path} {' '.join(self.collect_usage_pieces(ctx))}\n")
        formatter.write(f"\n{inspect.cleandoc(self.help or '')}\n")
        records = [
            record
            for parameter in self.get_params(ctx)
            if isinstance(parameter, click.Option) and (record := parameter.get_help_record(ctx)) is not None
        ]
        told = [(name, said.replace("  [required]", "（必填）")) for name, said in records]
        formatter.write(f"\n选项：\n{columns(told)}")


class ChineseGroup(ChineseCommand, click.Group):
    """A group of Chinese commands, listed in the order they were added."""

    command_class = ChineseCommand

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **{"subcommand_metavar": "命令 [参数]…", **named})

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as declared by click
        """Return the commands in the order they were added."""
        return list(self.commands)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what a command writes, and the commands."""
        super().format_help(ctx, formatter)
        rows = [(name, command.get_short_help_str()) for name, command in self.commands.items()]
        formatter.write(f"\n命令：\n{columns(rows)}")


class WholeNumber(click.ParamType[int]):
    """An integer between two bounds, refused with a Chinese sentence."""

    name = "整数"

    def __init__(self, low: int, high: int) -> None:
        self.low = low
        self.high = high

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number `value` stands for."""
        if isinstance(value, int):
            return value
        written = str(value).strip()
        if not (written.isascii() and written.isdigit() and self.low <= int(written) <= self.high):
            self.fail(f"“{written}”不是 {self.low} 到 {self.high} 之间的整数", param, ctx)
        return int(written)


def _way_out(error: click.UsageError) -> str:
    command = error.ctx.command_path if error.ctx is not None else "duibiao"
    return f"请运行 {command} --help 查看用法。"


def _parameter_name(parameter: click.Parameter | None) -> str:
    if parameter is None:
        return ""
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len)
    return parameter.make_metavar(click.get_current_context(silent=True) or click.Context(click.Command("")))


def _likely(possibilities: list[str] | None) -> str:
    return f"是不是想写 {possibilities[0]}？" if possibilities else ""


def sentence_of(error: click.ClickException) -> str:
    """Return the one sentence that a user who used the command line wrongly gets to read."""
    if isinstance(error, click.NoSuchOption):
        return f"没有选项 {error.option_name}；{_likely(error.possibilities)}{_way_out(error)}"
    if isinstance(error, click.NoSuchCommand):
        return f"没有命令 {error.command_name}；{_likely(error.possibilities)}{_way_out(error)}"
    if isinstance(error, click.MissingParameter):
        kind = "选项" if isinstance(error.param, click.Option) else "参数"
        return f"缺少{kind} {_parameter_name(error.param)}；{_way_out(error)}"
    if isinstance(error, click.BadParameter):
        return f"{_parameter_name(error.param)} 的值不对：{error.message}；{_way_out(error)}"
    if isinstance(error, click.BadOptionUsage):
        wants_none = "not take" in error.message
        return f"选项 {error.option_name} {'不带值' if wants_none else '后面缺少一个值'}；{_way_out(error)}"
    extra = _EXTRA.search(error.message)
    if extra is not None and isinstance(error, click.UsageError):
        command = error.ctx.command_path if error.ctx is not None else "duibiao"
        return f"多出了内容“{extra[1]}”；含有空格的内容请加引号，用法见 {command} --help。"
    if isinstance(error, click.UsageError):
        return f"命令的写法不对；{_way_out(error)}"
    return error.format_message()
