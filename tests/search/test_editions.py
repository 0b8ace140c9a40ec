"""Documents of every year, and documents asked for by name, over the samples."""

from __future__ import annotations

import pytest

from search.asked import SearchRequest
from search.bases import title_key
from search.engine import SearchEngine


def test_a_number_finds_its_document_and_what_rests_on_it(samples: SearchEngine) -> None:
    (basis,) = samples.bases(SearchRequest("青政办发[2012]15号")).bases
    assert basis.doc_number == "青政办发〔2012〕15号"
    assert [one.citation.stored.item.name for one in basis.evidence] == ["决策服务工作"]


def test_a_yearly_document_has_a_successor(samples: SearchEngine) -> None:
    found = samples.bases(SearchRequest("《2012年市政府工作报告》")).bases
    assert [basis.title for basis in found] == ["2012年市政府工作报告"]
    assert len(found[0].evidence) == 3
    assert found[0].years == (2012,)
    assert found[0].successor is not None
    assert (found[0].successor.title, found[0].successor.held) == ("2022年市政府工作报告", False)


def test_an_unknown_number_is_told(samples: SearchEngine) -> None:
    response = samples.bases(SearchRequest("青政发〔1999〕999号"))
    assert any("没有条目以问到的文件或文号为依据" in note for note in response.interpreted.notes)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("中华人民共和国行政许可法", "行政许可法"),
        ("关于印发某某管理办法的通知", "某某管理办法"),
        ("2012年市政府工作报告", "2012年政府工作报告"),
        ("关于改进公文处理的意见（某政发〔2012〕3号）", "《关于改进公文处理的意见》"),
    ],
)
def test_variants_have_one_key(one: str, other: str) -> None:
    assert title_key(one) == title_key(other)
