"""Who may assess whom, who signs for the young, who holds what, and how long an event is kept."""

import datetime
import shutil
from pathlib import Path

import openpyxl
import pytest
from event_books import EventBook, at
from event_cases import NAME, copied, event_project, home, made, typed
from file_names import named
from harness import KitProject

from kitgen.base.errors import KitgenError
from kitgen.events.purge import Retention, refuse_early
from kitgen.load.event.columns import ASSESSOR_COLUMNS, EVENT_LINES
from kitgen.load.sheets.grid import column_letters


def line(key: str) -> str:
    return f"Jadwal!B{next(row for row, each in enumerate(EVENT_LINES, 2) if each.key == key)}"


def of_assessor(key: str, number: int) -> str:
    index = next(index for index, column in enumerate(ASSESSOR_COLUMNS, 1) if column.key == key)
    return f"Asesor!{column_letters(index)}{3 + number}"


@pytest.fixture
def book(root: Path, tmp_path: Path) -> EventBook:
    return EventBook(root, tmp_path)


@pytest.mark.parametrize("key", ["taught_by", "related_to"])
def test_nobody_assesses_whom_they_trained_or_are_tied_to(book: EventBook, key: str) -> None:
    """An error at its cell; a ruling makes a warning of it, another assessor's number is nothing."""
    said = book.set({at(key, 1): "2, 1"}).check()
    (message,) = said.at(at(key, 1))
    assert "the assessor of candidate 1" in message and ("error", at(key, 1), message) in said.short
    ruled = book.set({at("relation_ruled", 1): "Manajer mutu: hanya satu webinar umum"}).check()
    assert [severity for severity, cell, _ in ruled.short if cell == at(key, 1)] == ["warning"]
    assert book.set({at(key, 1): "2", at("relation_ruled", 1): None}).check().at(at(key, 1)) == []


def test_who_trained_somebody_decides_nothing_of_them(book: EventBook) -> None:
    """An assessor in the plenary is kept from those they trained, not only from those they assessed."""
    said = book.set({at("taught_by", 7): "1", "Pleno!B4": "Asesor Contoh 01"}).check()
    assert said.schedule is not None
    (decider,) = said.schedule.deciders
    assert 7 in decider.apart or decider.apart == ()  # known by the name with titles, or by the registration
    said = book.set({"Pleno!D4": "MET.000.000001 2020"}).check()
    assert said.schedule is not None and {1, 7} <= set(said.schedule.deciders[0].apart)


def test_the_scope_of_an_assessor_holds_the_scheme(book: EventBook) -> None:
    """By title, number or folder; nothing written is not held against it."""
    scope = of_assessor("scope", 1)
    told = book.set({scope: "Skema Lain; Skema Kedua"}).check().at(scope)
    assert told == ["the scope of the assessor does not hold the scheme of the event"]
    for right in (
        "tenaga pemasar operasional (layanan)",
        "Skema Lain; tenaga-pemasar-operasional-layanan",
        "semua",
        None,
    ):
        assert book.set({scope: right}).check().at(scope) == []


def test_the_young_need_a_guardian(book: EventBook) -> None:
    """Told by number on the day of the event; with a name there is nothing to tell."""
    said = book.set({at("birth_date", 1): "3 Maret 2008"}).check()
    assert said.first.is_minor and "younger than 18" in said.at(at("birth_date", 1))[0]
    said = book.set({at("guardian", 1): "Wali Contoh"}).check()
    assert said.first.guardian == "Wali Contoh" and said.at(at("birth_date", 1)) == []
    assert not book.set({at("birth_date", 1): "2 Maret 2008"}).check().first.is_minor


