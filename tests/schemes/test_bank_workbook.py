"""The bank as a workbook and back: nothing is lost, one changed cell changes one text, every fault has its cell."""

import io
import re
import shutil
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from examples import examples
from harness import ROOT, SLUG, KitProject, add_strings, rewrite_parts, tree_digests
from hypothesis import HealthCheck, example, given
from hypothesis import strategies as st
from workbook_rules import faults_of

from kitgen.base.errors import Findings
from kitgen.base.holes import BLANK
from kitgen.base.signs import unprintable, without_marks
from kitgen.load.edition.bank import bank_text, load_bank
from kitgen.load.locate import find_project
from kitgen.load.project_data import load_data
from kitgen.load.sheets.workbook_files import MAX_FILE
from kitgen.model.bank import DIFFICULTIES, LETTERS, AnswerOption, Question
from kitgen.model.bank_columns import SHEETS, TOLD, cells_of, headings_of
from kitgen.model.edition import Edition
from kitgen.model.scheme import Scheme, Unit
from kitgen.render.made.workbook import escape_cell
from kitgen.schemes.bank.rows import read_bank
from kitgen.schemes.bank.workbook import LONGEST_CELL, bank_workbook

pytestmark = pytest.mark.slow

UNIT = "M.702090.008.01"
FILE = "bank.xlsx"
MC = "Pilihan Ganda"
Change = Callable[[Any], None]


def load_shipped(root: Path = ROOT) -> Edition:
    (edition,) = load_data(find_project(root), SLUG, "2024").editions
    return edition


SHIPPED = load_shipped()
SCHEME = SHIPPED.scheme


def criteria_of(unit: Unit) -> list[str]:
    return [criterion.number for element in unit.elements for criterion in element.criteria]


# Banks made to order

