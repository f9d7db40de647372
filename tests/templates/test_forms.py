"""The finished forms: every word of the scheme in its place, boxes where they belong, files that Office opens."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
import yaml
from file_names import named
from harness import SLUG, W14, Golden, KitProject, W, rewrite_parts
from office import convert, needs_office
from office_rules import faults_of
from office_schemas import schema_faults

from kitgen.documents.disk.document import document_parts
from kitgen.kits.kit import kits_of as kits_of_edition
from kitgen.kits.plan import plan_documents
from kitgen.load.locate import find_project
from kitgen.load.project_data import load_data
from kitgen.render.dump.dump import dump_parts
from kitgen.render.dump.word_lines import cell_text

pytestmark = pytest.mark.slow

Unit = dict[str, Any]


@pytest.fixture(scope="module")
def shipped(shipped_kit: KitProject) -> KitProject:
    """The shipped scheme, built."""
    return shipped_kit


def second_scheme() -> dict[str, Any]:
    """Another scheme: other counts, new-style codes, numbers of three digits, texts that ask for trouble."""

    def unit(number: int, elements: list[int]) -> Unit:
        return {
            "code": f"N.82ADM0{number}.00{number}.3",
            "title": f"Mengelola <arsip> & surat ke-{number}",
            "elements": [
                {"number": str(place), "title": f"Menyiapkan \"bahan\" {number}.{place}", "criteria": [
                    {"number": f"{place}.{kuk}", "text": f"Langkah {place}.{kuk} pada 3 x 24 jam & 'unit' {number} dilakukan"}
                    for kuk in range(1, count + 1)]}
                for place, count in enumerate(elements, 1)
            ],
        }  # fmt: skip

    units = [unit(1, [1]), unit(2, [3, 1, 4]), unit(3, [113, 2])]
    return {"title": "Juru Arsip & Surat <Muda>", "units": units}


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory, root: Path) -> KitProject:
    """A second scheme without clusters, bank or scenarios, built beside nothing."""
    project = KitProject.copy_of(root, tmp_path_factory.mktemp("other") / "proyek")
    import shutil

    shutil.rmtree(project.root / "scheme" / SLUG)
    folder = project.root / "scheme" / "juru-arsip" / "2025"
    folder.mkdir(parents=True)
    (folder / "scheme.yaml").write_text(yaml.safe_dump(second_scheme(), allow_unicode=True, width=10_000), "utf-8")
    return project.build()


def scheme_of(project: KitProject) -> dict[str, Any]:
    (path,) = project.root.glob("scheme/*/*/scheme.yaml")
    return yaml.safe_load(path.read_text("utf-8"))  # type: ignore[no-any-return]


def kits_of(project: KitProject) -> Iterator[tuple[Path, list[Unit]]]:
    """The folder of each kit with the units it is of."""
    units = scheme_of(project)["units"]
    (edition,) = project.root.glob("output/*/*")
    yield edition / "Skema Lengkap", units
    for unit in units:
        yield edition / "Per Unit" / unit["code"], [unit]


def opened(folder: Path, code: str) -> Any:
    (path,) = (each for each in folder.rglob("*.docx") if re.match(rf"\S+ {re.escape(code)}[ .]", each.name))
    return docx.Document(str(path))


def cell_lines(cell: Any) -> list[str]:
    """The paragraphs of a cell, a tab as a blank."""
    parts = (f"{W}t", f"{W}tab")
    return ["".join((part.text or "") if part.tag == parts[0] else " " for part in p.iter(*parts) if part.getparent().tag == f"{W}r")
            for p in cell.iter(f"{W}p")]  # fmt: skip


@pytest.mark.parametrize("name", ["shipped", "other"])
def test_self_assessment_has_every_criterion_in_its_elements_row(name: str, request: pytest.FixtureRequest) -> None:
    """FR.APL.02: one row per element, in it its title and its KUK, number and text together, in order, once."""
    project: KitProject = request.getfixturevalue(name)
    for folder, units in kits_of(project):
        rows = [row for table in opened(folder, "FR.APL.02").tables for row in table._tbl.iter(f"{W}tr")
                if "Elemen:" in cell_text(row.find(f"{W}tc"))]  # fmt: skip
        elements = [element for unit in units for element in unit["elements"]]
        assert len(rows) == len(elements)
        for row, element in zip(rows, elements, strict=True):
            lines = [re.sub(r"\s+", " ", line).strip() for line in cell_lines(row.find(f"{W}tc"))]
            assert f"{element['number']}. Elemen: {element['title']}" in lines
            found = [line for line in lines if re.match(r"\d+\.\d+ ?", line) and "Elemen:" not in line]
            assert [re.sub(r"^(\d+\.\d+) ?", r"\1 ", line) for line in found] == [
                f"{kuk['number']} {kuk['text']}" for kuk in element["criteria"]
            ]  # fmt: skip


@pytest.mark.parametrize("name", ["shipped", "other"])
def test_checklist_has_every_criterion_in_a_row_of_its_own(name: str, request: pytest.FixtureRequest) -> None:
    """FR.IA.01: one row per KUK, in order, once; its element merged over exactly its rows, its title in the first."""
    project: KitProject = request.getfixturevalue(name)
    clusters = scheme_of(project).get("clusters") or [{"units": [unit["code"] for unit in scheme_of(project)["units"]]}]
    for folder, units in kits_of(project):
        by_code = {unit["code"]: unit for unit in units}
        ordered = [by_code[code] for cluster in clusters for code in cluster["units"] if code in by_code]
        expected = [
            (element["number"], element["title"], kuk, place == 0)
            for unit in ordered for element in unit["elements"] for place, kuk in enumerate(element["criteria"])
        ]  # fmt: skip
        rows = [list(row.iterfind(f"{W}tc")) for table in opened(folder, "FR.IA.01").tables
                for row in table._tbl.iterfind(f"{W}tr")]  # fmt: skip
        rows = [cells for cells in rows if len(cells) == 7 and re.match(r"\d+\.\d+", cell_text(cells[2]).strip())]
        assert len(rows) == len(expected)
        for cells, (number, title, kuk, is_first) in zip(rows, expected, strict=True):
            text = re.sub(r"\s+", " ", cell_text(cells[2]).replace("→", " ")).strip()
            assert text == f"{kuk['number']} {kuk['text']}"
            merge = cells[1].find(f"{W}tcPr/{W}vMerge")
            assert merge is not None
            assert (merge.get(f"{W}val") == "restart") == is_first
            assert [cell_text(cells[0]), cell_text(cells[1])] == ([number, title] if is_first else ["", ""])


def test_boxes_stand_where_they_belong(shipped: KitProject) -> None:
    """FR.APL.02 has a K and a BK box per element (26), FR.IA.01 a Ya and a Tidak per KUK (100) and two more."""
    for folder, units in kits_of(shipped):
        elements = [element for unit in units for element in unit["elements"]]
        criteria = [kuk for element in elements for kuk in element["criteria"]]
        assert boxes(folder, "FR.APL.02") == 2 * len(elements)
        assert boxes(folder, "FR.IA.01") == 2 * len(criteria) + 2
        assert boxes(folder, "FR.APL.01") == 4 + 12
    assert (boxes(next(kits_of(shipped))[0], "FR.APL.02"), boxes(next(kits_of(shipped))[0], "FR.IA.01")) == (26, 102)


def boxes(folder: Path, code: str) -> int:
    return len(list(opened(folder, code).element.body.iter(f"{W14}checkbox")))


def test_an_unknown_fact_is_printed_by_its_name(shipped: KitProject, kit_project: KitProject) -> None:
    """The scheme's number prints its name in brackets until the LSP gives it."""
    (path,) = shipped.output.rglob(named("Skema Lengkap/*/02 FR.APL.02.docx"))
    text = "\n".join(map(str, dump_parts(document_parts(path), path.name)))
    assert "[nomor skema]" in text
    kit_project.edit_scheme("number:  ", 'number: "SKM/001/2024" # ').build("--form", "FR.APL.02")
    (path,) = kit_project.output.rglob(named("Skema Lengkap/*/02 FR.APL.02.docx"))
    text = "\n".join(map(str, dump_parts(document_parts(path), path.name)))
    assert "SKM/001/2024" in text and "[nomor skema]" not in text


