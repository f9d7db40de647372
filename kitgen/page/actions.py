"""What a button of the page starts: the arguments of the command line, made of what a form says, and nothing else.

Every name is held against what is there before it becomes an argument, so that none is taken for an option or a path.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from flask import abort, request

from kitgen.base.messages import Message, said
from kitgen.base.project import EditionName
from kitgen.documents.disk.locked import SHORTEST
from kitgen.load.event.event import event_names
from kitgen.load.locate import editions_of
from kitgen.load.template_files import template_tree
from kitgen.page.children import CALLED, GIVEN, REASON, RESULT, TODAY
from kitgen.page.files import DOCUMENTS, confined
from kitgen.page.site import Site
from kitgen.page.unfit import UnfitForm

_UNIT: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9./-]{0,40}")
_NAME: Final = re.compile(r"[A-Za-z0-9][\w .-]{0,39}")
_LONGEST_NAME: Final = 120
_CODE: Final = re.compile(r"(?:[0-9A-Za-z][ -]*){11}")
"""Of a page: eleven letters and digits, however they are grouped."""


@dataclass(frozen=True, slots=True)
class Order:
    """Perintah: a command with its arguments, what it is about, and the page to go on with; making one changes nothing.

    What people write in their own words is `typed` (standard input) or `settings` (environment): arguments are listed
    with the processes of the computer and kept with the job.
    """

    arguments: tuple[str, ...]
    subject: str
    then: str
    typed: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)
    given: tuple[str, bytes] | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """Tindakan: what a button does; `title` tells it while it is at work, `command` is that of the command line."""

    title: Message
    command: str
    order: Callable[[Site], Order]


def event_of(site: Site) -> str:
    """The event a form names."""
    name = request.form.get("jadwal", "")
    if name not in event_names(site.project):
        abort(404)
    return name


def edition_of(site: Site) -> EditionName:
    """The scheme and edition a form names, as `slug/edition`."""
    slug, _, edition = request.form.get("edisi", "").partition("/")
    return known_edition(site, slug, edition)


def known_edition(site: Site, slug: str, edition: str) -> EditionName:
    """A scheme and an edition of it that are there."""
    if not slug or len(slug) > 200 or slug.startswith(("-", ".")) or "/" in slug or "\\" in slug:
        abort(404)
    if edition not in editions_of(site.project, slug):
        abort(404)
    return EditionName(slug, edition)


def _number(name: str, least: int, most: int) -> str:
    text = request.form.get(name, "")
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        abort(400)
    return text


def _is_on(name: str) -> bool:
    return request.form.get(name) == "ya"


def _uploaded(*suffixes: str) -> tuple[str, bytes]:
    """The file of a form: its suffix, one of those that are taken, and its content."""
    file = request.files.get("berkas")
    name = (file.filename or "").lower() if file is not None else ""
    suffix = next((each for each in suffixes if name.endswith(each)), "")
    if file is None or not name:
        raise UnfitForm(said("No file was chosen: choose one ({kinds}), then press the button again.",
                         kinds=", ".join(suffixes)))  # fmt: skip
    if not suffix:
        raise UnfitForm(said("`{name}` is of a kind that is not taken here: choose a file {kinds}.", name=_called(),
                         kinds=", ".join(suffixes)))  # fmt: skip
    return suffix, file.read()


def _called() -> str:
    """What the person calls the file of a form, without its folders; what is too long is cut."""
    file = request.files.get("berkas")
    name = (file.filename or "") if file is not None else ""
    name = "".join(letter for letter in re.split(r"[/\\]", name)[-1] if letter.isprintable())
    return " ".join(name.split())[-_LONGEST_NAME:]


def _about_event(*command: str, then: str = "") -> Callable[[Site], Order]:
    def order(site: Site) -> Order:
        name = event_of(site)
        return Order((*command, name), name, then or f"/jadwal/{name}")

    return order


def _with_event(*command: str, then: str = "/jadwal/") -> Callable[[Site], Order]:
    def order(site: Site) -> Order:
        name = event_of(site)
        return Order((*command, "--event", name), name, f"{then}{name}")

    return order


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


def _pack_event(site: Site) -> Order:
    order = _with_event("pack")(site)
    options = ["--duplex"] if _is_on("bolak-balik") else []
    if request.form.get("sejak"):
        options += ["--since", _number("sejak", 1, 9999)]
    elif _is_on("satu"):
        options.append("--in-one")
    return Order((*order.arguments, *options), order.subject, order.then)


def _reprint(site: Site) -> Order:
    name, code = event_of(site), request.form.get("kode", "").strip()
    reason = " ".join(request.form.get("alasan", "").split())[:300]
    _refuse_odd_code(code)
    if not reason:
        raise UnfitForm(said("The reason is empty: say in a few words why the page is printed again, without names."))
    options = [
        "--page",
        _number("halaman", 1, 9999),
        "--copies",
        _number("salinan", 1, 99),
    ]
    return Order(("event", "reprint", *options, "--", name, code), name, f"/jadwal/{name}#cetak",
                 settings={REASON: reason})  # fmt: skip


def _pdf(site: Site) -> Order:
    path = request.form.get("berkas", "")
    if confined(site.project.output_dir, path).suffix not in DOCUMENTS:
        abort(404)
    then = request.form.get("lalu", "/perangkat")
    return Order(("pdf", "-"), "", then, typed=f"{site.project.output_dir / path}\n")


def _new_event(site: Site) -> Order:
    name = " ".join(request.form.get("nama", "").split())
    if not _NAME.fullmatch(name):
        raise UnfitForm(said("An event cannot be called `{name}`: the name begins with a letter or digit and holds "
                         "letters, digits, blanks, dots, hyphens and underscores only, 40 at most.",
                         name=name[:60]))  # fmt: skip
    if name in event_names(site.project):
        raise UnfitForm(
            said("There is an event `{name}` already: choose another name, or open it from the list.", name=name)
        )
    slug, edition = edition_of(site)
    options = ["--scheme", slug, "--edition", edition, "--candidates", _number("asesi", 1, 2000)]
    options += ["--sample"] if _is_on("contoh") else []
    return Order(("event", "new", *options, "--", name), name, f"/jadwal/{name}")


def _deliver(site: Site) -> Order:
    name = event_of(site)
    options = ["--spare", _number("cadangan", 0, 99)]
    secret = request.form.get("sandi", "")
    if secret:
        _refuse_weak(secret)
    settings = {"KITGEN_PASSPHRASE": secret} if secret else {}
    return Order(("event", "deliver", *options, *(["--password"] if secret else []), "--", name), name,
                 f"/jadwal/{name}", settings=settings)  # fmt: skip


def _recall_sheets(site: Site) -> Order:
    name = event_of(site)
    day, reason = request.form.get("tanggal", ""), " ".join(request.form.get("alasan", "").split())[:300]
    if day and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day):
        abort(400)
    options = [f"--date={day}"] if day else []
    return Order(("recall", "--write", *options, "--", name), name, f"/jadwal/{name}",
                 settings={REASON: reason} if reason else {})  # fmt: skip


def _archive_event(site: Site) -> Order:
    name = event_of(site)
    secret = request.form.get("sandi", "")
    _refuse_weak(secret)
    file = site.project.root / "arsip" / f"{name} {TODAY}.zip"
    return Order(("event", "archive", "--", name, str(file)), name, f"/jadwal/{name}",
                 settings={"KITGEN_PASSPHRASE": secret})  # fmt: skip


def _purge(site: Site) -> Order:
    name = event_of(site)
    if request.form.get("ketik", "").strip() != name:
        raise UnfitForm(said("Nothing was removed: what was typed is not the name of the event, `{name}`.", name=name))
    options = ["--yes", *(["--with-edited"] if _is_on("semua") else [])]
    return Order(("event", "purge", *options, "--", name), name, "/jadwal")


def _refuse_weak(secret: str) -> None:
    if len(secret) < SHORTEST:
        raise UnfitForm(said("The passphrase is too short: it needs {shortest} characters at least. Type a longer one, "
                         "such as three or four words.", shortest=SHORTEST))  # fmt: skip
    if not (secret.isascii() and secret.isprintable()):
        raise UnfitForm(said("The passphrase may hold only letters a to z, digits, blanks and signs of the keyboard."))


def _refuse_odd_code(code: str) -> None:
    if not _CODE.fullmatch(code):
        raise UnfitForm(said("`{code}` is no Kode Dokumen: it has eleven letters and digits, such as 7XR4-07AN-2JY, "
                             "and stands in the footer of the page.", code=code[:40]))  # fmt: skip


def _explain(site: Site) -> Order:
    code = request.form.get("kode", "").strip()
    _refuse_odd_code(code)
    return Order(("explain", "--json", "--", code), code, "/kode")


def _read_scheme(site: Site) -> Order:
    options, title = _scheme_options()
    if request.form.get("dari"):
        given, called = _of_job(site)
    else:
        given, called = _uploaded(".html", ".htm", ".txt", ".pdf", ".docx", ".xlsx", ".md", ".csv"), _called()
    return Order(("import", "--dry-run", "--json", *options, "--", GIVEN), title, "/skema", given=given,
                 settings={CALLED: called})  # fmt: skip


def _import(site: Site) -> Order:
    """Take over what a job has read: the file is that job's, and so what is written is what was looked at."""
    given, called = _of_job(site)
    read = site.children.answer(request.form["dari"])
    if not isinstance(read, dict):
        abort(404)
    options, title = _scheme_options()
    doubts = {str(each["key"]) for each in read["doubts"]}
    options += [f"--accept={key}" for key in request.form.getlist("benar") if key in doubts]
    if _is_on("ganti"):
        options.append("--replace")
    return Order(("import", *options, "--", GIVEN), title or str(read["scheme"]),
                 f"/skema/{read['scheme']}/{read['edition']}", given=given, settings={CALLED: called})  # fmt: skip