ODD = st.sampled_from(
    ["=1+1", '="x"', "+62", "-5", "@ya", '"kutipan"', "'apostrof", "_x0041_", "_x005F_", "x005F_", "_x005f_x0041_", "a\\b",
     "# bukan komentar", "- bukan daftar", "ya: tidak", "baris\nbaru", "tab\tdi sini", "\x9f", "\ufeff",
     "\u2028", "🙂", "<b>&amp;</b>", "]]>", "{{ tag }}", "{% raw %}", "1.10", "TRUE", "2024-01-01", "%s", "\\n", "}"]
)  # fmt: skip
# Signs no page can show are refused when YAML is read.
SHOWN = st.characters(exclude_categories=["Cs"]).filter(lambda sign: unprintable(sign) is None)
WORDS = st.one_of(ODD, st.text(SHOWN, min_size=1, max_size=12))


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A text as the loader gives it: runs of blanks and lines folded, never empty, nor of signs alone nobody sees."""
    made = " ".join(" ".join(draw(st.lists(WORDS, min_size=1, max_size=4))).split())
    return made if without_marks(made).strip() else "x"


@st.composite
def questions(draw: st.DrawFn, id: str) -> Question:
    kind = draw(st.sampled_from(list(SHEETS)))
    unit = draw(st.sampled_from(SCHEME.units))
    options: tuple[AnswerOption, ...] = ()
    if kind == "multiple_choice":
        options = tuple(
            AnswerOption(letter, draw(texts()), draw(texts())) for letter in LETTERS[: draw(st.integers(3, 5))]
        )
    return Question(
        id=id,
        kind=kind,
        unit=unit.code,
        criteria=tuple(draw(st.lists(st.sampled_from(criteria_of(unit)), min_size=1, max_size=3))),
        text=draw(texts()),
        options=options,
        key=draw(st.sampled_from([option.letter for option in options])) if options else BLANK,
        model_answer=BLANK if options else draw(texts()),
        marking_points=() if options else tuple(draw(st.lists(texts(), max_size=3))),
        difficulty=draw(st.one_of(st.just(BLANK), st.sampled_from(DIFFICULTIES))),
        branch=draw(st.one_of(st.just(BLANK), texts())),
        apart_from=tuple(draw(st.lists(st.sampled_from([each for each in ("S-0", "S-1") if each != id]), max_size=2))),
    )


@st.composite
def banks(draw: st.DrawFn) -> tuple[Question, ...]:
    """Up to six questions of all kinds and units, by unit as a loaded bank is."""
    made = [draw(questions(f"S-{number}")) for number in range(draw(st.integers(2, 6)))]
    order = {unit.code: unit.position for unit in SCHEME.units}
    return tuple(sorted(made, key=lambda question: order[question.unit]))


def exported(bank: tuple[Question, ...], scheme: Scheme = SCHEME) -> bytes:
    data = bank_workbook(scheme, scheme.units, bank, {}, findings := Findings())
    assert findings.diagnostics == []
    return data


def imported(data: bytes, bank: tuple[Question, ...] = ()) -> dict[str, Question]:
    read = read_bank(data, FILE, SCHEME, bank, findings := Findings())
    assert findings.diagnostics == []
    assert read.kinds == set(SHEETS)
    return {row.question.id: row.question for row in read.rows}


def reloaded(bank: tuple[Question, ...]) -> tuple[Question, ...]:
    """The bank written into files and read again."""
    with tempfile.TemporaryDirectory() as folder:
        for unit in SCHEME.units:
            text = bank_text(unit, [question for question in bank if question.unit == unit.code])
            (Path(folder) / f"{unit.code}.yaml").write_text(text, "utf-8", newline="\n")
        loaded, _ = load_bank(Path(folder), str, SCHEME, findings := Findings())
        assert findings.diagnostics == []
        return loaded


def with_shared_strings(data: bytes) -> bytes:
    """The same cells with their texts in a table, as Excel saves them."""
    strings: list[str] = []

    def move(match: re.Match[str]) -> str:
        strings.append(match[1])
        return f't="s"><v>{len(strings) - 1}</v>'

    def edit(name: str, content: bytes) -> bytes:
        if not name.startswith("xl/worksheets/"):
            return content
        return re.sub('t="inlineStr"><is>(.*?)</is>', move, content.decode(), flags=re.S).encode()

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / FILE
        path.write_bytes(data)
        rewrite_parts(path, edit)
        add_strings(path, strings)
        return path.read_bytes()


def example_of(text: str) -> tuple[Question, ...]:
    """A bank in which one text stands in each place a text can have."""
    unit = SCHEME.units[0]
    choice = Question("S-0", "multiple_choice", unit.code, ("1.1",), text, tuple(AnswerOption(letter, text, text) for letter in "abc"),
                      "b", BLANK, (), branch=text)  # fmt: skip
    essay = Question("S-1", "essay", unit.code, ("1.1",), text, (), BLANK, text, (text, text), branch=text)
    return choice, essay


@given(bank=banks())
@example(bank=example_of("=1+1"))
@example(bank=example_of("_x005F_x0041_ x005F_ _x000D_ _x0041"))
@examples(120, suppress_health_check=[HealthCheck.too_slow])
def test_any_bank_comes_back_from_a_workbook_and_from_files(bank: tuple[Question, ...]) -> None:
    """Whatever its texts: exported and imported, or written and loaded, every question is what it was."""
    data = exported(bank)
    assert [fault for fault in faults_of(data) if "tag left" not in fault] == []  # texts may look like tags
    assert imported(data) == {question.id: question for question in bank}
    assert reloaded(bank) == bank


@given(text=texts())
@example(text="_x005F_x0041_ x005F_ _x005F_ =1")
@examples(60)
def test_texts_come_back_from_a_workbook_saved_with_a_table_of_texts(text: str) -> None:
    """Excel moves texts into a table of their own; its escapes stay what they are there."""
    bank = example_of(text)
    assert imported(with_shared_strings(exported(bank))) == {question.id: question for question in bank}


@pytest.mark.parametrize(
    ("text", "kept"),
    [("_x0041_", "_x005F_x0041_"), ("\x07", "_x0007_"), ("_x", "_x"), ("x005F_", "x005F_"), ("a\nb", "a\nb")],
)
def test_escapes_are_those_of_excel(text: str, kept: str) -> None:
    """What Excel would take for an escape is escaped itself."""
    assert escape_cell(text) == kept


def test_the_shipped_files_are_written_as_the_writer_writes() -> None:
    """The writer's text of the shipped bank is that of the files, byte for byte."""
    for unit in SCHEME.units:
        path = ROOT / "scheme" / SLUG / "2024" / "questions" / f"{unit.code}.yaml"
        asked = [question for question in SHIPPED.bank if question.unit == unit.code]
        assert bank_text(unit, asked).encode() == path.read_bytes(), unit.code


