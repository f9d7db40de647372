"""DRAF stands on every page of an edition that is not released; the serial does not tell of it."""

from pathlib import Path

import pytest
from harness import SLUG, KitProject, accept_questions
from released import fill_in

from kitgen.documents.disk.document import document_parts
from kitgen.render.word.bold_behind import bold_behind

FORMS = ("FR.APL.02", "FR.IA.05A", "Kartu Isyarat", "Kartu Adegan", "Matriks Cakupan KUK", "Lembar Skor", "Surat Tugas")
RUN = b"<w:r><w:rPr><w:i/></w:rPr><w:t>%s</w:t></w:r>"


@pytest.fixture(scope="module")
def drafts(root: Path, tmp_path_factory: pytest.TempPathFactory) -> KitProject:
    """A project of a few forms, complete, built, and not released."""
    project = KitProject.copy_of(root, tmp_path_factory.mktemp("draf") / "proyek")
    return fill_in(project, "2024").keep_forms(FORMS).build()


@pytest.fixture
def draft(drafts: KitProject, tmp_path: Path) -> KitProject:
    return drafts.copy_to(tmp_path / "proyek")


def serials(project: KitProject) -> dict[str, str]:
    return {row["path"]: row["serial"] for row in project.json("plan")["documents"]}


def marked(project: KitProject) -> dict[str, bool]:
    """Whether each document says DRAF."""
    files = [path for ending in ("docx", "xlsx") for path in project.output.rglob(f"*.{ending}")]
    return {path.name: any(b"DRAF" in part for part in document_parts(path).values()) for path in files}


@pytest.mark.slow
def test_a_release_makes_the_pages_anew_without_the_mark_and_with_their_serials(draft: KitProject) -> None:
    """Word and Excel, cards too; the plan says why, and nothing is left to do after the build."""
    found, before = marked(draft), serials(draft)
    assert len(found) > 30 and all(found.values())
    draft.run("edition", "release", SLUG, "2024")
    assert serials(draft) == before
    assert "the release of the edition" in draft.run("plan").said
    draft.build()
    assert not any(marked(draft).values()) and serials(draft) == before
    assert set(draft.states().values()) == {"same"}


@pytest.mark.slow
def test_an_event_of_a_draft_is_a_draft(draft: KitProject) -> None:
    """What was handed over of it is good after the release: the sheets bear the same serials."""
    draft.run("event", "new", "contoh", "--sample").build("--event", "contoh").run("event", "deliver", "contoh")
    (page, *_) = (draft.root / "output/Jadwal/contoh").rglob("*FR.APL.02*.docx")
    assert any(b"DRAF" in part for part in document_parts(page).values())
    draft.run("edition", "release", SLUG, "2024").build().build("--event", "contoh")
    assert not any(b"DRAF" in part for part in document_parts(page).values())
    assert draft.json("recall", "contoh")["recalled"] == []


@pytest.mark.slow
def test_a_missing_fact_or_an_unread_question_changes_no_serial_by_the_mark(drafts: KitProject, tmp_path: Path) -> None:
    """A page that is a draft for three reasons says so once."""
    project = drafts.copy_to(tmp_path / "proyek")
    path = project.edition / "blueprint.yaml"
    accepted = path.read_text("utf-8")
    before = serials(project)
    path.write_text(accepted.partition("accepted:")[0], "utf-8")
    assert serials(project) == before
    path.write_text(accepted, "utf-8")
    accept_questions(project.edition)
    project.edit(f"scheme/{SLUG}/2024/scheme.yaml", 'number: "SKM-01"', "number:").build()
    (page,) = project.output.glob("Skema Lengkap/*/*FR.APL.02*.docx")
    text = project.text(page.relative_to(project.root / "output").as_posix())
    assert "[nomor skema]" in text and text.count("DRAF") == text.count("Kode Dokumen") == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            RUN % b"Kode X-1",
            RUN % b"Kode X-1" + b'<w:r><w:rPr><w:b/><w:bCs/></w:rPr><w:t xml:space="preserve"> D</w:t></w:r>',
        ),
        (
            RUN % b"(X-1)",
            RUN % b"(X-1" + b'<w:r><w:rPr><w:b/><w:bCs/></w:rPr><w:t xml:space="preserve"> D</w:t></w:r>'
            b'<w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve">)</w:t></w:r>',
        ),
        (b"<oddFooter>&amp;LX-1 &amp;RY</oddFooter>", b"<oddFooter>&amp;LX-1 D &amp;RY</oddFooter>"),
        (b"<w:r><w:tab/></w:r><w:p>X-1</w:p>", b"<w:r><w:tab/></w:r><w:p>X-1 D</w:p>"),
        (b"<w:p>Y-1</w:p>", b"<w:p>Y-1</w:p>"),
    ],
    ids=["at the end of a run", "within a run", "a workbook", "in no run", "not there"],
)
def test_a_text_behind_another_is_bold_and_leaves_the_runs_as_they_were(before: bytes, after: bytes) -> None:
    """What follows in the same run keeps its looks; in a workbook the text is plain."""
    assert bold_behind(before, b"X-1", b" D") == after
