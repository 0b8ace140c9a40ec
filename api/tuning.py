"""Tune the embedding model to a catalog: pairs, training, a comparison, and only then a change."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from api.library import Library
from api.schemas.tuning import TrainingJson, TunedMeasureJson, TunedPairsJson, TuneJson
from corpus.errors import WrongUse

if TYPE_CHECKING:
    from index.tuning.pairs import Pair
    from index.tuning.training import Budget, Step, Training
    from search.evaluation.held_out import HeldOut, Verdict

LEAST_TRAIN, LEAST_HELD_OUT = 200, 30
_MOST_HELD_OUT = 400
_MOST_PASSAGES = 1000
_PAIRS_A_SECOND = 8  # more than a processor of two cores trains on
_MOST_PAIRS = 50_000
_REPORT_EVERY = 15.0  # seconds

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user asked for: how long to train, and where the model is to go if it is better."""

    minutes: float = 10.0
    steps: int | None = None
    epochs: int = 3
    out: Path | None = None
    install: bool = False

    def check(self, model: str | None) -> None:
        """Raise WrongUse where it cannot be done."""
        if self.install and self.out is not None:
            raise WrongUse("--install 和 --out 只能给出一个：前者换上调优后的模型，后者只写到文件夹。")
        if self.install and model is not None:
            raise WrongUse(
                f"--install 只能换上调优后的默认模型，现在指定的是 {model}；"
                "请改用 --out 写到文件夹，再用 --model 或 DUIBIAO_MODEL 指定它。"
            )
        if self.out is not None and _is_taken(self.out):
            raise WrongUse(f"“{self.out}”已经存在且不是空文件夹；请换一个文件夹，原有内容不会被覆盖。")


def _is_taken(path: Path) -> bool:
    return path.exists() and not (path.is_dir() and not any(path.iterdir()))


@dataclass(frozen=True, slots=True)
class _Material:
    """Pairs to train on and pairs to judge by."""

    train: tuple[Pair, ...]
    held_out: HeldOut
    counts: tuple[TunedPairsJson, ...]


def tune_catalog(library: Library, wish: Wish, say: Say) -> TuneJson:
    """Train on the library's catalog and keep the model where the wish says, if it is better.

    Until the comparison is over everything lies in a folder of its own, which is gone whatever happens.
    Raise WrongUse, ModelMissing.
    """
    model = library.settings.model
    wish.check(model)
    from index.embedders import open_embedder
    from index.models.tuned import building
    from index.tuning.candidate import Candidate
    from index.tuning.training import Budget, Recipe
    from search.evaluation.held_out import judge, verdict

    models = library.settings.models
    with building(models if wish.out is None else wish.out.absolute().parent) as folder:
        material = _material(library, wish, say)
        say(f"正在用现在的模型判断 {len(material.held_out.queries)} 个留出的问题……")
        began = time.monotonic()
        before = judge(library.embedder, material.held_out)
        budget = Budget(wish.minutes * 60, wish.steps, wish.epochs)
        _say_plan(budget, time.monotonic() - began, say)
        candidate = Candidate(model, models, say)
        training = candidate.train(material.train, budget, Recipe(), _Reporter(say))
        candidate.write(folder, say)
        say("正在用调优后的模型判断同样的问题……")
        tuned = open_embedder(str(folder), models)
        after = judge(tuned, material.held_out)
        name = tuned.record.model if wish.install else str(wish.out or "")
        del tuned  # its files may be moved now
        found = verdict(before, after)
        kept = _keep(folder, wish, models) if found.is_better else None
    return _result(library.embedder.record.model, name, material, training, found, kept, wish)


def _material(library: Library, wish: Wish, say: Say) -> _Material:
    """Collect pairs. Raise WrongUse where there are too few."""
    from index.tuning.negatives import with_negatives
    from index.tuning.pairs import PairKind, collect_pairs, sample, worth_training
    from search.evaluation.held_out import held_out_set

    say("正在从目标库组成训练文本……")
    catalog = library.catalog
    pairs = collect_pairs(catalog)
    train = [pair for pair in pairs if not pair.is_held_out]
    held = [pair for pair in pairs if pair.is_held_out]
    _require_enough(library.settings.catalog, train, held)
    counted = Counter((pair.kind, pair.is_held_out) for pair in pairs)
    counts = tuple(TunedPairsJson(kind.value, counted[kind, False], counted[kind, True]) for kind in PairKind)
    asked = sample(held, _MOST_HELD_OUT)
    most = min(_MOST_PAIRS, max(LEAST_TRAIN, int(wish.minutes * 60 * _PAIRS_A_SECOND)))
    say(f"共有 {len(train)} 对训练文本、{len(held)} 对留出；正在从全文中找反例……")
    chosen = with_negatives(sample(worth_training(train), most), catalog, library.index.searcher())
    others = [pair.positive for pair in sample(held, _MOST_PASSAGES)]
    return _Material(chosen, held_out_set(asked, others), counts)