def test_the_workbook_is_made_for_people() -> None:
    """Sheets, headings, lists, frozen panes, filter, repeated titles, wrapped text; the same bytes each time."""
    data = exported(SHIPPED.bank)
    assert data == exported(SHIPPED.bank)
    assert faults_of(data) == []
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["Petunjuk", *SHEETS.values()]
    for kind, title in SHEETS.items():
        sheet = book[title]
        count = sum(question.kind == kind for question in SHIPPED.bank)
        assert [cell.value for cell in sheet[1]] == [*headings_of(kind), *TOLD]
        assert sheet.max_row == count + 1
        assert sheet.freeze_panes == "B2" and sheet.print_title_rows == "$1:$1"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert all(cell.alignment.wrap_text and cell.number_format == "@" for cell in sheet[2])
        lists = {str(rule.sqref)[0]: rule.formula1 for rule in sheet.data_validations.dataValidation}
        units = lists["B"]
        first, last = re.findall(r"\$A\$(\d+)", units)
        listed = [book["Petunjuk"].cell(row, 1).value for row in range(int(first), int(last) + 1)]
        assert listed == [unit.code for unit in SCHEME.units]
        assert lists["D"] == '"mudah,sedang,sukar"'
        assert (lists.get("R") == '"a,b,c,d,e"') is (kind == "multiple_choice")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"dcterms" not in archive.read("docProps/core.xml")
        assert b"customHeight" not in archive.read("xl/worksheets/sheet2.xml")


def test_a_text_too_long_for_a_cell_is_told_and_nothing_is_written(kit_project: KitProject) -> None:
    """Excel cuts such a text without a word; the export refuses it with its place."""
    edit_yaml(kit_project, "PG-008-01", "x" * (LONGEST_CELL + 1))
    kit_project.run("bank", "export", str(kit_project.root / FILE), expect=1)
    assert f"`Soal` of question PG-008-01 has {LONGEST_CELL + 1} characters" in kit_project.said
    assert f"questions/{UNIT}.yaml:4" in kit_project.said
    assert not (kit_project.root / FILE).exists()


# From the command line


@pytest.fixture(scope="module")
def sent_out(tmp_path_factory: pytest.TempPathFactory) -> KitProject:
    """A project whose bank was exported, once for all tests."""
    project = KitProject.copy_of(ROOT, tmp_path_factory.mktemp("exported") / "proyek")
    return project.run("bank", "export", str(project.root / FILE))


@pytest.fixture
def project(sent_out: KitProject, tmp_path: Path) -> KitProject:
    """A copy of it, to change."""
    return sent_out.copy_to(tmp_path / "proyek")


def edit_yaml(project: KitProject, id: str, text: str) -> None:
    path = project.edition / f"questions/{UNIT}.yaml"
    old = path.read_text("utf-8")
    path.write_text(re.sub(rf'(id: "{id}".*?\n    text: )"[^\n]*"', rf'\1"{text}"', old, count=1, flags=re.S), "utf-8")


def change(project: KitProject, edit: Change, name: str = FILE) -> None:
    """Change the workbook as a person in Excel does."""
    book = openpyxl.load_workbook(project.root / FILE)
    edit(book)
    book.save(project.root / name)


def find(sheet: Any, id: str, heading: str) -> Any:
    """The cell of a question below a heading."""
    column = next(cell.column for cell in sheet[1] if cell.value == heading)
    row = next(row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 1).value == id)
    return sheet.cell(row, column)


def put(id: str, heading: str, value: object, title: str = MC) -> Change:
    def edit(book: Any) -> None:
        find(book[title], id, heading).value = value

    return edit


def run_import(project: KitProject, *options: str, expect: int = 0) -> dict[str, list[str]]:
    """Import the workbook; what was said of each question that is not unchanged."""
    project.run("bank", "import", str(project.root / FILE), *options, expect=expect)
    lines = [line.split(maxsplit=2) for line in project.said.splitlines() if re.match(r"\w+ +[A-Z]{2}-", line)]
    return {line[1]: [line[0], *line[2:]] for line in lines if line[0] != "unchanged"}


def question_files(project: KitProject) -> dict[str, str]:
    return tree_digests(project.edition / "questions")


