"""What is printed of drawn papers: booklets by cluster, and sheets cut to the clusters of a candidate. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kitgen.base.holes import Blank
from kitgen.kits.papers import code_of, in_two_columns, sections_of
from kitgen.model.bank import COMPLETING, Paper, PaperDecision, PaperQuestion, QuestionKind
from kitgen.model.scheme import Cluster


def booklets(kind: QuestionKind, paper: Paper, clusters: Sequence[Cluster]) -> tuple[Paper, ...]:
    """The booklets of a drawn paper, one for each of these clusters in which it asks something.

    A paper keeps its order; numbers begin anew in each.
    """
    found = (replace(cut(kind, paper, [each]), cluster=each.number) for each in clusters)
    return tuple(_named(each, paper.name) for each in found if each.questions)


def _named(paper: Paper, whole: str) -> Paper:
    """A booklet with its name, and its id: `A2-1-7QK3`, letter and cluster, seed, what its own questions ask."""
    letter, rest = paper.id.split("-", 1)
    return replace(paper, id=f"{letter}{paper.cluster}-{rest}", name=f"{whole} - KP {paper.cluster}")


def cut(kind: QuestionKind, paper: Paper, clusters: Sequence[Cluster]) -> Paper:
    """A sheet of the questions of a paper for the units of these clusters, numbered anew."""
    codes = {unit.code for cluster in clusters for unit in cluster.units}
    kept = tuple(question for question in paper.questions if question.unit_code in codes)
    numbers = _numbers_of(kind, kept, clusters)
    numbered = tuple(replace(each, number=number) for each, number in zip(kept, numbers, strict=True))
    letter, seed, _ = paper.id.split("-")
    return replace(
        paper,
        id=f"{letter}-{seed}-{code_of(numbered)}",
        minutes=paper.minutes // max(1, len(paper.questions)) * len(numbered),
        questions=numbered,
        decision=_cut_decision(paper.decision, codes),
        drafts=tuple(id for id in paper.drafts if any(question.id == id for question in numbered)),
        sections=tuple(sections_of(numbered, clusters)),
        pairs=in_two_columns(numbered),
    )


def _cut_decision(decision: PaperDecision | Blank, codes: set[str]) -> PaperDecision | Blank:
    """What a rule asks of the units of these codes and their criteria; a unit is never asked in two booklets."""
    if not isinstance(decision, PaperDecision):
        return decision
    return replace(
        decision,
        units=tuple(unit for unit in decision.units if unit.unit_code in codes),
        criteria=tuple(each for each in decision.criteria if each.unit_code in codes),
    )


def _numbers_of(kind: QuestionKind, questions: Sequence[PaperQuestion], clusters: Sequence[Cluster]) -> Iterator[int]:
    homes = {unit.code: cluster.number for cluster in clusters for unit in cluster.units}
    counts: dict[int, int] = {}
    for question in questions:
        home = homes[question.unit_code] if kind in COMPLETING else 0
        counts[home] = counts.get(home, 0) + 1
        yield counts[home]
