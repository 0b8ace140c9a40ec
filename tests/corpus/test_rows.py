import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from corpus.catalog import Catalog, PreparedChunk, PreparedDocument
from corpus.model import TargetDocument
from tests.corpus.samples import SMALL, anything, source_file


def bare(document: TargetDocument) -> PreparedDocument:
    chunk = PreparedChunk(document.source, 0, 1, np.ones(4, np.float32))
    return PreparedDocument(document, tuple((chunk,) for _ in document.items))


@given(document=anything(TargetDocument))
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_every_document_comes_back_exactly_as_it_was_stored(
    tmp_path_factory: pytest.TempPathFactory, document: TargetDocument
) -> None:
    with Catalog.open(tmp_path_factory.mktemp("catalog"), create=True) as catalog:
        catalog.store(source_file("a.md"), [bare(document)], SMALL)
        (stored,) = catalog.documents()
        # repr tells an enum from its text and None from "", which == does not always
        assert repr(catalog.target_document(stored.id)) == repr(document)
        assert catalog.text(stored.id) == document.text
        assert repr(tuple(one.item for one in catalog.document_items(stored.id))) == repr(document.items)
        for name in ("indicators", "benchmarks", "bases"):
            expected = [value for item in document.items for value in getattr(item, name)]
            assert repr([one.value for one in getattr(catalog, name)()]) == repr(expected)
        for name in ("source", "title", "kind", "unit", "year", "city", "doc_number", "published"):
            assert repr(getattr(stored, name)) == repr(getattr(document, name))
        for name in ("unit_origin", "year_origin", "city_origin"):
            assert repr(getattr(stored, name)) == repr(getattr(document, name))
        assert stored.items == len(document.items)
