"""A small client of the service: `Client(address)` asks it and returns the values of `api.schemas`.

Nothing is tried twice: what to do about a problem is the caller's to say. Errors are `Problem` (the service
said why not), `Unreachable` (it said nothing) and `Garbled` (what it said is not of this version).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import quote

import httpx2
from pydantic import TypeAdapter, ValidationError

from api.asking import Event, Happening
from api.schemas.carryover import CarryoverJson
from api.schemas.checks import CheckJson, DraftJson, LookupJson, PassageJson
from api.schemas.documents import DocumentDetailJson, DocumentJson
from api.schemas.drafts import ProposalJson, TopicsJson
from api.schemas.items import ComparisonJson, HistoryJson, RestingJson
from api.schemas.lists import DocumentPageJson, ItemDetailJson, ItemPageJson
from api.schemas.results import (
    AnswerJson,
    BasesJson,
    BenchmarksJson,
    QuestionJson,
    RemovedSentenceJson,
    SearchJson,
    TrendsJson,
    WrittenSentenceJson,
)
from api.schemas.service import IngestJson, ProblemJson, RemovedJson, VocabularyJson

Value = TypeVar("Value")
Parameter = str | int | bool | Sequence[int] | None

_EVENTS: dict[Happening, type[Any]] = {
    Happening.ANSWER: AnswerJson,
    Happening.SENTENCE: WrittenSentenceJson,
    Happening.REMOVED: RemovedSentenceJson,
    Happening.DONE: AnswerJson,
}
_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}


class ClientError(Exception):
    """Root of what a client can meet; the message is a Chinese sentence."""


class Problem(ClientError):
    """The service refused or failed; compare `code`, show the message."""

    def __init__(self, told: ProblemJson) -> None:
        super().__init__(told.detail)
        self.code = told.code
        self.status = told.status
        self.title = told.title
        self.instance = told.instance


class Unreachable(ClientError):
    """No answer came, or not in time."""


class Garbled(ClientError):
    """An answer came that no service of this version gives, or that ended before its end."""


class Client:
    """Asks one service; usable from several threads, closed by `close` or at the end of `with`.

    `address` is like `http://127.0.0.1:8000`. `timeout` is how many seconds each step of an answer may take.
    `transport` is for tests and proxies; what the environment says of proxies is not followed.
    """

    def __init__(
        self, address: str, *, timeout: float = 30.0, transport: httpx2.BaseTransport | None = None
    ) -> None:
        self._http = httpx2.Client(base_url=address, timeout=timeout, transport=transport, trust_env=False)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def search(self, q: str, **narrowed: Parameter) -> SearchJson:
        """Return items, best first; takes `k`, `start`, `year`, `unit`, … as `GET /v1/search` does."""
        return self._get(SearchJson, "/v1/search", q=q, **narrowed)

    def benchmarks(self, q: str, **narrowed: Parameter) -> BenchmarksJson:
        """Return benchmark cities and standings; also takes `own_city` and `recent`."""
        return self._get(BenchmarksJson, "/v1/benchmarks", q=q, **narrowed)

    def bases(self, q: str, **narrowed: Parameter) -> BasesJson:
        """Return the documents that promises about a topic rest on."""
        return self._get(BasesJson, "/v1/bases", q=q, **narrowed)

    def items_of_basis(self, basis: str) -> RestingJson:
        """Return every item that rests on the document of this title or 文号."""
        return self._get(RestingJson, "/v1/bases/items", basis=basis)

    def trends(self, q: str, **narrowed: Parameter) -> TrendsJson:
        """Return an indicator's figures over the years."""
        return self._get(TrendsJson, "/v1/trends", q=q, **narrowed)

    def carryover(self, unit: str, year: int, city: str | None = None) -> CarryoverJson:
        """Return what became of a unit's earlier targets."""
        return self._get(CarryoverJson, "/v1/carryover", unit=unit, year=year, city=city)

    def vocabulary(self) -> VocabularyJson:
        """Return what the filters can be set to."""
        return self._get(VocabularyJson, "/v1/vocabulary")

    def ask(self, question: str | QuestionJson) -> AnswerJson:
        """Return an answer made of cited facts, or one that abstains."""
        return self._sent(AnswerJson, "POST", "/v1/ask", _question(question))

    def ask_stream(self, question: str | QuestionJson) -> Iterator[Event]:
        """Yield what happens while an answer is written; the last event holds the answer that stands.

        Raise Garbled where the stream ends before. The connection is open until the iterator is done with.
        """
        body = _dumped(_question(question))
        with self._answer("POST", "/v1/ask/stream", json=body, stream=True) as response:
            done = False
            for name, written in _events(response):
                if name not in list(Happening):
                    continue  # of a later version
                event = Event(Happening(name), _read(_EVENTS[Happening(name)], written))
                done = event.name is Happening.DONE
                yield event
        if not done:
            raise Garbled("回答没有传完就断了；请重新提问。")

    def check(self, draft: str | DraftJson) -> CheckJson:
        """Return the review of a draft's text."""
        asked = DraftJson(draft) if isinstance(draft, str) else draft
        return self._sent(CheckJson, "POST", "/v1/check", asked)

    def check_file(self, path: Path, **whose: str) -> CheckJson:
        """Return the review of a draft's file; takes `unit`, `year`, `city`, `off`, `only`."""
        return self._uploaded(CheckJson, "/v1/check", path, whose)

    def lookup(self, passage: str | PassageJson) -> LookupJson:
        """Return what belongs beside a selected passage."""
        asked = PassageJson(passage) if isinstance(passage, str) else passage
        return self._sent(LookupJson, "POST", "/v1/lookup", asked)

    def draft(self, topics: TopicsJson) -> ProposalJson:
        """Return proposed items."""
        return self._sent(ProposalJson, "POST", "/v1/draft", topics)

    def draft_file(self, topics: TopicsJson, form: str = "docx") -> bytes:
        """Return proposed items as a file: docx, xlsx or txt."""
        with self._answer("POST", "/v1/draft", json=_dumped(topics), params={"format": form}) as response:
            return response.content

    def documents(self, start: int = 0, length: int = 100) -> DocumentPageJson:
        """Return some of the documents."""
        return self._get(DocumentPageJson, "/v1/documents", start=start, length=length)

    def all_documents(self) -> Iterator[DocumentJson]:
        """Yield every document, fetching as it goes on."""
        start = 0
        while True:
            page = self.documents(start)
            yield from page.documents
            start += page.length
            if start >= page.total:
                return

    def document(self, document_id: int) -> DocumentDetailJson:
        """Return a document with its items and its text."""
        return self._get(DocumentDetailJson, f"/v1/documents/{document_id}")

    def document_items(self, document_id: int, start: int = 0, length: int = 100) -> ItemPageJson:
        """Return some items of a document."""
        return self._get(ItemPageJson, f"/v1/documents/{document_id}/items", start=start, length=length)

    def item(self, item_id: int) -> ItemDetailJson:
        """Return an item with its document."""
        return self._get(ItemDetailJson, f"/v1/items/{item_id}")

    def item_history(self, item_id: int) -> HistoryJson:
        """Return an item over the years."""
        return self._get(HistoryJson, f"/v1/items/{item_id}/history")

    def compare(self, items: Sequence[int]) -> ComparisonJson:
        """Return items side by side."""
        return self._get(ComparisonJson, "/v1/compare", items=list(items))

    def upload(self, path: Path, **known: str) -> IngestJson:
        """Take a file into the catalog; takes `unit`, `year`, `city`."""
        return self._uploaded(IngestJson, "/v1/documents", path, known)

    def remove(self, document_id: int) -> RemovedJson:
        """Take a document out of the catalog."""
        return self._sent(RemovedJson, "DELETE", f"/v1/documents/{document_id}")

    def _get(self, kind: type[Value], path: str, **asked: Parameter) -> Value:
        params = {name: value for name, value in asked.items() if value is not None}
        with self._answer("GET", path, params=params) as response:
            return _read(kind, response.content)

    def _sent(self, kind: type[Value], method: str, path: str, body: Any = None) -> Value:
        sent = {} if body is None else {"json": _dumped(body)}
        with self._answer(method, path, **sent) as response:
            return _read(kind, response.content)

    def _uploaded(self, kind: type[Value], path: str, file: Path, fields: Mapping[str, str]) -> Value:
        with file.open("rb") as content:
            sent = {"file": (file.name, content)}
            with self._answer("POST", path, files=sent, data=dict(fields)) as response:
                return _read(kind, response.content)

    @contextmanager
    def _answer(
        self, method: str, path: str, *, stream: bool = False, **sent: Any
    ) -> Iterator[httpx2.Response]:
        """Lend a good answer, read whole unless it is a stream. Raise Problem, Unreachable, Garbled."""
        try:
            with self._http.stream(method, quote(path), **sent) as response:
                if not response.is_success:
                    response.read()
                    raise _problem(response)
                if not stream:
                    response.read()
                yield response
        except httpx2.TimeoutException as error:
            raise Unreachable(
                f"{self._http.base_url} 没有按时应答；请稍后重试，或把等待的时间放长。"
            ) from error
        except httpx2.TransportError as error:
            raise Unreachable(
                f"无法连接 {self._http.base_url}；请确认服务已经启动、地址没有写错。"
            ) from error


