"""`kitgen template`: look into the templates."""

from pathlib import Path

import click

from kitgen.base.messages import counted, said
from kitgen.cli import declare, template_own
from kitgen.cli.language import say
from kitgen.cli.writing import hold_lock


@declare.group("template")
def command() -> None:
    """List, check and read the templates."""


for _each in (template_own.export, template_own.reset, template_own.status):
    command.add_command(_each)


@command.command("list", then=said("`kitgen template vars CODE` tells what a form prints"))
@click.pass_context
def list_(ctx: click.Context) -> None:
    """List the forms and their templates."""
    from kitgen.load.project_data import load_forms_of

    for form in load_forms_of(ctx.obj):
        say(
            said(
                "{number:<4} {code:<12} {audience:<8} {per:<10} {template:<28} {title}",
                number=form.number,
                code=form.code,
                audience=form.audience,
                per=form.per,
                template=form.template,
                title=form.title,
            )
        )


@command.command("new", then=said("change it in Word, then `kitgen template check CODE`"))
@click.argument("code")
@declare.option("--title", help="What the form is called; printed at its top.")
@click.pass_context
def new(ctx: click.Context, code: str, title: str | None) -> None:
    """Make the first template of a new form: header, units, signatures and stamp in place, to be edited in Word.

    It prints what to add to `forms.yaml`, and writes nothing there.
    """
    from kitgen.documents.build.first_template import make_template

    hold_lock(ctx)
    made = make_template(ctx.obj, code, title)
    written, forms = ctx.obj.shown(made.path), ctx.obj.shown(ctx.obj.forms_file)
    then = f'kitgen template check "{code}"' if " " in code else f"kitgen template check {code}"
    if not made.entry:
        say(
            said(
                "wrote {written}, whose form stands in {forms}; then `{then}`", written=written, forms=forms, then=then
            )
        )
        return
    say(
        said(
            "wrote {written}; add these lines to {forms}, change what is not as you want it, then `{then}`",
            written=written,
            forms=forms,
            then=then,
        ),
        err=True,
    )
    say(made.entry)


@command.command("check", then=said("`kitgen plan` shows what the templates make anew"))
@click.argument("code", required=False)
@click.pass_context
def check(ctx: click.Context, code: str | None) -> None:
    """Check all templates, or that of one form."""
    from kitgen.cli.console import tell
    from kitgen.documents.status.reports import check_reports
    from kitgen.load.project_data import find_form, load_forms_of
    from kitgen.schemes.check.check import check_templates, unused_templates

    forms = [find_form(ctx.obj, code)] if code else load_forms_of(ctx.obj)
    problems = check_templates(ctx.obj, forms)
    if not code:
        problems += [*check_reports(ctx.obj), *unused_templates(ctx.obj, forms)]
    tell(problems)
    if any(problem.severity == "error" for problem in problems):
        ctx.exit(1)
    say(said("{templates} sound", templates=counted(len(forms), "template is", "templates are")))


@command.command("vars", then=said("write them between {{ and }}, then `kitgen template check CODE`"))
@click.argument("code", required=False)
@click.pass_context
def vars_(ctx: click.Context, code: str | None) -> None:
    """List what a form's template uses; without CODE, everything templates can be given."""
    from kitgen.kits.vocabulary import vocabulary, words_within
    from kitgen.schemes.check.check import used_values

    if code is None:
        for path, word in words_within(vocabulary()):
            say(said("{path:<44} {help}", path=path, help=word.help))
        return
    for path, help in used_values(ctx.obj, code):
        say(said("{path:<44} {help}", path=path, help=help))


@command.command(
    "wording", then=said("put the lines into `scheme/identity.yaml`, then `kitgen plan` shows what they change")
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@declare.option("--form", "code", help="The form it is of; by default the one the file is named after.")
@click.pass_context
def wording(ctx: click.Context, file: Path, code: str | None) -> None:
    """Compare the sentences of your own Word form with ours, and print what puts yours in their place.

    The printed lines go into `scheme/identity.yaml`; the templates stay as they are.
    """
    from kitgen.documents.build.wording import compare_wording, wording_text
    from kitgen.load.project_data import find_form

    found = compare_wording(ctx.obj, find_form(ctx.obj, code or file.stem), file)
    for text in found.missing:
        say(said("not found in {file}: {text}", file=file.name, text=text), err=True)
    say(
        said(
            "{same} sentences are the same, {differing} differ, {missing} of ours were not found",
            same=found.same,
            differing=len(found.differing),
            missing=len(found.missing),
        ),
        err=True,
    )
    if found.differing:
        say(said("add these lines to {identity}:", identity=ctx.obj.shown(ctx.obj.identity_file)), err=True)
        say(wording_text(found.differing))


@command.command("dump", then=said("`kitgen explain FILE` tells how a document stands"))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def dump(file: Path) -> None:
    """Print a template or a finished document as text, a line for each paragraph and cell."""
    from kitgen.documents.disk.document import document_parts
    from kitgen.render.dump.dump import dump_parts

    for line in dump_parts(document_parts(file), file.name):
        say(str(line))


@command.command("preview", then=said("open it and look; then `kitgen plan`"))
@click.argument("template", metavar="CODE_OR_FILE")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@declare.option("--replace", is_flag=True, help="Write over a file that is there already.")
@declare.option("--allow", multiple=True, metavar="NAME", help="Keep active content of this name in the template.")
@click.pass_context
def preview(ctx: click.Context, template: str, out: Path, replace: bool, allow: tuple[str, ...]) -> None:
    """Make a filled sample of any template, named by the code of its form or as a file."""
    from kitgen.cli.console import tell
    from kitgen.documents.build.fill import preview as make_preview
    from kitgen.documents.status.own_templates import find_template
    from kitgen.load.project_data import read_facts
    from kitgen.load.template_files import template_file

    hold_lock(ctx, out)
    path, facts = Path(template), None
    if not path.is_file():
        facts = read_facts(ctx.obj)
        facts.stop_on_errors()
        path = template_file(ctx.obj, find_template(ctx.obj, template, facts.forms))
    what, problems = make_preview(ctx.obj, path, out, replace, frozenset(allow), facts)
    tell(problems)
    say(said("{path}, filled with {what}", path=out.as_posix(), what=what))
