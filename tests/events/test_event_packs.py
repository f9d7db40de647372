"""An event ready to print: one pack for each person, in the official order, with nothing of anybody else's in it."""

import re
import shutil
import sys
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import groupby
from pathlib import Path

import openpyxl
import pypdf
import pypdfium2
import pytest
import yaml
from event_cases import HURTING, column, copied, schedule
from examples import examples
from fake_office import FakeOffice
from file_names import named
from harness import ROOT, KitProject, edit_by_hand
from hypothesis import given
from hypothesis import strategies as st
from office import needs_office
from planted_secrets import planted

from kitgen.documents.pdf.seal import read_seal
from kitgen.kits.event_kit import event_kit
from kitgen.kits.packs import EventPack, concerns, packs_of_event
from kitgen.kits.paths import without_names
from kitgen.kits.plan import PlannedDocument, plan_documents
from kitgen.load.locate import find_project
from kitgen.load.project_data import Data, load_data

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="the fake LibreOffice is a script with a shebang"),
]
FORMS = (
    "FR.APL.01", "FR.AK.01", "FR.AK.03", "FR.IA.01", "FR.IA.05A", "FR.IA.05B", "FR.IA.05C", "Kartu Asesi", "Kartu Pemeran",
    "Kartu Asesor", "FR.MAPA.01", "FR.AK.05", "Daftar Hadir",
)  # fmt: skip
CANDIDATES = {number: f"Asesi Contoh {number:02}" for number in range(1, 5)}
SERIAL = re.compile(r"Kode Dokumen ([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{3})")
BEFORE, TEST, SCENE, AFTER = "1 Pra-Asesmen", "2 Tes Tertulis", "3 Adegan dan Observasi", "4 Sesudah Asesmen"
OF_ASESI, OF_ASESOR = "3 Untuk Asesi", "4 Untuk Asesor"
ADMIN, ACTORS = (f"Paket Cetak/{SCENE}/Paket Cetak {folder}.pdf" for folder in ("1 Admin", "5 Pemeran"))
KEYS = "9 KUNCI - RAHASIA/Paket Cetak 9 KUNCI - RAHASIA.pdf"


def type_in(project: KitProject, cells: Mapping[tuple[int, str], object]) -> KitProject:
    """Type into rows of candidates, as an admin does: by number and heading."""
    path = project.root / "events/contoh/jadwal.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["Asesi"]
    head, key = column(sheet, "no", "no.")
    rows = {str(sheet.cell(row, key).value): row for row in range(head + 1, 100)}
    for (number, heading), value in cells.items():
        cell = sheet.cell(rows[str(number)], column(sheet, heading)[1])
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
    book.save(path)
    return project


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, root: Path) -> tuple[KitProject, dict[str, set[str]]]:
    """A small event, built: four candidates of two assessors, a few forms, every secret marked."""
    project = copied(root, tmp_path_factory.mktemp("jadwal") / "proyek").keep_forms(FORMS)
    markers: dict[str, set[str]] = {}
    for file in sorted([*project.edition.glob("questions/*.yaml"), *project.edition.glob("scenarios/*.yaml")]):
        data = yaml.safe_load(file.read_text("utf-8"))
        file.write_text(yaml.safe_dump(planted(data, (), markers), allow_unicode=True, width=100_000), "utf-8")
    gone = {(number, "status"): "mundur" for number in range(5, 12)}
    return type_in(project, {**gone, (4, "asesor (no.)"): 2}).build("--event", "contoh"), markers


@pytest.fixture
def project(built: tuple[KitProject, dict[str, set[str]]], tmp_path: Path) -> KitProject:
    return built[0].copy_to(tmp_path / "proyek")


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeOffice:
    fake = FakeOffice(tmp_path / "palsu")
    monkeypatch.setenv("KITGEN_SOFFICE", str(fake.path))
    return fake


@pytest.fixture(scope="module")
def packed_once(built: tuple[KitProject, dict[str, set[str]]], tmp_path_factory: pytest.TempPathFactory) -> KitProject:
    """The event packed with the fake: a page for each document."""
    home = tmp_path_factory.mktemp("dikemas")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KITGEN_SOFFICE", str(FakeOffice(home / "palsu").path))
        project = built[0].copy_to(home / "proyek").run("pack", "--event", "contoh")
    assert len(packs(project)) == 26 and "26 packs: 26 written" in project.said
    assert not any(name in project.said for name in CANDIDATES.values()) and "Asesor Contoh" not in project.said
    return project


@pytest.fixture
def packed(packed_once: KitProject, tmp_path: Path) -> KitProject:
    return packed_once.copy_to(tmp_path / "proyek")


def folder(project: KitProject) -> Path:
    return project.root / "output/Jadwal/contoh"


