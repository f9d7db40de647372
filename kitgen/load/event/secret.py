"""The secret of an event as it lies beside its workbook."""

from pathlib import Path
from typing import Final

from kitgen.base.errors import Place, failure
from kitgen.base.messages import said
from kitgen.load.regular import read_regular

SECRET_NAME: Final = "kunci-kode-dokumen.txt"


def load_secret(path: Path, name: str) -> bytes:
    """The secret in a file, an empty one if there is no such file; `name` is what errors call it.

    Raises `KitgenError` if it is there and cannot be read: with another one every page would get another serial.
    """
    try:
        return bytes.fromhex(read_regular(path).decode("ascii").strip())
    except FileNotFoundError:
        return b""
    except (OSError, ValueError) as error:
        raise failure(
            said("the secret of the event cannot be read"),
            Place(name),
            said("put the file back from a copy; without it every page gets another Kode Dokumen"),
        ) from error
