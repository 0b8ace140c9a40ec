"""Files spoilt in ways that are the same on every run."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable
from io import BytesIO

from tests.ingest.readers.making import zip_bytes

_TOKENS = (b"<", b">", b"&", b'"', b"\x00", b"\xff\xfe", b"|", b"\t", b"\n", b"99999999999", b"-1", b"]]>")
_WORDS = (
    *"|\t\n：；。、，（）《》〔〕“”()%·•",
    *"²①⑩Ⅳ９٣½〇百零半两\u200b\u202e\u2028\U0001f600\U00020000\ufffd",
    "99999999999999999999",
    "0.0000000001%",
    "1e999",
    "——",
    "类别",
    "序号",
    "目标名称",
    "目标内容",
    "制定依据",
    "标杆城市：",
    "标杆值：",
    "单位名称：",
    "较上年度（0件）压减10%",
    "由0个工作日压缩至个工作日",
    "3–5年",
    "百分之",
    "千万亿",
    "不少于",
    "（2012）15号",
    "第九千九百九十九条",
    "0000年",
    "2012年13月32日",
)


def spoilt(content: bytes, seed: int) -> bytes:
    """Some bytes changed, dropped, doubled or replaced by marks that formats care about."""
    choice = random.Random(seed)
    made = bytearray(content)
    for _ in range(choice.choice([1, 2, 5, 20])):
        if not made:
            break
        at = choice.randrange(len(made))
        length = choice.choice([1, 1, 4, 40])
        match choice.randrange(5):
            case 0:
                made[at] = choice.randrange(256)
            case 1:
                del made[at : at + length]
            case 2:
                made[at:at] = made[at : at + length]
            case 3:
                made[at:at] = choice.choice(_TOKENS)
            case _:
                other = choice.randrange(len(made))
                made[at : at + length] = made[other : other + length]
    return bytes(made)


def cut(content: bytes, seed: int) -> bytes:
    """The first part of a file, as a broken download leaves it."""
    return content[: random.Random(seed).randrange(len(content))]


def spoilt_inside(package: bytes, seed: int) -> bytes:
    """A sound package with one spoilt part."""
    choice = random.Random(seed)
    with zipfile.ZipFile(BytesIO(package)) as given:
        parts = {name: given.read(name) for name in given.namelist()}
    name = choice.choice([name for name, content in parts.items() if content])
    parts[name] = choice.choice([spoilt, spoilt, spoilt, reworded, cut])(parts[name], seed)
    return zip_bytes(list(parts.items()))


def reworded(content: bytes, seed: int) -> bytes:
    """A sound text whose words and marks are moved, doubled, dropped, or mixed with odd ones.

    Bytes that are no text are spoilt as bytes.
    """
    for encoding in ("utf-8", "gb18030"):
        try:
            letters = list(content.decode(encoding))
        except UnicodeDecodeError:
            continue
        return _reworded(letters, random.Random(seed)).encode(encoding)
    return spoilt(content, seed)


def _reworded(letters: list[str], choice: random.Random) -> str:
    for _ in range(choice.choice([1, 5, 20, 80])):
        at = choice.randrange(len(letters) + 1)
        length = choice.choice([1, 2, 5, 30])
        match choice.randrange(4):
            case 0:
                letters[at:at] = choice.choice(_WORDS)
            case 1:
                del letters[at : at + length]
            case 2:
                other = choice.randrange(len(letters) + 1)
                letters[at:at] = letters[other : other + length]
            case _:
                letters[at : at + 1] = choice.choice(_WORDS)
    return "".join(letters)


def ways(content: bytes) -> tuple[Callable[[bytes, int], bytes], ...]:
    """The ways in which a file of that kind can be spoilt."""
    return (cut, spoilt, spoilt_inside) if zipfile.is_zipfile(BytesIO(content)) else (cut, spoilt, reworded)
