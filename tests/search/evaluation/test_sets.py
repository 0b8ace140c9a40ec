"""Our own sets: what a line means, and what is said of a bad one."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import UnreadableFile
from search.evaluation.sets import Judgment, Texts, read_queries

TEXT = "一、全年公文办结率达到96%以上。\r\n二、会议不超过55次。\n"
FILE = "reports/海市/2012.md"


def passage(text: str, grade: int = 3, file: str = FILE) -> dict[str, Any]:
    return {
        "file": file,
        "start": TEXT.index(text),
        "length": len(text),
        "sha256": sha256(text.encode()).hexdigest(),
        "grade": grade,
    }


@pytest.fixture
def texts(tmp_path: Path) -> Texts:
    path = tmp_path / "texts" / FILE
    path.parent.mkdir(parents=True)
    path.write_bytes(TEXT.encode())
    return Texts((tmp_path / "nowhere", tmp_path / "texts"))


def written(folder: Path, *lines: object) -> Path:
    path = folder / "set.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return path


def test_a_query_with_everything(tmp_path: Path, texts: Texts) -> None:
    line = {
        "id": "r1",
        "query": "会议多少次",
        "kinds": ["figures"],
        "today": "2026-03-01",
        "unit": "办公室",
        "category": "工作目标",
        "city": "海市",
        "judgments": [passage("会议不超过55次"), passage("公文", 0)],
    }
    (query,) = read_queries(written(tmp_path, line), texts)
    start = TEXT.index("会议")
    assert query.judgments == (Judgment(FILE, start, start + 8, 3), Judgment(FILE, 4, 6, 0))
    assert (query.id, query.kinds, query.today) == ("r1", ("figures",), date(2026, 3, 1))
    assert (query.year, query.unit, query.category, query.city) == (None, "办公室", "工作目标", "海市")
    assert query.years == frozenset()


@pytest.mark.parametrize(
    ("changed", "years"),
    [
        ({}, set()),
        ({"query": "2012年会议"}, {2012}),
        ({"query": "二〇一二年会议"}, {2012}),
        ({"query": "去年会议多少次"}, {2012}),
        ({"query": "十三五期间的会议"}, {2012}),
        ({"query": "12345热线"}, set()),
        ({"query": "2012年会议", "years": [2012, "2013"]}, {2012, 2013}),
        ({"years": [2020]}, {2020}),
        ({"year": 2012}, {2012}),
    ],
)
def test_the_years_that_are_asked_for(
    tmp_path: Path, texts: Texts, changed: dict[str, object], years: set[int]
) -> None:
    line = {"id": "r1", "query": "会议", "judgments": [passage("会议不超过55次")]} | changed
    assert read_queries(written(tmp_path, line), texts)[0].years == years


def test_a_question_and_one_without_an_answer(tmp_path: Path, texts: Texts) -> None:
    lines = (
        {"id": "q1", "question": "多少？", "answers": ["96%以上", "96%"], "answers_all": ["96%"]}
        | {"judgments": [passage("96%以上")], "over": "reports"},
        {"id": "q2", "question": "谁？", "kinds": ["unanswerable"], "judgments": []},
    )
    one, other = read_queries(written(tmp_path, *lines), texts)
    assert (one.answerable, one.answers, one.answers_all) == (True, ("96%以上", "96%"), ("96%",))
    assert (other.answerable, other.judgments) == (False, ())


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"judgments": [passage("96%以上") | {"sha256": "0" * 64}]}, f"与“{FILE}”的文字不一致"),
        ({"judgments": [passage("96%以上") | {"start": 5}]}, "文字不一致"),
        ({"judgments": [passage("96%以上") | {"start": -1}]}, "缺少有效的 start 和 length"),
        ({"judgments": [passage("96%以上") | {"length": 0}]}, "缺少有效的 start 和 length"),
        ({"judgments": [passage("96%以上") | {"grade": 4}]}, "grade 应当是 0 到 3 的整数"),
        ({"judgments": [passage("96%以上") | {"grade": True}]}, "“grade”应当是整数"),
        ({"judgments": [passage("96%以上", file="../a.md")]}, "指向文本文件夹之外"),
        ({"judgments": [passage("96%以上", file="b.md")]}, "找不到评测集所依据的文本“b.md”；请用 --texts"),
        ({"judgments": "none"}, "“judgments”应当是对象的列表"),
        ({"judgments": []}, "没有一处相关的原文"),
        ({"judgments": [passage("公文", 0)]}, "没有一处相关的原文"),
        ({"answerable": False}, "写明无法回答，却有相关的原文"),
        ({"today": "明天"}, "today 应当写成"),
        ({"years": ["去年"]}, "years 应当是年份的列表"),
        ({"year": "2012"}, "“year”应当是整数"),
        ({"query": " "}, "问句是空的"),
        ({"query": None}, "缺少“query”"),
        ({"kinds": [{}]}, "“kinds”应当是文字或文字的列表"),
    ],
)
def test_a_bad_line(tmp_path: Path, texts: Texts, changed: dict[str, object], sentence: str) -> None:
    good = {"id": "r1", "query": "会议", "judgments": [passage("会议不超过55次")]}
    bad = {"id": "r2", "query": "公文", "judgments": [passage("96%以上")]} | changed
    with pytest.raises(UnreadableFile, match=sentence):
        read_queries(written(tmp_path, good, bad), texts)


def test_an_id_that_comes_twice(tmp_path: Path, texts: Texts) -> None:
    good = {"id": "r1", "query": "会议", "judgments": [passage("会议不超过55次")]}
    with pytest.raises(UnreadableFile, match="第 2 行的编号“r1”重复了"):
        read_queries(written(tmp_path, good, good), texts)
