"""How what was found is spread, over the two sample documents."""

from __future__ import annotations

from corpus.model import DocumentKind
from search.engine import SearchEngine, SearchRequest
from search.facets import make_facets
from search.results import Facet, Facets


def _facets(samples: SearchEngine, query: str, year: int | None = None) -> Facets:
    found = samples.search(SearchRequest(query, k=3, year=year, facets=True)).facets
    assert found is not None
    return found


def test_facets_count_every_candidate_and_not_only_the_hits(samples: SearchEngine) -> None:
    found = _facets(samples, "公文")
    every = samples.search(SearchRequest("公文", k=100, group=False)).hits
    assert found.counted == len(every) > 3
    for facets in (found.years, found.units, found.categories, found.kinds):
        assert sum(one.count for one in facets) == found.counted
    assert [one.value for one in found.years] == [2021, 2012]
    assert found.years[1].count == sum(hit.stored.document.year == 2012 for hit in every)
    assert found.kinds == (Facet(DocumentKind.TARGETS.value, found.counted),)


def test_facets_are_of_what_passes_the_filters(samples: SearchEngine) -> None:
    found = _facets(samples, "公文", 2012)
    assert found.years == (Facet(2012, found.counted),)
    assert _facets(samples, "2012年公文").years == found.years


def test_facets_are_only_counted_where_asked_for(samples: SearchEngine) -> None:
    assert samples.search(SearchRequest("公文")).facets is None


def test_a_kind_is_a_filter(samples: SearchEngine) -> None:
    assert samples.search(SearchRequest("公文", kind=DocumentKind.REPORT)).hits == ()
    assert samples.search(SearchRequest("公文", kind=DocumentKind.TARGETS)).hits != ()


def test_nothing_found_is_nothing_counted(samples: SearchEngine) -> None:
    found = make_facets((), samples._index.searcher())
    assert found == Facets(0, (), (), (), (), ())
