"""What names units and criteria in the files of an edition, read from the YAML as it is written.

Nothing is checked here: a draft whose scheme has just been changed names units and criteria that are no more.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from kitgen.base.digests import digest_values
from kitgen.base.errors import Findings
from kitgen.base.messages import said
from kitgen.load.yaml.edit import REVIEW
from kitgen.load.yaml.source import Entry, open_yaml, yaml_files
from kitgen.model.origin import CriterionReference

_MARK: Final = b"\xef\xbb\xbf"
DATA_FOLDERS: Final = ("", "questions", "scenarios")
"""Where an edition's data lies, from its own folder."""


@dataclass(frozen=True, slots=True)
class Referrer:
    """Perujuk KUK: a reference with the places of its words, and its review marks.

    `key` is the key its numbers stand behind; `takes_marks`: whether it says something that a person must read again
    when its criterion is reworded. `is_complete`: the list it stands in has each criterion of the unit once. `unit` is
    where it names a unit of its own, `others` are the units it may name there (None: any).
    """

    reference: CriterionReference
    what: str
    entry: Entry
    key: str
    numbers: tuple[Entry, ...]
    marks: tuple[Entry, ...]
    takes_marks: bool = True
    is_complete: bool = False
    unit: Entry | None = None
    others: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class ReferenceFile:
    """Berkas rujukan: a file of an edition, what names units in it, and its referrers by the list they stand in."""

    path: Path
    name: str
    text: str
    units: tuple[Entry, ...]
    lists: dict[str, tuple[Referrer, ...]]
    read: "Read"

    @property
    def mark(self) -> bytes:
        """The mark at the beginning of the file, which Windows editors put there; none of the text."""
        return _MARK if self.path.read_bytes().startswith(_MARK) else b""

    def reread(self, top: Entry) -> "ReferenceFile":
        """The same file with another text."""
        units, lists = self.read(top)
        return ReferenceFile(self.path, self.name, top.source.text, tuple(units), lists, self.read)


def data_files(folder: Path) -> list[Path]:
    """The files of an edition that hold its data, in order."""
    return sorted(path for within in DATA_FOLDERS for path in yaml_files(folder / within) if path.is_file())


def read_references(folder: Path, shown: Callable[[Path], str], findings: Findings) -> list[ReferenceFile]:
    """Every file of an edition that names units or criteria; one that cannot be read as YAML is noted."""
    found: list[ReferenceFile] = []
    for path in data_files(folder):
        read = _READERS.get(path.parent.name if path.parent != folder else path.name)
        top = open_yaml(path, shown(path), findings) if read is not None else None
        if read is not None and top is not None:
            units, lists = read(top)
            found.append(ReferenceFile(path, shown(path), top.source.text, tuple(units), lists, read))
    return found


Named = tuple[list[Entry], dict[str, tuple[Referrer, ...]]]
Read = Callable[[Entry], Named]


def _questions(top: Entry) -> Named:
    unit = top.get("unit")
    referrers = [
        _many(item, said("question {id}", id=item.peek("id")), item.peek("id"), _text(unit))
        for item in top.child("questions")
    ]
    return [unit], {f"questions {each.reference.name}": (each,) for each in referrers}


def _scenario(top: Entry) -> Named:
    id = top.peek("id")
    codes = top.child("units")
    others = tuple(_text(code) for code in codes)
    only = others[0] if len(others) == 1 else ""
    cues = tuple(
        _placed(
            _one(
                item,
                said("cue {criterion} of scenario {id}", criterion=item.peek("criterion"), id=id),
                only,
                complete=True,
            ),
            others,
        )
        for item in top.child("cues")
    )
    asked = top.get("assessor").child("follow_up_questions")
    follow_ups = tuple(
        _placed(_one(item, said("follow-up question of scenario {id}", id=id), only), others) for item in asked
    )
    marked = [mark for each in top.child("calibration") for mark in each.child("marks")]
    keys = tuple(
        _placed(_one(item, said("calibration mark of scenario {id}", id=id), only, marked=False), others)
        for item in marked
    )
    units = [*codes, *(item.get("unit") for item in (*top.child("cues"), *asked, *marked))]
    return units, {f"cues {id}": cues, f"follow-up questions {id}": follow_ups, f"calibration {id}": keys}


