"""Finished files are held against FR.MAPA.02 as it is printed: each rule finds the fault that is planted for it."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from event_cases import change
from file_names import named
from harness import KitProject, edit_by_hand

from kitgen.documents.disk.document import document_parts
from kitgen.kits.kit import kits_of
from kitgen.load.locate import find_project
from kitgen.load.project_data import load_data
from kitgen.render.dump.dump import dump_parts
from kitgen.verify.plan_kept import printed_ticks
from kitgen.verify.read_back import read_finished

pytestmark = pytest.mark.slow

FORMS = {
    "FR.MAPA.02", "FR.AK.01", "FR.IA.01", "FR.IA.02", "FR.IA.03", "FR.IA.04A", "FR.IA.04B", "FR.IA.05A", "FR.IA.05C",
    "FR.IA.06A", "FR.IA.06C", "FR.IA.07", "FR.IA.08", "FR.IA.09", "FR.IA.10", "FR.IA.11", "Kartu Asesi", "Kartu Asesor",
    "Jadwal Giliran",
}  # fmt: skip


@pytest.fixture(scope="module")
def built(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[KitProject]:
    project = KitProject.copy_of(root, tmp_path_factory.mktemp("rencana") / "proyek")
    (project.root / "events/contoh").mkdir(parents=True)
    shutil.copy(root / "events/contoh/jadwal.xlsx", project.root / "events/contoh")
    for number in range(4, 13):  # three candidates show every background the rules need
        change(project, number, "status", "mundur")
    yield project.keep_forms(FORMS).build("--event", "contoh")


@pytest.fixture
def project(built: KitProject, tmp_path: Path) -> KitProject:
    return built.copy_to(tmp_path / "proyek")


def page(project: KitProject, pattern: str) -> Path:
    (path,) = (project.root / "output/Jadwal/contoh").glob(pattern)
    return path


def told(project: KitProject) -> set[str]:
    project.run("verify", "--event", "contoh", "--json", expect=1)
    assert project.last is not None
    (event,) = json.loads(project.last.stdout)
    return {each["message"] for each in event["findings"] if each["severity"] == "error"}


def test_an_event_that_keeps_to_its_plan_has_nothing_told(project: KitProject) -> None:
    project.run("verify", "--event", "contoh")


def test_a_tick_taken_off_the_map_makes_the_sheets_too_many(project: KitProject) -> None:
    """The page is what an auditor reads: FR.IA.03 of cluster 2 unticked for background 3."""
    path = page(project, named("4*/00*/06 FR.MAPA.02.docx"))
    found = printed_ticks(read_finished(dump_parts(document_parts(path), path.name)), _kinds(project))
    assert found[1, "FR.IA.01"] == {1, 2, 4, 5} and found[2, "FR.IA.03"] == {1, 2, 3, 4, 5}
    _swap_tick(path, "FR.IA.03", 2, 3)
    assert "sheet of FR.IA.03 asks candidate 2 for cluster 2, for which the plan does not use it" in told(project)


def test_a_tick_put_on_the_map_lacks_its_sheet(project: KitProject) -> None:
    """FR.IA.10 ticked for background 2 in cluster 1: candidate 1 has none."""
    _swap_tick(page(project, named("4*/00*/06 FR.MAPA.02.docx")), "FR.IA.10", 1, 2)
    assert "FR.IA.10 is ticked for cluster 1, and candidate 1 has no sheet of it" in told(project)


def test_a_sheet_about_another_cluster_is_found(project: KitProject) -> None:
    """What findings call the worst: questions on a demonstration the candidate does not give."""
    edit_by_hand(page(project, "4*/*/02*/12 FR.IA.03*.docx"), "M.702090.007.01", "M.702090.001.01")
    assert "sheet of FR.IA.03 asks candidate 2 for cluster 1, for which the plan does not use it" in told(project)


def test_evidence_nobody_agreed_to_is_found(project: KitProject) -> None:
    """A box taken off, and one put on, the agreement of candidate 2."""
    path = page(project, named("2*/02*/09 FR.AK.01.docx"))
    edit_by_hand(path, "☑", "☐")
    assert "evidence `hasil verifikasi portofolio` of candidate 2 is not ticked, and a sheet for it is there" in told(
        project
    )
    assert "evidence `lainnya` of candidate 2 is not ticked, and FR.IA.10 is there" in told(project)
    edit_by_hand(path, "☐", "☑")
    assert "evidence `hasil pertanyaan lisan` of candidate 2 is ticked, and no sheet for it is there" in told(project)


def test_a_turn_without_its_card_is_found(project: KitProject) -> None:
    """The page of turns calls candidate 1 for another role play than the cards say."""
    path = page(project, named("1*/36 Jadwal Giliran.docx"))
    edit_by_hand(path, "PMS-01", "KEL-06")
    said = told(project)
    assert "candidate 1 has a turn in KEL-06, and no card of it" in said
    assert "candidate 1 has cards of PMS-01, and no turn in it" in said


def test_a_role_play_switched_off_leaves_a_gap(project: KitProject) -> None:
    """Only the marketing role plays show units 001 and 003: without them the plan's demonstration has no card."""
    from openpyxl import load_workbook

    path = project.root / "events/contoh/jadwal.xlsx"
    book = load_workbook(path)
    sheet = book["Pilihan"]
    for cell in sheet["D"]:
        if str(cell.value).startswith("PMS-"):
            sheet.cell(cell.row, 6).value = "tidak"
    book.save(path)
    project.run("event", "check", "contoh", expect=1)
    assert "no role play in use shows unit M.702090.001.01 to candidates 1, 3" in project.said
    project.build("--event", "contoh")
    assert "unit M.702090.003.01 is shown in a role play, and candidate 1 has no card of one" in told(project)


