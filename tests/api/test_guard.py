from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from httpx2 import Response
from starlette.datastructures import Headers
from starlette.testclient import TestClient

from api.app import create_app
from api.guard import SECURITY_HEADERS, host_name, is_cross_site
from api.settings import Settings
from tests.api.conftest import ADDRESS
from tests.api.stub import StubLibrary

EVERYWHERE = [
    "/",
    "/v1/search?q=x",
    "/v1/nowhere",
    "/nowhere",
    "/static/page.css",
    "/openapi.json",
    "/healthz",
]


@pytest.mark.parametrize("address", EVERYWHERE)
def test_every_response_carries_the_security_headers(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    for name, value in SECURITY_HEADERS.items():
        assert headers[name] == value
    assert "unsafe" not in headers["content-security-policy"]


def test_a_mistake_of_ours_is_one_sentence_and_recorded_without_its_words(
    client: TestClient, settings: Settings
) -> None:
    answer = client.get("/v1/search", params={"q": "崩溃"})
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "internal-error"
    assert "Traceback" not in answer.text
    recorded = (settings.logs / "errors.log").read_text("utf-8")
    assert "RuntimeError" in recorded
    assert "85910000" not in recorded
    page = client.get("/", params={"q": "崩溃"})
    assert page.status_code == 500
    assert page.headers["content-type"].startswith("text/html")


def test_another_name_for_the_local_service_is_refused(client: TestClient) -> None:
    answer = client.get("/v1/documents", headers={"host": "evil.example:8000"})
    assert (answer.status_code, answer.json()["code"]) == (421, "unknown-host")
    assert client.get("/v1/documents", headers={"host": "LOCALHOST:8000"}).status_code == 200


def test_a_service_for_others_answers_to_any_name(settings: Settings, stub: StubLibrary) -> None:
    app = create_app(replace(settings, host="0.0.0.0"), stub)
    with TestClient(app, base_url="http://oa.example") as client:
        assert client.get("/v1/documents").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
    ],
)
def test_pages_of_other_sites_can_change_nothing(
    client: TestClient, stub: StubLibrary, headers: dict[str, str]
) -> None:
    answer = client.post("/v1/documents", files={"file": ("a.txt", b"x")}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "cross-site-request")
    assert client.post("/documents/7/remove", headers=headers).status_code == 403
    assert client.delete("/v1/documents/7", headers=headers).status_code == 403
    assert (stub.uploads, stub.removed) == ([], [])


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "same-origin"}, {"origin": ADDRESS}, {}])
def test_our_own_pages_and_programs_can(client: TestClient, headers: dict[str, str]) -> None:
    assert client.delete("/v1/documents/7", headers=headers).status_code == 200


def test_reading_is_open_to_links_from_anywhere() -> None:
    assert not is_cross_site("GET", Headers({"sec-fetch-site": "cross-site"}))


def test_host_names() -> None:
    assert [host_name(host) for host in ("A.b:80", "[::1]:8000", "", "x")] == ["a.b", "[::1]", "", "x"]


def test_a_body_that_does_not_announce_its_length_is_counted(client: TestClient) -> None:
    def pieces() -> Iterator[bytes]:
        yield b'{"question": "'
        for _ in range(20):
            yield b"x" * 65536
        yield b'"}'

    answer = client.post("/v1/ask", content=pieces(), headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (413, "upload-too-large")


OFFICE = "https://oa.example"


@pytest.fixture
def open_to_office(settings: Settings, stub: StubLibrary) -> Iterator[TestClient]:
    app = create_app(replace(settings, cors_origins=(OFFICE, "http://localhost:3000")), stub)
    with TestClient(app, base_url=ADDRESS, raise_server_exceptions=False) as client:
        yield client


def _from(origin: str) -> dict[str, str]:
    return {"origin": origin, "sec-fetch-site": "cross-site"}


def _preflight(client: TestClient, origin: str, method: str = "POST") -> Response:
    asked = {
        "origin": origin,
        "access-control-request-method": method,
        "access-control-request-headers": "content-type, if-none-match",
        "access-control-request-private-network": "true",
    }
    return client.options("/v1/lookup", headers=asked)


def test_pages_of_allowed_sites_may_ask_beforehand_and_then_do(
    open_to_office: TestClient, stub: StubLibrary
) -> None:
    beforehand = _preflight(open_to_office, OFFICE)
    assert beforehand.status_code == 200
    assert beforehand.headers["access-control-allow-origin"] == OFFICE
    assert "DELETE" in beforehand.headers["access-control-allow-methods"]
    assert "if-none-match" in beforehand.headers["access-control-allow-headers"]
    assert beforehand.headers["access-control-allow-private-network"] == "true"
    assert "access-control-allow-credentials" not in beforehand.headers
    done = open_to_office.delete(
        "/v1/documents/7", headers={"origin": OFFICE, "sec-fetch-site": "cross-site"}
    )
    assert (done.status_code, stub.removed) == (200, [7])
    assert done.headers["access-control-allow-origin"] == OFFICE
    assert {"ETag", "Link", "Location"} <= set(done.headers["access-control-expose-headers"].split(", "))


@pytest.mark.parametrize(
    "origin",
    [
        "http://oa.example",
        "https://oa.example:444",
        "https://oa.example.evil.example",
        "https://x.oa.example",
        "null",
    ],
)
def test_no_other_site_may(open_to_office: TestClient, stub: StubLibrary, origin: str) -> None:
    beforehand = _preflight(open_to_office, origin)
    assert (beforehand.status_code, beforehand.json()["code"]) == (403, "cross-site-request")
    assert "access-control-allow-origin" not in beforehand.headers
    done = open_to_office.delete(
        "/v1/documents/7", headers={"origin": origin, "sec-fetch-site": "cross-site"}
    )
    assert (done.status_code, stub.removed) == (403, [])
    seen = open_to_office.get("/v1/documents", headers={"origin": origin})
    assert seen.status_code == 200
    assert "access-control-allow-origin" not in seen.headers
    assert "origin" in seen.headers["vary"].lower()


def test_allowed_sites_can_read_refusals_and_mistakes(open_to_office: TestClient) -> None:
    headers = {"origin": OFFICE}
    long = open_to_office.post("/v1/ask", content=b"x" * 2**21, headers=headers)
    assert (long.status_code, long.headers["access-control-allow-origin"]) == (413, OFFICE)
    broken = open_to_office.get("/v1/search", params={"q": "崩溃"}, headers=headers)
    assert (broken.status_code, broken.headers["access-control-allow-origin"]) == (500, OFFICE)
    unknown = open_to_office.get("/v1/documents", headers={**headers, "host": "evil.example"})
    assert (unknown.status_code, "access-control-allow-origin" in unknown.headers) == (421, False)


def test_by_default_no_site_is_allowed(client: TestClient) -> None:
    assert _preflight(client, OFFICE).status_code == 403
    assert (
        "access-control-allow-origin" not in client.get("/v1/documents", headers={"origin": OFFICE}).headers
    )
    assert client.get("/v1/documents", headers={"origin": "null"}).status_code == 200
