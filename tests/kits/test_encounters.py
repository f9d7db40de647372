"""Role plays of several units and actors, their load beside one another, and the minutes of an event."""

import dataclasses
from pathlib import Path

import pytest
import yaml
from harness import KitProject

from kitgen.kits.kit import kits_of
from kitgen.load.locate import find_project
from kitgen.load.project_data import load_data
from kitgen.model.edition import Edition
from kitgen.schemes.check.fairness import fairness, unevenness
from kitgen.schemes.check.review import review
from kitgen.schemes.check.workload import workload

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def edition(root: Path) -> Edition:
    (found,) = load_data(find_project(root)).editions
    return found


def test_there_are_enough_encounters_of_each_kind(edition: Edition) -> None:
    """Six complaints in six branches over three channels, three services with two styles, one desk case."""
    complaints = [each for each in edition.scenarios if each.unit_codes == ("M.702090.008.01",)]
    services = [each for each in edition.scenarios if each.unit_codes == ("M.702090.002.01", "M.702090.007.01")]
    assert len(complaints) >= 6 and len(services) >= 3
    assert {each.channel for each in complaints} == {"tatap muka", "telepon", "chat"}
    assert len({each.branch for each in complaints}) == len(complaints)
    for scenario in services:
        assert len(scenario.actors) == 2
        assert len({actor.style for actor in scenario.actors}) == 2
        assert [cue.lasts for cue in scenario.cues].count("sepanjang adegan") >= 3
    covered = {code for scenario in edition.scenarios for code in scenario.unit_codes}
    assert covered == {unit.code for unit in edition.scheme.units}


def test_every_criterion_has_a_cue_in_every_scenario_of_its_unit(edition: Edition) -> None:
    """In the order of the units and their KUK, with the KUK's own text."""
    units = {unit.code: unit for unit in edition.scheme.units}
    for scenario in edition.scenarios:
        wanted = [
            (code, criterion.number, criterion.text)
            for code in scenario.unit_codes for element in units[code].elements for criterion in element.criteria
        ]  # fmt: skip
        assert [(cue.unit_code, cue.number, cue.text) for cue in scenario.cues] == wanted
        asked = [(each.unit_code, each.criterion) for each in scenario.assessor.follow_up_questions]
        assert asked == [(code, number) for code, number, _ in wanted]


def test_scenarios_of_the_same_units_are_equal_in_load(edition: Edition) -> None:
    """Cues, minutes, reading, escalation and words differ little; a scenario twice as long is told."""
    assert unevenness(edition.scenarios) == []
    first = next(each for each in edition.scenarios if each.id == "KEL-01")
    longer = dataclasses.replace(first, situation=f"{first.situation} " * 9, minutes=first.minutes * 2)
    changed = [longer if each.id == "KEL-01" else each for each in edition.scenarios]
    assert [name for name, _ in unevenness(changed)] == ["KEL-01"] * 2
    assert {row["scenario"] for row in fairness(edition.scenarios)} == {each.id for each in edition.scenarios}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda data: data["cues"][0].pop("unit"), "a text is missing here"),
        (lambda data: data["cues"][0].update(unit="M.702090.008.01"), "`M.702090.008.01` is not known here"),
        (lambda data: data["actors"][0].update(scenes=["nanti"]), "`nanti` is not known here"),
        (lambda data: data["actors"][0].update(scenes=[]), "actor is in no scene"),
        (lambda data: data["units"].append("M.702090.009.01"), "the scheme has no unit M.702090.009.01"),
        (lambda data: data["scenes"][0].pop("id"), "key `id` is missing"),
    ],
)
def test_a_slip_in_an_encounter_is_told(kit_project: KitProject, change: object, message: str) -> None:
    """With the file and its line."""
    path = kit_project.edition / "scenarios/LYN-01.yaml"
    data = yaml.safe_load(path.read_text("utf-8"))
    change(data)  # type: ignore[operator]
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100_000), "utf-8")
    kit_project.run("check", expect=1)
    assert message in kit_project.said and "scenarios/LYN-01.yaml:" in kit_project.said


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda data: data["cues"].pop(), "this scenario has no cue for KUK M.702090.007.01 3.4"),
        (lambda data: data.pop("company"), "1 text not written yet: scenario LYN-01: `company`"),
        (lambda data: data["cues"][0].update(trigger=""), "1 text not written yet: cue 1: `trigger`"),
    ],
)
def test_what_an_encounter_does_not_say_yet_is_told_and_stops_nothing(
    kit_project: KitProject, change: object, message: str
) -> None:
    """In one line; the rest of the file is taken."""
    path = kit_project.edition / "scenarios/LYN-01.yaml"
    data = yaml.safe_load(path.read_text("utf-8"))
    change(data)  # type: ignore[operator]
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100_000), "utf-8")
    kit_project.run("check")
    assert message in kit_project.said and "scenarios/LYN-01.yaml" in kit_project.said


