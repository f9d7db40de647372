"""Do finished files keep to the plan? FR.MAPA.02 as it is printed, against sheets, ticks and turns. Pure.

All of it is read from the pages: which instruments are ticked for which background, which clusters a candidate's sheets
name, which evidence their agreement ticks, who has a turn in which role play.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from kitgen.base.messages import said
from kitgen.kits.kit import EventParts, Kit
from kitgen.kits.packs import concerns
from kitgen.kits.plan import PlannedDocument
from kitgen.kits.scope import changes_of, played_units
from kitgen.model.event import EventCandidate
from kitgen.model.forms import Per
from kitgen.model.methods import BACKGROUNDS, InstrumentKind
from kitgen.verify.on_page import (
    PlanFault,
    ReadDocument,
    clusters_on,
    papers_out_of_use,
    unit_faults,
    units_on,
    unmarked,
    wrong_names,
)
from kitgen.verify.read_back import Finished, words_of

Ticks = Mapping[tuple[int, str], frozenset[int]]
"""By cluster and instrument: the backgrounds ticked."""

_CLUSTER: Final = re.compile(r"Kelompok Pekerjaan (\d+)")
_BOX: Final = re.compile(r"([☐☒☑])\s*([^☐☒☑]+)")
_TICKED: Final = "☒☑√✓"
_MARKS: Final = f"☐{_TICKED}"
EVIDENCE: Final[Mapping[str, str]] = {
    "portfolio": "portofolio", "product_review": "reviu produk", "observation": "observasi langsung",
    "activity": "kegiatan terstruktur", "oral": "lisan", "written": "tertulis", "interview": "wawancara",
}  # fmt: skip
"""What the boxes of the agreement are about, by columns and methods of instruments: words of their labels."""
_OTHERS: Final = "lainnya"


WHOLE: Final[Per] = "paper"
"""What forms of an older kitgen are made per: whole papers, which follow no cluster."""


def plan_faults(kit: Kit, documents: Sequence[ReadDocument], declared: Collection[str]) -> Iterator[PlanFault]:
    """What in the finished files of a kit contradicts its plan, and where: the path of a document, or empty.

    `declared` are the instruments there is a form of: of others no sheet can be missed.
    """
    ticks: dict[tuple[int, str], frozenset[int]] = {}
    kinds = {kind.form: kind for kind in kit.plan.kinds}
    for each in documents:
        if "plan" in each.checked.document.form.given and each.checked.document.candidate is None:
            ticks.update(printed_ticks(each.finished, kinds))
    ticks = {(cluster, form): of for (cluster, form), of in ticks.items() if form in declared}
    yield from _unheld(kit, documents, ticks)
    for each in documents:
        yield from wrong_names(kit, each)
        yield from unmarked(each)
    if kit.event is None:
        return
    for candidate in kit.event.taking_part:
        own = [each for each in documents if _is_of(each, candidate)]
        if ticks:
            yield from _sheets(kit, candidate, own, ticks)
        yield from _units(kit, candidate, own)
        yield from _evidence(kit, candidate, own, declared)
        yield from _agreed(kit, candidate, own)
        yield from _roles(kit, candidate, documents)
    for each in documents:
        yield from papers_out_of_use(kit.event, each)
    yield from _turns(kit, documents)


def printed_ticks(read: Finished, kinds: Mapping[str, InstrumentKind]) -> Ticks:
    """The boxes of FR.MAPA.02: a row with the code of an instrument and a box for each background."""
    found: dict[tuple[int, str], frozenset[int]] = {}
    cluster = 0
    for row in read.rows.values():
        texts = [read.lines[number].text for number in row]
        for text in texts:
            if (named := _CLUSTER.match(text)) is not None:
                cluster = int(named[1])
        marks = [text for text in texts if len(text) == 1 and text in _MARKS]
        if len(marks) != len(BACKGROUNDS):
            continue
        form = next(
            (form for form in kinds if any(re.search(rf"(?<!\w){re.escape(form)}\b", text) for text in texts)), None
        )
        if form is not None:
            ticked = (number for number, mark in zip(BACKGROUNDS, marks, strict=True) if mark in _TICKED)
            found[cluster, form] = frozenset(ticked)
    return found


def _unheld(kit: Kit, documents: Sequence[ReadDocument], ticks: Ticks) -> Iterator[PlanFault]:
    """Instruments ticked of which the kit holds no sheet; in an event each candidate's are looked at instead."""
    if kit.event is not None:
        return
    held = {each.checked.document.form.instrument for each in documents}
    for (cluster, form), backgrounds in ticks.items():
        if backgrounds and form not in held:
            yield (
                said(
                    "{form} is ticked for cluster {cluster}, and the kit holds no sheet of it",
                    form=form,
                    cluster=cluster,
                ),
                "",
            )


