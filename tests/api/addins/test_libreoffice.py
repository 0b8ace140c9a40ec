"""The extension for LibreOffice: what is in it, and what it does in a real LibreOffice."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from lxml import etree

from api.addins.libreoffice import IDENTIFIER, extension
from search.citations import read_mark

SERVER = "http://duibiao.example:8000"
DRIVER = Path(__file__).with_name("libreoffice_driver.py")
WORDS = "加快公文运转，全年公文按期办结率达到94%以上。"
NAME = "提升公文处理质效"
SYSTEM_PYTHON = "/usr/bin/python3"
NOBODY = 65534


def test_what_is_in_the_extension() -> None:
    with ZipFile(BytesIO(extension(SERVER))) as archive:
        names = archive.namelist()
        manifest = etree.fromstring(archive.read("META-INF/manifest.xml"))
        description = archive.read("description.xml").decode()
        server = json.loads(archive.read("pythonpath/duibiao_addin/server.json"))
        menu = etree.fromstring(archive.read("Addons.xcu"))
    listed = [value for entry in manifest for key, value in entry.items() if str(key).endswith("full-path")]
    assert listed == ["duibiao.py", "Addons.xcu"]
    assert set(listed) <= set(names)
    assert f'identifier value="{IDENTIFIER}"' in description
    assert server == {"server": SERVER}
    actions = {element.text for element in menu.iter("value") if (element.text or "").startswith("service:")}
    assert actions == {
        f"service:{IDENTIFIER}.Actions?{action}" for action in ("lookup", "insert", "citation", "verify")
    }
    assert not [name for name in names if "__pycache__" in name]


def test_equal_addresses_give_equal_bytes() -> None:
    assert extension(SERVER) == extension(SERVER)
    assert extension(SERVER) != extension("http://other.example")


def test_the_extension_needs_the_standard_library_only() -> None:
    with ZipFile(BytesIO(extension(SERVER))) as archive:
        code = "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".py"))
    imported = {
        line.split()[1].split(".")[0] for line in code.splitlines() if line.startswith(("import ", "from "))
    }
    assert imported <= {
        "", "__future__", "collections", "com", "contextlib", "duibiao_addin", "json", "pathlib", "re",
        "typing", "unohelper", "urllib",
    }  # fmt: skip


def missing() -> str | None:
    """Say what this machine lacks to try the extension in LibreOffice."""
    for program in ("soffice", "unopkg", SYSTEM_PYTHON):
        if shutil.which(program) is None:
            return f"no {program} on this machine"
    if subprocess.run([SYSTEM_PYTHON, "-c", "import uno"], capture_output=True, check=False).returncode:
        return "the system's Python has no uno (python3-uno)"
    if os.geteuid() == 0 and shutil.which("setpriv") is None:
        return "LibreOffice installs no extension as root, and there is no setpriv"
    return None


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder for a profile of its own, of a user who may install extensions."""
    reason = missing()
    if reason is not None:
        pytest.skip(f"{reason}: the extension is not tried in LibreOffice")
    made = Path(tempfile.mkdtemp(prefix="duibiao-office-", dir="/tmp"))
    if os.geteuid() == 0:
        os.chown(made, NOBODY, NOBODY)
    yield made
    shutil.rmtree(made, ignore_errors=True)


def run(folder: Path, arguments: Sequence[str]) -> str:
    """Run a program as somebody who may install extensions; return what it printed."""
    as_nobody = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    done = subprocess.run(
        [*(as_nobody if os.geteuid() == 0 else []), *arguments],
        env={"HOME": str(folder), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"},
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=120,
        check=False,
    )
    printed = done.stdout.decode()
    assert done.returncode == 0, printed
    return printed


def install(folder: Path, server: str) -> str:
    """Install the extension for a server into the profile; return the profile's address."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    (folder / "duibiao.oxt").write_bytes(extension(server))
    shutil.copy(DRIVER, folder / "driver.py")
    run(folder, ["unopkg", "add", "-f", profile, "duibiao.oxt"])
    return profile


@pytest.fixture(scope="module")
def seen(folder: Path, address: str) -> dict[str, Any]:
    """What came of the actions in a real document."""
    profile = install(folder, address)
    listed = run(folder, ["unopkg", "list", profile])
    assert IDENTIFIER in listed
    assert "is registered: no" not in listed
    said = run(folder, [SYSTEM_PYTHON, "driver.py", f"file://{folder}/profile", WORDS])
    found: dict[str, Any] = json.loads(said.splitlines()[-1])
    return found


def test_the_selection_is_looked_up_in_a_window_beside_the_document(seen: dict[str, Any]) -> None:
    assert seen["nothing"].startswith("没有选中文字")
    assert seen["query"] == f"查找：{WORDS}"
    assert seen["found"].startswith("找到 8 条相近的目标")


def test_a_citation_carries_its_mark_in_a_bookmark(seen: dict[str, Any]) -> None:
    before = f"前面的话。\n{WORDS}"
    assert seen["text"].startswith(f"{before}“加快公文运转")
    assert seen["text"].endswith("”〔对标：市政府办公厅2021年业务目标，重点目标第1项〕")
    assert seen["marked"] == seen["text"].removeprefix(before)
    (mark,) = seen["bookmarks"]
    assert read_mark(mark) is not None
    assert seen["cited"] == f"已插入“{NAME}”的引文，以后可以核对。"


def test_a_second_citation_gets_a_bookmark_of_its_own_and_is_undone_at_once(seen: dict[str, Any]) -> None:
    (mark,) = seen["bookmarks"]
    assert seen["again"] == [mark, f"{mark}_2"]
    assert seen["undone"] == seen["text"]


def test_an_item_and_rows_are_inserted(seen: dict[str, Any]) -> None:
    assert seen["inserted"] == f"已插入“{NAME}”的文字。"
    assert seen["item"].startswith("加快公文运转，确保文电处理严谨有序")
    headers, first = seen["table"]
    assert headers == ["类别", "目标名称", "目标内容"]
    assert first[:2] == ["重点目标", NAME]
    assert first[2] == seen["item"]
    assert seen["grown"] == [["序号", *headers[1:]], ["", NAME, seen["item"]], first]


def test_citations_in_the_document_are_checked(seen: dict[str, Any]) -> None:
    assert seen["verified"] == "核对了 1 处引文：原文未变 1 处。"