def _of_job(site: Site) -> tuple[tuple[str, bytes], str]:
    """The file an earlier job was given, and what the person calls it, as far as this page still knows."""
    name = request.form.get("dari", "")
    job, given = site.children.find(name), site.children.given(name)
    if job is None or given is None:
        abort(404)
    return given, site.children.besides(name).get(CALLED, f"unggahan{given[0]}")  # empty: read by another page


def _scheme_options() -> tuple[list[str], str]:
    title, edition = (" ".join(request.form.get(name, "").split())[:200] for name in ("judul", "edisi-baru"))
    options = [f"--title={title}"] if title else []
    return options + ([f"--edition={edition}"] if edition else []), title


def _workbook_out(group: str) -> Callable[[Site], Order]:
    def order(site: Site) -> Order:
        slug, edition = edition_of(site)
        return Order((group, "export", "--scheme", slug, "--edition", edition, "--replace", f"{RESULT}.xlsx"),
                     f"{slug} {edition}", f"/skema/{slug}/{edition}")  # fmt: skip

    return order


def _workbook_in(group: str, trial: str) -> Callable[[Site], Order]:
    """`trial` is the check box that says to change nothing."""

    def order(site: Site) -> Order:
        slug, edition = edition_of(site)
        options = ["--dry-run"] if _is_on(trial) else []
        given, called = _of_job(site) if request.form.get("dari") else (_uploaded(".xlsx"), _called())
        return Order((group, "import", "--scheme", slug, "--edition", edition, *options, GIVEN), f"{slug} {edition}",
                     f"/skema/{slug}/{edition}", given=given, settings={CALLED: called})  # fmt: skip

    return order


