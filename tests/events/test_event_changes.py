"""Late changes of an event: exactly what they touch is told and made, what nobody asks for any more is set aside.

And nothing of anybody's data gets into what commands print or into the index.
"""

import datetime
import io
import json
import os
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner
from event_books import at, of_assessor, of_event
from event_cases import typed
from event_faults import FAULTS
from file_names import named
from harness import KitProject, edit_by_hand, plain

import kitgen.documents.build.build
from kitgen.base.digests import digest, masked
from kitgen.cli import cli, main
from kitgen.documents.disk.index import INDEX_NAME
from kitgen.documents.pdf.beside import pdf_of
from kitgen.documents.pdf.seal import sealed
from kitgen.events.workbook.sample import sample_assessors, sample_candidates
from kitgen.kits.paths import person_folder, same_person, without_names

pytestmark = pytest.mark.slow

FORMS = (
    "FR.APL.01",
    "FR.IA.01",
    "FR.IA.05C",
    "FR.AK.05",
    "Daftar Hadir",
    "Jadwal Giliran",
    "Kartu Asesi",
    "Rekap Jadwal",
)
ASIDE = "_DITARIK"
READ_FIRST = "00 Baca Dulu.html"
"""The page of the event; it is made with the documents, and is none."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, root: Path) -> KitProject:
    project = KitProject.copy_of(root, tmp_path_factory.mktemp("susulan") / "proyek").keep_forms(FORMS)
    shutil.copytree(root / "events", project.root / "events")
    return project.build("--event", "contoh")


@pytest.fixture
def project(built: KitProject, tmp_path: Path) -> KitProject:
    """A copy of the built sample, to change."""
    return built.copy_to(tmp_path / "proyek")


def tree(project: KitProject) -> dict[str, bytes]:
    """Every document of the event by its path below the event's folder; neither what was set aside nor the index."""
    root = project.root / "output/Jadwal/contoh"
    found = (path for path in root.rglob("*") if path.is_file() and path.name != INDEX_NAME)
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(found)
        if path.relative_to(root).parts[0] != ASIDE
    }


def aside(project: KitProject) -> dict[str, bytes]:
    root = project.root / "output/Jadwal/contoh" / ASIDE
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def rows(project: KitProject) -> list[dict[str, Any]]:
    """What `plan` says of the documents it would touch, paths below the event's folder."""
    found = project.json("plan", "--event", "contoh", "--names")["documents"]
    for row in found:
        for key in ("path", "moved_from"):
            if key in row:
                row[key] = row[key].removeprefix("Jadwal/contoh/")
    return [row for row in found if row["state"] != "same"]


ADDED = {at("name", 13): "Susulan Contoh", at("number", 13): 13, at("assessor", 13): 2, at("gender", 13): "L"}
CHANGES: dict[str, dict[str, object]] = {
    "added": ADDED,
    "withdrawn": {at("status", 4): "mundur"},
    "renamed": {at("name", 3): "Asesi Contoh Baru"},
    "other assessor": {at("assessor", 3): 2},
    "assessor replaced": {of_assessor("name", 1): "Pengganti Contoh", of_assessor("registration", 1): "MET.000.9 2021"},
    "date moved": {of_event("start_date"): datetime.date(2026, 3, 9), of_event("end_date"): datetime.date(2026, 3, 9)},
}


@pytest.mark.parametrize("kind", CHANGES)
def test_a_late_change_touches_exactly_what_it_changes(project: KitProject, kind: str) -> None:
    """What `plan` tells, what `build` writes, and how builds from nothing before and after differ, is the same."""
    before = tree(project)
    typed(project, CHANGES[kind])
    told = rows(project)
    stamps = project.stamps()
    project.build("--event", "contoh")
    written = {name for name, stamp in project.stamps().items() if stamps.get(name) != stamp}
    after = tree(project)
    gone = {path: content for path, content in before.items() if path not in after}
    assert aside(project) == gone
    assert rows(project) == []
    shutil.rmtree(project.root / "output")
    project.build("--event", "contoh")
    assert tree(project) == after
    touched = {path for path, content in after.items() if before.get(path) != content}
    assert touched
    assert {row["path"] for row in told if row["state"] != "orphan"} == touched - {READ_FIRST}
    former = {row["moved_from"] for row in told if "moved_from" in row}
    assert former | {row["path"] for row in told if row["state"] == "orphan"} == gone.keys()
    assert {name.removeprefix("Jadwal/contoh/") for name in written} == {
        *touched, *(f"{ASIDE}/{path}" for path in gone), INDEX_NAME
    }  # fmt: skip
    if kind in ("renamed", "other assessor", "assessor replaced"):
        assert former == gone.keys() and all(row["state"] in ("moved", "changed") for row in told)
        moves = {row["moved_from"]: row["path"] for row in told if "moved_from" in row}
        assert all(old.split("/")[-1] == new.split("/")[-1] for old, new in moves.items())
    if kind == "withdrawn":
        assert {row["path"] for row in told if row["state"] == "orphan"} == {path for path in before if "/04 " in path}


