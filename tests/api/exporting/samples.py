"""A draft made by hand: what a search would have to find for it is not the test."""

from __future__ import annotations

from dataclasses import replace

from api.drafting import Drafted, drafted
from corpus.model import Field, Span
from search.drafting.proposal import (
    BasisStatus,
    Change,
    DraftRequest,
    Proposal,
    ProposedBasis,
    ProposedBenchmark,
    ProposedItem,
    Sentence,
)
from tests.api.samples import CITATION

REQUEST = DraftRequest(("办件", "讲座"), "海市办公室", 2022, "海市")
HOSTILE = (
    "=SUM(A1:A9)",
    "+86开头的号码",
    "-减号开头",
    "@某人",
    "<w:p>&amp;</w:p>",
    "<script>alert(1)</script>",
    "带\x01控制\x0b符",
    "半个\ud800字",
)


def sentence(text: str, start: int = 0, changes: tuple[Change, ...] = ()) -> Sentence:
    return Sentence(text, CITATION, Span(Field.CONTENT, start, start + len(text)), changes)


def benchmark(city: str = "南京市", value: str = "全年按期办结率达到99%，平均用时3天。") -> ProposedBenchmark:
    return ProposedBenchmark(city, value, 2019, False, "取自海市办公室2019年，请核对。", CITATION)


def basis(title: str, number: str | None = None, *, sure: bool = True) -> ProposedBasis:
    status = BasisStatus.AS_CITED if sure else BasisStatus.UNVERIFIED
    return ProposedBasis(title, number, title, status, "请核对。", (CITATION,))


def proposed(category: str, number: str, name: str, *texts: str, **changes: object) -> ProposedItem:
    sentences = []
    start = 0
    for text in texts:
        sentences.append(sentence(text, start))
        start += len(text)
    made = ProposedItem(
        topic=name,
        category=category,
        number=number,
        name=name,
        name_citation=CITATION,
        sentences=tuple(sentences),
        figures=(),
        benchmark=None,
        benchmarks=(),
        bases=(),
        responsible_units=(REQUEST.unit,),
        deadline=None,
        alternatives=(),
        notes=("参照海市办公室2019年的“优化办件流程”拟写。",),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


ITEMS = (
    proposed(
        "重点目标", "1", "优化办件流程", "全年办件按期办结率达到97.5%以上。", "会议不超过12次。",
        bases=(
            basis("关于优化办件流程的通知", "海政发〔2019〕8号"),
            basis("2022年市政府工作报告", sure=False),
        ),
    ),
    proposed(
        "重点目标", "2", "举办讲座", "组织讲座20场，参加人数3000人以上。", bases=(basis("讲座管理办法"),)
    ),
    proposed("重点目标", "3", "值班工作", "落实值班制度，确保信息畅通。"),
    proposed("创优目标", "1", "打造服务品牌", "群众满意度达到98%以上。", benchmark=benchmark()),
    proposed("创优目标", "2", "缩短办理时限", "平均办理时限不超过5个工作日。", benchmark=benchmark("苏州市")),
    proposed("创优目标", "3", "推广经验", "推广经验做法10条。"),
)  # fmt: skip


def draft_of(*items: ProposedItem, request: DraftRequest = REQUEST) -> Drafted:
    return drafted(Proposal(request, request.city, items, (), ()))


PLAIN = draft_of(*ITEMS)
