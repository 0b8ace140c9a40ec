from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import WrongUse
from ingest.readers.contract import Source
from ingest.reading import read_source
from ingest.vocabulary import Column, default_vocabulary, load_vocabulary


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("类别", Column.CATEGORY),
        ("目标类别", Column.CATEGORY),
        ("序 号", Column.NUMBER),
        ("编号", Column.NUMBER),
        ("公开挂牌督办事项", Column.NAME),
        ("任务名称", Column.NAME),
        ("工作任务和目标", Column.CONTENT),
        ("考核内容", Column.CONTENT),
        ("制定依据 (对标情况)", Column.BASIS),
        ("依据", Column.BASIS),
        ("標桿城市", Column.BENCHMARK_CITY),
        ("对标值", Column.BENCHMARK_VALUE),
        ("牵头单位", Column.RESPONSIBLE),
        ("完成时限：", Column.DEADLINE),
        ("权重（%）", Column.WEIGHT),
        ("完成情况", Column.PROGRESS),
        ("２０１２年目标值", Column.TARGET_VALUE),
        ("目标内容及完成标准", Column.CONTENT),
        ("主要责任单位", Column.RESPONSIBLE),
    ],
)
def test_header_words(text: str, column: Column) -> None:
    assert default_vocabulary().candidates(text)[0] is column


@pytest.mark.parametrize(
    "text", ["", "1", "单位名称：市教育局", "完成全市污染源普查工作并建立台账", "提升公文处理质效"]
)
def test_what_is_no_header(text: str) -> None:
    assert default_vocabulary().candidates(text) == ()


def test_a_word_of_two_meanings_takes_the_column_that_is_free() -> None:
    columns = default_vocabulary().columns
    assert columns(["序号", "考核项目", "考核指标"]) == (Column.NUMBER, Column.NAME, Column.CONTENT)
    assert columns(["序号", "考核指标", "目标值"]) == (Column.NUMBER, Column.NAME, Column.TARGET_VALUE)
    assert columns(["目标任务", "责任单位", "配合单位"]) == (
        Column.NAME,
        Column.RESPONSIBLE,
        Column.RESPONSIBLE,
    )


def test_a_user_adds_words(tmp_path: Path) -> None:
    path = tmp_path / "words.toml"
    path.write_text('[columns]\ncontent = ["年度攻坚举措"]\nname = ["事由"]\n', encoding="utf-8")
    vocabulary = load_vocabulary(path)
    assert vocabulary.candidates("年度攻坚举措") == (Column.CONTENT,)
    source = Source("a.txt", "序号\n事由\n年度攻坚举措\n1\n甲工作\n完成甲事3件。".encode())
    (item,) = read_source(source, vocabulary=vocabulary).documents[0].items
    assert (item.number, item.name, item.content) == ("1", "甲工作", "完成甲事3件。")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[columns]\nkontent = ['x']", "没有名为“kontent”的列"),
        ("[columns]\ncontent = 'x'", "应是一组文字"),
        ("columns = 1", "columns 应是一个表"),
        ("= =", "不是有效的 TOML"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "words.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(WrongUse, match=sentence):
        load_vocabulary(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="无法打开词汇表“none"):
        load_vocabulary(tmp_path / "none.toml")
