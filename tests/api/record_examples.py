"""Record the examples of the API's description: `python -m tests.api.record_examples`.

Asks a service over the sample documents, without a model, and shortens what it says. Run it when an
operation is new or its answer has another shape; `tests/api/test_openapi.py` says when.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from api.app import create_app
from api.library import Library
from api.openapi import EXAMPLES
from api.settings import Settings
from ingest.reading import Hints
from tests.api.fake_embedder import open_fake
from tests.api.live import SEED_2012, SEED_2021

LONGEST_TEXT = 60
JSON, FORM, EVENTS = "application/json", "multipart/form-data", "text/event-stream"
DRAFT_NAME = "2022年业务目标.txt"
DRAFT_TEXT = (
    "2022年度市直单位业务目标\n\n单位名称：市政府办公厅\n\n\t类别\n\t序号\n\t目标名称\n\t目标内容\n\n"
    "\t重点目标\n\t1\n\t提升公文处理质效\n\t全年请示报告类公文办结率达到90%以上。\n"
)
WRITTEN = {
    "unit": "市政府办公厅",
    "year": 2022,
    "items": [{"category": "重点目标", "name": "提升公文处理质效", "content": "公文办结率达到90%以上。"}],
}
SENTENCE = "全年请示报告类公文办结率达到90%以上。"


@dataclass(frozen=True)
class Call:
    """One question to one operation; `path` is filled with `places`."""

    name: str
    method: str
    path: str
    query: Mapping[str, Any] = field(default_factory=dict)
    places: Mapping[str, Any] = field(default_factory=dict)
    body: Any = None
    file: bool = False
    form: Mapping[str, str] = field(default_factory=dict)


CALLS = (
    Call("healthz", "GET", "/healthz"),
    Call("readyz", "GET", "/readyz"),
    Call("search", "GET", "/v1/search", {"q": "公文办结率", "k": 1, "year": 2021, "facets": True}),
    Call("ask", "POST", "/v1/ask", body={"question": "2021年公文办结率目标是多少"}),
    Call("ask_stream", "POST", "/v1/ask/stream", body={"question": "2021年公文办结率目标是多少"}),
    Call("benchmarks", "GET", "/v1/benchmarks", {"q": "会议", "own_city": "青岛市"}),
    Call("benchmarks_chart", "GET", "/v1/benchmarks.svg", {"q": "公文办结率"}),
    Call("bases", "GET", "/v1/bases", {"q": "公文"}),
    Call("items_of_basis", "GET", "/v1/bases/items", {"basis": "青岛市实施《国家行政机关公文处理办法》细则"}),
    Call("trends", "GET", "/v1/trends", {"q": "公文办结率"}),
    Call("trends_chart", "GET", "/v1/trends.svg", {"q": "公文办结率"}),
    Call("carryover", "GET", "/v1/carryover", {"unit": "市政府办公厅", "year": 2021}),
    Call("compare", "GET", "/v1/compare", {"items": [1, 13]}),
    Call("item", "GET", "/v1/items/{item_id}", places={"item_id": 1}),
    Call("item_history", "GET", "/v1/items/{item_id}/history", places={"item_id": 1}),
    Call("item_history_chart", "GET", "/v1/items/{item_id}/history.svg", places={"item_id": 1}),
    Call("check", "POST", "/v1/check", body={"text": SENTENCE, "unit": "市政府办公厅", "year": 2022}),
    Call("check", "POST", "/v1/check", file=True, form={"unit": "市政府办公厅"}),
    Call(
        "lookup", "POST", "/v1/lookup", body={"text": SENTENCE, "unit": "市政府办公厅", "year": 2022, "k": 1}
    ),
    Call("insertion", "POST", "/v1/insertions", body={"item_id": 1, "start": 0, "end": 20, "sentence": True}),
    Call("draft", "POST", "/v1/draft", body={"topics": ["公文办结率"], "unit": "市政府办公厅", "year": 2022}),
    Call("parse_draft", "POST", "/v1/draft/parse", file=True),
    Call("check_draft", "POST", "/v1/draft/check", body=WRITTEN),
    Call("export_draft", "POST", "/v1/draft/export", {"format": "txt"}, body=WRITTEN),
    Call("documents", "GET", "/v1/documents", {"length": 1}),
    Call("upload", "POST", "/v1/documents", file=True, form={"city": "青岛市"}),
    Call("upload", "POST", "/v1/documents", file=True, form={"city": "青岛市"}),
    Call("document", "GET", "/v1/documents/{document_id}", places={"document_id": 1}),
    Call("document_items", "GET", "/v1/documents/{document_id}/items", {"length": 1}, {"document_id": 1}),
    Call(
        "correct_document",
        "PATCH",
        "/v1/documents/{document_id}",
        places={"document_id": 3},
        body={"year": 2023},
    ),
    Call("remove", "DELETE", "/v1/documents/{document_id}", places={"document_id": 3}),
    Call("removed", "GET", "/v1/removed"),
    Call("restore", "POST", "/v1/documents/{document_id}/restore", places={"document_id": 3}),
    Call("vocabulary", "GET", "/v1/vocabulary"),
    Call("status", "GET", "/v1/status"),
    Call("doctor", "GET", "/v1/doctor"),
    Call("ingest", "POST", "/v1/ingests", file=True, form={"city": "青岛市"}),
)


def shortened(value: Any) -> Any:
    """Return a value of the same shape with one element a list and no long text."""
    if isinstance(value, dict):
        return {key: shortened(one) for key, one in value.items()}
    if isinstance(value, list):
        return [shortened(one) for one in value[:1]]
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        return value[:LONGEST_TEXT] + "…"
    return value


def _shortened_events(text: str) -> str:
    """Return a stream with what each event holds shortened."""
    lines = []
    for line in text.split("\n"):
        name, _, value = line.partition("data: ")
        short = json.dumps(shortened(json.loads(value)), ensure_ascii=False) if value and not name else None
        lines.append(f"data: {short}" if short else line)
    return "\n".join(lines)


def _asked(client: TestClient, call: Call) -> Response:
    sent: dict[str, Any] = {"files": {"file": (DRAFT_NAME, DRAFT_TEXT.encode())}} if call.file else {}
    sent |= {"data": dict(call.form)} if call.form else {}
    sent |= {"json": call.body} if call.body is not None else {}
    path = call.path.format(**call.places)
    response = client.request(call.method, path, params=dict(call.query), **sent)
    response.raise_for_status()
    return response


def _answered(response: Response) -> tuple[str, Any]:
    media_type = response.headers["content-type"].partition(";")[0]
    if media_type == JSON:
        return JSON, shortened(response.json())
    if media_type == EVENTS:
        return EVENTS, _shortened_events(response.text)
    if media_type == "image/svg+xml":
        return media_type, '<svg xmlns="http://www.w3.org/2000/svg" …>…</svg>'
    return response.headers["content-type"], shortened(response.text)


def _noted(recorded: dict[str, Any], call: Call, response: Response) -> None:
    entry = recorded.setdefault(call.name, {"responses": {}})
    if call.query or call.places:
        entry.setdefault("parameters", {}).update({**call.query, **call.places})
    if call.body is not None:
        entry.setdefault("request", {})[JSON] = call.body
    if call.file:
        file: Any = "（文件的内容）"
        entry.setdefault("request", {})[FORM] = {
            "file": [file] if call.name == "ingest" else file,
            **call.form,
        }
    media_type, answer = _answered(response)
    entry["responses"].setdefault(str(response.status_code), {}).setdefault(media_type, answer)


def _following(client: TestClient, recorded: dict[str, Any]) -> None:
    """Ask what needs the answer to something asked before."""
    mark = recorded["insertion"]["responses"]["200"][JSON]["citation"]["mark"]
    verify = Call("verify_citations", "POST", "/v1/citations/verify", body={"marks": [mark]})
    job = recorded["ingest"]["responses"]["202"][JSON]["id"]
    events = Call("ingest_events", "GET", "/v1/ingests/{job_id}/events", places={"job_id": job})
    state = Call("ingest_state", "GET", "/v1/ingests/{job_id}", places={"job_id": job})
    number = client.get("/v1/documents/2/items").json()["items"][0]["id"]
    category = {"category": "工作目标"}
    correct = Call("correct_item", "PATCH", "/v1/items/{item_id}", places={"item_id": number}, body=category)
    for call in (verify, events, state, correct):
        _noted(recorded, call, _asked(client, call))


def _service(folder: Path) -> Iterator[TestClient]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.embedders.open_embedder", open_fake)
        with Library(Settings.of_folder(folder), create=True) as library:
            library.ingest((SEED_2021, SEED_2012), Hints(), lambda _: None)
            with TestClient(
                create_app(library.settings, library), base_url="http://127.0.0.1:8000"
            ) as client:
                client.app.state.service.warmed.wait(20)  # type: ignore[attr-defined]
                yield client


def record(folder: Path) -> dict[str, Any]:
    """Return the examples of every operation, asked over a new catalog in `folder`."""
    recorded: dict[str, Any] = {}
    for client in _service(folder):
        for call in CALLS:
            _noted(recorded, call, _asked(client, call))
        _following(client, recorded)
    return recorded


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        text = json.dumps(record(Path(made)), ensure_ascii=False, indent=1) + "\n"
    text = text.replace(made, "/srv/duibiao")
    text = re.sub(r"20\d\d-\d\d-\d\dT[\d:.]+(?:\+00:00|Z)", "2026-01-05T08:00:00+00:00", text)
    text = text.replace(json.loads(text)["ingest"]["responses"]["202"][JSON]["id"], "0123456789abcdef")
    EXAMPLES.write_text(text, "utf-8")
