"""When the scheme changes under a built event: stale is what would say something else, to the document."""

import re
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from event_books import keep_candidates
from harness import ROOT, SLUG, KitProject
from history import move_column, read_yaml, write_yaml

from kitgen.documents.disk.index import INDEX_NAME

pytestmark = pytest.mark.slow

UNIT, CRITERION = "M.702090.008.", "1.3"
INDEX = f"Jadwal/contoh/{INDEX_NAME}"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> KitProject:
    """An event of four candidates with all forms, built."""
    project = KitProject.copy_of(ROOT, tmp_path_factory.mktemp("event") / "proyek")
    shutil.copytree(ROOT / "events", project.root / "events")
    keep_candidates(project.root / "events/contoh/jadwal.xlsx", 4)
    return project.build("--event", "contoh")


@pytest.fixture
def project(built: KitProject, tmp_path: Path) -> KitProject:
    return built.copy_to(tmp_path / "proyek")


def rows(project: KitProject) -> dict[str, Any]:
    """How the documents of the event stand, by path."""
    return {row["path"]: row for row in project.json("plan", "--event", "contoh", "--names")["documents"]}


def stale(project: KitProject) -> set[str]:
    return {path for path, row in rows(project).items() if row["state"] != "same"}


def wording(project: KitProject) -> tuple[str, str]:
    """The code of the unit and the text of its criterion."""
    (unit,) = (each for each in read_yaml(project.edition / "scheme.yaml")["units"] if each["code"].startswith(UNIT))
    criteria = [criterion for element in unit["elements"] for criterion in element["criteria"]]
    return unit["code"], next(each["text"] for each in criteria if each["number"] == CRITERION)


def test_a_reworded_criterion_makes_stale_exactly_what_prints_it(project: KitProject) -> None:
    """Read off the finished documents; no form without criteria, and what is left alone keeps its serial and bytes."""
    _, old = wording(project)
    before, bytes_before = rows(project), project.tree()
    expected = {path for path in before if old in project.text(path)}
    assert 8 < len(expected) < len(before) / 2
    project.edit_scheme(old, "Penyesalan atas kejadian itu diungkapkan")
    assert stale(project) == expected
    forms = {before[path]["form"] for path in expected}
    assert "FR.APL.02" in forms and "FR.IA.01" in forms and "FR.APL.01" not in forms
    project.build("--event", "contoh")
    after, bytes_after = rows(project), project.tree()
    assert {path for path in before if after[path]["serial"] != before[path]["serial"]} == expected
    documents = bytes_after.keys() - {INDEX}
    assert {path for path in documents if bytes_after[path] != bytes_before[path]} == expected
    assert all("Penyesalan atas kejadian itu" in project.text(path) for path in expected)


def test_a_new_edition_makes_stale_exactly_what_prints_what_was_reworded_in_it(project: KitProject) -> None:
    """The event moves to an edition that says the same: nothing is stale. Then one criterion is reworded there."""
    _, old = wording(project)
    before = rows(project)
    expected = {path for path in before if old in project.text(path)}
    project.run("edition", "new", SLUG, "2025")
    workbook = project.root / "events/contoh/jadwal.xlsx"
    book = openpyxl.load_workbook(workbook)
    (cell,) = (row[1] for row in book["Jadwal"].iter_rows() if row[0].value == "Edisi skema")
    cell.value = "2025"
    book.save(workbook)
    same = rows(project)
    assert {path for path, row in same.items() if row["state"] != "same"} == set()
    assert {path: row["serial"] for path, row in same.items()} == {path: row["serial"] for path, row in before.items()}
    scheme = project.edition.with_name("2025") / "scheme.yaml"
    text = scheme.read_text("utf-8")
    scheme.write_text(text.replace(old, f"{old} dengan tulus"), "utf-8")
    assert stale(project) == expected


@pytest.mark.parametrize("form", ["FR.AK.04", "FR.AK.05", "FR.IA.05B", "Jadwal Giliran"])
def test_a_moved_column_makes_stale_exactly_the_documents_of_its_form(project: KitProject, form: str) -> None:
    """One per candidate, assessor, paper or event: whatever the form is made for."""
    of_form = {path for path, row in rows(project).items() if row["form"] == form}
    assert of_form
    move_column(project.root / "templates" / project.forms()[form]["template"])
    assert stale(project) == of_form


def test_what_changes_no_word_makes_nothing_stale(project: KitProject) -> None:
    """Double blanks, comments and keys in another order, in every file of data: all serials stay, nothing is written."""
    serials, before = {path: row["serial"] for path, row in rows(project).items()}, project.stamps()
    for path in (project.root / "scheme").rglob("*.yaml"):
        write_yaml(path, turned(read_yaml(path)))
    scheme = project.edition / "scheme.yaml"
    text = scheme.read_text("utf-8")
    spaced = re.sub(r"(text: ['\"]?\w+) ", r"\1  ", text)
    assert spaced.count("  ") > text.count("  ")
    scheme.write_text(f"# catatan\n{spaced}", "utf-8")
    project.write_forms(turned(project.forms()))
    assert {path: row["serial"] for path, row in rows(project).items()} == serials
    assert stale(project) == set()
    assert project.json("build", "--event", "contoh")["summary"]["written"] == 0
    after = project.stamps()
    assert {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)} <= {INDEX}


def turned(value: Any) -> Any:
    """The same data with the keys of each mapping the other way round."""
    if isinstance(value, dict):
        return {key: turned(value[key]) for key in reversed(value)}
    return [turned(each) for each in value] if isinstance(value, list) else value
