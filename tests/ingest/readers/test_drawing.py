from __future__ import annotations

from ingest.readers.drawing import IDENTITY, Matrix, moved, rules_of, times
from ingest.readers.ruled import Rule


def test_matrices_apply_the_inner_first() -> None:
    scaled: Matrix = (2, 0, 0, 3, 0, 0)
    shifted: Matrix = (1, 0, 0, 1, 10, 20)
    assert moved((1, 1), times(scaled, shifted)) == (12, 23)
    assert moved((1, 1), times(shifted, scaled)) == (22, 63)
    assert times(IDENTITY, scaled) == scaled


def test_straight_strokes_are_rules_and_slanting_ones_and_curves_are_not() -> None:
    stretch = [(0.0, 0.0), (50.0, 0.0), (80.0, 40.0), None, (80.0, 90.0), (80.0, 0.0)]
    assert list(rules_of([stretch], is_stroked=True, is_filled=False, thickest=3)) == [
        Rule(0, 0, 50, 0),
        Rule(80, 0, 80, 90),
    ]


def test_a_filled_shape_is_a_rule_where_it_is_as_thin_as_one() -> None:
    def box(height: float) -> list[tuple[float, float] | None]:
        return [(0, 10), (100, 10), (100, 10 + height), (0, 10 + height), (0, 10)]

    drawn = list(rules_of([box(0.5), box(30)], is_stroked=False, is_filled=True, thickest=3))
    assert drawn == [Rule(0, 10, 100, 10.5)]
    assert list(rules_of([box(30)], is_stroked=False, is_filled=False, thickest=3)) == []
