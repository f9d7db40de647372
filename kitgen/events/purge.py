"""`kitgen event purge`: what an event holds of people is removed; what was handed over stays known, by serial.

Every file of the event is looked at before the first one goes. Nothing outside of its two folders is touched: a link is
removed as a link, never followed.
"""

import datetime
import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from kitgen.base.errors import Diagnostic, Findings, KitgenError, Place, failure
from kitgen.base.messages import Message, agreeing, counted, said
from kitgen.base.project import Project
from kitgen.documents.build.read_first import is_page_of_ours
from kitgen.documents.disk.document import SUFFIXES, find_document
from kitgen.documents.disk.files import ASIDE, sweep
from kitgen.documents.disk.history import EVENT_NAME
from kitgen.documents.disk.index import INDEX_NAME
from kitgen.documents.disk.intent import forget_intent
from kitgen.documents.disk.locked import GUIDE_NAME
from kitgen.documents.disk.zips import is_our_bundle
from kitgen.documents.kept.keep import KEPT_FILES
from kitgen.documents.pdf.seal import read_seal
from kitgen.events.workbook.copies import is_copy
from kitgen.kits.paths import NAMELESS, safe_name, without_names
from kitgen.load.event.assignment_file import ASSIGNMENT_NAME
from kitgen.load.event.event import event_names
from kitgen.load.event.facts import read_identity
from kitgen.load.event.handover_record import RECORD_NAME
from kitgen.load.event.marks_file import MARKS_NAME, STATION_STATS_NAME
from kitgen.load.event.replaced_file import REPLACED_NAME
from kitgen.load.event.reprints_file import REPRINTS_NAME
from kitgen.load.event.results_file import RESULTS_NAME
from kitgen.load.event.schedule import LIST_NAMES
from kitgen.load.event.secret import SECRET_NAME
from kitgen.load.locate import no_event
from kitgen.load.sheets.workbook_grids import read_grids
from kitgen.model.forms import EVENTS_FOLDER, READ_FIRST, UNFINISHED_NOTE

Kind = Literal[
    "document",
    "PDF",
    "zip",
    "index",
    "leftover",
    "list",
    "result",
    "reprint",
    "history",
    "kept",
    "workbook",
    "secret",
    "edited",
    "other",
]

LABELS: Final[dict[Kind, tuple[Message, Message]]] = {
    "document": (said("document or sheet as kitgen made it"), said("documents and sheets as kitgen made them")),
    "PDF": (said("PDF or pack as kitgen made it"), said("PDFs and packs as kitgen made them")),
    "zip": (said("zip as kitgen made it"), said("zips as kitgen made them")),
    "index": (said("index of documents"), said("indexes of documents")),
    "leftover": (said("leftover of a program"), said("leftovers of programs")),
    "edited": (
        said("file that people changed after kitgen made it"),
        said("files that people changed after kitgen made them"),
    ),
    "other": (said("file that kitgen did not make"), said("files that kitgen did not make")),
    "list": (said("list of candidates, or copy with notes"), said("lists of candidates, and copies with notes")),
    "result": (said("record of results"), said("records of results")),
    "reprint": (said("record of reprinted pages"), said("records of reprinted pages")),
    "history": (said("memory of the documents made before"), said("memories of the documents made before")),
    "kept": (said("file with what the documents were made with"), said("files with what the documents were made with")),
    "workbook": (said("workbook of the event"), said("workbooks of the event")),
    "secret": (said("secret of the event"), said("secrets of the event")),
}
"""What goes, one of it and several, in the order in which it goes: the workbook and the secret last, so that a killed
run can be run again."""
_PERSONS_WORK: Final[tuple[Kind, ...]] = ("edited", "other")
_OF_SYSTEMS: Final = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
_LEFT_ASIDE: Final = (ASIDE, "~$", ".~lock.")
_DAMAGED: Final = re.compile(r"riwayat \(rusak(?: \d+)?\)\.json")