def test_what_was_exported_changes_no_file(project: KitProject) -> None:
    """Each row of the shipped bank is reported as unchanged; nothing is written."""
    before = {path: path.stat().st_mtime_ns for path in (project.edition / "questions").iterdir()}
    assert run_import(project) == {}
    assert len(re.findall(r"^unchanged +\S+$", project.said, flags=re.M)) == len(SHIPPED.bank)
    assert "nothing was written" in project.said
    assert {path: path.stat().st_mtime_ns for path in (project.edition / "questions").iterdir()} == before


@pytest.mark.parametrize(
    ("title", "id", "heading", "value"),
    [
        (MC, "PG-008-01", "Soal", "Soal yang baru?"),
        (MC, "PG-008-02", "Alasan C", "Sebab yang lain."),
        (MC, "PG-008-02", "Pilihan A", "“Lain.”"),
        ("Esai", "ES-008-01", "Jawaban Acuan", "Jawaban baru."),
    ],
)
def test_one_changed_cell_changes_that_text_alone(
    project: KitProject, title: str, id: str, heading: str, value: str
) -> None:
    """The column is named, one line of one file differs, all other bytes stay."""
    old = next(cells_of(question)[heading] for question in SHIPPED.bank if question.id == id)
    path = project.edition / f"questions/{UNIT}.yaml"
    text, others = path.read_text("utf-8"), question_files(project)
    assert text.count(f'"{old}"') == 1
    change(project, put(id, heading, value, title))
    assert run_import(project) == {id: ["changed", heading]}
    assert path.read_text("utf-8") == text.replace(f'"{old}"', f'"{value}"')
    after = question_files(project)
    assert [name for name in after if after[name] != others[name]] == [path.name]
    assert run_import(project) == {}


def test_several_lines_are_folded_and_points_are_lines(project: KitProject) -> None:
    """Alt+Enter in a question is a blank, in Pokok Penilaian a new point."""
    change(project, put("ES-008-01", "Soal", "  Dua\nbaris  saja? ", "Esai"))
    change(project, put("ES-008-01", "Pokok Penilaian", "Satu\r\n\n  dua  kata \n", "Esai"))
    assert run_import(project) == {"ES-008-01": ["changed", "Soal, Pokok Penilaian"]}
    question = next(question for question in load_shipped(project.root).bank if question.id == "ES-008-01")
    assert question.text == "Dua baris saja?"
    assert question.marking_points == ("Satu", "dua kata")


def test_rows_and_columns_may_move_and_be_hidden(project: KitProject) -> None:
    """Sorted another way, columns turned round, rows hidden, a title above, notes beside: nothing changes."""

    def edit(book: Any) -> None:
        for title in SHEETS.values():
            sheet = book[title]
            rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
            head, *rest = rows
            sheet.delete_rows(1, sheet.max_row)
            sheet.cell(1, 2).value = "Diperiksa oleh ahli"
            for number, row in enumerate([head, *reversed(rest)], 4):
                for column, value in enumerate(reversed(row), 1):
                    sheet.cell(number, column + 1).value = value
                sheet.cell(number, 1).value = "Catatan" if number == 4 else "=1+1"
            sheet.row_dimensions[6].hidden = True
        book.create_sheet("Catatan ahli").cell(1, 1).value = "bebas"
        book.move_sheet("Lisan", -3)

    change(project, edit)
    before = question_files(project)
    assert run_import(project) == {}
    assert "sheet `Catatan ahli` is not read" in project.said
    assert project.said.count("column `Catatan` is not read") == 4
    assert question_files(project) == before


def test_a_new_row_goes_behind_the_last_question_of_its_kind(project: KitProject) -> None:
    """New questions of all kinds; whole numbers are understood as their digits; what is optional may be blank."""

    def edit(book: Any) -> None:
        row = ["PG-008-99", UNIT, "1.1; 2.1", None, None, "PG-008-01", "Berapa?", 3, "a", 4, "b", 5, "c"]
        book[MC].append([*row, *[None] * 4, "B"])
        book["Esai"].append(["ES-008-99", UNIT, "1.2", "SUKAR", "umum", None, "Uraikan.", "Begini.", None])

    change(project, edit)
    before = question_files(project)
    assert run_import(project) == {"PG-008-99": ["new"], "ES-008-99": ["new"]}
    after = question_files(project)
    assert [name for name in after if after[name] != before[name]] == [f"{UNIT}.yaml"]
    bank = load_shipped(project.root).bank
    mine = [question for question in bank if question.unit == UNIT]
    kinds = [question.kind for question in mine]
    assert kinds == sorted(kinds, key=list(SHEETS).index)
    choice, essay = (next(each for each in mine if each.id == id) for id in ("PG-008-99", "ES-008-99"))
    assert [option.text for option in choice.options] == ["3", "4", "5"] and choice.key == "b"
    assert choice.criteria == ("1.1", "2.1") and choice.difficulty == BLANK and choice.apart_from == ("PG-008-01",)
    assert essay.difficulty == "hard" and essay.marking_points == ()
    assert [question for question in bank if question.id not in ("PG-008-99", "ES-008-99")] == list(SHIPPED.bank)


