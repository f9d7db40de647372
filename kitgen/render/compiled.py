"""A template compiled once, rendered many times: only what holds tags is made anew for each document."""

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from types import CodeType
from typing import Final

from jinja2 import Template

from kitgen.base.digests import Digest, PartsDigest, digest, digest_parts
from kitgen.base.errors import Diagnostic, KitgenError, Place
from kitgen.render.package.copies import copy_name
from kitgen.render.package.deflate import Deflate, quickest
from kitgen.render.package.normal_form import Application
from kitgen.render.package.package import PackedPart, pack_part, write_package
from kitgen.render.package.properties import CUSTOM, custom_properties
from kitgen.render.package.xml import with_appended
from kitgen.render.tags.advice import explained
from kitgen.render.tags.environment import Environment
from kitgen.render.tags.marks import Mark
from kitgen.render.tags.reads import Read
from kitgen.render.version import DEFAULT_LEVEL
from kitgen.render.word.bold_behind import bold_behind

_MANY: Final = 8_192
"""Pieces of a part from which on they are not put together as one text: that of a list of a thousand people is long."""

Finish = Callable[[dict[str, bytes], Callable[[str], bytes | None]], None]


@dataclass(frozen=True, slots=True)
class CompiledPart:
    """One part with tags in it: its Jinja template, the mark of each source line, and what to look after.

    `repairs` are run on every rendering, `repairs_after_nothing` where some loop ran over nothing.
    """

    name: str
    template: Template
    lines: Sequence[Mark]
    repairs: tuple[Callable[[str], str], ...] = ()
    repairs_after_nothing: tuple[Callable[[str], str], ...] = ()
    is_layout: bool = False
    """Run first, for what it notes; it gives no part."""
    copy_end: str = ""
    """Of a part that is repeated: what ends each copy."""
    code: CodeType | None = None
    """What `template` runs, for keeping it."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """The parts made for one document, uncompressed, and the missing facts that were printed in it."""

    template: "CompiledTemplate"
    parts: Mapping[str, bytes]
    missing: tuple[str, ...]
    custom: bytes | None = None
    """The custom properties the template itself has; kitgen's record is written beside them."""
    _digests: dict[str, tuple[bytes, Digest]] = field(default_factory=dict, compare=False, repr=False)
    """Digests of parts as they once were: one that is the same object still is not digested anew."""

    def replaced(self, texts: Mapping[str, str]) -> "Rendered":
        """The same with each key, a token put in by the caller, replaced by its text (already fit for XML)."""
        parts = dict(self.parts)
        for token, text in texts.items():
            old, new = token.encode(), text.encode()
            parts = {name: part.replace(old, new) for name, part in parts.items()}
        return self._of(parts)

    def followed(self, text: str, more: str, before: "Rendered") -> "Rendered":
        """The same with `more` (fit for XML) behind each `text`, bold in Word, that came in since `before`."""
        old, new = text.encode(), more.encode()
        return self._of(
            {
                name: part if part is before.parts.get(name) else bold_behind(part, old, new)
                for name, part in self.parts.items()
            }
        )

    def with_parts(self, parts: Mapping[str, bytes]) -> "Rendered":
        """The same with some parts replaced."""
        return self._of({**self.parts, **parts})

    def _of(self, parts: Mapping[str, bytes]) -> "Rendered":
        known = {name: each for name, each in self._digests.items() if parts.get(name) is each[0]}
        return Rendered(self.template, parts, self.missing, self.custom, known)

    def all_parts(self) -> dict[str, bytes]:
        """Every part of the document, uncompressed, those copied from the template too."""
        return {name: part.content() for name, part in self.template.static.items()} | dict(self.parts)

    def digest(self) -> PartsDigest:
        """One digest for all parts of the document but its own record; equal parts, equal digest."""
        digests = dict(self.template.static_digests)
        digests |= {name: self._digest_of(name, part) for name, part in self.parts.items()}
        return digest_parts(digests)

    def _digest_of(self, name: str, part: bytes) -> Digest:
        known = self._digests.get(name)
        if known is None or known[0] is not part:
            known = self._digests[name] = (part, digest(part))
        return known[1]

    def pack(
        self, properties: Mapping[str, str] | None = None, level: int = DEFAULT_LEVEL, deflate: Deflate | None = None
    ) -> bytes:
        """The finished file, deflated at zlib `level`; `properties` become its custom properties.

        `deflate` is the quickest there is unless given.
        """
        static = self.template.static
        deflate = deflate or quickest()
        packed: list[PackedPart] = []
        for name in self.template.order:
            content = self.parts.get(name)
            packed.append(static[name] if content is None else pack_part(name, content, level, deflate))
        for name in sorted(self.parts.keys() - set(self.template.order)):  # pictures and relations of values
            of_part = 0 if name.startswith("word/media/") else level
            packed.append(pack_part(name, self.parts[name], of_part, deflate))
        packed.append(pack_part(CUSTOM, custom_properties(properties or {}, self.custom), level, deflate))
        return write_package(packed)


