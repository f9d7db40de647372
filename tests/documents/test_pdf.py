"""Documents become PDFs, each once for what it says; what one document does to LibreOffice holds up no other."""

import re
import sys
import tempfile
import threading
import time
import types
from pathlib import Path
from typing import Any

import pypdf
import pytest
from fake_office import FakeOffice, office_file
from file_names import named
from harness import ROOT, KitProject, edit_by_hand
from office import needs_office

from kitgen.base.errors import KitgenError
from kitgen.documents.build.packs import PackLine, PackOrder, make_packs
from kitgen.documents.disk.document import find_document
from kitgen.documents.pdf import word
from kitgen.documents.pdf.beside import pack_of, state_of
from kitgen.documents.pdf.convert import convert
from kitgen.documents.pdf.fonts import missing_fonts
from kitgen.documents.pdf.job import Converted, Job
from kitgen.documents.pdf.join import PackPart, join
from kitgen.documents.pdf.libreoffice import CallLimits, call_office, find_office, no_office, write_profile
from kitgen.documents.pdf.seal import Seal, read_seal, seal_of, sealed, without_clock
from kitgen.kits.print_list import sheets_of
from kitgen.load.locate import find_project
from kitgen.load.project_data import load_forms_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="the fake LibreOffice is a script with a shebang"),
]
QUICK = CallLimits(start=2, each=0.5, silence=1.5)
UNIT = "M.702090.008.01"
FORMS = ("FR.APL.01", "FR.IA.01", "FR.IA.05A", "FR.IA.05B", "Matriks Cakupan KUK")


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeOffice:
    """The fake is what kitgen finds, and its temporary folders are looked after."""
    fake = FakeOffice(tmp_path / "palsu")
    monkeypatch.setenv("KITGEN_SOFFICE", str(fake.path))
    (tmp_path / "sementara").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "sementara"))
    return fake


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> KitProject:
    """One unit's kit of a few forms, Word and Excel, keys too."""
    project = KitProject.copy_of(ROOT, tmp_path_factory.mktemp("dibuat") / "proyek")
    return project.keep_forms(FORMS).build("--unit", UNIT)


@pytest.fixture
def project(built: KitProject, tmp_path: Path) -> KitProject:
    """A copy of it."""
    return built.copy_to(tmp_path / "proyek")


def jobs_for(documents: list[Path], folder: Path) -> list[Job]:
    return [
        Job(each, folder / f"{each.stem}.pdf", f"{number:064x}", each.name) for number, each in enumerate(documents)
    ]


def converted(asks: list[str], folder: Path, **settings: Any) -> tuple[Converted, list[str]]:
    """Convert documents that ask for these; gives the result and the names of the PDFs made."""
    documents = [office_file(folder / "dokumen" / f"{number:03} {ask}.docx", ask) for number, ask in enumerate(asks)]
    result = convert(
        jobs_for(documents, folder / "pdf"), folder / "sementara", **{"workers": 1, "limits": QUICK, **settings}
    )
    return result, sorted(path.stem for path in (folder / "pdf").glob("*"))


