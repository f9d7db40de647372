"""Skema: units, elements and criteria with their methods and what serves them; schemes and questions in and out."""

from dataclasses import dataclass
from typing import Any, Final

from flask import Flask
from flask.typing import ResponseReturnValue

from kitgen.base.errors import Findings
from kitgen.base.messages import said
from kitgen.load.edition.scheme import load_scheme
from kitgen.model.scheme import Scheme
from kitgen.page.actions import known_edition
from kitgen.page.problems import grouped_problems
from kitgen.page.questions import edition_check, edition_lacks, editions_state, schemes_of
from kitgen.page.site import Site, takes_site
from kitgen.page.views.home import STATES, content_of, lacks_of

EVIDENCE: Final = (
    ("tasks", said("task")),
    ("cues", said("cue")),
    ("multiple_choice", said("MC")),
    ("essay", said("essay")),
    ("oral", said("oral")),
    ("supporting", said("supporting")),
)
"""What serves a criterion, by the key the check gives it."""


@dataclass(frozen=True, slots=True)
class UnitCount:
    """Ringkasan unit: how many criteria it has, and of how many nothing serves the method."""

    criteria: int
    gaps: int | None


def add_to(app: Flask) -> None:
    """Put these pages into the application."""
    app.add_url_rule("/skema", "schemes", takes_site(schemes))
    app.add_url_rule("/skema/<slug>/<edition>", "scheme", takes_site(scheme))


def schemes(site: Site) -> ResponseReturnValue:
    """All schemes, and the form to read a new one."""
    states = {(row["scheme"], row["edition"]): row["state"] for row in content_of(editions_state(site)) or ()}
    return site.page("schemes.html", said("Schemes"), schemes=schemes_of(site), states=states, words=STATES)


def scheme(site: Site, slug: str, edition: str) -> ResponseReturnValue:
    """One edition of a scheme, criterion by criterion."""
    known_edition(site, slug, edition)
    check = edition_check(site, slug, edition)
    found = content_of(check) or []
    rows = {(row["unit"], row["criterion"]): row for review in found for row in review.get("coverage", ())}
    read = _scheme(site, slug, edition)
    counts: dict[str, UnitCount] = {}
    for unit in read.units if read is not None else ():
        numbers = [criterion.number for element in unit.elements for criterion in element.criteria]
        gaps = sum(bool(rows[unit.code, number]["gap"]) for number in numbers if (unit.code, number) in rows)
        counts[unit.code] = UnitCount(len(numbers), gaps if rows else None)
    problems = grouped_problems(check.answer.problems) if check.answer is not None else []
    return site.page(
        "scheme.html", said("Scheme {name}", name=f"{slug} {edition}"), slug=slug, edition=edition, scheme=read,
        check=check, rows=rows, counts=counts, evidence=EVIDENCE, problems=problems,
        lacks=lacks_of(edition_lacks(site, slug, edition)),
        totals=_totals(counts), questions=sum(review.get("questions", 0) for review in found),
    )  # fmt: skip


def _scheme(site: Site, slug: str, edition: str) -> Scheme | None:
    """The scheme as its file tells it, read again only when the file is another one."""
    path = site.project.scheme_file(slug, edition)

    def read() -> Scheme | None:
        return load_scheme(path, site.project.shown(path), slug, edition, Findings())

    return site.known(path, "scheme", read)


def _totals(counts: dict[str, UnitCount]) -> dict[str, Any]:
    gaps = [each.gaps for each in counts.values()]
    return {
        "units": len(counts),
        "criteria": sum(each.criteria for each in counts.values()),
        "gaps": None if None in gaps else sum(each or 0 for each in gaps),
    }
