"""`kitgen diff`: what two editions say otherwise, for people, for programs, and as a Word document."""

import shutil
from pathlib import Path

import docx
import pytest
from harness import SLUG, KitProject
from office_rules import faults_of

from kitgen.documents.disk.document import document_parts
from kitgen.render.dump.dump import dump_parts

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory, root: Path) -> KitProject:
    """Editions 2024 and 2025, with a change of every kind in the second."""
    project = KitProject.copy_of(root, tmp_path_factory.mktemp("diff") / "proyek").run("edition", "new", SLUG, "2025")
    folder = f"scheme/{SLUG}/2025"
    for name, old, new in (
        ("scheme.yaml", "Tenaga Pemasar Operasional (Layanan)\"\ntitle_source", "Tenaga Pemasar (Layanan)\"\ntitle_source"),
        ("scheme.yaml", "Segmentasi perusahaan diuraikan", "Segmentasi pasar perusahaan diuraikan"),
        ("scheme.yaml", "Target segmen diidentifikasi", "target segmen diidentifikasi."),
        ("scheme.yaml", "Mengidentifikasi elemen taktik pemasaran", "Mengidentifikasi unsur taktik pemasaran"),
        ("scheme.yaml", "Solusi terhadap keluhan pelanggan ditawarkan", "Solusi atas keluhan pelanggan ditawarkan"),
        ("questions/M.702090.008.01.yaml", "saldo yang terpotong dua kali", "saldo yang terpotong tiga kali"),
        ("questions/M.702090.001.01.yaml", '  - id: "PG-001-02"', '  - id: "PG-001-99"'),
        ("scenarios/LYN-01.yaml", "datang membawa gelas kertas", "datang membawa botol"),
        ("scenarios/LYN-01.yaml", "Kris menunjuk Daftar Paket", "Kris memegang Daftar Paket"),
        ("methods.yaml", '{criterion: "1.2", primary: "observed", reserves: ["product", "oral"]}',
         '{criterion: "1.2", primary: "product", reserves: ["observed", "oral"]}'),
        ("blueprint.yaml", "candidate_minutes: 480", "candidate_minutes: 500"),
    ):  # fmt: skip
        project.edit(f"{folder}/{name}", old, new)
    (project.root / folder / "papers.yaml").unlink()
    (project.root / folder / "scenarios" / "KEL-06.yaml").unlink()
    (project.root / folder / "padanan.yaml").write_text(
        'rulings:\n  - unit: "M.702090.008.01"\n    number: "3.3"\n    old: "Solusi terhadap keluhan pelanggan ditawarkan"\n'
        '    new: "Solusi atas keluhan pelanggan ditawarkan"\n    who: "Rekasari, Manajer Mutu"\n'
        '    when: "12 Januari 2026"\n    why: "Kata penghubung saja."\n', "utf-8",
    )  # fmt: skip
    return project


def test_every_change_stands_in_the_json(edited: KitProject) -> None:
    """By kind and name, with old and new; every criterion of both editions once; what is the same is not told."""
    found = edited.json("diff", "2024", "2025")
    assert {kind: count for kind, count in found["counts"].items() if count} == {
        "reworded": 1,
        "ruled": 1,
        "editorial": 1,
    }
    for side in ("old", "new"):
        numbers = [(each["unit"], each["number"]) for line in found["criteria"] for each in line[side]]
        assert len(numbers) == len(set(numbers)) == 50
    (reworded,) = (line for line in found["criteria"] if line["kinds"] == ["reworded"])
    assert [kind for kind, _ in reworded["words"]] == ["same", "new", "same"]
    assert reworded["words"][1][1].strip() == "pasar"
    (element,) = (line for line in found["elements"] if line["kinds"])
    assert (element["kinds"], element["new"]) == (["reworded"], "2")
    items = {(line["group"], line["name"], line["shape"]): line["fields"] for line in found["items"]}
    papers = {key for key in items if key[0] == "paper"}
    assert papers and {key[2] for key in papers} == {"removed"}
    assert set(items) - papers == {
        ("scheme", "", "changed"), ("question", "PG-008-01", "changed"), ("question", "PG-001-02", "removed"),
        ("question", "PG-001-99", "new"), ("scenario", "LYN-01", "changed"), ("scenario", "KEL-06", "removed"),
        ("method", "M.702090.008.01 1.2", "changed"), ("blueprint", "", "changed"),
    }  # fmt: skip
    assert {each["field"] for each in items["scenario", "LYN-01", "changed"]} == {
        "scenes[pelanggan-1].actor", "cues[M.702090.002.01 2.1].trigger",
    }  # fmt: skip
    (fact,) = items["scheme", "", "changed"]
    assert (fact["field"], fact["new"]) == ("title", "Tenaga Pemasar (Layanan)")
    (limit,) = items["blueprint", "", "changed"]
    assert (limit["old"], limit["new"]) == ("480", "500")
    assert found["rulings"][0]["who"] == "Rekasari, Manajer Mutu"
    assert not found["same"] and not found["left_out"]