@dataclass(frozen=True, slots=True)
class Purge:
    """Rencana penghapusan: the files of an event that go, each with its kind, and whether the record is kept.

    `emptied`: folders in its two that hold no file: they are called after people, and go even where no file is left.
    """

    folders: tuple[Path, ...]
    files: tuple[tuple[Kind, Path], ...]
    keeps_record: bool
    emptied: tuple[Path, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Whether nothing of people is left."""
        return not self.files and not self.emptied

    def counts(self) -> list[tuple[Message, int]]:
        """How many files of each kind go, in words."""
        found = Counter(kind for kind, _ in self.files)
        return [(agreeing(found[kind], one, many), found[kind]) for kind, (one, many) in LABELS.items() if found[kind]]

    @property
    def somebodys_work(self) -> list[str]:
        """Where the files lie that nothing can make again: people by number, files not of kitgen by their kind."""
        found: list[str] = []
        for kind, path in self.files:
            if kind in _PERSONS_WORK:
                is_made = path.is_relative_to(self.folders[0])
                top = f"{EVENTS_FOLDER}/{self.folders[0].name}" if is_made else f"events/{self.folders[1].name}"
                below = path.relative_to(self.folders[0 if is_made else 1])
                name = below.name if kind == "edited" else f"{NAMELESS}{below.suffix}"
                found.append(without_names("/".join((top, *below.parts[:-1], name))))
        return found

    @property
    def of_people(self) -> int:
        """How many of them are somebody's work, which nothing can make again."""
        return sum(kind in _PERSONS_WORK for kind, _ in self.files)


def plan_purge(project: Project, name: str) -> Purge:
    """What a purge of an event would remove.

    Raises `KitgenError` if there is no such event, or if its folder is a link.
    """
    home = project.events_dir / name
    made = project.output_dir / EVENTS_FOLDER / safe_name(name)
    known = {*_folders(project.events_dir), *_folders(project.output_dir / EVENTS_FOLDER)}
    if name not in known:
        raise no_event(project, name, known)
    for folder in (home, made, made.parent):
        if folder.is_symlink():
            raise failure(
                said("the folder is a link, which is not followed; nothing was removed"),
                Place(project.shown(folder)),
                said("purge the event where it lies"),
            )
    found = [(_kind_made(path, made), path) for path in _files(made)]
    found += [(_kind_kept(path, home), path) for path in _files(home) if path != home / RECORD_NAME]
    order = list(LABELS)
    found.sort(key=lambda each: (order.index(each[0]), each[1]))
    keeps_record = (home / RECORD_NAME).is_file()
    emptied = [folder for folder in (made, home) if folder.is_dir() and not (folder == home and keeps_record)]
    emptied += [inner for folder in (made, home) for inner in _folders_below(folder)]
    holding = {parent for _, path in found for parent in path.parents}
    return Purge((made, home), tuple(found), keeps_record, tuple(path for path in emptied if path not in holding))


@dataclass(frozen=True, slots=True)
class Retention:
    """Masa simpan: until when the workbook says the event is to be kept (None: it says none).

    `is_unread`: it cannot be read, or what it says is no date; then nobody knows. `workbook` is what it is called.
    """

    workbook: str
    until: datetime.date | None = None
    is_unread: bool = False

    def holds(self, today: datetime.date) -> bool:
        """Whether the event is to be kept, for all that is known."""
        return self.is_unread or (self.until is not None and today < self.until)


def retention_of(project: Project, name: str) -> Retention:
    """Until when an event is to be kept. Where its workbook is gone a purge was cut off that had looked before."""
    path = project.event_file(name)
    shown = project.shown(path)
    if name not in event_names(project):
        return Retention(shown)
    found = read_identity(read_grids(path, shown, Findings()))
    if found is None:
        return Retention(shown, is_unread=True)
    return Retention(shown, found.retention, found.is_retention_unread)


def refuse_early(kept: Retention, today: datetime.date, is_archived: bool) -> None:
    """Raises `KitgenError` while an event is to be kept, or nobody knows, unless an archive holds all of it."""
    if not kept.holds(today) or is_archived:
        return
    if kept.is_unread:
        raise failure(
            said("until when the event is to be kept cannot be read; nothing was removed"),
            Place(kept.workbook),
            said("close or mend the workbook (sheet Jadwal, `Simpan data sampai`: a date, or nothing), or name an "
                 "archive that holds all of it: --archive FILE"),
        )  # fmt: skip
    assert kept.until is not None
    raise failure(
        said("the event is to be kept until {day}; nothing was removed", day=kept.until.isoformat()),
        None,
        said("wait until then, or name an archive that holds all of it: --archive FILE"),
    )


def purge(project: Project, plan: Purge, with_edited: bool = False) -> None:
    """Remove what a plan names, then the folders that became empty, and look again whether all of it is gone.

    Copies other programs were given, and what runs note of the event among themselves, go too. Raises `KitgenError`
    before anything is removed if somebody's work would go (unless `with_edited`), and afterwards with how many files
    and folders are there yet: the next run takes them.
    """
    if plan.of_people and not with_edited:
        work = counted(plan.of_people, "file is somebody's work", "files are somebody's work")
        raise failure(
            said("{work}: changed by hand, typed into, or not made by kitgen; nothing was removed", work=work),
            None,
            said("keep copies of what is still needed elsewhere, then add --with-edited"),
        )
    problems: Counter[str] = Counter()
    sweep(project.output_dir)
    sweep(project.events_dir)
    for _, path in plan.files:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            problems[error.strerror or "unknown"] += 1
    for folder in plan.folders:
        _remove_empty(folder)
    forget_intent(project.root, f"{EVENTS_FOLDER}/{plan.folders[0].name}")
    told = [
        Diagnostic(
            said("{files} could not be removed ({why})", files=counted(count, "file"), why=why),
            None,
            said("close them and run the purge again"),
        )
        for why, count in sorted(problems.items())
    ]
    told += _still_there(plan, sum(problems.values()))
    if told:
        raise KitgenError(told)


def _still_there(plan: Purge, known: int) -> Iterator[Diagnostic]:
    """What lies there yet although no removal failed: written meanwhile, or a folder some program holds open."""
    made, home = plan.folders
    record = home / RECORD_NAME
    files = sum(1 for folder in plan.folders for path in _files(folder) if path != record) - known
    if files > 0:
        told = said("{files} came while the purge ran", files=counted(files, "file"))
        yield Diagnostic(told, None, said("end what writes into the event's folders and run the purge again"))
    holding = {parent for folder in plan.folders for path in _files(folder) for parent in path.parents}
    left = [folder for folder in (made, home) if folder.is_dir()]
    left += [inner for folder in plan.folders for inner in _folders_below(folder)]
    holding |= {folder.parent for folder in left}  # what holds a folder that is left could not go either
    empty = sum(folder not in holding for folder in left)
    if empty:
        told = said("{folders} called after people or the event could not be removed", folders=counted(empty, "folder"))
        yield Diagnostic(
            told, None, said("close it in the file manager and wherever it is open, and run the purge again")
        )


def _folders(parent: Path) -> Iterator[str]:
    """The names of the folders in one; what is only a file is none."""
    if parent.is_dir():
        yield from (path.name for path in parent.iterdir() if path.is_dir())


def _files(folder: Path) -> Iterator[Path]:
    """Every file and link below a folder; what a link leads to is not looked at."""
    if folder.is_dir():
        for entry in sorted(os.scandir(folder), key=lambda each: each.name):
            if entry.is_dir(follow_symlinks=False):
                yield from _files(Path(entry.path))
            else:
                yield Path(entry.path)


def _folders_below(folder: Path) -> Iterator[Path]:
    """Every folder below one; links are none."""
    if folder.is_dir():
        for entry in sorted(os.scandir(folder), key=lambda each: each.name):
            if entry.is_dir(follow_symlinks=False):
                yield Path(entry.path)
                yield from _folders_below(Path(entry.path))


def _is_leftover(path: Path) -> bool:
    return path.name in (*_OF_SYSTEMS, UNFINISHED_NOTE, GUIDE_NAME) or path.name.startswith(_LEFT_ASIDE)


def _kind_made(path: Path, made: Path) -> Kind:
    """What a file in the event's folder of documents is, as the file itself tells."""
    if path.is_symlink():
        return "other"
    if _is_leftover(path):
        return "leftover"
    if path == made / INDEX_NAME:
        return "index"
    suffix = path.suffix.lower()
    if path == made / READ_FIRST:
        return "document" if is_page_of_ours(path) else "other"
    if suffix in SUFFIXES:
        found = find_document(path)
        if found is None or found.record is None:
            return "other"
        return "edited" if found.is_edited else "document"
    if suffix == ".pdf":
        seal = read_seal(path)
        return "other" if seal is None else "PDF" if seal.is_whole else "edited"
    return "zip" if suffix == ".zip" and is_our_bundle(path) else "other"


def _kind_kept(path: Path, home: Path) -> Kind:
    """What a file in the event's own folder is, as its name tells."""
    if path.is_symlink() or path.parent != home:
        return "other"
    if _is_leftover(path):
        return "leftover"
    if path.name in LIST_NAMES or is_copy(path.name):
        return "list"
    kinds: dict[str, Kind] = {
        "jadwal.xlsx": "workbook",
        SECRET_NAME: "secret",
        RESULTS_NAME: "result",
        MARKS_NAME: "result",
        STATION_STATS_NAME: "result",
        REPRINTS_NAME: "reprint",
        ASSIGNMENT_NAME: "kept",
        REPLACED_NAME: "kept",
        EVENT_NAME: "history",
        **dict.fromkeys(KEPT_FILES, "kept"),
    }
    if _DAMAGED.fullmatch(path.name):
        return "history"
    return kinds.get(path.name, "other")


def _remove_empty(folder: Path) -> None:
    """Remove the folders below one that hold nothing, and itself; what is no folder of ours to remove stays."""
    if not folder.is_dir():
        return
    for entry in list(os.scandir(folder)):
        if entry.is_dir(follow_symlinks=False):
            _remove_empty(Path(entry.path))
    try:
        folder.rmdir()
    except OSError:  # something is left in it, such as the record
        return
