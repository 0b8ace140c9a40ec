from __future__ import annotations

from html.parser import HTMLParser

from starlette.testclient import TestClient

from api.openapi import OPERATION_IDS
from api.web.described import described


def test_everything_of_the_description_is_shown(client: TestClient) -> None:
    shown = described(client.get("/openapi.json").json())
    operations = {one.name: one for group in shown.groups for one in group.operations}
    assert set(operations) == set(OPERATION_IDS.values())
    search = operations["search"]
    assert (search.method, search.path, search.answers[0].status) == ("GET", "/v1/search", "200")
    (q,) = [one for one in search.parameters if one.name == "q"]
    assert (q.place, q.required, q.example) == ("参数", True, "公文办结率")
    assert '"item_id": 1' in search.answers[0].bodies[0].example
    assert ("invalid-request", 422) in [(one.code, one.status) for one in search.failures]
    assert len(shown.points) == 6
    assert operations["ask_stream"].answers[0].bodies[0].example.startswith("event: answer\n")
    assert operations["healthz"].parameters == ()


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.anchors: set[str] = set()
        self.targets: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag in {"script", "img", "link"}:
            self.loaded.append(found.get("src") or found.get("href") or "inline")
        if found.get("id"):
            self.anchors.add(found["id"] or "")
        if (found.get("href") or "").startswith("#"):
            self.targets.add((found["href"] or "")[1:])


def test_the_page_needs_nothing_from_elsewhere(client: TestClient) -> None:
    answer = client.get("/api")
    assert answer.status_code == 200
    page = _Page()
    page.feed(answer.text)
    assert all(one.startswith("/static/") for one in page.loaded)
    assert set(OPERATION_IDS.values()) <= page.targets <= page.anchors
    assert "document-not-found" in answer.text
    assert client.head("/api").status_code == 200
