"""How often (每季度1次) and by when (年底前) a figure is promised."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from ingest.indicators.scene import Scene

_PERIOD = re.compile(
    r"每(?:半年|个?季度|季|个?月|周|星期|天|日|年|学期|旬|两年|三年|两个月|人每[年月天]|户每[年月])|逐月|按季度|按月"
)
_DEADLINE = re.compile(
    r"(?:到|至|于|在)?(?:(?:20[0-9]{2}|今|明|本|当)年)?(?:年?(?:底|末)(?:之?前|以前)|[0-9一二三四五六七八九十]{1,2}月(?:份|底|末|上旬|中旬|下旬|[0-9]{1,2}日)?(?:之?前|以前)|(?:上半年|第?[一二三四]季度)(?:之?前|末前|底前)|(?:国庆|春节|汛期|供暖期|采暖季)前)"
    r"|到(?:20[0-9]{2}年|今年|明年)(?:底|末)?|(?:20[0-9]{2}|[今明本])年(?:年)?(?:底|末)(?!前)|年内|(?:用|在)?(?:[0-9]|[一二两三四五])年(?:时间|左右时间|之?内)"
)


@dataclass(frozen=True, slots=True)
class Timing:
    """Where a text's frequencies and deadlines stand."""

    scene: Scene
    periods: tuple[tuple[int, int], ...]
    deadlines: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, scene: Scene) -> Timing:
        """Find them all once."""
        return cls(
            scene,
            tuple(match.span() for match in _PERIOD.finditer(scene.text)),
            tuple(match.span() for match in _DEADLINE.finditer(scene.text)),
        )

    def period(self, start: int, end: int) -> str | None:
        """Return the frequency written in the clause of the figure at `start:end`, before it."""
        return self._last(self.periods, self.scene.clause_start(start), end)

    def deadline(self, start: int, end: int) -> str | None:
        """Return the deadline written in the sentence of the figure at `start:end`, before it."""
        return self._last(self.deadlines, self.scene.sentence_start(start), end)

    def _last(self, spans: tuple[tuple[int, int], ...], low: int, high: int) -> str | None:
        index = bisect_left(spans, (high, 0)) - 1
        if index < 0 or spans[index][0] < low:
            return None
        start, end = spans[index]
        return self.scene.raw[start:end]
