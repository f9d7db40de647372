"""Zips only a passphrase opens: AES-256 as WinZip and 7-Zip know it, with one inner zip whose name tells nothing.

Names of people stand in the paths of what is handed over, and a zip encrypts contents but no names: so all of it is in
one inner file. Equal files give other bytes each time (salt): what went out is known by digests inside.
"""

import io
import secrets
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from kitgen.base.errors import Place, failure
from kitgen.base.messages import said
from kitgen.documents.disk.files import write_whole
from kitgen.documents.disk.zips import bundle, sealed_bundle

INNER: Final = "isi.zip"
"""The one file such a zip holds."""
GUIDE_NAME: Final = "CARA MEMBUKA.txt"
SHORTEST: Final = 14
"""Characters of a passphrase people choose: fewer can be guessed by machines that try them all."""
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without signs that are read for one another."""
_GROUPS: Final = 4
_GROUP: Final = 5
_DATE: Final = (1980, 1, 1, 0, 0, 0)

GUIDE: Final = f"""CARA MEMBUKA BERKAS INI

Berkas .zip di map ini terkunci dengan kata sandi (AES-256). Explorer bawaan Windows tidak dapat membukanya.

1. Pasang 7-Zip, program gratis: https://www.7-zip.org (Windows).
   Di Android: ZArchiver. Di macOS: Keka. Di Linux: 7z.
2. Klik kanan berkas .zip, pilih 7-Zip, lalu "Ekstrak di sini" (Extract Here).
3. Ketik kata sandi. Kata sandi dikirim terpisah, lewat telepon atau secara lisan, tidak bersama berkas ini.
4. Yang keluar adalah {INNER}. Buka seperti berkas .zip biasa; dokumen ada di dalamnya.

Kata sandi yang hilang tidak dapat dipulihkan siapa pun: mintalah penyerahan baru.
"""


def make_passphrase() -> str:
    """A passphrase no machine guesses and a person can read out: four groups of five signs, about 99 bits."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def refuse_weak(passphrase: str) -> None:
    """Raises `KitgenError` for a passphrase that is too short, or that other programs may read as another one."""
    if len(passphrase) < SHORTEST:
        told = said("passphrase is shorter than {shortest} characters", shortest=SHORTEST)
        raise failure(told, None, said("take a longer one"))
    if not (passphrase.isascii() and passphrase.isprintable()):
        raise failure(
            said("passphrase holds letters that programs spell in different ways"),
            None,
            said("take letters a to z, digits, blanks and signs of the keyboard"),
        )


def write_locked(target: Path, files: Iterable[tuple[str, bytes]], passphrase: str) -> None:
    """Write files (path in the zip, content) as one locked zip, opened once to see that it can be, and sealed.

    Raises `KitgenError` for a weak passphrase, two files of one name, and if the disk refuses.
    """
    refuse_weak(passphrase)
    inner = bundle(files, target.name)
    import pyzipper

    held = io.BytesIO()
    with pyzipper.AESZipFile(held, "w", compression=zipfile.ZIP_STORED, encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(passphrase.encode())
        archive.setencryption(pyzipper.WZ_AES, nbits=256)
        archive.writestr(archive.zipinfo_cls(INNER, _DATE), inner)
    data = sealed_bundle(held.getvalue())
    if _opened(data, passphrase) != inner:
        raise failure(said("locked zip cannot be opened again; it was not written"), Place(target.name))
    write_whole(target, data, secret=True)


def read_locked(path: Path, passphrase: str) -> dict[str, bytes]:
    """The files of a locked zip. Raises `KitgenError` if it cannot be read or the passphrase is another one."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise failure(
            said("zip cannot be read ({strerror})", strerror=error.strerror), Place(path.name), said("close it")
        ) from error
    inner = _opened(data, passphrase)
    if inner is None:
        raise failure(said("zip cannot be opened with this passphrase"), Place(path.name), said("type it once more"))
    with zipfile.ZipFile(io.BytesIO(inner)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def _opened(data: bytes, passphrase: str) -> bytes | None:
    """What the one inner file says; None if the passphrase does not open it."""
    import pyzipper

    try:
        with pyzipper.AESZipFile(io.BytesIO(data)) as archive:
            archive.setpassword(passphrase.encode())
            inner: bytes = archive.read(INNER)
            return inner
    except (RuntimeError, KeyError, OSError, ValueError, zipfile.BadZipFile, pyzipper.BadZipFile):
        return None
