"""An index follows its catalog: incrementally, from several processes, and from damaged files."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock

from corpus.catalog import Catalog
from corpus.errors import ModelMismatch
from corpus.model import DocumentKind
from index.fulltext import FullText
from index.searcher import ALL, Filter, Index, Searcher
from index.vectors import normalised
from tests.index.samples import DIMENSION, OTHER_TOY, TOPICS, ToyEmbedder, filled, store, target_document

EMBEDDER = ToyEmbedder()
QUERIES = (TOPICS[0], "公文办结率不低于85%", "2012年招商引资", "件")
FILTERS = (
    ALL,
    Filter(years=frozenset([2012, 2013])),
    Filter(categories=frozenset(["重点目标"]), cities=frozenset(["青岛市"])),
    Filter(kinds=frozenset([DocumentKind.PLAN])),
    Filter(units=frozenset(["没有这个单位"])),
)
Answers = list[list[tuple[int, float]]]


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    with filled(tmp_path) as opened:
        yield opened


def dense(searcher: Searcher, k: int = 500) -> Answers:
    return [searcher.dense(EMBEDDER.embed(query), k, allowed) for query in QUERIES for allowed in FILTERS]


def lexical(searcher: Searcher, k: int = 500) -> Answers:
    return [searcher.lexical(query, k, allowed) for query in QUERIES for allowed in FILTERS]


def anew(catalog: Catalog, directory: Path) -> Searcher:
    """Return a searcher made from the catalog alone."""
    return Index(catalog, directory / "nowhere" / "at all").searcher()


def assert_same(one: Searcher, other: Searcher) -> None:
    assert one.state == other.state
    assert one.size == other.size
    assert dense(one) == dense(other)
    assert lexical(one) == lexical(other)
    assert one.vocabulary() == other.vocabulary()


def test_dense_is_the_exact_cosine_over_what_the_filter_allows(catalog: Catalog, tmp_path: Path) -> None:
    searcher = Index(catalog, tmp_path).searcher()
    rows = list(catalog.chunks_after(0))
    _, vectors = catalog.vectors(1, rows[-1].chunk_id)
    query = EMBEDDER.embed("公文办理与会议")
    kept = normalised(vectors).astype(np.float16).astype(np.float32)
    cosine = kept @ query / np.linalg.norm(query)
    for years in (None, {2012}, {2011, 2013}, set[int]()):
        passing = [place for place, row in enumerate(rows) if years is None or row.year in years]
        best = sorted(passing, key=lambda place: (-round(float(cosine[place]), 6), rows[place].chunk_id))
        hits = searcher.dense(query, 7, Filter(years=None if years is None else frozenset(years)))
        assert [chunk_id for chunk_id, _ in hits] == [rows[place].chunk_id for place in best[:7]]
        np.testing.assert_allclose([hit[1] for hit in hits], cosine[best[:7]], atol=2e-6)


def test_scores_of_given_chunks_are_those_of_the_search(catalog: Catalog, tmp_path: Path) -> None:
    searcher = Index(catalog, tmp_path).searcher()
    query = EMBEDDER.embed("政务热线")
    hits = searcher.dense(query, 40)
    ids = [chunk_id for chunk_id, _ in hits]
    np.testing.assert_allclose(searcher.similarities(query, ids), [hit[1] for hit in hits], atol=2e-6)
    found = dict(searcher.lexical("政务热线按期答复", 40))
    scores = searcher.lexical_scores("政务热线按期答复", ids)
    np.testing.assert_allclose(scores, [found.get(chunk_id, 0) for chunk_id in ids], atol=1e-4)
    items = {row.chunk_id: row.item_id for row in catalog.chunks_after(0)}
    assert searcher.items_of(ids).tolist() == [items[chunk_id] for chunk_id in ids]
    assert searcher.items_of([]).tolist() == []
    assert searcher.similarities(query, [ids[0], ids[0]]).tolist() == [pytest.approx(hits[0][1])] * 2
    for ask in (searcher.items_of, lambda ids: searcher.lexical_scores("公文", ids)):
        with pytest.raises(KeyError, match="no chunk 4711"):
            ask([ids[0], 4711])


def test_single_items_may_be_picked_and_left_out(
    catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    searcher = Index(catalog, tmp_path).searcher()
    rows = list(catalog.chunks_after(0))
    item_of = {row.chunk_id: row.item_id for row in rows}
    every = sorted(set(item_of.values()))
    picked, left_out = frozenset(every[::3]), frozenset(every[::6])
    query, text = EMBEDDER.embed("公文"), "公文办理"
    for few in (2000, 0):  # named to the full text, or dropped after it
        monkeypatch.setattr("index.view._FEW", few)
        for allowed in (
            Filter(items=picked),
            Filter(without_items=left_out),
            Filter(items=picked, without_items=left_out, years=frozenset({2012})),
            Filter(items=frozenset()),
        ):
            passing = {
                row.chunk_id
                for row in rows
                if (allowed.items is None or row.item_id in allowed.items)
                and row.item_id not in allowed.without_items
                and (allowed.years is None or row.year in allowed.years)
            }
            for k in (3, 500):
                expected = [hit for hit in searcher.dense(query, 10_000) if hit[0] in passing][:k]
                assert searcher.dense(query, k, allowed) == expected
                expected = [hit for hit in searcher.lexical(text, 10_000) if hit[0] in passing][:k]
                assert searcher.lexical(text, k, allowed) == expected


def test_what_may_hold_a_text_is_named_by_chunk(catalog: Catalog, tmp_path: Path) -> None:
    searcher = Index(catalog, tmp_path).searcher()
    expected = [row.chunk_id for row in catalog.chunks_after(0) if "学校食堂" in row.text]
    assert expected
    assert searcher.may_hold("学校食堂").tolist() == expected


def test_an_empty_catalog_finds_nothing_and_then_what_is_added(tmp_path: Path) -> None:
    with Catalog.open(tmp_path, create=True) as catalog:
        index = Index(catalog, tmp_path)
        searcher = index.searcher()
        assert searcher.size == 0
        assert dense(searcher) == lexical(searcher) == [[]] * len(QUERIES) * len(FILTERS)
        assert searcher.vocabulary().units == ()
        assert index.save()
        store(catalog, target_document(1))
        assert index.searcher().size == 4
        assert searcher.size == 0
        assert index.save()
        assert_same(Index(catalog, tmp_path).searcher(), anew(catalog, tmp_path))


def test_the_vocabulary_is_what_the_documents_state(catalog: Catalog, tmp_path: Path) -> None:
    index = Index(catalog, tmp_path)
    found = index.searcher().vocabulary()
    assert found.years == (2010, 2011, 2012, 2013)
    assert found.units == ("市政府办公厅",)
    assert found.categories == ("创优目标", "重点目标")
    assert found.cities == ("苏州市", "青岛市")
    for document in catalog.documents():
        if document.year == 2013 or document.city == "苏州市":
            catalog.remove(document.id)
    assert index.searcher().vocabulary().years == (2010, 2011, 2012)
    assert index.searcher().vocabulary().cities == ("青岛市",)


def test_what_is_impossible_is_refused_or_finds_nothing(catalog: Catalog, tmp_path: Path) -> None:
    searcher = Index(catalog, tmp_path).searcher()
    query = EMBEDDER.embed("公文")
    for allowed in (Filter(years=frozenset([10**30])), Filter(units=frozenset(["\udcff"]))):
        assert searcher.dense(query, 5, allowed) == searcher.lexical("公文", 5, allowed) == []
    assert searcher.dense(query, 0) == searcher.lexical("公文", 0) == searcher.dense(query, -3) == []
    assert len(searcher.dense(query, 10**6)) == searcher.size
    with pytest.raises(ModelMismatch, match="查询向量有 3 维，目标库的向量有 24 维"):
        searcher.dense(np.ones(3, np.float32), 5)


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


def test_saved_then_opened_is_the_same(catalog: Catalog, tmp_path: Path) -> None:
    index = Index(catalog, tmp_path)
    assert index.save()
    files = {file: file.read_bytes() for file in (tmp_path / "index").rglob("*") if file.is_file()}
    assert_same(Index(catalog, tmp_path).searcher(), anew(catalog, tmp_path))
    assert index.save()
    assert Index(catalog, tmp_path).save()
    assert files.items() <= {file: file.read_bytes() for file in files}.items()


def test_a_new_document_is_written_beside_what_is_saved(catalog: Catalog, tmp_path: Path) -> None:
    index = Index(catalog, tmp_path)
    index.save()
    saved = {file.name: file.stat().st_ino for file in (tmp_path / "index").rglob("*") if file.is_file()}
    store(catalog, target_document(40, items=2))
    index.save()
    after = {file.name: file.stat().st_ino for file in (tmp_path / "index").rglob("*") if file.is_file()}
    kept = {name for name, inode in saved.items() if after.get(name) == inode}
    assert {name.rsplit(".")[-1] for name in kept} >= {"faiss", "npy", "idx", "term", "fast"}
    assert_same(Index(catalog, tmp_path).searcher(), anew(catalog, tmp_path))


def saved_files(directory: Path) -> list[Path]:
    return sorted(
        file for file in (directory / "index").rglob("*") if file.is_file() and "lock" not in file.name
    )


@pytest.mark.parametrize("damage", ["missing", "truncated", "altered"])
def test_any_damaged_file_is_made_again(
    damage: str, catalog: Catalog, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    Index(catalog, tmp_path).save()
    expected = anew(catalog, tmp_path)
    kinds = {file.suffix or file.name for file in saved_files(tmp_path)}
    assert kinds >= {".json", ".faiss", ".npy", ".idx", ".term", ".fieldnorm", ".fast", ".store"}
    for kind in sorted(kinds):
        file = next(file for file in saved_files(tmp_path) if kind in (file.suffix, file.name))
        content = file.read_bytes()
        middle = len(content) // 2
        changed = {
            "truncated": content[:middle],
            "altered": content[:middle] + bytes([content[middle] ^ 0x55]) + content[middle + 1 :],
        }
        file.unlink()
        if damage != "missing":
            file.write_bytes(changed[damage])
        caplog.clear()
        assert_same(Index(catalog, tmp_path).searcher(), expected)
        if damage != "missing" or kind != ".json":
            assert "将根据目标库自动重建" in caplog.text
        caplog.clear()
        assert_same(Index(catalog, tmp_path).searcher(), expected)
        assert caplog.text == ""


def test_files_of_another_format_or_model_are_made_again(
    catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = Index(catalog, tmp_path)
    index.save()
    monkeypatch.setattr("index.manifest.FORMAT", 2)
    assert_same(Index(catalog, tmp_path).searcher(), anew(catalog, tmp_path))
    monkeypatch.setattr("index.searcher.fingerprint", lambda: "tokens cut another way")
    assert_same(Index(catalog, tmp_path).searcher(), anew(catalog, tmp_path))
    other = ToyEmbedder(OTHER_TOY)
    catalog.replace_vectors(OTHER_TOY, other.embed_passages)
    for searcher in (index.searcher(), Index(catalog, tmp_path).searcher()):
        hits = searcher.dense(other.embed("公文办理"), 5)
        assert hits == anew(catalog, tmp_path).dense(other.embed("公文办理"), 5)
        assert len(hits) == 5


def test_files_of_another_catalog_are_made_again(catalog: Catalog, tmp_path: Path) -> None:
    Index(catalog, tmp_path).save()
    catalog.close()
    for file in tmp_path.glob("catalog.sqlite3*"):
        file.unlink()
    with Catalog.open(tmp_path, create=True) as other:
        for number in range(11, 19):
            store(other, target_document(number))
        assert_same(Index(other, tmp_path).searcher(), anew(other, tmp_path))


def test_a_catalog_brought_back_from_a_copy_has_its_files_made_again(
    catalog: Catalog, tmp_path: Path
) -> None:
    Index(catalog, tmp_path).save()
    catalog.close()
    copy = (tmp_path / "catalog.sqlite3").read_bytes()
    with Catalog.open(tmp_path) as later:
        store(later, target_document(20))
        Index(later, tmp_path).save()
    (tmp_path / "catalog.sqlite3").write_bytes(copy)
    with Catalog.open(tmp_path) as restored:
        for index in (Index(restored, tmp_path), Index(restored, tmp_path)):
            assert_same(index.searcher(), anew(restored, tmp_path))
            assert index.searcher().size == 32
            assert index.save()


def test_also_when_it_has_gone_further_than_its_files_since(catalog: Catalog, tmp_path: Path) -> None:
    catalog.close()
    copy = (tmp_path / "catalog.sqlite3").read_bytes()
    with Catalog.open(tmp_path) as later:
        store(later, target_document(20))
        Index(later, tmp_path).save()
    (tmp_path / "catalog.sqlite3").write_bytes(copy)
    with Catalog.open(tmp_path) as restored:
        store(restored, target_document(21, items=6))
        assert Index(restored, tmp_path).save()
        assert_same(Index(restored, tmp_path).searcher(), anew(restored, tmp_path))


def test_a_snapshot_replaced_while_it_is_read_is_read_again(
    catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer, late = Index(catalog, tmp_path), Index(catalog, tmp_path)
    writer.save()
    store(catalog, target_document(20))
    private = FullText.private

    def overtaken(fulltext: FullText) -> FullText:
        monkeypatch.setattr(FullText, "private", private)
        store(catalog, target_document(21))
        writer.save()
        return private(fulltext)

    monkeypatch.setattr(FullText, "private", overtaken)
    assert late.searcher().size == 40
    assert_same(late.searcher(), writer.searcher())
    assert late.save()


def test_a_full_disk_loses_nothing(
    catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    index = Index(catalog, tmp_path)
    index.save()

    def full(*arguments: object, **more: object) -> None:
        raise OSError(28, "No space left on device")

    store(catalog, target_document(20))
    with monkeypatch.context() as patched:
        patched.setattr("index.snapshot.write_manifest", full)
        assert not index.save()
    assert "No space left on device" in caplog.text
    assert index.searcher().size == 36
    assert Index(catalog, tmp_path).searcher().size == 36
    assert index.save()
    assert_same(Index(catalog, tmp_path).searcher(), anew(catalog, tmp_path))


def test_where_nothing_may_be_written_it_follows_in_memory(
    catalog: Catalog, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    Index(catalog, tmp_path).save()
    index = Index(catalog, tmp_path)
    with FileLock(tmp_path / "index" / "lock"):
        store(catalog, target_document(50))
        assert not index.save(patience=0)
        assert index.searcher().size == 36
        catalog.remove(1)
        assert index.searcher().size == 32
    assert index.save(patience=0)
    blocked = tmp_path / "blocked"
    blocked.mkdir()
    (blocked / "index").write_text("a file where the folder should be")
    elsewhere = Index(catalog, blocked)
    assert not elsewhere.save()
    assert "cannot write" in caplog.text
    assert_same(elsewhere.searcher(), anew(catalog, tmp_path))


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


WRITER = """
import os, signal, sys
from pathlib import Path
from corpus.catalog import Catalog
from index import snapshot
from index.searcher import Index
from tests.index.samples import store, target_document

