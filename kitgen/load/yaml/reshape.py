"""A YAML file made to say something else: what stays keeps its letters, comments and order included."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

from kitgen.base.errors import Findings, KitgenError
from kitgen.load.yaml.edit import Edit, edited, retext
from kitgen.load.yaml.source import Entry, parse_yaml
from kitgen.load.yaml.text import line_break, line_end, line_start, quoted, written

Tree = Any
"""Mappings, lists, texts, whole numbers and yes or no; None for what is not there."""

_NAMES: Final = ("id", "code", "number", "unit", "criterion", "cluster", "form", "channel")
"""Keys by which an item of a list is known again."""
_HEAD: Final = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*")


def tree_of(entry: Entry) -> Tree:
    """What a value says: texts with blanks folded, empty ones for what is not written."""
    if entry.key_starts():
        return {key: tree_of(value) for key, value in _children(entry).items()}
    items = entry.items() if _is_list(entry) else []
    if items:
        return [tree_of(item) for item in items]
    return "" if entry.is_empty or not isinstance(entry.plain(), str) else entry.plain()


def is_nothing(tree: Tree) -> bool:
    """Whether nothing is said: no text, an empty list, or a mapping whose values say nothing."""
    if isinstance(tree, Mapping):
        return all(is_nothing(value) for value in tree.values())
    return tree is None or (isinstance(tree, str | list | tuple) and not tree)


def agrees(old: Tree, new: Tree) -> bool:
    """Whether `old` says all that `new` says; keys `new` does not speak of may say what they like."""
    if is_nothing(new):
        return is_nothing(old)
    if isinstance(new, Mapping):
        return isinstance(old, Mapping) and all(agrees(old.get(key), value) for key, value in new.items())
    if isinstance(new, list):
        return isinstance(old, list) and len(old) == len(new) and all(map(agrees, old, new))
    return _plain(old) == _plain(new)


def reshaped(text: str, tree: Tree, name: str) -> tuple[str, bool]:
    """The text of a YAML file in which every key `tree` speaks of says what it says there; and whether comments stay.

    A key whose value says nothing goes. Raises `KitgenError` if the text cannot be read.
    """
    findings = Findings()
    top = parse_yaml(text, name, findings)
    findings.stop_on_errors()
    if top is None or top.node is None:
        return text + fresh(tree), True
    if _all_said(tree_of(top), tree):
        return text, True
    ended = text if text.endswith("\n") else text + line_break(text)
    if ended != text:
        top = cast(Entry, parse_yaml(ended, name, findings))
    try:
        made = edited(ended, changes(top, tree), name)
        now = parse_yaml(made, name, findings)
        if not findings.errors and now is not None and _all_said(tree_of(now), _merged(tree_of(top), tree)):
            return made, True
    except (KitgenError, TooOdd):
        pass
    head = _HEAD.match(ended)
    return (head[0] if head else "") + fresh(_merged(tree_of(top), tree)), False


def _all_said(old: Tree, new: Tree) -> bool:
    """Whether the top of a file says of each key what it should; a key that should say nothing is enough for that."""
    if not isinstance(old, Mapping) or not isinstance(new, Mapping):
        return agrees(old, new)
    return all(agrees(old.get(key), value) for key, value in new.items())


def fresh(tree: Tree) -> str:
    """A tree as a new YAML text, without what says nothing."""
    return "".join(f"{line}\n" for line in written(_tidy(tree)))


class TooOdd(Exception):
    """Raised where a change cannot be made letter by letter."""


def _plain(value: Tree) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else " ".join(str(value).split())


def _tidy(tree: Tree) -> Tree:
    if isinstance(tree, Mapping):
        return {key: _tidy(value) for key, value in tree.items() if not is_nothing(value)}
    return [_tidy(each) for each in tree] if isinstance(tree, list) else tree


def _merged(old: Tree, new: Tree) -> Tree:
    """What `new` says, and what `old` says of keys `new` does not speak of."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        both = {key: _instead(value, new[key]) if key in new else value for key, value in old.items()}
        return both | {key: value for key, value in new.items() if key not in old}
    if isinstance(old, list) and isinstance(new, list):
        pairs = _paired(old, new)
        return [item if place is None else _merged(old[place], item) for place, item in zip(pairs, new, strict=True)]
    return new


def _instead(old: Tree, new: Tree) -> Tree:
    return new if is_nothing(new) else _merged(old, new)


def _name(item: Tree) -> str:
    if isinstance(item, Mapping):
        named = [(key, _plain(item[key])) for key in _NAMES if not is_nothing(item.get(key))]
        if named:
            return json.dumps(named)
    return json.dumps(_strings(_tidy(item)), sort_keys=True)


