from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import contacts
from corpus.contacts import REDACTED as HIDDEN
from corpus.contacts import redact
from corpus.text import fold


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "单位名称：市某局     主要负责人：某甲乙        联系人：某丙      联系电话：85000000",
            f"单位名称：市某局     主要负责人：{HIDDEN}        联系人：{HIDDEN}      联系电话：{HIDDEN}",
        ),
        ("联系人\t某丙\t联系电话\t85000000", f"联系人\t{HIDDEN}\t联系电话\t{HIDDEN}"),
        ("（联系人：某甲、某乙，电话：0532-85000000）", f"（联系人：{HIDDEN}，电话：{HIDDEN}）"),
        ("請聯繫某甲，聯繫電話：85000000。", f"請聯繫某甲，聯繫電話：{HIDDEN}。"),
        ("值班手机13800000000。", f"值班手机{HIDDEN}。"),
        ("可致电(0532)8500-0000或0532-85000000转办", f"可致电{HIDDEN}或{HIDDEN}转办"),
        ("联系电话85000000，", f"联系电话{HIDDEN}，"),
        ("邮箱 someone@example.gov.cn", f"邮箱 {HIDDEN}"),
    ],
)
def test_contacts_are_hidden(text: str, expected: str) -> None:
    assert redact(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "12345政务服务便民热线按期办结率98%",
        "引进外资85亿美元，检测6万批次以上",
        "（青政办发〔2012〕15号）",
        "单位主要负责人要亲自抓，联系人大代表不少于4次",
        "2020年以来，苏州市按照江苏省统一部署要求",
        "",
    ],
)
def test_everything_else_stays(text: str) -> None:
    assert redact(text) == text


def test_lines_stay_lines() -> None:
    text = "甲\n联系人：某甲\n联系电话：\n85000000\n乙"
    assert redact(text).count("\n") == text.count("\n")
    assert redact(text).startswith(f"甲\n联系人：{HIDDEN}\n")


@given(st.text(st.sampled_from("电话手机传真：:|\t@a.c①²０1385- ()（）人办件"), max_size=40))
def test_what_is_passed_over_quickly_holds_nothing_to_hide(text: str) -> None:
    if contacts._POSSIBLE.search(text) is None:
        folded = fold(text)
        assert not any(found.group("value").strip() for found in contacts._LABELLED.finditer(folded))
        for pattern in (contacts._MOBILE, contacts._LANDLINE, contacts._LOCAL, contacts._MAIL):
            assert pattern.search(folded) is None
