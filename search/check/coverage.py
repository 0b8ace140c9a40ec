"""Rules about whole items: dropped since last year, the same as another unit's, assigned but missing."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.model import DocumentKind, Field, Span
from corpus.stored import StoredItem
from search.check.draft import Draft
from search.check.findings import Remark
from search.check.known import Known
from search.check.quoting import cite_item, excerpt, promise
from search.figures import promised_figures
from search.grouping import common_share
from search.linking import documents_of_unit, link_items
from search.texts import document_words, item_words

# Shares of common triples of characters, figures made alike: two items above it are one text in other words.
_SAME = 0.5
_LEAST_TEXT = 12


def dropped_items(draft: Draft, known: Known) -> Iterator[Remark]:
    """Items of the unit's last document that the draft does not go on with."""
    if draft.is_fragment or not known.is_recent:
        return
    for old in known.earlier:
        if known.successor(old) is not None:
            continue
        figures = "、".join(promise(one) for one in promised_figures((old,))[:3])
        said = f"，其中承诺了{figures}" if figures else ""
        yield Remark(
            f"{old.document.year}年的目标{item_words(old)}在草稿里没有对应的条目{said}。"
            "如工作已完成或移交，请说明；否则请补上。",
            evidence=(cite_item(old),),
            proposal=f"可补上一条：{excerpt(old.item.name or '', 40)} {excerpt(old.item.content, 80)}",
        )


def near_duplicates(draft: Draft, known: Known) -> Iterator[Remark]:
    """Items that another unit of the catalog states in nearly the same words."""
    about = draft.document
    for stored in draft.items:
        if len(stored.item.content) < _LEAST_TEXT:
            continue
        others = [one for one in known.similar(stored) if one.document.kind is DocumentKind.TARGETS]
        others = [one for one in others if one.document.unit and one.document.source != about.source]
        if about.unit:
            own = documents_of_unit(about.unit, about.city, [one.document for one in others])
            others = [one for one in others if one.document not in own]
        best = _likest(stored, others)
        if best is not None:
            other, share = best
            yield Remark(
                f"{item_words(stored)}与{document_words(other.document)}的{item_words(other)}文字大体相同"
                f"（重合{share:.0%}）；请核对是否重复立项，或写明各自的分工。",
                stored,
                Span(Field.CONTENT, 0, len(stored.item.content)),
                (cite_item(other),),
            )


def _likest(stored: StoredItem, others: list[StoredItem]) -> tuple[StoredItem, float] | None:
    if not others:
        return None
    shares, _ = common_share([stored.item.content, *(one.item.content for one in others)])
    share, best = max((share, -place) for place, share in enumerate(shares[0].tolist()[1:]))
    return (others[-best], share) if share >= _SAME else None


def uncovered(draft: Draft, known: Known) -> Iterator[Remark]:
    """Items of this year's work report or its decomposition that name the unit, and that nothing answers."""
    if draft.is_fragment:
        return
    links = link_items(known.assigned, draft.items) if known.assigned else ()
    covered = {link.old.id for link in links}
    for stored in known.assigned:
        if stored.id in covered:
            continue
        source = stored.document.title or stored.document.source
        called = excerpt(stored.item.name or stored.item.content, 40)
        units = "、".join(stored.item.responsible_units[:3])
        yield Remark(
            f"《{source}》中“{called}”由“{units}”负责，草稿里没有相应的目标；请补上，或说明由谁承担。",
            evidence=(cite_item(stored),),
            proposal=f"可补上一条：{excerpt(stored.item.content, 80)}",
        )
