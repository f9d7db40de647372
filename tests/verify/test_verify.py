"""Finished documents are read back: every text in its place, every criterion proven, and the record of it."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from file_names import named, stem_of
from harness import ROOT, SLUG, KitProject, rewrite_parts, tree_digests
from small_scheme import CUT, SEW, small_project

from kitgen.base.line_diff import DumpLine
from kitgen.documents.disk.document import find_document
from kitgen.model.forms import CONTENTS
from kitgen.verify.expected import CONTENT
from kitgen.verify.read_back import read_finished, words_of

pytestmark = pytest.mark.slow

UNIT = "M.702090.008.01"
KIT = f"Per Unit/{UNIT}"
REPORT = "Bukti Cakupan KUK.xlsx"
FORMS = (
    "FR.APL.02", "FR.IA.01", "FR.IA.02", "FR.IA.05A", "FR.IA.05B", "FR.IA.05C", "FR.IA.06A", "FR.IA.06B", "FR.IA.07",
    "Lembar Skor", "Matriks Cakupan KUK",
)  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[KitProject]:
    """Built once; tests work on copies of it."""
    project = KitProject.copy_of(root, tmp_path_factory.mktemp("verify") / "proyek")
    yield project.keep_forms(FORMS).build()


@pytest.fixture
def project(built: KitProject, tmp_path: Path) -> KitProject:
    return built.copy_to(tmp_path / "proyek")


def of_unit(project: KitProject, name: str) -> Path:
    """A document of the unit's kit, by the end of its name."""
    (path,) = (project.output / KIT).rglob(f"*{name}")
    return path


def verified(project: KitProject, *arguments: str, expect: int = 0) -> Any:
    """What `kitgen verify --json` gives, of the unit's kit if nothing else is said."""
    project.run("verify", *(arguments or ("--unit", UNIT)), "--json", expect=expect)
    assert project.last is not None
    (edition,) = json.loads(project.last.stdout)
    return edition


def change(path: Path, how: Callable[[Any], None]) -> None:
    """Change a document with python-docx, as a person does."""
    document = docx.Document(str(path))
    how(document)
    document.save(str(path))


def row_with(document: Any, text: str) -> Any:
    return next(row for table in document.tables for row in table.rows if any(text in cell.text for cell in row.cells))


def errors(edition: Any) -> list[Any]:
    return [each for each in edition["findings"] if each["severity"] == "error"]


def of_documents(project: KitProject, edition: Any) -> list[Any]:
    """Findings about documents; before them stands what the data lacks, each as `check` tells it."""
    findings = edition["findings"]
    lacking = [each for each in findings if each["file"].endswith(".yaml")]
    assert lacking and findings[: len(lacking)] == lacking
    told_by_check = re.findall(r"^warning: (.*)", project.run("check").said, re.MULTILINE)
    assert [each["message"] for each in lacking] == told_by_check[: len(lacking)]
    return list(findings[len(lacking) :])


KUK = {
    "1.1": "Keluhan pelanggan didengarkan sepenuhnya, tanpa memotong",
    "3.1": "Permohonan maaf kepada pelanggan disampaikan",
}


def test_what_was_built_is_proven_and_the_record_is_no_document(project: KitProject) -> None:
    """Nothing is missing in any kit but what the data lacks; a second run writes nothing; a build leaves the record alone and does not index it."""
    edition = verified(project, "--scheme", SLUG)
    assert of_documents(project, edition) == [] and edition["proven"]
    assert edition["report"] == f"{SLUG}/2024/{REPORT}"
    assert {kit["kit"]: kit["gaps"] for kit in edition["kits"]}.keys() == {
        "Skema Lengkap",
        *(f"Per Unit/{path.name}" for path in (project.output / "Per Unit").iterdir()),
    }
    assert all(kit["found"] > 50 and not kit["gaps"] and not kit["unread"] for kit in edition["kits"])
    before = project.stamps()
    assert verified(project, "--scheme", SLUG) == edition
    assert project.stamps() == before
    project.build()
    assert project.stamps() == before
    assert "Bukti" not in (project.output / "manifest.json").read_text("utf-8")
    project.run("plan")
    assert "Bukti" not in project.said


