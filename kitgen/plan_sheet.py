"""The assessment plan as the forms print it, worked out from the methods and instruments in the data. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kitgen.empty import BLANK, Blank
from kitgen.model.methods import BACKGROUNDS, AssessmentPlan, CriterionMethods, Method
from kitgen.model.plan_sheet import INSTRUMENT_ROWS, EvidenceTicks, PlanCluster, PlanInstrument, PlanSheet, PlanUnit
from kitgen.model.scheme import Cluster, Unit

_ALL: Final = frozenset(form for _, form, _ in INSTRUMENT_ROWS)
_EVIDENCE: Final[tuple[tuple[Method, str], ...]] = (
    ("observed", "Kinerja: pelaksanaan yang diamati"),
    ("product", "Produk: hasil kerja tertulis"),
    ("written", "Pengetahuan: jawaban tertulis"),
    ("oral", "Pengetahuan: jawaban lisan"),
)
_COLUMNS: Final = {
    "observation": (("FR.IA.01", "CL"), ("FR.IA.02", "TPD"), ("FR.IA.03", "PMO")),
    "activity": (("FR.IA.04A", "DIT"),),
    "questioning": (("FR.IA.05", "DPT"), ("FR.IA.06", "DPT"), ("FR.IA.07", "DPL")),
    "portfolio": (("FR.IA.08", "CVP"), ("FR.IA.09", "PW")),
    "product_review": (("FR.IA.11", "CRP"),),
    "third_party": (("FR.IA.10", "VPK"),),
}
"""The columns of FR.MAPA.01, section 2: instruments and the codes they are written with."""

PROOF: Final[dict[Method, tuple[str, ...]]] = {
    "observed": ("FR.IA.01", "FR.IA.04A"),
    "product": ("FR.IA.02", "FR.IA.04A", "FR.IA.11"),
    "written": ("FR.IA.05", "FR.IA.06"),
    "oral": ("FR.IA.07",),
}
"""The instruments that can show what a method asks for; a cluster needs one of them for each method it uses."""

_IN_PLACE: Final = ("FR.IA.04A", "FR.IA.08")


def instruments_of(plan: AssessmentPlan, cluster: Cluster, background: int | Blank = BLANK) -> frozenset[str]:
    """The instruments used for a cluster, for one background or for any; all where the plan says nothing."""
    found = [each for each in plan.clusters if each.cluster == cluster.number]
    if not found:
        return _ALL
    return frozenset(
        instrument.form
        for instrument in found[0].instruments
        if instrument.backgrounds and (isinstance(background, Blank) or background in instrument.backgrounds)
    )


def plan_sheet(clusters: Sequence[Cluster], plan: AssessmentPlan, background: int | Blank = BLANK) -> PlanSheet:
    """The plan of these clusters; without a plan in the data everything in it is left to be filled."""
    return PlanSheet(tuple(_cluster(each, plan) for each in clusters), _ticks(clusters, plan, background), background)


def _cluster(cluster: Cluster, plan: AssessmentPlan) -> PlanCluster:
    found = next((each for each in plan.clusters if each.cluster == cluster.number), None)
    used = {each.form: each.backgrounds for each in found.instruments} if found else {}
    rows = tuple(
        PlanInstrument(number, form, title, tuple(background in used.get(form, ()) for background in range(1, 6)))
        for number, form, title in INSTRUMENT_ROWS
    )
    methods = plan.primary_of()
    return PlanCluster(cluster, tuple(_unit(unit, methods, set(used)) for unit in cluster.units), rows)


def _unit(unit: Unit, methods: dict[tuple[str, str], CriterionMethods], used: set[str]) -> PlanUnit:
    numbers = [criterion.number for element in unit.elements for criterion in element.criteria]
    by_method: dict[Method, list[str]] = {}
    for number in numbers:
        found = methods.get((unit.code, number))
        if found is not None:
            by_method.setdefault(found.primary, []).append(number)
    evidence = tuple(
        f"{text} (KUK {', '.join(by_method[method])})" for method, text in _EVIDENCE if method in by_method
    )
    codes = {
        column: ", ".join(dict.fromkeys(code for form, code in forms if form in used))
        for column, forms in _COLUMNS.items()
    }
    return PlanUnit(
        code=unit.code,
        title=unit.title,
        evidence=evidence,
        direct=bool(codes["observation"] or codes["activity"]),
        indirect=bool(codes["portfolio"] or codes["product_review"]),
        additional=bool(codes["questioning"] or codes["third_party"]),
        **codes,
    )


def _ticks(clusters: Iterable[Cluster], plan: AssessmentPlan, background: int | Blank) -> EvidenceTicks:
    """What is collected for every background, where the candidate's own is not known: no tick is a guess."""
    if not plan.clusters:
        return EvidenceTicks(*[False] * 7)
    wanted = range(1, 6) if isinstance(background, Blank) else [background]
    kept = [frozenset[str]().union(*(instruments_of(plan, each, number) for each in clusters)) for number in wanted]
    used = frozenset.intersection(*kept)
    return EvidenceTicks(
        portfolio="FR.IA.08" in used,
        product_review="FR.IA.11" in used,
        observation="FR.IA.01" in used,
        activity="FR.IA.04A" in used,
        oral="FR.IA.07" in used,
        written=all(forms & {"FR.IA.05", "FR.IA.06"} for forms in kept),
        interview="FR.IA.09" in used,
    )


def contradictions(cluster: Cluster, plan: AssessmentPlan) -> Iterator[str]:
    """What the instruments of a cluster cannot show, in words: KUK whose primary method none of them serves.

    A structured activity (04A) or a portfolio (08) may stand in for the method where a background has them instead.
    """
    methods = plan.primary_of()
    for background in BACKGROUNDS:
        used = instruments_of(plan, cluster, background)
        for unit in cluster.units:
            left = [
                number
                for number in (criterion.number for element in unit.elements for criterion in element.criteria)
                if (found := methods.get((unit.code, number))) and not used & {*PROOF[found.primary], *_IN_PLACE}
            ]
            if left:
                yield f"background {background}: no instrument shows KUK {', '.join(left)} of unit {unit.code}"