@dataclass(frozen=True, slots=True)
class CompiledTemplate:
    """Templat: a Word or Excel file read once, ready to make documents.

    `reads` names the values it uses (`units[].title`; a path ending in `*` stands for everything below it), `uses`
    the same with the place of each. `order` is the order of parts in the package; `static` holds those without tags.
    """

    file: str
    environment: Environment
    parts: tuple[CompiledPart, ...]
    static: Mapping[str, PackedPart]
    static_digests: Mapping[str, Digest]
    order: tuple[str, ...]
    uses: Sequence[Read]
    finish: Finish | None = None
    """Completes the parts of a rendering with what it adds to the package."""
    application: Application = "word"
    custom: bytes | None = None
    """The custom properties of the template, where no tag stands in them."""
    warnings: tuple[Diagnostic, ...] = ()
    """What is odd in the template and does not keep it from being filled."""
    needs: object = None
    """What its sources must know of it (see `equipment`), for keeping it."""
    known_reads: frozenset[str] | None = None
    """The paths of `uses`, where they are known without."""

    @property
    def suffix(self) -> str:
        """What the files made end in."""
        return ".docx" if self.application == "word" else ".xlsx"

    @property
    def reads(self) -> frozenset[str]:
        """The paths of the values this template reads, without the names it sets itself."""
        return self.known_reads if self.known_reads is not None else frozenset(use.path for use in self.uses)

    def render(self, values: Mapping[str, object], properties: Mapping[str, str] | None = None) -> bytes:
        """One finished file. Raises `KitgenError` with every fault found, each with its place."""
        return self.render_parts(values).pack(properties)

    def render_parts(self, values: Mapping[str, object]) -> Rendered:
        """The parts of one document, not yet compressed. Raises `KitgenError` as `render` does."""
        state = self.environment.state
        state.start(values, {part.name: part.lines for part in self.parts})
        made: dict[str, bytes] = {}
        stopped: list[Diagnostic] = []
        given = dict(values)
        for part in self.parts:
            template = part.template
            try:
                pieces = template.root_render_func(template.new_context(given))
                first = list(islice(pieces, _MANY))
                if len(first) == _MANY and self.application == "word":
                    made[part.name] = _repaired_bytes(_bytes_of(first, pieces), self._repairs(part))
                    continue
                xml = "".join((*first, *pieces))
            except Exception as error:  # a template may call anything of any value, which raises what it likes
                stopped.append(self._explained(error, part))
                continue
            if part.is_layout:
                continue
            if part.copy_end:
                for number, copy in enumerate(xml.split(part.copy_end)[:-1]):
                    made[copy_name(part.name, number)] = _repaired(copy, part.repairs)
                continue
            made[part.name] = _repaired(xml, self._repairs(part))
        faults = [*state.faults.values(), *stopped]
        missing = tuple(sorted(state.missing))
        for name, texts in state.appended.items() if not faults else ():
            made[name] = with_appended(made.get(name) or self._static_content(name) or b"", texts)
        if state.additions is not None and not faults:
            made |= state.additions.parts(lambda name: made.get(name) or self._static_content(name))
        if self.finish is not None and not faults:
            self.finish(made, self._static_content)
        state.start({}, {})
        if faults:
            raise KitgenError(faults)
        custom = made.pop(CUSTOM, self.custom)
        return Rendered(self, made, missing, custom)

    def _repairs(self, part: CompiledPart) -> tuple[Callable[[str], str], ...]:
        """What a part that was just filled may need."""
        is_over_nothing = part.repairs_after_nothing and self.environment.state.looped_over_nothing
        return (*part.repairs, *part.repairs_after_nothing) if is_over_nothing else part.repairs

    def _static_content(self, name: str) -> bytes | None:
        part = self.static.get(name)
        return None if part is None else part.content()

    def _explained(self, error: Exception, part: CompiledPart) -> Diagnostic:
        """An exception out of a template's expression, as a diagnostic at its tag."""
        line, traceback = 0, error.__traceback__
        while traceback is not None:
            template = traceback.tb_frame.f_globals.get("__jinja_template__")
            if template is not None:
                line = template.get_corresponding_lineno(traceback.tb_lineno)
            traceback = traceback.tb_next
        mark = part.lines[line - 1] if 0 < line <= len(part.lines) else None
        place = Place(self.file) if mark is None else mark.shown
        message, help = explained(error)
        return Diagnostic(message, place, help)


def _repaired(xml: str, repairs: Sequence[Callable[[str], str]]) -> bytes:
    for repair in repairs:
        xml = repair(xml)
    return xml.encode("utf-8", "surrogatepass")


def _bytes_of(first: list[str], pieces: Iterator[str]) -> bytes:
    """The bytes of a long text: its pieces are spelt and let go as they come."""
    written = io.BytesIO()
    while first:
        written.write("".join(first).encode("utf-8", "surrogatepass"))
        first[:] = islice(pieces, _MANY)
    return written.getvalue()


def _repaired_bytes(xml: bytes, repairs: Sequence[Callable[[str], str]]) -> bytes:
    """The same as `_repaired`, of a long part of Word: looked at byte by byte, which for marks of XML is the same.

    A text of letters takes two to four bytes for each of them as soon as one of them is not of Western Europe.
    """
    if repairs:
        shown = xml.decode("latin-1")
        if any(repair(shown) is not shown for repair in repairs):
            return _repaired(xml.decode("utf-8", "surrogatepass"), repairs)
    return xml