def _new_edition(site: Site) -> Order:
    slug, edition = edition_of(site)
    name = request.form.get("baru", "").strip()
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}", name):
        abort(400)
    return Order(("edition", "new", "--from", edition, "--", slug, name), f"{slug} {name}", "/edisi")


def _one_edition(*command: str) -> Callable[[Site], Order]:
    def order(site: Site) -> Order:
        slug, edition = edition_of(site)
        return Order((*command, "--", slug, edition), f"{slug} {edition}", "/edisi")

    return order


def _draft(site: Site) -> Order:
    slug, edition = edition_of(site)
    options = ["--dry-run"] if _is_on("coba-usulan") else []
    options += [] if _is_on("peran") else ["--without", "scenarios"]  # an empty frame is printed, too
    return Order(("scheme", "draft", "--scheme", slug, "--edition", edition, *options), f"{slug} {edition}",
                 f"/skema/{slug}/{edition}")  # fmt: skip


def _lacks_word(site: Site) -> Order:
    slug, edition = edition_of(site)
    return Order(("kurang", "--scheme", slug, "--edition", edition, "--docx", f"{RESULT}.docx"), f"{slug} {edition}",
                 "/")  # fmt: skip


def _release(site: Site) -> Order:
    slug, edition = edition_of(site)
    day = request.form.get("tanggal", "")
    if day and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day):
        abort(400)
    options = [f"--date={day}"] if day else []
    return Order(("edition", "release", *options, "--", slug, edition), f"{slug} {edition}", "/edisi")


