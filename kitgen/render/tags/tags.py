"""Tags in plain text: `{{ value }}`, `{% statement %}`, `{# comment #}`, with docxtpl's letters for what they lift.

`{%p`, `{%tr`, `{%tc`, `{%r` take the place of the paragraph, row, cell or run they stand in; `{{r` gives whole runs;
`{%sheet` repeats a whole sheet of a workbook.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from kitgen.base.errors import Findings, Place
from kitgen.base.messages import Message, said

Kind = Literal["value", "statement", "comment"]

KINDS: Final[dict[str, Kind]] = {"{{": "value", "{%": "statement", "{#": "comment"}
CLOSERS: Final = {"{{": "}}", "{%": "%}", "{#": "#}"}

# Word "corrects" what people type; in a tag, outside of quoted texts, these are never meant.
_NO_MARKS: Final = (
    "\u200b\u200c\u200d\u200e\u200f\u061c\u2060\ufeff\u00ad\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
"""Signs without width: joiners, and those that tell the direction of writing."""
_AS_TYPED: Final = str.maketrans({
    **dict.fromkeys("“”„‟«»″＂", '"'), **dict.fromkeys("‘’‚‛‹›′＇", "'"), **dict.fromkeys("–‐‑‒―−", "-"),
    **dict.fromkeys("\u00a0\u202f\n\t\u2028\u2029", " "), **dict.fromkeys(_NO_MARKS, ""), "⁄": "/", "∕": "/", "∗": "*",
})  # fmt: skip
_ENDED_BY: Final = {"“": "”", "”": "”", "„": "“”", "‟": "”", "«": "»", "»": "«", "″": "″", "＂": "＂",
                    "‘": "’", "’": "’", "‚": "‘’", "‛": "’", "‹": "›", "›": "‹", "′": "′", "＇": "＇"}  # fmt: skip
"""What ends a quoted text beside the straight mark: the other half of the mark that opens it."""
_WITHIN_QUOTES: Final = {"\n": "\\n", "\t": "\\t"}
"""A break or tab typed in a quoted text, as Jinja reads it; each tag is one line of the source."""
# How docxtpl spells braces that are meant as text; while a part is marked, one private character stands for each.
LITERALS: Final = {"{_{": "{{", "}_}": "}}", "{_%": "{%", "%_}": "%}"}
_HIDDEN: Final = {written: chr(0xFFFFA + number) for number, written in enumerate(LITERALS)}
_SHOWN: Final = str.maketrans({_HIDDEN[written]: text for written, text in LITERALS.items()})
_LITERAL = re.compile(r"\{_\{|\}_\}|\{_%|%_\}")

_OPENER = re.compile(r"\{\{|\{%|\{#")
_QUOTES: Final = "\"'„“”«»‘’‟‚‛‹›″′＂＇"
_QUOTED: Final = re.compile(f"[{_QUOTES}]")
_SHORT: Final = 4_096
"""Characters of a text whose tags are kept in mind."""
_WITHIN: Final = {
    "{{": re.compile(rf"[{_QUOTES}]|\\.|\}}\}}|\{{\{{|\{{%", re.DOTALL),
    "{%": re.compile(rf"[{_QUOTES}]|\\.|%\}}|\{{%", re.DOTALL),
    "{#": re.compile(r"#\}"),
}
"""What may end a tag, begin another, or keep either from doing so."""
_NO_TAG: Final = re.compile(
    r"(?<!\{)\{\s{1,9}(?:\{\s{0,9}[A-Za-z_][^{}]{0,200}\}|%[^{}]{0,200}%|#[^{}]{0,200}#)\s{1,9}\}(?!\})|[｛❴]{2}[^{}｛❴]{0,200}[｝❵]{2}"
)
"""Braces with a blank between them, or wide ones: meant as a tag, and none."""
_LIFT = re.compile(r"(tr|tc|p|r|sheet)(?=\s)")
_WORD = re.compile(r"[-+]?\s*(\w+)")


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag: what it is, what it lifts, and its inner text ready for Jinja.

    `start` and `end` are its bounds in the text it was found in; `name` is the first word of a statement (`for`).
    """

    kind: Kind
    lift: str
    inner: str
    start: int
    end: int
    written: str

    @property
    def name(self) -> str:
        """The first word of a statement, such as `for` or `endif`; empty for values and comments."""
        match = _WORD.match(self.inner)
        return match[1] if match and self.kind == "statement" else ""

    @property
    def argument(self) -> str:
        """What follows the first word of a statement."""
        match = _WORD.match(self.inner)
        return self.inner[match.end() :].strip() if match else ""


