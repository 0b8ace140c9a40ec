"""What stands in a sentence that answers: a date for 什么时候, a figure for 多少, a list for 哪些."""

from __future__ import annotations

import re
from enum import StrEnum

from corpus.text import fold


class Expected(StrEnum):
    """What a question asks to be told; several may hold of one question."""

    DATE = "date"
    AMOUNT = "amount"
    REASON = "reason"
    SEVERAL = "several"
    MANNER = "manner"
    DEFINITION = "definition"
    WHO = "who"
    PLACE = "place"
    NAME = "name"


_ASKED: tuple[tuple[Expected, re.Pattern[str]], ...] = (
    (
        Expected.DATE,
        re.compile(
            r"什么时候|何时|哪一?年|哪一?天|几月|几号|什么时间|何年|时间(?:是|为)|年份"
            r"|哪个(?:时期|朝代|世纪|年代)|什么时期"
        ),
    ),
    (Expected.AMOUNT, re.compile(r"多少|几(?!乎)|多大|多高|多长|多久|多远|百分之|多快|多重|金额|比例")),
    (
        Expected.WHO,
        re.compile(r"谁|哪位|哪个人|何人|哪些人|哪(?:个|家|所)(?:公司|单位|部门|机构|学校|大学)"),
    ),
    (
        Expected.PLACE,
        re.compile(
            r"哪里|哪儿|何处|何地|在哪|哪(?:个|座|一个)?(?:城市|国家|国|省|市|区|县|地区|地方|州)|什么地方|位于"
        ),
    ),
    (Expected.REASON, re.compile(r"为什么|为何|原因|缘故|怎么会|由来")),
    (
        Expected.DEFINITION,
        re.compile(r"^(?:什么是|何谓|何为|什么叫)|是什么|指什么|的定义"),
    ),
    (Expected.SEVERAL, re.compile(r"哪些|哪几|包括|分别|有什么")),
    (Expected.MANNER, re.compile(r"如何|怎么|怎样|措施|办法|方式|政策|要求|规定")),
    (
        Expected.NAME,
        re.compile(r"叫什么|名称|简称|全称|原名|别名|又称|称为|本名|哪部|哪首|哪个|什么"),
    ),
)
DATE = re.compile(r"\d{2,4}年|\d+月|\d+日|世纪|年代|[一二三四五六七八九十元]+年|季度?")
FIGURE = re.compile(r"\d")
AMOUNT = re.compile(r"\d[\d,.]*\s*[%‰万亿千百]*|[一二两三四五六七八九十百千万亿]+(?:分之)?[一-龥%]")
REASON = re.compile(r"由于|因为|因此|因而|所以|为了|原因|导致|使得|从而|鉴于|故|因")
SEVERAL = re.compile(r"包括|分别|分为|如下|以下|等|、.*、|[（(]?[一二三四五六七八九十\d][)）、.．]|一是|首先")
DEFINITION = re.compile(r"是|指|称")


def expected_by(question: str) -> frozenset[Expected]:
    """Return what `question` asks to be told."""
    folded = fold(question).strip()
    return frozenset(kind for kind, pattern in _ASKED if pattern.search(folded))