def test_requirement_tables_without_data_have_three_empty_rows(shipped: KitProject) -> None:
    """FR.APL.01 leaves room to write where the LSP gave no requirements, and prints them where it did."""
    document = opened(next(kits_of(shipped))[0], "FR.APL.01")
    tables = [table for table in document.tables if "Bukti " in cell_text(table._tbl.find(f"{W}tr"))
              or any("Tidak Ada" in cell_text(cell) for cell in table._tbl.find(f"{W}tr"))]  # fmt: skip
    assert len(tables) == 2
    for table in tables:
        numbers = [cell_text(row.find(f"{W}tc")).strip() for row in table._tbl.iterfind(f"{W}tr")]
        assert [number for number in numbers if re.fullmatch(r"\d\.", number)] == ["1.", "2.", "3."]


def test_the_ladder_of_every_actor_stays_on_one_page(shipped: KitProject) -> None:
    """No row of it splits, and each is kept with the next one, its heading included."""
    cards = sorted(shipped.output.rglob(named("Skema Lengkap/*/*Kartu Pemeran.docx").replace(".docx", "*.docx")))
    ladders = 0
    for path in cards:
        for table in docx.Document(str(path)).tables:
            rows = list(table._tbl.iterfind(f"{W}tr"))
            if "".join(map(cell_text, rows[0].iterfind(f"{W}tc"))) != "TingkatKapanSikapUcapan":
                continue
            ladders += 1
            assert len(rows) > 3 and all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows), path.name
            kept = [[each.find(f"{W}pPr/{W}keepNext") is not None for each in row.iter(f"{W}p")] for row in rows[:-1]]
            assert all(map(all, kept)), path.name
    assert len(cards) >= 14 and ladders >= 8


