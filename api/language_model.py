"""A language model behind an OpenAI-compatible address: the only thing in this program that asks one.

Nothing but the messages given is sent, no redirect is followed, no proxy of the environment is used, and
all of it ends at one deadline however slowly the other side writes. The key is in no message and no log.
"""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from urllib.parse import urlsplit

from search.writing.writer import Fault, Message, WriterFailed

_LONGEST_LINE = 64 * 1024
_LONGEST_ANSWER = 512 * 1024
_MOST_TOKENS = 1200
_OK = 200


class LanguageModel:
    """Answers of one model, in pieces as they are written."""

    def __init__(self, url: str, model: str, key: str | None, timeout: float) -> None:
        self.model = model
        self._parts = urlsplit(url)
        self._path = _path_of(self._parts.path, self._parts.query)
        self._key = key
        self._timeout = timeout

    def __repr__(self) -> str:
        return f"LanguageModel({self._parts.hostname!r}, {self.model!r})"

    def write(self, messages: tuple[Message, ...]) -> Iterator[str]:
        """Yield the answer piece by piece. Raise WriterFailed, also after some pieces."""
        expired = threading.Event()
        kind = HTTPSConnection if self._parts.scheme == "https" else HTTPConnection
        with closing(kind(self._parts.hostname or "", self._parts.port, timeout=self._timeout)) as connection:
            try:
                connection.connect()
                timer = _deadline(connection.sock, self._timeout, expired)
                try:
                    with closing(self._asked(connection, messages)) as response:
                        yield from _pieces(response)
                finally:
                    timer.cancel()
            except TimeoutError as error:
                raise WriterFailed(Fault.TIMED_OUT) from error
            except (OSError, HTTPException) as error:
                fault = Fault.TIMED_OUT if expired.is_set() else Fault.UNREACHABLE
                raise WriterFailed(fault, type(error).__name__) from error
            except WriterFailed as failed:
                if expired.is_set():
                    raise WriterFailed(Fault.TIMED_OUT) from failed
                raise

    def _asked(self, connection: HTTPConnection, messages: tuple[Message, ...]) -> HTTPResponse:
        body = {
            "model": self.model,
            "messages": [{"role": one.role, "content": one.content} for one in messages],
            "stream": True,
            "temperature": 0,
            "max_tokens": _MOST_TOKENS,
        }
        headers = {"Content-Type": "application/json", "Accept": "text/event-stream"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        connection.request("POST", self._path, json.dumps(body).encode(), headers)
        response = connection.getresponse()
        if response.status != _OK:
            response.close()
            raise WriterFailed(Fault.REFUSED, str(response.status))
        return response


def _path_of(path: str, query: str) -> str:
    """Return the path of the chat completions below a base address; a full one stays."""
    whole = path.rstrip("/")
    if not whole.endswith("/chat/completions"):
        whole += "/chat/completions"
    return f"{whole}?{query}" if query else whole


def _deadline(connected: socket.socket, timeout: float, expired: threading.Event) -> threading.Timer:
    """Start what ends the conversation at its deadline: a read that waits fails then."""

    def end() -> None:
        expired.set()
        with suppress(OSError):
            connected.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(timeout, end)
    timer.daemon = True
    timer.start()
    return timer


def _pieces(response: HTTPResponse) -> Iterator[str]:
    """Yield what a response says, whether it comes in events or, from a server without them, whole."""
    if "json" in (response.getheader("Content-Type") or "").lower():
        yield _whole_answer(response.read(_LONGEST_ANSWER + 1))
        return
    read, began = 0, False
    while line := response.readline(_LONGEST_LINE):
        read += len(line)
        if read > _LONGEST_ANSWER:
            raise WriterFailed(Fault.GARBLED, "too long")
        text = line.decode("utf-8", "replace").strip()
        if not text or text.startswith((":", "event:", "id:", "retry:")):
            continue
        if not text.startswith("data:"):
            raise WriterFailed(Fault.GARBLED, "no event")
        said = text.removeprefix("data:").strip()
        if said == "[DONE]":
            if not began:
                raise WriterFailed(Fault.GARBLED, "nothing said")
            return
        piece, finished = _read_event(said)
        if piece:
            began = True
            yield piece
        if finished:
            return
    raise WriterFailed(Fault.CUT_SHORT if began else Fault.GARBLED)


def _whole_answer(body: bytes) -> str:
    choice = _first_choice(body.decode("utf-8", "replace"))
    message = choice.get("message")
    content = message.get("content") if isinstance(message, dict) else None
    if not isinstance(content, str) or len(body) > _LONGEST_ANSWER:
        raise WriterFailed(Fault.GARBLED, "no content")
    if choice.get("finish_reason") == "length":
        raise WriterFailed(Fault.CUT_SHORT)
    return content


def _read_event(said: str) -> tuple[str, bool]:
    """Return the words of one event and whether it is the last. Raise WriterFailed."""
    choice = _first_choice(said)
    delta = choice.get("delta")
    content = delta.get("content") if isinstance(delta, dict) else None
    if content is not None and not isinstance(content, str):
        raise WriterFailed(Fault.GARBLED, "no content")
    finish = choice.get("finish_reason")
    if finish == "length":
        raise WriterFailed(Fault.CUT_SHORT)
    return content or "", finish is not None


def _first_choice(text: str) -> dict[str, object]:
    try:
        body = json.loads(text)
    except ValueError as error:
        raise WriterFailed(Fault.GARBLED, "no JSON") from error
    choices = body.get("choices") if isinstance(body, dict) else None
    if choices == []:  # usage alone
        return {}
    if not isinstance(choices, list) or not isinstance(choices[0], dict):
        raise WriterFailed(Fault.GARBLED, "no choices")
    return choices[0]
