"""Pictures on sheets: one that a value puts into a cell, and one of the template that a value takes the place of."""

from typing import Final

from kitgen.base.errors import Place
from kitgen.base.messages import said
from kitgen.render.excel.fragments import evaluate
from kitgen.render.excel.reference_tokens import Sheet
from kitgen.render.package.xml import Element, R, local_name
from kitgen.render.tags.tags import Tag, find_tags

XDR: Final = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def only_tag(text: str) -> Tag | None:
    """The value tag a text consists of."""
    tags = list(find_tags(text))
    found = tags[0] if len(tags) == 1 else None
    is_alone = isinstance(found, Tag) and found.kind == "value" and found.written == text.strip()
    return found if isinstance(found, Tag) and is_alone else None


def mark_picture(part: Sheet, picture: Element, cell: tuple[int, int] | None, place: Place) -> None:
    """A picture whose alternative text is one tag gives way to the picture of the tag's value.

    Over a blank nothing is shown; any other value is the alternative text.
    """
    described = picture.find(f"{XDR}nvPicPr/{XDR}cNvPr")
    image = picture.find(f"{XDR}blipFill/{_A}blip")
    tag = only_tag(described.get("descr") or "") if described is not None else None
    if described is None or image is None or tag is None:
        return
    here = Place(place.file, None, said("{spot}, picture", spot=place.spot))
    holder = picture
    while (above := holder.getparent()) is not None and local_name(above) not in ("wsDr", "root"):
        holder = above
    if cell is None:
        value = part.marks.instruction(tag, here, f"{{% set _picture = {tag.inner}\n%}}")
    else:
        number = evaluate(part, *cell, tag, here)
        value = part.instruction(f"{{% set _picture = _at | _kept_value({number}) %}}")
    holder.addprevious(value)
    holder.addprevious(part.instruction("{% if _picture | _is_shown %}"))
    holder.addnext(part.instruction("{% endif %}"))
    image.set(f"{R}embed", part.marks.token(tag, here, f"{{{{ _picture | _embedded({image.get(f'{R}embed')!r})\n}}}}"))
    described.set("descr", part.token("_picture | _described"))
