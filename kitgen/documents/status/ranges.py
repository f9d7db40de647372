"""Documents in ranges: those of some candidates together, who share what they are given. Pure.

Some candidates come first: what they are given and the others are given, too, is kept for all. Then comes what belongs
to nobody: it holds lists of everybody, which are let go of again.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from kitgen.kits.plan import PlannedDocument

MOST: Final = 500
"""Documents of one range: so many are worked out, shared out and made before the next ones are thought of."""

_OF_NOBODY: Final = 50
"""What part of a range documents that belong to nobody are, where others follow."""


def in_ranges(planned: Sequence[PlannedDocument], most: int = 0) -> Iterator[list[int]]:
    """The numbers of the documents, range after range; a candidate's are in one, however many they are. What belongs
    to nobody comes behind the first of them, in small ranges."""
    most = most or MOST
    if len(planned) <= most:
        yield list(range(len(planned)))
        return
    of_whom: dict[int, list[int]] = {}
    for number, document in enumerate(planned):
        of_whom.setdefault(document.candidate.number if document.candidate is not None else 0, []).append(number)
    of_nobody = of_whom.pop(0, [])
    if not of_whom:  # kits are of nobody
        yield of_nobody
        return
    found: list[int] = []
    for numbers in (of_whom[whose] for whose in sorted(of_whom)):
        if found and len(found) + len(numbers) > most:
            yield found
            yield from _in_pieces(of_nobody, most)
            found, of_nobody = [], []
        found += numbers
    if found:
        yield found
    yield from _in_pieces(of_nobody, most)


def _in_pieces(numbers: list[int], most: int) -> Iterator[list[int]]:
    """What belongs to nobody, a few documents at a time: one alone may hold as much as a range of others."""
    few = max(most // _OF_NOBODY, 1)
    yield from (numbers[at : at + few] for at in range(0, len(numbers), few))
