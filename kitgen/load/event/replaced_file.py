"""The papers an event replaced, `events/<name>/paket-pengganti.json`: letters and reasons, no questions, no names."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kitgen.base.errors import Place, failure
from kitgen.base.messages import said
from kitgen.load.json_file import json_text, read_json

REPLACED_NAME: Final = "paket-pengganti.json"
REASONS: Final = ("bocor", "rusak")
FORMAT: Final = 1
_AGAIN: Final = said("put the file back from a copy: without it the papers in people's hands cannot be told")


@dataclass(frozen=True, slots=True)
class ReplacedPaper:
    """Paket yang diganti: its letter, and why: it leaked or was spoiled."""

    letter: str
    reason: str


def load_replaced(path: Path, name: str) -> tuple[ReplacedPaper, ...]:
    """The papers an event replaced, in order; none if there is no such file.

    Raises `KitgenError` if it cannot be read, is of a later kitgen, or says what no kitgen writes.
    """
    data = read_json(path, name, FORMAT, _AGAIN, said("record of replaced papers"))
    if data is None:
        return ()
    entries = data.get("replaced")
    found: list[ReplacedPaper] = []
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict) and isinstance(entry.get("letter"), str) and entry.get("reason") in REASONS:
            found.append(ReplacedPaper(entry["letter"], entry["reason"]))
    if not isinstance(entries, list) or len(found) != len(entries):
        raise failure(said("record of replaced papers is damaged"), Place(name), _AGAIN)
    return tuple(found)


def replaced_text(replaced: Sequence[ReplacedPaper]) -> str:
    """The whole file, in order."""
    return json_text(
        {"format": FORMAT, "replaced": [{"letter": each.letter, "reason": each.reason} for each in replaced]}
    )
