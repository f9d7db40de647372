"""Papers: drawn by the blueprint and the seed alone, recorded once, and the same however the bank grows."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from harness import SLUG, KitProject

from kitgen.kits.draw import arrange, choose
from kitgen.kits.kit import kits_of
from kitgen.kits.papers import DrawnPaper, cells_of, papers_of_kit
from kitgen.load.locate import find_project
from kitgen.load.project_data import load_data
from kitgen.model.blueprint import DEFAULT_DRAWS
from kitgen.model.edition import Edition
from kitgen.schemes.check.check import check_project
from kitgen.schemes.check.leaks import meetings

pytestmark = pytest.mark.slow

EDITION = f"scheme/{SLUG}/2024"
PAPERS = f"{EDITION}/papers.yaml"
UNIT = "M.702090.008.01"


@pytest.fixture(scope="module")
def shipped() -> Edition:
    (edition,) = load_data(find_project(Path(__file__).parent)).editions
    return edition


def recorded(project: KitProject) -> list[str]:
    """What stands in papers.yaml, an entry for each paper."""
    text = (project.root / PAPERS).read_text("utf-8")
    return re.split(r"^  - ", text, flags=re.M)[1:]


def states(project: KitProject) -> Counter[str]:
    return Counter(line.split()[0] for line in project.said.splitlines() if re.match(r"(kept|drawn|dropped) ", line))


def edition_of(project: KitProject) -> Edition:
    (edition,) = load_data(find_project(project.root)).editions
    return edition


def papers_of(edition: Edition, kit: int = 0) -> dict[str, tuple[DrawnPaper, ...]]:
    of = kits_of(edition)[kit]
    return dict(papers_of_kit(of.kind, of.units, of.clusters, of.bank, edition.blueprint, edition.plan, edition.papers))


def test_a_thousand_papers_cover_the_blueprint_with_even_keys_in_different_orders(shipped: Edition) -> None:
    """Whatever the seed: each cell gets its questions, keys are within two of even, no two papers are alike."""
    rule = replace(shipped.blueprint.draws["multiple_choice"], breadth="all")
    cells = cells_of("multiple_choice", rule, "scheme", shipped.scheme.units, shipped.bank, shipped.plan)
    criteria = {cell.name for cell in cells}
    assert len(criteria) == sum(len(element.criteria) for unit in shipped.scheme.units for element in unit.elements)
    orders: set[tuple[str, ...]] = set()
    for number in range(1_000):
        paper = arrange(choose(cells, str(number // 3), number % 3, ()), str(number // 3), "ABC"[number % 3])
        ids = [question.id for question, _ in paper]
        assert len(set(ids)) == len(ids)
        for cell in cells:
            asked = sum(question.id in ids for question in cell.questions)
            assert asked >= min(cell.count, len(cell.questions)), f"seed {number // 3}: {cell.name}"
        counts = Counter(
            letter
            for question, order in paper
            for letter, old in zip("abcde", order, strict=False)
            if old == question.key
        )
        assert sum(counts.values()) == len(paper)
        assert all(abs(counts[letter] - len(paper) / 4) <= 2 for letter in "abcd"), counts
        orders.add(tuple(ids))
    assert len(orders) == 1_000


def test_the_papers_of_one_seed_share_no_question_where_the_bank_is_large_enough(shipped: Edition) -> None:
    """Units with three questions a criterion give papers A, B and C nothing in common."""
    papers = papers_of(shipped)["multiple_choice"]
    rich = {
        unit.code
        for unit in shipped.scheme.units
        if sum(question.unit == unit.code and question.kind == "multiple_choice" for question in shipped.bank)
        >= 3 * sum(len(element.criteria) for element in unit.elements)
    }
    assert UNIT in rich
    asked = Counter(question.id for each in papers for question in each.paper.questions if question.unit_code in rich)
    assert set(asked.values()) == {1}


def test_every_letter_of_every_kit_is_unlike_the_others_and_balanced(shipped: Edition) -> None:
    """No two letters share a question, and none is visibly easier: difficulty and level within two of even."""
    traits = {question.id: (question.difficulty, question.upkeep.level) for question in shipped.bank}
    for kit in range(6):
        for kind, papers in papers_of(shipped, kit).items():
            assert [each.paper.letter for each in papers] == ["A", "B", "C"]
            asked = Counter(question.id for each in papers for question in each.paper.questions)
            assert set(asked.values()) == {1}, (kit, kind)
            if kind != "multiple_choice":
                continue
            for part in (0, 1):
                counts = [Counter(traits[q.id][part] for q in each.paper.questions) for each in papers]
                for trait in set().union(*counts):
                    found = [count[trait] for count in counts]
                    assert max(found) - min(found) <= 3, (kit, trait, found)


def test_no_candidate_meets_two_questions_that_are_kept_apart(shipped: Edition) -> None:
    """Over all kinds of a letter, in every kit, with many seeds; and what would meet in a record is told."""
    for seed in ("1", "2", "3", "2026A"):
        for of in kits_of(shipped):
            drawn = papers_of_kit(
                of.kind, of.units, of.clusters, of.bank, replace(shipped.blueprint, seed=seed), shipped.plan
            )
            papers = {kind: [each.paper for each in found] for kind, found in drawn.items()}
            assert list(meetings(papers, shipped.bank)) == [], (seed, of.name)


def test_a_blueprint_that_does_not_ask_for_balance_draws_as_it_always_did(shipped: Edition) -> None:
    """Each letter for itself, by rotation: ids as kitgen 0.1 gave them for the same seed and the same questions."""
    of = kits_of(shipped)[0]
    old = replace(shipped.blueprint, draws=DEFAULT_DRAWS, balanced=False)
    drawn = papers_of_kit(of.kind, of.units, of.clusters, of.bank, old, shipped.plan)
    first = [id for id, _ in drawn["multiple_choice"][0].record.questions]
    assert len(first) == 50
    new = papers_of_kit(of.kind, of.units, of.clusters, of.bank, replace(old, balanced=True), shipped.plan)
    assert [id for id, _ in new["multiple_choice"][0].record.questions] != first


def test_a_retired_question_is_drawn_no_more(shipped: Edition) -> None:
    """What was taken out of use stays in the bank, not on papers."""
    of = kits_of(shipped)[0]
    gone = papers_of(shipped)["multiple_choice"][0].paper.questions[0].id
    bank = [
        replace(each, upkeep=replace(each.upkeep, status="retired")) if each.id == gone else each for each in of.bank
    ]
    drawn = papers_of_kit(of.kind, of.units, of.clusters, bank, shipped.blueprint, shipped.plan)
    assert gone not in {id for papers in drawn.values() for each in papers for id, _ in each.record.questions}


def test_drawing_records_the_papers_of_every_kit_as_a_build_draws_them(kit_project: KitProject) -> None:
    """The first draw changes nothing of what builds print; the file says of itself what it is."""
    (kit_project.root / PAPERS).unlink()
    before = [papers_of(edition_of(kit_project), kit) for kit in range(6)]
    kit_project.run("bank", "draw")
    assert states(kit_project) == {"drawn": 72}
    assert f"wrote {PAPERS}" in kit_project.said
    edition = edition_of(kit_project)
    assert [papers_of(edition, kit) for kit in range(6)] == before
    assert list(edition.papers) == [each.record for kit in before for papers in kit.values() for each in papers]
    text = (kit_project.root / PAPERS).read_text("utf-8")
    assert text.startswith("# Paket soal skema Tenaga Pemasar Operasional (Layanan), edisi 2024")
    assert re.search(r'^      - "PG-008-\d\d [abcd]{4}"$', text, flags=re.M)
    assert re.search(r'^      - "ES-008-\d\d"$', text, flags=re.M)


def test_a_second_draw_keeps_all_and_writes_nothing(kit_project: KitProject) -> None:
    """What is still right is kept."""
    kit_project.run("bank", "draw")
    stamp = (kit_project.root / PAPERS).stat().st_mtime_ns
    kit_project.run("bank", "draw")
    assert states(kit_project) == {"kept": 72}
    assert f"{PAPERS} is as it was" in kit_project.said
    assert (kit_project.root / PAPERS).stat().st_mtime_ns == stamp


def test_recorded_papers_stay_when_the_bank_grows(kit_project: KitProject) -> None:
    """A question more leaves every recorded paper what it was; without the record some would be drawn otherwise."""
    kit_project.run("bank", "draw")
    before = recorded(kit_project)
    add_question(kit_project)
    edition = edition_of(kit_project)
    ids = {paper.id for paper in edition.papers}
    for kit in range(6):
        for papers in papers_of(edition, kit).values():
            assert {each.paper.id for each in papers} <= ids
    assert not [problem for problem in warnings_of(kit_project) if "has changed" in problem]
    kit_project.run("bank", "draw")
    assert states(kit_project) == {"kept": 72}
    assert recorded(kit_project) == before
    kit_project.run("bank", "draw", "--anew")
    assert states(kit_project)["drawn"] > 0
    assert recorded(kit_project) != before
    assert states(kit_project)["kept"] + states(kit_project)["drawn"] == 72


def test_anew_without_a_change_gives_the_same_papers(kit_project: KitProject) -> None:
    """The same seed and bank give the same papers; another seed others, which later draws keep."""
    kit_project.run("bank", "draw")
    before = recorded(kit_project)
    kit_project.run("bank", "draw", "--anew")
    assert recorded(kit_project) == before
    kit_project.run("bank", "draw", "--anew", "--seed", "2026A")
    assert states(kit_project) == {"drawn": 72}
    assert all(re.match(r'id: "[A-C]-2026A-[0-9A-Z]{4}"', entry) for entry in recorded(kit_project))
    kit_project.run("bank", "draw")
    assert states(kit_project) == {"kept": 72}


def test_a_reworded_question_is_told_and_only_its_papers_are_drawn_again(kit_project: KitProject) -> None:
    """`kitgen check` warns of each recorded paper that asks it; drawing replaces these and keeps the others."""
    kit_project.run("bank", "draw")
    paper = next(entry for entry in recorded(kit_project) if f'kit: "{UNIT}"' in entry and "PG-" in entry)
    id = re.findall(r'"(PG-008-\d\d) ', paper)[0]
    holding = [entry for entry in recorded(kit_project) if f'"{id} ' in entry]
    reword(kit_project, id)
    names = [re.findall(r'id: "(.*?)"', entry)[0] for entry in holding]
    warned = [problem for problem in warnings_of(kit_project) if "has changed since it was drawn" in problem]
    assert sorted(re.findall(r"paper (\S+) has", problem)[0] for problem in warned) == sorted(names)
    others = [entry for entry in recorded(kit_project) if entry not in holding]
    kit_project.run("bank", "draw")
    assert states(kit_project) == {"kept": 72 - len(holding), "drawn": len(holding)}
    assert all(f"instead of {name}" in kit_project.said for name in names)
    assert [entry for entry in recorded(kit_project) if entry in others] == others
    assert not [problem for problem in warnings_of(kit_project) if "has changed" in problem]
    after = [entry for entry in recorded(kit_project) if f'"{id} ' in entry]
    assert [entry.split("questions:")[1] for entry in after] == [entry.split("questions:")[1] for entry in holding]


def test_a_question_taken_out_stops_builds_until_its_papers_are_drawn_again(kit_project: KitProject) -> None:
    """The fault names the paper and the command; the command mends it."""
    kit_project.run("bank", "draw")
    id = re.findall(r'"(PG-008-\d\d) ', (kit_project.root / PAPERS).read_text("utf-8"))[0]
    count = sum(f'"{id} ' in entry for entry in recorded(kit_project))
    path = kit_project.edition / f"questions/{UNIT}.yaml"
    text = path.read_text("utf-8")
    text = re.sub(rf'  - id: "{id}".*?(?=  - id: )', "", text, flags=re.S)
    path.write_text(re.sub(rf'    apart_from: \[[^\]]*"{id}"[^\]]*\]\n', "", text), "utf-8")
    kit_project.build(expect=1)
    assert f"the bank has no question {id}" in kit_project.said
    assert "kitgen bank draw" in kit_project.said
    kit_project.run("bank", "draw")
    assert states(kit_project) == {"kept": 72 - count, "drawn": count}
    assert f"warning: the bank has no question {id}" in kit_project.said
    assert len(edition_of(kit_project).papers) == 72


def test_a_paper_missing_from_the_record_is_drawn_beside_the_others(kit_project: KitProject) -> None:
    """It shares no question with the papers kept, although the bank grew since they were drawn."""
    kit_project.run("bank", "draw")
    text = (kit_project.root / PAPERS).read_text("utf-8")
    entries = recorded(kit_project)
    gone = next(entry for entry in entries if 'kit: "scheme"' in entry and entry.startswith('id: "B-'))
    (kit_project.root / PAPERS).write_text(text.replace(f"  - {gone}", ""), "utf-8")
    add_question(kit_project)
    kit_project.run("bank", "draw")
    assert states(kit_project) == {"kept": 71, "drawn": 1}
    papers = papers_of(edition_of(kit_project))["multiple_choice"]
    asked = Counter(q.id for each in papers for q in each.paper.questions if q.unit_code == UNIT)
    assert set(asked.values()) == {1}


def test_a_letter_the_blueprint_drops_leaves_the_record(kit_project: KitProject) -> None:
    """Papers nobody asks for any more are told and taken out."""
    kit_project.run("bank", "draw")
    kit_project.edit(
        f"{EDITION}/blueprint.yaml", 'letters: ["A", "B", "C"], minutes: 2', 'letters: ["A", "B"], minutes: 2'
    )
    kit_project.run("bank", "draw")
    assert states(kit_project) == {"kept": 66, "dropped": 6}
    assert len(recorded(kit_project)) == 66


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('kit: "scheme"', f'kit: "{UNIT}"', "which is not the paper's"),
        (r'id: "A-1-....', 'id: "paket A', "is no id of a paper"),
        (r'- "(PG-\d+-\d+) ....', r'- "\1 abca', "is no order of the options"),
        (r"    questions:\n(      - .*\n)+", "    questions:\n", "paper has no questions"),
    ],
)
def test_a_record_changed_by_hand_is_told_and_mended(kit_project: KitProject, old: str, new: str, message: str) -> None:
    """Builds refuse it; drawing tells what is wrong and draws the paper anew."""
    kit_project.run("bank", "draw")
    path = kit_project.root / PAPERS
    before = path.read_text("utf-8")
    path.write_text(re.sub(old, new, before, count=1), "utf-8")
    kit_project.build(expect=1)
    assert message in kit_project.said
    kit_project.run("bank", "draw")
    assert message in kit_project.said
    assert path.read_text("utf-8") == before


def test_a_record_that_cannot_be_read_is_not_drawn_over_silently(kit_project: KitProject) -> None:
    """A broken file is refused unless all is drawn again."""
    kit_project.run("bank", "draw")
    path = kit_project.root / PAPERS
    before = path.read_text("utf-8")
    path.write_text(before.replace('kit: "scheme"', 'kit: "scheme', 1), "utf-8")
    broken = path.read_bytes()
    kit_project.run("bank", "draw", expect=1)
    assert "--anew" in kit_project.said and path.read_bytes() == broken
    kit_project.run("bank", "draw", "--anew")
    assert path.read_text("utf-8") == before


def test_a_seed_that_no_paper_can_carry_is_wrong_usage(kit_project: KitProject) -> None:
    """Seeds are part of ids, so they are capital letters and digits."""
    (kit_project.root / PAPERS).unlink()
    kit_project.run("bank", "draw", "--seed", "dua ribu", expect=2)
    assert not (kit_project.root / PAPERS).exists()


def add_question(project: KitProject) -> None:
    """A question of a text of its own for KUK 1.1 of unit 008."""
    path = project.edition / f"questions/{UNIT}.yaml"
    text = path.read_text("utf-8")
    first = re.search(r'  - id: "PG-008-01".*?(?=  - id: )', text, flags=re.S)
    assert first is not None
    added = re.sub(r"    apart_from: .*\n", "", first[0].replace("PG-008-01", "PG-008-99"))
    path.write_text(text + re.sub(r'(text: ")', r"\1Tambahan: ", added), "utf-8")


def reword(project: KitProject, id: str) -> None:
    path = project.edition / f"questions/{UNIT}.yaml"
    text = path.read_text("utf-8")
    path.write_text(re.sub(rf'(id: "{id}".*?\n    text: ")', r"\1Ralat: ", text, count=1, flags=re.S), "utf-8")


def warnings_of(project: KitProject) -> list[str]:
    findings, _ = check_project(find_project(project.root))
    return [problem.message for problem in findings.warnings]
