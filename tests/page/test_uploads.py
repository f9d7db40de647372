"""What is handed over on the page writes over nobody's work, and is taken only where the file says it belongs there."""

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from event_books import of_event, set_cells
from file_names import named
from harness import ROOT, KitProject
from page_client import Page, text_of

TEMPLATE = "docx/FR.AK.03.docx"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> KitProject:
    """The sample event with its recap, and another event of the same scheme."""
    project = KitProject.copy_of(ROOT, tmp_path_factory.mktemp("unggah") / "proyek").keep_forms({"Rekap Jadwal"})
    for name in ("contoh", "lain"):
        (project.root / "events" / name).mkdir(parents=True)
        shutil.copy(ROOT / "events/contoh/jadwal.xlsx", project.root / "events" / name)
    set_cells(project.root / "events/lain/jadwal.xlsx", {of_event("code"): "JADWAL-LAIN"})
    return project.build("--event", "contoh").build("--event", "lain")


@pytest.fixture
def project(built: KitProject, tmp_path: Path) -> KitProject:
    return built.copy_to(tmp_path / "proyek")


@pytest.fixture
def page(project: KitProject) -> Iterator[Page]:
    made = Page(project.root).enter()
    yield made
    made.close()


def recap_of(project: KitProject, event: str = "contoh") -> Path:
    return next((project.root / "output/Jadwal" / event).rglob(named("31 Rekap Jadwal.xlsx")))


def typed_into(file: Path, text: str) -> bytes:
    """The file as a person saves it elsewhere, with something typed into it."""
    book, held = openpyxl.load_workbook(file), io.BytesIO()
    sheet = book.worksheets[0]
    sheet.cell(1, 40).value = text
    book.save(held)
    return held.getvalue()


def empty_workbook() -> bytes:
    held = io.BytesIO()
    openpyxl.Workbook().save(held)
    return held.getvalue()


def hand_over(page: Page, where: str, data: bytes, event: str = "contoh") -> str:
    """What the page says of a file that is handed over."""
    assert page.post(f"/jadwal/{event}/{where}", {"berkas": (io.BytesIO(data), "a.xlsx")}).status_code == 303
    return text_of(page.get(f"/jadwal/{event}"))


def test_every_workbook_handed_over_is_kept(page: Page, project: KitProject) -> None:
    """Handed over three times, both before lie beside it; the same once more makes no copy."""
    book = project.root / "events/contoh/jadwal.xlsx"
    held = [book.read_bytes(), *(typed_into(book, f"kali {number}") for number in (1, 2, 3))]
    for data in (*held[1:], held[-1]):
        hand_over(page, "buku", data)
    assert book.read_bytes() == held[-1]
    names = ("jadwal (sebelumnya).xlsx", "jadwal (sebelumnya 2).xlsx", "jadwal (sebelumnya 3).xlsx")
    assert [book.with_name(name).read_bytes() for name in names] == held[:-1]
    assert len(list(book.parent.glob("*.xlsx"))) == 4


def test_what_is_not_the_workbook_of_this_event_is_refused(page: Page, project: KitProject) -> None:
    """An empty workbook, a recap, the workbook of another event, one of another edition."""
    book, other = project.root / "events/contoh/jadwal.xlsx", project.root / "events/lain/jadwal.xlsx"
    before = book.read_bytes()
    elsewhere = project.root / "lain.xlsx"
    shutil.copy(book, elsewhere)
    set_cells(elsewhere, {of_event("edition"): "2019"})
    for data, told in (
        (empty_workbook(), "no sheet Jadwal"),
        (recap_of(project).read_bytes(), "no sheet Jadwal"),
        (other.read_bytes(), "has the code of event lain"),
        (elsewhere.read_bytes(), "2019"),
    ):
        said = hand_over(page, "buku", data)
        assert told in said and ("hand" in said.partition("nothing was taken over; ")[2][:120])
        assert book.read_bytes() == before and [path.name for path in book.parent.glob("jadwal*")] == [book.name]


def test_a_recap_people_typed_into_is_kept(page: Page, project: KitProject) -> None:
    """Two people type into the same recap: what the first handed over is kept beside the second's."""
    recap = recap_of(project)
    mine, yours = typed_into(recap, "mine"), typed_into(recap, "yours")
    hand_over(page, "rekap", mine)
    assert recap.read_bytes() == mine
    assert [path.name for path in recap.parent.glob("31*")] == [recap.name]  # nobody had typed into kitgen's own
    assert "kept beside it" in hand_over(page, "rekap", yours)
    assert recap.read_bytes() == yours
    assert recap.with_stem(f"{recap.stem} (disunting)").read_bytes() == mine


def test_what_is_not_the_recap_of_this_event_is_refused(page: Page, project: KitProject) -> None:
    """An empty workbook, the event's own workbook, the recap of another event: what was typed stays."""
    recap = recap_of(project)
    mine = typed_into(recap, "mine")
    hand_over(page, "rekap", mine)
    others = (empty_workbook(), (project.root / "events/contoh/jadwal.xlsx").read_bytes(),
              recap_of(project, "lain").read_bytes())  # fmt: skip
    for data in others:
        assert "not the recap of event contoh" in hand_over(page, "rekap", data)
        assert recap.read_bytes() == mine and len(list(recap.parent.glob("31*"))) == 1
    recap.write_bytes(empty_workbook())  # saved by a program that leaves out what a file says of itself
    assert "not the recap of event contoh" in hand_over(page, "rekap", others[-1])
    assert "kept beside it" in hand_over(page, "rekap", mine)


def test_a_template_handed_over_again_keeps_the_one_before(tmp_path: Path) -> None:
    """The project's own template of this morning lies where a template that is taken back lies."""
    home = tmp_path / "proyek/scheme"
    shutil.copytree(ROOT / "scheme", home)
    page = Page(tmp_path / "proyek").enter()
    first, second = ((ROOT / f"templates/docx/{code}.docx").read_bytes() for code in ("FR.AK.01", "FR.AK.02"))
    for data in (first, second):
        fields = {"templat": TEMPLATE, "berkas": (io.BytesIO(data), "a.docx")}
        assert page.post("/templat/berkas", fields).status_code == 303
    assert (page.site.root / "templates" / TEMPLATE).read_bytes() == second
    assert (page.site.root / "templates/_disisihkan" / TEMPLATE).read_bytes() == first
    page.close()
