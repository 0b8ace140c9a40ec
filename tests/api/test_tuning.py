import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from api import tuning
from api.cli import run
from api.library import Library
from api.settings import Settings
from api.tuning import Wish, tune_catalog
from corpus.catalog import Catalog
from corpus.errors import CatalogMissing, WrongUse
from index.embedders import open_embedder
from index.models import prepare, tuned
from index.tuning import candidate
from search.evaluation import held_out
from tests.index.tuning.tiny import fill, kept, tiny_source, write_default

WISH = Wish(minutes=1, steps=2)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small default model."""
    folder = tmp_path_factory.mktemp("base") / "model"
    write_default(folder, tiny_source())
    return folder


@pytest.fixture
def library(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    """A library with a small default model and a catalog to tune it to."""
    source = tiny_source()
    for module in (prepare, candidate):
        monkeypatch.setattr(module, "prepare_default", lambda _models, _say=None: base)
    monkeypatch.setattr(tuned, "package_folder", lambda: base)
    monkeypatch.setattr(tuned, "read_weights", lambda _folder: source)
    monkeypatch.setattr(tuned, "read_small_vocabulary", lambda _folder: frozenset())
    monkeypatch.setattr(tuned, "kept_pieces", lambda _source, _small: kept(source))
    settings = Settings.of_folder(tmp_path)
    with Catalog.open(settings.catalog, create=True) as catalog:
        fill(catalog)
    monkeypatch.setenv("DUIBIAO_DATA", str(tmp_path))
    for name in ("DUIBIAO_DB", "DUIBIAO_MODEL"):
        monkeypatch.delenv(name, raising=False)
    with Library(settings) as opened:
        yield opened


@pytest.fixture
def better(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is judged second is found better."""
    values = iter([0.5, 0.75])

    def judged(_embedder: object, asked: held_out.HeldOut) -> dict[str, dict[str, float]]:
        value = next(values)
        return {query.id: {"nDCG@10": value, "R@1": value} for query in asked.queries}

    monkeypatch.setattr(held_out, "judge", judged)


