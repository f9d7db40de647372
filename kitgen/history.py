"""What kitgen remembers of the documents it made: serials with the branches of what each was given. No text is kept.

A history lies outside of `output/`, which can be made again: `riwayat/<slug>/<edition>.json`, for an event in its own
folder. Without it nothing goes wrong; only reasons and printed codes of former documents are not known any more.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kitgen.errors import Place, failure
from kitgen.model.forms import EVENTS_FOLDER
from kitgen.origins import Nodes
from kitgen.output import write_whole
from kitgen.plan import PlannedDocument
from kitgen.project import Project

FORMAT: Final = 1
FOLDER: Final = "riwayat"
EVENT_NAME: Final = "riwayat.json"


@dataclass(frozen=True, slots=True)
class Made:
    """Dokumen yang pernah dibuat: what is known of one; `words` is the digest of its words.

    Both digests are hidden under the secret of an event (`Origins.hidden`).
    """

    form: str
    fingerprint: str
    words: str


@dataclass(slots=True)
class History:
    """Riwayat: what was made in one folder of `output/`, by serial and document, and the branches of what it was given.

    Documents are named as `told_as` names them, without any person's name.
    """

    made: dict[tuple[str, str], Made] = field(default_factory=dict)
    nodes: Nodes = field(default_factory=dict)

    def with_serial(self, serial: str) -> dict[str, Made]:
        """The documents that had this serial, by name."""
        return {document: each for (known, document), each in self.made.items() if known == serial}


def told_as(planned: PlannedDocument) -> str:
    """What a document is called where no person may be named: its path, in an event its form and people's numbers."""
    if planned.kit.event is None:
        return planned.path
    words = [planned.form.code]
    words += [f"paket {planned.paper.letter}"] if planned.paper is not None else []
    words += [planned.scenario.id] if planned.scenario is not None else []
    words += [f"asesi {planned.candidate.number}"] if planned.candidate is not None else []
    words += [f"asesor {planned.assessor.number}"] if planned.assessor is not None else []
    return ", ".join(words)


def history_file(project: Project, folder: str) -> Path:
    """Where the history of a folder (relative to `output/`) lies; that of an event beside its workbook."""
    head, _, name = folder.partition("/")
    if head == EVENTS_FOLDER:
        return project.events_dir / name / EVENT_NAME
    return project.root / FOLDER / f"{folder}.json"


def folders_with_history(project: Project) -> list[str]:
    """The folders of `output/` something is remembered of."""
    editions = sorted((project.root / FOLDER).glob("*/*.json"))
    events = sorted(project.events_dir.glob(f"*/{EVENT_NAME}"))
    return [f"{path.parent.name}/{path.stem}" for path in editions] + [
        f"{EVENTS_FOLDER}/{path.parent.name}" for path in events
    ]


def read_history(project: Project, folder: str) -> History:
    """The history of a folder; empty if there is none or it is damaged.

    Raises `KitgenError` for one of a later kitgen: this one would forget what it does not know.
    """
    path = history_file(project, folder)
    try:
        content = json.loads(path.read_text("utf-8"))
        version = content["format"]
        if isinstance(version, int) and version > FORMAT:
            raise failure(
                f"history was written by a later kitgen (format {version}, this one knows {FORMAT})",
                Place(project.shown(path)), "update kitgen: `pip install --upgrade kitgen`",
            )  # fmt: skip
        made: dict[tuple[str, str], Made] = {}
        for name, entry in content["made"].items():
            serial, _, document = name.partition(" ")
            made[serial, document] = Made(*map(str, entry))
        nodes = {
            str(name): {str(key): str(value) for key, value in node.items()} for name, node in content["nodes"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return History()
    return History(made, nodes)


def write_history(project: Project, folder: str, made: Mapping[tuple[str, str], Made], nodes: Nodes) -> None:
    """Add what a run makes to the history of its folder; what is known stays."""
    old = read_history(project, folder)
    everything = sorted({**old.made, **made}.items())
    entries = {" ".join(name): [each.form, each.fingerprint, each.words] for name, each in everything}
    branches = dict(sorted({**old.nodes, **nodes}.items()))
    lines = ",\n".join(f"  {_line(name)}: {_line(value)}" for name, value in entries.items())
    more = ",\n".join(f"  {_line(name)}: {_line(value)}" for name, value in branches.items())
    text = f'{{"format": {FORMAT},\n "made": {{\n{lines}\n }},\n "nodes": {{\n{more}\n }}}}\n'
    path = history_file(project, folder)
    if not path.is_file() or path.read_bytes() != text.encode():
        write_whole(path, text.encode())


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
