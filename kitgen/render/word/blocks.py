"""Shared blocks: `{%p include "blocks/header.docx" %}` puts paragraphs and tables of one file into many templates.

A block lives in the styles of its host, which are found by their names, or by their ids. What would need more than that
(pictures, links, own numbering, sections, notes) is refused, because copied alone it would dangle or change without a
word.
"""

import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Final

from lxml import etree

from kitgen.base.errors import Findings, KitgenError, Place
from kitgen.base.messages import said
from kitgen.render.package.xml import Element, W, local_name
from kitgen.render.tags.places import PlaceOf
from kitgen.render.word.block_files import Block, BlockStyles, rename_styles
from kitgen.render.word.kept_ends import keep_ends, more_in
from kitgen.render.word.runs import text_pieces


@dataclass(frozen=True, slots=True)
class Blocks:
    """Where a template's blocks come from, and the styles its host has.

    `load` gives a block by the path written in the template; raises `KitgenError` if there is none.
    """

    load: Callable[[str], Block]
    styles: BlockStyles


_NAMES_BLOCK = etree.XPath("descendant-or-self::w:p[contains(., 'include')]", namespaces={"w": W[1:-1]})
_INCLUDE = re.compile(r"""^\{%p\s+include\s+["'“”‘’]([^"'“”‘’]+)["'“”‘’]\s*%\}$""")
_MAX_DEPTH: Final = 4


class PlacesOfBlocks(PlaceOf):
    """Places in a part with blocks in it: what came from a block is counted in the block."""

    def __init__(self, file: str, part: str, root: Element) -> None:
        super().__init__(file, part, root)
        self._from_blocks: dict[Element, PlaceOf] = {}

    def add(self, elements: list[Element], places: PlaceOf) -> None:
        """Let `places` tell where these elements and what is in them stand."""
        self._from_blocks |= dict.fromkeys(elements, places)

    def __call__(self, element: Element) -> Place:
        """The place of an element, in its block if it came from one."""
        found: Element | None = element
        while found is not None:
            if found in self._from_blocks:
                return self._from_blocks[found](element)
            found = found.getparent()
        return super().__call__(element)


def put_blocks_in(root: Element, file: str, part: str, blocks: Blocks, findings: Findings) -> PlacesOfBlocks:
    """Replace every include of a part by the content of its block; gives the places, as they are before tags move."""
    places = PlacesOfBlocks(file, part, root)
    _expand(root, places, blocks, findings, ())
    return places


def _expand(scope: Element, places: PlacesOfBlocks, blocks: Blocks, findings: Findings, path: tuple[str, ...]) -> None:
    for paragraph in _NAMES_BLOCK(scope):
        written = "".join(piece.text or "" for piece in text_pieces(paragraph) if piece.tag == f"{W}t").strip()
        match = _INCLUDE.match(written)
        if match is None:
            continue
        place = places(paragraph)
        here = Place(place.file, place.line, place.spot, written)
        name = match[1].strip()
        if name in path or len(path) >= _MAX_DEPTH:
            findings.error(
                said("block {name} includes itself", name=name)
                if name in path
                else said("blocks include blocks too deeply"),
                here,
            )
            continue
        if what := more_in(paragraph):
            message = said(
                "`{written}` takes the place of its whole {kind}, but {what} stands in it",
                written=written,
                kind=said("paragraph"),
                what=what,
            )
            findings.error(message, here, said("move it to a {kind} of its own", kind=said("paragraph")))
            continue
        try:
            block = blocks.load(name)
        except KitgenError as error:
            findings.error(error.diagnostics[0].message, here, error.diagnostics[0].help)
            _empty(paragraph)
            continue
        body, ids = block.body, block.foreign_ids(blocks.styles)
        if _refuse(block, name, ids, here, findings):
            _empty(paragraph)
            continue
        content = [deepcopy(child) for child in body if isinstance(child.tag, str) and local_name(child) != "sectPr"]
        rename_styles(content, ids)
        inner = PlaceOf(name, "word/document.xml", body)
        originals = [child for child in body if isinstance(child.tag, str) and local_name(child) != "sectPr"]
        places.add(content, _Mirrored(inner, content, originals))
        for child in content:
            paragraph.addprevious(child)
        parent = paragraph.getparent()
        assert parent is not None
        for child in content:
            _expand(child, places, blocks, findings, (*path, name))
        if parent.tag == f"{W}tc" and parent[-1] is paragraph and content and content[-1].tag != f"{W}p":
            for run in list(paragraph.iter(f"{W}r")):
                paragraph.remove(run)  # a cell ends with a paragraph
        else:
            keep_ends(paragraph, is_behind=True)
            parent.remove(paragraph)


def _empty(paragraph: Element) -> None:
    """Take an include away that was told of: what is left is no tag of another kind."""
    for run in list(paragraph.iter(f"{W}r")):
        run.getparent().remove(run)  # type: ignore[union-attr]


class _Mirrored(PlaceOf):
    """Places of a block's copied elements, asked of the originals the copies were made from."""

    def __init__(self, original: PlaceOf, copies: list[Element], originals: list[Element]) -> None:
        self._original = original
        self._twins = {
            copy: twin for root, source in zip(copies, originals, strict=True)
            for copy, twin in zip(root.iter(), source.iter(), strict=True)
        }  # fmt: skip

    def __call__(self, element: Element) -> Place:
        found: Element | None = element
        while found is not None and found not in self._twins:
            found = found.getparent()
        return self._original(self._twins[found]) if found is not None else self._original(element)


def _refuse(
    block: Block, name: str, ids: Mapping[tuple[str, str], str | None], place: Place, findings: Findings
) -> bool:
    for what in block.refused:
        findings.error(
            said("block {name} holds {what}, which cannot be put into another document", name=name, what=what),
            place,
            said("keep paragraphs, tables and check boxes in blocks"),
        )
    unknown = sorted(style for (_, style), known in ids.items() if known is None)
    if unknown:
        findings.error(
            said(
                "block {name} uses the style `{unknown}`, which the template does not have",
                name=name,
                unknown=unknown[0],
            ),
            place,
            said("use a style of the template in the block, or add the style to the template"),
        )
    return bool(block.refused or unknown)
