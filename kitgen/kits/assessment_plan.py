"""The assessment plan as the forms print it, worked out from the methods and instruments in the data. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kitgen.base.holes import BLANK, Blank
from kitgen.model.methods import BACKGROUNDS, COLUMNS, AssessmentPlan, Column, CriterionMethods, InstrumentKind, Method
from kitgen.model.plan_sheet import EvidenceTicks, PlanCluster, PlanInstrument, PlanSheet, PlanUnit
from kitgen.model.scheme import Cluster, Unit

_EVIDENCE: Final[tuple[tuple[Method, str], ...]] = (
    ("observed", "Kinerja: pelaksanaan yang diamati"),
    ("product", "Produk: hasil kerja tertulis"),
    ("written", "Pengetahuan: jawaban tertulis"),
    ("oral", "Pengetahuan: jawaban lisan"),
)


def instruments_of(plan: AssessmentPlan, cluster: Cluster, background: int | Blank = BLANK) -> frozenset[str]:
    """The instruments used for a cluster, for one background or for any; all where the plan says nothing."""
    found = [each for each in plan.clusters if each.cluster == cluster.number]
    if not found:
        return frozenset(kind.form for kind in plan.kinds)
    return frozenset(
        instrument.form
        for instrument in found[0].instruments
        if instrument.backgrounds and (isinstance(background, Blank) or background in instrument.backgrounds)
    )


def instruments_for(plan: AssessmentPlan, cluster: Cluster, background: int | Blank) -> frozenset[str]:
    """What one candidate is assessed with; of an unknown background, what is used for every one: nothing is a guess."""
    if isinstance(background, Blank):
        return frozenset.intersection(*(instruments_of(plan, cluster, number) for number in BACKGROUNDS))
    return instruments_of(plan, cluster, background)


def plan_sheet(clusters: Sequence[Cluster], plan: AssessmentPlan, background: int | Blank = BLANK) -> PlanSheet:
    """The plan of these clusters; without a plan in the data everything in it is left to be filled."""
    return PlanSheet(tuple(_cluster(each, plan) for each in clusters), _ticks(clusters, plan, background), background)


def _cluster(cluster: Cluster, plan: AssessmentPlan) -> PlanCluster:
    found = next((each for each in plan.clusters if each.cluster == cluster.number), None)
    backgrounds = {each.form: each.backgrounds for each in found.instruments} if found else {}
    rows = []
    for kind in plan.kinds:
        used = tuple(number in backgrounds.get(kind.form, ()) for number in BACKGROUNDS)
        rows.append(PlanInstrument(kind.number, kind.form, kind.title, used))
    methods = plan.primary_of()
    kinds = [kind for kind in plan.kinds if kind.form in backgrounds]
    return PlanCluster(cluster, tuple(_unit(unit, methods, kinds) for unit in cluster.units), tuple(rows))


def _unit(unit: Unit, methods: dict[tuple[str, str], CriterionMethods], used: Sequence[InstrumentKind]) -> PlanUnit:
    numbers = [criterion.number for element in unit.elements for criterion in element.criteria]
    by_method: dict[Method, list[str]] = {}
    for number in numbers:
        found = methods.get((unit.code, number))
        if found is not None:
            by_method.setdefault(found.primary, []).append(number)
    evidence = tuple(
        f"{text} (KUK {', '.join(by_method[method])})" for method, text in _EVIDENCE if method in by_method
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


def _ticks(clusters: Iterable[Cluster], plan: AssessmentPlan, background: int | Blank) -> EvidenceTicks:
    """What is collected for every background, where the candidate's own is not known: no tick is a guess."""
    wanted = BACKGROUNDS if isinstance(background, Blank) else (background,)
    columns: list[set[str]] = []
    for number in wanted if plan.clusters else ():
        used = frozenset[str]().union(*(instruments_of(plan, each, number) for each in clusters))
        columns.append({name for kind in plan.kinds if kind.form in used for name in (kind.column, *kind.shows)})
    sure = set.intersection(*columns) if columns else set()
    return EvidenceTicks(
        portfolio="portfolio" in sure,
        product_review="product_review" in sure,
        observation="observation" in sure,
        activity="activity" in sure,
        oral="oral" in sure,
        written="written" in sure,
        interview="interview" in sure,
    )


def contradictions(cluster: Cluster, plan: AssessmentPlan) -> Iterator[str]:
    """What the instruments of a cluster cannot show, in words: KUK whose primary method none of them serves.

    An instrument that stands in for others, such as a portfolio, may take their place for a background.
    """
    methods = plan.primary_of()
    for background in BACKGROUNDS:
        used = instruments_of(plan, cluster, background)
        kinds = [kind for kind in plan.kinds if kind.form in used]
        shown = {method for kind in kinds for method in kind.shows}
        if any(kind.stands_in for kind in kinds):
            continue
        for unit in cluster.units:
            left = [
                number
                for number in (criterion.number for element in unit.elements for criterion in element.criteria)
                if (found := methods.get((unit.code, number))) and found.primary not in shown
            ]
            if left:
                yield f"background {background}: no instrument shows KUK {', '.join(left)} of unit {unit.code}"
