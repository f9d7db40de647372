"""References in formulas: found with openpyxl's tokenizer, so that texts and names that look like cells are left alone.

A formula is taken apart into fixed text and references to cells of the template; where those come to lie is known only
when the sheet is laid out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Final

from kitgen.render.excel.formula_tokens import token_kind, tokens_of

_AREA: Final = re.compile(
    r"(?P<sheet>(?:'(?:[^']|'')+'|[^'!:$\[\]]+)!)?"
    r"(?:(?P<c1>\$?[A-Za-z]{1,3})?(?P<d1>\$?)(?P<r1>\d+)(?::(?P<c2>\$?[A-Za-z]{1,3})?(?P<d2>\$?)(?P<r2>\d+))?)"
)
VOLATILE: Final = ("INDIRECT(", "OFFSET(")
MAX_ROWS: Final = 1_048_576
MAX_COLUMNS: Final = 16_384
MAX_FORMULA: Final = 8_192
"""Characters of a formula Excel takes."""
_WHOLE_COLUMNS: Final = re.compile(
    r"(?P<sheet>(?:'(?:[^']|'')+'|[^'!:$\[\]]+)!)?(?P<d1>\$?)(?P<c1>[A-Za-z]{1,3}):(?P<d2>\$?)(?P<c2>[A-Za-z]{1,3})"
)
_LISTS: Final = {
    **dict.fromkeys(
        ("SUM", "COUNT", "COUNTA", "AVERAGE", "AVERAGEA", "MAX", "MAXA", "MIN", "MINA", "PRODUCT", "SUMSQ", "MEDIAN",
         "STDEV", "STDEV.S", "STDEV.P", "STDEVP", "STDEVA", "VAR", "VAR.S", "VAR.P", "VARP", "VARA", "GEOMEAN",
         "HARMEAN", "DEVSQ", "AVEDEV", "SKEW", "KURT", "MODE", "MODE.SNGL", "GCD", "LCM", "AND", "OR", "XOR", "CONCAT"),
        0),
    "SUBTOTAL": 1, "AGGREGATE": 2, "TEXTJOIN": 2,
}  # fmt: skip
"""Functions that take any number of areas, and before which of their arguments there are none."""
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
    is_columns: bool = False
    """Whole columns (`B:D`): it has no rows of its own."""
    may_list: bool = field(default=False, compare=False)
    """It stands where several areas may: as an argument of `SUM` and its like, or alone."""

    @property
    def sheet_name(self) -> str:
        """The name of the sheet referred to, without quotes; empty for the formula's own."""
        name = self.sheet.removesuffix("!")
        return name[1:-1].replace("''", "'") if name.startswith("'") else name

    @property
    def names_fixed_column(self) -> bool:
        """Whether its (first) column has a `$`."""
        return self.column[:1] == "$"

    @property
    def names_fixed_end_column(self) -> bool:
        """Whether its last column has a `$`."""
        return self.end_column[:1] == "$"

    def text(self, row: int, end_row: int | None) -> str:
        """The reference with other rows."""
        if self.is_columns:
            return f"{self.sheet}{self.column}:{self.end_column}"
        start = f"{self.sheet}{self.column}{'$' if self.is_fixed else ''}{row}"
        return start if end_row is None else f"{start}:{self.end_column}{'$' if self.end_is_fixed else ''}{end_row}"


Piece = str | Reference


class UnreadFormula(ValueError):
    """Raised for a formula that cannot be taken apart."""


def parse_formula(formula: str) -> list[Piece]:
    """The pieces of a formula (without its `=`): fixed texts and references, in order. Raises `UnreadFormula`."""
    return list(_parsed(formula))


@lru_cache(maxsize=1_000)
def _parsed(formula: str) -> tuple[Piece, ...]:
    token_class = token_kind()
    try:
        tokens = tokens_of(f"={formula}")
    except ValueError as error:
        raise UnreadFormula(str(error)) from error
    if " : " in formula or " :" in formula or ": " in formula:
        tokens = _without_blanks_in_ranges(tokens)
    pieces: list[Piece] = []
    listing = _listing(tokens)
    for number, token in enumerate(tokens):
        is_range = token.type == token_class.OPERAND and token.subtype == token_class.RANGE
        found = _operand(token.value) if is_range or token.type == token_class.FUNC else (token.value,)
        if is_range and len(found) == 1 and isinstance(found[0], Reference) and number in listing:
            found = (replace(found[0], may_list=True),)
        for piece in found:
            if isinstance(piece, str) and pieces and isinstance(pieces[-1], str):
                pieces[-1] += piece
            else:
                pieces.append(piece)
    return tuple(pieces)


def _without_blanks_in_ranges(tokens: Sequence[Any]) -> list[Any]:
    """`B5 : B9`, which the tokenizer cuts in three, as one operand."""
    token_class = token_kind()
    kept: list[Any] = []
    for token in tokens:
        is_end = token.type == token_class.OPERAND and kept and kept[-1].type == token_class.OPERAND
        if is_end and (kept[-1].value.endswith(":") or token.value.startswith(":")):
            joined = kept.pop().value + token.value
            kept.append(token_class(joined, token_class.OPERAND, token_class.RANGE))
        elif token.type == token_class.OPERAND and (token.value.startswith(":") or (kept and _ends_open(kept))):
            while kept and kept[-1].type == token_class.WSPACE:
                kept.pop()
            before = kept.pop().value if kept and kept[-1].type == token_class.OPERAND else ""
            kept.append(token_class(before + token.value, token_class.OPERAND, token_class.RANGE))
        else:
            kept.append(token)
    return kept