directory, last_step, numbers = Path(sys.argv[1]), sys.argv[2], sys.argv[3:]
if last_step != "none":
    def die(*arguments: object, **more: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)
    setattr(snapshot, last_step, die)
with Catalog.open(directory) as catalog:
    for number in numbers:
        store(catalog, target_document(int(number)))
        Index(catalog, directory).save()
"""


def write_in_another_process(directory: Path, last_step: str, *numbers: int) -> int:
    command = [sys.executable, "-c", WRITER, str(directory), last_step, *map(str, numbers)]
    return subprocess.run(command, check=False, cwd=Path(__file__).parents[2]).returncode


def test_what_another_process_ingests_is_seen_at_the_next_question(catalog: Catalog, tmp_path: Path) -> None:
    index = Index(catalog, tmp_path)
    index.save()
    assert index.searcher().size == 32
    assert write_in_another_process(tmp_path, "none", 90, 91) == 0
    assert index.searcher().size == 40
    assert_same(index.searcher(), anew(catalog, tmp_path))


@pytest.mark.parametrize("last_step", ["_save_fulltext", "synced", "write_manifest", "_sweep"])
def test_killed_while_saving_the_old_or_the_new_files_are_there(
    last_step: str, catalog: Catalog, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    Index(catalog, tmp_path).save()
    assert write_in_another_process(tmp_path, last_step, 95) == -9
    reopened = Index(catalog, tmp_path)
    assert_same(reopened.searcher(), anew(catalog, tmp_path))
    assert caplog.text == ""
    assert reopened.save(patience=5)
    assert_same(Index(catalog, tmp_path).searcher(), anew(catalog, tmp_path))
    assert len(list((tmp_path / "index").glob("fulltext-*"))) == 1


def test_vectors_have_the_length_of_the_model(catalog: Catalog, tmp_path: Path) -> None:
    _, vectors = catalog.vectors(1, 4)
    assert vectors.shape == (4, DIMENSION)
    assert Index(catalog, tmp_path).searcher().dense(vectors[2], 1)[0][0] == 3
