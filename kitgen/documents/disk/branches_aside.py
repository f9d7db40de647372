"""Branches of the documents of a run that wait, range after range, for the history to be written: not in memory.

They lie in the folder aside of the run, which goes with it, as the lines they are kept as, each file sorted by name.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kitgen.documents.disk.branches import Nodes, line_of_node
from kitgen.documents.disk.files import pour, refused
from kitgen.documents.disk.private import OWNER_ONLY, make_folders

_ENDING = ".cabang"


@dataclass(slots=True)
class BranchesAside:
    """Cabang yang menunggu: the folder they lie in, and how many files there are."""

    folder: Path
    _count: int = 0
    _first: set[int] = field(default_factory=set)
    """What lies in the first file: many later documents have the same, which is not written twice."""

    def lay(self, nodes: Nodes) -> None:
        """Lay all of them aside, and take them out. Raises `KitgenError` if the disk refuses."""
        lines = [(name, line_of_node(node)) for name, node in sorted(nodes.items())]
        nodes.clear()
        if not self._first:
            self._first.update(map(hash, lines))
        else:
            lines = [each for each in lines if hash(each) not in self._first]
        file = self._file(self._count)
        try:
            make_folders(self.folder.parent)
            self.folder.mkdir(mode=OWNER_ONLY, exist_ok=True)
            with file.open("xb") as opened:
                pour(opened, "".join(f"{name} {line}\n" for name, line in lines).encode())
        except OSError as error:
            raise refused(file, error) from error
        self._count += 1

    def lines(self) -> Iterator[tuple[str, str]]:
        """Names and lines of all that lies here, sorted; one name may come more than once, the latest last."""
        return heapq.merge(*map(self._read, range(self._count)), key=lambda each: each[0])

    def _read(self, number: int) -> Iterator[tuple[str, str]]:
        with self._file(number).open("rb") as file:
            for line in file:
                name, _, rest = line.decode().rstrip("\n").partition(" ")
                yield name, rest

    def _file(self, number: int) -> Path:
        return self.folder / f"{number}{_ENDING}"
