"""Answers in a language model's words, through the service: what holds, what is removed, what is streamed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.asking import Event, events
from api.settings import Settings
from corpus.errors import WrongUse
from search.engine import SearchRequest
from search.results import Answer
from search.writing.writer import Fault, Message, WriterFailed
from tests.api.samples import CITATION, INTERPRETED
from tests.api.stub import StubLibrary

ADDRESS = "http://127.0.0.1"
CITED = Answer("2019年：97.5%以上[1]", False, (CITATION,), INTERPRETED)
BODY = {"question": "办结率是多少", "llm": True}


class _Written(StubLibrary):
    """A stub whose answers are put into the words of `pieces`."""

    pieces: tuple[str, ...] = ()
    fault: Fault | None = None

    def written(self, request: SearchRequest, *, llm: bool = True) -> Iterator[Event]:
        return events(request.query, CITED, _Scripted(self.pieces, self.fault) if llm else None)


class _Scripted:
    model = "scripted"

    def __init__(self, pieces: tuple[str, ...], fault: Fault | None) -> None:
        self._pieces, self._fault = pieces, fault

    def write(self, messages: tuple[Message, ...]) -> Iterator[str]:
        assert messages
        yield from self._pieces
        if self._fault:
            raise WriterFailed(self._fault)


@pytest.fixture
def library(settings: Settings) -> _Written:
    return _Written(settings)


@pytest.fixture
def client(settings: Settings, library: _Written) -> Iterator[TestClient]:
    with TestClient(create_app(replace(settings), library), base_url=ADDRESS) as opened:
        yield opened


def _events(text: str) -> list[tuple[str, dict[str, object]]]:
    found = []
    for block in text.strip().split("\n\n"):
        name, content = block.split("\n", 1)
        found.append((name.removeprefix("event: "), json.loads(content.removeprefix("data: "))))
    return found


def test_sentences_that_hold_and_that_do_not(client: TestClient, library: _Written) -> None:
    quote = CITATION.quote.strip("。")
    library.pieces = (f"{quote}[1]。", "办结率达到12.5%[1]。")
    answer = client.post("/v1/ask", json=BODY).json()
    assert answer["answer"] == f"{quote}[1]。"
    assert answer["llm"]["use"] == "written"
    assert [one["failing"] for one in answer["llm"]["removed"]] == ["figure"]
    assert answer["llm"]["removed"][0]["reason"] == "数值或单位与出处不符"


def test_a_model_that_fails_leaves_the_cited_answer(client: TestClient, library: _Written) -> None:
    library.fault = Fault.TIMED_OUT
    answer = client.post("/v1/ask", json=BODY).json()
    assert answer["answer"] == "2019年：97.5%以上[1]"
    assert (answer["llm"]["use"], answer["llm"]["fault"]) == ("failed", "timed-out")


@pytest.mark.parametrize(("path", "accept"), [("/v1/ask/stream", "*/*"), ("/v1/ask", "text/event-stream")])
def test_the_events_of_an_answer(client: TestClient, library: _Written, path: str, accept: str) -> None:
    quote = CITATION.quote.strip("。")
    library.pieces = (f"{quote}[1]。随便说说。",)
    sent = client.post(path, json=BODY, headers={"accept": accept})
    assert sent.headers["content-type"].startswith("text/event-stream")
    found = _events(sent.text)
    assert [name for name, _ in found] == ["answer", "sentence", "removed", "done"]
    assert found[0][1]["answer"] == "2019年：97.5%以上[1]"
    assert found[1][1] == {"sentence": f"{quote}[1]。"}
    assert found[2][1]["failing"] == "uncited"
    assert found[3][1]["answer"] == f"{quote}[1]。"


def test_events_without_a_model(client: TestClient) -> None:
    found = _events(client.post("/v1/ask/stream", json={"question": "办结率"}).text)
    assert [name for name, _ in found] == ["answer", "done"]
    assert found[1][1]["llm"] is None


def test_a_model_that_nobody_set(settings: Settings) -> None:
    library = StubLibrary(settings)
    with pytest.raises(WrongUse, match="没有设置语言模型"):
        library.written(SearchRequest("办结率"))
    with TestClient(create_app(replace(settings), library), base_url=ADDRESS) as client:
        answer = client.post("/v1/ask", json=BODY)
    assert (answer.status_code, answer.json()["code"]) == (422, "wrong-use")