def kit_pdfs(project: KitProject) -> dict[str, Path]:
    folder = project.output / "Per Unit" / UNIT
    return {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.pdf"))}


# Batches, failures, limits


def test_documents_are_copied_under_plain_names(office: FakeOffice, tmp_path: Path) -> None:
    """Spaces, brackets, other letters and leading dashes reach no command line; PDFs have the names of the documents."""
    names = [named("10 FR.IA.01 (terbaru).docx"), "--headless [1].docx", "Lampiran é 漢字 & $HOME;'x'.xlsx"]
    documents = [office_file(tmp_path / "a [b] (c)" / name) for name in names]
    result = convert(jobs_for(documents, tmp_path / "keluar"), tmp_path)
    assert result.problems == () and len(result.made) == 3
    assert office.calls == [["0000.docx", "0001.docx", "0002.xlsx"]]
    assert sorted(path.name for path in (tmp_path / "keluar").iterdir()) == sorted(f"{Path(n).stem}.pdf" for n in names)


def test_many_documents_are_converted_in_batches_by_several(office: FakeOffice, tmp_path: Path) -> None:
    """No call has more than a batch; each worker has a profile of its own; nothing temporary is left."""
    told: list[tuple[int, int]] = []
    result, made = converted(
        [""] * 130, tmp_path, workers=2, batch=60, progress=lambda *count: told.append(count), limits=CallLimits()
    )
    assert len(made) == len(result.made) == 130 and result.problems == ()
    assert sorted(map(len, office.calls)) == [32, 32, 33, 33]
    assert len(set(office.profiles)) == 2
    assert told[-1] == (130, 130) and told == sorted(told)
    assert list((tmp_path / "sementara").iterdir()) == []


@pytest.mark.parametrize("ask", ["", "nothing"])
def test_of_equal_documents_one_is_converted(office: FakeOffice, tmp_path: Path, ask: str) -> None:
    """Each of them has its PDF and counts; where it cannot be made, each is named; a workbook is none of them."""
    told: list[tuple[int, int]] = []
    sources = ["a", "b", "a", "c", "a"]
    documents = [
        office_file(tmp_path / f"{number}.docx", ask * (source == "a")) for number, source in enumerate(sources)
    ]
    documents.append(office_file(tmp_path / "5.xlsx"))
    jobs = [
        Job(each, tmp_path / "pdf" / f"{each.stem}.pdf", source * 64, each.name)
        for each, source in zip(documents, [*sources, "a"], strict=True)
    ]
    result = convert(jobs, tmp_path / "kerja", 1, lambda *count: told.append(count))
    equal = set() if ask else {jobs[0], jobs[2], jobs[4]}
    assert set(result.made) == {jobs[1], jobs[3], jobs[5]} | equal
    assert len(office.calls[0]) == 4 and told[-1] == ((3, 6) if ask else (6, 6))
    assert len({job.target.read_bytes() for job in equal}) == (0 if ask else 1)
    named_ones = [problem.place and problem.place.file for problem in result.problems]
    assert named_ones == (["0.docx", "2.docx", "4.docx"] if ask else [])


def test_temporary_files_of_the_program_lie_with_its_copies(office: FakeOffice, tmp_path: Path) -> None:
    """What it unpacks of documents is swept with the copies of them, should it be killed."""
    converted([""], tmp_path)
    assert office.temporary.is_relative_to(tmp_path / "sementara") and not office.temporary.exists()


def test_few_documents_start_one_program(office: FakeOffice, tmp_path: Path) -> None:
    """Starting LibreOffice costs as much as converting some documents."""
    converted([""] * 6, tmp_path, workers=8)
    assert len(office.calls) == 1


@pytest.mark.parametrize("ask", ["nothing", "crash", "half", "hang", "framed"])
def test_a_broken_document_is_reported_and_the_others_are_made(office: FakeOffice, tmp_path: Path, ask: str) -> None:
    """Whatever a document does to the program, it alone has no PDF, and it is named."""
    result, made = converted(["", "", ask, "", ""], tmp_path)
    assert made == ["000 ", "001 ", "003 ", "004 "]
    (problem,) = result.problems
    assert problem.place is not None and problem.place.file == f"002 {ask}.docx"
    assert problem.message.startswith("document cannot be converted to PDF") and problem.help
    assert list((tmp_path / "sementara").iterdir()) == []


def test_what_a_failed_batch_had_made_is_kept(office: FakeOffice, tmp_path: Path) -> None:
    """Only the document it stood at is tried alone; the rest goes on in one call, with a new profile."""
    converted(["", "", "crash", "", ""], tmp_path)
    assert [len(files) for files in office.calls] == [5, 1, 2]
    assert len(set(office.profiles)) == 3


def test_a_document_that_only_failed_once_is_made(office: FakeOffice, tmp_path: Path) -> None:
    """The program hung, not the document."""
    result, made = converted(["", "hang-once", ""], tmp_path)
    assert len(made) == 3 and result.problems == ()


def test_a_hung_program_is_ended_with_its_children(office: FakeOffice, tmp_path: Path) -> None:
    """Nothing goes on running behind."""
    converted(["hang"], tmp_path)
    child = int((office.folder / "child").read_text())
    for _ in range(50):
        status = Path(f"/proc/{child}/status")
        if not status.is_file() or "State:\tZ" in status.read_text():
            return
        time.sleep(0.1)
    pytest.fail("the child of the hung program is alive")


def test_a_program_that_always_fails_is_not_tried_on_every_document(office: FakeOffice, tmp_path: Path) -> None:
    """Three failures of three are the program's; what it said is told."""
    (office.folder / "broken").touch()
    result, made = converted([""] * 40, tmp_path)
    assert made == [] and len(office.calls) < 8
    assert "cannot open display" in result.problems[0].message
    assert "37 more were not tried" in result.problems[-1].message


def test_a_file_that_is_no_office_file_is_told_of(office: FakeOffice, tmp_path: Path) -> None:
    """LibreOffice would print its bytes as text."""
    text = tmp_path / "teks.docx"
    text.write_text("bukan dokumen")
    result = convert(jobs_for([text, office_file(tmp_path / "baik.docx")], tmp_path / "pdf"), tmp_path)
    assert [job.shown for job in result.made] == ["baik.docx"] and "no Office file" in result.problems[0].message


def test_a_pdf_that_cannot_be_written_is_a_problem_of_its_own(office: FakeOffice, tmp_path: Path) -> None:
    """It is open in a viewer that locks it, for instance."""
    (tmp_path / "pdf" / "000 .pdf").mkdir(parents=True)
    result, _ = converted(["", ""], tmp_path)
    assert len(result.made) == 1 and "cannot be written" in result.problems[0].message


@pytest.mark.parametrize("asks", [["", "hang"], ["hang", ""]], ids=["first", "second"])
def test_what_stops_a_run_stops_the_programs(office: FakeOffice, tmp_path: Path, asks: list[str]) -> None:
    """Ctrl-C, a full disk: the error comes out, whichever worker meets it; nothing runs on, nothing is left."""

    def stop(number: int, total: int) -> None:
        raise KeyboardInterrupt

    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        converted(asks * 20, tmp_path, workers=2, progress=stop, limits=CallLimits())
    assert time.monotonic() - started < 20 and threading.active_count() < 4
    assert list((tmp_path / "sementara").iterdir()) == []


# The program, Word, the fonts


def test_libreoffice_is_found_where_it_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On the PATH, in the usual places of Windows and macOS, where KITGEN_SOFFICE says."""
    windows = office_file(tmp_path / "pf" / "LibreOffice" / "program" / "soffice.com")
    assert find_office({"PATH": "", "ProgramFiles": str(tmp_path / "pf")}, "win32") == windows
    mac = office_file(tmp_path / "Applications" / "LibreOffice.app" / "Contents" / "MacOS" / "soffice")
    assert find_office({"PATH": "", "HOME": str(tmp_path)}, "darwin") == mac
    on_path = FakeOffice(tmp_path / "bin").path
    assert find_office({"PATH": str(tmp_path / "bin")}, "linux") == on_path
    assert find_office({"PATH": str(tmp_path / "bin"), "KITGEN_SOFFICE": str(windows)}, "linux") == windows
    with pytest.raises(KitgenError, match="KITGEN_SOFFICE names no file"):
        find_office({"PATH": str(tmp_path / "bin"), "KITGEN_SOFFICE": "/tidak/ada"}, "linux")


@pytest.mark.parametrize(("platform", "remedy"), [("linux", "apt install"), ("darwin", "brew"), ("win32", "winget")])
def test_missing_libreoffice_is_told_with_its_remedy(platform: str, remedy: str) -> None:
    """As it is done on this system."""
    (problem,) = no_office(platform).diagnostics
    assert "was not found" in problem.message and remedy in problem.help and "KITGEN_SOFFICE" in problem.help


def test_fonts_that_would_break_lines_elsewhere_are_told() -> None:
    """One as wide will do; where nothing tells the fonts, nothing is said."""
    assert [problem.message.split()[1] for problem in missing_fonts(frozenset())] == ["Calibri", "Arial", "Times"]
    assert not list(missing_fonts(frozenset({"Carlito", "Liberation Sans", "Times New Roman"})))
    assert not list(missing_fonts(None))
    (problem,) = missing_fonts(frozenset({"Arial", "Times New Roman"}))
    assert problem.severity == "warning" and "fonts-crosextra-carlito" in problem.help


def test_word_converts_where_it_is_there(office: FakeOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Through docx2pdf, Word kept open; workbooks go to LibreOffice; a fault of Word's is one document's."""
    told: list[tuple[str, bool]] = []

    def fake_convert(source: str, target: str, keep_active: bool = False) -> None:
        told.append((Path(source).name, keep_active))
        if "0002" in source:
            raise RuntimeError("(-2147352567, 'Exception occurred.')")
        writer = pypdf.PdfWriter()
        writer.add_blank_page(595, 842)
        writer.write(target)

    module = types.ModuleType("docx2pdf")
    module.convert = fake_convert  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "docx2pdf", module)
    monkeypatch.setattr(word, "is_usable", lambda: True)
    names = ["a.docx", "rusak.docx", "c.docx", "d.xlsx"]
    result = convert(jobs_for([office_file(tmp_path / name) for name in names], tmp_path / "pdf"), tmp_path)
    assert told == [("0001.docx", True), ("0002.docx", True), ("0003.docx", False)]
    assert [job.shown for job in result.made] == ["a.docx", "c.docx", "d.xlsx"] and office.calls == [["0000.xlsx"]]
    (problem,) = [problem for problem in result.problems if problem.severity == "error"]
    assert problem.place is not None and problem.place.file == "rusak.docx" and "Exception occurred" in problem.message