@dataclass(frozen=True, slots=True)
class BrokenTag:
    """A tag that is opened and never closed in its paragraph, or the other way round."""

    message: Message
    written: str
    help: Message = said("write the tag within one paragraph")


def find_tags(text: str) -> Sequence[Tag | BrokenTag]:
    """The tags of `text` in order. A closing mark inside a quoted string does not end a tag."""
    if "{" not in text and "}" not in text:
        return ()
    return _known_tags(text) if len(text) <= _SHORT else tuple(_tags(text))


@lru_cache(maxsize=4_096)
def _known_tags(text: str) -> tuple[Tag | BrokenTag, ...]:
    """Whoever compiles asks for the tags of a text again and again, and templates have most in common."""
    return tuple(_tags(text))


def _tags(text: str) -> Iterator[Tag | BrokenTag]:
    position = 0
    while match := _OPENER.search(text, position):
        opener, start = match[0], match.start()
        end = _closing(text, match.end(), opener)
        stray = _stray_closer(text[position:start])
        if stray:
            yield stray
        if end is None:
            yield _not_closed(text, start, opener)
            return
        yield _tag(text[start:end], opener, start, end)
        position = end
    stray = _stray_closer(text[position:])
    if stray:
        yield stray


def warn_of_no_tags(text: str, place: Callable[[], Place], findings: Findings) -> None:
    """Warn of what looks like a tag to a person and is printed as it stands."""
    if "{" not in text and "｛" not in text:
        return
    for found in _NO_TAG.finditer(text):
        here = place()
        findings.warning(
            said("this is no tag and is printed as it stands"),
            Place(here.file, here.line, here.spot, found[0]),
            said("write `{{` and `}}`, `{%` and `%}` in plain braces with no blank between them"),
        )


def find_literals(text: str) -> Iterator[tuple[int, int]]:
    """Where `{_{`, `}_}`, `{_%` and `%_}` stand in a text without tags."""
    return (match.span() for match in _LITERAL.finditer(text))


def hide_literals(text: str) -> str:
    """`{_{` and its like in a text without tags as private characters, which nothing takes for a tag."""
    if "{_" not in text and "_}" not in text:
        return text
    return _LITERAL.sub(lambda match: _HIDDEN[match[0]], text)


def show_literals(xml: str) -> str:
    """The braces that were hidden, as they are to be printed."""
    return xml.translate(_SHOWN) if any(hidden in xml for hidden in _HIDDEN.values()) else xml


def _not_closed(text: str, start: int, opener: str) -> BrokenTag:
    closer = CLOSERS[opener]
    after = text.find(closer, start)
    quote = next((sign for sign in text[start : after if after >= 0 else start] if sign in _QUOTES), "")
    if quote:
        message = said("`{quote}` begins a quoted text that does not end before `{closer}`", quote=quote, closer=closer)
        advice = said('end the text with the same mark; a name stands in none; within a text write a mark as `\\"`')
        return BrokenTag(message, _near(text, start), advice)
    advice = _advice_on_closing(text, start, opener)
    message = said(
        "`{opener}` is opened but not closed by `{closers}` in this paragraph", opener=opener, closers=closer
    )
    return BrokenTag(message, _near(text, start), advice)


