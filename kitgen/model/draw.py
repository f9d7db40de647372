"""How many questions of a kind papers get, and for which criteria: what an edition's blueprint says of each kind."""

from dataclasses import dataclass
from typing import Final, Literal, get_args

from kitgen.base.holes import BLANK, Blank

Cell = Literal["criterion", "element"]
"""What a number of questions is drawn for: each KUK or each element."""

Breadth = Literal["primary", "named", "all"]
"""Which criteria are asked: those the method is primary for, those that name it at all, or all of them."""

CELLS: Final[tuple[Cell, ...]] = get_args(Cell)
BREADTHS: Final[tuple[Breadth, ...]] = get_args(Breadth)


@dataclass(frozen=True, slots=True)
class Draw:
    """Penarikan soal satu bentuk: how many questions each cell gets, in the scheme's papers and in one unit's.

    `breadth` says for which criteria in the scheme's papers, `unit_breadth` in one unit's. `minutes` are for answering
    one question; `marking` are an assessor's for one paper of it.
    """

    per: Cell
    breadth: Breadth
    unit_breadth: Breadth
    scheme: int
    unit: int
    letters: tuple[str, ...]
    minutes: int
    marking: int
    why: str | Blank = BLANK
    """Why criteria are asked whose plan does not name this method; printed with the blueprint."""
    reserve: bool = False
    """Used only where another method did not show the criterion; its minutes are counted apart."""
