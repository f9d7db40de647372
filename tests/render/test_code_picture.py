"""The QR code of a serial: read back from its picture, and from a photograph of a page that carries it."""

import io

import pytest
import zxingcpp
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFilter

from kitgen.base.digests import ALPHABET
from kitgen.render.made.code_picture import LONGEST, code_picture


def read(picture: Image.Image) -> list[str]:
    return [each.text for each in zxingcpp.read_barcodes(picture)]


@examples(20)
@given(st.text(ALPHABET + "-", min_size=1, max_size=LONGEST))
def test_what_is_written_is_read(text: str) -> None:
    """By a reader that shares nothing with what draws it."""
    assert read(Image.open(io.BytesIO(code_picture(text)))) == [text]


def test_all_pictures_are_of_one_size_and_longer_texts_are_refused() -> None:
    """So that pages do not move; the same text gives the same bytes."""
    sizes = {Image.open(io.BytesIO(code_picture(text))).size for text in ("A", "Q1TC-TCB2-4SA")}
    assert sizes == {(116, 116)} and code_picture("A") == code_picture("A")
    with pytest.raises(ValueError, match="14"):
        code_picture("A" * 15)


@pytest.mark.parametrize("turned", [-12, 7, 93])
def test_a_photograph_of_a_page_is_read(turned: int) -> None:
    """A page with a code of 9 mm, photographed at 300 dots an inch: turned, skewed, blurred, grey, and as JPEG."""
    code = Image.open(io.BytesIO(code_picture("Q1TC-TCB2-4SA"))).convert("L").resize((106, 106))
    page = Image.new("L", (2480, 3508), 235)
    page.paste(code, (2200, 3300))
    corners = (0, 60, 80, 3508, 2400, 3480, 2480, 0)
    photo = page.transform(page.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC)
    photo = photo.rotate(turned, Image.Resampling.BICUBIC, expand=True, fillcolor=120)
    photo = photo.filter(ImageFilter.GaussianBlur(1.2))
    shot = io.BytesIO()
    photo.save(shot, "JPEG", quality=60)
    assert read(Image.open(shot)) == ["Q1TC-TCB2-4SA"]
