"""Corrections, removal and restoring over a real catalog, with a stand-in for the model."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.following import record_of
from api.settings import Settings
from ingest.reading import read_file
from tests.api.conftest import ADDRESS
from tests.api.fake_embedder import open_fake

TEXT = """\t类别
\t序号
\t目标名称
\t目标内容

\t重点目标
\t1
\t整理档案
\t档案差错较上年度（200件）压减10%，对标城市为南京市。

\t
\t2
\t公文办理
\t公文办结率达到96%以上。
"""
PHONE = "85910000"
FILE = "目标.txt"

Json = dict[str, Any]


@pytest.fixture
def service(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setattr("index.embedders.open_embedder", open_fake)
    with TestClient(create_app(settings), base_url=ADDRESS) as client:
        yield client


def upload(service: TestClient, text: str = TEXT, name: str = FILE, **stated: str) -> Json:
    head = f"2018年度业务目标\n\n单位名称：海市档案室     联系人：钱某某      联系电话：{PHONE}\n\n"
    answer = service.post("/v1/documents", data=stated, files={"file": (name, (head + text).encode())})
    assert answer.status_code in {200, 201}, answer.text
    summary: Json = answer.json()
    return summary


def number_of(summary: Json) -> int:
    number: int = summary["files"][0]["documents"][0]["id"]
    return number


def baseline_year(detail: Json) -> int:
    (figure,) = [one for item in detail["items"] for one in item["indicators"] if one["baseline"]]
    year: int = figure["baseline"]["year"]
    return year


def found_years(service: TestClient, query: str = "档案") -> set[int | None]:
    return {hit["document"]["year"] for hit in service.get("/v1/search", params={"q": query}).json()["hits"]}


def patch(service: TestClient, address: str, **changes: object) -> Json:
    answer = service.patch(address, json=changes)
    assert answer.status_code == 200, answer.text
    detail: Json = answer.json()
    return detail


def test_a_corrected_year_reaches_everything_that_depends_on_it(service: TestClient) -> None:
    number = number_of(upload(service))
    before = service.get(f"/v1/documents/{number}").json()
    assert (before["document"]["year"], baseline_year(before)) == (2018, 2017)
    after = patch(service, f"/v1/documents/{number}", year=2020, unit="海市档案局")
    assert (after["document"]["year"], after["document"]["year_origin"]) == (2020, "correction")
    assert (after["document"]["unit"], after["document"]["unit_origin"]) == ("海市档案局", "correction")
    assert baseline_year(after) == 2019
    assert [item["id"] for item in after["items"]] == [item["id"] for item in before["items"]]
    assert [
        (one["field"], one["value"], one["read"], one["read_origin"]) for one in after["corrections"]
    ] == [
        ("unit", "海市档案局", "海市档案室", "header"),
        ("year", 2020, 2018, "title"),
    ]
    assert found_years(service) == {2020}
    assert found_years(service, "2018年 档案") == set()
    assert service.get("/v1/vocabulary").json()["units"] == ["海市档案局"]


def test_corrections_survive_reading_the_file_again(service: TestClient, settings: Settings) -> None:
    number = number_of(upload(service))
    item = service.get(f"/v1/documents/{number}").json()["items"][1]["id"]
    patch(service, f"/v1/documents/{number}", year=2020, unknown=["unit"])
    patch(service, f"/v1/items/{item}", category="创优目标")
    assert upload(service)["unchanged"] == 1
    again = upload(service, city="青岛市")  # stated otherwise: read and stored anew
    assert again["replaced"] == 1
    detail = service.get(f"/v1/documents/{number_of(again)}").json()
    document = detail["document"]
    assert (document["year"], document["unit"], document["unit_origin"]) == (2020, None, None)
    assert (document["city"], document["city_origin"]) == ("青岛市", "user")
    assert [one["category"] for one in detail["items"]] == ["重点目标", "创优目标"]
    assert baseline_year(detail) == 2019
    assert detail["corrections"][2]["item_id"] == detail["items"][1]["id"]


def test_a_changed_file_keeps_what_still_corrects_the_same(service: TestClient) -> None:
    number = number_of(upload(service))
    item = service.get(f"/v1/documents/{number}").json()["items"][1]["id"]
    patch(service, f"/v1/documents/{number}", year=2020, title="档案目标")
    patch(service, f"/v1/items/{item}", category="创优目标")
    changed = upload(service, TEXT.replace("96%", "97%"))
    detail = service.get(f"/v1/documents/{number_of(changed)}").json()
    assert (detail["document"]["year"], detail["document"]["title"]) == (2020, "档案目标")
    assert [one["field"] for one in detail["corrections"]] == [
        "title",
        "year",
    ]  # the item says something else
    other = upload(service, TEXT, year="2016")
    detail = service.get(f"/v1/documents/{number_of(other)}").json()
    assert (detail["document"]["year"], detail["document"]["year_origin"]) == (2016, "user")
    assert detail["document"]["title"] == "档案目标"


def test_a_correction_can_be_taken_back(service: TestClient) -> None:
    number = number_of(upload(service))
    before = service.get(f"/v1/documents/{number}").json()
    item = before["items"][0]["id"]
    patch(service, f"/v1/documents/{number}", year=2020, city="青岛", title="改过的标题")
    patch(service, f"/v1/items/{item}", unknown=True)
    changed = service.get(f"/v1/documents/{number}").json()
    assert (changed["document"]["city"], changed["items"][0]["category"]) == ("青岛市", None)
    patch(service, f"/v1/documents/{number}", take_back=["year", "city"], title="2018年度业务目标")
    after = patch(service, f"/v1/items/{item}", take_back=True)
    assert after == before
    assert found_years(service) == {2018}


def test_correcting_to_what_stands_there_changes_nothing(service: TestClient) -> None:
    number = number_of(upload(service))
    before = service.get(f"/v1/documents/{number}").json()
    state = service.app.state.service.library.catalog.state()  # type: ignore[attr-defined]
    assert patch(service, f"/v1/documents/{number}", year=2018) == before
    assert service.app.state.service.library.catalog.state() == state  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "没有写明要修正什么"),
        ({"year": 1700}, "年份 1700 不在范围内"),
        ({"unit": " \n "}, "单位是空的"),
        ({"title": "目" * 201}, "标题有 201 个字，太长"),
        ({"unit": "档案室 13812345678"}, "单位里有联系人或电话"),
        ({"year": 2020, "unknown": ["year"]}, "年份不能既给出值又标为不明"),
        ({"year": 2020, "take_back": ["year"]}, "年份不能同时修正和撤回"),
    ],
)
def test_what_cannot_be_a_correction_is_refused(service: TestClient, changes: Json, sentence: str) -> None:
    number = number_of(upload(service))
    answer = service.patch(f"/v1/documents/{number}", json=changes)
    assert (answer.status_code, answer.json()["code"]) == (422, "wrong-use")
    assert sentence in answer.json()["detail"]


def test_correcting_what_is_not_there(service: TestClient) -> None:
    upload(service)
    assert service.patch("/v1/documents/99", json={"year": 2020}).json()["code"] == "document-not-found"
    assert service.patch("/v1/items/99", json={"category": "x"}).json()["code"] == "item-not-found"
    assert "三者选一" in service.patch("/v1/items/1", json={}).json()["detail"]


def test_what_was_removed_comes_back_as_it_was(service: TestClient) -> None:
    number = number_of(upload(service))
    patch(service, f"/v1/documents/{number}", year=2020)
    before = service.get(f"/v1/documents/{number}").json()
    removed = service.delete(f"/v1/documents/{number}").json()
    assert removed["restore"] == [f"/v1/documents/{number}/restore"]
    assert found_years(service) == set()
    assert service.get(f"/v1/documents/{number}").status_code == 404
    (listed,) = service.get("/v1/removed").json()["removed"]
    assert (listed["document"], listed["kept_until"]) == (before["document"], removed["kept_until"])
    assert service.post(removed["restore"][0]).json()["restored"] == [before["document"]]
    after = service.get(f"/v1/documents/{number}").json()
    assert {**after, "text": ""} == {**before, "text": ""}
    assert after["text"] == before["text"]
    assert found_years(service) == {2020}
    assert service.get("/v1/removed").json() == {"removed": []}
    assert upload(service)["unchanged"] == 1
    assert service.post(removed["restore"][0]).json()["code"] == "document-not-found"


def test_nothing_is_restored_beside_a_file_that_was_read_again(service: TestClient) -> None:
    number = number_of(upload(service))
    service.delete(f"/v1/documents/{number}")
    again = number_of(upload(service))
    assert again != number
    answer = service.post(f"/v1/documents/{number}/restore")
    assert answer.status_code == 404
    assert "重新导入" in answer.json()["detail"]


def test_no_contact_is_kept_of_what_was_removed(service: TestClient, settings: Settings) -> None:
    service.delete(f"/v1/documents/{number_of(upload(service))}")
    library = service.app.state.service.library  # type: ignore[attr-defined]
    service.post("/v1/documents/1/restore")
    assert PHONE not in library.catalog.text(1)
    assert "钱某某" not in library.catalog.text(1)


def test_how_a_file_was_read_is_kept(service: TestClient, tmp_path: Path) -> None:
    upload(service)
    detail = service.get("/v1/documents/1").json()
    assert detail["reading"]["layouts"] == ["每行一个单元格、以制表符开头"]
    assert (detail["reading"]["rows"], detail["reading"]["tables"], detail["reading"]["members"]) == (2, 0, 0)
    assert detail["reading"]["warnings"] == []
    (tmp_path / "无年份.txt").write_text(TEXT, "utf-8")
    record = record_of(read_file(tmp_path / "无年份.txt"))
    assert any("没有写明单位" in problem.sentence for problem in record.problems)
