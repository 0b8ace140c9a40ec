"""Items that are dropped, alike, or assigned and missing."""

from __future__ import annotations

from corpus.model import DocumentKind
from tests.search.check.making import apply, draft, stored, target

SAFETY = target("校园安全", "每季度排查校园安全隐患，组织防灾演练2000场次以上。", year=2021)
PLACES = target("扩充学位", "全年新增中小学学位12000个以上。", year=2021)
EMERGENCY = "全市新建急救站点10处，急救平均反应时间不超过11分钟，组织市民急救技能培训5万人次。"


def test_a_dropped_item() -> None:
    one = draft(target("扩充学位", "全年新增中小学学位13000个以上。"))
    (remark,) = apply("item-dropped", one, stored(PLACES, SAFETY))
    assert "“校园安全”在草稿里没有对应的条目" in remark.message
    assert "防灾演练2000场次以上" in remark.message
    assert remark.target is None
    assert remark.evidence[0].quote == SAFETY.content


def test_a_reworded_item_is_not_dropped() -> None:
    one = draft(
        target("增加学位供给", "新增中小学学位13000个以上。"),
        target("平安校园建设", "每季度开展校园安全隐患排查，组织防灾演练2100场次以上。"),
    )
    assert apply("item-dropped", one, stored(PLACES, SAFETY)) == []


def test_another_units_item_in_nearly_the_same_words() -> None:
    others = stored(target("急救体系", EMERGENCY), number=2, unit="市卫生健康委员会")
    one = draft(target("校园急救", EMERGENCY.replace("市民", "师生").replace("10处", "12处")))
    (remark,) = apply("near-duplicate", one, (), others)
    assert "市卫生健康委员会2021年的“急救体系”" in remark.message
    assert remark.evidence[0].stored is others[0]


def test_ones_own_item_a_report_and_another_subject_are_no_duplicates() -> None:
    one = draft(target("校园急救", EMERGENCY))
    assert apply("near-duplicate", one, (), stored(target("急救", EMERGENCY), number=2)) == []
    report = stored(target("急救", EMERGENCY), number=2, unit="青岛市人民政府", kind=DocumentKind.REPORT)
    assert apply("near-duplicate", one, (), report) == []
    other = stored(target("路政", "查处违法超限车辆1500台次，结案率达到97%以上。"), number=2, unit="市公路局")
    assert apply("near-duplicate", one, (), other) == []


def plan(*responsible: str, year: int = 2022) -> tuple:  # type: ignore[type-arg]
    row = target("", "新建普惠性幼儿园20所，普惠园在园幼儿占比达到90%以上。", responsible=responsible)
    return stored(row, number=3, unit="市政府办公厅", year=year, kind=DocumentKind.PLAN)


def test_an_assigned_item_that_nothing_answers() -> None:
    one = draft(target("扩充学位", "全年新增中小学学位13000个以上。"))
    (remark,) = apply("report-uncovered", one, (), plan("市财政局", "市教育局"))
    assert "新建普惠性幼儿园20所" in remark.message
    assert "“市财政局、市教育局”负责" in remark.message


def test_assigned_items_that_are_answered_or_concern_others() -> None:
    answered = draft(target("普惠性幼儿园", "年底前新建普惠性幼儿园22所，普惠园幼儿占比达到91%。"))
    assert apply("report-uncovered", answered, (), plan("市教育局")) == []
    one = draft(target("扩充学位", "全年新增中小学学位13000个以上。"))
    assert apply("report-uncovered", one, (), plan("市财政局")) == []
    assert apply("report-uncovered", one, (), plan("市教育局", year=2021)) == []
