"""A project's own templates lie over the shipped ones by name, its list of forms by entry; nothing of theirs is lost."""

import json
import shutil
from pathlib import Path

import pytest
from harness import ROOT, KitProject, rewrite_parts

from kitgen.load.forms import load_forms
from kitgen.load.locate import find_project
from kitgen.load.project_data import load_forms_of

CODE = "FR.AK.03"
NAME = f"docx/{CODE}.docx"


@pytest.fixture
def bare(tmp_path: Path) -> KitProject:
    """A project without templates of its own."""
    shutil.copytree(ROOT / "scheme", tmp_path / "proyek" / "scheme")
    return KitProject(tmp_path / "proyek")


def text_of_form(project: KitProject, code: str = CODE) -> str:
    project.build("--form", code)
    (path, *_) = sorted(project.output.rglob(f"* {code}*.docx"))
    return project.text(path.relative_to(project.root / "output").as_posix())


def standings(project: KitProject) -> dict[str, str]:
    return {each["name"]: each["standing"] for each in project.json("template", "status")["templates"]}


def test_one_template_is_copied_edited_and_taken_back(bare: KitProject) -> None:
    """The copy is used for its form alone; taken back it lies aside, and what is made is as it was before."""
    before = text_of_form(bare)
    bare.run("template", "export", CODE.lower())
    assert sorted(path.name for path in (bare.root / "templates").rglob("*") if path.is_file()) == [
        f"{CODE}.docx", "salinan.json",
    ]  # fmt: skip
    assert standings(bare) == {NAME: "same"} and text_of_form(bare) == before
    bare.edit_template(NAME, "Umpan Balik", "Tanggapan").edit_template(NAME, "UMPAN BALIK", "TANGGAPAN")
    assert standings(bare) == {NAME: "yours"}
    assert "TANGGAPAN" in text_of_form(bare) and "TANGGAPAN" not in before
    bare.run("template", "status", CODE)
    assert "    - " in bare.said and "TANGGAPAN" in bare.said
    assert bare.json("template", "status", CODE)
    bare.run("template", "reset", CODE)
    aside = bare.root / "templates/_disisihkan" / NAME
    assert aside.is_file() and text_of_form(bare) == before
    assert standings(bare) == {} and "kitgen template export" in bare.run("template", "status").said
    bare.run("template", "export", CODE).run("template", "reset", CODE)
    assert aside.with_stem(f"{CODE} (2)").is_file() and aside.is_file()


def test_a_block_of_the_project_is_put_into_shipped_templates(bare: KitProject) -> None:
    """A block is copied by its name, and found before the shipped one by whatever names it."""
    bare.run("template", "export", "stamp").edit_template("docx/blocks/stamp.docx", "Kode Dokumen", "Kode Halaman")
    assert "Kode Halaman" in text_of_form(bare)
    bare.run("template", "check", CODE)


def test_what_kitgen_changed_since_is_told(bare: KitProject) -> None:
    """By the digest a template had when it was copied; without a record only that the two differ."""
    bare.run("template", "export", CODE, "FR.AK.01", "FR.APL.01")
    record = bare.root / "templates/salinan.json"
    copies = json.loads(record.read_text("utf-8"))
    copies["copies"] |= {NAME: "0" * 64, "docx/FR.AK.01.docx": "0" * 64}
    del copies["copies"]["docx/FR.APL.01.docx"]
    record.write_text(json.dumps(copies), "utf-8")
    for name in (NAME, "docx/FR.APL.01.docx"):
        rewrite_parts(bare.root / "templates" / name, lambda _, content: content.replace(b"a", b"a"))
    assert standings(bare) == {"docx/FR.AK.01.docx": "same", NAME: "both", "docx/FR.APL.01.docx": "unknown"}
    bare.run("template", "status")
    assert "1 template of kitgen changed since" in bare.said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("export", "FR.ZZ.01"), "there is no template `FR.ZZ.01`"),
        (("export", "forms.yaml"), "there is no template `forms.yaml`"),
        (("export", CODE), "has its own docx/FR.AK.03.docx already"),
        (("reset", "FR.AK.01"), "has no docx/FR.AK.01.docx of its own"),
        (("reset", "Milik Sendiri"), "kitgen comes with no docx/Milik Sendiri.docx"),
        (("status", "FR.AK.01"), "there are no two of docx/FR.AK.01.docx"),
    ],
)
def test_what_cannot_be_copied_or_taken_back_is_told(bare: KitProject, arguments: tuple[str, ...], said: str) -> None:
    """Nothing is overwritten, and nothing is taken away that no shipped template stands for."""
    bare.run("template", "export", CODE)
    shutil.copyfile(bare.root / "templates" / NAME, bare.root / "templates/docx/Milik Sendiri.docx")
    before = sorted((bare.root / "templates").rglob("*"))
    bare.run("template", *arguments, expect=1)
    assert said in bare.said and sorted((bare.root / "templates").rglob("*")) == before


