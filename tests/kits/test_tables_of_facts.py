"""Tables with a row for each audience and each kind of question: a new one asks for its row in every one of them."""

import ast
import importlib
import re

import pytest
from harness import ROOT

from kitgen.model.audience import AUDIENCES
from kitgen.model.bank import QUESTION_KINDS

WORDS = {"Audience": set(AUDIENCES), "QuestionKind": set(QUESTION_KINDS)}
NOT_ALL = {"METHOD_OF_KIND"}
"""Says which method a kind shows; questions that support an observation show none by themselves."""


def tables() -> list[tuple[str, str, str]]:
    """Module, name and word of each table of a module that is declared to be one by audience or kind."""
    found = []
    for path in sorted((ROOT / "kitgen").rglob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                word = re.search(r"(?:dict|Mapping)\[(Audience|QuestionKind), ", ast.unparse(node.annotation))
                if word and node.target.id not in NOT_ALL:
                    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
                    found.append((module, node.target.id, word[1]))
    return found


@pytest.mark.parametrize(("module", "name", "word"), tables())
def test_a_table_has_a_row_for_each(module: str, name: str, word: str) -> None:
    """Every audience, every kind of question."""
    assert set(getattr(importlib.import_module(module), name)) == WORDS[word]


def test_the_tables_are_found() -> None:
    """Those of folders and those of the sheets of the bank among them."""
    assert {"AUDIENCE_FOLDERS", "EVENT_FOLDERS", "KIND_LABELS", "SHEETS", "DEFAULT_DRAWS"} <= {
        name for _, name, _ in tables()
    }
