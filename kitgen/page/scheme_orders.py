"""Orders about a scheme and its editions: reading one, workbooks, proposals, release, comparison."""

import re
from collections.abc import Callable

from flask import abort, request

from kitgen.page.children import CALLED, GIVEN, RESULT
from kitgen.page.orders import (
    Order,
    called_by_person,
    edition_of,
    is_on,
    known_edition,
    uploaded,
)
from kitgen.page.site import Site


def read_scheme(site: Site) -> Order:
    """Read a scheme and write nothing."""
    options, title = _scheme_options()
    if request.form.get("dari"):
        given, called = _of_job(site)
    else:
        given, called = uploaded(".html", ".htm", ".txt", ".pdf", ".docx", ".xlsx", ".md", ".csv"), called_by_person()
    return Order(("import", "--dry-run", "--json", *options, "--", GIVEN), title, "/skema", given=given,
                 settings={CALLED: called})  # fmt: skip


def take_scheme_over(site: Site) -> Order:
    """Take over what a job has read: the file is that job's, and so what is written is what was looked at."""
    given, called = _of_job(site)
    read = site.children.answer(request.form["dari"])
    if not isinstance(read, dict):
        abort(404)
    options, title = _scheme_options()
    doubts = {str(each["key"]) for each in read["doubts"]}
    options += [f"--accept={key}" for key in request.form.getlist("benar") if key in doubts]
    if is_on("ganti"):
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


def workbook_out(group: str) -> Callable[[Site], Order]:
    """Write the data of an edition as a workbook."""

    def order(site: Site) -> Order:
        slug, edition = edition_of(site)
        return Order((group, "export", "--scheme", slug, "--edition", edition, "--replace", f"{RESULT}.xlsx"),
                     f"{slug} {edition}", f"/skema/{slug}/{edition}")  # fmt: skip

    return order


def workbook_in(group: str, trial: str) -> Callable[[Site], Order]:
    """`trial` is the check box that says to change nothing."""

    def order(site: Site) -> Order:
        slug, edition = edition_of(site)
        options = ["--dry-run"] if is_on(trial) else []
        given, called = _of_job(site) if request.form.get("dari") else (uploaded(".xlsx"), called_by_person())
        return Order((group, "import", "--scheme", slug, "--edition", edition, *options, GIVEN), f"{slug} {edition}",
                     f"/skema/{slug}/{edition}", given=given, settings={CALLED: called})  # fmt: skip

    return order


def new_edition(site: Site) -> Order:
    """Open the next edition of a scheme."""
    slug, edition = edition_of(site)
    name = request.form.get("baru", "").strip()
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}", name):
        abort(400)
    return Order(("edition", "new", "--from", edition, "--", slug, name), f"{slug} {name}", "/edisi")


def about_edition(*command: str) -> Callable[[Site], Order]:
    """A command about the edition a form names."""

    def order(site: Site) -> Order:
        slug, edition = edition_of(site)
        return Order((*command, "--", slug, edition), f"{slug} {edition}", "/edisi")

    return order


def propose(site: Site) -> Order:
    """Propose what an edition lacks; role plays only where they are ticked."""
    slug, edition = edition_of(site)
    options = ["--dry-run"] if is_on("coba-usulan") else []
    options += [] if is_on("peran") else ["--without", "scenarios"]  # an empty frame is printed, too
    return Order(("scheme", "draft", "--scheme", slug, "--edition", edition, *options), f"{slug} {edition}",
                 f"/skema/{slug}/{edition}")  # fmt: skip


def list_lacks(site: Site) -> Order:
    """List what an edition lacks as a Word document."""
    slug, edition = edition_of(site)
    return Order(("kurang", "--scheme", slug, "--edition", edition, "--docx", f"{RESULT}.docx"), f"{slug} {edition}",
                 "/")  # fmt: skip


def release(site: Site) -> Order:
    """Release an edition."""
    slug, edition = edition_of(site)
    day = request.form.get("tanggal", "")
    if day and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day):
        abort(400)
    options = [f"--date={day}"] if day else []
    return Order(("edition", "release", *options, "--", slug, edition), f"{slug} {edition}", "/edisi")


def compare(site: Site) -> Order:
    """Compare two editions of a scheme."""
    slug, old = edition_of(site)
    _, new = known_edition(site, slug, request.form.get("dengan", ""))
    return Order(("diff", "--json", "--scheme", slug, "--", old, new), f"{slug}: {old} → {new}", "/edisi")


def compare_in_word(site: Site) -> Order:
    """Compare them as a Word document."""
    slug, old = edition_of(site)
    _, new = known_edition(site, slug, request.form.get("dengan", ""))
    return Order(("diff", "--scheme", slug, "--docx", f"{RESULT}.docx", "--", old, new), f"{slug}: {old} → {new}",
                 "/edisi")  # fmt: skip
