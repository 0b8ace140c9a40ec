from dataclasses import replace

from index.tuning.batches import batches_of
from index.tuning.pairs import Pair, PairKind


def _pair(document: int, key: str, row: int = 0) -> Pair:
    return Pair(PairKind.NAME, key, document, row, f"{key}?{row}", f"{key}!{row}")


PAIRS = [_pair(document, f"{document}-{row}") for document in range(6) for row in range(5)]


def test_every_pair_comes_once_and_batches_are_full() -> None:
    batches = list(batches_of(PAIRS, 8, seed=1))
    assert [len(batch) for batch in batches] == [8, 8, 8, 6]
    assert sorted(pair.key for batch in batches for pair in batch) == sorted(pair.key for pair in PAIRS)


def test_a_document_s_pairs_come_together() -> None:
    batches = list(batches_of(PAIRS, 5, seed=2))
    assert [len({pair.document_id for pair in batch}) for batch in batches] == [1] * 6


def test_the_seed_decides_the_order() -> None:
    first, again, other = (list(batches_of(PAIRS, 8, seed)) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_pairs_about_the_same_thing_are_apart() -> None:
    same = [_pair(1, "同一件", row) for row in range(4)] + [_pair(1, f"别的{row}") for row in range(4)]
    batches = list(batches_of(same, 4, seed=3))
    assert sum(map(len, batches)) == 8
    for batch in batches:
        assert len({pair.key for pair in batch}) == len(batch)


def test_the_same_anchor_or_passage_is_apart() -> None:
    one = Pair(PairKind.HEADING, "甲", 1, 1, "标题", "一段")
    other = Pair(PairKind.HEADING, "乙", 1, 2, "标题", "二段")
    assert [len(batch) for batch in batches_of([one, other], 4, seed=0)] == [1, 1]


def test_parts_of_a_document_are_groups_of_their_own() -> None:
    parts = [replace(pair, part=f"第{int(pair.key[-1]) % 2}部分") for pair in PAIRS if pair.key[-1] != "4"]
    for batch in batches_of(parts, 2, seed=4):
        assert len({(pair.document_id, pair.part) for pair in batch}) == 1
