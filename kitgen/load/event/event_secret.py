"""The secret of an event: keeps what a page says from being guessed from its Kode Dokumen."""

import secrets
from pathlib import Path

from kitgen.base.project import Project
from kitgen.documents.disk.document import write_whole
from kitgen.events.workbook.workbook import find_event
from kitgen.load.event.secret import SECRET_NAME, load_secret


def read_secret(project: Project, name: str) -> bytes:
    """The secret of an event; none (an empty one) before its first build made it.

    Raises `KitgenError` if it is there and cannot be read: with another one every page would get another serial.
    """
    path = _file(project, name)
    return load_secret(path, project.shown(path))


def make_secret(project: Project, name: str) -> None:
    """Make the secret of an event that has none; whoever copies the event's folder copies it too."""
    if not read_secret(project, name):
        write_whole(_file(project, name), f"{secrets.token_bytes(32).hex()}\n".encode())


def _file(project: Project, name: str) -> Path:
    return find_event(project, name).with_name(SECRET_NAME)
