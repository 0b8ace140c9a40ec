"""Lines that belong to a page, not to the document on it: navigation, publication, page numbers, dates."""

from __future__ import annotations

import re
from typing import Final

from corpus.text import fold

_NAVIGATION: Final = re.compile(
    r"导航|首页|返回.{0,6}|我要收藏|取消收藏|收藏本页|加入收藏|设为首页|打印(?:本页|此页)?|关闭(?:窗口|本页)?"
    r"|扫一扫.{0,20}|分享到?.{0,12}|上一[篇页条].{0,60}|下一[篇页条].{0,60}|相关(?:附件|链接|文章|阅读|新闻)"
    r"|\[?(?:字体|字号)(?:大小)?.{0,20}|(?:大\s*中\s*小)(?:\s*打印)?|当前位置.{0,80}|您(?:现在)?(?:的|所在的?)位置.{0,80}"
    r"|版权所有.{0,60}|copyright.{0,80}|.{0,12}icp[备证].{0,40}|.{0,6}公网安备.{0,40}|网站(?:地图|声明|标识码).{0,40}"
    r"|无障碍(?:浏览|阅读)?|(?:中国|网站)政府网|登录|注册|搜索|更多>*|纠错.{0,12}|我要(?:纠错|打印|分享|留言).{0,8}"
)
_PUBLICATION: Final = re.compile(
    r"(?:(?:发布|发文|成文|更新|公开|生成|印发|录入)(?:日期|时间)|日期|时间)\s*:.{0,120}"
    r"|(?:信息|文章|稿件|内容)?来源\s*:.{0,80}|(?:浏览|阅读|点击)(?:次数|量)?\s*:?.{0,40}"
    r"|索引号\s*:?.{0,120}|发布(?:机构|单位|人)\s*:.{0,60}|信息索取号\s*:?.{0,40}|(?:责任)?编辑\s*:.{0,30}"
    r"|作者\s*:.{0,60}|\d{4}-\d{1,2}-\d{1,2}(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?.{0,40}"
)
_PAGE_NUMBER: Final = re.compile(
    r"[-—–]\s*\d{1,3}\s*[-—–]|第\s*\d{1,3}\s*页(?:[,/]?\s*共\s*\d{1,3}\s*页)?|\d{1,3}\s*/\s*\d{1,3}"
)
_DATE: Final = re.compile(
    r"(?:\d{4}|[〇○零一二三四五六七八九0oO]{4})\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月(?:\s*[\d一二三四五六七八九十]{1,3}\s*日)?"
)
_ATTACHMENT: Final = re.compile(r"附件?\s*\d{0,2}\s*[::]?.{0,60}")
_EMPTY_RULE: Final = re.compile(r"[\s|\-—_=*·.+]+")
_LONGEST: Final = 160


def is_furniture(text: str) -> bool:
    """Whether a line is navigation, publication, a page number or a rule, and nothing else."""
    folded = fold(text).strip(" 【】[]()")
    if not folded or len(folded) > _LONGEST:
        return not folded
    return any(p.fullmatch(folded) for p in (_NAVIGATION, _PUBLICATION, _PAGE_NUMBER, _EMPTY_RULE)) or (
        folded.startswith(("发布日期:", "发布时间:", "字体大小", "【字体", "信息来源:"))
    )


def is_date(text: str) -> bool:
    """Whether a line is a date and nothing else, as below a signature."""
    return _DATE.fullmatch(fold(text).strip(" ()")) is not None


def is_attachment(text: str) -> bool:
    """Whether a line names an attachment."""
    folded = fold(text).strip()
    return folded.startswith("附") and _ATTACHMENT.fullmatch(folded) is not None and not folded.endswith("。")
