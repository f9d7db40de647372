"""What became of each candidate, from the refused application to the plenary: every letter, count and upload row."""

import re
from pathlib import Path

import openpyxl
import pytest
from event_cases import NAME, home, kit_of, typed
from event_walk import LAST, found, line, of, rows, start, text, type_recap
from file_names import named
from harness import KitProject

from kitgen.kits.event_kit import participants
from kitgen.model.given import Participant
from kitgen.model.states import STATES, told_state

pytestmark = pytest.mark.slow

STATUS = {2: "permohonan ditolak", 4: "terlambat", 5: "dihentikan (sakit)", 10: "hasil tidak diterima", 11: "banding"}
MARKS = {1: "KKKKK", 4: "KKKKK", 6: "KKKKB", 7: "KKKKB", 8: "KKKKK", 9: "KKKKK", 11: "KKKKK"}
"""The recap, unit by unit; B is BK."""
DECISIONS = {7: ("K", "", "Bukti tambahan mencukupi"), 8: ("BK", "3", "Bukti unit 3 bukan milik sendiri"),
             9: ("ditunda", "", "Bukti pihak ketiga belum diterima")}  # fmt: skip


@pytest.fixture(scope="module")
def delivered(tmp_path_factory: pytest.TempPathFactory, root: Path) -> KitProject:
    return start(root, tmp_path_factory.mktemp("keadaan") / "proyek")


@pytest.fixture(scope="module")
def walked(delivered: KitProject, tmp_path_factory: pytest.TempPathFactory) -> KitProject:
    """Everything that may happen has happened, up to the decision of the plenary."""
    project = delivered.copy_to(tmp_path_factory.mktemp("jalan") / "proyek")
    cells: dict[str, object] = {of("status", number): word for number, word in STATUS.items()}
    cells |= {of("state_reason", 2): "Ijazah belum dilampirkan", of("state_reason", 4): "Datang pukul 08.40"}
    for number, (decision, units, reason) in DECISIONS.items():
        cells |= {of("decision", number): decision, of("decision_units", number): units,
                  of("decision_reason", number): reason}  # fmt: skip
    cells |= {line("decision_date"): "9 Maret 2026", line("appeal_days"): 7, line("decision_number"): "12/SK/CONTOH"}
    cells |= {"Pleno!B4": "Ketua Contoh", "Pleno!C4": "Ketua", "Pleno!E4": "1", "Pleno!B5": "Asesor Contoh 02"}
    typed(project, cells).build("--event", NAME)
    type_recap(project, MARKS, {3: "tidak hadir, tanpa kabar"})
    return project.run("event", "results", NAME).build("--event", NAME)


def test_the_recap_says_who_did_not_come(walked: KitProject) -> None:
    """A note that names a state is taken for it; who is not assessed is not waited for."""
    assert "5 K, 2 BK, 0 without a result" in walked.run("event", "results", NAME).said


def test_every_count_is_right(walked: KitProject) -> None:
    """Minutes count what assessors recommend; the plenary's count what it decided."""
    minutes = text(walked, named("28 Berita Acara.docx"))
    assert "Kompeten (K): 5 orang; Belum Kompeten (BK): 2 orang" in minutes
    assert "Tidak hadir: 1 orang; dihentikan: 1 orang; ditunda atau hasil belum diterima: 1 orang" in minutes
    assert "terlambat: 1 orang; mengundurkan diri: 1 orang; permohonan ditolak atau tidak dilanjutkan: 1 ora" in minutes
    plenary = text(walked, named("28d Berita Acara Rapat Pleno.docx"))
    for label, count in (("Kompeten (K)", 4), ("Belum Kompeten (BK)", 2), ("Ditunda", 1)):
        assert f"{label}\n:\n{count} orang" in plenary


