"""The block of `key: value` lines between two `---` at the head of a Markdown or text file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_LONGEST: Final = 60
_TITLE_KEYS: Final = ("title", "标题", "题名")
_DATE_KEYS: Final = ("date", "published", "发布日期", "日期")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """`lines` is how many lines it takes, both fences included; 0 where there is none."""

    lines: int = 0
    title: str | None = None
    published: str | None = None


def front_matter(lines: list[str]) -> FrontMatter:
    """Read the front matter of a text given as lines without their ends."""
    if not lines or lines[0].strip() != "---":
        return FrontMatter()
    fence = next(
        (n for n, line in enumerate(lines[1:_LONGEST], start=1) if line.strip() in {"---", "..."}), None
    )
    if fence is None or not all(_is_entry(line) for line in lines[1:fence]):
        return FrontMatter()
    values: dict[str, str] = {}
    for line in lines[1:fence]:
        key, colon, value = line.partition(":")
        if colon and value.strip():
            values.setdefault(key.strip().lower(), value.strip().strip("\"'"))
    return FrontMatter(
        lines=fence + 1,
        title=next((values[k] for k in _TITLE_KEYS if values.get(k)), None),
        published=next((values[k] for k in _DATE_KEYS if values.get(k)), None),
    )


def _is_entry(line: str) -> bool:
    """Whether a line may stand in front matter: an entry, a comment, or the rest of an entry."""
    return not line.strip() or ":" in line or line[:1] in {" ", "\t", "#", "-"}
