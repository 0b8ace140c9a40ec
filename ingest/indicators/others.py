"""Figures of other cities: what 武汉 does is no commitment of ours.

A clause that begins with another place's name (武汉市审批时限22个工作日) is that place's only where the
same sentence sets us beside it (我市减至20个工作日), or where 标杆城市： or 标杆值： stands before it.
"""

from __future__ import annotations

import re

from ingest.indicators.scene import Scene

_US = re.compile("我[市区县局省]|本[市区县局省]|我们")
_BENCHMARK = re.compile(r"(?:标杆|对标|标兵)(?:城市|值|对象|单位)\s*[:为是]")
_LEAD_IN = re.compile(r"(?:标杆城市|对标城市|标兵城市|标杆值|其中|目前|而|如|像|为|是|:|\s){0,3}")
_SENTENCE = 240


def is_compared_with_others(scene: Scene) -> bool:
    """Whether the text compares at all: most do not, and need no look at each figure."""
    return _US.search(scene.text) is not None or _BENCHMARK.search(scene.text) is not None


def is_of_others(scene: Scene, position: int) -> bool:
    """Whether the figure at `position` is another city's."""
    start = scene.clause_start(position)
    sentence = max(scene.sentence_start(position), position - _SENTENCE)
    if _BENCHMARK.search(scene.text, sentence, position):
        return _US.search(scene.text, start, position) is None
    clause_end = min(scene.clause_end(position), position + _SENTENCE)
    sentence_end = min(scene.sentence_end(position), position + _SENTENCE)
    beside_us = _US.search(scene.text, sentence, start) or _US.search(scene.text, clause_end, sentence_end)
    return beside_us is not None and _begins_with_place(scene.text, start, position)


def _begins_with_place(text: str, start: int, position: int) -> bool:
    from ingest.places import mention_at  # the gazetteer is read at first use only

    lead_in = _LEAD_IN.match(text, start)
    mention = mention_at(text, lead_in.end() if lead_in else start)
    return mention is not None and mention.end < position
