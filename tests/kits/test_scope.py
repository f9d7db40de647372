"""The plan decides what a candidate gets: forms, booklets, role plays and turns follow FR.MAPA.02 cluster by cluster."""

import dataclasses
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from event_cases import change, schedule
from examples import examples
from file_names import named
from harness import KitProject
from hypothesis import given
from hypothesis import strategies as st
from scope_reader import Wish, read_table, wanted_table, wishes_of, words_of, written

import kitgen.kits.scope
from kitgen.kits.event_kit import event_kit
from kitgen.kits.packs import concerns
from kitgen.kits.plan import PlannedDocument, plan_documents
from kitgen.kits.scope import scope_of
from kitgen.kits.values import used_clusters
from kitgen.load.locate import find_project
from kitgen.load.project_data import Data, load_data
from kitgen.model.edition import Edition
from kitgen.model.event import Adjustments, AssessmentEvent, Deviation
from kitgen.model.methods import ClusterInstruments, Instrument

FORMS = {
    "FR.IA.01", "FR.IA.02", "FR.IA.03", "FR.IA.04A", "FR.IA.04B", "FR.IA.05A", "FR.IA.05B", "FR.IA.05C", "FR.IA.06A",
    "FR.IA.06B", "FR.IA.06C", "FR.IA.07", "FR.IA.08", "FR.IA.09", "FR.IA.10", "FR.IA.11", "Kartu Asesi", "FR.AK.01",
    "Jadwal Giliran", "Alat Peraga", "FR.MAPA.01",
}  # fmt: skip
UNITLESS = {"FR.IA.08", "FR.IA.09", "FR.IA.10", "FR.IA.11"}
"""Instruments whose pages need not name units: whether the candidate has the sheet is compared."""
AGREED: dict[int, Wish] = {
    6: {"background": 2, "clusters": {1: 3}},
    7: {"background": 3, "added": [(2, "FR.IA.05")], "left_out": [(1, "FR.IA.11")]},
    8: {"background": 4, "left_out": [(1, "FR.IA.07"), (2, "FR.IA.07")]},
}


@pytest.fixture(scope="module")
def data(root: Path) -> Data:
    return load_data(find_project(root))


@pytest.fixture(scope="module")
def edition(data: Data) -> Edition:
    (found,) = data.editions
    return found


class Shipped:
    """The shipped edition, without its megabytes in a message."""

    def __init__(self, data: Data) -> None:
        self.data = data

    def __repr__(self) -> str:
        return "the shipped edition"

    @property
    def edition(self) -> Edition:
        return self.data.editions[0]


@pytest.fixture(scope="module")
def shipped(data: Data) -> Shipped:
    return Shipped(data)


@pytest.fixture(scope="module")
def event(root: Path, tmp_path_factory: pytest.TempPathFactory) -> KitProject:
    """The sample event with everything that was agreed otherwise, built."""
    project = KitProject.copy_of(root, tmp_path_factory.mktemp("lingkup") / "proyek")
    (project.root / "events/contoh").mkdir(parents=True)
    shutil.copy(root / "events/contoh/jadwal.xlsx", project.root / "events/contoh")
    change(project, 6, "latar belakang (1-5)", "2")
    change(project, 6, "latar belakang kp 1", "3")
    change(project, 7, "latar belakang (1-5)", "3")
    change(project, 7, "penyimpangan dari mapa.02", "KP 2 + FR.IA.05; KP 1 - IA.11")
    change(project, 7, "alasan penyimpangan", "produk belum dipakai setahun")
    change(project, 8, "latar belakang (1-5)", "4")
    change(project, 8, "penyimpangan dari mapa.02", "KP 1 tanpa FR.IA.07; KP 2 tanpa FR.IA.07, alasan: sudah terbukti")
    return project.keep_forms(FORMS).build("--event", "contoh")


def wished(project: KitProject) -> dict[int, Wish]:
    return {**wishes_of(project.root / "events/contoh/jadwal.xlsx"), **AGREED}


def folded(table: set[tuple[int, str, str]]) -> set[tuple[int, str, str]]:
    return {(number, form, "" if form in UNITLESS else unit) for number, form, unit in table}


def test_finished_files_hold_what_the_plan_says(event: KitProject) -> None:
    """For every background, cluster and deviation, read by a reader that knows nothing of kitgen."""
    found = read_table(event.root / "output/Jadwal/contoh")
    files = {  # sheets that name no unit are counted by their names
        (int(path.parent.name[:2]), re.split(" ", path.stem)[1], "")
        for path in (event.root / "output/Jadwal/contoh").rglob("*.docx")
        if any(form in path.stem for form in UNITLESS)
    }
    wishes = wished(event)
    assert {wish["background"] for wish in wishes.values()} == {1, 2, 3, 4, 5}
    wanted = wanted_table(written(event.edition, "methods.yaml"), written(event.edition, "scheme.yaml"), wishes)
    assert {row for row in found if row[1] not in UNITLESS} | files == folded(wanted)


