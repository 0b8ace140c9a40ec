"""Which files a draft can be written to, and writing them whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from api.drafting import Drafted
from api.exporting.form import Form, form_of
from api.wording import system_reason
from corpus.disk import replacing
from corpus.errors import WrongUse


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file; `name` is its suffix without the dot."""

    name: str
    media_type: str


_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
FORMATS: Final = {
    one.name: one
    for one in (
        Format("docx", f"{_OFFICE}.wordprocessingml.document"),
        Format("xlsx", f"{_OFFICE}.spreadsheetml.sheet"),
        Format("txt", "text/plain; charset=utf-8"),
    )
}


def format_named(name: str) -> Format:
    """Return the format of that name. Raise WrongUse."""
    found = FORMATS.get(name.strip().lower().removeprefix("."))
    if found is None:
        raise WrongUse(f"不能写成“{name}”格式；请选 {'、'.join(FORMATS)} 之一。")
    return found


def exported(draft: Drafted, kind: Format) -> bytes:
    """Return the draft as a file, from which `duibiao parse` reads the same items.

    Raise WrongUse where there are no items.
    """
    if not draft.proposal.items:
        raise WrongUse("没有一个主题拟出了条目，没有可以写成文件的内容；请换一种说法，或先导入有关文件。")
    return form_bytes(form_of(draft), kind)


def form_bytes(form: Form, kind: Format) -> bytes:
    """Return a form as a file."""
    if kind.name == "docx":
        from api.exporting.docx_form import docx_of_form

        return docx_of_form(form)
    if kind.name == "xlsx":
        from api.exporting.xlsx_form import xlsx_of_form

        return xlsx_of_form(form)
    from api.exporting.text_form import text_of_form

    return text_of_form(form)


def checked_path(path: Path) -> Format:
    """Return the format of a file that is to be written, before any work is done. Raise WrongUse."""
    if not path.suffix:
        raise WrongUse(f"“{path}”没有写明格式；请以 {'、'.join(f'.{name}' for name in FORMATS)} 之一结尾。")
    kind = format_named(path.suffix)
    if path.is_dir():
        raise WrongUse(f"“{path}”是一个文件夹；请写出要写入的文件名。")
    if not path.parent.is_dir():
        raise WrongUse(f"文件夹“{path.parent}”不存在；请先建立，或换一个位置。")
    return kind


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all. Raise WrongUse where it cannot be written."""
    try:
        with replacing(path) as file:
            file.write(content)
    except OSError as error:
        raise WrongUse(
            f"无法写入“{path}”：{system_reason(error)}；请检查文件夹权限，或换一个位置。"
        ) from error


def file_name(draft: Drafted, kind: Format) -> str:
    """Return what the file is called where nobody named it: 市政府办公厅2022年度业务目标.docx."""
    return file_name_of(draft.proposal.request.unit, draft.proposal.title, kind)


def file_name_of(unit: str, title: str, kind: Format) -> str:
    """Return the name of a unit's document, without characters that a file system refuses."""
    kept = "".join(c for c in unit if c.isprintable() and c not in '<>:"/\\|?*')
    return f"{kept}{title}.{kind.name}"