# The seal

PLAIN = (
    b"%PDF-1.6\n1 0 obj\n<</CreationDate(D:20261123011056+07'00')/Producer(x)>>\nendobj\ntrailer\n<</Info 1 0 R /ID [ "
    b"<B41DCB587B9429517AB3D06E1B176993>\n<B41DCB587B9429517AB3D06E1B176993> ]\n/DocChecksum "
    b"/F3ECF0AD4BF23683BFC81058DCAD94C5\n>>\nstartxref\n9\n%%EOF\n"
)


def test_the_clock_leaves_no_trace() -> None:
    """Two PDFs that differ in their moment are equal, and no place in them has moved."""
    later = PLAIN.replace(b"20261123011056", b"20270101235959").replace(b"B41DCB58", b"00000000")
    later = later.replace(b"F3ECF0AD", b"99999999")
    assert without_clock(PLAIN) == without_clock(later)
    assert len(without_clock(PLAIN)) == len(PLAIN) and b"D:20000101000000+00'00'" in without_clock(PLAIN)
    other = without_clock(PLAIN.replace(b"Producer(x)", b"Producer(y)"))
    assert re.findall(rb"/ID \[ <(\w+)>", other) != re.findall(rb"/ID \[ <(\w+)>", without_clock(PLAIN))
    xmp = b"<xmp:CreateDate>2026-11-23T01:10:56+07:00</xmp:CreateDate><xmp:ModifyDate>2026-11-23T01:10:56Z</xmp:ModifyDate>"
    assert without_clock(xmp) == re.sub(rb"2026-11-23T01:10:56(\+07:00)?", _still, xmp)


