"""Take contact people and their numbers out of a text before anybody sees, logs or indexes it."""

from __future__ import annotations

import re
from typing import Final

from corpus.text import fold

REDACTED: Final = "〔联系方式已隐去〕"

_LABEL: Final = (
    r"(?:主要|分管|直接|具体)?(?:负责人|责任人|负责同志)(?:姓名|电话)?|(?:责任|分管|牵头|包案|主管|主要)领导"
    r"|(?:工作|业务)?联系人(?:姓名|及电话|及联系方式|电话|手机)?|联\s*系\s*(?:人|电\s*话|方\s*式)|联络员|填报人|填表人|经办人|审核人|审签人"
    r"|(?:办公|咨询|联系|值班|手机|固定|监督)?电\s*话(?:号码)?|手机(?:号码?)?|传真(?:号码)?|电子邮[箱件]|e-?mail|邮箱|微信号?|qq号?"
)
# The value ends at a wide gap, a tab, a closing mark, the next label or the end of the line.
_LABELLED: Final = re.compile(
    rf"(?:{_LABEL})(?:\s*\([^()]{{0,12}}\))?(?:[ ]*:[ ]*|[ ]*[\t|]+[ ]*)"
    r"(?P<value>[^\t|\n,;。)\]】]{1,60}?)"
    rf"(?=[ ]{{2,}}|[\t|\n,;。)\]】]|[ ]*(?:{_LABEL})[ ]*[:\t|]|$)",
    re.MULTILINE,
)
_MOBILE: Final = re.compile(r"(?<![\d.])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)")
_LANDLINE: Final = re.compile(
    r"(?<![\d.])(?:\(0\d{2,3}\)|0\d{2,3})[- ]?[2-9]\d{2,3}[- ]?\d{4}(?:-\d{1,6})?(?!\d)"
)
_LOCAL: Final = re.compile(r"(?<=电话|传真|手机)[号码是为: ]{0,3}([2-9]\d{2,3}[- ]?\d{4})(?!\d)")
_MAIL: Final = re.compile(r"[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}")
# What no contact can do without: a mark behind its label, many digits, or an @.
_DIGIT: Final = r"[\d\u00b2\u00b3\u00b9\u2070-\u2089\u2460-\u2468\u24ea]"
_POSSIBLE: Final = re.compile(
    rf"[:\uff1a\ufe13\ufe55\t|\uff5c@\uff20\ufe6b]|{_DIGIT}[^\u3400-\u9fff]{{4,}}?{_DIGIT}"
)


def redact(text: str) -> str:
    """Return `text` with names and numbers after contact labels, telephone numbers and mail addresses hidden.

    Service hotlines (12345) and every other figure stay. Lines stay lines, so places remain right.
    """
    if not _POSSIBLE.search(text):
        return text
    folded = fold(text)
    spans = [found.span("value") for found in _LABELLED.finditer(folded) if found.group("value").strip()]
    for pattern in (_MOBILE, _LANDLINE, _LOCAL, _MAIL):
        spans.extend(found.span(pattern.groups) for found in pattern.finditer(folded))
    parts: list[str] = []
    done = 0
    for start, end in sorted(spans):
        if end <= done:
            continue
        if start >= done:
            parts.append(text[done:start])
            parts.append(REDACTED)
        done = end
    parts.append(text[done:])
    return "".join(parts)
