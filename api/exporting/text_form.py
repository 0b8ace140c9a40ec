"""The form as text: each cell a line behind a tab, a blank line between rows, as Word exports tables."""

from __future__ import annotations

from api.exporting.form import Form, FormRow, written


def text_of_form(form: Form) -> bytes:
    """Return the form in UTF-8; a category stands only where it changes or its cell begins anew."""
    lines = [form.title, "", form.header, ""]
    lines += [f"\t{name}" for name in form.columns]
    before: FormRow | None = None
    for row in form.rows:
        again = before is None or before.benchmark is not None or before.category != row.category
        cells = (row.category if again else "", *(written(pieces) for pieces in row.cells))
        lines += ["", *(f"\t{_line(cell)}" for cell in cells)]
        if row.benchmark is not None:
            lines += ["", _line(row.benchmark.text)]
        before = row
    return ("\n".join(lines) + "\n").encode("utf-8")


def _line(cell: str) -> str:
    return cell.replace("\t", " ").replace("\n", " ")
