"""One document as it is cited: its title, number, year and issuer, from the words that name it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.doc_numbers import DocNumber, find_doc_numbers
from corpus.model import Basis, Field, Span
from corpus.text import fold

_PAIRS = {"《": "》", "(": ")", "〔": "〕", "“": "”", "[": "]", "【": "】", "〈": "〉"}
_CLOSING = {closing: opening for opening, closing in _PAIRS.items()}
_BRACKET = re.compile(f"[{re.escape(''.join([*_PAIRS, *_CLOSING]))}]")
_FARTHEST = 300

BODY = (
    r"(?:政府|办公厅|办公室|国务院|党中央|中共中央|委员会|[省市县区党国建改工信经教科]委|[一-鿿]厅|[一-鿿]局|[一-鿿]部|法院|检察院|总署|组|指挥部"
    r"|人大|政协|人大常委会|银行|联席会议|[省市县区]府)"
)
_BODY_AT_END = re.compile(rf"{BODY}\Z")
_ISSUER = re.compile(
    rf"(?:(?:19|20)[0-9]{{2}}年度?)?(?P<body>[^《》,。;]{{0,40}}?{BODY})\s?(?:关于|印发|转发|批转|(?:19|20)[0-9]{{2}}年|工作报告|令第)"
)
_YEAR = re.compile(r"(?<![0-9\-—–~至])((?:19|20)[0-9]{2})\s?年(?![代—–~\-至])")
_TITLED = re.compile(r"(?P<before>[^《》]{0,40}?)《(?P<title>.+)》(?P<after>[^《》]{0,12})", re.DOTALL)
_IDLE_AFTER = re.compile(
    r"(?:等?(?:文件|要求|精神|规定|有关规定|相关规定|有关要求|相关要求|部署)?(?:要求|精神|规定)?|等)?[,。;\s]*\Z"
)
_BLANK = re.compile(r"\s+")

# Codes that only one body uses. 青政发 is left out: Qinghai and Qingdao both number so.
_STATE_CODES = {
    "国发": "国务院", "国函": "国务院", "国办发": "国务院办公厅", "国办函": "国务院办公厅",
    "国发明电": "国务院", "国办发明电": "国务院办公厅", "中发": "中共中央", "中办发": "中共中央办公厅",
    "银发": "中国人民银行", "发改价格": "国家发展和改革委员会", "财税": "财政部、国家税务总局",
    "财金": "财政部", "财建": "财政部", "人社部发": "人力资源和社会保障部",
    "工信部联企业": "工业和信息化部等部门", "环发": "生态环境部（环境保护部）",
}  # fmt: skip
_PROVINCES = {
    "京": "北京市", "津": "天津市", "沪": "上海市", "渝": "重庆市", "冀": "河北省", "晋": "山西省",
    "内": "内蒙古自治区", "辽": "辽宁省", "黑": "黑龙江省", "苏": "江苏省", "浙": "浙江省",
    "皖": "安徽省", "闽": "福建省", "赣": "江西省", "鲁": "山东省", "豫": "河南省", "鄂": "湖北省",
    "湘": "湖南省", "粤": "广东省", "桂": "广西壮族自治区", "琼": "海南省", "川": "四川省",
    "黔": "贵州省", "滇": "云南省", "藏": "西藏自治区", "陕": "陕西省", "甘": "甘肃省",
}  # fmt: skip
_PROVINCE_CODE = re.compile(r"(?P<province>.)(?:政|府)(?P<office>办)?[发字函规]{0,2}\Z")


@dataclass(frozen=True, slots=True)
class Passage:
    """One field of an item, folded, with the closing bracket of each opening one (none where unclosed)."""

    raw: str
    folded: str
    field: Field
    closers: dict[int, int]

    @classmethod
    def of(cls, raw: str, field: Field) -> Passage:
        """Fold `raw` and pair its brackets; linear in its length."""
        folded = fold(raw)
        return cls(raw, folded, field, _paired(folded))

    def span_stripped(self, start: int, end: int, marks: str = ",。;、:") -> tuple[int, int]:
        """Narrow a span by white space at both ends and by punctuation marks at its end."""
        while start < end and (self.folded[start].isspace() or self.folded[start] in marks):
            start += 1
        while end > start and (self.folded[end - 1].isspace() or self.folded[end - 1] in marks):
            end -= 1
        return start, end


def _paired(folded: str) -> dict[int, int]:
    closers: dict[int, int] = {}
    opened: dict[str, list[int]] = {opening: [] for opening in _PAIRS}
    for bracket in _BRACKET.finditer(folded):
        position, character = bracket.start(), bracket.group()
        if character in _PAIRS:
            opened[character].append(position)
        elif opened[_CLOSING[character]]:
            start = opened[_CLOSING[character]].pop()
            if position - start <= _FARTHEST:
                closers[start] = position
    return closers


def is_body(words: str) -> bool:
    """Whether `words` end in the name of an issuing body (市政府, 国务院办公厅)."""
    return bool(_BODY_AT_END.search(words.strip()))


def basis_at(passage: Passage, start: int, end: int) -> Basis | None:
    """Read the document named at `start:end`, or return None where the words name none."""
    start, end = passage.span_stripped(start, end)
    folded, raw = passage.folded[start:end], passage.raw[start:end]
    numbers = find_doc_numbers(folded)
    number = numbers[0] if numbers else None
    kept = _without_number(folded, number) if number else [(0, len(folded))]
    named = "".join(folded[first:last] for first, last in kept)
    written = "".join(raw[first:last] for first, last in kept)
    title, before = _title(named, written)
    if not title and number is None:
        return None
    return Basis(
        title=title or (number.text if number else ""),
        doc_number=number.text if number else None,
        year=_year(fold(title), number),
        issuer=_issuer(fold(title), before, number),
        text=raw,
        span=Span(passage.field, start, end),
    )


def _without_number(folded: str, number: DocNumber) -> list[tuple[int, int]]:
    """Return the spans of `folded` that are left when the number goes, with the brackets it stands in."""
    start, end = number.start, number.end
    opening = folded.rfind("(", 0, start)
    if opening >= 0 and ")" not in folded[opening:start] and "《" not in folded[opening:start]:
        closing = folded.find(")", end)
        if closing >= 0:
            start, end = opening, closing + 1
    elif folded.startswith("文件", end) or folded.startswith("文", end):
        end += 2 if folded.startswith("文件", end) else 1
    return [(0, start), (end, len(folded))]


def _title(named: str, written: str) -> tuple[str, str]:
    """Return the title as written, without 《》 where they hold all of it, and what stands before it."""
    titled = _TITLED.fullmatch(named.strip())
    shift = len(named) - len(named.lstrip())
    if titled and _is_whole(titled):
        start, end = titled.span("title")
        return _tidy(written[shift + start : shift + end]), titled["before"].strip()
    return _tidy(written), ""


def _is_whole(titled: re.Match[str]) -> bool:
    """Whether 《》 hold the whole title: nothing but a body before them and idle words behind them."""
    title, before = titled["title"], titled["before"].strip()
    return (
        title.count("《") == title.count("》")
        and "》" not in title.split("《")[0]
        and (not before or is_body(before))
        and bool(_IDLE_AFTER.match(titled["after"]))
    )


def _tidy(words: str) -> str:
    """Take out the line breaks and blanks that a cell's width put between Chinese characters.

    A blank behind a body stays: it separates two issuers (中共中央 国务院关于…).
    """
    return _BLANK.sub(lambda blank: " " if _stays(blank) else "", words.strip(" \n\r\t,。;、:，；：")).strip()


def _stays(blank: re.Match[str]) -> bool:
    around = (
        blank.string[max(0, blank.start() - 12) : blank.start()],
        blank.string[blank.end() : blank.end() + 1],
    )
    if any(side[-1:].isascii() for side in around):
        return True
    return "\n" not in blank[0] and is_body(around[0])


def _year(title: str, number: DocNumber | None) -> int | None:
    if number is not None and number.year is not None:
        return number.year
    stated = _YEAR.search(title)
    return int(stated[1]) if stated else None


def _issuer(title: str, before: str, number: DocNumber | None) -> str | None:
    if before:
        return before
    stated = _ISSUER.match(title)
    if stated and len(stated["body"].strip()) > 2:
        return stated["body"].strip()
    return _issuer_by_code(number) if number else None


def _issuer_by_code(number: DocNumber) -> str | None:
    if number.text.startswith(number.prefix + "令"):
        return number.prefix
    province = _PROVINCE_CODE.fullmatch(number.prefix)
    if province and province["province"] in _PROVINCES:
        name = _PROVINCES[province["province"]]
        return f"{name}人民政府办公厅" if province["office"] else f"{name}人民政府"
    return _STATE_CODES.get(number.prefix)
