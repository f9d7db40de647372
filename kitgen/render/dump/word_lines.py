"""What a paragraph, a cell and a row of a Word document say, in one line each (see `dump`)."""

from collections.abc import Iterator
from itertools import chain
from typing import Final

from kitgen.render.package.xml import Element, W, local_name
from kitgen.render.tags.walk import blocks, boxes, own, shown_branch

_VML: Final = "{urn:schemas-microsoft-com:vml}"
_PARAGRAPH_END: Final = " ¶ "
_SKIPPED: Final = frozenset({"pPr", "rPr", "del", "moveFrom", "sdtPr", "sdtEndPr", "fldData"})
_SIGNS: Final = {
    "tab": " → ", "ptab": " → ", "br": " ↵ ", "cr": " ↵ ", "noBreakHyphen": "\u2011", "softHyphen": "",
    "pgNum": "{PAGE}",
}  # fmt: skip
VOLATILE: Final = frozenset({
    "PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "PAGEREF", "DATE", "TIME", "SAVEDATE", "PRINTDATE", "CREATEDATE",
    "EDITTIME", "FILENAME", "FILESIZE", "NUMWORDS", "NUMCHARS", "REVNUM", "LASTSAVEDBY", "USERNAME",
})  # fmt: skip
"""Fields whose results change by themselves, whatever the document says."""


def row_texts(row: Element) -> tuple[str, ...]:
    """What each cell of a row says, merged cells told; tables within a cell do not count."""
    return tuple(f"{cell_text(cell)}{_merged(cell)}".strip() for cell in own(row, f"{W}tc"))


def cell_text(cell: Element) -> str:
    """The paragraphs of a cell in one line."""
    texts = [paragraph_text(block) for block in blocks(cell) if block.tag == f"{W}p"]
    return _PARAGRAPH_END.join(texts).strip()


def _merged(cell: Element) -> str:
    shape = cell.find(f"{W}tcPr")
    if shape is None:
        return ""
    span, down = shape.find(f"{W}gridSpan"), shape.find(f"{W}vMerge")
    text = f" (over {span.get(f'{W}val')} columns)" if span is not None else ""
    if down is not None and down.get(f"{W}val") != "restart":
        text += " (goes on)"
    return text


def paragraph_text(paragraph: Element) -> str:
    """The text of a paragraph with its marks."""
    pieces: list[tuple[str, str]] = []
    fields: list[_Field] = []
    for mark, text in chain(_pieces(paragraph, fields), _left_open(fields)):
        if pieces and pieces[-1][0] == mark:
            pieces[-1] = (mark, pieces[-1][1] + text)
        else:
            pieces.append((mark, text))
    return "".join(f"{mark}{text}{mark}" if text.strip() else text for mark, text in pieces)


class _Field:
    """A field that is open: its code as far as it was read, and whether its result has begun."""

    __slots__ = ("code", "has_result")

    def __init__(self) -> None:
        self.code = ""
        self.has_result = False

    @property
    def name(self) -> str:
        words = self.code.split(None, 1)
        return words[0] if words else ""

    @property
    def hides(self) -> bool:
        """Whether what stands in it now is no text: its code, or a result that changes by itself."""
        return not self.has_result or self.name.upper() in VOLATILE


def _left_open(fields: list[_Field]) -> Iterator[tuple[str, str]]:
    """The fields of a paragraph whose results stand in the next ones."""
    for field in fields:
        if not field.has_result:
            yield "", f"{{{field.name}}}"


def _pieces(element: Element, fields: list[_Field]) -> Iterator[tuple[str, str]]:
    for child in element:
        kind = local_name(child)
        if kind in _SKIPPED:
            continue
        if kind == "r":
            yield from _run_pieces(child, fields)
        elif kind == "fldSimple":
            simple = _Field()
            simple.code, simple.has_result = child.get(f"{W}instr") or "", True
            yield "", f"{{{simple.name}}}"
            yield from _pieces(child, [*fields, simple])
        elif kind == "AlternateContent":
            branch = shown_branch(child)
            if branch is not None:
                yield from _pieces(branch, fields)
        elif kind not in ("p", "tbl"):
            yield from _pieces(child, fields)


