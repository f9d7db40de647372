"""Tags that a program cut over several runs of a text, in parts other than Word's own text."""

from collections.abc import Sequence

from kitgen.render.package.xml import Element
from kitgen.render.tags.tags import Tag, find_tags


def join_tags(parts: Sequence[Element]) -> None:
    """Move each tag into the run it begins in, where a text has several runs."""
    if len(parts) < 2:
        return
    text = "".join(part.text or "" for part in parts)
    bounds = [tag for tag in find_tags(text) if isinstance(tag, Tag)]
    position, cuts = 0, []
    for part in parts:
        cuts.append((position, position + len(part.text or "")))
        position = cuts[-1][1]
    owner = [index for index, (start, end) in enumerate(cuts) for _ in range(start, end)]
    for tag in bounds:
        owner[tag.start : tag.end] = [owner[tag.start]] * (tag.end - tag.start)
    for index, part in enumerate(parts):
        part.text = "".join(character for character, at in zip(text, owner, strict=True) if at == index)
