from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from api.drafting import Drafted
from api.exporting.writing import FORMATS
from ingest.readers.contract import Source
from ingest.reading import read_source
from search.drafting.proposal import DraftRequest
from tests.api.exporting.samples import PLAIN, draft_of
from tests.api.stub import StubLibrary

BODY: dict[str, Any] = {"topics": ["办件", "讲座"], "unit": "海市办公室", "year": 2022}


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> list[DraftRequest]:
    """Answer each request with the draft of the samples; “没有” finds nothing."""
    heard: list[DraftRequest] = []

    def draft(_: StubLibrary, request: DraftRequest) -> Drafted:
        heard.append(request)
        return draft_of() if request.topics == ("没有",) else PLAIN

    monkeypatch.setattr(StubLibrary, "draft", draft)
    return heard


def test_json_by_default(client: TestClient, asked: list[DraftRequest]) -> None:
    answer = client.post("/v1/draft", json={**BODY, "city": "海市"})
    assert answer.status_code == 200
    assert asked == [DraftRequest(("办件", "讲座"), "海市办公室", 2022, "海市")]
    items = answer.json()["items"]
    assert [item["name"] for item in items][:2] == ["优化办件流程", "举办讲座"]
    assert items[0]["sentences"][0]["citation"]["source"] == "2019.txt"
    assert [basis["status"] for basis in items[0]["basis_choices"]] == ["as-cited", "unverified"]
    assert items[3]["benchmark_text"].startswith("标杆城市：南京市")


@pytest.mark.parametrize("kind", FORMATS)
def test_a_file_by_name_or_by_accept(client: TestClient, kind: str) -> None:
    media = FORMATS[kind].media_type
    named = client.post("/v1/draft", params={"format": kind}, json=BODY)
    accepted = client.post("/v1/draft", json=BODY, headers={"Accept": media.split(";")[0]})
    for answer in (named, accepted):
        assert answer.status_code == 200
        assert answer.headers["content-type"] == media
        assert answer.headers["content-disposition"].startswith(
            f"attachment; filename=\"draft.{kind}\"; filename*=UTF-8''%E6%B5%B7"
        )
        (document,) = read_source(Source(f"草稿.{kind}", answer.content)).documents
        assert [item.name for item in document.items] == [item.name for item in PLAIN.document.items]


def test_json_where_accept_names_both(client: TestClient) -> None:
    both = f"application/json, {FORMATS['docx'].media_type}"
    assert "items" in client.post("/v1/draft", json=BODY, headers={"Accept": both}).json()
    accept = {"Accept": FORMATS["docx"].media_type}
    assert "items" in client.post("/v1/draft", params={"format": "json"}, json=BODY, headers=accept).json()


@pytest.mark.parametrize(
    ("body", "params", "code", "said"),
    [
        ({**BODY, "topics": []}, {}, "wrong-use", "要拟写的主题是空的"),
        ({**BODY, "unit": " "}, {}, "wrong-use", "没有写明单位"),
        ({**BODY, "year": 1800}, {}, "wrong-use", "年份 1800 不在范围内"),
        ({**BODY, "year": "哪年"}, {}, "invalid-request", "year 应当是整数"),
        ({"topics": ["办件"], "year": 2022}, {}, "invalid-request", "unit 没有给出"),
        (BODY, {"format": "pdf"}, "wrong-use", "不能写成“pdf”格式"),
        ({**BODY, "topics": ["没有"]}, {"format": "docx"}, "wrong-use", "没有一个主题拟出了条目"),
    ],
)
def test_problems(
    client: TestClient, body: dict[str, Any], params: dict[str, str], code: str, said: str
) -> None:
    answer = client.post("/v1/draft", params=params, json=body)
    assert answer.status_code == 422
    assert answer.json()["code"] == code
    assert said in answer.json()["detail"]
