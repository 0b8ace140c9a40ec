"""Second stage: which figures are no quantified commitment.

A figure counts when it measures how much of something is promised or was reached: a rate, an amount, a
number of things done, built or kept. It does not count when it only helps to name or to pick out a thing:

- dates, years, ordinals (第15届), list numerals, numbers inside titles and short quotations (“61条”);
- products and ranks of names (5G, PM2.5, 500强, 4A级, 万吨级, 15分钟生活圈, 24小时自助);
- thresholds that pick things out (亿元以上项目30个: only the 30 counts);
- the parts that a programme is said to consist of (4大战役21个目标, 十大领域23项问题, 三个方面), told by
  what is counted (目标, 方面, 问题 …) after a verb that frames (围绕, 明确, 聚焦 …) or by a small Chinese
  numeral before an abstract noun;
- what a target is worth and what missing it costs (得2分, 扣2分, 加0.5分);
- durations and ages that only qualify (3年行动计划, 65岁以上老人), unless something compares them.
"""

from __future__ import annotations

import re

from ingest.indicators.comparators import Prefix, Suffix
from ingest.indicators.durations import is_duration_name
from ingest.indicators.figures import Figure
from ingest.indicators.idioms import is_idiom
from ingest.indicators.qualifiers import qualifies
from ingest.indicators.scene import Scene, reversed_words
from ingest.indicators.units import MONEY, SIZE, TIME
from ingest.indicators.words import VERBS

_BEFORE_NAME = re.compile(r"(?<!p)[a-z](?![a-z]{2})|[+/×·〔\[#]|第|前(?![之目年此以])")
_AFTER_NAME = re.compile(r"级(?![及以])|强(?![化度])|号|版|型|国道|省道")
_VAGUE = re.compile(r"[几数]")
_EXTENTS = frozenset("平方米 平方公里 公里 米 亩 公顷 立方米".split())
_ROUND_UNITS = frozenset("个 项 家 场 座 所 件 处 名 户 条".split())
_SAYING = re.compile("[万千百]|讲坛|争鸣")
_PROGRAMME = re.compile(r"[^，。;、]{0,20}?(?:工程|行动|计划|活动)(?=[，。;、,) ]|\Z)")
_DONE_TO = re.compile(rf"\s?(?:{reversed_words(word for word in VERBS if len(word) > 1)})")
_WITHIN = re.compile(
    rf"(?:{reversed_words('全国 全省 全区 全球 世界 国内 北方 南方 居 列 在 进入 位居'.split())})"
)
_AMONG = re.compile(
    r"[^，。;、0-9]{0,14}?(?:[第前][一二三四五六七八九十0-9]|排名|首位|之首|中(?:排|位|列|居|名列)|中?名列)"
)
_SCALE = re.compile(
    r"(?:指数|系数|得分|强度|密度|浓度|评分|分值|比例|当量|用例|ph值|容积率|生育率|容量)[^，]{0,4}\Z"
)
_KIND_OF = re.compile(
    r"(?:重点|关键|主要|重要|核心|突出)?(?:方面|领域|环节|层面|维度|要素|步骤|阶段|部分|特点|特征)"
    r"|(?:[百千万]?亿元?级?)?大?台阶"
)
_PART = re.compile(
    r"[^，。;、,]{0,8}(?:目标|任务|方面|领域|环节|问题|战役|攻势|原则|短板|重点)"
    r"(?=[，。;、,0-9和与及:一-九]|\Z)"
)
_FRAMING = re.compile(
    "围绕|明确|聚焦|对照|紧扣|针对|坚持|打好|打赢|发起|处理好|按照|着眼|涉及|瞄准|存在|确定|大[^，]{2,8}\\Z"
)
_FRAME = 24
_THINGS = "|".join(
    """
    项目 固定资产
    企业 集群 产业 园区 基地 工程 平台 单位 商户 老人 老年人 人员 居民 女性 儿童 群众 人口 人群 机组
    小区 建筑 路 人才 婴幼儿 园 村 乡镇 县 区 市 大户 银行 专利 信访 积案 锅炉 车 住房 工业 法人 楼宇 农户
    设备 企 商场 服务业 岁 港 码头 泊位 星
    """.split()
)
_LIMIT = re.compile(r"[(]?含?[)]?(?:及)?(?:以上|以下|以内)")
_SCORED = re.compile(r"(?:(?<![^，。;:、\s)])(?:各|共|可)?得|扣|(?<!增)加|奖)(?:[0-9.]+分?[、和])*\Z")
_POLICIES = re.compile("等|新政")
_LIMITED = re.compile(rf"(?![^，。]{{0,14}}基金)(?:及)?(?:的)?[^，。;:、,0-9]{{0,14}}?(?:{_THINGS})")
_THEN_COUNTED = re.compile(
    r"(?:的[^，。;、:,0-9]{0,8}"
    r"|[^，。;、:,0-9增]{0,3}(?:项目|企业|商场|产业|行业|集群|园区|药品|产品|品牌|区县|平台))"
    r"[^，。;、:,0-9]{0,10}[0-9]"
)
_COUNT = re.compile(r"[个家项座条][0-9]")
_COUNTED_BEFORE = re.compile(r"(?:[0-9](?:个|家|项|户)(?:以上|左右)?|一批|若干)[^，。;、]{0,8}\Z")


