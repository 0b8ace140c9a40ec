import math

import numpy as np
import pytest
from numpy.typing import NDArray

from index.models.calibration import range_of
from index.models.graph import Range, encoder
from index.models.runtime import open_session, run
from index.models.source import Source
from tests.index.models.making import HEADS, HIDDEN, random_source

Floats = NDArray[np.float32]
LAYERS, PIECES = 2, 20
_erf = np.vectorize(math.erf)


@pytest.fixture(scope="module")
def source() -> Source:
    """A model of the same structure, small and random."""
    pieces = [str(number) for number in range(PIECES)]
    scores = np.zeros(PIECES, np.float32)
    return random_source(pieces, scores, layers=LAYERS, positions=16, spare_rows=5)


def _norm(source: Source, name: str, values: Floats) -> Floats:
    centred = values - values.mean(axis=1, keepdims=True)
    scaled = centred / np.sqrt((centred**2).mean(axis=1, keepdims=True) + source.epsilon)
    result: Floats = scaled * source.vectors[f"{name}.w"] + source.vectors[f"{name}.b"]
    return result


def _linear(source: Source, name: str, values: Floats) -> Floats:
    result: Floats = values @ source.matrices[f"{name}.w"].dense().T + source.vectors[f"{name}.b"]
    return result


def _attention(source: Source, layer: int, state: Floats) -> Floats:
    parts = [_linear(source, f"l{layer}.{part}", state).reshape(-1, HEADS, 32) for part in "qkv"]
    query, key, value = (part.transpose(1, 0, 2) for part in parts)
    scores = np.exp(query @ key.transpose(0, 2, 1) / math.sqrt(32))
    mixed = scores / scores.sum(axis=2, keepdims=True) @ value
    result: Floats = mixed.transpose(1, 0, 2).reshape(-1, HIDDEN)
    return result


def _by_hand(source: Source, tokens: list[int]) -> Floats:
    """The encoder of BERT as its paper states it, for one text."""
    words = source.matrices["emb.word"].dense()[tokens]
    places = source.vectors["emb.pos"].reshape(-1, HIDDEN)[: len(tokens)]
    state = _norm(source, "emb.ln", words + places + source.vectors["emb.type"][:HIDDEN])
    for layer in range(LAYERS):
        mixed = _linear(source, f"l{layer}.ao", _attention(source, layer, state))
        state = _norm(source, f"l{layer}.aln", mixed + state)
        inner = _linear(source, f"l{layer}.fi", state)
        active = 0.5 * inner * (1 + _erf(inner / math.sqrt(2)))
        state = _norm(source, f"l{layer}.oln", _linear(source, f"l{layer}.fo", active) + state)
    return state


TOKENS = [[0, 5, 6, 7, 2], [0, 9, 2], [0, 11, 12, 13, 14, 15, 16, 2]]
KEPT = np.arange(PIECES)


def test_lossless_graph_is_the_encoder_of_bert(source: Source) -> None:
    session = open_session(encoder(source, KEPT).SerializeToString())
    for tokens in TOKENS:
        states, vectors = run(session, [tokens], ["last_hidden_state", "sentence_embedding"])
        expected = _by_hand(source, tokens)
        np.testing.assert_allclose(states[0], expected, atol=2e-5)
        mean = expected.mean(axis=0)
        np.testing.assert_allclose(vectors[0], mean / np.linalg.norm(mean), atol=1e-5)


def test_padding_changes_nothing(source: Source) -> None:
    session = open_session(encoder(source, KEPT).SerializeToString())
    (together,) = run(session, TOKENS, ["sentence_embedding"])
    for vector, tokens in zip(together, TOKENS, strict=True):
        np.testing.assert_allclose(vector, run(session, [tokens], ["sentence_embedding"])[0][0], atol=1e-6)


def test_kept_pieces_are_renumbered(source: Source) -> None:
    kept = np.array([0, 2, 5, 6, 7])
    few = open_session(encoder(source, kept).SerializeToString())
    (vectors,) = run(few, [[0, 2, 3, 4, 1]], ["last_hidden_state"])
    np.testing.assert_allclose(vectors[0], _by_hand(source, [0, 5, 6, 7, 2]), atol=2e-5)


def test_eight_bits_stay_near_and_padding_changes_nothing(source: Source) -> None:
    watched = open_session(encoder(source, KEPT, with_activations=True).SerializeToString())
    names = [output.name for output in watched.get_outputs()][2:]
    assert names == [f"seen.l{layer}.{name}" for layer in range(2) for name in ("qkv", "ao", "fi", "fo")]
    runs = [run(watched, [tokens], names) for tokens in TOKENS]
    seen = {
        name.removeprefix("seen."): np.concatenate([found[place][0] for found in runs])
        for place, name in enumerate(names)
    }
    ranges = {
        name: range_of(name, values.min(axis=0), values.max(axis=0), source) for name, values in seen.items()
    }
    session = open_session(encoder(source, KEPT, ranges).SerializeToString())
    (together,) = run(session, TOKENS, ["sentence_embedding"])
    for vector, tokens in zip(together, TOKENS, strict=True):
        mean = _by_hand(source, tokens).mean(axis=0)
        assert float(vector @ mean / np.linalg.norm(mean)) > 0.995
        assert float(vector @ run(session, [tokens], ["sentence_embedding"])[0][0]) > 0.99999


def test_a_channel_far_above_the_others_is_divided_down(source: Source) -> None:
    highs = np.full(1536, 2, np.float32)
    highs[7] = 50
    found = range_of("l0.fo", -np.full(1536, 0.2, np.float32), highs, source)
    assert found.divisor is not None
    assert found.divisor[7] == pytest.approx(25)
    assert found.divisor[8] == 1
    assert [found.low, found.high] == pytest.approx([-0.24, 2.4])


def test_attention_is_not_divided(source: Source) -> None:
    ends = np.array([1, 5], np.float32)
    assert range_of("l0.ao", -ends, ends, source) == Range(-6, 6)
    assert range_of("l0.ao", ends, 2 * ends, source) == Range(0, 12)


def test_normalised_activations_meet_their_matrix_half_way(source: Source) -> None:
    ends = np.geomspace(1, 100, HIDDEN).astype(np.float32)
    found = range_of("l1.qkv", -ends, ends, source)
    assert found.divisor is not None
    weights = np.abs(np.concatenate([source.matrices[f"l1.{part}.w"].dense() for part in "qkv"])).max(axis=0)
    products = found.divisor**2 * weights / ends
    np.testing.assert_allclose(products, products[0], rtol=1e-5)
    assert float(np.log(found.divisor).mean()) == pytest.approx(0, abs=1e-5)
    assert found.high == pytest.approx(1.2 * float((ends / found.divisor).max()))
