from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from corpus.catalog import CatalogReader
from corpus.model import DocumentKind
from corpus.stored import StoredDocument, StoredItem
from search.drafting.material import Material, past_of
from search.drafting.proposal import DraftRequest
from search.evidence import make_subject
from tests.search.making import document, figure_item, found, item


class Shelf:
    """A catalog of some documents, one item each."""

    def __init__(self, *documents: StoredDocument) -> None:
        self._documents = documents

    def documents(self) -> tuple[StoredDocument, ...]:
        return self._documents

    def document_items(self, document_id: int) -> tuple[StoredItem, ...]:
        of = next(one for one in self._documents if one.id == document_id)
        return (item("热线", "办好热线。", number=document_id, of=of),)


def shelf(*documents: StoredDocument) -> CatalogReader:
    return cast(CatalogReader, Shelf(*documents))


def report(number: int, year: int, city: str) -> StoredDocument:
    return replace(document(number, year, f"{city}人民政府", city), kind=DocumentKind.REPORT)


def test_the_past_is_the_units_own_before_the_year() -> None:
    catalog = shelf(
        document(1, 2019), document(2, 2021), document(3, 2022), document(4, 2021, "市审计局"),
        report(5, 2021, "青岛市"),
    )  # fmt: skip
    past = past_of(DraftRequest(("热线",), "市政府办公厅", 2022), catalog)
    assert [one.id for one in past.documents] == [2, 1]
    assert [one.id for one in past.items] == [2, 1]
    assert (past.city, past.year, past.other_cities) == ("青岛市", 2021, ())


def test_units_of_one_name_in_several_cities_are_kept_apart() -> None:
    catalog = shelf(document(1, 2020), document(2, 2021, city="宁波市"))
    newest = past_of(DraftRequest(("热线",), "市政府办公厅", 2022), catalog)
    assert ([one.id for one in newest.documents], newest.city) == ([2], "宁波市")
    assert newest.other_cities == ("青岛市",)
    stated = past_of(DraftRequest(("热线",), "市政府办公厅", 2022, "青岛市"), catalog)
    assert ([one.id for one in stated.documents], stated.city, stated.other_cities) == ([1], "青岛市", ())


def test_a_citys_government_owns_its_reports_alone() -> None:
    catalog = shelf(report(1, 2020, "青岛市"), report(2, 2021, "宁波市"), report(3, 2019, "宁波市"))
    past = past_of(DraftRequest(("热线",), "宁波市人民政府", 2022), catalog)
    assert ([one.id for one in past.documents], past.city) == ([2, 3], "宁波市")


@pytest.fixture
def material() -> Material:
    subject = make_subject("讲座", "讲座")
    own = (
        figure_item("讲座工作", "组织讲座6场。", "组织讲座6场", "讲座", 1, 2019),
        figure_item("讲座工作", "组织讲座8场。", "组织讲座8场", "讲座", 2, 2021),
        item(
            "综合工作", "加强理论学习，抓好业务培训，改进工作作风，推动各项任务落实。结合讲座交流。", number=3
        ),
    )
    return Material(subject, tuple(found(one, subject) for one in own), (), ())


def test_the_newest_item_that_is_about_the_topic_is_followed(material: Material) -> None:
    assert material.model is not None
    assert material.model.stored.id == 2
    assert [one.stored.id for one in material.near(material.own)] == [1, 2]


def test_a_report_that_promises_nothing_is_not_followed() -> None:
    subject = make_subject("讲座", "讲座")
    told = item(None, "讲座受到欢迎。", number=1, of=report(1, 2021, "青岛市"))
    promised = figure_item("", "组织讲座8场。", "组织讲座8场", "讲座", 2, 2021)
    promised = replace(promised, document=report(2, 2020, "青岛市"))
    reports = tuple(found(one, subject) for one in (told, promised))
    followed = Material(subject, (), (), reports).model
    assert followed is not None
    assert followed.stored.id == 2
    assert Material(subject, (), (), reports[:1]).model is None
