"""Numbers as Chinese official prose writes them: 1.2万亿, 一万二千, 3万2千, 百分之八十点五."""

from __future__ import annotations

import re

DIGITS = {"〇": 0, "○": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7,
          "八": 8, "九": 9}  # fmt: skip
TENS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 4, "亿": 8}

ARABIC = r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?"
CHINESE = r"[〇○零一二三四五六七八九十百千万亿两]+(?:点[〇零一二三四五六七八九]+)?"

_WRITTEN = "零一二三四五六七八九"
_LONGEST = 24  # nobody writes longer ones; a line of a million digits is no number
_ARABIC_HEAD = re.compile(ARABIC)
_MAGNITUDES = re.compile(r"[十百千万亿]*\Z")
_EXPONENTS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}


def read_numeral(text: str) -> float | None:
    """Return the number that `text` writes, or None where it is no numeral.

    Western digits must be half width (fold first); commas are read as thousands separators. The result
    is the float nearest to the written decimal: 1.1万 is exactly 11000.0.
    """
    if len(text) > _LONGEST:
        return None
    written = text.replace(",", "")
    head = _ARABIC_HEAD.match(written)
    if head is None:
        return _read_chinese(written)
    rest = written[head.end() :]
    if _MAGNITUDES.match(rest):
        return float(f"{head[0]}e{sum(_EXPONENTS[c] for c in rest)}")
    return _read_mixed(written)


def chinese_numeral(number: int) -> str | None:
    """Write 0 to 9999 in Chinese: 12 is 十二, 105 is 一百零五; `None` for any other number."""
    if not 0 <= number < 10_000:
        return None
    text, skipped = "", False
    for power, mark in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            text += ("零" if skipped and text else "") + _WRITTEN[digit] + mark
        skipped = not digit
    return (text[1:] if text.startswith("一十") else text) or "零"


def _read_mixed(text: str) -> float | None:
    """Read western digits between Chinese magnitudes (3万2千)."""
    parts = re.findall(r"([0-9]+)([十百千万亿]+)|([0-9]+)\Z", text)
    if not parts or "".join("".join(part) for part in parts) != text:
        return None
    total = 0
    for digits, magnitudes, last in parts:
        total += int(last) if last else int(digits) * int(10 ** sum(_EXPONENTS[c] for c in magnitudes))
    return float(total)


def _read_chinese(text: str) -> float | None:
    whole, point, decimals = text.partition("点")
    tail = ""
    if point:
        tail = decimals.rstrip("万亿")
        if not tail or any(c not in DIGITS for c in tail):
            return None
    value = _whole_chinese(whole)
    if value is None or not point:
        return None if value is None else float(value)
    exponent = sum(MYRIADS[c] for c in decimals[len(tail) :])
    return float(f"{value}.{''.join(str(DIGITS[c]) for c in tail)}e{exponent}")


def _whole_chinese(text: str) -> int | None:
    """Read a whole Chinese numeral; 二〇二一 is read digit by digit, 一万二 as 12000."""
    if not text:
        return None
    if len(text) > 1 and all(c in DIGITS for c in text):
        return int("".join(str(DIGITS[c]) for c in text))
    total = section = 0
    digit: int | None = None
    scale = 1  # what a last digit without its own magnitude stands for: 一万二
    for character in text:
        if character in DIGITS:
            if digit:
                return None
            digit = DIGITS[character]
            scale = 1 if character == "零" or character == "〇" else scale
        elif character in TENS:
            section += (1 if digit is None else digit) * TENS[character]
            digit, scale = None, TENS[character] // 10
        elif character in MYRIADS:
            total, section = _close_section(total, section + (digit or 0), character)
            digit, scale = None, int(10 ** (MYRIADS[character] - 1))
        else:
            return None
    return total + section + (digit or 0) * scale


def _close_section(total: int, section: int, magnitude: str) -> tuple[int, int]:
    """Multiply by 万 or 亿: 亿 takes in everything before it (万亿), 万 only its own section."""
    factor = int(10 ** MYRIADS[magnitude])
    if magnitude == "亿":
        return ((total + section) or 1) * factor, 0
    return total + (section or 1) * factor, 0
