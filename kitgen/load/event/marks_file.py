"""The marks of single criteria of an event, `events/<name>/tanda.json`: read with distrust, spelled one way."""

from dataclasses import asdict
from pathlib import Path
from typing import Any, Final, TypeVar

from kitgen.base.errors import Place, failure
from kitgen.base.messages import said
from kitgen.load.json_file import json_text, read_json
from kitgen.model.marks import MARKS, CalibrationCount, EventMarks, StationMark

MARKS_NAME: Final = "tanda.json"
STATION_STATS_NAME: Final = "statistik-stasiun.xlsx"
"""Beside the marks: what they say of single assessors and actors, personal data like them."""
_FORMAT: Final = 1
_AGAIN: Final = said("delete it and read the workbooks again: `kitgen event results NAME`")
Entry = TypeVar("Entry", StationMark, CalibrationCount)


def load_marks(path: Path, name: str) -> EventMarks:
    """The recorded marks; none if there is no such file.

    Raises `KitgenError` if it cannot be read, is of a later kitgen, or says what no kitgen writes.
    """
    data = read_json(path, name, _FORMAT, _AGAIN, said("record of marks"))
    if data is None:
        return EventMarks()
    marks = _entries(data.get("marks"), StationMark)
    calibration = _entries(data.get("calibration"), CalibrationCount)
    if marks is None or calibration is None or not all(_is_sound(each) for each in marks):
        raise failure(said("record of marks is damaged"), Place(name), _AGAIN)
    return EventMarks(marks, calibration)


def _entries(written: object, kind: type[Entry]) -> tuple[Entry, ...] | None:
    if not isinstance(written, list):
        return None
    found: list[Entry] = []
    for entry in written:
        try:
            values: dict[str, Any] = {**entry}
            if "actors" in values:
                values["actors"] = tuple(int(each) for each in values["actors"])
            found.append(kind(**values))
        except (TypeError, ValueError):
            return None
        if any(not isinstance(value, (int, str, tuple)) for value in values.values()):
            return None
    return tuple(found)


def _is_sound(mark: StationMark) -> bool:
    return {mark.first, mark.second, mark.ruling} <= {"", *MARKS} and isinstance(mark.candidate, int)


def marks_text(known: EventMarks) -> str:
    """The whole file; equal marks, equal text."""
    return json_text({"format": _FORMAT, "marks": [asdict(each) for each in known.marks],
                      "calibration": [asdict(each) for each in known.calibration]})  # fmt: skip
