"""Deliveries: everyone gets theirs and nothing else, once; what is void is named; the record knows it all by number."""

import json
import re
import shutil
from pathlib import Path
from typing import Any, cast

import docx
import openpyxl
import pytest
import yaml
from event_cases import (
    NAME,
    all_text,
    assessor_name,
    change,
    entries,
    event_project,
    every_file,
    home,
    kit_of,
    made,
    rename,
)
from file_names import named
from harness import SLUG, KitProject, W, edit_by_hand
from hypothesis import given
from hypothesis import strategies as st
from planted_secrets import planted

from kitgen.base.errors import KitgenError
from kitgen.documents.disk import document as output
from kitgen.documents.disk.document import find_document
from kitgen.documents.disk.zips import is_our_bundle, write_bundle
from kitgen.documents.pdf.seal import read_seal, sealed
from kitgen.events.handover import parcels as handover
from kitgen.events.handover.holdings import holdings, in_hands
from kitgen.events.handover.parcels import DeliverableDocument, Outgoing, Parcel, outgoing
from kitgen.load.event.handover_record import handovers_text, load_handovers
from kitgen.model.forms import UNFINISHED_NOTE
from kitgen.model.handover import Delivery, HandedDocument, HandedZip, HandoverRecord

pytestmark = pytest.mark.slow

ZIPS = {
    "1 Admin", "2 Pendaftaran dan Pra-Asesmen", "3 Untuk Asesi", "4 Untuk Asesor 01", "4 Untuk Asesor 02", "5 Pemeran",
    "9 KUNCI - RAHASIA",
}  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, root: Path) -> KitProject:
    return event_project(root, tmp_path_factory.mktemp("serah") / "proyek").build("--event", NAME)


@pytest.fixture(scope="module")
def delivered(built: KitProject, tmp_path_factory: pytest.TempPathFactory) -> KitProject:
    return deliver(built.copy_to(tmp_path_factory.mktemp("terima") / "proyek"), "--spare", "2")


@pytest.fixture
def project(built: KitProject, tmp_path: Path) -> KitProject:
    return built.copy_to(tmp_path / "proyek")


@pytest.fixture
def after(delivered: KitProject, tmp_path: Path) -> KitProject:
    """A copy of the delivered event, to change."""
    return delivered.copy_to(tmp_path / "proyek")


def deliver(project: KitProject, *arguments: str, expect: int = 0) -> KitProject:
    return project.run("event", "deliver", NAME, *arguments, expect=expect)


def folder(project: KitProject, number: int = 1) -> Path:
    return made(project) / f"Serah Terima/{number:02}"


def zips(project: KitProject, number: int = 1) -> dict[str, dict[str, bytes]]:
    return {path.stem: entries(path) for path in sorted(folder(project, number).glob("*.zip"))}


def documents_in(files: dict[str, bytes]) -> set[str]:
    return {name for name in files if not name.startswith("Lembar Serah Terima")}


def record_of(project: KitProject) -> HandoverRecord:
    path = home(project) / "serah-terima.json"
    return load_handovers(path, path.name)


def zipped(project: KitProject, stem: str, number: int = 1) -> HandedZip:
    (found,) = (each for each in record_of(project)[number - 1].zips if each.file == f"{number:02}/{stem}.zip")
    return found


def sheet(project: KitProject, stem: str, number: int = 1) -> str:
    path = folder(project, number) / f"Lembar Serah Terima {stem}.docx"
    return project.text(path.relative_to(project.root / "output").as_posix())


