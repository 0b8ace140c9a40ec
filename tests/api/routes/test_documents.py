from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from ingest.reading import Hints
from tests.api.stub import StubLibrary


def test_the_list_and_one_document(client: TestClient) -> None:
    (listed,) = client.get("/v1/documents").json()["documents"]
    assert (listed["id"], listed["year"], listed["inferred"]) == (7, 2019, ["year"])
    detail = client.get("/v1/documents/7").json()
    assert detail["document"] == listed
    assert detail["items"][0]["id"] == 41
    assert detail["text"].endswith("正文一行。")


def test_contacts_are_in_no_response(client: TestClient) -> None:
    for address in ("/v1/documents", "/v1/documents/7", "/v1/search?q=x", "/documents/7"):
        text = client.get(address).text
        assert "85910000" not in text
        assert "钱某某" not in text


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_a_document_that_is_not_there(client: TestClient, method: str) -> None:
    answer = client.request(method, "/v1/documents/8")
    assert answer.status_code == 404
    assert answer.json()["code"] == "document-not-found"
    assert "编号为 8" in answer.json()["detail"]


def test_a_number_that_is_none(client: TestClient) -> None:
    answer = client.get("/v1/documents/seven")
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith("document_id 应当是整数")


def test_removing(client: TestClient, stub: StubLibrary) -> None:
    answer = client.delete("/v1/documents/7")
    assert [document["id"] for document in answer.json()["removed"]] == [7]
    assert stub.removed == [7]


def test_uploading(client: TestClient, stub: StubLibrary) -> None:
    fields = {"unit": " 海市办公室 ", "year": "2019"}
    answer = client.post("/v1/documents", data=fields, files={"file": ("目标.txt", "正文".encode())})
    assert answer.status_code == 201
    assert answer.headers["location"] == "/v1/documents/7"
    assert answer.json()["added"] == 1
    assert stub.uploads == [("目标.txt", "正文".encode(), Hints(unit="海市办公室", year=2019))]


def test_uploading_the_same_again_is_no_creation(client: TestClient, stub: StubLibrary) -> None:
    stub.outcome = "unchanged"
    answer = client.post("/v1/documents", files={"file": ("目标.txt", b"x")})
    assert answer.status_code == 200
    assert "location" not in answer.headers


def test_nothing_of_an_upload_stays_behind(client: TestClient, stub: StubLibrary) -> None:
    client.post("/v1/documents", files={"file": ("目标.txt", b"x")})
    assert list(stub.settings.folder.glob("upload-*")) == []


def test_an_upload_that_cannot_be_read_is_a_problem(client: TestClient) -> None:
    answer = client.post("/v1/documents", files={"file": ("空.txt", b"")})
    assert answer.status_code == 422
    assert (answer.json()["code"], answer.json()["detail"]) == ("empty-file", "空.txt 是空的；请换一个文件。")


def test_an_upload_without_a_file_or_with_a_wrong_year(client: TestClient) -> None:
    answer = client.post("/v1/documents", data={"unit": "x"})
    assert answer.json()["detail"].startswith("file 没有给出")
    answer = client.post("/v1/documents", data={"year": "去年"}, files={"file": ("a.txt", b"x")})
    assert (answer.status_code, answer.json()["code"]) == (422, "wrong-use")


def test_an_upload_over_the_limit_is_refused(client: TestClient, stub: StubLibrary) -> None:
    answer = client.post("/v1/documents", files={"file": ("大.txt", b"x" * (2 * 1024 * 1024))})
    assert (answer.status_code, answer.json()["code"]) == (413, "upload-too-large")
    assert answer.headers["content-type"] == "application/problem+json"
    assert stub.uploads == []


def test_a_question_over_the_limit_is_refused(client: TestClient) -> None:
    answer = client.post("/v1/ask", json={"question": "x" * (1024 * 1024)})
    assert (answer.status_code, answer.json()["code"]) == (413, "upload-too-large")


def test_what_the_filters_can_be(client: TestClient) -> None:
    assert client.get("/v1/vocabulary").json() == {
        "years": [2021, 2019],
        "units": ["海市办公室"],
        "categories": ["重点目标"],
        "cities": ["海市"],
    }


@pytest.mark.parametrize("number", ["0", "-1", "9" * 30])
def test_numbers_that_no_document_can_have(client: TestClient, number: str) -> None:
    assert client.get(f"/v1/documents/{number}").status_code == 422
    assert client.get(f"/documents/{number}").status_code == 422
    assert client.post(f"/documents/{number}/remove").status_code == 422
