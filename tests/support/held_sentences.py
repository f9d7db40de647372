"""Sentences of a page of docs, each held by a test that a table names."""

import re
from collections.abc import Mapping
from pathlib import Path

from harness import ROOT


def sentences_of(page: str, start: str, end: str, heads: tuple[str, ...]) -> list[str]:
    """The rows of tables and the sentences of a page between two lines; `heads`: how the heads of tables begin."""
    text = (ROOT / page).read_text("utf-8")
    lines = text[text.index(start) : text.index(end)].splitlines()
    rows = [line[2:] for line in lines if line.startswith("| ") and not line.startswith(heads)]
    prose = " ".join(line for line in lines if line and not line.startswith(("|", "#")))
    return rows + [found for found in re.split(r"(?<=[.:]) (?=[A-Z`*-])", prose) if found]


def assert_held(sentence: str, held: Mapping[str, str]) -> None:
    """The table names tests for the sentence, by how it begins, and each of them is there."""
    names = next((tests for start, tests in held.items() if sentence.startswith(start)), "")
    assert names, f"no test holds: {sentence}"
    sources = "".join(path.read_text("utf-8") for path in Path(ROOT, "tests").rglob("test_*.py"))
    for name in names.split():
        assert f"def {name}(" in sources, name
