"""What the page says of the peers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

_ABSENT = "–"


def table(told: Mapping[str, Any]) -> str:
    """Return the tables of one run; the first peer is ours, ratios are to it."""
    peers: Sequence[Mapping[str, Any]] = told["peers"]
    before, after = told["load"]
    amount = f"{told['passages']:,} passages of work reports, 140 queries"
    return "\n".join(
        [
            f"{amount}; load {before} before, {after} after.",
            "",
            *_speed(peers),
            "",
            *_quality(peers),
            "",
            *_about(peers),
        ]
    )


def _speed(peers: Sequence[Mapping[str, Any]]) -> list[str]:
    head = (
        "",
        "search, p50 / p95 ms",
        "× ours",
        "year and city, p50 / p95 ms",
        "× ours",
        "hits found of those asked for",
        "with embedding the query, p50 / p95 ms",
        "passages added a second",
        "first answer of a new process s",
        "memory MB",
    )
    rows = [
        (
            one["name"],
            _times(one["plain"]),
            _ratio(one["plain"], peers[0]["plain"]),
            _times(one["filtered"]),
            _ratio(one["filtered"], peers[0]["filtered"]),
            _ABSENT if one["filled"] is None else f"{one['filled']:.0%}",
            _times(one["plain"], "whole_"),
            _number(one["added_per_second"]),
            _ABSENT if one["first_answer"] is None else f"{one['first_answer']:.2f}",
            _number(one["megabytes"]),
        )
        for one in peers
    ]
    return _lines(head, rows)


def _quality(peers: Sequence[Mapping[str, Any]]) -> list[str]:
    sets = list(peers[0]["quality"])
    head = ("", *(f"{name}, nDCG@10 / R@10" for name in sets))
    rows = [(one["name"], *(_measures(one["quality"].get(name)) for name in sets)) for one in peers]
    return _lines(head, rows)


def _about(peers: Sequence[Mapping[str, Any]]) -> list[str]:
    head = ("", "version", "what it searches with", "filters", "failed or cut short")
    keys = ("name", "version", "search", "filters")
    rows = [
        (*(str(one[key]) for key in keys), "; ".join(filter(None, (one["failed"], one["remark"]))))
        for one in peers
    ]
    return _lines(head, rows)


def _lines(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    return [f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows)]


def _times(times: Mapping[str, float] | None, which: str = "") -> str:
    if times is None:
        return _ABSENT
    return f"{times[f'{which}p50']:.1f} / {times[f'{which}p95']:.1f}"


def _ratio(times: Mapping[str, float] | None, ours: Mapping[str, float] | None) -> str:
    if times is None or ours is None:
        return _ABSENT
    return f"{times['p50'] / ours['p50']:.2f} / {times['p95'] / ours['p95']:.2f}"


def _measures(found: Mapping[str, float] | None) -> str:
    return " / ".join(f"{value:.3f}" for value in found.values()) if found else _ABSENT


def _number(found: float | None) -> str:
    return _ABSENT if found is None else f"{found:,.0f}"
