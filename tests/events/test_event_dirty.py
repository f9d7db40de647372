"""A list as people send it, 60 rows from end to end: every fault told once, everyone with a name built, names as typed."""

import datetime
import re
import zipfile
from collections import Counter
from html import unescape
from pathlib import Path

import pytest
from event_books import EventBook, Text, of_event
from file_names import named
from harness import KitProject, tree_digests

from kitgen.base.dates import indonesian_date

EVENT = "jadwal uji daftar kotor enam puluh baris"
"""As long as the name of an event may be."""
FIRST = 7
COLUMNS = "ABCDEFGHIJ"
UPPER = ("No", "Alamat", "Nama Lengkap", "Tempat/Tgl Lahir", "NIK", "L/P", "Kontak", None, "Asesor", "Kode Kota")
LOWER = (None, None, None, None, None, None, "HP", "E-mail", None, None)

HURTING: dict[int, str] = {
    22: "Dr. H. O'Neil Contoh, S.E., M.M.", 23: "Contoh", 24: "../../../../Contoh", 25: "CON", 26: "Contoh...",
    27: '=HYPERLINK("http://x","Contoh")', 28: "<b>&Contoh</b> &amp;", 29: "Nguyễn Contoh Ωμέγα 漢字 محمد",
    30: "A" * 120, 31: "Asesi Kembar", 32: "Asesi Kembar", 35: "NUL.txt", 36: "aux", 37: "contoh kecil",
    38: "CONTOH KECIL", 39: r"\\server\share\contoh", 42: "Dua  Spasi", 44: "LPT1", 45: 'a:b*c?"<>|d', 46: "🙂" * 30,
    47: ". .", 48: "{{ body.name }}", 49: "~$Contoh", 50: "_DITARIK", 51: "00 Bersama", 52: "{%tr endfor %}",
}  # fmt: skip

# What is typed at a candidate's row (by column), and how it is told: the cell's own row unless another is given.
DIRT: dict[tuple[int, str], tuple[object, str, str]] = {
    (1, "E"): (9901010202810001, "error", "stored as a number"),
    (2, "E"): ("99010103", "error", "8 digits, not 16"),
    (3, "E"): ("9901012009800019", "warning", "another date of birth"),
    (5, "E"): ("NIK of 4", "error", "the NIK stands in row 10 already"),
    (6, "D"): ("Kota Contoh, 31 Februari 1990", "error", "does not exist"),
    (7, "D"): ("Bandung 12/03/90", "error", "two digits"),
    (8, "D"): ("Bandung", "error", "no date that can be read"),
    (9, "D"): ("Bandung, 03/04/1989", "warning", "can mean two days"),
    (10, "F"): ("?", "error", "neither L nor P"),
    (11, "G"): (81234567890, "warning", "leading zero"),
    (12, "H"): ("bukan email", "error", "no e-mail"),
    (13, "I"): (77, "error", "no assessor has this number"),
    (14, "D"): ("Kota Contoh, 1 Januari 2050", "error", "not before the event"),
    (15, "J"): ("9999", "error", "not in the sheet Kode"),
    (16, "C"): (None, "error", "no name; it is dropped"),
    (17, "C"): ("=A1", "error", "a formula, which is never worked out; without a name"),
    (20, "A"): (19, "error", "No stands in row 25 already"),
    (21, "A"): (None, "warning", "No is empty"),
    (27, "C"): (Text(HURTING[27]), "warning", "begins with ="),
    (40, "C"): ("N" * 130, "warning", "longer than 120"),
    (41, "C"): ("Asesi\u200bContoh 41", "warning", "control characters"),
    (53, "B"): ("#N/A", "error", "an error of Excel"),
    (54, "G"): ('=HYPERLINK("http://x")', "error", "a formula"),
    (55, "D"): ("Surabaya, 25/12/2020", "error", "younger than 15"),
}
LIMITS = (of_event("most_candidates"), 60), (of_event("end_date"), "30 April 2026")


def birthday(number: int) -> datetime.date:
    return datetime.date(1980 + number % 20, 1 + number % 12, 13 + number % 15)


def typed_rows() -> list[list[object]]:
    rows: list[list[object]] = [["LSP CONTOH"], ["DAFTAR ASESI"], [], list(UPPER), list(LOWER), list(range(1, 11))]
    for number in range(1, 61):
        day = birthday(number if number != 34 else 33)
        name = HURTING.get(number, "Asesi Sama" if number in (33, 34) else f"Asesi Contoh {number:02}")
        rows.append([number, f"Jalan Contoh {number}", name, f"Kota Contoh, {indonesian_date(day)}",
                     f"990101{day:%d%m%y}{number:04}", "L", f"0812000{number:05}", f"a{number}@contoh.example",
                     1 + number % 2, "0012"])  # fmt: skip
    for (number, column), (value, _, _) in DIRT.items():
        rows[FIRST - 2 + number][COLUMNS.index(column)] = value
    rows[FIRST - 2 + 5][4] = rows[FIRST - 2 + 4][4]
    # a birth that was made unreadable for its own sake is not held against the NIK
    for number in (9, 55):
        rows[FIRST - 2 + number][4] = None
    return rows


