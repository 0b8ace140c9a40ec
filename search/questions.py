"""What kind of answer a question wants, read from its asking words."""

from __future__ import annotations

import re
from enum import StrEnum

from corpus.text import fold


class Kind(StrEnum):
    """The kinds of answer; the first whose words occur wins, in this order.

    `AIM` names a topic and then 目标: a figure if there is one of just that name, else sentences.
    """

    CONTACT = "contact"
    ADVICE = "advice"
    CITIES = "cities"
    BENCHMARK = "benchmark"
    BASIS = "basis"
    RESPONSIBLE = "responsible"
    CHANGE = "change"
    LIST = "list"
    FIGURE = "figure"
    AIM = "aim"
    TEXT = "text"


_MEASURED = r"(?:率|数|量|额|次数|场次|时限|面积|比例|比重|占比|增速|增幅|总值|天数|分值|权重|GDP|gdp)"
_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        Kind.CONTACT,
        re.compile(
            r"联系人|联系电话|联系方式|手机号|电话号码|办公电话"
            r"|(?:负责人|局长|主任|厅长|秘书长|市长|处长)(?:是谁|叫什么|姓名|的?电话)|谁是.{0,10}(?:负责人|局长|主任|厅长)"
        ),
    ),
    (
        Kind.ADVICE,
        re.compile(
            r"(?:定|设|写|报|提)(?:为|在|到|成)?(?:多少|多高|几|什么数)[一-龥]{0,3}(?:合适|合理|好|妥|恰当|适宜)"
            r"|多少(?:比较|较|才|更)?(?:合适|合理|恰当|适宜|妥当)|怎么定(?:比较|较|才|更)?(?:合适|合理|好)"
        ),
    ),
    (
        Kind.CITIES,
        re.compile(
            r"^(?!.*(?:对标|标杆|学习|看齐|借鉴|赶超|先进))"
            r".*(?:哪(?:些|个|座|几个)(?:城市|市)|(?:其他|别的|兄弟|各(?:个|地)?)城市|城市(?:有|是)哪(?:些|几个))"
        ),
    ),
    (
        Kind.BENCHMARK,
        re.compile(
            r"标杆|对标|哪(?:个|座|些|几个)?(?:先进)?(?:城市|市)|向谁学|比(?!较)[一-龥]{2,4}市[多少高低快慢]"
        ),
    ),
    (
        Kind.BASIS,
        re.compile(r"依据|根据(?:什么|哪)|文号|出自哪|哪(?:个|份|些|几个)(?:文件|政策|规定)|什么文件|凭什么"),
    ),
    (
        Kind.RESPONSIBLE,
        re.compile(
            r"谁(?:来|在|家)?(?:负责|牵头|承担|承办|主管|落实)|[由归]谁|归哪|(?:责任|牵头|承办|主管|负责|配合)(?:单位|部门|处室|科室)"
            r"|哪(?:一?个|些|几个|[两三四]个|家|几家)?(?:单位|部门|委办局|[局委办](?![一-龥]))|哪[一-龥]{0,3}(?:单位|部门|[局委])(?:来|共同|一起)?(?:负责|牵头|承担|承办|主管)"
        ),
    ),
    (
        Kind.CHANGE,
        re.compile(
            r"怎么变|如何变|变化|变动|变了|对比|比较|相比|历年|各年|逐年|趋势|差异|差距|差多少|有何不同|有什么不同"
            r"|(?:增加|提高|减少|下降|增长|降低|压减|多|少|高|低)了(?:多少|几)|比(?:\d|去年|上年|前年|今年)"
        ),
    ),
    (
        Kind.LIST,
        re.compile(
            r"有?哪些|哪几|列出|列举|清单|包括什么|(?:几|多少)(?:项|个|条)(?:工作|重点|创优|奋斗)?(?:目标|任务|工作(?!日))"
        ),
    ),
    (
        Kind.FIGURE,
        re.compile(
            rf"多少|几(?:次|场|件|个|篇|家|期|项|条|人|天|处|批)|百分之几|多久|多[大高长快](?![一-龥]*的)|{_MEASURED}(?:的?目标|要求|指标)?(?:是|为|定为)?[？?。]?$"
        ),
    ),
    (Kind.AIM, re.compile(r"(?:目标值?|指标|任务|要求)(?:是|为)?(?:什么)?[？?。]?$")),
)
# What is quoted names something and asks nothing: “…标杆城市”是谁发的.
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|《[^》]*》")
_ABOUT_FIGURES = re.compile(r"指标|量化|数字|数值")


def kind_of(question: str) -> Kind:
    """Return what `question` wants; a plain topic wants sentences about it."""
    folded = _QUOTED.sub("“”", fold(question)).strip()
    return next((kind for kind, pattern in _PATTERNS if pattern.search(folded)), Kind.TEXT)


def wants_figures(question: str) -> bool:
    """Whether a question for a list asks for figures rather than for items."""
    return bool(_ABOUT_FIGURES.search(fold(question)))
