"""Documents, items and results made up for these tests."""

from __future__ import annotations

from corpus.catalog import StoredDocument, StoredItem
from corpus.model import (
    Basis,
    Benchmark,
    Bound,
    Comparator,
    DocumentKind,
    Field,
    Indicator,
    Origin,
    Place,
    Quantity,
    Span,
    TargetItem,
)
from search.results import Citation, Highlight, HighlightKind, Hit, Interpreted

CONTENT = "全年办件按期办结率达到97.5%以上，会议较上年度（200件）压减10%。"
BENCHMARK = "对标城市为南京市。南京市平均用时3天。"
BASIS = "关于优化办件流程的通知（海政发〔2019〕8号）"


def span_of(text: str, phrase: str, field: Field = Field.CONTENT) -> Span:
    start = text.index(phrase)
    return Span(field, start, start + len(phrase))


RATE = Indicator(
    name="办件按期办结率",
    op=Comparator.AT_LEAST,
    value=97.5,
    unit="%",
    text="办件按期办结率达到97.5%以上",
    span=span_of(CONTENT, "办件按期办结率达到97.5%以上"),
)
CUT = Indicator(
    name="会议",
    op=Comparator.DECREASE,
    value=10.0,
    unit="%",
    text="会议较上年度（200件）压减10%",
    span=span_of(CONTENT, "会议较上年度（200件）压减10%"),
    baseline=Quantity(200.0, "件", 2018),
    bound=Bound(Comparator.AT_MOST, 180.00000000000003, "件"),
)
CITY = Benchmark(
    "南京市", "平均用时3天", "对标城市为南京市", span_of(BENCHMARK, "对标城市为南京市", Field.BENCHMARK)
)
NOTICE = Basis(
    "关于优化办件流程的通知", "海政发〔2019〕8号", 2019, "海市政府", BASIS, span_of(BASIS, BASIS, Field.BASIS)
)

ITEM = TargetItem(
    category="重点目标",
    number="3",
    name="优化办件流程",
    content=CONTENT,
    indicators=(RATE, CUT),
    benchmarks=(CITY,),
    bases=(NOTICE,),
    basis_text=BASIS,
    benchmark_text=BENCHMARK,
    place=Place(line=12, row=3),
)

DOCUMENT = StoredDocument(
    id=7,
    source="2019.txt",
    path="海市/2019.txt",
    title="2019年度业务目标",
    kind=DocumentKind.TARGETS,
    unit="海市办公室",
    year=2019,
    city="海市",
    unit_origin=Origin.HEADER,
    year_origin=Origin.CONTENT,
    city_origin=Origin.FOLDER,
    doc_number=None,
    published=None,
    added_at="2024-01-02T03:04:05+00:00",
    items=1,
)

STORED = StoredItem(id=41, document=DOCUMENT, ordinal=0, item=ITEM)

INTERPRETED = Interpreted(
    query="2019年办件", text="办件", years=(2019,), units=("海市办公室",), notes=("按年份筛选。",)
)

HIT = Hit(
    stored=STORED,
    score=1.0,
    similarity=0.87654321,
    lexical=12.5,
    matched_words=("办件",),
    highlights=(Highlight(HighlightKind.WORD, span_of(CONTENT, "办件"), "办件"),),
    reasons=("匹配的词：办件", "语义相似度 0.88"),
)

CITATION = Citation(STORED, RATE.text, RATE.span)
