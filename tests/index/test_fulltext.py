from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from corpus.catalog import ChunkRow, Removal
from corpus.model import DocumentKind
from index.filters import ALL, Filter
from index.fulltext import FieldWeights, FullText

TEXTS = (
    "2021年 市政府办公厅 重点目标 提升公文处理质效\n全年公文办结率达到96%以上，依据青政办发〔2012〕15号。",
    "2012年 市政府办公厅 工作目标 公文会议工作\n全市性工作会议不超过55次。",
    "2021年 市商务局 重点目标 招商引资\n实际使用外资85亿美元。",
    "2021年 市商务局 创优目标 優化營商環境\n政務服務辦理提速。",
)


def row(chunk_id: int, text: str, **about: object) -> ChunkRow:
    values = {"year": 2021, "unit": "市政府办公厅", "category": "重点目标", "city": "青岛市", **about}
    kind = values.pop("kind", DocumentKind.TARGETS)
    return ChunkRow(chunk_id, chunk_id, 1, text, 0, len(text), kind=kind, **values)  # type: ignore[arg-type]


def fulltext(texts: tuple[str, ...] = TEXTS) -> FullText:
    made = FullText.create()
    made.change((), (row(number, text) for number, text in enumerate(texts, start=1)))
    return made


def found(made: FullText, text: str, allowed: Filter = ALL, k: int = 10) -> list[int]:
    return [chunk_id for chunk_id, _ in made.searcher().search(text, k, allowed)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公文办结率", 1),
        ("96%", 1),
        ("青政办发（2012）15号", 1),
        ("会议", 2),
        ("85亿美元", 3),
        ("优化营商环境", 4),
        ("優化營商環境", 4),
    ],
)
def test_the_best_hit(text: str, expected: int) -> None:
    assert found(fulltext(), text)[0] == expected


def test_a_word_inside_a_longer_one_and_a_single_character_are_found() -> None:
    assert found(fulltext(), "结率") == [1]
    assert found(fulltext(), "资") == [3]


@pytest.mark.parametrize("text", ["", " \n", "，。！？", '+-&|!(){}[]^"~*?:\\/', "\ud800"])
def test_text_without_tokens_finds_nothing(text: str) -> None:
    assert found(fulltext(), text) == []
    assert fulltext().searcher().scores(text, [1, 2]).tolist() == [0, 0]


@pytest.mark.parametrize(
    "text", ["words:公文 AND (会议", '"公文" -会议^9', "grams:[a TO z]", "*:*", "chunk:1 OR 公文~2", "公文\\"]
)
def test_a_query_is_never_read_as_a_query_language(text: str) -> None:
    bare = "".join(character if character.isalnum() else " " for character in text)
    assert fulltext().searcher().search(text, 10, ALL) == fulltext().searcher().search(bare, 10, ALL)


def test_words_that_only_ask_do_not_decide() -> None:
    made = fulltext(("什么是营商环境的什么和什么", "公文办理"))
    assert found(made, "公文办理的是什么") == [2]
    assert found(made, "什么") == [1]


def test_scores_are_those_of_the_search_under_any_filter() -> None:
    searcher = fulltext().searcher()
    hits = searcher.search("公文会议重点目标", 10, ALL)
    ids = [chunk_id for chunk_id, _ in hits]
    assert len(ids) == 4
    scores = searcher.scores("公文会议重点目标", [*ids, 99, ids[0]])
    np.testing.assert_allclose(scores, [*(score for _, score in hits), 0, hits[0][1]], atol=1e-4)
    filtered = searcher.search("公文会议重点目标", 10, Filter(years=frozenset([2021])))
    assert filtered == hits