def _is_of(each: ReadDocument, candidate: EventCandidate) -> bool:
    document = each.checked.document
    return document.candidate is not None and document.candidate.number == candidate.number


def _sheets(kit: Kit, candidate: EventCandidate, own: Sequence[ReadDocument], ticks: Ticks) -> Iterator[PlanFault]:
    """The sheets of a candidate against what is ticked for them, cluster by cluster."""
    whose = said("candidate {number}", number=candidate.number)
    wanted = _wanted(candidate, ticks)
    found: dict[str, set[int]] = {}
    for each in own:
        form = each.checked.document.form.instrument
        if form is None or each.checked.document.form.per == WHOLE:
            continue
        named = clusters_on(kit, each)
        found.setdefault(form, set()).update(named)
        for cluster in sorted(named):
            if (cluster, form) not in wanted:
                yield (
                    said(
                        "sheet of {form} asks {whose} for cluster {cluster}, for which the plan does not use it",
                        form=form,
                        whose=whose,
                        cluster=cluster,
                    ),
                    each.checked.document.path,
                )
        if not named and not any(of == form for _, of in wanted):
            yield (
                said("sheet of {form} is made for {whose}, for whom the plan does not use it", form=form, whose=whose),
                each.checked.document.path,
            )
    whole = {each.checked.document.form.instrument for each in own if each.checked.document.form.per == WHOLE}
    for cluster, form in sorted(wanted):
        if form in whole:
            continue
        if form not in found and _makes_sheets(kit, form, cluster, candidate):
            yield (
                said(
                    "{form} is ticked for cluster {cluster}, and {whose} has no sheet of it",
                    form=form,
                    cluster=cluster,
                    whose=whose,
                ),
                "",
            )
        elif found.get(form) and cluster not in found[form] and _makes_sheets(kit, form, cluster, candidate):
            yield (
                said(
                    "{form} is ticked for cluster {cluster}, and no sheet of {whose} is about that cluster",
                    form=form,
                    cluster=cluster,
                    whose=whose,
                ),
                "",
            )


def _wanted(candidate: EventCandidate, ticks: Ticks) -> set[tuple[int, str]]:
    """What is ticked on the page for a candidate's backgrounds, with the deviations that were recorded."""
    wanted = {
        (cluster, form)
        for (cluster, form), backgrounds in ticks.items()
        if candidate.background_for(cluster) in backgrounds
        or (not candidate.background_for(cluster) and backgrounds >= set(BACKGROUNDS))
    }
    for each in candidate.deviations:
        (wanted.add if each.is_added else wanted.discard)((each.cluster, each.form))
    return wanted


def _makes_sheets(kit: Kit, form: str, cluster: int, candidate: EventCandidate) -> bool:
    """Whether an instrument has anything to print for a cluster: a written test needs questions that serve it."""
    kind = next((kind for kind in kit.plan.kinds if kind.form == form), None)
    if kind is None or kind.questions is None:
        return True
    codes = {unit.code for each in kit.clusters if each.number == cluster for unit in each.units}
    asked = kit.drawn.get(kind.questions, ())
    return any(question.unit_code in codes for paper in asked for question in paper.questions)


def _units(kit: Kit, candidate: EventCandidate, own: Sequence[ReadDocument]) -> Iterator[PlanFault]:
    """The units on a candidate's sheets against those FR.MAPA.01 uses their instruments for."""
    scope = kit.scope_for(candidate)
    named: dict[str, set[str]] = {}
    for each in own:
        form = each.checked.document.form
        if form.instrument is not None and form.per != WHOLE and (codes := units_on(kit, each)):
            named.setdefault(form.instrument, set()).update(codes)
    yield from unit_faults(kit, candidate.number, {form: set(scope.codes(form)) for form in named}, named)


def _agreed(kit: Kit, candidate: EventCandidate, own: Sequence[ReadDocument]) -> Iterator[PlanFault]:
    """What was agreed other than the plan stands on the candidate's agreement."""
    for each in own:
        if "plan" not in each.checked.document.form.given:
            continue
        for change in changes_of(kit.clusters, candidate):
            if next(each.finished.within(words_of(change)), None) is None:
                yield (
                    said("`{change}` was agreed with candidate {number}, and does not stand here", change=change,
                         number=candidate.number),
                    each.path,
                )  # fmt: skip


