"""Header words and the columns they name; a user adds words in a TOML file.

    [columns]
    content = ["工作举措"]
    responsible = ["包保单位"]

Words are compared after folding (full width, case, traditional characters), without white space and
without what stands in parentheses: `制定依据 (对标情况)` is 制定依据.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from corpus.errors import WrongUse
from corpus.text import fold


class Column(StrEnum):
    """What a column of a target table holds; the value is the key of a user's TOML file."""

    CATEGORY = "category"
    NUMBER = "number"
    NAME = "name"
    CONTENT = "content"
    BASIS = "basis"
    BENCHMARK = "benchmark"
    BENCHMARK_CITY = "benchmark_city"
    BENCHMARK_VALUE = "benchmark_value"
    RESPONSIBLE = "responsible"
    PERSON = "person"
    DEADLINE = "deadline"
    WEIGHT = "weight"
    PROGRESS = "progress"
    TARGET_VALUE = "target_value"
    MEASURE = "measure"
    UNIT = "unit"
    YEAR = "year"
    SCORING = "scoring"
    REMARK = "remark"


# A word under several columns takes the first that no other header cell of its table has taken.
_WORDS: Final[dict[Column, str]] = {
    Column.CATEGORY: "类别 目标类别 类型 目标类型 指标类别 指标类型 分类 工作类别 项目类别 任务类别 目标分类"
    " 一级指标 领域 板块",
    Column.NUMBER: "序号 编号 序 号 项次 项号 目标序号 目标编号 任务编号 指标编号 no no. 次序",
    Column.NAME: "目标名称 任务名称 指标名称 项目名称 工作名称 名称 公开挂牌督办事项 挂牌督办事项 督办事项"
    " 事项 事项名称 工作事项 目标项目 考核项目 工作项目 目标任务名称 二级指标 重点工作 重点任务 主要任务"
    " 重点事项 指标 考核指标 项目 任务 目标 主要指标 主要工作 工作任务 目标任务 关键指标",
    Column.CONTENT: "目标内容 工作任务和目标 工作任务及目标 工作目标和任务 工作目标及任务 考核内容 工作内容"
    " 任务内容 主要内容 工作目标 目标要求 工作要求 内容 具体内容 具体目标 具体任务 具体措施 主要措施"
    " 工作措施 工作举措 年度目标 年度任务 指标内容 目标内容及要求 三级指标 工作任务 目标任务 考核指标 任务"
    " 目标 重点任务 重点工作 主要工作 主要任务 工作标准 考核要求 完成标准 目标标准",
    Column.BASIS: "制定依据 依据 目标依据 设定依据 政策依据 确定依据 文件依据 依据文件 立项依据 目标来源"
    " 任务来源 来源 制定依据和对标情况 制定依据及对标情况 法律依据",
    Column.BENCHMARK: "对标情况 标杆情况 对标 创标情况 创标对标情况 对标对象及情况 对标先进情况 标杆"
    " 标杆城市及标杆值 对标城市及对标值 标杆城市和标杆值",
    Column.BENCHMARK_CITY: "标杆城市 对标城市 标杆单位 对标单位 对标对象 标杆地区 对标地区 先进城市",
    Column.BENCHMARK_VALUE: "标杆值 对标值 标杆水平 对标水平 标杆数值 标杆城市值 对标城市值 先进水平"
    " 标杆城市水平 对标数值",
    Column.RESPONSIBLE: "责任单位 牵头单位 责任部门 牵头部门 主办单位 承办单位 责任主体 负责单位 负责部门"
    " 主责单位 主责部门 配合单位 配合部门 协办单位 责任处室 牵头处室 承办处室 责任科室 承办部门 实施单位"
    " 落实单位 参与单位 牵头责任单位 负责考核部门 考核部门 考核单位 考核责任部门",
    Column.PERSON: "责任人 责任领导 分管领导 牵头领导 联系人 负责人 主要负责人 联系电话 电话 包案领导 经办人",
    Column.DEADLINE: "完成时限 完成时间 时限 完成期限 时间要求 时间节点 完成日期 时间安排 截止时间 办结时限"
    " 进度要求 进度安排 时间进度",
    Column.WEIGHT: "分值 权重 权值 分数 标准分 各项分值 基础分 满分 分值权重 权重分值",
    Column.PROGRESS: "进展 完成情况 进展情况 工作进展 落实情况 推进情况 完成进度 实际完成 实际完成情况"
    " 工作进展情况 目前进展 完成值 进度 目标完成情况 任务完成情况",
    Column.TARGET_VALUE: "目标值 指标值 年度目标值 计划值 预期值 计划数 目标数 年度指标 指标目标值"
    " 年度指标值",
    Column.MEASURE: "计量单位 度量单位 指标单位",
    Column.UNIT: "单位名称 单位 部门 填报单位 承担单位 部门单位 被考核单位 单位部门",
    Column.YEAR: "年度 年份 目标年度",
    Column.SCORING: "评分标准 考核标准 计分办法 评分办法 考核办法 评分细则 扣分标准 计分标准 考核评分标准"
    " 评分依据 评价标准 考核方式",
    Column.REMARK: "备注 说明 附注 其他",
}
MANY: Final = frozenset({Column.RESPONSIBLE, Column.PERSON, Column.REMARK, Column.SCORING})
"""Columns of which a table may have several."""