def _ends_open(tokens: Sequence[Any]) -> bool:
    """Whether the last operand, blanks aside, still wants the end of its range."""
    last = next((token for token in reversed(tokens) if token.value.strip()), None)
    return last is not None and last.value.endswith(":")


def _listing(tokens: Sequence[Any]) -> set[int]:
    """The positions of operands that are a whole argument that may be several areas, or the whole formula."""
    found: set[int] = set()
    opened: list[tuple[Any, int]] = []
    solid = [number for number, token in enumerate(tokens) if token.type != "WHITE-SPACE"]
    if len(solid) == 1:
        return set(solid)
    for at, number in enumerate(solid):
        token = tokens[number]
        if token.subtype == "OPEN":
            opened.append((token, 0))
        elif token.subtype == "CLOSE":
            opened = opened[:-1]
        elif token.type == "SEP" and opened:
            opened[-1] = opened[-1][0], opened[-1][1] + 1
        elif opened and 0 < at < len(solid) - 1:
            before, after = tokens[solid[at - 1]], tokens[solid[at + 1]]
            function, argument = opened[-1]
            if _bounds_argument(before, "OPEN") and _bounds_argument(after, "CLOSE") and function.type == "FUNC":
                name = function.value[:-1].upper().removeprefix("_XLFN.")
                if argument >= _LISTS.get(name, 256):
                    found.add(number)
    return found


def takes_lists(function: str) -> bool:
    """Whether a function takes any number of areas."""
    return function.upper().removeprefix("_XLFN.") in _LISTS


def _bounds_argument(token: Any, subtype: str) -> bool:
    return bool((token.type == "FUNC" and token.subtype == subtype) or (token.type == "SEP" and token.subtype == "ARG"))


def _operand(text: str) -> Sequence[Piece]:
    """A reference; or, as the tokenizer leaves them in one, a reference and what follows its colon: `A1:INDEX(`."""
    reference = parse_area(text) or _whole_columns(text)
    if reference is not None:
        return (reference,)
    left, colon, right = text.rpartition(":")
    start, end = parse_area(left), parse_area(right)
    if start is not None and end is not None and start.sheet == end.sheet and colon:
        whole = parse_area(f"{left}:{right.removeprefix(end.sheet)}")  # Data!A1:Data!B5
        if whole is not None:
            return (whole,)
    if end is not None and end.sheet and start is not None and not start.sheet:
        return (text,)  # S1:S3!A1, through sheets whose names look like cells
    if end is not None and end.sheet and start is not None and not start.sheet:
        return (text,)  # S1:S3!A1, through sheets whose names look like cells
    if (start is None and end is None) or left.count("'") % 2 or right.startswith("'"):
        return (text,)
    if end is not None and left and start is None and not left.endswith(")"):
        return (text,)  # Sheet1:Sheet3!A1, through several sheets
    return (start or left, colon, end or right)


def _whole_columns(text: str) -> Reference | None:
    match = _WHOLE_COLUMNS.fullmatch(text)
    if match is None or not (_is_cell(match["c1"], "1") and _is_cell(match["c2"], "1")):
        return None
    first, last = match["d1"] + match["c1"], match["d2"] + match["c2"]
    if column_number(match["c1"]) > column_number(match["c2"]):
        first, last = last, first
    return Reference(match["sheet"] or "", first, 1, False, last, MAX_ROWS, False, is_columns=True)


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
    if not has_end:
        return Reference(match["sheet"] or "", match["c1"] or "", int(match["r1"]), bool(match["d1"]))
    (first, first_fixed), (last, last_fixed) = sorted(  # programs that write `B6:B4` mean `B4:B6`
        ((int(match["r1"]), bool(match["d1"])), (int(match["r2"]), bool(match["d2"]))), key=lambda end: end[0]
    )
    left, right = match["c1"] or "", match["c2"] or ""
    if left and column_number(left) > column_number(right):
        left, right = right, left
    return Reference(match["sheet"] or "", left, first, first_fixed, right, last, last_fixed)


@lru_cache(maxsize=MAX_COLUMNS)
def column_number(letters: str) -> int:
    """`A` is 1, `AA` 27; a `$` before it does not count."""
    number = 0
    for letter in letters.lstrip("$").upper():
        number = number * 26 + ord(letter) - 64
    return number


@lru_cache(maxsize=MAX_COLUMNS)
def column_letters(number: int) -> str:
    """1 is `A`, 27 `AA`."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _is_cell(column: str, row: str) -> bool:
    """Whether a sheet reaches as far: `XFE1` and `A1048577` are names."""
    letters = column.lstrip("$").upper()
    return (len(letters) < 3 or letters <= "XFD") and 1 <= int(row) <= MAX_ROWS


def is_through_sheets(pieces: Sequence[Piece]) -> bool:
    """Whether a formula names cells through several sheets (`Jan:Mar!A1`), which are left as they are."""
    fixed = any(_THROUGH_SHEETS.search(piece) for piece in pieces if isinstance(piece, str))
    return fixed or any(":" in piece.sheet for piece in pieces if not isinstance(piece, str))


def shifted(formula: str, origin: str, target: str) -> str:
    """A shared formula as it reads in another cell (`B2` to `B5`). Raises `UnreadFormula`."""
    from openpyxl.formula.tokenizer import TokenizerError
    from openpyxl.formula.translate import Translator, TranslatorError

    try:
        translated: str = Translator(f"={formula}", origin=origin).translate_formula(target)
    except (TokenizerError, TranslatorError, IndexError, RecursionError) as error:
        raise UnreadFormula(str(error)) from error
    return translated[1:]


def is_volatile(pieces: Sequence[Piece]) -> bool:
    """Whether a formula names cells by text, which nobody can move."""
    return any(name in piece.upper() for piece in pieces if isinstance(piece, str) for name in VOLATILE)
