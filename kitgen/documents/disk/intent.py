"""What a run is about to write in a folder of `output/`, noted before and struck off after it: for power cuts.

No document is flushed by itself: that would cost more than making it. A run that did not come to its end, or after
which the machine was started anew, may have left files whose names are there and whose contents are not. The next one
then trusts no index and reads every file of the folder, and what cannot be read of the noted ones is made again.
"""

import json
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kitgen.base.digests import digest
from kitgen.documents.disk.files import in_blocks, remove_file, write_whole
from kitgen.documents.disk.lock import FOLDER
from kitgen.load.json_file import parse_json
from kitgen.load.regular import read_regular

FORMAT: Final = 1
_NAME: Final = "niat"
_BOOT: Final = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True, slots=True)
class LastRun:
    """Catatan niat: the last run in a folder; `sizes` are those of the files it wrote, by name in the index.

    Of a trusted one they are not held: nobody asks for them.
    """

    is_trusted: bool = True
    """Whether it ended and the machine has been up since, so that what it wrote is there."""
    sizes: Mapping[str, int] = field(default_factory=dict)

    def is_torn(self, name: str, size: int) -> bool:
        """Whether a file that cannot be read is one this run wrote and the power cut took: nobody saved it since.

        It is as long as it was to be, without its contents, or empty. A person's file is never taken for one.
        """
        return not self.is_trusted and name in self.sizes and size in (0, self.sizes[name])


def note_intent(root: Path, folder: str, sizes: Iterable[tuple[str, int]]) -> None:
    """Note, and flush, what is about to be written in a folder: names as in its index, sorted, with sizes in bytes.

    Raises as `write_whole`.
    """
    _write(root, folder, sizes, is_over=False)


def strike_off(root: Path, folder: str, sizes: Iterable[tuple[str, int]]) -> None:
    """Note that all of it is written and its index flushed."""
    _write(root, folder, sizes, is_over=True)


def forget_intent(root: Path, folder: str) -> None:
    """Forget what was written in a folder that is no more."""
    remove_file(_file(root, folder))


def last_run(root: Path, folder: str) -> LastRun:
    """What is noted of a folder; a trusted run where nothing is: files speak for themselves."""
    try:
        told = parse_json(read_regular(_file(root, folder)))
        sizes = {str(name): int(size) for name, size in told["sizes"].items()}
        is_trusted = bool(told["is_over"]) and told["boot"] == _boot()
        return LastRun(is_trusted, {} if is_trusted else sizes)
    except FileNotFoundError:
        return LastRun()
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return LastRun(is_trusted=False)


def _write(root: Path, folder: str, sizes: Iterable[tuple[str, int]], is_over: bool) -> None:
    write_whole(_file(root, folder), in_blocks(_pieces(sizes, is_over)))


def _pieces(sizes: Iterable[tuple[str, int]], is_over: bool) -> Iterator[str]:
    head = _spelled({"format": FORMAT, "boot": _boot(), "is_over": is_over})
    yield f'{head[:-1]},"sizes":{{'
    for number, (name, size) in enumerate(sizes):
        yield f"{',' * bool(number)}{_spelled(name)}:{size}"
    yield "}}\n"


def _spelled(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _file(root: Path, folder: str) -> Path:
    """Its name is a digest: folders of events are called as people call them."""
    return root / FOLDER / _NAME / f"{digest(folder.encode())[:32]}.json"


def _boot() -> str:
    """What is the same until the machine is started anew; where the system does not tell, when it was, by minutes."""
    try:
        return _BOOT.read_text("ascii").strip()
    except OSError:  # no Linux
        pass
    return str(round((time.time() - time.monotonic()) / 60))
