"""A library without catalog, index and model: what the pages and routes do with it is the test."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from api.conversions.documents import detail_to_json, document_to_json
from api.conversions.relations import bases_to_json, benchmarks_to_json, trends_to_json
from api.conversions.results import answer_to_json, search_to_json
from api.library import Library
from api.schemas.documents import DocumentDetailJson, DocumentListJson
from api.schemas.results import AnswerJson, BasesJson, BenchmarksJson, SearchJson, TrendsJson
from api.schemas.service import (
    FailureJson,
    FileOutcomeJson,
    IngestJson,
    RemovedJson,
    VocabularyJson,
)
from api.settings import Settings
from corpus.errors import DocumentNotFound, ModelMissing
from ingest.reading import Hints
from search.engine import SearchRequest
from search.results import (
    Answer,
    BasisEvidence,
    BasisResponse,
    BenchmarkCity,
    BenchmarkEvidence,
    BenchmarkResponse,
    Comparing,
    RankedBasis,
    SearchResponse,
    Series,
    Standing,
    Standings,
    TrendPoint,
    TrendResponse,
    Version,
)
from tests.api.samples import (
    CITATION,
    CITY,
    DOCUMENT,
    HIT,
    INTERPRETED,
    ITEM,
    NOTICE,
    RATE,
    STORED,
)

VERSIONS = tuple(
    Version(replace(STORED, id=25 + n, document=replace(DOCUMENT, id=n - 9, year=2000 + n)), 0.8, figures)
    for n, figures in ((18, (RATE,)), (17, ()))
)
HOSTILE = "<script>alert(1)</script>"
TEXT = "单位名称：海市办公室     联系人：钱某某      联系电话：85910000\n正文一行。"


class StubLibrary(Library):
    """Answers every question with the one item of `samples`; remembers what it was asked.

    “版本” finds it with two versions, “没有” finds nothing, “模型” meets a missing model, “崩溃” a mistake of
    ours, “脚本” an item of markup.
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.asked: list[SearchRequest] = []
        self.uploads: list[tuple[str, bytes, Hints]] = []
        self.removed: list[int] = []
        self.outcome = "added"
        self.comparing: Comparing | None = None

    def warm(self) -> None:
        pass

    def _heard(self, request: SearchRequest) -> bool:
        self.asked.append(request)
        if request.query == "模型":
            raise ModelMissing("模型还没有准备好；请运行 duibiao prepare。")
        if request.query == "崩溃":
            raise RuntimeError(TEXT)
        return request.query != "没有"

    def vocabulary(self) -> VocabularyJson:
        return VocabularyJson((2021, 2019), ("海市办公室",), ("重点目标",), ("海市",))

    def search(self, request: SearchRequest) -> SearchJson:
        hits = (HIT,) if self._heard(request) else ()
        if request.query == "脚本":
            item = replace(ITEM, name=HOSTILE, content=HOSTILE, category=HOSTILE)
            hits = (replace(HIT, stored=replace(STORED, item=item), highlights=()),)
        if request.query == "版本":
            hits = (replace(HIT, versions=VERSIONS),)
        return search_to_json(SearchResponse(INTERPRETED, hits))

    def ask(self, request: SearchRequest) -> AnswerJson:
        if self._heard(request):
            return answer_to_json(Answer("2019年：97.5%以上[1]", False, (CITATION,), INTERPRETED))
        return answer_to_json(Answer("没有找到依据。", True, (), INTERPRETED))

    def benchmarks(self, request: SearchRequest, comparing: Comparing | None = None) -> BenchmarksJson:
        self.comparing = comparing
        city = BenchmarkCity("南京市", 0.5, (BenchmarkEvidence(CITY, CITATION, 0.75),))
        if not self._heard(request):
            return benchmarks_to_json(BenchmarkResponse(INTERPRETED, ()))
        row = Standing(1, "海市", 2019, RATE, CITATION, own=True, outdated=True)
        table = Standings("%", "more", "“办件按期办结率”越高越好", (row,), ("海市排第1。",))
        return benchmarks_to_json(BenchmarkResponse(INTERPRETED, (city,), table))

    def bases(self, request: SearchRequest) -> BasesJson:
        basis = RankedBasis(NOTICE.title, NOTICE.doc_number, 2.0, (BasisEvidence(NOTICE, CITATION, 0.75),))
        return bases_to_json(BasisResponse(INTERPRETED, (basis,) if self._heard(request) else ()))

    def trend(self, request: SearchRequest) -> TrendsJson:
        series = Series("办件按期办结率", "%", (TrendPoint(2019, RATE, CITATION, 0.9, ("范围收窄",)),))
        return trends_to_json(TrendResponse(INTERPRETED, (series,) if self._heard(request) else ()))

    def documents(self) -> DocumentListJson:
        return DocumentListJson((document_to_json(DOCUMENT),))

    def document(self, document_id: int) -> DocumentDetailJson:
        self._found(document_id)
        return detail_to_json(DOCUMENT, (STORED,), TEXT)

    def remove(self, document_id: int) -> RemovedJson:
        self._found(document_id)
        self.removed.append(document_id)
        return RemovedJson((document_to_json(DOCUMENT),))

    def _found(self, document_id: int) -> None:
        if document_id != DOCUMENT.id:
            raise DocumentNotFound(f"没有编号为 {document_id} 的文档；请查看文档列表。")

    def ingest_upload(self, path: Path, hints: Hints) -> IngestJson:
        content = path.read_bytes()
        self.uploads.append((path.name, content, hints))
        if not content:
            failure = FailureJson(path.name, path.name, "empty-file", f"{path.name} 是空的；请换一个文件。")
            return IngestJson(0, 0, 0, (failure,), (), (), ())
        outcome = FileOutcomeJson(path.name, path.name, self.outcome, (document_to_json(DOCUMENT),))
        return IngestJson(int(self.outcome == "added"), 0, 0, (), (), (outcome,), ())
