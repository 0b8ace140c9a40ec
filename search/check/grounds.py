"""Rules about bases: missing, of another year, replaced by a newer edition."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.model import Basis
from corpus.stored import StoredItem
from search.check.draft import Draft
from search.check.findings import Remark, Severity
from search.check.known import Known
from search.dated import Edition, edition_key, is_yearly
from search.results import Citation
from search.texts import cite, item_words

_SAID_YEAR = re.compile(r"(?:19|20)\d{2}")


def missing_basis(draft: Draft, known: Known) -> Iterator[Remark]:
    """Items without a basis where the others have one, or where last year's item had one."""
    if draft.is_fragment:
        return
    for stored in draft.items:
        if stored.item.bases or stored.item.benchmarks:
            continue
        before = known.predecessor(stored)
        past = before.item.bases if before is not None else ()
        if not draft.has_basis_column and not (past and known.is_recent):
            continue
        if draft.has_basis_column:
            said = f"{item_words(stored)}没有写制定依据，而其他条目都写了；请补上文件名称和文号。"
        else:
            year = before.document.year if before is not None else None
            said = f"{item_words(stored)}没有写制定依据，{year}年的同一条目写了；请补上文件名称和文号。"
        yield Remark(
            said,
            stored,
            evidence=tuple(cite(before, one.span) for one in past) if before is not None else (),
            proposal=f"上次的依据：{'；'.join(_named(one) for one in past[:3])}（请换成现行文件）。"
            if past
            else None,
            severity=None if draft.has_basis_column else Severity.NOTE,
        )


def _named(basis: Basis) -> str:
    return f"{basis.title}（{basis.doc_number}）" if basis.doc_number else basis.title


def wrong_year(draft: Draft, known: Known) -> Iterator[Remark]:
    """Yearly documents of another year than the draft's: 2012年市政府工作报告 in a draft of 2013."""
    year = draft.document.year
    if year is None:
        return
    for stored, basis in _bases(draft):
        if not is_yearly(basis) or basis.year == year:
            continue
        current = [one for one in known.editions.get(edition_key(basis.title), ()) if one.year == year]
        yield Remark(
            f"“{basis.title}”是{basis.year}年的文件，草稿是{year}年的目标；请改为{year}年的同类文件。",
            stored,
            basis.span,
            _evidence(current),
            current[0].title if current else _SAID_YEAR.sub(str(year), basis.title, count=1),
        )


def superseded(draft: Draft, known: Known) -> Iterator[Remark]:
    """Bases with a newer edition in the catalog; yearly ones only where the draft's year is unknown."""
    year = draft.document.year
    for stored, basis in _bases(draft):
        if basis.year is None or (is_yearly(basis) and year is not None):
            continue
        newer = [
            one
            for one in known.editions.get(edition_key(basis.title), ())
            if one.year > basis.year and (year is None or one.year <= year)
        ]
        if not newer:
            continue
        newest = max(newer, key=lambda one: one.year)
        number = f"（{newest.doc_number}）" if newest.doc_number else ""
        yield Remark(
            f"“{_named(basis)}”已有{newest.year}年的新版“{newest.title}”{number}；请改用新版，并核对条款是否变化。",
            stored,
            basis.span,
            _evidence([newest]),
            f"{newest.title}{number}",
        )


def _bases(draft: Draft) -> Iterator[tuple[StoredItem, Basis]]:
    for stored in draft.items:
        for basis in stored.item.bases:
            yield stored, basis


def _evidence(editions: list[Edition]) -> tuple[Citation, ...]:
    return tuple(one.citation for one in editions[:3] if one.citation is not None)