def _still(match: re.Match[bytes]) -> bytes:
    return b"2000-01-01T00:00:00" + (b"+00:00" if match[1] else b"")


def test_a_pdf_says_what_it_was_made_of_and_whether_it_was_changed() -> None:
    """A changed byte, a signature at the end, another seal: told; a PDF of others has none."""
    made = sealed(PLAIN, "document", "a" * 64, "x.pdf")
    assert seal_of(made) == Seal("document", "a" * 64, True)
    assert seal_of(made.replace(b"Producer(x)", b"Producer(z)")) == Seal("document", "a" * 64, False)
    assert seal_of(made + b"2 0 obj\nendobj\nstartxref\n500\n%%EOF\n") == Seal("document", "a" * 64, False)
    assert seal_of(PLAIN) is None
    with pytest.raises(KitgenError, match="no end"):
        sealed(b"%PDF-1.6", "document", "a" * 64, "x.pdf")


# kitgen build --pdf


def test_a_second_run_converts_none(office: FakeOffice, project: KitProject) -> None:
    """A PDF beside each document, sealed with the digest of its parts; then nothing to do, and no LibreOffice needed."""
    project.build("--unit", UNIT, "--pdf")
    documents = [path for path in project.output.rglob("*.*x") if path.is_file()]
    assert f"{len(documents)} PDFs: {len(documents)} made, 0 as they were" in project.said
    for document in documents:
        found = find_document(document)
        assert found is not None and read_seal(document.with_suffix(".pdf")) == Seal("document", found.digest, True)
    stamps = project.stamps()
    office.forget()
    office.path.unlink()
    project.build("--unit", UNIT, "--pdf")
    assert f"0 made, {len(documents)} as they were" in project.said and project.stamps() == stamps and not office.calls


def test_a_changed_document_converts_only_itself(office: FakeOffice, project: KitProject) -> None:
    """By its template, or by the hand of a person."""
    project.build("--unit", UNIT, "--pdf")
    office.forget()
    project.edit_template("docx/FR.APL.01.docx", "Permohonan", "PERMOHONAN")
    project.build("--unit", UNIT, "--pdf")
    assert "1 made" in project.said and [len(files) for files in office.calls] == [1]
    (edited,) = project.output.rglob(named("10 FR.IA.01.docx"))
    edit_by_hand(edited, "CEKLIS", "DAFTAR")
    project.build("--unit", UNIT, "--pdf")
    assert "1 made" in project.said and state_of(edited.with_suffix(".pdf"), _digest(edited)) == "same"


def _digest(document: Path) -> str:
    found = find_document(document)
    assert found is not None
    return found.digest


def test_a_selection_converts_only_itself(office: FakeOffice, project: KitProject) -> None:
    """As --form and --unit say."""
    project.build("--unit", UNIT, "--form", "FR.APL.01", "--pdf", "--jobs", "1")
    assert list(kit_pdfs(project)) == [named("2 Untuk Asesi/01 FR.APL.01.pdf")]


