"""Questions, tasks and scenarios: what is wrong in them is told with its place, what is right reaches the papers."""

import dataclasses
import re
from pathlib import Path

import pytest
import yaml
from harness import KitProject, plain

from kitgen.kits.kit import kits_of
from kitgen.kits.papers import in_two_columns, papers_of_kit
from kitgen.load.locate import find_project
from kitgen.load.project_data import load_data
from kitgen.model.bank import Paper, QuestionKind
from kitgen.model.edition import Edition


def papers(edition: Edition, kind: QuestionKind, **changed: object) -> tuple[Paper, ...]:
    """The scheme's papers of one kind; `changed` takes the place of the edition's own bank or blueprint."""
    scheme = edition.scheme
    given = {"bank": edition.bank, "blueprint": edition.blueprint, "plan": edition.plan, **changed}
    drawn = papers_of_kit("scheme", scheme.units, scheme.clusters, **given)  # type: ignore[arg-type]
    return tuple(each.paper for each in drawn.get(kind, ()))


def test_criteria_without_a_cue_are_told_in_one_line(kit_project: KitProject) -> None:
    """Each KUK of unit 008 that has no cue in the scenario, by its number; a draft may be made without them."""
    path = kit_project.edition / "scenarios/KEL-01.yaml"
    data = yaml.safe_load(path.read_text("utf-8"))
    data["cues"] = [cue for cue in data["cues"] if cue["criterion"] not in ("1.1", "2.5", "3.7")]
    assert len(data["cues"]) == 15
    path.write_text(yaml.safe_dump(data, allow_unicode=True, width=100_000), "utf-8")
    kit_project.run("check")
    assert "this scenario has no cue for KUK M.702090.008.01 1.1, 2.5, 3.7" in kit_project.said


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('criteria: ["1.1"]', 'criteria: ["1.9"]', "has no criterion (KUK) 1.9"),
        ('criteria: ["1.1"]', "criteria: []", "names no criterion"),
        ('kind: "multiple_choice"', 'kind: "multiple_choise"', "`multiple_choise` is not known here"),
        ('id: "PG-003-02"', 'id: "PG-003-01"', "stands twice"),
        ("rationale:", "rational:", "key `rational` is not known here"),
        ('unit: "M.702090.003.01"', 'unit: "M.702090.033.01"', "no unit M.702090.033.01"),
    ],
)
def test_a_question_that_does_not_fit_is_told_with_its_line(
    kit_project: KitProject, old: str, new: str, message: str
) -> None:
    """File and line stand with every slip in the bank."""
    name = "questions/M.702090.003.01.yaml"
    path = kit_project.edition / name
    assert old in path.read_text("utf-8")
    kit_project.edit(path.relative_to(kit_project.root).as_posix(), old, new).build(expect=1)
    assert kit_project.last is not None
    output = plain(kit_project.last.output)
    assert message in output
    assert re.search(rf"--> scheme/\S*{re.escape(name)}:\d+", output)


def test_a_key_that_is_no_option_is_refused(kit_project: KitProject) -> None:
    """The key is one of the options."""
    path = kit_project.edition / "questions/M.702090.003.01.yaml"
    path.write_text(re.sub(r'key: "?[a-d]"?', 'key: "e"', path.read_text("utf-8"), count=1), "utf-8")
    kit_project.build(expect=1)
    assert kit_project.last is not None and "none of the options" in kit_project.last.output


def test_the_shipped_bank_is_whole(root: Path) -> None:
    """At least 3 multiple-choice questions for each KUK, 2 of each other kind for each element, all facts of each."""
    (edition,) = load_data(find_project(root)).editions
    for unit in edition.scheme.units:
        mine = [question for question in edition.bank if question.unit == unit.code]
        for element in unit.elements:
            numbers = {criterion.number for criterion in element.criteria}
            for criterion in numbers:
                asked = [each for each in mine if each.kind == "multiple_choice" and criterion in each.criteria]
                assert len(asked) >= 3, (unit.code, criterion)
            for kind in ("essay", "oral", "supporting"):
                assert len([each for each in mine if each.kind == kind and set(each.criteria) <= numbers]) >= 2
        for question in mine:
            assert len({number.split(".")[0] for number in question.criteria}) == 1
            assert question.difficulty and question.branch
            assert all(option.rationale for option in question.options)
            assert question.options or question.marking_points
    choices = [question for question in edition.bank if question.kind == "multiple_choice"]
    assert len(choices) >= 150
    assert len({question.branch for question in choices}) >= 7
    for cluster in edition.scheme.clusters:
        assert cluster.tasks and cluster.activities
    covered = {part.unit_code for cluster in edition.scheme.clusters for task in cluster.tasks for part in task.parts}
    assert covered == {unit.code for unit in edition.scheme.units}


def test_keys_are_balanced_and_not_told_by_length(root: Path) -> None:
    """Key letters differ by at most two over the scheme, and the longest option is seldom the key."""
    (edition,) = load_data(find_project(root)).editions
    choices = [question for question in edition.bank if question.kind == "multiple_choice"]
    counts = [sum(question.key == letter for question in choices) for letter in "abcd"]
    assert sum(counts) == len(choices) and max(counts) - min(counts) <= 2
    longest = sum(
        max(question.options, key=lambda option: len(option.text)).letter == question.key for question in choices
    )  # fmt: skip
    assert longest <= len(choices) / 4


def test_one_paper_has_one_id_that_tells_its_questions(root: Path) -> None:
    """Equal questions give the equal id, in whatever order the bank is; another seed or a reworded question another."""
    (edition,) = load_data(find_project(root)).editions
    first, second, third = papers(edition, "multiple_choice")
    assert [paper.letter for paper in (first, second, third)] == ["A", "B", "C"]
    assert all(paper.id.startswith(f"{paper.letter}-1-") for paper in (first, second, third))
    assert papers(edition, "multiple_choice", bank=tuple(reversed(edition.bank)))[0] == first
    reseeded = dataclasses.replace(edition.blueprint, seed="2")
    assert papers(edition, "multiple_choice", blueprint=reseeded)[0].id != first.id
    name = first.questions[0].id
    reworded = [
        dataclasses.replace(each, text=f"{each.text} Sebutkan.") if each.id == name else each for each in edition.bank
    ]
    assert papers(edition, "multiple_choice", bank=reworded)[0].id != first.id
    assert papers(edition, "essay", bank=edition.bank[:0]) == ()


@pytest.mark.parametrize("count", [1, 2, 7, 18, 19])
def test_numbers_run_down_each_half(root: Path, count: int) -> None:
    """Odd counts leave the last right half empty."""
    (edition,) = load_data(find_project(root)).editions
    questions = papers(edition, "multiple_choice")[0].questions[:count]
    pairs = in_two_columns(questions)
    numbers = [pair.left.number for pair in pairs] + [pair.right.number for pair in pairs if pair.right]
    assert numbers == list(range(1, count + 1))


def test_each_units_kit_holds_its_own_questions_and_scenarios(root: Path) -> None:
    """A unit's kit has the questions of that unit, the scheme's kit all of them."""
    (edition,) = load_data(find_project(root)).editions
    whole, *kits = kits_of(edition)
    assert whole.bank == edition.bank and whole.scenarios == edition.scenarios
    assert sum(len(kit.bank) for kit in kits) == len(edition.bank)
    assert [len(kit.scenarios) for kit in kits] == [3, 5, 3, 5, 8]
    assert all(
        task.parts[0].unit_code == kit.name for kit in kits for cluster in kit.clusters for task in cluster.tasks
    )
