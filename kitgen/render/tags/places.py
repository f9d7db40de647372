"""Where an element of a Word part stands, as a person counts: table, row and cell, or paragraph."""

from kitgen.base.errors import Place
from kitgen.render.package.xml import Element, W


def nearest(element: Element, name: str) -> Element | None:
    """The nearest ancestor (or the element itself) with this tag."""
    found: Element | None = element
    while found is not None and found.tag != name:
        found = found.getparent()
    return found


class PlaceOf:
    """Tells where an element stands in its part: table, row and cell, or paragraph, as a person counts them."""

    def __init__(self, file: str, part: str, root: Element) -> None:
        self._file = file
        self._part = "" if part == "word/document.xml" else part.removeprefix("word/").removesuffix(".xml")
        self._tables = {table: number for number, table in enumerate(root.iter(f"{W}tbl"), 1)}
        self._paragraphs: dict[Element, int] = {}
        for paragraph in root.iter(f"{W}p"):
            if nearest(paragraph, f"{W}tbl") is None:
                self._paragraphs[paragraph] = len(self._paragraphs) + 1

    def __call__(self, element: Element) -> Place:
        """The place of `element`, such as `header1, table 2, row 1, cell 3`."""
        spots = [self._part] if self._part else []
        cell, row, table = (nearest(element, f"{W}{name}") for name in ("tc", "tr", "tbl"))
        if table is not None:
            spots.append(f"table {self._tables.get(table, '?')}")
            if row is not None:
                spots.append(f"row {self._row_number(table, row)}")
                cells = list(row.iterfind(f"{W}tc"))
                if cell in cells:
                    spots.append(f"cell {cells.index(cell) + 1}")
        else:
            paragraph = nearest(element, f"{W}p")
            if paragraph in self._paragraphs:
                spots.append(f"paragraph {self._paragraphs[paragraph]}")
        return Place(self._file, spot=", ".join(spots))

    def _row_number(self, table: Element, row: Element) -> int | str:
        rows = list(table.iterfind(f"{W}tr"))
        return rows.index(row) + 1 if row in rows else "?"
