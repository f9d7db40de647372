"""Which documents there are: form x kit x per, each with its path and audience. Pure; nothing is read or written."""

import dataclasses
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kitgen.model.bank import Bank, Paper, QuestionKind
from kitgen.model.edition import Edition
from kitgen.model.forms import AUDIENCE_FOLDERS, SCHEME_FOLDER, UNIT_FOLDER, Form, KitKind, Per
from kitgen.model.methods import AssessmentPlan
from kitgen.model.scenario import Scenario
from kitgen.model.scheme import Cluster, Scheme, Unit
from kitgen.papers import papers_of_kit
from kitgen.plan_sheet import instruments_of

MAX_NAME = 65
"""Characters a file's name may have below the kit's folder, so that whole paths stay within what Windows takes."""
_LISTS: Final = frozenset({"documents", "signatures"})
"""What is given of the other documents of a kit."""
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


@dataclass(frozen=True, slots=True)
class Kit:
    """Perangkat asesmen (MUK): a slice of a scheme's data, the whole of it or one unit."""

    kind: KitKind
    name: str
    folder: str
    scheme: Scheme
    clusters: tuple[Cluster, ...]
    units: tuple[Unit, ...]
    bank: Bank
    scenarios: tuple[Scenario, ...]
    plan: AssessmentPlan
    papers: Mapping[QuestionKind, tuple[Paper, ...]]


@dataclass(frozen=True, slots=True)
class PlannedDocument:
    """Dokumen yang direncanakan: a form of a kit, and where it lies, relative to the edition's folder.

    `paper` and `scenario` are those it is about, where its form is made for each of them; `listing` are the forms
    of its kit with how many documents there are of each, where its form is given them.
    """

    path: str
    form: Form
    kit: Kit
    paper: Paper | None = None
    scenario: Scenario | None = None
    listing: tuple[tuple[Form, int], ...] = ()


def kits_of(edition: Edition) -> list[Kit]:
    """The kit of the whole scheme, then one kit for each unit; a unit's kit keeps its cluster's number and name."""
    scheme = edition.scheme
    kits = [
        Kit("scheme", scheme.title, SCHEME_FOLDER, scheme, scheme.clusters, scheme.units, edition.bank,
            edition.scenarios, edition.plan, _papers("scheme", scheme.units, scheme.clusters, edition.bank, edition))
    ]  # fmt: skip
    for unit in scheme.units:
        clusters = tuple(_narrowed(cluster, unit) for cluster in scheme.clusters if unit in cluster.units)
        bank = tuple(question for question in edition.bank if question.unit == unit.code)
        kits.append(
            Kit(
                kind="unit",
                name=unit.code,
                folder=f"{UNIT_FOLDER}/{safe_name(unit.code)}",
                scheme=scheme,
                clusters=clusters,
                units=(unit,),
                bank=bank,
                scenarios=tuple(scenario for scenario in edition.scenarios if unit.code in scenario.unit_codes),
                plan=edition.plan,
                papers=_papers("unit", (unit,), clusters, bank, edition),
            )
        )
    return kits


def _papers(
    kind: KitKind, units: tuple[Unit, ...], clusters: tuple[Cluster, ...], bank: Bank, edition: Edition
) -> Mapping[QuestionKind, tuple[Paper, ...]]:
    drawn = papers_of_kit(kind, units, clusters, bank, edition.blueprint, edition.plan, edition.papers)
    return {of: tuple(each.paper for each in papers) for of, papers in drawn.items()}


def _narrowed(cluster: Cluster, unit: Unit) -> Cluster:
    """The cluster as one unit's kit shows it: that unit and the parts of tasks that are for it."""
    tasks = []
    for task in cluster.tasks:
        parts = tuple(part for part in task.parts if part.unit_code == unit.code)
        if parts:
            tasks.append(dataclasses.replace(task, parts=parts, minutes=sum(part.minutes for part in parts)))
    activities = []
    for activity in cluster.activities:
        aspects = tuple(aspect for aspect in activity.aspects if aspect.unit_code == unit.code)
        activities.append(dataclasses.replace(activity, aspects=aspects))
    return dataclasses.replace(cluster, units=(unit,), tasks=tuple(tasks), activities=tuple(activities))


def plan_documents(forms: Sequence[Form], kits: Sequence[Kit]) -> list[PlannedDocument]:
    """All documents of these kits, sorted by path."""
    planned: list[PlannedDocument] = []
    for kit in kits:
        of_kit = [
            document
            for form in forms
            if kit.kind in form.kits and _is_used(form, kit)
            for document in SCOPES[form.per](form, kit)
        ]
        counts = Counter(document.form.code for document in of_kit)
        listing = tuple((form, counts[form.code]) for form in forms if counts[form.code])
        planned += [
            dataclasses.replace(document, listing=listing) if _LISTS & set(document.form.given) else document
            for document in of_kit
        ]
    return sorted(planned, key=lambda document: document.path)


def _is_used(form: Form, kit: Kit) -> bool:
    """Whether the plan of some cluster of the kit uses the form's instrument; forms that are none are always used."""
    return form.instrument is None or any(form.instrument in instruments_of(kit.plan, each) for each in kit.clusters)


def _one(form: Form, kit: Kit) -> list[PlannedDocument]:
    return [PlannedDocument(document_path(form, kit), form, kit)]


def _per_paper(form: Form, kit: Kit) -> list[PlannedDocument]:
    """Nothing where the bank has no question of the form's kind: an empty sheet would be no paper."""
    papers = kit.papers.get(form.questions, ()) if form.questions is not None else ()
    return [
        PlannedDocument(document_path(form, kit, f"Paket {paper.letter}"), form, kit, paper=paper) for paper in papers
    ]


def _per_scenario(form: Form, kit: Kit) -> list[PlannedDocument]:
    found = kit.scenarios
    return [PlannedDocument(document_path(form, kit, each.id), form, kit, scenario=each) for each in found]


SCOPES: Final[dict[Per, Callable[[Form, Kit], list[PlannedDocument]]]] = {
    "kit": _one,
    "candidate": _one,  # no candidates are known here: made once, blank
    "assessor": _one,
    "paper": _per_paper,
    "scenario": _per_scenario,
}


def document_path(form: Form, kit: Kit, qualifier: str = "") -> str:
    """`<kit>/<audience>/<official number> <form code>[ <qualifier>].<suffix>`, parts separated by `/`."""
    suffix = form.template[form.template.rindex(".") :]
    name = " ".join(part for part in (form.number, form.code, qualifier) if part)
    return f"{kit.folder}/{AUDIENCE_FOLDERS[form.audience]}/{safe_name(name, MAX_NAME - len(suffix))}{suffix}"


def safe_name(text: str, length: int = MAX_NAME) -> str:
    """A file or folder name every system takes: no separators or control characters, no reserved or hidden name."""
    name = _UNSAFE.sub("-", " ".join(text.split()))[:length].strip(" .")
    if not name or _RESERVED.fullmatch(name):
        return f"_{name}"
    return name
