"""The client against the real service over a socket."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from api.asking import Happening
from api.client import Client, Garbled, Problem, Unreachable
from api.schemas.checks import DraftJson, PassageJson
from api.schemas.drafts import TopicsJson
from api.schemas.results import AnswerJson, QuestionJson, SearchJson, WrittenSentenceJson
from api.settings import Settings
from corpus.model import Comparator
from tests.api.live import SEED_2021, serving


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(Settings.of_folder(tmp_path_factory.mktemp("client"))) as address:
        yield address


@pytest.fixture
def client(address: str) -> Iterator[Client]:
    with Client(address) as client:
        yield client


def test_search_returns_the_frozen_values_of_the_schema(client: Client) -> None:
    found = client.search("公文办结率", k=1, year=2021)
    assert isinstance(found, SearchJson)
    (hit,) = found.hits
    assert (hit.name, hit.document.year) == ("提升公文处理质效", 2021)
    rate = next(one for one in hit.indicators if one.unit == "%" and one.op is Comparator.AT_LEAST)
    assert (rate.value, type(rate.value)) == (96, int)
    following = client.search("公文办结率", k=1, start=1)
    assert following.hits[0].item_id != client.search("公文办结率", k=1).hits[0].item_id


def test_relations(client: Client) -> None:
    assert client.trends("公文办结率").series[0].points
    assert client.benchmarks("会议", own_city="青岛市", recent=3).order.better
    assert client.bases("公文").interpreted.query == "公文"
    assert client.items_of_basis("政府工作报告").basis == "政府工作报告"
    assert client.carryover("市政府办公厅", 2021).before == 2012
    assert client.vocabulary().years == (2021, 2012)


def test_answers(client: Client) -> None:
    answer = client.ask("2021年公文办结率目标是多少")
    assert "96%以上" in answer.answer
    assert client.ask(QuestionJson("月球基地的建设目标", k=3)).abstained


def test_an_answer_in_events(client: Client) -> None:
    events = list(client.ask_stream("2021年公文办结率目标是多少"))
    assert [event.name for event in events] == [Happening.ANSWER, Happening.DONE]
    assert isinstance(events[-1].value, AnswerJson)
    assert "96%以上" in events[-1].value.answer


def test_drafts(client: Client, tmp_path: Path) -> None:
    text = "全年请示报告类公文办结率达到90%以上。"
    checked = client.check(DraftJson(text, unit="市政府办公厅", year=2022))
    assert "figure-worse" in [finding.rule for finding in checked.documents[0].findings]
    assert client.check(text).documents[0].unit is None
    file = tmp_path / "草稿.txt"
    file.write_text(text, "utf-8")
    assert client.check_file(file, unit="市政府办公厅", year="2022").documents[0].source == "草稿.txt"
    assert client.lookup(PassageJson(text, unit="市政府办公厅", year=2022, k=1)).hits
    topics = TopicsJson(("公文办结率",), "市政府办公厅", 2022)
    assert client.draft(topics).items[0].content
    assert client.draft_file(topics).startswith(b"PK")
    assert "公文" in client.draft_file(topics, "txt").decode()


def test_documents_and_items(client: Client) -> None:
    page = client.documents(length=1)
    assert (len(page.documents), page.total) == (1, 2)
    assert [one.year for one in client.all_documents()] == [2021, 2012]
    detail = client.document(1)
    assert "〔联系方式已隐去〕" in detail.text
    items = client.document_items(1, start=2, length=3)
    assert [one.id for one in items.items] == [one.id for one in detail.items[2:5]]
    number = items.items[0].id
    assert client.item(number).item.name == items.items[0].name
    assert client.item_history(number).item.item_id == number
    assert len(client.compare([number, number + 1]).items) == 2


def test_upload_and_remove(client: Client, tmp_path: Path) -> None:
    file = tmp_path / "另一份 目标#1.txt"
    file.write_text(SEED_2021.read_text("utf-8").replace("2021", "2019"), "utf-8")
    taken = client.upload(file, year="2019", city="青岛市")
    (document,) = taken.files[0].documents
    assert (taken.added, document.source, document.year) == (1, file.name, 2019)
    assert client.remove(document.id).removed[0].id == document.id
    with pytest.raises(Problem, match=f"没有编号为 {document.id} 的文档") as met:
        client.document(document.id)
    assert (met.value.code, met.value.status) == ("document-not-found", 404)


def test_problems_are_told_apart_by_code(client: Client, tmp_path: Path) -> None:
    with pytest.raises(Problem, match="k 太大") as met:
        client.search("会议", k=1000)
    assert (met.value.code, met.value.instance) == ("invalid-request", "/v1/search")
    with pytest.raises(Problem) as met:
        next(client.ask_stream(QuestionJson("会议", llm=True)))
    assert met.value.code == "wrong-use"
    empty = tmp_path / "空.txt"
    empty.write_bytes(b"")
    with pytest.raises(Problem) as met:
        client.upload(empty)
    assert met.value.code == "empty-file"


def test_nobody_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with (
            Client(f"http://127.0.0.1:{port}", timeout=0.2) as client,
            pytest.raises(Unreachable, match="没有按时"),
        ):
            client.vocabulary()
    with (
        Client(f"http://127.0.0.1:{port}", timeout=5) as client,
        pytest.raises(Unreachable, match="无法连接"),
    ):
        client.vocabulary()


def _answering(status: int, body: str) -> Client:
    return Client("http://x", transport=httpx2.MockTransport(lambda _: httpx2.Response(status, text=body)))


def test_somebody_else_there() -> None:
    with pytest.raises(Garbled, match="应答了 502"):
        _answering(502, "<html>Bad Gateway</html>").vocabulary()
    with pytest.raises(Garbled, match="版本不符"):
        _answering(200, '{"years": "many"}').vocabulary()
    with pytest.raises(Garbled, match="没有传完"):
        list(_answering(200, "event: later\ndata: {}\n\n").ask_stream("会议"))


def test_what_unicode_calls_a_line_is_none_in_a_stream() -> None:
    text = 'event: sentence\ndata: {"sentence": "前\u2028后\x85"}\n\n'
    events = _answering(200, text).ask_stream("会议")
    assert next(events).value == WrittenSentenceJson("前\u2028后\x85")
