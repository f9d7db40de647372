"""Who gets which paper and scenarios: neighbours differ, nothing goes round in step, a late change moves nobody else."""

import dataclasses
from pathlib import Path

import pytest
from event_cases import schedule
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from kitgen.kits.assignment import apart, assign, clashes, half_day, seats, together
from kitgen.load.locate import find_project
from kitgen.load.project_data import load_data
from kitgen.model.event import RecordedAssignment
from kitgen.model.scenario import Scenario

LETTERS = ["A", "B", "C"]


@pytest.fixture(scope="module")
def scenarios(root: Path) -> tuple[Scenario, ...]:
    (edition,) = load_data(find_project(root)).editions
    return edition.scenarios


numbers = st.lists(st.integers(1, 60), min_size=1, max_size=40, unique=True).map(sorted)


@examples(60)
@given(chosen=numbers, gone=st.integers(1, 60))
def test_an_assignment_follows_the_number_alone(scenarios: tuple[Scenario, ...], chosen: list[int], gone: int) -> None:
    """Who leaves changes nobody else's paper or scenarios; neighbours have different papers."""
    given_all = assign(schedule(chosen), LETTERS, scenarios)
    left = [number for number in chosen if number != gone]
    assert {number: given_all[number] for number in left} == assign(schedule(left), LETTERS, scenarios)
    for number in chosen:
        if number + 1 in given_all:
            assert given_all[number].paper != given_all[number + 1].paper


@examples(60)
@given(chosen=numbers, off=st.sets(st.sampled_from(LETTERS), min_size=1, max_size=2))
def test_a_paper_out_of_use_moves_only_those_who_had_it(
    scenarios: tuple[Scenario, ...], chosen: list[int], off: set[str]
) -> None:
    """Stability wins over neighbours; of those who had it the others get what is left in turn."""
    before = assign(schedule(chosen), LETTERS, scenarios)
    kept = tuple(letter for letter in LETTERS if letter not in off)
    after = assign(dataclasses.replace(schedule(chosen), papers=kept), LETTERS, scenarios)
    moved = {number for number in chosen if before[number].paper != after[number].paper}
    assert moved == {number for number in chosen if before[number].paper in off}
    assert all(each.paper in kept for each in after.values())


@examples(60)
@given(chosen=numbers, data=st.data())
def test_a_scenario_out_of_use_moves_only_those_who_had_it(
    scenarios: tuple[Scenario, ...], chosen: list[int], data: st.DataObject
) -> None:
    """As long as another one of the same units is in use."""
    several = [each.id for each in apart(scenarios) if sum(one.unit_codes == each.unit_codes for one in scenarios) > 1]
    off = data.draw(st.sampled_from(several))
    used = tuple(each.id for each in scenarios if each.id != off)
    before = assign(schedule(chosen), LETTERS, scenarios)
    after = assign(dataclasses.replace(schedule(chosen), scenarios=used), LETTERS, scenarios)
    for number in chosen:
        if off not in {each.id for each in before[number].scenarios}:
            assert before[number] == after[number]
        else:
            assert off not in {each.id for each in after[number].scenarios}
            assert len(after[number].scenarios) == len(before[number].scenarios)


@pytest.mark.parametrize("assessors", [2, 3, 4])
def test_assessor_paper_and_scenario_never_go_round_in_step(scenarios: tuple[Scenario, ...], assessors: int) -> None:
    """Every assessor meets every paper, and each scenario stays for half a day of an assessor, then changes."""
    people = schedule(list(range(1, 33)), assessors)
    found = assign(people, LETTERS, scenarios)
    for assessor in range(1, assessors + 1):
        own = [found[each.number] for each in people.candidates if each.assessor == assessor]
        assert {each.paper for each in own} == set(LETTERS)
        complaints = [next(one for one in each.scenarios if one.id.startswith("KEL")) for each in own]
        runs = [sum(one is other for one in complaints) for other in complaints]
        assert len({each.id for each in complaints}) > 1
        assert max(runs) <= half_day(complaints[0])
    pairs = {(found[each.number].paper, found[each.number].scenarios[0].id) for each in people.candidates}
    assert len(pairs) > len(LETTERS)


def test_what_was_recorded_at_the_delivery_stays(scenarios: tuple[Scenario, ...]) -> None:
    """As long as it is in use; what the workbook says goes before it."""
    people = schedule([1, 2, 3])
    now = assign(people, LETTERS, scenarios)
    other = next(each.id for each in scenarios if each.id.startswith("LYN") and each not in now[1].scenarios)
    paper = next(letter for letter in LETTERS if letter != now[1].paper)
    recorded = dataclasses.replace(people, recorded={1: RecordedAssignment(paper, (other,))})
    found = assign(recorded, LETTERS, scenarios)
    assert found[1].paper == paper and other in {each.id for each in found[1].scenarios}
    assert {number: found[number] for number in (2, 3)} == {number: now[number] for number in (2, 3)}
    typed = dataclasses.replace(people.candidates[0], paper=now[1].paper)
    again = dataclasses.replace(recorded, candidates=(typed, *people.candidates[1:]))
    assert assign(again, LETTERS, scenarios)[1].paper == now[1].paper
    off = dataclasses.replace(recorded, papers=tuple(letter for letter in LETTERS if letter != paper))
    assert assign(off, LETTERS, scenarios)[1].paper == now[1].paper


def test_an_arrangement_shows_units_together_or_one_beside_another(scenarios: tuple[Scenario, ...]) -> None:
    """No unit is shown twice to anybody, and none is left out."""
    whole = {code for each in scenarios for code in each.unit_codes}
    for chosen in (apart(scenarios), together(scenarios)):
        groups = {each.unit_codes for each in chosen}
        codes = [code for group in groups for code in group]
        assert sorted(codes) == sorted(whole)
    assert len({each.unit_codes for each in together(scenarios)}) < len({each.unit_codes for each in apart(scenarios)})


@examples(60)
@given(chosen=numbers, letters=st.integers(1, 4), off=st.integers(0, 3))
def test_neighbours_at_the_test_have_different_papers_wherever_that_can_be(
    scenarios: tuple[Scenario, ...], chosen: list[int], letters: int, off: int
) -> None:
    """Seats are dealt out so; where one paper is more than half of all, the pairs are told."""
    all_letters = ["A", "B", "C", "D"][:letters]
    used = tuple(letter for place, letter in enumerate(all_letters) if place != off)
    found = assign(dataclasses.replace(schedule(chosen), papers=used), all_letters, scenarios)
    order = seats(chosen, found)
    assert sorted(order) == chosen
    counts = [sum(each.paper == letter for each in found.values()) for letter in all_letters]
    assert (clashes(order, found) == []) == (max(counts) <= -(-len(chosen) // 2))
