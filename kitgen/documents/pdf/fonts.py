"""Whether the fonts are there that keep a page as Word would break it: others of equal widths, or the very ones."""

import shutil
import subprocess
from collections.abc import Iterator
from typing import Final

from kitgen.base.errors import Diagnostic
from kitgen.base.messages import said

_STAND_INS: Final = {
    "Calibri": ("Carlito", "fonts-crosextra-carlito", "font-carlito"),
    "Arial": ("Liberation Sans", "fonts-liberation", "font-liberation"),
    "Times New Roman": ("Liberation Serif", "fonts-liberation", "font-liberation"),
}
"""Font of a template: the one as wide, letter by letter; its package for apt and for brew."""


def font_families() -> frozenset[str] | None:
    """The fonts of this machine; None where no `fc-list` tells them (Windows and macOS without it)."""
    program = shutil.which("fc-list")
    if program is None:
        return None
    try:
        told = subprocess.run([program, ":", "family"], capture_output=True, check=True, timeout=30).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    return frozenset(name.strip() for line in told.decode("utf-8", "replace").splitlines() for name in line.split(","))


def missing_fonts(families: frozenset[str] | None) -> Iterator[Diagnostic]:
    """A warning for each font of the forms that is there neither itself nor as one of equal widths."""
    if families is None:
        return
    for font, (stand_in, apt, brew) in _STAND_INS.items():
        if not families & {font, stand_in}:
            yield Diagnostic(
                said(
                    "neither {font} nor {stand_in}, which is as wide, is installed: lines may break elsewhere",
                    font=font,
                    stand_in=stand_in,
                ),
                None,
                said(
                    "install it (`sudo apt install {apt}`, `brew install --cask {brew}`), delete the PDFs "
                    "and run again",
                    apt=apt,
                    brew=brew,
                ),
                "warning",
            )
