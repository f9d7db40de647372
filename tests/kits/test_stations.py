"""Stations: what the texts of role plays make of them, how much one tells of another, and what is short of in each."""

import dataclasses
import re
from pathlib import Path

import pytest
import yaml
from file_names import named
from harness import KitProject

from kitgen.kits.assignment import apart
from kitgen.kits.stations.sheet import station_sheet
from kitgen.kits.stations.structure import structure_of
from kitgen.kits.stations.told import AT_MOST, told_pairs
from kitgen.load.locate import find_project
from kitgen.load.project_data import load_data
from kitgen.model.edition import Edition
from kitgen.model.scenario import Scenario
from kitgen.schemes.check.fairness import UNEVEN, fairness
from kitgen.schemes.check.stations import station_faults

COMPLAINT = ("M.702090.008.01",)


@pytest.fixture(scope="module")
def edition(root: Path) -> Edition:
    (found,) = load_data(find_project(root)).editions
    return found


@pytest.fixture(scope="module")
def complaints(edition: Edition) -> list[Scenario]:
    return [each for each in edition.scenarios if each.unit_codes == COMPLAINT]


def test_there_are_enough_stations_of_each_kind_and_channel(edition: Edition, complaints: list[Scenario]) -> None:
    """Six complaints, three services, three of marketing; each offered channel with two scenarios at least."""
    counts = {codes: sum(each.unit_codes == codes for each in edition.scenarios)
              for codes in {each.unit_codes for each in edition.scenarios}}  # fmt: skip
    assert counts[COMPLAINT] >= 6 and counts["M.702090.002.01", "M.702090.007.01"] >= 3
    assert counts["M.702090.001.01", "M.702090.003.01"] >= 3
    assert counts["M.702090.002.01", "M.702090.007.01", "M.702090.008.01"] >= 2
    channels = [each.channel for each in complaints]
    assert all(channels.count(name) >= 2 for name in edition.stations.offered)
    assert {each.name for each in edition.stations.channels} >= {"tatap muka", "telepon", "chat", "panggilan video"}


def test_knowing_one_tells_at_most_a_third_of_another(edition: Edition) -> None:
    """Of the hidden facts and of the answers, for every ordered pair; and no two complaints fail at the same step."""
    pairs = told_pairs(edition.scenarios)
    assert len([pair for pair in pairs if pair.known.startswith("KEL")]) == 30
    assert max(pair.share for pair in pairs) <= AT_MOST
    structures = [structure_of(each) for each in edition.scenarios if each.unit_codes == COMPLAINT]
    for name in ("wrong", "condition_at", "sop", "first_offer", "ending", "units"):
        assert len({getattr(each, name) for each in structures}) == len(structures), name
    assert len({(each.first, each.why_first) for each in structures}) == len(structures)


def test_the_structure_follows_the_texts_and_not_a_label(complaints: list[Scenario]) -> None:
    """The same scenario told otherwise has another structure, though no key with a label was touched."""
    first = next(each for each in complaints if each.id == "KEL-01")
    was = structure_of(first)
    assert (was.channel, was.wrong, was.condition_at) == ("tatap muka", "hari", "hanya bila ditanya")
    (actor,) = first.actors
    told = dataclasses.replace(
        actor, story=f"{actor.story} Alat pantau jantung ibu saya mengirim data setiap pukul 19.00."
    )
    assert structure_of(dataclasses.replace(first, actors=(told,))).condition_at == "cerita"
    wrong = dataclasses.replace(actor, wrong_detail="Menyebut Rp40.000, padahal Rp44.000.")
    assert structure_of(dataclasses.replace(first, actors=(wrong,))).wrong == "jumlah uang"
    scenes = tuple(dataclasses.replace(each, actor="Angkat telepon.", place="Telepon") for each in first.scenes)
    assert structure_of(dataclasses.replace(first, scenes=scenes)).channel == "telepon"


def test_a_copy_with_other_names_is_told_of(complaints: list[Scenario], edition: Edition) -> None:
    """A scenario in another costume, and one whose channel is not what its scenes play."""
    first = next(each for each in complaints if each.id == "KEL-01")
    copy = dataclasses.replace(first, id="KEL-99", company="PT Lain Rekaan", channel="chat")
    told = [(name, what.format() if hasattr(what, "format") else str(what))
            for name, what, _ in station_faults([*edition.scenarios, copy], edition.stations)]  # fmt: skip
    assert any(name == "KEL-99" and "KEL-01" in str(what) for name, what in told)
    assert any(name == "KEL-99" and "tatap muka" in str(what) for name, what in told)


def test_integrated_ones_are_played_instead_of_the_others_not_beside_them(edition: Edition) -> None:
    """Nobody plays unit 008 twice; an event that uses the integrated ones alone gives them."""
    assert not any(each.id.startswith("INT") for each in apart(edition.scenarios))
    alone = [each for each in edition.scenarios if each.id[:3] in ("INT", "PMS")]
    assert apart(alone) == alone


