"""What may be asked: the limits of a question, which every way in shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.errors import WrongUse

if TYPE_CHECKING:
    from search.engine import SearchRequest

LONGEST_QUERY = 4000
MOST_HITS = 100
FIRST_YEAR, LAST_YEAR = 1949, 2100


def require_year(year: int) -> None:
    """Raise WrongUse for a year that no document can be of."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise WrongUse(f"年份 {year} 不在范围内；请改为 {FIRST_YEAR} 到 {LAST_YEAR} 之间的整数。")


def question(
    query: str,
    *,
    k: int = 10,
    year: int | None = None,
    unit: str | None = None,
    category: str | None = None,
    city: str | None = None,
    understand: bool = True,
    group: bool = True,
    prefer_recent: bool | None = None,
    prefer_unit: str | None = None,
) -> SearchRequest:
    """Return the request for `query`. Raise WrongUse where it cannot be asked."""
    from search.asked import SearchRequest

    cleaned = "".join(c if c.isprintable() else " " for c in query).strip()
    cleaned = cleaned.encode("utf-8", "replace").decode("utf-8")
    if not cleaned:
        raise WrongUse("检索的内容是空的；请写出要查的工作、指标或问题。")
    if len(cleaned) > LONGEST_QUERY:
        raise WrongUse(f"检索的内容有 {len(cleaned)} 个字，太长；请缩短到 {LONGEST_QUERY} 个字以内。")
    if year is not None:
        require_year(year)
    if not 1 <= k <= MOST_HITS:
        raise WrongUse(f"结果条数 {k} 不在范围内；请改为 1 到 {MOST_HITS} 之间的整数。")
    return SearchRequest(
        query=cleaned,
        k=k,
        year=year,
        unit=unit or None,
        category=category or None,
        city=city or None,
        understand=understand,
        group=group,
        prefer_recent=prefer_recent,
        prefer_unit=prefer_unit,
    )
