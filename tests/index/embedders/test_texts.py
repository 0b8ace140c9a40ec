import pytest

from index.embedders.texts import readable


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公文 A", "公文 A"),
        ("", ""),
        ("a\x00b", "a\x00b"),
        ("坏\ud800字", "坏\ufffd字"),
        ("\udc00", "\ufffd"),
        ("\ud83c\udf89", "🎉"),
        ("🎉𠮷", "🎉𠮷"),
        ("公文办结率", "公文办"),
    ],
)
def test_readable_text_can_always_be_written(text: str, expected: str) -> None:
    found = readable(text, 3 if text == "公文办结率" else 100)
    assert found == expected
    found.encode("utf-8")
