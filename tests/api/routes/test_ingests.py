from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from starlette.testclient import TestClient

from api import ingest_jobs
from api.app import create_app
from api.ingest_jobs import IngestJobs, sweep
from api.settings import Settings
from tests.api.conftest import ADDRESS
from tests.api.fake_embedder import FakeEmbedder, open_fake

Event = tuple[int, str, dict[str, Any]]


def text_of(year: int, rate: int = 96) -> bytes:
    rows = [f"{year}年度业务目标", "单位名称：海市档案室     联系人：钱某某      联系电话：85910000"]
    rows.append("\t类别\n\t序号\n\t目标名称\n\t目标内容")
    rows.append(f"\t重点目标\n\t1\n\t公文\n\t公文办结率达到{rate}%以上。")
    return "\n\n".join(rows).encode()


@pytest.fixture
def service(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setattr("index.embedders.open_embedder", open_fake)
    with TestClient(create_app(settings), base_url=ADDRESS) as client:
        yield client


def start(service: TestClient, *files: tuple[str, bytes], **stated: str) -> dict[str, Any]:
    answer = service.post("/v1/ingests", data=stated, files=[("file", file) for file in files])
    assert answer.status_code == 202, answer.text
    state: dict[str, Any] = answer.json()
    assert answer.headers["location"] == f"/v1/ingests/{state['id']}"
    return state


def events(service: TestClient, state: dict[str, Any], after: int | None = None) -> list[Event]:
    headers = {} if after is None else {"Last-Event-ID": str(after)}
    found: list[Event] = []
    for block in service.get(state["events"], headers=headers).text.split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if "event" in lines:
            found.append((int(lines["id"]), lines["event"], json.loads(lines["data"])))
    return found


def test_each_file_is_told_through_its_stages(service: TestClient) -> None:
    state = start(service, ("甲.txt", text_of(2020)), ("空.txt", b""), ("乙.txt", text_of(2021)))
    assert [(one["number"], one["source"]) for one in state["files"]] == [
        (1, "甲.txt"), (2, "空.txt"), (3, "乙.txt"),
    ]  # fmt: skip
    happened = events(service, state)
    assert [number for number, _, _ in happened] == list(range(1, len(happened) + 1))
    stages: dict[str, list[str]] = {}
    for _, name, value in happened[:-1]:
        assert name == "file"
        told = stages.setdefault(value["source"], [])
        if value["stage"] not in told:
            told.append(value["stage"])
    assert stages["甲.txt"] == stages["乙.txt"] == ["reading", "extraction", "embedding", "stored"]
    assert stages["空.txt"] == ["reading", "failed"]
    failed = next(value for _, _, value in happened[:-1] if value["stage"] == "failed")
    assert failed["code"] == "empty-file"
    assert failed["reason"].endswith("。")
    stored = [value for _, _, value in happened[:-1] if value["stage"] == "stored"]
    assert [value["documents"][0]["year"] for value in stored] == [2020, 2021]
    assert [value["outcome"] for value in stored] == ["added", "added"]
    _, name, summary = happened[-1]
    assert (name, summary["added"], len(summary["failed"])) == ("done", 2, 1)
    ended = service.get(f"/v1/ingests/{state['id']}").json()
    assert (ended["status"], ended["summary"]) == ("done", summary)
    assert "85910000" not in json.dumps(happened)


def test_who_lost_the_connection_goes_on_where_it_was(service: TestClient) -> None:
    state = start(service, ("甲.txt", text_of(2020)))
    whole = events(service, state)
    assert events(service, state, after=2) == whole[2:]
    assert service.get(state["events"], headers={"Last-Event-ID": str(len(whole))}).status_code == 204


def test_the_same_again_an_archive_and_what_the_visitor_knows(service: TestClient) -> None:
    events(service, start(service, ("甲.txt", text_of(2020))))
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("丙.txt", text_of(2018))
        archive.writestr("丁.txt", text_of(2019))
    files = (("甲.txt", text_of(2020)), ("包.zip", packed.getvalue()))
    happened = events(service, start(service, *files))
    ends = [value for _, _, value in happened if value.get("stage") in {"stored", "unchanged"}]
    assert [(one["stage"], len(one["documents"])) for one in ends] == [("unchanged", 1), ("stored", 2)]
    stated = events(service, start(service, ("戊.txt", text_of(2017)), city="青岛市"))
    assert stated[-1][2]["files"][0]["documents"][0]["city"] == "青岛市"


def test_nothing_is_left_in_the_data_folder(service: TestClient, settings: Settings) -> None:
    events(service, start(service, ("甲.txt", text_of(2020))))
    assert list(settings.folder.glob("upload-*")) == []


@pytest.mark.parametrize(
    ("files", "stated", "sentence"),
    [
        ([("甲.txt", b"1"), ("x/甲.txt", b"2")], {}, "几个文件都叫“甲.txt”"),
        ([("甲.txt", b"1")], {"year": "去年"}, "年份“去年”不对"),
        ([(f"{n}.txt", b"1") for n in range(201)], {}, "每批不超过 200 个"),
    ],
)
def test_what_is_not_taken_on(
    service: TestClient,
    settings: Settings,
    files: list[tuple[str, bytes]],
    stated: dict[str, str],
    sentence: str,
) -> None:
    answer = service.post("/v1/ingests", data=stated, files=[("file", file) for file in files])
    assert (answer.status_code, answer.json()["code"]) == (422, "wrong-use")
    assert sentence in answer.json()["detail"]
    assert list(settings.folder.glob("upload-*")) == []


def test_a_job_that_is_not_there(service: TestClient) -> None:
    for address in ("/v1/ingests/0123456789abcdef", "/v1/ingests/0123456789abcdef/events"):
        assert service.get(address).json()["code"] == "ingest-not-found"
    assert service.get("/v1/ingests/nonsense").status_code == 422


class Held(FakeEmbedder):
    """Waits before it embeds anything."""

    def __init__(self, gate: threading.Event) -> None:
        super().__init__()
        self.gate = gate

    def embed_passages(self, texts: Any, progress: Any = None) -> Any:
        self.gate.wait(20)
        return super().embed_passages(texts, progress)


@pytest.fixture
def gate(service: TestClient) -> Iterator[threading.Event]:
    """What holds every embedding up until it is set."""
    gate = threading.Event()
    service.app.state.service.warmed.wait(20)  # type: ignore[attr-defined]
    service.app.state.service.library._parts["embedder"] = Held(gate)  # type: ignore[attr-defined]
    yield gate
    gate.set()


def test_only_so_many_wait(
    service: TestClient, settings: Settings, gate: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest_jobs, "MOST_WAITING", 1)
    first = start(service, ("0.txt", text_of(2000)))
    while service.get(f"/v1/ingests/{first['id']}").json()["status"] != "running":
        time.sleep(0.01)
    second = start(service, ("1.txt", text_of(2001)))
    assert second["status"] == "waiting"
    refused = service.post("/v1/ingests", files={"file": ("2.txt", text_of(2002))})
    assert (refused.status_code, refused.json()["code"]) == (429, "too-many-ingests")
    gate.set()
    assert events(service, second)[-1][1] == "done"
    assert list(settings.folder.glob("upload-*")) == []


def test_a_service_that_ends_begins_no_further_file(service: TestClient, gate: threading.Event) -> None:
    jobs: IngestJobs = service.app.state.ingests  # type: ignore[attr-defined]
    state = start(service, ("0.txt", text_of(2000)), ("1.txt", text_of(2001)))
    jobs.stop_when(lambda: True)
    assert {name for _, name, _ in events(service, state)} <= {"file", "ended"}  # the stream ends at once
    gate.set()
    job = jobs.job(state["id"])
    while not job.finished:
        time.sleep(0.01)
    ended = service.get(f"/v1/ingests/{state['id']}").json()
    assert (ended["status"], ended["end"]["code"]) == ("ended", "not-ready")
    assert service.get("/v1/documents").json()["documents"] == []
    refused = service.post("/v1/ingests", files={"file": ("2.txt", text_of(2002))})
    assert (refused.status_code, refused.json()["code"]) == (503, "not-ready")


def test_an_error_of_the_catalog_ends_the_job(service: TestClient, settings: Settings) -> None:
    events(service, start(service, ("0.txt", text_of(2000))))
    service.app.state.service.library._parts["embedder"] = FakeEmbedder("other")  # type: ignore[attr-defined]
    _, name, value = events(service, start(service, ("1.txt", text_of(2001))))[-1]
    assert (name, value["code"]) == ("ended", "model-mismatch")


def test_what_a_killed_service_left_is_swept(settings: Settings) -> None:
    (settings.folder / "upload-old").mkdir(parents=True)
    (settings.folder / "upload-old" / "目标.txt").write_bytes(b"x")
    sweep(settings.folder)
    assert (settings.folder / "upload-old").is_dir()
    sweep(settings.folder, older_than=-1)
    assert not (settings.folder / "upload-old").exists()