def _diff(site: Site) -> Order:
    slug, old = edition_of(site)
    _, new = known_edition(site, slug, request.form.get("dengan", ""))
    return Order(("diff", "--json", "--scheme", slug, "--", old, new), f"{slug}: {old} → {new}", "/edisi")


def _diff_word(site: Site) -> Order:
    slug, old = edition_of(site)
    _, new = known_edition(site, slug, request.form.get("dengan", ""))
    return Order(("diff", "--scheme", slug, "--docx", f"{RESULT}.docx", "--", old, new), f"{slug}: {old} → {new}",
                 "/edisi")  # fmt: skip


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
    "buat-jadwal": Action(said("Making the documents of {subject}"), "build", _with_event("build")),
    "buat-perangkat": Action(said("Making the documents of {subject}"), "build", _build_kit),
    "paket-jadwal": Action(said("Making the packs of {subject}"), "pack", _pack_event),
    "paket-perangkat": Action(said("Making the packs of {subject}"), "pack", _with_edition("pack")),
    "pdf": Action(said("Making the PDF of a document"), "pdf", _pdf),
    "daftar-cetak": Action(said("Listing what is to be printed of {subject}"), "event print",
                           _about_event("event", "print", "--json")),
    "cetak-ulang": Action(said("Printing a page of {subject} again"), "event reprint", _reprint),
    "jadwal-baru": Action(said("Making the workbook of {subject}"), "event new", _new_event),
    "periksa-jadwal": Action(said("Writing notes into a copy of the workbook of {subject}"), "event check",
                             _about_event("event", "check", "--annotate")),
    "baca-ulang-jadwal": Action(said("Reading the documents of {subject} back"), "verify", _with_event("verify")),
    "baca-ulang-perangkat": Action(said("Reading the documents of {subject} back"), "verify",
                                   _with_edition("verify")),
    "serahkan": Action(said("Handing over the documents of {subject}"), "event deliver", _deliver),
    "hasil": Action(said("Reading the results of {subject}"), "event results", _about_event("event", "results")),
    "penarikan": Action(said("Looking for void sheets of {subject}"), "recall", _about_event("recall", "--json")),
    "tulis-penarikan": Action(said("Taking void sheets of {subject} back"), "recall", _recall_sheets),
    "arsip-jadwal": Action(said("Archiving {subject}"), "event archive", _archive_event),
    "lihat-hapus": Action(said("Looking at what a purge of {subject} would remove"), "event purge",
                          _about_event("event", "purge")),
    "hapus": Action(said("Removing the personal data of {subject}"), "event purge", _purge),
    "kode": Action(said("Looking up the code {subject}"), "explain", _explain),
    "baca-skema": Action(said("Reading a scheme"), "import", _read_scheme),
    "impor": Action(said("Taking over the scheme {subject}"), "import", _import),
    "bank-unduh": Action(said("Writing the workbook of questions of {subject}"), "bank export", _workbook_out("bank")),
    "bank-unggah": Action(said("Taking over the workbook of questions of {subject}"), "bank import",
                          _workbook_in("bank", "coba-soal")),
    "skema-unduh": Action(said("Writing the workbook of the scheme {subject}"), "scheme export",
                          _workbook_out("scheme")),
    "skema-unggah": Action(said("Taking over the workbook of the scheme {subject}"), "scheme import",
                           _workbook_in("scheme", "coba-skema")),
    "usulan": Action(said("Proposing what {subject} lacks"), "scheme draft", _draft),
    "kurang-word": Action(said("Listing what {subject} still lacks"), "kurang", _lacks_word),
    "edisi-baru": Action(said("Opening the edition {subject}"), "edition new", _new_edition),
    "ikuti": Action(said("Letting the questions of {subject} follow"), "edition follow",
                    _one_edition("edition", "follow")),
    "rilis": Action(said("Releasing {subject}"), "edition release", _release),
    "banding": Action(said("Comparing {subject}"), "diff", _diff),
    "banding-word": Action(said("Comparing {subject}"), "diff", _diff_word),
    "periksa-templat": Action(said("Checking the templates {subject}"), "template check", _check_template),
    "contoh-templat": Action(said("Making a filled sample of {subject}"), "template preview", _preview),
}  # fmt: skip
"""Every button that starts a run, by the word in its address."""
