"""Plain text in the encodings of Chinese offices: UTF-8, GB18030, Big5, UTF-16, with or without BOM."""

from __future__ import annotations

import codecs
import re
from typing import Final

from corpus.errors import UnreadableFile
from corpus.model import Place, Problem
from corpus.text import fold
from ingest.blocks import Paragraph
from ingest.readers.contract import Extract, Source
from ingest.readers.front_matter import front_matter

LONGEST: Final = 8 * 1024 * 1024
_MOST_LINES: Final = 200_000
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LINE_END: Final = re.compile(r"\r\n|\n|\r")
_SOFT_BREAK: Final = re.compile(r"[\f\v\x85\u2028\u2029]")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f]")
_INVISIBLE: Final = dict.fromkeys((0xFEFF, 0x200B, 0x200C, 0x200D, 0x2060, 0x00AD))
_SAMPLE: Final = 20_000
_PLAUSIBLE: Final = 0.7
_DAMAGE: Final = 0.002


def read(source: Source) -> Extract:
    """Return one paragraph a line; blank lines are left out, a line of a lone tab is an empty cell."""
    if len(source.content) > LONGEST:
        raise UnreadableFile(
            f"文本文件“{source.name}”超过 {LONGEST // (1024 * 1024)} MB，不像是目标文件；请拆分后再读取。"
        )
    text, damaged = decode(source)
    lines = _LINE_END.split(text)
    if len(lines) > _MOST_LINES:
        raise UnreadableFile(
            f"文本文件“{source.name}”有 {len(lines)} 行，超过 {_MOST_LINES} 行的上限；请拆分后再读取。"
        )
    matter = front_matter(lines)
    blocks = tuple(
        Paragraph(part, Place(line=number))
        for number, line in enumerate(lines[matter.lines :], start=matter.lines + 1)
        for part in _SOFT_BREAK.split(line)
        if part.strip() or "\t" in part
    )
    problems: tuple[Problem, ...] = ()
    if damaged:
        line = text[: text.index("\ufffd")].count("\n") + 1
        sentence = f"有 {damaged} 处字节不是有效的 UTF-8 文字，已用“\ufffd”代替；请核对原文件。"
        problems = (source.problem(sentence, Place(line=line)),)
    return Extract(blocks, problems, matter.title, matter.published, text)


def decode(source: Source) -> tuple[str, int]:
    """Return the text of `source` and how many damaged places were replaced in it; never guess silently."""
    text, damaged = _decode(source)
    control = _CONTROL.search(text[: 50 * _SAMPLE])
    if control is not None:
        line = text[: control.start()].count("\n") + 1
        name = "空字节（NUL）" if control.group() == "\x00" else "控制字符"
        raise UnreadableFile(
            f"文件“{source.name}”第 {line} 行含有{name}，不是文本文件；请检查文件，或另存为 UTF-8 文本。"
        )
    return text.translate(_INVISIBLE), damaged


def _decode(source: Source) -> tuple[str, int]:
    content = source.content
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _marked(source, content[len(mark) :], encoding)
    if b"\x00" in content:
        return _unmarked_utf16(source), 0
    try:
        return content.decode("utf-8"), 0
    except UnicodeDecodeError:
        pass
    candidates = [text for text in (_strict(content, "gb18030"), _strict(content, "big5hkscs")) if text]
    best = max(candidates, key=plausibility, default="")
    if plausibility(best) >= _PLAUSIBLE:
        return best, 0
    patched = content.decode("utf-8", errors="replace")
    damaged = patched.count("\ufffd")
    if damaged <= max(2, _DAMAGE * len(patched)) < len(patched) and plausibility(patched) >= _PLAUSIBLE:
        return patched, damaged
    raise UnreadableFile(
        f"文件“{source.name}”不是 UTF-8、GB18030 或 UTF-16 编码的文本；请检查文件，或另存为 UTF-8 文本。"
    )


def _marked(source: Source, content: bytes, encoding: str) -> tuple[str, int]:
    text = _strict(content, encoding)
    if text is not None:
        return text, 0
    patched = content.decode(encoding, errors="replace")
    damaged = patched.count("\ufffd")
    if damaged <= max(2, _DAMAGE * len(patched)) and plausibility(patched) >= _PLAUSIBLE:
        return patched, damaged
    name = encoding.upper()
    raise UnreadableFile(
        f"文件“{source.name}”开头标明是 {name} 编码，内容却不是；请用记事本或 WPS 打开核对后另存为 UTF-8。"
    )


def _unmarked_utf16(source: Source) -> str:
    texts = [_strict(source.content, encoding) for encoding in ("utf-16-le", "utf-16-be")]
    best = max((t for t in texts if t and "\x00" not in t), key=plausibility, default="")
    if plausibility(best) < _PLAUSIBLE:
        raise UnreadableFile(
            f"文件“{source.name}”含有空字节（NUL），不是文本文件；请确认文件没有损坏，或另存为 UTF-8 文本。"
        )
    return best


def _strict(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def plausibility(text: str) -> float:
    """Return the share of characters that ordinary Chinese prose is made of, 0 to 1, over the first part.

    The 3,755 characters of the first level of GB 2312 cover over 99 % of running Chinese text; bytes
    decoded with the wrong table fall mostly outside them.
    """
    sample = fold(text[:_SAMPLE])
    marks = [c for c in sample if not c.isspace()]
    return sum(_is_common(c) for c in marks) / len(marks) if marks else 0.0


def _is_common(character: str) -> bool:
    if character < "\x80":
        return character.isprintable()
    try:
        lead = character.encode("gb2312")[0]
    except UnicodeEncodeError:
        return character in "〔〕—·•▪\u3000"
    return lead < 0xAA or 0xB0 <= lead <= 0xD7
