"""Document numbers (文号) in running text, and their one normal form 青政办发〔2012〕15号.

A number is written in many ways: （2012）, [2012], 【2012】, with spaces, full-width or traditional
characters, as 第15号, or without brackets (青政办发2012年15号). All of them have one normal form, in
which numbers may be compared as strings. Orders have theirs: 国务院令第711号, 商务部令2020年第4号.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.text import fold

_OPEN, _CLOSE = r"[〔(\[【〖〈《<{「]", r"[〕)\]】〗〉》>}」]"
_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
_SERIAL = r"(?:第\s{0,2})?(?P<serial>[0-9]{1,5})"

_BRACKETED = re.compile(
    rf"{_OPEN}\s{{0,2}}{_YEAR}\s{{0,2}}年?\s{{0,2}}{_CLOSE}\s{{0,3}}{_SERIAL}"
    r"(?:\s{0,2}(?P<mark>号)|(?![0-9.%一-鿿]))"
)
_BARE = re.compile(
    rf"(?<=[发字函电规])\s{{0,2}}{_YEAR}(?:\s{{0,2}}年\s{{0,2}}|\s{{0,2}}[-—–/]\s{{0,2}}|\s{{1,2}}|(?=第)){_SERIAL}\s{{0,2}}号"
)
_ORDER = re.compile(
    rf"(?P<kind>令|公告|通告)\s{{0,2}}(?:{_OPEN}?\s{{0,2}}{_YEAR}\s{{0,2}}年?\s{{0,2}}{_CLOSE}?\s{{0,2}})?"
    r"第\s{0,2}(?P<serial>[0-9]{1,4})\s{0,2}号"
)
_BEFORE = re.compile(r"(?P<prefix>[一-鿿]{1,30})\s{0,4}\Z")
_LOOK_BACK = 36
_LONGEST_PREFIX = 16

# Words of the sentence that run into a number without a mark between them (贯彻落实国发〔2012〕2号). The
# code of an issuer begins after the last of them.
_SENTENCE = (
    r"落实|贯彻|执行|按照|根据|依据|依照|遵照|参照|对照|结合|围绕|确保|抓好|抢抓|印发|下发|转发|出台|发布|公布|制定|修订|废止|替代"
    r"|详见|参见|[见按以是了的]|精神|文件|通知|意见|办法|方案|要求|规定|文号|部门|关于|我[市省区县]|属于"
)
_CUT = re.compile(rf"(?:{_SENTENCE}|以及|(?<!^)(?<![共呼])和|与|及)")
_CUT_ORDER = re.compile(rf"(?:{_SENTENCE})")
# Names of bodies that stand before their own code (市政府办公厅青政办发〔2012〕15号).
_BODY = re.compile(
    r"政府|办公厅|办公室|国务院|委员会|[健改建经信资教科]委|[市省区县党]委|党组|总局|总署|局"
    r"|(?:财政|教育|商务|民政|公安|科技|交通运输|建设|农业农村|生态环境|自然资源|社会保障)部"
)
_LAST_CHARACTERS = frozenset("发字函电规通令办文号")
_GOVERNING = re.compile(r"[政府办委党国中]")
_ORDERING_BODY = re.compile(r"(?:院|部|委|府|局|署|会|行|主席|厅|办公室|省|市|区|县|室)\Z")


@dataclass(frozen=True, slots=True)
class DocNumber:
    """A document number at `start:end` of the text it was found in.

    `text` is the normal form; `prefix` the issuer's code or the body that gave an order, simplified;
    `year` is None for orders that state none.
    """

    text: str
    prefix: str
    year: int | None
    start: int
    end: int


def find_doc_numbers(text: str) -> tuple[DocNumber, ...]:
    """Return the document numbers in `text` from left to right, without overlaps; linear in its length."""
    folded = fold(text)
    found = [*_bracketed(folded), *_bare(folded), *_orders(folded)]
    found.sort(key=lambda number: (number.start, -number.end))
    kept: list[DocNumber] = []
    for number in found:
        if not kept or number.start >= kept[-1].end:
            kept.append(number)
    return tuple(kept)


def normalise_doc_number(written: str) -> str | None:
    """Return the normal form where `written` is one document number and nothing else, else None.

    Brackets around the whole and words such as 文号： before or 文件 after it are allowed.
    """
    folded = fold(written)
    numbers = find_doc_numbers(folded)
    if len(numbers) != 1:
        return None
    around = folded[: numbers[0].start] + folded[numbers[0].end :]
    return None if re.sub(r"文号|文件?|[\s:()〔〕\[\]【】《》]", "", around) else numbers[0].text


def _bracketed(folded: str) -> Iterator[DocNumber]:
    for match in _BRACKETED.finditer(folded):
        before = _prefix_before(folded, match.start(), _CUT)
        if before is None:
            continue
        prefix, start = before
        if match["mark"] or prefix[-1] in _LAST_CHARACTERS:
            yield _number(prefix, match, start)


def _bare(folded: str) -> Iterator[DocNumber]:
    for match in _BARE.finditer(folded):
        before = _prefix_before(folded, match.start(), _CUT)
        if before is not None and _GOVERNING.search(before[0]):
            yield _number(before[0], match, before[1])


def _number(prefix: str, match: re.Match[str], start: int) -> DocNumber:
    year, serial = int(match["year"]), int(match["serial"])
    return DocNumber(f"{prefix}〔{year}〕{serial}号", prefix, year, start, match.end())


def _orders(folded: str) -> Iterator[DocNumber]:
    for match in _ORDER.finditer(folded):
        if match["kind"] != "令" and match["year"] is None:
            continue
        before = _prefix_before(folded, match.start(), _CUT_ORDER, bodies=False)
        if before is None or not _ORDERING_BODY.search(before[0]):
            continue
        prefix, start = before
        year = int(match["year"]) if match["year"] else None
        stated = f"{year}年" if year else ""
        text = f"{prefix}{match['kind']}{stated}第{int(match['serial'])}号"
        yield DocNumber(text, prefix, year, start, match.end())


def _prefix_before(
    folded: str, position: int, sentence: re.Pattern[str], *, bodies: bool = True
) -> tuple[str, int] | None:
    """Return the issuer's code that ends at `position` and where it begins, or None where there is none."""
    window = max(0, position - _LOOK_BACK)
    run = _BEFORE.search(folded[window:position])
    if run is None:
        return None
    prefix, start = run["prefix"], window + run.start("prefix")
    cut = max((match.end() for match in sentence.finditer(prefix)), default=0)
    if bodies:
        cut = max([cut, *(m.end() for m in _BODY.finditer(prefix, cut) if _may_begin(prefix[m.end() :]))])
    prefix, start = prefix[cut:], start + cut
    return (prefix, start) if 1 < len(prefix) <= _LONGEST_PREFIX else None


def _may_begin(rest: str) -> bool:
    """Whether `rest` can be a whole code: two characters or more, the first not one that ends codes."""
    return len(rest) > 1 and rest[0] not in _LAST_CHARACTERS
