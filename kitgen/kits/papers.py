"""The papers of a kit: drawn by the blueprint, or as they were drawn before and recorded. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kitgen.base.digests import ALPHABET, digest_values
from kitgen.base.holes import BLANK, Blank
from kitgen.kits.decision import paper_decision
from kitgen.kits.draw import Cell, Drawn, arrange
from kitgen.kits.letters import choose_letters
from kitgen.model.bank import (
    DIFFICULTY_LABELS,
    KIND_LABELS,
    QUESTION_KINDS,
    WITH_OPTIONS,
    AnswerOption,
    Paper,
    PaperQuestion,
    PaperSection,
    Question,
    QuestionKind,
    QuestionPair,
)
from kitgen.model.blueprint import Blueprint, BlueprintRow, BlueprintSheet, RecordedPaper
from kitgen.model.draw import Breadth, Draw
from kitgen.model.forms import KitKind
from kitgen.model.methods import METHOD_LABELS, METHOD_OF_KIND, AssessmentPlan, CriterionMethods
from kitgen.model.scheme import Cluster, Unit

ID_LETTERS: Final = 4
SCHEME_KIT: Final = "scheme"
"""What a recorded paper of the whole scheme says of its kit; one of a unit names the unit's code."""


@dataclass(frozen=True, slots=True)
class DrawnPaper:
    """Paket yang ditarik: what is printed of it, and what is recorded so that it stays the same for ever."""

    paper: Paper
    record: RecordedPaper


def papers_of_kit(
    kind_of_kit: KitKind,
    units: Sequence[Unit],
    clusters: Sequence[Cluster],
    bank: Sequence[Question],
    blueprint: Blueprint,
    plan: AssessmentPlan,
    recorded: Iterable[RecordedPaper] = (),
) -> dict[QuestionKind, tuple[DrawnPaper, ...]]:
    """The papers of each kind, by letter. A recorded paper is taken as it is, the others are drawn by the blueprint.

    One drawn beside recorded papers of its kind shares questions with them only when a cell has too few. Questions are
    numbered cluster by cluster, so that the numbers run on in forms that go by clusters.
    """
    ordered = dict.fromkeys(unit for cluster in clusters for unit in cluster.units if unit in units)
    units = [*ordered, *(unit for unit in units if unit not in ordered)]
    kit = SCHEME_KIT if kind_of_kit == "scheme" else units[0].code
    kept = {(paper.kind, paper.letter): paper for paper in recorded if paper.kit == kit}
    asked = {question.id: question for question in bank}
    cells = {kind: cells_of(kind, blueprint.draws[kind], kind_of_kit, units, bank, plan) for kind in QUESTION_KINDS}
    records: dict[QuestionKind, dict[str, tuple[str, ...]]] = {kind: {} for kind in QUESTION_KINDS}
    for (kind, letter), paper in kept.items():
        records[kind][letter] = tuple(id for id, _ in paper.questions)
    letters = {kind: blueprint.draws[kind].letters for kind in QUESTION_KINDS}
    chosen = choose_letters(cells, letters, blueprint.seed, records, bank, blueprint.balanced)
    drawn: dict[QuestionKind, tuple[DrawnPaper, ...]] = {}
    for kind in QUESTION_KINDS:
        papers: list[DrawnPaper] = []
        for letter in letters[kind]:
            record = kept.get((kind, letter))
            content = (
                [(asked[name], order) for name, order in record.questions]
                if record is not None
                else arrange(chosen[kind][letter], blueprint.seed, letter)
            )
            if content:
                name = f"{letter}-{_seed(record, blueprint)}"
                papers.append(_drawn(kind, kit, name, content, blueprint, clusters))
        if papers:
            drawn[kind] = tuple(papers)
    return drawn


def cells_of(
    kind: QuestionKind,
    rule: Draw,
    kind_of_kit: KitKind,
    units: Sequence[Unit],
    bank: Sequence[Question],
    plan: AssessmentPlan,
) -> list[Cell]:
    """The cells of the blueprint for one kind: each asked criterion or element, with the questions for it."""
    methods = {(each.unit_code, each.number): each for each in plan.criteria}
    whole = kind_of_kit == "scheme"
    count, breadth = (rule.scheme, rule.breadth) if whole else (rule.unit, rule.unit_breadth)
    cells: list[Cell] = []
    for unit in units:
        questions = [
            question for question in bank
            if question.kind == kind and question.unit == unit.code and question.upkeep.is_asked
        ]  # fmt: skip
        for element in unit.elements:
            numbers = [
                criterion.number
                for criterion in element.criteria
                if _is_asked(kind, breadth, methods.get((unit.code, criterion.number)))
            ]
            groups = [[number] for number in numbers] if rule.per == "criterion" else [numbers] if numbers else []
            for group in groups:
                serving = tuple(question for question in questions if set(question.criteria) & set(group))
                cells.append(Cell(f"{unit.code} {' '.join(group)}", serving, count))
    return cells


def _is_asked(kind: QuestionKind, breadth: Breadth, methods: CriterionMethods | None) -> bool:
    method = METHOD_OF_KIND.get(kind)
    if methods is None or method is None or breadth == "all":
        return True
    return method == methods.primary if breadth == "primary" else method in methods.named


