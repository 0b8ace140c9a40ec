"""Items that hold a text: what the index says is what reading every chunk says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.catalog import Catalog
from corpus.model import DocumentKind, TargetDocument, TargetItem
from corpus.text import fold
from index.searcher import Index, Searcher
from search.demands import compact, find_demands
from search.holding import items_that_hold, items_with, items_with_any
from tests.index.samples import store, target_document

CONTENTS = (
    "推进投融资体制改 革，办结率达到96%以上，依据青政办发（2012）15号。",
    "推进体制改革和投融资，办结率达到百分之九十六，依据政办发〔2013〕15号。",
    "依据1.2012年市政府工作报告；办结率6%，共1,200件，三十三项。",
    "推動“放管服”改革，一網通辦，办结率1.96%，共1200件、33项和133项。",
    "双随机、一公开，依据青政办发[2012]150号；共三项，二〇一二年市政府工作报告。",
)


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Searcher, Catalog]]:
    folder = tmp_path_factory.mktemp("held")
    catalog = Catalog.open(folder, create=True)
    rows = tuple(TargetItem(None, str(number), None, text) for number, text in enumerate(CONTENTS))
    document = TargetDocument("1.txt", None, DocumentKind.TARGETS, None, None, None, rows, text="文件")
    store(catalog, document)
    yield Index(catalog, folder).searcher(), catalog
    catalog.close()


def numbers(held: tuple[Searcher, Catalog], items: frozenset[int]) -> list[int]:
    """Return the places of items in CONTENTS."""
    stored = held[1].items(sorted(items))
    return [CONTENTS.index(stored[item].item.content) for item in sorted(items)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("投融资体制改革", [0]),
        ("体制改革", [0, 1]),
        ("放管服改革", [3]),
        ("一网通办", [3]),
        ("双随机、一公开", [4]),
        ("改革", [1, 3]),
        ("2012年市政府工作报告", [2]),
        ("市政府工作报告", [2, 4]),
        ("三项", [4]),
        ("从未写过的词", []),
    ],
)
def test_phrases(held: tuple[Searcher, Catalog], text: str, places: list[int]) -> None:
    assert numbers(held, items_with(text, *held)) == places


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("96%", [0, 1]),
        ("6%", [2]),
        ("1200件", [2, 3]),
        ("33项", [2, 3]),
        ("133项", [3]),
        ("3项", [4]),
        ("青政办发〔2012〕15号", [0]),
        ("青政办发〔2012〕150号", [4]),
        ("政办发〔2013〕15号", [1]),
        ("“體制改革”", [0, 1]),
        ("《市政府工作报告》", [2, 4]),
    ],
)
def test_demands_of_every_kind(held: tuple[Searcher, Catalog], query: str, places: list[int]) -> None:
    (placed,) = find_demands(query, fold(query))
    assert numbers(held, items_that_hold(placed.demand, *held)) == places


def test_any_of_several(held: tuple[Searcher, Catalog]) -> None:
    assert numbers(held, items_with_any(("一网通办", "双随机"), *held)) == [3, 4]
    assert items_with_any((), *held) == frozenset()


def test_every_stretch_of_the_sample_documents_is_found(tmp_path: Path) -> None:
    with Catalog.open(tmp_path, create=True) as catalog:
        for number in range(1, 6):
            store(catalog, target_document(number))
        searcher = Index(catalog, tmp_path).searcher()
        rows = list(catalog.chunks_after(0))
        texts = {row.text[start : start + 4] for row in rows for start in range(20, len(row.text) - 4, 9)}
        for text in sorted(texts):
            wanted = compact(fold(text))
            if len(wanted) < 2 or any(not "一" <= c <= "龥" for c in wanted):
                continue
            expected = {row.item_id for row in rows if wanted in row.text}
            assert items_with(wanted, searcher, catalog) >= expected
            if not set(wanted) & set("零一二两三四五六七八九十百千"):
                assert items_with(wanted, searcher, catalog) == expected
