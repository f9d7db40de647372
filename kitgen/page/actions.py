"""The buttons of the page, by the word in their address: the title each has at work, its command, its order."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from flask import abort, request

from kitgen.base.messages import Message, said
from kitgen.load.template_files import template_tree
from kitgen.page.children import RESULT
from kitgen.page.event_orders import (
    about_event,
    archive_event,
    deliver,
    new_event,
    pack_event,
    purge,
    reprint,
    with_event,
    write_recall,
)
from kitgen.page.files import DOCUMENTS, confined
from kitgen.page.orders import Order, edition_of, refuse_odd_code
from kitgen.page.scheme_orders import (
    about_edition,
    compare,
    compare_in_word,
    list_lacks,
    new_edition,
    propose,
    read_scheme,
    release,
    take_scheme_over,
    workbook_in,
    workbook_out,
)
from kitgen.page.site import Site

_UNIT: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9./-]{0,40}")


@dataclass(frozen=True, slots=True)
class Action:
    """Tindakan: what a button does; `title` tells it while it is at work, `command` is that of the command line."""

    title: Message
    command: str
    order: Callable[[Site], Order]


def _with_edition(*command: str, then: str = "/perangkat/") -> Callable[[Site], Order]:
    def order(site: Site) -> Order:
        slug, edition = edition_of(site)
        return Order((*command, "--scheme", slug, "--edition", edition), f"{slug} {edition}", f"{then}{slug}/{edition}")

    return order


def _build_kit(site: Site) -> Order:
    order = _with_edition("build")(site)
    unit = request.form.get("unit", "")
    if not unit:
        return order
    if not _UNIT.fullmatch(unit):
        abort(400)
    return Order((*order.arguments, "--unit", unit), f"{order.subject} {unit}", order.then)


def _pdf(site: Site) -> Order:
    path = request.form.get("berkas", "")
    if confined(site.project.output_dir, path).suffix not in DOCUMENTS:
        abort(404)
    then = request.form.get("lalu", "/perangkat")
    return Order(("pdf", "-"), "", then, typed=f"{site.project.output_dir / path}\n")


def _explain(site: Site) -> Order:
    code = request.form.get("kode", "").strip()
    refuse_odd_code(code)
    return Order(("explain", "--json", "--", code), code, "/kode")


def _check_template(site: Site) -> Order:
    code = request.form.get("kode", "")
    return Order(("template", "check", *(["--", _form(code)] if code else [])), code, "/templat")


def _form(code: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9. -]{0,39}", code):
        abort(400)
    return code


def _preview(site: Site) -> Order:
    path = request.form.get("templat", "")
    file = template_tree(site.project).get(path)
    if file is None or file.suffix not in DOCUMENTS:
        abort(404)
    return Order(("template", "preview", "--replace", str(file), f"{RESULT}{file.suffix}"), file.stem, "/templat")


ACTIONS: Final[dict[str, Action]] = {
    "buat-jadwal": Action(said("Making the documents of {subject}"), "build", with_event("build")),
    "buat-perangkat": Action(said("Making the documents of {subject}"), "build", _build_kit),
    "paket-jadwal": Action(said("Making the packs of {subject}"), "pack", pack_event),
    "paket-perangkat": Action(said("Making the packs of {subject}"), "pack", _with_edition("pack")),
    "pdf": Action(said("Making the PDF of a document"), "pdf", _pdf),
    "daftar-cetak": Action(said("Listing what is to be printed of {subject}"), "event print",
                           about_event("event", "print", "--json")),
    "cetak-ulang": Action(said("Printing a page of {subject} again"), "event reprint", reprint),
    "jadwal-baru": Action(said("Making the workbook of {subject}"), "event new", new_event),
    "periksa-jadwal": Action(said("Writing notes into a copy of the workbook of {subject}"), "event check",
                             about_event("event", "check", "--annotate")),
    "baca-ulang-jadwal": Action(said("Reading the documents of {subject} back"), "verify", with_event("verify")),
    "baca-ulang-perangkat": Action(said("Reading the documents of {subject} back"), "verify",
                                   _with_edition("verify")),
    "serahkan": Action(said("Handing over the documents of {subject}"), "event deliver", deliver),
    "hasil": Action(said("Reading the results of {subject}"), "event results", about_event("event", "results")),
    "penarikan": Action(said("Looking for void sheets of {subject}"), "recall", about_event("recall", "--json")),
    "tulis-penarikan": Action(said("Taking void sheets of {subject} back"), "recall", write_recall),
    "arsip-jadwal": Action(said("Archiving {subject}"), "event archive", archive_event),
    "lihat-hapus": Action(said("Looking at what a purge of {subject} would remove"), "event purge",
                          about_event("event", "purge")),
    "hapus": Action(said("Removing the personal data of {subject}"), "event purge", purge),
    "kode": Action(said("Looking up the code {subject}"), "explain", _explain),
    "baca-skema": Action(said("Reading a scheme"), "import", read_scheme),
    "impor": Action(said("Taking over the scheme {subject}"), "import", take_scheme_over),
    "bank-unduh": Action(said("Writing the workbook of questions of {subject}"), "bank export", workbook_out("bank")),
    "bank-unggah": Action(said("Taking over the workbook of questions of {subject}"), "bank import",
                          workbook_in("bank", "coba-soal")),
    "skema-unduh": Action(said("Writing the workbook of the scheme {subject}"), "scheme export",
                          workbook_out("scheme")),
    "skema-unggah": Action(said("Taking over the workbook of the scheme {subject}"), "scheme import",
                           workbook_in("scheme", "coba-skema")),
    "usulan": Action(said("Proposing what {subject} lacks"), "scheme draft", propose),
    "kurang-word": Action(said("Listing what {subject} still lacks"), "kurang", list_lacks),
    "edisi-baru": Action(said("Opening the edition {subject}"), "edition new", new_edition),
    "ikuti": Action(said("Letting the questions of {subject} follow"), "edition follow",
                    about_edition("edition", "follow")),
    "rilis": Action(said("Releasing {subject}"), "edition release", release),
    "banding": Action(said("Comparing {subject}"), "diff", compare),
    "banding-word": Action(said("Comparing {subject}"), "diff", compare_in_word),
    "periksa-templat": Action(said("Checking the templates {subject}"), "template check", _check_template),
    "contoh-templat": Action(said("Making a filled sample of {subject}"), "template preview", _preview),
}  # fmt: skip
"""Every button that starts a run, by the word in its address."""
