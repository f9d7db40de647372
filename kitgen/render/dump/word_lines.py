"""What a paragraph, a cell and a row of a Word document say, in one line each (see `dump`)."""

from collections.abc import Iterator
from typing import Final

from kitgen.render.package.xml import Element, W, local_name

_PARAGRAPH_END: Final = " ¶ "
_SKIPPED: Final = frozenset({"pPr", "rPr", "del", "moveFrom", "sdtPr", "sdtEndPr", "fldData", "Fallback"})


def row_texts(row: Element) -> tuple[str, ...]:
    """What each cell of a row says, merged cells told; tables within a cell do not count."""
    return tuple(f"{cell_text(cell)}{_merged(cell)}".strip() for cell in row.iterfind(f"{W}tc"))


def cell_text(cell: Element) -> str:
    """The paragraphs of a cell in one line."""
    texts = [paragraph_text(paragraph) for paragraph in _own_paragraphs(cell)]
    return _PARAGRAPH_END.join(texts).strip()


def _own_paragraphs(container: Element) -> Iterator[Element]:
    for child in container:
        kind = local_name(child)
        if kind == "p":
            yield child
        elif kind in ("sdt", "sdtContent"):
            yield from _own_paragraphs(child)


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
    for mark, text in _pieces(paragraph):
        if pieces and pieces[-1][0] == mark:
            pieces[-1] = (mark, pieces[-1][1] + text)
        else:
            pieces.append((mark, text))
    return "".join(f"{mark}{text}{mark}" if text.strip() else text for mark, text in pieces)


def _pieces(element: Element) -> Iterator[tuple[str, str]]:
    in_field = False
    for child in element:
        kind = local_name(child)
        if kind in _SKIPPED:
            continue
        if kind == "r":
            state = child.find(f"{W}fldChar")
            if state is not None:
                in_field = state.get(f"{W}fldCharType") in ("begin", "separate")
            if not in_field or child.find(f"{W}instrText") is not None:
                yield from _run_pieces(child)
        elif kind == "fldSimple":
            yield "", f"{{{(child.get(f'{W}instr') or '').split()[0]}}}"
        elif kind not in ("p", "tbl"):
            yield from _pieces(child)


def _run_pieces(run: Element) -> Iterator[tuple[str, str]]:
    looks = run.find(f"{W}rPr")
    mark = "" if looks is None else "~~" if _is_on(looks, "strike") else "**" if _is_on(looks, "b") else ""
    for child in run:
        kind = local_name(child)
        if kind == "t":
            yield mark, child.text or ""
        elif kind in ("tab", "br", "cr"):
            yield mark, " → " if kind == "tab" else " ↵ "
        elif kind == "instrText":
            yield "", f"{{{(child.text or '').split()[0] if (child.text or '').split() else ''}}}"
        elif kind in ("drawing", "pict"):
            for text_box in child.iter(f"{W}txbxContent"):
                yield mark, f"[{_PARAGRAPH_END.join(paragraph_text(p) for p in text_box.iterfind(f'{W}p'))}]"


def _is_on(looks: Element, name: str) -> bool:
    found = looks.find(f"{W}{name}")
    return found is not None and found.get(f"{W}val") not in ("0", "false", "none")
