"""One event from the refused application to the asesmen ulang after an appeal: letters, counts, upload rows."""

import re
from pathlib import Path

import openpyxl
import pytest
from event_cases import NAME, kit_of, typed
from event_walk import FORMS, KKK, LAST, AppealCells, found, line, of, rows, start, text, type_recap
from file_names import named
from harness import KitProject

pytestmark = pytest.mark.slow
AGAIN = "ulang"
STATUS = {2: "permohonan ditolak", 4: "terlambat", 5: "dihentikan (sakit)"}
MARKS = {1: KKK, 4: KKK, 6: "KKKKB", 7: "KKKKB", 8: "KKKKB", 9: KKK, 10: KKK, 11: KKK}


def letters(project: KitProject, name: str, event: str = NAME) -> set[int]:
    """The numbers of those who get a letter."""
    return {int(path.parent.name[:2]) for path in found(project, f"{name}*.docx", event)}


def uploaded(project: KitProject, event: str = NAME) -> dict[int, str]:
    """The decision in the row of each candidate of the upload sheet."""
    return {int(row[1][-2:]): row[18] for row in rows(project, named("32 Data Asesmen.xlsx"), event)[1:] if row[1]}


def test_an_event_is_held_decided_appealed_and_held_again(root: Path, tmp_path: Path) -> None:
    """Everything that may happen happens; each letter, count and row follows, and the second event knows the first."""
    project = start(root, tmp_path / "proyek", FORMS)

    # the days of the assessment: refused, absent, late, stopped; one unit BK of three
    cells: dict[str, object] = {of("status", number): word for number, word in STATUS.items()}
    typed(project, cells).build("--event", NAME)
    type_recap(project, MARKS, {3: "tidak hadir"})
    assert "5 K, 3 BK, 0 without a result" in project.run("event", "results", NAME).said

    # the plenary overturns 7, and decides of all others as was recommended
    cells = {of("decision", 7): "K", of("decision_reason", 7): "Bukti tambahan mencukupi",
             line("decision_date"): "9 Maret 2026", line("appeal_days"): 7, line("retake_days"): 60,
             line("decision_number"): "12/SK/CONTOH", "Pleno!B4": "Ketua Contoh"}  # fmt: skip
    typed(project, cells).build("--event", NAME)
    minutes, plenary = (
        text(project, named("28 Berita Acara.docx")),
        text(project, named("28d Berita Acara Rapat Pleno.docx")),
    )
    assert "Kompeten (K): 5 orang; Belum Kompeten (BK): 3 orang" in minutes
    assert "Tidak hadir: 1 orang; dihentikan: 1 orang" in minutes and "terlambat: 1 orang" in minutes
    assert "permohonan ditolak atau tidak dilanjutkan: 1 orang" in minutes
    assert "Kompeten (K)\n:\n6 orang" in plenary and "Belum Kompeten (BK)\n:\n2 orang" in plenary
    assert "7.\nAsesi Contoh 07\nBK\nK\n\nBukti tambahan mencukupi" in plenary and "Senin, 9 Maret 2026" in plenary
    decided = {1: "K", 4: "K", 6: "BK", 7: "K", 8: "BK", 9: "K", 10: "K", 11: "K"}
    assert uploaded(project) == decided
    assert letters(project, "29a Pemberitahuan Hasil") == set(decided)
    assert letters(project, "29b Pemberitahuan Status") == {2, 3, 5, 12}
    receipt = text(project, named("29c Tanda Terima Sertifikat.docx"))
    assert {int(found) for found in re.findall(r"Asesi Contoh (\d+)", receipt)} == {1, 4, 7, 9, 10, 11}
    assert letters(project, "29d Tanda Terima Banding") == letters(project, "29e Keputusan Banding") == set()
    assert project.json("recall", NAME)["recalled"] and not [
        row for row in project.json("recall", NAME)["recalled"] if row["candidate"] not in (2, None)
    ]  # who was refused hands everything back; results and decisions void nothing

    # 8 appeals, and others decide that it is assessed anew
    appeal = AppealCells("12 Maret 2026", "Rekaman tidak ditonton utuh", "Asesor Contoh 01; Dewi Contoh",
                         "dikabulkan: asesmen ulang")  # fmt: skip
    typed(project, {of("status", 8): "banding", **appeal.of(8)}).build("--event", NAME)
    assert letters(project, "29d Tanda Terima Banding") == letters(project, "29e Keputusan Banding") == {8}
    decision = text(project, named("29e Keputusan Banding.docx"))
    assert "asesmen diulang oleh asesor lain untuk unit yang dinyatakan belum kompeten" in decision
    assert "Dewi Contoh" in decision and "12 Maret 2026" in decision
    assert uploaded(project) == decided  # the decision stands until they are assessed anew

    # the two are assessed anew: in the unit only, with another paper and scenario, the appellant by another assessor
    project.run("event", "new", AGAIN, "--retake-of", NAME)
    path = project.root / f"events/{AGAIN}/jadwal.xlsx"

    def type_again(cells: dict[str, object]) -> None:
        book = openpyxl.load_workbook(path)
        for place, value in cells.items():
            sheet, _, address = place.partition("!")
            book[sheet][address] = value
        book.save(path)

    type_again(
        {"Asesor!B4": "Asesor Contoh 02", "Asesor!E4": "MET.000.000002 2020", line("start_date"): "1 April 2026"}
    )
    project.run("event", "check", AGAIN, expect=1)
    assert "the assessor of candidate 2 assessed them before their appeal" in project.said
    assert "of candidate 1 assessed" not in project.said  # BK without an appeal may be assessed by the same
    type_again({"Asesor!B4": "Asesor Contoh 01", "Asesor!E4": "MET.000.000001 2020"})
    project.run("event", "check", AGAIN)
    before, now = kit_of(project).event, kit_of(project, AGAIN).event
    assert before is not None and now is not None
    for number, old in ((1, 6), (2, 8)):
        candidate = now.schedule.candidates[number - 1]
        assert candidate.retake is not None and candidate.retake.units == (LAST,)
        assert len(candidate.retake.carried) == 4 and candidate.retake.tries == (1 if old == 6 else 0)
        assert now.assigned[number].paper not in ("", before.assigned[old].paper)
        played = {each.id for each in before.assigned[old].scenarios}
        assert now.assigned[number].scenarios
        assert not played & {each.id for each in now.assigned[number].scenarios}
    project.build("--event", AGAIN)
    assert letters(project, "09 FR.AK.01", AGAIN) == {1, 2}

    # what was delivered stays: the same paper and scenario though another is taken out of use, and nothing is void
    project.run("event", "deliver", AGAIN)
    assert kit_of(project, AGAIN).event.assigned == now.assigned  # type: ignore[union-attr]
    type_recap(project, {1: "    K", 2: "    B"}, {}, AGAIN)
    assert "1 K, 1 BK, 0 without a result" in project.run("event", "results", AGAIN).said
    type_again({line("decision_date"): "9 April 2026", line("decision_number"): "20/SK/CONTOH"})
    project.build("--event", AGAIN)
    assert project.json("recall", AGAIN)["recalled"] == []
    assert uploaded(project, AGAIN) == {6: "K", 8: "BK"}
    decree = text(project, named("29 SK Hasil.docx"), AGAIN)
    assert f"1.\nAsesi Contoh 06\nKompeten\nAsesmen ulang: {LAST}" in decree
    assert f"2.\nAsesi Contoh 08\nBelum Kompeten\nUnit BK: {LAST}; Asesmen ulang: {LAST}" in decree
    minutes = text(project, named("28 Berita Acara.docx"), AGAIN)
    assert "Kompeten (K): 1 orang; Belum Kompeten (BK): 1 orang" in minutes
    assert letters(project, "29a Pemberitahuan Hasil", AGAIN) == {1, 2}
    receipt = text(project, named("29c Tanda Terima Sertifikat.docx"), AGAIN)
    assert "Asesi Contoh 06" in receipt and "Asesi Contoh 08" not in receipt

    # a third time: one who is left, with neither of the two papers and scenarios before
    project.run("event", "new", "lagi", "--retake-of", AGAIN)
    third = project.root / "events/lagi/jadwal.xlsx"
    book = openpyxl.load_workbook(third)
    book["Asesor"]["B4"], book["Asesor"]["E4"] = "Asesor Contoh 01", "MET.000.000001 2020"
    book["Jadwal"][line("start_date").partition("!")[2]] = "1 Mei 2026"
    book.save(third)
    last = kit_of(project, "lagi").event
    assert last is not None
    (only,) = last.schedule.candidates
    assert only.retake is not None and only.retake.tries == 1
    assert last.assigned[1].paper not in (before.assigned[8].paper, now.assigned[2].paper)
    earlier = {each.id for each in (*before.assigned[8].scenarios, *now.assigned[2].scenarios)}
    assert not earlier & {each.id for each in last.assigned[1].scenarios}
