"""Kode Dokumen in a photograph: the QR code of a page, read on this computer."""

import io
import re
from typing import Final

_MOST_PIXELS: Final = 60_000_000
_SIDE: Final = 2_400
"""A picture is made this small before it is looked at, if it is larger."""
_SERIAL: Final = re.compile(r"(?<![0-9A-Z])([0-9A-Z]{4})-?([0-9A-Z]{4})-?([0-9A-Z]{3})(?![0-9A-Z])")


def codes_in_picture(data: bytes) -> list[str] | None:
    """The page codes in a picture, each once; None for what is no picture that can be read."""
    import zxingcpp
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                return None
            picture = ImageOps.exif_transpose(opened).convert("L")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    found: list[str] = []
    for side in (_SIDE, 1_000):
        picture.thumbnail((side, side))
        found += [code for each in zxingcpp.read_barcodes(picture) for code in serials_in(each.text)]
        if found:
            break
    return list(dict.fromkeys(found))


def serials_in(text: str) -> list[str]:
    """The page codes in a text, as they are printed."""
    return ["-".join(match) for match in _SERIAL.findall(text.upper())]