def test_recommendation_and_decision_are_two_facts(walked: KitProject) -> None:
    """Side by side in the minutes of the plenary with the reason; the decree says the decision alone."""
    plenary = text(walked, named("28d Berita Acara Rapat Pleno.docx"))
    assert "7.\nAsesi Contoh 07\nBK\nK\n\nBukti tambahan mencukupi" in plenary
    assert "8.\nAsesi Contoh 08\nK\nBK\nM.702090.003.01\nBukti unit 3 bukan milik sendiri" in plenary
    assert "9.\nAsesi Contoh 09\nK\nDitunda\n\nBukti pihak ketiga belum diterima" in plenary
    assert "3.\nAsesi Contoh 03\n\n\n\nTidak hadir" in plenary and "Asesi Contoh 02" not in plenary
    decree = text(walked, named("29 SK Hasil.docx"))
    assert "7.\nAsesi Contoh 07\nKompeten\n" in decree and "9.\nAsesi Contoh 09\nDitunda\n" in decree
    assert "8.\nAsesi Contoh 08\nBelum Kompeten\nUnit BK: M.702090.003.01" in decree
    assert "3.\nAsesi Contoh 03\nTidak dinilai\nTidak hadir" in decree and "12/SK/CONTOH" in decree


def test_deciders_are_kept_from_whom_they_assessed(walked: KitProject) -> None:
    """By their own word, and where they are an assessor of the event."""
    plenary = text(walked, named("28d Berita Acara Rapat Pleno.docx"))
    assert "1.\nKetua Contoh\nKetua\n1\n" in plenary and "2.\nAsesor Contoh 02\n\n7, 8, 9, 10, 11, 12\n" in plenary


def test_nobody_decides_of_whom_all_assessed(walked: KitProject, tmp_path: Path) -> None:
    """That is an error, by number."""
    project = typed(walked.copy_to(tmp_path / "proyek"), {"Pleno!E4": "1, 7, 8"})
    project.run("event", "check", NAME, expect=1)
    assert "nobody in the plenary may decide of candidates 7, 8" in project.said


def test_each_gets_the_letter_of_what_became_of_them(walked: KitProject) -> None:
    """A result for who was decided of, a notice for who was not; none for who merely came late."""
    letters = {path.parent.name[:2]: path for path in found(walked, named("29a Pemberitahuan Hasil.docx"))}
    notices = {path.parent.name[:2]: path for path in found(walked, named("29b Pemberitahuan Status.docx"))}
    assert set(letters) == {"01", "04", "06", "07", "08", "09", "11"}
    assert set(notices) == {"02", "03", "05", "10", "12"}

    def said(path: Path) -> str:
        return walked.text(path.relative_to(walked.root / "output").as_posix()).replace("**", "")

    assert "KOMPETEN (K)" in said(letters["01"]) and "paling lambat 7 hari" in said(letters["01"])
    assert "BELUM KOMPETEN (BK)" in said(letters["06"]) and LAST in said(letters["06"])
    assert LAST not in said(letters["07"]) and "M.702090.003.01" in said(letters["08"])
    assert "DITUNDA" in said(letters["09"]) and "Bukti pihak ketiga belum diterima" in said(letters["09"])
    assert "PENOLAKAN PERMOHONAN" in said(notices["02"]) and "Ijazah belum dilampirkan" in said(notices["02"])
    assert "KETIDAKHADIRAN" in said(notices["03"]) and "tanpa kabar" in said(notices["03"])
    assert "alasan kesehatan" in said(notices["05"]) and "belum dapat diterima" in said(notices["10"])


def test_certificates_and_incidents(walked: KitProject) -> None:
    """Signed for by the competent; late and stopped stand in the minutes of incidents, with room for more."""
    receipt = text(walked, named("29c Tanda Terima Sertifikat.docx"))
    assert [number for number in range(1, 13) if f"Asesi Contoh {number:02}" in receipt] == [1, 4, 7, 11]
    incidents = text(walked, named("28a Berita Acara Kejadian.docx"))
    assert (
        "Hadir terlambat: Datang pukul 08.40" in incidents and "Asesi Contoh 05\nDihentikan karena sakit" in incidents
    )
    assert "Asesi Contoh 03" not in incidents


