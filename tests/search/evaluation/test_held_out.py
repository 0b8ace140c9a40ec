from collections.abc import Callable, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.catalog import EmbeddingRecord
from index.tuning.pairs import Pair, PairKind
from search.evaluation.held_out import held_out_set, judge, verdict

SUBJECTS = "甲乙丙丁戊己庚辛壬癸"
PAIRS = [
    Pair(PairKind.NAME, subject, 1, number, f"{subject}问", f"{subject}的内容")
    for number, subject in enumerate(SUBJECTS)
]


class _Letters:
    """Texts that begin alike are alike; `good` of the subjects are told apart."""

    record = EmbeddingRecord("letters", "letters", len(SUBJECTS) + 1)

    def __init__(self, good: int) -> None:
        self._good = good

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([self._vector(text) for text in texts])

    def embed_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        return self.embed_queries(texts)

    def _vector(self, text: str) -> NDArray[np.float32]:
        vector = np.zeros(len(SUBJECTS) + 1, np.float32)
        place = SUBJECTS.find(text[0])
        vector[place if 0 <= place < self._good else -1] = 1
        return vector


def test_the_set_knows_what_is_right() -> None:
    later = Pair(PairKind.YEARS, "甲", 2, 20, "甲的内容", "甲的旧内容")
    same_heading = [
        Pair(PairKind.HEADING, key, 1, number, "某标题", text)
        for number, (key, text) in enumerate((("乙", "乙的内容"), ("子", "子的内容")))
    ]
    found = held_out_set([*PAIRS[:2], later, *same_heading], ["别的"])
    assert found.passages == ("甲的内容", "乙的内容", "甲的旧内容", "子的内容", "别的")
    assert {query.text: sorted(query.grades) for query in found.queries} == {
        "甲问": ["0", "2"],
        "乙问": ["1"],
        "甲的内容": ["2"],  # never itself
        "某标题": ["1", "3"],
    }
    assert [query.kinds for query in found.queries] == [("name",), ("name",), ("years",), ("heading",)]


def test_a_model_is_judged_by_what_it_ranks_first() -> None:
    asked = held_out_set(PAIRS)
    perfect = judge(_Letters(10), asked)
    assert {measures["nDCG@10"] for measures in perfect.values()} == {1.0}
    half = judge(_Letters(4), asked)
    # The six that are not told apart come in the order of the passages: the first of them is right.
    assert [half[f"{subject}问"]["R@1"] for subject in SUBJECTS] == [1, 1, 1, 1, 1, 0, 0, 0, 0, 0]


def test_a_text_is_not_found_by_itself() -> None:
    pair = Pair(PairKind.YEARS, "甲", 2, 20, "甲的内容", "甲的旧内容")
    (measures,) = judge(_Letters(10), held_out_set([pair], ["甲的内容"])).values()
    assert measures["R@1"] == 1.0


def test_better_beyond_chance_only() -> None:
    asked = held_out_set(PAIRS)
    poor, fair, perfect = (judge(_Letters(good), asked) for good in (0, 9, 10))
    clear = verdict(poor, perfect)
    assert clear.is_better
    assert clear.first.before == pytest.approx(0.1)
    assert clear.first.after == 1.0
    assert clear.primary.p < 0.05
    assert not verdict(perfect, perfect).is_better
    assert not verdict(fair, perfect).is_better
    assert not verdict(perfect, poor).is_better


def test_the_right_text_comes_first_no_less_often() -> None:
    before = {str(number): {"nDCG@10": 0.5, "R@1": 1.0} for number in range(20)}
    after = {str(number): {"nDCG@10": 0.6, "R@1": 0.9} for number in range(20)}
    found = verdict(before, after)
    assert found.primary.p < 0.05
    assert not found.is_better


def test_other_questions_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="different questions"):
        verdict({"a": {"nDCG@10": 1.0, "R@1": 1.0}}, {"b": {"nDCG@10": 1.0, "R@1": 1.0}})


def test_a_sure_gain_that_is_too_small_is_none() -> None:
    before = {str(number): {"nDCG@10": 0.5, "R@1": 0.5} for number in range(20)}
    for gain, is_better in ((0.009, False), (0.011, True)):
        after = {query: {"nDCG@10": 0.5 + gain, "R@1": 0.5} for query in before}
        found = verdict(before, after)
        assert found.primary.p < 0.05
        assert found.is_better is is_better
