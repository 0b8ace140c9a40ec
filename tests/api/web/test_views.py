from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from api.conversions.results import hit_to_json, interpreted_to_json
from api.schemas.results import HighlightJson
from api.web.forms import Chip, Form, chips
from api.web.views import LONGEST_EXCERPT, AnswerPart, HitView, Segment, answer_parts, hit_view, segments
from corpus.model import Field
from search.results import Interpreted
from tests.api.samples import HIT, ITEM


def _mark(start: int, end: int, kind: str = "word") -> HighlightJson:
    return HighlightJson(kind, Field.CONTENT, start, end, "")


def _joined(found: tuple[Segment, ...]) -> str:
    return "".join(segment.text for segment in found)


def test_marked_stretches_rejoin_to_the_text() -> None:
    found = tuple(segments("甲乙丙丁戊己", [_mark(1, 3), _mark(4, 5, "figure")], 0, 6))
    assert found == (
        Segment("甲", None),
        Segment("乙丙", "word"),
        Segment("丁", None),
        Segment("戊", "figure"),
        Segment("己", None),
    )


def test_of_overlapping_marks_the_first_wins() -> None:
    found = tuple(segments("甲乙丙丁", [_mark(1, 4, "city"), _mark(0, 2)], 0, 4))
    assert found == (Segment("甲乙", "word"), Segment("丙丁", "city"))


def test_marks_outside_the_stretch_are_left_out() -> None:
    assert tuple(segments("甲乙丙丁", [_mark(0, 1), _mark(3, 4)], 1, 3)) == (Segment("乙丙", None),)


def _long_view(content: str, start: int, end: int) -> HitView:
    hit = hit_to_json(
        replace(HIT, stored=replace(HIT.stored, item=replace(ITEM, content=content)), highlights=())
    )
    return hit_view(replace(hit, highlights=(_mark(start, end),)))


def test_a_long_text_is_cut_around_its_marks() -> None:
    content = "前" * 1000 + "办结率" + "后" * 1000
    view = _long_view(content, 1000, 1003)
    assert len(_joined(view.content)) == LONGEST_EXCERPT + 2
    assert Segment("办结率", "word") in view.content
    assert view.content[0] == view.content[-1] == Segment("…", None)


def test_a_short_text_is_shown_whole_with_its_address() -> None:
    view = hit_view(hit_to_json(HIT))
    assert _joined(view.content) == ITEM.content
    assert _joined(view.name) == ITEM.name
    assert view.address == "/documents/7#item-41"


def _asked(chip: Chip) -> dict[str, list[str]]:
    return parse_qs(urlsplit(chip.address).query)


def test_a_chip_takes_off_its_filter_and_keeps_the_others() -> None:
    interpreted = interpreted_to_json(
        Interpreted(query="2015年办公厅新闻发布会", text="新闻发布会", years=(2015,), units=("市政府办公厅",))
    )
    year, unit = chips("/", Form(q="2015年办公厅新闻发布会"), interpreted)
    assert (year.label, unit.label) == ("2015年", "市政府办公厅")
    assert _asked(year) == {"q": ["新闻发布会"], "unit": ["市政府办公厅"], "literal": ["1"]}
    assert _asked(unit) == {"q": ["新闻发布会"], "year": ["2015"], "literal": ["1"]}


def test_two_years_that_stay_go_back_into_the_words() -> None:
    interpreted = interpreted_to_json(
        Interpreted(query="x", text="新闻发布会", years=(2012, 2021), units=("市政府办公厅",))
    )
    first, second, unit = chips("/trends", Form(q="x"), interpreted)
    assert _asked(first) == {
        "q": ["新闻发布会"],
        "year": ["2021"],
        "unit": ["市政府办公厅"],
        "literal": ["1"],
    }
    assert _asked(second)["year"] == ["2012"]
    assert _asked(unit) == {"q": ["2012年 2021年 新闻发布会"]}


def test_a_query_of_nothing_but_filters_keeps_its_words() -> None:
    interpreted = interpreted_to_json(Interpreted(query="2015年", text="", years=(2015,)))
    (chip,) = chips("/", Form(q="2015年"), interpreted)
    assert _asked(chip) == {"q": ["2015年"], "literal": ["1"]}


def test_more_hits_stop_at_the_limit() -> None:
    form = Form(q="x", k=90)
    more = form.more()
    assert more is not None
    assert more.k == 100
    assert more.more() is None
    assert more.query_string() == "q=x&k=100"


def test_marks_of_an_answer_lead_to_its_citations() -> None:
    assert answer_parts("2012年30次[1]；[3]年[x]。", 2) == (
        AnswerPart("2012年30次", None),
        AnswerPart("[1]", 1),
        AnswerPart("；", None),
        AnswerPart("[3]", None),
        AnswerPart("年[x]。", None),
    )


def test_years_in_a_row_are_one_chip() -> None:
    interpreted = interpreted_to_json(
        Interpreted(query="x", text="发布会", years=(2012, 2013, 2014), units=("海市办公室",))
    )
    years, unit = chips("/ask", Form(q="x"), interpreted)
    assert (years.label, unit.label) == ("2012—2014年", "海市办公室")
    assert _asked(years) == {"q": ["发布会"], "unit": ["海市办公室"], "literal": ["1"]}
    assert _asked(unit) == {"q": ["2012年 2013年 2014年 发布会"]}


def test_what_hits_must_hold_is_one_chip_and_stays_with_the_others() -> None:
    interpreted = interpreted_to_json(
        Interpreted(
            query="x",
            text="“新闻发布会” 场次",
            years=(2012,),
            phrases=("新闻发布会",),
            excluded=("会议",),
        )
    )
    year, held = chips("/", Form(q="x"), interpreted)
    assert _asked(year) == {"q": ["“新闻发布会” 场次 -会议"]}
    assert held.label == "含“新闻发布会”，不含“会议”"
    assert _asked(held) == {"q": ["新闻发布会 场次"], "year": ["2012"], "literal": ["1"]}
