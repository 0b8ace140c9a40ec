from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.library import Library
from api.settings import Settings
from ingest.reading import Hints
from tests.api.conftest import ADDRESS
from tests.api.fake_embedder import open_fake

SEEDS = Path(__file__).parents[3] / "corpus" / "documents"
TEXT = "全年公文按期办结率达到94%以上。"
ONLY = {"year": "2022", "only": "vague-words，no-figure"}
WHOSE = {"unit": "市政府办公厅", "year": 2022}


@pytest.fixture
def serving(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """The service over both sample documents."""
    monkeypatch.setattr("index.embedders.open_embedder", open_fake)
    library = Library(settings, create=True)
    library.ingest([SEEDS], Hints(), lambda _: None)
    with TestClient(create_app(settings, library), base_url=ADDRESS) as client:
        yield client


def test_a_text_is_reviewed(serving: TestClient) -> None:
    answer = serving.post("/v1/check", json={"text": TEXT, **WHOSE}).json()
    (finding,) = answer["documents"][0]["findings"]
    assert (finding["rule"], finding["severity"], finding["item"]) == ("figure-worse", "warning", 1)
    assert answer["warnings"] == 1
    off = serving.post("/v1/check", json={"text": TEXT, **WHOSE, "off": ["figure-worse"]}).json()
    assert off["documents"][0]["findings"] == []
    assert "figure-worse" not in off["documents"][0]["rules"]


def test_a_file_is_reviewed_and_not_taken_in(serving: TestClient) -> None:
    before = len(serving.get("/v1/documents").json()["documents"])
    content = next(SEEDS.glob("000*.txt")).read_bytes()
    answer = serving.post(
        "/v1/check",
        files={"file": ("草稿.txt", content)},
        data=ONLY,
    ).json()
    (document,) = answer["documents"]
    assert (document["source"], document["unit"], document["year"]) == ("草稿.txt", "市政府办公厅", 2022)
    assert {one["rule"] for one in document["findings"]} == {"vague-words", "no-figure"}
    assert "85913017" not in str(answer)
    assert len(serving.get("/v1/documents").json()["documents"]) == before


def test_sarif(serving: TestClient) -> None:
    response = serving.post("/v1/check", json={"text": TEXT, **WHOSE, "sarif": True})
    assert response.headers["content-type"].startswith("application/sarif+json")
    assert [one["ruleId"] for one in response.json()["runs"][0]["results"]] == ["figure-worse"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"text": " "}, 422, "wrong-use"),
        ({}, 422, "invalid-request"),
        ([1], 422, "invalid-request"),
        ({"text": TEXT, "year": 12}, 422, "wrong-use"),
        ({"text": TEXT, "off": ["nothing"]}, 422, "wrong-use"),
    ],
)
def test_what_cannot_be_reviewed(client: TestClient, body: object, status: int, code: str) -> None:
    response = client.post("/v1/check", json=body)
    assert (response.status_code, response.json()["code"]) == (status, code)


def test_no_json_and_no_file(client: TestClient) -> None:
    response = client.post("/v1/check", content=b"\xff", headers={"content-type": "application/json"})
    assert (response.status_code, response.json()["code"]) == (400, "bad-request")
    response = client.post("/v1/check", files={"other": ("甲.txt", b"a")})
    assert (response.status_code, response.json()["code"]) == (422, "wrong-use")
    response = client.post("/v1/check", files={"file": ("甲.xyz", b"\x00\x01\x02")})
    assert response.status_code in {415, 422}


def test_lookup_answers_in_one_call(serving: TestClient) -> None:
    answer = serving.post("/v1/lookup", json={"text": TEXT, **WHOSE}).json()
    assert set(answer) == {
        "interpreted",
        "ranking",
        "hits",
        "cities",
        "bases",
        "figures",
        "warnings",
        "skipped",
    }
    assert answer["hits"][0]["name"] in {"提升公文处理质效", "公文会议工作"}
    assert answer["interpreted"]["years"] == []
    assert [(one["year"], one["value"]) for one in answer["figures"]][:1] == [(2021, 96)]
    assert [one["rule"] for one in answer["warnings"]] == ["figure-worse"]
    assert serving.post("/v1/lookup", json={"text": TEXT, "off": ["figure-worse"]}).json()["warnings"] == []


def test_lookup_of_nothing(client: TestClient) -> None:
    assert client.post("/v1/lookup", json={"text": " "}).json()["code"] == "wrong-use"
    assert client.post("/v1/lookup", json={"text": TEXT, "k": 0}).json()["code"] == "wrong-use"
