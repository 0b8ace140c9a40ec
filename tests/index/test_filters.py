from index.filters import ALL, Filter


def test_values_that_no_catalog_can_hold_are_left_out() -> None:
    asked = Filter(years=frozenset([2021, 10**30]), units=frozenset(["市政府", "\udcff"]), cities=frozenset())
    assert asked.possible() == Filter(
        years=frozenset([2021]), units=frozenset(["市政府"]), cities=frozenset()
    )
    assert Filter(years=frozenset([10**30])).possible() == Filter(years=frozenset())
    assert ALL.possible() == ALL
