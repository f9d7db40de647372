"""One cell of a scheme's workbook and one value of the data: what a column makes of the one, and of the other."""

from collections.abc import Sequence
from typing import Any, Final

from kitgen.base.errors import did_you_mean
from kitgen.base.messages import said
from kitgen.load.sheets.text_rows import RowReader
from kitgen.load.yaml.reshape import Tree, is_nothing
from kitgen.schemes.book.layout import Column

NONE_OF_THEM: Final = "–"
"""A list that is written and holds nothing, where an empty cell means that nothing is written."""


def value_at(item: Tree, key: str) -> Tree:
    """The value of a key with dots; digits are places in a list. None if there is none."""
    for part in key.split("."):
        if isinstance(item, dict):
            item = item.get(part)
        elif isinstance(item, list) and part.isdigit() and int(part) < len(item):
            item = item[int(part)]
        else:
            return None
    return item


def put_at(item: dict[str, Any], key: str, value: Tree) -> None:
    """Set the value of a key with dots; of places in a list, those that say something close up."""
    *way, last = key.split(".")
    if last.isdigit():
        held: list[Tree] = item.setdefault(way[-1], [])
        if not is_nothing(value):
            held.append(value)
        return
    for part in way:
        item = item.setdefault(part, {})
    item[last] = value


def shown_value(column: Column, value: Tree) -> str:
    """The text of a cell: what the data says in the words of the sheet."""
    if isinstance(value, list):
        if column.kind == "lines":
            return "\n".join(map(str, value))
        return ", ".join(map(str, value)) or (NONE_OF_THEM if column.kind == "numbers" else "")
    if value is None or isinstance(value, dict):
        return ""
    return column.words.get(str(value), str(value))


def read_value(row: RowReader, column: Column) -> Tree:
    """What a cell says to the data; a fault is noted with its cell."""
    heading = column.heading
    if column.kind == "lines":
        return list(row.lines(heading))
    if column.kind == "codes":
        return list(row.codes(heading))
    if column.kind == "numbers":
        return _numbers(row, heading)
    text = row.text(heading)
    if column.kind == "number" and text:
        return _number(row, heading, text)
    return _word(row, column, text) if column.kind == "word" and text else text


def _numbers(row: RowReader, heading: str) -> Tree:
    if row.text(heading) == NONE_OF_THEM:
        return []
    found = [_number(row, heading, each) for each in row.codes(heading)]
    return found or None


def _number(row: RowReader, heading: str, text: str) -> Tree:
    if text.isascii() and text.isdigit() and len(text) <= 9:
        return int(text)
    row.error(heading, said("`{text}` is no whole number", text=text), said("write digits only, such as 30"))
    return None


def _word(row: RowReader, column: Column, text: str) -> Tree:
    for key, label in column.words.items():
        if text.casefold() in (label.casefold(), key.casefold()):
            return key
    words: Sequence[str] = list(column.words.values())
    row.error(
        column.heading,
        said("`{text}` is not known here", text=text),
        did_you_mean(text, words) or said("write one of: {words}", words=", ".join(words)),
    )
    return None