def test_loads_lie_within_ten_percent(edition: Edition) -> None:
    """Words to read, lines to write, words spoken, minutes and steps of temper, among scenarios of the same units."""
    assert UNEVEN <= 0.1
    rows = fairness(edition.scenarios)
    for codes in {tuple(map(str, row["units"])) for row in rows}:  # type: ignore[call-overload]
        group = [row for row in rows if row["units"] == list(codes)]
        for key in ("reading_words", "spoken_words", "lines", "minutes", "reading_minutes", "cues", "escalation"):
            values = [int(str(row[key])) for row in group]
            assert max(values) - min(values) <= UNEVEN * max(values), (codes, key, values)


def test_every_cue_has_anchors_and_a_rule_for_what_is_asked(edition: Edition) -> None:
    """Met, on the border, not met, all different; where the actor asks, a minute and whether that counts."""
    for scenario in edition.scenarios:
        for cue in scenario.cues:
            assert len({cue.met, cue.borderline, cue.not_met}) == 3 and cue.met and cue.borderline and cue.not_met
            assert bool(cue.prompt) == bool(cue.asked_counts) == bool(cue.prompt_minute)
            assert cue.dimensions and cue.keep and cue.improve
        assert any(cue.prompt for cue in scenario.cues) or "M.702090.001.01" in scenario.unit_codes


def test_the_candidates_card_tells_no_criterion(edition: Edition) -> None:
    """Neither in the situation nor in the tasks, which are one neutral sentence for the complaint."""
    for scenario in edition.scenarios:
        card = " ".join((scenario.situation, *scenario.rules, *(scene.task for scene in scenario.scenes)))
        assert "KUK" not in card and "alternatif" not in card.lower() and "maaf" not in card.lower()
    (part,) = (part for cluster in edition.scheme.clusters for task in cluster.tasks for part in task.parts
               if part.unit_code == "M.702090.008.01")  # fmt: skip
    assert part.steps[0] == "Terima, siapkan, dan selesaikan keluhan pelanggan menurut Kartu Asesi."


def test_listening_does_not_forbid_what_the_sop_orders(complaints: list[Scenario]) -> None:
    """The SOP has names and numbers matched once the customer has finished; stories end as people speak."""
    for scenario in complaints:
        sop = next(prop for prop in scenario.props if prop.id == "sop-ringkas")
        assert any(re.search(r"[Ss]etelah .*selesai (bercerita|menulis)", point) for point in sop.points), scenario.id
        assert all("Begitu ceritanya" not in actor.story for actor in scenario.actors)
        memo = next(cue for cue in scenario.cues if cue.number == "2.1")
        assert "Kondisi khusus pelanggan hanya" in memo.look_for


def test_a_chat_has_every_text_to_paste_alone(edition: Edition) -> None:
    """Opening, each message of the story, prompts, replies and the ladder, once, without quotes and numbers."""
    for scenario in edition.scenarios:
        texts = [each.text for each in scenario.pasted]
        assert bool(texts) == (scenario.channel == "chat")
        assert len(set(texts)) == len(texts) and not any(re.search(r"[“”]|^\(\d", text) for text in texts)
        for actor in scenario.actors if texts else ():
            story = re.split(r" ?\(\d\) ", actor.story)[1:]
            assert len(story) == 7 and texts[: 1 + len(story)] == [actor.opening_line, *story]
            lines = [level.line for level in actor.escalation] + [cue.prompt for cue in scenario.cues if cue.prompt]
            assert set(lines) <= set(texts)
            said = {quoted for each in actor.reactions for quoted in re.findall("“([^”]+)”", each.then)}
            assert {text.rstrip(".?") for text in said} <= {text.rstrip(".?") for text in texts}


def test_cards_of_actor_and_assessor_tell_of_the_channel(kit_project: KitProject) -> None:
    """Equipment, test, what to do when the line fails, consent to record; only a chat has texts to paste."""
    for form in ("Kartu Asesor", "Kartu Pemeran", "Teks Tempel"):
        kit_project.build("--form", form)
    kit = "tenaga-pemasar-operasional-layanan/2024/Skema Lengkap"
    line = load_data(find_project(kit_project.root)).editions[0].stations.channel("telepon")
    for path in (
        named(f"{kit}/3 Untuk Asesor/11c Kartu Asesor KEL-03.docx"),
        named(f"{kit}/4 Pemeran/11b Kartu Pemeran KEL-03.docx"),
    ):
        text = kit_project.text(path)
        assert all(item in text for item in (*line.equipment, *line.test, *line.line_fails, line.recording))
    made = [name for name in kit_project.tree() if "Teks Tempel" in name and kit in name]
    assert [name[name.index("KEL-") :][:6] for name in made] == ["KEL-04", "KEL-06"] and all(
        "/4 Pemeran/" in name for name in made
    )


