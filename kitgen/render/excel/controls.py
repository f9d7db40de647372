"""Check boxes over the cells of a sheet (form controls): ticked by a claim, and repeated in looped rows.

A box is described in four places: the list of controls of its sheet, a part of its own, the old drawing (VML) and the
new one. The claim is typed as its alternative text, or is what stands in the cell it is linked to.
"""

from dataclasses import dataclass, replace
from typing import Final

from kitgen.base.errors import Place
from kitgen.base.messages import said
from kitgen.render.excel.formulas import Reference
from kitgen.render.excel.fragments import evaluate
from kitgen.render.excel.reference_tokens import (
    ROW,
    SHEET,
    Sheet,
    mark_formula,
    mark_pieces,
    pieces_of,
    reference_code,
    repeated,
)
from kitgen.render.package.xml import Element, R, local_name
from kitgen.render.tags.tags import Tag

FIRST_CONTROL: Final = 1_024
_XDR: Final = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_X: Final = "{urn:schemas-microsoft-com:office:excel}"


@dataclass(slots=True)
class CheckBox:
    """Kotak centang: one check box of a template; `claim` ticks it, `is_looped` tells whether it is repeated."""

    shape: str
    relation: str
    part: str
    corner: tuple[int, int]
    claim: Tag | None
    is_looped: bool
    last_shape: int
    kept: int = -1

    @property
    def identity(self) -> str:
        """The number of the box in this iteration, as Jinja code."""
        return f"_at | _shape({self.shape}, {self.last_shape})"

    def ticked(self) -> str:
        """Whether the box is ticked, as Jinja code; only of one that has a claim."""
        assert self.claim is not None
        value = f"_at | _kept_value({self.kept})" if self.is_looped else self.claim.inner
        return f"({value}) | _ticked"


def note_claim(sheet: Sheet, box: CheckBox) -> None:
    """Have the claim of a repeated box worked out in its row."""
    if box.is_looped and box.claim is not None and box.kept < 0:
        place = sheet.place(text=box.claim.written)
        box.kept = evaluate(
            sheet, *box.corner, box.claim, Place(place.file, None, said("{spot}, check box", spot=place.spot))
        )


def repeat_control(sheet: Sheet, anchor: Element, top: int, left: int) -> bool:
    """Repeat an entry of a sheet's list of controls, if it is a check box in a looped row."""
    control = next((above for above in anchor.iterancestors() if local_name(above) == "control"), None)
    box = sheet.boxes.get(control.get("shapeId") or "") if control is not None else None
    if control is None or box is None:
        return False
    for properties in control.iter("{*}controlPr"):
        if box.claim is not None:
            properties.attrib.pop("altText", None)
    if not box.is_looped:
        return False
    note_claim(sheet, box)
    element = control
    while (above := element.getparent()) is not None and local_name(above) in ("Choice", "AlternateContent"):
        if local_name(above) == "AlternateContent" and len(above.findall(".//{*}controls")):
            break
        element = above
        if local_name(above) == "AlternateContent":
            break
    with repeated(sheet, element, (top, top), (left, left)):
        control.set("shapeId", sheet.token(box.identity))
        control.set(f"{R}id", sheet.token(f"_at | _control({box.relation!r}, {box.part!r})"))
        for name, along, across in (("from", 0, 0), ("to", 0, 0)):
            _step(sheet, anchor.find(f"{{*}}{name}"), top + along, left + across)
    return True


def _step(sheet: Sheet, bound: Element | None, top: int, left: int) -> None:
    """A corner of the anchor of a repeated box: as far from its cell as in the template."""
    for name, start, index in (("row", top, 1), ("col", left, 4)):
        entry = bound.find(f"{_XDR}{name}") if bound is not None else None
        if entry is not None and (entry.text or "").strip().isdigit():
            entry.text = sheet.token(f"_at[{index}] + {int(entry.text or 0) - start}")


