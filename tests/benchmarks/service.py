"""A service started for a benchmark, and a client that keeps its connection."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode


class Client:
    """Asks one service over one connection."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def get(self, path: str, **parameters: object) -> Any:
        """Return the parsed answer; RuntimeError for any status but 200."""
        given = {name: value for name, value in parameters.items() if value is not None}
        self._connection.request("GET", f"{path}?{urlencode(given)}" if given else path)
        response = self._connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise RuntimeError(f"{response.status}: {body[:300]!r}")
        return json.loads(body)


@contextmanager
def served(catalog: Path, **environment: str) -> Iterator[int]:
    """Serve a catalog until the block ends; yield the port once the first question was answered."""
    port = _free_port()
    command = [sys.executable, "-m", "api.cli", "serve", "--db", str(catalog), "--port", str(port)]
    running = subprocess.Popen(command, env=os.environ | environment, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port, running)
        Client(port).get("/v1/search", q="政务公开")
        yield port
    finally:
        running.terminate()
        running.wait(30)


def _wait_for(port: int, running: subprocess.Popen[bytes]) -> None:
    for _ in range(1200):
        if running.poll() is not None:
            raise RuntimeError(f"the service ended with {running.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the service did not start")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