def test_the_text_is_grouped_for_people(edited: KitProject) -> None:
    """Units with their criteria, then the rest by kind; lines of unchanged criteria are not printed."""
    edited.run("diff", "2024", "2025")
    assert "criteria (KUK): 1 reworded, 1 ruled, 1 editorial" in edited.said
    for line in (
        "unit M.702090.001.01  Mengidentifikasi elemen pemasaran perusahaan", "    - Segmentasi perusahaan diuraikan",
        "    + Segmentasi pasar perusahaan diuraikan", "questions", "  removed (1): PG-001-02", "  changed PG-008-01: Soal",
    ):  # fmt: skip
        assert line in edited.said.splitlines(), line
    assert "M.702090.003.01" not in edited.said.partition("methods")[0]
    assert "both editions say the same" not in edited.said
    edited.run("diff", "2024", "2024")
    assert "both editions say the same" in edited.said


def test_the_word_document_strikes_old_words_and_underlines_new_ones(edited: KitProject, tmp_path: Path) -> None:
    """In a table of old and new, with the ruling beside it; it is valid, ours, and the same each time."""
    out = tmp_path / "beda.docx"
    edited.run("diff", "2024", "2025", "--docx", str(out))
    assert faults_of(out.read_bytes()) == []
    document = docx.Document(str(out))
    runs = [
        run
        for table in document.tables for row in table.rows for cell in row.cells for paragraph in cell.paragraphs
        for run in paragraph.runs
    ]  # fmt: skip
    struck = {run.text.strip() for run in runs if run.font.strike}
    underlined = {run.text.strip() for run in runs if run.font.underline}
    assert {"terhadap", "elemen", "dua", "Target"} <= struck and {
        "atas",
        "unsur",
        "tiga",
        "pasar",
        "target",
    } <= underlined
    assert not any(run.font.strike and run.font.underline for run in runs)
    text = "\n".join(map(str, dump_parts(document_parts(out), out.name)))
    for words in (
        "RAHASIA",
        "Rekasari, Manajer Mutu",
        "12 Januari 2026",
        "setara menurut padanan",
        "Kode Dokumen",
        "PG-001-99",
    ):
        assert words in text, words
    assert "{{" not in text and "{%" not in text and "#KODE" not in text
    first = out.read_bytes()
    edited.run("diff", "2024", "2025", "--docx", str(out))
    assert out.read_bytes() == first


def test_a_document_of_another_hand_is_not_written_over(edited: KitProject, tmp_path: Path) -> None:
    """Unless asked to; nor is anything but a Word document written."""
    out = tmp_path / "beda.docx"
    docx.Document().save(str(out))
    before = out.read_bytes()
    edited.run("diff", "2024", "2025", "--docx", str(out), expect=1)
    assert "was not made by kitgen" in edited.said and out.read_bytes() == before
    edited.run("diff", "2024", "2025", "--docx", str(out), "--replace")
    assert out.read_bytes() != before
    edited.run("diff", "2024", "2025", "--docx", str(tmp_path / "beda.pdf"), expect=1)
    assert "let its name end in .docx" in edited.said


def test_equal_editions_make_a_page_that_says_so(edited: KitProject, tmp_path: Path) -> None:
    """And no warning of secrets, since none is in it."""
    out = tmp_path / "sama.docx"
    edited.run("diff", "2024", "2024", "--docx", str(out))
    text = "\n".join(map(str, dump_parts(document_parts(out), out.name)))
    assert "Kedua edisi sama isinya." in text and "RAHASIA" not in text


