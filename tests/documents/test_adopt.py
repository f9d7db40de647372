"""What people typed into documents goes into the data: shown first, written with comments and order kept."""

import shutil
from pathlib import Path

import pytest
from file_names import named
from harness import ROOT, SLUG, KitProject, edit_by_hand, tree_digests
from released import fill_in

pytestmark = pytest.mark.slow

UNIT = "M.702090.008.01"
OBSERVED = named(f"{SLUG}/2024/Per Unit/{UNIT}/3 Untuk Asesor/10 FR.IA.01.docx")
STANDARD = "SOP penanganan keluhan pada skenario: tenggat disebut dengan angka"


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> KitProject:
    """A project of two forms, built."""
    project = KitProject.copy_of(ROOT, tmp_path_factory.mktemp("selesai") / "proyek")
    return project.keep_forms(("FR.IA.01", "FR.APL.02")).build()


@pytest.fixture
def built(finished: KitProject, tmp_path: Path) -> KitProject:
    return finished.copy_to(tmp_path / "proyek")


def lines_changed(before: str, after: str) -> list[tuple[str, str]]:
    pairs = zip(before.splitlines(), after.splitlines(), strict=True)
    return [(old.strip(), new.strip()) for old, new in pairs if old != new]


def test_a_typed_standard_goes_into_the_data_and_the_document_is_as_it_should_be(built: KitProject) -> None:
    """Shown first, nothing written; then one line of the YAML changes, and a build leaves nothing to do."""
    path, scheme = built.root / "output" / OBSERVED, built.edition / "scheme.yaml"
    edit_by_hand(path, STANDARD, 'IK-9 "Keluhan" &amp; tindak lanjut')
    mine, before = path.read_bytes(), scheme.read_text("utf-8")
    said = built.run("adopt", OBSERVED).said
    assert f"unit {UNIT}: workplace_standard (scheme/{SLUG}/2024/scheme.yaml)" in said
    assert f'was "{STANDARD}' in said
    assert 'now "IK-9 "Keluhan" & tindak lanjut' in said
    assert "typed in table " in said
    assert scheme.read_text("utf-8") == before
    assert path.read_bytes() == mine
    said = built.run("adopt", OBSERVED, "--write").said
    assert f"the edited document is kept as {named('10 FR.IA.01 (disunting).docx')}" in said
    ((old, new),) = lines_changed(before, scheme.read_text("utf-8"))
    assert (old[:30], new[:30]) == (
        f'workplace_standard: "{STANDARD}'[:30],
        'workplace_standard: "IK-9 \\"Keluhan'[:30],
    )
    built.build().run("plan", "--check")
    assert 'IK-9 "Keluhan" & tindak lanjut' in built.text(OBSERVED)
    assert path.with_name(named("10 FR.IA.01 (disunting).docx")).read_bytes() == mine
    whole = named(f"{SLUG}/2024/Skema Lengkap/3 Untuk Asesor/10 FR.IA.01.docx")
    assert 'IK-9 "Keluhan" & tindak lanjut' in built.text(whole)


def test_a_released_edition_takes_nothing(built: KitProject) -> None:
    """What was typed is shown, but the data is sealed; facts of the LSP's own stand beside it and can be taken."""
    fill_in(built, "2024").run("edition", "release", SLUG, "2024").build()
    path = built.root / "output" / OBSERVED
    edit_by_hand(path, STANDARD, "IK-9 Keluhan")
    before = tree_digests(built.root)
    assert 'now "IK-9 Keluhan' in built.run("adopt", OBSERVED).said
    built.run("adopt", OBSERVED, "--write", expect=1)
    assert f"edition 2024 of {SLUG} is released and is not changed any more; nothing was written" in built.said
    assert f"kitgen edition new {SLUG} NEW" in built.said
    assert tree_digests(built.root) == before
    built.run("plan")


def test_other_edits_are_not_taken_and_hold_the_document_where_it_is(built: KitProject) -> None:
    """The words of the standard itself change in an edition, not on a page; the document stays the person's."""
    path = built.root / "output" / OBSERVED
    edit_by_hand(path, STANDARD, "IK-9 Keluhan")
    edit_by_hand(path, "Kriteria", "Syarat")
    mine = path.read_bytes()
    said = built.run("adopt", OBSERVED, "--write").said
    assert '"Kriteria Unjuk Kerja" -> "Syarat Unjuk Kerja"' in said
    assert "stays where it is" in said
    built.build()
    assert path.read_bytes() == mine
    assert "IK-9 Keluhan" in built.text(OBSERVED.replace(".docx", " (terbaru).docx"))


def test_an_empty_cell_that_was_filled_in_is_found(built: KitProject) -> None:
    """No standard in the data: what a person typed into the blank cell goes behind the empty key, its comment kept."""
    text = (built.edition / "scheme.yaml").read_text("utf-8")
    line = next(line for line in text.splitlines() if STANDARD in line)
    built.edit_scheme(line, "    workplace_standard:        # diisi asesor").build()
    path = built.root / "output" / OBSERVED
    from docx import Document

    document = Document(str(path))
    rows = [row for table in document.tables for row in table.rows if row.cells[0].text == "1" and len(row.cells) > 5]
    rows[0].cells[3].text = "IK-9 Keluhan"
    document.save(str(path))
    built.run("adopt", OBSERVED, "--write")
    assert '    workplace_standard: "IK-9 Keluhan"  # diisi asesor' in (built.edition / "scheme.yaml").read_text(
        "utf-8"
    )
    built.build()
    assert "IK-9 Keluhan" in built.text(OBSERVED)


def test_one_field_typed_in_two_ways_is_refused(built: KitProject) -> None:
    """A template that prints the standard for every element: two texts for it are not guessed between."""
    built.edit_template("docx/FR.IA.01.docx", "if element.position == 1", "if element.position").build()
    path, seen = built.root / "output" / OBSERVED, 0
    from docx import Document

    document = Document(str(path))
    for table in document.tables:
        for row in table.rows:
            cell = row.cells[3] if len(row.cells) > 5 else None
            if cell is not None and cell.text.startswith(STANDARD) and cell._tc.vMerge in (None, "restart"):
                seen += 1
                cell.text = f"Standar {seen}"
    document.save(str(path))
    before = (built.edition / "scheme.yaml").read_bytes()
    assert seen > 1
    said = built.run("adopt", OBSERVED, "--write", expect=1).said
    assert f"was typed in {seen} ways" in said
    assert (built.edition / "scheme.yaml").read_bytes() == before


def test_what_is_no_edited_document_is_refused(built: KitProject) -> None:
    """One nobody edited, one that is not there, one kitgen did not make."""
    assert "document was not edited" in built.run("adopt", OBSERVED, expect=1).said
    assert "there is no such document" in built.run("adopt", OBSERVED.replace("10", "99"), expect=1).said
    (built.root / "output" / OBSERVED).write_bytes(b"catatan")
    assert "file was not made by kitgen" in built.run("adopt", OBSERVED, expect=1).said
    shutil.rmtree(built.root / "output")
