"""Templates on the page: those kitgen comes with can be changed, too, and nobody's work is lost on the way back."""

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from harness import ROOT, SLUG
from page_client import Page, text_of

NAME = "docx/FR.AK.03.docx"


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    """The page of a project without templates of its own."""
    home = tmp_path / "proyek/scheme" / SLUG / "2024"
    home.mkdir(parents=True)
    shutil.copyfile(ROOT / "scheme" / SLUG / "2024/scheme.yaml", home / "scheme.yaml")
    made = Page(tmp_path / "proyek").enter()
    yield made
    made.close()


def test_a_template_is_fetched_changed_brought_back_and_put_back(page: Page) -> None:
    """Brought back it is the project's own; the shipped one stays as it is, the own one is set aside when it is put back."""
    shipped = ROOT / "templates" / NAME
    before = shipped.read_bytes()
    fetched = page.get("/templat/berkas", query_string={"templat": NAME})
    assert fetched.status_code == 200 and fetched.data == before
    assert "changed here" not in text_of(page.get("/templat"))
    changed = (ROOT / "templates/docx/FR.AK.01.docx").read_bytes()
    fields = {"templat": NAME, "berkas": (io.BytesIO(changed), "a.docx")}
    assert page.post("/templat/berkas", fields).status_code == 303
    own = page.site.root / "templates" / NAME
    assert own.read_bytes() == changed and shipped.read_bytes() == before
    assert text_of(page.get("/templat")).count("changed here") == 1
    assert page.get("/templat/berkas", query_string={"templat": NAME}).data == changed
    assert page.post("/templat/kembali", {"templat": NAME}).status_code == 303
    assert not own.exists()
    assert (page.site.root / "templates/_disisihkan" / NAME).read_bytes() == changed
    assert "changed here" not in text_of(page.get("/templat"))


@pytest.mark.parametrize(
    "name", ["../scheme/identity.yaml", "forms.yaml", "docx/TIDAK.ADA.docx", "", "/etc/passwd", "\0"]
)
def test_only_templates_are_handed_out_and_taken(page: Page, name: str) -> None:
    """No other file, wherever it lies, and nothing is written."""
    assert page.get("/templat/berkas", query_string={"templat": name}).status_code == 404
    for path in ("/templat/berkas", "/templat/kembali"):
        assert page.post(path, {"templat": name, "berkas": (io.BytesIO(b"PK"), "a.docx")}).status_code in (400, 404)
    assert not (page.site.root / "templates").exists()
