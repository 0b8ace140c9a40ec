from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.freshness import FRESH_PATHS, matches
from api.library import Library
from api.settings import Settings
from ingest.reading import Hints
from tests.api.conftest import ADDRESS
from tests.api.fake_embedder import open_fake
from tests.api.live import SEED_2012, SEED_2021

MARKED = [
    "/v1/search?q=公文",
    "/v1/benchmarks?q=会议",
    "/v1/bases?q=公文",
    "/v1/trends?q=公文办结率",
    "/v1/trends.svg?q=公文办结率",
    "/v1/carryover?unit=市政府办公厅&year=2021",
    "/v1/vocabulary",
    "/v1/documents",
    "/v1/documents/1",
    "/v1/documents/1/items",
    "/v1/items/1",
    "/v1/items/1/history",
]


@pytest.fixture
def library(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    monkeypatch.setattr("index.embedders.open_embedder", open_fake)
    with Library(settings, create=True) as library:
        library.ingest([SEED_2021], Hints(), lambda _: None)
        yield library


@pytest.fixture
def service(settings: Settings, library: Library) -> Iterator[TestClient]:
    with TestClient(create_app(settings, library), base_url=ADDRESS) as client:
        yield client


@pytest.mark.parametrize("address", MARKED)
def test_what_a_client_has_is_not_sent_again(service: TestClient, address: str) -> None:
    first = service.get(address)
    tag = first.headers["etag"]
    assert tag.startswith('W/"')
    assert first.headers["cache-control"] == "private, no-cache"
    again = service.get(address, headers={"if-none-match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert "content-length" not in again.headers
    assert service.get(address, headers={"if-none-match": '"other"'}).content == first.content


def test_any_change_of_the_catalog_makes_the_answer_new(service: TestClient, settings: Settings) -> None:
    address = "/v1/search?q=公文办结率"
    first = service.get(address)
    with Library(replace(settings)) as other:
        other.ingest([SEED_2012], Hints(), lambda _: None)
        second = service.get(address, headers={"if-none-match": first.headers["etag"]})
        assert second.status_code == 200
        assert {hit["document"]["year"] for hit in first.json()["hits"]} == {2021}
        assert {hit["document"]["year"] for hit in second.json()["hits"]} == {2012, 2021}
        other.remove_named(SEED_2012.name)
    third = service.get(address, headers={"if-none-match": second.headers["etag"]})
    assert third.json()["hits"] == first.json()["hits"]
    assert len({answer.headers["etag"] for answer in (first, second, third)}) == 3


def test_a_mark_holds_for_one_address_and_one_process(
    service: TestClient, settings: Settings, library: Library
) -> None:
    tags = {service.get(address).headers["etag"] for address in MARKED}
    assert len(tags) == len(MARKED)
    with TestClient(create_app(settings, library), base_url=ADDRESS) as other:
        assert other.get(MARKED[0]).headers["etag"] not in tags


def test_304_needs_no_answer(service: TestClient, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    tag = service.get("/v1/search?q=公文").headers["etag"]
    monkeypatch.setattr(library, "search", None)
    assert service.get("/v1/search?q=公文", headers={"if-none-match": tag}).status_code == 304
    assert service.get("/v1/search?q=公文").status_code == 500


def test_refusals_and_what_does_not_hang_on_the_catalog_have_no_mark(service: TestClient) -> None:
    for address in ("/v1/search", "/v1/documents/999", "/v1/nowhere", "/healthz", "/readyz"):
        answer = service.get(address, headers={"if-none-match": "*"})
        assert "etag" not in answer.headers, address
        assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in service.post("/v1/ask", json={"question": "公文"}).headers


def test_a_star_names_nothing_that_a_client_has(service: TestClient) -> None:
    assert service.get("/v1/documents", headers={"if-none-match": "*"}).status_code == 200
    assert not matches("*", 'W/"a"')
    assert matches('"a"', 'W/"a"')
    assert matches('W/"b", W/"a"', 'W/"a"')
    assert not matches('W/"ab"', 'W/"a"')


def test_without_a_catalog_there_are_no_marks(client: TestClient) -> None:
    assert "etag" not in client.get("/v1/documents").headers


def test_long_answers_are_compressed_and_streams_are_not(service: TestClient) -> None:
    packed = service.get("/v1/documents/1")
    assert packed.headers["content-encoding"] == "gzip"
    plain = service.get("/v1/documents/1", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.json() == packed.json()
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"]) / 2
    assert "accept-encoding" in packed.headers["vary"].lower()
    assert "content-encoding" not in service.get("/healthz").headers
    stream = service.post("/v1/ask/stream", json={"question": "2021年公文办结率目标是多少"})
    assert len(stream.content) > 1024
    assert "content-encoding" not in stream.headers


def test_only_addresses_that_are_there_are_marked(service: TestClient) -> None:
    known = {path for path in service.get("/openapi.json").json()["paths"] if path.startswith("/v1/")}
    numbered = {path.replace("{document_id}", "1").replace("{item_id}", "1") for path in known}
    for address in MARKED:
        assert address.partition("?")[0] in numbered
        assert FRESH_PATHS.fullmatch(address.partition("?")[0])
