"""*Yang Masih Kurang*: what a kit lacks and why, one line a cause, in order of work, on screen and as a Word document."""

import re
from pathlib import Path

import click
import pytest
from harness import ROOT, SLUG, KitProject
from published_pages import SEED

from kitgen.cli import cli
from kitgen.kits.kit import kits_of
from kitgen.kits.lacks import lack_sheet, lacks_of, unmade_forms
from kitgen.kits.plan import plan_documents
from kitgen.load.locate import find_project
from kitgen.load.project_data import Data, load_data
from kitgen.model.lack_sheet import Lack
from kitgen.schemes.check.lacks import lacking

AREAS = [
    "identity of the LSP", "facts of the scheme", "standards of the units", "standards of the units",
    "methods and instruments", "methods and instruments", "tasks and activities", "tasks and activities",
    *["bank of questions"] * 4, "role plays",
]  # fmt: skip


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> KitProject:
    """A project whose scheme was just taken in."""
    project = KitProject(tmp_path_factory.mktemp("kurang") / "proyek")
    (project.root / "scheme").mkdir(parents=True)
    page = project.root / "halaman.txt"
    page.write_bytes(SEED)
    return project.run("import", str(page), "--title", "Skema Uji")


@pytest.fixture(scope="module")
def data(bare: KitProject) -> Data:
    return load_data(find_project(bare.root))


@pytest.fixture(scope="module")
def lacks(data: Data) -> tuple[Lack, ...]:
    return lacks_of(data.body, data.editions[0], data.forms, kits_of(data.editions[0]))


def test_a_scheme_just_taken_in_lacks_all_in_order_of_work(lacks: tuple[Lack, ...]) -> None:
    """Identity first, then facts, standards, methods, tasks, questions, role plays; each with what to do."""
    assert [each.area for each in lacks] == AREAS
    assert [each.step for each in lacks] == list(range(1, len(AREAS) + 1))
    assert all(each.count and each.what and each.effect and each.todo for each in lacks)
    assert {each.area: each.count for each in lacks if each.is_blocking} == {
        "identity of the LSP": 3, "facts of the scheme": 4, "standards of the units": 5,
    }  # fmt: skip
    by_what = {each.what: each for each in lacks}
    assert by_what["50 KUK of 50 without a method"].count == 50
    assert "FR.IA.05A, FR.IA.05B, FR.IA.05C" in by_what["no multiple-choice questions"].effect


def test_what_is_there_is_not_lacking(root: Path) -> None:
    """The shipped scheme has all but the LSP's own facts and reviews."""
    found = load_data(find_project(root))
    edition = found.editions[0]
    kits = kits_of(edition)
    areas = [each.area for each in lacks_of(found.body, edition, found.forms, kits)]
    assert list(dict.fromkeys(areas)) == [AREAS[0], AREAS[1], AREAS[2], "reviews"]
    assert unmade_forms(edition, found.forms, kits) == ()


def test_what_the_lsp_has_not_decided_is_told_once_with_a_count(root: Path) -> None:
    """Proposals of clusters keep an edition from its release; facts that are missing are not told twice."""
    (found,), _ = lacking(find_project(root))
    (told,) = [each for each in found.lacks if each.area == "points left open"]
    assert told.what == "cluster 1 is a proposal, the LSP has not decided on it yet (and 1 more of the kind)"
    assert told.count == 2 and told.is_blocking and "status" in told.todo
    assert [each.area for each in found.lacks].count("facts of the scheme") == 1


def test_forms_that_are_not_made_are_told_with_the_reason(data: Data) -> None:
    """They and those a build would make are all forms of the kits."""
    edition = data.editions[0]
    unmade = unmade_forms(edition, data.forms, kits_of(edition))
    made = {each.form.code for each in plan_documents(data.forms, kits_of(edition))}
    of_kits = {form.code for form in data.forms if {"unit", "scheme"} & set(form.kits)}
    assert {each.code for each in unmade} == of_kits - made and made
    reasons = {each.code: str(each.why) for each in unmade}
    assert reasons["FR.IA.06A"] == "the bank has no essay questions"
    assert reasons["Kartu Asesi"] == "there is no scenario"
    assert "there is nothing to print on it" not in reasons.values()


def test_an_instrument_the_plan_does_not_use_is_the_reason(kit_project: KitProject) -> None:
    """A form of an instrument that no Kelompok Pekerjaan uses is not made, whatever else there is."""
    name = f"scheme/{SLUG}/2024/methods.yaml"
    path = kit_project.root / name
    text = path.read_text("utf-8")
    path.write_text(re.sub(r'\n +- {form: "FR.IA.09"[^\n]*', "", text), "utf-8")
    (found,) = kit_project.json("kurang")
    why = {each["code"]: each["why"] for each in found["unmade"]}
    assert why == {"FR.IA.09": "the plan uses its instrument for no Kelompok Pekerjaan"}


def test_each_step_names_commands_there_are(lacks: tuple[Lack, ...]) -> None:
    """No advice leads nowhere; the commands of the scheme's workbook come with it."""
    for todo in {str(each.todo) for each in lacks}:
        for typed in re.findall(r"`kitgen ([^`]+)`", todo):
            group: click.Command = cli
            for word in typed.split():
                if not isinstance(group, click.Group):
                    break
                assert word in group.commands or word == "scheme", typed
                if word not in group.commands:
                    break
                group = group.commands[word]


def test_the_screen_and_the_document_say_the_same(bare: KitProject, data: Data, lacks: tuple[Lack, ...]) -> None:
    """In Indonesian, in the same order; the Word document has a Kode Dokumen and is not written over another's."""
    out = bare.root / "kurang.docx"
    bare.run("--lang", "id", "kurang", "--docx", str(out))
    sheet = lack_sheet(data.body, data.editions[0], lacks, (), "X")
    screen = " ".join(bare.said.split())
    place = 0
    for row in sheet.rows:
        place = screen.index(row.what[:1].lower() + row.what[1:], place) + 1
    assert "4 baris di antaranya" in screen
    bare.run("template", "dump", str(out))
    for row in sheet.rows:
        assert row.what in bare.said and row.todo in bare.said and row.effect in bare.said
    assert re.search(r"Kode Dokumen \w{4}-\w{4}-\w{3}", bare.said) and "FR.IA.05A" in bare.said
    assert "No scenario" not in bare.said and "Belum ada skenario" in bare.said
    first = out.read_bytes()
    bare.run("kurang", "--docx", str(out))
    assert out.read_bytes() == first
    out.write_bytes((ROOT / "templates/docx/FR.VA.docx").read_bytes())
    bare.run("kurang", "--docx", str(out), expect=1)
    bare.run("kurang", "--docx", str(out.with_suffix(".pdf")), expect=1)


def test_a_project_without_a_scheme_begins_with_the_import(tmp_path: Path) -> None:
    """One line, and no error."""
    (tmp_path / "scheme").mkdir()
    (found,) = KitProject(tmp_path).json("kurang")
    (lack,) = found["lacks"]
    assert "kitgen import" in lack["todo"] and found["scheme"] is None
    KitProject(tmp_path).run("kurang", "--docx", str(tmp_path / "a.docx"), expect=1)
