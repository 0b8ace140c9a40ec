from dataclasses import replace
from pathlib import Path

import pytest
import torch
from sentence_transformers import SentenceTransformer

from corpus.errors import WrongUse
from index.embedders.transformer import load
from index.tuning.pairs import Pair, PairKind
from index.tuning.training import Budget, Prompts, Recipe, Step, train, train_only
from tests.index.tuning.tiny import LAYERS, TOPICS

PROMPTS = Prompts("query: ", "passage: ")
RECIPE = Recipe(layers=1, batch=8, rate=1e-3, scale=20.0, keep=0.0)
PAIRS = [
    Pair(PairKind.NAME, topic, number // 10, number, topic[:4], f"全年完成{topic}", f"群众{topic[::-1]}")
    for number, topic in enumerate(TOPICS[:80])
]


@pytest.fixture
def model(plain: Path) -> SentenceTransformer:
    return load(str(plain))


def _nothing(_step: Step) -> None:
    pass


def _layers(model: SentenceTransformer) -> dict[str, torch.Tensor]:
    return {name: values.clone() for name, values in model.state_dict().items()}


def test_only_the_last_layer_changes(model: SentenceTransformer) -> None:
    before = _layers(model)
    training = train(model, PAIRS, PROMPTS, Budget(600, steps=3), RECIPE, _nothing)
    after = _layers(model)
    changed = {name for name in before if not torch.equal(before[name], after[name])}
    assert (training.steps, training.pairs) == (3, 24)
    assert changed
    assert all(f"encoder.layer.{LAYERS - 1}." in name for name in changed)
    assert model.max_seq_length == 512
    assert not model.training


def test_the_loss_falls_and_progress_is_told(model: SentenceTransformer) -> None:
    steps: list[Step] = []
    training = train(model, PAIRS, PROMPTS, Budget(600, steps=40, epochs=10), RECIPE, steps.append)
    assert training.last_loss < training.first_loss - 0.1
    assert [step.step for step in steps] == list(range(1, 41))
    assert [step.share for step in steps][9::10] == pytest.approx([0.25, 0.5, 0.75, 1.0])
    assert steps[-1].left == 0


def test_epochs_and_time_end_it_too(model: SentenceTransformer) -> None:
    by_epochs = train(model, PAIRS, PROMPTS, Budget(600, epochs=2), RECIPE, _nothing)
    assert (by_epochs.steps, by_epochs.pairs) == (20, 160)
    by_time = train(model, PAIRS, PROMPTS, Budget(1e-6), RECIPE, _nothing)
    assert by_time.steps == 1


def test_keeping_all_of_the_old_weights_changes_nothing(model: SentenceTransformer) -> None:
    before = _layers(model)
    train(model, PAIRS, PROMPTS, Budget(600, steps=2), Recipe(layers=1, batch=8, keep=1.0), _nothing)
    after = _layers(model)
    for name, values in before.items():
        torch.testing.assert_close(after[name], values)


def test_interrupting_is_passed_on_and_the_model_is_as_it_is_used(model: SentenceTransformer) -> None:
    def interrupt(_step: Step) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(model, PAIRS, PROMPTS, Budget(600, steps=3), RECIPE, interrupt)
    assert model.max_seq_length == 512
    assert not model.training


def test_a_model_without_layers_is_refused() -> None:
    with pytest.raises(WrongUse, match=r"没有可以训练的编码层，不能调优；请用 --model"):
        train_only(torch.nn.Linear(2, 2), 1)


def test_half_of_the_old_weights_are_kept(plain: Path) -> None:
    whole, half = load(str(plain)), load(str(plain))
    before = _layers(whole)
    train(whole, PAIRS, PROMPTS, Budget(600, steps=2), RECIPE, _nothing)
    train(half, PAIRS, PROMPTS, Budget(600, steps=2), replace(RECIPE, keep=0.5), _nothing)
    assert Recipe().keep == 0.5
    trained, halved = _layers(whole), _layers(half)
    for name, old in before.items():
        torch.testing.assert_close(halved[name], (old + trained[name]) / 2, atol=1e-4, rtol=1e-3)
