"""Which rows make one document: sections joined or split by the unit and year that they state."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ingest.blocks import Paragraph
from ingest.layouts.contract import Recognition, Row, Section
from ingest.origins import unit_stated, year_stated
from ingest.titles import title_of
from ingest.vocabulary import Column
from ingest.years import year_in_name


@dataclass(frozen=True, slots=True)
class Draft:
    """The rows of one document-to-be; `unit` and `year` are set where a column of the table names them."""

    rows: tuple[Row, ...]
    preamble: tuple[Paragraph, ...]
    closing: tuple[Paragraph, ...]
    sheet: str | None = None
    unit: str | None = None
    year: int | None = None

    def text(self) -> str:
        """Return the text of this document alone, where a file holds several."""
        rows = ("\t".join(text for _, text in row.values) for row in self.rows)
        return "\n".join([*(p.text for p in self.preamble), *rows, *(p.text for p in self.closing)])


def drafts_of(recognition: Recognition) -> tuple[Draft, ...]:
    """Return one draft for each unit and year; a section that states neither continues the one before."""
    drafts: list[Draft] = []
    for section in recognition.sections:
        for part in _parts(section):
            if drafts and _continues(drafts[-1], part):
                drafts[-1] = _joined(drafts[-1], part)
            else:
                drafts.append(part)
    return tuple(drafts)


def _parts(section: Section) -> list[Draft]:
    """Split the rows of a section whose table has a column of units or years."""
    groups: dict[tuple[str | None, str | None], list[Row]] = {}
    unit: str | None = None
    year: str | None = None
    for row in section.rows:
        unit, year = row.get(Column.UNIT) or unit, row.get(Column.YEAR) or year
        groups.setdefault((unit, year), []).append(row)
    return [
        Draft(
            tuple(rows),
            section.preamble,
            section.closing,
            section.sheet,
            "".join(unit.split()) if unit else None,
            year_in_name(year) if year else None,
        )
        for (unit, year), rows in groups.items()
    ]


def _continues(before: Draft, part: Draft) -> bool:
    """Whether a part states nothing that its predecessor does not state as well."""
    if (part.unit, part.year) != (before.unit, before.year):
        return False
    stated, known = _stated(part), _stated(before)
    return all(new is None or new == old for new, old in zip(stated, known, strict=True))


def _stated(draft: Draft) -> tuple[str | None, int | None]:
    title = title_of(draft.preamble, None)
    header = tuple(p.text for p in draft.preamble)
    return unit_stated(title, header, draft.sheet), year_stated(title, header, draft.sheet)


def _joined(before: Draft, part: Draft) -> Draft:
    return replace(before, rows=(*before.rows, *part.rows), closing=(*before.closing, *part.closing))
