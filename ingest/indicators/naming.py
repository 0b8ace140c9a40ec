"""Names for groups of figures: shared by a list, taken from behind the figure, or carried on from before."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from ingest.indicators.candidates import Candidate
from ingest.indicators.names import Noun, noun_after, noun_before, titles_before
from ingest.indicators.scene import Scene
from ingest.indicators.units import TIME

_PARTS = re.compile(r"以及|、|和(?![谐平])|(?<!参)与|(?<![普涉波惠])及(?![时格])")
_HEAD = re.compile(
    r"(?P<core>余额|率|数量|总数|数|总量|量|额|值|收入|支出|浓度|面积|比重|占比|产值|规模|时限|能耗|强度|标准|总额)\Z"
)
_SECTOR = re.compile(r"第?[一二三四](产业.{0,6})")
_FRONT = ("新增", "净增", "累计")
_SCOPE = re.compile(
    r"(全国|全省|全区|全市|世界|全球|同类城市|副省级城市|省会城市|计划单列市|国内|亚洲|中西部|东部|西部|中部|长三角)"
)
_GENERIC = frozenset(
    """
    总数 总量 数量 规模 总额 占比 比重 总规模 增速 增幅 总面积 面积 总数量 存量 总投资
    总里程 里程 使用率 覆盖率 比例 利用率 投资 总值 总长度 长度 全长
    """.split()
)
_INTO_RANK = re.compile(
    rf"(?:中?(?:已?连续[0-9一二三四五六七八九十]+年)?(?:进入|保持|跻身|稳居|位居|名列|获评|荣获|夺得|居|排名?|位列|列|冲刺|达到|力争|处于|升至|跃居|上升到)+[^，。;]{{0,14}}?|(?:已?连续[0-9一二三四五六七八九十]+年)?{_SCOPE.pattern})\Z"
)
_RANK = "排名"
_SHORT = 4
_COUNT_OF = re.compile(r"的[0-9]+[多余]?[个项家座条处]")
_FARTHEST = 3
_REMEMBERED = 6


@dataclass(frozen=True, slots=True)
class Naming:
    """A name and where the phrase that holds it begins (None where it stands elsewhere).

    `end` is where a name that stands behind its figure ends.
    """

    name: str | None
    start: int | None
    end: int | None = None


@dataclass(slots=True)
class Trail:
    """What the figures before were about. `tail` is where the last one ended."""

    scene: Scene
    fallback: str | None
    tail: int = 0
    name: str | None = None
    names: list[tuple[str | None, int]] = field(default_factory=list)

    def segment(self, position: int) -> int:
        """Return where the words that belong to a figure at `position` can begin."""
        return max(self.scene.clause_start(position), self.tail)

    def name_group(self, group: list[Candidate], boundary: int) -> list[Naming]:
        """Name the members of a list of figures; the words before it end at `boundary`."""
        first = group[0]
        segment = self.segment(first.figure.start)
        left = self._own(noun_before(self.scene, segment, max(segment, boundary)))
        if len(group) > 1 and left is not None:
            names = distributed_names(left.written(self.scene), len(group))
            namings = [Naming(name, left.start if not index else None) for index, name in enumerate(names)]
        elif left is None and (listed := self._names_of_list(len(group), boundary)):
            namings = [Naming(name, None) for name in listed]
        else:
            naming = self._name_one(first, segment, left)
            namings = [*[Naming(naming.name, None)] * (len(group) - 1), Naming(naming.name, None, naming.end)]
            namings[0] = replace(namings[0], start=naming.start)
        self.names = [*self.names[-_REMEMBERED:], *((naming.name, first.figure.start) for naming in namings)]
        self.tail, self.name = group[-1].end, _carried(namings[-1].name)
        return namings

    def _own(self, left: Noun | None) -> Noun | None:
        """Cut off the noun that belongs to the figure before: 396个重大项目、总投资4000亿元."""
        if left is None or not self.tail or left.start != self.tail:
            return left
        mark = self.scene.text.find("、", left.start, left.end)
        if mark < 0:
            return left
        return noun_before(self.scene, mark + 1, left.end)

    def _name_one(self, candidate: Candidate, segment: int, left: Noun | None) -> Naming:
        scene = self.scene
        if candidate.rank is not None:
            return self._name_rank(candidate.start, left)
        borrowed = left is not None and bool(self.tail) and left.start == self.tail
        if borrowed or not _prefers_left(scene, candidate, left):
            is_generic = left is not None and left.written(scene) in _GENERIC
            counted = _COUNT_OF.match(scene.text, candidate.end) if is_generic else None
            behind = counted.end() if counted is not None else candidate.end  # 总投资38亿元的20个项目
            right = noun_after(scene, behind, verbs=left is None or left.weak)
            if right is not None and left is not None and is_generic:
                return Naming(right.written(scene) + left.written(scene), left.start, right.end)
            if right is not None:
                titles = titles_before(scene, segment, candidate.start)
                return Naming(
                    (titles.written(scene) if titles else "") + right.written(scene),
                    titles.start if titles else None,
                    right.end,
                )
        if left is None or left.weak:
            earlier = self._earlier(candidate.figure.start)
            if earlier is not None or left is None:
                return Naming(earlier, None)
        written = left.written(scene)
        if written in _GENERIC or written.startswith("占"):
            return Naming((self._earlier(candidate.figure.start) or "") + written, left.start)
        return Naming(written, left.start)

    def _names_of_list(self, count: int, position: int) -> list[str | None]:
        """Return the last `count` different names of the sentence (城镇4万元，农村2万元，分别增长9%和10%)."""
        sentence = self.scene.sentence_start(position)
        names = list(dict.fromkeys(_carried(name) for name, start in self.names if start >= sentence))
        return names[-count:] if count > 1 and len(names) >= count else []

    def name_first(self, start: int, end: int) -> Naming:
        """Name 首位 at `start:end` by what holds it."""
        naming = self._name_rank(start, None)
        self.tail, self.name = end, _carried(naming.name)
        return naming

    def _name_rank(self, position: int, left: Noun | None) -> Naming:
        start = self.segment(position)
        into = _INTO_RANK.search(self.scene.text, max(start, position - 18), position)
        left = noun_before(self.scene, start, into.start()) if into else left
        scope = _SCOPE.findall(self.scene.text, max(start, position - 24), position)
        subject = left.written(self.scene) if left else self._earlier(position) or ""
        if not subject.endswith(_RANK):  # 分别居全球第五、第六位: named already
            subject = f"{subject}{scope[-1] if scope else ''}{_RANK}"
        return Naming(subject, left.start if left else None)

    def name_mark(self, start: int, end: int, after: bool) -> Naming:
        """Name 全覆盖 and its like by what stands before, or (全覆盖检查) behind."""
        segment = self.segment(start)
        left = noun_before(self.scene, segment, start)
        right = noun_after(self.scene, end, verbs=True) if after or left is None else None
        if right is not None:
            name = self.scene.raw[start : right.end] if after else right.written(self.scene)
            naming = Naming(name, None, right.end)
        elif left is not None:
            naming = Naming(left.written(self.scene), left.start)
        else:
            naming = Naming(self._earlier(start), None)
        self.tail, self.name = end, _carried(naming.name)
        return naming

    def _earlier(self, position: int) -> str | None:
        """Return what the nearest earlier clause of the sentence is about, else what the item is about."""
        scene, sentence = self.scene, self.scene.sentence_start(position)
        start = scene.clause_start(position)
        for _ in range(_FARTHEST):
            if self.tail > sentence and self.tail >= scene.clause_start(max(start - 1, 0)):
                return self.name or self.fallback
            if start <= sentence:
                break
            end = start - 1
            start = scene.clause_start(end - 1) if end > 0 else 0
            noun = noun_before(scene, max(start, sentence), end)
            if noun is not None:
                return noun.written(scene)
        return self.fallback


def _prefers_left(scene: Scene, candidate: Candidate, left: Noun | None) -> bool:
    """Whether the noun before the figure is surely its own: 达到 stands between, or it is a rate."""
    if left is None or left.weak:
        return False
    prefix, unit = candidate.prefix, candidate.figure.unit
    if prefix.op or prefix.reaches or prefix.rise or prefix.becomes:
        return True
    if left.verbal or scene.text.startswith("的", candidate.end):
        return False
    return unit in {"%", "‰", "个百分点", "倍", None} or unit in TIME


def _carried(name: str | None) -> str | None:
    """Return the name as the next figure takes it over: 新增 belongs to its own figure only."""
    for word in _FRONT:
        if name is not None and name.startswith(word) and len(name) > len(word) + 1:
            return name[len(word) :]
    return name


def parts_of(written: str) -> list[str]:
    """Split a phrase at the marks and words of a list."""
    return [part for part in _PARTS.split(written) if part]


def distributed_names(written: str, count: int) -> list[str]:
    """Split 热线、信箱、短信按期答复率 into as many names, each with the shared ending.

    Where the number of parts is not `count`, every figure gets the whole phrase.
    """
    parts = parts_of(written)
    if len(parts) != count:
        return [written] * count
    last = parts[-1]
    if sectors := _SECTOR.fullmatch(last):
        return [
            "第" + part.removeprefix("第").removesuffix(sectors[1]).removesuffix("产业") + sectors[1]
            for part in parts
        ]
    head = _HEAD.search(last)
    names = []
    for part in parts[:-1]:
        if head is None or _HEAD.search(part):
            names.append(part)
        else:
            fits = len(part) <= min(_SHORT, head.start("core"))  # 热线、信箱按期答复率: as long as its peer
            names.append(part + (last[len(part) :] if fits else head["core"]))
    return [*names, last]
