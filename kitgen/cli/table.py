"""Tables on the terminal, and the words for states and kinds that stand in them."""

from collections.abc import Mapping
from typing import Final

from kitgen.base.messages import Message, joined, padded, said

WORDS: Final[Mapping[str, Message]] = {
    str(each): each
    for each in (
        said("draft"), said("released"), said("changed"), said("unchanged"), said("new"), said("missing"),
        said("removed"), said("kept"), said("split"), said("merged"), said("same"), said("editorial"),
        said("reworded"), said("ruled"), said("renumbered"), said("moved"), said("good"), said("stale"),
        said("withdrawn"), said("unknown"), said("edited"), said("resaved"), said("deleted"), said("foreign"),
        said("orphan"), said("corrected"),
    )
}  # fmt: skip
"""Words that stand in the data as they are, and in the person's language where they are told."""


def word(text: str) -> str:
    """A state or kind of the data as it is told; any other text as it is."""
    return WORDS.get(text, text)


def row(*cells: tuple[object, int]) -> Message:
    """A line of a table: each text with the width of its column, a negative one where it stands to the right."""
    return joined(" ", (padded(text if isinstance(text, str) else str(text), width) for text, width in cells))