def test_the_verdict_on_an_actor_is_never_alone_on_a_page(shipped: KitProject) -> None:
    """It is the last row of the table, and each row from the heading before it on is kept with the next."""
    sheets = sorted(shipped.output.rglob("Skema Lengkap/*/*Lembar Uji Pemeran*.docx"))
    verdicts = 0
    for path in sheets:
        for table in docx.Document(str(path)).tables:
            rows = list(table._tbl.iterfind(f"{W}tr"))
            words = ["".join(map(cell_text, row.iterfind(f"{W}tc"))) for row in rows]
            if "**Sikap**" not in words:
                continue
            verdicts += 1
            assert words[-1].startswith("Putusan"), path.name
            kept = rows[words.index("**Sikap**") : -1]
            assert len(kept) == 4 and all(
                each.find(f"{W}pPr/{W}keepNext") is not None for row in kept for each in row.iter(f"{W}p")
            ), path.name
    assert len(sheets) >= 14 and verdicts >= 19


def test_the_rules_of_a_candidates_card_stay_on_one_page(shipped: KitProject) -> None:
    """They stand in one row that does not split: on the card's page where there is room, else all of them on the next."""
    cards = sorted(shipped.output.rglob("Skema Lengkap/*/*Kartu Asesi*.docx"))
    for path in cards:
        (row,) = docx.Document(str(path)).tables[-1]._tbl.iterfind(f"{W}tr")
        label, rules = row.iterfind(f"{W}tc")
        assert cell_text(label) == "**Ketentuan**" and row.find(f"{W}trPr/{W}cantSplit") is not None
        assert len(list(rules.iterfind(f"{W}p"))) >= 6, path.name
    assert len(cards) >= 14


def test_every_form_has_a_golden_text(shipped: KitProject, golden: Golden) -> None:
    """What each form says for unit 002 (and what is only in the scheme's kit) is as it was read and accepted."""
    data = load_data(find_project(shipped.root))
    planned = plan_documents(data.forms, kits_of_edition(data.editions[0]))
    edition = shipped.output
    seen: set[str] = set()
    for kit in ("Per Unit/M.702090.002.01", "Per Unit/M.702090.008.01", "Skema Lengkap"):
        for document in (each for each in planned if each.path.startswith(f"{kit}/")):
            path, code = edition / document.path, document.code
            if code in seen or re.search(r"Paket [BC]|(KEL|LYN)-0[2-9]", code.replace("Teks Tempel KEL-04", "")):
                continue
            seen.add(code)
            lines = dump_parts(document_parts(path), path.name)
            golden.check(f"documents/{code}.txt", "\n".join(map(str, lines)) + "\n")
    declared = yaml.safe_load((shipped.root / "templates" / "forms.yaml").read_text("utf-8"))["forms"]
    assert {re.sub(r" (Paket \w( - KP \d)?|[A-Z]{3}-\d\d)$", "", code) for code in seen} == {
        code for code, entry in declared.items() if entry["kits"] != ["event"]
    }
    assert {path.stem for path in (golden.folder / "documents").glob("*.txt")} == seen


