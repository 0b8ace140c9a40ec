"""How surely passages are about a question."""

from __future__ import annotations

from datetime import date
from typing import cast

import pytest

from index.searcher import Vocabulary
from search.evidence import Thresholds, make_subject
from search.passages import Passage
from search.query import understand
from search.rarity import even
from search.reading import NOTHING_READ, read, states_what_is_asked, sureness
from tests.search.making import found, item

VOCABULARY = Vocabulary((2021,), (), (), ())


class Told:
    """What is asked of a passage here."""

    def __init__(self, told: float, likeness: float | None) -> None:
        self.told = told
        self.likeness = likeness


def passages(*told: tuple[float, float | None]) -> list[Passage]:
    return [cast(Passage, Told(*one)) for one in told]


def test_likeness_raises_and_lowers_what_the_best_passages_tell() -> None:
    assert sureness(passages((0.5, 1.06), (0.2, 0.9))) == pytest.approx(0.5 + 0.67 * 0.6)
    assert sureness(passages((0.5, 0.26))) == pytest.approx(0.5 - 0.67 * 0.2)
    assert sureness(passages((0.5, 0.0))) == pytest.approx(0.5 - 0.67 * 0.46)
    assert sureness([]) == 0


def test_without_a_scale_of_the_model_only_the_words_count() -> None:
    assert sureness(passages((0.5, None), (0.3, None))) == 0.5


def test_what_is_sure_enough() -> None:
    understood = understand("新建停车位", VOCABULARY, date(2022, 1, 1))
    one = found(item(None, "新建停车位2万个。"), make_subject("新建停车位", "新建停车位"))
    assert read(understood, (one,), even, None).answers(Thresholds())
    assert not read(understood, (one,), even, None).answers(Thresholds(told=1.1))
    assert not NOTHING_READ.answers(Thresholds())


@pytest.mark.parametrize(
    ("question", "text", "stated"),
    [
        ("新增多少辆公交车", "新增公交车200辆。", True),
        ("新增多少辆公交车", "新增公交车。", False),
        ("打算办几期培训", "举办培训两期。", True),
        ("打算办几期培训", "加强培训。", False),
        ("公文办结率是多少", "公文办复率达到96%。", True),
        ("公文退回率是多少", "公文办结率达到96%。", False),
        ("新闻发布会预算", "召开新闻发布会50场。", False),
        ("新闻发布会怎么开", "召开新闻发布会50场。", True),
    ],
)
def test_another_figure_is_no_answer(question: str, text: str, stated: bool) -> None:
    understood = understand(question, VOCABULARY, date(2022, 1, 1))
    one = found(item(None, text), make_subject(understood.topic, question))
    passages = read(understood, (one,), even, None).passages
    assert states_what_is_asked(question, passages) is stated
