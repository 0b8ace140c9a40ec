"""Standard output and error: JSON for programs, lines for people, quiet when nobody reads on."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict, is_dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

BROKEN_PIPE = 141

_COMMANDS = {code: "\ufffd" for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t"}
"""Names of files and texts of documents may hold such characters."""


class ReaderGone(Exception):
    """Whoever read our standard output has closed it."""


def to_json(value: object) -> str:
    """Return a value of the schema as the JSON that the service sends too."""
    if not is_dataclass(value) or isinstance(value, type):
        message = f"not a value of the schema: {type(value).__name__}"
        raise TypeError(message)
    return json.dumps(asdict(value), ensure_ascii=False, indent=2)


def write(text: str) -> None:
    """Write a line to standard output at once. Raise ReaderGone where it was closed."""
    try:
        print(text, flush=True)
    except BrokenPipeError as error:
        silence()
        raise ReaderGone from error
    except OSError:
        silence()
        raise


def silence() -> None:
    """Point standard output at nothing, so that the interpreter's last flush does not fail."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, sys.stdout.fileno())
    os.close(nothing)


def printable(text: str) -> str:
    """Return a text without what a terminal would obey instead of show."""
    return text.translate(_COMMANDS)


def say(message: str) -> None:
    """Write a message or progress to standard error."""
    print(printable(message), file=sys.stderr, flush=True)


def answer(value: DataclassInstance, as_json: bool | None) -> None:
    """Write `value`: as JSON or as text; where neither was asked for, text only on a terminal."""
    if as_json is None:
        as_json = sys.stdout is None or not sys.stdout.isatty()
    if as_json:
        write(to_json(value))
        return
    from api.terminal import text_of

    write(printable(text_of(value)))
