from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from corpus.catalog import ChunkRow, Removal
from corpus.model import DocumentKind
from index.filters import ALL, Filter
from index.segments import Column, Names, Segment, encode, settled
from index.vectors import FaissIndex

NAMES = Names()


def row(chunk_id: int, year: int | None = 2021, unit: str | None = "甲局") -> ChunkRow:
    return ChunkRow(chunk_id, chunk_id * 10, 1, "", 0, 0, year, unit, "重点目标", None, DocumentKind.TARGETS)


def segment(first: int, count: int) -> Segment:
    ids = range(first, first + count)
    vectors = np.array([[chunk_id, 1] for chunk_id in ids], np.float32)
    columns = encode([row(chunk_id, 2000 + chunk_id % 3) for chunk_id in ids], NAMES)
    return Segment(FaissIndex.build(2, [vectors]), columns)


def sizes(segments: tuple[Segment, ...]) -> list[int]:
    return [one.size for one in segments]


def test_columns_say_what_is_unstated_and_names_keep_their_codes() -> None:
    names = Names()
    columns = encode([row(1, None, None), row(2, 2012, "乙局")], names)
    again = encode([row(3, 2012, "乙局")], names)
    allowed = Segment(FaissIndex.build(2, [np.ones((2, 2), np.float32)]), columns).allowed
    assert columns[Column.ITEM].tolist() == [10, 20]
    assert columns[Column.UNIT, 1] == again[Column.UNIT, 0]
    assert names.listed() == ("重点目标", "targets", "乙局")
    assert allowed(ALL, names) is None
    for wanted in (Filter(years=frozenset([2012])), Filter(units=frozenset(["乙局"]))):
        found = allowed(wanted, names)
        assert found is not None
        assert found.tolist() == [False, True]
    nowhere = allowed(Filter(units=frozenset(["丙局"])), names)
    assert nowhere is not None
    assert not nowhere.any()


def test_removed_chunks_are_marked_in_a_copy() -> None:
    whole = segment(10, 10)
    less = whole.without([Removal(1, 1, 12), Removal(2, 18, 40), Removal(3, 50, 60)])
    assert (whole.size, less.size) == (10, 5)
    assert less.chunk_ids[less.living()].tolist() == [13, 14, 15, 16, 17]
    assert less.rows_of(np.array([9, 10, 13, 17, 18, 99])).tolist() == [-1, -1, 3, 7, -1, -1]
    assert whole.without([Removal(1, 1, 9)]) is whole


def test_many_small_changes_leave_few_segments_of_falling_size() -> None:
    segments: tuple[Segment, ...] = ()
    for first in range(1, 200):
        segments = settled([*segments, segment(first, 1)])
        assert all(
            large >= 2 * small for large, small in zip(sizes(segments), sizes(segments)[1:], strict=False)
        )
    assert sum(sizes(segments)) == 199
    assert len(segments) <= 8
    ids = np.concatenate([one.chunk_ids for one in segments])
    assert ids.tolist() == list(range(1, 200))
    for one in segments:
        for place, chunk_id in enumerate(one.chunk_ids):
            rows, found = one.vectors.search(np.array([chunk_id, 1], np.float32), 1)
            assert abs(found[0] - 1) < 5e-4
            assert abs(int(rows[0]) - place) <= one.size


def test_a_small_addition_to_a_large_segment_leaves_it_alone() -> None:
    large = segment(1, 100)
    assert settled([large, segment(101, 3)])[0] is large


def test_mostly_removed_segments_are_written_anew_and_empty_ones_dropped() -> None:
    few = segment(1, 10).without([Removal(1, 1, 2)])
    many = segment(1, 10).without([Removal(1, 1, 3)])
    none = segment(1, 10).without([Removal(1, 1, 10)])
    assert settled([few])[0] is few
    (rewritten,) = settled([many])
    assert rewritten.alive is None
    assert rewritten.chunk_ids.tolist() == list(range(4, 11))
    np.testing.assert_array_equal(
        rewritten.vectors.similarities(np.array([[1, 0]], np.float32), np.arange(7)),
        many.vectors.similarities(np.array([[1, 0]], np.float32), np.arange(3, 10)),
    )
    assert settled([none]) == ()


def test_encoding_nothing_gives_no_rows() -> None:
    nothing: Iterator[ChunkRow] = iter(())
    assert encode(list(nothing), Names()).shape == (len(Column), 0)
