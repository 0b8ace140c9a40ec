"""The command line: `duibiao COMMAND …`; JSON on standard output, messages on standard error."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence

import click

from api.chinese import ChineseGroup, sentence_of
from api.commands.asking import ask, bases, benchmarks, search, trend
from api.commands.carrying import carryover
from api.commands.checking import check
from api.commands.completing import completion
from api.commands.correcting import correct, restore
from api.commands.drafting import draft
from api.commands.evaluating import evaluate
from api.commands.installing import addin
from api.commands.items import citing, compare, history
from api.commands.keeping import documents, prepare, reembed, reindex, remove
from api.commands.reading import ingest, parse
from api.commands.serving import doctor, mcp, serve, status
from api.commands.tuning import tune
from api.output import BROKEN_PIPE, ReaderGone, say
from api.settings import quiet_threads, settings_from_environment, speak_utf8
from corpus.errors import DuibiaoError

WRONG_USE = 2
INTERNAL_ERROR = 1
INTERRUPTED = 130


def _say_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        click.echo(f"duibiao {version('duibiao')}")
        ctx.exit()


HELP = """对标：检索历年业务目标，查指标、标杆城市和制定依据。

每个命令的用法见 duibiao 命令 --help。结果写到标准输出，提示和进度写到标准错误。
"""


@click.group(cls=ChineseGroup, help=HELP)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_say_version,
    help="显示版本并退出。",
)
def cli() -> None:
    """Run one command."""


for command in (
    search, ask, benchmarks, bases, trend, carryover, history, compare, citing, check, draft,
    ingest, parse, documents, correct, remove, restore,
    serve, mcp, addin, doctor, status, completion, prepare, reembed, reindex, evaluate, tune,
):  # fmt: skip
    cli.add_command(command)


def _record(error: BaseException) -> str:
    """Record an internal error and return what to tell the user."""
    from api.journal import internal_error_sentence, record_error

    try:
        folder = settings_from_environment().logs
    except DuibiaoError:
        return internal_error_sentence(None)
    return internal_error_sentence(record_error(folder, error))


def run(arguments: Sequence[str]) -> int:
    """Run one command and return the exit status; nothing is raised."""
    try:
        status = cli.main(list(arguments), prog_name="duibiao", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        say(error.format_message())
        return WRONG_USE
    except click.ClickException as error:
        say(sentence_of(error))
        return WRONG_USE
    except DuibiaoError as error:
        say(error.sentence)
        return WRONG_USE
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except ReaderGone:
        return BROKEN_PIPE
    except OSError as error:
        from api.wording import system_reason

        say(f"无法读写“{error.filename or '标准输出'}”：{system_reason(error)}；请检查该位置后重试。")
        return WRONG_USE if error.filename else INTERNAL_ERROR
    except Exception as error:
        say(_record(error))
        return INTERNAL_ERROR
    return status if isinstance(status, int) else 0


def main() -> None:
    """Run the command line of this process."""
    speak_utf8()
    quiet_threads()
    logging.getLogger().addHandler(logging.NullHandler())  # what libraries log is for nobody's eyes here
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
