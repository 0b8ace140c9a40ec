"""What routes ask for: the service's library and a checked question.

Each is a coroutine although none waits: a plain function would be a journey to another thread and back.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from threading import Event
from typing import Annotated

from fastapi import Depends, Path, Query, Request

from api.journal import record_error
from api.library import Library
from api.requests import FIRST_YEAR, LAST_YEAR, LONGEST_QUERY, MOST_HITS, question
from api.settings import Settings
from corpus.errors import DuibiaoError
from corpus.model import DocumentKind
from search.engine import SearchRequest


@dataclass(frozen=True, slots=True)
class Service:
    """What lives as long as the service."""

    settings: Settings
    library: Library
    warmed: Event = field(default_factory=Event)

    def warm(self) -> None:
        """Open the library; an error is kept for the first who asks, who meets it again."""
        try:
            self.library.warm()
        except DuibiaoError:
            pass
        except Exception as error:
            record_error(self.settings.logs, error)
        finally:
            self.warmed.set()


async def _service(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


ServiceHere = Annotated[Service, Depends(_service)]


async def _library(service: ServiceHere) -> Library:
    return service.library


LibraryHere = Annotated[Library, Depends(_library)]


async def _asked(
    q: Annotated[str, Query(min_length=1, max_length=LONGEST_QUERY, description="要查的工作、指标或问题")],
    k: Annotated[int, Query(ge=1, le=MOST_HITS, description="最多返回多少条")] = 10,
    year: Annotated[int | None, Query(ge=FIRST_YEAR, le=LAST_YEAR, description="只看这一年")] = None,
    unit: Annotated[str | None, Query(description="只看这个单位")] = None,
    category: Annotated[str | None, Query(description="只看这个类别")] = None,
    city: Annotated[str | None, Query(description="只看这个城市")] = None,
    understand: Annotated[bool, Query(description="是否从问句里识别年份、单位等限定")] = True,
) -> SearchRequest:
    return question(q, k=k, year=year, unit=unit, category=category, city=city, understand=understand)


Asked = Annotated[SearchRequest, Depends(_asked)]


async def _searched(
    asked: Asked,
    group: Annotated[bool, Query(description="相同的承诺（不同年份、城市）是否合并为一条")] = True,
    prefer_recent: Annotated[bool | None, Query(description="是否让较新的排得靠前，默认按设置")] = None,
    prefer_unit: Annotated[str | None, Query(description="让这个单位的排得靠前，默认按设置")] = None,
    kind: Annotated[DocumentKind | None, Query(description="只看这类文档：targets、plan 或 report")] = None,
    facets: Annotated[bool, Query(description="是否统计全部候选在年份、单位、城市等上的分布")] = False,
) -> SearchRequest:
    return replace(
        asked,
        group=group,
        prefer_recent=prefer_recent,
        prefer_unit=prefer_unit,
        kind=kind,
        facets=facets,
    )


Searched = Annotated[SearchRequest, Depends(_searched)]
DocumentNumber = Annotated[int, Path(ge=1, le=2**63 - 1, description="文档的编号")]
