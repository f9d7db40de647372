"""What changed and where, for people: data by what the model says they mean, places on pages by words. Pure.

As English text both are what they always were: names of the data, and the places of a text dump.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from kitgen.base.messages import NOTHING, Message, joined, meaning, said
from kitgen.kits.vocabulary import Word, vocabulary

_ITEMS: Final = {
    "units": said("unit {id}"), "elements": said("element {id}"), "criteria": said("criterion (KUK) {id}"),
    "clusters": said("cluster {id}"), "questions": said("question {id}"), "options": said("option {id}"),
    "participants": said("candidate {id}"), "tasks": said("task {id}"), "parts": said("part {id}"),
    "cues": said("cue {id}"), "activities": said("activity {id}"), "assessors": said("assessor {id}"),
    "documents": said("form {id}"), "signatures": said("form {id}"),
}  # fmt: skip
"""What an item of a list is called."""
_REST: Final = re.compile(r"[;:,(]|(?: dokumen| perangkat)? ini\b")
"""Where what a fact is called ends, and more about it begins."""
_CELL: Final = re.compile(r"(?:(\S+) )?table (\d+), row (\d+), cell (\d+)")
_PARAGRAPH: Final = re.compile(r"(?:(\S+) )?paragraph (\d+)")
_SHEET: Final = re.compile(r"sheet (.*), cell ([A-Z]+\d+)")
_AROUND: Final = re.compile(r"(header|footer)(\d+)")


def steps_in_words(steps: Sequence[str], shown: Collection[int]) -> Message:
    """Steps to a branch of the data, those `shown` of them: `unit 008, title` is told as `unit 008, judul unit`."""
    return joined(", ", list(_steps(steps, shown)))


def criterion_text(unit: str, number: str) -> Message:
    """The text of a KUK, which has a name of its own."""
    return said("unit {unit}, criterion (KUK) {number}, text", unit=unit, number=number)


def _steps(steps: Sequence[str], shown: Collection[int]) -> Iterator[Message]:
    words: Mapping[str, Word] = vocabulary()
    told = NOTHING
    for number, step in enumerate(steps):
        if step.startswith("#"):
            if number in shown:
                yield _item(steps[number - 1] if number else "", step[1:], told)
            continue
        word = words.get(step)
        told = meaning(step, _REST.split(word.help)[0].strip() or step) if word is not None else meaning(step, step)
        words = word.below if word is not None else {}
        is_of_item = number + 1 < len(steps) and steps[number + 1].startswith("#")
        if number in shown and not is_of_item:
            yield told


def _item(of: str, id: str, told: Message) -> Message:
    if of in _ITEMS:
        return _ITEMS[of].about(id=id)
    return joined(" ", (told, id))


def place_in_words(spot: str) -> Message:
    """A place of a text dump: `table 2, row 3, cell 1` is told as `tabel 2, baris 3, sel 1`; any other as it is."""
    if found := _CELL.fullmatch(spot):
        told = said("table {table}, row {row}, cell {cell}", table=found[2], row=found[3], cell=found[4])
        return _within(found[1], told)
    if found := _PARAGRAPH.fullmatch(spot):
        return _within(found[1], said("paragraph {number}", number=found[2]))
    if found := _SHEET.fullmatch(spot):
        return said("sheet {name}, cell {cell}", name=found[1], cell=found[2])
    return joined("", (spot,))


def _within(part: str | None, told: Message) -> Message:
    if not part:
        return told
    found = _AROUND.fullmatch(part)
    if found is None:
        return joined(" ", (part, told))
    name = said("header{number}", number=found[2]) if found[1] == "header" else said("footer{number}", number=found[2])
    return joined(" ", (name, told))
