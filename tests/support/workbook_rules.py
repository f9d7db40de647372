"""What makes Excel refuse or repair a workbook and schemas do not tell: rules of our own, as a list of faults."""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
XM = "{http://schemas.microsoft.com/office/excel/2006/main}"
AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?")
STRINGS = "xl/sharedStrings.xml"
Box = tuple[int, int, int, int]


def faults_of(data: bytes) -> list[str]:
    """Every fault found in a finished workbook."""
    parts: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [entry.filename for entry in archive.infolist()]
        parts = {name: archive.read(name) for name in names}
    faults = [f"{name} twice" for name in {name for name in names if names.count(name) > 1}]
    trees = {
        name: etree.fromstring(content) for name, content in parts.items() if name.endswith((".xml", ".rels", ".vml"))
    }
    faults += _types(trees, parts)
    faults += _relations(trees, parts)
    for name, root in trees.items():
        if name.startswith("xl/worksheets/sheet"):
            faults += [f"{name}: {fault}" for fault in _sheet(name, root, trees)]
        if name.endswith(".vml"):
            shapes = [shape.get("id") for shape in root.iter("{urn:schemas-microsoft-com:vml}shape")]
            faults += [f"{name}: shape id doubled"] * (len(shapes) != len(set(shapes)))
        if "comments" in name and root.tag == f"{S}comments":
            cells = [comment.get("ref") for comment in root.iter(f"{S}comment")]
            faults += [f"{name}: two comments in a cell"] * (len(cells) != len(set(cells)))
        faults += [f"{name}: tag left"] * (b"{%" in parts[name] or b"{{" in parts[name])
    faults += _workbook(trees["xl/workbook.xml"])
    return faults


def box(text: str) -> Box | None:
    match = AREA.fullmatch(text)
    if match is None:
        return None
    left, top = _number(match[1]), int(match[2])
    return (top, left, int(match[4] or top), _number(match[3]) if match[3] else left)


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _types(trees: dict[str, etree._Element], parts: dict[str, bytes]) -> Iterator[str]:
    types = trees["[Content_Types].xml"]
    overrides = [(entry.get("PartName") or "")[1:] for entry in types if entry.tag.endswith("Override")]
    defaults = {(entry.get("Extension") or "").lower() for entry in types if entry.tag.endswith("Default")}
    yield from (f"content type of {name}, which is not there" for name in overrides if name not in parts)
    for name in parts:
        if name not in overrides and name.rpartition(".")[2].lower() not in defaults and name != "[Content_Types].xml":
            yield f"{name} has no content type"


def _relations(trees: dict[str, etree._Element], parts: dict[str, bytes]) -> Iterator[str]:
    for name, root in trees.items():
        if not name.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        ids = [entry.get("Id") for entry in root]
        yield from [f"{name}: id doubled"] * (len(ids) != len(set(ids)))
        for entry in root:
            target = entry.get("Target") or ""
            found = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            if entry.get("TargetMode") != "External" and not target.startswith("#") and found not in parts:
                yield f"{name}: {target} is not there"
        source = posixpath.join(folder, posixpath.basename(name)[:-5])
        if source in trees:
            for element in trees[source].iter():
                for key, value in element.attrib.items():
                    if key in (f"{R}id", f"{R}embed", f"{R}link") and value not in ids:
                        yield f"{source}: relation {value} points nowhere"


def _overlapping(boxes: list[Box]) -> bool:
    return any(
        a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]
        for index, a in enumerate(boxes) for b in boxes[:index]
    )  # fmt: skip


