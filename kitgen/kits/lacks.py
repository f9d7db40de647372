"""What an edition lacks to be a whole kit, in order of work: one line for a cause, with its count. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from kitgen.base.digests import Serial
from kitgen.base.errors import Diagnostic
from kitgen.base.holes import Missing
from kitgen.base.language import in_indonesian
from kitgen.base.messages import Message, counted, joined, said
from kitgen.kits.coverage import coverage_of
from kitgen.kits.kit import Kit
from kitgen.kits.plan import plan_documents
from kitgen.model.bank import KINDS
from kitgen.model.body import CertificationBody
from kitgen.model.edition import Edition
from kitgen.model.forms import Form
from kitgen.model.lack_sheet import Lack, LackRow, LackSheet, UnmadeForm, UnmadeRow
from kitgen.model.methods import METHOD_OF_KIND, Method

_IDENTITY, _FACTS, _STANDARDS = said("identity of the LSP"), said("facts of the scheme"), said("standards of the units")
_PLAN, _TASKS, _BANK = said("methods and instruments"), said("tasks and activities"), said("bank of questions")
_OPEN, _CHECK = said("points left open"), said("`kitgen check` tells where")
_ROLE_PLAYS, _EVIDENCE, _REVIEW = said("role plays"), said("evidence of each KUK"), said("reviews")
_DRAFT: Final = said("prints its name in brackets, and the documents stay a DRAF")
_BY_METHOD: Final[Mapping[Method, Message]] = {
    "observed": said("what is observed: a task, a cue or a checklist"), "product": said("a product: a task or a cue"),
    "written": said("a written question"), "oral": said("an oral question"),
}  # fmt: skip
_MOST: Final = 6
"""So many forms are named; the others are counted."""
FACT_NOT_GIVEN: Final = said("{label} is not given by the LSP yet")
UNITS_WITHOUT_STANDARD: Final = said("{units} without standar kompetensi kerja: {codes}")
CRITERIA_WITHOUT_METHOD: Final = said("{criteria} without a method yet: {left}")
"""Warnings of those who read the data, about what is told here in a line of its own."""
_TOLD_BY_ITSELF: Final = frozenset(
    each.template for each in (FACT_NOT_GIVEN, UNITS_WITHOUT_STANDARD, CRITERIA_WITHOUT_METHOD)
)
BEGINNING: Final = Lack(
    1, said("scheme"), said("no scheme yet"), 1, said("there is nothing to make documents of"),
    said("take one in: `kitgen import FILE --title TITLE`"), is_blocking=True,
)  # fmt: skip
"""What a project lacks that has no scheme."""


def lacks_of(
    body: CertificationBody,
    edition: Edition,
    forms: Sequence[Form],
    kits: Sequence[Kit],
    warnings: Sequence[Diagnostic] = (),
) -> tuple[Lack, ...]:
    """What is missing, unfinished or not reviewed, in the order it is best worked through.

    `warnings`: those of reading the edition; what they tell besides missing facts is one line for each kind.
    """
    found = (
        *_of_body(body), *_of_scheme(edition), *_of_warnings(warnings), *_of_plan(edition, forms),
        *_of_tasks(edition, forms), *_of_bank(edition, forms), *_of_role_plays(edition, forms),
        *_of_evidence(edition), *_of_reviews(edition, kits),
    )  # fmt: skip
    return tuple(
        Lack(step, area, what, count, effect, todo, is_blocking)
        for step, (area, what, count, effect, todo, is_blocking) in enumerate(found, 1)
    )


def unmade_forms(edition: Edition, forms: Sequence[Form], kits: Sequence[Kit]) -> tuple[UnmadeForm, ...]:
    """The forms of unit and scheme kits of which no document would be made, with the reason."""
    made = {document.form.code for document in plan_documents(forms, kits)}
    wanted = [form for form in forms if {"unit", "scheme"} & set(form.kits) and form.code not in made]
    return tuple(UnmadeForm(form.code, form.title, _why(form, edition)) for form in wanted)


def lack_sheet(
    body: CertificationBody, edition: Edition, lacks: Sequence[Lack], unmade: Sequence[UnmadeForm], serial: Serial
) -> LackSheet:
    """What the Word document is given, in Indonesian."""

    def say(text: str) -> str:
        told = in_indonesian(text)
        return told[:1].upper() + told[1:]

    rows = tuple(
        LackRow(each.step, say(each.area), say(each.what), each.count, say(each.effect), say(each.todo))
        for each in lacks
    )
    left = tuple(UnmadeRow(each.code, each.title, say(each.why)) for each in unmade)
    return LackSheet(body.name, edition.scheme.title, edition.scheme.edition, serial, not rows, rows, left)


_Found = tuple[Message, Message, int, Message, Message, bool]


def _of_body(body: CertificationBody) -> Iterator[_Found]:
    facts = {
        said("name of the LSP"): body.name,
        said("number of its licence"): body.licence,
        said("its address"): body.address,
    }
    missing = [name for name, value in facts.items() if isinstance(value, Missing)]
    if missing:
        todo = said("fill the sheet LSP of the scheme's workbook (`kitgen scheme export`), or scheme/identity.yaml")
        yield _IDENTITY, said("not filled: {facts}", facts=_listed(missing)), len(missing), _DRAFT, todo, True


def _of_scheme(edition: Edition) -> Iterator[_Found]:
    scheme = edition.scheme
    facts = {
        said("number of the scheme"): scheme.number, said("kind of the scheme"): scheme.kind,
        said("basic requirements"): scheme.basic_requirements,
        said("administrative evidence"): scheme.administrative_requirements,
    }  # fmt: skip
    missing = [name for name, value in facts.items() if isinstance(value, Missing)]
    if missing:
        todo = said("fill the sheet Skema of the scheme's workbook (`kitgen scheme export`), or scheme.yaml")
        yield _FACTS, said("not filled: {facts}", facts=_listed(missing)), len(missing), _DRAFT, todo, True
    bare = sum(isinstance(unit.standard, Missing) for unit in scheme.units)
    if bare:
        what = said("{units} without the standard it comes from", units=_units(bare))
        yield (
            _STANDARDS,
            what,
            bare,
            _DRAFT,
            said("fill Standar kompetensi kerja on the sheet Standar Industri of the scheme's workbook"),
            True,
        )
    blank = sum(not unit.workplace_standard for unit in scheme.units)
    if blank:
        what = said("{units} without a standard of industry or workplace", units=_units(blank))
        effect = said("the assessor writes it on the observation checklist by hand")
        yield _STANDARDS, what, blank, effect, said("fill the sheet Standar Industri of the scheme's workbook"), False


def _of_warnings(warnings: Sequence[Diagnostic]) -> Iterator[_Found]:
    kinds: dict[str, list[Diagnostic]] = {}
    for each in warnings:
        kinds.setdefault(each.message.template, []).append(each)
    for template, found in kinds.items():
        if template in _TOLD_BY_ITSELF:
            continue
        first, more = found[0].message, len(found) - 1
        what = said("{first} (and {more} more of the kind)", first=first, more=more) if more else first
        yield _OPEN, what, len(found), said("the edition cannot be released"), found[0].help or _CHECK, True


def _of_plan(edition: Edition, forms: Sequence[Form]) -> Iterator[_Found]:
    scheme, plan = edition.scheme, edition.plan
    total = sum(1 for unit in scheme.units for _ in unit.criteria())
    without = total - len(plan.criteria)
    if without > 0:
        what = said("{criteria} of {total} without a method", criteria=counted(without, "KUK", "KUK"), total=total)
        codes = [form.code for form in forms if "assessment_plan" in form.given or "plan" in form.given]
        effect = said("the assessment plan stays to be filled by hand ({forms})", forms=_codes(codes))
        yield _PLAN, what, without, effect, said("fill the sheet Metode of the scheme's workbook"), False
    planned = {each.cluster for each in plan.clusters if each.instruments}
    bare = [cluster.number for cluster in scheme.clusters if cluster.number not in planned]
    if bare:
        what = said("{clusters} without instruments", clusters=_clusters(len(bare)))
        effect = said("every instrument is made for them, whether it is used or not")
        yield _PLAN, what, len(bare), effect, said("fill the sheet Perangkat of the scheme's workbook"), False


def _of_tasks(edition: Edition, forms: Sequence[Form]) -> Iterator[_Found]:
    for content, sheet, name in (
        ("tasks", "Tugas", said("a practical task")),
        ("activities", "Kegiatan Terstruktur", said("a structured activity")),
    ):
        holding = [form for form in forms if content in form.holds]
        bare = [
            cluster for cluster in edition.scheme.clusters
            if not getattr(cluster, content) and any(_is_used(form, edition, cluster.number) for form in holding)
        ]  # fmt: skip
        if bare:
            what = said("{clusters} without {name}", clusters=_clusters(len(bare)), name=name)
            effect = said("{forms} stay blank forms for them", forms=_codes([form.code for form in holding]))
            todo = said("fill the sheet {sheet} of the scheme's workbook", sheet=sheet)
            yield _TASKS, what, len(bare), effect, todo, False


def _of_bank(edition: Edition, forms: Sequence[Form]) -> Iterator[_Found]:
    there = {question.kind for question in edition.bank}
    for kind, facts in KINDS.items():
        asking = [form for form in forms if form.questions == kind and _is_used(form, edition)]
        if kind in there or not asking:
            continue
        effect = said("no {forms}", forms=_codes([form.code for form in asking]))
        todo = said("`kitgen bank export bank.xlsx`, write them in Excel, `kitgen bank import bank.xlsx`")
        yield _BANK, said("no {kind}", kind=facts.questions), 1, effect, todo, False


def _of_role_plays(edition: Edition, forms: Sequence[Form]) -> Iterator[_Found]:
    if edition.scenarios:
        return
    codes = [form.code for form in forms if form.per == "scenario"]
    if codes:
        todo = said("only where the scheme is assessed by role plays: a sheet Skenario in the scheme's workbook")
        yield _ROLE_PLAYS, said("no scenario"), 1, said("no role play: no {forms}", forms=_codes(codes)), todo, False


def _of_evidence(edition: Edition) -> Iterator[_Found]:
    scheme = edition.scheme
    rows = coverage_of(scheme.units, scheme.clusters, edition.bank, edition.scenarios, edition.plan)
    methods = edition.plan.primary_of()
    gaps: dict[Method, int] = {}
    for row in rows:
        found = methods.get((row.unit_code, row.number))
        if row.is_gap and found is not None:
            gaps[found.primary] = gaps.get(found.primary, 0) + 1
    for method, count in gaps.items():
        what = said("{criteria} without {evidence}", criteria=counted(count, "KUK", "KUK"), evidence=_BY_METHOD[method])
        effect = said("nothing proves them by the method they are planned for, and the edition cannot be released")
        yield _EVIDENCE, what, count, effect, said("`kitgen check --coverage` names them"), True


def _of_reviews(edition: Edition, kits: Sequence[Kit]) -> Iterator[_Found]:
    drafts = {id for kit in kits for papers in kit.drawn.values() for paper in papers for id in paper.drafts}
    if drafts:
        what = said("{questions} on papers that nobody has reviewed", questions=counted(len(drafts), "question"))
        todo = said("name reviewer and day in the bank's workbook (Status), or accept them in blueprint.yaml")
        yield _REVIEW, what, len(drafts), said("the edition cannot be released"), todo, True
    unread = sum(each.record.status == "draf" for each in edition.scenarios)
    if unread:
        what = said("{scenarios} nobody has reviewed", scenarios=counted(unread, "scenario"))
        effect = said("their cards stay a draft of their author")
        yield _REVIEW, what, unread, effect, said("name reviewer and day in the scenario's record"), False
    marks = len(edition.open_marks)
    if marks:
        what = said("{marks} on what serves reworded KUK", marks=counted(marks, "review mark"))
        todo = said("read them again, then `kitgen edition cleared`")
        yield _REVIEW, what, marks, said("the edition cannot be released"), todo, True


def _why(form: Form, edition: Edition) -> Message:
    if form.questions is not None and not any(each.kind == form.questions for each in edition.bank):
        return said("the bank has no {kind}", kind=KINDS[form.questions].questions)
    if form.per == "scenario" and not edition.scenarios:
        return said("there is no scenario")
    if not _is_used(form, edition):
        return said("the plan uses its instrument for no Kelompok Pekerjaan")
    if form.questions is not None and METHOD_OF_KIND.get(form.questions):
        return said("no paper is drawn from the bank")
    return said("there is nothing to print on it")


def _is_used(form: Form, edition: Edition, cluster: int | None = None) -> bool:
    """Whether the plan uses a form, or does not say what it uses."""
    if form.instrument is None or not edition.plan.clusters:
        return True
    return any(
        instrument.form == form.instrument
        for each in edition.plan.clusters if cluster in (None, each.cluster) for instrument in each.instruments
    )  # fmt: skip


def _units(count: int) -> Message:
    return counted(count, "unit of competency", "units of competency")


def _clusters(count: int) -> Message:
    return counted(count, "Kelompok Pekerjaan", "Kelompok Pekerjaan")


def _codes(codes: Sequence[str]) -> Message:
    named = ", ".join(codes[:_MOST])
    more = len(codes) - _MOST
    return said("{codes} and {more} more", codes=named, more=more) if more > 0 else joined(", ", codes)


def _listed(names: Iterable[Message]) -> Message:
    return joined(", ", names)
