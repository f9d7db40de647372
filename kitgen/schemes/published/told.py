"""How the problems of a page are told: doubts about numbers each by itself, everything else once with a count."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kitgen.base.errors import Diagnostic, Place
from kitgen.base.messages import counted, joined, said
from kitgen.schemes.published.oddities import Oddity, OddityKind
from kitgen.schemes.published.page import PublishedPage

_EXAMPLES: Final = 3
"""Problems of one kind told in full; of the others only how many there are."""
_DOUBTS: Final = frozenset((OddityKind.NUMBER_SPLIT, OddityKind.NUMBER_KEPT))


@dataclass(frozen=True, slots=True)
class NumberDoubt:
    """A number that can be read in two ways: `unit` and `number` name it, `problem` says how it was read."""

    unit: str
    number: str
    problem: Diagnostic

    @property
    def key(self) -> str:
        """What accepts it: `X.00ABC00.001.1:1.2`."""
        return f"{self.unit}:{self.number}"

    def is_accepted(self, accepted: Sequence[str]) -> bool:
        """Whether a person said that it was read rightly: by its key, or by its number alone in every unit."""
        return self.key in accepted or self.number in accepted


def doubts_of(page: PublishedPage) -> list[NumberDoubt]:
    """The doubts about numbers of a page that was read, in its order."""
    found: list[NumberDoubt] = []
    for oddity in page.oddities:
        if oddity.kind in _DOUBTS:
            unit, number = oddity.where.removeprefix("unit "), oddity.facts[0]
            help = said(
                "compare with the page; if it was read rightly, import it with --accept {key}, else correct the copy",
                key=f"{unit}:{number}",
            )
            found.append(NumberDoubt(unit, number, Diagnostic(oddity.message, _place(page, oddity), help)))
    return found


def _place(page: PublishedPage, oddity: Oddity) -> Place:
    line = page.accounts[oddity.lines[0]].line
    text = line.text if len(line.text) <= 100 else line.text[:100].rstrip() + " …"
    spot = joined(", ", (line.spot, oddity.where)) if line.spot else oddity.where
    return Place(page.source.file, None if line.spot else line.number, spot, text)


def bounded(problems: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Each kind of problem with its first examples and how many more there are, in the order of the first ones."""
    kinds: dict[str, list[Diagnostic]] = defaultdict(list)
    for problem in problems:
        kinds[problem.message.template or str(problem.message)].append(problem)
    told: list[Diagnostic] = []
    for same in kinds.values():
        told += same[:_EXAMPLES]
        rest = same[_EXAMPLES:]
        if rest:
            last = rest[-1].place
            more = said("and {more} of the same kind, the last one here", more=counted(len(rest), "more problem"))
            told.append(Diagnostic(more, last, rest[-1].help, same[0].severity))
    return told
