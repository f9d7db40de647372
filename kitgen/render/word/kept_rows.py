"""Rows of a loop that are to stay on one page: all of a short loop, of a longer one its ends.

A row whose paragraphs say "keep with next" in a template says so in each round of its loop; of thirty such rows Word
and LibreOffice make a block that leaves half a page empty and is torn all the same.
"""

from typing import Final

from kitgen.render.package.xml import Element, W
from kitgen.render.tags.marks import Mark, Marks, stand_in

WITHIN: Final = "loop.length <= 12 or loop.index <= 2 or loop.revindex <= 3"
"""Whether a row of the innermost loop stays with the next one; with its ends kept no row stands alone on a page."""


def keep_ends_of_long_loops(root: Element, marks: Marks) -> None:
    """Let "keep with next" of a row that is the whole body of a loop hold as `WITHIN` says."""
    for row in root.iter(f"{W}tr"):
        loop = _loop_around(row, marks)
        written = [] if loop is None else row.findall(f"{W}tc/{W}p/{W}pPr/{W}keepNext")
        if loop is None or not written or row.get("kept") is not None:
            continue
        row.addprevious(marks.instruction(stand_in(loop.tag, f"set _stays = {WITHIN}"), loop.place))
        for keep in written:
            keep.addprevious(marks.instruction(stand_in(loop.tag, "if _stays"), loop.place))
            keep.addnext(marks.instruction(stand_in(loop.tag, "endif"), loop.place))


def _loop_around(row: Element, marks: Marks) -> Mark | None:
    """The loop a row alone is the body of; None where there is more in it, or none."""
    before, after = row.getprevious(), row.getnext()
    opens = marks.at(before) if before is not None else None
    ends = marks.at(after) if after is not None else None
    if opens is None or ends is None or (opens.tag.name, ends.tag.name) != ("for", "endfor"):
        return None
    return opens
