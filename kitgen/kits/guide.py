"""A candidate's way through the assessment: which forms when, who signs, which scenes, which keys. Pure."""

from collections.abc import Callable, Iterator
from typing import Final

from kitgen.kits.event_kit import turn_lines
from kitgen.kits.packs import words_of
from kitgen.kits.plan import PlannedDocument, is_used_for
from kitgen.model.audience import Audience
from kitgen.model.forms import MOMENT_FOLDERS, MOMENTS, Form, Moment, Per
from kitgen.model.guide_sheet import GuideForm, GuideSheet, GuideStep

Signers = Callable[[Form], tuple[str, ...]]

_WORKED_WITH: Final[tuple[Audience, ...]] = ("asesi", "asesor")
_OF_ONE: Final[tuple[Per, ...]] = ("candidate", "paper", "booklet", "scenario")
"""Made for a candidate, or for what candidates are given: all else is of the event, not of this candidate."""


def guide_sheet(document: PlannedDocument, signers: Signers) -> GuideSheet:
    """The guide of the document's candidate; empty for none. `signers` tells who signs a form."""
    event, candidate = document.kit.event, document.candidate
    if event is None or candidate is None:
        return GuideSheet()
    used = [
        form
        for form, _ in document.listing
        if form.per in _OF_ONE and form.code != document.form.code and is_used_for(form, document.kit, candidate)
    ]
    if not event.assigned[candidate.number].scenarios:
        used = [form for form in used if form.per != "scenario"]
    return GuideSheet(
        steps=tuple(step for moment in MOMENTS if (step := _step(moment, used, signers)).forms),
        turns=tuple(line for line in turn_lines(event) if line.number == candidate.number),
        keys=tuple(_forms([form for form in used if form.audience == "kunci"], signers)),
    )


def _step(moment: Moment, used: list[Form], signers: Signers) -> GuideStep:
    now = [form for form in used if form.moment == moment and form.audience in _WORKED_WITH]
    now = [form for form in now if signers(form) or form.per != "candidate"]  # a letter to them is no step
    return GuideStep(words_of(MOMENT_FOLDERS[moment]), tuple(_forms(now, signers)))


def _forms(forms: list[Form], signers: Signers) -> Iterator[GuideForm]:
    for form in forms:
        yield GuideForm(form.code, form.title, form.audience, ", ".join(signers(form)))
