"""Which documents there are: form x kit x per, each with its path and audience. Pure; nothing is read or written."""

import dataclasses
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kitgen.model.bank import Bank, Paper
from kitgen.model.edition import Edition
from kitgen.model.forms import AUDIENCE_FOLDERS, SCHEME_FOLDER, UNIT_FOLDER, Form, KitKind, Per
from kitgen.model.scenario import Scenario
from kitgen.model.scheme import Cluster, Scheme, Unit
from kitgen.papers import arrange

MAX_NAME = 65
"""Characters a file's name may have below the kit's folder, so that whole paths stay within what Windows takes."""
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


@dataclass(frozen=True, slots=True)
class PlannedDocument:
    """Dokumen yang direncanakan: a form of a kit, and where it lies, relative to the edition's folder.

    `paper` and `scenario` are those it is about, where its form is made for each of them.
    """

    path: str
    form: Form
    kit: Kit
    paper: Paper | None = None
    scenario: Scenario | None = None


def kits_of(edition: Edition) -> list[Kit]:
    """The kit of the whole scheme, then one kit for each unit; a unit's kit keeps its cluster's number and name."""
    scheme = edition.scheme
    kits = [
        Kit(
            "scheme",
            scheme.title,
            SCHEME_FOLDER,
            scheme,
            scheme.clusters,
            scheme.units,
            edition.bank,
            edition.scenarios,
        )
    ]
    for unit in scheme.units:
        kits.append(
            Kit(
                kind="unit",
                name=unit.code,
                folder=f"{UNIT_FOLDER}/{safe_name(unit.code)}",
                scheme=scheme,
                clusters=tuple(_narrowed(cluster, unit) for cluster in scheme.clusters if unit in cluster.units),
                units=(unit,),
                bank=tuple(question for question in edition.bank if question.unit == unit.code),
                scenarios=tuple(scenario for scenario in edition.scenarios if scenario.unit_code == unit.code),
            )
        )
    return kits


def _narrowed(cluster: Cluster, unit: Unit) -> Cluster:
    """The cluster as one unit's kit shows it: that unit and the parts of tasks that are for it."""
    tasks = []
    for task in cluster.tasks:
        parts = tuple(part for part in task.parts if part.unit_code == unit.code)
        if parts:
            tasks.append(dataclasses.replace(task, parts=parts, minutes=sum(part.minutes for part in parts)))
    return dataclasses.replace(cluster, units=(unit,), tasks=tuple(tasks))


def plan_documents(forms: Iterable[Form], kits: Sequence[Kit]) -> list[PlannedDocument]:
    """All documents of these kits, sorted by path."""
    planned = [
        document for kit in kits for form in forms if kit.kind in form.kits for document in SCOPES[form.per](form, kit)
    ]
    return sorted(planned, key=lambda document: document.path)


def _one(form: Form, kit: Kit) -> list[PlannedDocument]:
    return [PlannedDocument(document_path(form, kit), form, kit)]


def _per_paper(form: Form, kit: Kit) -> list[PlannedDocument]:
    """Nothing where the bank has no question of the form's kind: an empty sheet would be no paper."""
    paper = arrange(kit.bank, form.questions) if form.questions is not None else None
    if paper is None:
        return []
    return [PlannedDocument(document_path(form, kit, f"Paket {paper.letter}"), form, kit, paper=paper)]


def _per_scenario(form: Form, kit: Kit) -> list[PlannedDocument]:
    found = kit.scenarios
    return [PlannedDocument(document_path(form, kit, each.id), form, kit, scenario=each) for each in found]


SCOPES: Final[dict[Per, Callable[[Form, Kit], list[PlannedDocument]]]] = {
    "kit": _one,
    "candidate": _one,  # no candidates are known here: made once, blank
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
