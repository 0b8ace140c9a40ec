"""Third stage: the words around a figure that say how it is to be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from corpus.model import Comparator
from ingest.indicators.scene import Scene, reversed_words
from ingest.indicators.units import TIME


class Word(Enum):
    """What a word before a figure does. BECOME (到, 至) turns 提高 by an amount into 提高到 a level."""

    COMPARE = auto()
    RISE = auto()
    FALL = auto()
    BECOME = auto()
    REACH = auto()
    FILL = auto()
    STOP = auto()


_COMPARE = {
    Comparator.AT_LEAST: """
        ≥ >= ≧ 大于等于 大于或等于 不少于 不低于 不小于 不下于 不得少于 不得低于 至少 最少 最低 起码
        达到或超过 不短于 不下 不弱于
    """,
    Comparator.AT_MOST: """
        ≤ <= ≦ 小于等于 小于或等于 不超过 不高于 不多于 不大于 不得超过 不得高于 不得多于 不突破 至多
        最多 最高 控制在 控制到 限制在
        压控在 严控在 不长于 不超出 不超 控制为 控制
    """,
    Comparator.ABOVE: """
        > 超过 突破 超 逾 高于 多于 大于 冲破 跨越 跨上 超出 远超 跃上 迈上 跨过 迈过 站上 跃过 越过 过 冲刺
        超越 优于 跨入 迈入 首破 破 首超
    """,
    Comparator.BELOW: """
        < 低于 少于 不到 不足 小于 不满
    """,
    Comparator.ABOUT: """
        约 大约 近 将近 接近 大概 逼近 差不多 大致
    """,
}
_WORDS = {
    Word.RISE: """
        增长 增加 提高 提升 提速 上升 递增 扩大 净增 多增 增收 增 升 上浮 上调 上涨 涨 攀升 跃升 前移 增值
        回升 拉动 延长 进位 晋位 上移 增幅 净增加 净增长 新增长 高出 领先
    """,
    Word.FALL: """
        下降 降低 减少 压减 压缩 缩短 削减 缩减 精简 下调 回落 降 减 节省 核减 压降 收窄 递减 减低 缩小
        下滑 减缩 裁减 下跌 消减 跌 调减 节约
    """,
    Word.BECOME: """
        到 至 为 成 发展到 扩展到 拓展到 扩容到 壮大到 发展至 扩展至 拓展至 调整为 调整到 调整至 恢复到
        推广到 更新到 延伸到
    """,
    Word.REACH: """
        达到 达 完成 实现 是 保持在 稳定在 维持在 保持 稳定 共 共计 合计 总计 计 有 在 仅 占 占到 得 达成
        高达 等于 相当于 巩固在 突破性达到
    """,
    Word.FILL: """
        了 分别 均 都 各 年均 平均 预计 力争 确保 将 要 全年 年内 再 又 也 就 总共 同比 环比 实际 始终 全部
        争取 努力 保证 每年 已 已经 只 今年 当年 累计 须 应 普遍 必须 可 基本 进一步 相应 逐年 同口径 大幅
        总体上 至今 仍 明显 稳步 按 还 首次 成功 率先 双双 一举 历史性 顺利 超额 如期 合并 依次
        可比 左右 整体 总体
    """,
    Word.STOP: """
        新增 通过 设计 统计 公共 附近 最近 邻近 临近 贴近 新近 亲近 靠近 远近 就近 经过 渡过 度过 走过 不过
        公约 集约 签约 条约 预约 违约 履约 契约 合约 纽约 解约 缔约 简约 制约 甚至 以至 截至 乃至 直至 冬至
        夏至 成为 作为 认为 行为 因为 以为 变为 称为 改为 转为 评为 定为 列为 命名为 人为 存在 现在 正在
        所在 潜在 旨在 内在 都是 就是 还是 但是 总是 特别是 尤其是 只有 具有 所有 没有 国有 私有 公有 还有
        享有 含有 占有 赶超 反超 比重 看到 得到 做到 受到 收到 感到 找到 遇到 来到 提到 想到 直到 等到 办到
        签到 报到 独到 周到 迟到 高新 减排 加强 高压 血压 电压 一是 二是 三是 四是 五是 六是 七是 八是 九是
        十是 集中在 设在 定在 落到 以来 国际 实际上 市级 今年以来 其中 不可 生成 构成 组成 集成 形成 建成
        完成率 合成 养成 落成 促成 去年 上年 前年 往年 近年 明年 青年 少年 老年 每月 当月 节日 假日 工作日
        生产总值 老有 转移支付 扩建 扎实 充实 落实 现实 真实 核实 证实 务实 切实 夯实 诚实
    """,
}


def _lexicon() -> dict[str, tuple[Word, Comparator | None]]:
    words: dict[str, tuple[Word, Comparator | None]] = {}
    for kind, listed in _WORDS.items():
        words.update(dict.fromkeys(listed.split(), (kind, None)))
    for op, listed in _COMPARE.items():
        words.update(dict.fromkeys(listed.split(), (Word.COMPARE, op)))
    return words


_LEXICON = _lexicon()
_BEFORE = re.compile(rf"\s?(?:(?P<year>的?(?:底|末)?年[0-9]{{4}})|{reversed_words(_LEXICON)})")
_AFTER = re.compile(
    r"\s?(?:[(]?(?P<included>含)?[)]?(?:及|\(含\))?(?P<up>以上)|(?P<down>以下|以内|之内)|(?P<about>左右|上下)|(?P<more>多|余)(?![种样])|(?P<within>内)(?![部外容在涵地陆设河涝生需销]))"
)
_AFTER_FIRST = frozenset(" (含及以之左上多余内")
_LONGEST_CHAIN = 7


@dataclass(frozen=True, slots=True)
class Prefix:
    """The chain of words before a figure.

    `start` is where the chain begins, `firm` where its first telling word does (the number, where there
    is none); `rise` is +1 or -1 for 增长 or 压减.
    """

    start: int
    firm: int
    op: Comparator | None = None
    rise: int = 0
    becomes: bool = False
    reaches: bool = False


@dataclass(frozen=True, slots=True)
class Suffix:
    """The words right after a figure's unit (以上, 以内, 左右)."""

    end: int
    op: Comparator | None = None


