"""The way through a Word part as a person reads it: one for dumps, proofs, places of faults and repairs alike.

Content controls, custom XML, tracked insertions and moves only wrap what stands in them; of two copies of a shape the
one that is shown counts; what a text box holds belongs to the paragraph it hangs on.
"""

from collections.abc import Iterator
from typing import Final

from kitgen.render.package.xml import Element, W, local_name

_WRAPPERS: Final = frozenset({"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"})
_NOTES: Final = frozenset({"footnote", "endnote", "comment"})


def shown_branch(alternate: Element) -> Element | None:
    """Of an `mc:AlternateContent` the copy today's programs show: the first choice, else the fallback."""
    copies = {local_name(copy): copy for copy in reversed(alternate) if isinstance(copy.tag, str)}
    return copies.get("Choice", copies.get("Fallback"))


def blocks(container: Element) -> Iterator[Element]:
    """The paragraphs and tables of a body, cell, note or text box, in the order they are read."""
    for child in container:
        kind = local_name(child)
        if kind in ("p", "tbl"):
            yield child
        elif kind in _WRAPPERS or kind in _NOTES:
            yield from blocks(child)
        elif kind == "AlternateContent" and (branch := shown_branch(child)) is not None:
            yield from blocks(branch)


def own(container: Element, name: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, whatever wraps them; not those of nested tables."""
    for child in container:
        if child.tag == name:
            yield child
        elif local_name(child) in _WRAPPERS:
            yield from own(child, name)


def boxes(shape: Element) -> Iterator[Element]:
    """What the text boxes of a drawing or old shape hold."""
    for child in shape:
        kind = local_name(child)
        if kind == "txbxContent":
            yield child
        elif kind == "AlternateContent":
            branch = shown_branch(child)
            if branch is not None:
                yield from boxes(branch)
        elif kind:
            yield from boxes(child)


def tables_in(container: Element) -> Iterator[Element]:
    """All tables of a part, each before those within it; not those in text boxes."""
    for block in blocks(container):
        if block.tag == f"{W}tbl":
            yield block
            for row in own(block, f"{W}tr"):
                for cell in own(row, f"{W}tc"):
                    yield from tables_in(cell)


def story(root: Element) -> Element:
    """What holds the blocks of a part: the body of a document, or the part itself."""
    body = root.find(f"{W}body")
    return root if body is None else body