def test_no_pdf_says_what_its_document_no_longer_says(office: FakeOffice, project: KitProject) -> None:
    """A build without --pdf takes away the PDFs of documents it changes or removes, and of those that are gone."""
    project.build("--unit", UNIT, "--pdf")
    before = set(kit_pdfs(project))
    project.edit_template("docx/FR.APL.01.docx", "Permohonan", "PERMOHONAN").build("--unit", UNIT)
    assert before - set(kit_pdfs(project)) == {named("2 Untuk Asesi/01 FR.APL.01.pdf")}
    (edited,) = project.output.rglob(named("10 FR.IA.01.docx"))
    edit_by_hand(edited, "CEKLIS", "DAFTAR")
    project.build("--unit", UNIT)
    assert not edited.with_suffix(".pdf").exists() and edited.exists()
    project.keep_forms({"FR.APL.01", "FR.IA.01"}).build("--unit", UNIT)
    assert kit_pdfs(project) == {} and not list(project.output.rglob("9 KUNCI*"))


def test_a_pdf_of_another_hand_is_kept(office: FakeOffice, project: KitProject) -> None:
    """A scan with signatures on it, or ours with notes: never written over, never removed, told of."""
    project.build("--unit", UNIT, "--pdf")
    scan, noted = (kit_pdfs(project)[name] for name in list(kit_pdfs(project))[:2])
    scan.write_bytes(PLAIN)
    noted.write_bytes(noted.read_bytes() + b"% catatan\n")
    kept = {path: path.read_bytes() for path in (scan, noted)}
    project.edit_scheme("title: ", "title: Baru ").build("--unit", UNIT, "--pdf")
    assert {path: path.read_bytes() for path in kept} == kept and "2 kept" in project.said
    assert "is not of kitgen's making" in project.said
    for path in kept:
        (document,) = path.parent.glob(f"{path.stem}.*x")
        document.unlink()
    project.keep_forms({"FR.IA.05B"}).build("--unit", UNIT)
    assert {path: path.read_bytes() for path in kept} == kept


def test_one_that_cannot_be_converted_fails_the_run(office: FakeOffice, project: KitProject) -> None:
    """Exit code 1, the document named; the others have their PDFs; the one from before is not left in its place."""
    project.build("--unit", UNIT, "--pdf")
    project.edit_template("docx/FR.APL.01.docx", "Permohonan", "ASK:nothing Permohonan")
    project.build("--unit", UNIT, "--pdf", expect=1)
    assert "1 failed" in project.said and named("01 FR.APL.01.docx") in project.said
    assert named("2 Untuk Asesi/01 FR.APL.01.pdf") not in kit_pdfs(project)


