"""Exact figures in a query, and the ways a text may write the same figure: 1200件, 1,200件, 一千二百件."""

from __future__ import annotations

import re

from corpus.numerals import chinese_numeral

# Units of figures that are promised; years, dates, ordinals and names (12345热线) are none.
_UNITS = (
    "个百分点 百分点 % ‰ 个工作日 工作日 个小时 小时 分钟 万元 亿元 亿美元 万美元 美元 元 平方公里 平方米 "
    "立方米 公里 公顷 万吨 吨 亩 人次 条次 场次 批次 班次 万次 万人 万户 万套 项 次 场 件 篇 条 家 户 "
    "人 名 处 期 所 座 套 台 辆 艘 份 个 天"
)
FIGURE = re.compile(
    r"(?<![\d.,a-z第])(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)(?P<scale>[百千万亿]*)(?P<unit>"
    + "|".join(sorted(map(re.escape, _UNITS.split()), key=len, reverse=True))
    + r")(?![a-z])"
)
_DIGITS = "零一二三四五六七八九"
_OF_HUNDRED = {"%": "百分之", "‰": "千分之"}


def written_forms(figure: re.Match[str]) -> tuple[str, ...]:
    """Return the folded ways to write a match of FIGURE, the plainest first."""
    number, rest = figure["number"].replace(",", ""), figure["scale"] + figure["unit"]
    forms = [number + rest]
    whole, point, decimals = number.partition(".")
    if len(whole) > 3:
        forms.append(f"{int(whole):,}{point}{decimals}{rest}")
    if (chinese := chinese_numeral(int(whole))) is not None:
        said = chinese + ("点" + "".join(_DIGITS[int(one)] for one in decimals) if point else "")
        before = _OF_HUNDRED.get(figure["unit"])
        forms.append(before + said if before and not figure["scale"] else said + rest)
        if said == "二" and not before:
            forms.append("两" + rest)
    return tuple(dict.fromkeys(forms))
