"""Small changes in the text of a YAML file that leave every other letter of it, comments and order included."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kitgen.load.yaml_source import Entry
from kitgen.load.yaml_text import quoted, quoted_list

REVIEW: Final = "review"


@dataclass(frozen=True, slots=True)
class Edit:
    """Suntingan: the letters from `start` to `end` of a text, and what stands there instead."""

    start: int
    end: int
    text: str


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits made; places are those of the text before. Equal edits are made once."""
    for edit in sorted(set(edits), key=lambda each: (each.start, each.end), reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def retext(entry: Entry, new: str) -> Edit:
    """Another text in the place of a scalar, in quotes."""
    start, end = entry.span
    single = entry.source.text[start : start + 1] == "'" and "'" not in new
    return Edit(start, end, f"'{new}'" if single else quoted(new))


def add_marks(entry: Entry, after: str, marks: Sequence[str]) -> Edit:
    """Review marks in a mapping: behind those it has, else in a new key before the one that follows `after`."""
    text = entry.source.text
    starts = entry.key_starts()
    eol = "\r\n" if "\r\n" in text else "\n"
    items = entry.child(REVIEW)
    if items:
        start = items[0].span[0]
        if entry.get(REVIEW).is_inline:
            return Edit(start, start, "".join(f"{quoted(mark)}, " for mark in marks))
        line = _line_start(text, start)
        return Edit(line, line, "".join(f"{text[line:start]}{quoted(mark)}{eol}" for mark in marks))
    if entry.is_inline:
        end = entry.span[1] - 1
        return Edit(end, end, f", {REVIEW}: {quoted_list(marks)}")
    names = list(starts)
    place = names.index(after) if after in names else 0
    before = starts[names[place if place else min(1, len(names) - 1)]]
    line = _line_start(text, before)
    indent = text[line:before]
    lines = [f"{indent}{REVIEW}:", *(f"{indent}  - {quoted(mark)}" for mark in marks)]
    return Edit(line, line, "".join(f"{each}{eol}" for each in lines))


def drop_marks(entry: Entry, gone: Sequence[Entry]) -> list[Edit]:
    """Take review marks out of a mapping; with the last one, the key goes too."""
    items = entry.child(REVIEW)
    kept = [each for each in items if each not in gone]
    text = entry.source.text
    start = entry.key_starts()[REVIEW]
    if not kept:
        return [_without_key(entry, start)]
    if entry.get(REVIEW).is_inline:
        begin, end = items[0].span[0], items[-1].span[1]
        return [Edit(begin, end, ", ".join(text[slice(*each.span)] for each in kept))]
    return [Edit(_line_start(text, each.span[0]), _line_end(text, each.span[1]), "") for each in gone]


def _without_key(entry: Entry, start: int) -> Edit:
    text = entry.source.text
    value, items = entry.get(REVIEW), entry.child(REVIEW)
    end = value.span[1] if value.is_inline else max((each.span[1] for each in items), default=start + len(REVIEW) + 1)
    if entry.is_inline:
        comma = text.rfind(",", entry.span[0], start)
        if comma >= 0:
            return Edit(comma, end, "")
    if start == entry.span[0] or entry.is_inline:  # first key of its group: the dash or bracket before it stays
        following = min((each for each in entry.key_starts().values() if each > start), default=end)
        return Edit(start, following, "")
    return Edit(_line_start(text, start), _line_end(text, end), "")


def _line_start(text: str, place: int) -> int:
    return text.rfind("\n", 0, place) + 1


def _line_end(text: str, place: int) -> int:
    found = text.find("\n", place)
    return len(text) if found < 0 else found + 1