def test_everyone_gets_theirs(delivered: KitProject) -> None:
    """A zip for each audience and assessor; every document in one of them, the same bytes; what is shared in each.

    Cards with model answers only where an assessor sees them played.
    """
    found = zips(delivered)
    assert set(found) == ZIPS
    everything = {
        path.relative_to(made(delivered)).as_posix(): path.read_bytes()
        for path in every_file(made(delivered))
        if path.suffix in (".docx", ".xlsx") and "Serah Terima" not in path.parts
    }
    assert {name for files in found.values() for name in documents_in(files)} == set(everything)
    for stem, files in found.items():
        number = re.search(r"\d\d$", stem)
        for name in documents_in(files):
            assert files[name] == everything[name]
            assert name.startswith(stem[: number.start() - 1] if number else stem)
            if number:
                assert name.split("/")[1][:2] in ("00", number[0])
    shared = {name for name in everything if name.startswith("4 Untuk Asesor/00 Bersama/")}
    cards = {name for name in shared if "Kartu Asesor" in name}
    held = [set(found[f"4 Untuk Asesor 0{number}"]) for number in (1, 2)]
    assert shared - cards and cards and all(shared - cards <= each for each in held)
    assert cards == held[0] & cards | held[1] & cards and held[0] & cards != held[1] & cards
    played: dict[int, set[str]] = {}
    parts = kit_of(delivered).event
    assert parts is not None
    for each in parts.taking_part:
        ids = {scenario.id for scenario in parts.assigned[each.number].scenarios}
        played.setdefault(each.assessor or 0, set()).update(ids)
    for number, names in enumerate(held, 1):
        assert {match[0] for name in names & cards if (match := re.search(r"[A-Z]{3}-\d\d", name))} == played[number]


def test_no_secret_reaches_the_candidates_zip(root: Path, tmp_path: Path) -> None:
    """Every key, reason, answer and cue carries a marker; none is in what candidates or the office get."""
    project = event_project(root, tmp_path / "proyek")
    markers: dict[str, set[str]] = {}
    for file in sorted([*project.edition.glob("questions/*.yaml"), *project.edition.glob("scenarios/*.yaml")]):
        data = yaml.safe_load(file.read_text("utf-8"))
        file.write_text(yaml.safe_dump(planted(data, (), markers), allow_unicode=True, width=100_000), "utf-8")
    deliver(project.build("--event", NAME))
    reached: dict[str, set[str]] = {}
    for path in folder(project).glob("*.zip"):
        reached[path.stem] = set(re.findall(r"ZRAHASIA\d{4}Z", all_text(path.read_bytes())))
    for stem in ("1 Admin", "2 Pendaftaran dan Pra-Asesmen", "3 Untuk Asesi"):
        assert reached[stem] == set()
    assert reached["9 KUNCI - RAHASIA"] and reached["4 Untuk Asesor 01"]
    assert all("pemeran" in markers[marker] for marker in reached["5 Pemeran"])


def test_the_sheet_lists_what_the_zip_holds(delivered: KitProject) -> None:
    """Each Kode Dokumen that stands on the documents, whose they are, copies and spare; beside the zip and in it."""
    for stem, files in zips(delivered).items():
        beside = folder(delivered) / f"Lembar Serah Terima {stem}.docx"
        assert files[beside.name] == beside.read_bytes()
        text, handed = sheet(delivered, stem), zipped(delivered, stem)
        serials = set()
        for name in documents_in(files):
            found = find_document(made(delivered) / name)
            assert found is not None and found.record is not None
            serials.add(found.record.serial)
        assert {document.serial for document in handed.documents} == serials
        assert all(serial in text for serial in serials) and handed.sheet in text
        assert f"Jumlah: {len(handed.documents)} dokumen" in text
    for stem, whom in (("2 Pendaftaran dan Pra-Asesmen", "Asesi 11"), ("4 Untuk Asesor 02", "Asesor 02")):
        assert whom in sheet(delivered, stem) and "Yang menerima kembali" in sheet(delivered, stem)
    assert "RAHASIA: memuat kunci" in sheet(delivered, "9 KUNCI - RAHASIA")
    assert "RAHASIA" not in sheet(delivered, "3 Untuk Asesi")


def test_copies_are_as_many_as_work_with_them(delivered: KitProject) -> None:
    """A question book for each candidate of its paper, spare ones of what is shared, one of all that is personal."""
    handed = zipped(delivered, "3 Untuk Asesi").documents
    books = {each.qualifier: each for each in handed if each.form == "FR.IA.05A"}
    papers = [each for each in handed if each.form == "FR.IA.05C"]
    assert sum(book.copies for book in books.values()) == len(papers) == 20  # KP 1: all 11; KP 2: all but background 3
    assert {each.spare for each in handed if each.candidate is None} == {2}
    assert {(each.copies, each.spare) for each in handed if each.candidate is not None} == {(1, 0)}
    assert {each.spare for stem in ZIPS - {"3 Untuk Asesi"} for each in zipped(delivered, stem).documents} == {0}