def test_a_cluster_named_wrongly_is_found(project: KitProject) -> None:
    """The head of a checklist calls cluster 1 by the number of cluster 2."""
    _retype(page(project, named("4*/*/01*/10 FR.IA.01.docx")), "Kelompok Pekerjaan 1", "Kelompok Pekerjaan 2")
    assert "unit M.702090.001.01 stands under cluster 2, and is of cluster 1" in told(project)


def test_a_cluster_named_wrongly_in_a_sentence_is_found(project: KitProject) -> None:
    """FR.IA.08 says in its guidance what it is about."""
    _retype(page(project, named("4*/*/02*/17 FR.IA.08.docx")), "Kelompok Pekerjaan 1", "Kelompok Pekerjaan 2")
    assert "unit M.702090.003.01 stands under cluster 2, and is of cluster 1" in told(project)


def test_a_booklet_that_says_another_cluster_is_found(project: KitProject) -> None:
    edit_by_hand(page(project, named("3*/00*/14a FR.IA.05A Paket A - KP 1.docx")), "Paket A - KP 1", "Paket A - KP 2")
    assert "booklet of cluster 1 says cluster 2" in told(project)


def test_a_unit_a_sheet_leaves_out_is_found(project: KitProject) -> None:
    """Only one of the two units of cluster 1 stands on a sheet: the cluster is there, the unit is not."""
    edit_by_hand(page(project, "4*/*/01*/12 FR.IA.03*.docx"), "M.702090.003.01", "M.702090.001.01")
    assert "sheet of FR.IA.03 of candidate 1 leaves out unit M.702090.003.01" in told(project)


def test_an_agreement_that_hides_a_deviation_is_found(project: KitProject) -> None:
    """What was agreed with candidate 3 other than the plan is written in the workbook and taken off the page."""
    change(project, 3, "latar belakang kp 1", "5")
    project.build("--event", "contoh").run("verify", "--event", "contoh")
    _retype(page(project, named("2*/03*/09 FR.AK.01.docx")), "latar belakang 5", "latar belakang 4")
    assert "`KP 1: latar belakang 5` was agreed with candidate 3, and does not stand here" in told(project)


