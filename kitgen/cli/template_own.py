"""`kitgen template export | reset | status`: a project's own templates over those kitgen comes with."""

import json
from typing import TYPE_CHECKING, Final

import click

from kitgen.base.messages import counted, joined, said
from kitgen.cli import declare
from kitgen.cli.language import in_words, say, styled
from kitgen.cli.table import row
from kitgen.cli.writing import hold_lock

if TYPE_CHECKING:
    from kitgen.documents.status.own_templates import OwnTemplates

_COLOURS: Final = {"behind": "yellow", "both": "yellow", "unknown": "yellow", "yours": "green", "alone": "green"}
_MOST: Final = 200


@declare.command("export", then=said("change them in Word or Excel, then `kitgen template check`"))
@click.argument("names", metavar="CODE", nargs=-1, required=True)
@declare.option("--entry", is_flag=True, help="Copy the form's entry into the project's forms.yaml, too.")
@click.pass_context
def export(ctx: click.Context, names: tuple[str, ...], entry: bool) -> None:
    """Copy shipped templates into this project, to be edited: by codes of forms, names of blocks or reports."""
    from kitgen.documents.build.own_templates import export_template
    from kitgen.load.project_data import load_form_list

    hold_lock(ctx)
    listed = load_form_list(ctx.obj)
    for name in names:
        written = ctx.obj.shown(export_template(ctx.obj, name, listed, entry))
        say(said("wrote {written}: edit it in Word or Excel, then `kitgen template check`", written=written))


@declare.command("reset", then=said("`kitgen plan` shows what the templates make anew"))
@click.argument("names", metavar="CODE", nargs=-1, required=True)
@click.pass_context
def reset(ctx: click.Context, names: tuple[str, ...]) -> None:
    """Use the shipped templates again instead of the project's own, which are set aside."""
    from kitgen.documents.build.own_templates import reset_template
    from kitgen.load.project_data import load_form_list

    hold_lock(ctx)
    listed = load_form_list(ctx.obj)
    for name in names:
        taken = reset_template(ctx.obj, name, listed)
        say(said("{name} is the shipped one again; yours lies in {aside}", name=taken.name,
                 aside=ctx.obj.shown(taken.aside)))  # fmt: skip


@declare.command("status", then=said("`kitgen template export CODE` takes one to change"))
@click.argument("name", metavar="CODE", required=False)
@declare.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.pass_context
def status(ctx: click.Context, name: str | None, as_json: bool) -> None:
    """Tell which templates are the project's own, and which of the shipped ones changed since they were copied.

    With CODE: where the project's own says something else than the shipped one.
    """
    from kitgen.documents.status.own_templates import find_template, own_templates
    from kitgen.load.project_data import load_forms_of

    if name is not None:
        return _print_changes(ctx, find_template(ctx.obj, name, load_forms_of(ctx.obj)), as_json)
    found = own_templates(ctx.obj)
    if as_json:
        content = {"templates": [each.as_json() for each in found.templates], "entries": list(found.entries),
                   "is_whole": found.is_whole, "not_in_it": list(found.not_in_it)}  # fmt: skip
        say(json.dumps(content, ensure_ascii=False, indent=1))
        return
    _print(found)


def _print(found: "OwnTemplates") -> None:
    from kitgen.documents.status.own_templates import TEMPLATE_STATES, summary_of

    for each in found.templates:
        told = TEMPLATE_STATES[each.state]
        colour = _COLOURS.get(each.state)
        say(joined("  ", (row((each.name, 44)), styled(told, fg=colour) if colour else told)))
    if summary := summary_of(found):
        say(summary)
    if not found.templates:
        say(said("all templates are those kitgen comes with; `kitgen template export CODE` copies one to be edited"))
        return
    changed = sum(each.state in ("behind", "both") for each in found.templates)
    if changed:
        say(
            said(
                "{templates} of kitgen changed since: `kitgen template status CODE` shows where, "
                "`kitgen template reset CODE` takes the new one",
                templates=counted(changed, "template"),
            ),
            err=True,
        )


def _print_changes(ctx: click.Context, name: str, as_json: bool) -> None:
    from kitgen.documents.status.own_templates import template_changes

    changes = template_changes(ctx.obj, name)
    if as_json:
        told = [{"spot": in_words(each.spot), "shipped": each.old, "own": each.new} for each in changes]
        say(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for each in changes[:_MOST]:
        say(each.spot)
        for sign, text in (("-", each.old), ("+", each.new)):
            if text:
                say(f"    {sign} {text}")
    if len(changes) > _MOST:
        say(said("{places} more", places=counted(len(changes) - _MOST, "place")))
    if not changes:
        say(said("both say the same; at most their looks differ"))
    else:
        say(said("- as kitgen comes with it, + yours: {places}", places=counted(len(changes), "place")), err=True)