def test_what_is_stale_is_not_handed_over(project: KitProject) -> None:
    """Neither changed documents nor such that nobody asks for; how many there are is told."""
    rename(project, 3, "Asesi Contoh Baru")
    before = project.tree()
    deliver(project, expect=1)
    assert re.search(r"\d+ of \d+ documents are not what they would be now", project.said)
    assert "Baru" not in project.said and "kitgen build --event contoh" in project.said
    assert project.tree() == before and not (home(project) / "serah-terima.json").exists()


def test_a_second_delivery_of_the_same_is_none(after: KitProject) -> None:
    """Nothing is written; so it is after a build that has nothing to do."""
    before, record = after.stamps(), (home(after) / "serah-terima.json").read_bytes()
    (folder(after) / "BELUM SELESAI.txt").write_text("", "utf-8")  # of a run killed after the record was written
    deliver(after)
    assert "nothing is new" in after.said
    assert after.stamps() == before and (home(after) / "serah-terima.json").read_bytes() == record
    after.build("--event", NAME)
    assert "0 written" in after.said and deliver(after).stamps() == before


def test_a_late_change_gives_a_supplement(after: KitProject) -> None:
    """Only what changed, each with the Kode Dokumen it replaces; what is void is named; nothing to those untouched."""
    earlier = {each.key: each for each in zipped(after, "2 Pendaftaran dan Pra-Asesmen").documents}
    rename(after, 1, "Asesi Berganti Nama")
    change(after, 3, "status", "mundur")
    deliver(after.build("--event", NAME))
    assert set(zips(after, 2)) == ZIPS - {"4 Untuk Asesor 02", "5 Pemeran"}  # score sheets name candidates
    handed = zipped(after, "2 Pendaftaran dan Pra-Asesmen", 2)
    assert {each.candidate for each in handed.documents} == {1}
    assert all(each.replaces == earlier[each.key].serial != each.serial for each in handed.documents)
    assert {(each.candidate, each.serial) for each in handed.withdrawn} == {
        (3, each.serial) for each in earlier.values() if each.candidate == 3
    }
    text = sheet(after, "2 Pendaftaran dan Pra-Asesmen", 2)
    assert "susulan" in text and "menggantikan" in text and "Dokumen yang ditarik" in text
    assert all(each.replaces in text for each in handed.documents)
    assert all(each.serial in text for each in handed.withdrawn)
    assert "nothing is new" in deliver(after).said


def test_a_moved_candidate_changes_hands(after: KitProject) -> None:
    """The papers go to the new assessor and are void at the old one."""
    change(after, 1, "asesor (no.)", 2)
    deliver(after.build("--event", NAME))
    old, new = zipped(after, "4 Untuk Asesor 01", 2), zipped(after, "4 Untuk Asesor 02", 2)
    assert {each.form for each in old.withdrawn} == {each.form for each in new.documents if each.candidate == 1}
    assert all(each.candidate == 1 for each in old.withdrawn) and not new.withdrawn


def test_papers_of_candidates_without_an_assessor_go_to_none(after: KitProject) -> None:
    """They make a zip of their own, and are void where they were."""
    first = {each.key for number in (1, 2) for each in zipped(after, f"4 Untuk Asesor 0{number}").documents}
    for row in (1, 2):
        assessor_name(after, row, None)
    deliver(after.build("--event", NAME))
    open_ones = zipped(after, "4 Untuk Asesor", 2)
    assert open_ones.assessor is None and {each.candidate for each in open_ones.documents} == {None, *range(1, 12)}
    assert "belum dibagi" in sheet(after, "4 Untuk Asesor", 2)
    old = {each.key for number in (1, 2) for each in zipped(after, f"4 Untuk Asesor 0{number} (lama)", 2).withdrawn}
    assert old == first


def test_a_replaced_assessor_gets_everything(after: KitProject) -> None:
    """Under the old number: the new person holds nothing yet, and what the old one holds is void."""
    first = zipped(after, "4 Untuk Asesor 02")
    assessor_name(after, 2, "Pengganti Contoh")
    deliver(after.build("--event", NAME))
    new, old = zipped(after, "4 Untuk Asesor 02", 2), zipped(after, "4 Untuk Asesor 02 (lama)", 2)
    assert (
        {each.key for each in new.documents}
        == {each.key for each in first.documents}
        == {each.key for each in old.withdrawn}
    )
    assert "Pengganti Contoh" in sheet(after, "4 Untuk Asesor 02", 2)
    assert new.holder != first.holder == old.holder and "nothing is new" in deliver(after).said


