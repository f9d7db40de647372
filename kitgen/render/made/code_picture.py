"""A QR code of a short text as a PNG picture, always of one size (version 1, error correction M, mask 0).

The size is fixed, so what does not depend on the text is worked out once: where each bit goes, and how the lines of
the picture are made. That takes a tenth of what a program that makes any QR code needs.
"""

import struct
import zlib
from functools import cache
from typing import Final

LONGEST: Final = 14
"""So many bytes a picture holds."""
_SIDE: Final = 21
_QUIET: Final = 4
_SCALE: Final = 4
"""Dots to a module, so that a page's pictures are not blurred when they are printed."""
_DATA, _CHECK = 16, 10
_FORMAT: Final = 0b101010000010010
"""Error correction M, mask 0, with its check bits, as the standard masks it."""
_FIELD: Final = 0x11D
Place = tuple[int, int]


def code_picture(text: str) -> bytes:
    """The picture of up to 14 signs of ASCII, with its quiet zone: black on white, 116 dots square.

    Raises `ValueError` for a longer text.
    """
    data = text.encode("ascii")
    if len(data) > LONGEST:
        raise ValueError(f"a code of this size holds {LONGEST} signs")
    words = _words(data)
    modules = _fixed_modules()
    for at, word in enumerate((*words, *_check_words(words))):
        modules ^= _of_word(at, word)
    return _png(modules)


def _words(data: bytes) -> list[int]:
    """The text as the code holds it: mode, length, bytes, and what fills it up."""
    stream = (0b0100 << 8 | len(data)) << 8 * len(data) | int.from_bytes(data)
    words = list((stream << 4).to_bytes(len(data) + 2))
    return words + [0xEC if at % 2 == 0 else 0x11 for at in range(_DATA - len(words))]


def _check_words(words: list[int]) -> list[int]:
    exponents, logarithms = _tables()
    generator = _generator()
    left = [0] * _CHECK
    for word in words:
        factor = word ^ left[0]
        left = [*left[1:], 0]
        if factor:
            log = logarithms[factor]
            left = [each ^ exponents[log + term] for each, term in zip(left, generator, strict=True)]
    return left


@cache
def _tables() -> tuple[list[int], list[int]]:
    """Powers of 2 in the field of 256, and their logarithms."""
    exponents, logarithms, value = [0] * 512, [0] * 256, 1
    for power in range(255):
        exponents[power] = exponents[power + 255] = value
        logarithms[value] = power
        value = value << 1 ^ (_FIELD if value & 0x80 else 0)
    return exponents, logarithms


@cache
def _generator() -> list[int]:
    """The logarithms of the terms check words are worked out by, without the first, which is 1."""
    exponents, logarithms = _tables()
    terms = [1]
    for power in range(_CHECK):
        longer = [*terms, 0]
        for at, term in enumerate(terms):
            longer[at + 1] ^= exponents[logarithms[term] + power] if term else 0
        terms = longer
    return [logarithms[term] for term in terms[1:]]


@cache
def _fixed() -> dict[Place, bool]:
    """What is the same in every code: finders with their borders, timing, format, and the dark module."""
    found: dict[Place, bool] = {}
    for top, left in ((0, 0), (0, _SIDE - 7), (_SIDE - 7, 0)):
        for row in range(top - 1, top + 8):
            for column in range(left - 1, left + 8):
                if 0 <= row < _SIDE and 0 <= column < _SIDE:
                    far = max(abs(row - top - 3), abs(column - left - 3))
                    found[row, column] = far in (0, 1, 3)
    for at in range(8, _SIDE - 8):
        found[6, at] = found[at, 6] = at % 2 == 0
    across = [(8, at) for at in (0, 1, 2, 3, 4, 5, 7, 8)] + [(at, 8) for at in (7, 5, 4, 3, 2, 1, 0)]
    down = [(_SIDE - 1 - at, 8) for at in range(7)] + [(8, _SIDE - 8 + at) for at in range(8)]
    for places in (across, down):
        for number, place in enumerate(places):
            found[place] = bool(_FORMAT >> (14 - number) & 1)
    found[_SIDE - 8, 8] = True
    return found


@cache
def _fixed_modules() -> int:
    """What is dark in every code, and what the mask darkens, a bit for each module, line after line."""
    masked = {(row, column): (row + column) % 2 == 0 for row, column in _places()}
    return sum(_bit(place) for place, is_dark in (_fixed() | masked).items() if is_dark)


@cache
def _of_word(at: int, word: int) -> int:
    """The modules the word at a place turns over."""
    places = _places()[8 * at : 8 * at + 8]
    return sum(_bit(place) for number, place in enumerate(places) if word >> (7 - number) & 1)


def _bit(place: Place) -> int:
    return 1 << (_SIDE * (_SIDE - 1 - place[0]) + _SIDE - 1 - place[1])


@cache
def _places() -> tuple[Place, ...]:
    """Where each bit goes: up and down in pairs of columns from the right, around what is fixed."""
    fixed, found, goes_up = _fixed(), [], True
    for right in (20, 18, 16, 14, 12, 10, 8, 5, 3, 1):
        for step in range(_SIDE):
            row = _SIDE - 1 - step if goes_up else step
            found += [(row, column) for column in (right, right - 1) if (row, column) not in fixed]
        goes_up = not goes_up
    return tuple(found)


def _png(modules: int) -> bytes:
    dots = (_SIDE + 2 * _QUIET) * _SCALE
    line = (1 << _SIDE) - 1
    blank = _line(0) * _QUIET
    lines = [_line(modules >> _SIDE * (_SIDE - 1 - row) & line) for row in range(_SIDE)]
    header = struct.pack(">IIBBBBB", dots, dots, 1, 0, 0, 0, 0)
    content = zlib.compress(b"".join((blank, *lines, blank)), 1)
    parts = ((b"IHDR", header), (b"IDAT", content), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def _line(row: int) -> bytes:
    """The lines of dots of a row of modules: dark is 0, after a byte that says nothing was taken away from them."""
    thirds = (row >> 14, row >> 7 & 0x7F, row & 0x7F)
    dark = 0
    for third in thirds:
        dark = dark << 7 * _SCALE | _dots(third)
    dots = (_SIDE + 2 * _QUIET) * _SCALE
    spare = -dots % 8
    white = (1 << dots) - 1 ^ dark << _QUIET * _SCALE
    return (b"\0" + (white << spare).to_bytes((dots + spare) // 8)) * _SCALE


@cache
def _dots(modules: int) -> int:
    """Seven modules, each as wide as its dots."""
    return sum(((1 << _SCALE) - 1) << _SCALE * at for at in range(7) if modules >> at & 1)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
