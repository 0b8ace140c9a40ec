"""Propose an item for each topic, from what the unit and others wrote before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.catalog import CatalogReader
from corpus.model import DocumentKind, Field, Span
from corpus.stored import StoredItem
from search.categories import aligned
from search.drafting.alternatives import alternatives
from search.drafting.figures import Figured, applied, figures_in, propose
from search.drafting.grounds import Editions, proposed_bases, proposed_benchmarks
from search.drafting.material import Ask, Material, Past, material_about, past_of
from search.drafting.phrasing import (
    Composition,
    Taken,
    about,
    left_alone,
    moved_years,
    without_enumerator,
)
from search.drafting.points import Elsewhere
from search.drafting.proposal import (
    Change,
    DraftRequest,
    Missing,
    Proposal,
    ProposedFigure,
    ProposedItem,
    Sentence,
)
from search.results import Citation
from search.texts import cite, document_words, inferred_notes, item_words

_USUAL_CATEGORY = "重点目标"
_ORDER = ("工作目标", "重点目标", "奋斗目标", "创优目标")
_COMPARED = frozenset({"奋斗目标", "创优目标"})
_ON_TOPIC = 0.5


def draft(request: DraftRequest, catalog: CatalogReader, ask: Ask) -> Proposal:
    """Return an item for each topic of which something is known, and a sentence for each other one."""
    past = past_of(request, catalog)
    editions = Editions(catalog, past.city, request.year)
    items: list[ProposedItem] = []
    missing: list[Missing] = []
    for topic in request.topics:
        material = material_about(topic, request, past, ask)
        model = material.model
        if model is None:
            missing.append(Missing(topic, _nothing(topic, material)))
            continue
        items.append(_item(topic, request, past, material, model.stored, editions))
    return Proposal(request, past.city, _numbered(items), tuple(missing), tuple(_notes(request, past, items)))


def _nothing(topic: str, material: Material) -> str:
    found = "只有工作报告里已完成情况的记载" if material.reports else "没有找到有关的内容"
    return f"关于“{topic}”，目标库里{found}，没有可以参照的目标，没有拟写；请换一种说法，或先导入有关文件。"


def _item(
    topic: str,
    request: DraftRequest,
    past: Past,
    material: Material,
    model: StoredItem,
    editions: Editions,
) -> ProposedItem:
    taken, supplement = _taken(material, model)
    sentences, figured, notes = _composed((*taken, *supplement), request, past, material)
    category, why = _category(material, model, past)
    benchmarks = proposed_benchmarks(material, past.city, request.year)
    wants_benchmark = category in _COMPARED or bool(model.item.benchmarks)
    name, citation = _name(topic, model)
    deadline = model.item.deadline
    if deadline is not None:
        deadline, _ = moved_years(deadline, model.document.year, request.year)
    return ProposedItem(
        topic=topic,
        category=category,
        number="",
        name=name,
        name_citation=citation,
        sentences=sentences,
        figures=figured,
        benchmark=benchmarks[0] if benchmarks and wants_benchmark else None,
        benchmarks=benchmarks,
        bases=proposed_bases(material, model, editions, past.city, request.year),
        responsible_units=_responsible(model, request, past),
        deadline=deadline,
        alternatives=alternatives(material, model, (*taken, *supplement)),
        notes=(*why, *_about_model(model, past), *_about_supplement(supplement), *notes),
    )


def _taken(material: Material, model: StoredItem) -> tuple[tuple[Taken, ...], tuple[Taken, ...]]:
    """Return the sentences of the followed item and, where they promise no figure, older ones that do."""
    taken = about(material.subject, model)
    if any(figures_in(one) for one in taken):
        return taken, ()
    for found in material.own:
        if found.stored.id == model.id:
            continue
        with_figures = [one for one in about(material.subject, found.stored, most=2) if figures_in(one)]
        on_topic = [one for one in with_figures if material.subject.share_in(one.text) >= _ON_TOPIC]
        if on_topic:
            return taken, tuple(on_topic)
    return taken, ()


def _composed(
    taken: Sequence[Taken], request: DraftRequest, past: Past, material: Material
) -> tuple[tuple[Sentence, ...], tuple[ProposedFigure, ...], tuple[str, ...]]:
    composition = Composition()
    figures: list[Figured] = []
    notes: dict[str, None] = {}
    elsewhere = _elsewhere(past, material)
    for one in taken:
        found = [propose(observed, request.year, elsewhere) for observed in figures_in(one)]
        figures += found
        text, changes = applied(one.text, (change for each in found for change in each.changes))
        text, moved = moved_years(text, one.stored.document.year, request.year)
        cut: tuple[Change, ...] = ()
        if one.is_part or one.stored.document.kind is DocumentKind.REPORT:
            text, cut = without_enumerator(text)
        composition.add(text, one.citation, (*cut, *changes, *moved))
        notes.update(dict.fromkeys(note for each in found for note in each.notes))
        notes.update(dict.fromkeys(left_alone(text)))
        if moved:
            words = "、".join(f"{change.written}→{change.now}" for change in moved)
            notes[f"年份已改：{words}，请核对。"] = None
    return composition.sentences(), tuple(one.figure for one in figures), tuple(notes)


def _elsewhere(past: Past, material: Material) -> Elsewhere:
    city = [
        one.stored
        for one in material.reports
        if past.city is not None and one.stored.document.city == past.city
    ]
    near = {one.id for one in city}
    others = [one.stored for one in (*material.others, *material.reports) if one.stored.id not in near]
    return Elsewhere(past.items, tuple(city), tuple(others))


def _name(topic: str, model: StoredItem) -> tuple[str, Citation | None]:
    name = model.item.name
    if name is None or model.document.kind is DocumentKind.REPORT:
        return topic, None
    written = " ".join(name.split())
    return written, cite(model, Span(Field.NAME, 0, len(name)))


def _category(material: Material, model: StoredItem, past: Past) -> tuple[str, tuple[str, ...]]:
    """Return the category of the most similar item, in the words of the unit's newest document."""
    known = [one.item.category for one in past.items if one.document.year == past.year]
    newest = tuple(dict.fromkeys(one for one in known if one is not None))
    like = (model, *(one.stored for one in material.own), *(one.stored for one in material.others))
    category = next(
        (one.item.category for one in like if one.item.category and _is_targets(one)),
        None,
    )
    if category is None:
        usual = newest[0] if newest else _USUAL_CATEGORY
        return usual, (f"没有类似条目的类别可以参照，暂列“{usual}”，请核对。",)
    if newest and category not in newest and (others := aligned((category,), newest)):
        said = f"类别原为“{category}”，按{past.year}年的叫法改为“{others[0]}”。"
        return others[0], (said,)
    return category, ()