def _evidence(
    kit: Kit, candidate: EventCandidate, own: Sequence[ReadDocument], declared: Collection[str]
) -> Iterator[PlanFault]:
    """The boxes of the agreement against the sheets a candidate has: nothing is collected that was not agreed."""
    kinds = {kind.form: kind for kind in kit.plan.kinds}
    scope = kit.scope_for(candidate)
    used = [kinds[form] for each in own if (form := each.checked.document.form.instrument) is not None]
    used += [kind for form, kind in kinds.items() if form not in declared and scope.uses(form)]
    names = {name for kind in used for name in (kind.column, *kind.shows)}
    others = {kind.form for kind in used if kind.column not in (*EVIDENCE, "questioning")}
    for each in own:
        document = each.checked.document
        if "plan" not in document.form.given:
            continue
        boxes = {
            label.casefold(): mark in _TICKED for line in each.finished.lines for mark, label in _BOX.findall(line.text)
        }
        for key, word in EVIDENCE.items():
            for label, ticked in boxes.items():
                if label.startswith("hasil") and word in label and ticked != (key in names):
                    what = (
                        said("ticked, and no sheet for it is there")
                        if ticked
                        else said("not ticked, and a sheet for it is there")
                    )
                    yield (
                        said(
                            "evidence `{label}` of candidate {number} is {what}",
                            label=label.strip(),
                            number=candidate.number,
                            what=what,
                        ),
                        document.path,
                    )
        is_agreement = sum(label.startswith("hasil") for label in boxes) > 1
        ticked = any(mark for label, mark in boxes.items() if label.startswith(_OTHERS))
        if is_agreement and ticked != bool(others):
            forms = ", ".join(sorted(others))
            what = said("not ticked, and {forms} is there", forms=forms) if others else said("ticked for nothing")
            yield (
                said(
                    "evidence `{label}` of candidate {number} is {what}",
                    label=_OTHERS,
                    number=candidate.number,
                    what=what,
                ),
                document.path,
            )


def _roles(kit: Kit, candidate: EventCandidate, documents: Sequence[ReadDocument]) -> Iterator[PlanFault]:
    """Units that are to be shown in a role play, of which no card is there for a candidate."""
    scope = kit.scope_for(candidate)
    cards = {
        code
        for each in documents
        if (scenario := each.checked.document.scenario) is not None and concerns(each.checked.document, candidate)
        for code in scenario.unit_codes
    }
    wanted = {code for scenario in kit.scenarios for code in played_units(scope, scenario)}
    for code in sorted(wanted - cards if any(each.checked.document.scenario for each in documents) else ()):
        yield (
            said(
                "unit {code} is shown in a role play, and candidate {number} has no card of one",
                code=code,
                number=candidate.number,
            ),
            "",
        )


def _turns(kit: Kit, documents: Sequence[ReadDocument]) -> Iterator[PlanFault]:
    """The turns on the page against the cards: nobody is called for a role play that is not theirs, or not called."""
    assert kit.event is not None
    ids = {scenario.id for scenario in kit.scenarios}
    for each in documents:
        if not _lists_turns(kit.event, each.checked.document):
            continue
        listed = {
            (int(number), scenario)
            for row in each.finished.rows.values()
            for number, scenario in _turns_in([each.finished.lines[line].text for line in row], ids)
        }
        known = {one.number for one in kit.event.schedule.assessors}
        played = {
            (one.number, scenario.id)
            for one in kit.event.taking_part
            if one.assessor in known
            for scenario in kit.event.assigned[one.number].scenarios
        }
        path = each.checked.document.path
        for number, scenario in sorted(listed - played):
            yield (
                said(
                    "candidate {number} has a turn in {scenario}, and no card of it", number=number, scenario=scenario
                ),
                path,
            )
        for number, scenario in sorted(played - listed):
            yield (
                said("candidate {number} has cards of {scenario}, and no turn in it", number=number, scenario=scenario),
                path,
            )


def _lists_turns(event: EventParts, document: PlannedDocument) -> bool:
    """Whether a document lists the turns of all; one that says that they do not fit lists none."""
    if "turns" in document.form.given:
        return event.timetable is None or bool(event.timetable.parts)
    is_of_all = document.candidate is None and document.assessor is None
    return (
        is_of_all and "timetable" in document.form.given and event.timetable is not None and bool(event.timetable.parts)
    )


def _turns_in(texts: Sequence[str], ids: set[str]) -> Iterator[tuple[str, str]]:
    """Number of the candidate and scenario of a row: the number stands before the first text that is no number."""
    scenario = next((id for id in ids for text in texts if text.startswith(f"{id} ") or text == id), None)
    numbers = [text.rstrip(".") for text in texts if re.fullmatch(r"\d{1,4}\.?", text)]
    if scenario is not None and numbers:
        yield numbers[-1], scenario
