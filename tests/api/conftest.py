from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import MEBIBYTE, Settings
from tests.api.stub import StubLibrary

ADDRESS = "http://127.0.0.1:8000"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return replace(Settings.of_folder(tmp_path), max_upload=MEBIBYTE)


@pytest.fixture
def stub(settings: Settings) -> StubLibrary:
    return StubLibrary(settings)


@pytest.fixture
def client(settings: Settings, stub: StubLibrary) -> Iterator[TestClient]:
    with TestClient(create_app(settings, stub), base_url=ADDRESS, follow_redirects=False) as client:
        yield client