def test_a_machine_without_libreoffice_is_told_what_to_do(
    project: KitProject, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The documents are made all the same."""
    monkeypatch.delenv("KITGEN_SOFFICE", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("kitgen.documents.pdf.libreoffice._usual_places", lambda *_: iter(()))
    project.edit_template("docx/FR.APL.01.docx", "Permohonan", "PERMOHONAN")
    project.build("--unit", UNIT, "--pdf", expect=1)
    assert "LibreOffice, which makes the PDFs, was not found" in project.said and "apt install" in project.said
    assert (
        project.states("--unit", UNIT)[next(p for p in project.states() if "01 FR.APL.01" in p and UNIT in p)] == "same"
    )


def test_json_counts_the_pdfs(office: FakeOffice, project: KitProject) -> None:
    """For programs."""
    summary = project.json("build", "--unit", UNIT, "--pdf")["summary"]
    assert summary["pdf_made"] == summary["documents"] and summary["pdf_failed"] == summary["pdf_same"] == 0
    assert "pdf_made" not in project.json("build", "--unit", UNIT)["summary"]


# Packs


def pdf_of_pages(path: Path, count: int, size: tuple[float, float] = (595, 842)) -> Path:
    writer = pypdf.PdfWriter()
    for _ in range(count):
        writer.add_blank_page(*size)
    path.parent.mkdir(parents=True, exist_ok=True)
    writer.write(path)
    return path


@pytest.mark.parametrize(("duplex", "starts"), [(False, [0, 3, 4, 6]), (True, [0, 4, 6, 8])])
def test_joining_keeps_order_and_pages(tmp_path: Path, duplex: bool, starts: list[int]) -> None:
    """A bookmark where each part begins; on both sides of the paper, each on a new sheet, of its own size."""
    parts = [
        PackPart(pdf_of_pages(tmp_path / f"{number}.pdf", count, (600 + number, 800)), f"Bagian {number}")
        for number, count in enumerate([3, 1, 2, 1])
    ]
    target = tmp_path / "paket.pdf"
    pages = join(parts, target, "b" * 64, "Paket", duplex)
    reader = pypdf.PdfReader(target, strict=True)
    assert [reader.get_destination_page_number(each) for each in reader.outline] == starts  # type: ignore[arg-type]
    assert [each.title for each in reader.outline] == [part.title for part in parts]  # type: ignore[union-attr]
    widths = [int(page.mediabox.width) - 600 for page in reader.pages]
    assert widths == ([0, 0, 0, 0, 1, 1, 2, 2, 3, 3] if duplex else [0, 0, 0, 1, 2, 2, 3]) and pages == len(widths)
    assert read_seal(target) == Seal("pack", "b" * 64, True)
    first = target.read_bytes()
    join(parts, target, "b" * 64, "Paket", duplex)
    assert target.read_bytes() == first


def test_loose_cards_get_blank_backs_in_duplex(tmp_path: Path) -> None:
    """Each page of a single-sided part is the face of a sheet of its own; what follows begins on a face, too."""
    marked = pypdf.PdfWriter(pdf_of_pages(tmp_path / "kartu.pdf", 3, (400, 600)))
    for page in marked.pages:
        page.rotate(90)
    marked.write(tmp_path / "kartu.pdf")
    parts = [
        PackPart(pdf_of_pages(tmp_path / "depan.pdf", 1), "Formulir"),
        PackPart(tmp_path / "kartu.pdf", "Kartu Adegan", is_loose=True),
        PackPart(pdf_of_pages(tmp_path / "belakang.pdf", 2), "Formulir"),
    ]
    for duplex, faces in ((True, [2, 4, 6]), (False, [1, 2, 3])):
        pages = join(parts, tmp_path / "paket.pdf", "b" * 64, "Paket", duplex)
        reader = pypdf.PdfReader(tmp_path / "paket.pdf", strict=True)
        assert [at for at, page in enumerate(reader.pages) if page.rotation] == faces
        assert all("/Contents" not in reader.pages[at + 1] for at in faces if duplex)
        assert [int(page.mediabox.width) for page in reader.pages].count(400) == (6 if duplex else 3)
        assert reader.get_destination_page_number(reader.outline[2]) == faces[-1] + (2 if duplex else 1)  # type: ignore[arg-type]
        counted = sum(sheets_of(count, duplex, loose) for count, loose in ((1, False), (3, True), (2, False)))
        assert counted == (pages // 2 if duplex else pages) and pages == (10 if duplex else 6)


@pytest.mark.parametrize("code", ["Alat Peraga", "Alat Peraga Susulan", "Kartu Adegan", "Kartu Isyarat", "Kartu Meja"])
def test_what_is_handed_out_by_the_page_is_single_sided(code: str) -> None:
    """Props and cards say so in the list of forms, by which packs lay them out."""
    forms = load_forms_of(find_project(ROOT))
    assert next(form for form in forms if form.code == code).sides == "satu"


def test_a_broken_part_is_told_of(tmp_path: Path) -> None:
    """With its name; the pack is not begun."""
    broken = tmp_path / "rusak.pdf"
    broken.write_bytes(b"%PDF-1.4 tidak ada apa-apa")
    with pytest.raises(KitgenError, match=r"PDF cannot be read[\s\S]*rusak.pdf"):
        join([PackPart(broken, "x")], tmp_path / "paket.pdf", "b" * 64, "Paket")
    assert not (tmp_path / "paket.pdf").exists()


def packs(project: KitProject) -> dict[str, pypdf.PdfReader]:
    return {name: pypdf.PdfReader(path) for name, path in kit_pdfs(project).items() if "Paket Cetak" in name}


def bookmarks(reader: pypdf.PdfReader) -> list[str]:
    return [str(entry.title) for entry in reader.outline]  # type: ignore[union-attr]


def test_a_kit_is_packed_for_each_audience(office: FakeOffice, project: KitProject) -> None:
    """In the official order behind a cover; the keys apart, in their own folder; a second run writes nothing."""
    project.run("pack", "--unit", UNIT)
    found = packs(project)
    assert sorted(found) == [
        "9 KUNCI - RAHASIA/Paket Cetak 9 KUNCI - RAHASIA.pdf", "Paket Cetak/Paket Cetak 1 Admin.pdf",
        "Paket Cetak/Paket Cetak 2 Untuk Asesi.pdf", "Paket Cetak/Paket Cetak 3 Untuk Asesor.pdf",
    ]  # fmt: skip
    assert [title.partition(" - ")[0] for title in bookmarks(found["Paket Cetak/Paket Cetak 2 Untuk Asesi.pdf"])] == [
        "Sampul", "01 FR.APL.01", *(f"14a FR.IA.05A Paket {letter}" for letter in "ABC"),
    ]  # fmt: skip
    for name, reader in found.items():
        assert any("FR.IA.05B" in title for title in bookmarks(reader)) == ("KUNCI" in name)
        assert len(reader.pages) == len(bookmarks(reader))  # the fake makes one page of each
    stamps = project.stamps()
    office.forget()
    project.run("pack", "--unit", UNIT)
    assert "4 packs: 0 written, 4 as they were" in project.said and project.stamps() == stamps and not office.calls


def test_a_pack_is_made_anew_for_what_changed(office: FakeOffice, project: KitProject) -> None:
    """The pack the changed document stands in, no other; both sides of the paper are another pack."""
    project.run("pack", "--unit", UNIT)
    before = project.stamps()
    project.edit_template("docx/FR.APL.01.docx", "Permohonan", "PERMOHONAN").build("--unit", UNIT)
    assert not any("2 Untuk Asesi" in name for name in packs(project)), "it lists a serial that is no more"
    project.run("pack", "--unit", UNIT)
    changed = {Path(name).name for name, stamp in project.stamps().items() if before.get(name) != stamp}
    assert changed - {"manifest.json"} == {
        named("01 FR.APL.01.docx"),
        named("01 FR.APL.01.pdf"),
        "Paket Cetak 2 Untuk Asesi.pdf",
    }
    project.run("pack", "--unit", UNIT, "--duplex")
    assert "4 packs: 4 written" in project.said
    assert all(len(reader.pages) == 2 * len(bookmarks(reader)) for reader in packs(project).values())


def test_a_pack_waits_for_a_document_that_cannot_be_printed(office: FakeOffice, project: KitProject) -> None:
    """Its pack would not be whole; the others are made."""
    project.edit_template("docx/FR.APL.01.docx", "Permohonan", "ASK:crash Permohonan")
    project.run("pack", "--unit", UNIT, expect=1)
    assert "pack is not made, since a document of it could not be printed" in project.said
    assert len(packs(project)) == 3 and not any("Asesi" in name for name in packs(project))


def test_packs_hold_what_kitgen_made(office: FakeOffice, project: KitProject) -> None:
    """An edited document as it was edited, a newer beside it instead of it; never a scan that lies in a PDF's place."""
    (edited,) = project.output.rglob(named("01 FR.APL.01.docx"))
    edit_by_hand(edited, "PERMOHONAN", "PERMINTAAN")
    (scan,) = (path.with_suffix(".pdf") for path in project.output.rglob(named("10 FR.IA.01.docx")))
    pdf_of_pages(scan, 7)
    project.run("pack", "--unit", UNIT)
    assert "edited by hand; its pack holds as it was edited" in project.said
    assert len(packs(project)["Paket Cetak/Paket Cetak 3 Untuk Asesor.pdf"].pages) == 2
    assert len(pypdf.PdfReader(scan).pages) == 7
    project.edit_scheme("title: ", "title: Baru ").run("pack", "--unit", UNIT)
    assert f"its pack holds `{named('01 FR.APL.01 (terbaru).docx')}` instead" in project.said
    assert edited.with_name(named("01 FR.APL.01 (terbaru).pdf")).is_file() and edited.with_suffix(".pdf").is_file()


def test_a_pack_of_another_hand_is_kept(office: FakeOffice, project: KitProject) -> None:
    """As a PDF of a document is."""
    project.run("pack", "--unit", UNIT)
    pack = kit_pdfs(project)["Paket Cetak/Paket Cetak 2 Untuk Asesi.pdf"]
    pack.write_bytes(pack.read_bytes() + b"% catatan\n")
    noted = pack.read_bytes()
    project.edit_scheme("title: ", "title: Baru ").run("pack", "--unit", UNIT)
    assert pack.read_bytes() == noted and "pack was changed" in project.said


def test_a_key_is_refused_in_a_pack_for_others(office: FakeOffice, project: KitProject, tmp_path: Path) -> None:
    """Whoever puts packs together: by form, not by file name."""
    from kitgen.load.locate import find_project
    from kitgen.model.body import CertificationBody, PageStyle, Picture

    line = PackLine("14b", "FR.IA.05B", "Lembar Kunci", "X", "kunci", pdf_of_pages(tmp_path / "kunci.pdf", 1))
    no_picture = Picture("", 0, "")
    body = CertificationBody("LSP", "", "", "", "", no_picture, no_picture)
    order = PackOrder(project.output / "Paket Cetak" / "x.pdf", body, "Untuk Asesi", (), (line,))
    with pytest.raises(KitgenError, match=r"FR\.IA\.05B belongs in `9 KUNCI - RAHASIA`"):
        make_packs(find_project(project.root), PageStyle(), [order])
    assert not order.target.exists()


def test_packs_of_keys_lie_with_the_keys(tmp_path: Path) -> None:
    """The folder `Paket Cetak` can be handed over whole."""
    assert pack_of(tmp_path / "9 KUNCI - RAHASIA").parent == tmp_path / "9 KUNCI - RAHASIA"
    assert pack_of(tmp_path / "2 Untuk Asesi") == tmp_path / "Paket Cetak" / "Paket Cetak 2 Untuk Asesi.pdf"


# With LibreOffice itself


def text_of(pdf: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(pdf).pages).split())