def test_only_who_was_decided_of_has_a_row_to_upload(walked: KitProject) -> None:
    """With the decision of the plenary."""
    uploaded = {row[1]: row[18] for row in rows(walked, named("32 Data Asesmen.xlsx"))[1:] if row[1]}
    wanted = {1: "K", 4: "K", 6: "BK", 7: "K", 8: "BK", 11: "K"}
    assert uploaded == {f"Asesi Contoh {number:02}": mark for number, mark in wanted.items()}


def test_the_report_of_an_assessor_says_what_they_recommended(walked: KitProject) -> None:
    """What the plenary decided changes nothing of it; who was not assessed has a note and no mark."""
    paths = found(walked, named("23 FR.AK.05.docx"))
    report = "\n".join(walked.text(path.relative_to(walked.root / "output").as_posix()) for path in paths)
    assert "Tidak hadir" in report and "Dihentikan karena sakit" in report and report.count(LAST) == 2


def reports(project: KitProject) -> dict[int, tuple[str, str, str]]:
    """Of each candidate in FR.AK.05 what stands in the columns K and BK, and the note."""
    lines = {}
    for path in found(project, named("23 FR.AK.05.docx")):
        said = project.text(path.relative_to(project.root / "output").as_posix())
        for number, k, bk, note in re.findall(r"^(\d+)\.\nAsesi Contoh \d+\n(.)\n(.)\n(.*)$", said, re.MULTILINE):
            lines[int(number)] = (k, bk, note)
    return lines


def test_the_report_ticks_k_or_bk_of_who_was_assessed_alone(walked: KitProject, tmp_path: Path) -> None:
    """Not of who was absent, stopped, postponed or not accepted; who withdrew or was refused is not in it."""
    unit = f"{LAST} Menangani Keluhan Pelanggan"
    ticked = {"K": ("☑", "☐"), "BK": ("☐", "☑"), "": ("☐", "☐")}
    wanted = {
        1: ("K", ""), 3: ("", "Tidak hadir"), 4: ("K", "Hadir terlambat"), 5: ("", "Dihentikan karena sakit"),
        6: ("BK", unit), 7: ("BK", unit), 8: ("K", ""), 9: ("K", ""), 10: ("", "Hasil belum dapat diterima"),
        11: ("K", "Dalam proses banding"),
    }  # fmt: skip
    assert reports(walked) == {number: (*ticked[mark], note) for number, (mark, note) in wanted.items()}
    project = walked.copy_to(tmp_path / "proyek")
    words = {1: "dihentikan (keselamatan)", 4: "dihentikan (pelanggaran)", 8: "ditunda", 9: "mundur",
             11: "asesmen mandiri tidak dilanjutkan"}  # fmt: skip
    cells: dict[str, object] = {of("status", number): word for number, word in words.items()}
    cells |= {of("decision", number): None for number in words} | {of("decision_units", 8): None}
    typed(project, cells).build("--event", NAME, "--form", "FR.AK.05")
    wanted |= {1: ("", "Dihentikan karena keselamatan"), 4: ("", "Dihentikan karena pelanggaran tata tertib"),
               8: ("", "Asesmen ditunda")}  # fmt: skip
    del wanted[9], wanted[11]
    assert reports(project) == {number: (*ticked[mark], note) for number, (mark, note) in wanted.items()}


def test_a_report_is_empty_until_results_are_known(delivered: KitProject) -> None:
    """Boxes to be ticked by hand for everybody who takes part."""
    assert set(reports(delivered).values()) == {("☐", "☐", "")}
    assert set(reports(delivered)) == set(range(1, 12))


def test_results_and_decisions_make_nothing_void(delivered: KitProject, tmp_path: Path) -> None:
    """Nobody withdrew: absent, late, stopped, results, decisions, and nothing that was handed over is called back."""
    project = delivered.copy_to(tmp_path / "proyek")
    type_recap(project, {**MARKS, 2: "KKKKK", 10: "KKKKB"}, {3: "tidak hadir", 5: "dihentikan (sakit)"})
    project.run("event", "results", NAME)
    typed(project, {of("status", 4): "terlambat", of("decision", 7): "K", of("decision_reason", 7): "Cukup",
                    line("decision_date"): "9 Maret 2026"})  # fmt: skip
    assert project.json("recall", NAME)["recalled"] == []
    assert "2 withdrew" not in project.run("event", "check", NAME).said