def test_every_template_has_a_golden_text(root: Path, golden: Golden) -> None:
    """Templates are binary; their dumps are what is read when they change."""
    templates = sorted([*root.glob("templates/docx/**/*.docx"), *root.glob("templates/xlsx/**/*.xlsx")])
    templates = [path for path in templates if not path.name.startswith("~$")]
    for path in templates:
        lines = dump_parts(document_parts(path), path.name)
        golden.check(f"templates/{path.stem}.txt", "\n".join(map(str, lines)) + "\n")
    kept = {path.stem for path in (root / "tests/golden/templates").glob("*.txt")}
    assert kept == {path.stem for path in templates}


def test_every_document_is_valid_and_opens(shipped: KitProject, other: KitProject) -> None:
    """`openxml-audit` finds nothing, python-docx and openpyxl open every file, no tag is left in it."""
    files = sorted([*shipped.output.rglob("*.*x"), *(other.root / "output").rglob("*.*x")])
    assert files
    for path in files:
        # that Excel moves texts from cells into its shared table when it saves is no fault of a file
        problems = [fault for fault in schema_faults(path) if "inlineStr" not in fault]
        assert not problems, f"{path.name}: {problems[:3]}"
        if path.suffix == ".docx":
            assert faults_of(path.read_bytes()) == [], path.name
            docx.Document(str(path))
        else:
            openpyxl.load_workbook(path)
        text = "\n".join(map(str, dump_parts(document_parts(path), path.name)))
        assert "{{" not in text and "{%" not in text and "#KODE" not in text and "#DRAF" not in text


@needs_office
@pytest.mark.office
def test_every_document_converts_to_pages(shipped: KitProject, tmp_path: Path) -> None:
    """LibreOffice makes a PDF of every document of the scheme's kit and of unit 008."""
    files = sorted([*shipped.output.glob("Skema Lengkap/**/*.*x"), *shipped.output.glob("Per Unit/*008*/**/*.*x")])
    copies = []
    for number, path in enumerate(files):
        copies.append(tmp_path / f"{number}{path.suffix}")
        copies[-1].write_bytes(path.read_bytes())
    assert len(convert(copies, "pdf", tmp_path)) == len(files)


def test_a_new_form_is_a_template_and_an_entry(kit_project: KitProject) -> None:
    """Without a line of Python a further form is built, listed, checked and stamped."""
    source = kit_project.root / "templates/docx/FR.APL.02.docx"
    target = kit_project.root / "templates/docx/FR.XX.01.docx"
    target.write_bytes(source.read_bytes())
    rewrite_parts(target, lambda name, content: content.replace(b"FR.APL.02", b"FR.XX.01"))
    forms = kit_project.root / "templates/forms.yaml"
    entry = """
  FR.XX.01:
    title: "Formulir Tambahan"
    number: "29"
    stage: laporan
    template: docx/FR.XX.01.docx
    kits: [scheme]
    per: kit
    audience: admin
    given: [scheme, units, candidate, assessor]
"""
    forms.write_text(forms.read_text("utf-8") + entry, "utf-8")
    kit_project.run("check").run("template", "list")
    assert kit_project.last is not None and "Formulir Tambahan" in kit_project.last.stdout
    kit_project.build("--form", "FR.XX.01")
    (path,) = kit_project.output.rglob("29 FR.XX.01.docx")
    assert path.parent.name == "1 Admin"
    text = "\n".join(map(str, dump_parts(document_parts(path), path.name)))
    assert re.search(r"FR\.XX\.01.*Kode Dokumen \w{4}-\w{4}-\w{3}", text)
