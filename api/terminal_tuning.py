"""What tuning came to, as a person reads it on a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from api.schemas.tuning import TuneJson

_KINDS = {"name": "名称与内容", "heading": "标题与段落", "years": "不同年份的同一条"}


def tuning_text(result: TuneJson) -> Iterator[str]:
    """Yield what was trained on, what training did, and the outcome."""
    for one in result.pairs:
        yield f"{_KINDS[one.kind]}：训练 {one.train} 对，留出 {one.held_out} 对"
    training = result.training
    yield (
        f"训练 {training.steps} 步，用了 {training.pairs} 对，{training.seconds:.0f} 秒，"
        f"损失 {training.first_loss:.3f} → {training.last_loss:.3f}"
    )
    yield result.sentence
