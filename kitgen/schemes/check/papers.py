"""Do the papers hold together? What candidates of one letter meet, how unlike the letters are, what the plan names."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

from kitgen.base.errors import Diagnostic, Place
from kitgen.base.messages import counted, said
from kitgen.base.project import Project
from kitgen.kits.kit import Kit
from kitgen.model.bank import COMPLETING, KIND_LABELS
from kitgen.model.edition import Edition
from kitgen.model.methods import METHOD_OF_KIND
from kitgen.schemes.check.leaks import leaks, meetings, role_plays_told

ALIKE: Final = 0.5
"""From this share of common questions two letters are hardly two papers any more."""


def paper_findings(project: Project, edition: Edition, kits: Sequence[Kit]) -> Iterator[Diagnostic]:
    """Everything odd about papers, drawn or recorded, and about pairs of questions that could meet on them."""
    scheme = edition.scheme
    folder = project.scheme_file(scheme.name)
    record, blueprint = (project.shown(folder.with_name(name)) for name in ("papers.yaml", "blueprint.yaml"))
    yield from _leaks(edition)
    yield from _role_plays_told(edition)
    for kit in kits:
        for letter, one, other in meetings(kit.drawn, edition.bank):
            yield Diagnostic(
                said(
                    "candidates with letter {letter} of kit {name} get {one} and {other}, which are kept apart",
                    letter=letter,
                    name=kit.name,
                    one=one,
                    other=other,
                ),
                Place(record, spot=said("kit {name}", name=kit.name)),
                said("draw the papers anew: `kitgen bank draw --anew`"),
                "warning",
            )
        yield from _alike(kit, record)
    yield from _unplanned(edition, blueprint)
    known = {question.id for question in edition.bank}
    for id in edition.blueprint.accepted:
        if id not in known:
            yield Diagnostic(
                said("`accepted` names question {id}, which there is not", id=id),
                Place(blueprint),
                said("take it out of the list"),
                "warning",
            )


def unreviewed(project: Project, edition: Edition, kits: Sequence[Kit]) -> Iterator[Diagnostic]:
    """Questions on papers that no named person has reviewed and the LSP has not accepted, in one finding."""
    scheme = edition.scheme
    asked = dict.fromkeys(
        id for kit in kits for papers in kit.drawn.values() for paper in papers for id in paper.drafts
    )
    found = list(asked)
    if found:
        more = said(" and {found} more", found=len(found) - 5) if len(found) > 5 else ""
        file = project.shown(project.scheme_file(scheme.name).with_name("questions"))
        count = counted(len(found), "unreviewed question")
        yield Diagnostic(
            said("papers hold {count}: {found}{more}", count=count, found=", ".join(found[:5]), more=more),
            Place(file),
            said(
                "name reviewer and day in the bank's workbook (Status), or list those the LSP accepts "
                "behind `accepted:` in blueprint.yaml"
            ),
            "warning",
        )


def _leaks(edition: Edition) -> Iterator[Diagnostic]:
    bank = {question.id: question for question in edition.bank}
    for leak in leaks(edition.bank):
        giver, asked = bank[leak.giver], bank[leak.asked]
        if leak.giver not in asked.apart_from and leak.asked not in giver.apart_from:
            yield Diagnostic(
                said(
                    "question {giver} tells most of an answer of {asked}: {words}",
                    giver=leak.giver,
                    asked=leak.asked,
                    words=", ".join(leak.words),
                ),
                edition.places.get(leak.asked, Place("")),
                said('reword one, or keep them apart: `apart_from: ["{giver}"]`', giver=leak.giver),
                "warning",
            )


def _role_plays_told(edition: Edition) -> Iterator[Diagnostic]:
    for leak in role_plays_told(edition.bank, edition.scenarios):
        yield Diagnostic(
            said(
                "question {giver}, asked aloud, tells what role play {asked} looks for: {words}",
                giver=leak.giver,
                asked=leak.asked,
                words=", ".join(leak.words),
            ),
            edition.places.get(leak.giver, Place("")),
            said("ask about another case: who was asked may tell those who still play"),
            "warning",
        )
    for question in edition.bank:
        if question.kind in COMPLETING and not question.marking_points:
            yield Diagnostic(
                said("question {id} has no marking points for the assessor", id=question.id),
                edition.places.get(question.id, Place("")),
                said("write them behind `marking_points:`; FR.IA.03 prints them under the answer"),
                "warning",
            )


def _alike(kit: Kit, file: str) -> Iterator[Diagnostic]:
    for kind, papers in kit.drawn.items():
        for one, other in combinations(papers, 2):
            ids = [{question.id for question in paper.questions} for paper in (one, other)]
            common = len(ids[0] & ids[1])
            if common >= ALIKE * min(map(len, ids)):
                two = said(
                    "{letter} and {other} of kit {name} ({kind})",
                    letter=one.letter,
                    other=other.letter,
                    name=kit.name,
                    kind=KIND_LABELS[kind],
                )
                yield Diagnostic(
                    said(
                        "papers {two} share {questions} of {least}",
                        two=two,
                        questions=counted(common, "question"),
                        least=min(map(len, ids)),
                    ),
                    Place(file, spot=said("kit {name}", name=kit.name)),
                    said("add questions to the bank, or draw fewer letters"),
                    "warning",
                )


def _unplanned(edition: Edition, file: str) -> Iterator[Diagnostic]:
    """Kinds asked for criteria whose plan does not name their method, without a word why."""
    named = {(each.unit_code, each.number): each.named for each in edition.plan.criteria}
    there = {question.kind for question in edition.bank}
    for kind, rule in edition.blueprint.draws.items():
        method = METHOD_OF_KIND.get(kind)
        if (
            kind not in there
            or method is None
            or isinstance(rule.why, str)
            or "all" not in (rule.breadth, rule.unit_breadth)
        ):
            continue
        beyond = sum(method not in methods for methods in named.values())
        if beyond:
            count = counted(beyond, "criterion", "criteria")
            yield Diagnostic(
                said(
                    "questions of kind `{kind}` are asked for {count} whose plan names no {method} evidence",
                    kind=kind,
                    count=count,
                    method=method,
                ),
                Place(file, spot=kind),
                said('write `criteria: "named"`, or say behind `why:` what they are asked for'),
                "warning",
            )
