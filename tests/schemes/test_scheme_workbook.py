"""A scheme as a workbook and back: nothing is lost, one changed cell changes one text, every fault has its cell."""

import dataclasses
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from examples import examples
from harness import ROOT, SLUG, KitProject, tree_digests
from hypothesis import given
from hypothesis import strategies as st
from small_scheme import CUT, SEW, SMALL, small_project
from workbook_rules import faults_of

from kitgen.load.locate import find_project
from kitgen.load.project_data import load_data
from kitgen.load.yaml.reshape import agrees
from kitgen.load.yaml.text import written
from kitgen.schemes.book.book import export_scheme, import_scheme
from kitgen.schemes.book.layout import BLOCK

pytestmark = pytest.mark.slow

BARE = ("tasks.yaml", "methods.yaml", "blueprint.yaml", "stations.yaml", "papers.yaml")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped scheme as a workbook, in a copy of its project."""
    root = tmp_path_factory.mktemp("book")
    shutil.copytree(ROOT / "scheme", root / "scheme")
    export_scheme(find_project(root), root / "skema.xlsx", None, None, False)
    return root / "skema.xlsx"


def test_the_shipped_scheme_comes_back_as_it_went(book: Path) -> None:
    """No file changes by a letter, no cell is passed over, and writing it again gives the same bytes."""
    project, before = find_project(book.parent), tree_digests(book.parent / "scheme")
    done = import_scheme(project, book, None, None)
    assert (done.files, done.warnings) == ((), ())
    assert tree_digests(book.parent / "scheme") == before
    assert export_scheme(project, book, None, None, False)[1] is False
    assert list(faults_of(book.read_bytes())) == []


def test_the_workbook_alone_gives_the_whole_model(book: Path, tmp_path: Path) -> None:
    """Into an edition that has nothing but units and questions, all else comes out of the workbook, equal."""
    shutil.copytree(book.parent / "scheme", tmp_path / "scheme")
    edition = tmp_path / "scheme" / SLUG / "2024"
    kept = (edition / "papers.yaml").read_bytes()
    for name in BARE:
        (edition / name).unlink()
    shutil.rmtree(edition / "scenarios")
    import_scheme(find_project(tmp_path), book, None, None)
    (edition / "papers.yaml").write_bytes(kept)
    (old,), (new,) = (load_data(find_project(root)).editions for root in (book.parent, tmp_path))
    for field in dataclasses.fields(old):
        assert getattr(old, field.name) == getattr(new, field.name), field.name


# A small scheme, changed in its workbook


def cell_of(sheet: Any, block: str, heading: str, number: int = 1) -> Any:
    """The cell of a column in the n-th row of a table; of a fact, its value."""
    first = next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == f"{BLOCK}{block}") + 1
    if sheet.cell(first, 1).alignment.horizontal != "center":  # no row of headings: facts
        return next(sheet.cell(row, 2) for row in range(first, first + 40) if sheet.cell(row, 1).value == heading)
    column = next(at for at in range(1, sheet.max_column + 1) if sheet.cell(first, at).value == heading)
    return sheet.cell(first + number, column)


def changed(project: KitProject, change: Callable[[Any], None]) -> Path:
    """The project's workbook, changed and saved by openpyxl."""
    path = project.root / "skema.xlsx"
    project.run("scheme", "export", str(path), "--replace")
    workbook = openpyxl.load_workbook(path)
    change(workbook)
    workbook.save(path)
    return path


