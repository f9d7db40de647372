"""The elements and criteria of one unit's table, however they are numbered: 1.1, 1), a., with a dash or not at all.

Where criteria are numbered as `1.1` the numbers tell everything (`numbered_text`). Elsewhere the column tells what is
an element, or the kind of the marks does: `1.` for elements and `a.` for criteria. Where both are numbered `1.`, a text
is an element if the next one is number 1 again. What none of this tells is unclear, and the caller refuses it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from kitgen.schemes.published.numbered_text import (
    Doubt,
    Hint,
    Numbered,
    Segment,
    begins_numbered,
    pair_number,
    split_numbered,
)

_DECORATION: Final = re.compile(r"(?:[-–—•●▪◦*·§]+\s+|\()(?=[0-9]{1,2}\.[0-9]|(?:elemen|element|KUK)\b)", re.IGNORECASE)
_NAMED_CRITERION: Final = re.compile(
    r"(?:KUK|kriteria(?: unjuk kerja)?|PC)\s*[.:]?\s*(?=[0-9]{1,2}(?:\.[0-9]|\s))", re.I
)
_NAMED_ELEMENT: Final = re.compile(
    r"(?:sub\s+)?(?:elemen|element)(?:\s+(?:kompetensi|of competency))?\s*"
    r"(?:(?:no(?:mor)?\.?\s*)?([0-9]{1,2})\s*(?:[.:)–-]\s*)*(?![0-9])|:\s*(?:([0-9]{1,2})\s*[.)]?\s+)?)(?=\S)",
    re.IGNORECASE,
)
_NUMBERED_NAME: Final = re.compile(r"([0-9]{1,2})[.)]?\s+(?=(?:elemen|element)(?:\s+kompetensi)?\s*:)", re.IGNORECASE)
_LOOSE_PAIR: Final = re.compile(
    r"([0-9]{1,2})(?:\s?\.\s?([0-9]{1,2})\s?([.):])?\s+(?=\S)|,([0-9]{1,2})([.)])?\s+(?=[A-Z]))"
)
"""`1 .1`, `1. 1`, `1.1)`; and `1,1` as a spreadsheet in Indonesian shows it."""
_NEAR: Final = 40
_MARKS: Final = (
    ("paren", re.compile(r"\(?([1-9][0-9]{0,2})\)\s*(?=\S)")),
    ("dot", re.compile(r"([1-9][0-9]{0,2})\.\s*(?![0-9])(?=\S)")),
    ("letter", re.compile(r"\(?([a-z])[.)]\s+(?=\S)")),
    ("roman", re.compile(r"\(?([IVX]{1,4})[.)]\s+(?=\S)")),
    ("capital", re.compile(r"\(?([A-Z])[.)]\s+(?=\S)")),
    ("dash", re.compile(r"[-–—•●▪◦*·§]\s+(?=\S)|(?:o|v|ü|Ø|q)\s+(?=[A-Z])")),
    ("bare", re.compile(r"([1-9][0-9]{0,2})\s+(?=[^\W\d_])")),
)
_ROMAN: Final = {"I": 1, "V": 5, "X": 10}
_GLUED: Final = {
    "paren": re.compile(r"(?<=\s)\(?([1-9][0-9]{0,2})\)\s+(?=[A-Z])"),
    "letter": re.compile(r"(?<=\s)\(?([a-z])[.)]\s+(?=[A-Z])"),
    "dot": re.compile(r"(?<=\s)([1-9][0-9]{0,2})\.\s+(?=[A-Z])"),
}


@dataclass(slots=True)
class Numbering:
    """What a table gave: its texts with their numbers, and what has to be told of them."""

    texts: list[Numbered] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    refused: list[Segment] = field(default_factory=list)
    """Texts inside the table that are neither element nor criterion."""
    outside: list[Segment] = field(default_factory=list)
    """Texts behind the table, apart from it."""
    joined: list[Segment] = field(default_factory=list)
    """Lines taken as the rest of the text above them."""
    is_made: bool = False
    """Whether the numbers of criteria were made from their order, since the page has none of this form."""
    is_unclear: bool = False
    """Whether nothing tells which texts are elements and which are criteria."""


@dataclass(frozen=True, slots=True)
class _Item:
    """A text with the mark it begins with; `value` is 0 for a mark without a number."""

    kind: str
    value: int
    text: str
    segment: Segment


def tidy(text: str) -> tuple[str, Hint]:
    """A text whose number stands at its beginning as numbers do, and what its words say it is (`Elemen 1: ...`)."""
    decoration = _DECORATION.match(text[:_NEAR])
    text = text[decoration.end() :] if decoration else text
    numbered = _NUMBERED_NAME.match(text)
    named = _NAMED_ELEMENT.match(text, numbered.end() if numbered else 0)
    if named:
        number, rest = named[1] or named[2] or (numbered[1] if numbered else ""), text[named.end() :]
        return (f"{number}. {rest}" if number else rest), Hint.ELEMENT
    prefix = _NAMED_CRITERION.match(text)
    bare = text[prefix.end() :] if prefix else text
    hint = Hint.CRITERION if bare != text else Hint.NONE
    found = _LOOSE_PAIR.match(bare)
    if found:
        dot = "." if found[3] or found[5] else ""
        bare = f"{int(found[1])}.{int(found[2] or found[4])}{dot} {bare[found.end() :]}"
    return bare, hint


def is_marked(text: str) -> bool:
    """Whether a text begins with the mark of an element or a criterion, of whatever kind."""
    return begins_numbered(text) or any(pattern.match(text) for _, pattern in _MARKS)


def number_texts(segments: Sequence[Segment]) -> Numbering:
    """The numbered texts of one unit's table, in the order of the page."""
    result = Numbering()
    if any(pair_number(segment.text) for segment in segments):
        kept = _joined(_with_elements_numbered(segments), result)
        texts, result.doubts = split_numbered(kept)
        result.texts = _grouped(texts)
        return result
    last = max((at for at, each in enumerate(segments) if is_marked(each.text) or each.hint), default=-1)
    if last < 0:  # only rules tell what belongs together: all that stands without an empty line between
        gaps = (at for at in range(1, len(segments)) if segments[at].line > segments[at - 1].line + 1)
        last = next(gaps, len(segments)) - 1
    inside = [each for at, each in enumerate(segments) if not each.is_apart or at <= last]
    result.outside = [each for at, each in enumerate(segments) if each.is_apart and at > last]
    items = _unglued([_item(segment) for segment in inside])
    items = _without_continuations(items, result)
    levels = _levels(items)
    if levels is None:
        result.is_unclear = bool(items)
        return result
    result.is_made = True
    result.texts = _numbered(items, levels)
    return result


