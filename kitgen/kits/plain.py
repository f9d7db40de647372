"""The model as plain data, as templates know it: mappings, lists, texts, numbers and holes."""

import dataclasses
from collections.abc import Callable, Hashable, Mapping
from functools import cache
from typing import Any, Final

from kitgen.model import is_of_model

Values = Mapping[str, object]
_PLAIN: Final = frozenset((str, int, bool, float, type(None)))


class Plain:
    """Turns the model into plain data, each object once, so that equal objects of many documents are shared."""

    def __init__(self) -> None:
        self._made: dict[int, tuple[object, object]] = {}
        self._worked_out: dict[tuple[Hashable, ...], tuple[object, object]] = {}
        self._stays = (0, 0)
        self._of_all: tuple[int, int] | None = None

    def keep(self) -> None:
        """Let all that is known now outlast `forget`."""
        self._stays = len(self._made), len(self._worked_out)

    def forget(self) -> None:
        """Forget what came after `keep`."""
        drop_after(self._made, self._stays[0])
        drop_after(self._worked_out, self._stays[1])

    def end_run(self) -> None:
        """Let what is known after a first run stay for the others; of those nothing stays."""
        if self._of_all is None:
            self._of_all = len(self._made), len(self._worked_out)
        self._stays = self._of_all
        self.forget()

    def once(self, of: object, *what: Hashable, make: Callable[[], object]) -> object:
        """The plain data of what `make` gives, worked out once for each object and name, for all documents."""
        key = (id(of), *what)
        found = self._worked_out.get(key)
        if found is None:  # the object is kept, so that no other takes its place in memory and its number
            found = self._worked_out[key] = (of, self(make()))
        return found[1]

    def __call__(self, value: object) -> object:
        """Mappings, lists, texts, numbers and holes for any value of the model."""
        if type(value) in _PLAIN:
            return value
        if isinstance(value, tuple):
            found = self._made.get(id(value))
            if found is None:
                found = self._made[id(value)] = (value, [self(item) for item in value])
            return found[1]
        names = _names_of(type(value))  # type: ignore[arg-type]  # a class is hashable, whatever its instances are
        if names is None:
            return value
        found = self._made.get(id(value))
        if found is None:
            made: dict[str, object] = {}
            for name in names:
                each = getattr(value, name)
                made[name] = each if type(each) in _PLAIN else self(each)
            found = self._made[id(value)] = (value, made)
        return found[1]


@cache
def _names_of(kind: type) -> tuple[str, ...] | None:
    """The fields of a class of the model; None for what is plain already. Asked for every text and number."""
    if not dataclasses.is_dataclass(kind) or not is_of_model(kind):
        return None
    return tuple(entry.name for entry in dataclasses.fields(kind))


def drop_after(known: dict[Any, Any], count: int) -> None:
    """Drop all but the first of a mapping: those that came later."""
    while len(known) > count:
        known.popitem()
