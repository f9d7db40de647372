"""The bytes of workbooks people fill in, and of the files written from them: read with distrust, faults told."""

from pathlib import Path

from kitgen.base.errors import KitgenError, Place, failure
from kitgen.base.messages import said
from kitgen.load.regular import read_regular
from kitgen.load.sheets.text_workbook import MAX_FILE


def content_of(path: Path) -> bytes | None:
    """The bytes of a file; None if there is none. Raises `KitgenError` if it cannot be read."""
    try:
        return read_regular(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unreadable(path, error) from error


def workbook_content(path: Path) -> bytes:
    """The bytes of a workbook; one more than allowed where it is too large.

    Raises `KitgenError` if it cannot be read.
    """
    try:
        return read_regular(path, MAX_FILE + 1)
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> KitgenError:
    return failure(
        said("file cannot be read ({strerror})", strerror=error.strerror), Place(path.name), said("close it in Excel")
    )
