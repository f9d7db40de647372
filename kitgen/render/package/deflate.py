"""Deflating parts: zlib, or isal where the extra `kitgen[fast]` is installed: much quicker, files a little larger.

The bytes of a file depend on which is used, its parts do not; every verdict of kitgen is about parts.
"""

import zlib
from collections.abc import Callable
from functools import cache
from typing import Final

Deflate = Callable[[bytes, int], bytes]
"""Raw deflate of some bytes at a zlib level (0-9)."""

_ISAL_LEVELS: Final = (0, 1, 1, 1, 2, 2, 2, 3, 3, 3)


def with_zlib(content: bytes, level: int) -> bytes:
    """Python's own zlib."""
    compressor = zlib.compressobj(level, zlib.DEFLATED, -15)
    return compressor.compress(content) + compressor.flush()


@cache
def quickest() -> Deflate:
    """isal's deflate if it is installed, else zlib's."""
    try:
        from isal import isal_zlib
    except ImportError:
        return with_zlib

    def with_isal(content: bytes, level: int) -> bytes:
        compressor = isal_zlib.compressobj(_ISAL_LEVELS[level], isal_zlib.DEFLATED, -15)
        data: bytes = compressor.compress(content) + compressor.flush()
        return data

    return with_isal