@pytest.mark.parametrize("kind", ["added", "withdrawn", "renamed", "other assessor"])
def test_a_late_change_of_one_leaves_papers_scenarios_and_pages_of_the_others(project: KitProject, kind: str) -> None:
    """Every page in another candidate's folders stays as it is, papers and all.

    Byte for byte if nobody changes the assessor; else, before anything is delivered, but for dates and times, which are
    those of the timetable of the assessor's candidates.
    """
    who = next(iter(CHANGES[kind])).partition("!")[2].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    number = f"{int(who) - 3:02} "
    before = tree(project)
    typed(project, CHANGES[kind]).build("--event", "contoh")
    after = tree(project)

    def of_others(found: Mapping[str, bytes]) -> dict[str, bytes]:
        people = {path: path.split("/")[1:-1] for path in found}
        return {
            path: found[path]
            for path, folders in people.items()
            if folders and not folders[-1].startswith(number) and not (path[0] == "4" and len(folders) == 1)
        }

    if kind in ("withdrawn", "renamed"):
        assert of_others(before) == of_others(after)
    own = {path for path in of_others(before).keys() | of_others(after).keys() if "00 Bersama" not in path}
    assert own <= of_others(before).keys() & of_others(after).keys()
    for path, content in of_others(before).items():
        if path in after and "Jadwal Asesi" not in path:
            assert undated(content) == undated(after[path]), path


