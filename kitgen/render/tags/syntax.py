"""Reads each tag alone, so that all broken ones are told at once, each at its own place."""

from functools import lru_cache
from typing import Final, NamedTuple

import jinja2
from jinja2 import TemplateSyntaxError, nodes

from kitgen.base.errors import Findings, did_you_mean
from kitgen.base.messages import said
from kitgen.render.tags.environment import Environment
from kitgen.render.tags.marks import Mark
from kitgen.render.tags.tree import below

_OPENING: Final = ("for", "if", "with", "macro", "call", "filter")
_GRAMMAR: Final = jinja2.Environment(autoescape=False, keep_trailing_newline=True)
"""Only its parser is used, which knows no values; it is that of every `Environment`."""


class _Code(NamedTuple):
    """Tag yang dibaca: what is wrong with its grammar, and the filters and tests it names."""

    fault: str
    filters: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()


def check_syntax(environment: Environment, mark: Mark, findings: Findings) -> None:
    """Note what is wrong within one tag: its grammar, filters and tests that do not exist."""
    name = mark.tag.name
    code = mark.code
    if mark.tag.kind == "statement":
        if name in _OPENING or (name == "set" and "=" not in mark.tag.argument):
            code = f"{mark.code}{{% end{name} %}}"
        elif name == "elif":
            code = f"{{% if a %}}{mark.code}{{% endif %}}"
        elif name == "include":
            advice = said('write `{%p include "blocks/name.docx" %}` in a paragraph of its own')
            findings.error(said("only a block can be included, and only as a whole paragraph"), mark.shown, advice)
            return
        elif name != "set":
            return
    read = _read(code)
    if read.fault:
        findings.error(
            said("tag cannot be read: {fault}", fault=read.fault),
            mark.shown,
            said("check its brackets, quotes and dots"),
        )
    for used in read.filters:
        if used not in environment.filters:
            known = [name for name in environment.filters if not name.startswith("_")]
            findings.error(said("there is no filter `{used}`", used=used), mark.shown, did_you_mean(used, known))
    for test in read.tests:
        if test not in environment.tests:
            findings.error(
                said("there is no test `{test}`", test=test), mark.shown, did_you_mean(test, environment.tests)
            )


@lru_cache(maxsize=4_000)
def _read(code: str) -> _Code:
    """What one tag says; templates of a kit repeat most of theirs."""
    try:
        tree = _GRAMMAR.parse(code)
    except TemplateSyntaxError as error:
        return _Code(str(error.message))
    found = list(below(tree))
    filters = tuple(node.name for node in found if isinstance(node, nodes.Filter))
    return _Code("", filters, tuple(node.name for node in found if isinstance(node, nodes.Test)))
