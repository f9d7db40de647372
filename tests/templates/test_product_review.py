"""FR.IA.11 asks about the products of a cluster, by the rows its data give."""

from file_names import named
from harness import KitProject


def test_the_rows_are_those_of_the_cluster(kit_project: KitProject) -> None:
    """A letter is asked no seams: its own rows stand in the scheme's kit and in its unit's, and in no other unit's."""
    kit_project.keep_forms({"FR.IA.11"}).build()
    texts = {
        path.parents[1].name: kit_project.text(path.relative_to(kit_project.root / "output").as_posix())
        for path in kit_project.output.rglob(named("20 FR.IA.11.docx"))
    }
    letter, analysis = "Isi surat sesuai dengan kerangkanya", "Setiap angka menyebut sumbernya"
    assert {name: (letter in text, analysis in text) for name, text in texts.items()} == {
        "Skema Lengkap": (True, True), "M.702090.001.01": (False, True), "M.702090.003.01": (True, False),
    }  # fmt: skip
    assert not any("Sambungan rapi" in text for text in texts.values())


def test_without_rows_the_form_has_its_general_ones(kit_project: KitProject) -> None:
    """What the data leave open is the form's own."""
    path = kit_project.edition / "tasks.yaml"
    path.write_text(path.read_text("utf-8").partition("reviews:\n")[0], "utf-8")
    kit_project.keep_forms({"FR.IA.11"}).build()
    (found,) = kit_project.output.rglob(named("Skema Lengkap/*/20 FR.IA.11.docx"))
    assert "Sambungan rapi" in kit_project.text(found.relative_to(kit_project.root / "output").as_posix())
