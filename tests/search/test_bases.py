"""Documents that targets rest on."""

from __future__ import annotations

import pytest

from search.bases import ranked_bases, title_key
from search.evidence import Subject
from tests.search.making import document, found, item

BASIS_TEXT = "1.《市政府工作规则》；2.关于改进公文处理的意见（某政发〔2012〕3号）"
PAPERS = item(
    "公文工作",
    "做好公文处理。",
    number=1,
    basis_text=BASIS_TEXT,
    bases=(("市政府工作规则", None), ("关于改进公文处理的意见", "某政发〔2012〕3号")),
)
HOTLINE = item(
    "热线工作",
    "做好热线。",
    number=2,
    of=document(2, 2015),
    basis_text="《青岛市人民政府工作规则》",
    bases=(("青岛市人民政府工作规则", None),),
)


def test_the_bases_of_the_topic_best_title_first() -> None:
    subject = Subject(("公文处理",))
    bases = ranked_bases(subject, (found(PAPERS, subject), found(HOTLINE, subject, 0.84)))
    assert [(basis.title, basis.doc_number) for basis in bases] == [
        ("关于改进公文处理的意见", "某政发〔2012〕3号"),
        ("市政府工作规则", None),
    ]


def test_variants_of_a_title_are_one_document() -> None:
    subject = Subject(())
    bases = ranked_bases(subject, (found(PAPERS, subject, 0.95), found(HOTLINE, subject, 0.95)))
    rules = next(basis for basis in bases if title_key(basis.title) == "政府工作规则")
    assert [one.citation.stored.id for one in rules.evidence] == [1, 2]


def test_another_number_is_another_document() -> None:
    other = item("甲", "公文处理", basis_text="意见", bases=(("意见", "某政发〔2013〕3号"),), number=3)
    same = item("乙", "公文处理", basis_text="意见", bases=(("意见", "某政发〔2014〕3号"),), number=4)
    subject = Subject(("公文处理",))
    assert len(ranked_bases(subject, (found(other, subject), found(same, subject)))) == 2


@pytest.mark.parametrize(
    "title", ["《青岛市人民政府工作规则》", "市政府工作规则", " 市政府 工作规则。", "市政府工作規則"]
)
def test_title_key(title: str) -> None:
    assert title_key(title) == "政府工作规则"
