"""On which documents the targets about a topic rest; variants of one title are one document."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from corpus.doc_numbers import find_doc_numbers
from corpus.model import Basis
from corpus.text import fold
from search.evidence import DEFAULT_THRESHOLDS, Found, Subject, Thresholds, is_evidence
from search.results import BasisEvidence, RankedBasis
from search.texts import cite

_MARKS = re.compile(r"[\s《》〈〉“”\"'（()）〔〕\[\]，,。.、:：;；]")
_REGION = re.compile(
    r"^((?:19|20)\d\d年度?)?(?:[一-龥]{2,3}[省市](?=人民|政府|实施|关于|市|19|20))?市?(?=政府|(?:19|20)\d\d年)"
)
_COUNTRY = re.compile(r"^中华人民共和国")
# A notice that only issues a document is that document.
_ISSUED = re.compile(r"^(?:.{0,20}?关于)?(?:印发|转发|发布|公布)(.{4,})的通知$")
_MORE_EVIDENCE = 0.1
_LEAST_TITLE = 4  # characters before a 文号 that can be a title


def title_key(title: str) -> str:
    """Return what is equal for all ways of writing one title: 《青岛市人民政府工作规则》, 市政府工作规则."""
    number = next(iter(find_doc_numbers(title)), None)
    if number is not None and number.start > _LEAST_TITLE:
        title = title[: number.start]
    plain = _MARKS.sub("", fold(title)).replace("人民政府", "政府")
    issued = _ISSUED.match(plain)
    plain = issued.group(1) if issued else plain
    plain = _REGION.sub(lambda match: match.group(1) or "", _COUNTRY.sub("", plain))
    return plain.removesuffix("的通知") if title.rstrip().endswith("》的通知") else plain


@dataclass(slots=True)
class _Group:
    """The evidence of one document while it is collected."""

    basis: Basis
    evidence: list[tuple[float, BasisEvidence]] = field(default_factory=list)
    doc_number: str | None = None


def relevance(subject: Subject, found: Found, basis: Basis) -> float:
    """Return how much a basis is about `subject`: its title's words, those of its item, its meaning."""
    return subject.share_in(basis.title) + found.held + 0.25 * found.scored.score + found.scored.similarity


def ranked_bases(
    subject: Subject, items: Iterable[Found], thresholds: Thresholds = DEFAULT_THRESHOLDS
) -> tuple[RankedBasis, ...]:
    """Return the documents that items about `subject` rest on, best first.

    Documents of one 文号, or of one title without contradicting 文号, are one. An item that is no
    evidence brings a basis only where the basis' own title is about the subject.
    """
    groups: list[_Group] = []
    for found in items:
        for basis in found.stored.item.bases:
            near = subject.share_in(basis.title)
            if subject.words and near < thresholds.full and not is_evidence(found, thresholds):
                continue
            group = _group_of(groups, basis)
            evidence = BasisEvidence(basis, cite(found.stored, basis.span), found.scored.similarity)
            group.evidence.append((relevance(subject, found, basis), evidence))
            group.doc_number = group.doc_number or basis.doc_number
    ranked = [_rank(group) for group in groups]
    return tuple(sorted(ranked, key=lambda one: -one.score))


def _group_of(groups: list[_Group], basis: Basis) -> _Group:
    for group in groups:
        if same_document(replace(group.basis, doc_number=group.doc_number), basis):
            return group
    groups.append(_Group(basis))
    return groups[-1]


def same_document(one: Basis, other: Basis) -> bool:
    """Whether two bases are one document: of one 文号, or of one title without contradicting 文号."""
    if one.doc_number is not None and one.doc_number == other.doc_number:
        return True
    contradicting = None not in (one.doc_number, other.doc_number)
    return not contradicting and title_key(one.title) == title_key(other.title)


def _rank(group: _Group) -> RankedBasis:
    ordered = sorted(group.evidence, key=lambda pair: -pair[0])
    score = ordered[0][0] + _MORE_EVIDENCE * min(len(ordered) - 1, 5)
    titles = list(dict.fromkeys(one.basis.title for _, one in ordered))
    evidence = tuple(one for _, one in ordered)
    return RankedBasis(titles[0], group.doc_number, round(score, 4), evidence, tuple(titles[1:]))
