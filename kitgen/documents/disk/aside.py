"""Documents of a run that are made but not in their places yet: files in one folder aside, which goes with the run.

Renaming them is all that is left to do once every one is made, so a fault before that leaves `output/` as it was, and
no more of them is in memory than is being made. The folder is called by chance (`files.ASIDE`) and swept where a run
was killed; in it are no names of people.
"""

import errno
import hashlib
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final

from kitgen.base.digests import Digest
from kitgen.documents.disk.branches_aside import BranchesAside
from kitgen.documents.disk.files import ASIDE, patiently, pour, refuse_links, refused, write_whole
from kitgen.documents.disk.private import OWNER_ONLY, make_folders

_NAME: Final = 8
"""Bytes of a name of chance."""
_SIZE: Final = 6
"""Bytes in which the length of a file is held."""


@dataclass(frozen=True, slots=True)
class Laid:
    """Berkas siap: where a finished file lies aside, how long it is, and the digest of its bytes.

    A run holds one for each document it makes, so all three are held as bytes, one after the other (`spelled`).
    """

    LENGTH: ClassVar[int] = _NAME + _SIZE + hashlib.sha256().digest_size
    spelled: bytes

    @classmethod
    def of(cls, name: bytes, data: bytes) -> "Laid":
        """A file that lies under a name (its hexadecimal digits) and holds these bytes."""
        return cls(name + len(data).to_bytes(_SIZE) + hashlib.sha256(data).digest())

    @property
    def name(self) -> str:
        """What the file is called aside."""
        return self.spelled[:_NAME].hex()

    @property
    def size(self) -> int:
        """How long it is."""
        return int.from_bytes(self.spelled[_NAME : _NAME + _SIZE])

    @property
    def digest(self) -> Digest:
        """The digest of its bytes."""
        return Digest(self.spelled[_NAME + _SIZE :].hex())


@dataclass(frozen=True, slots=True)
class Aside:
    """Folder samping: one run's, below `output/`; made with the first file, by whatever process lays that."""

    folder: Path
    branches: BranchesAside

    def lay(self, data: bytes, target: Path) -> Laid:
        """Write a finished file aside that is to lie at `target`. Raises `KitgenError` if the disk refuses."""
        token = secrets.token_bytes(_NAME)
        name = token.hex()
        try:
            try:
                file = (self.folder / name).open("xb")
            except FileNotFoundError:
                make_folders(self.folder.parent)
                self.folder.mkdir(mode=OWNER_ONLY, exist_ok=True)
                file = (self.folder / name).open("xb")
            with file:
                pour(file, data)
        except OSError as error:
            raise refused(target, error) from error
        return Laid.of(token, data)

    def read(self, laid: Laid) -> bytes:
        """The bytes of a file that lies aside."""
        return (self.folder / laid.name).read_bytes()

    def place(self, laid: Laid, target: Path) -> None:
        """Rename a file into its place. Raises `KitgenError` if the disk refuses."""
        refuse_links(target)
        file = self.folder / laid.name
        try:
            try:
                patiently(lambda: file.replace(target))
            except FileNotFoundError:
                make_folders(target.parent)
                patiently(lambda: file.replace(target))
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise refused(target, error) from error
            write_whole(target, file.read_bytes(), durable=False)  # the folder it goes to is another disk

    def forget(self, laid: Laid) -> None:
        """Take away a file that is not wanted after all."""
        with suppress(OSError):
            (self.folder / laid.name).unlink(missing_ok=True)


@contextmanager
def files_aside(output: Path) -> Iterator[Aside]:
    """A folder aside for one run, which goes with it, however that ends; `output/` too, where it was made for that."""
    was_there = output.exists()
    folder = output / f"{ASIDE}{secrets.token_hex(8)}"
    aside = Aside(folder, BranchesAside(folder))
    try:
        yield aside
    finally:
        shutil.rmtree(aside.folder, ignore_errors=True)
        if not was_there:
            with suppress(OSError):  # documents lie in it now, or nothing was made
                output.rmdir()
