"""Sealed reserve sets: for each assessor and cluster what the data holds back, secret, handed over apart, no proof."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from event_cases import NAME, change, entries, made
from file_names import named
from harness import KitProject, rewrite_parts
from scope_reader import CODE, words_of

from kitgen.documents.build.event_packs import wanted_packs
from kitgen.documents.status.status import Selection, status_of
from kitgen.load.locate import find_project

pytestmark = pytest.mark.slow

FORMS = {"FR.MAPA.02", "FR.AK.01", "FR.IA.01", "FR.IA.03", "FR.IA.07", "FR.IA.05A", "FR.IA.05B", "Perangkat Cadangan"}
SETS = {
    (1, 1): {"FR.IA.01", "FR.IA.03", "FR.IA.07", "Perangkat Cadangan"},
    (2, 1): {"FR.IA.01", "FR.IA.03", "FR.IA.07", "Perangkat Cadangan"},
    (1, 2): {"FR.IA.07", "Perangkat Cadangan"},
    (2, 2): {"FR.IA.07", "Perangkat Cadangan"},
}
"""By assessor and cluster: what `reserve: yes` of methods.yaml names and some candidate of background 1, 2 or 3 has not."""
METHODS = "scheme/tenaga-pemasar-operasional-layanan/2024/methods.yaml"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[KitProject]:
    project = KitProject.copy_of(root, tmp_path_factory.mktemp("cadangan") / "proyek")
    (project.root / "events" / NAME).mkdir(parents=True)
    shutil.copy(root / "events" / NAME / "jadwal.xlsx", project.root / "events" / NAME)
    for number in (4, 5, 6, 10, 11):  # six are enough: each assessor has every background from 1 to 3
        change(project, number, "status", "mundur")
    yield project.keep_forms(FORMS).build("--event", NAME)


@pytest.fixture
def project(built: KitProject, tmp_path: Path) -> KitProject:
    return built.copy_to(tmp_path / "proyek")


def sets_of(project: KitProject) -> dict[tuple[int, int], set[str]]:
    """The codes that lie with the keys, by assessor and cluster, as their names say."""
    found: dict[tuple[int, int], set[str]] = {}
    for path in made(project).glob("9*/*.docx"):
        name = re.fullmatch(r"\d\d (Perangkat Cadangan|FR\S+) .*KP (\d) Asesor (\d\d)", path.stem)
        if name is not None:
            found.setdefault((int(name[3]), int(name[2])), set()).add(name[1])
    return found


def reserve_page(project: KitProject, pattern: str) -> Path:
    (path,) = made(project).glob(f"9*/{pattern}")
    return path


def test_each_assessor_has_a_sealed_set_of_each_cluster(built: KitProject) -> None:
    assert sets_of(built) == SETS


def test_a_reserve_sheet_is_of_its_cluster_its_assessor_and_nobody_else(built: KitProject) -> None:
    """FR.IA.01 holds those units only of which a KUK may be observed instead: 001, not 003."""
    text = words_of(reserve_page(built, named("10 FR.IA.01 Cadangan KP 1 Asesor 01.docx")))
    assert set(CODE.findall(text)) == {"M.702090.001.01"}
    assert "Asesor Contoh 01" in text and "Asesi Contoh" not in text
    cover = words_of(reserve_page(built, named("39 Perangkat Cadangan KP 1 Asesor 02.docx")))
    assert "KUK 1.1, 2.1, 3.1 (observasi)" in cover and "Asesor Contoh 02" in cover and "Catatan pembukaan" in cover


def test_the_data_decides_what_is_held_back(project: KitProject) -> None:
    project.edit(METHODS, '"FR.IA.07", backgrounds: [2, 4, 5], reserve: "yes"', '"FR.IA.07", backgrounds: [2, 4, 5]')
    project.edit(METHODS, 'backgrounds: [4, 5], reserve: "yes"', "backgrounds: [4, 5]").build("--event", NAME)
    assert sets_of(project) == {(assessor, 1): {"FR.IA.01", "FR.IA.03", "Perangkat Cadangan"} for assessor in (1, 2)}


def test_who_has_an_instrument_by_plan_needs_no_reserve_of_it(project: KitProject) -> None:
    """Of background 5 all of an assessor's candidates: only they are left without an envelope for oral questions."""
    for number in (1, 2, 3, 7, 8, 9):
        change(project, number, "latar belakang (1-5)", "5")
    project.build("--event", NAME)
    assert sets_of(project) == {}