def test_a_question_may_go_to_another_unit_or_kind(project: KitProject) -> None:
    """Its file changes with its unit; the sheet is named when it moved to another."""
    (project.edition / "papers.yaml").unlink()  # recorded papers would no longer hold

    def edit(book: Any) -> None:
        find(book[MC], "PG-008-01", "Unit").value = "M.702090.007.01"
        row = next(row for row in range(2, 99) if book["Lisan"].cell(row, 1).value == "LS-008-01")
        book["Esai"].append([cell.value for cell in book["Lisan"][row]])
        book["Lisan"].delete_rows(row)

    change(project, edit)
    told = run_import(project)
    assert told == {"PG-008-01": ["changed", "Unit"], "LS-008-01": ["changed", "Lembar"]}
    bank = {question.id: question for question in load_shipped(project.root).bank}
    assert bank["PG-008-01"].unit == "M.702090.007.01" and bank["LS-008-01"].kind == "essay"
    assert len(bank) == len(SHIPPED.bank)
    assert '"PG-008-01"' in (project.edition / "questions/M.702090.007.01.yaml").read_text("utf-8")


def test_a_deleted_row_is_told_and_kept_unless_removed(project: KitProject) -> None:
    """Without --remove the bank is what it was; with it, that question alone is gone."""
    (project.edition / "papers.yaml").unlink()
    id = "LS-008-01"
    assert not any(id in question.apart_from for question in SHIPPED.bank)
    change(project, lambda book: book["Lisan"].delete_rows(find(book["Lisan"], id, "Kode Butir").row))
    before = question_files(project)
    assert run_import(project) == {id: ["missing", "kept; `--remove` takes it out"]}
    assert question_files(project) == before
    assert run_import(project, "--remove", "--dry-run") == {id: ["removed"]}
    assert question_files(project) == before
    assert run_import(project, "--remove") == {id: ["removed"]}
    assert [q for q in SHIPPED.bank if q.id != id] == list(load_shipped(project.root).bank)


def test_a_question_others_are_kept_apart_from_is_not_removed(project: KitProject) -> None:
    """The cell that names it is told."""
    other = next(question for question in SHIPPED.bank if question.kind == "multiple_choice" and question.apart_from)
    gone = next(question for question in SHIPPED.bank if question.id == other.apart_from[0])
    title = SHEETS[gone.kind]
    change(project, lambda book: book[title].delete_rows(find(book[title], gone.id, "Kode Butir").row))
    before = question_files(project)
    run_import(project, "--remove", expect=1)
    assert f"question {other.id} is kept apart from {gone.id}, which there is not" in project.said
    assert re.search(r"sheet Pilihan Ganda, cell F\d+", project.said)
    assert question_files(project) == before


def test_a_workbook_of_one_unit_says_nothing_of_the_others(kit_project: KitProject) -> None:
    """`--unit` exports one unit; with --remove nothing of other units, nor of deleted sheets, is taken out."""
    kit_project.run("bank", "export", str(kit_project.root / FILE), "--unit", UNIT)
    book = openpyxl.load_workbook(kit_project.root / FILE)
    units = {book[title].cell(row, 2).value for title in SHEETS.values() for row in range(2, book[title].max_row + 1)}
    assert units == {UNIT}
    before = question_files(kit_project)
    assert run_import(kit_project, "--remove") == {}
    change(kit_project, lambda book: book.remove(book["Esai"]))
    assert run_import(kit_project, "--remove") == {}
    assert question_files(kit_project) == before
    kit_project.run("bank", "export", str(kit_project.root / "x.xlsx"), "--unit", "M.702090.080.01", expect=1)
    assert f"did you mean `{UNIT}`" in kit_project.said


