"""What is kept between runs in this user's own folder: copies for speed, each beside a digest under the user's key.

Deleting it costs time and nothing else. A copy is taken only if nobody but this user's kitgen can have written it: the
key lies in a file only its owner may read, outside of any project; whatever is wrong with folder, key or copy, there is
no copy. `KITGEN_CACHE` names another folder, or says `off`.
"""

import contextlib
import hmac
import os
import secrets
import stat
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from kitgen.documents.disk.private import OWNER_ONLY, SECRET_FILE

VARIABLE: Final = "KITGEN_CACHE"
OFF: Final = "off"
KEY_NAME: Final = "key"
MOST: Final = 600
"""So many copies are kept; the oldest go first."""
_KEY_SIZE: Final = 32
_DIGEST_SIZE: Final = 32
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def cache_folder(
    environment: Mapping[str, str] | None = None, platform: str = sys.platform, home: Path | None = None
) -> Path | None:
    """Where this user's copies lie; None if none are to be kept."""
    environment = os.environ if environment is None else environment
    told = environment.get(VARIABLE, "")
    if told:
        return None if told == OFF else Path(told)
    try:
        home = home or Path.home()
    except RuntimeError:  # nobody's
        return None
    if platform == "win32":
        local = environment.get("LOCALAPPDATA", "")
        return (Path(local) if local else home / "AppData" / "Local") / "kitgen" / "Cache"
    if platform == "darwin":
        return home / "Library" / "Caches" / "kitgen"
    cache = environment.get("XDG_CACHE_HOME", "")
    return (Path(cache) if Path(cache).is_absolute() else home / ".cache") / "kitgen"


class UserCache:
    """Copies in one folder, by name."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._key: bytes | None = None
        self._is_asked = False

    @property
    def is_used(self) -> bool:
        """Whether copies are kept at all."""
        return self._folder is not None

    def read(self, name: str) -> bytes | None:
        """The copy of this name; None if there is none this user's kitgen wrote."""
        key = self._own_key()
        if self._folder is None or key is None:
            return None
        try:
            data = (self._folder / name).read_bytes()
        except OSError:
            return None
        told, content = data[:_DIGEST_SIZE], data[_DIGEST_SIZE:]
        return content if hmac.compare_digest(told, _digest(key, name, content)) else None

    def write(self, name: str, content: bytes) -> None:
        """Keep a copy. Where that cannot be done there is none."""
        key = self._own_key()
        if self._folder is None or key is None:
            return
        with contextlib.suppress(OSError):
            _put(self._folder, name, _digest(key, name, content) + content)
            self._forget_oldest(self._folder)

    def _own_key(self) -> bytes | None:
        """The user's key, made where there is none; None if it, or its folder, is not the user's alone."""
        if not self._is_asked:
            self._is_asked = True
            with contextlib.suppress(OSError):
                self._key = _key_in(self._folder) if self._folder is not None else None
        return self._key

    @staticmethod
    def _forget_oldest(folder: Path) -> None:
        with os.scandir(folder) as entries:
            there = [each for each in entries if each.name != KEY_NAME]
        found = [(each.stat().st_mtime_ns, each.path) for each in there] if len(there) > MOST else []
        for _, path in sorted(found)[: max(0, len(found) - MOST)]:
            Path(path).unlink(missing_ok=True)


def _key_in(folder: Path) -> bytes | None:
    folder.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
    if not _is_own(folder):
        return None
    path = folder / KEY_NAME
    for _ in range(2):
        if _is_own(path):
            key = path.read_bytes()
            if len(key) == _KEY_SIZE:
                return key
        # none, half of one, or one others may know: copies made with it are none any more
        _put(folder, KEY_NAME, secrets.token_bytes(_KEY_SIZE))
    return None


def _is_own(path: Path) -> bool:
    """Whether it is there, is no link, and only its owner, who is this user, has rights to it. Windows tells no rights:
    there the folder of a user is the user's."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return False
    if stat.S_ISLNK(found.st_mode):
        return False
    return sys.platform == "win32" or (found.st_uid == os.getuid() and not stat.S_IMODE(found.st_mode) & _OTHERS)


def _put(folder: Path, name: str, data: bytes) -> None:
    aside = folder / f".{secrets.token_hex(8)}"
    try:
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, SECRET_FILE), "wb") as file:
            file.write(data)
        aside.replace(folder / name)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def _digest(key: bytes, name: str, content: bytes) -> bytes:
    mac = hmac.new(key, f"{name}\0".encode(), "sha256")
    mac.update(content)
    return mac.digest()