def test_cards_props_and_turns_are_those_of_the_plan(event: KitProject) -> None:
    """Who shows cluster 1 otherwise plays no role play of it: no turn, and no copy of a card counted for them."""
    turns = words_of(next((event.root / "output/Jadwal/contoh").rglob(named("*Jadwal Giliran.docx"))))
    assert "PMS-01" in turns
    (edition,) = load_data(find_project(event.root)).editions
    kit = event_kit(edition, _schedule_of(event))
    assert kit.event is not None
    marketing = {unit.code for unit in edition.scheme.clusters[0].units}
    for number, wish in wished(event).items():
        background = wish.get("clusters", {}).get(1, wish["background"])
        played = {code for each in kit.event.assigned[number].scenarios for code in each.unit_codes}
        assert bool(marketing & played) == (background != 3), number
        mine = {turn.scenario.id for turn in kit.event.turns if turn.candidate.number == number}
        assert mine == {each.id for each in kit.event.assigned[number].scenarios}


def _schedule_of(project: KitProject) -> AssessmentEvent:
    from kitgen.load.event.event import check_event

    schedule = check_event(find_project(project.root), "contoh").schedule
    assert schedule is not None
    return schedule


instruments = st.sets(st.integers(1, 5))


@st.composite
def plans(draw: st.DrawFn) -> list[dict[str, set[int]]]:
    """For each cluster of the shipped scheme the backgrounds of some instruments."""
    forms = sorted(each for each in FORMS if re.fullmatch(r"FR\.IA\.0[1-4789][AB]?|FR\.IA\.1\d", each))
    codes = [*forms, "FR.IA.05", "FR.IA.06"]
    return [{code: draw(instruments) for code in codes} for _ in range(2)]


def _methods(plan: list[dict[str, set[int]]], units: Any) -> Mapping[str, Any]:
    clusters = [
        {"cluster": number, "instruments": [{"form": form, "backgrounds": of} for form, of in sorted(each.items())]}
        for number, each in enumerate(plan, 1)
    ]
    return {"units": units, "clusters": clusters}


def _with_plan(edition: Edition, plan: list[dict[str, set[int]]]) -> Edition:
    clusters = tuple(
        ClusterInstruments(
            number, tuple(Instrument(form, tuple(sorted(of))) for form, of in sorted(each.items()) if of)
        )
        for number, each in enumerate(plan, 1)
    )
    return dataclasses.replace(edition, plan=dataclasses.replace(edition.plan, clusters=clusters))


def _planned_table(documents: list[PlannedDocument]) -> set[tuple[int, str, str]]:
    """What the documents of candidates are about, by what their templates are given."""
    found: set[tuple[int, str, str]] = set()
    for each in documents:
        if each.candidate is None or each.form.instrument is None:
            continue
        if each.paper is not None and each.paper.cluster:
            found.add((each.candidate.number, each.form.instrument, f"KP {each.paper.cluster}"))
            continue
        units = (
            {question.unit_code for question in each.paper.questions}
            if each.paper is not None
            else {unit.code for cluster in used_clusters(each) for unit in cluster.units}
        )
        found |= {(each.candidate.number, each.form.instrument, unit) for unit in units}
    return found


def _case(edition: Edition, data: Data, plan: list[dict[str, set[int]]], wishes: Mapping[int, Wish]) -> tuple[Any, Any]:
    """The table of a made-up plan as it is planned, and as it is wanted."""
    people = schedule(sorted(wishes))
    candidates = tuple(
        dataclasses.replace(
            each,
            background=wishes[each.number]["background"],
            backgrounds=tuple(sorted(wishes[each.number].get("clusters", {}).items())),
            deviations=tuple(
                Deviation(cluster, form, added)
                for key, added in (("added", True), ("left_out", False))
                for cluster, form in wishes[each.number].get(key, ())
            ),
        )
        for each in people.candidates
    )
    kit = event_kit(_with_plan(edition, plan), dataclasses.replace(people, candidates=candidates))
    scheme = {
        "clusters": [
            {"number": each.number, "units": [unit.code for unit in each.units]} for each in edition.scheme.clusters
        ]
    }
    units: dict[str, list[dict[str, object]]] = {}
    for each in edition.plan.criteria:
        units.setdefault(each.unit_code, []).append({"primary": each.primary, "reserves": each.reserves})
    methods = _methods(plan, [{"unit": code, "criteria": rows} for code, rows in units.items()])
    return _planned_table(plan_documents(data.forms, [kit])), wanted_table(methods, scheme, wishes)