def is_name_part(scene: Scene, figure: Figure, prefix: Prefix, suffix: Suffix) -> bool:
    """Whether the figure only names or picks out something; the rules are the module's docstring."""
    if scene.is_quoted(figure.start, figure.end) or _stands_in_name(scene, figure, prefix):
        return True
    unit = figure.unit
    if unit is None:
        return _is_bare_number(scene, figure, prefix, suffix)
    if qualifies(scene, figure, prefix, suffix):
        return True
    if (
        unit == "分"
        and suffix.op is None
        and _SCORED.search(scene.text, max(0, figure.start - 24), figure.start)
    ):
        return True
    if unit in TIME:
        return is_duration_name(scene, figure, prefix, suffix)
    if _is_divided(scene, figure, unit, suffix.end):
        return True
    if figure.chinese and not figure.fraction and is_idiom(scene, figure, prefix, suffix):
        return True
    return _is_threshold(scene, figure, prefix, suffix) or _is_framed(scene, figure, prefix, suffix.end)


def _stands_in_name(scene: Scene, figure: Figure, prefix: Prefix) -> bool:
    """Whether a character at its side makes the figure a name: PM2.5, 第15届, 500强, 几十家, 百家."""
    if prefix.start == figure.start and scene.leftwards(_BEFORE_NAME, figure.start):
        return True
    if figure.unit == "次" and scene.text.startswith("连续", figure.start - 2):
        return True
    if figure.unit is not None and _AFTER_NAME.match(scene.text, figure.end):
        return True
    if not figure.bare or figure.fraction:
        return False
    if scene.leftwards(_VAGUE, figure.start):
        return True
    return figure.unit is not None and prefix.op is None and not _is_round_count(scene, figure)


def _is_round_count(scene: Scene, figure: Figure) -> bool:
    """Whether 百个, 千家 or 百余项 counts what is done; 百家讲坛 and 千家万户 are names."""
    if figure.unit not in _ROUND_UNITS or _SAYING.match(scene.text, figure.end):
        return False
    if _PROGRAMME.match(scene.text, figure.end):
        return False
    return figure.loose or scene.leftwards(_DONE_TO, figure.start) is not None


def _is_bare_number(scene: Scene, figure: Figure, prefix: Prefix, suffix: Suffix) -> bool:
    """Whether a number without a unit is no measure: 3.0版 is not, 1.74以内 and 指数达到85 are."""
    following = scene.text[suffix.end : suffix.end + 1]
    if figure.chinese or following.isalnum() or following in "+-—/×%:.·〕)]":
        return True
    led = prefix.op is not None or prefix.reaches or prefix.becomes
    if figure.factor > 1:
        return not (led or suffix.op is not None or prefix.rise)
    if figure.value % 1:
        return not led
    start = max(scene.clause_start(figure.start), prefix.start - 14)
    return not led or _SCALE.search(scene.text, start, prefix.start) is None


def _is_divided(scene: Scene, figure: Figure, unit: str, after: int) -> bool:
    """Whether the figure is a part of a longer name: 500千伏变电站, 全国74个重点城市第一, 19大类211项."""
    following = scene.text[after : after + 1]
    if unit == "条" and _POLICIES.match(scene.text, after):
        return True
    if unit.endswith("伏") and following.isalpha():
        return True
    if scene.leftwards(_WITHIN, figure.start) and _AMONG.match(scene.text, after):
        return True
    return following.isdecimal() and (figure.chinese or unit in {"大类", "类"})


def _is_threshold(scene: Scene, figure: Figure, prefix: Prefix, suffix: Suffix) -> bool:
    """Tell 10亿元以上项目 (which ones) from 投资10亿元以上 (how much)."""
    text = scene.text
    if figure.unit not in SIZE or prefix.rise or prefix.becomes:
        return False
    if prefix.start == figure.start and scene.leftwards(_COUNT, figure.start):
        # 30个10亿元以上项目, but 道路9条30万平方米
        return figure.unit not in _EXTENTS and not scene.ends_clause(suffix.end)
    if _LIMIT.match(text, figure.end):
        if figure.unit not in MONEY and text[suffix.end : suffix.end + 1] == "的":
            return False
        return _LIMITED.match(text, suffix.end) is not None
    if prefix.op is None or prefix.reaches or suffix.op is not None:
        return False
    if _THEN_COUNTED.match(text, suffix.end):
        return True
    return _COUNTED_BEFORE.search(text, max(0, prefix.start - 14), prefix.start) is not None


def _is_framed(scene: Scene, figure: Figure, prefix: Prefix, after: int) -> bool:
    """Whether the figure counts the parts of a programme: 围绕十大领域23项突出问题."""
    if figure.unit in {"个", "大类", "类"} and _KIND_OF.match(scene.text, after):
        return True
    if figure.unit not in {"个", "项", "条", "类", "大类"} or prefix.op is not None or after != figure.end:
        return False
    if not _PART.match(scene.text, after):
        return False
    start = max(scene.clause_start(figure.start), figure.start - _FRAME)
    if scene.text.startswith(("的", "等"), figure.start - 1):
        return False
    return _FRAMING.search(scene.text, start, figure.start) is not None
