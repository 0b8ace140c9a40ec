"""Citations in prose: what is cited as a basis counts, what is only mentioned does not."""

from __future__ import annotations

import pytest

from corpus.model import Field
from ingest.citations import find_citations
from ingest.cited_documents import Passage


def cited(text: str, *, decisions: bool = False) -> list[tuple[str, str | None]]:
    passage = Passage.of(text, Field.CONTENT)
    found = list(find_citations(passage, 0, len(text), decisions=decisions))
    assert all(text[basis.span.start : basis.span.end] == basis.text for basis in found)
    return [(basis.title, basis.doc_number) for basis in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("根据《甲条例》（国发〔2012〕1号），开展工作。", [("甲条例", "国发〔2012〕1号")]),
        ("按照《甲办法》要求推进", [("甲办法", None)]),
        ("贯彻落实《甲纲要》，完善机制", [("甲纲要", None)]),
        (
            "依据《甲法》、国务院《乙条例》和市委《丙意见》，制定《丁方案》",
            [("甲法", None), ("乙条例", None), ("丙意见", None)],
        ),
        ("贯彻《甲法》，贯彻国务院《乙纲要》，依法行政", [("甲法", None), ("乙纲要", None)]),
        ("落实国发〔2012〕2号文件精神", [("国发〔2012〕2号", "国发〔2012〕2号")]),
        (
            "根据市政府关于甲事的意见（青政发〔2015〕8号）推进",
            [("市政府关于甲事的意见", "青政发〔2015〕8号")],
        ),
    ],
)
def test_cited_documents(text: str, found: list[tuple[str, str | None]]) -> None:
    assert cited(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "修订《市政府工作规则》，创刊《甲要情》",
        "按照要求修订《甲规则》",
        "督办落实《政府工作报告》33项公开挂牌事项",
        "编报《甲专报》《乙调查》等信息",
        "根据市政府第4次会议精神，成立小组",
        "贯彻落实国家、省要求",
        "根据《没有写完",
    ],
)
def test_mentions_are_not_citations(text: str) -> None:
    assert cited(text) == []


def test_decisions_of_meetings_count_where_asked() -> None:
    text = "根据市政府第4次会议精神，成立小组"
    assert cited(text, decisions=True) == [("市政府第4次会议精神", None)]


def test_the_body_before_a_title_is_its_issuer() -> None:
    passage = Passage.of("落实国务院《甲纲要》。", Field.CONTENT)
    (basis,) = find_citations(passage, 0, len(passage.raw))
    assert (basis.title, basis.issuer, basis.text) == ("甲纲要", "国务院", "《甲纲要》")
