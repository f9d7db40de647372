"""`kitgen template new`: a template to begin with, sound as it is and as it is edited."""

import shutil

import docx
import pytest
from harness import KitProject
from office_rules import faults_of

from kitgen.load.locate import find_project
from kitgen.verify.witness import witnessed

CODE = "FR.XX.01"
MADE = f"docx/{CODE}.docx"


@pytest.fixture
def project(kit_project: KitProject) -> KitProject:
    return kit_project.keep_forms(["FR.APL.02"])


def add(project: KitProject, lines: str) -> None:
    """Put printed lines below `forms:`, as a person does."""
    with (project.root / "templates" / "forms.yaml").open("a", encoding="utf-8") as file:
        file.write(lines)


def test_a_first_template_is_sound_and_makes_documents(project: KitProject) -> None:
    """What is printed goes into forms.yaml as it is; then the template is sound, is built, and all texts are in their places."""
    project.run("template", "new", CODE, "--title", "Surat Uji")
    assert project.last is not None
    add(project, project.last.stdout)
    project.run("template", "check", CODE)
    assert faults_of((project.root / "templates" / MADE).read_bytes()) == []
    project.build("--form", CODE)
    (path,) = project.output.rglob(f"* {CODE}.docx")
    text = project.text(path.relative_to(project.root / "output").as_posix())
    for expected in ("FR.XX.01. SURAT UJI", "Skema Sertifikasi", "M.702090.008.01", "Keluhan pelanggan", "Asesor :"):
        assert expected in text
    assert f"{CODE}  ·  Kode Dokumen" in text
    project.run("verify", "--json", expect=1)  # the other form is not made
    assert CODE not in project.last.stdout.partition('"findings"')[2]


def test_it_can_be_edited_in_word_before_it_is_declared(project: KitProject) -> None:
    """An edited copy stays sound; without --title its heading is that of the entry; equal commands make equal bytes."""
    project.run("template", "new", CODE)
    assert project.last is not None
    lines = project.last.stdout
    path = project.root / "templates" / MADE
    first = path.read_bytes()
    path.unlink()
    project.run("template", "new", CODE)
    assert path.read_bytes() == first
    opened = docx.Document(str(path))
    opened.paragraphs[0].insert_paragraph_before("Kalimat orang.")
    opened.save(str(path))
    add(project, lines.replace(f'title: "{CODE}"', 'title: "Surat Lain"'))
    project.run("template", "check", CODE).build("--form", CODE)
    (made,) = project.output.rglob(f"* {CODE}.docx")
    texts = [line.text for line in witnessed(made.read_bytes(), made.name)]
    assert texts[:2] == ["Kalimat orang.", "FR.XX.01. SURAT LAIN"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("../FR",), "no code of a form"),
        (("con",), "no code of a form"),
        (("FR.XX.01", "--title", " "), "title is empty"),
        (("FR.XX.01", "--title", "a\vb"), "title is empty"),
        (("fr.apl.02",), "there already"),
    ],
)
def test_what_cannot_be_begun_is_told(project: KitProject, arguments: tuple[str, ...], said: str) -> None:
    """A code that is no name of a file, a title nobody can read, a template that is there: nothing is written."""
    before = sorted((project.root / "templates").rglob("*"))
    project.run("template", "new", *arguments, expect=1)
    assert said in project.said
    assert sorted((project.root / "templates").rglob("*")) == before


def test_shipped_templates_are_left_alone(project: KitProject) -> None:
    """In a project without templates the first one is its own, made of shipped blocks, and its entry the first of a list."""
    shutil.rmtree(project.root / "templates")
    project.run("template", "new", CODE)
    assert project.last is not None
    assert not (find_project(project.root).templates_dir / MADE).exists()
    (project.root / "templates/forms.yaml").write_text(f"forms:\n{project.last.stdout}", "utf-8")
    project.run("template", "check", CODE).build("--form", CODE)
    assert len(list(project.output.rglob(f"* {CODE}.docx"))) == 1


def test_an_entry_may_come_before_its_template(project: KitProject) -> None:
    """Its template is made, and nothing is to be added; an entry with another template is refused."""
    project.run("template", "new", CODE)
    assert project.last is not None
    add(project, project.last.stdout)
    (project.root / "templates" / MADE).unlink()
    project.run("template", "new", CODE)
    assert "title:" not in project.said
    project.run("template", "check", CODE)
    (project.root / "templates" / MADE).unlink()
    project.edit("templates/forms.yaml", MADE, "docx/Lain.docx").run("template", "new", CODE, expect=1)
    assert "is declared already" in project.said
