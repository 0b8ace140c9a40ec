from pathlib import Path

from corpus.catalog import Catalog
from corpus.model import DocumentKind, TargetDocument, TargetItem
from index.searcher import Index
from index.tuning.negatives import with_negatives
from index.tuning.pairs import PairKind, collect_pairs, is_held_out
from tests.index.samples import store

HEADING = "着力提升政务服务的水平"
ROWS = (
    ("政务热线按期答复", "政务热线按期答复率达到98%以上，群众满意率不低于95%，每月通报。", HEADING),
    ("热线知识库", "热线知识库每季度更新一次，答复口径统一，差错率低于千分之一。", HEADING),
    ("公文办结", "一般公文三个工作日内办结，办结率达到96%以上，紧急公文当日办结。", "其他工作"),
    ("防汛演练", "汛期前组织防汛演练两次以上，物资储备充足，值班值守到位。", "其他工作"),
)


def _negatives(folder: Path) -> dict[tuple[PairKind, str], str | None]:
    items = tuple(
        TargetItem(None, None, name, content, heading_path=("一、任务", heading))
        for name, content, heading in ROWS
    )
    with Catalog.open(folder, create=True) as catalog:
        document = TargetDocument(
            "a.txt", None, DocumentKind.TARGETS, "市政府办公厅", 2012, None, items, text="文件"
        )
        store(catalog, document)
        other = TargetItem(None, None, "政务热线办理", "另一个单位的政务热线按期答复率达到99%以上。")
        store(
            catalog,
            TargetDocument("b.txt", None, DocumentKind.TARGETS, "市信访局", 2012, None, (other,), text="文"),
        )
        pairs = collect_pairs(catalog)
        found = with_negatives(pairs, catalog, Index(catalog, folder).searcher())
    assert [(pair.anchor, pair.positive) for pair in found] == [
        (pair.anchor, pair.positive) for pair in pairs
    ]
    return {(pair.kind, pair.positive): pair.negative for pair in found}


def test_the_like_item_of_the_same_document_is_the_counterexample(tmp_path: Path) -> None:
    assert [is_held_out(name) for name, _, _ in ROWS] == [False, False, True, False]
    found = _negatives(tmp_path)
    assert found[PairKind.NAME, ROWS[0][1]] == ROWS[1][1]
    assert found[PairKind.NAME, ROWS[1][1]] == ROWS[0][1]
    assert ROWS[2][1] not in found.values()


def test_what_stands_under_the_heading_is_no_counterexample_to_it(tmp_path: Path) -> None:
    found = _negatives(tmp_path)
    under = {ROWS[0][1], ROWS[1][1]}
    assert found[PairKind.HEADING, ROWS[0][1]] not in under
    assert found[PairKind.HEADING, ROWS[1][1]] not in under


def test_a_document_of_one_item_has_none(tmp_path: Path) -> None:
    found = _negatives(tmp_path)
    assert {negative for (_, text), negative in found.items() if text.startswith("另一个")} <= {None}


def test_what_another_part_says_is_no_counterexample(tmp_path: Path) -> None:
    done = TargetItem(
        None, None, "热线答复回顾", "去年政务热线按期答复率达到97%。", heading_path=("二、回顾",)
    )
    planned = TargetItem(None, None, ROWS[0][0], ROWS[0][1], heading_path=("一、任务",))
    with Catalog.open(tmp_path, create=True) as catalog:
        document = TargetDocument(
            "a.txt", None, DocumentKind.REPORT, None, 2012, "青岛市", (planned, done), text="文件"
        )
        store(catalog, document)
        pairs = with_negatives(collect_pairs(catalog), catalog, Index(catalog, tmp_path).searcher())
    assert [(pair.part, pair.negative) for pair in pairs if pair.key == ROWS[0][0]] == [("一、任务", None)]
