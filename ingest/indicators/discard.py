"""Second stage: which figures are no quantified commitment.

A figure counts when it measures how much of something is promised or was reached: a rate, an amount, a
number of things done, built or kept. It does not count when it only helps to name or to pick out a thing:

- dates, years, ordinals (第15届), list numerals, numbers inside titles and short quotations (“61条”);
- products and ranks of names (5G, PM2.5, 500强, 4A级, 万吨级, 15分钟生活圈, 24小时自助);
- thresholds that pick things out (亿元以上项目30个: only the 30 counts);
- the parts that a programme is said to consist of (4大战役21个目标, 十大领域23项问题, 三个方面), told by
  what is counted (目标, 方面, 问题 …) after a verb that frames (围绕, 明确, 聚焦 …) or by a small Chinese
  numeral before an abstract noun;
- durations and ages that only qualify (3年行动计划, 65岁以上老人), unless something compares them.
"""

from __future__ import annotations

import re

from corpus.model import Comparator
from ingest.indicators.comparators import Prefix, Suffix
from ingest.indicators.figures import Figure
from ingest.indicators.scene import Scene, reversed_words
from ingest.indicators.units import MONEY, SIZE, TIME

_SMALL = 10
_NAME_AFTER = re.compile(r"级(?![及以])|强(?![化度])|号|版|型|国道|省道|国集团")
_CIRCLE = re.compile(
    r"[^，。;、,]{0,8}(?:圈|自助|不打烊|值守|值班|在线|热线|服务|通勤|直达|通达|可达|到达|抵达|办结|响应|应急|核酸|监测|营业)"
)
_ABSTRACT = re.compile(
    r"(?:[^，。;、,]{0,6})(?:方面|领域|环节|目标|意识|自信|维护|原则|问题|关系|重点|关键|坚持|统筹|转变|结合|同步|确保|任务|攻坚|攻势|战役|行动|体系|机制|层面|层次|维度|阶段|要素|主体|抓手|支撑|优势"
    r"|文明|建设|中心|创新|融合|一体化|倍增|转型|确立|全面|结构|平台|工程|计划|市场|专项|清单|产业|板块|作风|制度|举措|措施|责任|规划|战略|理念|大局|轮子|能力|要求|时期|方案|高地|主题|试点|课题|示范|改革|新|生态|课堂|积极性|根本|牌|答卷|名片|清单|台阶|硬仗|文章|大战|会战|渠道|关口)"
)
_FRAMED = re.compile(
    rf"[^，。;、,:]{{0,10}}?(?:{reversed_words('围绕 明确 聚焦 对照 紧扣 突出 抓住 针对 把握 坚持 打好 打赢 打响 发起 处理好 正确处理 抓好 抓实 按照 处理 强化 着眼 立足 树立 增强 统筹 解决 存在 分为 包括 涉及 从 在 处于 关于'.split())})"
)
_PART = re.compile(
    r"[^，。;、,]{0,8}(?:目标|任务|方面|领域|环节|问题|战役|攻势|原则|短板|重点)(?=[，。;、,0-9和与及:一-九]|\Z)"
)
_THRESHOLD = re.compile(
    r"(?![^，。]{0,14}基金)(?:及)?(?:的)?[^，。;:、,0-9]{0,14}?(?:项目|企业|集群|产业|园区|基地|工程|平台|单位|商户|老人|老年人|人员|居民|女性|儿童|群众|人口|人群|机组|小区|建筑|路|人才|婴幼儿|园|村|乡镇|县|区|市|大户|银行|专利|信访|积案|锅炉|车|住房|工业|法人|楼宇|农户|设备|企|市场|商场|服务业|岁|港|码头|泊位|星)"
)
_THRESHOLD_WORD = re.compile(r"[(]?含?[)]?(?:及)?(?:以上|以下|以内)")
_HEIGHT = re.compile(
    rf"(?:{reversed_words('年产 日处理 投资 总投资 主营业务收入 销售收入 产值 年产值 营业收入 税收 单体 注册资本 容量 装机 收入'.split())})"
)
_BEFORE_NAME = re.compile(r"(?<!p)[a-z](?![a-z]{2})|[+/×·〔\[.#]|第|前(?![之目年此以])")
_VAGUE = re.compile(r"[几数]")
_ORDINAL = re.compile(r"\s?第")
_FREQUENT = re.compile(r"(?:年|季度|月|周|半年|天|日|旬)[^，。;]{0,6}每")
_DATE_BEFORE = re.compile(r"[0-9年]月|[0-9]{1,2}月")
_FULL_YEAR = 1900
_MADE = re.compile(
    rf"了?(?:{reversed_words('建成 新建 新增 完成 引进 创建 打造 培育 新开 建设 开工 获批 举办 创成 开通 新开工 组织 开展 落户'.split())})"
)
_KIND_OF = re.compile(
    r"(?:重点|关键|主要|重要|核心|突出)?(?:方面|领域|环节|层面|维度|要素|步骤|阶段|部分|特点|特征)"
)
_WITHIN = re.compile(
    rf"(?:{reversed_words('全国 全省 全区 全球 世界 国内 北方 南方 居 在 进入 位居'.split())})"
)
_AMONG = re.compile(
    r"[^，。;、0-9]{0,14}?(?:[第前][一二三四五六七八九十0-9]|排名|首位|之首|中(?:排|位|列|居|名列)|中?名列)"
)
_ORIGIN = re.compile(r"[由从](?:[0-9]{4}年)?[^，。;、0-9]{0,8}\Z")
_ORIGIN_OF = re.compile(r"(?:延长|缩短|压缩|压减|提高|增加|减少|降低|提升|调整|降|升)")
_ANAPHORIC = re.compile(r"[这那某各该此]")
_LONG_TERM = re.compile(
    r"(?:多|余|来|以来|时间|间|之久|内|期|计划|行动|攻坚|规划|滚动|翻|再|任务|目标|前|后|的|一|级|左右|整)"
)


