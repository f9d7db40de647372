"""What tells two wordings apart: nothing but case, spaces and punctuation, or words. Pure; the same on every machine.

Likeness is counted in words, not letters: Indonesian criteria share prefixes and endings, so that sentences about other
things are half alike by letters.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from kitgen.model.changes import Span

_FUNCTION_WORDS: Final = frozenset(
    "dan atau yang di ke dari pada untuk dengan oleh serta sesuai secara dalam kepada agar bagi of and to".split()
)
"""Words that stand in every sentence and say nothing of what it is about."""
_TOKEN: Final = re.compile(r"([^\W_]+|^)([\W_]*)")
"""A word and what stands between it and the next one."""
_LONGEST: Final = 400
"""Words of one sentence that are compared; a longer one is no criterion, and comparing grows with the square."""


@lru_cache(maxsize=8192)
def skeleton(text: str) -> str:
    """What is left of a text without case, spaces and punctuation: equal skeletons differ editorially only.

    A point or comma between digits, a minus before one, signs such as `%`, `<` and `Rp` are what a sentence says and
    stay: "1,5 meter" is not "15 meter".
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for place, letter in enumerate(plain) if _counts(plain, place))


def _counts(text: str, place: int) -> bool:
    letter = text[place]
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    if letter in ".,:/" and before.isdigit() and after.isdigit():
        return True
    if letter in "-−" and after.isdigit() and not before.isalnum():
        return True
    if letter.isspace():
        return before.isdigit() and after.isdigit()
    return letter in "%‰&" or unicodedata.category(letter)[0] in "LNMS"


@lru_cache(maxsize=8192)
def words(text: str) -> tuple[str, ...]:
    """The words of a text in small letters, without punctuation."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return tuple(re.findall(r"[^\W_]+", plain)[:_LONGEST])


@lru_cache(maxsize=8192)
def content_words(text: str) -> tuple[str, ...]:
    """The words of a text without those of grammar (`yang`, `dan`, `untuk`), in their order."""
    return tuple(word for word in words(text) if word not in _FUNCTION_WORDS)


def likeness(old: Sequence[str], new: Sequence[str]) -> float:
    """How much of two texts is the same words in the same order, 0 to 1; the same both ways.

    Twice the words of the longest common sequence by those of both texts (Dice's coefficient); 0 if one has no words.
    """
    if not old or not new:
        return 0.0
    return 2 * _common(old, new) / (len(old) + len(new))


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """The length of the longest run of words, with gaps, that both have."""
    row = [0] * (len(new) + 1)
    for word in old:
        corner = 0
        for place, other in enumerate(new, 1):
            above = row[place]
            row[place] = corner + 1 if word == other else max(above, row[place - 1])
            corner = above
    return row[-1]


def spans(old: str, new: str) -> tuple[Span, ...]:
    """One text turned into the other, piece by piece: what stays, what goes, what comes. Words stay whole.

    The pieces that are not new make `old`, those that are not gone make `new`, letter for letter.
    """
    found: list[Span] = []
    for each in _joined(_pieces(_TOKEN.findall(old), _TOKEN.findall(new))):
        if found and found[-1].kind == each.kind:
            found[-1] = Span(each.kind, found[-1].text + each.text)
        elif each.text:
            found.append(each)
    return tuple(found)


def _pieces(before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]]) -> Iterator[Span]:
    """Words are aligned, not the blanks and marks behind them: there are too many of the same of those."""
    import difflib

    matcher = difflib.SequenceMatcher(None, [word for word, _ in before], [word for word, _ in after], autojunk=False)
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if kind == "equal":
            for (word, was), (_, now) in zip(before[old_from:old_to], after[new_from:new_to], strict=True):
                yield Span("same", word + was if was == now else word)
                if was != now:
                    yield from _replaced(was, now)
        else:
            gone = "".join(map("".join, before[old_from:old_to]))
            yield from _replaced(gone, "".join(map("".join, after[new_from:new_to])))


def _replaced(gone: str, new: str) -> Iterator[Span]:
    """What went and what came, and what both end with."""
    same = 0
    while same < min(len(gone), len(new)) and gone[-same - 1] == new[-same - 1] and not gone[-same - 1].isalnum():
        same += 1
    cut, end = len(gone) - same, len(new) - same
    yield Span("gone", gone[:cut])
    yield Span("new", new[:end])
    yield Span("same", gone[cut:])


def _joined(pieces: Iterator[Span]) -> Iterator[Span]:
    """Changes with nothing but blanks between them are one change: read as phrases, not as single words."""
    gone = new = ""
    held = ""
    for piece in pieces:
        if piece.kind == "same" and (piece.text.strip() or not (gone or new)):
            yield from _changed(gone, new)
            gone = new = ""
            if held:
                yield Span("same", held)
            held = ""
            yield piece
        elif piece.kind == "same":
            held += piece.text
        elif piece.text:
            gone, new, held = gone + held, new + held, ""
            gone += piece.text if piece.kind == "gone" else ""
            new += piece.text if piece.kind == "new" else ""
    yield from _changed(gone, new)
    if held:
        yield Span("same", held)


def _changed(gone: str, new: str) -> Iterator[Span]:
    if gone:
        yield Span("gone", gone)
    if new:
        yield Span("new", new)
