"""Lists a stretch at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.library import Library
from api.paging import stretches
from api.settings import Settings
from ingest.reading import Hints
from tests.api.conftest import ADDRESS
from tests.api.fake_embedder import open_fake
from tests.api.live import SEED_2012, SEED_2021


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    settings = Settings.of_folder(tmp_path_factory.mktemp("lists"))
    with pytest.MonkeyPatch.context() as patch, Library(settings, create=True) as library:
        patch.setattr("index.embedders.open_embedder", open_fake)
        library.ingest((SEED_2021, SEED_2012), Hints(), lambda _: None)
        with TestClient(create_app(settings, library), base_url=ADDRESS) as client:
            yield client


def _links(service: TestClient, address: str) -> dict[str, str]:
    header = service.get(address).headers["link"]
    return {relation: unquote(target) for target, relation in re.findall('<([^>]*)>; rel="([a-z]+)"', header)}


def test_following_next_gives_everything_once(service: TestClient) -> None:
    whole = [item["id"] for item in service.get("/v1/documents/1").json()["items"]]
    address: str | None = "/v1/documents/1/items?length=5"
    found = []
    while address:
        page = service.get(address).json()
        assert (page["length"], page["total"], page["document"]["id"]) == (5, 12, 1)
        found += [item["id"] for item in page["items"]]
        address = _links(service, address).get("next")
    assert found == whole


def test_the_neighbours_of_a_stretch(service: TestClient) -> None:
    assert _links(service, "/v1/documents?start=1&length=1") == {
        "first": "/v1/documents?length=1&start=0",
        "prev": "/v1/documents?length=1&start=0",
    }
    assert service.get("/v1/documents?start=9").json() == {
        "documents": [], "start": 9, "length": 100, "total": 2,
    }  # fmt: skip
    assert stretches(0, 5, 12) == {"first": 0, "next": 5, "last": 10}
    assert stretches(5, 5, 10) == {"first": 0, "prev": 0}
    assert stretches(3, 5, 12) == {"first": 0, "prev": 0, "next": 8, "last": 8}
    assert stretches(0, 5, 0) == {"first": 0}


@pytest.mark.parametrize("query", ["会议", "公文办结率", "2012年政府信息公开", "优化营商环境"])
def test_hits_are_the_same_in_stretches_and_at_once(service: TestClient, query: str) -> None:
    whole = [hit["item_id"] for hit in service.get("/v1/search", params={"q": query, "k": 9}).json()["hits"]]
    address: str | None = f"/v1/search?q={query}&k=3"
    found: list[int] = []
    while address and len(found) < len(whole):
        found += [hit["item_id"] for hit in service.get(address).json()["hits"]]
        address = _links(service, address).get("next")
    assert found == whole


def test_what_cannot_be_a_stretch(service: TestClient) -> None:
    for address in ("/v1/documents?start=-1", "/v1/documents?length=0", "/v1/documents/1/items?length=1001"):
        assert service.get(address).json()["code"] == "invalid-request"
    beyond = service.get("/v1/search?q=会议&k=10&start=95").json()
    assert (beyond["code"], beyond["detail"].partition("；")[0]) == (
        "wrong-use",
        "start 与 k 之和是 105，超过 100",
    )
    assert "next" not in _links(service, "/v1/search?q=会议&k=10&start=90")


def test_one_item(service: TestClient) -> None:
    found = service.get("/v1/items/1").json()
    assert (found["document"]["id"], found["item"]["name"]) == (1, "提升公文处理质效")
    missing = service.get("/v1/items/999")
    assert (missing.status_code, missing.json()["code"]) == (404, "item-not-found")
    assert service.get("/v1/documents/99/items").json()["code"] == "document-not-found"
    assert service.get("/v1/items/0").json()["code"] == "invalid-request"
