"""Pictures as plain values: `{"picture": "logo.png", "width_mm": 40, "alt": "Logo"}`, put into the line of a tag."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from kitgen.base.holes import Hole
from kitgen.base.messages import Message, said
from kitgen.render.package.picture_files import PictureRefused, measured, picture_size, read_picture
from kitgen.render.package.relations import Additions
from kitgen.render.package.xml import WP, R, escape_text

FIRST_NUMBER: Final = 100_000
"""Ids of drawings made while rendering begin here; those of the template are kept below."""
_A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC: Final = "http://schemas.openxmlformats.org/drawingml/2006/picture"

Fault = Callable[[str, Message, Message], None]


def drawing_xml(
    value: Mapping[str, object], part: str, folder: Path | None, number: int, additions: Additions, fault: Fault
) -> str:
    """The `w:drawing` of a picture value, in the line of text; faults are noted and give nothing."""
    source = value["picture"]
    if isinstance(source, Hole) or source is None:
        return ""
    name = "" if isinstance(source, bytes | bytearray) else f"`{source}`"
    try:
        if not isinstance(source, bytes | bytearray | str | Path):
            raise PictureRefused(said("picture is neither a path nor the bytes of a file"))
        content = bytes(source) if isinstance(source, bytes | bytearray) else read_picture(folder, str(source))
        file = measured(content)
        width, height = picture_size(file, value.get("width_mm"), value.get("height_mm"))
    except PictureRefused as refused:
        fault(
            f"picture {name}", refused.message, said("give a PNG or JPEG of up to 10 MB below the folder of pictures")
        )
        return ""
    relation, stored = additions.picture(part, content, file.kind)
    alt = value.get("alt")
    described = escape_text("" if alt is None or isinstance(alt, Hole) else str(alt))
    extent = f'cx="{width}" cy="{height}"'
    return (
        f'<w:drawing><wp:inline xmlns:wp="{WP[1:-1]}" distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>'
        f'<wp:docPr id="{FIRST_NUMBER + number}" name="Picture {number}" descr="{described}"/>'
        f'<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="{_A}" noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic xmlns:a="{_A}"><a:graphicData uri="{_PIC}"><pic:pic xmlns:pic="{_PIC}"><pic:nvPicPr>'
        f'<pic:cNvPr id="{FIRST_NUMBER + number}" name="{stored}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip xmlns:r="{R[1:-1]}" r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
