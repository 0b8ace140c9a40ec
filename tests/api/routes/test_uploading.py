from __future__ import annotations

import pytest

from api.routes.uploading import LONGEST_NAME, safe_name
from corpus.errors import WrongUse


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("目标.docx", "目标.docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\某某\\目标.doc", "目标.doc"),
        ("目\x00标\n.txt", "目标.txt"),
        ("目标\u202ecod.txt", "目标cod.txt"),
        ("...隐藏.txt", "隐藏.txt"),
        ('<img src="x">.txt', "img src=x.txt"),
        ("  无后缀  ", "无后缀"),
    ],
)
def test_only_a_plain_name_is_left(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_long_name_keeps_its_suffix() -> None:
    name = safe_name("目" * 300 + ".xlsx")
    assert name.endswith("目.xlsx")
    assert len(name.encode()) <= LONGEST_NAME


@pytest.mark.parametrize("name", [None, "", "/", "..", "...", "\x00", ".txt/", "a/"])
def test_no_name_is_wrong_use(name: str | None) -> None:
    with pytest.raises(WrongUse, match="没有可用的名称"):
        safe_name(name)