def test_one_candidate_more_needs_one_book_more(after: KitProject) -> None:
    """A shared document that is as it was goes out again in as many copies as are lacking."""
    change(after, 5, "paket", "A")
    deliver(after.build("--event", NAME))
    handed = {each.key: each for each in zipped(after, "3 Untuk Asesi", 2).documents}
    book = handed["FR.IA.05A", "Paket A - KP 1", None, None]
    assert (book.copies, book.spare, book.replaces) == (1, 0, "")
    assert {each.form for each in handed.values()} == {"FR.IA.05A", "FR.IA.05C"}


def test_copies_that_are_one_too_many_are_asked_back(after: KitProject) -> None:
    """Of a paper that stays good, told once; one who comes later needs a copy again. What is void is told with its copies."""
    first = {each.key: each for each in zipped(after, "3 Untuk Asesi").documents}
    change(after, 3, "status", "mundur")
    deliver(after.build("--event", NAME))
    handed = zipped(after, "3 Untuk Asesi", 2)
    key, kept = next((each.key, each) for each in handed.surplus if each.form == "FR.IA.05A")
    assert (kept.serial, kept.copies, kept.spare) == (first[key].serial, 1, 0)
    held = in_hands(record_of(after))["3 Untuk Asesi", None, ""]
    assert (held[key].copies, held[key].spare) == (first[key].copies - 1, 2)
    assert all(each.key in first and (each.copies, each.spare) == (1, 0) for each in handed.withdrawn)
    text = sheet(after, "3 Untuk Asesi", 2)
    told = text[text.index("Eksemplar yang tidak diperlukan lagi") :]
    assert kept.serial in told and f"FR.IA.05A {kept.qualifier}" in told
    assert f", {len(handed.withdrawn)} to be withdrawn, {len(handed.surplus)} with copies too many" in after.said
    assert "nothing is new" in deliver(after).said
    change(after, 3, "status", "ikut")
    deliver(after.build("--event", NAME))
    assert {each.key: each.copies for each in zipped(after, "3 Untuk Asesi", 3).documents}[key] == 1


def test_a_shared_paper_nobody_sits_any_more_is_void_with_all_its_copies(after: KitProject) -> None:
    """Spare ones too, as the sheet counts them."""
    books = [each for each in zipped(after, "3 Untuk Asesi").documents if each.form == "FR.IA.05A"]
    for number in range(1, 13):
        change(after, number, "paket", books[0].qualifier.split()[1])
    deliver(after.build("--event", NAME))
    void = {each.key: each for each in zipped(after, "3 Untuk Asesi", 2).withdrawn}
    others = [each for each in books if each.qualifier.split()[1] != books[0].qualifier.split()[1]]
    assert len(others) > 1
    assert [(void[each.key].copies, void[each.key].spare) for each in others] == [(each.copies, 2) for each in others]


def test_a_record_of_before_counts_were_kept_is_read(after: KitProject) -> None:
    """Without counts of what was void, and without copies that were too many."""
    change(after, 3, "status", "mundur")
    deliver(after.build("--event", NAME))
    path = home(after) / "serah-terima.json"
    data = json.loads(path.read_text("utf-8"))
    for one in (zipped for delivery in data["deliveries"] for zipped in delivery["zips"]):
        del one["surplus"]
        for void in one["withdrawn"]:
            del void["copies"], void["spare"]
    path.write_text(json.dumps(data), "utf-8")
    assert all(not each.surplus for delivery in record_of(after) for each in delivery.zips)
    assert "with copies too many" in deliver(after).said


