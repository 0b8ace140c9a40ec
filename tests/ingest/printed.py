"""One table of targets on pages: as PDF, as OFD, as scans and pictures of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.ingest.grids import Grid
from tests.ingest.readers.ofd_writing import as_ofd
from tests.ingest.readers.printing import as_pdf, as_picture, as_scanned_pdf, picture_bytes
from tests.ingest.readers.sheets import Sheet
from tests.ingest.readers.typesetting import Leaf, set_sheet

_WIDTHS = {"类别": 48, "序号": 32, "目标名称": 88, "目标内容": 190, "制定依据 (对标情况)": 170}


def sheet_of(grid: Grid) -> Sheet:
    widths = tuple(float(_WIDTHS[head]) for head in grid.head)
    return Sheet(grid.above, grid.head, grid.rows, widths, merges=True, notes=grid.notes)


def leaves_of(grid: Grid, *, is_ruled: bool = True, height: float = 842.0) -> list[Leaf]:
    return set_sheet(sheet_of(grid), is_ruled=is_ruled, height=height)


def pdf(grid: Grid, *, is_ruled: bool, height: float = 842.0) -> bytes:
    return as_pdf(leaves_of(grid, is_ruled=is_ruled, height=height))


def ofd(grid: Grid, *, height: float = 842.0) -> bytes:
    return as_ofd(leaves_of(grid, height=height))


def scanned_pdf(grid: Grid, font: Path) -> bytes:
    return as_scanned_pdf([as_picture(leaf, font) for leaf in leaves_of(grid)])


def picture(grid: Grid, font: Path, kind: str, *, turned: float = 0.0) -> bytes:
    (leaf,) = leaves_of(grid)
    return picture_bytes(as_picture(leaf, font, turned=turned), kind)


Writer = Callable[[Grid], bytes]
PRINTED: dict[str, tuple[str, Writer]] = {
    "ruled pdf": ("目标.pdf", partial(pdf, is_ruled=True)),
    "ruled pdf of several pages": ("目标.pdf", partial(pdf, is_ruled=True, height=330)),
    "unruled pdf": ("目标.pdf", partial(pdf, is_ruled=False)),
    "unruled pdf of several pages": ("目标.pdf", partial(pdf, is_ruled=False, height=330)),
    "ofd": ("目标.ofd", ofd),
    "ofd of several pages": ("目标.ofd", partial(ofd, height=330)),
}
RECOGNISED: dict[str, tuple[str, Callable[[Grid, Path], bytes]]] = {
    "scanned pdf": ("目标.pdf", scanned_pdf),
    "png": ("目标.png", partial(picture, kind="PNG")),
    "crooked jpg": ("目标.jpg", partial(picture, kind="JPEG", turned=1.5)),
}
