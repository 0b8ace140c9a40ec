"""PDF files through PDFium: words and ruling lines of each page; pages that are only pictures go to OCR."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from corpus.errors import EmptyFile, ToolMissing, UnreadableFile
from corpus.model import Place
from ingest.readers.contract import Extract, Source
from ingest.readers.isolated import Part, Recognising, Title, read_pages
from ingest.readers.pages import Page

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfDocument, PdfPage

_MOST_PAGES: Final = 1000
MOST_RECOGNISED: Final = 200
_RESOLUTION: Final = 200
_LONGEST_SIDE: Final = 3000
_SPARSE: Final = 30
_WHOLE_PAGE: Final = 0.6
_LOST: Final = 0.3
_LEAST_PICTURE: Final = 0.03
_OUTLINED: Final = range(100, 50_000)  # shapes: text that was turned into its outlines; more is a drawing
_TITLE: Final = re.compile(r"[\u4e00-\u9fff]{2}")
_NO_TITLE: Final = re.compile(r"microsoft|\.(?:docx?|wps|xlsx?|pdf|pptx?)\b|幻灯片|演示文稿", re.IGNORECASE)


def read(source: Source) -> Extract:
    """Return the blocks page by page; a page that could not be read is a problem, the others are read."""
    return read_pages(source, __name__)


def pages(source: Source) -> Iterator[Part]:
    """Yield the title, the pages and what could not be read; runs in a child process."""
    document = _open(source)
    count = len(document)
    if not count:
        raise EmptyFile(f"PDF“{source.name}”没有任何页面；请换一个有内容的文件。")
    title = document.get_metadata_value("Title").strip()
    if _TITLE.search(title) and not _NO_TITLE.search(title):
        yield Title(title)
    if count > _MOST_PAGES:
        sentence = f"共 {count} 页，只读取前 {_MOST_PAGES} 页；请拆分 PDF 后再读取其余部分。"
        yield source.problem(sentence, Place(page=_MOST_PAGES + 1))
    recognised = 0
    for number in range(1, min(count, _MOST_PAGES) + 1):
        if recognised == MOST_RECOGNISED:
            sentence = f"扫描页超过 {MOST_RECOGNISED} 页，从第 {number} 页起未读取；请拆分 PDF 后再读取。"
            yield source.problem(sentence, Place(page=number))
            return
        for part in _page(source, document, number):
            recognised += isinstance(part, Recognising)
            yield part


def _open(source: Source) -> PdfDocument:
    from pypdfium2 import PdfDocument, PdfiumError, raw

    try:
        return PdfDocument(source.content)
    except PdfiumError as error:
        if error.err_code in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}:
            raise UnreadableFile(f"PDF“{source.name}”设有密码，无法读取；请解除密码后重试。") from None
        raise UnreadableFile(f"PDF“{source.name}”已损坏或不完整，无法打开；请重新下载或重新导出。") from None


def _page(source: Source, document: PdfDocument, number: int) -> Iterator[Part]:
    from pypdfium2 import PdfiumError

    try:
        page = document[number - 1]
        try:
            yield from _parts(page, number)
        finally:
            page.close()
    except PdfiumError:
        sentence = f"第 {number} 页已损坏，未读取；请重新下载或重新导出。"
        yield source.problem(sentence, Place(page=number))
    except ToolMissing as error:
        yield source.problem(f"第 {number} 页是扫描图像，未读取：{error.sentence}", Place(page=number))


def _parts(page: PdfPage, number: int) -> Iterator[Part]:
    from ingest.readers.pdf_page import content_of

    content = content_of(page)
    count = len(content.words)
    is_scan = not count or (content.pictured >= _WHOLE_PAGE and count < _SPARSE)
    is_seen = content.pictured >= _LEAST_PICTURE or content.shapes in _OUTLINED
    if (is_scan and is_seen) or content.lost > _LOST * (count + content.lost):
        from ingest.readers.image import recognise_page

        picture = _render(page)
        yield Recognising()
        yield recognise_page(picture, number)
    else:
        yield Page(number, content.width, content.height, content.words, content.rules)


def _render(page: PdfPage) -> Image:
    """Return the page as a grey picture, as it is shown."""
    longest = max(page.get_size())
    scale = min(_RESOLUTION / 72, _LONGEST_SIDE / max(longest, 1.0))
    image: Image = page.render(scale=scale, grayscale=True).to_pil()
    return image