def _with_elements_numbered(segments: Sequence[Segment]) -> list[Segment]:
    """Titles of elements without a number get the one their criteria have (`Menyiapkan alat | 1.1 ...`)."""
    made: list[Segment] = []
    following: int | None = None
    for segment in reversed(segments):
        pair = pair_number(segment.text)
        if pair:
            following = pair[0]
        elif segment.hint is Hint.ELEMENT and not begins_numbered(segment.text) and following:
            segment = replace(segment, text=f"{following}. {segment.text}")
        made.append(segment)
    return made[::-1]


def _grouped(texts: list[Numbered]) -> list[Numbered]:
    """The texts, where a copy has all elements first and then all criteria, each criterion under its element."""
    elements = [text for text in texts if not text.criterion]
    numbers = [element.element for element in elements]
    first = next((at for at, text in enumerate(texts) if text.criterion), 0)
    if first < 2 or len(elements) != first or len(set(numbers)) < first:
        return texts
    if any(text.element not in numbers for text in texts):
        return texts
    grouped: list[Numbered] = []
    for element in elements:
        grouped += [element, *(text for text in texts[first:] if text.element == element.element)]
    return grouped


def _joined(segments: Sequence[Segment], result: Numbering) -> list[Segment]:
    """The segments that begin with a number, with the lines below them that are the rest of their text."""
    last = max((at for at, segment in enumerate(segments) if begins_numbered(segment.text)), default=-1)
    kept: list[Segment] = []
    parts: dict[int, list[str]] = {}
    for at, segment in enumerate(segments):
        if begins_numbered(segment.text):
            kept.append(segment)
            parts[len(kept) - 1] = [segment.text]
        elif kept and segment.line - segments[at - 1].line < 2 and _goes_on(parts[len(kept) - 1][-1], segment):
            parts[len(kept) - 1].append(segment.text)
            result.joined.append(segment)
        elif segment.is_apart and (at > last or not kept):
            result.outside.append(segment)
        else:
            result.refused.append(segment)
    return [replace(segment, text=" ".join(parts[at])) for at, segment in enumerate(kept)]


def _goes_on(above: str, segment: Segment) -> bool:
    """Whether a text is the rest of the one above it."""
    if segment.is_apart or is_marked(segment.text):
        return False
    return segment.text[0].islower() or (segment.is_plain and not above.endswith((".", ";", ":")))


