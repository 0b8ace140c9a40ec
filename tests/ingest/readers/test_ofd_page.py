from __future__ import annotations

import pytest
from lxml import etree

from ingest.readers.ofd_page import PageContent, Shown, numbers_in, steps_in, stretches_in
from ingest.readers.ruled import Rule
from tests.ingest.readers.ofd_writing import SPACE


def content(objects: str, *, origin: tuple[float, float] = (0, 0), units: str = "") -> PageContent:
    found = PageContent(origin, {u.get("ID", ""): u for u in etree.fromstring(f"<Res {SPACE}>{units}</Res>")})
    found.take(etree.fromstring(f"<ofd:Content {SPACE}><ofd:Layer>{objects}</ofd:Layer></ofd:Content>"))
    return found


def text_object(text: str, *, at: str = "10 20 50 5", more: str = "", code: str = 'X="0" Y="4.4"') -> str:
    return (
        f'<ofd:TextObject Boundary="{at}" Size="5" {more}><ofd:TextCode {code}>{text}</ofd:TextCode>'
        "</ofd:TextObject>"
    )


def placed(found: PageContent) -> list[tuple[str, float, float, float, float]]:
    return [
        (w.text, round(w.left, 3), round(w.top, 3), round(w.right, 3), round(w.bottom, 3))
        for w in found.words
    ]


@pytest.mark.parametrize(
    ("written", "steps"),
    [
        ("2 g 3 1.5", [2, 1.5, 1.5, 1.5]),
        ("g 2 4 G 1 7", [4, 4, 7]),
        ("1 x 2", [1, 0, 2]),
        ("g", []),
        ("g -3 5", []),
        (None, []),
    ],
)
def test_steps_between_characters(written: str | None, steps: list[float]) -> None:
    assert steps_in(written) == steps


def test_steps_are_bounded() -> None:
    assert len(steps_in("g 999999 1 g 999999 1")) == 20_000


def test_what_is_no_number_counts_as_nothing() -> None:
    assert numbers_in("1 nan inf 1e300 x -2.5") == [1, 0, 0, 0, 0, -2.5]


def test_characters_stand_where_their_steps_put_them() -> None:
    found = content(text_object("办结率96%", code='X="1" Y="4.4" DeltaX="g 2 5 5 2.5 2.5"'))
    assert placed(found) == [
        ("办", 11, 20, 16, 25),
        ("结", 16, 20, 21, 25),
        ("率", 21, 20, 26, 25),
        ("9", 26, 20, 28.5, 25),
        ("6", 28.5, 20, 31, 25),
        ("%", 31, 20, 33.5, 25),
    ]


def test_blanks_are_kept_before_the_next_character() -> None:
    found = content(text_object("推进 OA", code='X="0" Y="4.4"'))
    assert [(w.text, w.blanks) for w in found.words] == [("推", ""), ("进", ""), ("O", " "), ("A", "")]


def test_text_runs_downwards_where_only_downward_steps_are_stated() -> None:
    found = content(text_object("甲乙", code='X="0" Y="4.4" DeltaY="5"'))
    assert [(w.text, w.left, w.top) for w in found.words] == [("甲", 10, 20), ("乙", 10, 25)]


def test_scaled_text_counts_slanted_and_invisible_text_does_not() -> None:
    assert placed(content(text_object("甲", more='CTM="2 0 0 2 0 0"'))) == [("甲", 10, 20, 20, 30)]
    assert placed(content(text_object("机密", more='CTM="0.7 0.7 -0.7 0.7 0 0"'))) == []
    assert placed(content(text_object("甲", more='Visible="false"'))) == []


def test_the_page_begins_at_its_origin() -> None:
    assert placed(content(text_object("甲"), origin=(10, 20))) == [("甲", 0, 0, 5, 5)]


def path(data: str, *, more: str = "", inner: str = "") -> str:
    return (
        f'<ofd:PathObject Boundary="5 5 1 1" {more}>{inner}'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def test_strokes_along_the_page_are_rules() -> None:
    drawn = content(path("M 0 0 L 40 0 L 40 30 L 0 0") + path("S 0 0 L 0 9 C"))
    assert drawn.rules == [Rule(5, 5, 45, 5), Rule(45, 5, 45, 35), Rule(5, 5, 5, 14), Rule(5, 5, 5, 14)]


def test_curves_are_no_rules_but_where_they_end_counts() -> None:
    assert list(stretches_in("M 0 0 B 1 1 2 2 9 0 L 9 8 Q 1 1 2 2 A 1 1 0 0 0 5 5 x M 1 1 L 2")) == [
        [],
        [(0, 0), None, (9, 0), (9, 8), None, (2, 2), None, (5, 5)],
        [(1, 1)],
    ]


@pytest.mark.parametrize(
    ("more", "inner", "count"),
    [
        ("", "", 1),
        ('Stroke="false"', "", 0),
        ('Stroke="false" Fill="true"', "", 1),
        ("", '<ofd:StrokeColor Value="255 255 255"/>', 0),
        ("", '<ofd:StrokeColor Value="0 0 0" Alpha="0"/>', 0),
        ("", '<ofd:StrokeColor Value="200 0 0"/>', 1),
    ],
)
def test_only_lines_that_can_be_seen_are_rules(more: str, inner: str, count: int) -> None:
    assert len(content(path("M 0 0 L 40 0", more=more, inner=inner)).rules) == count


def test_pictures_are_noted_with_their_area() -> None:
    found = content('<ofd:ImageObject ResourceID="5" Boundary="0 0 20 10" CTM="20 0 0 10 0 0"/>')
    assert found.pictures == [Shown("5", 200)]


def test_composites_are_drawn_where_they_are_placed_and_never_forever() -> None:
    unit = (
        f'<ofd:CompositeGraphicUnit ID="3"><ofd:Content>{text_object("甲", at="0 0 5 5")}'
        '<ofd:CompositeObject ResourceID="3" Boundary="0 0 1 1"/></ofd:Content></ofd:CompositeGraphicUnit>'
    )
    found = content('<ofd:CompositeObject ResourceID="3" Boundary="30 40 5 5"/>', units=unit)
    assert placed(found)[0] == ("甲", 30, 40, 35, 45)
    assert len(found.words) == 6
