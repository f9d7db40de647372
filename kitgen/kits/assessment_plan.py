"""The assessment plan as the forms print it, worked out from the methods and instruments in the data. Pure."""

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from kitgen.base.holes import BLANK, PROPOSED_MARK, Blank
from kitgen.base.messages import said
from kitgen.kits.scope import Scope, changes_of, planned_backgrounds, scope_of, units_of
from kitgen.model.event import EventCandidate
from kitgen.model.given import Candidate
from kitgen.model.methods import BACKGROUNDS, COLUMNS, AssessmentPlan, Column, CriterionMethods, InstrumentKind, Method
from kitgen.model.plan_sheet import Approach, EvidenceTicks, PlanCluster, PlanInstrument, PlanSheet, PlanUnit
from kitgen.model.scenario import ROLE_COLUMNS, RoleColumn, Scenario
from kitgen.model.scheme import Cluster, Unit

_EVIDENCE: Final[tuple[tuple[Method, str], ...]] = (
    ("observed", "Kinerja: pelaksanaan yang diamati"),
    ("product", "Produk: hasil kerja tertulis"),
    ("written", "Pengetahuan: jawaban tertulis"),
    ("oral", "Pengetahuan: jawaban lisan"),
)

_BOXED: Final = frozenset({
    "observation", "activity", "questioning", "portfolio", "interview", "product_review",
})  # fmt: skip
"""Columns of FR.MAPA.01 whose evidence has a box of its own on FR.AK.01."""
_PLAYED: Final[dict[RoleColumn, str]] = {
    "observation": "Bermain peran {ids} ditempatkan pada Observasi Langsung (FR.IA.01 dan FR.IA.02), karena"
    " pekerjaannya tersimulasi dan diamati saat dikerjakan.",
    "activity": "Bermain peran {ids} ditempatkan pada Kegiatan Terstruktur (FR.IA.04A dan FR.IA.04B), karena kolom itu"
    " menyebut bermain peran dan hasilnya dinilai menurut lingkup penyajian.",
}
"""Why a role play stands under its column of FR.MAPA.01, with the codes of those that do."""
NO_TICKS: Final = EvidenceTicks(False, False, False, False, False, False, False, "")
UNKNOWN: Final = Approach((False,) * 5, False, False, False, False, False, False, False, False)


def approach_of(candidates: Sequence[EventCandidate], is_played: bool, venue: str | Blank) -> Approach:
    """What is known of the approach to the candidates of an event; `is_played`: some are watched in role plays."""
    purposes = {str(each.person.purpose) for each in candidates}
    return Approach(
        backgrounds=tuple(any(each.background == number for each in candidates) for number in BACKGROUNDS),
        certification="sertifikasi" in purposes,
        current="pkt" in purposes,
        prior="rpl" in purposes,
        other="lainnya" in purposes,
        workplace=venue == "Tempat Kerja",
        simulated=is_played,
        body=bool(candidates),
        standard=bool(candidates),
    )


def placed_role_plays(scenarios: Sequence[Scenario]) -> tuple[str, ...]:
    """Under which methods of FR.MAPA.01 these role plays stand, and why."""
    found = {column: [each.id for each in scenarios if each.column == column] for column in ROLE_COLUMNS}
    return tuple(_PLAYED[column].format(ids=", ".join(ids)) for column, ids in found.items() if ids)


def plan_sheet(
    clusters: Sequence[Cluster], plan: AssessmentPlan, scope: Scope, candidate: EventCandidate | None = None,
    held: Collection[str] | None = None, approach: Approach = UNKNOWN, scenarios: Sequence[Scenario] = (),
) -> PlanSheet:  # fmt: skip
    """The plan of these clusters; without a plan in the data everything in it is left to be filled.

    `held` are the instruments a kit has forms of: what it has none of is not ticked. Evidence is ticked for a candidate
    by what is used for them (`scope`); `evidence` of a blank form, which is for anybody, is not.
    """
    return PlanSheet(
        clusters=tuple(_cluster(each, plan, held) for each in clusters),
        ticks=_ticks(plan, [scope] if candidate is not None else _of_all(clusters, plan)),
        approach=approach,
        evidence=_ticks(plan, [scope]) if candidate is not None else NO_TICKS,
        background=candidate.background if candidate is not None else BLANK,
        changes=tuple(changes_of(clusters, candidate)) if candidate is not None else (),
        reason=candidate.deviation_reason if candidate is not None else BLANK,
        adjustments=candidate.adjustments.words() if candidate is not None else (),
        role_plays=placed_role_plays(scenarios),
    )