def packs(project: KitProject) -> dict[str, Path]:
    """The packs, by their paths in the event's folder."""
    found = (
        path for path in folder(project).rglob("*.pdf") if "Paket Cetak" in path.relative_to(folder(project)).as_posix()
    )
    return {path.relative_to(folder(project)).as_posix(): path for path in sorted(found)}


def of_candidate(number: int, moment: str = BEFORE) -> str:
    return f"Paket Cetak/{moment}/{OF_ASESI}/{number:02} {CANDIDATES[number]}.pdf"


def all_of_candidate(number: int) -> set[str]:
    return {of_candidate(number, moment) for moment in (BEFORE, TEST, SCENE, AFTER)}


def of_assessor(project: KitProject, number: int, moment: str) -> str:
    home = f"Paket Cetak/{moment}/{OF_ASESOR}/{number:02}"
    return next(name for name in packs(project) if name.startswith(home))


# With LibreOffice itself


@pytest.fixture(scope="module")
def printed(
    built: tuple[KitProject, dict[str, set[str]]], tmp_path_factory: pytest.TempPathFactory
) -> tuple[KitProject, dict[str, list[str]]]:
    """The event packed by LibreOffice; the text of each page of each pack, blanks folded."""
    project = built[0].copy_to(tmp_path_factory.mktemp("cetak") / "proyek").run("pack", "--event", "contoh")
    return project, {name: texts_of_pages(path) for name, path in packs(project).items()}