def _tasks(top: Entry) -> Named:
    units = [part.get("unit") for task in top.child("tasks") for part in task.child("parts")]
    lists: dict[str, tuple[Referrer, ...]] = {}
    for activity in top.child("activities"):
        id, aspects = activity.peek("id"), activity.child("aspects")
        units += [aspect.get("unit") for aspect in aspects]
        lists[f"aspects {id}"] = tuple(
            _placed(_many(item, said("aspect of activity {id}", id=id), "", _text(item.get("unit"))))
            for item in aspects
        )
    return units, lists


def _methods(top: Entry) -> Named:
    return _by_unit(top, "methods", "method")


def _stations(top: Entry) -> Named:
    return _by_unit(top, "stations", "feedback")


def _by_unit(top: Entry, name: str, what: str) -> Named:
    """A file with a row for each criterion of each unit, which says nothing a rewording could make untrue."""
    units: list[Entry] = []
    rows: list[Referrer] = []
    for item in top.child("units"):
        unit = item.get("unit")
        units.append(unit)
        rows += [
            _one(
                each,
                said("{what} of KUK {criterion}", what=what, criterion=each.peek("criterion")),
                _text(unit),
                complete=True,
                marked=False,
            )
            for each in item.child("criteria")
        ]
    return units, {name: tuple(rows)}


def _rulings(top: Entry) -> Named:
    rulings = top.child("rulings")
    rows = tuple(
        _referrer(item, f"ruling on KUK {item.peek('number')}", "", item.peek("unit"), "number", (item.get("number"),))
        for item in rulings
    )
    return [item.get("unit") for item in rulings], {"rulings": tuple(replace(each, takes_marks=False) for each in rows)}


def _papers(top: Entry) -> Named:
    return [item.get("kit") for item in top.child("papers")], {}


def _scheme(top: Entry) -> Named:
    return [code for cluster in top.child("clusters") for code in cluster.child("units")], {}


_READERS: Final[dict[str, Read]] = {
    "questions": _questions,
    "scenarios": _scenario,
    "tasks.yaml": _tasks,
    "methods.yaml": _methods,
    "stations.yaml": _stations,
    "papers.yaml": _papers,
    "padanan.yaml": _rulings,
    "scheme.yaml": _scheme,
}


def _many(item: Entry, what: str, name: str, unit: str) -> Referrer:
    numbers = tuple(item.child("criteria"))
    return _referrer(item, what, name, unit, "criteria", numbers)


def _one(item: Entry, what: str, unit: str, complete: bool = False, marked: bool = True) -> Referrer:
    number = item.get("criterion")
    code = item.peek("unit") or unit
    found = _referrer(item, what, "", code, "criterion", () if number.is_empty else (number,))
    return replace(found, takes_marks=marked, is_complete=complete)


def _placed(referrer: Referrer, others: tuple[str, ...] | None = None) -> Referrer:
    """A referrer that may name another unit, if it names one at all."""
    unit = referrer.entry.get("unit")
    return referrer if unit.is_empty else replace(referrer, unit=unit, others=others)


def _referrer(item: Entry, what: str, name: str, unit: str, key: str, numbers: tuple[Entry, ...]) -> Referrer:
    content = digest_values(item.plain(("unit", key, REVIEW)))[:12]
    reference = CriterionReference(name, unit, tuple(_text(each) for each in numbers), content)
    return Referrer(reference, what, item, key, numbers, tuple(item.child(REVIEW)))


def _text(entry: Entry) -> str:
    return " ".join((entry.peek_text() or "").split())


def references_of(files: Iterable[ReferenceFile]) -> dict[str, tuple[CriterionReference, ...]]:
    """The references of all files, by the list they stand in."""
    return {
        name: tuple(each.reference for each in referrers)
        for file in files
        for name, referrers in file.lists.items()
        if referrers
    }
