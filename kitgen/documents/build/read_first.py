"""The pages `00 Baca Dulu.html`: made last, each with its own digest, so that one a person changed is told and kept."""

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final, Literal

from kitgen.base.errors import Diagnostic, Findings, Place
from kitgen.base.messages import Message, said
from kitgen.base.project import Project
from kitgen.documents.disk.files import holds, in_blocks, remove_document, write_whole
from kitgen.documents.status.judge import DocumentStatus
from kitgen.kits.kit import Kit
from kitgen.kits.read_first import read_first
from kitgen.model.forms import EVENTS_FOLDER, READ_FIRST

_SEAL: Final = "<!-- kitgen-baca-dulu %s -->\n"
_SEALED: Final = re.compile(_SEAL.encode() % rb"([0-9a-f]{64})")
_LENGTH: Final = len(_SEAL % ("0" * 64))
Page = Callable[[], Iterator[bytes]]
"""Gives the bytes of a page, block by block: that of a large event is never whole in memory."""

_BLOCK: Final = 1 << 18
"""Bytes that are read at once."""

PageState = Literal["new", "same", "changed", "kept"]
"""How a page stands: not there, as it would be made, to be made anew, not ours or changed by a person."""
_TOLD: Final[Mapping[PageState, tuple[Message, Message]]] = {
    "new": (said("page that tells what to print, and for whom, is not there"), said("run `kitgen build`")),
    "changed": (said("page does not tell what lies in its folder now"), said("run `kitgen build`")),
    "kept": (
        said("page was changed, or is not of kitgen's making, and is kept"),
        said("move it elsewhere to have it made anew"),
    ),
}


def sealed_page(pieces: Iterable[str]) -> Iterator[bytes]:
    """A page with the comment that tells whether it is as it was made, block by block."""
    made = hashlib.sha256()
    for block in in_blocks(pieces):
        made.update(block)
        yield block
    yield (_SEAL % made.hexdigest()).encode()


def is_page_of_ours(path: Path) -> bool:
    """Whether a page is as kitgen made it. Raises `OSError` if it cannot be read."""
    left, made = path.stat().st_size - _LENGTH, hashlib.sha256()
    with path.open("rb") as file:
        while left > 0 and (block := file.read(min(left, _BLOCK))):
            made.update(block)
            left -= len(block)
        found = _SEALED.fullmatch(file.read(_LENGTH + 1))
    return found is not None and made.hexdigest() == found[1].decode()


def page_state(path: Path, wanted: Page) -> PageState:
    """How the page at a path stands. An empty file is what a power cut leaves, and none."""
    if holds(path, wanted()):
        return "same"
    try:
        return "changed" if not path.stat().st_size or is_page_of_ours(path) else "kept"
    except FileNotFoundError:
        return "new"
    except OSError:
        return "kept"


def wanted_pages(project: Project, documents: Sequence[DocumentStatus]) -> dict[Path, Page]:
    """The page of each kit of which all documents are known, by its path."""
    kits: dict[str, tuple[Kit, list[DocumentStatus]]] = {}
    for document in documents:
        kits.setdefault(_home(document), (document.planned.kit, []))[1].append(document)
    return {
        project.output_dir / home / READ_FIRST: partial(_made, kit, members) for home, (kit, members) in kits.items()
    }


def _made(kit: Kit, members: Sequence[DocumentStatus]) -> Iterator[bytes]:
    return sealed_page(read_first(kit, [each.planned for each in members]))


def page_states(project: Project, documents: Sequence[DocumentStatus]) -> dict[str, PageState]:
    """How the page of each kit stands, by its path below `output/`."""
    wanted = wanted_pages(project, documents)
    return {path.relative_to(project.output_dir).as_posix(): page_state(path, page) for path, page in wanted.items()}


def page_problems(states: Mapping[str, PageState], output: Path) -> list[Diagnostic]:
    """What is to be told of pages that are not as they would be made; of kits that are not made at all, nothing."""
    findings = Findings()
    for path, state in states.items():
        if state != "same" and (output / path).parent.is_dir():
            message, help = _TOLD[state]
            findings.warning(message, Place(path), help)
    return list(findings)


def write_pages(
    project: Project, documents: Sequence[DocumentStatus], folders: Collection[str], are_all: bool
) -> list[Diagnostic]:
    """Write the pages that are not what they would be now; gives what is to be told of those that are kept.

    `folders` are those of the run, below `output/`; where it is about all in them (`are_all`), pages of kits that are
    no more are taken away.
    """
    findings = Findings()
    wanted = wanted_pages(project, documents)
    for path, page in wanted.items():
        state = page_state(path, page)
        if state == "kept":
            message, help = _TOLD[state]
            findings.warning(message, Place(path.relative_to(project.output_dir).as_posix()), help)
        elif state != "same":
            write_whole(path, page())
    for path in _strays(project, folders, wanted) if are_all else ():
        remove_document(path, project.output_dir)
    return list(findings)


def _strays(project: Project, folders: Collection[str], wanted: Collection[Path]) -> Iterator[Path]:
    """Pages of ours in the folders of kits nobody plans any more."""
    for folder in folders:
        root = project.output_dir / folder
        places = (READ_FIRST,) if folder.startswith(f"{EVENTS_FOLDER}/") else (f"*/{READ_FIRST}", f"*/*/{READ_FIRST}")
        for path in sorted(path for place in places for path in root.glob(place)):
            if path not in wanted and path.is_file() and is_page_of_ours(path):
                yield path


def _home(document: DocumentStatus) -> str:
    """The folder of a document's kit, below `output/`."""
    kit = document.planned.kit
    start = document.path.removesuffix(document.planned.path).rstrip("/")
    return start if kit.event is not None else f"{start}/{kit.folder}"
