"""Insertions and the check of citations over HTTP, on the two sample documents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.library import Library
from api.settings import Settings
from ingest.reading import Hints
from tests.api.conftest import ADDRESS
from tests.api.fake_embedder import open_fake

SEEDS = Path(__file__).parents[3] / "corpus" / "documents"
LABEL = "〔对标：市政府办公厅2021年业务目标，重点目标第1项〕"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    settings = Settings.of_folder(tmp_path_factory.mktemp("served"))
    with pytest.MonkeyPatch.context() as patch, Library(settings, create=True) as library:
        patch.setattr("index.embedders.open_embedder", open_fake)
        library.ingest([SEEDS], Hints(), lambda _: None)
        with TestClient(create_app(settings, library), base_url=ADDRESS) as opened:
            yield opened


def inserted(client: TestClient, **asked: Any) -> Any:
    answer = client.post("/v1/insertions", json={"item_id": 1, **asked})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_the_words_a_row_and_a_citation_of_an_item(client: TestClient) -> None:
    made = inserted(client)
    assert made["text"].startswith("加快公文运转")
    assert dict(zip(made["headers"], made["cells"], strict=True)) == {
        "类别": "重点目标",
        "目标名称": "提升公文处理质效",
        "目标内容": made["text"],
    }
    citation = made["citation"]
    assert citation["label"] == LABEL
    assert citation["sentence"] == f"“{made['text']}”{LABEL}"
    assert citation["plain"] == LABEL.replace("〕", f" {citation['mark']}〕")
    assert citation["plain_sentence"].endswith(citation["plain"])
    assert made["source"]["document_id"] == 1


def test_a_row_follows_the_headers_of_the_table(client: TestClient) -> None:
    made = inserted(client, headers=["序号", "工作目标", "对标城市", "目标名称", "备注"])
    assert made["cells"] == ["", made["text"], "", "提升公文处理质效", ""]
    unknown = inserted(client, headers=["甲", "乙", "丙"])
    assert unknown["cells"] == ["", "提升公文处理质效", made["text"]]
    assert inserted(client, headers=["甲"])["cells"] == [made["text"]]
    assert inserted(client, headers=["名称"])["cells"] == [f"提升公文处理质效：{made['text']}"]


def test_a_stretch_is_cited_or_the_sentences_around_it(client: TestClient) -> None:
    text = inserted(client)["text"]
    start = text.index("市政府文件数量")
    place = {"field": "content", "start": start, "end": start + 7}
    assert inserted(client, **place)["source"]["quote"] == "市政府文件数量"
    whole = inserted(client, **place, sentence=True)["source"]["quote"]
    assert whole.startswith("加强发文计划管理")
    assert whole.endswith("压减10%。")


def test_marks_are_verified_wherever_they_stand(client: TestClient) -> None:
    citation = inserted(client)["citation"]
    body = {"marks": [citation["mark"], "db1xyz"], "text": f"见{citation['plain']}。"}
    answer = client.post("/v1/citations/verify", json=body).json()
    assert [answer[key] for key in ("unchanged", "changed", "removed", "unreadable")] == [1, 0, 0, 1]
    first, second = answer["marks"]
    assert (first["title"], first["sentence"]) == (
        "原文未变",
        "原文未变：市政府办公厅2021年业务目标，重点目标第1项。",
    )
    assert first["citation"]["quote"].startswith("加快公文运转")
    assert (second["status"], second["citation"]) == ("unreadable", None)


@pytest.mark.parametrize(
    ("asked", "status", "sentence"),
    [
        ({"item_id": 9999}, 404, "没有编号为 9999 的条目"),
        ({"start": 5, "end": 2}, 422, "不在这一条的文字里"),
        ({"field": "progress"}, 422, "不在这一条的文字里"),
        ({"headers": ["列"] * 65}, 422, "65 列，太多"),
        ({"field": "nowhere"}, 422, ""),
    ],
)
def test_what_cannot_be_inserted(
    client: TestClient, asked: dict[str, Any], status: int, sentence: str
) -> None:
    answer = client.post("/v1/insertions", json={"item_id": 1, **asked})
    assert answer.status_code == status
    assert sentence in answer.json()["detail"]


def test_too_many_marks_and_too_long_a_text(client: TestClient) -> None:
    many = client.post("/v1/citations/verify", json={"marks": [f"m{n}" for n in range(501)]})
    assert (many.status_code, many.json()["code"]) == (422, "wrong-use")
    assert "501 处引文，太多" in many.json()["detail"]
    nothing = client.post("/v1/citations/verify", json={}).json()
    assert nothing["marks"] == []


def test_a_source_that_was_removed(client: TestClient) -> None:
    mark = inserted(client, item_id=14)["citation"]["mark"]
    client.delete("/v1/documents/2")
    (found,) = client.post("/v1/citations/verify", json={"marks": [mark]}).json()["marks"]
    assert (found["status"], found["title"], found["citation"]) == ("removed", "出处已移除", None)
