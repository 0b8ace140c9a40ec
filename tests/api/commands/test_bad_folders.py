"""Folders that hold good and bad files, and work that is cut short."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from api import ingesting
from api.cli import run
from api.ingesting import read
from corpus.catalog import Catalog
from ingest.reading import Reading
from tests.api.commands.conftest import SEEDS, Json

Asked = Callable[..., Json]
SEED_2021 = SEEDS / "000_5a4ffe0494ebd202.txt"
TABLE = (
    "2021年度业务目标\n\t序号\n\t目标名称\n\t目标内容\n\t1\n\t热线工作{0}\n\t第{0}条热线办结率达到96%以上。\n"
)
needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="such files are not there on Windows")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    made = tmp_path / "目标"
    made.mkdir()
    return made


def failed(answer: Json) -> list[tuple[str, str, str]]:
    return [(one["path"], one["code"], one["reason"]) for one in answer["failed"]]


def test_good_files_are_in_and_each_bad_one_has_its_sentence(ask: Asked, place: Path) -> None:
    ask("ingest", str(SEED_2021))
    (place / "好.txt").write_text(TABLE.format(1), "utf-8")
    (place / "空.docx").touch()
    (place / "坏.xlsx").write_bytes(b"PK\x03\x04" + bytes(range(256)) * 9)
    (place / "程序.docx").write_bytes(b"MZ" + bytes(range(256)) * 9)
    (place / "散文.txt").write_text("今天天气很好。", "utf-8")
    (place / "夹.docx").mkdir()
    (place / "夹.docx" / "好.md").write_text(TABLE.format(2), "utf-8")
    answer = ask("ingest", str(place))
    assert [(file["path"], file["outcome"]) for file in answer["files"]] == [
        ("好.txt", "added"),
        ("夹.docx/好.md", "added"),
    ]
    assert failed(answer) == [
        (
            "坏.xlsx",
            "unreadable-file",
            "文件“坏.xlsx”不完整或已损坏，无法打开；请重新下载或从原软件另存一份。",
        ),
        (
            "散文.txt",
            "no-targets",
            (
                "文件“散文.txt”里有文字，但没有找到目标表、逐条目标、任务分工或工作报告；"
                "请检查文件，或在词汇表中补充表头用词后再试。"
            ),
        ),
        (
            "程序.docx",
            "unreadable-file",
            (
                "文件“程序.docx”的内容既不是 .docx 格式，也不是文本，可能已损坏或改错了后缀；"
                "请用原来的软件打开后另存一份。"
            ),
        ),
        ("空.docx", "empty-file", "文件“空.docx”是空的，没有任何文字；请换一个有内容的文件。"),
    ]
    assert len(ask("documents")["documents"]) == 3


def test_a_changed_file_that_became_bad_keeps_what_it_stated(ask: Asked, place: Path) -> None:
    file = place / "好.txt"
    file.write_text(TABLE.format(1), "utf-8")
    ask("ingest", str(place))
    file.write_bytes(b"")
    assert run(["ingest", str(place)]) == 2
    assert [one["item_count"] for one in ask("documents")["documents"]] == [1]


def test_files_that_all_fail_leave_no_catalog_behind(
    place: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "空.txt").touch()
    assert run(["ingest", str(place), "--db", str(folder / "新库"), "--text"]) == 2
    assert capsys.readouterr().out == (
        "新增 0 个，更新 0 个，没有变化 0 个，失败 1 个，跳过 0 个文件。\n"
        "  空.txt：文件“空.txt”是空的，没有任何文字；请换一个有内容的文件。\n"
    )
    assert not (folder / "新库").exists()
    assert run(["search", "公文", "--db", str(folder / "新库")]) == 2
    assert "没有目标库" in capsys.readouterr().err


@needs_posix
def test_what_is_no_file_is_not_opened(ask: Asked, place: Path, tmp_path: Path) -> None:
    (place / "好.txt").write_text(TABLE.format(1), "utf-8")
    os.mkfifo(place / "管道.docx")
    (tmp_path / "外.txt").write_text(TABLE.format(2), "utf-8")
    (place / "外.txt").symlink_to(tmp_path / "外.txt")
    (place / "失效.txt").symlink_to(tmp_path / "无.txt")
    (place / "循环").symlink_to(place)
    with closing(socket.socket(socket.AF_UNIX)) as door:
        os.chdir(place)  # the path of a socket must be short
        try:
            door.bind("门.txt")
        finally:
            os.chdir(Path(__file__).parents[3])
        answer = ask("ingest", str(place))
    assert answer["added"] == 1
    none = "”是设备、管道或套接字，不是文件，未读取；请换成普通文件。"
    assert failed(answer) == [
        (
            "外.txt",
            "unreadable-file",
            "“外.txt”是指向文件夹之外的链接，未读取；如需读取，请直接给出它指向的文件。",
        ),
        (
            "失效.txt",
            "unreadable-file",
            "无法打开“失效.txt”：找不到；请检查文件是否还在、是否有权限读取。",
        ),
        ("管道.docx", "unreadable-file", f"“管道.docx{none}"),
        ("门.txt", "unreadable-file", f"“门.txt{none}"),
    ]
    assert ask("ingest", str(place / "外.txt"))["added"] == 1


@needs_posix
def test_a_device_is_refused_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["parse", "/dev/zero"]) == 2
    assert capsys.readouterr().err == "“zero”是设备、管道或套接字，不是文件，未读取；请换成普通文件。\n"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(ask: Asked, place: Path) -> None:
    (place / "好.txt").write_text(TABLE.format(1), "utf-8")
    (place / "密.txt").write_text(TABLE.format(2), "utf-8")
    (place / "密.txt").chmod(0)
    sentence = "无法打开“密.txt”：没有权限；请检查文件是否还在、是否有权限读取。"
    assert failed(ask("ingest", str(place))) == [("密.txt", "unreadable-file", sentence)]


@needs_posix
def test_names_in_gbk_and_names_that_a_terminal_would_obey(
    ask: Asked, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    named = ["二〇二一年市某局.txt".encode("gb18030"), b"\xff\xff.txt", b"a\x1b[31m.txt", b"--help", b"CON"]
    for number, name in enumerate(named):
        Path(os.fsdecode(os.fsencode(place) + b"/" + name)).write_text(TABLE.format(number), "utf-8")
    assert run(["ingest", str(place), "--text"]) == 0
    assert "\x1b" not in capsys.readouterr().err
    assert sorted(one["source"] for one in ask("documents")["documents"]) == [
        "--help",
        "CON",
        "\\xff\\xff.txt",
        "a\x1b[31m.txt",
        "二〇二一年市某局.txt",
    ]
    assert ask("ingest", str(place))["unchanged"] == 5
    assert run(["documents", "--text"]) == 0
    assert "\x1b" not in capsys.readouterr().out


SLOWLY = """
import sys, time
import index.embedders
from tests.api.fake_embedder import FakeEmbedder
class Slow(FakeEmbedder):
    def embed_passages(self, texts, progress=None):
        time.sleep(0.03)
        return super().embed_passages(texts, progress)
