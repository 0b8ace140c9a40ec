"""Sets of other makers in their three layouts, and the sentence for what is wrong with them."""

import json
from pathlib import Path

import pytest

from corpus.errors import UnreadableFile, WrongUse
from search.evaluation.foreign import ForeignDocument, ForeignQuestion, read_collection

DATA = Path(__file__).parents[4] / "shared" / "data"


def lines(path: Path, *entries: object) -> Path:
    path.write_text("\n".join(json.dumps(entry, ensure_ascii=False) for entry in entries), encoding="utf-8")
    return path


def test_lines_of_documents_and_questions(tmp_path: Path) -> None:
    documents = lines(
        tmp_path / "documents.jsonl", {"id": 1, "text": "甲"}, {"id": "b", "text": "乙", "title": "题"}
    )
    questions = lines(
        tmp_path / "asked.jsonl",
        {"id": "q1", "question": "什么？", "document": "b", "answer": "乙"},
        {"id": "q2", "question": "哪些？", "documents": [1, "b"], "answer": ["甲", "乙"]},
        {"id": "q3", "question": "没有的？", "answerable": False},
    )
    found = read_collection(documents, questions)
    assert found.name == tmp_path.name
    assert found.documents == (ForeignDocument("1", "甲"), ForeignDocument("b", "乙", "题"))
    assert found.questions == (
        ForeignQuestion("q1", "什么？", ("b",), ("乙",)),
        ForeignQuestion("q2", "哪些？", ("1", "b"), ("甲", "乙")),
        ForeignQuestion("q3", "没有的？", (), (), answerable=False),
    )


def test_passages_with_their_questions(tmp_path: Path) -> None:
    passages = [
        {
            "context_id": "c",
            "context_text": "文",
            "title": "不用",
            "qas": [{"query_id": "c0", "query_text": "问？", "answers": ["答", "答案"]}],
        }
    ]
    path = tmp_path / "trial.json"
    path.write_text(json.dumps(passages), encoding="utf-8")
    found = read_collection(path)
    assert found.name == "trial"
    assert found.documents == (ForeignDocument("c", "文"),)
    assert found.questions == (ForeignQuestion("c0", "问？", ("c",), ("答", "答案")),)


def test_the_nested_layout_of_squad(tmp_path: Path) -> None:
    asked = [
        {"id": "q0", "question": "问？", "answers": [{"text": "答", "answer_start": 0}]},
        {"id": "q1", "question": "无？", "answers": [], "is_impossible": True},
    ]
    paragraphs = [{"id": "p", "context": "文", "qas": asked}, {"context": "又一段", "qas": []}]
    path = tmp_path / "dev.json"
    path.write_text(
        json.dumps({"version": "1", "data": [{"title": "题", "paragraphs": paragraphs}]}), "utf-8"
    )
    found = read_collection(path)
    assert found.documents == (ForeignDocument("p", "文"), ForeignDocument("题#1", "又一段"))
    assert found.questions == (
        ForeignQuestion("q0", "问？", ("p",), ("答",)),
        ForeignQuestion("q1", "无？", (), (), answerable=False),
    )


def test_the_digest_follows_the_documents_alone(tmp_path: Path) -> None:
    questions = lines(tmp_path / "q.jsonl", {"id": "q", "question": "问", "document": "a"})
    more = lines(tmp_path / "r.jsonl", {"id": "r", "question": "另问", "document": "a"})
    one = lines(tmp_path / "d.jsonl", {"id": "a", "text": "甲"})
    other = lines(tmp_path / "e.jsonl", {"id": "a", "text": "乙"})
    assert read_collection(one, questions).digest == read_collection(one, more).digest
    assert read_collection(one, questions).digest != read_collection(other, questions).digest


@pytest.mark.parametrize(
    ("document", "question", "sentence"),
    [
        ({"id": "a"}, {}, r"第 1 条缺少“text”；请补上。"),
        ({"id": ["a"], "text": "甲"}, {}, "的“id”应当是文字；请改正。"),
        ({"id": "a", "text": "甲"}, {"document": "b"}, "所指的文档“b”不在“d.jsonl”里"),
        ({"id": "a", "text": "甲"}, {"document": None}, "没有写明由哪篇文档回答"),
        ({"id": "a", "text": "甲"}, {"answerable": "no"}, "应当是 true 或 false"),
        ({"id": "a", "text": "甲"}, {"answer": 2.5}, "的“answer”应当是文字或文字的列表"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(
    tmp_path: Path, document: object, question: dict[str, object], sentence: str
) -> None:
    documents = lines(tmp_path / "d.jsonl", document)
    questions = lines(tmp_path / "q.jsonl", {"id": "q", "question": "问", "document": "a"} | question)
    with pytest.raises(UnreadableFile, match=sentence):
        read_collection(documents, questions)


def test_files_that_are_no_sets(tmp_path: Path) -> None:
    documents = lines(tmp_path / "d.jsonl", {"id": "a", "text": "甲"}, {"id": "a", "text": "乙"})
    with pytest.raises(WrongUse, match=r"“d.jsonl”里没有问题；请用 --questions"):
        read_collection(documents)
    questions = lines(tmp_path / "q.jsonl", {"id": "q", "question": "问", "document": "a"})
    with pytest.raises(UnreadableFile, match="第 2 行的编号“a”重复了"):
        read_collection(documents, questions)
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"id": "a", "text": "甲"}\n{"id": ', encoding="utf-8")
    with pytest.raises(UnreadableFile, match=r"“broken.jsonl”第 2 行不是有效的 JSON"):
        read_collection(broken, questions)
    broken.write_text("3", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="每行一个 JSON 对象"):
        read_collection(broken, questions)
    broken.write_text('{"id": "a", "text": "甲"}\n7\n', encoding="utf-8")
    with pytest.raises(UnreadableFile, match="第 2 行应当是一个 JSON 对象"):
        read_collection(broken, questions)
    broken.write_text("", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="没有内容"):
        read_collection(broken, questions)
    broken.write_bytes("甲".encode("gbk"))
    with pytest.raises(UnreadableFile, match="不是 UTF-8 编码"):
        read_collection(broken, questions)
    with pytest.raises(UnreadableFile, match="找不到文件"):
        read_collection(tmp_path / "none.jsonl", questions)


@pytest.mark.parametrize(
    ("documents", "questions", "sizes"),
    [
        ("policy-qa/documents.jsonl", "policy-qa/questions.jsonl", (249, 512)),
        ("cmrc2018-trial.json", None, (256, 1002)),
    ],
)
def test_the_sets_that_we_measure_on(documents: str, questions: str | None, sizes: tuple[int, int]) -> None:
    if not (DATA / documents).is_file():
        pytest.skip(f"没有 {documents}，跳过")
    found = read_collection(DATA / documents, DATA / questions if questions else None)
    assert (len(found.documents), len(found.questions)) == sizes
    assert all(question.documents and question.answers for question in found.questions)
    assert found.name == ("policy-qa" if questions else "cmrc2018-trial")
