"""The pages `00 Baca Dulu.html`: made last, each with its own digest, so that one a person changed is told and kept."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, Literal

from kitgen.base.digests import digest
from kitgen.base.errors import Diagnostic, Findings, Place
from kitgen.base.messages import Message, said
from kitgen.base.project import Project
from kitgen.documents.disk.files import remove_document, write_whole
from kitgen.documents.status.judge import DocumentStatus
from kitgen.kits.kit import Kit
from kitgen.kits.read_first import read_first
from kitgen.model.forms import EVENTS_FOLDER, READ_FIRST

_SEAL: Final = re.compile(rb"<!-- kitgen-baca-dulu ([0-9a-f]{64}) -->\n\Z")

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


def sealed_page(text: str) -> bytes:
    """A page with the comment that tells whether it is as it was made."""
    data = text.encode()
    return data + f"<!-- kitgen-baca-dulu {digest(data)} -->\n".encode()


def is_page_of_ours(data: bytes) -> bool:
    """Whether a page is as kitgen made it."""
    found = _SEAL.search(data)
    return found is not None and digest(data[: found.start()]) == found[1].decode()


def page_state(path: Path, wanted: bytes) -> PageState:
    """How the page at a path stands. An empty file is what a power cut leaves, and none."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return "new"
    except OSError:
        return "kept"
    if data == wanted:
        return "same"
    return "changed" if not data or is_page_of_ours(data) else "kept"


def wanted_pages(project: Project, documents: Sequence[DocumentStatus]) -> dict[Path, bytes]:
    """The page of each kit of which all documents are known, by its path."""
    kits: dict[str, tuple[Kit, list[DocumentStatus]]] = {}
    for document in documents:
        kits.setdefault(_home(document), (document.planned.kit, []))[1].append(document)
    return {
        project.output_dir / home / READ_FIRST: sealed_page(read_first(kit, [each.planned for each in members]))
        for home, (kit, members) in kits.items()
    }


def page_states(project: Project, documents: Sequence[DocumentStatus]) -> dict[str, PageState]:
    """How the page of each kit stands, by its path below `output/`."""
    wanted = wanted_pages(project, documents)
    return {path.relative_to(project.output_dir).as_posix(): page_state(path, data) for path, data in wanted.items()}


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
    for path, data in wanted.items():
        state = page_state(path, data)
        if state == "kept":
            message, help = _TOLD[state]
            findings.warning(message, Place(path.relative_to(project.output_dir).as_posix()), help)
        elif state != "same":
            write_whole(path, data)
    for path in _strays(project, folders, wanted) if are_all else ():
        remove_document(path, project.output_dir)
    return list(findings)


def _strays(project: Project, folders: Collection[str], wanted: Collection[Path]) -> Iterator[Path]:
    """Pages of ours in the folders of kits nobody plans any more."""
    for folder in folders:
        root = project.output_dir / folder
        places = (READ_FIRST,) if folder.startswith(f"{EVENTS_FOLDER}/") else (f"*/{READ_FIRST}", f"*/*/{READ_FIRST}")
        for path in sorted(path for place in places for path in root.glob(place)):
            if path not in wanted and path.is_file() and is_page_of_ours(path.read_bytes()):
                yield path


def _home(document: DocumentStatus) -> str:
    """The folder of a document's kit, below `output/`."""
    kit = document.planned.kit
    start = document.path.removesuffix(document.planned.path).rstrip("/")
    return start if kit.event is not None else f"{start}/{kit.folder}"
