"""Addresses that narrow a search."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from api.conversions.results import interpreted_to_json
from api.schemas.facets import FacetJson, FacetsJson
from api.web.forms import Form, chips, facet_groups
from search.results import Interpreted

FACETS = FacetsJson(
    counted=9,
    years=(FacetJson(2021, 5), FacetJson(2012, 3), FacetJson(None, 1)),
    units=(FacetJson("办公厅", 9),),
    cities=(),
    categories=tuple(FacetJson(f"类{n}", 1) for n in range(9)),
    kinds=(FacetJson("targets", 8), FacetJson("report", 1)),
)
FOUND = interpreted_to_json(Interpreted("办公厅公文", "公文", units=("办公厅",)))


def _asked(address: str | None) -> dict[str, str]:
    assert address is not None
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def test_a_facet_adds_its_value_and_keeps_what_is_in_effect() -> None:
    years = facet_groups("/", Form(q="办公厅公文"), FOUND, FACETS)[0]
    assert (years.label, [(one.label, one.count) for one in years.values]) == (
        "年份",
        [("2021年", 5), ("2012年", 3), ("不明", 1)],
    )
    assert _asked(years.values[0].address) == {"q": "公文", "year": "2021", "unit": "办公厅", "literal": "1"}
    assert years.values[2].address is None


def test_what_is_in_effect_is_no_link() -> None:
    units = facet_groups("/", Form(q="办公厅公文"), FOUND, FACETS)[1]
    assert (units.values[0].address, units.values[0].current) == (None, True)
    form = Form(q="公文", kind="report")
    kinds = facet_groups("/", form, interpreted_to_json(Interpreted("公文", "公文")), FACETS)[-1]
    assert [one.current for one in kinds.values] == [False, True]
    assert _asked(kinds.values[0].address) == {"q": "公文", "kind": "targets"}


def test_another_year_takes_the_place_of_the_ones_in_effect() -> None:
    found = interpreted_to_json(Interpreted("近年公文", "公文", years=(2011, 2012)))
    years = facet_groups("/", Form(q="近年公文"), found, FACETS)[0]
    assert _asked(years.values[1].address) == {"q": "公文", "year": "2012", "literal": "1"}


def test_a_few_values_are_shown_at_once_and_facets_without_any_not_at_all() -> None:
    groups = facet_groups("/", Form(q="公文"), FOUND, FACETS)
    assert [group.label for group in groups] == ["年份", "单位", "类别", "种类"]
    assert (len(groups[2].values), len(groups[2].more)) == (6, 3)


def test_a_kind_is_taken_off_by_its_chip() -> None:
    form = replace(Form(q="公文"), kind="plan")
    (chip,) = chips("/", form, interpreted_to_json(Interpreted("公文", "公文")))
    assert (chip.label, _asked(chip.address)) == ("任务分解", {"q": "公文"})
