"""How alike two texts are on a scale that means the same for every model.

A cosine says nothing by itself: one model gives 0.84 to texts that have nothing in common, another 0.1. So
each model is measured once, by questions and the passages that answer them: 0 is as alike as a question
and another's passage are on average, 1 as alike as a question and its own. A model that cannot tell these
apart has no scale, and its similarities count for nothing where an absolute judgment is wanted.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np

from corpus.disk import replacing
from index.embedders import Embedder

_PAIRS = (
    (
        "小区加装电梯要多少户同意",
        "加装电梯应当由三分之二以上的业主参与表决，并经参与表决业主四分之三以上同意。",
    ),
    ("公交车几点收班", "市区公交线路末班车发车时间不早于晚上九点半，夜间另开行六条线路。"),
    (
        "行政审批要几个工作日办完",
        "进一步压缩审批时限，一般事项在五个工作日内办结，复杂事项不超过十五个工作日。",
    ),
    ("垃圾分类由哪个部门牵头", "生活垃圾分类工作由市城市管理局牵头，各区政府和街道办事处配合实施。"),
    ("今年要新增多少个停车位", "挖掘城区闲置空间，全年新建公共停车泊位八千个，缓解停车难。"),
    (
        "为什么要修订应急预案",
        "由于机构职能调整、新的风险不断出现，原有预案已不适应需要，故对应急预案作全面修订。",
    ),
    ("空气质量优良天数的目标", "持续打好蓝天保卫战，空气质量优良天数比例达到百分之八十五以上。"),
    (
        "怎么提高信访办理质量",
        "落实首接负责制，定期回访信访人，对重复信访逐件分析原因，提高一次办结率。",
    ),
    ("困难家庭能领什么补助", "对最低生活保障家庭发放生活补贴和取暖补贴，重病患者另给医疗救助。"),
    ("图书馆什么时候建成开放", "新图书馆主体工程已经封顶，计划明年六月底前建成并向市民开放。"),
)
# Own pairs lie so many spreads above the others at least, where a model tells them apart.
_LEAST_APART = 2.5
_LEAST, _MOST = 0.0, 1.5


@dataclass(frozen=True, slots=True)
class Scale:
    """The mean cosines of questions with passages of other questions and with their own."""

    unrelated: float
    related: float

    def likeness(self, cosine: float) -> float:
        """Return 0 for what has nothing in common, 1 for a question and its answer, with some room above."""
        raw = (cosine - self.unrelated) / (self.related - self.unrelated)
        return min(max(raw, _LEAST), _MOST)


Likeness = Callable[[float], float | None]

# The scale of the default model; other scales are measured.
DEFAULT_SCALE = Scale(0.8415, 0.9251)


def no_likeness(cosine: float) -> None:
    """Tell nothing of a cosine: of a model without a scale."""
    del cosine


def measured(embedder: Embedder) -> Scale | None:
    """Measure a model's scale; None where it does not tell a question's passage from others."""
    questions, passages = zip(*_PAIRS, strict=True)
    cosines = embedder.embed_queries(questions) @ embedder.embed_passages(passages).T
    own = np.eye(len(_PAIRS), dtype=bool)
    related, unrelated = cosines[own], cosines[~own]
    apart = float(related.mean() - unrelated.mean())
    spread = float(np.sqrt((related.var() + unrelated.var()) / 2))
    if not np.isfinite(apart) or apart <= 0 or apart < _LEAST_APART * spread:
        return None
    return Scale(round(float(unrelated.mean()), 4), round(float(related.mean()), 4))


def scale_of(embedder: Embedder, folder: Path | None = None) -> Scale | None:
    """Return a model's scale, from `folder` where it was kept there; measured and kept otherwise.

    A folder that may not be written to costs the time of twenty short texts in each process.
    """
    file = folder / _name(embedder) if folder else None
    if file:
        with suppress(OSError, ValueError, TypeError, KeyError):
            return _read(file)
    scale = measured(embedder)
    if file:
        with suppress(OSError):
            _write(file, scale)
    return scale


def likeness_by(scale: Scale | None) -> Likeness:
    """Return how cosines are read on a scale."""
    return no_likeness if scale is None else scale.likeness


def _name(embedder: Embedder) -> str:
    """Return a name that changes with the model and with the pairs."""
    pairs = crc32(repr((_PAIRS, _LEAST_APART)).encode())
    return f"scale-{embedder.record.fingerprint[:16]}-{pairs:08x}.json"


def _read(file: Path) -> Scale | None:
    kept = json.loads(file.read_text(encoding="utf-8"))
    if kept["scale"] is None:
        return None
    scale = Scale(float(kept["scale"]["unrelated"]), float(kept["scale"]["related"]))
    if not -1 <= scale.unrelated < scale.related <= 1:
        raise ValueError(file)
    return scale


def _write(file: Path, scale: Scale | None) -> None:
    kept = None if scale is None else {"unrelated": scale.unrelated, "related": scale.related}
    file.parent.mkdir(parents=True, exist_ok=True)
    with replacing(file) as stream:
        stream.write(json.dumps({"scale": kept}).encode())
