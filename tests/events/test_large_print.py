"""Large print (FR.AK.07): what a candidate reads or writes on is printed larger, and nobody else's papers are."""

import json
import zipfile
from pathlib import Path

import pytest
from event_cases import NAME, change, event_project, made
from file_names import stem_of

pytestmark = pytest.mark.slow


def letters(path: Path) -> int:
    """The size of plain text, in half points."""
    with zipfile.ZipFile(path) as package:
        styles = package.read("word/styles.xml").decode()
    defaults = styles[styles.index("<w:rPrDefault>") : styles.index("</w:rPrDefault>")]
    return int(defaults.partition('<w:sz w:val="')[2].partition('"')[0])


def test_who_needs_large_print_has_a_question_book_of_their_own(root: Path, tmp_path: Path) -> None:
    """In their folder, in large print, with their name; the shared one is for all others, a copy less."""
    project = event_project(root, tmp_path / "proyek").keep_forms({"FR.IA.05A", "FR.IA.05B", "FR.IA.05C", "FR.IA.07"})
    change(project, 1, "penyesuaian (fr.ak.07)", "huruf besar")
    project.build("--event", NAME)
    books = sorted(made(project).rglob("14a*.docx"))
    own = [each for each in books if each.parent.name == "01 Asesi Contoh 01"]
    shared = [each for each in books if each.parent.name == "00 Bersama"]
    assert [each.stem for each in own] == [
        stem_of("14a FR.IA.05A Paket A - KP 1.docx"),
        stem_of("14a FR.IA.05A Paket A - KP 2.docx"),
    ]
    assert len(own) + len(shared) == len(books) and {letters(each) for each in own} == {letters(shared[0]) * 7 // 5}
    assert "Asesi Contoh 01" in project.text(own[0].relative_to(project.root / "output").as_posix())
    project.run("event", "deliver", NAME)
    record = json.loads((project.root / "events" / NAME / "serah-terima.json").read_text("utf-8"))
    handed = [each for zipped in record["deliveries"][0]["zips"] for each in zipped["documents"]]
    copies = {(each["qualifier"], each["candidate"]): each["copies"] for each in handed if each["form"] == "FR.IA.05A"}
    assert copies["Paket A - KP 1", 1] == 1
    sitting = len([path for path in made(project).rglob("14c*Paket A - KP 1.docx") if "Darurat" not in path.name])
    assert copies["Paket A - KP 1", None] == sitting - 1


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
