"""Training on two cores in minutes: the upper layers learn, the rest stays as it is."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.errors import WrongUse
from index.tuning.batches import batches_of
from index.tuning.pairs import Pair

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from torch import Tensor
    from torch.nn import Module, ModuleList, Parameter

THREADS = 2
_CLIP = 1.0
_SEED = 20120315


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a model is trained; docs/decisions/tuning.md has what was tried.

    `scale` is one over the temperature: 100 is what the default model was made with, so that similarities
    keep about the range that thresholds elsewhere rest on. `negatives` is how many counterexamples from
    the full text a batch has, for all its pairs together. `keep` is the share of the old weights in the
    result. `longest` is in tokens.
    """

    layers: int = 4
    batch: int = 32
    negatives: int = 8
    rate: float = 2e-5
    scale: float = 100.0
    longest: int = 128
    warming: float = 0.1
    keep: float = 0.5


@dataclass(frozen=True, slots=True)
class Budget:
    """When training ends: at the first that is reached."""

    seconds: float
    steps: int | None = None
    epochs: int = 3


@dataclass(frozen=True, slots=True)
class Step:
    """How far training has come; `share` of the whole is done, `left` is an estimate in seconds."""

    step: int
    loss: float
    share: float
    left: float


@dataclass(frozen=True, slots=True)
class Training:
    """What training came to; losses are means over the first and the last tenth of the steps."""

    steps: int
    seconds: float
    pairs: int
    first_loss: float
    last_loss: float


@dataclass(frozen=True, slots=True)
class Prompts:
    """What the model wants before a text that searches and before one that is to be found."""

    query: str
    passage: str


def train(
    model: SentenceTransformer,
    pairs: Sequence[Pair],
    prompts: Prompts,
    budget: Budget,
    recipe: Recipe,
    progress: Callable[[Step], None],
) -> Training:
    """Train the upper layers of `model` in place. Raise WrongUse where it has no layers to train.

    The loss is that of sentence-transformers over each batch (MultipleNegativesRankingLoss). Interrupting
    leaves a half-trained model in memory and nothing anywhere else.
    """
    import torch
    from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss

    torch.manual_seed(_SEED)
    threads = torch.get_num_threads()
    torch.set_num_threads(THREADS)
    trained = train_only(model, recipe.layers)
    before = [parameter.detach().clone() for parameter in trained]
    optimiser = torch.optim.AdamW(trained, lr=recipe.rate, weight_decay=0.01)
    loss_of = MultipleNegativesRankingLoss(model, scale=recipe.scale)
    longest, model.max_seq_length = model.max_seq_length, recipe.longest
    course = _Course(budget, len(pairs) * budget.epochs)
    losses: list[float] = []
    model.train()
    try:
        for batch in _epochs(pairs, recipe.batch, budget.epochs):
            for group in optimiser.param_groups:
                group["lr"] = recipe.rate * _pace(course.share(), recipe.warming)
            columns = [model.preprocess(column) for column in _columns(batch, prompts, recipe.negatives)]
            loss: Tensor = loss_of(columns, torch.empty(0))
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(trained, _CLIP)
            optimiser.step()
            losses.append(loss.item())
            progress(course.stepped(len(batch), losses[-1]))
            if course.is_over():
                break
    finally:
        model.eval()
        model.max_seq_length = longest
        torch.set_num_threads(threads)
    with torch.no_grad():
        for parameter, old in zip(trained, before, strict=True):
            parameter.lerp_(old, recipe.keep)
    return _summary(course, losses)


def _summary(course: _Course, losses: Sequence[float]) -> Training:
    tenth = max(1, len(losses) // 10)
    return Training(
        steps=len(losses),
        seconds=course.elapsed(),
        pairs=course.pairs,
        first_loss=sum(losses[:tenth]) / tenth,
        last_loss=sum(losses[-tenth:]) / tenth,
    )


def train_only(model: Module, layers: int) -> list[Parameter]:
    """Freeze everything but the last `layers` of the encoder, and return what is left to train."""
    stack = _encoder_layers(model)
    for parameter in model.parameters():
        parameter.requires_grad_(False)
    trained = [parameter for layer in list(stack)[-layers:] for parameter in layer.parameters()]
    for parameter in trained:
        parameter.requires_grad_(True)
    return trained


def _encoder_layers(model: Module) -> ModuleList:
    """Return the longest list of layers that the model has. Raise WrongUse where it has none."""
    from torch.nn import ModuleList

    stacks = [module for module in model.modules() if isinstance(module, ModuleList) and len(module) > 1]
    if not stacks:
        raise WrongUse("这个向量模型没有可以训练的编码层，不能调优；请用 --model 换一个 Transformer 模型。")
    return max(stacks, key=len)


def _epochs(pairs: Sequence[Pair], size: int, epochs: int) -> Iterator[tuple[Pair, ...]]:
    for epoch in range(epochs):
        yield from batches_of(pairs, size, _SEED + epoch)


def _columns(batch: Sequence[Pair], prompts: Prompts, most: int) -> Iterator[list[str]]:
    """Yield what searches, what is to be found, and counterexamples where the batch has any."""
    yield [prompts.query + pair.anchor for pair in batch]
    yield [prompts.passage + pair.positive for pair in batch]
    negatives = [prompts.passage + pair.negative for pair in batch if pair.negative is not None]
    if negatives[:most]:
        yield negatives[:most]


def _pace(share: float, warming: float) -> float:
    """Return the share of the learning rate at this point: up in a straight line, then down."""
    return min((share + 0.01) / warming, (1 - share) / (1 - warming), 1.0)


class _Course:
    """Keeps time."""

    def __init__(self, budget: Budget, pairs: int) -> None:
        self._budget = budget
        self._most_pairs = pairs
        self._began = time.monotonic()
        self._steps = 0
        self.pairs = 0

    def elapsed(self) -> float:
        return time.monotonic() - self._began

    def share(self) -> float:
        """Return how much of the whole is done."""
        budget = self._budget
        by_steps = self._steps / budget.steps if budget.steps else 0.0
        by_time = self.elapsed() / budget.seconds
        return min(1.0, max(by_time, by_steps, self.pairs / self._most_pairs))

    def stepped(self, pairs: int, loss: float) -> Step:
        self._steps += 1
        self.pairs += pairs
        share = self.share()
        return Step(self._steps, loss, share, self.elapsed() * (1 - share) / share)

    def is_over(self) -> bool:
        return self.share() >= 1.0
