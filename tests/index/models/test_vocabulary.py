import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from index.models.prepare import FOLDER
from index.models.runtime import open_tokenizer, tokens_of
from index.models.samples import CALIBRATION, REFERENCE_PASSAGES, REFERENCE_QUERIES
from index.models.source import Source
from index.models.vocabulary import MASK, SPECIALS, kept_pieces

_EMPTY = Source(
    hidden=32,
    layers=0,
    heads=1,
    inner=32,
    positions=512,
    token_types=1,
    epsilon=1e-12,
    pieces=(),
    scores=np.zeros(0, np.float32),
    matrices={},
    vectors={},
)


def _kept(*pieces: str, small: frozenset[str] = frozenset()) -> list[str]:
    source = dataclasses.replace(_EMPTY, pieces=(*SPECIALS, *pieces, MASK))
    kept = [source.pieces[number] for number in kept_pieces(source, small)]
    assert kept[:4] == list(SPECIALS)
    assert kept[-1] == MASK
    return kept[4:-1]


def test_chinese_digits_and_marks_stay() -> None:
    pieces = ("公文", "▁", "▁公", "2021", "95%", "〔", "。", "＋", "𠮷", "々", "≥", "③")
    assert _kept(*pieces) == list(pieces)


def test_ascii_words_stay_where_the_small_vocabulary_has_them() -> None:
    assert _kept("▁email", "▁der", small=frozenset({"▁email"})) == ["▁email"]


def test_pieces_of_the_prompts_always_stay() -> None:
    assert _kept("▁que", "ry", "▁passage", "▁passages") == ["▁que", "ry", "▁passage"]


def test_single_letters_of_formulas_and_names_stay() -> None:
    assert _kept("μ", "é", "ж", "の", "μμ", "ность", "한", "ب") == ["μ", "é", "ж", "の"]


@pytest.mark.parametrize(
    "text",
    [
        *CALIBRATION,
        *REFERENCE_QUERIES,
        *REFERENCE_PASSAGES,
        "",
        "  首尾  空格 ",
        "全角ＡＢＣ１２３％",
        "制表\t换行\n回车\r\n",
        "零宽\u200b字\ufeff符\x00\x01",
        "𠮷野家 ①②③ ㎡ ½",
        "한국어 и русский",
        "🎉🎉🎉",
        "——……《》〔〕",
    ],
)
def test_both_forms_of_the_vocabulary_agree(models: Path, text: str) -> None:
    folder = models / FOLDER
    theirs = Tokenizer.from_file(str(folder / "tokenizer.json")).encode(f"passage: {text}").ids
    assert tokens_of(open_tokenizer(folder), [f"passage: {text}"])[0] == theirs


def test_prompts_are_the_pieces_the_model_knows(models: Path) -> None:
    tokenizer = open_tokenizer(models / FOLDER)
    (found,) = tokens_of(tokenizer, ["query: 公文"])
    assert [tokenizer.id_to_piece(token) for token in found] == [
        "<s>",
        "▁que",
        "ry",
        ":",
        "▁",
        "公",
        "文",
        "</s>",
    ]


def test_vocabulary_is_a_quarter_of_the_original(models: Path) -> None:
    content = json.loads((models / FOLDER / "tokenizer.json").read_text(encoding="utf-8"))
    assert len(content["model"]["vocab"]) == 63_842


def test_special_pieces_in_a_text_are_only_text(models: Path) -> None:
    (found,) = tokens_of(open_tokenizer(models / FOLDER), ["</s><s><mask>"])
    assert found[0] == 0
    assert found[-1] == 2
    assert not {0, 1, 2, 63_841} & set(found[1:-1])
