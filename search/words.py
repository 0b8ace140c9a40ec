"""The words of a question that carry its subject, and how much of them a text holds."""

from __future__ import annotations

import re
from functools import cached_property

from corpus.text import fold
from index.tokens import tokens

# What asks, not what is asked about.
_ASKING = re.compile(
    r"请问|请列出|列出|请|想知道|告诉我|帮我(?:查|找)一?下?|查一?下|是不是|有没有|是否"
    r"|(?:是|为|有|要|达到|需要|应该)?(?:多少|几|什么|哪些|哪个|哪几个|哪座|哪一个|哪里|谁|多大|多高|多长|多快|多久|何时)"
    r"|怎么样|怎么(?:规定|安排|做|变|写|提)?的?|什么时候|怎样|如何|为什么|为何|变化(?:情况)?|有何不同|有什么"
    r"|[吗呢吧啊了]?[？?!！。]+$|[吗呢吧啊]$"
)
# Words that say nothing of the subject: what every target is, and how things are asked or compared.
_EMPTY_WORDS = """
目标 工作目标 工作 要求 指标 任务 内容 情况 目标值 标准 规定 具体 相关 有关 关于 方面 其中 分别
历年 各年 每年 逐年 全年 年度 当年 的 和 与 及 在 对 中 是 为 有 了 将 年 个 进行 开展 做好 以及
我们 我市 单位 城市 依据 制定依据 对标 标杆 对标城市 标杆城市 标杆值 负责 责任单位 牵头单位 比较
相比 对比 数量 次数 场次 数值 数字 多少 什么 哪些 哪个 怎么 如何 设定 定为 确定 提出 变化 趋势
目录 市 写 项 条 谁 不超过 不少于 不低于 超过 达到 至少 最多 最少 以上 以内 个数 件数 人数 篇数
量化指标 关键指标 考核指标 指标值 涉及 关系到 包含 包括
今年 去年 上年 上一年 上年度 前年 明年 本年 同期 不同 区别 差异 差距 异同 一次 时候 怎么样
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())
# Verbs that stand in every second sentence of an official text; they tell little.
_COMMON_VERBS = """
提升 提高 优化 推进 推动 加强 完善 落实 解决 实施 促进 加快 强化 深化 健全 规范 建立 建设 组织 实现
完成 确保 减少 增加 增长 压缩 降低 达到 扩大 打造 改进 改善 创新
报送 上报 编发 编报 召开 举办 印发 出台 制定 修订 开工 新建
"""
_COMMON = frozenset(_COMMON_VERBS.split())
_COUNTED = re.compile(
    r"数量|次数|场次|场数|件数|篇数|个数|总数|几(?:次|场|件|个|篇|期|项|条)|多少(?:次|场|件|个|篇|期|项|条)"
)
_IN_PARTS = 0.8
_WORDLIKE = re.compile(r"[0-9a-z一-龥]")
_RUN = re.compile(r"[一-龥]+|[0-9a-z.]+")


def content(text: str) -> str:
    """Return `text` without the phrases that only ask; all of it where nothing else is left."""
    rest = re.sub(r"\s+", " ", _ASKING.sub(" ", text)).strip()
    return rest if _WORDLIKE.search(fold(rest)) else text.strip()


def has_content(text: str) -> bool:
    """Whether anything is left of `text` without the phrases that only ask."""
    return bool(_WORDLIKE.search(fold(_ASKING.sub(" ", text))))


def content_words(text: str) -> tuple[str, ...]:
    """Return the folded words that carry the subject of `text`, in order, none twice.

    A word that is a part of a longer word beside it is left out, so that nothing counts twice.
    """
    folded = fold(content(text))
    words = [word for word in dict.fromkeys(tokens(folded).words) if word not in _EMPTY]
    words = [word for word in words if len(word) > 1 or word.isdigit()]
    return tuple(word for word in words if not any(word != other and word in other for other in words))


def grams(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters of the folded `text`; numbers stay whole."""
    pairs: set[str] = set()
    for run in _RUN.findall(fold(text)):
        if "一" <= run[0] <= "龥" and len(run) > 1:
            pairs.update(run[i : i + 2] for i in range(len(run) - 1))
        else:
            pairs.add(run)
    return frozenset(pairs)


def overlap(one: str, other: str) -> float:
    """Return how much of the shorter text's character pairs the other has, 0 to 1."""
    left, right = grams(one), grams(other)
    smaller = min(len(left), len(right))
    return len(left & right) / smaller if smaller else 0.0


class Comparable:
    """A text made ready to be compared with words; its pairs are only made when a word asks for them."""

    def __init__(self, text: str) -> None:
        self.folded = fold(text)

    @cached_property
    def pairs(self) -> frozenset[str]:
        """The neighbouring characters of the text."""
        return grams(self.folded)

    def share_of(self, word: str) -> float:
        """Return how far the text holds `word`: 1 as it stands, else the share of its pairs, squared.

        A word that is absent as such but whose parts occur (回复率 in 按期回复) is worth less than it looks.
        """
        if word in self.folded:
            return 1.0
        parts = grams(word)
        return (len(parts & self.pairs) / len(parts)) ** 2 * _IN_PARTS if parts else 0.0


def counts_things(text: str) -> bool:
    """Whether a question is about a number of things (会议数量, 多少次), and so never about a rate."""
    return bool(_COUNTED.search(fold(text)))


def weights(words: tuple[str, ...]) -> tuple[float, ...]:
    """Return how much each word tells of the subject; the sum is 1 unless there are none.

    A longer word tells more, a common verb little. The last other word is the head of what is asked
    (新闻发布会 预算) and counts twice: without it the rest is another subject.
    """
    raw = [_weight(word) for word in words]
    head = head_of(words)
    if head is not None:
        raw[head] *= 2
    total = sum(raw)
    return tuple(one / total for one in raw)


def head_of(words: tuple[str, ...]) -> int | None:
    """Return the place of the word that says what is asked for: the last that is no common verb."""
    return max((i for i, word in enumerate(words) if word not in _COMMON), default=None)


def _weight(word: str) -> float:
    if word in _COMMON:
        return len(word) / 2
    return float(len(word) if "一" <= word[0] <= "龥" else min(len(word), 3))


def coverage(words: tuple[str, ...], text: str) -> float:
    """Return the weighted share of `words` that `text` holds; 0 where there are no words."""
    compared = Comparable(text)
    weighed = zip(weights(words), words, strict=True)
    return sum(weight * compared.share_of(word) for weight, word in weighed)