def test_the_plan_says_what_is_held_back(built: KitProject) -> None:
    (page,) = made(built).glob(named("4*/00*/06 FR.MAPA.02.docx"))
    text = words_of(page)
    assert "dibuka bila bukti belum cukup: FR.IA.01, FR.IA.03, FR.IA.07" in text
    assert "dibuka bila bukti belum cukup: FR.IA.07" in text


def test_verify_counts_a_reserve_apart_from_proof(built: KitProject) -> None:
    """No path of a reserve set stands among the proofs, and each is told as reserve where its method is one."""
    built.run("verify", "--event", NAME, "--json", expect=1)  # few forms: there are gaps
    assert built.last is not None
    (event,) = json.loads(built.last.stdout)
    (kit,) = event["kits"]
    proving = {each["path"] for row in kit["rows"] for method in ("observed", "product", "written", "oral")
               for each in row[method]}  # fmt: skip
    reserve = {each["path"] for row in kit["rows"] for of in row["reserve"].values() for each in of}
    assert proving and not any("Cadangan" in path for path in proving)
    assert reserve and all("Cadangan" in path for path in reserve)
    assert kit["reserved"] == sum(bool(row["reserve"]) for row in kit["rows"]) > 0
    assert any(row["gap"] and row["reserve"] for row in kit["rows"])  # held in reserve, and a gap all the same


def test_a_reserve_sheet_that_does_not_say_so_is_found(project: KitProject) -> None:
    """Somebody takes the line out of the foot of a page."""
    path = reserve_page(project, named("16 FR.IA.07 Cadangan KP 2 Asesor 01.docx"))
    rewrite_parts(path, lambda _, content: content.replace(b"PERANGKAT CADANGAN", b"Perangkat"))
    project.run("verify", "--event", NAME, expect=1)
    assert "lembar perangkat cadangan bersegel tidak menyebut bahwa ia cadangan" in project.said or (
        "sheet of a sealed reserve set does not say that it is one" in project.said
    )


def test_each_set_is_a_pack_of_its_own_that_is_secret(built: KitProject) -> None:
    """The cover lies on top; what an assessor or a candidate is handed holds nothing of it."""
    found = find_project(built.root)
    packs = wanted_packs(found, status_of(found, Selection(event=NAME), explain=False).documents)
    own = {path: len(held) for path, held in packs.items() if "Cadangan" in path}
    assert own == {
        f"9 KUNCI - RAHASIA/Paket Cetak Cadangan KP {cluster} Asesor {assessor:02}.pdf": len(codes)
        for (assessor, cluster), codes in SETS.items()
    }


def test_a_delivery_lists_the_sealed_sets_with_a_line_to_record_them(project: KitProject) -> None:
    project.run("event", "deliver", NAME)
    assert "Cadangan KP 1" in project.run("event", "held", NAME, "-v").said
    assert "Perangkat Cadangan KP 1" in project.said and "Cadangan Cadangan" not in project.said
    zips = made(project) / "Serah Terima/01"
    text = words_of(zips / "Lembar Serah Terima 9 KUNCI - RAHASIA.docx")
    for assessor, cluster in SETS:
        assert f"Cadangan KP {cluster}, Asesor {assessor:02}" in text
    assert "tidak dibuka" in text and "segel utuh" in text
    for name in ("3 Untuk Asesi.zip", "4 Untuk Asesor 01.zip"):
        assert not any("Cadangan" in path for path in entries(zips / name))
    assert "Perangkat cadangan bersegel" not in words_of(zips / "Lembar Serah Terima 3 Untuk Asesi.docx")
