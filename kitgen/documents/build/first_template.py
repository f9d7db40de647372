"""The first template of a new form, made with python-docx: header, units, signatures and stamp in place, to be edited.

Its styles and paper are those of the project's own blocks, so that it looks like its neighbours and takes their blocks.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from kitgen.base.errors import Findings, Place, failure
from kitgen.base.messages import said
from kitgen.base.project import Project
from kitgen.documents.disk.files import write_whole
from kitgen.load.forms import load_forms
from kitgen.load.locate import WINDOWS_NAMES
from kitgen.load.template_files import template_file, template_tree
from kitgen.load.yaml.text import written
from kitgen.model.forms import Form
from kitgen.render import HEAD_GREY
from kitgen.render.package.package import in_office_order, read_package, write_package

_CODE: Final = re.compile(r"[A-Za-z](?:[A-Za-z0-9 ._-]{0,38}[A-Za-z0-9])?")
_MOST: Final = 200
_BLOCKS: Final = ("header", "unit", "signatures", "stamp")
_TITLE, _CELL, _HEAD, _GAP, _COMMAND = "Judul Formulir", "Isi Tabel", "Kepala Tabel", "Jarak", "Perintah Templat"
_WIDTHS: Final = (567, 5387, 3684)
"""Columns of the table, in twips: together as wide as those of the blocks."""
_TWIP: Final = 635
_ROWS: Final = (
    ("{%tr for element in unit.elements %}",),
    ("{%tr for criterion in element.criteria %}",),
    ("{{ criterion.number }}", "{{ criterion.text }}", ""),
    ("{%tr endfor %}",),
    ("{%tr endfor %}",),
)


@dataclass(frozen=True, slots=True)
class FirstTemplate:
    """Templat pertama: the file that was written, and the lines its form wants in `forms.yaml`, or none."""

    path: Path
    entry: str


def make_template(project: Project, code: str, title: str | None = None) -> FirstTemplate:
    """Write `docx/<code>.docx` into the project's templates.

    Raises `KitgenError` where the code is no name of a file or is taken, or where there are no blocks to begin with.
    """
    path = project.root / "templates" / "docx" / f"{code}.docx"
    _refuse(project, path, code, title)
    forms = _declared(project)
    declared = next((form for form in forms if form.code.casefold() == code.casefold()), None)
    if declared is not None and (declared.code, declared.template) != (code, f"docx/{code}.docx"):
        raise failure(
            said("form {code} is declared already, and has its template", code=code),
            Place(project.shown(project.forms_file)),
            said("change that one in Word, or take another code"),
        )
    write_whole(path, _document(template_file(project, "docx/blocks/header.docx"), code, title))
    return FirstTemplate(path, _entry(code, title, forms) if declared is None else "")


def _refuse(project: Project, path: Path, code: str, title: str | None) -> None:
    place = Place(project.shown(path))
    if not _CODE.fullmatch(code) or code.split(".")[0].lower() in WINDOWS_NAMES:
        raise failure(
            said("`{code}` is no code of a form", code=code),
            None,
            said("write letters, digits, `.`, `-` and blanks, such as FR.XX.01"),
        )
    if title is not None and (not title.strip() or not title.isprintable() or len(title) > _MOST):
        raise failure(
            said("title is empty, too long or holds what cannot be printed"), None, said("write it on one line")
        )
    there = (name.casefold() for name in template_tree(project))
    if f"docx/{path.name}".casefold() in there:
        raise failure(said("template is there already"), place, said("change it in Word, or take another code"))
    for name in _BLOCKS:
        if not template_file(project, f"docx/blocks/{name}.docx").is_file():
            raise failure(
                said("block blocks/{name}.docx, of which a first template is made, is not there", name=name),
                place,
                said("copy it from the templates of kitgen"),
            )


def _declared(project: Project) -> Sequence[Form]:
    """The forms there are, as far as they can be read: an entry may have been written before its template."""
    return load_forms(project, Findings()).forms


def _entry(code: str, title: str | None, forms: Sequence[Form]) -> str:
    """The lines for `forms.yaml`; the number is the first after those there are."""
    number = max((int(form.number[:2]) for form in forms), default=0) + 1
    entry = {
        "title": title or code,
        "number": f"{min(number, 99):02}",
        "stage": "asesmen",
        "template": f"docx/{code}.docx",
        "kits": ["scheme", "event"],
        "per": "candidate",
        "audience": "asesor",
        "given": ["scheme", "units", "candidate", "assessor", "venue", "event"],
        "holds": ["units", "criteria"],
    }
    return "\n".join(written({code: entry}, 1))


def _document(model: Path, code: str, title: str | None) -> bytes:
    import docx

    try:
        made = docx.Document(str(model))
        for element in list(made.element.body)[:-1]:  # the last one says how the pages are
            made.element.body.remove(element)
        made.core_properties.title = code if title is None else f"{code} {title}"
        heading = "{{ form.code }}. {{ form.title | upper }}" if title is None else f"{code}. {title.upper()}"
        made.add_paragraph(heading, _TITLE)
        _command(made.add_paragraph(), '{%p include "blocks/header.docx" %}')
        made.add_paragraph(style=_GAP)
        _command(made.add_paragraph(), "{%p for unit in units %}")
        _command(made.add_paragraph(), '{%p include "blocks/unit.docx" %}')
        _table(made)
        made.add_paragraph(style=_GAP)
        _command(made.add_paragraph(), "{%p endfor %}")
        _command(made.add_paragraph(), '{%p include "blocks/signatures.docx" %}')
        footer = made.sections[0].footer
        _command(footer.paragraphs[0], '{%p include "blocks/stamp.docx" %}', "Footer")
    except KeyError as error:
        raise failure(
            said("block {name} lacks what a template is made of: {what}", name=model.name, what=str(error.args[0])),
            Place(f"blocks/{model.name}"),
            said("copy it from the templates of kitgen"),
        ) from error
    saved = BytesIO()
    made.save(saved)
    parts = read_package(saved.getvalue(), f"{code}.docx")
    return write_package([parts[name] for name in in_office_order(parts)])  # without the time of day


def _table(made: Any) -> None:
    """A table of criteria to begin with: its head, and rows that repeat."""
    table = made.add_table(rows=0, cols=len(_WIDTHS), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = width * _TWIP
    head = _row(table)
    for cell, text in zip(head, ("No.", "Kriteria Unjuk Kerja", "Catatan"), strict=True):
        cell.paragraphs[0].text = text
        cell.paragraphs[0].style = _HEAD
        _shade(cell)
    _repeat(table.rows[0])
    for texts in _ROWS:
        cells = _row(table)
        if len(texts) == 1:
            _command(cells[0].merge(cells[-1]).paragraphs[0], texts[0])
            continue
        for cell, text in zip(cells, texts, strict=True):
            cell.paragraphs[0].text = text
            cell.paragraphs[0].style = _CELL


def _row(table: Any) -> Sequence[Any]:
    cells: Sequence[Any] = table.add_row().cells
    return cells


def _command(paragraph: Any, text: str, style: str = _COMMAND) -> None:
    """A tag on a line of its own, small and grey, as in the shipped templates."""
    from docx.shared import Pt, RGBColor

    paragraph.style = style
    run = paragraph.add_run(text)
    run.font.size = Pt(8)
    run.font.color.rgb = RGBColor(0x7F, 0x7F, 0x7F)


def _shade(cell: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", HEAD_GREY)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _repeat(row: Any) -> None:
    """The row stands on every page the table goes on to."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