def test_the_record_is_the_same_wherever_it_is_made(project: KitProject, tmp_path: Path) -> None:
    """No clock, no path in it."""
    other = project.copy_to(tmp_path / "lain")
    digests = []
    for each in (project, other):
        each.run("verify")
        digests.append(tree_digests(each.output)[REPORT])
    assert digests[0] == digests[1]


def test_summary_says_what_was_read(project: KitProject) -> None:
    """One line for each kit, and where the record lies."""
    project.run("verify")
    assert re.search(r"^Skema Lengkap +\d+ +0 +\d+ +0 +50 +0$", project.said, flags=re.M)
    assert f"{SLUG}/2024/{REPORT}" in project.said


@pytest.mark.parametrize("name", [named("10 FR.IA.01.docx"), named("02 FR.APL.02.docx")])
def test_a_changed_criterion_is_told_with_its_place(project: KitProject, name: str) -> None:
    """A word changed by hand: the place, what should stand there and what does; the file is told to be edited."""

    def shorten(document: Any) -> None:
        cell = next(cell for cell in row_with(document, KUK["3.1"]).cells if KUK["3.1"] in cell.text)
        paragraph = next(paragraph for paragraph in cell.paragraphs if KUK["3.1"] in paragraph.text)
        for run in paragraph.runs:
            run.text = run.text.replace("Permohonan maaf", "Maaf")

    path = of_unit(project, name)
    change(path, shorten)
    edition = verified(project, expect=1)
    (missing, *gap) = errors(edition)
    assert missing["message"] == f"criterion (KUK) 3.1 of unit {UNIT} is not there"
    assert missing["file"].endswith(f"{KIT}/{path.parent.name}/{name}")
    assert re.fullmatch(r"table \d+, row \d+, cell \d+", missing["spot"])
    assert "Maaf kepada pelanggan disampaikan" in missing["there"]
    assert missing["help"] == f"expected: {KUK['3.1']}"
    told = of_documents(project, edition)
    assert [each["message"] for each in told if each["severity"] == "warning"] == [
        "document was edited by hand; it is read as it is"
    ]
    proven_elsewhere = name.startswith("02")
    assert bool(gap) != proven_elsewhere, "only the checklist proves by observation"


def test_a_deleted_row_is_told_with_the_place_before_it(project: KitProject) -> None:
    """Nothing stands there any more; what it should follow does."""

    def delete(document: Any) -> None:
        row = row_with(document, KUK["3.1"])
        row._tr.getparent().remove(row._tr)

    change(of_unit(project, named("10 FR.IA.01.docx")), delete)
    missing, gap = errors(verified(project, expect=1))
    assert missing["message"] == f"criterion (KUK) 3.1 of unit {UNIT} is not there"
    assert missing["spot"].startswith("after table 5, row ")
    assert gap["message"].startswith(f"criterion (KUK) 3.1 of unit {UNIT} is proven by no document for its primary")


