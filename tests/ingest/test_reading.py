from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from corpus.errors import EmptyFile, NoTargets, UnreadableFile
from corpus.model import Origin
from ingest.explain import explain
from ingest.readers.contract import Extract, Source
from ingest.reading import Hints, read_file, read_source, reading_fingerprint
from ingest.vocabulary import Column, default_vocabulary

DOCUMENTS = Path(__file__).parents[2] / "corpus" / "documents"
FIRST = DOCUMENTS / "000_5a4ffe0494ebd202.txt"
SECOND = DOCUMENTS / "002_7bb5ada4633d9ee4.txt"
REPORTS = Path(__file__).parents[3] / "shared" / "data" / "reports"
SMALL = "序号\n目标名称\n目标内容\n1\n甲工作\n完成甲事3件。\n"


def test_the_document_of_2021() -> None:
    (document,) = read_file(FIRST).documents
    assert [(i.category, i.number) for i in document.items] == [
        *(("重点目标", str(n)) for n in range(1, 11)),
        *(("创优目标", str(n)) for n in (1, 2)),
    ]
    assert document.items[0].name == "提升公文处理质效"
    assert document.items[0].content.startswith("加快公文运转，确保文电处理严谨有序")
    assert [bool(i.benchmark_text) for i in document.items] == [False] * 10 + [True] * 2
    assert (document.items[10].benchmark_text or "").startswith("标杆城市：苏州市    标杆值：2020年以来")
    assert (document.items[11].benchmark_text or "").endswith("做好学习借鉴和复制推广。")
    assert (document.unit_origin, document.year_origin) == (Origin.MANIFEST, Origin.MANIFEST)
    assert (document.title, document.items[1].place.line) == ("2021年度市直单位业务目标", 16)


def test_the_document_of_2012() -> None:
    reading = read_file(SECOND)
    (document,) = reading.documents
    assert [(i.category, i.number) for i in document.items] == [
        *(("工作目标", str(n)) for n in range(1, 10)),
        *(("奋斗目标", str(n)) for n in (1, 2)),
    ]
    assert all(i.basis_text and not i.basis_text.endswith("|") for i in document.items)
    assert (document.items[9].basis_text or "").startswith("一、创标情况:建设项目(社会投资)")
    text = "".join(f"{i.name}{i.content}{i.basis_text}" for i in document.items)
    assert not any(word in text for word in ("导航", "收藏", "扫一扫", "|"))
    assert reading.problems == ()


def test_without_its_manifest_the_year_is_inferred_and_said_to_be(tmp_path: Path) -> None:
    shutil.copy(SECOND, tmp_path)
    (document,) = read_file(tmp_path / SECOND.name).documents
    assert (document.year, document.year_origin) == (2012, Origin.CONTENT)
    assert (document.city, document.city_origin) == ("青岛市", Origin.CONTENT)
    assert document.year_origin is not None
    assert document.year_origin.is_inferred


def test_hints_overrule_the_manifest() -> None:
    (document,) = read_file(SECOND, Hints(unit="市政府办公室", year=2013, city="济南市")).documents
    assert (document.unit, document.year, document.city) == ("市政府办公室", 2013, "济南市")
    assert document.year_origin is Origin.USER


def test_the_folders_above_the_root_say_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "2011" / "青岛市"
    folder.mkdir(parents=True)
    path = folder / "目标.txt"
    path.write_text(SMALL, encoding="utf-8")
    (document,) = read_file(path, root=folder).documents
    assert (document.year, document.city) == (None, "青岛市")
    (document,) = read_file(path, root=tmp_path).documents
    assert (document.year, document.year_origin) == (2011, Origin.FOLDER)


def test_what_nobody_states_is_a_problem_with_a_way_out() -> None:
    reading = read_source(Source("a.txt", SMALL.encode()))
    assert [p.sentence for p in reading.problems] == [
        "没有写明年份，也无法从内容判断；可以用 --year 指定，或写入同一文件夹的 manifest.toml。",
        "没有写明单位，也无法从内容判断；可以用 --unit 指定，或写入同一文件夹的 manifest.toml。",
    ]


def test_text_without_targets_and_no_text(tmp_path: Path) -> None:
    with pytest.raises(NoTargets, match="”里有文字"):
        read_source(Source("a.txt", "今天天气很好。\n明天也是。".encode()))
    with pytest.raises(EmptyFile, match="空的"):
        read_source(Source("a.txt", b""))
    with pytest.raises(UnreadableFile, match="找不到文件"):
        read_file(tmp_path / "none.txt")
    with pytest.raises(UnreadableFile, match="是文件夹"):
        read_file(tmp_path)


