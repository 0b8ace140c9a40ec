"""Rules about how a promise is worded: vague words that nothing measures, deadlines that are missing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.model import Field, Span
from corpus.stored import StoredItem
from search.check.draft import Draft
from search.check.findings import Remark, Severity
from search.check.known import Known
from search.texts import item_words, sentences

_RAISED = (
    r"(?:提升|提高|改善|增强|加强|优化|改进|下降|降低|推进|推动|完善|规范|深化|强化|健全|扩大|拓展"
    r"|促进|减少|好转|增长|缩短)"
)
_VAGUE = re.compile(
    rf"进一步{_RAISED}|大力(?:推进|推动|开展|实施|发展|加强|提升|推广|宣传|弘扬|推介|支持|培育|倡导|压减|整治)"
    rf"|(?:明显|显著|大幅|大幅度|切实|不断|持续|稳步|逐步|全面|有效|着力|更加|扎实){_RAISED}"
    rf"|{_RAISED}(?:明显|显著)|力争|争取|努力(?:做到|实现|提升|提高|推动|打造|完成)"
    r"|(?:上|迈上|再上)(?:一个)?新(?:台阶|水平)|(?<!创)新(?:成效|突破|进展|提升)|名列前茅|走在(?:全[国省市])?前列|处于前列|排名前列"
)
_FIGURE = re.compile(
    r"[0-9０-９]|[一二两三四五六七八九十百]+[项件次场篇个家条名位期]|百分之|第[一二三四五六七八九十]|每(?:月|季度|半年|周|年)|《"
)
_TIME = re.compile(
    r"\d{4}\s*年|(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s*月(?:底|份|末|中旬|上旬|下旬|\d|前|初)?|年底|年末|年内|全年|年初|年中|上半年|下半年|季度"
    r"|每[年月周日季]|月底|按期|按时|按季|按月|如期|及时|当年|当日|日内|个工作日|前完成|之前|\d日前|长期|常态|定期|适时"
)
_ONE_OFF = re.compile(
    r"(?:制定|修订|出台|印发|编制|建成|建立|启用|启动|开通|投用|竣工|上线|开工|组建|设立)(?!健全|完善)[^，,。；;\n]{2,}"
)
_MOST_SAID = 4


def vague(draft: Draft, known: Known) -> Iterator[Remark]:  # noqa: ARG001
    """Items with words such as 进一步加强 in sentences that hold no figure and name nothing to be made."""
    for stored in draft.items:
        spans = tuple(_vague_spans(stored))
        if not spans:
            continue
        content = stored.item.content
        words = list(dict.fromkeys(content[span.start : span.end] for span in spans))
        said = "、".join(f"“{word}”" for word in words[:_MOST_SAID])
        more = "等" if len(words) > _MOST_SAID else ""
        yield Remark(
            f"{item_words(stored)}用了{said}{more}，所在的句子没有可衡量的数值或成果；请写明做到什么程度。",
            stored,
            spans[0],
        )


def _vague_spans(stored: StoredItem) -> Iterator[Span]:
    content = stored.item.content
    for start, end in sentences(content):
        sentence = content[start:end]
        if _FIGURE.search(sentence):
            continue
        for match in _VAGUE.finditer(sentence):
            yield Span(Field.CONTENT, start + match.start(), start + match.end())


def without_deadline(draft: Draft, known: Known) -> Iterator[Remark]:  # noqa: ARG001
    """Items without the deadline that the others state, and things to be made of which no time is said."""
    for stored in draft.items:
        item = stored.item
        if item.deadline or any(one.deadline or one.period for one in item.indicators):
            continue
        if draft.has_deadline_column and not _TIME.search(item.content):
            yield Remark(
                f"{item_words(stored)}没有完成时限，而其他条目都写了；请补上，例如“12月底前”。",
                stored,
                Span(Field.CONTENT, 0, len(item.content)),
                proposal="完成时限：12月底前",
            )
        elif not draft.has_deadline_column and not _TIME.search(item.content):
            yield from _undated(stored)


def _undated(stored: StoredItem) -> Iterator[Remark]:
    found = _ONE_OFF.search(stored.item.content)
    if found is not None:
        yield Remark(
            f"“{found.group()[:30]}”是一次性的事项，却没有写何时完成；请写明时限。",
            stored,
            Span(Field.CONTENT, found.start(), found.end()),
            proposal=f"{found.group()[:30]}（×月底前）",
            severity=Severity.NOTE,
        )