@needs_office
@pytest.mark.office
def test_libreoffice_makes_them(project: KitProject, tmp_path: Path) -> None:
    """Word and Excel, odd names; equal bytes at another time in another batch; a broken package is told of."""
    words, workbook = next(project.output.rglob(named("01 FR.APL.01.docx"))), next(project.output.rglob("*.xlsx"))
    odd = tmp_path / "a [1] (b) é" / "--x %20 $HOME.docx"
    odd.parent.mkdir()
    odd.write_bytes(words.read_bytes())
    broken = office_file(tmp_path / "rusak.docx")
    result = convert(jobs_for([broken, odd, workbook], tmp_path / "satu"), tmp_path)
    assert [job.shown for job in result.made] == [odd.name, workbook.name]
    (problem,) = [problem for problem in result.problems if problem.severity == "error"]
    assert problem.place is not None and problem.place.file == "rusak.docx"
    assert "PERMOHONAN SERTIFIKASI KOMPETENSI" in text_of(tmp_path / "satu" / f"{odd.stem}.pdf").upper()
    time.sleep(1.1)
    jobs = [Job(odd, tmp_path / "dua" / f"{odd.stem}.pdf", f"{1:064x}", "x")]
    assert len(convert(jobs, tmp_path).made) == 1
    name = f"{odd.stem}.pdf"
    assert (tmp_path / "dua" / name).read_bytes() == (tmp_path / "satu" / name).read_bytes()