def _question(question: str | QuestionJson) -> QuestionJson:
    return QuestionJson(question) if isinstance(question, str) else question


def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def _dumped(value: Any) -> Any:
    return _adapter(type(value)).dump_python(value, mode="json")


def _read(kind: type[Value], content: bytes | str) -> Value:
    try:
        value: Value = _adapter(kind).validate_json(content)
    except ValidationError as error:
        raise Garbled("服务的回答与这个客户端的版本不符；请换用与服务相同的版本。") from error
    return value


def _problem(response: httpx2.Response) -> ClientError:
    try:
        return Problem(_adapter(ProblemJson).validate_json(response.content))
    except ValidationError:
        return Garbled(f"对方应答了 {response.status_code}，但不是对标服务的答复；请检查地址和中间的代理。")


def _events(response: httpx2.Response) -> Iterator[tuple[str, str]]:
    """Yield name and value of each server-sent event that the service writes."""
    name, value = "", ""
    for line in _lines(response):
        field, _, content = line.partition(": ")
        if field == "event":
            name = content
        elif field == "data":
            value = content
        elif not line and name:
            yield name, value
            name, value = "", ""


def _lines(response: httpx2.Response) -> Iterator[str]:
    """Yield the lines of a stream; only a line feed ends one, not what else Unicode takes for an end."""
    pending = ""
    for piece in response.iter_text():
        *lines, pending = (pending + piece).split("\n")
        yield from lines