@pytest.fixture(scope="module")
def book(root: Path, tmp_path_factory: pytest.TempPathFactory) -> EventBook:
    made = EventBook(root, tmp_path_factory.mktemp("kotor") / "buku")
    made.with_candidates(typed_rows()).set({**dict(LIMITS), "Kode!G4": "0012", "Kode!H4": "Kota Contoh"})

    def dress(workbook: "openpyxl.Workbook") -> None:  # type: ignore[name-defined]  # noqa: F821
        sheet = workbook["Asesi"]
        sheet.merge_cells("G4:H4")
        sheet.merge_cells("A1:J1")
        sheet.row_dimensions[FIRST - 1 + 18].hidden = True

    return made.change(dress)


@pytest.fixture(scope="module")
def project(root: Path, book: EventBook, tmp_path_factory: pytest.TempPathFactory) -> KitProject:
    made = KitProject.copy_of(root, tmp_path_factory.mktemp("kotor") / "proyek")
    made.keep_forms(("FR.APL.01", "FR.IA.01", "Daftar Hadir"))
    target = made.root / "events" / EVENT / "jadwal.xlsx"
    target.parent.mkdir(parents=True)
    target.write_bytes(book.path.read_bytes())
    return made


def printed_names() -> dict[int, str]:
    """The name each candidate's forms are to print, by the number they are given."""
    names = {number: str(row[2]) for number, row in enumerate(typed_rows()[FIRST - 1 :], 1) if number not in (16, 17)}
    names[41] = "AsesiContoh 41"
    names[61], names[62] = names.pop(20), names.pop(21)  # whose own number is another's, or missing
    return names


def test_each_fault_is_told_once_with_its_row_and_column(book: EventBook) -> None:
    said = book.check()
    expected = Counter(
        (severity, f"Asesi!{column}{FIRST - 1 + number}") for (number, column), (_, severity, _) in DIRT.items()
    )
    expected["warning", f"Asesi!A{FIRST - 1 + 18}"] += 1  # the hidden row
    expected["warning", f"Asesi!C{FIRST - 1 + 34}"] += 1  # the name and birth of row 33
    expected["warning", of_event("pre_end")] += 1  # so many do not fit into its pre-assessment
    assert Counter((severity, cell) for severity, cell, _ in said.short) == expected
    for (number, column), (_, _, words) in DIRT.items():
        (message,) = said.at(f"Asesi!{column}{FIRST - 1 + number}")
        assert words in message
    assert said.schedule is not None
    assert {each.number: each.person.name for each in said.schedule.candidates} == printed_names()


def test_everyone_with_a_name_is_built_and_printed_as_typed(project: KitProject) -> None:
    before = tree_digests(project.root)
    project.build("--event", EVENT)
    made = {name for name in tree_digests(project.root) if name not in before}
    home = f"output/Jadwal/{EVENT}/"
    assert made and all(
        name.startswith((home, ".kitgen/", f"events/{EVENT}/kunci-", f"events/{EVENT}/riwayat")) for name in made
    )
    assert {
        name for name, digest in tree_digests(project.root).items() if name in before and before[name] != digest
    } == set()
    names = printed_names()
    assert len(names) == 58
    lists = texts(project.root / home / named("1 Admin/27 Daftar Hadir.docx"))
    for number, name in names.items():
        for folder, form in (
            ("2 Pendaftaran dan Pra-Asesmen", named("01 FR.APL.01.docx")),
            ("4 Untuk Asesor", named("10 FR.IA.01.docx")),
        ):
            (path,) = (
                each
                for each in (project.root / home / folder).rglob(named(form))
                if re.match(r"\d+", each.parent.name)[0] == f"{number:02}"  # type: ignore[index]
            )
            assert name in texts(path), (number, form)
        assert name in lists, number
    assert "0 written" in project.build("--event", EVENT).said


def texts(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return [
            unescape(text)
            for text in re.findall(r"<w:t[^>]*>([^<]*)</w:t>", archive.read("word/document.xml").decode())
        ]


def test_paths_are_safe_on_windows(project: KitProject) -> None:
    """Below a root of 60 characters, and set aside too."""
    project.build("--event", EVENT)
    home = project.root / "output" / "Jadwal" / EVENT
    found = [path.relative_to(home) for path in home.rglob("*")]
    assert len(found) > 150
    reserved = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
    for path in found:
        for part in path.parts:
            assert not reserved.fullmatch(part) and not re.search(r'[<>:"/\\|?*\x00-\x1f]|[ .]$', part), part
            assert len(part.encode()) <= 255  # where names are counted in bytes
        whole = f"{'x' * 60}/output/Jadwal/{EVENT}/_DITARIK/{path.as_posix()}"
        assert len(whole.encode("utf-16-le")) // 2 < 240, whole
    assert len({path.as_posix().casefold() for path in found}) == len(found)


def test_nothing_of_the_list_is_said(project: KitProject) -> None:
    for arguments in (["event", "check", EVENT], ["plan", "--event", EVENT, "--all"], ["build", "--event", EVENT]):
        project.run(*arguments, expect=1 if arguments[0] == "event" else 0)
        for number, name in printed_names().items():
            if len(name) > 4 and name not in ("_DITARIK", "00 Bersama"):  # those are words of the folders themselves
                assert name[:30] not in project.said, (arguments, number)