@pytest.mark.parametrize("stem", sorted(ZIPS))
def test_signatures_stay_with_the_last_rows_of_their_list(delivered: KitProject, stem: str) -> None:
    """All between the last document and the signatures keeps with what follows: no page holds nothing but signatures."""
    body = docx.Document(str(folder(delivered) / f"Lembar Serah Terima {stem}.docx")).element.body
    blocks = [each for each in body if each.tag != f"{W}sectPr"]
    signing = max(number for number, each in enumerate(blocks) if each.tag == f"{W}tbl")
    tail = max(number for number, each in enumerate(blocks[:signing]) if each.tag == f"{W}tbl")
    assert zipped(delivered, stem).documents[-1].serial in "".join(blocks[tail].itertext())
    kept = [each for block in blocks[tail:signing] for each in block.iter(f"{W}p")]
    assert len(kept) > 3 and all(each.find(f"{W}pPr/{W}keepNext") is not None for each in kept)


def test_edited_files_go_as_they_are_and_foreign_ones_never(project: KitProject) -> None:
    """Nor leftovers, hidden files, the index, or PDFs that do not say what their documents say."""
    path = next(made(project).glob(named("3 Untuk Asesi/01 */14c FR.IA.05C Paket ? - KP 1.docx")))
    edit_by_hand(path, "Pilihan Ganda", "Pilihan Banyak")
    second = next(made(project).glob(named("3 Untuk Asesi/02 */14c FR.IA.05C Paket ? - KP 1.docx")))
    found = find_document(second)
    assert found is not None
    pdf = b"%PDF-1.7\n1 0 obj\nstartxref\n0\n%%EOF\n"
    for number, content in (("02", sealed(pdf, "document", found.digest, "x")), ("03", pdf),
                            ("04", sealed(pdf, "document", "0" * 64, "x"))):  # fmt: skip
        own = next(made(project).glob(named(f"3 Untuk Asesi/{number} */14c FR.IA.05C Paket ? - KP 1.docx")))
        own.with_suffix(".pdf").write_bytes(content)
    for name in ("catatan.txt", ".hidden.docx", "~$FR.docx", ".kitgen-x.docx", "foto.jpg"):
        (path.parent / name).write_bytes(b"ASING")
    deliver(project)
    assert "FR.IA.05C, candidate 1: edited by hand" in project.said and "2 PDFs say something else" in project.said
    files = zips(project)["3 Untuk Asesi"]
    relative = path.relative_to(made(project)).as_posix()
    assert files[relative] == path.read_bytes() and "Pilihan Banyak" in all_text(files[relative])
    assert (
        [name for name in files if name.endswith(".pdf")]
        == [name for name in files if "/02 " in name and name.endswith(".pdf") and "14c FR.IA.05C" in name]
        != []
    )
    assert not any(b"ASING" in content for each in zips(project).values() for content in each.values())
    assert not any("manifest" in name for each in zips(project).values() for name in each)
    sheets_of_first = [each for each in zipped(project, "3 Untuk Asesi").documents
                       if (each.form, each.candidate) == ("FR.IA.05C", 1)]  # fmt: skip
    assert [each.is_edited for each in sheets_of_first].count(True) == 1  # of one cluster, not of the other
    assert "disunting dengan tangan" in sheet(project, "3 Untuk Asesi")


def test_what_was_typed_into_a_workbook_is_no_change_to_hand_over(after: KitProject) -> None:
    """It is the person's, not the document's."""
    path = made(after) / named("1 Admin/31 Rekap Jadwal.xlsx")
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["D12"].value = "K"
    book.save(path)
    assert "nothing is new" in deliver(after).said


def test_the_record_tells_no_names_and_who_holds_a_serial(after: KitProject) -> None:
    """No name, no NIK; by a serial: which delivery, zip, number, and what replaced it."""
    text = (home(after) / "serah-terima.json").read_text("utf-8")
    book = openpyxl.load_workbook(home(after) / "jadwal.xlsx")
    people = {
        str(cell.value)
        for name in ("Asesi", "Asesor")
        for row in book[name].iter_rows(min_row=4)
        for cell in row
        if isinstance(cell.value, str) and len(cell.value) > 6
    }
    assert len(people) > 60 and not [each for each in people if each in text and each != "Sertifikasi"]
    assert not re.search(r"\b\d{16}\b", text)
    old = next(each for each in zipped(after, "4 Untuk Asesor 01").documents if each.candidate == 1)
    (held,) = holdings(record_of(after), old.serial)
    assert (held.delivery, held.zipped.assessor, held.document.candidate, held.void_since) == (1, 1, 1, None)
    rename(after, 1, "Asesi Berganti Nama")
    deliver(after.build("--event", NAME))
    (held,) = holdings(record_of(after), old.serial)
    assert held.void_since == 2 and holdings(record_of(after), held.replaced_by)[0].delivery == 2
    shared = next(each for each in zipped(after, "4 Untuk Asesor 01").documents if each.form == "FR.VA")
    assert [each.zipped.assessor for each in holdings(record_of(after), shared.serial)] == [1, 2]
    assert holdings(record_of(after), "0000-0000-000") == []


