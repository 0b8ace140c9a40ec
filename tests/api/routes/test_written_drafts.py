from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.library import Library
from api.settings import Settings
from ingest.readers.contract import Source
from ingest.reading import Hints, read_source
from tests.api.conftest import ADDRESS
from tests.api.fake_embedder import open_fake

SEEDS = Path(__file__).parents[3] / "corpus" / "documents"
ITEM = {
    "name": "提升公文处理质效",
    "category": "重点目标",
    "content": "全年请示报告类公文办结率达到94%以上。",
}
BODY: dict[str, Any] = {"items": [{"name": " "}, ITEM], "unit": "市政府办公厅", "year": 2022}


@pytest.fixture
def serving(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """The service over both sample documents."""
    monkeypatch.setattr("index.embedders.open_embedder", open_fake)
    library = Library(settings, create=True)
    library.ingest([SEEDS], Hints(), lambda _: None)
    with TestClient(create_app(settings, library), base_url=ADDRESS) as client:
        yield client


def test_items_are_reviewed_as_they_are_numbered(serving: TestClient) -> None:
    answer = serving.post("/v1/draft/check", json={**BODY, "off": ["item-dropped"]}).json()
    (document,) = answer["documents"]
    worse = next(one for one in document["findings"] if one["rule"] == "figure-worse")
    assert (worse["item"], worse["quote"]) == (1, "请示报告类公文办结率达到94%以上")
    assert "item-dropped" not in document["rules"]
    html = serving.post("/draft/review", json=BODY).text
    assert 'data-item="1"' in html
    assert "数值不如上次" in html


def test_a_file_goes_out_and_its_items_come_in_again(serving: TestClient) -> None:
    out = serving.post("/v1/draft/export", json=BODY)
    assert out.headers["content-disposition"].startswith('attachment; filename="draft.docx"')
    (document,) = read_source(Source("草稿.docx", out.content)).documents
    assert [one.content for one in document.items] == [ITEM["content"]]
    read = serving.post("/v1/draft/parse", files={"file": ("草稿.docx", out.content)}).json()
    assert read["draft"]["unit"] == "市政府办公厅"
    assert read["draft"]["items"][0]["name"] == ITEM["name"]
    assert read["notes"] == []
    assert len(serving.get("/v1/documents").json()["documents"]) == 2


def test_a_lookup_is_a_stretch_of_page(serving: TestClient) -> None:
    answer = serving.post("/draft/lookup", json={"text": "公文办结率", "unit": "市政府办公厅", "year": 2022})
    assert answer.status_code == 200
    assert "请示报告类公文办结率 ≥ 96%" in answer.text
    assert "data-offer=" in answer.text
    assert "<html" not in answer.text
    wrong = serving.post("/draft/lookup", json={"text": "公文办结率", "year": 1800})
    assert (wrong.status_code, "年份 1800 不在范围内" in wrong.text) == (422, True)


@pytest.mark.parametrize(
    ("path", "body", "said"),
    [
        ("/v1/draft/check", {"items": []}, "还没有内容"),
        ("/v1/draft/check", {**BODY, "off": ["nonsense"]}, "没有名为“nonsense”的检查规则"),
        ("/v1/draft/export", {**BODY, "unit": None}, "请在上方填写单位和年份"),
        ("/v1/draft/export?format=pdf", BODY, "不能写成“pdf”格式"),
    ],
)
def test_what_is_refused(serving: TestClient, path: str, body: dict[str, Any], said: str) -> None:
    answer = serving.post(path, json=body)
    assert answer.status_code == 422
    assert said in answer.json()["detail"]
