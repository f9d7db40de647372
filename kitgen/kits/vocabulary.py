"""The words templates may use: every path of the values, what it is, and who may see it; read off the model's types."""

import dataclasses
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from kitgen.base.errors import did_you_mean
from kitgen.base.messages import NOTHING, Message, said
from kitgen.model import is_of_model
from kitgen.model.audience import EVERYONE, Audience
from kitgen.model.given import Given


@dataclass(frozen=True, slots=True)
class Word:
    """One name a template may use; `below` are the names within it (of each item, where it is a list)."""

    name: str
    help: str
    seen_by: frozenset[Audience]
    is_list: bool
    below: Mapping[str, "Word"]


@cache
def vocabulary() -> Mapping[str, Word]:
    """The names at the top: `scheme`, `units`, `candidate` ..., each with what is below it."""
    return words_of(Given)


def words_of(model: type) -> dict[str, Word]:
    """The names below a class of the model, read off its fields."""
    hints = typing.get_type_hints(model)
    words: dict[str, Word] = {}
    for entry in dataclasses.fields(model):
        item, is_list = _item_type(hints[entry.name])
        below = words_of(item) if item is not None else {}
        seen_by = entry.metadata.get("seen_by", EVERYONE)
        words[entry.name] = Word(entry.name, entry.metadata.get("help", ""), seen_by, is_list, below)
    return words


def _item_type(hint: object) -> tuple[type | None, bool]:
    """The model class in a type, and whether it is of many: `tuple[Unit, ...] | Missing` gives `Unit, True`."""
    options = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
    for option in options:
        if typing.get_origin(option) is tuple:
            inner, _ = _item_type(typing.get_args(option)[0])
            return inner, True
        if isinstance(option, type) and dataclasses.is_dataclass(option) and is_of_model(option):
            return option, False
    return None, False


def words_within(words: Mapping[str, Word], prefix: str = "") -> Iterator[tuple[str, Word]]:
    """Every path with its word, depth first: `units[]`, `units[].code` ..."""
    for word in words.values():
        path = f"{prefix}{word.name}{'[]' if word.is_list else ''}"
        yield path, word
        yield from words_within(word.below, f"{path}.")


@dataclass(frozen=True, slots=True)
class WordFound:
    """What looking up a path gave: who may see all of it, or what is wrong with it and what to do."""

    seen_by: frozenset[Audience]
    message: Message = NOTHING
    help: Message = NOTHING


def find_word(path: str, given: frozenset[str], among: Mapping[str, Word] | None = None) -> WordFound:
    """Follow a template's path (`units[].elements[].title`, `scheme.*`) through the words a form is given.

    `among`: the words of a template that belongs to no form.
    """
    words = vocabulary() if among is None else among
    steps = path.replace("[]", "").split(".")
    allowed = EVERYONE
    word: Word | None = None
    for depth, step in enumerate(steps):
        if step == "*":
            break
        known = words if depth else {name: found for name, found in words.items() if name in given}
        if step not in known:
            if not depth and step in words:
                return WordFound(
                    EVERYONE,
                    said("template uses `{step}`, which the form is not given", step=step),
                    said("add `{step}` to `given:` of its entry in forms.yaml", step=step),
                )
            shown = path.replace("[]", "")
            return WordFound(
                EVERYONE,
                said("template uses `{shown}`, which does not exist", shown=shown),
                _near(steps[:depth], step, known),
            )
        word = known[step]
        allowed = allowed & word.seen_by
        words = word.below
    if word is not None and steps[-1] == "*":
        for _, inner in words_within(word.below):
            allowed = allowed & inner.seen_by
    return WordFound(allowed)


def _near(before: list[str], step: str, known: Mapping[str, Word]) -> Message:
    near = did_you_mean(step, known)
    if not near:
        return (
            said("known here: {known}", known=", ".join(sorted(known)))
            if known
            else said("there is nothing below this value")
        )
    word = near.split("`")[1]
    return said("did you mean `{it}`?", it=".".join([*before, word]))
