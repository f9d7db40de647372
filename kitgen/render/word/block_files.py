"""The files of shared blocks: where they are found, and what is taken of each: its body, and the styles it names."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Final

from kitgen.base.errors import Findings, Place, did_you_mean, failure
from kitgen.base.messages import said
from kitgen.render.look import PageLook
from kitgen.render.package.opened import open_template
from kitgen.render.package.xml import Element, R, W, local_name, parse_xml
from kitgen.render.tags.marks import refuse_private_characters
from kitgen.render.word.page_breaks import give_back_page_breaks
from kitgen.render.word.wording import reword

_DOCUMENT: Final = "word/document.xml"
_STYLES: Final = "word/styles.xml"
_REFUSED: Final = {
    "drawing": said("a picture or shape"), "pict": said("a picture or shape"), "object": said("an embedded object"),
    "numPr": said("numbering of its own (type numbers as text)"), "sectPr": said("a section of its own"),
    "footnoteReference": said("a footnote"), "endnoteReference": said("an endnote"),
    "commentReference": said("a comment"), "altChunk": said("an embedded file"),
}  # fmt: skip
_USES: Final = {f"{W}pStyle": "paragraph", f"{W}rStyle": "character", f"{W}tblStyle": "table"}


@dataclass(frozen=True, slots=True)
class BlockStyles:
    """Gaya sebuah berkas: the name of each by its id, and the id of each by its kind and name.

    Programs make ids as they like: Word of the language it speaks, LibreOffice of the name. Names stay.
    """

    names: Mapping[str, tuple[str, str]]
    ids: Mapping[tuple[str, str], str]

    def id_of(self, kind: str, style: str, other: "BlockStyles") -> str | None:
        """The id a style of another file has here: of the same name, else of the same id; None if there is none."""
        found = self.ids.get(other.names.get(style, (kind, "")))
        return found if found is not None else style if style in self.names else None


@dataclass(frozen=True, slots=True)
class Block:
    """Blok: its body, which nobody changes, and its styles."""

    body: Element
    styles: BlockStyles
    refused: tuple[str, ...] = ()
    """What it holds that cannot be put into another document."""

    def foreign_ids(self, host: BlockStyles) -> dict[tuple[str, str], str | None]:
        """The styles it uses that are called otherwise in its host, by tag and id; None for those it does not have."""
        used = {(str(each.tag), value) for each in self.body.iter(*_USES) if (value := each.get(f"{W}val"))}
        found = {(tag, value): host.id_of(_USES[tag], value, self.styles) for tag, value in used}
        return {use: id for use, id in found.items() if id != use[1]}


def rename_styles(content: Sequence[Element], ids: Mapping[tuple[str, str], str | None]) -> None:
    """Let elements name their styles as their host does; `ids` as `Block.foreign_ids` gives them."""
    for element in content if ids else ():
        for each in element.iter(*_USES):
            named = ids.get((str(each.tag), each.get(f"{W}val") or ""))
            if named is not None:
                each.set(f"{W}val", named)


def styles_of(root: Element | None) -> BlockStyles:
    """The styles in the root of a part `styles.xml`; none where there is no such part."""
    names: dict[str, tuple[str, str]] = {}
    ids: dict[tuple[str, str], str] = {}
    for style in () if root is None else root.iterfind(f"{W}style"):
        id, name = style.get(f"{W}styleId") or "", style.find(f"{W}name")
        called = (name.get(f"{W}val") or "") if name is not None else ""
        names[id] = (style.get(f"{W}type") or "paragraph", called.casefold() or id.casefold())
        ids.setdefault(names[id], id)
    return BlockStyles(names, ids)


def load_block(folders: Sequence[Path], written: str, look: PageLook) -> Block:
    """The block of a path as it is written in a template, from the first folder that has it.

    Raises `KitgenError` if it is no path below them, is in none of them, or cannot be read.
    """
    pure = PurePosixPath(written)
    if pure.is_absolute() or ".." in pure.parts or "\\" in written or ":" in written:
        raise failure(
            said("block `{written}` is not a path below the template's folder", written=written),
            None,
            said("write `blocks/name.docx`"),
        )
    path = next((folder / pure for folder in folders if (folder / pure).is_file()), None)
    if path is None:
        found = (each.relative_to(folder).as_posix() for folder in folders for each in folder.glob("blocks/*.docx"))
        near = did_you_mean(written, sorted(set(found)))
        raise failure(said("block `{written}` does not exist", written=written), None, near)
    return _read_block(path.read_bytes(), written, look)


@lru_cache(maxsize=64)
def _read_block(data: bytes, written: str, look: PageLook) -> Block:
    """What is taken of a block; most templates name the same ones."""
    opened = open_template(data, written)
    if opened.application != "word":
        raise failure(said("block `{written}` is not a Word document", written=written), None)
    content, findings = look.restyled(_DOCUMENT, opened.contents[_DOCUMENT]), Findings()
    refuse_private_characters(content, Place(written), findings)
    findings.stop_on_errors()
    body = parse_xml(content, written, _DOCUMENT).find(f"{W}body")
    if body is None:
        raise failure(said("block `{written}` has no body", written=written), None)
    give_back_page_breaks(body)
    reword(body, dict(look.wording))
    styles = opened.contents.get(_STYLES)
    known = styles_of(parse_xml(styles, written, _STYLES) if styles is not None else None)
    return Block(body, known, tuple(sorted(set(_refused(body)))))


def _refused(body: Element) -> Iterator[str]:
    for element in body.iter():
        if not isinstance(element.tag, str) or element.getparent() is None:
            continue
        kind = local_name(element)
        if kind == "sectPr" and element.getparent() is body:
            continue
        if kind in _REFUSED:
            yield _REFUSED[kind]
        elif any(str(key).startswith(R) for key in element.attrib):
            yield "a link"
