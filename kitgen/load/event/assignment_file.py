"""What each candidate was given when their event was delivered, `events/<name>/penugasan.json`: numbers only, no names.

It stays theirs as long as it is in use: neither another kitgen nor a late change gives them another paper or scenario.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from kitgen.base.errors import Place, failure
from kitgen.base.messages import said
from kitgen.load.event.handover_record import RECORD_NAME
from kitgen.load.json_file import json_text, read_json
from kitgen.model.event import RecordedAssignment

ASSIGNMENT_NAME: Final = "penugasan.json"
FORMAT: Final = 1
_AGAIN: Final = said("put the file back from a copy: it says which paper and scenarios each candidate was handed")


def is_delivered(workbook: Path) -> bool:
    """Whether something of the event of this workbook was handed over."""
    return workbook.with_name(RECORD_NAME).is_file()


def load_assignments(path: Path, name: str) -> dict[int, RecordedAssignment]:
    """The recorded assignments by number; none if there is no such file.

    Raises `KitgenError` if it cannot be read, is of a later kitgen, or says what no kitgen writes.
    """
    data = read_json(path, name, FORMAT, _AGAIN, said("record of assignments"))
    if data is None:
        return {}
    entries = data.get("candidates")
    found: dict[int, RecordedAssignment] = {}
    for number, entry in entries.items() if isinstance(entries, dict) else ():
        is_sound = isinstance(entry, dict) and set(entry) == {"paper", "scenarios"}
        ids = entry["scenarios"] if is_sound else None
        if not (
            is_sound
            and number.isascii()
            and number.isdecimal()
            and isinstance(entry["paper"], str)
            and isinstance(ids, list)
            and all(isinstance(id, str) for id in ids)
        ):
            raise failure(said("record of assignments is damaged"), Place(name), _AGAIN)
        found[int(number)] = RecordedAssignment(entry["paper"], tuple(ids))
    if not isinstance(entries, dict):
        raise failure(said("record of assignments is damaged"), Place(name), _AGAIN)
    return found


def assignments_text(assignments: Mapping[int, RecordedAssignment]) -> str:
    """The whole file, candidates by number; equal assignments, equal text."""
    entries = {
        str(number): {"paper": each.paper, "scenarios": list(each.scenarios)}
        for number, each in sorted(assignments.items())
    }
    return json_text({"format": FORMAT, "candidates": entries})