def test_calibration_marks_every_criterion_with_a_reason(edition: Edition) -> None:
    """Two performances of each scenario, one clear and one on the border; a clear one has no mark on the border."""
    for scenario in edition.scenarios:
        assert [each.kind for each in scenario.calibration] == ["jelas", "di ambang"]
        for performance in scenario.calibration:
            keys = [(mark.unit_code, mark.number) for mark in performance.marks]
            assert keys == [(cue.unit_code, cue.number) for cue in scenario.cues]
            assert all(mark.reason for mark in performance.marks)
            ticks = {mark.tick for mark in performance.marks}
            assert ("di ambang" in ticks) == (performance.kind == "di ambang")


def test_shipped_scenarios_are_drafts_nobody_reviewed(edition: Edition) -> None:
    """No author, reviewer, date or pilot is invented."""
    for scenario in edition.scenarios:
        record = scenario.record
        assert (record.status, record.made_by) == ("draf", "kitgen")
        assert not (record.author or record.reviewer or record.reviewed_on or record.pilot)


def test_the_blueprint_of_stations_proposes_the_dimensions(edition: Edition) -> None:
    """A row for every KUK with its dimensions, and for every unit what FR.AK.06 asks."""
    sheet = station_sheet(edition.scheme.units, edition.scenarios, edition.stations)
    assert len(sheet.criteria) == 50 and all(each.dimensions for each in sheet.criteria)
    complaint = next(each for each in sheet.units if each.code == "M.702090.008.01")
    assert complaint.shown == (True,) * 5 and sheet.double_marking == 5


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda data: data["cues"][0].pop("anchors"), "cue 1.1 of unit M.702090.008.01 lacks Contoh terpenuhi, Contoh di ambang, Contoh belum"),
        (lambda data: data["cues"][0]["anchors"].pop("borderline"), "1 text not written yet: cue 1: `borderline`"),
        (lambda data: data["calibration"][0]["marks"].pop(), "this performance has no mark for KUK M.702090.008.01"),
        (lambda data: data["record"].update(status="dipakai"), "without a reviewer"),
        (lambda data: data["cues"][3]["prompt"].update(counts="mungkin"), "`mungkin` is not known here"),
        (lambda data: data.update(channel="telepon"), "its channel says telepon"),
        (lambda data: data["props"][0].update(fields=[{"label": "Isi", "lines": 1}]),
         "loads in channel tatap muka are not equal: lines to write KEL-01"),
    ],
)  # fmt: skip
def test_what_is_missing_in_a_station_is_told(kit_project: KitProject, change: object, message: str) -> None:
    """Cue by cue, with the file."""
    path = kit_project.edition / "scenarios/KEL-01.yaml"
    data = yaml.safe_load(path.read_text("utf-8"))
    change(data)  # type: ignore[operator]
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100_000), "utf-8")
    kit_project.run("check", "--strict", expect=1)
    assert message in kit_project.said and "scenarios/KEL-01.yaml" in kit_project.said


@pytest.mark.parametrize(
    ("was", "now", "message"),
    [
        ("offered: false", "offered: true", "channel panggilan video is offered, but no scenario is played in it"),
        ('channel: "chat"\n    offered: true', 'channel: "chat"\n    offered: false', "channel chat is not offered"),
        ('    recording: "Salinan', '    # recording: "Salinan', "channel chat has no recording"),
    ],
)
def test_a_channel_that_is_offered_is_ready(kit_project: KitProject, was: str, now: str, message: str) -> None:
    """Two scenarios of equal load, and everything that stands on the papers of actors and assessors."""
    path = kit_project.edition / "stations.yaml"
    text = path.read_text("utf-8")
    assert was in text
    path.write_text(text.replace(was, now), "utf-8")
    kit_project.run("check", "-v")
    assert message in kit_project.said


def test_an_offered_channel_with_one_scenario_is_told(kit_project: KitProject) -> None:
    """Who knows it plays it."""
    (kit_project.edition / "scenarios/KEL-06.yaml").unlink()
    kit_project.run("check", "-v")
    assert "no other scenario of its units has channel chat" in kit_project.said


def test_check_prints_structures_and_what_is_told(kit_project: KitProject) -> None:
    """`check --stations`; as JSON, too."""
    kit_project.run("check", "--stations")
    assert "nasib tawaran pertama" in kit_project.said and "KEL-06" in kit_project.said
    (report,) = kit_project.json("check")
    assert (
        len(report["structures"]) == len(report["scenarios"]) and max(row["share"] for row in report["told"]) <= 1 / 3
    )
    loads = {each["scenario"]: each for each in report["channels"]}
    assert loads["KEL-03"]["channel"] == "telepon" and loads["KEL-03"]["lines"] == loads["KEL-05"]["lines"] > 0
