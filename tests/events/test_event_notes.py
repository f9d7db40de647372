"""Whatever the code says of a cell of an event's workbook, a note says in Indonesian."""

import ast
import importlib
import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from event_faults import ENGLISH
from harness import ROOT

from kitgen.events.workbook.translations import TEXTS, indonesian

MODULES = (
    "event.agreed", "event.assessors", "event.candidates", "event.choices", "event.doubts", "event.facts", "sheets.cell_values",
    "sheets.grid", "sheets.list_table", "sheets.numbering", "sheets.person_names",
)  # fmt: skip
"""Where problems of cells are told."""
OTHER = "lain"
"""Stands for what a text has in it that is not known before a workbook is read."""


class Sayings:
    """Every text one module may tell, read from its source."""

    def __init__(self, name: str) -> None:
        self.module = importlib.import_module(f"kitgen.load.{name}")
        self.tree = ast.parse((ROOT / "kitgen" / "load" / f"{name.replace('.', '/')}.py").read_text("utf-8"))
        self.functions = {node.name: node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef)}

    def texts(self) -> Iterator[str]:
        for function in self.functions.values():
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("error", "warning"):
                    is_place_given = ast.unparse(node.func).startswith(("grid.findings", "table.grid", "findings"))
                    for argument in (*node.args[:1], *node.args[1 + is_place_given :]):
                        yield from self.options(argument, function)

    def options(self, node: ast.expr, function: ast.FunctionDef) -> list[str]:
        """What an expression may give; a function's own parameters are told where it is called."""
        if isinstance(node, ast.Constant):
            return [str(node.value)]
        if isinstance(node, ast.JoinedStr):
            found = [self.options(getattr(part, "value", part) if isinstance(part, ast.FormattedValue) else part, function)
                     for part in node.values]  # fmt: skip
            return ["".join(parts) for parts in product(*found)]
        if isinstance(node, ast.IfExp):
            return self.options(node.body, function) + self.options(node.orelse, function)
        if isinstance(node, ast.NamedExpr):
            return self.options(node.value, function)
        if isinstance(node, ast.Name):
            return self.named(node.id, function)
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
            known: Any = getattr(self.module, node.value.id, None)
            return list(map(str, known.values())) if isinstance(known, dict) else [OTHER]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "counted":
            noun = ast.literal_eval(node.args[1])
            return [f"{OTHER} {noun}", f"{OTHER} {noun}s"]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in self.functions:
            called = self.functions[node.func.id]
            returned = [each.value for each in ast.walk(called) if isinstance(each, ast.Return) and each.value]
            return [text for value in returned for text in self.options(value, called) if text]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "near":
            return ["did you mean `lain`?"]
        return [OTHER]

    def named(self, name: str, function: ast.FunctionDef) -> list[str]:
        constant = getattr(self.module, name, None)
        if isinstance(constant, str | int):
            return [str(constant)]
        values = [
            node.value
            for node in ast.walk(function)
            if (
                isinstance(node, ast.Assign)
                and any(isinstance(each, ast.Name) and each.id == name for each in node.targets)
            )
            or (isinstance(node, ast.NamedExpr) and node.target.id == name)
        ]
        parameters = [argument.arg for argument in function.args.args]
        if not values and name in parameters and function.name.startswith("_"):
            place = parameters.index(name)
            calls = [
                (node.args[place], caller)
                for caller in self.functions.values()
                for node in ast.walk(caller)
                if isinstance(node, ast.Call)
                and getattr(node.func, "id", "") == function.name
                and len(node.args) > place
            ]
            return [text for value, caller in calls for text in self.options(value, caller)] or [OTHER]
        return [text for value in values for text in self.options(value, function)] or [OTHER]


@pytest.mark.parametrize("name", MODULES)
def test_every_text_of_a_cell_has_a_translation(name: str) -> None:
    told = {text for text in Sayings(name).texts() if text not in ("", OTHER)}
    assert told or name == "grid"
    assert {text for text in told if indonesian(text) is None} == set()


def test_no_translation_stands_there_for_a_text_nobody_says() -> None:
    """What is left over was renamed in the code, and its note would be in English."""
    told = {text for name in MODULES for text in Sayings(name).texts()}
    unused = {text for text in TEXTS if text not in told and not any(_says(each, text) for each in told)}
    assert unused == set()


def _says(told: str, text: str) -> bool:
    return "{}" in text and indonesian(told) == TEXTS[text].format(*_filled(told, text)) if _fits(told, text) else False


def _fits(told: str, text: str) -> bool:
    rest = told
    for part in text.split("{}"):
        if part not in rest:
            return False
        rest = rest[rest.index(part) + len(part) :]
    return True


def _filled(told: str, text: str) -> list[str]:
    found = re.fullmatch("(.+?)".join(map(re.escape, text.split("{}"))), told)
    return list(found.groups()) if found else [OTHER] * text.count("{}")


@pytest.mark.parametrize("text", TEXTS)
def test_a_translation_is_indonesian_and_keeps_what_differs(text: str) -> None:
    note = TEXTS[text]
    assert not ENGLISH.search(note) and note != text
    assert note.count("{}") in (text.count("{}"), 0)


def test_what_differs_is_kept_and_the_rest_is_left_alone() -> None:
    assert (
        indonesian("NIK has 12 digits, not 16; the cell is left blank")
        == "NIK terdiri atas 12 angka, bukan 16; dikosongkan"
    )
    assert indonesian("the name holds control characters; they are taken out") == (
        "nama memuat karakter kendali; karakter itu dibuang"
    )
    assert indonesian("nobody says this") is None and indonesian("") == ""