def test_an_event_is_kept_until_its_day_unless_it_is_archived() -> None:
    """Before the day nothing goes; on the day, or with an archive that holds all, it does."""
    until, before = datetime.date(2031, 3, 1), datetime.date(2031, 2, 28)
    kept, unread = Retention("jadwal.xlsx", until), Retention("jadwal.xlsx", is_unread=True)
    with pytest.raises(KitgenError) as told:
        refuse_early(kept, before, False)
    assert "kept until 2031-03-01" in str(told.value.diagnostics[0])
    refuse_early(kept, until, False)
    refuse_early(kept, before, True)
    refuse_early(Retention("jadwal.xlsx"), before, False)
    refuse_early(unread, before, True)
    with pytest.raises(KitgenError):
        refuse_early(unread, before, False)


@pytest.mark.parametrize("spoiled", ["cut", "empty", "no workbook", "no sheet", "no date", "formula", "far year"])
def test_what_nobody_can_read_is_no_leave_to_purge(root: Path, tmp_path: Path, spoiled: str) -> None:
    """Unknown is not "none": nothing is removed, and what to do is told."""
    project = event_project(root, tmp_path / "proyek")
    typed(project, {line("retention"): datetime.date(2040, 1, 1)})
    book = home(project) / "jadwal.xlsx"
    if spoiled in ("no date", "formula", "far year"):
        typed(
            project,
            {line("retention"): {"no date": "menurut LSP", "formula": "=TODAY()", "far year": "1 Mei 20400"}[spoiled]},
        )
    elif spoiled == "no sheet":
        opened = openpyxl.load_workbook(book)
        opened["Jadwal"].title = "Acara"
        opened.save(book)
    else:
        whole = book.read_bytes()
        book.write_bytes({"cut": whole[: len(whole) // 2], "empty": b"", "no workbook": b"halo"}[spoiled])
    before = book.read_bytes()
    project.run("event", "purge", NAME, "--yes", expect=1)
    assert "cannot be read; nothing was removed" in project.said and "--archive FILE" in project.said
    assert book.read_bytes() == before


@pytest.mark.slow
def test_a_purge_before_the_day_takes_a_whole_archive(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An archive of an older state does not do."""
    monkeypatch.setenv("KITGEN_PASSPHRASE", "kata sandi yang panjang sekali 2031")
    project = event_project(root, tmp_path / "proyek").keep_forms({"Daftar Hadir", "Berita Acara"})
    typed(project, {line("retention"): datetime.date(2099, 12, 31)}).build("--event", NAME)
    project.run("event", "purge", NAME, "--yes", expect=1)
    assert "kept until 2099-12-31" in project.said and (home(project) / "jadwal.xlsx").is_file()
    archive = str(tmp_path / "arsip.zip")
    project.run("event", "archive", NAME, archive)
    (home(project) / "catatan.txt").write_text("baru", "utf-8")
    project.run("event", "purge", NAME, "--yes", "--with-edited", "--archive", archive, expect=1)
    (home(project) / "catatan.txt").unlink()
    project.run("event", "purge", NAME, "--yes", "--archive", archive)
    assert not (home(project) / "jadwal.xlsx").exists()


@pytest.mark.slow
def test_each_assessor_and_actor_has_a_pledge_and_hours_of_their_own(root: Path, tmp_path: Path) -> None:
    """One for each of the sheet Pemeran, called by number; a blank one where nobody is listed; handed over as theirs.
    So are the hours of each actor: whom else the event needs, and when, is not their business."""
    project = copied(root, tmp_path / "proyek").keep_forms(
        {"Pernyataan Asesor", "Pernyataan Pemeran", "Jadwal Pemeran"}
    )
    folder = made(project) / "5 Pemeran"
    project.build("--event", NAME)
    blank = {named("26b Pernyataan Pemeran.docx"), named("36c Jadwal Pemeran.docx")}
    assert {path.name for path in folder.iterdir()} == blank
    names = {1: "Pemeran Contoh A", 2: "Pemeran Contoh B"}
    typed(project, {f"Pemeran!B{3 + number}": name for number, name in names.items()}).build("--event", NAME)
    assert len(list(folder.iterdir())) == 4
    for number, name in names.items():
        text = project.text(named(f"Jadwal/{NAME}/5 Pemeran/26b Pernyataan Pemeran {number:02}.docx"))
        assert text.count(name) == 2 and names[3 - number] not in text
        hours = project.text(named(f"Jadwal/{NAME}/5 Pemeran/36c Jadwal Pemeran {number:02}.docx"))
        assert hours.count(name) == 1 and names[3 - number] not in hours and "Asesi Contoh" not in hours
    for path in made(project).glob(named("4 Untuk Asesor/*/26a Pernyataan Asesor.docx")):
        text = project.text(path.relative_to(project.root / "output").as_posix())
        other = "Asesor Contoh 02" if path.parent.name.startswith("01") else "Asesor Contoh 01"
        assert text.count("Asesor Contoh 0") == 2 and other not in text
    held = project.run("event", "deliver", NAME).json("event", "held", NAME)["held"]
    assert len([each for each in held if each["form"] == "Pernyataan Pemeran"]) == 2
    typed(project, {"Pemeran!B5": "Pemeran Contoh C"}).build("--event", NAME)
    void = {each["form"]: each["gone"] for each in project.json("recall", NAME)["recalled"]}
    assert void == {"Pernyataan Pemeran": None, "Jadwal Pemeran": None}


@pytest.mark.slow
def test_health_goes_to_the_assessor_alone_and_it_is_told_who_holds_what(root: Path, tmp_path: Path) -> None:
    """FR.AK.07 is in no zip with everyone's papers; holders are told by number, codes without names."""
    project = copied(root, tmp_path / "proyek").keep_forms(
        {"FR.AK.07", "FR.APL.01", "Daftar Hadir", "Persetujuan Data Pribadi", "Pernyataan Asesor", "Pernyataan Pemeran"}
    )
    typed(project, {at("birth_date", 1): "3 Maret 2008", at("guardian", 1): "Wali Contoh"})
    project.build("--event", NAME).run("event", "deliver", NAME)
    held = project.json("event", "held", NAME)["held"]
    health = {each["holder"] for each in held if each["form"] == "FR.AK.07"}
    assert health == {"4 Untuk Asesor 01", "4 Untuk Asesor 02"}
    own = project.json("event", "held", NAME, "--asesi", "1")["held"]
    assert {each["candidate"] for each in own} == {1}
    assert {(each["holder"], each["form"]) for each in own} >= {
        ("4 Untuk Asesor 01", "FR.AK.07"), ("2 Pendaftaran dan Pra-Asesmen", "FR.APL.01"),
    }  # fmt: skip
    said = project.run("event", "held", NAME).said
    assert "asesi 01" not in said and "`-v` lists each paper" in said and "5 Pemeran: 1 document" in said
    said = project.run("event", "held", NAME, "-v").said
    assert "Asesi Contoh" not in said and "asesi 01" in said
    consents = {path.parent.name[:2]: path for path in made(project).rglob(named("09c Persetujuan Data Pribadi.docx"))}
    first, second = (
        project.text(consents[number].relative_to(project.root / "output").as_posix()) for number in ("01", "02")
    )
    assert "Wali Contoh" in first and "Tanda Tangan Wali" in first and "Wali" not in second


def test_no_list_prints_a_nik(root: Path) -> None:
    """Of what lists of several people are given only the sheet for the upload reads it."""
    reading = {
        path.stem
        for path in (root / "tests/golden/templates").glob("*.txt")
        if "participant.candidate.identity_number" in path.read_text("utf-8")
    }
    assert reading == {"Data Asesmen"}


def test_nothing_was_handed_over(kit_project: KitProject, root: Path) -> None:
    """That is said, and is no error."""
    home = kit_project.root / "events" / NAME
    home.mkdir(parents=True)
    shutil.copy(root / "events/contoh/jadwal.xlsx", home)
    assert "nothing was handed over" in kit_project.run("event", "held", NAME).said
