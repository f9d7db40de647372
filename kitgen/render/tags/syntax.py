"""Reads each tag alone, so that all broken ones are told at once, each at its own place."""

from dataclasses import replace
from typing import Final

from kitgen.base.errors import Findings, Place, did_you_mean
from kitgen.base.messages import said
from kitgen.render.tags.advice import advice_on
from kitgen.render.tags.environment import Environment
from kitgen.render.tags.habits import advice_on_test
from kitgen.render.tags.marks import Mark
from kitgen.render.tags.one_tag import MAX_DEPTH, TOO_DEEP, read_tag

_READ: Final = ("for", "if", "elif", "set", "with", "macro", "call", "filter")
"""Statements that say more than their name."""
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


def check_syntax(environment: Environment, mark: Mark, findings: Findings) -> None:
    """Note what is wrong within one tag: its grammar, filters and tests that do not exist."""
    name = mark.tag.name
    if mark.tag.kind == "statement":
        if name == "include":
            advice = said('write `{%p include "blocks/name.docx" %}` in a paragraph of its own')
            findings.error(said("only a block can be included, and only as a whole paragraph"), mark.shown, advice)
            return
        if name == "else" and mark.tag.argument:
            fault = said("nothing may follow `else`")
            findings.error(said("tag cannot be read: {fault}", fault=fault), mark.shown, advice_on(mark.tag))
            return
        if name not in _READ:
            return
    read = read_tag(mark.code)
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