def read_prefix(scene: Scene, position: int) -> Prefix:
    """Read the chain of comparing words that ends at `position`, right to left."""
    start = firm = position
    op: Comparator | None = None
    rise = 0
    becomes = reaches = False
    for _ in range(_LONGEST_CHAIN):
        match = scene.leftwards(_BEFORE, start)
        if match is None:
            break
        kind, compared = (Word.FILL, None) if match["year"] else _LEXICON[match[0].strip()[::-1]]
        if kind is Word.STOP or (rise and kind in {Word.RISE, Word.FALL}):
            break
        start -= match.end() - match.start()
        if kind is not Word.FILL:
            firm = start
        op = op or compared
        becomes = becomes or (kind is Word.BECOME and not rise)
        reaches = reaches or kind is Word.REACH
        rise = rise or {Word.RISE: 1, Word.FALL: -1}.get(kind, 0)
    return Prefix(start, firm, op, rise, becomes, reaches)


def read_suffix(scene: Scene, position: int, unit: str | None) -> Suffix:
    """Read the comparing word that starts at `position`."""
    if scene.text[position : position + 1] not in _AFTER_FIRST:
        return Suffix(position)
    match = _AFTER.match(scene.text, position)
    if match is None:
        return Suffix(position)
    if match["within"]:
        return Suffix(match.end(), Comparator.AT_MOST) if unit in TIME else Suffix(position)
    if match["up"]:
        return Suffix(match.end(), Comparator.AT_LEAST)
    if match["down"]:
        return Suffix(match.end(), Comparator.AT_MOST)
    return Suffix(match.end(), Comparator.ABOUT if match["about"] else Comparator.ABOVE)