def test_an_entry_lies_over_the_shipped_one(bare: KitProject) -> None:
    """The rest of the list stays; an entry that is `no` leaves its form out."""
    shipped = {form.code for form in load_forms_of(find_project(ROOT))}
    bare.run("template", "export", CODE, "--entry")
    path = bare.root / "templates/forms.yaml"
    bare.edit("templates/forms.yaml", "Umpan Balik dan Catatan Asesmen", "Tanggapan Asesi")
    path.write_text(path.read_text("utf-8") + '  FR.AK.04: "no"\n', "utf-8")
    forms = {form.code: form for form in load_forms_of(find_project(bare.root))}
    assert set(forms) == shipped - {"FR.AK.04"}
    assert forms[CODE].title == "Tanggapan Asesi"
    bare.run("template", "status")
    assert f"entries of its own: {CODE}; left out: FR.AK.04" in bare.said
    bare.run("template", "reset", CODE).run("template", "export", CODE, "--entry", expect=1)
    assert "has an entry of the project already" in bare.said


def test_a_list_with_instruments_stands_alone(bare: KitProject) -> None:
    """As every list of kitgen 0.1 did: forms of kitgen that are not in it are not made, and are told."""
    shutil.copytree(ROOT / "templates", bare.root / "templates")
    bare.keep_forms([CODE, "FR.AK.01"])
    assert [form.code for form in load_forms_of(find_project(bare.root))] == ["FR.AK.01", CODE]
    bare.run("template", "status")
    assert "forms.yaml is whole" in bare.said and "FR.APL.01" in bare.said.partition(", without ")[2]


def test_an_entry_that_is_wrong_is_told_in_the_list_of_the_project(bare: KitProject) -> None:
    """With its own file and line."""
    (bare.root / "templates").mkdir()
    (bare.root / "templates/forms.yaml").write_text('forms:\n  FR.XX.01:\n    title: "Baru"\n    judul: "x"\n', "utf-8")
    bare.run("check", expect=1)
    assert "templates/forms.yaml:4, form FR.XX.01" in bare.said and "key `judul` is not known" in bare.said


def test_a_release_keeps_both_layers(bare: KitProject) -> None:
    """What it keeps is whole: the project's own over the shipped, whatever is edited or taken back afterwards."""
    bare.run("template", "export", CODE, "--entry").edit_template(NAME, "UMPAN BALIK", "TANGGAPAN")
    project = find_project(bare.root)
    from kitgen.base.errors import Findings
    from kitgen.base.project import Project
    from kitgen.documents.kept.bundle import packed_templates, read_templates, template_files

    files = template_files(project)
    assert files[NAME] == (bare.root / "templates" / NAME).read_bytes()
    assert files["docx/FR.AK.01.docx"] == (ROOT / "templates/docx/FR.AK.01.docx").read_bytes()
    assert "salinan.json" not in files and not any("laporan" in name for name in files)
    (bare.root / "simpan.tar.xz").write_bytes(packed_templates(files))
    kept = bare.root / "disimpan"
    for name, content in read_templates(bare.root / "simpan.tar.xz", "simpan").items():
        (kept / name).parent.mkdir(parents=True, exist_ok=True)
        (kept / name).write_bytes(content)
    findings = Findings()
    assert load_forms(Project(bare.root, kept, True), findings) == load_forms(project, findings)
    assert not findings.diagnostics


def test_a_preview_is_named_by_a_code(bare: KitProject, tmp_path: Path) -> None:
    """As well as by a file; a code nobody knows is told with the nearest."""
    out = tmp_path / "contoh.docx"
    bare.run("template", "preview", CODE, str(out))
    assert out.is_file() and "the data of this project" in bare.said
    bare.run("template", "preview", "FR.AK.3", str(out), expect=1)
    assert "did you mean `FR.AK.03`?" in bare.said
