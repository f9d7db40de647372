"""Results of formulas as the program that saved a template noted them: they are old as soon as any cell changes.

Excel works everything out when it opens a file that asks for it; other programs, LibreOffice among them, print what is
noted. So nothing is left noted.
"""

from typing import Final

from lxml import etree

from kitgen.render.excel.formulas import column_letters, column_number, parse_area
from kitgen.render.package.xml import DECLARATION, Element, parse_xml

_S: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MOST_CELLS: Final = 100_000


def drop_results(content: bytes, file: str, part: str) -> bytes:
    """A sheet without the results of its formulas; one without formulas as it is."""
    if b"<f" not in content:
        return content
    root = parse_xml(content, file, part)
    data = root.find(f"{_S}sheetData")
    if data is None or data.find(f".//{_S}f") is None:
        return content
    forget_results(data)
    return (DECLARATION + etree.tostring(root, encoding="unicode")).encode()


def forget_results(data: Element) -> None:
    """Take the results of all formulas out of the rows of a sheet; also in the other cells one formula fills."""
    filled: set[str] = set()
    for formula in data.iter(f"{_S}f"):
        if formula.get("t") in ("array", "dataTable"):
            filled |= _cells(formula.get("ref") or "")
    for cell in data.iter(f"{_S}c"):
        if cell.find(f"{_S}f") is None and cell.get("r") not in filled:
            continue
        value = cell.find(f"{_S}v")
        if value is not None:
            cell.remove(value)
        cell.attrib.pop("t", None)


def _cells(area: str) -> set[str]:
    found = parse_area(area)
    if found is None or found.end_row is None or not found.column:
        return set()
    columns = range(column_number(found.column), column_number(found.end_column) + 1)
    rows = range(found.row, found.end_row + 1)
    if len(columns) * len(rows) > _MOST_CELLS:
        return set()
    return {f"{column_letters(column)}{row}" for row in rows for column in columns}


def forget_linked_texts(contents: dict[str, bytes], file: str) -> None:
    """Empty the text boxes that show a cell: what they noted of it is old, and not every program reads the cell."""
    for part, content in contents.items():
        if not part.startswith("xl/drawings/") or b"textlink=" not in content:
            continue
        root = parse_xml(content, file, part)
        shapes = [shape for shape in root.iter() if isinstance(shape.tag, str) and shape.get("textlink")]
        texts = [text for shape in shapes for text in shape.iter(f"{_A}t") if text.text]
        for text in texts:
            text.text = ""
        if texts:
            contents[part] = (DECLARATION + etree.tostring(root, encoding="unicode")).encode()
