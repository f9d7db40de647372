"""The secret of an event: keeps what a page says from being guessed from its Kode Dokumen."""

import secrets
from pathlib import Path
from typing import Final

from kitgen.errors import Place, failure
from kitgen.output import write_whole
from kitgen.project import Project
from kitgen.schedule import find_event

SECRET_NAME: Final = "kunci-kode-dokumen.txt"


def read_secret(project: Project, name: str) -> bytes:
    """The secret of an event; none (an empty one) before its first build made it.

    Raises `KitgenError` if it is there and cannot be read: with another one every page would get another serial.
    """
    path = _file(project, name)
    try:
        return bytes.fromhex(path.read_text("ascii").strip())
    except FileNotFoundError:
        return b""
    except (OSError, ValueError) as error:
        raise failure(
            "the secret of the event cannot be read", Place(project.shown(path)),
            "put the file back from a copy; without it every page gets another Kode Dokumen",
        ) from error  # fmt: skip


def make_secret(project: Project, name: str) -> None:
    """Make the secret of an event that has none; whoever copies the event's folder copies it too."""
    if not read_secret(project, name):
        write_whole(_file(project, name), f"{secrets.token_bytes(32).hex()}\n".encode())


def _file(project: Project, name: str) -> Path:
    return find_event(project, name).with_name(SECRET_NAME)
