"""From a template file to a `CompiledTemplate`: which parts hold tags, which are copied as they are."""

from collections.abc import Callable, Sequence, Set
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import TemplateSyntaxError
from lxml import etree

from kitgen.base.digests import digest
from kitgen.base.errors import Findings, Place, did_you_mean, failure
from kitgen.base.messages import said
from kitgen.render.compiled import CompiledPart, CompiledTemplate, Finish
from kitgen.render.equipment import WordNeeds, book_environment, word_environment
from kitgen.render.excel.additions import finisher
from kitgen.render.excel.compile_book import compile_book
from kitgen.render.excel.needs import BookNeeds
from kitgen.render.look import A4_GREY, PageLook
from kitgen.render.package.content_types import CONTENT_TYPES
from kitgen.render.package.opened import Opened, open_template
from kitgen.render.package.package import PackedPart, in_office_order, pack_part
from kitgen.render.package.properties import CUSTOM, announce_custom, own_properties, without_personal_facts
from kitgen.render.package.relations import free_prefix, relations_name, without_relations
from kitgen.render.package.xml import DECLARATION, Element, parse_xml
from kitgen.render.tags.assembling import assembled
from kitgen.render.tags.environment import Environment
from kitgen.render.tags.left_over import refuse_left_over_parts
from kitgen.render.tags.marks import Marks, Source, refuse_many_tags, refuse_private_characters
from kitgen.render.tags.reads import Read, reads_of
from kitgen.render.tags.syntax import check_syntax
from kitgen.render.tags.tags import show_literals
from kitgen.render.version import DEFAULT_LEVEL
from kitgen.render.word.block_files import load_block, styles_of
from kitgen.render.word.blocks import Blocks
from kitgen.render.word.claims import with_claims
from kitgen.render.word.ids import Ids
from kitgen.render.word.lists import NUMBERING, read_lists
from kitgen.render.word.looped_notes import PARTS as NOTES
from kitgen.render.word.looped_notes import LoopedNotes
from kitgen.render.word.marking import PARTS, Shared, mark_part, mark_plain_part
from kitgen.render.word.mending import repairs
from kitgen.render.word.other_parts import data_parts, graphic_parts, mark_graphic, tagged_addresses
from kitgen.render.word.rich import style_ids
from kitgen.render.word.wording import reword

_PROPERTIES: Final = ("docProps/core.xml", "docProps/app.xml")
_DOCUMENT: Final = "word/document.xml"
_STYLES: Final = "word/styles.xml"
_RELATIONS: Final = "_rels/.rels"


def compile_file(
    path: Path,
    name: str,
    look: PageLook = A4_GREY,
    allowed: Set[str] = frozenset(),
    blocks: Sequence[Path] = (),
    origin: Path | None = None,
) -> CompiledTemplate:
    """Compile a template. Raises `KitgenError` with every fault found in it."""
    data = _read(path, name)
    if origin is not None:
        data = with_claims(data, _read(origin, name), name)
    opened = open_template(data, name, allowed)
    if opened.application != "word":
        return _compile_excel(opened, name, look)
    beside = path.parent if (path.parent / "blocks").is_dir() else path.parent.parent  # of a report, a folder higher
    return _compile_word(opened, tuple(blocks) or (beside,), name, look)


