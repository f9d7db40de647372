"""What two states of a document say differently: read from their text dumps, line by line. Pure."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kitgen.base.messages import Message, said


class DumpLine(NamedTuple):
    """Baris teks: one line of a text dump: a paragraph or cell, where it stands and what it says."""

    spot: str
    text: str

    def __str__(self) -> str:
        return f"{self.spot}: {self.text}" if self.text else f"{self.spot}:"


@dataclass(frozen=True, slots=True)
class Difference:
    """A place of a document that says something else: `old` empty where it is new, `new` empty where it went."""

    spot: str
    old: str
    new: str

    @property
    def words(self) -> Message:
        """Old and new text."""
        if not self.old:
            return said('new "{text}"', text=self.new)
        if not self.new:
            return said('gone "{text}"', text=self.old)
        return said('"{old}" -> "{new}"', old=self.old, new=self.new)

    def __str__(self) -> str:
        return f"{self.spot}: {self.words}"


def focused(old: str, new: str, around: int = 40) -> tuple[str, str]:
    """Two long texts cut to where they differ, with up to `around` signs on each side; `…` for what is left out."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    before, after = max(0, start - around), max(0, end - around)
    if before + after <= around:
        return old, new
    cut = [text[before : len(text) - after] for text in (old, new)]
    told = ["…" * (before > 0) + text + "…" * (after > 0) for text in cut]
    return told[0], told[1]


def counterparts(old: Sequence[DumpLine], new: Sequence[DumpLine]) -> dict[int, int]:
    """Which line of `new` stands in the place of which line of `old`, by number; lines with none are left out."""
    matcher = difflib.SequenceMatcher(None, [line.text for line in old], [line.text for line in new], autojunk=False)
    return {
        old_from + step: new_from + step
        for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes()
        if kind == "equal" or old_to - old_from == new_to - new_from
        for step in range(old_to - old_from)
    }


def differences(old: Sequence[DumpLine], new: Sequence[DumpLine]) -> list[Difference]:
    """Where `new` differs from `old`; places are those of `new`, or of `old` for what is gone."""
    found: list[Difference] = []
    same = 0
    while same < min(len(old), len(new)) and old[same].text == new[same].text:
        same += 1
    old, new = old[same:], new[same:]
    tail = 0
    while tail < min(len(old), len(new)) and old[-1 - tail].text == new[-1 - tail].text:
        tail += 1
    old, new = old[: len(old) - tail], new[: len(new) - tail]
    matcher = difflib.SequenceMatcher(None, [line.text for line in old], [line.text for line in new], autojunk=False)
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if kind == "equal":
            continue
        before, after = old[old_from:old_to], new[new_from:new_to]
        for index in range(max(len(before), len(after))):
            was = before[index] if index < len(before) else None
            now = after[index] if index < len(after) else None
            spot = (now or was or DumpLine("", "")).spot
            difference = Difference(spot, was.text if was else "", now.text if now else "")
            if difference.old or difference.new:
                found.append(difference)
    return found


def folded(text: str) -> str:
    """Letters and digits alone, to find what a template may print in capitals or in groups."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())