def test_the_same_event_gives_the_same_bytes(built: KitProject, delivered: KitProject, tmp_path: Path) -> None:
    """Zips, sheets and record; and each zip tells that it is ours until someone changes it."""
    again = deliver(built.copy_to(tmp_path / "lain"), "--spare", "2")
    assert again.tree() == delivered.tree()
    assert (home(again) / "serah-terima.json").read_bytes() == (home(delivered) / "serah-terima.json").read_bytes()
    path = folder(again) / "1 Admin.zip"
    assert is_our_bundle(path)
    path.write_bytes(path.read_bytes().replace(b"PK\x01\x02", b"PK\x01\x03", 1))
    assert not is_our_bundle(path)


def test_a_killed_delivery_handed_nothing_over(
    built: KitProject, delivered: KitProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At any file: no record; the next run makes all of it, as if nothing had happened."""
    write = output.write_whole
    for stop in (5, 15):
        project = built.copy_to(tmp_path / str(stop))
        left = [stop]

        def dying(path: Path, data: bytes, durable: bool = True, left: list[int] = left) -> None:
            if not left[0]:
                raise KeyboardInterrupt
            left[0] -= 1
            write(path, data)

        with monkeypatch.context() as patch:
            for module in ("events.handover.deliver", "events.handover.parcel_zips", "documents.disk.zips"):
                patch.setattr(f"kitgen.{module}.write_whole", dying)
            project.run("event", "deliver", NAME, expect=130)
        assert not (home(project) / "serah-terima.json").exists()
        deliver(project, "--spare", "2")
        assert project.tree() == delivered.tree()


def test_leftovers_of_another_state_go_and_strangers_stop_it(project: KitProject) -> None:
    """In the folder of the delivery: ours are of a run that was killed, anybody else's are theirs."""
    folder(project).mkdir(parents=True)
    write_bundle(folder(project) / "4 Untuk Asesor 07.zip", [("a", b"b")])
    (folder(project) / "pindai.pdf").write_bytes(b"x")
    (folder(project) / "BELUM SELESAI.txt").write_text("", "utf-8")
    deliver(project, expect=1)
    assert "1 file lies where this delivery goes" in project.said
    (folder(project) / "pindai.pdf").unlink()
    deliver(project)
    assert set(zips(project)) == ZIPS and not (folder(project) / "BELUM SELESAI.txt").exists()


def test_a_lost_record_lets_no_delivery_be_written_over(after: KitProject, tmp_path: Path) -> None:
    """Neither a missing one nor an older one put in its place; moved away, all goes out again."""
    record = home(after) / "serah-terima.json"
    old = record.read_bytes()
    rename(after, 1, "Asesi Berganti Nama")
    deliver(after.build("--event", NAME))
    for content, number in ((None, "01"), (old, "02")):
        record.unlink()
        if content is not None:
            record.write_bytes(content)
        before = after.tree()
        deliver(after, "--spare", "5", expect=1)
        assert f"Serah Terima/{number}" in after.said and "the record (serah-terima.json) does not know" in after.said
        assert after.tree() == before and record.is_file() == (content is not None)
        record.write_bytes(old)
    folder(after, 2).rename(tmp_path / "lama")
    deliver(after)
    assert zipped(after, "2 Pendaftaran dan Pra-Asesmen", 2).documents


def test_an_open_leftover_is_one_clear_error(project: KitProject, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows, where a file somebody has open cannot be removed: nothing is handed over."""
    folder(project).mkdir(parents=True)
    write_bundle(folder(project) / "4 Untuk Asesor 07.zip", [("a", b"b")])
    (folder(project) / UNFINISHED_NOTE).write_text("belum selesai", "utf-8")

    def refused(self: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", refused)
    deliver(project, expect=1)
    assert "file cannot be removed (Permission denied)" in project.said
    assert "close it in the program that has it open" in project.said
    assert not (home(project) / "serah-terima.json").exists()


def test_what_lies_in_a_delivery_is_no_document_of_the_plan(after: KitProject) -> None:
    """Unpacked beside its zip it is neither orphan nor foreign, and a build leaves it alone."""
    shutil.unpack_archive(folder(after) / "4 Untuk Asesor 01.zip", folder(after))
    sealed_pdf = sealed(b"%PDF-1.7\n1 0 obj\nstartxref\n0\n%%EOF\n", "document", "0" * 64, "x")
    (folder(after) / "cetak.pdf").write_bytes(sealed_pdf)
    before = after.tree()
    result = after.json("plan", "--event", NAME)
    assert result["summary"]["orphans"] == 0 and not any("Serah" in row["path"] for row in result["documents"])
    assert after.build("--event", NAME).tree() == before


@pytest.mark.parametrize(
    ("change_text", "told"),
    [
        (lambda text: text[:-20], "is no JSON"),
        (lambda text: text.replace('"format": 1', '"format": 9'), "later kitgen"),
        (lambda text: text.replace('"number": 1', '"number": 2'), "do not count from 1"),
        (lambda text: re.sub(r'"serial": "\w', '"serial": "?', text, count=1), "delivery 1, zip 1, documents 1, serial"),
        (lambda text: text.replace('"copies": 1', '"copies": -1', 1), "documents 1, copies"),
        (lambda text: text.replace('"audience": "admin"', '"audience": "all"', 1), "zip 1, audience"),
        (lambda text: text.replace('"folder": "4 Untuk Asesor"', '"folder": "../../../keluar"', 1), "zip 4, folder"),
        (lambda text: text.replace('"folder": "3 Untuk Asesi"', '"folder": "9 KUNCI - RAHASIA"', 1), "zip 3, folder"),
        (lambda text: "[]", "the file"),
    ],
)  # fmt: skip
def test_a_damaged_record_is_never_taken_for_an_empty_one(after: KitProject, change_text: Any, told: str) -> None:
    """What was handed over cannot be told from anything else."""
    path = home(after) / "serah-terima.json"
    path.write_text(change_text(path.read_text("utf-8")), "utf-8")
    before = after.tree()
    deliver(after, expect=1)
    assert told in after.said and after.tree() == before


def test_a_record_is_spelled_one_way(delivered: KitProject) -> None:
    """Read and written again, it is the same file."""
    path = home(delivered) / "serah-terima.json"
    assert handovers_text(load_handovers(path, path.name)) == path.read_text("utf-8")
    assert json.loads(path.read_text("utf-8"))["format"] == 1


# Whatever happens to an event, everyone holds what they are to hold after each delivery


states = st.lists(st.dictionaries(st.integers(1, 5), st.tuples(st.integers(0, 3), st.integers(1, 4))), max_size=6)


@given(states=states)
def test_after_each_delivery_everyone_holds_what_there_is(states: list[dict[int, tuple[int, int]]]) -> None:
    """By any history of documents that come, change, need more copies and go; and a second delivery is empty."""
    record: HandoverRecord = ()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(handover, "handed_of", lambda lying, spare: lying.planned)
        for state in states:
            lying = tuple(
                DeliverableDocument(str(key), cast(Any, HandedDocument("F", "", key, None, f"S{key}{words}", f"D{words}", copies)),
                      f"S{key}{words}", f"D{words}")
                for key, (words, copies) in state.items()
            )  # fmt: skip
            parcel = Parcel("p", "p", "asesi", None, "", lying)
            record = (*record, Delivery(len(record) + 1, (_zip(outgoing(parcel, record, 0)),)))
            held = in_hands(record)[parcel.owner]
            assert {key[2]: each.digest for key, each in held.items()} == {
                key: f"D{words}" for key, (words, _) in state.items()
            }
            assert all(each.copies == state[cast(int, key[2])][1] for key, each in held.items())
            assert outgoing(parcel, record, 0).is_nothing


def _zip(going: Outgoing) -> HandedZip:
    handed = tuple(each for _, each in going.documents)
    return HandedZip("p", "asesi", None, "", "p.zip", "", handed, going.withdrawn, going.surplus)


@pytest.mark.parametrize("read", [find_document, read_seal, is_our_bundle])
def test_an_error_about_an_unreadable_file_tells_no_name(tmp_path: Path, read: Any) -> None:
    """A pack is called as its holder; a folder of that name cannot be read, as a locked file cannot."""
    place = "output/Jadwal/contoh/Paket Cetak/3 Untuk Asesi/03 Budi Rahasia.pdf"
    for each, told in (
        (place, "Jadwal/contoh/Paket Cetak/3 Untuk Asesi/03 ….pdf"),
        ("lain/01 Kisi.pdf", "01 Kisi.pdf"),
    ):
        (tmp_path / each).mkdir(parents=True)
        with pytest.raises(KitgenError) as caught:
            read(tmp_path / each)
        assert told in str(caught.value) and "Rahasia" not in str(caught.value)


def test_the_sheet_of_a_delivery_proves_itself(delivered: KitProject) -> None:
    """Its code is that of its words under the event's secret."""
    sheet = next(folder(delivered).glob("Lembar Serah Terima*.docx"))
    found = find_document(sheet)
    assert found is not None and found.record is not None
    delivered.run("explain", found.record.serial)
    assert "good: it is a sheet that goes with the documents" in delivered.said


def test_questions_handed_out_are_told_wherever_the_bank_is_cared_for(after: KitProject, tmp_path: Path) -> None:
    """By check, in the workbook of the bank and on the list of FR.VA; also when the event was purged, never on the
    event's own FR.VA.
    """
    asked = {id for each in handed(after) for id in each["questions"]}
    assert asked and all(each["bank"] == SLUG for each in handed(after) if each["questions"])
    assert not any(each["questions"] for each in handed(after) if each["form"] in ("FR.IA.05B", "Lembar Skor"))
    assert {state for path, state in after.states("--event", NAME).items() if "FR.VA" in path} == {"same"}
    (home(after) / "jadwal.xlsx").unlink()
    (reviewed,) = after.json("check")
    assert reviewed["exposure"] == {id: [NAME] for id in reviewed["exposure"]} and set(reviewed["exposure"]) == asked
    after.run("check", "--exposure")
    assert f"{len(asked)} of {reviewed['questions']} questions were handed out" in after.said
    after.run("bank", "export", str(tmp_path / "bank.xlsx"))
    events, papers = {}, {}
    for sheet in openpyxl.load_workbook(tmp_path / "bank.xlsx").worksheets[1:]:
        heads = {cell.value: cell.column for cell in sheet[1]}
        for row in range(2, sheet.max_row + 1):
            id = sheet.cell(row, heads["Kode Butir"]).value
            events[id] = sheet.cell(row, heads["Jadwal"]).value
            papers[id] = sheet.cell(row, heads["Paket"]).value
    assert {id for id, told in events.items() if told} == asked and {told for told in events.values()} == {NAME, None}
    assert "Skema A" in "".join(filter(None, papers.values()))
    after.run("bank", "import", str(tmp_path / "bank.xlsx"))
    assert "the bank says the same" in after.said and "is not read" not in after.said
    after.build("--form", "FR.VA")
    (path,) = after.output.rglob(named("Skema Lengkap/*/25 FR.VA.docx"))
    rows = docx.Document(str(path)).tables[-1].rows
    told = {row.cells[0].text for row in rows if row.cells[5].text.endswith(f"; {NAME}")}
    assert told == asked & {row.cells[0].text for row in rows}


def test_a_question_handed_out_often_is_a_warning(after: KitProject) -> None:
    """In three events or more: what a candidate tells may be known."""
    for number in (2, 3):
        (after.root / "events" / f"acara-{number}").mkdir()
        shutil.copy(home(after) / "serah-terima.json", after.root / "events" / f"acara-{number}")
    after.run("check")
    assert "were handed out in 3 events or more: " in after.said
    (after.root / "events" / "acara-3" / "serah-terima.json").write_text("{", "utf-8")
    assert "handed out in 3 events" not in after.run("check").said, "a damaged record is told by those who need it"


def handed(project: KitProject) -> list[dict[str, Any]]:
    """Every document of the record of deliveries."""
    record = json.loads((home(project) / "serah-terima.json").read_text("utf-8"))
    return [each for delivery in record["deliveries"] for zipped in delivery["zips"] for each in zipped["documents"]]
