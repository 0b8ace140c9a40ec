"""The service over a real catalog and index, with a stand-in for the model."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.library import Library
from api.output import to_json
from api.requests import question
from api.settings import Settings
from ingest.reading import Hints
from tests.api.conftest import ADDRESS
from tests.api.fake_embedder import open_fake

SEEDS = Path(__file__).parents[2] / "corpus" / "documents"
SEED_2021 = SEEDS / "000_5a4ffe0494ebd202.txt"
SEED_2012 = SEEDS / "002_7bb5ada4633d9ee4.txt"


@pytest.fixture
def service(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A service that starts over nothing at all."""
    monkeypatch.setattr("index.embedders.open_embedder", open_fake)
    with TestClient(create_app(settings), base_url=ADDRESS) as client:
        yield client


def _upload(service: TestClient, file: Path, name: str | None = None) -> int:
    answer = service.post("/v1/documents", files={"file": (name or file.name, file.read_bytes())})
    assert answer.status_code == 201
    (taken,) = answer.json()["files"][0]["documents"]
    number: int = taken["id"]
    return number


def _years(service: TestClient, query: str) -> set[int]:
    hits = service.get("/v1/search", params={"q": query}).json()["hits"]
    return {hit["document"]["year"] for hit in hits}


def test_a_fresh_service_is_empty_and_ready(service: TestClient) -> None:
    service.app.state.service.warmed.wait(20)  # type: ignore[attr-defined]
    assert service.get("/readyz").json() == {"status": "ready"}
    empty = {"documents": [], "start": 0, "length": 100, "total": 0}
    assert service.get("/v1/documents").json() == empty
    assert service.get("/v1/search", params={"q": "公文"}).json()["hits"] == []
    assert service.post("/v1/ask", json={"question": "公文办结率是多少"}).json()["abstained"] is True
    assert "目标库里还没有文档" in service.get("/").text


def test_what_is_uploaded_is_found_and_what_is_removed_is_not(service: TestClient) -> None:
    number = _upload(service, SEED_2021)
    assert _years(service, "公文办结率") == {2021}
    again = service.post("/v1/documents", files={"file": (SEED_2021.name, SEED_2021.read_bytes())})
    assert (again.status_code, again.json()["unchanged"]) == (200, 1)
    assert service.delete(f"/v1/documents/{number}").status_code == 200
    assert service.get(f"/v1/documents/{number}").status_code == 404
    assert _years(service, "公文办结率") == set()


def test_another_upload_of_the_same_name_takes_its_place(service: TestClient) -> None:
    _upload(service, SEED_2021, "目标.txt")
    answer = service.post("/v1/documents", files={"file": ("目标.txt", SEED_2012.read_bytes())})
    assert (answer.status_code, answer.json()["replaced"]) == (200, 1)
    assert _years(service, "公文办结率") == {2012}


def test_what_another_process_changes_is_seen_without_a_restart(
    service: TestClient, settings: Settings
) -> None:
    assert _years(service, "公文办结率") == set()
    with Library(settings) as other:
        other.ingest([SEED_2012], Hints(), lambda _: None)
        assert _years(service, "公文办结率") == {2012}
        other.ingest([SEED_2021], Hints(), lambda _: None)
        assert _years(service, "公文办结率") == {2012, 2021}
        assert '<option value="2021">' in service.get("/").text
        other.remove_named(SEED_2012.name)
        assert _years(service, "公文办结率") == {2021}


def test_a_catalog_that_was_embedded_anew_is_refused_not_searched(
    service: TestClient, settings: Settings
) -> None:
    _upload(service, SEED_2021)
    with Library(Settings(settings.folder, settings.catalog, settings.models, model="other")) as other:
        other.reembed(lambda _: None)
    answer = service.get("/v1/search", params={"q": "公文"})
    assert (answer.status_code, answer.json()["code"]) == (503, "model-mismatch")


def test_many_at_once_get_the_same(service: TestClient) -> None:
    _upload(service, SEED_2021)
    _upload(service, SEED_2012)
    queries = ["公文办结率", "新闻发布会", "营商环境", "会议"]
    alone = {query: service.get("/v1/search", params={"q": query}).json() for query in queries}
    with ThreadPoolExecutor(8) as pool:
        for query, answer in zip(
            queries * 8,
            pool.map(lambda query: service.get("/v1/search", params={"q": query}).json(), queries * 8),
            strict=True,
        ):
            assert answer == alone[query]


def test_the_command_line_and_the_service_write_the_same(service: TestClient, settings: Settings) -> None:
    _upload(service, SEED_2021)
    _upload(service, SEED_2012)
    with Library(settings) as library:
        request = question("公文办结率")
        pairs = {
            "/v1/search": library.search(request),
            "/v1/benchmarks": library.benchmarks(request),
            "/v1/bases": library.bases(request),
            "/v1/trends": library.trend(request),
        }
        for address, answer in pairs.items():
            assert service.get(address, params={"q": "公文办结率"}).json() == json.loads(to_json(answer))
        asked = service.post("/v1/ask", json={"question": "公文办结率"}).json()
        assert asked == json.loads(to_json(library.ask(request)))


def test_no_contact_leaves_the_catalog(service: TestClient, settings: Settings) -> None:
    number = _upload(service, SEED_2021)
    text = SEED_2021.read_text("utf-8")
    header = next(line for line in text.splitlines() if "联系电话" in line)
    secrets = [part.partition("：")[2] for part in header.split() if "联系" in part or "负责人" in part]
    assert len(secrets) == 3
    addresses = [f"/v1/documents/{number}", f"/documents/{number}", "/v1/documents", "/documents"]
    addresses += [f"/v1/search?q={secret}" for secret in secrets]
    for address in addresses:
        shown = service.get(address).json() if address.startswith("/v1") else service.get(address).text
        hits = json.dumps(shown.get("hits", shown), ensure_ascii=False) if isinstance(shown, dict) else shown
        for secret in secrets:
            assert secret not in hits
    logs = [file.read_text("utf-8") for file in settings.logs.glob("*")] if settings.logs.exists() else []
    assert not any(secret in log for secret in secrets for log in logs)
