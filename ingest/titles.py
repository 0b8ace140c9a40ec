"""What stands above the rows: the title, the number and the date of the document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from corpus.doc_numbers import normalise_doc_number
from corpus.text import fold
from ingest.blocks import Paragraph
from ingest.layouts.furniture import is_furniture
from ingest.layouts.labels import label_of

_TITLE_WORD: Final = re.compile(
    r"目标|任务|计划|要点|方案|分解|报告|考核|绩效|进展|通知|办法|清单|一览表|汇总|责任书|意见|措施|安排|规划|事项|表$"
)
_HEADER_LINE: Final = re.compile(r"[^:]{1,12}:\s*\S")
_BEGINNING: Final = re.compile(r"关于$|.{2,30}关于(?:印发|下达|做好|公布)[^。;:]*$")
_ENDS: Final = re.compile(r"[。;,:!?]$")
_LONGEST: Final = 80
_LEAST: Final = 4
_DATE: Final = re.compile(r"(\d{4})\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})")
_PUBLISHED: Final = re.compile(r"(?:发布|发文|成文|公开|生成|更新|印发)?(?:日期|时间)\s*:?\s*(?=\d{4})")
_SITE: Final = re.compile(r"\s*[-_|—–]\s*[^-_|—–]*(?:网|政府|门户|公开|平台|局|厅|委)[^-_|—–]*$")


def title_of(preamble: Sequence[Paragraph], stated: str | None) -> str | None:
    """Return the title among the lines above the rows, else the format's, without the site's name."""
    lines = [(number, p) for number, p in enumerate(preamble) if _may_be_title(p)]
    best = max(lines, key=lambda pair: (_rate(pair[1]), -pair[0]), default=None)
    if best is not None and _rate(best[1]) > 0:
        return _joined(preamble, best[0])
    if stated is None:
        return None
    bare = _SITE.sub("", stated).strip()
    return bare or stated.strip() or None


def _may_be_title(paragraph: Paragraph) -> bool:
    folded = fold(paragraph.text).strip().strip("*#").strip()
    if not _LEAST <= len(folded) <= _LONGEST or is_furniture(paragraph.text):
        return False
    if _HEADER_LINE.match(folded) or label_of(paragraph.text) or normalise_doc_number(folded):
        return False
    return not _ENDS.search(folded) and not folded.startswith(("附件", "—", "-", "(", "["))


def _rate(paragraph: Paragraph) -> float:
    folded = fold(paragraph.text)
    rate = 2.0 if _TITLE_WORD.search(folded) else 0.0
    rate += 1.0 if rate and re.search(r"\d{4}|二[〇○零0]", folded) else 0.0
    return rate + (2.0 if paragraph.level is not None and paragraph.level <= 1 else 0.0)


def _joined(preamble: Sequence[Paragraph], at: int) -> str:
    """Return a title with the line above it where that line is its beginning (关于印发…)."""
    title = preamble[at].text.strip().strip("*#").strip()
    above = preamble[at - 1].text.strip().strip("*#").strip() if at > 0 else ""
    folded = fold(above)
    is_beginning = len(above) <= _LONGEST and _BEGINNING.search(folded) is not None
    return above + title if is_beginning and not _TITLE_WORD.search(folded[-3:]) else title


def doc_number_of(lines: Sequence[Paragraph]) -> str | None:
    """Return the document's own number, 青政办发〔2012〕15号, where a line is that and nothing else."""
    short = (paragraph.text for paragraph in lines if len(paragraph.text) <= _LONGEST)
    return next((number for text in short if (number := normalise_doc_number(text))), None)


def published_of(
    preamble: Sequence[Paragraph], closing: Sequence[Paragraph], stated: str | None
) -> str | None:
    """Return the date of publication as YYYY-MM-DD: stated by the format, a line above, or the date below."""
    if stated is not None and (date := _date(stated)):
        return date
    for paragraph in preamble:
        folded = fold(paragraph.text)
        marked = _PUBLISHED.search(folded)
        if marked is not None and (date := _date(folded[marked.end() :])):
            return date
    for paragraph in (*preamble, *reversed(closing)):
        folded = fold(paragraph.text).strip(" ()")
        if _DATE.match(folded) and len(folded) <= 14 and (date := _date(folded)):
            return date
    return None


def _date(text: str) -> str | None:
    found = _DATE.search(fold(text))
    if found is None:
        return None
    year, month, day = (int(part) for part in found.groups())
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 31 else None
