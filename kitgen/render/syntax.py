"""Reads each tag alone, so that all broken ones are told at once, each at its own place."""

from jinja2 import TemplateSyntaxError, nodes

from kitgen.errors import Findings, did_you_mean
from kitgen.render.environment import Environment
from kitgen.render.marks import Mark

_OPENING = ("for", "if", "with", "macro", "call", "filter")


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
            advice = 'write `{%p include "blocks/name.docx" %}` in a paragraph of its own'
            findings.error("only a block can be included, and only as a whole paragraph", mark.shown, advice)
            return
        elif name != "set":
            return
    try:
        tree = environment.parse(code)
    except TemplateSyntaxError as error:
        findings.error(f"tag cannot be read: {error.message}", mark.shown, "check its brackets, quotes and dots")
        return
    for used in tree.find_all(nodes.Filter):
        if used.name not in environment.filters:
            known = [name for name in environment.filters if not name.startswith("_")]
            findings.error(f"there is no filter `{used.name}`", mark.shown, did_you_mean(used.name, known))
    for test in tree.find_all(nodes.Test):
        if test.name not in environment.tests:
            findings.error(f"there is no test `{test.name}`", mark.shown, did_you_mean(test.name, environment.tests))
