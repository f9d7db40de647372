"""Where an element of a Word part stands, as a person counts: table, row and cell, or paragraph."""

from collections.abc import Iterator

from kitgen.base.errors import Place
from kitgen.base.messages import joined, said
from kitgen.render.package.xml import Element, W
from kitgen.render.tags.walk import blocks, own, story, tables_in


def nearest(element: Element, name: str) -> Element | None:
    """The nearest ancestor (or the element itself) with this tag."""
    found: Element | None = element
    while found is not None and found.tag != name:
        found = found.getparent()
    return found


class PlaceOf:
    """Tells where an element stands in its part: table, row and cell, or paragraph, as dumps count them."""

    def __init__(self, file: str, part: str, root: Element) -> None:
        self._file = file
        self._part = "" if part == "word/document.xml" else part.removeprefix("word/").removesuffix(".xml")
        whole = story(root)
        self._tables = {table: number for number, table in enumerate(tables_in(whole), 1)}
        paragraphs = (block for block in blocks(whole) if block.tag == f"{W}p")
        self._paragraphs = {paragraph: number for number, paragraph in enumerate(paragraphs, 1)}

    def __call__(self, element: Element) -> Place:
        """The place of `element`, such as `header1, table 2, row 1, cell 3`; a text box is told with its paragraph."""
        spots: list[str] = [self._part] if self._part else []
        boxed = [found for found in (element, *element.iterancestors()) if found.tag == f"{W}txbxContent"]
        host = boxed[-1].getparent() if boxed else element
        if host is not None:
            spots += self._in_story(host)
        if boxed:
            spots.append(said("text box"))
            within = boxed[-1]
            paragraphs = [block for block in blocks(within) if block.tag == f"{W}p"]
            paragraph = nearest(element, f"{W}p")
            if len(paragraphs) > 1 and paragraph in paragraphs:
                spots.append(said("paragraph {number}", number=paragraphs.index(paragraph) + 1))
        return Place(self._file, spot=joined(", ", spots))

    def _in_story(self, element: Element) -> Iterator[str]:
        cell, row, table = (nearest(element, f"{W}{name}") for name in ("tc", "tr", "tbl"))
        if table is None:
            paragraph = nearest(element, f"{W}p")
            if paragraph in self._paragraphs:
                yield said("paragraph {number}", number=self._paragraphs[paragraph])
            return
        yield said("table {number}", number=self._tables.get(table, "?"))
        if row is not None:
            rows = list(own(table, f"{W}tr"))
            yield said("row {number}", number=rows.index(row) + 1 if row in rows else "?")
            cells = list(own(row, f"{W}tc"))
            if cell in cells:
                yield said("cell {number}", number=cells.index(cell) + 1)