def test_a_dry_run_tells_all_and_writes_nothing(project: KitProject) -> None:
    """The same report, the same files named."""
    change(project, put("PG-008-01", "Kunci", "D"))
    before = tree_digests(project.root)
    assert run_import(project, "--dry-run") == {"PG-008-01": ["changed", "Kunci"]}
    assert f"would write scheme/{SLUG}/2024/questions/{UNIT}.yaml" in project.said
    assert tree_digests(project.root) == before


def test_a_workbook_with_an_experts_work_is_not_written_over(project: KitProject) -> None:
    """Exporting again over a changed file is refused, unless asked for."""
    change(project, put("PG-008-01", "Soal", "Suntingan ahli?"))
    edited = (project.root / FILE).read_bytes()
    path = str(project.root / FILE)
    project.run("bank", "export", path, expect=1)
    assert "holds something else" in project.said and (project.root / FILE).read_bytes() == edited
    project.run("bank", "export", path, "--replace").run("bank", "export", path)
    assert "nothing was written" in project.said
    assert (project.root / FILE).read_bytes() != edited
    project.run("bank", "export", str(project.root / "bank.xls"), expect=2)


def test_comments_at_the_top_of_a_file_are_kept(project: KitProject) -> None:
    """Comments between questions are not, and that is told."""
    path = project.edition / f"questions/{UNIT}.yaml"
    text = path.read_text("utf-8").replace("\n", "\n# Ditelaah Tim A\n", 1)
    path.write_text(text.replace("  - id:", "  # lihat catatan\n  - id:", 1), "utf-8")
    change(project, put("PG-008-01", "Soal", "Baru?"))
    run_import(project)
    assert "comments between the questions of this file are not kept" in project.said
    after = path.read_text("utf-8")
    assert after.startswith(f"# Bank soal unit {UNIT}: Menangani Keluhan Pelanggan\n# Ditelaah Tim A\nunit:")
    assert "lihat catatan" not in after


def test_recorded_papers_that_print_a_changed_question_are_told(project: KitProject) -> None:
    """They stay as recorded until they are drawn anew; a key or a reason alone prints nothing on a question sheet."""
    project.run("bank", "draw")
    text = (project.edition / "papers.yaml").read_text("utf-8")
    id = re.findall(r'"(PG-008-\d\d) ', text)[0]
    change(project, put(id, "Alasan A", "Sebab lain."))
    run_import(project, "--dry-run")
    assert "recorded paper" not in project.said
    change(project, put(id, "Pilihan A", "Pilihan lain."))
    run_import(project)
    assert project.said.count(f"asks {id}, which it would print otherwise now") == text.count(f'"{id} ')


# Faults


FAULTS = [
    (put("PG-008-01", "Unit", "M.702090.080.01"), "the scheme has no unit M.702090.080.01", "B"),
    (put("PG-008-01", "Unit", None), "`Unit` is empty", "B"),
    (put("PG-008-01", "KUK", "1.9"), f"unit {UNIT} has no criterion (KUK) 1.9", "C"),
    (put("PG-008-01", "KUK", None), "names no criterion", "C"),
    (put("PG-008-01", "KUK", 1.1), "number stands where a text belongs", "C"),
    (put("PG-008-01", "Tingkat", "susah"), "`susah` is not known here", "D"),
    (put("PG-008-01", "Dipisahkan dari", "PG-008-77"), "kept apart from PG-008-77, which there is not", "F"),
    (put("PG-008-01", "Dipisahkan dari", "PG-008-01"), "question PG-008-01 is kept apart from itself", "F"),
    (put("PG-008-01", "Soal", None), "`Soal` is empty", "G"),
    (put("PG-008-01", "Soal", " \n "), "`Soal` is empty", "G"),
    (put("PG-008-01", "Soal", "\ufeff \u200b"), "`Soal` is empty", "G"),
    (put("PG-008-01", "Soal", "=A1&A2"), "`Soal`: formula stands where a text belongs", "G"),
    (put("PG-008-01", "Soal", True), "TRUE or FALSE stands", "G"),
    (put("PG-008-01", "Alasan B", None), "`Alasan B` is empty", "K"),
    (put("PG-008-01", "Pilihan B", None), "`Pilihan B` is empty", "J"),
    (put("PG-008-01", "Alasan E", "Tanpa pilihan"), "`Pilihan E` is empty", "P"),
    (put("PG-008-01", "Kunci", "e"), "key `e` is none of the options", "R"),
    (put("PG-008-01", "Kunci", None), "`Kunci` is empty", "R"),
    (put("PG-008-01", "Kode Butir", "PG-008-02"), "question PG-008-02 stands twice, first in sheet Pilihan Ganda, cell A", "A"),
    (put("PG-008-01", "Kode Butir", "PG 008"), "`PG 008` is no code of a question", "A"),
    (put("PG-008-01", "Kode Butir", None), "`Kode Butir` is empty", "A"),
]  # fmt: skip


