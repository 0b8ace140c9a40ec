from __future__ import annotations

import pytest
from starlette.testclient import TestClient

ALLOWED = {
    "/v1/search": "GET, HEAD, OPTIONS",
    "/v1/ask": "POST, OPTIONS",
    "/v1/documents": "GET, HEAD, POST, OPTIONS",
    "/healthz": "GET, HEAD, OPTIONS",
    "/openapi.json": "GET, HEAD, OPTIONS",
    "/": "GET, HEAD, OPTIONS",
    "/static/page.css": "GET, HEAD, OPTIONS",
}


@pytest.mark.parametrize("path", ALLOWED)
def test_options_and_refused_methods_name_all_that_is_allowed(client: TestClient, path: str) -> None:
    asked = client.options(path)
    assert (asked.status_code, asked.content, asked.headers["allow"]) == (204, b"", ALLOWED[path])
    refused = client.put(path)
    assert (refused.status_code, refused.headers["allow"]) == (405, ALLOWED[path])


def test_a_refused_method_is_a_problem(client: TestClient) -> None:
    refused = client.delete("/v1/search")
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["detail"] == "/v1/search 不支持 DELETE 方法；支持的方法见响应头 Allow。"


@pytest.mark.parametrize("path", ["/v1/search?q=会议", "/v1/documents", "/healthz", "/", "/openapi.json"])
def test_head_is_get_without_the_body(client: TestClient, path: str) -> None:
    headers = {"accept-encoding": "identity"}
    whole, head = client.get(path, headers=headers), client.head(path, headers=headers)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(whole.content))
    assert head.headers["content-type"] == whole.headers["content-type"]


def test_head_where_there_is_no_get(client: TestClient) -> None:
    head = client.head("/v1/ask")
    assert (head.status_code, head.headers["allow"]) == (405, "POST, OPTIONS")
    assert client.head("/v1/nowhere").status_code == 404
    assert client.options("/v1/nowhere").status_code == 404
