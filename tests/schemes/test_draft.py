"""A first draft of what a scheme lacks: proposals with reasons, marked in data and on paper, none of them released."""

from pathlib import Path

import openpyxl
import pytest
from file_names import named
from harness import KitProject, plain, tree_digests
from small_scheme import CUT, SEW, SMALL, small_project

from kitgen.load.locate import find_project
from kitgen.load.project_data import load_data
from kitgen.model.verbs import UNKNOWN_REASON, VERBS, active_of, suggested
from kitgen.schemes.bank.bank import export_bank

FOLDER = f"{SMALL}/2026/Skema Lengkap"


@pytest.mark.parametrize(
    ("text", "method"),
    [
        ("Jenis kain dijelaskan", "written"),
        ("Kain dipotong sesuai pola yang ditetapkan", "observed"),
        ("Laporan hasil jahitan dibuat", "product"),
        ("Nama penerima dituliskan", "product"),
        ("Sebab kerusakan diidentifikasi", "product"),
        ("Menyusun laporan", "product"),
        ("Memotong kain", "observed"),
        ("Menjelaskan jenis kain", "written"),
        ("Mengoperasikan mesin", "observed"),
    ],
)
def test_a_verb_tells_how_a_criterion_is_shown(text: str, method: str) -> None:
    """Passive or active; the reason names the verb as it stands."""
    found = suggested(text)
    assert found.method == method and method not in found.reserves
    verb = found.reason.partition("“")[2].partition("”")[0]
    assert verb and verb in text.lower()


def test_a_criterion_without_a_known_verb_is_proposed_to_be_watched() -> None:
    """And says that no verb was known."""
    assert (suggested("Kain rapi").method, suggested("Kain rapi").reason) == ("observed", UNKNOWN_REASON)


def test_each_verb_stands_once() -> None:
    """No verb has two methods, and active forms are made as people write them."""
    roots = [root for row in VERBS for root in row.roots]
    assert len(roots) == len(set(roots)) > 150
    assert [active_of(root) for root in ("susun", "potong", "tulis", "kirim", "buat", "ukur", "rakit", "proses")] == [
        "menyusun", "memotong", "menulis", "mengirim", "membuat", "mengukur", "merakit", "memproses",
    ]  # fmt: skip


def test_a_draft_fills_what_is_lacking_and_says_so(tmp_path: Path) -> None:
    """Methods with reasons, instruments that show them, a task, standards, frames; comments in scheme.yaml stay."""
    project = small_project(tmp_path).run("scheme", "draft")
    assert "kata kerja “dijelaskan” meminta pengetahuan" in project.said
    (edition,) = load_data(find_project(tmp_path)).editions
    assert [each.primary for each in edition.plan.criteria] == [
        "written",
        "observed",
        "observed",
        "product",
        "observed",
    ]
    assert all(each.proposed for each in edition.plan.criteria)
    (cluster,) = edition.plan.clusters
    assert [each.form for each in cluster.instruments] == ["FR.IA.01", "FR.IA.02", "FR.IA.05"] and cluster.proposed
    (task,) = edition.scheme.clusters[0].tasks
    assert task.title == "Memotong dan menjahit (usulan)" and [part.unit_code for part in task.parts] == [CUT, SEW]
    assert task.parts[0].steps == ("Kerjakan sampai kain dipotong sesuai pola.",)
    assert all(str(unit.workplace_standard).endswith("(usulan)") for unit in edition.scheme.units)
    assert edition.bank == () and [(each.kind, each.criteria) for each in edition.whole_bank] == [
        ("multiple_choice", ("1.1",))
    ]
    (scenario,) = edition.scenarios
    assert scenario.unit_codes == (SEW,) and [cue.number for cue in scenario.cues] == ["1.1", "1.2", "2.1"]
    text = (tmp_path / "scheme" / SMALL / "2026" / "scheme.yaml").read_text("utf-8")
    assert "# nomor dari rapat komite" in text and "# unit kedua" in text
    before = tree_digests(tmp_path / "scheme")
    project.run("scheme", "draft")
    assert "nothing was written" in project.said and tree_digests(tmp_path / "scheme") == before


