"""Texts with tags in the rules of a sheet: lists to choose from, prompts, texts that are looked for.

In a looped row they use the loop's values; the rule then comes once in each iteration.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from kitgen.base.messages import said
from kitgen.render.excel.formulas import Reference
from kitgen.render.excel.fragments import filled, holds_own_tags, holds_tags, holds_token, kept, measured
from kitgen.render.excel.reference_tokens import Sheet, columns_of, mark_formula, mark_pieces, pieces_of, rows_of
from kitgen.render.package.xml import Element
from kitgen.render.tags.tags import Tag

_LIMITS: Final[Mapping[str, int]] = {"promptTitle": 32, "prompt": 255, "errorTitle": 32, "error": 255, "text": 0}
"""Attributes of rules that hold texts, and how long Excel takes them (0: of any length)."""
MAX_LIST: Final = 255
"""Characters of a list to choose from."""


class RuleTexts:
    """The texts of one rule, and how they are filled."""

    def __init__(self, sheet: Sheet, rule: Element, areas: str, formulas: Sequence[str]) -> None:
        self._sheet = sheet
        self._rule = rule
        self._attributes = [
            (element, name) for element in rule.iter() for name in _LIMITS
            if isinstance(element.tag, str) and holds_tags(element.get(name))
        ]  # fmt: skip
        self._place = sheet.place(areas)
        rows, self._columns = rows_of(areas), columns_of(areas)
        self._rows = rows or (1, 1)
        has_tags = bool(self._attributes) or any(holds_own_tags(sheet, formula) for formula in formulas)
        self.are_apart = has_tags and rows is not None and sheet.is_looped(rows, self._columns)
        """Whether the rule comes once in each iteration, for its texts' sake."""

    def formula(self, formula: str, seen_from: int | None, *, grows: bool = False) -> str:
        """A formula with tokens for its references, and for tags within its texts."""
        if not holds_own_tags(self._sheet, formula):
            return mark_formula(self._sheet, formula, seen_from, grows=grows)
        text: list[str] = []
        for piece in pieces_of(self._sheet, formula):
            if isinstance(piece, Reference):
                text.append(mark_pieces(self._sheet, [piece], None, seen_from))
            else:
                text.append(self._filled(piece, _quoted))
        limit = MAX_LIST + 2 if self._rule.get("type") == "list" else 0  # with its quotes
        return self._limited("".join(text), limit, said("a list to choose from")) if limit else "".join(text)

    def fill_attributes(self) -> None:
        """Fill the texts that stand in attributes."""
        for element, name in self._attributes:
            text = self._filled(element.get(name) or "", None)
            limit = _LIMITS[name]
            element.set(name, self._limited(text, limit, f"`{name}`") if limit else text)

    def _filled(self, text: str, code: object) -> str:
        coded = _quoted if code is _quoted else None
        if not holds_tags(text):
            return text
        if self.are_apart:
            return kept(self._sheet, self._rows[0], self._columns[0], text, self._place, coded)
        return filled(self._sheet, text, self._place, coded)

    def _limited(self, text: str, limit: int, what: str) -> str:
        """The text, measured when it is filled."""
        return measured(self._sheet, text, f"_limited({limit}, {what!r})", self._place) if holds_token(text) else text


def _quoted(tag: Tag) -> str:
    """Within a text of a formula, a quote is doubled."""
    return f"{{{{ ({tag.inner}) | _quoted\n}}}}" if tag.kind == "value" else f"{{% {tag.inner}\n%}}"
