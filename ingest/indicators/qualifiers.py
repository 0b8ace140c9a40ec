"""Figures that pick out, place or describe something else than what is promised.

- capacities in the names of works: 年产300万吨乙烯装置;
- conditions: 对年收入低于5000元的农户, 将住房在15平方米以下的家庭;
- sets that one belongs to: 在15个副省级城市中, 进入国家10个试点城市行列;
- efforts: 奋战150天, 历时3年;
- reaches: 公园绿地300米服务半径覆盖率;
- packages of rules by their number: 营商环境改革20条.
"""

from __future__ import annotations

import re

from ingest.indicators.comparators import Prefix, Suffix
from ingest.indicators.figures import Figure
from ingest.indicators.scene import Scene, reversed_words
from ingest.indicators.units import TIME

_WORKS = "项目|工程|装置|生产线|机组|基地|厂(?!房)"
_YEARLY = re.compile(
    rf"(?:{reversed_words('年产 日产 年加工 年处理 日处理 年吞吐 年组装 总装机 装机'.split())})"
)
_YEARLY_EARLIER = re.compile(r"(?:年产|日产|年加工)[0-9.]+[^，。;]*\Z")
_CAPACITY_OF = re.compile(
    rf"(?![^，。;、0-9]{{0,4}}(?:能力|规模))[^，。;、0-9]{{1,20}}?(?:{_WORKS}|[和及与、])"
)
_OUTPUTS = frozenset("吨 千瓦 兆瓦 吉瓦 辆 台 千伏安 片 平方米/年 吨/年".split())
_EXAMPLE = re.compile(r"[^，。;、0-9]{1,14}等[^，。;、0-9]{0,10}项目")
_WORKS_FOLLOW = re.compile(rf"[^，。;]{{0,60}}?(?:{_WORKS})")
_WHOSE = re.compile(
    r"(?:[、和或且及][^，。;0-9]{0,16}[0-9.]+[^，。;、0-9]{1,6}(?:以上|以下|以内))*"
    r"的[^，。;、:0-9]{0,14}(?:家庭|居民|人员|农户|用户|住户|户|群众|职工|对象|人口|学生|老人|劳动者|消费者|企业|项目|单位)"
)
_AIMED = re.compile(r"(?:[对将为把给向凡]|符合|针对|帮助)[^，。;]{0,40}\Z")
_MEMBER = re.compile(
    r"(?:在|国家|全国|全省|全球|世界|省级|首批|进入|跻身|迈入|入围|入选|列入|被列为|成为)(?:首批|第[一二三四]批|全国|国家|省级|的)*\Z"
)
_MEMBERS = re.compile(
    r"[^，。;0-9]{0,20}?(?:行列|之列|阵营|名单|之一)"
    r"|[^，。;、0-9]{0,8}(?:城市|省[区市]?|直辖市|自治区|地区|国家|城区|开发区|高新区|区县|县市|县|州)之?中(?=[，、]|[排位名居列])"
)
_EFFORT = re.compile(
    rf"(?:{reversed_words('奋战 历时 历经 苦战 鏖战 决战 大干 会战 激战 坚守 耗时'.split())})"
)
_REACHES = frozenset({"米", "公里"})
_AROUND = re.compile(r"(?:服务|步行|辐射|覆盖|见园|见绿|生活|交通)*(?:半径|范围|圈)")
_PACKAGE = re.compile(rf"(?:{reversed_words('改革 新政 意见 纲要 环境 经济 稳增长 促消费'.split())})")


def qualifies(scene: Scene, figure: Figure, prefix: Prefix, suffix: Suffix) -> bool:
    """Whether the figure describes something else than what is promised; the rules are the docstring's."""
    if figure.unit in TIME:
        return scene.leftwards(_EFFORT, figure.start) is not None
    if figure.unit in _REACHES and _AROUND.match(scene.text, figure.end):
        return True
    if figure.unit == "条" and scene.ends_clause(figure.end) and prefix.start == figure.start:
        return scene.leftwards(_PACKAGE, figure.start) is not None
    return (
        _is_capacity(scene, figure, prefix, suffix)
        or _is_condition(scene, figure, prefix, suffix)
        or _is_member(scene, figure, suffix)
    )


def _is_capacity(scene: Scene, figure: Figure, prefix: Prefix, suffix: Suffix) -> bool:
    """Whether it is how much a plant can make: also the second of 年产6万吨甲和20万吨乙等项目."""
    text = scene.text
    if prefix.op is not None or figure.unit in {"个", "项", "家", "%", None}:
        return False
    if figure.unit in _OUTPUTS and _EXAMPLE.match(text, suffix.end):
        return True
    if _CAPACITY_OF.match(text, suffix.end) is None or _WORKS_FOLLOW.match(text, suffix.end) is None:
        return False
    if scene.leftwards(_YEARLY, prefix.start):
        return True
    clause = max(scene.clause_start(figure.start), figure.start - 40)
    listed = text[figure.start - 1 : figure.start] in {"和", "、", "及", "与"}
    return listed and _YEARLY_EARLIER.search(text, clause, figure.start) is not None


def _is_condition(scene: Scene, figure: Figure, prefix: Prefix, suffix: Suffix) -> bool:
    if prefix.op is None and suffix.op is None:
        return False
    if _WHOSE.match(scene.text, suffix.end) is None:
        return False
    clause = max(scene.clause_start(figure.start), figure.start - 48)
    return _AIMED.search(scene.text, clause, prefix.start) is not None


def _is_member(scene: Scene, figure: Figure, suffix: Suffix) -> bool:
    if figure.unit not in {"个", "家", "座"} or suffix.end != figure.end:
        return False
    if _MEMBERS.match(scene.text, figure.end) is None:
        return False
    start = max(scene.clause_start(figure.start), figure.start - 12)
    return _MEMBER.search(scene.text, start, figure.start) is not None