_PARENTHESES: Final = re.compile(r"\([^()]{0,40}\)|〔[^〔〕]{0,40}〕|\[[^\[\]]{0,40}\]")
_EDGES: Final = ":;,、。*#/|"
_PREFIX: Final = re.compile(r"^(?:\d{4}年度?|本年度?|全年|年度|主要|具体)(?=.{2})")
_LABELLED: Final = re.compile(r":\s*[^\s(\[]")
_LONGEST_HEADER: Final = 16
_SHORTEST_PART: Final = 3


def header_key(text: str) -> str:
    """Return the form in which header words are compared."""
    bare = "".join(fold(text).split())
    without = _PARENTHESES.sub("", bare).strip(_EDGES)
    return without or bare.strip(_EDGES + "()")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Folded header words, each with the columns that it may name, the likeliest first."""

    words: Mapping[str, tuple[Column, ...]]

    def candidates(self, text: str) -> tuple[Column, ...]:
        """Return the columns that a header cell may name; empty where it names none."""
        if not text or len(text) > 3 * _LONGEST_HEADER or _LABELLED.search(fold(text)):
            return ()
        key = header_key(text)
        if not key or len(key) > _LONGEST_HEADER:
            return ()
        if key in self.words:
            return self.words[key]
        shorter = _PREFIX.sub("", key)
        if shorter in self.words:
            return self.words[shorter]
        return self._candidates_of_part(shorter)

    def _candidates_of_part(self, key: str) -> tuple[Column, ...]:
        """Return what the longest known word at the beginning or the end of `key` names."""
        for length in range(len(key), _SHORTEST_PART - 1, -1):
            found = {key[:length], key[-length:]} & self.words.keys()
            if found:
                return self.words[next(word for word in self.words if word in found)]
        return ()

    def columns(self, cells: Sequence[str]) -> tuple[Column | None, ...]:
        """Return what each header cell names, no column twice but those of which there may be many."""
        named: list[Column | None] = [None] * len(cells)
        taken: set[Column] = set()
        options = [self.candidates(cell) for cell in cells]
        for certain in (True, False):
            for position, columns in enumerate(options):
                if named[position] is not None or (len(columns) == 1) is not certain:
                    continue
                free = next((c for c in columns if c in MANY or c not in taken), None)
                if free is not None:
                    named[position] = free
                    taken.add(free)
        return tuple(named)

    def extended(self, words: Mapping[Column, Iterable[str]]) -> Vocabulary:
        """Return a vocabulary in which `words` come first."""
        merged = dict(self.words)
        for column, texts in words.items():
            for text in texts:
                key = header_key(text)
                if key:
                    merged[key] = (column, *(c for c in merged.get(key, ()) if c is not column))
        return Vocabulary(merged)


@cache
def default_vocabulary() -> Vocabulary:
    """Return the built-in words."""
    words: dict[str, tuple[Column, ...]] = {}
    for column, texts in _WORDS.items():
        for text in texts.split():
            words[text] = (*words.get(text, ()), column)
    return Vocabulary(words)


def load_vocabulary(path: Path) -> Vocabulary:
    """Return the built-in words with those of the TOML file `path` added; raise `WrongUse`."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise WrongUse(f"无法打开词汇表“{path.name}”：{error.strerror}；请检查路径。") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WrongUse(f"词汇表“{path.name}”不是有效的 TOML 文件（{error}）；请改正后再试。") from error
    columns = table.get("columns", {})
    if not isinstance(columns, dict):
        raise WrongUse(f"词汇表“{path.name}”中的 columns 应是一个表，例如 [columns]。")
    words: dict[Column, list[str]] = {}
    for key, texts in columns.items():
        if key not in {c.value for c in Column}:
            known = "、".join(c.value for c in Column)
            raise WrongUse(f"词汇表“{path.name}”中没有名为“{key}”的列；可用的列有：{known}。")
        if not isinstance(texts, list) or not all(isinstance(t, str) for t in texts):
            raise WrongUse(f'词汇表“{path.name}”中“{key}”的值应是一组文字，例如 ["工作举措"]。')
        words[Column(key)] = texts
    return default_vocabulary().extended(words)
