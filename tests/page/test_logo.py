"""The logo of an LSP given on the page: looked at before it is taken, printed on the documents."""

import io
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from page_client import HOME, Page, text_of
from small_scheme import SMALL, small_project

FACTS = f"/skema/{SMALL}/2026/fakta"


def png(side: int = 4) -> bytes:
    """A small picture of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(b"".join(b"\0" + b"\x20\x40\x80" * side for _ in range(side)))
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    made = Page(small_project(tmp_path / "proyek").root, "id").enter()
    yield made
    made.close()


def given(page: Page, name: str, data: bytes, key: str = "logo") -> str:
    fields: dict[str, Any] = {"logo": key, "berkas": (io.BytesIO(data), name)}
    answer = page.post(f"/skema/{SMALL}/2026/logo", fields, headers={"Referer": HOME + FACTS})
    assert answer.status_code == 303 and answer.location == FACTS
    return text_of(page.get(FACTS))


def test_a_logo_is_put_beside_the_identity_and_named_there(page: Page) -> None:
    """Under its own name, shown on the page; another picture of that name is not written over."""
    assert "Logo sudah diterima" in given(page, "Logo LSP.png", png())
    folder = page.site.root / "scheme"
    assert (folder / "Logo LSP.png").read_bytes() == png()
    assert 'logo: "Logo LSP.png"' in (folder / "identity.yaml").read_text("utf-8")
    shown = page.get(f"/skema/{SMALL}/2026/logo/logo")
    assert shown.data == png() and shown.mimetype == "image/png"
    assert f"/skema/{SMALL}/2026/logo/logo" in page.get(FACTS).text
    given(page, "Logo LSP.png", png(8), "partner_logo")
    assert (folder / "Logo LSP.png").read_bytes() == png() and (folder / "Logo LSP (2).png").read_bytes() == png(8)
    assert page.get(f"/skema/{SMALL}/2026/logo/director").status_code == 404


@pytest.mark.parametrize(("name", "data"), [
    ("logo.bmp", b"BM" + bytes(60)), ("logo.png", b"BM" + bytes(60)), ("logo.png", png()[:20]),
    ("besar.png", png() + bytes(4_000)),
])  # fmt: skip
def test_what_is_no_logo_is_refused_with_what_to_do(
    page: Page, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes
) -> None:
    """By what it is, whatever it is called, and by its size; nothing is written."""
    monkeypatch.setattr("kitgen.schemes.book.logo.MOST_BYTES", 3_000)
    said = given(page, name, data)
    assert "Yang perlu dilakukan: simpan" in said and "Logo sudah diterima" not in said
    assert [path.name for path in (page.site.root / "scheme").iterdir() if path.is_file()] == ["identity.yaml"]
    assert "logo:" not in (page.site.root / "scheme/identity.yaml").read_text("utf-8")


def test_a_picture_that_cannot_be_printed_is_told_where_it_is_named(tmp_path: Path) -> None:
    """When the data are read, not when a document is made."""
    project = small_project(tmp_path / "proyek", 'name: "LSP Rekaan"\nlogo: "logo.bmp"\n')
    (project.root / "scheme/logo.bmp").write_bytes(b"BM" + bytes(60))
    project.run("check", expect=1)
    assert "`logo.bmp` is no PNG or JPEG that can be printed" in project.said and "identity.yaml" in project.said
