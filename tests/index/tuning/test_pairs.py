from pathlib import Path

import pytest

from corpus.catalog import Catalog
from corpus.model import DocumentKind, TargetDocument, TargetItem
from index.tuning.pairs import Pair, PairKind, collect_pairs, is_held_out, sample, worth_training
from tests.index.samples import store

OFFICE = "市政府办公厅"
LETTERS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
FIRST = "规范收文、发文和督办的各个环节，一般公文三个工作日内办结，办结率达到95%以上。"
SECOND = "完善公文运转流程，紧急公文当日办结，全年办结率不低于96%，每月通报一次。"


def _document(
    name: str, year: int | None, *items: TargetItem, unit: str | None = OFFICE, city: str | None = None
) -> TargetDocument:
    kind = DocumentKind.TARGETS if unit else DocumentKind.REPORT
    return TargetDocument(name, None, kind, unit, year, city, items, text="文件")


def _item(name: str | None, content: str, *headings: str) -> TargetItem:
    return TargetItem(category=None, number=None, name=name, content=content, heading_path=headings)


def _collected(folder: Path, *documents: TargetDocument) -> list[tuple[str, str, str]]:
    with Catalog.open(folder, create=True) as catalog:
        for document in documents:
            store(catalog, document)
        return [(pair.kind.value, pair.anchor, pair.positive) for pair in collect_pairs(catalog)]


def test_a_name_goes_with_its_content_and_with_itself_in_another_year(tmp_path: Path) -> None:
    assert _collected(
        tmp_path,
        _document("a.txt", 2012, _item("一、提高公文质效", FIRST)),
        _document("b.txt", 2014, _item("提高公文质效", SECOND)),
    ) == [
        ("name", "提高公文质效", FIRST),
        ("name", "提高公文质效", SECOND),
        ("years", SECOND, FIRST),
    ]


def test_another_unit_s_item_of_the_name_is_not_the_same_item(tmp_path: Path) -> None:
    found = _collected(
        tmp_path,
        _document("a.txt", 2012, _item("提高公文质效", FIRST)),
        _document("b.txt", 2014, _item("提高公文质效", SECOND), unit="市财政局"),
        _document("c.txt", None, _item("提高公文质效", SECOND + "另行通报。")),
    )
    assert [kind for kind, _, _ in found] == ["name", "name", "name"]


def test_what_differs_in_figures_only_teaches_nothing(tmp_path: Path) -> None:
    found = _collected(
        tmp_path,
        _document("a.txt", 2012, _item("提高公文质效", FIRST)),
        _document("b.txt", 2013, _item("提高公文质效", FIRST.replace("95", "96"))),
    )
    assert [kind for kind, _, _ in found] == ["name", "name"]


def test_a_paragraph_s_first_sentence_is_its_name_and_headings_go_with_it(tmp_path: Path) -> None:
    rest = "新增停车泊位三千个，改造老旧小区一百个，惠及居民两万户。"
    found = _collected(
        tmp_path,
        _document(
            "2014.md",
            2014,
            _item(
                None, "（二）加快城市更新步伐。" + rest, "二、2014年主要任务", "（三）着力改善人居环境质量"
            ),
            unit=None,
            city="青岛市",
        ),
    )
    assert found == [
        ("name", "加快城市更新步伐", rest),
        ("heading", "着力改善人居环境质量", rest),
    ]


@pytest.mark.parametrize("heading", ["二、2014年主要任务", "一、过去五年工作回顾", "三、要求"])
def test_a_heading_that_names_a_part_of_a_report_is_no_subject(tmp_path: Path, heading: str) -> None:
    found = _collected(tmp_path, _document("a.md", 2014, _item(None, FIRST, heading)))
    assert [kind for kind, _, _ in found] == []  # one sentence: no name either


def test_a_heading_has_few_paragraphs_and_no_repetition(tmp_path: Path) -> None:
    heading = "着力改善人居环境质量"
    items = [
        _item(f"更新事项{letter}类", f"第{letter}类事项要求：{FIRST}", heading) for letter in "甲乙丙丁戊"
    ]
    items.append(_item("改善环境", f"{heading}，{SECOND}", heading))
    found = _collected(tmp_path, _document("a.txt", 2014, *items))
    assert [kind for kind, _, _ in found] == ["name"] * 6 + ["heading"] * 3
    assert all(not positive.startswith(heading) for kind, _, positive in found if kind == "heading")


def test_contacts_and_long_contents_are_cut(tmp_path: Path) -> None:
    content = "联系人：王某某 联系电话：0532-85911111。" + FIRST * 20
    ((_, _, positive),) = _collected(tmp_path, _document("a.txt", 2012, _item("提高公文质效", content)))
    assert "王某某" not in positive
    assert "85911111" not in positive
    assert len(positive) == 300


def test_the_split_depends_on_the_name_alone() -> None:
    assert [is_held_out(key) for key in ("提高公文质效", "加快城市更新步伐", "公文办理提速")] == [
        False,
        False,
        False,
    ]
    held_out = [number for number in range(60) if is_held_out(f"事项{number}")]
    assert held_out == [23, 37, 41, 45, 51, 56, 59]
    assert Pair(PairKind.NAME, "事项23", 1, 1, "甲", "乙").is_held_out


def test_the_same_item_over_the_years_is_on_one_side(tmp_path: Path) -> None:
    documents = [
        _document(
            f"{year}.txt", year, *(_item(f"{letter}类事项办理", f"{year}：{FIRST}") for letter in LETTERS)
        )
        for year in (2012, 2013)
    ]
    with Catalog.open(tmp_path, create=True) as catalog:
        for document in documents:
            store(catalog, document)
        pairs = collect_pairs(catalog)
    trained = {pair.key for pair in pairs if not pair.is_held_out}
    assert (len(trained), len({pair.key for pair in pairs})) == (15, 22)
    assert trained.isdisjoint(pair.key for pair in pairs if pair.is_held_out)


def test_a_sample_takes_whole_documents_in_their_order() -> None:
    pairs = [
        Pair(PairKind.NAME, f"{document}-{row}", document, row, "问", "答")
        for document in range(1, 6)
        for row in range(4)
    ]
    chosen = sample(pairs, 8)
    documents = sorted({pair.document_id for pair in chosen})
    assert len(documents) == 2
    assert [pair for pair in pairs if pair.document_id in documents] == list(chosen)
    assert sample(pairs, 100) == tuple(pairs)
    assert len(sample(pairs, 3)) == 3


def test_headings_are_trained_on_where_names_are_few() -> None:
    def pairs(names: int) -> tuple[Pair, ...]:
        kinds = [PairKind.NAME] * (names - 1) + [PairKind.HEADING] * 5 + [PairKind.YEARS]
        return tuple(Pair(kind, str(row), 1, row, "问", "答") for row, kind in enumerate(kinds))

    assert worth_training(pairs(999)) == pairs(999)
    found = worth_training(pairs(1000))
    assert [pair.kind for pair in found] == [PairKind.NAME] * 999 + [PairKind.YEARS]