def _cluster(cluster: Cluster, plan: AssessmentPlan, held: Collection[str] | None) -> PlanCluster:
    written = any(each.cluster == cluster.number for each in plan.clusters)
    backgrounds = {
        form: numbers
        for form, numbers in (planned_backgrounds(plan, cluster) if written else {}).items()
        if held is None or form in held
    }
    is_proposed = any(each.cluster == cluster.number and each.proposed for each in plan.clusters)
    rows = []
    for kind in plan.kinds:
        used = tuple(number in backgrounds.get(kind.form, ()) for number in BACKGROUNDS)
        mark = PROPOSED_MARK if is_proposed and any(used) else ""
        rows.append(PlanInstrument(kind.number, kind.form, f"{kind.title}{mark}", used))
    methods = plan.primary_of()
    kinds = [kind for kind in plan.kinds if kind.form in backgrounds]
    units = tuple(
        _unit(unit, methods, [kind for kind in kinds if unit in units_of(plan, cluster, kind)])
        for unit in cluster.units
    )
    planned = next((each.instruments for each in plan.clusters if each.cluster == cluster.number), ())
    reserves = ", ".join(each.form for each in planned if each.reserve and (held is None or each.form in held))
    return PlanCluster(cluster, units, tuple(rows), reserves)


def _unit(unit: Unit, methods: dict[tuple[str, str], CriterionMethods], used: Sequence[InstrumentKind]) -> PlanUnit:
    numbers = [criterion.number for criterion in unit.criteria()]
    by_method: dict[Method, list[str]] = {}
    proposed: set[Method] = set()
    for number in numbers:
        found = methods.get((unit.code, number))
        if found is not None:
            by_method.setdefault(found.primary, []).append(number)
            if found.proposed:
                proposed.add(found.primary)
    evidence = tuple(
        f"{text} (KUK {', '.join(by_method[method])}){PROPOSED_MARK if method in proposed else ''}"
        for method, text in _EVIDENCE
        if method in by_method
    )
    codes: dict[Column, str] = {
        column: ", ".join(dict.fromkeys(kind.code for kind in used if kind.column == column)) for column in COLUMNS
    }
    return PlanUnit(
        code=unit.code,
        title=unit.title,
        evidence=evidence,
        direct=bool(codes["observation"] or codes["activity"]),
        indirect=bool(codes["portfolio"] or codes["product_review"]),
        additional=bool(codes["questioning"] or codes["third_party"]),
        observation=codes["observation"],
        activity=codes["activity"],
        questioning=codes["questioning"],
        portfolio=", ".join(text for text in (codes["portfolio"], codes["interview"]) if text),
        product_review=codes["product_review"],
        third_party=codes["third_party"],
    )


def _of_all(clusters: Sequence[Cluster], plan: AssessmentPlan) -> list[Scope]:
    """What is used for each background."""
    return [scope_of(clusters, plan, EventCandidate(0, Candidate(), background=number)) for number in BACKGROUNDS]


def _ticks(plan: AssessmentPlan, scopes: Sequence[Scope]) -> EvidenceTicks:
    """What is collected in all of these, by columns and methods of instruments; those without a box are others."""
    used = [kind for kind in plan.kinds if all(scope.uses(kind.form) for scope in scopes)] if plan.clusters else []
    columns = [
        {name for kind in plan.kinds if scope.uses(kind.form) for name in (kind.column, *kind.shows)}
        for scope in (scopes if plan.clusters else ())
    ]
    sure = set.intersection(*columns) if columns else set()
    others = (kind.title.partition(" - ")[2] or kind.title for kind in used if kind.column not in _BOXED)
    return EvidenceTicks(
        portfolio="portfolio" in sure,
        product_review="product_review" in sure,
        observation="observation" in sure,
        activity="activity" in sure,
        oral="oral" in sure,
        written="written" in sure,
        interview="interview" in sure,
        other=", ".join(dict.fromkeys(others)),
    )


def contradictions(cluster: Cluster, plan: AssessmentPlan) -> Iterator[str]:
    """What the instruments of a cluster cannot show, in words: KUK whose primary method none of them serves.

    An instrument that stands in for others, such as a portfolio, may take their place for a background; of one that
    has no instruments yet nothing is said.
    """
    methods = plan.primary_of()
    for background in BACKGROUNDS:
        used = {form for form, of in planned_backgrounds(plan, cluster).items() if background in of}
        kinds = [kind for kind in plan.kinds if kind.form in used]
        shown = {method for kind in kinds for method in kind.shows}
        if not used or any(kind.stands_in for kind in kinds):
            continue
        for unit in cluster.units:
            left = [
                number
                for number in (criterion.number for criterion in unit.criteria())
                if (found := methods.get((unit.code, number))) and found.primary not in shown
            ]
            if left:
                yield said(
                    "background {background}: no instrument shows KUK {left} of unit {unit}",
                    background=background,
                    left=", ".join(left),
                    unit=unit.code,
                )
