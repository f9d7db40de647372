"""Codes of pages, in texts and in photographs."""

import io
from pathlib import Path

import pytest
import segno
from PIL import Image, ImageFilter

from kitgen.page.codes import codes_in_picture, serials_in

CODE = "7XR4-07AN-2JY"


def picture(text: str, turned: float = 0, kind: str = "PNG") -> bytes:
    """As a camera sees it: the square code in the midst of a page, turned, not quite sharp."""
    out = io.BytesIO()
    segno.make(text, error="m").save(out, kind="png", scale=5, border=4)
    page = Image.new("RGB", (1240, 1754), "white")
    with Image.open(out) as code:
        page.paste(code.convert("RGB"), (880, 1450))
    page = page.rotate(turned, expand=True, fillcolor="grey").filter(ImageFilter.GaussianBlur(1))
    made = io.BytesIO()
    page.save(made, kind)
    return made.getvalue()


@pytest.mark.parametrize(("turned", "kind"), [(0, "PNG"), (7, "JPEG"), (90, "JPEG"), (181, "WEBP")])
def test_a_photographed_code_is_read(turned: float, kind: str) -> None:
    """However the camera was held."""
    assert codes_in_picture(picture(CODE, turned, kind)) == [CODE]


def test_other_square_codes_are_no_page_codes() -> None:
    """Nor is a page without one."""
    assert codes_in_picture(picture("https://contoh.example/")) == []


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n", Path(__file__).read_bytes()])
def test_what_is_no_picture_is_told(data: bytes) -> None:
    """It is none, and nothing fails."""
    assert codes_in_picture(data) is None


def test_a_picture_that_unpacks_to_too_much_is_not_unpacked() -> None:
    """Its size is looked at first."""
    out = io.BytesIO()
    Image.new("1", (9000, 9000)).save(out, "PNG")
    assert codes_in_picture(out.getvalue()) is None


@pytest.mark.parametrize(("text", "found"), [
    ("FR.APL.01  Kode Dokumen 7XR4-07AN-2JY  Halaman 1 dari 2", [CODE]), (CODE.lower(), [CODE]),
    ("7XR407AN2JY", [CODE]), ("kode lain 7XR4-07AN-2JYX", []), ("", []),
])  # fmt: skip
def test_codes_are_found_in_texts(text: str, found: list[str]) -> None:
    """As they are printed, in small letters, without dashes."""
    assert serials_in(text) == found
