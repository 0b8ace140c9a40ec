"""OFD files (GB/T 33190), the national fixed-layout format: a ZIP of pages with text and lines in place."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from corpus.errors import EmptyFile, UnreadableFile
from corpus.model import Place, Problem
from ingest.readers.contract import Extract, Source
from ingest.readers.isolated import Part, Recognising, Title, read_pages
from ingest.readers.ofd_page import PageContent, child, children, name_of, numbers_in
from ingest.readers.packages import open_package, parse_xml, read_member
from ingest.readers.pages import Page

if TYPE_CHECKING:
    import zipfile

    from lxml.etree import _Element

_MOST_PAGES: Final = 1000
_MOST_RESOURCES: Final = 200
_A4: Final = (0.0, 0.0, 210.0, 297.0)
_SNAP: Final = 1.0
_SPARSE: Final = 30
_WHOLE_PAGE: Final = 0.6


def read(source: Source) -> Extract:
    """Return the blocks page by page; a page that could not be read is a problem, the others are read."""
    return read_pages(source, __name__)


def pages(source: Source) -> Iterator[Part]:
    """Yield the title, the pages and what could not be read; runs in a child process."""
    with open_package(source) as package:
        opened = _Package(package, source)
        if opened.holds("Encryptions.xml"):
            raise UnreadableFile(f"OFD“{source.name}”设有密码，无法读取；请解除密码后重试。")
        number = 0
        for body in children(opened.parse("OFD.xml"), "DocBody"):
            title = child(child(body, "DocInfo"), "Title")
            if title is not None and title.text and number == 0:
                yield Title(title.text.strip())
            root = child(body, "DocRoot")
            if root is None or not root.text:
                continue
            for part in _Document(opened, root.text).pages(number):
                yield part
                number += isinstance(part, Page | Problem)
        if not number:
            raise EmptyFile(f"OFD“{source.name}”没有任何页面；请换一个有内容的文件。")


@dataclass(slots=True)
class _Package:
    """The parts of the file; paths are compared without case, take either slash and never leave the file."""

    package: zipfile.ZipFile
    source: Source
    members: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.members = {_plain(name): name for name in self.package.namelist()}

    def holds(self, path: str) -> bool:
        return _plain(path) in self.members

    def read(self, path: str) -> bytes:
        return read_member(self.package, self.members.get(_plain(path), path), self.source)

    def parse(self, path: str) -> _Element:
        return parse_xml(self.read(path), self.source)


def _plain(path: str) -> str:
    return posixpath.normpath("/" + path.replace("\\", "/").lstrip("/")).lower()


def _beside(path: str, relative: str) -> str:
    """Return the path of a part that another names: from the package's root with a slash, else beside it."""
    relative = relative.strip().replace("\\", "/")
    return relative if relative.startswith("/") else posixpath.join(posixpath.dirname(path), relative)


class _Document:
    """One document of the file: its page size, templates and resources."""

    def __init__(self, package: _Package, path: str) -> None:
        self.package = package
        self.path = "/" + path.strip().replace("\\", "/").lstrip("/")
        self.root = package.parse(self.path)
        common = child(self.root, "CommonData")
        self.box = _box(common, "PageArea") or _A4
        self.templates = {
            element.get("ID", ""): _beside(self.path, element.get("BaseLoc", ""))
            for element in children(common, "TemplatePage")
        }
        self.pictures: dict[str, str] = {}
        self.units: dict[str, _Element] = {}
        for kind in ("PublicRes", "DocumentRes"):
            for element in children(common, kind)[:_MOST_RESOURCES]:
                self.take_resources(_beside(self.path, element.text or ""))

    def take_resources(self, path: str) -> None:
        """Note the pictures and the composite units of a resource part; one that is damaged holds none."""
        try:
            root = self.package.parse(path)
        except UnreadableFile:
            return
        base = _beside(path, root.get("BaseLoc", "") + "/")
        for element in root.iter():
            named = name_of(element)
            media = child(element, "MediaFile") if named == "MultiMedia" else None
            if media is not None and media.text:
                self.pictures[element.get("ID", "")] = _beside(base, media.text)
            elif named == "CompositeGraphicUnit":
                self.units[element.get("ID", "")] = element

    def pages(self, before: int) -> Iterator[Part]:
        """Yield the document's pages, numbered after those of the documents before it."""
        source = self.package.source
        for number, element in enumerate(children(child(self.root, "Pages"), "Page"), start=before + 1):
            place = Place(page=number)
            if number > _MOST_PAGES:
                yield source.problem(f"超过 {_MOST_PAGES} 页，其余未读取；请拆分后再读取。", place)
                return
            try:
                yield from self.page(_beside(self.path, element.get("BaseLoc", "")), number)
            except UnreadableFile as error:
                yield source.problem(f"第 {number} 页未读取：{error.sentence}", place)

    def page(self, path: str, number: int) -> Iterator[Part]:
        """Yield one page: what its templates and its layers hold, or what OCR sees in its picture."""
        root = self.package.parse(path)
        for element in children(root, "PageRes")[:_MOST_RESOURCES]:
            self.take_resources(_beside(path, element.text or ""))
        left, top, width, height = _box(root, "Area") or self.box
        content = PageContent((left, top), self.units)
        for template in children(root, "Template"):
            named = self.templates.get(template.get("TemplateID", ""))
            if named is not None and self.package.holds(named):
                content.take(child(self.package.parse(named), "Content"))
        content.take(child(root, "Content"))
        largest = max(content.pictures, key=lambda shown: shown.area, default=None)
        if (
            largest is not None
            and len(content.words) < _SPARSE
            and (not content.words or largest.area > _WHOLE_PAGE * width * height)
        ):
            yield Recognising()
            yield self.recognised(largest.resource, number)
        else:
            yield Page(number, width, height, tuple(content.words), tuple(content.rules), _SNAP)

    def recognised(self, resource: str, number: int) -> Part:
        """Return what OCR sees in a picture; raise `UnreadableFile` where it cannot be opened."""
        from ingest.readers.image import open_picture, recognise_page

        path = self.pictures.get(resource, "")
        picture = open_picture(Source(posixpath.basename(path), self.package.read(path)))
        return recognise_page(picture, number)


def _box(parent: _Element | None, area: str) -> tuple[float, float, float, float] | None:
    """Return left, top, width and height of the page as it is shown."""
    area_of = child(parent, area)
    for named in ("ApplicationBox", "PhysicalBox", "CropBox"):
        box = child(area_of, named)
        values = numbers_in(box.text if box is not None else None)
        if len(values) == 4 and min(values[2:]) > 1:
            return values[0], values[1], values[2], values[3]
    return None
