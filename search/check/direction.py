"""Whether more or less of a figure is better: 办结率 more, 会议 and 时限 less."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from corpus.model import Comparator, Indicator
from search.texts import plain_name


class Better(StrEnum):
    """Which way a figure gets better."""

    MORE = "more"
    LESS = "less"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Direction:
    """Which way is better, and why that is believed, in Chinese."""

    better: Better
    reason: str


_HANDLED_RATES = re.compile(
    r"(?:办结|办复|办理|回复|答复|反馈|处理|处置|整改|查处|化解|调处|控制|满意|合格|达标|结案|侦破|破案|下降|降低|减少|修复|治理|接通|完成)率$"
)
_BAD_RATES = re.compile(
    r"(差错|错误|出错|退件|退回|投诉|事故|死亡|伤亡|失业|发案|发病|感染|空置|负债|不良|逾期|超标|违规|违法|缺陷|故障"
    r"|流失|辍学|贫困|发生|漏损|损耗|亏损|复发|拥堵|超期|积压|缺勤|退稿|未办结|不合格|不满意|重复信访)[一-龥]{0,4}率?$"
)
_COSTS = re.compile(
    r"(成本|费用|经费|开支|支出压力|三公[一-龥]{0,4}|能耗|水耗|物耗|排放量?|浓度|PM2\.?5|PM10|债务|负担|投诉量?|信访[总]?量|上访[一-龥]{0,3}"
    r"|事故[一-龥]{0,3}|死亡[一-龥]{0,2}|死亡人数|案件数|欠薪[一-龥]{0,3}|积案|环节|申报材料|材料数?|跑动次数|跑腿次数|证明事项)$"
)
_TIMES = re.compile(
    r"(时限|时间|时长|用时|周期|耗时|期限|(?<!优良)(?<!良好)(?<!达标)(?<!蓝天)(?<!优质)天数|等候[一-龥]{0,2}|响应)$"
)
_PAPER = re.compile(
    r"(?<!发布)(?:工作会议|全市性会议|会议数量?|会议总?数|会议次数|文件数量?|文件总?数|发文(?:数量|总?数|总?量)?|公文总?数量?|文山会海"
    r"|检查(?:频次|次数)|督查检查[一-龥]{0,4}|考核事项|简报数量?)$"
)
_GOOD_RATES = re.compile(
    r"(?:率|满意度|占比|比重|比例|覆盖面|知晓度|(?:优良|良好|达标|蓝天|优质)天数|得分|排名得分|指数)$"
)
_OUTPUTS = re.compile(
    r"(发布会|信息|批示|报告|调研|培训|演练|检测|检查|抽检|活动|项目|投资额?|产值|生产总值|增加值|收入|贸易总?额|进出口|外资|就业|岗位"
    r"|学位|床位|企业|人才|专利|面积|里程|经验做法|稿件|篇目|问政|展会|品牌|园区|宣传|场次|客流|吞吐量|贷款|培育|创建|接话|评价|服务)"
    r"[一-龥]{0,4}$"
)
_DEEDS = re.compile(
    r"新建|新增|新开|建成|改造|改建|整治|治理|创建|培育|引进|组织|开展|举办|召开|完成|推广|实施|培训|修复|更新|编发|编报|报送|承接|评估"
    r"|督办|督查|查处|检测|抽检|检查|受理|服务|扶持|奖励|发放|养护|绿化|种植|巡河|巡查"
)
_CEILINGS = frozenset({Comparator.AT_MOST, Comparator.BELOW})
_FLOORS = frozenset({Comparator.AT_LEAST, Comparator.ABOVE})
_FASTER = re.compile(r"提速|提效|提前")


def direction_of(indicator: Indicator, clause: str = "") -> Direction:
    """Return which way `indicator` gets better.

    What it is called decides, then how it is bounded, then what its `clause` says is done: 整治60个.
    """
    name = re.sub(r"[\s“”\"《》]", "", plain_name(indicator.name or ""))
    if indicator.op is Comparator.DECREASE:
        return Direction(Better.LESS, "承诺的是压减、下降")
    if indicator.op is Comparator.INCREASE:
        return _of_increase(indicator)
    found = _of_name(name) or _of_bound(indicator) or _of_deed(clause)
    return found or Direction(Better.UNKNOWN, "看不出越多越好还是越少越好")


def _of_increase(indicator: Indicator) -> Direction:
    found = _of_name(re.sub(r"\s", "", plain_name(indicator.name or "")))
    if found is not None and found.better is Better.LESS and not _FASTER.search(indicator.text):
        return Direction(Better.UNKNOWN, "名称宜少，写法却是增加")
    return Direction(Better.MORE, "承诺的是增长、提升")


def _of_name(name: str) -> Direction | None:
    if _HANDLED_RATES.search(name):
        return Direction(Better.MORE, f"“{name}”越高越好")
    for pattern, why in (
        (_BAD_RATES, "是负面指标，越低越好"),
        (_COSTS, "是成本或负担，越低越好"),
        (_TIMES, "是办理用时，越短越好"),
        (_PAPER, "应当精简，越少越好"),
    ):
        if pattern.search(name):
            return Direction(Better.LESS, f"“{name}”{why}")
    if _GOOD_RATES.search(name):
        return Direction(Better.MORE, f"“{name}”越高越好")
    return None


def _of_bound(indicator: Indicator) -> Direction | None:
    if indicator.op in _CEILINGS:
        return Direction(Better.LESS, "原文写的是“不超过”一类的上限")
    if indicator.op in _FLOORS:
        return Direction(Better.MORE, "原文写的是“不少于”“以上”一类的下限")
    name = plain_name(indicator.name or "")
    if _OUTPUTS.search(name):
        return Direction(Better.MORE, f"“{name}”是工作量或成果，越多越好")
    return None


def _of_deed(clause: str) -> Direction | None:
    found = _DEEDS.search(clause)
    return Direction(Better.MORE, f"“{found.group()}”的数量越多越好") if found else None