@pytest.mark.parametrize(
    "name", [named("10 FR.IA.01.docx"), named("02 FR.APL.02.docx"), named("14a FR.IA.05A Paket A - KP 2.docx")]
)
def test_swapped_numbers_are_found(project: KitProject, name: str) -> None:
    """Each text is there, but with the other's number: in rows of their own and in one cell."""
    numbers = ["1.", "2."] if "05A" in name else ["1.1", "1.2"]

    def swap(document: Any) -> None:
        paragraphs = [
            each for table in document.tables for row in table.rows for cell in row.cells for each in cell.paragraphs
        ]
        first, second = (
            next(each for each in paragraphs if each.text.startswith(f"{number}\t") and len(each.text) > 25)
            for number in numbers
        )
        for paragraph, old, new in ((first, numbers[0], numbers[1]), (second, numbers[1], numbers[0])):
            run = next(run for run in paragraph.runs if run.text.startswith(old.rstrip(".")))
            run.text = run.text.replace(old.rstrip("."), new.rstrip("."), 1)

    change(of_unit(project, name), swap)
    told = [each["message"] for each in errors(verified(project, expect=1)) if "stands with" in each["message"]]
    bare = [number.rstrip(".") for number in numbers]
    assert len(told) == 2
    assert told[0].endswith(f"stands with `{bare[1]}`, not with `{bare[0]}`")
    assert told[1].endswith(f"stands with `{bare[0]}`, not with `{bare[1]}`")


def test_swapped_options_are_found(project: KitProject) -> None:
    """The letters of two answers changed places: the key would be wrong."""

    def swap(document: Any) -> None:
        cell = document.tables[1].rows[1].cells[0]
        first, second = cell.paragraphs[:2]
        assert first.text.startswith("a.") and second.text.startswith("b.")
        for paragraph, letter in ((first, "b."), (second, "a.")):
            paragraph.runs[0].text = letter + paragraph.runs[0].text[2:]

    change(of_unit(project, named("14a FR.IA.05A Paket A - KP 2.docx")), swap)
    told = [each["message"] for each in errors(verified(project, expect=1))]
    assert [re.sub(r"\(.*?\) ", "", each) for each in told] == [
        "option a of question 1 stands with `b`, not with `a`",
        "option b of question 1 stands with `a`, not with `b`",
    ]


def test_a_second_key_is_found(project: KitProject) -> None:
    """The key is right in one table and wrong in the other."""
    path = of_unit(project, named("14b FR.IA.05B Paket A - KP 2.docx"))
    keys: list[str] = []

    def turn(document: Any) -> None:
        cell = document.tables[1].rows[1].cells[1]
        keys.append(cell.text)
        cell.paragraphs[0].runs[0].text = "b" if cell.text == "a" else "a"

    change(path, turn)
    (told,) = errors(verified(project, expect=1))
    wrong = "b" if keys[0] == "a" else "a"
    assert re.sub(r"\(.*?\) ", "", told["message"]) == f"key of question 1 is `{keys[0]}`, but `{wrong}` is given"
    assert told["spot"] == "table 2, row 2, cell 2"


def test_a_key_that_is_gone_from_one_of_two_tables_is_found(project: KitProject) -> None:
    """The one that is left is not the one people mark by."""

    def empty(document: Any) -> None:
        document.tables[1].rows[1].cells[1].paragraphs[0].runs[0].text = ""

    change(of_unit(project, named("14b FR.IA.05B Paket A - KP 2.docx")), empty)
    (told,) = errors(verified(project, expect=1))
    assert re.sub(r"\(.*?\) ", "", told["message"]) == "key of question 1 is not there" and told["spot"] == "table 2"


def test_struck_through_is_gone(project: KitProject) -> None:
    """A criterion crossed out by hand asks nothing of anybody."""

    def strike(document: Any) -> None:
        for cell in row_with(document, KUK["1.1"]).cells:
            for paragraph in cell.paragraphs:
                for run in paragraph.runs:
                    run.font.strike = True

    change(of_unit(project, named("10 FR.IA.01.docx")), strike)
    assert errors(verified(project, expect=1))[0]["message"] == f"criterion (KUK) 1.1 of unit {UNIT} is not there"


def test_a_tag_that_is_left_is_found(project: KitProject) -> None:
    """In the text, and in a footer."""
    path = of_unit(project, named("11 FR.IA.02.docx"))
    change(path, lambda document: document.add_paragraph("Nama: {{ candidate.name }}"))
    rewrite_parts(
        path, lambda name, content: content.replace(b"FR.IA.02<", b"#KODE-DOKUMEN#<") if "footer" in name else content
    )
    told = errors(verified(project, expect=1))
    assert {each["message"] for each in told} == {"tag of the template is left in a finished document"}
    assert "{{ candidate.name }}" in told[0]["there"]