@pytest.mark.parametrize(("edit", "message", "column"), FAULTS)
def test_a_fault_is_told_with_its_cell_and_nothing_is_written(
    project: KitProject, edit: Change, message: str, column: str
) -> None:
    """Sheet, cell, what is wrong; a sound change beside it is not taken over either."""
    row = find(openpyxl.load_workbook(project.root / FILE)[MC], "PG-008-01", "Kode Butir").row
    change(project, put("PG-008-03", "Soal", "Sunting lain?"))
    change(project, edit)
    before = question_files(project)
    run_import(project, "--called", "soal kami.xlsx", expect=1)
    assert message in project.said, project.said
    # Of a code that stands twice, the second row is told.
    where = row + 1 if "twice" in message else row
    assert f"--> soal kami.xlsx, sheet Pilihan Ganda, cell {column}{where}\n" in project.said, project.said
    assert question_files(project) == before


def test_all_faults_are_told_at_once(project: KitProject) -> None:
    """A run over a workbook with a fault in many rows tells each of them."""

    def edit(book: Any) -> None:
        for number in range(1, 10):
            find(book[MC], f"PG-008-{number:02}", "Soal").value = None
        find(book["Esai"], "ES-008-01", "Jawaban Acuan").value = None
        find(book["Lisan"], "LS-008-01", "KUK").value = "9.9"

    change(project, edit)
    run_import(project, "-v", expect=1)
    assert project.said.count("`Soal` is empty") == 9
    assert "11 errors" in project.said


def test_an_empty_code_is_answered_with_one_that_is_free(project: KitProject) -> None:
    """The next number of its unit and kind."""
    highest = max(int(q.id[-2:]) for q in SHIPPED.bank if q.unit == UNIT and q.kind == "multiple_choice")
    change(project, lambda book: book[MC].append([None, UNIT, "1.1"]))
    run_import(project, expect=1)
    assert f"such as PG-008-{highest + 1}" in project.said


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda sheet: sheet.cell(1, 9).__setattr__("value", "Alasn A"), "did you mean `Alasn A`?"),
        (lambda sheet: sheet.cell(1, 19).__setattr__("value", "soal"), "column `Soal` stands twice"),
        (lambda sheet: sheet.cell(1, 1).__setattr__("value", "Kode"), "sheet has no column `Kode Butir`"),
    ],
)
def test_headings_that_do_not_fit_are_told(project: KitProject, edit: Change, message: str) -> None:
    """Missing, misspelt and double headings."""
    change(project, lambda book: edit(book[MC]))
    before = question_files(project)
    run_import(project, expect=1)
    assert message in project.said
    assert question_files(project) == before


def test_a_workbook_of_something_else_is_refused(project: KitProject) -> None:
    """None of its sheets is known."""
    openpyxl.Workbook().save(project.root / FILE)
    run_import(project, expect=1)
    assert "workbook has no sheet of the bank" in project.said


def _no_zip(path: Path) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))