def test_what_is_there_stays(tmp_path: Path) -> None:
    """A method a person chose, a task a person wrote; kinds that are not wanted are left out; a dry run writes nothing."""
    chosen = f'units:\n  - unit: "{SEW}"\n    criteria:\n      - {{criterion: "1.2", primary: "oral"}} # dipilih LSP\n'
    own = 'tasks:\n  - {id: "A", cluster: 1, title: "Tugas LSP", situation: "Situasi"}\n'
    project = small_project(tmp_path, methods=chosen, tasks=own)
    before = tree_digests(tmp_path / "scheme")
    project.run("scheme", "draft", "--dry-run")
    assert tree_digests(tmp_path / "scheme") == before and "would write" in project.said
    project.run("scheme", "draft", "--without", "questions", "--without", "scenarios", "--without", "standards")
    edition = tmp_path / "scheme" / SMALL / "2026"
    assert not (edition / "questions").exists() and not (edition / "scenarios").exists()
    assert (edition / "tasks.yaml").read_text("utf-8") == own
    methods = (edition / "methods.yaml").read_text("utf-8")
    assert '{criterion: "1.2", primary: "oral"} # dipilih LSP' in methods and methods.count("primary:") == 5


def test_a_proposal_is_printed_as_one_and_not_released(tmp_path: Path) -> None:
    """On FR.MAPA.01, FR.MAPA.02, FR.IA.01 and FR.IA.02; each file with proposals stops the release with one line."""
    project = small_project(tmp_path).run("scheme", "draft", "--without", "scenarios")
    project.build()
    for code in ("FR.MAPA.01", "FR.MAPA.02", "FR.IA.01", "FR.IA.02"):
        (path,) = project.root.glob(f"output/{FOLDER}/*/?? {code} *.docx")
        assert "(usulan)" in project.text(path.relative_to(project.root / "output").as_posix()), code
    project.run("edition", "release", SMALL, "2026", expect=1)
    assert project.said.count("of kitgen, which the LSP has not decided on") == 3
    assert "1 question is a frame nobody has written yet" in project.said


def test_frames_go_to_the_experts_and_come_back(tmp_path: Path) -> None:
    """An empty row stays a frame; a row with a text is a draft question."""
    project = small_project(tmp_path).run("scheme", "draft", "--without", "scenarios")
    path = tmp_path / "bank.xlsx"
    export_bank(find_project(tmp_path), path, None, None, None, False)
    project.run("bank", "import", str(path))
    assert "the bank says the same" in project.said
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["Pilihan Ganda"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    words = {"Soal": "Kain mana yang berasal dari kapas?", "Kunci": "a"}
    for letter in "ABC":
        words |= {f"Pilihan {letter}": f"Kain {letter}", f"Alasan {letter}": f"Alasan {letter}"}
    for heading, text in words.items():
        sheet.cell(2, heads[heading]).value = text
    workbook.save(path)
    project.run("bank", "import", str(path))
    (edition,) = load_data(find_project(tmp_path)).editions
    (question,) = edition.bank
    assert question.upkeep.status == "draft" and question.criteria == ("1.1",)


def test_from_a_bare_scheme_to_a_form_that_prints_what_excel_says(tmp_path: Path) -> None:
    """Draft, workbook, a person's change in Excel, import, build: by commands only."""
    project: KitProject = small_project(tmp_path)
    book = tmp_path / "skema.xlsx"
    project.run("scheme", "draft").run("scheme", "export", str(book))
    workbook = openpyxl.load_workbook(book)
    sheet = workbook["Tugas"]
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == "Memotong dan menjahit":
                cell.value = "Menjahit baju kerja"
            elif cell.value == "usulan":
                cell.value = None
            elif isinstance(cell.value, str) and "Kerjakan sampai kain dipotong" in cell.value:
                cell.value = "Potong kain menurut pola.\nRapikan tepi kain."
    workbook.save(book)
    project.run("scheme", "import", str(book)).build("--form", "FR.IA.02")
    text = plain(project.text(named(f"{FOLDER}/2 Untuk Asesi/11 FR.IA.02.docx")))
    assert "Menjahit baju kerja" in text and "Rapikan tepi kain." in text and "Menjahit baju kerja (usulan)" not in text
    project.run("check")
    assert "tasks.yaml" not in project.said
