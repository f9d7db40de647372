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
MAX_ROWS: Final = 1_048_576
_THROUGH_SHEETS: Final = re.compile(r"[\w.]+:[\w.]+!")


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
        is_range = token.type == Token.OPERAND and token.subtype == Token.RANGE
        for piece in _operand(token.value) if is_range or token.type == Token.FUNC else (token.value,):
            if isinstance(piece, str) and pieces and isinstance(pieces[-1], str):
                pieces[-1] += piece
            else:
                pieces.append(piece)
    return pieces


def _operand(text: str) -> Sequence[Piece]:
    """A reference; or, as the tokenizer leaves them in one, a reference and what follows its colon: `A1:INDEX(`."""
    reference = parse_area(text)
    if reference is not None:
        return (reference,)
    left, colon, right = text.rpartition(":")
    start, end = parse_area(left), parse_area(right)
    if start is not None and end is not None and start.sheet == end.sheet and colon:
        whole = parse_area(f"{left}:{right.removeprefix(end.sheet)}")  # Data!A1:Data!B5
        if whole is not None:
            return (whole,)
    if (start is None and end is None) or left.count("'") % 2 or right.startswith("'"):
        return (text,)
    if end is not None and left and start is None and not left.endswith(")"):
        return (text,)  # Sheet1:Sheet3!A1, through several sheets
    return (start or left, colon, end or right)


def parse_area(text: str) -> Reference | None:
    """`Sheet!$A$1:B2`, `A1` or `3:4` as a reference; None for whole columns, names and anything else."""
    match = _AREA.fullmatch(text)
    if match is None:
        return None
    has_end = match["r2"] is not None
    if (bool(match["c1"]) != bool(match["c2"]) and has_end) or not (match["c1"] or has_end):
        return None
    if not all(_is_cell(match[column] or "", match[row]) for column, row in (("c1", "r1"), ("c2", "r2")) if match[row]):
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


def _is_cell(column: str, row: str) -> bool:
    """Whether a sheet reaches as far: `XFE1` and `A1048577` are names."""
    letters = column.lstrip("$").upper()
    return (len(letters) < 3 or letters <= "XFD") and 1 <= int(row) <= MAX_ROWS


def is_through_sheets(pieces: Sequence[Piece]) -> bool:
    """Whether a formula names cells through several sheets (`Jan:Mar!A1`), which are left as they are."""
    fixed = any(_THROUGH_SHEETS.search(piece) for piece in pieces if isinstance(piece, str))
    return fixed or any(":" in piece.sheet for piece in pieces if not isinstance(piece, str))


def shifted(formula: str, origin: str, target: str) -> str:
    """A shared formula as it reads in another cell (`B2` to `B5`)."""
    from openpyxl.formula.translate import Translator

    translated: str = Translator(f"={formula}", origin=origin).translate_formula(target)
    return translated[1:]


def is_volatile(pieces: Sequence[Piece]) -> bool:
    """Whether a formula names cells by text, which nobody can move."""
    return any(name in piece.upper() for piece in pieces if isinstance(piece, str) for name in VOLATILE)