def _sheet(name: str, root: etree._Element, trees: dict[str, etree._Element]) -> Iterator[str]:
    last = 0
    for row in root.iterfind(f"{S}sheetData/{S}row"):
        number = int(row.get("r") or 0)
        if number <= last or number > 1_048_576:
            yield f"row {number} after {last}"
        last, column = number, 0
        for cell in row:
            found = box(cell.get("r") or "")
            if found is None or found[0] != number or found[1] <= column:
                yield f"cell {cell.get('r')} out of place in row {number}"
                continue
            column = found[1]
            if sum(len(text.text or "") for text in cell.iter(f"{S}t")) > 32_767:
                yield f"cell {cell.get('r')} too long"
            if len(cell.findtext(f"{S}f") or "") > 8_192:
                yield f"formula in {cell.get('r')} too long"
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        area = element.text if element.tag == f"{XM}sqref" else element.get("sqref")
        if area is not None and not (area.split() and all(box(one) for one in area.split())):
            yield f"area {area!r} of {element.tag.rpartition('}')[2]}"
        if element.get("count") and element.tag.rpartition("}")[2] in ("mergeCells", "dataValidations", "rowBreaks"):
            if int(element.get("count") or 0) != len(element):
                yield f"count of {element.tag} is wrong"
        if len(element) == 0 and element.tag.rpartition("}")[2] in (
            "mergeCells", "dataValidations", "hyperlinks", "rowBreaks", "protectedRanges", "ignoredErrors", "cellWatches",
            "sparklines", "conditionalFormattings", "conditionalFormatting",
        ):  # fmt: skip
            yield f"{element.tag} is empty"
    merges = [found for merge in root.iter(f"{S}mergeCell") if (found := box(merge.get("ref") or ""))]
    if _overlapping(merges) or any(merge[:2] == merge[2:] for merge in merges):
        yield "merged cells overlap or are one cell"
    tables = _tables(name, root, trees)
    if _overlapping([area for _, area in tables] + merges) and tables:
        yield "tables overlap, or hold merged cells"
    links = [link.get("ref") for link in root.iter(f"{S}hyperlink")]
    if len(links) != len(set(links)):
        yield "two links on a cell"
    texts = {cell.get("r"): _text(cell, trees) for cell in root.iter(f"{S}c")}
    for table, area in tables:
        if area[2] - area[0] < 1:
            yield "table without rows"
        for offset, column in enumerate(table.iter(f"{S}tableColumn")):
            cell = f"{_letters(area[1] + offset)}{area[0]}"
            if table.get("headerRowCount") != "0" and texts.get(cell) != column.get("name"):
                yield f"table header {column.get('name')!r} but {texts.get(cell)!r} in {cell}"


def _tables(name: str, root: etree._Element, trees: dict[str, etree._Element]) -> list[tuple[etree._Element, Box]]:
    relations = trees.get(f"xl/worksheets/_rels/{posixpath.basename(name)}.rels")
    if relations is None:
        return []
    targets = {entry.get("Id"): posixpath.normpath(f"xl/worksheets/{entry.get('Target')}") for entry in relations}
    targets |= {
        key: target[1:]
        for entry in relations
        if (key := entry.get("Id")) and (target := entry.get("Target") or "").startswith("/")
    }
    found = [trees[targets[part.get(f"{R}id")]] for part in root.iter(f"{S}tablePart")]
    return [(table, area) for table in found if (area := box(table.get("ref") or ""))]


def _text(cell: etree._Element, trees: dict[str, etree._Element]) -> str:
    if cell.get("t") == "s":
        string = trees[STRINGS][int(cell.findtext(f"{S}v") or 0)]
        return "".join(text.text or "" for text in string.iter(f"{S}t"))
    return "".join(text.text or "" for text in cell.iter(f"{S}t"))


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _workbook(root: etree._Element) -> Iterator[str]:
    names = [(name.get("name", "").lower(), name.get("localSheetId")) for name in root.iter(f"{S}definedName")]
    yield from ["a name is defined twice"] * (len(names) != len(set(names)))
    sheets = [sheet.get("name") or "" for sheet in root.iter(f"{S}sheet")]
    yield from ["two sheets of one name"] * (len({sheet.lower() for sheet in sheets}) != len(sheets))
    yield from (
        f"sheet name {sheet!r}" for sheet in sheets if not 0 < len(sheet) <= 31 or re.search(r"[\[\]:*?/\\]", sheet)
    )
