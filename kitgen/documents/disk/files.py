"""Files are written whole or not at all: aside, then renamed. What lies aside is called by chance and swept."""

import contextlib
import os
import secrets
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Final

from kitgen.base.errors import KitgenError, Place, failure
from kitgen.base.free_names import first_free
from kitgen.base.messages import Message, said
from kitgen.documents.disk.private import SECRET_FILE, make_folders
from kitgen.documents.disk.staleness import KEPT, beside
from kitgen.kits.paths import told_name

ASIDE: Final = ".kitgen-"
"""What lies aside begins so; the rest is chance, so that no two runs take one name and no name of a person is in it."""

_OUTPUT: Final = "output"
_CLOSE: Final = said("close it in the program that has it open and check the rights, then run again")
_CLOSE_IN_OFFICE: Final = said(
    "close it in Word or Excel and check the rights and the room on the disk, then run again"
)
_HELD: Final = frozenset({5, 32, 33})
"""What Windows says of a file another program looks at: access denied, sharing and lock violation."""
_PATIENCE: Final = (0.05, 0.1, 0.2, 0.4, 0.8)
"""Seconds between tries: indexers and virus scanners look at a new file for a moment only."""
_LONGEST_ON_WINDOWS: Final = 259
_BLOCK: Final = 1 << 18
"""Characters of a long text that are written at once."""


def aside_of(path: Path) -> Path:
    """A name beside `path` nothing has yet."""
    return path.with_name(f"{ASIDE}{secrets.token_hex(8)}")


def write_pieces(path: Path, pieces: Callable[[], Iterable[str]]) -> bool:
    """Write a text piece by piece, if it is not what lies there; gives whether it was written.

    `pieces` is asked once for comparing and once for writing. Raises `KitgenError` as `write_whole`.
    """
    if holds(path, in_blocks(pieces())):
        return False
    write_whole(path, in_blocks(pieces()))
    return True


def in_blocks(pieces: Iterable[str]) -> Iterator[bytes]:
    """The bytes of a text that comes piece by piece, many pieces at once."""
    waiting: list[str] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size > _BLOCK:
            yield "".join(waiting).encode()
            waiting, size = [], 0
    yield "".join(waiting).encode()


def holds(path: Path, blocks: Iterable[bytes]) -> bool:
    """Whether a file holds these very bytes. What cannot be read does not."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return all(file.read(len(block)) == block for block in blocks) and not file.read(1)
    except OSError:
        return False


def write_offered(out: Path, data: bytes, there: bytes | None, replace: bool) -> bool:
    """Write a file under the name a person gave, unless it says the same already; gives whether it was written.

    `there` is what lies at `out` (None: nothing). Raises `KitgenError` if that is something else, unless `replace`.
    """
    if there == data:
        return False
    if there is not None and not replace:
        raise failure(
            said("{name} is there already and holds something else; nothing was written", name=out.name),
            Place(out.name),
            said("import it first, give another name, or `--replace` to write over it"),
        )
    write_whole(out, data)
    return True


def write_whole(path: Path, data: bytes | Iterable[bytes], durable: bool = True, secret: bool = False) -> None:
    """Write a file aside and rename it into place: there is the old file or the new one, never half of one.

    `durable`: it outlives a power cut right after; what a run can make again does without. `secret`: only its owner may
    read it. Raises `KitgenError` if the disk refuses.
    """
    refuse_links(path)
    aside = aside_of(path)
    try:
        make_folders(path.parent)
        with aside.open("xb") as file:
            if secret:
                aside.chmod(SECRET_FILE)
            for block in (data,) if isinstance(data, bytes) else data:
                pour(file, block)
            if durable:
                file.flush()
                with contextlib.suppress(OSError):  # some network disks know no such thing
                    os.fsync(file.fileno())
        patiently(lambda: aside.replace(path))
    except OSError as error:
        _forget(aside)
        raise refused(path, error) from error
    except BaseException:  # stopped: nothing half is left
        _forget(aside)
        raise


def refused(path: Path, error: OSError) -> KitgenError:
    """The error that tells that the disk refuses a document, ready to be raised."""
    if path.is_dir():
        told = said("document cannot be written: a folder lies in its place")
        return failure(told, Place(told_name(path)), said("move the folder away, then run again"))
    told = said("document cannot be written ({strerror})", strerror=error.strerror)
    return failure(told, Place(told_name(path)), _advice(path, _CLOSE_IN_OFFICE))


def _is_output(folder: Path) -> bool:
    """Whether finished documents lie in a folder: it is called so, and a project's data are beside it."""
    return folder.name == _OUTPUT and (folder.parent / "scheme").is_dir()


def refuse_links(path: Path) -> None:
    """Raises `KitgenError` if a folder below a project's `output/` on the way to a file is a link.

    What it leads to is not ours. Elsewhere folders are the person's, and may be links.
    """
    parents = path.parents  # not put together anew: asked very often
    below = next((at for at, folder in enumerate(parents) if _is_output(folder)), 0)
    for folder in reversed(parents[:below]):
        if folder.is_symlink():
            told = said("the folder is a link, which is not followed; nothing was written there")
            raise failure(told, Place(told_name(folder)), said("put a folder in its place, or take the link away"))


