"""Reads `methods.yaml`: by which method each criterion is assessed, and the instruments of each cluster."""

from dataclasses import replace
from pathlib import Path
from typing import Final, cast

from kitgen.base.errors import Findings
from kitgen.base.messages import counted, said
from kitgen.kits.assessment_plan import contradictions
from kitgen.kits.lacks import CRITERIA_WITHOUT_METHOD
from kitgen.load.edition.criterion_names import named_criteria, refuse_unknown, units_of
from kitgen.load.yaml.source import Entry, open_yaml
from kitgen.load.yaml.unfinished import tell_unfinished
from kitgen.model.methods import (
    BACKGROUNDS,
    METHODS,
    AssessmentPlan,
    ClusterInstruments,
    CriterionMethods,
    Instrument,
    InstrumentKind,
    Method,
)
from kitgen.model.scheme import Scheme, Unit

_WORDS: Final = ", ".join(METHODS)


def load_plan(
    path: Path, name: str, scheme: Scheme, kinds: tuple[InstrumentKind, ...], findings: Findings
) -> AssessmentPlan:
    """The plan of an edition with the instruments there are (`kinds`); nothing else in it if there is no such file.

    Every problem is noted in `findings`, also a method no instrument of its cluster can show.
    """
    top = open_yaml(path, name, findings) if path.exists() else None
    if top is None:
        return AssessmentPlan(kinds=kinds)
    fields = top.fields(("units", "clusters"))
    criteria: list[CriterionMethods] = []
    for listed, unit in units_of(fields["units"], scheme):
        criteria += _criteria(listed, unit)
    known = {(each.unit_code, each.number) for each in criteria}
    count, left = named_criteria(scheme.units, lambda code, number: (code, number) not in known)
    if count:
        told = counted(count, "criterion (KUK)", "criteria (KUK)")
        fields["units"].warning(
            CRITERIA_WITHOUT_METHOD.about(criteria=told, left=left),
            said("write one of: {words}", words=_WORDS),
        )
    plan = AssessmentPlan(tuple(criteria), kinds=kinds)
    plan = replace(plan, clusters=tuple(_clusters(fields["clusters"], scheme, plan)))
    tell_unfinished(top)
    return plan


def _criteria(entry: Entry, unit: Unit) -> list[CriterionMethods]:
    known = [criterion.number for criterion in unit.criteria()]
    found: dict[str, CriterionMethods] = {}
    for item in entry.items(lambda number: said("unit {code}, criterion {number}", code=unit.code, number=number)):
        fields = item.fields(("criterion", "primary", "reserves", "proposed", "why"))
        number = fields.required("criterion")
        primary = cast(Method | None, fields["primary"].choice(METHODS))
        if number and not refuse_unknown(item, unit.code, number, known):
            continue
        if number in found:
            item.error(said("criterion (KUK) {number} stands twice", number=number), said("keep one of the two"))
        elif primary is not None:
            reserves = [each.choice(METHODS) for each in fields["reserves"].items()]
            if primary in reserves:
                item.error(
                    said("criterion (KUK) {number} has its primary method as a reserve too", number=number),
                    said("take it out there"),
                )
            words = cast(list[Method], [each for each in reserves if each is not None])
            is_proposed = fields.is_proposed(f"{unit.code} {number}")
            found[number] = CriterionMethods(unit.code, number, primary, tuple(words), is_proposed)
    return [found[number] for number in known if number in found]


def _clusters(entry: Entry, scheme: Scheme, plan: AssessmentPlan) -> list[ClusterInstruments]:
    known = [cluster.number for cluster in scheme.clusters]
    found: list[ClusterInstruments] = []
    for item in entry.items(lambda number: said("cluster {number}", number=number)):
        fields = item.fields(("cluster", "instruments", "proposed", "why"))
        number = fields["cluster"].number()
        if number not in known:
            fields["cluster"].error(
                said("the scheme has no such cluster"), said("its clusters: {known}", known=", ".join(map(str, known)))
            )
            continue
        found.append(
            ClusterInstruments(
                number,
                tuple(_instrument(each, plan) for each in fields["instruments"].items()),
                fields.is_proposed(f"KP {number}"),
            )
        )
        cluster = next(each for each in scheme.clusters if each.number == number)
        used = {background for each in found[-1].instruments for background in each.backgrounds}
        if used != set(BACKGROUNDS):
            left = ", ".join(str(background) for background in BACKGROUNDS if background not in used)
            item.warning(
                said("cluster {number} has no instruments for backgrounds {left} yet", number=number, left=left),
                said("name for each instrument the backgrounds of candidates it is used for"),
            )
        for problem in contradictions(cluster, replace(plan, clusters=(found[-1],))):
            item.error(
                said("cluster {number}, {problem}", number=number, problem=problem),
                said("add an instrument for its primary method, or change the method"),
            )
    return found


def _instrument(entry: Entry, plan: AssessmentPlan) -> Instrument:
    fields = entry.fields(("form", "backgrounds", "reserve"))
    form = fields["form"].choice([kind.form for kind in plan.kinds]) or ""
    numbers: list[int] = []
    for item in fields["backgrounds"].items():
        number = item.number()
        if number in BACKGROUNDS:
            numbers.append(number)
        elif number is not None:
            item.error(said("there is no background {number}", number=number), said("FR.MAPA.02 knows 1 to 5"))
    is_reserve = "reserve" in fields and fields["reserve"].choice(("yes", "no")) == "yes"
    return Instrument(form, tuple(numbers), is_reserve)