def mark_control_part(part: Sheet) -> None:
    """The part of a control: its linked cells, and whether it is ticked; that of a repeated box comes as often."""
    box = next((box for box in _boxes(part).values() if box.part == part.part), None)
    if box is not None and box.is_looped:
        rows, columns = (box.corner[0],) * 2, (box.corner[1],) * 2
        part.copied.append((rows, columns))
        part.repeats = f"_sheet | _copies({len(part.copied) - 1})"
    link = part.root.get("fmlaLink")
    for name in ("fmlaRange", "fmlaGroup", "fmlaTxbx"):
        if part.root.get(name):
            part.root.set(name, mark_formula(part, part.root.get(name) or "", SHEET))
    if link:
        looped = box is not None and box.is_looped
        part.root.set(
            "fmlaLink", link_in_row(part, link, box.corner) if looped and box else mark_formula(part, link, SHEET)
        )
    if box is not None and box.claim is not None:
        note_claim(part.owner or part, box)
        part.root.set("checked", part.token(f"'Checked' if {box.ticked()} else 'Unchecked'"))


def link_in_row(part: Sheet, formula: str, corner: tuple[int, int]) -> str:
    """The cell a repeated box is linked to: in a looped row that of the same iteration, though Excel writes a `$`."""
    rows, columns = part.rows.loops_at(corner[0]), part.columns.loops_at(corner[1])
    pieces = []
    for piece in pieces_of(part, formula):
        if isinstance(piece, Reference) and set(part.rows.loops_at(piece.row)) & set(rows):
            piece = replace(piece, is_fixed=False)
        if isinstance(piece, Reference) and columns:
            piece = replace(piece, column=piece.column.lstrip("$"))
        pieces.append(piece)
    if len(pieces) == 1 and isinstance(only := pieces[0], Reference) and only.end_row is None:
        return part.token(f"{reference_code(part, only, ROW)} | _absolute")
    return mark_pieces(part, pieces, None, ROW)


def mark_old_control(part: Sheet, shape: Element, facts: Element, corner: tuple[int, int], number: str) -> bool:
    """A check box in the old drawing: ticked by its claim; in a looped row repeated, which is told."""
    box = _boxes(part).get(number)
    if box is None:
        return False
    if box.claim is not None:
        note_claim(part.owner or part, box)
        shape.attrib.pop("alt", None)
    if not box.is_looped:
        _tick(part, facts, box)
        return False
    with repeated(part, shape, (corner[0],) * 2, (corner[1],) * 2):
        shape.set("id", "_x0000_s" + part.token(box.identity))
        _tick(part, facts, box)
        for link in facts.iter(f"{_X}FmlaLink"):
            link.text = link_in_row(part, link.text or "", corner)
        anchor = facts.find(f"{_X}Anchor")
        numbers = (anchor.text or "").split(",") if anchor is not None else []
        if anchor is not None and len(numbers) == 8:
            for at, start, index in ((0, corner[1], 4), (2, corner[0], 1), (4, corner[1], 4), (6, corner[0], 1)):
                numbers[at] = " " + part.token(f"_at[{index}] + {int(numbers[at]) - start}")
            anchor.text = ",".join(numbers)
    return True


def _tick(part: Sheet, facts: Element, box: CheckBox) -> None:
    if box.claim is None:
        return
    ticked = facts.find(f"{_X}Checked")
    if ticked is None:
        ticked = facts.makeelement(f"{_X}Checked")
        facts.append(ticked)
    ticked.text = part.token(f"1 if {box.ticked()} else 0")


def mark_new_control(part: Sheet, element: Element) -> CheckBox | None:
    """The check box a shape of the new drawing stands for, its claim taken out of its alternative text."""
    for entry in element.iter("{*}compatExt"):
        box = _boxes(part).get((entry.get("spid") or "").removeprefix("_x0000_s"))
        if box is not None and box.claim is not None:
            for shape in element.iter(f"{_XDR}cNvPr"):
                shape.attrib.pop("descr", None)
        if box is not None:
            return box
    return None


def _boxes(part: Sheet) -> dict[str, CheckBox]:
    return (part.owner or part).boxes