def texts_of_pages(path: Path) -> list[str]:
    """What each page of a PDF says, blanks folded: by PDFium, which reads it in a tenth of the time pypdf takes."""
    document = pypdfium2.PdfDocument(str(path))
    texts = [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    document.close()
    return texts


def without_cover(project: KitProject, pages: dict[str, list[str]], name: str) -> tuple[str, list[str]]:
    """The text of a pack's cover, and its other pages."""
    labels = pypdf.PdfReader(packs(project)[name]).page_labels
    first = labels.index("1")
    assert labels[first:] == [str(number) for number in range(1, len(labels) - first + 1)]
    return " ".join(pages[name][:first]), pages[name][first:]


def serials(project: KitProject) -> dict[str, str]:
    """The Kode Dokumen of every planned document, by its path in the event's folder."""
    rows = project.json("plan", "--event", "contoh", "--names")["documents"]
    return {row["path"].removeprefix("Jadwal/contoh/"): row["serial"] for row in rows}


@needs_office
@pytest.mark.office
@pytest.mark.parametrize(
    ("number", "letter", "cards"), [(1, "A", ("KEL-01", "LYN-01", "PMS-01")), (3, "C", ("KEL-01", "LYN-01", "PMS-01"))]
)
def test_a_candidates_packs_are_the_whole_set_in_the_official_order(
    printed: tuple[KitProject, dict[str, list[str]]], number: int, letter: str, cards: tuple[str, ...]
) -> None:
    """Read from their pages: for each moment their forms, books and cards, as the cover says; no paper before its time."""
    project, pages = printed
    by_path, person = serials(project), f"{number:02} {CANDIDATES[number]}"
    intake, own, shared = (
        f"2 Pendaftaran dan Pra-Asesmen/{person}",
        f"3 Untuk Asesi/{person}",
        "3 Untuk Asesi/00 Bersama",
    )
    books = [named(f"{shared}/14a FR.IA.05A Paket {letter} - KP {cluster}.docx") for cluster in (1, 2)]
    answers = [named(f"{own}/14c FR.IA.05C Paket {letter} - KP {cluster}.docx") for cluster in (1, 2)]
    expected = {
        BEFORE: [named(f"{intake}/01 FR.APL.01.docx"), named(f"{intake}/09 FR.AK.01.docx")],
        TEST: [*books, *answers],
        SCENE: [named(f"{shared}/11a Kartu Asesi {card}.docx") for card in cards],
        AFTER: [named(f"{own}/22 FR.AK.03.docx")],
    }
    for moment, documents in expected.items():
        cover, inside = without_cover(project, pages, of_candidate(number, moment))
        found = [(serial, len(list(group))) for serial, group in groupby(_serial_on(page) for page in inside)]
        assert [serial for serial, _ in found] == [by_path[path] for path in documents]
        at = 1
        for serial, count in found:
            span = str(at) if count == 1 else f"{at}–{at + count - 1}"
            assert f"{serial} {count} {span}" in cover
            at += count
        assert f"Jumlah: {len(documents)} dokumen, {len(inside)} lembar kertas tanpa sampul {len(inside)}" in cover
        assert f"Asesi {number:02} - {CANDIDATES[number]}" in cover and f"Paket Soal : {letter}" in cover
        assert f"Saat Pakai : {moment[2:]}" in cover and f"Skenario : {', '.join(cards)}" in cover


def _serial_on(page: str) -> str:
    (serial,) = set(SERIAL.findall(page))
    return str(serial)


@needs_office
@pytest.mark.office
def test_an_assessors_pack_goes_candidate_after_candidate(printed: tuple[KitProject, dict[str, list[str]]]) -> None:
    """First what is for all, then each candidate's checklists, at the end the report; no card nobody of theirs plays."""
    project, pages = printed
    by_serial = {serial: path for path, serial in serials(project).items()}
    orders: dict[str, list[str]] = {}
    for moment in (BEFORE, AFTER, SCENE):
        cover, inside = without_cover(project, pages, of_assessor(project, 1, moment))
        orders[moment] = [by_serial[serial] for serial, _ in groupby(_serial_on(page) for page in inside)]
    (report,) = orders[AFTER]
    assert orders[BEFORE] == [named("4 Untuk Asesor/00 Bersama/04 FR.MAPA.01.docx")] and report.endswith(
        named("/23 FR.AK.05.docx")
    )
    home = report.rpartition("/")[0]
    assert orders[SCENE] == [
        *(named(f"4 Untuk Asesor/00 Bersama/11c Kartu Asesor {card}.docx")
          for card in ("KEL-01", "LYN-01", "PMS-01")),
        *(named(f"{home}/{number:02} {CANDIDATES[number]}/10 FR.IA.01.docx") for number in (1, 2, 3)),
    ]  # fmt: skip
    heads = ["Untuk Semua Asesi", *(f"Asesi {number:02} - {CANDIDATES[number]}" for number in (1, 2, 3))]
    assert [cover.index(head) for head in heads] == sorted(cover.index(head) for head in heads)
    assert "Banyaknya Asesi : 3" in cover and CANDIDATES[4] not in cover


@needs_office
@pytest.mark.office
def test_no_pack_holds_what_its_holder_must_not_see(
    built: tuple[KitProject, dict[str, set[str]]], printed: tuple[KitProject, dict[str, list[str]]]
) -> None:
    """Over the text of the finished packs: no marked secret and nobody else's name where they do not belong."""
    markers, (_, pages) = built[1], printed
    sealed = [path for path in pages if "Cetak Cadangan KP" in path]
    assert len(pages) == 4 * 4 + 2 * 3 + 3 + len(sealed) and sealed and len(markers) > 300
    audience = {"1 Admin": "admin", OF_ASESI: "asesi", OF_ASESOR: "asesor", "5 Pemeran": "pemeran", "9 KUNCI": "kunci"}
    reached: dict[str, set[str]] = {}
    for name, texts in pages.items():
        holder = next(who for part, who in audience.items() if part in name)
        text = re.sub(r"(?<=[A-Z0-9]) (?=\d{0,4}Z\b)", "", "".join(texts))
        found = set(re.findall(r"ZRAHASIA\d{4}Z", text))
        assert all(holder in markers[marker] for marker in found), name
        assert found or "ZRAHASIA" not in text
        reached.setdefault(holder, set()).update(found)
    assert not reached["asesi"] and not reached["admin"]
    assert reached["kunci"] and reached["asesor"] and reached["pemeran"]
    for number, person in CANDIDATES.items():
        text = " ".join(page for name in sorted(all_of_candidate(number)) for page in pages[name])
        assert person in text and not any(other in text for key, other in CANDIDATES.items() if key != number)
        assert ("RAHASIA:" in text) is False
    for common in (KEYS, ACTORS):
        assert not any(person in " ".join(pages[common]) for person in CANDIDATES.values())
    assert "RAHASIA:" in pages[KEYS][0]


@needs_office
@pytest.mark.office
def test_the_print_list_counts_the_pages_of_the_packs(printed: tuple[KitProject, dict[str, list[str]]]) -> None:
    """By moment and together: as many pages and copies as the packs hold behind their covers; written once, kept if edited."""
    project, pages = printed
    listed = project.json("event", "print", "contoh")
    inside = {name: len(without_cover(project, pages, name)[1]) for name in packs(project)}
    assert (listed["pages"], listed["packs"]) == (sum(inside.values()), len(inside))
    for group in listed["groups"]:
        mine = [count for name, count in inside.items() if name.startswith(f"{group['folder']}/")]
        assert (group["pages"], group["packs"]) == (sum(mine), len(mine)), group["moment"]
        assert group["pages"] == sum(line["pages"] for line in group["lines"])
        assert group["sheets"] <= group["pages"] <= 2 * group["sheets"]
    held = (read_seal(path) for path in packs(project).values())
    assert listed["copies"] == sum(len(seal.holds) for seal in held if seal is not None)
    cards = next(line for group in listed["groups"] for line in group["lines"] if line["code"] == "Kartu Asesor KEL-01")
    assert cards["copies"] == 1 and cards["whom"] == "asesor"  # only one assessor's candidates play it
    path = folder(project) / "Paket Cetak/Daftar Cetak.docx"
    before = path.stat().st_mtime_ns
    project.run("event", "print", "contoh", "-v")
    assert path.stat().st_mtime_ns == before and "FR.APL.01, asesi: 4 copies" in project.said
    edit_by_hand(path, "DAFTAR CETAK", "DAFTAR CETAK KAMI")
    edited = path.read_bytes()
    project.run("event", "print", "contoh")
    assert path.read_bytes() == edited
    path.unlink()


def test_nothing_is_counted_of_documents_that_are_not_made(project: KitProject) -> None:
    """A list of other pages than those that will be printed is none."""
    type_in(project, {(3, "nama lengkap"): "Asesi Contoh Baru"}).run("event", "print", "contoh", expect=1)
    assert "to be made before they can be counted" in project.said and "kitgen build --event contoh" in project.said


@needs_office
@pytest.mark.office
def test_a_second_run_makes_none(
    printed: tuple[KitProject, dict[str, list[str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No document, no PDF, no pack; LibreOffice is not asked."""
    project, _ = printed
    before = project.stamps()
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("kitgen.documents.pdf.libreoffice._usual_places", lambda *_: iter(()))
    project.run("pack", "--event", "contoh")
    assert "26 packs: 0 written, 26 as they were; 0 documents and 0 PDFs made" in project.said
    project.build("--event", "contoh", "--pdf")
    assert "0 made" in project.said and project.stamps() == before


# Which packs are made anew


def test_pdfs_of_an_event_are_made_once(office: FakeOffice, project: KitProject) -> None:
    """A PDF of every document; after a rename only of those that print the name; none of the withdrawn is left."""
    documents = len(project.states("--event", "contoh"))
    project.build("--event", "contoh", "--pdf")
    assert f"{documents} PDFs: {documents} made" in project.said
    office.forget()
    project.build("--event", "contoh", "--pdf")
    assert f"0 made, {documents} as they were" in project.said and not office.calls
    type_in(project, {(3, "nama lengkap"): "Asesi Contoh Baru"})
    touched = sum(state not in ("same", "orphan") for state in project.states("--event", "contoh").values())
    project.build("--event", "contoh", "--pdf", "--jobs", "1")
    assert f"{touched} made" in project.said and sum(map(len, office.calls)) == touched < documents / 2
    type_in(project, {(2, "status"): "mundur"}).build("--event", "contoh")
    of_two = [path for path in folder(project).rglob("*.pdf") if f"02 {CANDIDATES[2]}" in path.as_posix()]
    assert of_two == [] and list(folder(project).rglob("03*/*.pdf"))


def test_a_rename_remakes_the_packs_that_print_the_name(office: FakeOffice, packed: KitProject) -> None:
    """The candidate's, the assessor's and the lists'; a build takes them away, the others stay as they are."""
    before = {name: path.stat().st_mtime_ns for name, path in packs(packed).items()}
    type_in(packed, {(3, "nama lengkap"): "Asesi Contoh Baru"}).build("--event", "contoh")
    left = {name: path.stat().st_mtime_ns for name, path in packs(packed).items()}
    assessor = {name for name in before if f"{OF_ASESOR}/01" in name and BEFORE not in name}
    own = {of_candidate(3, moment) for moment in (BEFORE, TEST, AFTER)}  # the cards name nobody
    assert before.keys() - left.keys() == {*own, *assessor, ADMIN, of_candidate(3, SCENE)}
    packed.run("pack", "--event", "contoh")
    assert "26 packs: 7 written, 19 as they were" in packed.said
    after = {name: path.stat().st_mtime_ns for name, path in packs(packed).items()}
    assert {name: after[name] for name in left} == left
    new = {name.replace(CANDIDATES[3], "Asesi Contoh Baru") for name in all_of_candidate(3)}
    assert after.keys() - left.keys() == {*new, *assessor, ADMIN}


def test_the_pack_of_one_who_withdrew_goes(office: FakeOffice, packed: KitProject) -> None:
    """With the next build, before anybody prints again."""
    type_in(packed, {(2, "status"): "mundur"}).build("--event", "contoh")
    assert not all_of_candidate(2) & packs(packed).keys() and all_of_candidate(1) <= packs(packed).keys()
    packed.run("pack", "--event", "contoh")
    assert len(packs(packed)) == 21 and not any(CANDIDATES[2] in name for name in packs(packed))


def test_a_pack_goes_that_holds_another_card_than_it_should(office: FakeOffice, packed: KitProject) -> None:
    """Though no document changes: the candidate plays another scenario, for which the card is there already."""
    type_in(packed, {(3, "skenario"): "KEL-02, LYN-01, PMS-01"}).build("--event", "contoh")
    assert of_candidate(3, SCENE) not in packs(packed) and of_candidate(3, TEST) in packs(packed)
    assert of_candidate(2, SCENE) in packs(packed)
    packed.run("pack", "--event", "contoh")
    titles = [str(entry.title) for entry in pypdf.PdfReader(packs(packed)[of_candidate(3, SCENE)]).outline]  # type: ignore[union-attr]
    assert [title[:18] for title in titles if title.startswith("11a")] == [
        f"11a Kartu Asesi {card}" for card in ("KE", "LY", "PM")
    ]
    assert any("KEL-02" in title for title in titles) and not any("KEL-01" in title for title in titles)


def test_only_packs_that_hold_what_they_are_to_hold_are_handed_over(office: FakeOffice, packed: KitProject) -> None:
    """Not the pack of the keys or of another person under a candidate's name, nor one older than a hand edit."""
    before = packs(packed)
    keys = next(path for name, path in before.items() if "KUNCI" in name)
    shutil.copy(keys, before[of_candidate(1, TEST)])
    shutil.copy(before[of_candidate(4, TEST)], before[of_candidate(2, TEST)])
    edit_by_hand(next(folder(packed).glob("3 Untuk Asesi/03 */14c FR.IA.05C*.docx")), "Pilihan Ganda", "Pilihan Banyak")
    packed.run("event", "deliver", "contoh")
    with zipfile.ZipFile(folder(packed) / "Serah Terima/01/3 Untuk Asesi.zip") as archive:
        gone = {name for name in archive.namelist() if name.startswith("Paket Cetak/")}
    wrong = {of_candidate(number, TEST) for number in (1, 2, 3)}
    assert gone == {name for name in before if OF_ASESI in name and BEFORE not in name} - wrong
    assert "4 PDFs say something else" in packed.said  # three packs, and the PDF of what was edited
    with zipfile.ZipFile(folder(packed) / "Serah Terima/01/9 KUNCI - RAHASIA.zip") as archive:
        assert archive.read(keys.relative_to(folder(packed)).as_posix()) == keys.read_bytes()


def test_a_build_of_one_form_leaves_no_pack_that_lies(office: FakeOffice, packed: KitProject) -> None:
    """It does not know the others' documents: where it changes any, all packs go; where it does not, they stay."""
    packed.build("--event", "contoh", "--form", "FR.APL.01")
    assert len(packs(packed)) == 26
    packed.edit_template("docx/FR.APL.01.docx", "Permohonan", "PERMOHONAN")
    packed.build("--event", "contoh", "--form", "FR.APL.01")
    assert not packs(packed)


def test_both_sides_of_the_paper_are_another_pack(office: FakeOffice, packed: KitProject) -> None:
    """The fake makes one page of each document: with its blank back, two; numbers on the cover follow."""
    packed.run("pack", "--event", "contoh", "--duplex")
    assert "26 packs: 26 written" in packed.said
    reader = pypdf.PdfReader(packs(packed)[of_candidate(1)])
    assert len(reader.pages) == 2 * len(reader.outline) and reader.page_labels[:3] == ["i", "ii", "1"]
    seal = read_seal(packs(packed)[of_candidate(1)])
    assert seal is not None and len(seal.holds) == len(reader.outline) - 1


def test_an_edited_document_stands_in_its_pack_as_it_was_edited(office: FakeOffice, project: KitProject) -> None:
    """And takes the pack away when it is edited again; neither is told with a name."""
    (edited,) = folder(project).rglob(named(f"03 {CANDIDATES[3]}/01 FR.APL.01.docx"))
    edit_by_hand(edited, "PERMOHONAN", "PERMINTAAN")
    project.run("pack", "--event", "contoh")
    assert "edited by hand; its pack holds as it was edited" in project.said
    assert named("Jadwal/contoh/2 Pendaftaran dan Pra-Asesmen/03 …/01 FR.APL.01.docx") in project.said
    project.run("pack", "--event", "contoh")
    assert "26 packs: 0 written" in project.said
    edit_by_hand(edited, "PERMINTAAN", "PERMOHONAN ANEH")
    project.build("--event", "contoh")
    assert of_candidate(3) not in packs(project) and len(packs(project)) == 25


def test_what_is_told_of_packs_names_nobody(office: FakeOffice, packed: KitProject) -> None:
    """Neither what was made, nor a pack that was changed, nor a document that cannot be printed."""
    noted = packs(packed)[of_candidate(1)]
    noted.write_bytes(noted.read_bytes() + b"% catatan\n")
    packed.edit_template("docx/FR.IA.05C.docx", "LEMBAR JAWABAN", "ASK:nothing LEMBAR JAWABAN")
    packed.run("pack", "--event", "contoh", expect=1)
    said = packed.said
    assert (
        "pack is not made" in said
        and f"{TEST}/{OF_ASESI}/02 ….pdf" in said
        and "14c FR.IA.05C Jawaban Pilihan Ganda - Paket " in said
    )
    assert not any(name in said for name in CANDIDATES.values()) and "Asesor Contoh" not in said
    assert noted.read_bytes().endswith(b"% catatan\n")


def test_names_that_hurt_make_names_of_files(office: FakeOffice, project: KitProject) -> None:
    """Safe on Windows, one for each candidate, within the folder."""
    cells = {(number, "nama lengkap"): name for number, name in enumerate(HURTING, 1)}
    status = {(number, "status"): "ikut" for number in range(1, len(HURTING) + 1)}
    type_in(project, {**cells, **status}).run("pack", "--event", "contoh")
    names = [Path(name).name for name in packs(project) if f"{BEFORE}/{OF_ASESI}" in name]
    assert [name[:2] for name in names] == [f"{number:02}" for number in range(1, len(HURTING) + 1)]
    assert not any(re.search(r'[<>:"/\\|?*\x00-\x1f]|[ .]\.pdf$', name) or len(name) > 50 for name in names)
    inside = folder(project).resolve()
    assert all(path.resolve().is_relative_to(inside) for path in packs(project).values())
    before = project.stamps()
    project.build("--event", "contoh")
    assert project.stamps() == before


# Which documents stand in which pack


@cache
def data() -> Data:
    return load_data(find_project(ROOT))


def planned(chosen: list[int], assessors: int) -> tuple[list[PlannedDocument], list[EventPack]]:
    event = schedule(chosen, assessors or 1)
    kit = event_kit(data().editions[0], event if assessors else replace(event, assessors=()))
    documents = plan_documents(data().forms, [kit])
    return documents, packs_of_event(documents)


@examples(6)
@given(st.lists(st.integers(1, 30), min_size=1, max_size=6, unique=True).map(sorted), st.integers(0, 3))
def test_every_document_stands_in_a_pack_of_its_audience(chosen: list[int], assessors: int) -> None:
    """All of them are printed; no pack mixes audiences; a person's own stand in their pack alone, each once."""
    documents, found = planned(chosen, assessors)
    held = [document.path for pack in found for document in pack.documents]
    assert set(held) == {document.path for document in documents}
    assert len({pack.path for pack in found}) == len(found)
    for pack in found:
        paths = [document.path for document in pack.documents]
        assert len(set(paths)) == len(paths)
        (audience,) = {document.form.audience for document in pack.documents}
        assert pack.is_secret == (audience == "kunci") and (pack.candidate is None) == (audience != "asesi")
        assert {document.form.moment for document in pack.documents} <= {pack.moment} or pack.is_secret
        if pack.candidate is not None:
            assert all(concerns(document, pack.candidate) for document in pack.documents)
            order = [document.form.number for document in pack.documents]
            assert order == sorted(order)
    for document in documents:
        if document.candidate is not None or document.assessor is not None or document.form.audience == "kunci":
            assert held.count(document.path) == 1


def test_a_path_is_told_without_names() -> None:
    """Of folders and packs of persons only the number; nothing else is touched."""
    told = {
        named("Jadwal/x/4 Untuk Asesor/01 Dr. A, S.E/03 B C/10 FR.IA.01.docx"): named(
            named("Jadwal/x/4 Untuk Asesor/01 …/03 …/10 FR.IA.01.docx")
        ),
        named("Jadwal/x/3 Untuk Asesi/00 Bersama/14a FR.IA.05A Paket A - KP 1.docx"): None,
        named("Jadwal/x/1 Admin/27 Daftar Hadir.docx"): None,
        f"Jadwal/x/Paket Cetak/{TEST}/3 Untuk Asesi/120 B.pdf": f"Jadwal/x/Paket Cetak/{TEST}/3 Untuk Asesi/120 ….pdf",
        f"Jadwal/x/Paket Cetak/{BEFORE}/Paket Cetak 1 Admin.pdf": None,
        f"Jadwal/x/Paket Cetak/Sejak Penyerahan 01/{TEST}/3 Untuk Asesi/120 B.pdf": f"Jadwal/x/Paket Cetak/Sejak Penyerahan 01/{TEST}/3 Untuk Asesi/120 ….pdf",
        "Jadwal/x/9 KUNCI - RAHASIA/Paket Cetak 9 KUNCI - RAHASIA.pdf": None,
        named("skema/2024/Per Unit/12 X/10 FR.IA.01.docx"): None,
    }
    assert {path: without_names(path) for path in told} == {path: after or path for path, after in told.items()}


# Wrong usage


@pytest.mark.parametrize("command", ["build", "plan", "pack", "verify"])
@pytest.mark.parametrize("option", ["--scheme", "--edition", "--unit"])
def test_an_event_takes_no_scheme_edition_or_unit(built: tuple[KitProject, object], command: str, option: str) -> None:
    """It is pinned to its own; what would be ignored is refused."""
    project = built[0].run(command, "--event", "contoh", option, "2024", expect=2)
    assert f"--event does not go with {option}" in project.said


# Reading an event back


def errors(project: KitProject, expect: int = 1) -> list[tuple[str, str]]:
    (found,) = _verified(project, expect)
    return [(each["message"], each["file"]) for each in found["findings"] if each["severity"] == "error"]


def _verified(project: KitProject, expect: int) -> list[dict[str, list[dict[str, str]]]]:
    import json

    project.run("verify", "--event", "contoh", "--json", expect=expect)
    assert project.last is not None
    return list(json.loads(project.last.stdout))


def apl(project: KitProject, number: int) -> Path:
    (path,) = folder(project).glob(named(f"2 */{number:02} */01 FR.APL.01.docx"))
    return path


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[KitProject]:
    """The sample with all forms that prove something, so that no criterion is a gap."""
    project = copied(root, tmp_path_factory.mktemp("dibaca") / "proyek")
    forms = {code for code, entry in project.forms().items() if entry.get("proves") or code in FORMS}
    gone = {(number, "status"): "mundur" for number in range(5, 12)}
    yield type_in(project.keep_forms(forms), gone).build("--event", "contoh")


@pytest.fixture
def read(whole: KitProject, tmp_path: Path) -> KitProject:
    return whole.copy_to(tmp_path / "proyek")


def test_a_built_event_is_found_whole(read: KitProject) -> None:
    """Every text and every name in its place; each criterion proven of each candidate; nothing is written."""
    before = read.stamps()
    assert errors(read, expect=0) == []
    read.run("verify", "--event", "contoh")
    assert re.search(r"^contoh +\d+ +0 +\d{4} +0 +50 +0$", read.said, flags=re.M)
    assert read.stamps() == before


def test_anothers_document_in_a_candidates_folder_is_found(read: KitProject) -> None:
    """Their own name is missing, the other's stands there; both are told by number and place, never by name."""
    shutil.copy(apl(read, 2), apl(read, 3))
    found = errors(read)
    file = named("output/Jadwal/contoh/2 Pendaftaran dan Pra-Asesmen/03 …/01 FR.APL.01.docx")
    assert found == [
        ("name of candidate 3 is not there", file),
        *((f"{what} of candidate 2 stands in a document that is not theirs", file)
          for what in ("name", "identity number", "e-mail", "mobile number")),
    ]  # fmt: skip
    assert not any(name in read.said for name in CANDIDATES.values()) and "Asesor Contoh" not in read.said


def test_a_name_in_a_shared_document_is_found(read: KitProject) -> None:
    """A question book is nobody's; an assessor's report is of their own candidates."""
    (book,) = folder(read).glob(named("3 */00 Bersama/*FR.IA.05A Paket A - KP 1.docx"))
    edit_by_hand(book, "Jawab semua pertanyaan", f"Milik {CANDIDATES[2]}. Jawab semua pertanyaan")
    (report,) = folder(read).glob(named("4 */01 */23 FR.AK.05.docx"))
    edit_by_hand(report, CANDIDATES[2], "Asesi Contoh 08")
    assert {message for message, _ in errors(read)} == {
        "name of candidate 2 stands in a document that is not theirs",
        "name of candidate 8 stands in a document that is not theirs",
    }


def test_a_missing_checklist_is_a_gap_of_its_candidate(read: KitProject) -> None:
    """The others' checklists do not prove theirs."""
    (checklist,) = folder(read).glob(named(f"4 */01 */03 {CANDIDATES[3]}/10 FR.IA.01.docx"))
    checklist.unlink()
    found = errors(read)
    assert found[0][0] == "document is not there" and named("/03 …/10 FR.IA.01.docx") in found[0][1]
    gaps = [message for message, _ in found[1:]]
    assert gaps and all("is proven by no document of candidates 3 for its primary method" in gap for gap in gaps)


def test_names_that_hurt_are_read_back(read: KitProject) -> None:
    """One word of which is part of an address, that of an actor, another's, two alike: nothing is found that is not wrong."""
    (actor,) = re.findall(
        r"actors?:\n *- .*?name: (.+?)\n", (read.edition / "scenarios/KEL-01.yaml").read_text("utf-8"), re.S
    )[:1]
    names = [*HURTING, actor.strip("\"'")]
    cells: dict[tuple[int, str], object] = {(number, "nama lengkap"): name for number, name in enumerate(names, 1)}
    cells |= {(number, "status"): "ikut" for number in range(1, len(names) + 1)}
    type_in(read, cells).build("--event", "contoh")
    assert errors(read, expect=0) == []


# Again: what changed since a delivery, one page


def test_only_what_changed_since_a_delivery_is_packed(office: FakeOffice, packed: KitProject) -> None:
    """Below its own folder, for those it concerns; it stays while what it holds is right, and goes when it is not."""
    packed.run("pack", "--event", "contoh", "--since", "1", expect=1)
    assert "there was no delivery 1" in packed.said
    packed.run("event", "deliver", "contoh")
    type_in(packed, {(3, "nama lengkap"): "Asesi Contoh Baru"}).run("pack", "--event", "contoh", "--since", "1")
    home = "Paket Cetak/Sejak Penyerahan 01"
    made = {name for name in packs(packed) if name.startswith(home)}
    assert {name for name in made if OF_ASESI in name} == {
        f"{home}/{moment}/{OF_ASESI}/03 Asesi Contoh Baru.pdf" for moment in (BEFORE, TEST, AFTER)
    }
    before = pypdf.PdfReader(packs(packed)[f"{home}/{BEFORE}/{OF_ASESI}/03 Asesi Contoh Baru.pdf"])
    assert [str(entry.title)[:2] for entry in before.outline[1:]] == ["01", "09"]  # type: ignore[union-attr]
    packed.build("--event", "contoh")
    assert made <= packs(packed).keys()
    type_in(packed, {(3, "nama lengkap"): "Asesi Contoh Lain"}).build("--event", "contoh")
    assert not {name for name in packs(packed) if name.startswith(home) and OF_ASESI in name}


def test_all_packs_of_a_moment_are_one_file_in_print_order(office: FakeOffice, packed: KitProject) -> None:
    """Assessor after assessor with their candidates, a separator before each; no key; made once, and goes when it lies."""
    packed.run("pack", "--event", "contoh", "--in-one")
    name = f"Paket Cetak/{TEST}/Paket Cetak Urut - Tes Tertulis.pdf"
    titles = [str(entry.title) for entry in pypdf.PdfReader(packs(packed)[name]).outline]  # type: ignore[union-attr]
    people = [f"Asesi {number:02} - {CANDIDATES[number]}" for number in (1, 2, 3, 4)]
    assert [title for title in titles if title in people] == people
    first, second = (at for at, title in enumerate(titles) if title.startswith("Asesor 0"))
    assert (first, titles[second + 1]) == (0, people[3])
    assert not any("KUNCI" in key and "Urut" in key for key in packs(packed))
    packed.run("pack", "--event", "contoh", "--in-one")
    assert ": 0 written" in packed.said
    type_in(packed, {(3, "nama lengkap"): "Asesi Contoh Baru"}).build("--event", "contoh")
    assert name not in packs(packed)


def test_a_page_is_printed_again_with_its_reason(office: FakeOffice, packed: KitProject) -> None:
    """Found by its Kode Dokumen however it is typed; recorded without a name; gone once the page is another."""
    serial = serials(packed)[named(f"2 Pendaftaran dan Pra-Asesmen/03 {CANDIDATES[3]}/01 FR.APL.01.docx")]
    typed = serial.lower().replace("-", " ")
    packed.run("event", "reprint", "contoh", typed, "--page", "1", "--reason", "sobek saat ditandatangani")
    (page,) = (path for name, path in packs(packed).items() if "Cetak Ulang" in name)
    assert page.name == f"01 {serial} halaman 1.pdf" and len(pypdf.PdfReader(page).pages) == 1
    record = (packed.root / "events/contoh/cetak-ulang.json").read_text("utf-8")
    assert "sobek saat ditandatangani" in record and serial in record and '"candidate": 3' in record
    assert CANDIDATES[3] not in record
    packed.run("event", "reprint", "contoh", serial, "--page", "9", "--reason", "hilang", expect=1)
    assert "has 1 page, not a page 9" in packed.said
    packed.run("event", "reprint", "contoh", serial, "--page", "1", "--reason", " ", expect=2)
    packed.run("event", "reprint", "contoh", "ABCD-EFGH-JKM", "--page", "1", "--reason", "hilang", expect=1)
    packed.build("--event", "contoh")
    assert page.is_file()
    type_in(packed, {(3, "nama lengkap"): "Asesi Contoh Baru"}).build("--event", "contoh")
    assert not page.exists()


@pytest.mark.parametrize("mark", ["~$jadwal.xlsx", ".~lock.jadwal.xlsx#"])
def test_a_workbook_open_elsewhere_is_told(project: KitProject, mark: str) -> None:
    """Excel and LibreOffice leave a mark beside it; what is typed there is not saved yet."""
    project.run("event", "check", "contoh")
    assert "is open in" not in project.said
    (project.root / "events/contoh" / mark).touch()
    project.run("event", "check", "contoh")
    assert project.said.count("what was not saved there is not seen") == 1
