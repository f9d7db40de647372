"""What kitgen remembers of the documents it made: serials with the branches of what each was given. No text is kept.

A history lies outside of `output/`, which can be made again: `riwayat/<slug>/<edition>.json`, for an event in its own
folder. Without it nothing goes wrong; only reasons and printed codes of former documents are not known any more.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from heapq import merge
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Final, TypeVar

from kitgen.base.digests import Fingerprint, Serial, WordsDigest
from kitgen.base.errors import Diagnostic, Place, failure
from kitgen.base.messages import said
from kitgen.base.project import Project
from kitgen.documents.disk.branches import Nodes, Shapes, line_of, line_of_node, node_of
from kitgen.documents.disk.files import free_beside, move_file, write_pieces
from kitgen.kits.plan import PlannedDocument
from kitgen.load.json_file import parse_json, refuse_later
from kitgen.load.regular import read_regular
from kitgen.model.forms import EVENTS_FOLDER

Thing = TypeVar("Thing")
FORMAT: Final = 1
EVENT_NAME: Final = "riwayat.json"
DAMAGED: Final = "rusak"
"""Stands in the name of a damaged history that was kept."""


@dataclass(frozen=True, slots=True)
class Made:
    """Dokumen yang pernah dibuat: what is known of one; `words` is the digest of its words.

    Both digests are hidden under the secret of an event (`Provenance.hidden`).
    """

    form: str
    fingerprint: Fingerprint
    words: WordsDigest


@dataclass(slots=True)
class History:
    """Riwayat: what was made in one folder of `output/`, by serial and document, and the branches of what it was given.

    Documents are named as `told_as` names them, without any person's name.
    """

    made: dict[tuple[Serial, str], Made] = field(default_factory=dict)
    nodes: Nodes = field(default_factory=dict)
    is_damaged: bool = False
    """Whether there is one that says nothing any more; it is kept aside before another is written."""

    def with_serial(self, serial: Serial) -> dict[str, Made]:
        """The documents that had this serial, by name."""
        return {document: each for (known, document), each in self.made.items() if known == serial}


def told_as(planned: PlannedDocument) -> str:
    """What a document is remembered by, where no person may be named: its path by number and code, whatever its file
    is called; in an event its form and people's numbers."""
    if planned.kit.event is None:
        return planned.plain_path
    words = [planned.form.code]
    if planned.paper is not None:
        booklet = f" KP {planned.paper.cluster}" if planned.paper.cluster else ""
        words.append(f"paket {planned.paper.letter}{booklet}")
    words += [planned.scenario.id] if planned.scenario is not None else []
    words += [f"asesi {planned.candidate.number}"] if planned.candidate is not None else []
    words += [f"asesor {planned.assessor.number}"] if planned.assessor is not None else []
    words += [f"pemeran {planned.actor.number}"] if planned.actor is not None else []
    words += [planned.reserve.label.lower()] if planned.reserve is not None else []
    return ", ".join(words)


def history_file(project: Project, folder: str) -> Path:
    """Where the history of a folder (relative to `output/`) lies; that of an event beside its workbook."""
    head, _, name = folder.partition("/")
    if head == EVENTS_FOLDER:
        return project.events_dir / name / EVENT_NAME
    return project.histories_dir / f"{folder}.json"


def folders_with_history(project: Project) -> list[str]:
    """The folders of `output/` something is remembered of."""
    found = project.histories_dir.glob("*/*.json")
    editions = sorted(path for path in found if f"({DAMAGED}" not in path.stem and not path.name.startswith("."))
    events = sorted(project.events_dir.glob(f"*/{EVENT_NAME}"))
    return [f"{path.parent.name}/{path.stem}" for path in editions] + [
        f"{EVENTS_FOLDER}/{path.parent.name}" for path in events
    ]


def read_history(project: Project, folder: str) -> History:
    """The history of a folder; empty if there is none or it is damaged.

    Raises `KitgenError` for one of a later kitgen, which knows what this one would forget, and for one that is there
    and cannot be opened.
    """
    path = history_file(project, folder)
    try:
        text = read_regular(path)
    except (FileNotFoundError, NotADirectoryError):
        return History()
    except OSError as error:
        advice = said("close it in the program that has it open and check the rights, then run again")
        raise failure(
            said("history cannot be read ({strerror})", strerror=error.strerror), Place(project.shown(path)), advice
        ) from error
    try:
        content = parse_json(text.decode())
        line_of(content).encode()  # half a sign, which JSON can spell, could not be written again
        refuse_later(content["format"], FORMAT, project.shown(path), said("history"))
        made: dict[tuple[Serial, str], Made] = {}
        for name, entry in content["made"].items():
            serial, _, document = name.partition(" ")
            form, fingerprint, words = map(str, entry)
            made[Serial(serial), document] = Made(form, Fingerprint(fingerprint), WordsDigest(words))
        shapes: Shapes = {}
        nodes = {
            str(name): node_of({str(key): str(value) for key, value in node.items()}, shapes)
            for name, node in content["nodes"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError):
        return History(is_damaged=True)
    return History(made, nodes)


def write_history(
    project: Project,
    folder: str,
    made: Mapping[str, Thing],
    told: Callable[[Thing], Made],
    nodes: Nodes,
    more: Callable[[], Iterable[tuple[str, str]]] = tuple,
) -> list[Diagnostic]:
    """Add what a run makes to the history of its folder, by `name_of`; what is known stays.

    `told` is asked what is to be remembered of each document when that is written.
    `more` gives further nodes as the lines they are kept as, sorted by name; of one name the last counts.

    A damaged history is kept beside the new one, and told. Raises `KitgenError` as `read_history` does, and if the disk
    refuses.
    """
    old = read_history(project, folder)
    path = history_file(project, folder)
    warnings = [_kept(project, path)] if old.is_damaged else []
    known = {name_of(*name): each for name, each in old.made.items()}
    names = sorted(known.keys() | made.keys() if known else made)
    branches = sorted(old.nodes.keys() | nodes.keys())

    def lines() -> Iterator[tuple[str, str]]:
        ours = ((branch, line_of_node(nodes.get(branch) or old.nodes[branch])) for branch in branches)
        for _, same in groupby(merge(ours, more(), key=itemgetter(0)), itemgetter(0)):
            *_, last = same
            yield last

    def pieces() -> Iterator[str]:
        yield f'{{"format": {FORMAT},\n "made": {{\n'
        for number, name in enumerate(names):
            each = told(made[name]) if name in made else known[name]
            entry = line_of([each.form, each.fingerprint, each.words])
            yield f"{',' * bool(number)}{chr(10) * bool(number)}  {line_of(name)}: {entry}"
        yield '\n },\n "nodes": {\n'
        for number, (branch, line) in enumerate(lines()):
            yield f"{',' * bool(number)}{chr(10) * bool(number)}  {line_of(branch)}: {line}"
        yield "\n }}\n"

    write_pieces(path, pieces)
    return warnings


def name_of(serial: Serial, document: str) -> str:
    """What a document is called in the history: by its serial, and what it is remembered by."""
    return f"{serial} {document}"


def _kept(project: Project, path: Path) -> Diagnostic:
    aside = free_beside(path, DAMAGED)
    move_file(path, aside)
    return Diagnostic(
        said("history is damaged: what was made before is not known"),
        Place(project.shown(path)),
        said("it is kept as `{name}`; put a sound copy in its place, if there is one", name=aside.name),
        "warning",
    )
