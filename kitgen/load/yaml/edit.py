"""Small changes in the text of a YAML file that leave every other letter of it, comments and order included."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

from kitgen.base.errors import Place, failure, unreadable
from kitgen.base.messages import said
from kitgen.load.regular import read_regular
from kitgen.load.yaml.source import Entry
from kitgen.load.yaml.text import line_break, line_end, line_start, quoted, quoted_list

REVIEW: Final = "review"


@dataclass(frozen=True, slots=True)
class Edit:
    """Suntingan: the letters from `start` to `end` of a text, and what stands there instead."""

    start: int
    end: int
    text: str


def edited(text: str, edits: Iterable[Edit], name: str) -> str:
    """The text with all edits made; places are those of the text before. Equal edits are made once.

    Raises `KitgenError` (`name` is the file's) if two edits are about the same letters: both cannot be made.
    """
    ordered = sorted(set(edits), key=lambda each: (each.start, each.end))
    for one, other in pairwise(ordered):
        if other.start < one.end or (one.start, one.end) == (other.start, other.end):
            line = text.count("\n", 0, other.start) + 1
            raise failure(
                said("two changes of this line cut each other; nothing was written"),
                Place(name, line),
                said("write one key on a line"),
            )
    for edit in reversed(ordered):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def retext(entry: Entry, new: str) -> Edit:
    """Another text in the place of a scalar, in quotes: those it has, where they can hold the text."""
    start = entry.span[0]
    single = entry.source.text[start : start + 1] == "'" and "'" not in new and new.isprintable()
    return Edit(start, _end(entry), f"'{new}'" if single else quoted(new))


def set_marks(entry: Entry, after: str, new: Sequence[str], old: Sequence[str | None] = ()) -> Edit:
    """The review marks of a mapping as they shall be: `new` ones, then those it has.

    `old` says for each mark it has what it says now; None, or no word for it: it goes. With the last one, the key goes
    too; where there is no key yet, it is put before the one that follows `after`. Raises `KitgenError` if what stands
    behind the key is no list.
    """
    marks, items = entry.get(REVIEW), entry.child(REVIEW)
    now = {place: now_text for place, now_text in enumerate(old) if now_text is not None}
    if not items and not marks.is_empty and marks.plain():
        raise failure(
            said("review marks are no list; nothing was written"),
            marks.place,
            said("write each on a line of its own, with `- ` before it"),
        )
    if not new and not now:
        return _without_key(entry, entry.key_starts()[REVIEW])
    if not items:
        return _filled(entry, new) if REVIEW in entry.key_starts() else _with_key(entry, after, new)
    written = {place: items[place].source.text[items[place].span[0] : _end(items[place])] for place in now}
    written |= {
        place: retext(items[place], now_text).text
        for place, now_text in now.items()
        if now_text != items[place].peek_text()
    }
    return (_in_brackets if marks.is_inline else _on_lines)(items, new, written)


def _in_brackets(items: Sequence[Entry], new: Sequence[str], written: Mapping[int, str]) -> Edit:
    """Those that stay keep what stands before them, such as the end of a line."""
    text = items[0].source.text
    now_text = ", ".join(map(quoted, new))
    for place, mark in sorted(written.items()):
        between = text[items[place - 1].span[1] : items[place].span[0]] if place and not new else ", "
        now_text += f"{between}{mark}" if now_text else mark
    return Edit(items[0].span[0], items[-1].span[1], now_text)


def _on_lines(items: Sequence[Entry], new: Sequence[str], written: Mapping[int, str]) -> Edit:
    """Comments behind marks that stay, and on lines between marks, stay."""
    text = items[0].source.text
    start = line_start(text, items[0].span[0])
    now_text = "".join(f"{text[start : items[0].span[0]]}{quoted(mark)}{line_break(text)}" for mark in new)
    behind = start
    for place, item in enumerate(items):
        line, end = line_start(text, item.span[0]), line_end(text, _end(item))
        now_text += text[behind:line]
        if place in written:
            now_text += text[line : item.span[0]] + written[place] + text[_end(item) : end]
        behind = end
    return Edit(start, behind, now_text)


def _filled(entry: Entry, new: Sequence[str]) -> Edit:
    """Marks behind a key that has none."""
    start, end = entry.get(REVIEW).span
    return Edit(start, end, f"{'' if end > start else ' '}{quoted_list(new)}")


def _with_key(entry: Entry, after: str, marks: Sequence[str]) -> Edit:
    text = entry.source.text
    if entry.is_inline:
        end = entry.span[1] - 1
        return Edit(end, end, f", {REVIEW}: {quoted_list(marks)}")
    starts = entry.key_starts()
    names = list(starts)
    place = names.index(after) if after in names else 0
    before = starts[names[place if place else min(1, len(names) - 1)]]
    line = line_start(text, before)
    indent = text[line:before]
    lines = [f"{indent}{REVIEW}:", *(f"{indent}  - {quoted(mark)}" for mark in marks)]
    return Edit(line, line, "".join(f"{each}{line_break(text)}" for each in lines))


def _without_key(entry: Entry, start: int) -> Edit:
    text = entry.source.text
    value, items = entry.get(REVIEW), entry.child(REVIEW)
    end = value.span[1] if value.is_inline else max((_end(each) for each in items), default=start + len(REVIEW) + 1)
    if entry.is_inline:
        comma = text.rfind(",", entry.span[0], start)
        if comma >= 0:
            return Edit(comma, end, "")
    if start == entry.span[0] or entry.is_inline:  # first key of its group: the dash or bracket before it stays
        following = min((each for each in entry.key_starts().values() if each > start), default=end)
        return Edit(start, following, "")
    return Edit(line_start(text, start), line_end(text, end), "")


def _end(entry: Entry) -> int:
    """Where the letters of a value end; a text folded over lines is said to end where the next value begins."""
    start, end = entry.span
    return start + len(entry.source.text[start:end].rstrip())


def read_content(path: Path, name: str) -> bytes:
    """The bytes of a file. Raises `KitgenError` if it is not there or cannot be read."""
    try:
        return read_regular(path)
    except OSError as error:
        raise unreadable(error, Place(name)) from error
