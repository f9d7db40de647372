"""Where the questions of a bank stand and went: the papers that ask each, the events that handed it out. Pure."""

from collections.abc import Iterator
from typing import Final

from kitgen.kits.kit import kits_of
from kitgen.model.bank_columns import EVENTS, PAPERS
from kitgen.model.edition import Edition

OFTEN: Final = 3
"""Events from which a question may be known outside: a convention of this program, no standard."""


def papers_asking(edition: Edition) -> dict[str, tuple[str, ...]]:
    """For each question the papers that ask it, as kit and letter."""
    found: dict[str, list[str]] = {}
    for kit in kits_of(edition):
        name = "Skema" if kit.kind == "scheme" else kit.name
        for papers in kit.drawn.values():
            for paper in papers:
                for question in paper.questions:
                    found.setdefault(question.id, []).append(f"{name} {paper.letter}")
    return {id: tuple(papers) for id, papers in found.items()}


def told_cells(edition: Edition) -> dict[str, dict[str, str]]:
    """What the workbook of the bank tells of each question beside what experts write, by heading."""
    asked = papers_asking(edition)
    return {
        question.id: {PAPERS: ", ".join(asked.get(question.id, ())),
                      EVENTS: ", ".join(edition.exposure.get(question.id, ()))}
        for question in edition.whole_bank
    }  # fmt: skip


def often_handed_out(edition: Edition) -> Iterator[tuple[str, int]]:
    """Questions that may still be asked and were handed out in many events, with how many, the most first."""
    counts = {id: len(events) for id, events in edition.exposure.items()}
    found = (each.id for each in edition.bank if counts.get(each.id, 0) >= OFTEN and each.upkeep.is_asked)
    yield from sorted(((id, counts[id]) for id in found), key=lambda each: (-each[1], each[0]))
