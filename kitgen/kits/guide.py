"""A candidate's way through the assessment: hour by hour, which forms when, who signs, which keys. Pure."""

from collections.abc import Callable, Iterator
from typing import Final

from kitgen.kits.packs import words_of
from kitgen.kits.plan import PlannedDocument, is_used_for
from kitgen.kits.timetable.part import Part
from kitgen.kits.timetable.sheets import Sheets
from kitgen.model.audience import KEYS
from kitgen.model.forms import MOMENT_FOLDERS, MOMENTS, Form, Moment, Per
from kitgen.model.guide_sheet import GuideForm, GuideSheet, GuideStep
from kitgen.model.timetable_sheet import TimetableSheet

Signers = Callable[[Form], tuple[str, ...]]

_LAST: Final[Moment] = "sesudah"
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
        if form.per in _OF_ONE
        and form.code != document.form.code
        and not form.made_for
        and is_used_for(form, document.kit, candidate)
    ]
    if not event.assigned[candidate.number].scenarios:
        used = [form for form in used if form.per != "scenario"]
    return GuideSheet(
        steps=tuple(step for moment in MOMENTS if (step := _step(moment, used, signers)).forms),
        timetable=_hours(document, used),
        keys=tuple(_forms([form for form in used if form.audience in KEYS], signers)),
    )


def _hours(document: PlannedDocument, used: list[Form]) -> TimetableSheet:
    """The candidate's part of the event's timetable, with the forms of each part."""
    event, candidate = document.kit.event, document.candidate
    if event is None or event.timetable is None or candidate is None:
        return TimetableSheet("")

    def forms(part: Part) -> str:
        now = [form for form in used if form.audience_facts.is_assessing and form.per != "scenario" and (
            form.moment == _LAST if part.kind == "closing" else form.instrument in part.instruments)]  # fmt: skip
        return ", ".join(dict.fromkeys(form.code for form in now))

    return Sheets(event.schedule, event.timetable, event.arrangement, event.seats).guide_of(candidate, forms)


def _step(moment: Moment, used: list[Form], signers: Signers) -> GuideStep:
    now = [form for form in used if form.moment == moment and form.audience_facts.is_assessing]
    if moment != _LAST:  # a letter to them before it is no step
        now = [form for form in now if signers(form) or form.per != "candidate"]
    return GuideStep(words_of(MOMENT_FOLDERS[moment]), tuple(_forms(now, signers)))


def _forms(forms: list[Form], signers: Signers) -> Iterator[GuideForm]:
    for form in forms:
        yield GuideForm(form.code, form.title, form.audience, ", ".join(signers(form)))
