"""Watches whatever commands print: every word of the program's own must have gone through the catalogue.

A message is told a second time in a language in which each text of the catalogue stands in brackets. What is left outside
of them are arguments; an argument that is a sentence written in the code is a text that was finished too early.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from kitgen.base.messages import Message

SOURCE = Path(__file__).resolve().parents[2] / "kitgen"
SENTENCE = re.compile(r"[a-z]{2,} [a-z]{2,}")
ENGLISH = re.compile(r"\b(the|is|are|it|its|of|and|not|was|be|by|with|for|to|no|one|has|have|this|that|from|in)\b")
"""Labels of forms are Indonesian and stay so; what is English beside them is the program's own."""


@cache
def sentences_of_code() -> frozenset[str]:
    """Every text of several words that stands in the code, docstrings left out."""
    found: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        if path.parent.name == "model":  # what fields say of themselves stands on pages, in Indonesian
            continue
        tree = ast.parse(path.read_text("utf-8"))
        silent = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
                if SENTENCE.search(node.value) and ENGLISH.search(node.value):
                    found.add(node.value)
    return frozenset(found)


def texts_of(value: object) -> Iterator[str]:
    """The plain texts in a message, however deep: its arguments and what it was joined of."""
    if isinstance(value, Message):
        for part in (*value.arguments.values(), *getattr(value, "parts", ()), getattr(value, "text", "")):
            yield from texts_of(part)
    elif isinstance(value, str):
        yield value


def finished_too_early(value: object) -> list[str]:
    """Sentences of the code that are in a message as plain text, which no catalogue can put into another language."""
    return [text for text in texts_of(value) if SENTENCE.search(text) and text.strip(" ;,.") in stripped()]


@cache
def stripped() -> frozenset[str]:
    return frozenset(text.strip(" ;,.") for text in sentences_of_code())