def is_name_part(scene: Scene, figure: Figure, prefix: Prefix, suffix: Suffix) -> bool:
    """Whether the figure only names or picks out something; the rules are the module's docstring."""
    text, after = scene.text, suffix.end
    if scene.is_quoted(figure.start, figure.end):
        return True
    if prefix.start == figure.start and scene.leftwards(_BEFORE_NAME, figure.start):
        return True
    if figure.bare and scene.leftwards(_VAGUE, figure.start):
        return True
    if figure.unit is None:
        return _is_unitless_name(scene, figure, prefix, suffix)
    if _NAME_AFTER.match(text, figure.end):
        return True
    if figure.bare and prefix.op is None and not figure.fraction:
        return True
    if (figure.unit.endswith("伏") and text[after : after + 1].isalpha()) or (
        scene.leftwards(_WITHIN, figure.start) and _AMONG.match(text, after)
    ):
        return True
    if figure.unit in TIME:
        return _is_duration(scene, figure, prefix, suffix)
    if text[after : after + 1].isdecimal() and (figure.chinese or figure.unit in {"大类", "类"}):
        return True
    if figure.chinese and not figure.fraction and _is_idiom(scene, figure, prefix, suffix):
        return True
    return _is_threshold(scene, figure, prefix, suffix) or _is_framed(scene, figure, prefix, after)


def _is_unitless_name(scene: Scene, figure: Figure, prefix: Prefix, suffix: Suffix) -> bool:
    following = scene.text[suffix.end : suffix.end + 1]
    if figure.chinese or following.isalnum() or following in "+-—/×%:.·〕)]":
        return True
    if figure.value % 1 and (prefix.op or prefix.reaches or prefix.becomes):
        return False
    if figure.factor > 1:
        return (
            prefix.op is None
            and suffix.op is None
            and not prefix.reaches
            and not prefix.becomes
            and not prefix.rise
        )
    return not (prefix.op or prefix.reaches or prefix.becomes) or not _SCALE.search(
        scene.text, max(scene.clause_start(figure.start), prefix.start - 14), prefix.start
    )


_SCALE = re.compile(
    r"(?:指数|系数|得分|强度|密度|浓度|评分|分值|比例|当量|用例|ph值|容积率|生育率|容量)[^，]{0,4}\Z"
)


def _is_duration(scene: Scene, figure: Figure, prefix: Prefix, suffix: Suffix) -> bool:
    unit, text = figure.unit, scene.text
    if unit == "年" and (figure.value >= _FULL_YEAR or (figure.high or 0) >= _FULL_YEAR):
        return True
    if unit in {"月", "日"} and not (
        unit == "日" and suffix.op is Comparator.AT_MOST and not scene.leftwards(_DATE_BEFORE, figure.start)
    ):
        return True
    if unit in {"工作日", "小时", "分钟", "天"} and prefix.reaches:
        return False
    compared = (
        prefix.op is not None
        or prefix.rise != 0
        or prefix.becomes
        or bool(_ORIGIN.search(text, max(0, figure.start - 16), figure.start))
    )
    if unit in {"岁", "年", "个月", "季度", "周"}:
        if not _ends_clause(scene, suffix.end) and not _ORIGIN_OF.match(text, suffix.end):
            return True
        if unit == "岁" and suffix.end == figure.end and not prefix.op:
            return False
        measured = compared or figure.high is not None or (prefix.reaches and unit == "岁")
        return not (measured or (suffix.op is not None and unit not in {"年", "岁"}))
    if (
        suffix.op is None
        and not compared
        and (figure.value in {24, 7, 365} or text[figure.end : figure.end + 1].isalpha())
    ):
        return True
    if _CIRCLE.match(text, figure.end) and not compared:
        return True
    return figure.chinese and not compared and suffix.op is None