def test_editions_of_two_projects_differ_in_identity_and_templates_too(edited: KitProject, tmp_path: Path) -> None:
    """What belongs to no edition is told by file, with the words that changed."""
    other = KitProject(tmp_path / "lain")
    for name in ("scheme", "templates"):
        shutil.copytree(edited.root / name, other.root / name)
    shutil.rmtree(other.root / "scheme" / SLUG / "2025")
    other.edit("scheme/identity.yaml", "name:", 'name: "LSP Rekaan"')
    other.edit_template("docx/FR.APL.02.docx", "PANDUAN ASESMEN MANDIRI", "PANDUAN MANDIRI")
    (other.root / "templates" / "docx" / "Surat Tugas.docx").rename(other.root / "templates" / "docx" / "Surat.docx")
    forms = other.root / "templates" / "forms.yaml"
    forms.write_text(forms.read_text("utf-8").replace("docx/Surat Tugas.docx", "docx/Surat.docx"), "utf-8")
    found = edited.json("diff", "2024", str(other.root / "scheme" / SLUG / "2024"))
    items = {(line["group"], line["name"]): line for line in found["items"]}
    assert set(items) == {
        ("identity", ""), ("form", "Surat Tugas"), ("template", "docx/FR.APL.02.docx"),
        ("template", "docx/Surat Tugas.docx"), ("template", "docx/Surat.docx"),
    }  # fmt: skip
    assert [(each["field"], each["new"]) for each in items["identity", ""]["fields"]] == [("name", "LSP Rekaan")]
    (change,) = items["template", "docx/FR.APL.02.docx"]["fields"]
    assert "PANDUAN ASESMEN MANDIRI" in change["old"] and "PANDUAN MANDIRI" in change["new"]
    assert {items["template", f"docx/{name}.docx"]["shape"] for name in ("Surat", "Surat Tugas")} == {"new", "removed"}


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("2024", "2030"), "an edition `2030`"),
        (("2024", "scheme"), "edition `scheme`"),
        (("2024", "../tepi"), "edition `../tepi`"),
    ],
)
def test_an_edition_that_is_not_there_is_told(edited: KitProject, names: tuple[str, str], said: str) -> None:
    """By the name as it was given."""
    edited.run("diff", *names, expect=1)
    assert said in edited.said


def test_a_folder_that_is_no_edition_of_a_project_is_told(edited: KitProject, tmp_path: Path) -> None:
    """A scheme.yaml alone has no templates and identity beside it."""
    shutil.copy(edited.edition / "scheme.yaml", tmp_path / "scheme.yaml")
    edited.run("diff", "2024", str(tmp_path), expect=1)
    assert "folder is no edition of a project" in edited.said


def test_a_scheme_must_be_named_where_two_have_the_edition(edited: KitProject, tmp_path: Path) -> None:
    """Wrong usage, with the names to choose from."""
    project = edited.copy_to(tmp_path / "dua")
    shutil.copytree(project.root / "scheme" / SLUG, project.root / "scheme" / "lain")
    project.run("diff", "2024", "2025", expect=2)
    assert f"lain, {SLUG}" in project.said
    project.run("diff", "2024", "2025", "--scheme", "lain")


def test_what_cannot_be_read_is_not_called_removed(edited: KitProject, tmp_path: Path) -> None:
    """A scheme changed a moment ago is compared; its questions only once they have followed."""
    project = edited.copy_to(tmp_path / "rusak")
    project.edit(f"scheme/{SLUG}/2025/scheme.yaml", '  - code: "M.702090.008.01"', '  - code: "M.702090.008.02"')
    found = project.json("diff", "2024", "2025")
    assert found["left_out"] == "1 error in 2025: questions and other data are not compared"
    assert found["items"] == []
    assert [line["new"] for line in found["units"] if line["raised"]] == ["M.702090.008.02"]
    project.edit(f"scheme/{SLUG}/2025/scheme.yaml", "units:", "units: [")
    project.run("diff", "2024", "2025", expect=1)
    assert "YAML cannot be read" in project.said
