"""Chinese numerals that count nothing: 两个维护, 三项原则, 一次办好, 第一批, 十分, 五家渠."""

from __future__ import annotations

import re

from ingest.indicators.comparators import Prefix, Suffix
from ingest.indicators.figures import Figure
from ingest.indicators.scene import Scene, reversed_words

_SMALL = 10
_ABSTRACT_NOUNS = "|".join(
    """
    方面 领域 环节 目标 意识 自信 维护 原则 问题 关系 重点 关键 坚持 统筹 转变 结合 同步 确保 任务 攻坚 攻势
    战役 行动 体系 机制 层面 层次 维度 阶段 要素 主体 抓手 支撑 优势 文明 建设 中心 创新 融合 一体化 倍增
    转型 确立 全面 结构 平台 工程 计划 市场 专项 清单 产业 板块 作风 制度 举措 措施 责任 规划 战略 理念 大局
    轮子 能力 要求 时期 方案 高地 主题 试点 课题 示范 改革 新 生态 课堂 积极性 根本 牌 答卷 名片 台阶 硬仗
    文章 大战 会战 渠道 关口
    """.split()
)
_ABSTRACT = re.compile(rf"[^，。;、,]{{0,6}}(?:{_ABSTRACT_NOUNS})")
_MADE_BY = "建成 新建 新增 完成 引进 创建 打造 培育 新开 建设 开工 获批 举办 创成 开通 新开工 组织 开展 落户"
_MADE = re.compile(rf"了?(?:{reversed_words(_MADE_BY.split())})")
_FREQUENT = re.compile(r"(?:年|季度|月|周|半年|天|日|旬)[^，。;]{0,6}每")
_POINTED_AT = re.compile(r"[这那某各该此]")
_NEVER_COUNTED = re.compile(
    r"二[^十百千万亿]|[一二两三四五六七八九〇零][一二两三四五六七八九〇零]|[^百千万亿]*元\Z|十分\Z|.{0,3}立?方\Z"
)
_LINEAR = re.compile(r"[^，。;、]{0,8}(?:河|路|街|航线|生产线|公交|地铁|隧道|跑道|溪|流域|高速|管|巷)")
_VAGUE_UNITS = frozenset("期 批 线 面 口 片 轮 次 段 级 部 人 本 位 头 道 分 集".split())
_GROWTHS = frozenset({"倍", "%", "个百分点"})


def is_idiom(scene: Scene, figure: Figure, prefix: Prefix, suffix: Suffix) -> bool:
    """Whether a figure in Chinese numerals belongs to a set phrase or a name.

    What is compared (不少于十五场) or repeated (每季度一次) counts; a small number counts only where a
    concrete thing is counted (新建学校三所), never before an abstract noun.
    """
    if _NEVER_COUNTED.match(scene.text, figure.start, figure.end):
        return True
    repeated = scene.leftwards(_FREQUENT, figure.start) is not None
    if figure.value == 1 and not figure.bare:
        grown = figure.unit in _GROWTHS and prefix.rise != 0
        return figure.unit == "批" or not (prefix.op is not None or repeated or grown)
    if prefix.op is not None or suffix.op is not None:
        return False
    if figure.unit in _GROWTHS:
        tenths = "成" in scene.text[figure.start : figure.end] and scene.ends_clause(figure.end)
        return not (prefix.rise or prefix.reaches or tenths)
    return not repeated and _is_set_phrase(scene, figure)


def _is_set_phrase(scene: Scene, figure: Figure) -> bool:
    if scene.leftwards(_POINTED_AT, figure.start):
        return True
    ends = scene.ends_clause(figure.end)
    abstract = _ABSTRACT.match(scene.text, figure.end) is not None
    if figure.unit == "条":
        return _LINEAR.match(scene.text, figure.end) is None
    if figure.unit in {"类", "大类"} and not ends:
        return figure.value <= _SMALL or abstract
    if figure.value > _SMALL:
        return False
    if figure.unit in {"个", "项", "种"} and not ends and scene.leftwards(_MADE, figure.start) is None:
        return True
    return abstract or figure.unit in _VAGUE_UNITS