def test_what_is_typed_is_taken_over_and_comments_stay(tmp_path: Path) -> None:
    """A word in one cell changes that text; new rows are new data; files that are not there are made."""
    project = small_project(tmp_path)
    scheme = tmp_path / "scheme" / SMALL / "2026" / "scheme.yaml"
    before = scheme.read_text("utf-8")

    def change(workbook: Any) -> None:
        cell_of(workbook["Unit dan KUK"], "Unit, elemen, dan KUK", "Bunyi KUK", 2).value = "Kain dipotong rapi"
        cell_of(
            workbook["Standar Industri"], "Standar setiap unit", "Standar industri atau tempat kerja", 2
        ).value = "SOP-1"
        methods = workbook["Metode"]
        cell_of(methods, "Metode setiap KUK", "Metode utama", 1).value = "Tertulis"
        cell_of(methods, "Metode setiap KUK", "Cadangan 1", 1).value = "lisan"
        cell_of(methods, "Metode setiap KUK", "Metode utama", 2).value = "observasi"
        tools = workbook["Perangkat"]
        cell_of(tools, "Perangkat setiap kelompok pekerjaan", "Latar belakang asesi", 1).value = "3"
        cell_of(tools, "Perangkat setiap kelompok pekerjaan", "Latar belakang asesi", 6).value = "3"
        tasks = workbook["Tugas"]
        for heading, value in (
            ("Kode tugas", "TPD-1"),
            ("KP", 1),
            ("Judul tugas", "Menjahit baju"),
            ("Perlengkapan", "kain\ngunting"),
        ):
            cell_of(tasks, "Tugas praktik demonstrasi", heading).value = value
        for heading, value in (("Kode tugas", "TPD-1"), ("Kode unit", SEW), ("Judul bagian", "Baju"), ("Menit", 30)):
            cell_of(tasks, "Bagian tugas", heading).value = value
        cell_of(workbook["LSP"], "Identitas LSP", "Kota").value = "Kota Rekaan"

    path = changed(project, change)
    project.run("scheme", "import", str(path))
    assert "scheme.yaml: 1 text changed, 1 new, 0 gone" in project.said
    text = scheme.read_text("utf-8")
    expected = before.replace("Kain dipotong sesuai pola", "Kain dipotong rapi")
    expected = expected.replace(
        'standard: "Standar rekaan 2"\n', 'standard: "Standar rekaan 2"\n    workplace_standard: "SOP-1"\n'
    )
    assert text == expected
    (edition,) = load_data(find_project(tmp_path)).editions
    first, second = edition.plan.criteria
    assert (first.primary, first.reserves, second.primary) == ("written", ("oral",), "observed")
    assert edition.plan.clusters[0].instruments[0].backgrounds == (3,)
    (task,) = edition.scheme.clusters[0].tasks
    assert (task.equipment, task.parts[0].minutes) == (("kain", "gunting"), 30)
    project.run("scheme", "import", str(path))
    assert "says the same" in project.said


def test_a_row_that_is_taken_out_takes_its_data_out(tmp_path: Path) -> None:
    """The table is the whole list."""
    project = small_project(tmp_path)

    def change(workbook: Any) -> None:
        sheet = workbook["Unit dan KUK"]
        sheet.delete_rows(cell_of(sheet, "Unit, elemen, dan KUK", "Bunyi KUK", 4).row)

    project.run("scheme", "import", str(changed(project, change)))
    (edition,) = load_data(find_project(tmp_path)).editions
    assert [each.text for each in edition.scheme.units[1].elements[0].criteria] == ["Mesin jahit dioperasikan"]


def test_a_copied_sheet_is_a_new_scenario(tmp_path: Path) -> None:
    """With its own code it gets a file of its own; the one it was copied from stays."""
    project = small_project(tmp_path)
    folder = tmp_path / "scheme" / SMALL / "2026" / "scenarios"
    folder.mkdir()
    tree = {"id": "JHT-01", "title": "Mengukur", "units": [SEW], "channel": "tatap muka",
            "scenes": [{"id": "ukur", "title": "Mengukur", "minutes": 5}]}  # fmt: skip
    (folder / "JHT-01.yaml").write_text("\n".join(written(tree)) + "\n", "utf-8")

    def change(workbook: Any) -> None:
        sheet = workbook.copy_worksheet(workbook["Skenario JHT-01"])
        sheet.title = "Skenario JHT-02"
        cell_of(sheet, "Data skenario", "Kode").value = "JHT-02"
        cell_of(sheet, "Pemicu setiap KUK", "Pemicu", 3).value = "Pelanggan datang"
        cell_of(sheet, "Pemicu setiap KUK", "Adegan", 3).value = "ukur"

    project.run("scheme", "import", str(changed(project, change)))
    (edition,) = load_data(find_project(tmp_path)).editions
    assert [each.id for each in edition.scenarios] == ["JHT-01", "JHT-02"]
    assert [(cue.number, cue.trigger) for cue in edition.scenarios[1].cues] == [("2.1", "Pelanggan datang")]


def put(sheet: str, block: str, heading: str, value: Any, number: int = 1) -> Callable[[Any], None]:
    def change(workbook: Any) -> None:
        cell_of(workbook[sheet], block, heading, number).value = value

    return change


def remove_heading(workbook: Any) -> None:
    sheet = workbook["Metode"]
    sheet.cell(4, 1).value = "Kode"


