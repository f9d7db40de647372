"""What is used for whom: for each Kelompok Pekerjaan the instruments of FR.MAPA.02, and the units of each. Pure.

Everything that belongs to a candidate (forms, papers, scenarios, turns, ticks, print and hand-over lists) asks here.
"""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kitgen.base.holes import BLANK, Blank
from kitgen.model.event import EventCandidate
from kitgen.model.methods import BACKGROUNDS, METHOD_OF_KIND, AssessmentPlan, Column, InstrumentKind
from kitgen.model.scenario import Scenario
from kitgen.model.scheme import Cluster, Unit


@dataclass(frozen=True, slots=True)
class ClusterScope:
    """Lingkup satu KP: what is used for the cluster, form by form, each with the units it is used for.

    `background` is the one that holds for this cluster; blank where it is not known, or where all are meant.
    """

    cluster: Cluster
    background: int | Blank
    units: Mapping[str, tuple[Unit, ...]]


@dataclass(frozen=True, slots=True)
class Scope:
    """Lingkup asesmen: of one candidate, or of anybody a kit may be used for."""

    clusters: tuple[ClusterScope, ...]
    used: Mapping[str, tuple[Cluster, ...]] = field(hash=False)
    """For each instrument the clusters it is used for, each with those of its units only."""
    played: Mapping[Column, frozenset[str]] | None = field(hash=False)
    """The codes of the units role plays of a column (FR.MAPA.01) are for; None where no instrument has role plays."""

    def clusters_of(self, instrument: str | None) -> tuple[Cluster, ...]:
        """What an instrument's sheet is about; everything for a form that is no instrument."""
        return tuple(each.cluster for each in self.clusters) if instrument is None else self.used.get(instrument, ())

    def codes(self, instrument: str) -> frozenset[str]:
        """The codes of the units an instrument is used for."""
        return frozenset(unit.code for cluster in self.used.get(instrument, ()) for unit in cluster.units)

    def uses(self, instrument: str | None, cluster: int | None = None) -> bool:
        """Whether an instrument is used at all, or for a cluster; a form that is no instrument always is."""
        return instrument is None or any(
            cluster in (None, each.number) for each in self.used.get(instrument, ()) if each.units
        )


def played_units(scope: Scope, scenario: Scenario) -> frozenset[str]:
    """The codes of the units of a role play that a candidate's plan has shown by what it stands under."""
    codes = frozenset(scenario.unit_codes)
    return codes if scope.played is None else codes & scope.played.get(scenario.column, frozenset())


ANYBODY: Final = None
"""Instead of a candidate: what the plan uses for any background."""


def scope_of(clusters: Sequence[Cluster], plan: AssessmentPlan, candidate: EventCandidate | None = ANYBODY) -> Scope:
    """What is used for a candidate: by the background that holds for each cluster, and what was agreed otherwise.

    Of an unknown background only what the plan uses for every one: nothing is a guess. Without a candidate it is what
    the plan uses for any background.
    """
    found = tuple(_of_cluster(each, plan, candidate) for each in clusters)
    forms = dict.fromkeys(form for each in found for form in each.units)
    used = {
        form: tuple(narrowed(each.cluster, each.units[form]) for each in found if each.units.get(form))
        for form in forms
    }
    played: dict[Column, frozenset[str]] = {}
    for kind in plan.kinds:
        if kind.plays:
            codes = frozenset(unit.code for each in used.get(kind.form, ()) for unit in each.units)
            played[kind.column] = played.get(kind.column, frozenset()) | codes
    return Scope(found, used, played if any(kind.plays for kind in plan.kinds) else None)


def scopes_of(
    clusters: Sequence[Cluster], plan: AssessmentPlan, candidates: Iterable[EventCandidate]
) -> dict[int, Scope]:
    """What is used for each candidate, by number; candidates of whom the same holds share one scope."""
    made: dict[object, Scope] = {}
    found: dict[int, Scope] = {}
    for each in candidates:
        again = each.retake.units if each.retake is not None else None
        key = (*(each.background_for(cluster.number) for cluster in clusters), frozenset(each.deviations), again)
        if key not in made:
            made[key] = scope_of(clusters, plan, each)
        found[each.number] = made[key]
    return found


