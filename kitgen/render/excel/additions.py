"""What a rendering adds to a workbook: copies of sheets, links, pictures, parts of looped rows, styles of dates."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree

from kitgen.render.excel.book_state import BookState, CellPicture, book_of, drawing_relation
from kitgen.render.excel.number_formats import with_date_styles
from kitgen.render.excel.sheet_list import copy_relation
from kitgen.render.package.content_types import CONTENT_TYPES, serialised, types_of
from kitgen.render.package.copies import copy_name
from kitgen.render.package.relations import relations_name, relations_of
from kitgen.render.package.xml import DECLARATION, R, escape_text, parse_xml
from kitgen.render.tags.state import RenderState

_WORKBOOK: Final = "xl/workbook.xml"
_STYLES: Final = "xl/styles.xml"
_KINDS: Final = R[1:-1]
_RELATIONS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_XDR: Final = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_DRAWING_TYPE: Final = "application/vnd.openxmlformats-officedocument.drawing+xml"
_SHARED: Final = ("image", "theme", "pivotCacheDefinition", "externalLinkPath")
"""Kinds of relations that lead to what copies of a sheet share."""
Content = Callable[[str], bytes | None]


@dataclass(frozen=True, slots=True)
class LoopedSheet:
    """Lembar berulang: a sheet that is repeated, its relation in the workbook, and all parts that belong to it."""

    part: str
    relation: str
    members: tuple[str, ...]


def looped_sheet(contents: Mapping[str, bytes], part: str, repeated: Sequence[str], file: str) -> LoopedSheet:
    """What is copied with a sheet: all its relations lead to, but for pictures and parts repeated in looped rows."""
    found: list[str] = [part]
    for member in found:
        for relation in relations_of(contents, member, file):
            target = relation.target
            inside = not relation.is_external and target in contents and target.startswith("xl/")
            if inside and relation.kind not in _SHARED and target not in found and target not in repeated:
                found.append(target)
    of_workbook = relations_of(contents, _WORKBOOK, file)
    return LoopedSheet(part, next(each.id for each in of_workbook if each.target == part), tuple(found))


def finisher(
    state: RenderState, looped: Sequence[LoopedSheet], repeated: Mapping[str, str], file: str
) -> Callable[[dict[str, bytes], Content], None]:
    """What completes the parts of one rendering; `repeated`: the kind of each part repeated in looped rows."""

    def finish(made: dict[str, bytes], static: Content) -> None:
        book = book_of(state)
        noted = (book.controls, book.relations, book.pictures, book.media, book.date_styles)
        if not looped and not any(noted):
            return
        additions = _Additions(book, made, static, file)
        for sheet in looped:
            additions.copy_sheet(sheet, repeated)
        for part, times in book.controls.items():
            additions.add_repeated(part, repeated[part], times)
        for part, known in list(book.relations.items()):
            for (kind, target), id in known.items():
                additions.relate(part, id, kind, target)
        for part, pictures in book.pictures.items():
            additions.add_pictures(part, pictures)
        additions.add_media(book.media)
        if book.date_styles:
            made[_STYLES] = with_date_styles(additions.content(_STYLES) or b"", book.date_styles, file)
        additions.write_types()

    return finish


class _Additions:
    """The additions to one rendering; `content` is what a part holds by now."""

    def __init__(self, book: BookState, made: dict[str, bytes], static: Content, file: str) -> None:
        self._book = book
        self._made = made
        self._static = static
        self._file = file
        self._types: dict[str, str] = {}
        self._endings: set[str] = set()

    def content(self, part: str) -> bytes | None:
        """What a part holds by now, if there is one."""
        found = self._made.get(part)
        return self._static(part) if found is None else found

    def copy_sheet(self, sheet: LoopedSheet, repeated: Mapping[str, str]) -> None:
        """The copies of a sheet but for the first, which is that of the template."""
        types = types_of(self.content(CONTENT_TYPES) or b"", sheet.members, self._file)
        for copy in range(1, self._book.copies.get(sheet.part, 1)):
            for member in sheet.members:
                name = copy_name(member, copy)
                if name not in self._made:
                    self._made[name] = self._static(member) or b""
                self._types[name] = types[member]
                self._copy_relations(sheet, member, copy, repeated)
            self.relate(_WORKBOOK, copy_relation(sheet.relation, copy), "worksheet", copy_name(sheet.part, copy))

    def _copy_relations(self, sheet: LoopedSheet, member: str, copy: int, repeated: Mapping[str, str]) -> None:
        name = relations_name(member)
        content = self._static(name)
        if content is None:
            return
        root = parse_xml(content, self._file, name)
        targets = {each.id: each for each in relations_of({name: content, **dict.fromkeys(
            (*sheet.members, *repeated), b"")}, member, self._file)}  # fmt: skip
        for entry in list(root):
            relation = targets.get(entry.get("Id") or "")
            if relation is None or relation.is_external:
                continue
            if relation.target in repeated:
                root.remove(entry)
            elif relation.target in sheet.members:
                entry.set("Target", "/" + copy_name(relation.target, copy))
        self._made[relations_name(copy_name(member, copy))] = serialised(root)

    def relate(self, part: str, id: str, kind: str, target: str) -> None:
        """Add a relation to a part: a link, or to another part."""
        name = relations_name(part)
        content = self.content(name)
        root = etree.Element(f"{_RELATIONS}Relationships") if content is None else parse_xml(content, self._file, name)
        entry = etree.SubElement(root, f"{_RELATIONS}Relationship")
        entry.set("Id", id)
        entry.set("Type", f"{_KINDS}/{kind}")
        entry.set("Target", target if kind == "hyperlink" else f"/{target}")
        if kind == "hyperlink":
            entry.set("TargetMode", "External")
        self._made[name] = serialised(root)

    def add_repeated(self, part: str, kind: str, times: Sequence[tuple[str, str]]) -> None:
        """The relations of a part repeated in looped rows, but for its first, which the template has."""
        kinds = types_of(self.content(CONTENT_TYPES) or b"", [part], self._file)
        for number, (sheet, id) in enumerate(times):
            if number:
                self.relate(sheet, id, kind, copy_name(part, number))
                self._types[copy_name(part, number)] = kinds[part]

    def add_pictures(self, part: str, pictures: Sequence[CellPicture]) -> None:
        """The pictures of values, over their cells."""
        contents = {relations_name(part): self.content(relations_name(part)) or b"<none/>"}
        related = relations_of(contents, part, self._file)
        drawing = next((each.target for each in related if each.kind == "drawing"), "")
        if not drawing:
            drawing = f"xl/drawings/kit-{part.rpartition('/')[2]}"
            self.relate(part, drawing_relation(self._book), "drawing", drawing)
            self._types[drawing] = _DRAWING_TYPE
        text = (self.content(drawing) or b"").decode() or f'{DECLARATION}<xdr:wsDr xmlns:xdr="{_XDR}" xmlns:a="{_A}"/>'
        root = parse_xml(text.encode(), self._file, drawing)
        taken = [int(each.get("id") or 0) for each in root.iter("{*}cNvPr") if (each.get("id") or "").isdigit()]
        first = max(taken, default=0) + 1
        for number, picture in enumerate(pictures, first):
            relation = self._book.relation(drawing, "image", picture.relation)
            root.append(etree.fromstring(_anchor(picture, relation, number)))
        self._made[drawing] = serialised(root)
        known = self._book.relations[drawing]
        present = self.content(relations_name(drawing)) or b""
        for (kind, target), id in known.items():
            if f'Id="{id}"'.encode() not in present:
                self.relate(drawing, id, kind, target)

    def add_media(self, media: Mapping[str, bytes]) -> None:
        """The files of pictures."""
        self._made |= media
        self._endings |= {name.rpartition(".")[2] for name in media}

    def write_types(self) -> None:
        """Enter what was added into the package's list of content types."""
        if not (self._types or self._endings):
            return
        root = parse_xml(self.content(CONTENT_TYPES) or b"", self._file, CONTENT_TYPES)
        known = {(entry.get("Extension") or "").lower() for entry in root}
        for position, ending in enumerate(sorted(self._endings - known)):
            entry = root.makeelement(f"{_TYPES}Default", {"Extension": ending, "ContentType": f"image/{ending}"})
            root.insert(position, entry)
        named = {entry.get("PartName") for entry in root}
        for part, kind in sorted(self._types.items()):
            if f"/{part}" not in named:
                etree.SubElement(root, f"{_TYPES}Override", PartName=f"/{part}", ContentType=kind)
        self._made[CONTENT_TYPES] = serialised(root)


def _anchor(picture: CellPicture, relation: str, number: int) -> str:
    extent = f'cx="{picture.width}" cy="{picture.height}"'
    return (
        f'<xdr:oneCellAnchor xmlns:xdr="{_XDR}" xmlns:a="{_A}"><xdr:from><xdr:col>{picture.column}</xdr:col>'
        f"<xdr:colOff>0</xdr:colOff><xdr:row>{picture.row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
        f'<xdr:ext {extent}/><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="{number}" name="Picture {number}" '
        f'descr="{escape_text(picture.alt)}"/><xdr:cNvPicPr><a:picLocks noChangeAspect="1"/></xdr:cNvPicPr>'
        "</xdr:nvPicPr>"
        f'<xdr:blipFill><a:blip xmlns:r="{_KINDS}" r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</xdr:blipFill><xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic><xdr:clientData/></xdr:oneCellAnchor>'
    )