def _is_targets(stored: StoredItem) -> bool:
    return stored.document.kind is DocumentKind.TARGETS


def _responsible(model: StoredItem, request: DraftRequest, past: Past) -> tuple[str, ...]:
    own = any(one.id == model.document.id for one in past.documents)
    return model.item.responsible_units if own and model.item.responsible_units else (request.unit,)


def _about_model(model: StoredItem, past: Past) -> tuple[str, ...]:
    place = f"{document_words(model.document)}的{item_words(model)}"
    if any(one.id == model.document.id for one in past.documents):
        return (f"参照{place}拟写。",)
    return (f"本单位没有写过这项工作，参照{place}拟写，请按本单位的职责改写。",)


def _about_supplement(supplement: Sequence[Taken]) -> tuple[str, ...]:
    if not supplement:
        return ()
    stored = supplement[0].stored
    place = f"{document_words(stored.document)}的{item_words(stored)}"
    return (f"最近的条目没有量化指标，从{place}补入一句，请核对是否仍然适用。",)


def _numbered(items: list[ProposedItem]) -> tuple[ProposedItem, ...]:
    """Group the items by category, as a form has them, and number them within each."""
    categories = list(dict.fromkeys(one.category for one in items))
    categories.sort(key=lambda one: _ORDER.index(one) if one in _ORDER else -1)
    made: list[ProposedItem] = []
    for category in categories:
        within = [one for one in items if one.category == category]
        made += [replace(one, number=str(number)) for number, one in enumerate(within, start=1)]
    return tuple(made)


def _notes(request: DraftRequest, past: Past, items: list[ProposedItem]) -> Iterator[str]:
    if not past.documents:
        before = f"{request.year}年以前的" if request.unit else ""
        yield f"目标库里没有“{request.unit}”{before}目标，各条取自其他单位；请核对单位名称。"
    elif past.year is not None and past.year < request.year - 1:
        yield (
            f"目标库里“{request.unit}”最近的目标是{past.year}年的，没有{request.year - 1}年的；"
            f"各项数值以{past.year}年的承诺为准。"
        )
    if past.other_cities:
        yield (
            f"{'、'.join(past.other_cities)}也有“{request.unit}”，这里按{past.city}的拟写；"
            "如果不对，请用 --city（接口为 city）指定城市。"
        )
    yield from inferred_notes(list(past.documents))
    names: dict[str, list[str]] = {}
    for one in items:
        names.setdefault(one.name, []).append(one.topic)
    for name, topics in names.items():
        if len(topics) > 1:
            said = "”“".join(topics)
            yield f"“{said}”都取自条目“{name}”，可以合并为一条。"