def _require_enough(folder: Path, train: Sequence[Pair], held: Sequence[Pair]) -> None:
    asked = len({pair.anchor for pair in held})
    if len(train) >= LEAST_TRAIN and asked >= LEAST_HELD_OUT:
        return
    raise WrongUse(
        f"目标库 {folder} 只能组成 {len(train)} 对训练文本和 {asked} 个留出的问题，"
        f"调优至少需要 {LEAST_TRAIN} 对和 {LEAST_HELD_OUT} 个（约三百条名称各不相同的目标）；"
        "请先用 duibiao ingest 导入更多文档。"
    )


def _say_plan(budget: Budget, judging: float, say: Say) -> None:
    minutes = (budget.seconds + judging) / 60 + 1
    training = f"开始训练，最多 {budget.seconds / 60:g} 分钟"
    say(f"{training}；连同比较预计共需约 {minutes:.0f} 分钟。可按 Ctrl+C 放弃。")


class _Reporter:
    """Says now and then how far training has come."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._last = time.monotonic()

    def __call__(self, step: Step) -> None:
        now = time.monotonic()
        if step.step == 1 or now - self._last >= _REPORT_EVERY:
            self._last = now
            left = f"约还需 {step.left / 60:.1f} 分钟"
            self._say(f"第 {step.step} 步，损失 {step.loss:.3f}，已完成 {step.share:.0%}，{left}")


def _keep(folder: Path, wish: Wish, models: Path) -> Path | None:
    """Put the finished folder where it was wanted; return where that is."""
    from index.models.tuned import install

    if wish.install:
        return install(folder, models)
    if wish.out is None:
        return None
    if wish.out.exists():
        wish.out.rmdir()  # empty, as was made sure of
    folder.rename(wish.out)
    return wish.out


def _result(
    base: str,
    name: str,
    material: _Material,
    training: Training,
    found: Verdict,
    kept: Path | None,
    wish: Wish,
) -> TuneJson:
    from search.evaluation.held_out import FIRST, PRIMARY

    measures = tuple(
        TunedMeasureJson(measure, one.queries, round(one.before, 4), round(one.after, 4), round(one.p, 4))
        for measure, one in ((PRIMARY, found.primary), (FIRST, found.first))
    )
    return TuneJson(
        base=base,
        model=name,
        better=found.is_better,
        installed=kept is not None and wish.install,
        folder=None if kept is None else str(kept),
        pairs=material.counts,
        training=TrainingJson(
            training.steps,
            training.pairs,
            round(training.seconds, 1),
            round(training.first_loss, 4),
            round(training.last_loss, 4),
        ),
        held_out=measures,
        sentence=_sentence(found, kept, wish),
    )


def _sentence(found: Verdict, kept: Path | None, wish: Wish) -> str:
    """Say what came out and what to do next."""
    figures = "，".join(
        f"{name} {one.before:.4f} → {one.after:.4f}（p={one.p:.3f}）"
        for name, one in (("nDCG@10", found.primary), ("R@1", found.first))
    )
    outcome = f"留出的 {found.primary.queries} 个问题：{figures}。"
    if not found.is_better:
        return f"{outcome}调优后的模型没有明显更好，没有保留，仍用原来的模型；可以增加文档或训练时间后重试。"
    if wish.install:
        return f"{outcome}已换上调优后的模型；请运行 duibiao reembed 重新计算目标库的向量，之后才能检索。"
    if kept is not None:
        return (
            f"{outcome}调优后的模型已写入“{kept}”；"
            "用 --model 或 DUIBIAO_MODEL 指定它，并运行 duibiao reembed 后即可使用。"
        )
    return f"{outcome}没有给出 --out 或 --install，模型没有保留。"
