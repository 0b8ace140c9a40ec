from __future__ import annotations

from corpus.model import Place
from ingest.blocks import Block, Paragraph, Table
from ingest.readers.page_lines import Word
from ingest.readers.pages import Page, blocks_of
from ingest.readers.ruled import Rule
from tests.ingest.readers.test_page_lines import words

WIDTH, HEIGHT = 200.0, 400.0


def leaf(number: int, *placed: tuple[str, float, float], rules: tuple[Rule, ...] = ()) -> Page:
    found: list[Word] = [word for text, left, top in placed for word in words(text, left, top)]
    return Page(number, WIDTH, HEIGHT, tuple(found), rules)


def texts(blocks: tuple[Block, ...]) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Paragraph)]


def body(number: int) -> tuple[tuple[str, float, float], ...]:
    """Two lines that differ from page to page."""
    numeral = "一二三四五六"[number]
    return (f"第{numeral}件事全部完成，", 20, 120), ("验收合格。", 0, 136)


def test_running_heads_and_page_numbers_are_left_out_of_every_page() -> None:
    pages = [leaf(n + 1, ("内部资料", 60, 10), *body(n), (f"— {n + 1} —", 80, 380)) for n in range(3)]
    assert texts(blocks_of(pages)) == [f"第{n}件事全部完成，验收合格。" for n in "一二三"]


def test_a_running_head_that_names_a_year_is_kept_once() -> None:
    pages = [leaf(n + 1, ("2023年业务目标", 60, 10), *body(n)) for n in range(3)]
    assert texts(blocks_of(pages)).count("2023年业务目标") == 1


def test_a_larger_title_on_every_page_is_no_running_head() -> None:
    pages = [
        Page(n + 1, WIDTH, HEIGHT, (*words("业务目标", 60, 20, size=16), *leaf(n, *body(n)).words))
        for n in range(2)
    ]
    assert texts(blocks_of(pages)).count("业务目标") == 2


def test_a_year_alone_at_the_edge_is_a_page_number_but_not_in_the_text() -> None:
    (page,) = [leaf(1, ("2023年度", 60, 60), ("上半年计划", 0, 200), ("12", 90, 385))]
    assert texts(blocks_of([page])) == ["2023年度", "上半年计划"]


def test_a_paragraph_goes_on_over_the_end_of_a_page() -> None:
    first = leaf(
        1,
        ("我市要做好两件大事，一是新建绿道六十", 20, 300),
        ("公里，方便市民出行；二是开放草坪，供市民", 0, 316),
    )
    second = leaf(2, ("休憩。", 0, 20), ("各单位抓好落实。", 20, 36))
    found = blocks_of([first, second])
    assert texts(found) == [
        "我市要做好两件大事，一是新建绿道六十公里，方便市民出行；二是开放草坪，供市民休憩。",
        "各单位抓好落实。",
    ]
    assert [block.place for block in found] == [Place(page=1), Place(page=2)]


def test_a_ruled_table_stands_between_the_text_above_and_below_it() -> None:
    rules = (
        *(Rule(0, y, 200, y) for y in (100, 120, 160)),
        *(Rule(x, 100, x, 160) for x in (0, 50, 200)),
    )
    placed = (
        ("附表", 0, 80),
        ("序号", 5, 105),
        ("目标", 60, 105),
        ("1", 20, 135),
        ("新建绿道六十公里，完", 55, 125),
        ("成验收。", 55, 141),
        ("说明：略", 0, 180),
    )
    above, table, below = blocks_of([leaf(3, *placed, rules=rules)])
    assert isinstance(above, Paragraph)
    assert isinstance(below, Paragraph)
    assert (above.text, below.text) == ("附表", "说明：略")
    assert isinstance(table, Table)
    assert table.place == Place(page=3, table=1)
    assert [[cell.text if cell else None for cell in row] for row in table.grid()] == [
        ["序号", "目标"],
        ["1", "新建绿道六十公里，完\n成验收。"],  # there was room for 成 in the line above
    ]
    assert table.cells[3].place == Place(page=3, table=1, row=2)


def test_a_grid_without_a_word_in_it_is_no_table() -> None:
    rules = (
        *(Rule(0, y, 200, y) for y in (100, 120, 160)),
        *(Rule(x, 100, x, 160) for x in (0, 50, 200)),
    )
    assert texts(blocks_of([leaf(1, ("图例", 0, 80), rules=rules)])) == ["图例"]
    assert len(blocks_of([leaf(1, ("图例", 0, 80), rules=rules)])) == 1


def test_squares_that_are_merged_take_the_words_of_all_they_cover() -> None:
    rules = (
        *(Rule(0, y, 200, y) for y in (100, 160)),
        Rule(50, 130, 200, 130),
        *(Rule(x, 100, x, 160) for x in (0, 50)),
        Rule(120, 130, 120, 160),
        Rule(200, 100, 200, 160),
    )
    placed = (("重点", 10, 125), ("目标", 130, 110), ("甲", 60, 140), ("乙", 150, 140), ("注", 0, 180))
    table, below = blocks_of([leaf(1, *placed, rules=rules)])
    assert isinstance(table, Table)
    assert [(c.text, c.row, c.column, c.row_span, c.column_span) for c in table.cells] == [
        ("重点", 0, 0, 2, 1),
        ("目标", 0, 1, 1, 2),
        ("甲", 1, 1, 1, 1),
        ("乙", 1, 2, 1, 1),
    ]
    assert isinstance(below, Paragraph)
    assert below.text == "注"


def test_no_pages_hold_no_blocks() -> None:
    assert blocks_of([]) == ()
    assert blocks_of([Page(1, WIDTH, HEIGHT, ())]) == ()
