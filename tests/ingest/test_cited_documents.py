"""One cited document: title, number, year, issuer and exact span."""

from __future__ import annotations

import pytest

from corpus.model import Field
from ingest.cited_documents import Passage, basis_at, is_body


@pytest.mark.parametrize(
    ("words", "title", "doc_number", "year", "issuer"),
    [
        (
            "《关于甲事的意见》（国办发〔2012〕1号）",
            "关于甲事的意见",
            "国办发〔2012〕1号",
            2012,
            "国务院办公厅",
        ),
        ("关于甲事的通知(青政办发 [2012] 15号)", "关于甲事的通知", "青政办发〔2012〕15号", 2012, None),
        ("青政办发〔2012〕15号《关于甲事的通知》", "关于甲事的通知", "青政办发〔2012〕15号", 2012, None),
        ("市政府《甲办法》", "甲办法", None, None, "市政府"),
        ("市政府办公厅关于甲事的意见", "市政府办公厅关于甲事的意见", None, None, "市政府办公厅"),
        ("2012年市政府工作报告", "2012年市政府工作报告", None, 2012, "市政府"),
        ("市政府办公厅2013年工作要点", "市政府办公厅2013年工作要点", None, 2013, "市政府办公厅"),
        ("某市实施《甲办法》细则", "某市实施《甲办法》细则", None, None, None),
        ("关于印发《甲方案》的通知", "关于印发《甲方案》的通知", None, None, None),
        ("《甲条例》（国务院令第711号）", "甲条例", "国务院令第711号", None, "国务院"),
        ("《甲意见》（鲁政办发〔2015〕3号）", "甲意见", "鲁政办发〔2015〕3号", 2015, "山东省人民政府办公厅"),
        ("中共中央 国务院关于甲事的意见", "中共中央 国务院关于甲事的意见", None, None, "中共中央 国务院"),
        ("关于建立甲\n制度的通知", "关于建立甲制度的通知", None, None, None),
        ("《〈甲条例〉实施细则》", "〈甲条例〉实施细则", None, None, None),
        ("国办发〔2015〕1号", "国办发〔2015〕1号", "国办发〔2015〕1号", 2015, "国务院办公厅"),
        ("《甲规划（2016—2020年）》", "甲规划（2016—2020年）", None, None, None),
    ],
)
def test_a_cited_document(
    words: str, title: str, doc_number: str | None, year: int | None, issuer: str | None
) -> None:
    passage = Passage.of(f"  {words}；", Field.BASIS)
    basis = basis_at(passage, 0, len(passage.raw))
    assert basis is not None
    assert (basis.title, basis.doc_number, basis.year, basis.issuer) == (title, doc_number, year, issuer)
    assert basis.text == words
    assert passage.raw[basis.span.start : basis.span.end] == words


def test_nothing_but_marks_is_no_document() -> None:
    assert basis_at(Passage.of(" ；。", Field.BASIS), 0, 3) is None


def test_bodies() -> None:
    assert is_body("市政府")
    assert is_body("国务院办公厅 ")
    assert not is_body("制定")


def test_unclosed_brackets_are_left_alone() -> None:
    passage = Passage.of("《甲（乙》丙)", Field.CONTENT)
    assert passage.closers == {0: 4, 2: 6}
    assert Passage.of("《" * 5, Field.CONTENT).closers == {}
