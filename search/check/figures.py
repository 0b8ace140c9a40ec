"""Rules about promised figures: none at all, worse than last year's, last year's dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.model import Comparator, Field, Indicator, Span
from corpus.stored import StoredItem
from search.check.direction import Better, Direction, direction_of
from search.check.draft import Draft
from search.check.findings import Remark, Severity
from search.check.known import RECENT_YEARS, Known
from search.check.quoting import excerpt, promise
from search.drafting.proposal import TO_FILL
from search.figures import Amount, Observed, amount, figure_words, promised_figures
from search.linking import FigureLink
from search.results import Citation
from search.texts import cite_sentence, clause_around, field_text, item_words, plain_name, sentences
from search.words import grams

_MEASURABLE = re.compile(
    r"(?:提高|提升|增加|扩大|降低|减少|压减|压缩|缩短|控制|严控|确保|保持|提速|增强|改善)[^，,。；;\n]{0,12}?"
    r"(?:[一-龥]{1,8}(?<![效频概利汇税功])率|满意度|总量|数量|时限|次数|篇数|天数|成本|占比|比重)"
)
_FIGURE = re.compile(r"[0-9０-９]|[一二三四五六七八九十百]+[项件次场篇个家条]|百分之")
_DELIVERABLE = re.compile(
    r"(?:制定|修订|出台|印发|编制|编印|发布|建成|建立|启用|启动|开通|投用|竣工|完成|上线|召开|举办|创刊|转场)"
)
_STILL_SAID = 0.8
_LEAST_NAME = 3


def without_figure(draft: Draft, known: Known) -> Iterator[Remark]:
    """Items, and sentences about something countable, that promise without a figure."""
    for stored in draft.items:
        if not promised_figures((stored,)):
            yield _no_figure(stored, known)
        else:
            yield from _sentences_without(stored, known)


def _no_figure(stored: StoredItem, known: Known) -> Remark:
    deliverable = _DELIVERABLE.search(stored.item.content)
    said = f"{item_words(stored)}没有一项量化数值，年底难以衡量是否完成；请补上数量、比例或时限。"
    if deliverable:
        said = f"{item_words(stored)}只有要完成的事项，没有量化数值；如能计量，请补上数量或比例。"
    past = _past_figures(stored, known)
    return Remark(
        said,
        stored,
        Span(Field.CONTENT, 0, len(stored.item.content)),
        tuple(cite_sentence(one.stored, one.indicator.span) for one in past),
        _like_past(past),
        Severity.NOTE if deliverable else None,
    )


def _sentences_without(stored: StoredItem, known: Known) -> Iterator[Remark]:
    content = stored.item.content
    held = [one.span for one in stored.item.indicators if one.span.field is Field.CONTENT]
    for start, end in sentences(content):
        sentence = content[start:end]
        found = _MEASURABLE.search(sentence)
        if found is None or _FIGURE.search(sentence):
            continue
        if any(span.start < end and start < span.end for span in held):
            continue
        past = tuple(one for one in _past_figures(stored, known) if _is_said(one, found.group()))
        yield Remark(
            f"“{found.group()}”说的是可以计量的内容，却没有数值；请写明要达到多少。",
            stored,
            Span(Field.CONTENT, start + found.start(), start + found.end()),
            tuple(cite_sentence(one.stored, one.indicator.span) for one in past),
            _like_past(past),
        )


def _past_figures(stored: StoredItem, known: Known) -> tuple[Observed, ...]:
    before = known.predecessor(stored)
    return promised_figures((before,)) if before is not None else ()


def _like_past(past: tuple[Observed, ...]) -> str | None:
    if not past:
        return None
    year = past[0].stored.document.year
    return f"可参照{year}年写法：{'；'.join(promise(one) for one in past[:3])}。"


def _is_said(one: Observed, text: str) -> bool:
    """Whether `text` speaks of a figure's name."""
    name = grams(plain_name(one.indicator.name or ""))
    return bool(name) and len(name & grams(text)) >= _STILL_SAID * min(len(name), 4)


def worse_than_before(draft: Draft, known: Known) -> Iterator[Remark]:
    """Figures that are worse than the unit promised before, by the direction in which they get better."""
    for link in known.figure_links:
        direction, is_worse = _judged(link)
        if is_worse:
            yield _worse(link, direction, _years_between(draft, link.old) > RECENT_YEARS)


def undecided(known: Known) -> Iterator[str]:
    """Say of which figures that changed nobody can tell whether they got worse."""
    for link in known.figure_links:
        direction, _ = _judged(link)
        old, new = amount(link.old.indicator), amount(link.new.indicator)
        if direction.better is Better.UNKNOWN and old.value != new.value:
            year = link.old.stored.document.year
            yield (
                f"{item_words(link.new.stored)}的“{promise(link.new)}”与{year}年的"
                f"“{promise(link.old)}”不同，{direction.reason}，请自行核对。"
            )