def test_who_did_come_after_all_is_taken_at_the_first_reading(root: Path, tmp_path: Path) -> None:
    """What the recap said of somebody before does not keep it from saying something else."""
    project = start(root, tmp_path / "proyek", {"Rekap Jadwal"})
    type_recap(project, {}, {3: "tidak hadir"})
    assert "0 K, 0 BK, 10 without a result" in project.run("event", "results", NAME).said
    type_recap(project, {3: "KKKKK"}, {3: ""})
    assert "1 K, 0 BK, 10 without a result" in project.run("event", "results", NAME).said


def test_lists_of_forms_stay_good_when_results_bring_letters(root: Path, tmp_path: Path) -> None:
    """Results bring a letter and a receipt about: the checklist and the map of signatures in use are no misprint."""
    letters = {"Pemberitahuan Hasil", "Tanda Terima Sertifikat"}
    project = start(root, tmp_path / "proyek", {"Rekap Jadwal", "Daftar Periksa", "Peta Tanda Tangan", *letters})
    type_recap(project, MARKS, {})
    project.run("event", "results", NAME)
    assert letters <= {row["form"] for row in project.json("plan", "--event", NAME)["documents"]}
    assert project.json("recall", NAME)["recalled"] == []


# Banding


def test_an_appeal_has_its_receipt_decision_and_consequence(walked: KitProject, tmp_path: Path) -> None:
    """Decided by others than who assessed: K takes the place of BK in decree, upload sheet, letter and counts."""
    project = walked.copy_to(tmp_path / "proyek")
    cells = {of("status", 6): "banding", of("appeal_date", 6): "12 Maret 2026",
             of("appeal_ground", 6): "Rekaman tidak ditonton utuh", of("appeal_team", 6): "Asesor Contoh 01; Dewi Contoh",
             of("appeal_outcome", 6): "dikabulkan: K"}  # fmt: skip
    typed(project, cells).run("event", "check", NAME, expect=1)
    assert "who assessed candidate 6 is in the team of their appeal" in project.said
    typed(project, {of("appeal_team", 6): "Asesor Contoh 03; Dewi Contoh"}).build("--event", NAME)
    folder = "output/Jadwal/contoh/3 Untuk Asesi/06 Asesi Contoh 06"
    receipt, decision = (
        project.text(named(f"{folder.removeprefix('output/')}/{name}.docx"))
        for name in ("29d Tanda Terima Banding", "29e Keputusan Banding")
    )
    assert "12 Maret 2026" in receipt and "Rekaman tidak ditonton utuh" in receipt and "Asesor Contoh 01" in receipt
    assert "Banding dikabulkan; keputusan diubah menjadi Kompeten (K)." in decision
    assert "1.\nAsesor Contoh 03\n" in decision and "2.\nDewi Contoh\n" in decision
    assert "6.\nAsesi Contoh 06\nKompeten\nBanding dikabulkan" in text(project, named("29 SK Hasil.docx"))
    uploaded = {row[1]: row[18] for row in rows(project, named("32 Data Asesmen.xlsx"))[1:] if row[1]}
    assert uploaded["Asesi Contoh 06"] == "K"
    assert "Kompeten (K)\n:\n5 orang" in text(project, named("28d Berita Acara Rapat Pleno.docx"))
    assert "KOMPETEN (K)" in project.text(named(f"{folder.removeprefix('output/')}/29a Pemberitahuan Hasil.docx"))


# Asesmen ulang


@pytest.fixture(scope="module")
def again(walked: KitProject, tmp_path_factory: pytest.TempPathFactory) -> KitProject:
    """The event after it, for the two of whom BK was decided."""
    project = walked.copy_to(tmp_path_factory.mktemp("ulang") / "proyek")
    project.run("event", "new", "ulang", "--retake-of", NAME)
    path = project.root / "events/ulang/jadwal.xlsx"
    book = openpyxl.load_workbook(path)
    book["Asesor"]["B4"], book["Asesor"]["E4"] = "Asesor Contoh 03", "MET.000.000003 2020"
    book["Jadwal"][line("start_date").partition("!")[2]] = "1 April 2026"
    book.save(path)
    return project.build("--event", "ulang")