WISHES: dict[int, Wish] = {
    **{number: {"background": number} for number in range(1, 6)},
    6: {"background": 1, "clusters": {2: 3}},
    7: {"background": 2, "added": [(1, "FR.IA.10")], "left_out": [(2, "FR.IA.01")]},
}


@examples(12)
@given(plan=plans())
def test_any_plan_is_followed(shipped: Shipped, plan: list[dict[str, set[int]]]) -> None:
    """Made-up plans: each candidate's documents are about the clusters and units of what is ticked for them."""
    planned, wanted = _case(shipped.edition, shipped.data, plan, WISHES)
    assert planned == wanted


@pytest.mark.parametrize("mutant", ["everything", "own background only", "no deviation"])
def test_a_mutant_of_the_one_function_is_noticed(
    edition: Edition, data: Data, monkeypatch: pytest.MonkeyPatch, mutant: str
) -> None:
    """The comparison above is no tautology: one rule of `scope_of` broken, and the tables differ."""
    plan = [
        {each.form: set(each.backgrounds) for each in cluster.instruments} for cluster in edition.plan.clusters
    ]  # fmt: skip
    assert len(set(map(frozenset, _case(edition, data, plan, WISHES)))) == 1
    original = kitgen.kits.scope._of_cluster

    def broken(cluster: Any, plan: Any, candidate: Any) -> Any:
        if candidate is not None and mutant == "own background only":
            candidate = dataclasses.replace(candidate, backgrounds=())
        if candidate is not None and mutant == "no deviation":
            candidate = dataclasses.replace(candidate, deviations=())
        return original(cluster, plan, None if mutant == "everything" else candidate)

    monkeypatch.setattr(kitgen.kits.scope, "_of_cluster", broken)
    planned, wanted = _case(edition, data, plan, WISHES)
    assert planned != wanted


def test_an_instrument_is_used_for_the_units_whose_method_it_serves(edition: Edition) -> None:
    """A review of products is for units with a product; one that covers no method is for all."""
    plan, clusters = edition.plan, edition.scheme.clusters
    kinds = tuple(
        dataclasses.replace(kind, covers=("observed",)) if kind.form == "FR.IA.11" else kind for kind in plan.kinds
    )
    narrow = scope_of(clusters, dataclasses.replace(plan, kinds=kinds))
    assert not narrow.uses("FR.IA.11")  # nothing of cluster 1 is observed first
    product = tuple(
        dataclasses.replace(each, primary="observed") if each.unit_code.endswith("003.01") else each
        for each in plan.criteria
    )
    assert scope_of(clusters, dataclasses.replace(plan, kinds=kinds, criteria=product)).codes("FR.IA.11") == {
        "M.702090.003.01"
    }


def test_a_candidate_of_no_known_background_gets_what_all_get(edition: Edition) -> None:
    """Nothing is a guess: in cluster 1 the multiple-choice test, in cluster 2 what all five have."""
    person = schedule([1]).candidates[0]
    scope = scope_of(edition.scheme.clusters, edition.plan, person)
    assert {form for form in scope.used if scope.uses(form, 1)} == {"FR.IA.05"}
    assert {form for form in scope.used if scope.uses(form, 2)} == {"FR.IA.01", "FR.IA.02", "FR.IA.03"}


def test_booklets_belong_together_and_to_their_cluster(event: KitProject, edition: Edition) -> None:
    """Question sheet, key and answer sheet of a booklet carry one id; numbers begin at 1; no question is in two."""
    kit = event_kit(edition, _schedule_of(event))
    papers = kit.printed.booklets["multiple_choice"]
    assert [paper.name for paper in papers[:2]] == ["Paket A - KP 1", "Paket A - KP 2"]
    for paper in papers:
        assert [question.number for question in paper.questions] == list(range(1, len(paper.questions) + 1))
    letter = [paper for paper in papers if paper.letter == "A"]
    (whole,) = (paper for paper in kit.drawn["multiple_choice"] if paper.letter == "A")
    assert [q.id for paper in letter for q in paper.questions] == [q.id for q in whole.questions]
    assert sum(paper.minutes for paper in letter) == whole.minutes
    home = event.root / "output/Jadwal/contoh"
    for paper in letter:
        ids = {
            code
            for path in home.rglob(f"14*{paper.name}.docx")
            for code in re.findall(r"[A-C]\d-1-[0-9A-Z]{4}", words_of(path))
        }
        assert ids == {paper.id}


