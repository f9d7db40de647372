"""The secret of an event: keeps what a page says from being guessed from its Kode Dokumen."""

import secrets
from typing import Final

from kitgen.errors import Place, failure
from kitgen.output import write_whole
from kitgen.project import Project

SECRET_NAME: Final = "kunci-kode-dokumen.txt"


def event_secret(project: Project, name: str) -> bytes:
    """The secret of an event, made when it is first asked for; whoever copies the event's folder copies it too.

    Raises `KitgenError` if it is there and cannot be read: with another one every page would get another serial.
    """
    path = project.event_file(name).with_name(SECRET_NAME)
    try:
        return bytes.fromhex(path.read_text("ascii").strip())
    except FileNotFoundError:
        secret = secrets.token_bytes(32)
        write_whole(path, f"{secret.hex()}\n".encode())
        return secret
    except (OSError, ValueError) as error:
        raise failure(
            "the secret of the event cannot be read", Place(project.shown(path)),
            "put the file back from a copy; without it every page gets another Kode Dokumen",
        ) from error  # fmt: skip
