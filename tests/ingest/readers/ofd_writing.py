"""Write typeset pages as OFD: runs of characters with their steps, lines as paths."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from itertools import groupby, pairwise
from xml.sax.saxutils import escape

from tests.ingest.readers.typesetting import Leaf

MM = 25.4 / 72
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def content_xml(leaf: Leaf, *, template: str | None = None) -> str:
    """A page's content: a text object a line of type, its steps written with the repeat operator."""
    named = f'<ofd:Template TemplateID="{template}" ZOrder="Background"/>' if template else ""
    objects = [*_texts(leaf), *_paths(leaf)]
    return (
        f"{HEAD}<ofd:Page {SPACE}><ofd:Area><ofd:PhysicalBox>0 0 {leaf.width * MM:.3f} {leaf.height * MM:.3f}"
        f'</ofd:PhysicalBox></ofd:Area>{named}<ofd:Content><ofd:Layer Type="Body" ID="1">'
        f"{''.join(objects)}</ofd:Layer></ofd:Content></ofd:Page>"
    )


def _texts(leaf: Leaf) -> list[str]:
    made: list[str] = []
    for (top, size), group in groupby(leaf.characters, key=lambda c: (c[2], c[3])):
        run = list(group)
        for part in _runs(run, size):
            left = part[0][1]
            steps = [f"{(b[1] - a[1]) * MM:.4f}" for a, b in pairwise(part)]
            written = " ".join(
                token
                for step, same in ((s, len(list(g))) for s, g in groupby(steps))
                for token in ([step] if same == 1 else ["g", str(same), step])
            )
            text = escape("".join(c[0] for c in part))
            delta = f' DeltaX="{written}"' if written else ""
            made.append(
                f'<ofd:TextObject ID="9" Font="2" Size="{size * MM:.4f}" '
                f'Boundary="{left * MM:.4f} {top * MM:.4f} {400 * MM:.4f} {size * MM:.4f}">'
                f'<ofd:TextCode X="0" Y="{0.88 * size * MM:.4f}"{delta}>{text}</ofd:TextCode>'
                "</ofd:TextObject>"
            )
    return made


def _runs(
    run: Sequence[tuple[str, float, float, float]], size: float
) -> list[list[tuple[str, float, float, float]]]:
    parts = [[run[0]]]
    for before, character in pairwise(run):
        if not 0 < character[1] - before[1] < 3 * size:
            parts.append([])
        parts[-1].append(character)
    return parts


def _paths(leaf: Leaf) -> list[str]:
    """Lines in the coordinates of a boundary and scaled by a CTM, as some writers do."""
    return [
        f'<ofd:PathObject ID="8" Boundary="{x0 * MM:.4f} {y0 * MM:.4f} 1 1" LineWidth="0.2" '
        'CTM="0.5 0 0 0.5 0 0"><ofd:AbbreviatedData>M 0 0 '
        f"L {2 * (x1 - x0) * MM:.4f} {2 * (y1 - y0) * MM:.4f}</ofd:AbbreviatedData></ofd:PathObject>"
        for x0, y0, x1, y1 in leaf.lines
    ]


def picture_xml(leaf: Leaf, resource: str) -> str:
    """A page's content that is nothing but a picture over all of it."""
    box = f"0 0 {leaf.width * MM:.3f} {leaf.height * MM:.3f}"
    return (
        f"{HEAD}<ofd:Page {SPACE}><ofd:Area><ofd:PhysicalBox>{box}</ofd:PhysicalBox></ofd:Area>"
        f'<ofd:Content><ofd:Layer Type="Body" ID="1"><ofd:ImageObject ID="7" ResourceID="{resource}" '
        f'Boundary="{box}" CTM="{leaf.width * MM:.3f} 0 0 {leaf.height * MM:.3f} 0 0"/></ofd:Layer>'
        "</ofd:Content></ofd:Page>"
    )


def resources_xml(pictures: Mapping[str, str]) -> str:
    """The resources of a document: picture files by their ids, in the folder Res."""
    media = "".join(
        f'<ofd:MultiMedia ID="{number}" Type="Image"><ofd:MediaFile>{name}</ofd:MediaFile></ofd:MultiMedia>'
        for number, name in pictures.items()
    )
    return f'{HEAD}<ofd:Res {SPACE} BaseLoc="Res"><ofd:MultiMedias>{media}</ofd:MultiMedias></ofd:Res>'


def document_parts(
    folder: str, pages: Sequence[str], *, template: str | None = None, resources: str | None = None
) -> dict[str, str]:
    """The parts of one document: its root, its pages, its template."""
    named = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n, _ in enumerate(pages))
    templates = '<ofd:TemplatePage ID="77" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if template else ""
    res = "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>" if resources else ""
    root = (
        f"{HEAD}<ofd:Document {SPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
        f"</ofd:PhysicalBox></ofd:PageArea>{res}{templates}</ofd:CommonData>"
        f"<ofd:Pages>{named}</ofd:Pages></ofd:Document>"
    )
    parts = {f"{folder}/Document.xml": root}
    for n, page in enumerate(pages):
        parts[f"{folder}/Pages/Page_{n}/Content.xml"] = page
    if template:
        parts[f"{folder}/Tpls/Tpl_0/Content.xml"] = template
    if resources:
        parts[f"{folder}/DocumentRes.xml"] = resources
    return parts


def root_xml(*folders: str, title: str = "") -> str:
    bodies = "".join(
        f"<ofd:DocBody><ofd:DocInfo><ofd:Title>{title}</ofd:Title></ofd:DocInfo>"
        f"<ofd:DocRoot>{folder}/Document.xml</ofd:DocRoot></ofd:DocBody>"
        for folder in folders
    )
    return f'{HEAD}<ofd:OFD {SPACE} Version="1.0" DocType="OFD">{bodies}</ofd:OFD>'


def package(parts: Mapping[str, str | bytes]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def as_ofd(leaves: Sequence[Leaf], *, title: str = "") -> bytes:
    pages = [content_xml(leaf) for leaf in leaves]
    return package({"OFD.xml": root_xml("Doc_0", title=title), **document_parts("Doc_0", pages)})