def _advice_on_closing(text: str, start: int, opener: str) -> Message:
    """What to do about a tag that does not end: often it ends with other braces, or another tag stands in it."""
    begun = _OPENER.search(text, start + 2)
    held = text[start + 2 : begun.start() if begun else len(text)]
    closed = re.search(r"[%#}\]]?\}", held)
    if closed is not None:
        return said("write `{word}` for `{sign}`", word=CLOSERS[opener], sign=closed[0])
    if begun is not None and text.find(CLOSERS[opener], begun.end()) >= 0 and "}" in text[begun.end() :]:
        return said("no braces stand within a tag: write the name alone")
    return said("write the tag within one paragraph")


def _closing(text: str, position: int, opener: str) -> int | None:
    """Where a tag ends. A quoted text ends with the half that belongs to its mark, else with any mark of its kind."""
    end = _end_of(text, position, opener, _ends)
    return _end_of(text, position, opener, _ends_somehow) if end is None else end


def _end_of(text: str, position: int, opener: str, ends: Callable[[str, str], bool]) -> int | None:
    quote = ""
    for found in _WITHIN[opener].finditer(text, position):
        sign = found[0]
        if sign[0] == "\\":
            if sign[1] in _QUOTES and not quote:  # a mark behind a stray backslash is a mark
                quote = sign[1]
        elif len(sign) == 1:
            if not quote:
                quote = sign
            elif ends(quote, sign):
                quote = ""
        elif not quote:
            if sign != CLOSERS[opener]:
                return None
            end = found.end()
            # `{{ {"a": {}}}}`: a brace of the expression may stand before the closing ones
            while opener == "{{" and text.startswith("}", end):
                end += 1
            return end
    return None


def _ends(quote: str, sign: str) -> bool:
    return sign == quote.translate(_AS_TYPED) or sign in _ENDED_BY.get(quote, "")


def _ends_somehow(quote: str, sign: str) -> bool:
    return sign.translate(_AS_TYPED) == quote.translate(_AS_TYPED)


def _as_typed(inner: str) -> str:
    """The inner text of a tag as Jinja reads it: quoted texts stay as they were typed, the rest becomes plain."""
    ends = _ends if _plain(inner, _ends)[1] else _ends_somehow
    return _plain(inner, ends)[0]


def _plain(inner: str, ends: Callable[[str, str], bool]) -> tuple[str, bool]:
    """The text in plain letters, and whether its last quoted text ended."""
    if _QUOTED.search(inner) is None:
        return inner.translate(_AS_TYPED), True
    pieces: list[str] = []
    quote, is_escaped = "", False
    for sign in inner:
        if not quote:
            pieces.append(sign.translate(_AS_TYPED))
            quote = sign if sign in _QUOTES else ""
        elif is_escaped or sign == "\\":
            pieces.append(_WITHIN_QUOTES.get(sign, sign))
            is_escaped = not is_escaped
        elif sign in _QUOTES and ends(quote, sign):
            pieces.append(sign.translate(_AS_TYPED))
            quote = ""
        elif sign == quote.translate(_AS_TYPED):
            pieces.append(f"\\{sign}")
        else:
            pieces.append(_WITHIN_QUOTES.get(sign, sign))
    return "".join(pieces), not quote


def _tag(written: str, opener: str, start: int, end: int) -> Tag:
    inner = written[2:-2]
    lift = ""
    if (match := _LIFT.match(inner)) and inner[match.end() :].strip():
        lift = match[1]
        inner = inner[match.end() :]
    plain = _as_typed(inner) if opener != "{#" else inner
    inner = _LITERAL.sub(lambda match: LITERALS[match[0]], plain).strip()
    return Tag(KINDS[opener], lift, inner, start, end, written)


def _stray_closer(text: str) -> BrokenTag | None:
    for closer in ("%}", "}}", "#}"):
        if closer in text:
            opener = next(key for key, value in CLOSERS.items() if value == closer)
            return BrokenTag(
                said(
                    "`{closer}` closes a tag that is not opened by `{opener}` in this paragraph",
                    closer=closer,
                    opener=opener,
                ),
                _near(text, text.index(closer)),
            )
    return None


def _near(text: str, position: int) -> str:
    start, end = max(0, position - 30), position + 40
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")