def _run_pieces(run: Element, fields: list[_Field]) -> Iterator[tuple[str, str]]:
    looks = run.find(f"{W}rPr")
    mark = "" if looks is None else "~~" if _is_on(looks, "strike") else "**" if _is_on(looks, "b") else ""
    yield from _run_children(run, mark, fields)


def _run_children(run: Element, mark: str, fields: list[_Field]) -> Iterator[tuple[str, str]]:
    for child in run:
        kind = local_name(child)
        if kind == "t":
            if not fields or not any(field.hides for field in fields):
                yield mark, child.text or ""
        elif kind in ("fldChar", "instrText"):
            yield from _field_pieces(child, fields)
        elif fields and any(field.hides for field in fields):
            continue
        elif kind in _SIGNS:
            yield mark, _SIGNS[kind]
        elif kind in ("sym", "symEx"):
            yield mark, _symbol(child)
        elif kind in ("drawing", "pict", "object"):
            for words in child.iter(f"{_VML}textpath"):
                yield mark, f"[{words.get('string') or ''}]"
            for box in boxes(child):
                yield mark, f"[{_box_text(box)}]"
        elif kind == "AlternateContent":
            branch = shown_branch(child)
            if branch is not None:
                yield from _run_children(branch, mark, fields)
        elif kind == "ruby":
            for name, form in (("rubyBase", "{}"), ("rt", "({})")):
                for words in child.iterfind(f"{W}{name}"):
                    text = "".join(piece for _, piece in _pieces(words, fields))
                    yield mark, form.format(text) if text else ""


def _field_pieces(element: Element, fields: list[_Field]) -> Iterator[tuple[str, str]]:
    """Notes where a field begins, has its result, ends; a field is told once, by the first word of its code."""
    if element.tag == f"{W}instrText":
        if fields and not fields[-1].has_result:
            fields[-1].code += element.text or ""
        return
    state = element.get(f"{W}fldCharType")
    if state == "begin":
        fields.append(_Field())
        box = element.find(f"{W}ffData/{W}checkBox")
        if box is not None:
            ticked = any(_is_on(box, name) for name in ("checked", "default"))
            yield "", "☒" if ticked else "☐"
        choice = element.find(f"{W}ffData/{W}ddList")
        if choice is not None:
            yield "", _chosen(choice)
    elif fields and state == "separate":
        yield "", f"{{{fields[-1].name}}}"
        fields[-1].has_result = True
    elif fields and state == "end":
        field = fields.pop()
        if not field.has_result:
            yield "", f"{{{field.name}}}"


def _chosen(choice: Element) -> str:
    """The entry a list to choose from stands at."""
    entries = [entry.get(f"{W}val") or "" for entry in choice.iterfind(f"{W}listEntry")]
    found = choice.find(f"{W}result")
    number = (found.get(f"{W}val") if found is not None else None) or "0"
    return entries[int(number)] if number.isdecimal() and int(number) < len(entries) else ""


def _symbol(element: Element) -> str:
    written = next((value for key, value in element.attrib.items() if str(key).endswith("}char")), "")
    try:
        return chr(int(written, 16))
    except (ValueError, OverflowError):
        return ""


def _box_text(box: Element) -> str:
    texts = []
    for block in blocks(box):
        if block.tag == f"{W}p":
            texts.append(paragraph_text(block))
        else:
            texts += [" | ".join(row_texts(row)) for row in own(block, f"{W}tr")]
    return _PARAGRAPH_END.join(texts)


def _is_on(looks: Element, name: str) -> bool:
    found = looks.find(f"{W}{name}")
    return found is not None and found.get(f"{W}val") not in ("0", "false", "none")