def test_without_question_sheets_there_is_a_gap(project: KitProject) -> None:
    """What is asked in writing is proven by nothing any more; each file that is gone is told."""
    unit = "M.702090.001.01"
    sheets = [path for name in ("14a*", "15a*") for path in (project.output / "Per Unit" / unit).rglob(name)]
    assert len(sheets) == 6
    for path in sheets[1:]:
        path.unlink()
    (kit,) = verified(project, "--unit", unit, expect=1)["kits"]
    assert kit["unread"] == 5 and any(row["written"] for row in kit["rows"])
    sheets[0].unlink()
    edition = verified(project, "--unit", unit, expect=1)
    (kit,) = edition["kits"]
    written = [row for row in kit["rows"] if row["primary"] == "written"]
    assert written and all(row["gap"] and not row["written"] for row in written)
    told = [each["message"] for each in errors(edition)]
    assert told.count("document is not there") == kit["unread"] == 6
    assert len(told) == 6 + len(written)


def test_without_methods_anything_proves(project: KitProject) -> None:
    """A scheme that does not say how its criteria are assessed has gaps only where nothing at all is."""
    (project.edition / "methods.yaml").unlink()
    project.build()
    for path in (*(project.output / KIT).rglob("14a*"), *(project.output / KIT).rglob("15a*")):
        path.unlink()
    edition = verified(project, expect=1)
    assert {row["primary"] for row in edition["kits"][0]["rows"]} == {None}
    assert edition["kits"][0]["gaps"] == 0


def test_documents_of_an_older_state_are_told(project: KitProject) -> None:
    """A reworded criterion: the old documents are told, and that they do not have the new text."""
    project.edit_scheme(KUK["3.1"], "Permohonan maaf disampaikan kepada pelanggan")
    edition = verified(project, expect=1)
    old = {each["file"] for each in edition["findings"] if each["message"].startswith("document is of an older state")}
    missing = {
        each["file"] for each in errors(edition) if "KUK) 3.1" in each["message"] and "not there" in each["message"]
    }
    assert missing and missing <= old
    assert verified(project.build())["proven"]


def test_answers_typed_into_a_score_sheet_are_no_keys(project: KitProject) -> None:
    """People's letters beside the key do not contradict it."""
    path = of_unit(project, named("14d Lembar Skor Paket A - KP 2.xlsx"))
    book = openpyxl.load_workbook(path)
    for row in range(8, 20):
        for column in "FGH":
            book["Skor"][f"{column}{row}"] = "abcd"[row % 4]
    book.save(path)
    assert not errors(verified(project))


def test_a_foreign_file_is_read_as_it_is(project: KitProject) -> None:
    """A file that is no Office file at all is told; so is what it should hold."""
    of_unit(project, named("02 FR.APL.02.docx")).write_text("catatan")
    edition = verified(project, expect=1)
    assert edition["kits"][0]["unread"] == 1
    assert of_documents(project, edition)[0]["message"].startswith("file was not made by kitgen")


# The record


