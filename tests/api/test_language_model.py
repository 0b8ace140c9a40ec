"""The client of a language model, against a local server that speaks the protocol, well and badly."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from api.language_model import LanguageModel
from search.writing.writer import Fault, Message, WriterFailed

MESSAGES = (Message("system", "规则"), Message("user", "问题"))
Reply = Callable[[BaseHTTPRequestHandler], None]


class Server:
    """A local server; `reply` decides what is answered, `seen` is what was asked."""

    def __init__(self) -> None:
        self.reply: Reply = lambda handler: None
        self.seen: list[tuple[str, dict[str, str], dict[str, object]]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.seen.append((self.path, dict(self.headers), body))
                try:
                    outer.reply(self)
                except OSError:
                    self.close_connection = True

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    started = Server()
    yield started
    started.close()


def streamed(*events: str, status: int = 200, wait: float = 0.0) -> Reply:
    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", "text/event-stream")
        handler.end_headers()
        for event in events:
            handler.wfile.write(event.encode())
            handler.wfile.flush()
            time.sleep(wait)

    return reply


def delta(text: str, finish: str | None = None) -> str:
    choice = {"delta": {"content": text}, "finish_reason": finish}
    return f"data: {json.dumps({'choices': [choice]})}\n\n"


def model(server: Server, timeout: float = 5.0, path: str = "/v1") -> LanguageModel:
    return LanguageModel(f"http://127.0.0.1:{server.port}{path}", "某模型", "secret-key", timeout)


def test_pieces_come_as_they_are_written(server: Server) -> None:
    server.reply = streamed(": ping\n\n", delta("办结率"), delta("96%[1]。"), "data: [DONE]\n\n")
    assert list(model(server).write(MESSAGES)) == ["办结率", "96%[1]。"]
    path, headers, body = server.seen[0]
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == "Bearer secret-key"
    assert body["model"] == "某模型"
    assert body["stream"] is True
    assert body["messages"] == [
        {"role": "system", "content": "规则"},
        {"role": "user", "content": "问题"},
    ]


def test_a_server_without_events(server: Server) -> None:
    def reply(handler: BaseHTTPRequestHandler) -> None:
        content = json.dumps({"choices": [{"message": {"content": "办结率96%[1]。"}}]}).encode()
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    server.reply = reply
    assert list(model(server, path="/v1/chat/completions").write(MESSAGES)) == ["办结率96%[1]。"]


@pytest.mark.parametrize(
    ("reply", "fault"),
    [
        (streamed(status=500), Fault.REFUSED),
        (streamed(status=401), Fault.REFUSED),
        (streamed(status=302), Fault.REFUSED),
        (streamed("<html>nothing</html>\n"), Fault.GARBLED),
        (streamed("data: {not json\n\n"), Fault.GARBLED),
        (streamed('data: {"choices": "none"}\n\n'), Fault.GARBLED),
        (streamed('data: {"choices": [{"delta": {"content": 7}}]}\n\n'), Fault.GARBLED),
        (streamed("data: [DONE]\n\n"), Fault.GARBLED),
        (streamed(), Fault.GARBLED),
        (streamed(delta("办结率")), Fault.CUT_SHORT),
        (streamed(delta("办结率"), delta("", "length")), Fault.CUT_SHORT),
        (streamed("data: " + "x" * 700_000), Fault.GARBLED),
    ],
)
def test_what_is_no_answer(server: Server, reply: Reply, fault: Fault) -> None:
    server.reply = reply
    with pytest.raises(WriterFailed) as failed:
        list(model(server).write(MESSAGES))
    assert failed.value.fault is fault
    assert "secret-key" not in repr(failed.value)


def test_a_server_that_never_answers(server: Server) -> None:
    server.reply = lambda handler: time.sleep(1.5)
    with pytest.raises(WriterFailed) as failed:
        list(model(server, timeout=0.3).write(MESSAGES))
    assert failed.value.fault is Fault.TIMED_OUT


def test_a_server_that_drips(server: Server) -> None:
    server.reply = streamed(*(["data: "] + ["x"] * 40), wait=0.05)
    with pytest.raises(WriterFailed) as failed:
        list(model(server, timeout=0.4).write(MESSAGES))
    assert failed.value.fault is Fault.TIMED_OUT


def test_nobody_there() -> None:
    gone = Server()
    gone.close()
    with pytest.raises(WriterFailed) as failed:
        list(model(gone).write(MESSAGES))
    assert failed.value.fault is Fault.UNREACHABLE


def test_the_key_is_not_shown(server: Server) -> None:
    assert "secret-key" not in repr(model(server))