index.embedders.open_embedder = lambda model, models: Slow()
from api.cli import main
main()
"""


@needs_posix
@pytest.mark.parametrize("sent", ["SIGINT", "SIGTERM", "SIGKILL"])
def test_work_that_is_cut_short_is_taken_up_where_it_ended(
    sent: str, ask: Asked, place: Path, folder: Path
) -> None:
    for number in range(30):
        (place / f"{number:02}.txt").write_text(TABLE.format(number), "utf-8")
    process = subprocess.Popen(
        [sys.executable, "-c", SLOWLY, "ingest", str(place)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[3],
    )
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("[5/30]"):
            break
    process.send_signal(signal.Signals[sent])
    _, said = process.communicate(timeout=60)
    if sent == "SIGINT":
        assert process.returncode == 130
        assert "个文件已经存入目标库；再次运行同一命令会从这里继续。" in said
    else:
        assert process.returncode != 0
    answer = ask("ingest", str(place))
    assert (answer["replaced"], answer["failed"]) == (0, [])
    assert answer["unchanged"] >= 5
    assert answer["added"] > 0
    assert answer["unchanged"] + answer["added"] == 30
    assert len(ask("documents")["documents"]) == 30
    with Catalog.open(folder / "catalog", read_only=True) as catalog:
        assert catalog.damages() == ()


def test_a_bad_manifest_is_passed_over(ask: Asked, place: Path) -> None:
    shutil.copy(SEED_2021, place / "a.txt")
    (place / "manifest.toml").write_text("a = " + "[" * 5000, "utf-8")
    answer = ask("ingest", str(place))
    assert answer["added"] == 1
    assert "manifest.toml 无法读取" in answer["warnings"][0]["sentence"]


def test_an_error_nobody_foresaw_is_noted_and_the_other_files_go_on(
    ask: Asked, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(path: Path, *arguments: object) -> Reading:
        if path.name == "坏.txt":
            raise ZeroDivisionError("正文里的字")
        return read(path, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(ingesting, "read", faulty)
    (place / "好.txt").write_text(TABLE.format(1), "utf-8")
    (place / "坏.txt").write_text(TABLE.format(2), "utf-8")
    answer = ask("ingest", str(place))
    assert [(file["path"], file["outcome"]) for file in answer["files"]] == [("好.txt", "added")]
    ((path, code, reason),) = failed(answer)
    assert (path, code) == ("坏.txt", "unreadable-file")
    assert reason.startswith("“坏.txt”未能读取：程序内部出错，出错位置已记入 ")
    assert "正文里的字" not in reason
