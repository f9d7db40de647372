"""Which Python kitgen was last run with in a project: what its start files run, wherever that is installed."""

import contextlib
import sys
from pathlib import Path
from typing import Final

from kitgen.base.errors import KitgenError
from kitgen.documents.disk.files import write_whole
from kitgen.documents.disk.lock import FOLDER

PROGRAM: Final = f"{FOLDER}/python.txt"
"""A path of this machine: it lies with what kitgen works with here and is not handed on with the project."""


def note_program(root: Path) -> None:
    """Note the Python that runs now; where the disk refuses, the start files look for kitgen as they did."""
    path, line = root / PROGRAM, f"{sys.executable}\n".encode()
    with contextlib.suppress(KitgenError, OSError):
        if not path.is_file() or path.read_bytes() != line:
            write_whole(path, line, durable=False)
