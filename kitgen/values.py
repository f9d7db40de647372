"""What each document's template is given, as plain data made from the model."""

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from kitgen.coverage import coverage_of
from kitgen.model.body import CertificationBody
from kitgen.model.forms import AUDIENCE_FOLDERS, Form
from kitgen.model.given import (
    ALWAYS_GIVEN,
    BLANK_PARTICIPANTS,
    Assessor,
    Candidate,
    DocumentLine,
    Event,
    FormFacts,
    SignatureLine,
    Stamp,
    Venue,
)
from kitgen.model.scheme import Cluster
from kitgen.papers import blueprint_sheet
from kitgen.plan import PlannedDocument
from kitgen.plan_sheet import instruments_of, plan_sheet

SERIAL_TOKEN = "#KODE-DOKUMEN#"
"""Stands in the stamp until the parts are made and the serial, a function of them, is known."""

DRAFT_TEXT: Final = "DRAF"

Values = Mapping[str, object]


class Plain:
    """Turns the model into plain data, each object once, so that equal objects of many documents are shared."""

    def __init__(self) -> None:
        self._made: dict[int, tuple[object, object]] = {}

    def __call__(self, value: object) -> object:
        """Mappings, lists, texts, numbers and holes for any value of the model."""
        if isinstance(value, tuple):
            found = self._made.get(id(value))
            if found is None:
                found = self._made[id(value)] = (value, [self(item) for item in value])
            return found[1]
        if dataclasses.is_dataclass(value) and type(value).__module__.startswith("kitgen.model"):
            found = self._made.get(id(value))
            if found is None:
                plain = {entry.name: self(getattr(value, entry.name)) for entry in dataclasses.fields(value)}
                found = self._made[id(value)] = (value, plain)
            return found[1]
        return value


def as_draft(values: Values) -> Values:
    """The same values for a document in which a missing fact is printed."""
    stamp = values["stamp"]
    assert isinstance(stamp, dict)
    return {**values, "stamp": {**stamp, "draft": DRAFT_TEXT}}


def used_clusters(document: PlannedDocument) -> tuple[Cluster, ...]:
    """The kit's clusters, for an instrument those whose plan uses it."""
    kit, instrument = document.kit, document.form.instrument
    if instrument is None:
        return kit.clusters
    return tuple(each for each in kit.clusters if instrument in instruments_of(kit.plan, each))


def _document_lines(document: PlannedDocument) -> Iterator[DocumentLine]:
    for form, count in document.listing:
        yield DocumentLine(form.number, form.code, form.title, form.stage, AUDIENCE_FOLDERS[form.audience], count)


def _signature_lines(document: PlannedDocument, signers: Callable[[Form], tuple[str, ...]]) -> Iterator[SignatureLine]:
    for form, count in document.listing:
        found = signers(form)
        if found:
            yield SignatureLine(form.code, form.title, found, count)


def template_values(
    document: PlannedDocument, body: CertificationBody, plain: Plain, signers: Callable[[Form], tuple[str, ...]]
) -> Values:
    """The values of one document: those its form's entry names, and the ones every form is given.

    `signers` tells who signs a form.
    """
    form, kit = document.form, document.kit
    wanted = set(form.given)
    given: dict[str, object] = {
        "form": FormFacts(form.code, form.title),
        "stamp": Stamp(SERIAL_TOKEN, ""),
        "body": body,
        "scheme": kit.scheme,
        "clusters": used_clusters(document),
        "units": kit.units,
        "candidate": Candidate(),
        "assessor": Assessor(),
        "venue": Venue(),
        "event": Event(),
        "assessors": (Assessor(), Assessor()),
        "participants": BLANK_PARTICIPANTS,
        "plan": plan_sheet(kit.clusters, kit.plan) if "plan" in wanted else None,
        "documents": tuple(_document_lines(document)),
        "signatures": tuple(_signature_lines(document, signers)) if "signatures" in wanted else (),
        "paper": document.paper,
        "blueprint": blueprint_sheet(kit.units, kit.papers, kit.plan) if "blueprint" in wanted else None,
        "scenario": document.scenario,
        "coverage": coverage_of(kit.units, kit.clusters, kit.bank, kit.scenarios, kit.plan)
        if "coverage" in wanted
        else (),
    }
    return {name: plain(given[name]) for name in (*ALWAYS_GIVEN, *form.given)}
