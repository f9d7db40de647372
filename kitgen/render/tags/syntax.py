"""Reads each tag alone, so that all broken ones are told at once, each at its own place."""

from dataclasses import replace
from functools import lru_cache
from typing import Final, NamedTuple

import jinja2
from jinja2 import TemplateSyntaxError, nodes

from kitgen.base.errors import Findings, Place, did_you_mean
from kitgen.base.messages import said
from kitgen.render.tags.advice import advice_on
from kitgen.render.tags.environment import Environment
from kitgen.render.tags.habits import advice_on_test
from kitgen.render.tags.marks import Mark
from kitgen.render.tags.tree import below, is_deeper

MAX_DEPTH: Final = 80
TOO_DEEP: Final = "too deep"
_OPENING: Final = ("for", "if", "with", "macro", "call", "filter")
_GRAMMAR: Final = jinja2.Environment(autoescape=False, keep_trailing_newline=True)
"""Only its parser is used, which knows no values; it is that of every `Environment`."""


REPLACED: Final = {
    "format": said("write the parts one after the other with `~`; `| round(2)` rounds"),
    "filesizeformat": said("give the text as a value"),
    "forceescape": said("everything that is printed is escaped already"),
    "pprint": said("loop over the values and print each"),
    "random": said("a document says the same each time it is made; choose in the data"),
    "striptags": said("values hold no markup; give the plain text"),
    "tojson": said("loop over the values and print each"),
    "urlencode": said("addresses of links are encoded already"),
    "urlize": said('give `{"text": ..., "link": ...}` and print it with `{{r }}`'),
    "wordwrap": said("Word and Excel break lines themselves"),
    "xmlattr": said("values hold no markup"),
    "attr": said("write `name.key` or `name[key]`"),
}
"""What to write instead of filters of Jinja that are not taken."""


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
        elif name == "else" and mark.tag.argument:
            fault = said("nothing may follow `else`")
            findings.error(said("tag cannot be read: {fault}", fault=fault), mark.shown, advice_on(mark.tag))
            return
        elif name != "set":
            return
    read = _read(code)
    if read.fault == TOO_DEEP:
        message = said(
            "tag holds too much within each other: more than {most} brackets, filters or signs", most=MAX_DEPTH
        )
        findings.error(
            message, _shortened(mark.shown), said("work parts of it out before, with `{% set name = ... %}`")
        )
    elif read.fault:
        findings.error(
            said("tag cannot be read: {fault}", fault=read.fault),
            mark.shown,
            advice_on(mark.tag),
        )
    for used in read.filters:
        if used not in environment.filters:
            known = sorted(name for name in environment.filters if not name.startswith("_"))
            near = REPLACED.get(used) or did_you_mean(used, known) or said("there are {names}", names=", ".join(known))
            findings.error(said("there is no filter `{used}`", used=used), mark.shown, near)
    for test in read.tests:
        if test not in environment.tests:
            findings.error(
                said("there is no test `{test}`", test=test),
                mark.shown,
                advice_on_test(test, mark.tag.inner) or did_you_mean(test, environment.tests),
            )


def _shortened(place: Place) -> Place:
    return replace(place, text=f"{place.text[:60]}…") if len(place.text) > 60 else place


@lru_cache(maxsize=4_000)
def _read(code: str) -> _Code:
    """What one tag says; templates of a kit repeat most of theirs."""
    try:
        tree = _GRAMMAR.parse(code)
    except TemplateSyntaxError as error:
        return _Code(str(error.message))
    except (RecursionError, MemoryError):
        return _Code(TOO_DEEP)
    if is_deeper(tree, MAX_DEPTH):
        return _Code(TOO_DEEP)
    found = list(below(tree))
    filters = tuple(node.name for node in found if isinstance(node, nodes.Filter))
    return _Code("", filters, tuple(node.name for node in found if isinstance(node, nodes.Test)))
