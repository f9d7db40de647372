"""File names say what forms are; what lies under an older name is renamed, with what people did to it."""

import string
from pathlib import Path

import pytest
from file_names import named
from harness import ROOT, SLUG, KitProject, edit_by_hand
from hypothesis import given
from hypothesis import strategies as st

from kitgen.base.project import Project
from kitgen.kits.paths import MAX_NAME, file_name, plain_file, safe_name
from kitgen.load.project_data import load_forms_of

FORMS = ("FR.APL.02", "FR.IA.01", "FR.IA.05A", "Kartu Asesi", "Lembar Skor")
KIT = f"{SLUG}/2024/Skema Lengkap"
WORDS = st.text(string.ascii_letters + " /:.-é\U0001f600", max_size=90)


@pytest.fixture(scope="module")
def before(root: Path, tmp_path_factory: pytest.TempPathFactory) -> KitProject:
    """A project of a few forms, built with a list that has no titles for files."""
    project = KitProject.copy_of(root, tmp_path_factory.mktemp("lama") / "proyek").keep_forms(FORMS)
    entries = project.forms()
    bare = {
        code: {key: value for key, value in entry.items() if key != "file_title"} for code, entry in entries.items()
    }
    return project.write_forms(bare).build()


@pytest.fixture
def project(before: KitProject, tmp_path: Path) -> KitProject:
    return before.copy_to(tmp_path / "proyek")


def with_titles(project: KitProject, root: Path) -> KitProject:
    """Let the forms have the titles they are shipped with."""
    shipped = KitProject(root).forms()
    return project.write_forms({code: shipped[code] for code in FORMS})


def names(project: KitProject) -> list[str]:
    return sorted(path.name for path in project.output.rglob("*.*x"))


@pytest.mark.slow
def test_a_list_of_before_gives_the_names_of_before(project: KitProject) -> None:
    """Number and code, and nothing else."""
    assert {
        "02 FR.APL.02.docx",
        "11a Kartu Asesi KEL-01.docx",
        "14d Lembar Skor Paket A - KP 1.xlsx",
    } <= {*names(project)}


@pytest.mark.slow
def test_the_next_build_renames_and_leaves_nothing_behind(project: KitProject, root: Path) -> None:
    """The plan tells it before; the build in one line, and what people edited or set aside goes along."""
    many = len(names(project))
    mine = project.root / "output" / KIT / "3 Untuk Asesor/10 FR.IA.01.docx"
    edit_by_hand(mine, "Kriteria", "Syarat")
    edited = mine.read_bytes()
    aside = mine.with_name("10 FR.IA.01 (disunting).docx")
    aside.write_bytes(edited)
    with_titles(project, root)
    planned = project.json("plan")
    row = next(each for each in planned["documents"] if each["path"] == named(f"{KIT}/2 Untuk Asesi/02 FR.APL.02.docx"))
    assert (row["state"], row["moved_from"]) == ("moved", f"{KIT}/2 Untuk Asesi/02 FR.APL.02.docx")
    assert planned["summary"]["orphans"] == 0
    said = project.build().said
    assert f"{many} documents renamed" in said and "removed" not in said
    found = names(project)
    assert len(found) == many + 1 and not {"02 FR.APL.02.docx", "10 FR.IA.01.docx"} & {*found}
    new = mine.with_name(named("10 FR.IA.01.docx"))
    assert new.read_bytes() == edited == new.with_name(named("10 FR.IA.01 (disunting).docx")).read_bytes()
    assert named("11a Kartu Asesi KEL-01.docx") in found
    assert set(project.states().values()) == {"same", "edited"}
    assert "renamed" not in project.build().said


@pytest.mark.slow
def test_what_was_released_keeps_its_names(project: KitProject, root: Path) -> None:
    """It is made with its own list of forms, whatever the project's says now."""
    from released import fill_in

    fill_in(project, "2024").run("edition", "release", SLUG, "2024").build()
    before = names(project)
    with_titles(project, root).build()
    assert names(project) == before and set(project.states().values()) == {"same"}


@pytest.mark.slow
def test_a_card_is_called_by_its_scenario_and_renamed_with_it(project: KitProject, root: Path) -> None:
    """It is known by its serial, also where it was edited by hand."""
    with_titles(project, root).build()
    card = project.root / "output" / KIT / named("2 Untuk Asesi/11a Kartu Asesi KEL-03.docx")
    edit_by_hand(card, "Peran", "Tugas")
    mine = card.read_bytes()
    project.edit(f"scheme/{SLUG}/2024/scenarios/KEL-03.yaml", 'title: "Obat Ibu', 'title: "Paket Ibu')
    project.build()
    assert not card.exists()
    assert card.with_name(named("11a Kartu Asesi - KEL-03 Paket Ibu belum sampai.docx")).read_bytes() == mine
    assert "orphan" not in project.states().values()


@given(WORDS, st.sampled_from(["A", "Darurat Paket A - KP 1", "KEL-01", ""]))
def test_names_are_short_and_keep_what_tells_documents_apart(about: str, qualifier: str) -> None:
    """At most 65 characters, valid everywhere, and never without the qualifier."""
    form = next(each for each in load_forms_of(Project(ROOT, ROOT / "templates")) if each.code == "FR.IA.05C")
    name = file_name(form, qualifier, about)
    assert len(name.encode("utf-16-le")) // 2 <= MAX_NAME
    assert name == safe_name(name) and name.startswith("14c FR.IA.05C ")
    assert not qualifier or f" - {qualifier}" in name


def test_every_shipped_form_has_a_title_for_files() -> None:
    """No file is called by a code alone; what is remembered is the plain name."""
    forms = load_forms_of(Project(ROOT, ROOT / "templates"))
    assert len(forms) > 70 and all(form.file_title for form in forms)
    assert {plain_file(form) for form in forms}.isdisjoint({file_name(form) for form in forms if "FR." in form.code})
