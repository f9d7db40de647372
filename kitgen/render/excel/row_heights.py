"""Heights of looped rows with wrapped text: told in advance, because not every program works them out on opening.

A guess from the number of characters that fit into the column, a little too high rather than too low. The row is not
marked as set by hand, so Excel fits it again when the text is changed.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

from kitgen.render.package.xml import Element
from kitgen.render.tags.state import RenderState

S: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_DEFAULT_WIDTH: Final = 8.43
_DEFAULT_SIZE: Final = 11.0
_LINE: Final = 1.35
"""Height of a line, in heights of the font."""
_ROW = re.compile(r' ht="auto(?:(\d+)\.)?(\d+)"')


def wrapped_sizes(styles: Element) -> dict[int, float]:
    """The font size in pt of each cell style that wraps its text, by the style's number."""
    sizes = [_size(font) for font in styles.iterfind(f"{S}fonts/{S}font")]
    found: dict[int, float] = {}
    for number, style in enumerate(styles.iterfind(f"{S}cellXfs/{S}xf")):
        alignment = style.find(f"{S}alignment")
        rotated = alignment is not None and alignment.get("textRotation") not in (None, "0")
        if alignment is not None and alignment.get("wrapText") in ("1", "true") and not rotated:
            font = int(style.get("fontId") or 0)
            found[number] = sizes[font] if font < len(sizes) else _DEFAULT_SIZE
    return found


def _size(font: Element) -> float:
    size = font.find(f"{S}sz")
    return float(size.get("val") or _DEFAULT_SIZE) if size is not None else _DEFAULT_SIZE


def column_widths(sheet: Element) -> Callable[[str], float]:
    """The width of a column, by its letters, in characters of the default font."""
    spans = [
        (int(column.get("min") or 0), int(column.get("max") or 0), float(column.get("width") or _DEFAULT_WIDTH))
        for column in sheet.iterfind(f"{S}cols/{S}col")
    ]

    @cache
    def width(letters: str) -> float:
        number = 0
        for letter in letters:
            number = number * 26 + ord(letter) - 64
        return next((wide for first, last, wide in spans if first <= number <= last), _DEFAULT_WIDTH)

    return width


def note_height(state: RenderState, copy: str, row: int, text: str, width: float, size: float) -> None:
    """Note how high an output row must be for a text in a column `width` wide, in a font of `size` pt.

    `copy` is the number of the copy of a looped sheet.
    """
    fits = max(1.0, width * _DEFAULT_SIZE / size * 1.02)
    if len(text) <= fits and "\n" not in text:
        lines = 1
    else:
        lines = sum(max(1, -int(-len(line) // fits)) for line in text.split("\n"))
    height = lines * size * _LINE + 2
    key = (state.sheet_part, copy, row)
    if height > state.heights.get(key, 0.0):
        state.heights[key] = height


def set_heights(state: RenderState, part: str) -> Callable[[str], str]:
    """Puts the noted heights into a written sheet."""

    def repair(xml: str) -> str:
        if ' ht="auto' not in xml:
            return xml
        heights: Mapping[tuple[str, str, int], float] = state.heights
        return _ROW.sub(
            lambda match: f' ht="{max(15.0, heights.get((part, match[1] or "", int(match[2])), 15.0)):.1f}"', xml
        )

    return repair
