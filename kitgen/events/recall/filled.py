"""Whether pages differ only in blanks that were filled since: what people write by hand is no misprint. Pure."""

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from kitgen.base.line_diff import DumpLine
from kitgen.documents.disk.branches import Branch
from kitgen.documents.status.why import Pages, with_serial
from kitgen.events.recall.causes import is_afterwards, is_listed_afterwards, is_when
from kitgen.model.forms import Form

_GAP: Final = re.compile(r"(?:\.{3,}|_{3,}|…+|→)+\s*")
"""Room to write, as a dump shows it: dots, a line, or a tab with a leader."""
_CELL: Final = re.compile(r"(sheet .*), cell [A-Z]+(\d+)")
_BOXES: Final = {"☐": "[☐☒☑]"}
_MARKS: Final = re.compile(r"\*\*|~~|\(over \d+ columns\)")


def is_good_as_filled(was: Pages, now: Pages, branches: Sequence[Branch], outcomes: Collection[str] = ()) -> bool:
    """Whether pages are good though others would be made now, which have blanks of theirs filled.

    `branches` are the data behind the change, empty where nothing is known of them; `outcomes` the forms that
    results bring about: a list of forms is good without them.
    """
    rest = [branch for branch in branches if not is_listed_afterwards(branch, outcomes)]
    if branches and all(is_afterwards(branch) and branch.what == "filled" for branch in rest):
        return True
    if was.lines is None or now.lines is None:
        return False
    decided = bool(branches) and all(is_afterwards(branch) for branch in branches)
    return is_only_filled(with_serial(was.lines, was.serial, now.serial), now.lines, decided)


def outcomes_of(forms: Iterable[Form]) -> frozenset[str]:
    """The codes of the forms that are made only once it is known what became of a candidate."""
    return frozenset(form.code for form in forms if form.made_for)


def spots_filled(was: Pages, now: Pages, branches: Sequence[Branch]) -> frozenset[str]:
    """Where blanks were filled on pages on which more changed; none where rows came or went: then nobody can tell."""
    if was.lines is None or now.lines is None:
        return frozenset()
    decided = bool(branches) and all(is_afterwards(branch) or is_when(branch) for branch in branches)
    differing = _differing(with_serial(was.lines, was.serial, now.serial), now.lines)
    return frozenset(spot for spot, (old, new) in differing.items() if is_filled(old, new, decided))


def is_only_filled(old: Sequence[DumpLine], new: Sequence[DumpLine], with_ticks: bool) -> bool:
    """Whether every line that differs is a blank that was filled; a row more or less is none.

    `with_ticks`: a box that was ticked, a choice that was struck out counts as one, too: only where it is known that
    what changed is what a person decides on paper. A plan that changed ticks boxes as well, and that is a misprint.
    """
    differing = _differing(old, new)
    return bool(differing) and all(is_filled(was, now, with_ticks) for was, now in differing.values())


def _differing(old: Sequence[DumpLine], new: Sequence[DumpLine]) -> dict[str, tuple[str, str]]:
    """The lines that differ, by spot, of pages of the same rows and paragraphs; none of others."""
    before = {line.spot: line.text for line in old}
    rows = {_row_of(line.spot) for line in old}
    known = [line.spot for line in new if line.spot in before or _row_of(line.spot) not in rows]
    if [line.spot for line in old] != known:
        return {}
    pairs = {line.spot: (before.get(line.spot, ""), line.text) for line in new}
    return {spot: (was, now) for spot, (was, now) in pairs.items() if was != now}


def _row_of(spot: str) -> tuple[str, str]:
    """Sheet and row of a cell of a workbook, whose dump leaves empty cells out; of all else the spot itself."""
    found = _CELL.fullmatch(spot)
    return (found[1], found[2]) if found is not None else (spot, "")


def is_filled(old: str, new: str, with_ticks: bool) -> bool:
    """Whether `new` is `old` with its gaps filled: an empty cell, dots, a line, the room behind a colon."""
    if not with_ticks and "~~" in new and "~~" not in old:
        return False
    was, now = (" ".join(_MARKS.sub("", text).split()) for text in (old, new))
    if was == now:
        return with_ticks
    if not was:
        return True
    pattern, at, has_room = "", 0, False
    for gap in _GAP.finditer(was):
        pattern += _spelled(was[at : gap.start()].rstrip(), with_ticks) + r"\s*.*?\s*"
        at, has_room = gap.end(), True
    pattern += _spelled(was[at:], with_ticks)
    if was.endswith(":"):
        pattern, has_room = pattern + ".*", True
    return (has_room or (with_ticks and "☐" in was)) and re.fullmatch(pattern, now, re.DOTALL) is not None


def _spelled(text: str, with_ticks: bool) -> str:
    return "".join(_BOXES.get(letter, re.escape(letter)) if with_ticks else re.escape(letter) for letter in text)
