"""The results of an event, `events/<name>/hasil.json`: read with distrust, spelled one way."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from kitgen.base.errors import Place, failure
from kitgen.base.messages import said
from kitgen.load.json_file import json_text, read_json
from kitgen.model.results import COMPETENT, FORMAT, NOT_COMPETENT, CandidateResult
from kitgen.model.states import WORDS

RESULTS_NAME: Final = "hasil.json"
_MARKS: Final = (COMPETENT, NOT_COMPETENT)
_KEYS: Final = {"candidate", "units", "decision", "note", "tag"}
_AGAIN: Final = said("delete it and read the recap again: `kitgen event results NAME`")


def load_results(path: Path, name: str) -> dict[int, CandidateResult]:
    """The recorded results by the number of the candidate; none if there is no such file.

    Raises `KitgenError` if it cannot be read, is of a later kitgen, or says what no kitgen writes.
    """
    data = read_json(path, name, FORMAT, _AGAIN, said("record of results"))
    if data is None:
        return {}
    entries = data.get("results")
    if not isinstance(entries, list):
        raise failure(said("record of results is damaged"), Place(name), _AGAIN)
    found: dict[int, CandidateResult] = {}
    for number, entry in enumerate(entries, 1):
        result = _result(entry)
        if result is None or result.candidate in found:
            raise failure(
                said("record of results is damaged"), Place(name, spot=said("result {number}", number=number)), _AGAIN
            )
        found[result.candidate] = result
    return found


def _result(entry: object) -> CandidateResult | None:
    """One entry, or None if it is not as kitgen writes it."""
    if not isinstance(entry, dict) or {*entry, "tag"} - {"state"} != _KEYS:
        return None
    candidate, units, decision, note = (entry[key] for key in ("candidate", "units", "decision", "note"))
    tag, state = entry.get("tag", ""), entry.get("state", "")
    is_sound = (
        isinstance(candidate, int)
        and not isinstance(candidate, bool)
        and _are_marks(units)
        and decision in ("", *_MARKS)
        and isinstance(note, str)
        and isinstance(tag, str)
        and state in ("", *WORDS)
    )
    return CandidateResult(candidate, units, decision, note, state, tag) if is_sound else None


def _are_marks(units: Any) -> bool:
    return isinstance(units, Mapping) and all(mark in _MARKS for mark in units.values())


def results_text(results: Iterable[CandidateResult]) -> str:
    """The whole file, candidates by number; equal results, equal text."""
    entries = [
        {key: value for key, value in asdict(each).items() if key != "state" or value}
        for each in sorted(results, key=lambda each: each.candidate)
    ]
    return json_text({"format": FORMAT, "results": entries})