def test_a_header_without_rows_is_no_table_of_targets() -> None:
    with pytest.raises(NoTargets):
        read_source(Source("a.txt", "类别\n序号\n目标名称\n目标内容\n".encode()))


def test_a_wrong_manifest_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("2015年目标\n" + SMALL, encoding="utf-8")
    (tmp_path / "manifest.toml").write_text("= broken", encoding="utf-8")
    reading = read_file(tmp_path / "a.txt")
    assert reading.documents[0].year == 2015
    assert "manifest.toml 无法读取" in reading.problems[0].sentence
    (tmp_path / "manifest.toml").write_text('[[document]]\nfile = "a.txt"\nyear = "x"\n', encoding="utf-8")
    assert "year 应是四位年份" in read_file(tmp_path / "a.txt").problems[0].sentence


def test_the_fingerprint_changes_with_vocabulary_and_manifest(tmp_path: Path) -> None:
    plain = reading_fingerprint()
    assert plain == reading_fingerprint()
    assert plain == reading_fingerprint(vocabulary=default_vocabulary())
    assert plain != reading_fingerprint(vocabulary=default_vocabulary().extended({Column.NAME: ["事由"]}))
    path = tmp_path / "a.txt"
    before = reading_fingerprint(path)
    (tmp_path / "manifest.toml").write_text('[[document]]\nfile = "a.txt"\nyear = 2015\n', encoding="utf-8")
    assert reading_fingerprint(path) != before


def test_members_of_an_archive_are_read_each_and_bad_ones_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    good, bad = Source("甲.txt", SMALL.encode()), Source("乙.txt", b"")

    def unpacked(source: Source) -> Extract:
        if source.name == "目标.zip":
            return Extract(members=(good, bad))
        from ingest.readers import registry

        return registry.extract(source)

    monkeypatch.setattr("ingest.reading.extract", unpacked)
    reading = read_source(Source("目标.zip", b"PK"), Hints(year=2015, unit="市某局"))
    assert [d.source for d in reading.documents] == ["甲.txt"]
    assert len(reading.rows) == 1
    assert [p.source for p in reading.problems] == ["目标.zip/乙.txt"]
    assert "压缩包：目标.zip，1 个文件" in explain(reading)


def test_explain_shows_every_stage_and_no_contacts() -> None:
    shown = explain(read_file(FIRST))
    for part in (
        "版式：每行一个单元格、以制表符开头",
        "一、读到的内容（56 块）",
        "二、识别出的行（12 行）",
        "三、文件与条目（1 份）",
        "单位：市政府办公厅（来自 manifest.toml）",
        "条目 12（行 67） [创优目标] 2",
        "四、问题（0 个）",
    ):
        assert part in shown
    header = next(line for line in FIRST.read_text(encoding="utf-8").splitlines() if "联系人" in line)
    for label in ("主要负责人：", "联系人：", "联系电话："):
        value = header.split(label)[1].split()[0]
        assert value not in shown


@pytest.mark.skipif(not REPORTS.is_dir(), reason="the collection of work reports is not beside this checkout")
@pytest.mark.parametrize("name", ["青岛市/2021.md", "上海市/2005.md", "成都市/2015.md"])
def test_work_reports(name: str) -> None:
    path = REPORTS / name
    (document,) = read_file(path, root=REPORTS).documents
    assert document.kind.value == "report"
    assert (document.city, document.year) == (path.parent.name, int(path.stem))
    assert document.unit == f"{path.parent.name}人民政府"
    assert len(document.items) > 40
    assert all(item.heading_path for item in document.items)
    assert all(len(item.content) >= 20 for item in document.items)


@pytest.mark.parametrize("path", [FIRST, SECOND], ids=["2021", "2012"])
def test_spoilt_documents_are_read_or_refused_in_one_sentence(path: Path) -> None:
    choice = random.Random(7)
    content = path.read_bytes()
    for _ in range(25):
        spoilt = bytearray(content[: choice.randrange(1, len(content))])
        for _ in range(choice.randrange(4)):
            spoilt[choice.randrange(len(spoilt))] = choice.randrange(256)
        try:
            reading = read_source(Source(path.name, bytes(spoilt)))
        except UnreadableFile as error:
            assert error.sentence.endswith("。")  # noqa: PT017
            continue
        assert all(item.content for document in reading.documents for item in document.items)


def test_a_text_far_too_long_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="超过 40000 段文字的上限"):
        read_source(Source("a.txt", (SMALL + "甲\n" * 40_001).encode()))
    with pytest.raises(UnreadableFile, match="超过 600000 个字的上限"):
        read_source(Source("a.txt", (SMALL + "甲" * 600_001).encode()))