def _years_between(draft: Draft, old: Observed) -> int:
    year, before = draft.document.year, old.stored.document.year
    return year - before if year is not None and before is not None else 0


def _judged(link: FigureLink) -> tuple[Direction, bool]:
    direction, before = _direction(link.new), _direction(link.old)
    if direction.better is Better.UNKNOWN:
        direction = before
    old, new = amount(link.old.indicator), amount(link.new.indicator)
    if old.relative != new.relative or (old.relative and old.op is not new.op):
        return Direction(Better.UNKNOWN, "两年的写法不同"), False
    if {direction.better, before.better} == {Better.MORE, Better.LESS}:
        return Direction(Better.UNKNOWN, "两年的写法一个是上限、一个是下限"), False
    if old.relative:
        return direction, direction.better is not Better.UNKNOWN and new.value < old.value
    return direction, _is_worse(direction.better, old, new, link.new.indicator)


def _direction(one: Observed) -> Direction:
    span = one.indicator.span
    text = field_text(one.stored.item, span.field)
    return direction_of(one.indicator, clause_around(text, span.start, span.end))


def _is_worse(better: Better, old: Amount, new: Amount, indicator: Indicator) -> bool:
    if better is Better.MORE:
        return new.value < old.value
    highest = indicator.high if indicator.op is Comparator.BETWEEN and indicator.high else new.value
    return better is Better.LESS and highest > old.value


def _worse(link: FigureLink, direction: Direction, is_long_ago: bool) -> Remark:
    old, new = amount(link.old.indicator), amount(link.new.indicator)
    year = link.old.stored.document.year
    gap = f"{abs(new.value - old.value):.6g}{'个百分点' if new.unit == '%' else new.unit or ''}"
    word = "低" if new.value < old.value else "高"
    proposal = f"{plain_name(link.new.indicator.name or '')}{figure_words(link.old)}"
    return Remark(
        f"“{promise(link.new)}”比{year}年承诺的“{promise(link.old)}”{word}了{gap}；{direction.reason}。"
        "请提高到不低于上次的水平，或说明理由。",
        link.new.stored,
        link.new.indicator.span,
        (cite_sentence(link.old.stored, link.old.indicator.span),),
        proposal,
        Severity.NOTE if is_long_ago else None,
    )


def dropped_indicators(draft: Draft, known: Known) -> Iterator[Remark]:
    """Figures of the last document that the draft no longer promises, though their item goes on."""
    if draft.is_fragment or not known.is_recent:
        return
    kept = {_place(link.old) for link in known.figure_links}
    for one in promised_figures(known.earlier):
        item = known.successor(one.stored)
        if _place(one) in kept or item is None or _is_stated(one, item):
            continue
        yield _dropped(one, item)


def _place(one: Observed) -> tuple[int, Span]:
    return one.stored.id, one.indicator.span


def _is_stated(one: Observed, item: StoredItem) -> bool:
    """Whether an item gives a number for a name, whatever was read from it: 12件市办实事."""
    name, unit = plain_name(one.indicator.name or ""), one.indicator.unit or ""
    if len(name) < _LEAST_NAME:
        return False
    numbered = (
        rf"[0-9０-９]\s*{re.escape(unit)}\s*{re.escape(name)}|{re.escape(name)}[^，,。；;]{{0,4}}[0-9０-９]"
    )
    return bool(re.search(numbered, item.item.content))


def _dropped(one: Observed, item: StoredItem) -> Remark:
    year = one.stored.document.year
    text = field_text(item.item, Field.CONTENT)
    citation: Citation = cite_sentence(one.stored, one.indicator.span)
    name = plain_name(one.indicator.name or "")
    place = text.find(name)
    if len(name) > 1 and place >= 0:
        if TO_FILL in clause_around(text, place, place + len(name)):
            to_do = f"{item_words(item)}的“{name}”还有数值待填；{year}年承诺的是“{promise(one)}”。请填写。"
            return Remark(to_do, item, Span(Field.CONTENT, place, place + len(name)), (citation,), None)
        said = f"{item_words(item)}仍写到“{name}”，但没有了{year}年承诺的数值“{promise(one)}”。"
    else:
        said = f"{year}年{item_words(one.stored)}承诺的“{promise(one)}”在草稿里没有了。"
    return Remark(
        said + "如不再考核，请说明理由。",
        item,
        None,
        (citation,),
        f"可补上：{excerpt(citation.quote, 120)}",
    )