@needs_office
@pytest.mark.office
def test_libreoffice_does_not_test_itself_at_each_start(project: KitProject, tmp_path: Path) -> None:
    """Its tests of drawing take longer than ten documents, and nobody sees what comes of them."""
    office, document = find_office(), tmp_path / "0000.docx"
    assert office is not None
    document.write_bytes(next(project.output.rglob(named("01 FR.APL.01.docx"))).read_bytes())
    write_profile(tmp_path / "profil")
    call = call_office(office, tmp_path / "profil", [document], tmp_path / "keluar", CallLimits(), threading.Event())
    assert call.ending == "ended" and (tmp_path / "keluar" / "0000.pdf").is_file()
    assert (tmp_path / "profil" / "user" / "extensions").is_dir()  # it is the profile that was used
    assert not (tmp_path / "profil" / "user" / "GraphicsRenderTests.log").exists()


@needs_office
@pytest.mark.office
def test_no_key_is_in_the_packs_of_others(project: KitProject) -> None:
    """Searched for in the text of the finished packs; the cover tells pages and serials as they are."""
    questions = project.edition / "questions" / f"{UNIT}.yaml"
    text = questions.read_text("utf-8")
    marked = re.sub(r"(?m)^(\s*rationale: *)(\"?)(?=\S)", r"\1\2ZRAHASIAZ ", text)
    assert marked != text
    questions.write_text(marked, "utf-8")
    project.run("pack", "--unit", UNIT)
    found = {name: text_of(path) for name, path in kit_pdfs(project).items() if "Paket Cetak" in name}
    assert {name for name, said in found.items() if "ZRAHASIAZ" in said} == {
        "9 KUNCI - RAHASIA/Paket Cetak 9 KUNCI - RAHASIA.pdf"
    }
    for name, said in found.items():
        reader = packs(project)[name]
        starts = [reader.get_destination_page_number(entry) for entry in reader.outline]  # type: ignore[arg-type]
        cover = " ".join(" ".join(page.extract_text() for page in reader.pages[: starts[1]]).split())
        assert ("RAHASIA:" in cover) == ("KUNCI" in name)
        total = len(reader.pages) - (starts[1] or 0)
        assert f"Jumlah: {len(starts) - 1} dokumen, {total} lembar kertas tanpa sampul {total}" in cover
        for serial in re.findall(r"Kode Dokumen ([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{3})", said):
            assert serial in cover