def test_a_paper_switched_off_that_has_no_other_is_told(project: KitProject) -> None:
    """Essays have only paper A: with A switched off those who write one would sit it all the same."""
    from openpyxl import load_workbook

    blueprint = project.edition / "blueprint.yaml"
    text = blueprint.read_text("utf-8")
    start = text.index("  essay:")
    end = text.index("\n", start)
    blueprint.write_text(text[:start] + text[start:end].replace('["A", "B", "C"]', '["A"]') + text[end:], "utf-8")
    records = yaml.safe_load((project.edition / "papers.yaml").read_text("utf-8"))
    records["papers"] = [each for each in records["papers"] if each["kind"] != "essay" or each["id"].startswith("A")]
    (project.edition / "papers.yaml").write_text(yaml.safe_dump(records, allow_unicode=True), "utf-8")
    path = project.root / "events/contoh/jadwal.xlsx"
    book = load_workbook(path)
    book["Pilihan"]["B3"].value = "tidak"
    book.save(path)
    project.run("event", "check", "contoh", expect=1)
    assert "esai of paper A is switched off, and candidates 1 have no other" in project.said
    project.build("--event", "contoh")
    assert "sheet is of paper A, which is switched off" in told(project)


def test_a_kit_that_ticks_what_it_does_not_hold_is_found(root: Path, tmp_path: Path) -> None:
    """A blank kit has its map held against its own sheets."""
    project = KitProject.copy_of(root, tmp_path / "proyek")
    project.keep_forms({"FR.MAPA.02", "FR.IA.01", "FR.IA.08"}).build()
    path = next((project.output / "Per Unit/M.702090.002.01").rglob(named("06 FR.MAPA.02.docx")))
    _swap_tick(path, "FR.IA.08", 2, 3)
    project.run("verify", expect=1)
    assert "FR.IA.08 is ticked for cluster 2, and the kit holds no sheet of it" in project.said


def _kinds(project: KitProject) -> dict[str, object]:
    (edition,) = load_data(find_project(project.root)).editions
    return {kind.form: kind for kind in kits_of(edition)[0].plan.kinds}


def _swap_tick(path: Path, form: str, cluster: int, background: int) -> None:
    """Change one box of the map, as a person does in Word."""
    from docx import Document
    from docx.oxml.ns import qn

    document = Document(str(path))
    tables = [table for table in document.element.body.iter(qn("w:tbl")) if "INSTRUMEN ASESMEN" in _text(table)]
    heads = [table for table in document.element.body.iter(qn("w:tbl")) if "Kelompok Pekerjaan" in _text(table)]
    place = next(place for place, head in enumerate(heads) if f"Kelompok Pekerjaan {cluster}" in _text(head))
    row = next(row for row in tables[place].iter(qn("w:tr")) if f"{form}." in _text(row))
    boxes = [each for each in row.iter(qn("w:t")) if each.text in ("☐", "☑")]
    boxes[background - 1].text = "☐" if boxes[background - 1].text == "☑" else "☑"
    document.save(str(path))


def _retype(path: Path, old: str, new: str) -> None:
    """Type other words into paragraphs, as a person does in Word, whatever runs they stand in."""
    from docx import Document
    from docx.oxml.ns import qn

    document = Document(str(path))
    found = [each for each in document.element.body.iter(qn("w:p")) if old in _text(each)]
    for paragraph in found:
        first, *others = list(paragraph.iter(qn("w:t")))
        first.text = "".join(each.text or "" for each in (first, *others)).replace(old, new)
        for other in others:
            other.text = ""
    assert found, f"{old!r} does not stand in {path.name}"
    document.save(str(path))


def _text(element: object) -> str:
    return "".join(element.itertext())  # type: ignore[attr-defined]