def _strings(tree: Tree) -> Tree:
    if isinstance(tree, Mapping):
        return {key: _strings(value) for key, value in tree.items()}
    return [_strings(each) for each in tree] if isinstance(tree, list) else _plain(tree)


def _paired(old: Sequence[Tree], new: Sequence[Tree]) -> list[int | None]:
    """For each new item the place of the old one it goes on from; None for one that is new."""
    places: dict[str, list[int]] = {}
    for number, item in enumerate(old):
        places.setdefault(_name(item), []).append(number)
    found: list[int | None] = []
    for item in new:
        same = places.get(_name(item))
        found.append(same.pop(0) if same else None)
    taken = set(found)
    left = [place for place in range(len(old)) if place not in taken]
    for position, place in enumerate(found):
        if (
            place is None
            and position in left
            and isinstance(old[position], Mapping) == isinstance(new[position], Mapping)
        ):
            found[position] = position
            left.remove(position)
    return found


# Places in the text


def _last(entry: Entry) -> int:
    """Behind the last letter of a value; where nothing is written, behind its key."""
    start, end = entry.span
    text = entry.source.text
    if entry.key_starts() and not entry.is_inline:
        return max(max(_last(value), _behind(entry, key)) for key, value in _children(entry).items())
    items = _items(entry)
    if items and not entry.is_inline:
        return max(map(_last, items))
    return start + len(text[start:end].rstrip())


def _children(entry: Entry) -> dict[str, Entry]:
    return {key: entry.get(key) for key in entry.key_starts()}


def _items(entry: Entry) -> list[Entry]:
    return entry.items() if _is_list(entry) else []


def _is_list(entry: Entry) -> bool:
    return isinstance(entry.plain(), list)


def _kind(entry: Entry) -> str:
    return "list" if _is_list(entry) else "mapping" if isinstance(entry.plain(), dict) else "text"


def _behind(entry: Entry, key: str) -> int:
    """Behind the colon of a key."""
    text = entry.source.text
    return text.index(":", entry.key_starts()[key] + len(key)) + 1


def _lines(value: Tree, column: int, eol: str) -> str:
    return "".join(f"{' ' * column}{line}{eol}" for line in written(_tidy(value)))


# Changes


def changes(entry: Entry, new: Tree) -> list[Edit]:
    """The edits by which a value says what `new` says; none if it does already.

    Raises `TooOdd` where that cannot be done letter by letter.
    """
    if _all_said(tree_of(entry), new):
        return []
    kind = _kind(entry)
    if kind == "text" and not isinstance(new, Mapping | list):
        if isinstance(new, str):
            return [retext(entry, new)]
        return [Edit(entry.span[0], _last(entry), _plain(new))]
    if kind == "mapping" and isinstance(new, Mapping):
        return _mapping(entry, new)
    if kind == "list" and isinstance(new, list):
        return _list(entry, new)
    raise TooOdd


def _mapping(entry: Entry, new: Mapping[str, Tree]) -> list[Edit]:
    children = _children(entry)
    if entry.is_inline:
        return _inline(entry, new, children)
    text, eol = entry.source.text, line_break(entry.source.text)
    starts = entry.key_starts()
    column = min(starts.values()) - line_start(text, min(starts.values()))
    edits: list[Edit] = []
    added: dict[str, str] = {}
    before = next(iter(starts))
    for key, value in new.items():
        child = children.get(key)
        if child is None:
            if not is_nothing(value):
                added[before] = added.get(before, "") + _lines({key: value}, column, eol)
            continue
        before = key
        if is_nothing(value):
            edits += [] if is_nothing(tree_of(child)) else [_removed(entry, key, child)]
        elif child.is_empty and _kind(child) == "text" and is_nothing(tree_of(child)):
            edits.append(_filled(entry, key, child, value, column))
        elif is_nothing(tree_of(child)) or _kind(child) != _kind_of(value):
            edits.append(_anew(entry, key, child, value, column))
        else:
            edits += changes(child, value)
    for key, lines in added.items():
        place = line_end(text, max(_last(children[key]), _behind(entry, key)))
        edits.append(Edit(place, place, lines))
    return _joined(edits)


def _joined(edits: list[Edit]) -> list[Edit]:
    """Insertions at one place, in order, as one edit."""
    found: dict[tuple[int, int], Edit] = {}
    for edit in edits:
        at = (edit.start, edit.end)
        if at in found and edit.start == edit.end:
            found[at] = Edit(edit.start, edit.end, found[at].text + edit.text)
        elif at in found and found[at] != edit:
            raise TooOdd
        else:
            found[at] = edit
    return list(found.values())


def _kind_of(value: Tree) -> str:
    return "list" if isinstance(value, list) else "mapping" if isinstance(value, Mapping) else "text"