def _compile_word(opened: Opened, folders: Sequence[Path], name: str, look: PageLook) -> CompiledTemplate:
    contents, styles = contents_of(opened, look), None
    contents[_DOCUMENT] = look.headed(contents[_DOCUMENT])
    if _STYLES in contents:
        styles = parse_xml(contents[_STYLES], name, _STYLES)
    relations = (content for part, content in contents.items() if part.endswith(".rels"))
    numbering = parse_xml(contents[NUMBERING], name, NUMBERING) if NUMBERING in contents else None
    lists = read_lists(numbering, styles)
    needs = WordNeeds(style_ids(styles), free_prefix(relations), lists)
    job = _Job(opened, name, word_environment(needs), contents)
    blocks = Blocks(lambda written: load_block(folders, written, look), styles_of(styles))
    stories = [part for part in sorted(job.contents) if PARTS.fullmatch(part)]
    tagged = [part for part in stories if part == _DOCUMENT or _may_hold_tags(job.contents[part])]
    ids = Ids(job.contents[part] for part in stories if part not in tagged)
    notes = LoopedNotes(name, job.root)
    shared = Shared(blocks, ids, notes, lists, cache(lambda part: tagged_addresses(job.contents, part, name)))
    tagged += [part for part in stories if part not in tagged and shared.addresses(part)]
    for part in sorted({*tagged, *NOTES.values()}, key=lambda part: (part != _DOCUMENT, part)):
        root = notes.roots.get(part) if part not in tagged or part in notes.roots else job.root(part)
        if root is not None:
            reword(root, dict(look.wording))
            marks = mark_part(root, name, part, shared, job.findings)
            job.add(part, root, marks, *repairs(root, marks))
    for part in (*stories, *notes.roots):
        if shared.addresses(part):
            listed = relations_name(part)
            job.contents[listed] = without_relations(job.contents[listed], set(shared.addresses(part)), name, listed)
    for part in (*graphic_parts(job.contents, stories, name), *data_parts(job.contents)):
        if _may_hold_tags(job.contents[part]):
            root = parse_xml(job.contents[part], name, part)
            job.add(part, root, mark_graphic(root, name, part, job.findings))
    return job.finished(needs)


def _compile_excel(opened: Opened, name: str, look: PageLook) -> CompiledTemplate:
    job = _Job(opened, name, book_environment(), contents_of(opened, look))
    lists = (content for part, content in job.contents.items() if part.endswith(".rels"))
    needs = compile_book(job.contents, name, job.environment, job.findings, job.add_source, free_prefix(lists))
    return job.finished(needs, finisher(job.environment.state, needs.looped, needs.repeated, name))


def contents_of(opened: Opened, look: PageLook) -> dict[str, bytes]:
    """The parts of a template as a look has them, without its custom properties."""
    return {part: look.restyled(part, content) for part, content in opened.contents.items() if part != CUSTOM}


Repairs = tuple[Callable[[str], str], ...]