def test_fields_can_be_asked_alone() -> None:
    searcher = fulltext().searcher()
    whole = searcher.search("公文办结率", 1, ALL)[0][1]
    words = searcher.weighted(FieldWeights(words=0.5, grams=0)).search("公文办结率", 1, ALL)
    grams = searcher.weighted(FieldWeights(words=0, grams=1)).search("公文办结率", 1, ALL)
    assert (words[0][0], grams[0][0]) == (1, 1)
    assert words[0][1] + grams[0][1] == pytest.approx(whole, abs=1e-3)
    assert searcher.weighted(FieldWeights(words=0, grams=0)).search("公文办结率", 1, ALL) == []
    assert searcher.weighted(FieldWeights(words=1, grams=0)).search("结率", 1, ALL) == []


def test_filters_are_exact_and_unstated_values_never_pass() -> None:
    made = FullText.create()
    made.change(
        (),
        [
            row(1, "公文", year=2012),
            row(2, "公文", unit="市政府", kind=DocumentKind.REPORT),
            row(3, "公文", category=None, city=None),
            row(4, "公文", year=None, unit=None),
        ],
    )
    assert found(made, "公文", Filter(years=frozenset([2012, 1999]))) == [1]
    assert found(made, "公文", Filter(units=frozenset(["市政府"]))) == [2]
    assert found(made, "公文", Filter(categories=frozenset(["重点目标"]))) == [1, 2, 4]
    assert found(made, "公文", Filter(cities=frozenset(["青岛市"]), years=frozenset([2021]))) == [2]
    assert found(made, "公文", Filter(kinds=frozenset([DocumentKind.REPORT]))) == [2]
    assert found(made, "公文", Filter(units=frozenset())) == []
    assert found(made, "公文", Filter(years=frozenset([1]))) == []


def test_equal_scores_come_by_id_even_at_the_end_of_the_list() -> None:
    made = fulltext(("公文办理",) * 90)
    for k in (1, 5, 50, 90, 1000):
        assert found(made, "公文", k=k) == list(range(1, min(k, 90) + 1))
    assert found(made, "公文", k=0) == []


def test_a_searcher_stays_as_it_was_when_the_index_changes() -> None:
    made = fulltext()
    before = made.searcher()
    made.change([Removal(1, 1, 2)], [row(9, "公文办结率")])
    assert [chunk_id for chunk_id, _ in before.search("公文", 10, ALL)] == [1, 2]
    assert found(made, "公文") == [9]
    assert (before.size, made.searcher().size) == (4, 3)


def test_an_opened_folder_is_never_written_to(tmp_path: Path) -> None:
    made = fulltext()
    for file in made.files():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    before = {file: file.read_bytes() for file in tmp_path.iterdir()}
    opened = FullText.open(tmp_path)
    private = opened.private()
    private.change([Removal(1, 1, 1)], [row(9, "公文办结率")])
    assert found(opened, "公文") == [1, 2]
    assert found(private, "公文") == [9, 2]
    assert {file: file.read_bytes() for file in tmp_path.iterdir() if file.suffix != ".lock"} == before
    assert private.private() is private


def test_a_private_folder_goes_with_its_index() -> None:
    made = fulltext()
    folder, searcher = made.directory, made.searcher()
    assert folder.is_dir()
    del made
    assert not folder.exists()
    if os.name != "nt":
        assert searcher.search("公文", 1, ALL)[0][0] == 1


def test_a_change_that_fails_changes_nothing() -> None:
    made = fulltext()

    def rows() -> object:
        yield row(9, "公文")
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        made.change([Removal(1, 1, 4)], rows())  # type: ignore[arg-type]
    assert found(made, "公文") == [1, 2]
    made.change([Removal(1, 1, 1)], ())
    assert found(made, "公文") == [2]


def test_a_truncated_file_is_refused(tmp_path: Path) -> None:
    made = fulltext()
    for file in made.files():
        content = file.read_bytes()
        (tmp_path / file.name).write_bytes(content[:20] if file.suffix == ".idx" else content)
    with pytest.raises(ValueError, match="open"):
        FullText.open(tmp_path)
