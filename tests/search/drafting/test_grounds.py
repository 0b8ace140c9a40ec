from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import cast

from corpus.catalog import CatalogReader
from corpus.model import Basis, DocumentKind
from corpus.stored import Extracted, StoredDocument, StoredItem
from search.drafting.grounds import Editions, proposed_bases, proposed_benchmarks
from search.drafting.material import Material
from search.drafting.proposal import BasisStatus, ProposedBasis
from search.evidence import make_subject
from tests.search.making import document, found, item

SUBJECT = make_subject("讲座", "讲座")


class Shelf:
    """A catalog of some items."""

    def __init__(self, *items: StoredItem) -> None:
        self._items = items

    def documents(self) -> tuple[StoredDocument, ...]:
        return tuple(dict.fromkeys(one.document for one in self._items))

    def document_items(self, document_id: int) -> tuple[StoredItem, ...]:
        return tuple(one for one in self._items if one.document.id == document_id)

    def items(self, item_ids: Sequence[int]) -> dict[int, StoredItem]:
        return {one.id: one for one in self._items if one.id in item_ids}

    def bases(self) -> Iterator[Extracted[Basis]]:
        for one in self._items:
            about = one.document
            for n, basis in enumerate(one.item.bases):
                yield Extracted(one.id, about.id, n, None, about.year, about.unit, about.city, basis)


def resting(
    number: int, year: int, *bases: tuple[str, str | None, int | None], city: str = "青岛市"
) -> StoredItem:
    titles = tuple((title, doc_number) for title, doc_number, _ in bases)
    text = "；".join(title for title, _, _ in bases)
    of = document(number, year, city=city)
    made = item("讲座工作", "组织讲座。", number=number, of=of, basis_text=text, bases=titles)
    dated = tuple(
        replace(basis, year=when) for basis, (_, _, when) in zip(made.item.bases, bases, strict=True)
    )
    return replace(made, item=replace(made.item, bases=dated))


def proposed(model: StoredItem, *others: StoredItem) -> tuple[ProposedBasis, ...]:
    editions = Editions(cast(CatalogReader, Shelf(model, *others)), "青岛市", 2022)
    material = Material(SUBJECT, (found(model, SUBJECT),), (), (), "青岛市")
    return proposed_bases(material, model, editions, "青岛市", 2022)


def test_a_yearly_document_that_is_not_there_is_unverified() -> None:
    (basis,) = proposed(resting(1, 2021, ("2021年市政府工作报告", None, 2021)))
    assert (basis.title, basis.status) == ("2022年市政府工作报告", BasisStatus.UNVERIFIED)
    assert basis.note.endswith("目标库里没有这一份，名称和文号待核实。")


def test_the_drafted_years_report_is_a_successor() -> None:
    about = replace(document(2, 2022, "青岛市人民政府"), kind=DocumentKind.REPORT)
    report = item(None, "各位代表：现在报告工作。", number=2, of=about)
    (basis,) = proposed(resting(1, 2021, ("2021年市政府工作报告", None, 2021)), report)
    assert (basis.title, basis.status) == ("2022年市政府工作报告", BasisStatus.SUCCESSOR)
    assert [one.stored.id for one in basis.citations] == [1, 2]
    elsewhere = replace(report, document=replace(about, city="宁波市"))
    (basis,) = proposed(resting(1, 2021, ("2021年市政府工作报告", None, 2021)), elsewhere)
    assert basis.status is BasisStatus.UNVERIFIED


def test_a_newer_edition_that_others_cite_is_taken() -> None:
    old = resting(1, 2019, ("讲座管理办法（2015年版）", "海政发〔2015〕3号", 2015))
    new = resting(2, 2021, ("讲座管理办法（2020年版）", "海政发〔2020〕7号", 2020))
    (basis,) = proposed(old, new)
    assert (basis.title, basis.doc_number) == ("讲座管理办法（2020年版）", "海政发〔2020〕7号")
    assert (basis.written, basis.status) == ("讲座管理办法（2015年版）", BasisStatus.SUCCESSOR)


def test_a_document_of_the_drafted_year_stays() -> None:
    (basis,) = proposed(resting(1, 2021, ("2022年市政府工作报告", None, 2022)))
    assert (basis.title, basis.status) == ("2022年市政府工作报告", BasisStatus.AS_CITED)


def test_documents_of_other_cities_bind_only_when_they_are_national() -> None:
    model = resting(1, 2021, ("讲座管理办法", None, None))
    other = resting(2, 2021, ("宁波讲座细则", None, None), ("国务院讲座条例", None, None), city="宁波市")
    editions = Editions(cast(CatalogReader, Shelf(model, other)), "青岛市", 2022)
    material = Material(SUBJECT, (found(model, SUBJECT),), (found(other, SUBJECT),), (), "青岛市")
    bases = proposed_bases(material, model, editions, "青岛市", 2022)
    assert [one.title for one in bases] == ["讲座管理办法", "国务院讲座条例"]


def compared(number: int, year: int, city: str, value: str | None) -> StoredItem:
    text = f"标杆城市：{city}"
    return item(
        "讲座工作", "组织讲座。", number=number, of=document(number, year), benchmark_text=text,
        benchmarks=((city, value, text),),
    )  # fmt: skip


def test_the_most_recent_benchmark_with_a_value_comes_first() -> None:
    items = (
        compared(1, 2021, "南京市", None), compared(2, 2018, "苏州市", "讲座50场"),
        compared(3, 2020, "宁波市", "讲座40场"), compared(4, 2021, "青岛市", "讲座9场"),
    )  # fmt: skip
    material = Material(SUBJECT, tuple(found(one, SUBJECT) for one in items), (), (), "青岛市")
    cities = proposed_benchmarks(material, "青岛市", 2022)
    assert [(one.city, one.year, one.is_outdated) for one in cities] == [
        ("宁波市", 2020, False),
        ("苏州市", 2018, True),
        ("南京市", 2021, False),
    ]
    assert cities[1].note == "取自市政府办公厅2018年，已经过时，请换成最近的水平。"