def undated(document: bytes) -> str:
    """The words of a Word file without dates, times, and the Kode Dokumen that follows from them."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        texts = "".join(
            re.sub(r"<[^>]+>", "", archive.read(name).decode())
            for name in sorted(archive.namelist())
            if re.fullmatch(r"word/(document|footer\d)\.xml", name)
        )
    dates = r"(\w+, )?\d{1,2} \w+ 20\d\d( s\.d\. \w+, \d{1,2} \w+ 20\d\d)?|(\d+ menit, )?\d\d\.\d\d–\d\d\.\d\d"
    return re.sub(rf"{dates}|Kode Dokumen \S+|\w{{4}}-\w{{4}}-\w{{3}}", "", texts)


def test_one_who_returns_has_the_same_numbers_and_serials(project: KitProject) -> None:
    before, index = tree(project), json.loads((project.root / "output/Jadwal/contoh" / INDEX_NAME).read_text())
    typed(project, {at("status", 4): "mundur"}).build("--event", "contoh")
    assert "set aside" in project.said and not any("/04 " in path for path in tree(project))
    typed(project, {at("status", 4): "ikut"}).build("--event", "contoh")
    assert tree(project) == before
    assert json.loads((project.root / "output/Jadwal/contoh" / INDEX_NAME).read_text()) == index
    once = aside(project)
    typed(project, {at("status", 4): "mundur"}).build("--event", "contoh")
    assert aside(project) == once  # the same content is not kept twice


def test_what_is_set_aside_again_with_other_content_gets_a_number(project: KitProject) -> None:
    typed(project, {at("status", 4): "mundur"}).build("--event", "contoh")
    first = aside(project)
    typed(project, {at("status", 4): "ikut", at("address", 4): "Jalan Lain 2"}).build("--event", "contoh")
    typed(project, {at("status", 4): "mundur"}).build("--event", "contoh")
    second = aside(project)
    assert first.items() < second.items()
    assert [path.rpartition("/")[2] for path in second.keys() - first.keys()] == [named("01 FR.APL.01 (2).docx")]
    typed(project, {at("status", 4): "ikut"}).build("--event", "contoh")
    typed(project, {at("status", 4): "mundur"}).build("--event", "contoh")
    assert aside(project) == second


def test_what_was_set_aside_belongs_to_no_run(project: KitProject) -> None:
    """No orphan, no entry of the index; a person may change or remove it."""
    typed(project, {at("status", 4): "mundur"}).build("--event", "contoh")
    assert rows(project) == []
    (form,) = (path for path in (project.root / "output").rglob(named("01 FR.APL.01.docx")) if ASIDE in path.parts)
    edit_by_hand(form, "Asesi Contoh 04", "Ditulis tangan")
    stamps = project.stamps()
    assert project.json("build", "--event", "contoh")["summary"]["orphans"] == 0
    assert project.stamps() == stamps
    (project.root / "output/Jadwal/contoh" / INDEX_NAME).unlink()
    project.build("--event", "contoh")
    index = json.loads((project.root / "output/Jadwal/contoh" / INDEX_NAME).read_text())
    assert len(index["documents"]) == len(tree(project).keys() - {READ_FIRST})


def test_an_edited_document_of_one_who_withdrew_is_kept_and_told(project: KitProject) -> None:
    (form,) = (project.root / "output/Jadwal/contoh").glob(named("2 */04 */01 FR.APL.01.docx"))
    edit_by_hand(form, "Asesi Contoh 04", "Ditulis tangan")
    content = form.read_bytes()
    typed(project, {at("status", 4): "mundur"})
    (row,) = (row for row in rows(project) if row["reasons"] == ["edited by hand and kept"])
    assert row["state"] == "orphan"
    project.build("--event", "contoh")
    assert form.read_bytes() == content and not any("FR.APL.01" in path for path in aside(project))


def test_the_pdf_of_a_document_that_is_set_aside_is_withdrawn(project: KitProject) -> None:
    forms = list((project.root / "output/Jadwal/contoh").glob("*/04 */*.docx"))
    foreign = pdf_of(forms[0])
    foreign.write_bytes(b"%PDF-1.4\nmine\nstartxref\n9\n%%EOF\n")
    for form in forms[1:]:
        blank = b"%PDF-1.4\nours\nstartxref\n9\n%%EOF\n"
        pdf_of(form).write_bytes(sealed(blank, "document", digest(b"source"), "x"))
    typed(project, {at("status", 4): "mundur"}).build("--event", "contoh")
    assert sorted((project.root / "output").rglob("*.pdf")) == [foreign]


def test_a_killed_run_loses_nothing_and_the_next_one_ends_it(
    project: KitProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after each document that is set aside: it lies in one of both places; the index comes last."""
    before = tree(project)
    going = {path for path in before if "/04 " in path}
    typed(project, {at("status", 4): "mundur"})
    move = kitgen.documents.build.build.withdraw_document
    for _ in range(2):

        def killed(root: Path, name: str) -> None:
            move(root, name)
            raise KeyboardInterrupt

        monkeypatch.setattr(kitgen.documents.build.build, "withdraw_document", killed)
        CliRunner().invoke(cli, ["-C", str(project.root), "build", "--event", "contoh"])
        monkeypatch.setattr(kitgen.documents.build.build, "withdraw_document", move)
        there, moved = tree(project), aside(project)
        assert (there.keys() | moved.keys()) >= going and all(before[path] == moved[path] for path in moved)
    project.build("--event", "contoh")
    assert aside(project).keys() == going and rows(project) == []


def test_capitals_alone_lose_no_document_where_the_system_sees_no_difference(project: KitProject) -> None:
    """There the old folder is the new one: linked here, as such a system shows it."""
    (old,) = (project.root / "output/Jadwal/contoh/2 Pendaftaran dan Pra-Asesmen").glob("03 *")
    new = old.with_name(old.name.upper())
    new.mkdir()
    for path in old.iterdir():
        os.link(path, new / path.name)
    typed(project, {at("name", 3): old.name[3:].upper()})
    orphans = [row["path"] for row in rows(project) if row["state"] == "orphan"] + [
        row["moved_from"] for row in rows(project) if "moved_from" in row
    ]
    assert not any(path.startswith("2 ") for path in orphans) and orphans


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("Siti Contoh, S.Pd., M.Pd.", "03 Siti Contoh, S.Pd., M.Pd"),  # no system but Unix keeps a stop at the end
        ("Siti Aminah Nurhaliza Putri, S.Pd.", "03 Siti Aminah Nurhaliza Putri"),
        ("Dr. Siti Aminah Nurhaliza Contoh", "03 Dr. Siti Aminah Nurhaliza"),
        ("Raden Mas Panji Sastroningrat A.Md.Kom.", "03 Raden Mas Panji Sastroningrat"),
        ("Sastroningratkusumawardhanisetiawan", "03 Sastroningratkusumawardhanise"),
        ("M. Ali", "03 M. Ali"),
        ("A/B: C", "03 A-B- C"),
    ],
)
def test_a_long_name_is_cut_between_words(name: str, folder: str) -> None:
    """A title is there as it was typed, or not at all; a single long word is cut."""
    assert person_folder(3, name) == folder and len(folder) <= 32


