from __future__ import annotations

import socket
from dataclasses import replace
from pathlib import Path

import pytest

from api.commands.serving import listening_socket
from api.settings import Settings
from corpus.errors import WrongUse


def test_answers_go_out_at_once(tmp_path: Path) -> None:
    settings = replace(Settings.of_folder(tmp_path), port=0)
    with listening_socket(settings) as listening, socket.create_connection(listening.getsockname()):
        accepted, _ = listening.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 1


def test_a_port_in_use_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings = replace(Settings.of_folder(tmp_path), port=taken.getsockname()[1])
        with pytest.raises(WrongUse, match=rf"127\.0\.0\.1:{settings.port} 提供服务.*--port"):
            listening_socket(settings)