def _of_cluster(cluster: Cluster, plan: AssessmentPlan, candidate: EventCandidate | None) -> ClusterScope:
    background = BLANK if candidate is None else candidate.background_for(cluster.number)
    forms = {form for form, backgrounds in planned_backgrounds(plan, cluster).items() if _applies(
        backgrounds, background, candidate is None)}  # fmt: skip
    for each in candidate.deviations if candidate is not None else ():
        if each.cluster == cluster.number:
            (forms.add if each.is_added else forms.discard)(each.form)
    units = {kind.form: units_of(plan, cluster, kind) for kind in plan.kinds if kind.form in forms}
    if candidate is not None and candidate.retake is not None:
        again = candidate.retake.units
        units = {form: tuple(unit for unit in of if unit.code in again) for form, of in units.items()}
    return ClusterScope(cluster, background, {form: of for form, of in units.items() if of})


def _applies(backgrounds: tuple[int, ...], background: int | Blank, is_anybody: bool) -> bool:
    if isinstance(background, Blank):
        return bool(backgrounds) if is_anybody else set(backgrounds) >= set(BACKGROUNDS)
    return background in backgrounds


def planned_backgrounds(plan: AssessmentPlan, cluster: Cluster) -> dict[str, tuple[int, ...]]:
    """For which backgrounds each instrument is used in a cluster (FR.MAPA.02); for all where the plan says nothing."""
    found = next((each for each in plan.clusters if each.cluster == cluster.number), None)
    if found is None:
        return {kind.form: BACKGROUNDS for kind in plan.kinds}
    return {each.form: each.backgrounds for each in found.instruments}


def units_of(plan: AssessmentPlan, cluster: Cluster, kind: InstrumentKind) -> tuple[Unit, ...]:
    """The units of a cluster an instrument is used for: those with a KUK whose method it serves (FR.MAPA.01).

    Questions are asked of the units the blueprint draws them for; an instrument that serves no method of its own, such
    as a portfolio, is used for all.
    """
    found = tuple(unit for unit in cluster.units if _serves(plan, kind, unit))
    return cluster.units if found == cluster.units else found


def _serves(plan: AssessmentPlan, kind: InstrumentKind, unit: Unit) -> bool:
    methods = [each for each in plan.criteria if each.unit_code == unit.code]
    if len(methods) < len(tuple(unit.criteria())):
        return True  # nobody has said yet how all of them are assessed
    if kind.questions is not None:
        method, breadth = METHOD_OF_KIND.get(kind.questions), plan.breadths.get(kind.questions, "all")
        if method is None or breadth == "all":
            return True
        return any(method in (each.named if breadth == "named" else (each.primary,)) for each in methods)
    return not kind.covers or any(each.primary in kind.covers for each in methods)


def narrowed(cluster: Cluster, units: Sequence[Unit]) -> Cluster:
    """The cluster with these of its units only, and the parts of tasks and activities that are for them."""
    kept = tuple(unit for unit in cluster.units if unit in units)
    if kept == cluster.units:
        return cluster
    codes = {unit.code for unit in kept}
    tasks = []
    for task in cluster.tasks:
        parts = tuple(part for part in task.parts if part.unit_code in codes)
        if parts:
            minutes = sum(part.minutes for part in parts)
            situation = (parts[0].situation if len(parts) == 1 else "") or task.situation
            tasks.append(dataclasses.replace(task, parts=parts, minutes=minutes, situation=situation))
    activities = []
    for activity in cluster.activities:
        aspects = tuple(aspect for aspect in activity.aspects if aspect.unit_code in codes)
        activities.append(dataclasses.replace(activity, aspects=aspects))
    reviews = tuple(each for each in cluster.reviews if each.unit_code in codes)
    return dataclasses.replace(cluster, units=kept, tasks=tuple(tasks), activities=tuple(activities), reviews=reviews)


def changes_of(clusters: Sequence[Cluster], candidate: EventCandidate) -> Iterator[str]:
    """What was agreed for a candidate other than FR.MAPA.02 says of their background, in words people print."""
    for cluster in clusters:
        confirmed = dict(candidate.backgrounds).get(cluster.number)
        if confirmed is not None and confirmed != candidate.background:
            yield f"KP {cluster.number}: latar belakang {confirmed}"
        for each in candidate.deviations:
            if each.cluster == cluster.number:
                yield f"KP {cluster.number}: {each.form} {'ditambahkan' if each.is_added else 'tidak dipakai'}"
