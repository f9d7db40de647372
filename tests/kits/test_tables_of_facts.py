"""Tables with a row for each audience and each kind of question: a new one asks for its row in every one of them."""

import ast
import importlib
import re

import pytest
from harness import ROOT

from kitgen.model.audience import AUDIENCES, KEYS
from kitgen.model.bank import QUESTION_KINDS
from kitgen.model.methods import METHODS

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
    assert {
        "AUDIENCE_FACTS",
        "AUDIENCE_FOLDERS",
        "EVENT_FOLDERS",
        "KINDS",
        "KIND_LABELS",
        "SHEETS",
        "DEFAULT_DRAWS",
    } <= {name for _, name, _ in tables()}


OWN_WORDS = (set(QUESTION_KINDS) - set(METHODS)) | set(KEYS)
"""Kinds that are not called like a method, and who holds keys."""


def decisions(source: str) -> list[str]:
    """Where a source decides by one of these words: compares with it, or asks a table for its row."""
    found = []
    for node in ast.walk(ast.parse(source)):
        sides = [node.left, *node.comparators] if isinstance(node, ast.Compare) else []
        sides += [node.slice] if isinstance(node, ast.Subscript) else []
        words = {each.value for side in sides for each in ast.walk(side) if isinstance(each, ast.Constant)}
        if words & OWN_WORDS:
            found.append(ast.unparse(node))
    return found


def test_what_differs_is_a_fact_of_the_table() -> None:
    """Outside of the model, no module decides by the name of a kind of question or of those who hold keys."""
    modules = [path for path in sorted((ROOT / "kitgen").rglob("*.py")) if path.parent.name != "model"]
    found = {path.name: told for path in modules if (told := decisions(path.read_text("utf-8")))}
    assert found == {}


@pytest.mark.parametrize(
    "line", ["if kind == 'essay': pass", "x = folders['kunci']", "y = kind in ('oral', 'supporting')"]
)
def test_a_decision_by_name_is_found(line: str) -> None:
    """Each way to decide by a name."""
    assert decisions(line)
