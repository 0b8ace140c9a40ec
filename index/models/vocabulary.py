"""Which pieces of the multilingual vocabulary are kept, and the tokenizer files made of them.

Three quarters of the 250,002 pieces belong to scripts that Chinese official documents do not use. What
stays: Chinese characters, digits, punctuation and symbols; the ASCII words of the package's second,
smaller model; and every single letter of the scripts that occur in formulas and names. Official texts get
the same tokens as before.

The same vocabulary is written twice: as `sentencepiece.bpe.model`, which the serving path reads (it loads
and splits several times faster), and as `tokenizer.json`, which transformers reads.
"""

from __future__ import annotations

import base64
import json
import unicodedata
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.models.source import Source

BEGIN, PAD, END, UNKNOWN = 0, 1, 2, 3
SPECIALS = ("<s>", "<pad>", "</s>", "<unk>")
MASK = "<mask>"
SPACE = "▁"
SENTENCEPIECE_FILE = "sentencepiece.bpe.model"
_NEEDED = ("▁que", "ry", "▁passage")  # what the prompts are made of
_LETTERS = ("LATIN", "GREEK", "CYRILLIC", "HIRAGANA", "KATAKANA", "BOPOMOFO")
_HAN = ((0x3005, 0x3007), (0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))


def kept_pieces(source: Source, small: frozenset[str]) -> NDArray[np.int64]:
    """Return the old ids of the pieces that stay, ascending: a piece's place in it is its new id."""
    last = len(source.pieces) - 1
    kept = [
        number
        for number, piece in enumerate(source.pieces)
        if number < len(SPECIALS) or number == last or piece in _NEEDED or _is_kept(piece, small)
    ]
    return np.array(kept, np.int64)


def _is_kept(piece: str, small: frozenset[str]) -> bool:
    letters = piece.replace(SPACE, "")
    if all(_is_han(letter) or unicodedata.category(letter)[0] in "NPSZ" for letter in letters):
        return True
    if letters.isascii():
        return piece in small
    return len(letters) == 1 and unicodedata.name(letters, "").startswith(_LETTERS)


def _is_han(letter: str) -> bool:
    return any(first <= ord(letter) <= last for first, last in _HAN)


def write_tokenizer(folder: Path, source: Source, kept: NDArray[np.int64]) -> None:
    """Write the vocabulary in both forms, with the settings that transformers wants beside it."""
    pieces = [(source.pieces[number], float(source.scores[number])) for number in kept]
    (folder / SENTENCEPIECE_FILE).write_bytes(_sentencepiece_model(pieces))
    _write_json(folder / "tokenizer.json", _tokenizer(pieces))
    names = {"bos": "<s>", "cls": "<s>", "eos": "</s>", "sep": "</s>", "pad": "<pad>", "unk": "<unk>"}
    specials = {f"{name}_token": piece for name, piece in (names | {"mask": MASK}).items()}
    _write_json(folder / "special_tokens_map.json", specials)
    settings = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": source.positions,
        "model_input_names": ["input_ids", "attention_mask"],
        "clean_up_tokenization_spaces": False,
    }
    _write_json(folder / "tokenizer_config.json", settings | specials)


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def _sentencepiece_model(pieces: list[tuple[str, float]]) -> bytes:
    proto = _proto()
    model = proto.ModelProto.FromString(_normaliser())
    model.normalizer_spec.add_dummy_prefix = True
    model.normalizer_spec.remove_extra_whitespaces = True
    model.normalizer_spec.escape_whitespaces = True
    trainer = model.trainer_spec
    trainer.model_type = proto.TrainerSpec.UNIGRAM
    trainer.vocab_size = len(pieces)
    trainer.bos_id, trainer.pad_id, trainer.eos_id, trainer.unk_id = BEGIN, PAD, END, UNKNOWN
    kinds = proto.ModelProto.SentencePiece
    special = {BEGIN: kinds.CONTROL, PAD: kinds.CONTROL, END: kinds.CONTROL, UNKNOWN: kinds.UNKNOWN}
    special[len(pieces) - 1] = kinds.CONTROL
    for number, (piece, score) in enumerate(pieces):
        model.pieces.add(piece=piece, score=score, type=special.get(number, kinds.NORMAL))
    return bytes(model.SerializeToString())


def _proto() -> Any:  # generated code, which carries no types
    from sentencepiece import sentencepiece_model_pb2

    return sentencepiece_model_pb2


def _normaliser() -> bytes:
    """Return a model that holds nothing but the normalisation the vocabulary was trained with."""
    from sentencepiece import SentencePieceNormalizer

    return bytes(SentencePieceNormalizer(rule_name="nmt_nfkc").serialized_model_proto())


def _character_map() -> str:
    model = _proto().ModelProto.FromString(_normaliser())
    return base64.b64encode(model.normalizer_spec.precompiled_charsmap).decode("ascii")


def _tokenizer(pieces: list[tuple[str, float]]) -> dict[str, object]:
    metaspace = {"type": "Metaspace", "replacement": SPACE, "prepend_scheme": "always", "split": True}
    first, second = ({"Sequence": {"id": name, "type_id": 0}} for name in "AB")
    begin, end = ({"SpecialToken": {"id": piece, "type_id": 0}} for piece in ("<s>", "</s>"))
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [_added_token(number, piece) for number, piece in enumerate(SPECIALS)]
        + [_added_token(len(pieces) - 1, MASK)],
        "normalizer": {"type": "Precompiled", "precompiled_charsmap": _character_map()},
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"}, metaspace]},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [begin, first, end],
            "pair": [begin, first, end, end, second, end],
            "special_tokens": {
                piece: {"id": piece, "ids": [number], "tokens": [piece]}
                for piece, number in (("<s>", BEGIN), ("</s>", END))
            },
        },
        "decoder": metaspace,
        "model": {"type": "Unigram", "unk_id": UNKNOWN, "vocab": pieces, "byte_fallback": False},
    }


def _added_token(number: int, piece: str) -> dict[str, object]:
    return {
        "id": number,
        "content": piece,
        "single_word": False,
        "lstrip": piece == MASK,
        "rstrip": False,
        "normalized": False,
        "special": True,
    }