@pytest.mark.parametrize(
    ("change", "message", "place"),
    [
        (put("Metode", "Metode setiap KUK", "Metode utama", "obsrvasi"), "did you mean `observasi`?", "sheet Metode, cell D5"),
        (put("Metode", "Metode setiap KUK", "KUK", "9.9"), "no criterion (KUK) 9.9", "sheet Metode, cell B5"),
        (put("Metode", "Metode setiap KUK", "KUK", 1.1), "number stands where a text belongs", "sheet Metode, cell B5"),
        (put("Metode", "Metode setiap KUK", "Alasan", "=1+1"), "formula stands where a text belongs", "sheet Metode, cell I5"),
        (put("Perangkat", "Perangkat setiap kelompok pekerjaan", "Latar belakang asesi", "1, 7"),
         "there is no background 7", "sheet Perangkat, cell E5"),
        (put("Perangkat", "Perangkat setiap kelompok pekerjaan", "Latar belakang asesi", "semua"),
         "`semua` is no whole number", "sheet Perangkat, cell E5"),
        (put("Kelompok Pekerjaan", "Kelompok pekerjaan", "Kode unit", CUT),
         f"unit {SEW} stands in no cluster", "sheet Kelompok Pekerjaan"),
        (put("Unit dan KUK", "Unit, elemen, dan KUK", "Judul unit", "Lain", 2), "differs from what the row above says",
         "sheet Unit dan KUK, cell B6"),
        (put("Unit dan KUK", "Unit, elemen, dan KUK", "No. KUK", "1.1", 2), "1.1 stands twice", "sheet Unit dan KUK"),
        (put("Skema", "Data skema", "Jenis skema", "Okupsi"), "did you mean `Okupasi`?", "sheet Skema, cell B7"),
        (put("Tugas", "Bagian tugas", "Kode tugas", "TPD-9"), "`TPD-9` stands in no row", "sheet Tugas, cell A16"),
        (put("LSP", "Identitas LSP", "Logo", "tidak-ada.png"), "picture `tidak-ada.png` does not exist", "sheet LSP, cell B11"),
        (remove_heading, "sheet has no column `Kode unit`", "sheet Metode"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_cell_and_writes_nothing(
    tmp_path: Path, change: Callable[[Any], None], message: str, place: str
) -> None:
    """Faults of cells, and all that would be an error of the data as it would be."""
    project = small_project(tmp_path)

    def also(workbook: Any) -> None:
        cell_of(workbook["Skema"], "Data skema", "Judul skema").value = "Judul lain"
        cell_of(workbook["Metode"], "Metode setiap KUK", "Metode utama").value = "observasi"
        change(workbook)

    path, before = changed(project, also), tree_digests(tmp_path / "scheme")
    project.run("scheme", "import", str(path), "--called", "isian kami.xlsx", expect=1)
    assert message in project.said and place in project.said, project.said
    assert path.name not in project.said
    assert tree_digests(tmp_path / "scheme") == before


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (put("Metode", "Metode setiap KUK", "Bunyi KUK", "Kain dijelaskan rinci"), "grey cell `Bunyi KUK` is not read"),
        (lambda workbook: workbook["Metode"].cell(6, 14, "catatan"), "cell is not read: it stands beside the table"),
        (lambda workbook: workbook.create_sheet("Catatan"), "sheet `Catatan` is not read"),
        (
            lambda workbook: workbook["Tugas"].delete_rows(
                cell_of(workbook["Tugas"], "Bagian tugas", "Kode tugas", 0).row - 1, 20
            ),
            "table `Bagian tugas` is missing",
        ),
        (lambda workbook: workbook["Skema"].cell(6, 1, "Nomor"), "line `Nomor` is not read"),
    ],
)
def test_what_is_not_read_is_told(tmp_path: Path, change: Callable[[Any], None], message: str) -> None:
    """Each cell that is passed over, by its place; the rest is taken."""
    project = small_project(tmp_path)
    project.run("scheme", "import", str(changed(project, change)))
    assert message in project.said


def test_a_released_edition_is_not_changed(tmp_path: Path) -> None:
    """Nor is anything written by a dry run."""
    project = small_project(tmp_path)
    path = changed(project, put("Skema", "Data skema", "Judul skema", "Lain"))
    before = tree_digests(tmp_path / "scheme")
    project.run("scheme", "import", str(path), "--dry-run")
    assert "would write" in project.said and tree_digests(tmp_path / "scheme") == before
    (tmp_path / "scheme" / SMALL / "2026" / "segel.json").write_text("{}", "utf-8")
    project.run("scheme", "import", str(path), expect=1)


def test_another_file_is_not_written_over(tmp_path: Path) -> None:
    """A workbook somebody works in stays; without a name it is called after scheme and edition."""
    project = small_project(tmp_path)
    path = changed(project, put("Skema", "Data skema", "Judul skema", "Lain"))
    content = path.read_bytes()
    project.run("scheme", "export", str(path), expect=1)
    assert path.read_bytes() == content
    project.run("scheme", "export", "skema.pdf", expect=2)


# Schemes made to order

ODD = st.sampled_from(["=1+1", "+62", "-5", "@ya", '"kutipan"', "'apostrof", "_x0041_", "a\\b", "# bukan komentar", "§ bukan", "–",
                       "- bukan daftar", "ya: tidak", "1.10", "TRUE", "{{ tag }}", "null", "~", "[x]", "a, b"])  # fmt: skip
TEXTS = st.one_of(ODD, st.text("abc :#-'\"é—", min_size=1, max_size=9)).map(lambda text: " ".join(text.split()) or "x")
LISTS = st.lists(TEXTS, min_size=1, max_size=3)


@st.composite
def editions(draw: st.DrawFn) -> dict[str, Any]:
    """The files of an edition, each as its data; any of them may be half empty."""
    units = [
        {"code": f"X.{number}", "title": draw(TEXTS), "standard": draw(TEXTS), "elements": [
            {"number": str(element), "title": draw(TEXTS), "criteria": [
                {"number": f"{element}.{place}", "text": draw(TEXTS)} for place in range(1, draw(st.integers(2, 3)))
            ]} for element in range(1, draw(st.integers(2, 3)))
        ]} for number in range(1, draw(st.integers(2, 4)))
    ]  # fmt: skip
    codes = [unit["code"] for unit in units]
    numbers = {
        unit["code"]: [each["number"] for element in unit["elements"] for each in element["criteria"]] for unit in units
    }
    method = st.sampled_from(["observed", "product", "written", "oral"])
    methods = [
        {"unit": code, "criteria": [{"criterion": number, "primary": draw(method)} for number in numbers[code]]}
        for code in codes
        if draw(st.booleans())
    ]
    parts = [
        {
            "unit": draw(st.sampled_from(codes)),
            "title": draw(TEXTS),
            "steps": draw(LISTS),
            "minutes": draw(st.integers(1, 99)),
        }
    ]
    scenario = {
        "id": "SKN-01", "title": draw(TEXTS), "units": codes[:1], "channel": draw(TEXTS), "rules": draw(LISTS),
        "scenes": [{"id": "satu", "title": draw(TEXTS), "minutes": 5}],
        "cues": [{"criterion": number, "scene": "satu", "trigger": draw(TEXTS), "anchors": {"met": draw(TEXTS)}}
                 for number in numbers[codes[0]] if draw(st.booleans())],
        "props": [{"id": "tabel", "kind": "table", "scene": "satu", "title": draw(TEXTS), "columns": ["satu", "dua"],
                   "rows": [[draw(TEXTS), ""], ["", draw(TEXTS)]]}],
    }  # fmt: skip
    return {
        "scheme.yaml": {"title": draw(TEXTS), "units": units, "clusters": [{"number": 1, "title": draw(TEXTS), "units": codes}]},
        "methods.yaml": {"units": methods},
        "tasks.yaml": {"tasks": [{"id": "T-1", "cluster": 1, "title": draw(TEXTS), "situation": draw(TEXTS), "parts": parts}]},
        "scenarios/SKN-01.yaml": scenario,
    }  # fmt: skip


@examples(20)
@given(files=editions())
def test_any_scheme_comes_back_as_it_went(tmp_path_factory: pytest.TempPathFactory, files: dict[str, Any]) -> None:
    """Whatever its texts look like to Excel or YAML: the same file says the same, and an empty edition says it, too."""
    root = tmp_path_factory.mktemp("any")
    edition = root / "scheme" / "apa" / "1"
    for name, tree in files.items():
        (edition / name).parent.mkdir(parents=True, exist_ok=True)
        (edition / name).write_text("\n".join(written(tree)) + "\n", "utf-8")
    project = find_project(root)
    export_scheme(project, root / "b.xlsx", None, None, False)
    done = import_scheme(project, root / "b.xlsx", None, None)
    assert (done.files, done.warnings) == ((), ())
    before = load_data(project).editions
    for name in files:
        if name != "scheme.yaml":
            (edition / name).unlink()
    import_scheme(project, root / "b.xlsx", None, None)
    assert load_data(project).editions == before
    assert agrees(before, before)