def _is_idiom(scene: Scene, figure: Figure, prefix: Prefix, suffix: Suffix) -> bool:
    """Tell 两个维护, 三项原则 and 一次办好 from 新建学校三所 and 不少于十五场."""
    written = scene.text[figure.start : figure.end]
    if _NEVER_COUNTED.match(written):
        return True
    if figure.value == 1 and not figure.bare:
        return figure.unit == "批" or (prefix.op is None and not _counts_one(scene, figure, prefix))
    if prefix.op is not None or suffix.op is not None:
        return False
    if figure.unit in {"%", "倍"}:
        return not (prefix.rise or prefix.reaches)
    if scene.leftwards(_FREQUENT, figure.start):
        return False
    if scene.leftwards(_ANAPHORIC, figure.start):
        return True
    ends = _ends_clause(scene, figure.end)
    if figure.unit in _LOOSE_UNITS and not ends:
        return figure.value <= _SMALL or bool(_ABSTRACT.match(scene.text, figure.end))
    if figure.unit == "条" and not _LINEAR.match(scene.text, figure.end):
        return True
    if figure.value > _SMALL:
        return False
    if figure.unit in _VAGUE_UNITS:
        return True
    if figure.unit in {"个", "项", "条", "种"} and not ends:
        return scene.leftwards(_MADE, figure.start) is None or bool(_ABSTRACT.match(scene.text, figure.end))
    return bool(_ABSTRACT.match(scene.text, figure.end))


def _counts_one(scene: Scene, figure: Figure, prefix: Prefix) -> bool:
    """Whether 一 is a count: every so often (每季度一次), or a growth (提高一倍)."""
    return bool(scene.leftwards(_FREQUENT, figure.start)) or (
        figure.unit in {"倍", "%", "个百分点"} and prefix.rise != 0
    )


_NEVER_COUNTED = re.compile(
    r"二[^十百千万亿]|[一二两三四五六七八九〇零][一二三四五六七八九〇零]|[^百千万亿]*元\Z|十分\Z|.{0,3}立?方\Z"
)
_LINEAR = re.compile(r"[^，。;、]{0,8}(?:河|路|街|线|道|溪|流域|高速|轨|公交|管|巷|渠)")
_LOOSE_UNITS = frozenset({"类", "大类"})
_VAGUE_UNITS = frozenset("期 批 线 面 口 片 轮 次 段 级 部 人 本 位 头 道 分 集".split())


def _ends_clause(scene: Scene, position: int) -> bool:
    following = scene.text[position : position + 1]
    return not following or following in "，。;、,) "


def _is_threshold(scene: Scene, figure: Figure, prefix: Prefix, suffix: Suffix) -> bool:
    """Tell 10亿元以上项目 (which ones) from 投资10亿元以上 (how much)."""
    text = scene.text
    if figure.unit not in SIZE or prefix.rise or prefix.becomes:
        return False
    if prefix.start == figure.start and scene.leftwards(_COUNT, figure.start):
        return True
    if _THRESHOLD_WORD.match(text, figure.end):
        if figure.unit not in MONEY and text[suffix.end : suffix.end + 1] == "的":
            return False
        return _THRESHOLD.match(text, suffix.end) is not None
    if prefix.op is None or prefix.reaches or suffix.op is not None:
        return False
    return bool(
        _THEN_COUNTED.match(text, suffix.end)
        or _COUNTED_BEFORE.search(text, max(0, prefix.start - 8), prefix.start)
    )


_THEN_COUNTED = re.compile(
    r"(?:的|[^，。;、:,0-9增]{0,3}(?:项目|企业|商场|产业|行业|集群|园区|药品|产品|品牌|区县|平台))[^，。;、:,0-9]{0,10}[0-9]"
)
_COUNT = re.compile(r"[个家项座条][0-9]")
_COUNTED_BEFORE = re.compile(r"(?:[0-9](?:个|家|项|户)|一批|若干)[^，。;、]{0,5}\Z")


def _is_framed(scene: Scene, figure: Figure, prefix: Prefix, after: int) -> bool:
    if figure.unit in {"个", "大类", "类"} and _KIND_OF.match(scene.text, after):
        return True
    if figure.unit not in {"个", "项", "条", "类", "大类"} or prefix.op is not None or after != figure.end:
        return False
    if not _PART.match(scene.text, after):
        return False
    start = scene.clause_start(figure.start)
    head = scene.text[max(start, figure.start - 24) : figure.start]
    if head.endswith(("的", "等")):
        return False
    return any(word in head for word in _FRAMING) or bool(re.search(r"大[^，]{2,8}\Z", head))


_FRAMING = tuple(
    "围绕 明确 聚焦 对照 紧扣 针对 坚持 打好 打赢 发起 处理好 按照 着眼 涉及 瞄准 存在 确定".split()
)
