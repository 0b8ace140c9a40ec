"""An index follows its catalog, also from several processes and threads."""

from __future__ import annotations

import random
import threading
from pathlib import Path

import pytest

from corpus.catalog import Catalog
from index.searcher import Index
from tests.index.comparing import EMBEDDER, anew, assert_same, dense, lexical
from tests.index.samples import store, target_document


def test_a_searcher_never_changes(catalog: Catalog, tmp_path: Path) -> None:
    index = Index(catalog, tmp_path)
    searcher = index.searcher()
    before = dense(searcher), lexical(searcher), searcher.vocabulary()
    assert index.searcher() is searcher
    store(catalog, target_document(30))
    catalog.remove(1)
    index.save()
    assert index.searcher() is not searcher
    assert (dense(searcher), lexical(searcher), searcher.vocabulary()) == before


@pytest.mark.usefixtures("coded")
def test_any_history_leads_to_what_the_catalog_says_also_by_codes(catalog: Catalog, tmp_path: Path) -> None:
    for number in range(30, 36):
        store(catalog, target_document(number, 8), f"more {number}")
    index = Index(catalog, tmp_path)
    for turn in range(6):
        store(catalog, target_document(turn, 5), str(turn))
        catalog.remove(catalog.documents()[turn].id)
        assert dense(index.searcher(), 2) == dense(anew(catalog, tmp_path), 2)
    assert index.save()
    assert list((tmp_path / "index").glob("*.codes"))
    assert_same(Index(catalog, tmp_path).searcher(), anew(catalog, tmp_path))
    assert dense(Index(catalog, tmp_path).searcher(), 2) == dense(anew(catalog, tmp_path), 2)


def test_any_history_leads_to_what_the_catalog_says(catalog: Catalog, tmp_path: Path) -> None:
    chance = random.Random(7)
    index, follower = Index(catalog, tmp_path), Index(catalog, tmp_path)
    for turn in range(15):
        known = [document.id for document in catalog.documents()]
        if chance.random() < 0.35 and len(known) > 3:
            catalog.remove(chance.choice(known))
        else:
            store(catalog, target_document(chance.randrange(20), chance.randrange(1, 9)), str(turn))
        if chance.random() < 0.3:
            follower.searcher()
        if chance.random() < 0.3:
            assert index.save()
        if chance.random() < 0.2:
            index = Index(catalog, tmp_path)
        fresh = anew(catalog, tmp_path)
        searcher = index.searcher()
        assert dense(searcher) == dense(fresh)
        assert [len(hits) for hits in lexical(searcher)] == [len(hits) for hits in lexical(fresh)]
        assert searcher.vocabulary() == fresh.vocabulary()
    assert index.save()
    assert_same(index.searcher(), anew(catalog, tmp_path))
    assert follower.save()
    assert_same(follower.searcher(), anew(catalog, tmp_path))


def test_what_another_index_wrote_is_taken_over(catalog: Catalog, tmp_path: Path) -> None:
    one, two = Index(catalog, tmp_path), Index(catalog, tmp_path)
    one.save()
    two.save()
    store(catalog, target_document(60))
    two.searcher()
    one.save()
    store(catalog, target_document(61))
    two.save()
    catalog.remove(2)
    one.save()
    for searcher in (one.searcher(), two.searcher(), Index(catalog, tmp_path).searcher()):
        assert searcher.size == 36
        assert dense(searcher) == dense(anew(catalog, tmp_path))
    left = {path.name.split("-")[0] for path in (tmp_path / "index").iterdir()}
    assert left == {"fulltext", "lock", "manifest.json", "segment"}
    assert len(list((tmp_path / "index").glob("fulltext-*"))) == 1


def test_threads_may_search_while_documents_come_and_go(catalog: Catalog, tmp_path: Path) -> None:
    index = Index(catalog, tmp_path)
    stop = threading.Event()
    wrong: list[str] = []

    def search() -> None:
        while not stop.is_set():
            searcher = index.searcher()
            hits = searcher.dense(EMBEDDER.embed("公文"), 1000)
            if len(hits) != searcher.size or len(searcher.items_of([hit[0] for hit in hits])) != len(hits):
                wrong.append(f"{len(hits)} of {searcher.size}")

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(70, 80):
        store(catalog, target_document(number))
        if number % 3 == 0:
            index.save()
            catalog.remove(catalog.documents()[0].id)
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert index.searcher().size == 4 * len(catalog.documents())