def _seed(record: RecordedPaper | None, blueprint: Blueprint) -> str:
    return record.id.split("-")[1] if record is not None else blueprint.seed


def _drawn(
    kind: QuestionKind,
    kit: str,
    name: str,
    content: Sequence[Drawn],
    blueprint: Blueprint,
    clusters: Sequence[Cluster],
) -> DrawnPaper:
    """The paper. Its id is its letter, its seed and four letters that stand for what its questions ask in their order,
    so that a question sheet and a key that do not belong together cannot carry the same id."""
    numbered = tuple(_numbered(question, order, number) for number, (question, order) in enumerate(content, 1))
    id = f"{name}-{code_of(numbered)}"
    letter = name.partition("-")[0]
    paper = Paper(
        id=id,
        letter=letter,
        name=f"Paket {letter}",
        cluster=0,
        kind=KIND_LABELS[kind],
        minutes=blueprint.draws[kind].minutes * len(numbered),
        questions=numbered,
        sections=tuple(sections_of(numbered, clusters)),
        why=blueprint.draws[kind].why,
        decision=paper_decision(blueprint.decision, numbered) if kind in WITH_OPTIONS else BLANK,
        drafts=tuple(question.id for question, _ in content if needs_review(question, blueprint)),
        pairs=in_two_columns(numbered),
    )
    return DrawnPaper(paper, RecordedPaper(id, kit, kind, tuple((question.id, order) for question, order in content)))


def needs_review(question: Question, blueprint: Blueprint) -> bool:
    """Whether nobody has reviewed the question and the LSP has not accepted it either."""
    return not question.upkeep.is_reviewed and question.id not in blueprint.accepted


def sections_of(questions: Sequence[PaperQuestion], clusters: Iterable[Cluster]) -> Iterator[PaperSection]:
    """Questions cluster by cluster; a cluster without one is left out."""
    for cluster in clusters:
        codes = {unit.code for unit in cluster.units}
        asked = tuple(question for question in questions if question.unit_code in codes)
        if asked:
            yield PaperSection(cluster, asked)


def in_two_columns(questions: Sequence[PaperQuestion]) -> tuple[QuestionPair, ...]:
    """Questions side by side so that numbers run down the left half, then down the right one."""
    half = (len(questions) + 1) // 2
    return tuple(
        QuestionPair(questions[row], questions[row + half] if row + half < len(questions) else BLANK)
        for row in range(half)
    )


def _numbered(question: Question, order: str, number: int) -> PaperQuestion:
    options = {option.letter: option for option in question.options}
    letters = list(options)
    turned = tuple(replace(options[old], letter=new) for new, old in zip(letters, order, strict=True))
    key = next((new for new, old in zip(letters, order, strict=True) if old == question.key), BLANK)
    return PaperQuestion(
        number=number,
        id=question.id,
        unit_code=question.unit,
        criteria=", ".join(question.criteria),
        text=question.text,
        options=turned,
        key=key,
        rationale=_rationale(turned, key),
        model_answer=question.model_answer,
        marking_points=question.marking_points,
        difficulty=DIFFICULTY_LABELS[question.difficulty] if isinstance(question.difficulty, str) else BLANK,
    )


def _rationale(options: Sequence[AnswerOption], key: object) -> str | Blank:
    return next((option.rationale for option in options if option.letter == key), BLANK)


def code_of(questions: Sequence[PaperQuestion]) -> str:
    """Four letters that stand for what questions ask, in their order."""
    asked = [[question.id, question.text, [option.text for option in question.options]] for question in questions]
    number = int(digest_values(asked)[:10], 16)
    return "".join(ALPHABET[number >> (5 * position) & 31] for position in range(ID_LETTERS))


def blueprint_sheet(
    units: Iterable[Unit], papers: Mapping[QuestionKind, Sequence[Paper]], plan: AssessmentPlan
) -> BlueprintSheet:
    """Each KUK of `units` with the numbers of the questions that ask it on each paper.

    The booklets of one letter share a column: no KUK is in two of them.
    """
    methods = {(each.unit_code, each.number): each for each in plan.criteria}
    listed: dict[tuple[str, str], list[Paper]] = {}
    for paper in (paper for found in papers.values() for paper in found):
        listed.setdefault((paper.kind, paper.letter), []).append(paper)
    rows: list[BlueprintRow] = []
    for unit in units:
        for element, criterion in unit.by_element():
            known = methods.get((unit.code, criterion.number))
            rows.append(
                BlueprintRow(
                    unit_code=unit.code,
                    unit_title=unit.title,
                    element=element.name,
                    number=criterion.number,
                    text=criterion.text,
                    primary=METHOD_LABELS[known.primary] if known else "",
                    reserves=", ".join(METHOD_LABELS[method] for method in known.reserves) if known else "",
                    asked=tuple(_numbers(found, unit.code, criterion.number) for found in listed.values()),
                )
            )
    names = (f"{kind} {', '.join(paper.id for paper in found)}" for (kind, _), found in listed.items())
    return BlueprintSheet(tuple(names), tuple(rows))


def _numbers(papers: Sequence[Paper], unit: str, criterion: str) -> str:
    return ", ".join(
        str(question.number)
        for paper in papers
        for question in paper.questions
        if question.unit_code == unit and criterion in question.criteria.split(", ")
    )
