"""The filters a template may use (`FILTERS`), all bounded: a subset of Jinja's own and a few for forms.

A new filter is a function here and a row in the table.
"""

import functools
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from jinja2.filters import FILTERS as JINJA_FILTERS

from kitgen.base.errors import Refused
from kitgen.base.holes import BLANK, Hole
from kitgen.base.messages import said

MAX_TEXT: Final = 1_000_000


class OutOfBounds(Refused):
    """Raised when a template asks for more than one rendering may make."""


class Unworkable(ValueError):
    """Raised where a tag asks for what its values do not allow; its message tells kinds, never a value."""


class Xml(str):
    """XML made by the renderer itself, put into a part as it is. No value a caller passes is ever of this type."""

    __slots__ = ()


class Elements(Xml):
    """Whole elements a lifted macro, `set` or loop within itself made: they may stand only where such elements do."""

    __slots__ = ()


def already_printed(text: str) -> Xml:
    """What a macro, `set` or loop within itself gave: escaped already, text or whole elements."""
    return Elements(text) if text.startswith("<") and not text.startswith("</") else Xml(text)


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text within a paragraph, struck through or not."""

    text: str
    struck: bool = False


def text_of(value: Any) -> str:
    """A value as text; a list or a group of values has none of its own."""
    if isinstance(value, dict | list | tuple):
        raise Unworkable(said("a list or a group of values is no text; loop over it, or name one of its parts"))
    return str(value)


def check_length(length: int) -> None:
    """Raise `OutOfBounds` for a text longer than a template may make at once."""
    if length > MAX_TEXT:
        raise OutOfBounds(said("a text of more than {max_text} characters", max_text=MAX_TEXT))


def choose(words: str, chosen: Any, separator: str = "/") -> tuple[Run, ...]:
    """The words of a choice, those not chosen struck through; none is struck while the choice is open.

    `{{ "Sewaktu/Tempat Kerja/Mandiri" | choose(venue.kind) }}`, as the official forms do (*Coret yang tidak perlu*).
    """
    parts = words.split(separator)
    matches = {part for part in parts if not isinstance(chosen, Hole) and part.strip().lower() == str(chosen).lower()}
    runs: list[Run] = []
    for index, part in enumerate(parts):
        if index:
            runs.append(Run(separator))
        runs.append(Run(part, struck=bool(matches) and part not in matches))
    return tuple(runs)


def at_least(items: Any, count: int) -> list[Any]:
    """A list made up to `count` with blanks, so that a table keeps rows to write in."""
    check_length(count)
    kept = [] if isinstance(items, Hole) else list(items)
    return kept + [BLANK] * (count - len(kept))


def _bounded_replace(text: Any, old: str, new: str, count: int | None = None) -> str:
    text, old, new = str(text), str(old), str(new)
    check_length(len(text) + text.count(old) * len(new) if old else (len(text) + 1) * (len(new) + 1))
    replaced: str = text.replace(old, new, -1 if count is None else count)
    return replaced


def _bounded_center(text: Any, width: int = 80) -> str:
    check_length(width)
    return str(text).center(width)


def _bounded_join(items: Sequence[Any], separator: str = "", attribute: str | None = None) -> str:
    found = [item[attribute] if attribute is not None else item for item in items]
    texts = ["" if isinstance(item, Hole) else text_of(item) for item in found]
    check_length(sum(map(len, texts)) + len(separator) * len(texts))
    return separator.join(texts)


def _bounded_indent(text: Any, width: int = 4, first: bool = False) -> str:
    lines = str(text).split("\n")
    check_length(width * len(lines))
    pad = " " * width
    return "\n".join(line if not (index or first) else pad + line for index, line in enumerate(lines))


_FROM_JINJA: Final = (
    "abs", "batch", "capitalize", "count", "d", "default", "dictsort", "e", "escape", "first", "float", "groupby",
    "int", "items", "last", "length", "list", "lower", "map", "max", "min", "reject", "rejectattr", "reverse",
    "round", "select", "selectattr", "slice", "sort", "string", "title", "trim", "truncate", "unique", "upper",
    "wordcount",
)  # fmt: skip


def _plain(text: Any) -> Any:
    """`escape` of other engines: kitgen escapes everything it prints, so there is nothing left to do."""
    return text


def _limited(function: Callable[..., Any], position: int) -> Callable[..., Any]:
    """A filter whose argument at `position` is a count that must stay small (`batch`, `slice`, `truncate`)."""

    @functools.wraps(function)
    def limited(*args: Any, **kwargs: Any) -> Any:
        for value in (*args[position:], *kwargs.values()):
            if isinstance(value, int):
                check_length(value)
        return function(*args, **kwargs)

    return limited


def _sum(items: Any, attribute: str | None = None, start: Any = 0) -> Any:
    """The sum of numbers (of `attribute` of each item), or with `start=[]` all lists as one."""
    found = [item[attribute] if attribute is not None else item for item in items]
    if not isinstance(start, list):
        return sum(found, start)
    check_length(sum(map(len, found)))
    return [*start, *itertools.chain(*found)]


TEXT_FILTERS: Final = frozenset({
    "abs", "capitalize", "center", "choose", "e", "escape", "float", "indent", "int", "lower", "replace",
    "round", "safe", "string", "title", "trim", "truncate", "upper", "wordcount",
})  # fmt: skip
"""Filters of one text or number. They refuse groups and lists, whose whole content would become text unseen."""


def _of_one(function: Callable[..., Any], name: str) -> Callable[..., Any]:
    """A filter of one text or number, made to refuse what holds many."""
    position = 1 if hasattr(function, "jinja_pass_arg") else 0

    @functools.wraps(function)
    def of_one(*args: Any, **kwargs: Any) -> Any:
        for value in (*args[position:], *kwargs.values()):
            if isinstance(value, dict | list | tuple):
                raise Unworkable(said("`{name}` is for one text or number, not for a group or list", name=name))
        return function(*args, **kwargs)

    return of_one


_ALL: Final[dict[str, Callable[..., Any]]] = {
    **{name: JINJA_FILTERS[name] for name in _FROM_JINJA},
    "sum": _sum,
    "batch": _limited(JINJA_FILTERS["batch"], 1),
    "slice": _limited(JINJA_FILTERS["slice"], 1),
    "round": _limited(JINJA_FILTERS["round"], 1),
    "e": _plain,
    "escape": _plain,
    "safe": _plain,
    "center": _bounded_center,
    "indent": _bounded_indent,
    "join": _bounded_join,
    "replace": _bounded_replace,
    "choose": choose,
    "at_least": at_least,
}

FILTERS: Final = {name: _of_one(call, name) if name in TEXT_FILTERS else call for name, call in _ALL.items()}

HOLE_AWARE_FILTERS: Final = frozenset(
    {"at_least", "choose", "default", "d", "list", "count", "length", "string", "join"}
)
"""Filters that are given a Blank or Missing; all others hand it through unchanged."""

RUN_FILTERS: Final = frozenset({"choose"})
"""Filters that give runs, so that a tag ending in one is put in as whole runs."""