def _inline(entry: Entry, new: Mapping[str, Tree], children: Mapping[str, Entry]) -> list[Edit]:
    """In brackets: texts are changed where they stand, anything else has the brackets written anew."""
    told = {key: value for key, value in new.items() if not (key not in children and is_nothing(value))}
    plain = all(key in children and _kind(children[key]) == "text" and not children[key].is_empty for key in told)
    if plain and all(_kind_of(value) == "text" and not is_nothing(value) for value in told.values()):
        return [edit for key, value in told.items() for edit in changes(children[key], value)]
    return [Edit(entry.span[0], _last(entry), _bracketed(_tidy(_merged(tree_of(entry), new))))]


def _bracketed(value: Tree) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_bracketed(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(_bracketed, value))}]"
    return quoted(value) if isinstance(value, str) else _plain(value)


def _removed(entry: Entry, key: str, child: Entry) -> Edit:
    """The key with its lines; the first key of an item, and a text with a comment behind it, leave the key behind."""
    text = entry.source.text
    start, last = entry.key_starts()[key], _last(child)
    line, end = line_start(text, start), line_end(text, last)
    has_comment = _kind(child) == "text" and "#" in text[last:end]
    if text[line:start].strip() or has_comment or len(entry.key_starts()) == 1:
        behind = _behind(entry, key)
        return Edit(behind, last, "")
    return Edit(line, end, "")


def _filled(entry: Entry, key: str, child: Entry, value: Tree, column: int) -> Edit:
    """A value behind a key that has none, before a comment that stands there."""
    text, behind = entry.source.text, _behind(entry, key)
    end = line_end(text, behind)
    if _kind_of(value) != "text":
        lines = written({key: _tidy(value)})
        first = lines[0][len(key) + 1 :]
        eol = line_break(text)
        rest = "".join(f"{' ' * column}{line}{eol}" for line in lines[1:])
        tail = text[max(behind, _last(child)) : end]
        return Edit(behind, end, f"{first}{tail}{rest}")
    shown = f" {quoted(value) if isinstance(value, str) else _plain(value)}"
    gap = len(text[behind:end]) - len(text[behind:end].lstrip(" "))
    is_commented = text[behind + gap : behind + gap + 1] == "#"
    cut = min(max(gap - 2, 0), len(shown)) if is_commented else 0
    written_empty = max(_last(child), behind)  # such as "" or ~
    return Edit(behind, max(written_empty, behind + cut), shown)


def _anew(entry: Entry, key: str, child: Entry, value: Tree, column: int) -> Edit:
    text, start = entry.source.text, entry.key_starts()[key]
    end = line_end(text, max(_last(child), _behind(entry, key)))
    lines = _lines({key: value}, column, line_break(text))
    return Edit(start, end, lines[column:])


def _list(entry: Entry, new: list[Tree]) -> list[Edit]:
    if entry.is_inline:
        return [Edit(entry.span[0], _last(entry), _bracketed(_tidy(_merged(tree_of(entry), new))))]
    items = _items(entry)
    pairs = _paired([tree_of(item) for item in items], new)
    if pairs == list(range(len(items))):
        return [edit for item, value in zip(items, new, strict=True) for edit in _item_changes(item, value)]
    text, eol = entry.source.text, line_break(entry.source.text)
    dashes = [_dash(text, item) for item in items]
    column = dashes[0] - line_start(text, dashes[0])
    if text[line_start(text, dashes[0]) : dashes[0]].strip():
        raise TooOdd
    starts = [_above(text, line_start(text, dashes[0])), *(line_end(text, _last(item)) for item in items)]
    made = ""
    for place, value in zip(pairs, new, strict=True):
        if place is None:
            made += _lines([value], column, eol)
            continue
        start, end = starts[place], starts[place + 1]
        chunk = text[start:end]
        moved = [Edit(each.start - start, each.end - start, each.text) for each in _item_changes(items[place], value)]
        made += edited(chunk, moved, entry.source.name)
    return [Edit(starts[0], starts[-1], made)]


def _above(text: str, place: int) -> int:
    """The beginning of the lines of comment above a line."""
    while place:
        before = line_start(text, place - 1)
        line = text[before:place].strip()
        if line and not line.startswith("#"):
            break
        place = before
    return place


def _item_changes(item: Entry, value: Tree) -> list[Edit]:
    if _kind(item) == "text" and item.is_empty and not is_nothing(value):
        raise TooOdd
    return changes(item, value)


def _dash(text: str, item: Entry) -> int:
    found = text.rfind("-", 0, item.span[0])
    if found < 0 or text[found + 1 : item.span[0]].strip():
        raise TooOdd
    return found
