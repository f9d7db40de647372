"""LibreOffice for tests: converts many files in one call, each caller with a profile of its own."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_office = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")

MOST_AT_ONCE = 200
"""LibreOffice leaves what is named after some 255 files, and says nothing of it."""


def convert(files: Sequence[Path], suffix: str, folder: Path, limit: float = 240) -> list[Path]:
    """Convert Office files to `suffix` (`pdf`, `xlsx`); every one of them must come out."""
    assert SOFFICE is not None
    target = folder / "converted"
    target.mkdir(parents=True, exist_ok=True)
    kind = "xlsx:Calc MS Excel 2007 XML" if suffix == "xlsx" else suffix
    profile = (folder / "profile").resolve().as_uri()
    command = [SOFFICE, "--headless", f"-env:UserInstallation={profile}", "--convert-to", kind, "--outdir", str(target)]
    for first in range(0, len(files), MOST_AT_ONCE):
        some = map(str, files[first : first + MOST_AT_ONCE])
        subprocess.run([*command, *some], check=True, capture_output=True, timeout=limit)
    made = [target / f"{file.stem}.{suffix}" for file in files]
    assert all(file.is_file() and file.stat().st_size > 0 for file in made)
    return made
