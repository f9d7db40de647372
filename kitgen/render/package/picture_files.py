"""PNG and JPEG files: which of the two it is and how large it is, from its first bytes; reading one with distrust."""

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kitgen.base.errors import Refused
from kitgen.base.holes import Hole
from kitgen.base.messages import said

PICTURE_KEYS: Final = ("picture", "width_mm", "height_mm", "alt")
"""What a picture as a value may have."""
MAX_PICTURE: Final = 10 * 1024 * 1024
_EMU_PER_INCH: Final = 914_400
_USUAL_DPI: Final = 96
_EMU_PER_MM: Final = 36_000
_MOST_MM: Final = 558  # 22 inches, the largest page Word knows
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


class PictureRefused(Refused):
    """Raised for what is no picture kitgen can put into a document; says why."""


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture's bytes, its ending (`png`, `jpeg`) and its own size in EMU (914400 to the inch)."""

    content: bytes
    kind: str
    width: int
    height: int


def read_picture(folder: Path | None, written: str) -> bytes:
    """The bytes of a picture below `folder`. Raises `PictureRefused`."""
    if folder is None:
        raise PictureRefused(said("picture is a path, but no folder of pictures was named"))
    root = folder.resolve()
    try:
        path = (root / written).resolve()
        if "\0" in written or not path.is_relative_to(root):
            raise PictureRefused(said("picture is not a path below the folder of pictures"))
        if not path.is_file():
            raise PictureRefused(said("picture does not exist"))
        if path.stat().st_size > MAX_PICTURE:
            raise PictureRefused(
                said(
                    "picture is larger than {max_picture} MB",
                    max_picture=MAX_PICTURE >> 20,
                )
            )
        return path.read_bytes()
    except (OSError, ValueError, RuntimeError) as error:
        raise PictureRefused(said("picture cannot be read")) from error


def measured(content: bytes) -> PictureFile:
    """The kind and size of a picture. Raises `PictureRefused` for other formats and damaged files."""
    if len(content) > MAX_PICTURE:
        raise PictureRefused(said("picture is larger than {max_picture} MB", max_picture=MAX_PICTURE >> 20))
    try:
        if content.startswith(_PNG):
            kind, (width, height, across, down) = "png", _png_size(content)
        elif content.startswith(b"\xff\xd8\xff"):
            kind, (width, height, across, down) = "jpeg", _jpeg_size(content)
        else:
            raise PictureRefused(said("picture is neither PNG nor JPEG"))
    except (struct.error, IndexError) as error:
        raise PictureRefused(said("picture is damaged")) from error
    if not (width and height):
        raise PictureRefused(said("picture is damaged"))
    across, down = (dpi if 10 <= dpi <= 10_000 else _USUAL_DPI for dpi in (across, down))
    return PictureFile(content, kind, round(width * _EMU_PER_INCH / across), round(height * _EMU_PER_INCH / down))


def _png_size(content: bytes) -> tuple[int, int, float, float]:
    if content[12:16] != b"IHDR":
        return 0, 0, 0, 0
    width, height = struct.unpack_from(">II", content, 16)
    position, across, down = 8, 0.0, 0.0
    while position + 12 <= len(content):
        length, name = struct.unpack_from(">I4s", content, position)
        if name == b"IDAT":
            break
        if name == b"pHYs":
            x, y, unit = struct.unpack_from(">IIB", content, position + 8)
            across, down = (x * 0.0254, y * 0.0254) if unit == 1 else (0.0, 0.0)
        position += 12 + length
    return width, height, round(across), round(down)


def _jpeg_size(content: bytes) -> tuple[int, int, float, float]:
    position, across, down = 2, 0.0, 0.0
    while position + 4 <= len(content):
        if content[position] != 0xFF:
            return 0, 0, 0, 0
        marker = content[position + 1]
        if marker == 0xFF:
            position += 1
            continue
        if marker == 0x01 or 0xD0 <= marker <= 0xD8:
            position += 2
            continue
        (length,) = struct.unpack_from(">H", content, position + 2)
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", content, position + 5)
            return width, height, across, down
        if marker in (0xD9, 0xDA) or length < 2:
            break
        if marker == 0xE0 and content[position + 4 : position + 9] == b"JFIF\0":
            unit, x, y = struct.unpack_from(">BHH", content, position + 11)
            factor = {1: 1.0, 2: 2.54}.get(unit, 0.0)
            across, down = x * factor, y * factor
        position += 2 + length
    return 0, 0, 0, 0


def picture_size(file: PictureFile, width_mm: object, height_mm: object) -> tuple[int, int]:
    """Width and height in EMU (914,400 to the inch, Office's unit of lengths), rounded, at least 1.

    As asked for in millimetres; of one measure alone, the other follows from the picture's shape; of none, it is the
    picture's own. Raises `PictureRefused` for a size no page has, or what is no number.
    """
    wide, high = (_millimetres(given) for given in (width_mm, height_mm))
    if wide is None and high is None:
        wide, high = file.width / _EMU_PER_MM, file.height / _EMU_PER_MM
        if max(wide, high) > _MOST_MM:
            raise PictureRefused(
                said(
                    "picture is {wide:.0f} x {high:.0f} mm by its own measure; give `width_mm`",
                    wide=wide,
                    high=high,
                )
            )
    elif wide is None and high is not None:
        wide = high * file.width / file.height
    elif high is None and wide is not None:
        high = wide * file.height / file.width
    assert wide is not None and high is not None
    return max(round(wide * _EMU_PER_MM), 1), max(round(high * _EMU_PER_MM), 1)


def _millimetres(given: object) -> float | None:
    if given is None or isinstance(given, Hole):
        return None
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 < given <= _MOST_MM:
        raise PictureRefused(said("picture is to be more or less mm wide or high than a page can be"))
    return float(given)