def test_a_pack_and_its_copies_follow_the_plan(event: KitProject, data: Data, edition: Edition) -> None:
    """A booklet or a card concerns exactly those whose plan has it."""
    kit = event_kit(edition, _schedule_of(event))
    assert kit.event is not None
    for document in plan_documents(data.forms, [kit]):
        if document.candidate is not None or document.form.audience != "asesi":
            continue
        for candidate in kit.event.taking_part:
            if document.paper is not None:
                own = kit.event.printed[candidate.number].booklets.get(document.form.questions or "oral", ())
                assert concerns(document, candidate) == (document.paper in own)
            elif document.scenario is not None:
                assert concerns(document, candidate) == (
                    document.scenario in kit.event.assigned[candidate.number].scenarios
                )


def test_what_was_agreed_changes_minutes_and_channel(edition: Edition) -> None:
    """A quarter more time in every turn; a Deaf candidate writes instead of telephoning."""
    people = schedule(list(range(1, 41)))
    chatting = Adjustments(extra_time=25, chat=True)
    agreed = tuple(dataclasses.replace(each, background=1, adjustments=chatting) for each in people.candidates)
    plain = tuple(dataclasses.replace(each, background=1) for each in people.candidates)
    with_chat = event_kit(edition, dataclasses.replace(people, candidates=agreed)).event
    without = event_kit(edition, dataclasses.replace(people, candidates=plain)).event
    assert with_chat is not None and without is not None
    channels = {each.channel for one in without.assigned.values() for each in one.scenarios}
    assert "telepon" in channels
    assert "telepon" not in {each.channel for one in with_chat.assigned.values() for each in one.scenarios}
    assert with_chat.timetable is not None
    for work in with_chat.timetable.works.values():
        for role in work.roles:
            scenes = (scene.minutes for scene in role.scenario.scenes)
            wanted = [-(-minutes * 125 // 100) for minutes in (role.scenario.reading_minutes, *scenes)]
            assert role.candidate == sum(wanted)


def test_pages_say_what_was_agreed_and_whose_they_are(event: KitProject) -> None:
    """FR.AK.01 names deviations with their reason and evidence without a box; loose pages name their candidate."""
    home = event.root / "output/Jadwal/contoh"
    agreement = words_of(next(home.glob(named("2*/07*/09 FR.AK.01.docx"))))
    assert "KP 2: FR.IA.05 ditambahkan" in agreement and "KP 1: FR.IA.11 tidak dipakai" in agreement
    assert "produk belum dipakai setahun" in agreement and "Lainnya: Verifikasi Pihak Ketiga" in agreement
    plain = words_of(next(home.glob(named("2*/01*/09 FR.AK.01.docx"))))
    assert "Disepakati lain" not in plain and "Verifikasi Pihak Ketiga" not in plain
    assert "07 Asesi Contoh 07" in _footer(next(home.glob(named("4*/*/07*/10 FR.IA.01.docx"))))


def test_a_units_kit_says_that_it_decides_nothing(root: Path, tmp_path: Path) -> None:
    """The stamp of a unit's kit; the scheme's says nothing of the kind."""
    project = KitProject.copy_of(root, tmp_path / "proyek").keep_forms({"FR.AK.02"}).build()
    unit = next((project.output / "Per Unit/M.702090.002.01").rglob(named("21 FR.AK.02.docx")))
    whole = next((project.output / "Skema Lengkap").rglob(named("21 FR.AK.02.docx")))
    assert "bukan untuk keputusan sertifikasi" in _footer(unit)
    assert "bukan untuk keputusan" not in _footer(whole)


def test_the_plan_of_an_event_ticks_what_is_known(event: KitProject) -> None:
    """FR.MAPA.01's three scales are faces; five backgrounds, purpose, place, body and standard are ticked."""
    import zipfile

    path = next((event.root / "output/Jadwal/contoh").rglob(named("04 FR.MAPA.01.docx")))
    with zipfile.ZipFile(path) as package:
        body = package.read("word/document.xml").decode()
        assert {name for name in package.namelist() if "media/wajah" in name} == {
            f"word/media/wajah{number}.png" for number in (1, 2, 3)
        }
    assert body.count("<w:drawing") == 9 and body.count("☑") == 9


def _footer(path: Path) -> str:
    import docx

    return "".join(each.text or "" for each in docx.Document(str(path)).sections[0].footer._element.iter() if each.text)


def test_the_sheets_of_observation_name_the_role_plays(event: KitProject, edition: Edition) -> None:
    """FR.IA.01 and FR.IA.02 of a candidate say which scenarios are played, of the clusters the sheet is about."""
    kit = event_kit(edition, _schedule_of(event))
    assert kit.event is not None
    home = event.root / "output/Jadwal/contoh"
    for number, played in kit.event.assigned.items():
        if number > 11:
            continue
        wanted = f"Skenario: {', '.join(each.id for each in played.scenarios)}"
        for form in (named("10 FR.IA.01.docx"), named("11 FR.IA.02.docx")):
            (path,) = home.rglob(f"{number:02} Asesi*/{named(form)}")
            assert wanted in words_of(path)
