"""Large print (FR.AK.07): what a candidate reads or writes on is printed larger, and nobody else's papers are."""

import zipfile
from pathlib import Path

import pytest
from event_cases import NAME, change, event_project, made

pytestmark = pytest.mark.slow


def letters(path: Path) -> int:
    """The size of plain text, in half points."""
    with zipfile.ZipFile(path) as package:
        styles = package.read("word/styles.xml").decode()
    defaults = styles[styles.index("<w:rPrDefault>") : styles.index("</w:rPrDefault>")]
    return int(defaults.partition('<w:sz w:val="')[2].partition('"')[0])


def test_large_print_is_for_whom_it_was_agreed(root: Path, tmp_path: Path) -> None:
    """Two fifths larger, said in the footer; taken back, the papers are as they were."""
    project = event_project(root, tmp_path / "proyek").keep_forms({"FR.AK.01", "FR.IA.05C", "FR.IA.01"})
    project.build("--event", NAME)
    (path,) = made(project).rglob("01 Asesi Contoh 01/14c*KP 1.docx")
    before, plain = path.read_bytes(), letters(path)
    change(project, 1, "penyesuaian (fr.ak.07)", "huruf besar")
    project.build("--event", NAME)
    sizes = {each.relative_to(made(project)).as_posix(): letters(each) for each in made(project).rglob("*.docx")}
    large = {name for name, size in sizes.items() if size > plain}
    assert large == {name for name in sizes if "/01 Asesi Contoh 01/" in name and "FR.IA.01" not in name}
    assert letters(path) == plain * 7 // 5
    assert "huruf besar" in project.text(path.relative_to(project.root / "output").as_posix())
    change(project, 1, "penyesuaian (fr.ak.07)", None)
    project.build("--event", NAME)
    assert path.read_bytes() == before
