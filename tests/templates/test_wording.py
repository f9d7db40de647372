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
    (path,) = project.output.rglob(f"Skema Lengkap/*/* {form} *.docx")
    document = docx.Document(str(path))
    return [p for table in document.tables for row in table.rows for cell in row.cells for p in cell.paragraphs]


def test_a_sentence_with_a_tag_is_replaced_around_it(kit_project: KitProject, tmp_path: Path) -> None:
    """`{}` stands where kitgen puts what it knows: it is printed in the LSP's sentence."""
    kit_project.keep_forms({"FR.IA.08"})
    own = docx.Document()
    own.add_paragraph(
        "Verifikasi portofolio boleh mencakup seluruh unit kompetensi dalam skema atau kelompok pekerjaan tertentu saja."
        " Cakupan menurut rencana asesmen: .............................."
    )
    own.save(str(tmp_path / "FR.IA.08.docx"))
    printed = kit_project.run("template", "wording", str(tmp_path / "FR.IA.08.docx")).last
    assert printed is not None
    ((pair),) = yaml.safe_load(printed.stdout)["wording"]
    assert pair["ours"].endswith("Cakupan menurut rencana asesmen: {}.") and pair["theirs"].endswith("asesmen: {}")
    identity = kit_project.root / "scheme/identity.yaml"
    identity.write_text(identity.read_text("utf-8") + printed.stdout, "utf-8")
    kit_project.build()
    said = [paragraph.text for paragraph in text_of(kit_project, "FR.IA.08")]
    (found,) = {text for text in said if "boleh mencakup seluruh unit" in text}
    assert found.endswith("asesmen: Kelompok Pekerjaan 1 (M.702090.001.01, M.702090.003.01)")
    identity.write_text(identity.read_text("utf-8").replace('asesmen: {}"}', 'asesmen:"}'), "utf-8")
    kit_project.run("build", expect=1)
    assert "stands 1 times in our sentence, and 0 times here" in kit_project.said


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
