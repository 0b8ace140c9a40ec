from __future__ import annotations

from ingest.readers.ruled import Grid, Rule, grids_of


def across(y: float, x0: float, x1: float) -> Rule:
    return Rule(x0, y, x1, y)


def down(x: float, y0: float, y1: float) -> Rule:
    return Rule(x, y0, x, y1)


def places(grid: Grid) -> list[tuple[int, int, int, int]]:
    return [(s.row, s.column, s.row_end, s.column_end) for s in grid.squares]


def test_a_plain_grid_has_a_square_for_each_cell() -> None:
    (grid,) = grids_of([*(across(y, 0, 100) for y in (0, 20, 60)), *(down(x, 0, 60) for x in (0, 30, 100))])
    assert places(grid) == [(0, 0, 1, 1), (0, 1, 1, 2), (1, 0, 2, 1), (1, 1, 2, 2)]
    assert (grid.squares[3].left, grid.squares[3].top, grid.squares[3].right) == (30, 20, 100)


def test_squares_without_a_line_between_them_are_one_cell() -> None:
    rules = [
        *(across(y, 0, 100) for y in (0, 20, 60)),
        across(40, 30, 100),
        *(down(x, 0, 60) for x in (0, 30)),
    ]
    (grid,) = grids_of([*rules, down(70, 20, 60), down(100, 0, 60)])
    assert places(grid) == [
        (0, 0, 1, 1),
        (0, 1, 1, 3),  # merged sideways
        (1, 0, 3, 1),  # merged downwards
        (1, 1, 2, 2),
        (1, 2, 2, 3),
        (2, 1, 3, 2),
        (2, 2, 3, 3),
    ]


def test_lines_in_pieces_double_and_slightly_off_are_one() -> None:
    pieces = [Rule(x, 19.6, x + 9, 20.1) for x in range(0, 100, 10)]
    doubled = [down(x, 0, 60) for x in (0, 29, 30.5, 100)]
    (grid,) = grids_of([across(0, 0, 100), *pieces, across(60.4, 1, 99), *doubled])
    assert places(grid) == [(0, 0, 1, 1), (0, 1, 1, 2), (1, 0, 2, 1), (1, 1, 2, 2)]


def test_a_table_open_at_its_sides_and_its_end_keeps_the_outer_cells() -> None:
    (grid,) = grids_of([across(0, 0, 100), across(20, 0, 100), down(30, 0, 55), down(60, 0, 55)])
    assert len(places(grid)) == 6
    assert (grid.left, grid.right, grid.bottom) == (0, 100, 55)


def test_an_angular_area_becomes_rectangles_that_do_not_overlap() -> None:
    frame = [across(0, 0, 90), across(60, 0, 90), down(0, 0, 60), down(90, 0, 60)]
    (grid,) = grids_of([*frame, across(30, 0, 45), down(45, 0, 60)])
    covered = [
        (r, c) for s in grid.squares for r in range(s.row, s.row_end) for c in range(s.column, s.column_end)
    ]
    assert len(covered) == len(set(covered)) == max(r for r, _ in covered) * 2 + 2


def test_frames_single_columns_and_underlines_are_no_tables() -> None:
    frame = [across(0, 0, 100), across(60, 0, 100), down(0, 0, 60), down(100, 0, 60)]
    assert grids_of(frame) == ()
    assert grids_of([*frame, across(20, 0, 100), across(40, 0, 100)]) == ()
    assert grids_of([across(y, 0, 100) for y in (0, 20, 40)]) == ()


def test_two_tables_are_apart_and_one_inside_a_cell_is_not_a_table_of_its_own() -> None:
    def table(left: float, top: float, size: float) -> list[Rule]:
        half = size / 2
        lines = [across(top + y, left, left + size) for y in (0, half, size)]
        return lines + [down(left + x, top, top + size) for x in (0, half, size)]

    found = grids_of([*table(0, 0, 100), *table(0, 200, 100), *table(10, 10, 30)])
    assert [(g.top, len(g.squares)) for g in found] == [(0, 4), (200, 4)]


def test_too_many_lines_are_given_up() -> None:
    rules = [across(10.0 * n, 0, 9000) for n in range(2000)] + [down(10.0 * n, 0, 20000) for n in range(2000)]
    assert grids_of(rules) == ()
