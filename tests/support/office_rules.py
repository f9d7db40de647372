"""What makes Word refuse a file, or quietly mend it, and openxml-audit does not notice: rules of our own."""

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
TYPES = "[Content_Types].xml"
STORIES = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
BLOCKS = {f"{W}p", f"{W}tbl", f"{W}sdt", f"{W}customXml", f"{W}altChunk"}
CELL_ORDER = ("cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign "
              "hideMark").split()  # fmt: skip
RUN_ORDER = ("rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
             "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl "
             "cs em lang eastAsianLayout specVanish oMath").split()  # fmt: skip


def faults_of(data: bytes) -> list[str]:
    """Everything wrong with a .docx, each as `part: what`."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        parts = {name: archive.read(name) for name in names}
    found = [f"package: {name} twice" for name, count in Counter(map(str.lower, names)).items() if count > 1]
    if names[0] != TYPES:
        found.append("package: content types are not first")
    trees: dict[str, etree._Element] = {}
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            try:
                trees[name] = etree.fromstring(content)
            except etree.XMLSyntaxError as error:
                found.append(f"{name}: {error}")
    found += _package_faults(parts, trees)
    ids: Counter[tuple[str, str]] = Counter()
    for name in sorted(trees):
        if STORIES.fullmatch(name):
            found += [f"{name}: {fault}" for fault in story_faults(trees[name])]
            ids.update(_ids(trees[name]))
    return found + [f"document: {kind} {id} {count} times" for (kind, id), count in ids.items() if count > 1]


def _package_faults(parts: Mapping[str, bytes], trees: Mapping[str, etree._Element]) -> Iterator[str]:
    types = trees[TYPES]
    endings = [entry.get("Extension", "").lower() for entry in types if entry.get("Extension")]
    named = [entry.get("PartName", "") for entry in types if entry.get("PartName")]
    for what in {text for text in (*endings, *named) if (*endings, *named).count(text) > 1}:
        yield f"content types: {what} twice"
    for name in parts:
        if name != TYPES and f"/{name}" not in named and name.rpartition(".")[2].lower() not in endings:
            yield f"{name}: has no content type"
    for name in named:
        if name[1:] not in parts:
            yield f"content types: {name} does not exist"
    for name, tree in trees.items():
        if name.endswith(".rels"):
            ids = Counter(entry.get("Id") for entry in tree)
            yield from (f"{name}: id {id} twice" for id, count in ids.items() if count > 1)
            base = posixpath.dirname(posixpath.dirname(name))
            for entry in tree:
                target = entry.get("Target", "")
                if entry.get("TargetMode") == "External":
                    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[!-~]+|[!-~]+", target):
                        yield f"{name}: {target!r} is no link"
                elif (
                    target[1:] if target[0] == "/" else posixpath.normpath(f"{base}/{target}").lstrip("./")
                ) not in parts:
                    yield f"{name}: {target} does not exist"
        else:
            folder, _, file = name.rpartition("/")
            relations = trees.get(f"{folder}/_rels/{file}.rels")
            known = {entry.get("Id") for entry in relations} if relations is not None else set()
            used = {value for element in tree.iter() for key, value in element.attrib.items() if str(key).startswith(R)}
            yield from (f"{name}: relation {id} points nowhere" for id in sorted(map(str, used - known)))


def story_faults(root: etree._Element) -> Iterator[str]:
    """What is wrong within one part with text."""
    for table in root.iter(f"{W}tbl"):
        yield from _table_faults(table)
    for cell in root.iter(f"{W}tc"):
        blocks = [child for child in cell if child.tag in BLOCKS]
        if not blocks or blocks[-1].tag != f"{W}p":
            yield "cell does not end with a paragraph"
    for name in ("hdr", "ftr", "footnote", "endnote", "comment", "txbxContent"):
        for story in root.iter(f"{W}{name}"):
            if not any(child.tag in BLOCKS for child in story):
                yield f"{name} holds no block"
    for paragraph in root.iter(f"{W}p"):
        if paragraph.getparent() is not None and paragraph.getparent().tag in (f"{W}p", f"{W}r", f"{W}tr", f"{W}tbl"):
            yield f"paragraph in a {etree.QName(paragraph.getparent()).localname}"
    for run in root.iter(f"{W}r"):
        if run.getparent() is None or run.getparent().tag in (f"{W}r", f"{W}body", f"{W}tc", f"{W}t"):
            yield "run in a wrong place"
    for link in root.iter(f"{W}hyperlink"):
        if link.getparent() is not None and link.getparent().tag in (f"{W}ins", f"{W}moveTo", f"{W}r"):
            yield "link in an insertion or run"
    for text in root.iter(f"{W}t"):
        if len(text) or (text.text and text.text != text.text.strip() and not _preserves(text)):
            yield f"text {text.text!r} holds elements or loses its blanks"
        if re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\U000f0000-\U000ffffd]", text.text or ""):
            yield "text holds characters it must not"
    for kind, order in (("tcPr", CELL_ORDER), ("rPr", RUN_ORDER)):
        for properties in root.iter(f"{W}{kind}"):
            names = [etree.QName(child).localname for child in properties if str(child.tag).startswith(W)]
            ranks = [order.index(name) for name in names if name in order]
            if ranks != sorted(ranks) or len(set(ranks)) != len(ranks):
                yield f"{kind} out of order: {names}"
    names = (getattr(each, "target", each.tag) for each in root.iter())
    attributes = (str(name) for each in root.iter() for name in each.attrib)
    if any("kitgen" in str(name) for name in (*names, *attributes)):  # texts may hold the word
        yield "notes of the engine are left in the part"


def _preserves(text: etree._Element) -> bool:
    return text.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"


def _own(container: etree._Element, name: str) -> Iterator[etree._Element]:
    for child in container:
        if child.tag == name:
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml"):
            yield from _own(child, name)


def _table_faults(table: etree._Element) -> Iterator[str]:
    columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
    if table.find(f"{W}tblPr") is None or table.find(f"{W}tblGrid") is None:
        yield "table without properties or grid"
    if next(_own(table, f"{W}tr"), None) is None:
        yield "table without rows"
    open_merges: set[int] = set()
    for row in _own(table, f"{W}tr"):
        at = sum(int(skip.get(f"{W}val", "0")) for skip in row.findall(f"{W}trPr/{W}gridBefore"))
        cells = list(_own(row, f"{W}tc"))
        if not cells:
            yield "row without cells"
        still_open: set[int] = set()
        for cell in cells:
            down = cell.find(f"{W}tcPr/{W}vMerge")
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            width = int(span.get(f"{W}val", "1")) if span is not None else 1
            if width < 1:
                yield "cell over no column"
            if down is not None:
                if down.get(f"{W}val") != "restart" and at not in open_merges:
                    yield "merged cell goes on, but none began"
                still_open.add(at)
            at += width
        open_merges = still_open
        if columns and at > columns:
            yield f"row covers {at} columns of {columns}"


def _ids(root: etree._Element) -> Iterator[tuple[str, str]]:
    for element in root.iter(f"{WP}docPr"):
        yield "docPr", element.get("id", "")
    for element in root.iter(f"{W}bookmarkStart"):
        yield "bookmark", element.get(f"{W}id", "")
        yield "bookmark name", element.get(f"{W}name", "").lower()
    for element in root.iter(f"{W}bookmarkEnd"):
        yield "bookmark end", element.get(f"{W}id", "")
    for element in root.iter(f"{W}sdtPr"):
        if (id := element.find(f"{W}id")) is not None:
            yield "sdt", id.get(f"{W}val", "")
    for element in root.iter(f"{W}p", f"{W}tr"):
        if id := element.get(f"{W14}paraId"):
            yield "paraId", id
