"""Official sentences are the LSP's: taken from its own Word form, printed in the place of ours."""

from pathlib import Path

import docx
import yaml
from harness import KitProject

OURS = "Saya telah menerima penjelasan dari asesor mengenai hak saya untuk mengajukan banding atas asesmen beserta prosedurnya."
THEIRS = (
    "Saya sudah mendapat penjelasan dari asesor tentang hak saya mengajukan banding atas asesmen beserta prosedurnya."
)
BOLD = "Seluruh kriteria unjuk kerja telah dicapai asesi; asesi direkomendasikan KOMPETEN."
BOLD_THEIRS = "Asesi mencapai seluruh kriteria unjuk kerja; asesi direkomendasikan KOMPETEN oleh asesor."


def text_of(project: KitProject, form: str) -> list[docx.text.paragraph.Paragraph]:
    (path,) = project.output.rglob(f"Skema Lengkap/*/* {form}.docx")
    document = docx.Document(str(path))
    return [p for table in document.tables for row in table.rows for cell in row.cells for p in cell.paragraphs]


def test_the_words_of_an_lsp_are_taken_and_printed(kit_project: KitProject, tmp_path: Path) -> None:
    """Compared sentence by sentence; the lines that are printed put theirs into every form, bold words stay bold."""
    own = docx.Document()
    for text in ("Formulir persetujuan milik LSP Contoh", THEIRS):
        own.add_paragraph(text)
    own.save(str(tmp_path / "FR.AK.01.docx"))
    kit_project.keep_forms({"FR.AK.01", "FR.IA.01"})
    printed = kit_project.run("template", "wording", str(tmp_path / "FR.AK.01.docx")).last
    assert printed is not None
    lines = printed.stdout
    assert yaml.safe_load(lines)["wording"] == [{"ours": OURS, "theirs": THEIRS}]
    assert "0 sentences are the same, 1 differ" in printed.output
    identity = kit_project.root / "scheme/identity.yaml"
    more = f'  - {{ours: "{BOLD}", theirs: "{BOLD_THEIRS}"}}\n'
    identity.write_text(identity.read_text("utf-8") + lines + more, "utf-8")
    kit_project.build()
    said = [paragraph.text for paragraph in text_of(kit_project, "FR.AK.01")]
    assert any(THEIRS in text for text in said) and not any(OURS in text for text in said)
    (found,) = {p.text: p for p in text_of(kit_project, "FR.IA.01") if BOLD_THEIRS in p.text}.values()
    assert [run.text for run in found.runs if run.bold] == ["KOMPETEN"]
