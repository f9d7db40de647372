"""References in formulas: found with openpyxl's tokenizer, so that texts and names that look like cells are left alone.

A formula is taken apart into fixed text and references to rows of the template; where those rows come to lie is known
only when the sheet is laid out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_AREA: Final = re.compile(
    r"(?P<sheet>(?:'(?:[^']|'')+'|[^'!:$\[\]]+)!)?"
    r"(?:(?P<c1>\$?[A-Za-z]{1,3})?(?P<d1>\$?)(?P<r1>\d+)(?::(?P<c2>\$?[A-Za-z]{1,3})?(?P<d2>\$?)(?P<r2>\d+))?)"
)
VOLATILE: Final = ("INDIRECT(", "OFFSET(")


@dataclass(frozen=True, slots=True)
class Reference:
    """A cell, range or band of rows: `sheet` with its `!` (empty: the formula's own), columns as written (`$` kept)."""

    sheet: str
    column: str
    row: int
    is_fixed: bool
    end_column: str = ""
    end_row: int | None = None
    end_is_fixed: bool = False

    @property
    def sheet_name(self) -> str:
        """The name of the sheet referred to, without quotes; empty for the formula's own."""
        name = self.sheet.removesuffix("!")
        return name[1:-1].replace("''", "'") if name.startswith("'") else name

    def text(self, row: int, end_row: int | None) -> str:
        """The reference with other rows."""
        start = f"{self.sheet}{self.column}{'$' if self.is_fixed else ''}{row}"
        return start if end_row is None else f"{start}:{self.end_column}{'$' if self.end_is_fixed else ''}{end_row}"


Piece = str | Reference


def parse_formula(formula: str) -> list[Piece]:
    """The pieces of a formula (without its `=`): fixed texts and references with rows, in order."""
    from openpyxl.formula import Tokenizer
    from openpyxl.formula.tokenizer import Token

    pieces: list[Piece] = []
    for token in Tokenizer(f"={formula}").items:
        reference = parse_area(token.value) if token.type == Token.OPERAND and token.subtype == Token.RANGE else None
        if reference is not None:
            pieces.append(reference)
        elif pieces and isinstance(pieces[-1], str):
            pieces[-1] += token.value
        else:
            pieces.append(token.value)
    return pieces


def parse_area(text: str) -> Reference | None:
    """`Sheet!$A$1:B2`, `A1` or `3:4` as a reference; None for whole columns, names and anything else."""
    match = _AREA.fullmatch(text)
    if match is None:
        return None
    has_end = match["r2"] is not None
    if (bool(match["c1"]) != bool(match["c2"]) and has_end) or not (match["c1"] or has_end):
        return None
    return Reference(
        sheet=match["sheet"] or "",
        column=match["c1"] or "",
        row=int(match["r1"]),
        is_fixed=bool(match["d1"]),
        end_column=match["c2"] or "",
        end_row=int(match["r2"]) if has_end else None,
        end_is_fixed=bool(match["d2"]),
    )


def shifted(formula: str, origin: str, target: str) -> str:
    """A shared formula as it reads in another cell (`B2` to `B5`)."""
    from openpyxl.formula.translate import Translator

    translated: str = Translator(f"={formula}", origin=origin).translate_formula(target)
    return translated[1:]


def is_volatile(pieces: Sequence[Piece]) -> bool:
    """Whether a formula names cells by text, which nobody can move."""
    return any(name in piece.upper() for piece in pieces if isinstance(piece, str) for name in VOLATILE)