def pour(file: IO[bytes], data: bytes) -> None:
    """Write all bytes into an open file. Tests cut this off in the middle."""
    file.write(data)


@contextlib.contextmanager
def written_together(target: Path, aside: Path | None = None) -> Iterator[Path]:
    """A folder aside to write into, renamed to `target` at the end: there is all of it or nothing.

    `target` may be an empty folder. If it is the current one it is filled where it lies, for whoever stands in it would
    otherwise stand nowhere. Raises `OSError` if the disk refuses; what is aside goes then.
    """
    aside = aside or aside_of(target)
    try:
        aside.mkdir(parents=True)
        yield aside
        if target == Path.cwd():
            _moved_into(target, aside)
            return
        with contextlib.suppress(FileNotFoundError):
            target.rmdir()
        patiently(lambda: aside.rename(target))
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise


def _moved_into(target: Path, aside: Path) -> None:
    """All that lies in `aside` into an empty folder; if the disk refuses one, none of it."""
    moved: list[Path] = []
    try:
        for path in sorted(aside.iterdir()):
            moved.append(target / path.name)
            patiently(lambda path=path: path.rename(target / path.name))  # type: ignore[misc]
        aside.rmdir()
    except BaseException:
        for path in moved:
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        raise


def patiently(change: Callable[[], object]) -> None:
    """Change the disk; try again for a moment where Windows says that another program looks at the file."""
    for seconds in _PATIENCE:
        try:
            change()
        except OSError as error:
            if getattr(error, "winerror", None) not in _HELD:
                raise
            time.sleep(seconds)
        else:
            return
    change()


def _forget(aside: Path) -> None:
    with contextlib.suppress(OSError):
        patiently(lambda: aside.unlink(missing_ok=True))


def _advice(path: Path, usual: Message, platform: str = sys.platform) -> Message:
    """What to do about a file that cannot be written; Windows takes no long paths and does not say so."""
    if platform == "win32" and len(str(path)) > _LONGEST_ON_WINDOWS:
        return said(
            "the path has {path} letters, and Windows takes {longest_on_windows}: move the project "
            "to a folder with a shorter path",
            path=len(str(path)),
            longest_on_windows=_LONGEST_ON_WINDOWS,
        )
    return usual


def move_file(source: Path, target: Path) -> None:
    """Move a file to where none lies, folders and all.

    Raises `KitgenError` if something lies there, which most systems would write over without a word, and if the disk
    refuses.
    """
    refuse_links(target)
    if os.path.lexists(target):
        told = said("file cannot be moved: another lies where it is to go")
        raise failure(told, Place(told_name(target)), said("move that one away, then run again"))
    try:
        make_folders(target.parent)
        patiently(lambda: source.rename(target))
    except OSError as error:
        told = said("file cannot be moved ({strerror})", strerror=error.strerror)
        raise failure(told, Place(told_name(source)), _advice(target, _CLOSE)) from error


def remove_file(path: Path) -> None:
    """Remove a file, if it is there. Raises `KitgenError` if the disk refuses."""
    try:
        patiently(lambda: path.unlink(missing_ok=True))
    except OSError as error:
        raise failure(
            said("file cannot be removed ({strerror})", strerror=error.strerror), Place(told_name(path)), _CLOSE
        ) from error


def remove_document(path: Path, folder: Path) -> None:
    """Remove a file, and the folders above it that became empty, up to `folder`.

    Raises `KitgenError` if the disk refuses the file; an empty folder somebody has open may stay.
    """
    remove_file(path)
    for parent in path.parents:
        if parent == folder or any(parent.iterdir()):
            return
        try:
            parent.rmdir()
        except OSError:
            return


def remove_empty_folders(folder: Path) -> None:
    """Remove the folders below one that hold nothing; one that somebody has open stays."""
    for where, _, _ in os.walk(folder, topdown=False):
        if Path(where) != folder:
            with contextlib.suppress(OSError):  # it holds something, or is open somewhere
                Path(where).rmdir()


def sweep(folder: Path) -> None:
    """Remove what an interrupted run left aside: for whoever holds the project's lock, so that nobody else writes."""
    for where, folders, names in os.walk(folder):
        for name in names:
            if name.startswith(ASIDE):
                _forget(Path(where, name))
        for name in [each for each in folders if each.startswith(ASIDE)]:
            folders.remove(name)
            if not Path(where, name).is_symlink():
                shutil.rmtree(Path(where, name), ignore_errors=True)


def keep_beside(path: Path) -> Path:
    """Set an edited file aside as `(disunting)`; gives where it lies now. Raises `KitgenError` if the disk refuses."""
    aside = free_beside(path, KEPT)
    move_file(path, aside)
    return aside


def keep_copy(path: Path, word: str) -> Path:
    """Copy a person's file beside itself as `(word)`, `(word 2)` ..., before another takes its place; gives the copy.

    Raises `KitgenError` if the disk refuses.
    """
    copy = free_beside(path, word)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise refused(path, error) from error
    write_whole(copy, content)
    return copy


def free_beside(path: Path, word: str) -> Path:
    """The first name beside a file that nothing has: `name (word).xlsx`, `name (word 2).xlsx` ..."""
    named = path.as_posix()
    return first_free(lambda number: Path(beside(named, word, number)), os.path.lexists, told_name(path))
