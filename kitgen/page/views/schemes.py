"""Skema: units, elements and criteria with their methods and what serves them; data in and out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import Flask, abort, redirect, request, send_file
from flask.typing import ResponseReturnValue

from kitgen.base.errors import Findings, KitgenError
from kitgen.base.messages import counted, said
from kitgen.base.project import EditionName
from kitgen.documents.disk.lock import working
from kitgen.load.edition.scheme import load_scheme
from kitgen.model.bank import KINDS
from kitgen.model.scheme import Scheme
from kitgen.page.orders import known_edition
from kitgen.page.problems import grouped_problems
from kitgen.page.questions import edition_check, edition_lacks, editions_state, schemes_of
from kitgen.page.site import Site, takes_site
from kitgen.page.unfit import UnfitForm
from kitgen.page.views.home import STATES, content_of, lacks_of
from kitgen.schemes.book.facts import FactGroup, Taken, fact_groups, take_facts
from kitgen.schemes.book.logo import LOGOS, logo_of, take_logo

EVIDENCE: Final = (
    ("tasks", said("task")),
    ("cues", said("cue")),
    *((kind, facts.heading) for kind, facts in KINDS.items()),
)
"""What serves a criterion, by the key the check gives it."""
_NOW: Final = "isi:"
_BEFORE: Final = "dulu:"
"""Begin the names of what is typed, and of what the field said when the form was made."""


@dataclass(frozen=True, slots=True)
class UnitCount:
    """Ringkasan unit: how many criteria it has, and of how many nothing serves the method."""

    criteria: int
    gaps: int | None


def add_to(app: Flask) -> None:
    """Put these pages into the application."""
    app.add_url_rule("/skema", "schemes", takes_site(schemes))
    app.add_url_rule("/skema/<slug>/<edition>", "scheme", takes_site(scheme))
    app.add_url_rule("/skema/<slug>/<edition>/fakta", "facts", takes_site(facts))
    app.add_url_rule("/skema/<slug>/<edition>/logo", "logo_given", takes_site(logo_given), methods=["POST"])
    app.add_url_rule("/skema/<slug>/<edition>/logo/<key>", "logo", takes_site(logo))
    app.add_url_rule("/skema/<slug>/<edition>/fakta", "facts_typed", takes_site(facts_typed), methods=["POST"])


def schemes(site: Site) -> ResponseReturnValue:
    """All schemes, and the form to read a new one."""
    states = {(row["scheme"], row["edition"]): row["state"] for row in content_of(editions_state(site)) or ()}
    return site.page("schemes.html", said("Schemes"), schemes=schemes_of(site), states=states, words=STATES)


def scheme(site: Site, slug: str, edition: str) -> ResponseReturnValue:
    """One edition of a scheme, criterion by criterion."""
    name = known_edition(site, slug, edition)
    check = edition_check(site, name)
    found = content_of(check) or []
    rows = {(row["unit"], row["criterion"]): row for review in found for row in review.get("coverage", ())}
    read = _scheme(site, name)
    counts: dict[str, UnitCount] = {}
    for unit in read.units if read is not None else ():
        numbers = [criterion.number for criterion in unit.criteria()]
        gaps = sum(bool(rows[unit.code, number]["gap"]) for number in numbers if (unit.code, number) in rows)
        counts[unit.code] = UnitCount(len(numbers), gaps if rows else None)
    problems = grouped_problems(check.answer.problems) if check.answer is not None else []
    return site.page(
        "scheme.html", said("Scheme {name}", name=f"{slug} {edition}"), slug=slug, edition=edition, scheme=read,
        check=check, rows=rows, counts=counts, evidence=EVIDENCE, problems=problems,
        lacks=lacks_of(edition_lacks(site, name)),
        totals=_totals(counts), questions=sum(review.get("questions", 0) for review in found),
    )  # fmt: skip


def facts(site: Site, slug: str, edition: str) -> ResponseReturnValue:
    """The facts of a scheme and of its LSP, as fields."""
    return _fact_page(site, known_edition(site, slug, edition), Taken(), {})


def facts_typed(site: Site, slug: str, edition: str) -> ResponseReturnValue:
    """What was typed into them put into the files of data; with anything wrong nothing is, and what was typed stays."""
    name = known_edition(site, slug, edition)
    typed = {key.removeprefix(_NOW): text for key, text in request.form.items() if key.startswith(_NOW)}
    before = {key.removeprefix(_BEFORE): text for key, text in request.form.items() if key.startswith(_BEFORE)}
    taken, faults = Taken(), []
    try:
        with working(site.root, "buka", patience=1.0):
            taken = take_facts(site.project, name, typed, before)
    except KitgenError as error:
        faults = list(error.diagnostics)
    taken.besides += faults
    if taken.problems or taken.besides:
        return _fact_page(site, name, taken, typed), 422
    here = f"/skema/{slug}/{edition}/fakta"
    if taken.changed:
        site.kept.doubt()
        told = said("Saved: {facts}. The documents that print them are to be made again.",
                    facts=counted(taken.changed, "fact"))  # fmt: skip
        site.notice(here, told)
    else:
        site.notice(here, said("Nothing was changed."))
    return redirect(here, code=303)


def logo_given(site: Site, slug: str, edition: str) -> ResponseReturnValue:
    """The file of a logo put beside the identity and named there; what is no picture that can be printed is refused."""
    name, key = known_edition(site, slug, edition), request.form.get("logo", "")
    file = request.files.get("berkas")
    if key not in LOGOS:
        abort(400)
    if file is None or not file.filename:
        raise UnfitForm(
            said("No file was chosen: choose one ({kinds}), then press the button again.", kinds=".png, .jpg")
        )
    data = file.read()
    file.close()
    here = f"/skema/{slug}/{edition}/fakta"
    try:
        with working(site.root, "buka", patience=1.0):
            taken = take_logo(site.project, name, key, file.filename, data)
        faults = [*taken.problems.values(), *taken.besides]
    except KitgenError as error:
        faults = list(error.diagnostics)
    for each in faults:
        told = said("{what}. What to do: {help}", what=each.message, help=each.help) if each.help else each.message
        site.notice(here, told, "bad")
    if not faults:
        site.kept.doubt()
        site.notice(here, said("The logo was taken over. The documents that print it are to be made again."))
    return redirect(here, code=303)


def logo(site: Site, slug: str, edition: str, key: str) -> ResponseReturnValue:
    """The logo that is printed now, to be looked at."""
    known_edition(site, slug, edition)
    path = logo_of(site.project, key) if key in LOGOS else None
    if path is None:
        abort(404)
    return send_file(path, max_age=0)


def _fact_page(site: Site, edition: EditionName, taken: Taken, typed: Mapping[str, str]) -> str:
    groups: tuple[FactGroup, ...] = ()
    besides = list(taken.besides)
    try:
        groups = fact_groups(site.project, edition)
    except KitgenError as error:
        besides = list(error.diagnostics)
    return site.page(
        "facts.html", said("Facts of {name}", name=f"{edition.slug} {edition.name}"), slug=edition.slug,
        edition=edition.name, groups=groups, typed=typed, problems=taken.problems, besides=besides, now=_NOW,
        before=_BEFORE, logos=[(key, logo_of(site.project, key)) for key in LOGOS],
        lacking=sum(group.lacking for group in groups),
    )  # fmt: skip


def _scheme(site: Site, edition: EditionName) -> Scheme | None:
    """The scheme as its file tells it, read again only when the file is another one."""
    path = site.project.scheme_file(edition)

    def read() -> Scheme | None:
        return load_scheme(path, site.project.shown(path), edition, Findings())

    return site.known(path, "scheme", read)


def _totals(counts: dict[str, UnitCount]) -> dict[str, Any]:
    gaps = [each.gaps for each in counts.values()]
    return {
        "units": len(counts),
        "criteria": sum(each.criteria for each in counts.values()),
        "gaps": None if None in gaps else sum(each or 0 for each in gaps),
    }