@pytest.fixture
def equal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is judged second is found as good."""

    def judged(_embedder: object, asked: held_out.HeldOut) -> dict[str, dict[str, float]]:
        return {query.id: {"nDCG@10": 0.5, "R@1": 0.5} for query in asked.queries}

    monkeypatch.setattr(held_out, "judge", judged)


def _folders(path: Path) -> list[str]:
    return sorted(entry.name for entry in path.iterdir() if entry.is_dir())


@pytest.mark.usefixtures("better")
def test_a_better_model_is_installed_and_served(library: Library) -> None:
    said: list[str] = []
    result = tune_catalog(library, Wish(minutes=1, steps=2, install=True), said.append)
    models = library.settings.models
    assert (result.better, result.installed) == (True, True)
    assert result.folder == str(tuned.installed_tuned(models))
    assert open_embedder(None, models).record.model == result.model
    assert result.model.startswith("multilingual-e5-small-int8-tuned-")
    assert [(one.measure, one.before, one.after) for one in result.held_out] == [
        ("nDCG@10", 0.5, 0.75),
        ("R@1", 0.5, 0.75),
    ]
    assert "nDCG@10 0.5000 → 0.7500" in result.sentence
    assert "请运行 duibiao reembed" in result.sentence
    assert result.training.steps == 2
    assert {one.kind: one.train + one.held_out for one in result.pairs} == PAIRS
    assert any("开始训练，最多 1 分钟；连同比较预计共需约" in sentence for sentence in said)
    assert any(sentence.startswith("第 1 步，损失 ") for sentence in said)


PAIRS = {"name": 560, "heading": 0, "years": 0}


@pytest.mark.usefixtures("equal")
def test_a_model_that_is_not_better_is_refused(library: Library) -> None:
    result = tune_catalog(library, Wish(minutes=1, steps=2, install=True), lambda _sentence: None)
    assert (result.better, result.installed, result.folder) == (False, False, None)
    assert "nDCG@10 0.5000 → 0.5000（p=1.000），R@1 0.5000 → 0.5000" in result.sentence
    assert "没有保留，仍用原来的模型" in result.sentence
    assert tuned.installed_tuned(library.settings.models) is None
    assert _folders(library.settings.models) == []


def test_a_model_that_was_hardly_trained_is_refused_by_real_figures(library: Library) -> None:
    result = tune_catalog(library, Wish(minutes=1, steps=1, install=True), lambda _sentence: None)
    assert not result.better
    before, after = result.held_out[0].before, result.held_out[0].after
    assert before == pytest.approx(after, abs=0.1)
    assert result.held_out[0].queries > 30


@pytest.mark.usefixtures("better")
def test_a_better_model_is_written_where_it_was_wanted(library: Library, tmp_path: Path) -> None:
    out = tmp_path / "mine"
    out.mkdir()  # an empty folder is no obstacle
    result = tune_catalog(library, Wish(minutes=1, steps=1, out=out), lambda _sentence: None)
    assert (result.folder, result.installed) == (str(out), False)
    assert f"已写入“{out}”" in result.sentence
    assert tuned.is_tuned(out)
    assert tuned.installed_tuned(library.settings.models) is None
    assert not list(tmp_path.glob(".tuning-*"))


@pytest.mark.usefixtures("better")
def test_nothing_is_kept_where_nobody_asked(library: Library) -> None:
    result = tune_catalog(library, WISH, lambda _sentence: None)
    assert (result.better, result.folder) == (True, None)
    assert result.sentence.endswith("没有给出 --out 或 --install，模型没有保留。")
    assert _folders(library.settings.models) == []


@pytest.mark.usefixtures("better")
def test_another_model_is_tuned_as_a_plain_folder(library: Library, base: Path, tmp_path: Path) -> None:
    settings = Settings(tmp_path, library.settings.catalog, tmp_path / "models", model=str(base))
    out = tmp_path / "mine"
    with Library(settings) as other:
        result = tune_catalog(other, Wish(minutes=1, steps=1, out=out), lambda _sentence: None)
    assert (result.base, result.model) == (str(base), str(out))
    record = open_embedder(str(out), tmp_path).record
    assert record.model == str(out)
    assert record.fingerprint != open_embedder(str(base), tmp_path).record.fingerprint


def test_interrupted_training_leaves_nothing(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_reporter: object, _step: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(tuning._Reporter, "__call__", interrupt)
    with pytest.raises(KeyboardInterrupt):
        tune_catalog(library, Wish(minutes=1, install=True), lambda _sentence: None)
    assert _folders(library.settings.models) == []
    assert tuned.installed_tuned(library.settings.models) is None


def test_too_few_items_are_named_with_the_number_needed(tmp_path: Path) -> None:
    settings = Settings.of_folder(tmp_path)
    with Catalog.open(settings.catalog, create=True) as catalog:
        fill(catalog, range(2020, 2021), topics=80)
    with Library(settings) as library, pytest.raises(WrongUse) as refused:
        tune_catalog(library, WISH, lambda _sentence: None)
    assert "只能组成 73 对训练文本和 7 个留出的问题，调优至少需要 200 对和 30 个" in refused.value.sentence
    assert "请先用 duibiao ingest 导入更多文档" in refused.value.sentence


def test_no_catalog(tmp_path: Path) -> None:
    with Library(Settings.of_folder(tmp_path)) as library, pytest.raises(CatalogMissing):
        tune_catalog(library, WISH, lambda _sentence: None)


def test_what_cannot_be_done_is_refused_before_any_work(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(WrongUse, match="--install 和 --out 只能给出一个"):
        Wish(out=tmp_path / "new", install=True).check(None)
    with pytest.raises(WrongUse, match="--install 只能换上调优后的默认模型，现在指定的是 mine"):
        Wish(install=True).check("mine")
    with pytest.raises(WrongUse, match=r"file”已经存在且不是空文件夹"):
        Wish(out=tmp_path / "file").check(None)
    with pytest.raises(WrongUse, match="已经存在且不是空文件夹"):
        Wish(out=tmp_path).check(None)
    Wish(out=tmp_path / "new").check("mine")


@pytest.mark.usefixtures("better")
def test_the_command_installs_and_goes_back(library: Library, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["tune", "--steps", "1", "--install", "--json"]) == 0
    written = json.loads(capsys.readouterr().out)
    assert (written["better"], written["installed"], written["training"]["steps"]) == (True, True, 1)
    assert run(["tune", "--uninstall"]) == 0
    assert "已恢复默认模型；请运行 duibiao reembed" in capsys.readouterr().err
    assert run(["tune", "--uninstall"]) == 0
    assert "现在用的就是默认模型" in capsys.readouterr().err


@pytest.mark.usefixtures("equal")
def test_the_command_says_that_nothing_is_better(
    library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["tune", "--steps", "1", "--install", "--text"]) == 3
    text = capsys.readouterr().out.splitlines()
    assert text[0].startswith("名称与内容：训练 ")
    assert text[3].startswith("训练 1 步，用了 32 对")
    assert text[4].endswith("可以增加文档或训练时间后重试。")


def test_the_command_refuses_wrong_values(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["tune", "--minutes", "0"]) == 2
    assert "--minutes 的值不对：“0”不是 1 到 1440 之间的整数" in capsys.readouterr().err
