"""Documents in ranges: those of some candidates together, who share what they are given. Pure.

What belongs to nobody comes first: most of what it is given the others are given, too, and it is kept for them.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from kitgen.kits.plan import PlannedDocument

MOST: Final = 500
"""Documents of one range: so many are worked out, shared out and made before the next ones are thought of."""


def in_ranges(planned: Sequence[PlannedDocument], most: int = 0) -> Iterator[list[int]]:
    """The numbers of the documents, range after range; a candidate's are in one, however many they are."""
    most = most or MOST
    if len(planned) <= most:
        yield list(range(len(planned)))
        return
    of_whom: dict[int, list[int]] = {}
    for number, document in enumerate(planned):
        of_whom.setdefault(document.candidate.number if document.candidate is not None else 0, []).append(number)
    yield of_whom.pop(0, [])
    found: list[int] = []
    for numbers in (of_whom[whose] for whose in sorted(of_whom)):
        if found and len(found) + len(numbers) > most:
            yield found
            found = []
        found += numbers
    if found:
        yield found
