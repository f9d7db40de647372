"""The bytes of files people fill in, and of those written from them: read with a bound, faults told in one way."""

from pathlib import Path
from typing import Final

from kitgen.base.errors import Findings, KitgenError, Place, failure, unreadable
from kitgen.base.messages import Message, said
from kitgen.load.regular import read_regular

MAX_FILE: Final = 16 * 1024 * 1024
ONE_EVENT: Final = said("keep one event in one workbook")
"""What to do about a list that is too large."""


def content_of(path: Path) -> bytes | None:
    """The bytes of a file; None if there is none. Raises `KitgenError` if it cannot be read."""
    try:
        return read_regular(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unreadable(error, path.name) from error


def workbook_content(path: Path, name: str = "") -> bytes:
    """The bytes of a workbook or a list; one more than allowed where it is too large.

    Raises `KitgenError` if it cannot be read. `name` is the one for errors, else that of the file.
    """
    try:
        return read_regular(path, MAX_FILE + 1)
    except OSError as error:
        raise _unreadable(error, name or path.name) from error


def refuse_large(content: bytes, name: str, advice: Message) -> None:
    """Raises `KitgenError` with `advice` for more bytes than any file people fill in has."""
    if len(content) > MAX_FILE:
        raise failure(said("file is larger than {max_file} MB", max_file=MAX_FILE >> 20), Place(name), advice)


def read_bounded(path: Path, name: str, findings: Findings) -> bytes | None:
    """The bytes of a file of a size lists have, or None (and the problem noted)."""
    tell_if_open(path, name, findings)
    try:
        content = workbook_content(path, name)
        refuse_large(content, name, ONE_EVENT)
    except KitgenError as error:
        findings.extend(error.diagnostics)
        return None
    return content


def tell_if_open(path: Path, name: str, findings: Findings) -> None:
    """Note that a program has a file open: what is typed there and not saved yet lies in that program only."""
    holders: dict[str, str] = {
        f"~${path.name}": said("Excel or Word"),
        f"~${path.name[2:]}": "Word",
        f".~lock.{path.name}#": "LibreOffice",
    }
    for holder, program in holders.items():
        if path.with_name(holder).exists():
            findings.warning(
                said("file is open in {program}: what was not saved there is not seen", program=program),
                Place(name),
                said(
                    "save and close it, then run again; if it is open nowhere, delete `{holder}`, which a "
                    "program that broke off left",
                    holder=holder,
                ),
            )
            return


def _unreadable(error: OSError, name: str) -> KitgenError:
    return unreadable(error, Place(name), said("close it in Excel, check its rights"))
