"""Papers that do not hold together: pairs that answer each other, letters alike, unplanned kinds, unreviewed questions."""

import dataclasses

import pytest
from harness import ROOT

from kitgen.kits.kit import kits_of
from kitgen.load.locate import find_project
from kitgen.load.project_data import load_data
from kitgen.model.edition import Edition
from kitgen.schemes.check.leaks import leaks
from kitgen.schemes.check.papers import paper_findings, unreviewed

PROJECT = find_project(ROOT)


@pytest.fixture(scope="module")
def edition() -> Edition:
    return load_data(PROJECT).editions[0]


def told(edition: Edition) -> str:
    return "\n".join(str(each.message) for each in paper_findings(PROJECT, edition, kits_of(edition)))


def with_question(edition: Edition, id: str, **changed: object) -> Edition:
    bank = tuple(dataclasses.replace(each, **changed) if each.id == id else each for each in edition.bank)  # type: ignore[arg-type]
    return dataclasses.replace(edition, bank=bank)


def test_nothing_is_odd_about_the_shipped_papers(edition: Edition) -> None:
    """No pair meets, no letters are alike, every kind asked beyond the plan says why."""
    assert told(edition) == ""


@pytest.mark.parametrize(
    ("giver", "text", "asked"),
    [
        ("PG-001-30", "Merek adalah penanda nilai, layanan penambah nilai, dan proses pemungkin nilai. Apa yang dibenahi?", "ES-001-03"),
        ("PG-008-15", "Anggukan belum tentu berarti setuju; dapat pula sungkan. Apa langkah Anda?", "LS-008-06"),
    ],
)  # fmt: skip
def test_a_planted_pair_is_found_over_all_kinds(edition: Edition, giver: str, text: str, asked: str) -> None:
    """A stem that says an answer of another kind's question, and is not kept apart from it, is told."""
    planted = with_question(edition, giver, text=text, apart_from=())
    planted = with_question(planted, asked, apart_from=())
    assert (giver, asked) in {(each.giver, each.asked) for each in leaks(planted.bank)}
    assert f"question {giver} tells most of an answer of {asked}" in told(planted)


def test_a_question_asked_aloud_tells_nothing_of_a_role_play(edition: Edition) -> None:
    """What a role play looks for, said in a question of FR.IA.03, and one without points, are told; so is a follow-up of
    another role play.
    """
    scenario = edition.scenarios[0]
    look_for = scenario.cues[0].look_for
    first = next(each for each in edition.bank if each.kind == "supporting")
    assert (
        f"question {first.id}, asked aloud, tells what role play {scenario.id} KUK {scenario.cues[0].number}"
        in told(with_question(edition, first.id, text=look_for))
    )
    assert f"question {first.id} has no marking points" in told(with_question(edition, first.id, marking_points=()))
    other = edition.scenarios[1]
    asked = (dataclasses.replace(other.assessor.follow_up_questions[0], text=look_for),)
    guide = dataclasses.replace(other.assessor, follow_up_questions=asked)
    planted = (scenario, dataclasses.replace(other, assessor=guide), *edition.scenarios[2:])
    assert f"question {other.id} KUK {asked[0].criterion}, asked aloud, tells what role play {scenario.id}" in told(
        dataclasses.replace(edition, scenarios=planted)
    )


def test_a_pair_kept_apart_that_meets_on_recorded_papers_is_told(edition: Edition) -> None:
    """Whatever the kinds: the record stays, the finding names letter and both."""
    records = {(each.kit, each.kind, each.letter): each for each in edition.papers}
    one = records["scheme", "multiple_choice", "B"].questions[0][0]
    other = records["scheme", "oral", "B"].questions[0][0]
    bank = {each.id: each for each in edition.bank}
    assert other not in bank[one].apart_from
    met = with_question(edition, one, apart_from=(*bank[one].apart_from, other))
    first, second = sorted((one, other))
    assert f"candidates with letter B of kit {edition.scheme.title} get {first} and {second}" in told(met)


def test_equal_letters_and_a_kind_beyond_the_plan_are_told(edition: Edition) -> None:
    """As the essays were: one question an element, three letters; and multiple choice for every KUK without a word."""
    draws = {kind: dataclasses.replace(rule, why=(rule.reserve and "") or rule.why) for kind, rule in edition.blueprint.draws.items()}  # fmt: skip
    draws["multiple_choice"] = dataclasses.replace(
        draws["multiple_choice"], why=edition.scheme.number
    )  # blank or missing
    few = tuple(each for each in edition.bank if each.kind != "essay" or each.id.endswith("-01"))
    changed = dataclasses.replace(
        edition, bank=few, papers=(), blueprint=dataclasses.replace(edition.blueprint, draws=draws)
    )
    found = told(changed)
    assert "papers A and B of kit M.702090.001.01 (esai) share 1 question of 1" in found
    assert "questions of kind `multiple_choice` are asked for" in found and "plan names no written evidence" in found


def test_only_reviewed_or_accepted_questions_are_left_out_of_the_finding(edition: Edition) -> None:
    """All shipped questions are drafts; one that is reviewed and one that is accepted are told no more."""
    (finding,) = unreviewed(PROJECT, edition, kits_of(edition))
    assert "266 unreviewed questions" in str(finding.message)
    first, second = (edition.papers[0].questions[place][0] for place in (0, 1))
    care = dataclasses.replace(
        next(each for each in edition.bank if each.id == first).upkeep,
        status="reviewed", reviewer="Penelaah Contoh", reviewed_on="2026-03-01",
    )  # fmt: skip
    better = with_question(edition, first, upkeep=care)
    better = dataclasses.replace(better, blueprint=dataclasses.replace(better.blueprint, accepted=(second,)))
    (finding,) = unreviewed(PROJECT, better, kits_of(better))
    assert "264 unreviewed questions" in str(finding.message)
