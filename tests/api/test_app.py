from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from corpus.errors import ModelMissing
from tests.api.conftest import ADDRESS
from tests.api.stub import StubLibrary


@pytest.mark.parametrize("address", ["/v1/nowhere", "/v1", "/v1/search/", "/static/nothing.css"])
def test_an_address_that_is_not_there(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "not-found"
    assert address in answer.json()["detail"]


def test_a_page_that_is_not_there_is_a_page(client: TestClient) -> None:
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert "没有 /nowhere 这个地址" in answer.text


def test_a_method_that_is_not_allowed(client: TestClient) -> None:
    answer = client.put("/v1/search")
    assert (answer.status_code, answer.json()["code"]) == (405, "method-not-allowed")
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


def test_braces_in_an_address_do_no_harm(client: TestClient) -> None:
    assert client.get("/v1/{0.__class__}").status_code == 404


def test_openapi_is_chinese_and_every_answer_is_typed(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    for operations in paths.values():
        for operation in operations.values():
            assert any("\u4e00" <= character <= "\u9fff" for character in operation["summary"])
            for status, told in operation["responses"].items():
                answered = told.get("content", {}) if status.startswith("2") else {}
                assert "application/json" not in answered or "$ref" in answered["application/json"]["schema"]


def test_openapi_names_the_shape_of_problems(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    response = described["paths"]["/v1/search"]["get"]["responses"]["422"]
    reference = response["content"]["application/problem+json"]["schema"]["$ref"]
    assert reference.rpartition("/")[2] in described["components"]["schemas"]


def test_no_page_of_the_framework_that_would_load_from_elsewhere(client: TestClient) -> None:
    assert client.get("/docs").status_code == 404
    assert client.get("/redoc").status_code == 404


def test_alive_and_ready(settings: Settings, stub: StubLibrary) -> None:
    with TestClient(create_app(replace(settings), stub), base_url=ADDRESS) as client:
        assert client.get("/healthz").json() == {"status": "ok"}


class _Slow(StubLibrary):
    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.loaded = threading.Event()

    def warm(self) -> None:
        self.loaded.wait(10)


class _WithoutModel(StubLibrary):
    def warm(self) -> None:
        raise ModelMissing("模型还没有准备好；请运行 duibiao prepare。")


def test_not_ready_while_the_model_is_loading(settings: Settings) -> None:
    library = _Slow(settings)
    with TestClient(create_app(settings, library), base_url=ADDRESS) as client:
        answer = client.get("/readyz")
        assert (answer.status_code, answer.json()["code"]) == (503, "not-ready")
        assert client.get("/healthz").status_code == 200
        library.loaded.set()


def test_not_ready_without_a_model_and_the_way_out_is_told(settings: Settings) -> None:
    with TestClient(create_app(settings, _WithoutModel(settings)), base_url=ADDRESS) as client:
        client.app.state.service.warmed.wait(5)  # type: ignore[attr-defined]
        answer = client.get("/readyz")
        assert (answer.status_code, answer.json()["code"]) == (503, "model-missing")
        assert "duibiao prepare" in answer.json()["detail"]
