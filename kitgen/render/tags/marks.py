"""Tags placed in the XML of a part, and the Jinja source made from the two together.

While a part is an XML tree, a tag stands in it as a token that cannot be escaped or broken: one private character
within text, a processing instruction where it lifts an element. Serialised, each token is swapped for its Jinja code.
Every code holds exactly one newline, so Jinja's line number is the number of the tag, and errors know their place.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from lxml import etree

from kitgen.base.errors import Findings, Place, did_you_mean, failure
from kitgen.base.messages import said
from kitgen.render.package.xml import Element, is_instruction, local_name
from kitgen.render.tags.advice import advice_on_printing, advice_on_statement
from kitgen.render.tags.tags import BrokenTag, Tag, find_tags, hide_literals, show_literals

_FIRST = 0xF0000
_LAST = 0xFFFF9  # the four after it stand for braces meant as text
_INSTRUCTION = "kitgen"
_WRITTEN = re.compile(rf"<\?{_INSTRUCTION} (\d+)\?>")
_TOKEN = re.compile(f"([{chr(_FIRST)}-{chr(_LAST)}])")
_PRIVATE_REFERENCE = re.compile(rb"&#(x0*[fF][0-9a-fA-F]{4}|0*(98[3-9]|99[0-9]|10[0-4][0-9])[0-9]{3});")
_PRIVATE_LEADS = (b"\xf3", b"&#")
_PRIVATE = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}]")
_REFUSED_CHARACTERS = re.compile(f"[{chr(_FIRST)}-{chr(0xFFFFD)}]")

MAX_TAGS: Final = 10_000
"""So many tags of a template one part may hold; each is read by itself."""
_TOO_MANY: Final = said("part holds more than {most} tags", most=MAX_TAGS)
_LOOP: Final = said("repeat rows and paragraphs with `{%tr for %}` and `{%p for %}`")
MAX_NESTED: Final = 40
MAX_LOOPS: Final = 15
"""Python takes no more than 20 loops within each other."""

CLOSES = {f"end{name}": name for name in ("for", "if", "set", "with", "macro", "call")}
MIDDLES = {"else": ("if", "for"), "elif": ("if",)}
SINGLE = ("set", "include", "vm", "hm", "colspan", "cellbg", "restart")
REFUSED = {
    "raw": said("write `{_{` for `{{` and `{_%` for `{%`"),
    "extends": said('put shared parts in with `{%p include "blocks/name.docx" %}`'),
    "block": said('put shared parts in with `{%p include "blocks/name.docx" %}`'),
    "import": said('put shared parts in with `{%p include "blocks/name.docx" %}`'),
    "from": said('put shared parts in with `{%p include "blocks/name.docx" %}`'),
    "filter": said("write the filter behind the value: `{{ name | upper }}`"),
    "autoescape": said("everything that is printed is escaped already"),
}

# Elements a loop may cut through, as long as it is opened and closed inside equal ones.
_INLINE = frozenset({"t", "r", "p", "hyperlink", "ins", "moveTo", "smartTag", "fldSimple", "instrText"})


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """A tag at its place in a template, with the Jinja code that takes its place (one newline in it)."""

    tag: Tag
    place: Place
    code: str

    @property
    def shown(self) -> Place:
        """The place with the tag as written, for errors."""
        return Place(self.place.file, self.place.line, self.place.spot, self.tag.written)


@dataclass(frozen=True, slots=True)
class Source:
    """Sumber Jinja dari satu bagian: static XML and the code of tags in turn, beginning with XML; it may be empty.

    `lines` are the marks of its lines.
    """

    pieces: list[str]
    lines: list[Mark]

    @property
    def text(self) -> str:
        """The code of the tags, with a sign that XML cannot have for each piece of XML."""
        return "".join(piece if number % 2 else piece and "\0" for number, piece in enumerate(self.pieces))

    def behind(self, xml: str) -> "Source":
        """The same with more XML before it."""
        return Source([xml + self.pieces[0], *self.pieces[1:]], self.lines)


def of_tags(codes: Iterable[str], lines: list[Mark]) -> Source:
    """The source of tags between which nothing stands."""
    return Source([*(piece for code in codes for piece in ("", code)), ""], lines)


@dataclass(slots=True)
class Marks:
    """All marks of one part, and the tokens that stand for them."""

    findings: Findings
    placed: list[Mark] = field(default_factory=list)
    refused: list[Element] = field(default_factory=list)
    """Rows and paragraphs already reported, so that one fault is told once."""
    _written: int = 0

    def token(self, tag: Tag, place: Place, code: str | None = None) -> str:
        """A character that stands for `tag` within text."""
        return chr(_FIRST + self._add(tag, place, code))

    def instruction(self, tag: Tag, place: Place, code: str | None = None) -> Element:
        """A node that stands for `tag` among elements."""
        return etree.ProcessingInstruction(_INSTRUCTION, str(self._add(tag, place, code)))

    def _add(self, tag: Tag, place: Place, code: str | None) -> int:
        self._written += bool(tag.written)
        if self._written > MAX_TAGS or len(self.placed) > _LAST - _FIRST:
            raise failure(_TOO_MANY, place, _LOOP)
        self.placed.append(Mark(tag, place, jinja_code(tag) if code is None else code))
        return len(self.placed) - 1

    def tokenise(self, text: str, place: Callable[[], Place], code: Callable[[Tag], str] | None = None) -> str:
        """`text` with its tags swapped for tokens; broken tags are noted and left out."""
        pieces: list[str] = []
        position = 0
        for tag in find_tags(text):
            if isinstance(tag, BrokenTag):
                note_broken(self.findings, tag, place())
                continue
            pieces.append(hide_literals(text[position : tag.start]))
            if tag.kind != "comment":
                pieces.append(self.token(tag, place(), code(tag) if code else None))
            position = tag.end
        return "".join((*pieces, hide_literals(text[position:])))

    def of(self, text: str) -> Iterator[Mark]:
        """The marks whose tokens stand in `text`, in order."""
        for character in () if text.isascii() else _PRIVATE.findall(text):  # most texts hold no token
            yield self.placed[ord(character) - _FIRST]

    def at(self, node: Element) -> Mark | None:
        """The mark a node stands for, if it is one of our instructions."""
        if is_instruction(node) and getattr(node, "target", "") == _INSTRUCTION:
            return self.placed[int(node.text or 0)]
        return None

    def source(self, xml: str) -> Source:
        """The Jinja source of a serialised part."""
        xml = _WRITTEN.sub(lambda found: chr(_FIRST + int(found[1])), show_literals(xml).replace("\n", " "))
        pieces = _TOKEN.split(xml)
        lines = [self.placed[ord(token) - _FIRST] for token in pieces[1::2]]
        pieces[1::2] = [mark.code for mark in lines]
        for number, mark in enumerate(lines):  # a dash of a tag takes the blanks beside it, as in Jinja
            if mark.code[2:3] == "-":
                pieces[2 * number] = pieces[2 * number].rstrip()
            if mark.code[-3:-2] == "-":
                pieces[2 * number + 2] = pieces[2 * number + 2].lstrip()
        return Source(pieces, lines)


def jinja_code(tag: Tag) -> str:
    """The Jinja code of a tag, with its one newline before the closing mark."""
    opener, closer = ("{{", "}}") if tag.kind == "value" else ("{%", "%}")
    inner = tag.inner
    left = inner[:1] if inner[:1] in "-+" and tag.written[2:3] == inner[:1] else ""
    inner = inner[len(left) :]
    right = "-" if inner[-1:] == "-" else ""
    inner = inner[: len(inner) - len(right)]
    return f"{opener}{left} {inner}\n{right}{closer}"


def stand_in(tag: Tag, inner: str) -> Tag:
    """A statement the renderer itself puts in for `tag`; errors still show the tag as written."""
    return replace(tag, kind="statement", lift="", inner=inner)


def note_broken(findings: Findings, tag: BrokenTag, place: Place) -> None:
    """Report a tag that is not opened or not closed."""
    findings.error(
        tag.message,
        Place(place.file, place.line, place.spot, tag.written),
        tag.help,
    )


def refuse_many_tags(content: bytes, place: Place, findings: Findings) -> None:
    """Report a part that holds more tags than are read, before any of them is."""
    if content.count(b"{{") + content.count(b"{%") > MAX_TAGS or content.count(b"{") > 4 * MAX_TAGS:
        findings.error(_TOO_MANY, place, _LOOP)


def refuse_private_characters(content: bytes, place: Place, findings: Findings) -> None:
    """Report a part that uses the private characters tokens are made of (no known program does)."""
    found = any(lead in content for lead in _PRIVATE_LEADS) and _REFUSED_CHARACTERS.search(
        content.decode("utf-8", "replace")
    )
    if found or _PRIVATE_REFERENCE.search(content):
        findings.error(said("part uses characters of the private plane U+F0000, which kitgen needs for itself"), place)


@dataclass(slots=True)
class _Open:
    mark: Mark
    name: str
    holder: Element
    trail: tuple[str, ...]


def check_nesting(root: Element, marks: Marks) -> None:
    """Report every statement that is unknown, not closed, or closed in another place of the document."""
    findings = marks.findings
    stack: list[_Open] = []
    for mark, element in _in_order(root, marks):
        name = mark.tag.name
        here = mark.shown
        if name in CLOSES:
            _close(stack, mark, CLOSES[name], element, here, findings)
        elif name in MIDDLES:
            if not stack or stack[-1].name not in MIDDLES[name]:
                findings.error(said("`{name}` stands outside of the `if` or `for` it belongs to", name=name), here)
            else:
                _compare(stack[-1], mark, element, here, findings)
        elif name.removeprefix("end") in REFUSED and name not in REFUSED:
            continue  # told where it was opened
        elif name in REFUSED:
            findings.error(said("`{name}` is not taken in a template", name=name), here, REFUSED[name])
        elif (name == "set" and "=" in mark.tag.argument) or name in SINGLE[1:]:
            continue
        elif f"end{name}" in CLOSES:
            holder, trail = _holder(element)
            stack.append(_Open(mark, name, holder, trail))
            loops = sum(entry.name == "for" for entry in stack)
            if len(stack) > MAX_NESTED or loops > MAX_LOOPS:
                message = said(
                    "more than {most} tags stand within each other", most=MAX_LOOPS if loops > MAX_LOOPS else MAX_NESTED
                )
                findings.error(
                    message, here, said("work parts of it out before, with `{% set name = ... %}` or a macro")
                )
                return
        else:
            if not name and not mark.tag.inner.strip("-+ "):
                findings.error(said("the tag is empty"), here, said("take it out, or write in it what it is to do"))
                continue
            known = (*CLOSES, *CLOSES.values(), *MIDDLES, *SINGLE)
            help = advice_on_statement(name, mark.tag) or advice_on_printing(mark.tag, did_you_mean(name, known))
            findings.error(said("`{name}` is no statement kitgen knows", name=name or mark.tag.inner), here, help)
    for left in stack:
        tag = left.mark.tag
        help = (
            said("write `=` behind the name, or `{% endset %}` behind the text")
            if left.name == "set"
            else said("write `{{%{lift} end{name} %}}` where it ends", lift=tag.lift, name=left.name)
        )
        findings.error(
            said("`{name}` is opened but never closed by `end{name}`", name=left.name), left.mark.shown, help
        )


def _close(stack: list[_Open], mark: Mark, name: str, element: Element, here: Place, findings: Findings) -> None:
    if not stack:
        findings.error(said("`end{name}` closes nothing: no `{name}` is open before it", name=name), here)
        return
    opened = stack.pop()
    if opened.name != name:
        findings.error(
            said("`end{name}` stands where `end{due}` is due", name=name, due=opened.name),
            here,
            said(
                "`{written}` was opened at {spot}",
                written=opened.mark.tag.written,
                spot=opened.mark.place.spot or opened.mark.place.file,
            ),
        )
        if any(entry.name == name for entry in stack):
            while stack.pop().name != name:
                pass
        return
    _compare(opened, mark, element, here, findings)


_HOLDERS: Final = {"tc": said("cell"), "tr": said("row"), "tbl": said("table")}


def _compare(opened: _Open, mark: Mark, element: Element, here: Place, findings: Findings) -> None:
    holder, trail = _holder(element)
    if holder is opened.holder and trail == opened.trail:
        return
    what = _HOLDERS.get(local_name(opened.holder), said("part of the document"))
    advice = said("lift both to the row with `{%tr` or to the paragraph with `{%p`")
    if holder is opened.holder:
        what = said("kind of place (lifted or not, in a link or not)")
        advice = said("write both with the same letters after `{%`")
    findings.error(
        said(
            "`{written}` stands in another {what} than `{opening}`, which it belongs to",
            written=mark.tag.written,
            what=what,
            opening=opened.mark.tag.written,
        ),
        here,
        said(
            "`{written}` stands at {spot}; {advice}",
            written=opened.mark.tag.written,
            spot=opened.mark.place.spot,
            advice=advice,
        ),
    )


def _in_order(root: Element, marks: Marks) -> Sequence[tuple[Mark, Element]]:
    """The statements of a part. Attributes are looked through only if some are nowhere else."""
    found = list(_statements(root, marks, are_in_attributes=False))
    if len({mark for mark, _ in found}) < sum(mark.tag.kind == "statement" for mark in marks.placed):
        found = list(_statements(root, marks, are_in_attributes=True))
    return found


def _statements(root: Element, marks: Marks, are_in_attributes: bool) -> Iterator[tuple[Mark, Element]]:
    return (
        (mark, element) for mark, element in _tokens(root, marks, are_in_attributes) if mark.tag.kind == "statement"
    )


def _tokens(root: Element, marks: Marks, are_in_attributes: bool) -> Iterator[tuple[Mark, Element]]:
    for element in root.iter():
        if not isinstance(element.tag, str):
            mark = marks.at(element)
            if mark is not None:
                yield mark, element
            continue
        for value in element.attrib.values() if are_in_attributes else ():
            if not value.isascii():
                for found in marks.of(str(value)):
                    yield found, element
        if element.text:
            for found in marks.of(element.text):
                yield found, element


def _holder(element: Element) -> tuple[Element, tuple[str, ...]]:
    """The element in which a tag's loop may repeat things, and the inline elements between it and the tag."""
    trail: list[str] = []
    if is_instruction(element):
        parent = element.getparent()
        assert parent is not None
        if local_name(parent) not in _INLINE:
            return parent, ("",)
        element = parent
    while local_name(element) in _INLINE:
        trail.append(local_name(element))
        parent = element.getparent()
        if parent is None:
            break
        element = parent
    return element, tuple(trail)
