"""What each tool is called with; the descriptions are what a language model reads."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass as checked_dataclass

from api.requests import FIRST_YEAR, LAST_YEAR, LONGEST_QUERY, MOST_HITS

_CHECKED = ConfigDict(extra="forbid")

Words = Annotated[
    str, Field(min_length=1, max_length=LONGEST_QUERY, description="要查的工作、指标或问题，用中文")
]
Year = Annotated[int | None, Field(ge=FIRST_YEAR, le=LAST_YEAR, description="只看这一年的文档")]
Unit = Annotated[str | None, Field(description="只看这个单位，如 市政府办公厅")]
Category = Annotated[str | None, Field(description="只看这个类别，如 重点目标")]
City = Annotated[str | None, Field(description="只看这个城市，如 青岛市")]
Most = Annotated[int, Field(ge=1, le=MOST_HITS, description="最多返回多少条")]
Number = Annotated[int, Field(ge=1, description="条目的编号，即其他工具结果里的 item_id")]


@checked_dataclass(frozen=True, slots=True, config=_CHECKED)
class Topic:
    """A topic or question with filters."""

    query: Words
    k: Most = 5
    year: Year = None
    unit: Unit = None
    category: Category = None
    city: City = None


@checked_dataclass(frozen=True, slots=True, config=_CHECKED)
class Compared(Topic):
    """A topic that cities are compared on."""

    own_city: Annotated[str | None, Field(description="本市；不写时取目标库里有业务目标的城市")] = None
    recent: Annotated[int, Field(ge=0, le=100, description="多少年以前的数值算过时")] = 3


@checked_dataclass(frozen=True, slots=True, config=_CHECKED)
class OneItem:
    """An item of the catalog."""

    item_id: Number


@checked_dataclass(frozen=True, slots=True, config=_CHECKED)
class Draft:
    """A draft to be reviewed."""

    text: Annotated[str, Field(min_length=1, description="草稿正文：一段话、几条目标或整份文稿")]
    unit: Annotated[str | None, Field(description="草稿是哪个单位的；写明后才能与往年对照")] = None
    year: Annotated[
        int | None, Field(ge=FIRST_YEAR, le=LAST_YEAR, description="草稿是哪一年的；写明后才能与往年对照")
    ] = None
    city: Annotated[str | None, Field(description="草稿是哪个城市的")] = None