def _word(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w/>")


def _huge(path: Path) -> None:
    path.write_bytes(bytes(MAX_FILE + 1))


def _bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/more.xml", bytes(40 * 1024 * 1024))


def _entities(path: Path) -> None:
    document_type = b'<!DOCTYPE x [<!ENTITY a "' + b"a" * 1000 + b'">]>'
    rewrite_parts(
        path, lambda name, content: document_type + content if name == "xl/worksheets/sheet2.xml" else content
    )


def _utf16(path: Path) -> None:
    rewrite_parts(
        path, lambda name, content: content.decode().encode("utf-16") if name == "xl/workbook.xml" else content
    )


def _macros(path: Path) -> None:
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def _not_xml(path: Path) -> None:
    rewrite_parts(path, lambda name, content: content[:-50] if name == "xl/worksheets/sheet2.xml" else content)


def _far(path: Path) -> None:
    row = b'<row r="4000000000"><c r="A4000000000" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    rewrite_parts(path, lambda name, content: content.replace(b"</sheetData>", row))


def _repeated(path: Path) -> None:
    """One text of 30,000 letters in thousands of cells."""
    cells = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1000, 3000))
    rewrite_parts(path, lambda name, content: content.replace(b"</sheetData>", f"{cells}</sheetData>".encode()))
    add_strings(path, [f"<t>{'x' * 30_000}</t>"])


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (_no_zip, "damaged or is not a Word or Excel file"),
        (_word, "file is no Excel workbook"),
        (_huge, "file is larger than 16 MB"),
        (_bomb, "part unpacks to more than 32 MB"),
        (_entities, "declares a document type or entities"),
        (_utf16, "part is not written in UTF-8"),
        (_macros, "file holds macros"),
        (_cut, "damaged"),
        (_not_xml, "workbook cannot be read"),
        (_far, "lies below row 20000"),
        (_repeated, "more than 8 million characters"),
    ],
)
def test_a_hostile_or_damaged_file_is_refused(
    project: KitProject, damage: Callable[[Path], None], message: str
) -> None:
    """One clear error, quickly, and nothing is written."""
    damage(project.root / FILE)
    before = question_files(project)
    run_import(project, expect=1)
    assert message in project.said, project.said
    assert question_files(project) == before


def _strict(content: bytes) -> bytes:
    for subject in (b"spreadsheetml", b"officeDocument"):
        usual = b"http://schemas.openxmlformats.org/" + subject + b"/2006/"
        content = content.replace(usual, b"http://purl.oclc.org/ooxml/" + subject + b"/")
    return content


def _prefixed(content: bytes) -> bytes:
    names = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    if b"<worksheet" not in content or names not in content:
        return content
    content = re.sub(rb"<(/?)(?=[A-Za-z])(?!\?)(?![\w]+:)", rb"<\1x:", content)
    return content.replace(names, names.replace(b"xmlns=", b"xmlns:x="))


@pytest.mark.parametrize("kind", ["strict", "prefixes", "backslashes"])
def test_workbooks_of_other_programs_are_read(project: KitProject, kind: str) -> None:
    """The Strict kind, prefixes in sheets and names of another system: the same questions, none changed."""
    path = project.root / FILE
    if kind == "backslashes":
        with zipfile.ZipFile(path) as archive:
            parts = [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in parts:
                archive.writestr(name.replace("/", "\\"), content)
    else:
        other = {"strict": _strict, "prefixes": _prefixed}[kind]
        before = path.read_bytes()
        rewrite_parts(path, lambda name, content: other(content))
        with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(path) as new:
            assert old.read("xl/worksheets/sheet2.xml") != new.read("xl/worksheets/sheet2.xml")
    assert run_import(project) == {}


def test_questions_in_files_of_other_names_stay_there(project: KitProject) -> None:
    """A unit's questions may be in several files; each changed question is changed where it lies."""
    folder = project.edition / "questions"
    shutil.move(folder / f"{UNIT}.yaml", folder / "keluhan.yaml")
    change(project, put("PG-008-01", "Soal", "Baru?"))
    assert run_import(project) == {"PG-008-01": ["changed", "Soal"]}
    assert '"Baru?"' in (folder / "keluhan.yaml").read_text("utf-8")
    assert not (folder / f"{UNIT}.yaml").exists()


def test_a_bank_may_begin_in_a_workbook(project: KitProject) -> None:
    """A unit without questions gets a file of its own, named by its code."""
    path = (
        project.edition / "questions/M.702090.001.01.yaml"
    )  # no question of another unit is kept apart from one of these
    text = path.read_text("utf-8")
    path.unlink()
    told = run_import(project)
    assert set(Counter(state for state, *_ in told.values())) == {"new"}
    assert path.read_text("utf-8") == text


def test_a_project_of_several_schemes_asks_which(project: KitProject) -> None:
    """A workbook holds one bank."""
    shutil.copytree(project.root / "scheme" / SLUG, project.root / "scheme" / "lain")
    project.run("bank", "export", str(project.root / "x.xlsx"), expect=1)
    assert f"say which, `--scheme`: lain, {SLUG}" in project.said
    project.run("bank", "export", str(project.root / "x.xlsx"), "--scheme", SLUG)
    assert run_import(project, "--scheme", "lain") == {}