def test_the_record_opens_and_prints(project: KitProject) -> None:
    """Every criterion of every kit with its documents and places; head frozen, filter, A4 landscape, repeated titles."""
    project.run("verify")
    book = openpyxl.load_workbook(project.output / REPORT)
    sheet = book["Cakupan"]
    assert book.sheetnames == ["Cakupan", "Ringkasan", "Temuan"]
    head = sheet.print_title_rows.lstrip("$").split(":")[0]
    rows = list(sheet.iter_rows(min_row=int(head) + 1, values_only=True))
    assert sheet.freeze_panes == f"A{int(head) + 1}"
    assert sheet.auto_filter.ref == f"A{head}:L{int(head) + len(rows)}"
    assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
    assert {row[1] for row in rows} >= {"Skema Lengkap", KIT} and len(rows) == 100
    (row,) = (row for row in rows if row[1] == KIT and row[4] == "3.1")
    assert row[2].startswith(UNIT) and row[5] == KUK["3.1"] and row[6] == "observasi"
    assert re.fullmatch(rf"{re.escape(stem_of('10 FR.IA.01.docx'))}: tabel 5, baris \d+", row[7])
    assert row[8].startswith(f"{stem_of('11 FR.IA.02.docx')}: paragraf ")
    assert row[11] in (None, "")
    found = find_document(project.output / REPORT)
    assert found is not None and found.is_ours and found.record is not None and found.record.kit == ""


def test_gaps_in_the_record_are_red(project: KitProject) -> None:
    """The rule that colours covers all rows, and holds for those that say CELAH; what is missing is listed."""
    path = of_unit(project, named("10 FR.IA.01.docx"))
    path.unlink()
    project.run("verify", expect=1)
    book = openpyxl.load_workbook(project.output / REPORT)
    sheet = book["Cakupan"]
    (area,) = sheet.conditional_formatting
    (rule,) = area.rules
    (covered,) = area.sqref.ranges
    first = covered.min_row
    assert covered.max_row == sheet.max_row and rule.formula == [f'$L{first}="CELAH"']
    assert rule.dxf.fill.bgColor.rgb[2:] == "F4B6B6"
    gaps = [row for row in sheet.iter_rows(min_row=first, values_only=True) if row[11] == "CELAH"]
    assert gaps and {(row[1], row[6]) for row in gaps} == {(KIT, "observasi")}
    found = [row[1:4] for row in book["Temuan"].iter_rows(values_only=True)]
    assert (f"{KIT}/3 Untuk Asesor/{path.name}", None, "dokumen tidak ada") in found
    listed = {row[1]: row for row in book["Ringkasan"].iter_rows(values_only=True)}
    assert listed[KIT][3] == 1 and listed[KIT][7] == len(gaps)


def test_an_edited_record_is_kept(project: KitProject) -> None:
    """The new one goes beside it, and back to its place when the edited one is gone."""
    project.run("verify")
    path = project.output / REPORT
    first = path.read_bytes()
    book = openpyxl.load_workbook(path)
    book["Cakupan"]["M9"] = "sudah dilihat"
    book.save(path)
    edited = path.read_bytes()
    newer = path.with_name("Bukti Cakupan KUK (terbaru).xlsx")
    project.run("verify")
    assert not newer.exists(), "it says nothing new"
    of_unit(project, named("10 FR.IA.01.docx")).unlink()
    project.run("verify", expect=1)
    assert path.read_bytes() == edited and newer.exists()
    assert "(terbaru)" in project.said
    path.unlink()
    project.build().run("verify")
    assert path.read_bytes() == first and not newer.exists()


def test_one_unit_leaves_the_record_alone(project: KitProject) -> None:
    """A run of one kit would take the place of all."""
    edition = verified(project)
    assert [kit["kit"] for kit in edition["kits"]] == [KIT] and edition["report"] is None
    assert not (project.output / REPORT).exists()


def test_the_template_of_the_record_is_the_projects_own_else_the_shipped_one(project: KitProject) -> None:
    """`check` tells a wrong name in the project's own, and `verify` stops at it; without one, the shipped one is taken."""
    name = f"xlsx/laporan/{REPORT}"
    template = project.root / "templates" / name
    project.run("check")
    assert "Bukti" not in project.said
    project.edit_template(name, "BUKTI CAKUPAN KUK", "BUKTI MILIK LSP").run("verify")
    assert openpyxl.load_workbook(project.output / REPORT)["Cakupan"]["A1"].value == "BUKTI MILIK LSP"
    project.edit_template(name, "row.is_gap", "row.is_gaps")
    for command in ("check", "verify"):
        project.run(command, expect=1)
        assert "`rows.is_gaps`, which does not exist" in project.said and f"templates/{name}" in project.said
    template.unlink()
    project.run("check")
    assert "Bukti" not in project.said
    project.run("verify")
    assert openpyxl.load_workbook(project.output / REPORT)["Cakupan"]["A1"].value == "BUKTI CAKUPAN KUK"


