"""Turn text into the tokens that full-text search compares.

Two kinds stand side by side. *Grams* are single Chinese characters and pairs of neighbours (numbers and
Latin words whole), so that no Chinese query ever meets an empty leg. *Words* are cut by jieba with the
project's terms; document numbers and figures with their units stay whole. Text is folded first, so
traditional characters, full width and capitals do not matter. Punctuation is no token.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import add

from corpus.doc_numbers import find_doc_numbers
from corpus.text import fold
from index.segmenter import bulk_segmenter, segmenter

# Raise it with every change to what this module returns, except changes of terms.txt: saved full-text
# files of another version are rebuilt.
TOKENS_VERSION = 2

_UNITS = (
    "个百分点 百分点 个工作日 工作日 个小时 小时 个月 分钟 万元 亿元 元 美元 欧元 港元 日元 "
    "平方公里 平方千米 平方米 立方米 公里 千米 公顷 公斤 千克 千瓦时 千瓦 标箱 "
    "人次 条次 场次 架次 批次 班次 万次 余个 余家 余人 % ‰ ° 个 项 件 次 场 篇 条 家 户 人 名 处 期 类 批 "
    "所 座 套 台 辆 架 艘 张 份 部 册 支 队 亩 吨 克 米 度 倍 成 折 分 级 档 位 届 轮 "
    "天 日 周 年 季度 月 时 秒 号 岁 字 页 间 栋 村 镇 街 区 县 市 省"
)
_FIGURE = re.compile(
    r"(?<![\d.a-z])\d+(?:,\d{3})*(?:\.\d+)?[百千万亿]*(?:余|多)?(?:"
    + "|".join(sorted(map(re.escape, _UNITS.split()), key=len, reverse=True))
    + ")"
)
_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(rf"([{_HAN}]+)|[^\W_{_HAN}]+(?:\.\d+)*")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is compared, and where it stands: characters `start` to `end` of the text as written."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text in order, repetitions included; none contains white space."""

    words: tuple[str, ...]
    grams: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QueryTokens:
    """The tokens of a query; `kept` are its document numbers and figures, which a good hit should have."""

    words: tuple[str, ...]
    grams: tuple[str, ...]
    kept: tuple[str, ...]


def words(text: str) -> tuple[Word, ...]:
    """Return the words of `text` in order; they do not overlap."""
    folded = fold(text)
    found: list[Word] = []
    done = 0
    for whole in _wholes(text, folded):
        found.extend(_cut(folded, done, whole.start))
        found.append(whole)
        done = whole.end
    found.extend(_cut(folded, done, len(folded)))
    return tuple(found)


def grams(text: str) -> tuple[str, ...]:
    """Return characters and pairs of neighbouring characters; pairs never reach across punctuation."""
    found: list[str] = []
    for run in _RUN.finditer(fold(text)):
        written = run.group()
        if run.group(1) is None:
            found.append(written)
            continue
        found.extend(written)
        found.extend(map(add, written, written[1:]))
    return tuple(found)


def tokens(text: str) -> Tokens:
    """Return what full-text search indexes of `text`."""
    return Tokens(tuple(_document_words(text)), grams(text))


@lru_cache(maxsize=256)
def query_tokens(text: str) -> QueryTokens:
    """Return what full-text search looks for; made as `tokens` does, so that they meet."""
    kept = tuple(whole.text for whole in _wholes(text, fold(text)))
    return QueryTokens(tuple(word.text for word in words(text)), grams(text), kept)


def _document_words(text: str) -> Iterator[str]:
    """Yield what `words` finds, without places: a document's words are many, and only compared."""
    folded = fold(text)
    cutter = bulk_segmenter()
    done = 0
    for whole in _wholes(text, folded):
        yield from _said(cutter.cut(folded[done : whole.start]))
        yield whole.text
        done = whole.end
    yield from _said(cutter.cut(folded[done:]))


def _said(cut: Iterable[str]) -> Iterator[str]:
    """Leave punctuation and white space out."""
    return (word for word in cut if word.isalnum() or any(map(str.isalnum, word)))


def _wholes(text: str, folded: str) -> Iterator[Word]:
    """Yield document numbers (normalised) and figures with their units (folded), in order, disjoint."""
    done = 0
    numbers = find_doc_numbers(text)
    for number in numbers:
        yield from _figures(folded, done, number.start)
        yield Word(fold(number.text), number.start, number.end)
        done = number.end
    yield from _figures(folded, done, len(folded))


def _figures(folded: str, start: int, end: int) -> Iterator[Word]:
    for figure in _FIGURE.finditer(folded, start, end):
        yield Word(figure.group(), figure.start(), figure.end())


def _cut(folded: str, start: int, end: int) -> Iterator[Word]:
    """Yield jieba's words of a stretch, without punctuation and white space."""
    for word in segmenter().cut(folded[start:end]):
        if any(map(str.isalnum, word)):
            yield Word(word, start, start + len(word))
        start += len(word)
