"""Reads files that are files: a pipe would be waited for without end, a folder is told as what it is."""

import errno
import stat
from pathlib import Path

from kitgen.base.messages import said


def read_regular(path: Path, most: int = -1) -> bytes:
    """The bytes of a file, or its first `most`. Raises `OSError`, too, for what is none, with what it is instead."""
    kind = path.stat().st_mode
    if stat.S_ISDIR(kind):
        raise OSError(errno.EISDIR, said("a folder lies in its place"))
    if not stat.S_ISREG(kind):
        raise OSError(errno.EINVAL, said("it is no file but a pipe or a device"))
    with path.open("rb") as file:
        return file.read(most)
