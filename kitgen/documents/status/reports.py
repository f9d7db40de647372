"""Working templates: what kitgen itself reports with, and what each is given.

They belong to no form and lie in a folder `laporan`, apart from those that do.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kitgen.base.digests import digest, digest_parts, keyed, serial_of
from kitgen.base.errors import Diagnostic, KitgenError
from kitgen.base.project import Project
from kitgen.documents.disk.document import document_parts, record_properties
from kitgen.documents.disk.staleness import Found, Record
from kitgen.documents.status.templates import page_of
from kitgen.kits.plain import Plain
from kitgen.kits.stamp import DRAFT_TEXT, SERIAL_TOKEN
from kitgen.kits.vocabulary import find_word, words_of
from kitgen.load.template_files import block_folders, template_file
from kitgen.model.body import PageStyle
from kitgen.model.diff_sheet import DiffSheet
from kitgen.model.given import FormFacts, Stamp
from kitgen.model.handover import HandoverSheet
from kitgen.model.lack_sheet import LackSheet
from kitgen.model.print_list import PrintSheet
from kitgen.model.proof import ProofSheet
from kitgen.model.recall import ErratumSheet, RecallSheet
from kitgen.render import compile_template

if TYPE_CHECKING:
    from kitgen.render.compiled import CompiledTemplate, Rendered

PROOF_TEMPLATE: Final = "xlsx/laporan/Bukti Cakupan KUK.xlsx"
DIFF_TEMPLATE: Final = "docx/laporan/Perbedaan Edisi.docx"
HANDOVER_TEMPLATE: Final = "docx/laporan/Lembar Serah Terima.docx"
RECALL_TEMPLATE: Final = "docx/laporan/Daftar Penarikan.docx"
PRINT_TEMPLATE: Final = "docx/laporan/Daftar Cetak.docx"
ERRATUM_TEMPLATE: Final = "docx/laporan/Lembar Ralat.docx"
LACKS_TEMPLATE: Final = "docx/laporan/Yang Masih Kurang.docx"
REPORTS: Final[dict[str, type]] = {
    PROOF_TEMPLATE: ProofSheet,
    DIFF_TEMPLATE: DiffSheet,
    HANDOVER_TEMPLATE: HandoverSheet,
    RECALL_TEMPLATE: RecallSheet,
    ERRATUM_TEMPLATE: ErratumSheet,
    LACKS_TEMPLATE: LackSheet,
    PRINT_TEMPLATE: PrintSheet,
}

_OF_NO_EVENT: Final = (PROOF_TEMPLATE, DIFF_TEMPLATE, LACKS_TEMPLATE)
"""Sheets that tell of a scheme; all others are made under the secret of an event only."""


def compiled_report(project: Project, name: str, style: PageStyle | None = None) -> "CompiledTemplate":
    """A working template, ready to render, in the look of the body. Raises `KitgenError` with every fault of it."""
    path = template_file(project, name)
    words = words_of(REPORTS[name])
    page = page_of(style or PageStyle())
    if find_word("body.licence", frozenset(words), words).message:  # given the name alone, it has no letterhead
        page = replace(page, has_letterhead=False)
    folders = block_folders(project, name)
    template = compile_template(path, project.shown(path), project.scheme_dir, page, blocks=folders)
    looked = [(find_word(use.path, frozenset(words), words), use.place) for use in template.uses]
    problems = {Diagnostic(each.message, place, each.help): None for each, place in looked if each.message}
    if problems:
        raise KitgenError(problems)
    return template


def check_reports(project: Project) -> list[Diagnostic]:
    """Every problem of the working templates."""
    problems: list[Diagnostic] = []
    for name in REPORTS:
        try:
            compiled_report(project, name)
        except KitgenError as error:
            problems += error.diagnostics
    return problems


def is_sheet_of_ours(path: Path, found: Found, secret: bytes) -> bool:
    """Whether a file of no kit is a sheet kitgen made, as it made it.

    Its record must be of one of kitgen's own reports, its digest that of its parts, and its serial that of the page
    under the event's secret: properties of a file can be written by anybody.
    """
    record = found.record
    known = {Path(name).stem for name in (REPORTS if secret else _OF_NO_EVENT)}
    if record is None or not found.is_ours or record.form not in known:
        return False
    printed, token = record.serial.encode(), SERIAL_TOKEN.encode()
    parts = {name: digest(part.replace(printed, token)) for name, part in document_parts(path).items()}
    return record.serial == serial_of(keyed(digest_parts(parts), secret))


@dataclass(frozen=True, slots=True)
class ReportSheet:
    """Lembar: its bytes, and what it says of itself."""

    data: bytes
    record: Record


def heading_of(name: str) -> tuple[FormFacts, Stamp]:
    """What a sheet says of itself before its serial is known."""
    return FormFacts(name, name), Stamp(SERIAL_TOKEN, "")


def render_report(template: "CompiledTemplate", given: Any, name: str) -> ReportSheet:
    """A report on a scheme by what its template is given, its serial a token there; no fact of it makes a draft."""
    return _with_serial(template.render_parts(_values(given)), name)


def render_sheet(template: "CompiledTemplate", given: Any, name: str, secret: bytes) -> ReportSheet:
    """A sheet (of no kit) by what its template is given; a missing fact makes it a draft, as it does a document."""
    values = _values(given)
    rendered = template.render_parts(values)
    if rendered.missing:
        rendered = template.render_parts({**values, "stamp": {**values["stamp"], "draft": DRAFT_TEXT}})
    return _with_serial(rendered, name, secret)


def _values(given: Any) -> dict[str, Any]:
    values = Plain()(given)
    assert isinstance(values, dict)
    return values


def _with_serial(rendered: "Rendered", name: str, secret: bytes = b"") -> ReportSheet:
    """The finished file: the serial in the place of its token, and the record of what it is."""
    serial = serial_of(keyed(rendered.digest(), secret))
    rendered = rendered.replaced({SERIAL_TOKEN: serial})
    record = Record(rendered.digest(), name, "", serial)
    return ReportSheet(rendered.pack(record_properties(record)), record)