def _item(segment: Segment) -> _Item:
    for kind, pattern in _MARKS:
        found = pattern.match(segment.text)
        if found:
            value = found[1] if found.re.groups else None
            number = _value_of(kind, value or "")
            return _Item("dot" if kind == "bare" else kind, number, segment.text[found.end() :], segment)
    return _Item("none", 0, segment.text, segment)


def _value_of(kind: str, text: str) -> int:
    if kind == "roman":
        values = [_ROMAN[letter] for letter in text]
        return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
    return int(text) if text.isdecimal() else ord(text.lower()) - 96 if text else 0


def _unglued(items: list[_Item]) -> list[_Item]:
    """Items cut where the next mark of the criteria stands inside them (`a. Alat dipilih b. Alat diperiksa`)."""
    kinds = [item.kind for item in items]
    if not kinds:
        return items
    candidates: list[str] = [kind for kind in ("paren", "letter", "dot") if kind in kinds and kind != kinds[0]]
    candidates += [kind for kind in ("paren", "letter") if kind not in kinds and len(set(kinds)) == 1]
    if kinds[0] in _GLUED and len(set(kinds)) == 1 and any(item.segment.hint for item in items):
        candidates = kinds[:1]
    for kind in candidates[:1] if any(kind in kinds for kind in candidates) else candidates:
        cut: list[_Item] = []
        for item in items:
            cut += _cut(item, kind)
        if len(cut) > len(items):
            return cut
    return items


def _cut(item: _Item, kind: str) -> list[_Item]:
    expected = item.value + 1 if item.kind == kind else 1
    if item.segment.hint is Hint.ELEMENT and item.kind == kind:
        return [item]
    begin, parts = 0, [(item.kind, item.value)]
    texts: list[str] = []
    for found in _GLUED[kind].finditer(item.text):
        value = int(found[1]) if found[1].isdecimal() else ord(found[1]) - 96
        if value == expected:
            texts.append(item.text[begin : found.start()].strip())
            parts.append((kind, value))
            begin, expected = found.end(), expected + 1
    texts.append(item.text[begin:].strip())
    hint = item.segment.hint
    return [
        _Item(mark, value, text, item.segment if not at else replace(item.segment, hint=hint and Hint.CRITERION))
        for at, ((mark, value), text) in enumerate(zip(parts, texts, strict=True))
    ]


def _without_continuations(items: list[_Item], result: Numbering) -> list[_Item]:
    """The items with those that are the rest of a marked one put behind it, where other items have marks."""
    marked = sum(item.kind != "none" for item in items)
    if 2 * marked <= len(items) and not (marked and items[0].kind != "none" and not items[0].segment.hint):
        return items
    kept: list[_Item] = []
    for item in items:
        if item.kind == "none" and kept and not item.segment.hint and _goes_on(kept[-1].text, item.segment):
            kept[-1] = replace(kept[-1], text=f"{kept[-1].text} {item.text}")
            result.joined.append(item.segment)
        else:
            kept.append(item)
    return kept


def _levels(items: Sequence[_Item]) -> list[bool] | None:
    """For each item whether it is an element; None where nothing tells."""
    if not items:
        return None
    kinds = [item.kind for item in items]
    hints = [item.segment.hint for item in items]
    if all(hints):
        levels = [hint is Hint.ELEMENT for hint in hints]
    elif Hint.ELEMENT in hints:
        levels = [hint is Hint.ELEMENT for hint in hints]
    elif len(set(kinds)) > 2:
        return None
    elif len(set(kinds)) == 2:
        levels = [kind == kinds[0] for kind in kinds]
    elif items[0].value:
        following = [*(item.value for item in items[1:]), 0]
        levels = [after == 1 for after in following]
    else:
        levels = _levels_by_rules(items)
    is_whole = levels[:1] == [True] and not any(
        one and other for one, other in zip(levels, [*levels[1:], True], strict=True)
    )
    return levels if is_whole or all(hints) else None


def _levels_by_rules(items: Sequence[_Item]) -> list[bool]:
    """Which of the items are elements where only the rules of the page tell: `Elemen |` and its criteria below it."""
    ended = [item.segment.is_ended for item in items]
    if all(ended):
        return [at % 2 == 0 for at in range(len(items))]
    return [is_ended and not after for is_ended, after in zip(ended, [*ended[1:], True], strict=True)]


def _numbered(items: Sequence[_Item], levels: Sequence[bool]) -> list[Numbered]:
    texts: list[Numbered] = []
    element = criterion = 0
    for item, is_element in zip(items, levels, strict=True):
        if is_element:
            element, criterion = item.value or element + 1, 0
        else:
            criterion = item.value or criterion + 1
        texts.append(Numbered(element, criterion if not is_element else 0, item.text, item.segment.line))
    return texts