# Privacy


def private_words() -> set[str]:
    """Every text of the sample that is about a person."""
    found: set[str] = set()
    for row in sample_candidates():
        for key in ("name", "identity_number", "phone_mobile", "email", "address"):
            found.add(str(row[key]))
    return found | {str(row["name"]) for row in sample_assessors()} | {"Susulan Contoh", "Pengganti Contoh"}


def everything_said(project: KitProject, *arguments: str) -> str:
    result = CliRunner().invoke(cli, ["-C", str(project.root), *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return plain(result.stdout + result.stderr)


def commands(project: KitProject) -> Iterator[tuple[str, ...]]:
    yield ("event", "check", "contoh")
    yield ("event", "check", "contoh", "--strict", "--annotate")
    yield ("plan", "--event", "contoh", "--all")
    yield ("plan", "--event", "contoh", "--json")
    yield ("build", "--event", "contoh", "--replace", "output/Jadwal/contoh/1 Admin/99 Tidak Ada.docx")
    yield ("build", "--event", "contoh")
    yield ("build", "--event", "contoh", "--json")
    if "--event" in everything_said(project, "verify", "--help"):
        yield ("verify", "--event", "contoh")
        yield ("verify", "--event", "contoh", "--json")


def test_nothing_about_people_is_printed_or_indexed(project: KitProject) -> None:
    """After late changes of every kind, hand edits, lost typed cells and faults in the list."""
    words = private_words()
    for path in (project.root / "output/Jadwal/contoh").glob(named("2 */0[45] */01 FR.APL.01.docx")):
        edit_by_hand(path, "Asesi Contoh", "Disunting")
    recap = next((project.root / "output/Jadwal/contoh").rglob(named("31 Rekap Jadwal.xlsx")))
    book = openpyxl.load_workbook(recap)
    for row in range(10, 40):
        if book.active.cell(row, 2).value in words:  # type: ignore[union-attr]
            book.active.cell(row, 4).value = "K"  # type: ignore[index, union-attr]
    book.save(recap)
    strange = next((project.root / "output/Jadwal/contoh").glob(named("2 */06 */01 FR.APL.01.docx")))
    strange.rename(strange.with_name("Asesi Contoh 06.docx"))
    changes = {key: value for kind, cells in CHANGES.items() for key, value in cells.items() if kind != "renamed"}
    faults = {place: value for place, value, _, _ in FAULTS[:12] if place not in changes}
    typed(project, changes | faults | {at("name", 3): "Rahasia Contoh", at("phone_mobile", 7): "bukan telepon 0899"})
    words |= {"Rahasia Contoh", "bukan telepon 0899"}
    for arguments in commands(project):
        said = everything_said(project, *arguments)
        assert said
        found = [word for word in words if word in said]
        assert not found, (arguments, found)
    index = (project.root / "output/Jadwal/contoh" / INDEX_NAME).read_text("utf-8")
    assert not [word for word in words if word in index] and "Untuk Asesi" not in index
    said = everything_said(project, "plan", "--event", "contoh", "--json", "--names")
    assert "Rahasia Contoh" in said  # asked for, they are told


def test_reasons_quote_only_where_names_are_asked_for(project: KitProject) -> None:
    typed(project, {at("address", 4): "Jalan Rahasia 4"})
    without = everything_said(project, "plan", "--event", "contoh")
    assert (
        "because of candidate, address" in without
        and named("/04 …/01 FR.APL.01.docx") in without
        and "Rahasia" not in without
    )
    assert '-> "Jalan Rahasia 4' in everything_said(project, "plan", "--event", "contoh", "--names")


def test_an_index_with_names_in_it_is_understood_and_replaced(project: KitProject) -> None:
    """As kitgen wrote it before: nothing is rendered anew for it, and the next build hides the names."""
    path = project.root / "output/Jadwal/contoh" / INDEX_NAME
    hidden = path.read_text("utf-8")
    key = bytes.fromhex((project.root / "events/contoh/kunci-kode-dokumen.txt").read_text().strip())
    content = json.loads(hidden)
    from kitgen.documents.disk.index import index_name

    names = {index_name(name, key): name for name in tree(project)}
    plainly = {
        names[name]: {
            of: masked(text, key, name, of, entry["serial"]) if of in ("file", "digest", "fingerprint") else text
            for of, text in entry.items()
        }
        for name, entry in content["documents"].items()
    }
    one = next(name for name in plainly if "/03 " in name)
    assert plainly[one]["file"] == digest(tree(project)[one])
    path.write_text(json.dumps({**content, "documents": plainly}, ensure_ascii=False), "utf-8")
    stamps = {name: stamp for name, stamp in project.stamps().items() if INDEX_NAME not in name}
    project.build("--event", "contoh")
    assert "0 written" in project.said
    assert {name: stamp for name, stamp in project.stamps().items() if INDEX_NAME not in name} == stamps
    assert path.read_text("utf-8") == hidden


def test_the_index_spares_rendering(project: KitProject, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document is known by it without being rendered: hidden names are found again."""
    monkeypatch.setattr("kitgen.documents.status.maker.DocumentRenderer.render", lambda *_: pytest.fail("rendered"))
    assert "0 written" in project.build("--event", "contoh").said


def test_a_fault_of_the_program_does_not_quote(
    project: KitProject, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("Asesi Contoh 03")

    monkeypatch.setattr("kitgen.documents.status.status.plan_documents", broken)
    with pytest.raises(SystemExit) as left:
        main(["-C", str(project.root), "plan", "--event", "contoh"])
    said = "".join(capsys.readouterr())
    assert left.value.code == 1 and "ValueError" in said and "Asesi Contoh" not in said and "in broken" in said


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        (
            named("Jadwal/x/3 Untuk Asesi/03 A. B/10 FR.IA.01.docx"),
            named("Jadwal/x/3 Untuk Asesi/03 …/10 FR.IA.01.docx"),
        ),
        ("output/Jadwal/x/4 Untuk Asesor/01 A/103 B.docx/1.pdf", "output/Jadwal/x/4 Untuk Asesor/01 …/103 …/1.pdf"),
        ("Jadwal/x/_DITARIK/3 Untuk Asesi/03 A/1.docx", "Jadwal/x/_DITARIK/3 Untuk Asesi/03 …/1.docx"),
        ("Jadwal/x/3 Untuk Asesi/00 Bersama/1.docx", "Jadwal/x/3 Untuk Asesi/00 Bersama/1.docx"),
        ("Jadwal/x/Milik Budi/1.docx", "Jadwal/x/…/1.docx"),
        ("Jadwal/x/Paket Cetak/03 Budi.pdf", "Jadwal/x/Paket Cetak/03 ….pdf"),
        (
            "its pack `Jadwal/x/3 Untuk Asesi/03 A`B/1.docx` is old",
            "its pack `Jadwal/x/3 Untuk Asesi/03 …/1.docx` is old",
        ),
        ("skema/2024/Skema Lengkap/2 Untuk Asesi/1.docx", "skema/2024/Skema Lengkap/2 Untuk Asesi/1.docx"),
    ],
)
def test_paths_are_told_without_names(path: str, shown: str) -> None:
    assert without_names(path) == shown


def test_a_persons_document_is_known_under_another_name_and_assessor() -> None:
    same: Callable[[str], tuple[str, ...]] = same_person
    assert same("4 Untuk Asesor/01 A/03 B/1.docx") == same("4 Untuk Asesor/04 C/03 D/1.docx") != ()
    assert same("4 Untuk Asesor/01 A/1.docx") != same("4 Untuk Asesor/01 A/01 B/1.docx")
    assert same("3 Untuk Asesi/00 Bersama/1.docx") == same("1 Admin/1.docx") == ()