class _Job:
    """One compilation: the package, the parts compiled so far, the faults found."""

    def __init__(self, opened: Opened, name: str, environment: Environment, contents: dict[str, bytes]) -> None:
        self.name = name
        self.application = opened.application
        self.environment = environment
        self.findings = Findings(list(opened.warnings))
        self.packed = opened.packed
        self.contents = contents
        for part, content in self.contents.items():
            if part.endswith(".xml"):
                place = Place(name, spot=said("part {part}", part=part))
                refuse_private_characters(content, place, self.findings)
                refuse_many_tags(content, place, self.findings)
        self.findings.stop_on_errors()
        self._custom = opened.contents.get(CUSTOM)
        self.compiled: list[CompiledPart] = []
        self._added: set[str] = set()
        self._literal: set[str] = set()
        self._uses: set[Read] = set()

    def root(self, part: str) -> Element | None:
        """The root of a part as it is in the template; None if there is no such part."""
        return parse_xml(self.contents[part], self.name, part) if part in self.contents else None

    def add(self, part: str, root: Element, marks: Marks, always: Repairs = (), after_nothing: Repairs = ()) -> None:
        """Compile a part from its marked tree; without tags in it, it stays as it is written now."""
        self._added.add(part)
        xml = etree.tostring(root, encoding="unicode")
        if not marks.placed:
            shown = show_literals(xml)
            if shown != xml:  # its braces are meant as text
                self._literal.add(part)
            self.contents[part] = (DECLARATION + shown).encode()
            return
        self.add_source(part, marks.source(xml).behind(DECLARATION), always, after_nothing)

    def add_source(
        self,
        part: str,
        source: Source,
        always: Repairs = (),
        after_nothing: Repairs = (),
        *,
        is_layout: bool = False,
        copy_end: str = "",
    ) -> None:
        """Compile the Jinja source of a part; faults are noted with the place of their tag."""
        lines = source.lines
        for mark in lines:
            if mark.tag.written:  # the renderer's own are sound
                check_syntax(self.environment, mark, self.findings)
        if self.findings.errors:
            return
        try:
            tree = assembled(source, part)
        except TemplateSyntaxError as error:
            mark = lines[min(error.lineno, len(lines)) - 1]
            self.findings.error(said("tag cannot be read: {message}", message=error.message), mark.shown)
            return
        self._uses |= set(reads_of(tree, lines))
        row_loops = frozenset(
            number for number, mark in enumerate(lines, 1)
            if self.application == "excel" and mark.tag.lift in ("tr", "tc", "sheet") and mark.tag.name == "for"
        )  # fmt: skip
        code = self.environment.code_of(tree, part, row_loops)
        template = self.environment.from_code(code)
        self.compiled.append(CompiledPart(part, template, lines, always, after_nothing, is_layout, copy_end, code))

    def finished(self, needs: WordNeeds | BookNeeds, finish: Finish | None = None) -> CompiledTemplate:
        """The compiled template. Raises `KitgenError` with every fault noted on the way."""
        for part in _PROPERTIES:
            if part in self.contents:
                root = parse_xml(self.contents[part], self.name, part)
                without_personal_facts(root)
                self.add(part, root, mark_plain_part(root, self.name, part, self.findings))
        own = own_properties(self._custom, self.name) if self._custom else None
        if own is not None:
            self.add(CUSTOM, own, mark_plain_part(own, self.name, CUSTOM, self.findings))
        custom = self.contents.pop(CUSTOM, None)
        templated = {part.name for part in self.compiled}
        told = self._added if self.findings.errors else templated | self._literal
        if self.application == "word":
            left = {part: content for part, content in self.contents.items() if part not in told}
            refuse_left_over_parts(left, self.name, self.findings)
        self.findings.stop_on_errors()
        _announce(self.contents, self.name)
        static = {part: _kept(self.packed, part, data) for part, data in self.contents.items() if part not in templated}
        return CompiledTemplate(
            file=self.name,
            environment=self.environment,
            parts=tuple(self.compiled),
            static=static,
            static_digests={part: digest(self.contents[part]) for part in static},
            finish=finish,
            order=tuple(in_office_order(self.contents)),
            application=self.application,
            custom=custom,
            warnings=tuple(self.findings.warnings),
            needs=needs,
            uses=tuple(sorted(self._uses, key=lambda use: (use.path, str(use.place), use.place.text))),
        )


def _read(path: Path, name: str) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        near = did_you_mean(path.name, [found.name for found in path.parent.glob(f"*{path.suffix}")])
        raise failure(said("template does not exist"), Place(name), near) from None
    except OSError as error:
        raise failure(said("template cannot be read ({strerror})", strerror=error.strerror), Place(name)) from error


def _may_hold_tags(content: bytes) -> bool:
    return b"{" in content or b"}" in content


def _kept(packed: dict[str, PackedPart], part: str, content: bytes) -> PackedPart:
    """The template's own compressed bytes if the part is unchanged, else the part deflated anew."""
    entry = packed.get(part)
    if entry is not None and entry.content() == content and entry.method:
        return entry
    return pack_part(part, content, DEFAULT_LEVEL)


def _announce(contents: dict[str, bytes], file: str) -> None:
    types = parse_xml(contents[CONTENT_TYPES], file, CONTENT_TYPES)
    if _RELATIONS not in contents:
        raise failure(
            said("package has no list of relations"), Place(file), said("save the file anew from Word or Excel")
        )
    relations = parse_xml(contents[_RELATIONS], file, _RELATIONS)
    announce_custom(types, relations)
    contents[CONTENT_TYPES] = etree.tostring(types, encoding="UTF-8", xml_declaration=True, standalone=True)
    contents[_RELATIONS] = etree.tostring(relations, encoding="UTF-8", xml_declaration=True, standalone=True)
