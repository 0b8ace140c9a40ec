"""Tables for a terminal, as wide as it is; wide characters count as two columns."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

_WIDTH = (100, 25)  # where no terminal says how wide it is
_NARROW, _BETWEEN = 12, 3  # columns that words need at least, and that stand between two cells


def table_lines(
    heads: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[str] = ()
) -> Iterator[str]:
    """Yield a table with its heads, nothing where there are no rows.

    Columns named in `right`, numbers, are set to the right and never wrapped, though the table be wider than
    the terminal. Cells are text, never markup.
    """
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    filled = list(rows)
    if not filled:
        return
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for head in heads:
        if head in right:
            table.add_column(Text(head), justify="right", no_wrap=True)
        else:
            table.add_column(Text(head), overflow="fold")
    for row in filled:
        table.add_row(*map(Text, row))
    width = max(shutil.get_terminal_size(_WIDTH).columns, _least_width(heads, filled, right))
    console = Console(file=StringIO(), width=width, color_system=None, legacy_windows=False)
    with console.capture() as captured:
        console.print(table)
    yield from (line.rstrip() for line in captured.get().splitlines())


def _least_width(heads: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[str]) -> int:
    """Return how wide a table must be for its numbers to stand unbroken."""
    from rich.cells import cell_len

    longest = [max(map(cell_len, column)) for column in zip(heads, *rows, strict=True)]
    kept = [size if head in right else min(size, _NARROW) for head, size in zip(heads, longest, strict=True)]
    return sum(kept) + _BETWEEN * len(kept)
