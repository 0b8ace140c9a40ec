"""Drafts over the two sample documents, with the default model."""

from __future__ import annotations

import pytest

from corpus.model import Comparator
from search.drafting.proposal import BasisStatus, DraftRequest, Proposal, ProposedItem
from search.engine import SearchEngine

UNIT = "市政府办公厅"
TOPICS = ("新闻发布会", "公文处理", "审批提速", "会展", "火星移民")


@pytest.fixture(scope="module")
def proposal(samples: SearchEngine) -> Proposal:
    return samples.draft(DraftRequest(TOPICS, UNIT, 2022))


def one(proposal: Proposal, topic: str) -> ProposedItem:
    return next(item for item in proposal.items if item.topic == topic)


def test_items_stand_as_in_the_form(proposal: Proposal) -> None:
    assert proposal.title == "2022年度业务目标"
    assert proposal.city == "青岛市"
    assert [(item.category, item.number, item.topic) for item in proposal.items] == [
        ("重点目标", "1", "新闻发布会"),
        ("重点目标", "2", "公文处理"),
        ("重点目标", "3", "会展"),
        ("创优目标", "1", "审批提速"),
    ]


def test_nothing_found_is_said_in_one_sentence(proposal: Proposal) -> None:
    assert [missing.topic for missing in proposal.missing] == ["火星移民"]
    assert proposal.missing[0].sentence.startswith("关于“火星移民”，目标库里没有找到有关的内容")
    assert proposal.missing[0].sentence.count("。") == 1


def test_every_sentence_is_a_quotation_but_for_its_changes(proposal: Proposal) -> None:
    for item in proposal.items:
        assert item.sentences
        for sentence in item.sentences:
            assert item.content[sentence.span.start : sentence.span.end] == sentence.text
            cited = sentence.citation
            content = cited.stored.item.content
            assert content[cited.span.start : cited.span.end] == cited.quote
            said = cited.quote
            for change in sentence.changes:
                assert change.written in said
                said = said.replace(change.written, change.now)
            bare = str.maketrans("", "", ",，;；:：()（）。. ")
            assert sentence.text.translate(bare) == said.translate(bare)


def test_the_newest_own_item_is_followed(proposal: Proposal) -> None:
    item = one(proposal, "新闻发布会")
    assert item.name == "深化政务公开"
    assert item.content.endswith("协调组织召开新闻发布会50场以上。")
    figure = item.figures[0]
    assert (figure.op, figure.value, figure.unit) == (Comparator.AT_LEAST, 50, "场")
    assert [(point.year, point.value) for point in figure.history] == [(2012, 30), (2021, 50)]
    assert [choice.document.year for choice in item.alternatives] == [2012]


def test_an_old_baseline_is_left_open(proposal: Proposal) -> None:
    item = one(proposal, "公文处理")
    assert "较上年度（〔待填〕件）压减10%" in item.content
    assert [(figure.name, figure.op, figure.value) for figure in item.figures] == [
        ("请示报告类公文办结率", Comparator.AT_LEAST, 96),
        ("市政府文件数量", Comparator.AT_MOST, 162),
    ]


def test_categories_take_the_newest_words_and_years_move(proposal: Proposal) -> None:
    item = one(proposal, "审批提速")
    assert item.category == "创优目标"
    assert "类别原为“奋斗目标”，按2021年的叫法改为“创优目标”。" in item.notes
    assert "在2021年基础上" in item.content
    assert any(change.written == "2011年" for sentence in item.sentences for change in sentence.changes)


def test_an_outdated_benchmark_says_so(proposal: Proposal) -> None:
    item = one(proposal, "审批提速")
    assert item.benchmark is not None
    assert (item.benchmark.city, item.benchmark.year, item.benchmark.is_outdated) == ("武汉市", 2012, True)
    assert item.benchmark_text is not None
    assert item.benchmark_text.startswith("标杆城市：武汉市    标杆值：武汉政府审批时限22个工作日")
    assert one(proposal, "会展").benchmark is None


def test_yearly_documents_get_a_successor_to_be_verified(proposal: Proposal) -> None:
    (basis,) = one(proposal, "会展").bases
    assert (basis.title, basis.status) == ("市政府办公厅2022年工作要点", BasisStatus.UNVERIFIED)
    assert basis.written == "市政府办公厅2012年工作要点"
    assert basis.citations[0].quote == "市政府办公厅2012年工作要点"
    assert one(proposal, "会展").basis_text == "市政府办公厅2022年工作要点（待核实）。"


def test_lasting_documents_keep_their_number(proposal: Proposal) -> None:
    numbered = [basis for basis in one(proposal, "新闻发布会").bases if basis.doc_number]
    assert [(basis.doc_number, basis.status) for basis in numbered] == [
        ("青政办发〔2012〕15号", BasisStatus.AS_CITED)
    ]


def test_nothing_of_the_drafted_year_or_later_is_used(samples: SearchEngine) -> None:
    proposal = samples.draft(DraftRequest(("新闻发布会",), UNIT, 2021))
    assert {s.citation.stored.document.year for item in proposal.items for s in item.sentences} == {2012}
    assert proposal.items[0].category == "工作目标"
    assert proposal.notes[0].startswith("目标库里“市政府办公厅”最近的目标是2012年的，没有2020年的")


def test_a_year_before_all_documents_finds_nothing(samples: SearchEngine) -> None:
    proposal = samples.draft(DraftRequest(("新闻发布会",), UNIT, 1990))
    assert (proposal.items, len(proposal.missing)) == ((), 1)


def test_an_unknown_unit_is_said(samples: SearchEngine) -> None:
    proposal = samples.draft(DraftRequest(("新闻发布会",), "市图书馆管理局", 2022))
    assert proposal.notes[0].startswith("目标库里没有“市图书馆管理局”2022年以前的目标，各条取自其他单位")
    item = proposal.items[0]
    assert item.responsible_units == ("市图书馆管理局",)
    assert not item.figures[0].is_own
    assert "新闻发布会〔待填〕场以上" in item.content
    assert item.notes[0].startswith("本单位没有写过这项工作，参照市政府办公厅2021年的“深化政务公开”拟写")


def test_a_draft_is_the_same_every_time(samples: SearchEngine, proposal: Proposal) -> None:
    assert samples.draft(DraftRequest(TOPICS, UNIT, 2022)) == proposal


def test_two_topics_of_one_item_are_pointed_out(samples: SearchEngine) -> None:
    proposal = samples.draft(DraftRequest(("公文办结率", "公文处理"), UNIT, 2022))
    assert "“公文办结率”“公文处理”都取自条目“提升公文处理质效”，可以合并为一条。" in proposal.notes
