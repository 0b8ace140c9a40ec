from collections import Counter
from pathlib import Path

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text import fold
from index.segmenter import _TOTAL_FREQUENCY, Segmenter, bulk_segmenter, segmenter, terms
from index.tokens import grams, query_tokens, tokens, words


def texts_of(text: str) -> list[str]:
    return [word.text for word in words(text)]


def test_document_numbers_and_figures_stay_whole() -> None:
    text = "按照青政办发 （2012）15号，全年办结率达到９６％以上，检测6万批次，由30个工作日压缩至7个工作日"
    found = texts_of(text)
    for whole in ("青政办发〔2012〕15号", "96%", "6万批次", "30个工作日", "7个工作日"):
        assert whole in found
    assert query_tokens(text).kept == ("青政办发〔2012〕15号", "96%", "6万批次", "30个工作日", "7个工作日")


def test_one_document_number_is_one_word_however_it_is_written() -> None:
    written = ("青政办发〔2012〕15号", "青政办发[2012]15号", "青政办发（2012） 15号", "青政办發【2012】15號")
    assert {texts_of(one)[0] for one in written} == {"青政办发〔2012〕15号"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("减少文山会海", ["减少", "文山会海"]),
        ("12345热线回复率", ["12345", "热线", "回复率"]),
        ("营商环境", ["营商环境"]),
        ("《政府工作报告》，", ["政府工作报告"]),
        ("PM2.5浓度", ["pm2.5", "浓度"]),
        ("2015年办公厅新闻发布会目标", ["2015年", "办公厅", "新闻发布会", "目标"]),
        ("", []),
        ("，。 \n、", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert texts_of(text) == expected


def test_traditional_and_full_width_text_gives_the_same_tokens() -> None:
    assert tokens("營商環境優化達１２３４５件") == tokens("营商环境优化达12345件")


def test_grams_are_characters_and_neighbours_and_never_reach_across_punctuation() -> None:
    assert grams("公文，12345热线GDP 3.0") == ("公", "文", "公文", "12345", "热", "线", "热线", "gdp", "3.0")
    assert grams("，。！") == ()


def test_words_say_where_they_stand() -> None:
    text = "提升 公文處理質效，全年９６％。"
    for word in words(text):
        assert fold(text[word.start : word.end]) == word.text
    assert [text[w.start : w.end] for w in words(text)] == ["提升", "公文處理", "質效", "全年", "９６％"]


@given(st.text())
def test_any_text_gives_ordered_disjoint_words_without_white_space(text: str) -> None:
    end = 0
    for word in words(text):
        assert end <= word.start < word.end <= len(text)
        assert not any(character.isspace() for character in word.text)
        end = word.end
    assert not any(character.isspace() for gram in grams(text) for character in gram)


@given(st.text(alphabet="公文会议市政府办理率第〔〕（）年号123%.，。 \ud800", max_size=40))
def test_awkward_text_gives_tokens(text: str) -> None:
    found = tokens(text)
    assert all(any(map(str.isalnum, token)) for token in found.words + found.grams)


def dictionary() -> Path:
    return Path(jieba.__file__).with_name("dict.txt")


def test_the_dictionary_is_what_the_segmenter_expects() -> None:
    lines = dictionary().read_text(encoding="utf-8").splitlines()
    assert sum(int(line.split(" ")[1]) for line in lines) == _TOTAL_FREQUENCY
    first = next(number for number, line in enumerate(lines) if line.startswith("一"))
    characters = [line[0].encode() for line in lines[first:]]
    assert characters == sorted(characters)
    assert first < 100


def test_words_are_those_of_jieba_with_our_terms(tmp_path: Path) -> None:
    whole = jieba.Tokenizer()
    whole.tmp_dir = str(tmp_path)
    whole.initialize()
    for term in terms():
        whole.add_word(term, 20_000)
    whole.total = _TOTAL_FREQUENCY
    text = (
        "围绕企业职工最关心的问题，副部长约谈相关负责人；加快公文运转，确保文电处理严谨有序。"
        "内部管理方面均须整改，飞书实现全员覆盖，高富帅、高姓大名和吉林工业大学不在其中。龢龥"
    )
    assert list(segmenter().cut(text)) == list(whole.cut(text))


def test_mixed_words_of_the_dictionary_are_found_in_folded_text() -> None:
    assert texts_of("T恤、阿Q和卡拉扬") == ["t恤", "阿q", "和", "卡拉扬"]


def test_a_word_is_found_after_others_with_its_first_character_were_loaded() -> None:
    fresh = Segmenter(dictionary(), ("公文办结率",))
    assert list(fresh.cut("公")) == ["公"]
    assert list(fresh.cut("公文办结率公园")) == ["公文办结率", "公园"]


def test_terms_are_many_distinct_and_needed() -> None:
    known = {line.split(" ")[0] for line in dictionary().read_text(encoding="utf-8").splitlines()}
    assert 200 <= len(terms()) <= 500
    assert len(set(terms())) == len(terms())
    assert [term for term in terms() if fold(term) != term or term in known] == []
    assert [term for term in terms() if list(segmenter().cut(term)) != [term]] == []


def test_documents_are_cut_as_queries_are() -> None:
    folder = Path(__file__).parents[2] / "corpus" / "documents"
    sentences = [
        line for path in folder.glob("*.txt") for line in path.read_text(encoding="utf-8").split("。")
    ]
    pairs = [(texts_of(sentence), list(tokens(sentence).words)) for sentence in sentences]
    assert len(pairs) > 90
    together = [(Counter(asked), Counter(indexed)) for asked, indexed in pairs]
    missed = sum((asked - indexed).total() for asked, indexed in together)
    assert missed <= 0.005 * sum(asked.total() for asked, _ in together)


def test_all_our_terms_stay_whole_in_documents() -> None:
    assert [term for term in terms() if tokens(term).words != (term,)] == []


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x10FFFF), max_size=40))
def test_cutting_documents_keeps_the_length_of_any_text(text: str) -> None:
    assert len("".join(bulk_segmenter().cut(fold(text)))) == len(fold(text))
