"""Insertions and checked citations, as they leave this program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from api.conversions.results import citation_to_json
from api.insertions import Insertion, document_name, place_name, with_mark
from api.schemas.citations import (
    InsertedCitationJson,
    InsertionJson,
    VerificationJson,
    VerifiedJson,
)
from search.citations import MarkStatus, Verified

TITLES = {
    MarkStatus.UNCHANGED: "原文未变",
    MarkStatus.CHANGED: "原文已改",
    MarkStatus.REMOVED: "出处已移除",
    MarkStatus.UNREADABLE: "标记不完整",
}


def insertion_to_json(made: Insertion) -> InsertionJson:
    """Return what can be inserted."""
    plain = with_mark(made.label, made.mark)
    quoted = f"“{made.cited.quote}”"
    return InsertionJson(
        text=made.text,
        headers=made.headers,
        cells=made.cells,
        citation=InsertedCitationJson(made.mark, made.label, plain, quoted + made.label, quoted + plain),
        source=citation_to_json(made.cited),
    )


def verification_to_json(verified: Sequence[Verified]) -> VerificationJson:
    """Return what became of citations."""
    counts = Counter(one.status for one in verified)
    return VerificationJson(
        unchanged=counts[MarkStatus.UNCHANGED],
        changed=counts[MarkStatus.CHANGED],
        removed=counts[MarkStatus.REMOVED],
        unreadable=counts[MarkStatus.UNREADABLE],
        marks=tuple(verified_to_json(one) for one in verified),
    )


def verified_to_json(verified: Verified) -> VerifiedJson:
    """Return what became of one citation."""
    return VerifiedJson(
        mark=verified.mark,
        status=verified.status.value,
        title=TITLES[verified.status],
        sentence=_sentence(verified),
        citation=None if verified.citation is None else citation_to_json(verified.citation),
        moved=verified.moved,
        renewed=verified.renewed,
    )


def _sentence(verified: Verified) -> str:
    if verified.status is MarkStatus.UNREADABLE:
        return "这不是完整的对标引文标记，可能被改动过；请重新插入引文。"
    if verified.status is MarkStatus.REMOVED:
        return "出处已移除：引用的文件不在目标库里了；请换一个出处，或请管理员重新导入原文件。"
    if verified.citation is None:
        return "原文已改：文件还在，但引用的那一条没有了；请核对后改用别的出处。"
    stored = verified.citation.stored
    where = f"{document_name(stored.document)}，{place_name(stored)}"
    if verified.status is MarkStatus.CHANGED:
        return f"原文已改：{where}现在的文字与引用时不同；请对照现在的原文修改。"
    if verified.moved:
        return f"原文未变，但已移到{where}；请更新出处的写法。"
    if verified.renewed:
        return f"原文未变：文件有过更新，{where}的这段文字没有变。"
    return f"原文未变：{where}。"