def test_only_units_not_yet_competent_are_assessed_anew(again: KitProject) -> None:
    """For each their own; the agreement is a new one, and the list says why they are there."""
    home_of = again.root / "output/Jadwal/ulang"
    folders = sorted(path.name for path in (home_of / "2 Pendaftaran dan Pra-Asesmen").iterdir())
    assert folders == ["01 Asesi Contoh 06", "02 Asesi Contoh 08"]
    checklists = {path.parent.name: path for path in home_of.rglob(named("10 FR.IA.01.docx"))}
    first = again.text(checklists["01 Asesi Contoh 06"].relative_to(again.root / "output").as_posix())
    assert LAST in first and "M.702090.002.01" not in first and "M.702090.007.01" not in first
    (minutes,) = home_of.rglob(named("28 Berita Acara.docx"))
    said = again.text(minutes.relative_to(again.root / "output").as_posix())
    assert f"Asesmen ulang: {LAST}" in said and "Asesmen ulang: M.702090.003.01" in said


def test_paper_and_scenario_are_others_than_before(again: KitProject) -> None:
    """Not those of the event before, though number and turn would give them."""
    before, now = ({each.number: each for each in assigned_of(again, name)} for name in (NAME, "ulang"))
    for number, old in ((1, 6), (2, 8)):
        assert now[number].paper != before[old].paper
        assert not set(str(now[number].scenarios).split(", ")) & set(str(before[old].scenarios).split(", "))


def test_carried_units_count_as_competent(again: KitProject, tmp_path: Path) -> None:
    """Only the unit that is assessed anew is typed; the others are K, and BK of one of them is refused."""
    project = again.copy_to(tmp_path / "proyek")
    path = project.root / named("output/Jadwal/ulang/1 Admin/31 Rekap Jadwal.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    sheet["H12"], sheet["F13"] = "K", "BK"
    book.save(path)
    assert "1 K, 1 BK, 0 without a result" in project.run("event", "results", "ulang").said
    sheet["D12"] = "BK"
    book.save(path)
    project.run("event", "results", "ulang", expect=1)
    assert "unit M.702090.001.01 was K before and is not assessed anew" in project.said


def test_term_and_number_of_tries_are_settings(again: KitProject, tmp_path: Path) -> None:
    """Held against the decision of the event before; nobody is assessed anew who is competent."""
    project = again.copy_to(tmp_path / "proyek")
    typed(project, {line("retake_days"): 14})
    path = project.root / "events/ulang/jadwal.xlsx"
    book = openpyxl.load_workbook(path)
    book["Asesi"][of("first_number", 1).partition("!")[2]] = 1
    book.save(path)
    project.run("event", "check", "ulang", expect=1)
    assert "the term for assessing anew ended 9 days before" in project.said
    assert "the candidate of this number in the event before is another person" in project.said


def assigned_of(project: KitProject, name: str) -> list[Participant]:
    """Everyone's paper and scenarios, as lists are given them."""
    kit = kit_of(project, name)
    assert kit.event is not None
    return list(participants(kit.event, kit.units))


def test_states_are_told_by_the_words_of_the_workbook() -> None:
    """A note that begins with one tells it, and what follows; any other note tells none."""
    told = told_state("Tidak  hadir; sakit")
    assert told is not None and (told[0].code, told[1]) == ("absent", "sakit")
    assert told_state("dihentikan (sakit)") is not None and told_state("tidak hadirnya saksi") is None
    assert told_state("ikut") is None and told_state("") is None
    assert all(bool(state.letter) == bool(state.text) for state in STATES.values())


def test_no_name_enters_the_record(walked: KitProject) -> None:
    assert "Contoh" not in (home(walked) / "hasil.json").read_text("utf-8")