# What forms say


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("- criteria\n    proves:", "- units\n    proves:", "form proves by `criteria`, which it does not hold"),
        ("observed: criteria", "observed: criterias", "did you mean `criteria`?"),
        ("observed: criteria", "seen: criteria", "key `seen` is not known here"),
    ],
)
def test_wrong_words_in_forms_are_told(project: KitProject, old: str, new: str, said: str) -> None:
    """With what is known."""
    project.keep_forms(["FR.IA.01"]).edit("templates/forms.yaml", old, new).run("check", expect=1)
    assert said in project.said


def test_every_word_for_what_a_form_holds_is_spelled_out() -> None:
    """The loader's words and the table agree."""
    assert tuple(CONTENT) == CONTENTS


# Reading


def lines(*cells: tuple[str, str]) -> list[DumpLine]:
    return [DumpLine(spot, text) for spot, text in cells]


def test_rows_are_read_with_what_merged_cells_carry_on() -> None:
    """A text in the second row of a merged number stands with that number."""
    read = read_finished(
        lines(
            ("table 1, row 1, cell 1", "7."),
            ("table 1, row 1, cell 2", "**Pertanyaan:** ¶ Mengapa? (over 2 columns)"),
            ("table 1, row 2, cell 1", "(goes on)"),
            ("table 1, row 2, cell 2", "**Kunci:** ¶ 3 kali → sehari"),
        )
    )
    (hit,) = read.exactly("3 kali sehari")
    assert read.label_at(hit, {"7", "8"}) == "7"
    (hit,) = read.exactly("Mengapa?")
    assert read.label_at(hit, {"7"}) == "7" and read.label_at(hit, {"8"}) is None


def test_a_text_within_a_paragraph_is_found_as_whole_words() -> None:
    """With the number before it in the paragraph."""
    read = read_finished(
        lines(("paragraph 1", "Tugas 2: Melayani pelanggan (X.01)"), ("paragraph 2", "Melayani pelanggannya"))
    )
    assert list(read.exactly("Melayani pelanggan")) == []
    (hit,) = read.within("Melayani pelanggan")
    assert read.lines[hit.line].spot == "paragraph 1" and read.label_at(hit, {"1", "2"}) == "2"


@pytest.mark.parametrize(
    ("said", "words"),
    [("**1.1** → a  b", "1.1 a b"), ("a ↵ b", "a b"), ("~~gone~~ there", "there"), ("x\u00a0y", "x y")],
)
def test_marks_of_the_dump_are_no_words(said: str, words: str) -> None:
    """Texts are compared by their words."""
    assert words_of(said) == words


def test_a_part_of_a_task_may_be_called_like_its_unit(tmp_path: Path) -> None:
    """Its steps and output are looked for below its own heading, not below the line of the list of units."""
    parts = "".join(
        f'      - {{unit: "{code}", title: "{title}", steps: ["Kerjakan sampai selesai."], output: "Hasil jadi"}}\n'
        for code, title in ((CUT, "Memotong kain"), (SEW, "Menjahit baju"))
    )
    task = 'tasks:\n  - id: "TPD-1"\n    cluster: 1\n    title: "Membuat baju"\n    situation: "Ada pesanan."\n    parts:\n'
    project = small_project(tmp_path, tasks=task + parts)
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    project.keep_forms(["FR.IA.02"]).build()
    (edition,) = project.json("verify")
    assert errors(edition) == [] and edition["proven"]