def test_minutes_add_up(edition: Edition) -> None:
    """A candidate takes one paper of each kind and one scenario for each set of units; reserves are counted apart."""
    kit = kits_of(edition)[0]
    load = workload(kit, 24, 2)
    lines = {(line.instrument, line.what): line for line in load.lines}
    assert lines["pilihan ganda", "19 soal"].candidate == 38
    assert load.candidate_minutes == sum(line.candidate for line in load.lines if not line.is_reserve)
    assert load.candidate_reserve == sum(line.candidate for line in load.lines if line.is_reserve) > 0
    assert load.assessor_minutes == sum(line.assessor for line in load.lines if not line.is_reserve)
    assert load.per_assessor >= 12 * min(each.assessor for each in load.backgrounds)
    assert -(-load.per_assessor // edition.blueprint.limits.assessor_minutes) <= load.bound <= load.days
    assert load.candidate_minutes <= edition.blueprint.limits.candidate_minutes


def test_too_long_a_day_is_warned_of(kit_project: KitProject) -> None:
    """The limits are data; an event that takes several days is told when its size is given."""
    name = (kit_project.edition / "blueprint.yaml").relative_to(kit_project.root).as_posix()
    kit_project.edit(name, "candidate_minutes: 480", "candidate_minutes: 60")
    kit_project.run("check", "--minutes", "--candidates", "24", "--assessors", "2")
    assert "minutes, more than 60" in kit_project.said
    assert "24 candidates need " in kit_project.said
    assert "24 candidates, 2 assessors" in kit_project.said


def test_coverage_is_told_by_unit_criterion_kind_and_method(kit_project: KitProject) -> None:
    """`check --coverage --json`: no gap, counts of each kind; a removed question that leaves nothing is a gap."""
    (report,) = kit_project.json("check", "--coverage")
    assert report["gaps"] == 0 and len(report["coverage"]) == 50
    assert report["units"]["M.702090.008.01"]["multiple_choice"] >= 54
    assert sum(report["units"][code]["criteria"] for code in report["units"]) == 50
    assert all(row["primary"] for row in report["coverage"])
    path = kit_project.edition / "questions/M.702090.001.01.yaml"
    data = yaml.safe_load(path.read_text("utf-8"))
    data["questions"] = [each for each in data["questions"] if "1.1" not in each["criteria"]]
    kept = {each["id"] for each in data["questions"]}
    for each in data["questions"]:
        if "apart_from" in each:
            each["apart_from"] = [name for name in each["apart_from"] if name in kept]
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100_000), "utf-8")
    (kit_project.edition / "papers.yaml").unlink(missing_ok=True)
    (report,) = kit_project.json("check", "--coverage")
    assert [(row["unit"], row["criterion"]) for row in report["coverage"] if row["gap"]] == [("M.702090.001.01", "1.1")]
    kit_project.run("check", "--strict", expect=1)
    assert "nothing serves KUK 1.1 of unit M.702090.001.01 for their primary method (tertulis)" in kit_project.said


def test_the_review_of_the_shipped_scheme_finds_nothing(edition: Edition, root: Path) -> None:
    """Items, papers, coverage, scenarios and minutes; only that nobody has reviewed the questions yet."""
    (finding,) = review(find_project(root), edition).findings
    assert "unreviewed questions" in str(finding.message)


def test_a_units_kit_tells_the_situation_of_that_unit_alone(edition: Edition) -> None:
    """A candidate of unit 008 reads nothing of the service part, one of 003 nothing of the analysis."""
    _, *kits = kits_of(edition)
    told = {kit.name: kit.clusters[0].tasks[0].situation for kit in kits}
    assert len(set(told.values())) >= 4
    assert "pelayanan" not in told["M.702090.008.01"] and "analisis" not in told["M.702090.003.01"]
    whole = {task.situation for cluster in edition.scheme.clusters for task in cluster.tasks}
    assert not whole & set(told.values())
