from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from corpus.text import fold


def test_width_case_and_traditional_characters_are_folded() -> None:
    assert fold("政務熱線１２３４５（ＡＢＣ）") == "政务热线12345(abc)"


def test_a_character_that_would_become_several_is_kept() -> None:
    assert fold("①㈱ﬁ…") == "1㈱ﬁ…"


def test_the_short_cut_for_simplified_characters_agrees_with_the_converter() -> None:
    converter = OpenCC("t2s")
    han = [chr(code) for code in range(0x4E00, 0xA000)]
    expected = [converter.convert(character) for character in han]
    assert fold("".join(han)) == "".join(
        simplified if len(simplified) == 1 else written
        for written, simplified in zip(han, expected, strict=True)
    )


@given(st.text())
def test_length_is_kept_and_folding_twice_changes_nothing(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded


@given(st.text(alphabet=st.characters(), min_size=1), st.integers(1, 40))
def test_a_long_text_is_folded_as_its_parts_are(text: str, times: int) -> None:
    assert fold(text * times * 100) == "".join(map(fold, text)) * times * 100
    assert fold(text + "，" * 200) == "".join(map(fold, text)) + "," * 200


def test_broken_and_empty_characters_survive_in_a_long_text() -> None:
    text = "\ud800Ａ\0\U0001f600" + "學" * 200
    assert fold(text) == "\ud800a\0\U0001f600" + "学" * 200
