"""The command line as a process of its own: what it loads, how it ends, what it leaves unsaid."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

SEED = Path(__file__).parents[2] / "corpus" / "documents" / "000_5a4ffe0494ebd202.txt"
HEAVY = {"torch", "fastapi", "pydantic", "sentence_transformers", "transformers", "numpy", "faiss"}
HEAVY |= {"onnxruntime", "jieba", "tantivy", "jinja2", "uvicorn"}


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DUIBIAO_")}
    return kept | {"DUIBIAO_DATA": str(tmp_path / "kept"), "DUIBIAO_MODEL": str(tmp_path / "no-model")}


def _duibiao(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "api.cli", *arguments]


def _loaded(code: str, environment: dict[str, str]) -> set[str]:
    told = f"{code}\nimport sys\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", told], env=environment, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_importing_the_command_line_loads_nothing_heavy(environment: dict[str, str]) -> None:
    assert _loaded("import api.cli", environment).isdisjoint(HEAVY)


def test_asking_loads_neither_torch_nor_the_web(environment: dict[str, str]) -> None:
    code = "import api.library, search.engine, index.searcher, api.conversions.results"
    loaded = _loaded(code, environment)
    assert loaded.isdisjoint({"torch", "fastapi", "pydantic", "sentence_transformers", "transformers"})


def test_a_reader_that_has_had_enough_is_no_error(environment: dict[str, str]) -> None:
    process = subprocess.Popen(
        _duibiao("parse", str(SEED)), env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.wait(30) == 141
    assert process.stderr is not None
    assert process.stderr.read() == b""
    process.stderr.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_one_sentence(environment: dict[str, str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            _duibiao("parse", str(SEED)),
            env=environment,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stderr) == (1, "无法读写“标准输出”：磁盘空间已满；请检查该位置后重试。\n")


def test_another_locale_changes_no_byte(environment: dict[str, str]) -> None:
    command = _duibiao("parse", str(SEED))
    plain = subprocess.run(command, env=environment, capture_output=True, check=True).stdout
    other = environment | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "latin-1"}
    assert subprocess.run(command, env=other, capture_output=True, check=True).stdout == plain
    assert "提升公文处理质效" in plain.decode("utf-8")


def test_an_argument_that_is_no_text_is_answered(environment: dict[str, str]) -> None:
    command = [os.fsencode(part) for part in _duibiao("parse")]
    done = subprocess.run([*command, b"\xff\xfe.txt"], env=environment, capture_output=True, check=False)
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize(("name", "value"), [("DUIBIAO_PORT", "x"), ("DUIBIAO_MAX_UPLOAD_MB", "0")])
def test_a_wrong_setting_is_one_sentence(environment: dict[str, str], name: str, value: str) -> None:
    done = subprocess.run(
        _duibiao("documents"), env=environment | {name: value}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.startswith(f"环境变量 {name} 的值“{value}”不对")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _status(address: str) -> int | None:
    try:
        with urlopen(address, timeout=10) as answer:
            status: int = answer.status
            return status
    except HTTPError as error:
        error.close()
        return error.code
    except URLError:
        return None


def test_serving_over_a_broken_catalog_says_so_and_ends_quietly(environment: dict[str, str]) -> None:
    catalog = Path(environment["DUIBIAO_DATA"], "catalog")
    catalog.mkdir(parents=True)
    (catalog / "catalog.sqlite3").write_bytes(b"no database" * 1000)
    port = _free_port()
    process = subprocess.Popen(
        _duibiao("serve", "--port", str(port)),
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    deadline = time.monotonic() + 60
    while _status(f"http://127.0.0.1:{port}/healthz") is None and time.monotonic() < deadline:
        time.sleep(0.1)
    assert _status(f"http://127.0.0.1:{port}/healthz") == 200
    assert _status(f"http://127.0.0.1:{port}/readyz") == 503
    assert _status(f"http://127.0.0.1:{port}/") == 503
    process.send_signal(signal.SIGINT)
    written, told = process.communicate(timeout=30)
    assert process.returncode == 130
    assert written == b""
    assert told.decode().strip() == f"对标已启动：http://127.0.0.1:{port} （按 Ctrl+C 结束）"


def test_a_port_in_use_is_one_sentence(environment: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            _duibiao("serve", "--port", str(port)),
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == (
        f"无法在 127.0.0.1:{port} 提供服务：端口已被占用；请用 --port 换一个端口，或用 --host 换一个地址。\n"
    )
