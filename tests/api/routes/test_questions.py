from __future__ import annotations

import json

import pytest
from starlette.testclient import TestClient

from api.output import to_json
from search.engine import SearchRequest
from tests.api.stub import StubLibrary

GETS = ["/v1/search", "/v1/benchmarks", "/v1/bases", "/v1/trends"]


def test_filters_reach_the_engine(client: TestClient, stub: StubLibrary) -> None:
    asked: dict[str, str | int] = {
        "q": " 办件 ",
        "k": 3,
        "year": 2019,
        "unit": "海市办公室",
        "category": "重点目标",
        "city": "海市",
    }
    assert client.get("/v1/search", params=asked).status_code == 200
    assert stub.asked == [SearchRequest("办件", 3, 2019, "海市办公室", "重点目标", "海市")]


def test_understanding_can_be_turned_off(client: TestClient, stub: StubLibrary) -> None:
    client.get("/v1/search", params={"q": "办件", "understand": "false"})
    assert stub.asked == [SearchRequest("办件", understand=False)]


def test_preferences_and_groups_reach_the_engine(client: TestClient, stub: StubLibrary) -> None:
    params = {"q": "办件", "group": "false", "prefer_recent": "true", "prefer_unit": "海市办公室"}
    assert client.get("/v1/search", params=params).status_code == 200
    client.get("/v1/search", params={"q": "办件", "prefer_recent": "false", "prefer_unit": ""})
    assert stub.asked == [
        SearchRequest("办件", group=False, prefer_recent=True, prefer_unit="海市办公室"),
        SearchRequest("办件", prefer_recent=False, prefer_unit=""),
    ]


def test_a_preference_that_is_none_is_named(client: TestClient) -> None:
    answer = client.get("/v1/search", params={"q": "办件", "prefer_recent": "sometimes"})
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith("prefer_recent 应当是 true 或 false")


def test_the_service_sends_what_the_command_line_writes(client: TestClient, stub: StubLibrary) -> None:
    request = SearchRequest("办件")
    written = {
        "/v1/search": to_json(stub.search(request)),
        "/v1/benchmarks": to_json(stub.benchmarks(request)),
        "/v1/bases": to_json(stub.bases(request)),
        "/v1/trends": to_json(stub.trend(request)),
    }
    for address, expected in written.items():
        sent = client.get(address, params={"q": "办件"})
        assert json.loads(sent.text) == json.loads(expected)
    sent = client.post("/v1/ask", json={"question": "办件"})
    assert sent.json() == json.loads(to_json(stub.ask(request)))


def test_whole_numbers_are_sent_whole(client: TestClient) -> None:
    text = client.get("/v1/search", params={"q": "办件"}).text
    assert '"baseline":{"value":200,"unit":"件","year":2018}' in text
    assert '"value":97.5' in text


def test_a_question_is_answered_with_citations(client: TestClient, stub: StubLibrary) -> None:
    sent = client.post("/v1/ask", json={"question": "办结率是多少", "year": 2019}).json()
    assert (sent["answer"], sent["abstained"]) == ("2019年：97.5%以上[1]", False)
    assert sent["citations"][0]["source"] == "2019.txt"
    assert stub.asked == [SearchRequest("办结率是多少", year=2019)]


@pytest.mark.parametrize("address", GETS)
@pytest.mark.parametrize(
    ("params", "detail"),
    [
        ({}, "q 没有给出；请对照 /openapi.json 修改。"),
        ({"q": ""}, "q 是空的；请对照 /openapi.json 修改。"),
        ({"q": "x" * 4001}, "q 太长，最多 4000 个字；请对照 /openapi.json 修改。"),
        ({"q": "x", "k": "0"}, "k 太小，最小是 1；请对照 /openapi.json 修改。"),
        ({"q": "x", "k": "101"}, "k 太大，最大是 100；请对照 /openapi.json 修改。"),
        ({"q": "x", "year": "3000"}, "year 太大，最大是 2100；请对照 /openapi.json 修改。"),
        ({"q": "x", "year": "去年"}, "year 应当是整数；请对照 /openapi.json 修改。"),
        (
            {"q": "x", "understand": "maybe"},
            "understand 应当是 true 或 false；请对照 /openapi.json 修改。",
        ),
    ],
)
def test_what_does_not_fit_is_named(
    client: TestClient, address: str, params: dict[str, str], detail: str
) -> None:
    answer = client.get(address, params=params)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == {
        "type": "urn:duibiao:problem:invalid-request",
        "title": "请求的内容不符合要求",
        "status": 422,
        "detail": detail,
        "code": "invalid-request",
        "instance": address,
    }


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", "invalid-request"),
        (b"[]", "invalid-request"),
        (b'{"question": 5}', "invalid-request"),
        (b'{"question": "  \\u0000 "}', "wrong-use"),
        (b'{"question": "x", "k": 1000}', "wrong-use"),
        (b'{"question": "x", "year": 99999999999999999999}', "wrong-use"),
        (b'{"question": "x", "year": "soon"}', "invalid-request"),
    ],
)
def test_a_question_that_is_none_is_a_problem(client: TestClient, body: bytes, code: str) -> None:
    answer = client.post("/v1/ask", content=body, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_errors_of_the_library_keep_their_code_and_sentence(client: TestClient) -> None:
    answer = client.get("/v1/search", params={"q": "模型"})
    assert answer.status_code == 503
    assert answer.json()["code"] == "model-missing"
    assert answer.json()["detail"] == "模型还没有准备好；请运行 duibiao prepare。"
