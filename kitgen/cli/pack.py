"""`kitgen pack`: the documents of each audience as one PDF, ready for the printer."""

import click


@click.command("pack")
@click.option("--scheme", help="Only this scheme (the name of its folder).")
@click.option("--edition", help="This edition instead of the newest.")
@click.option("--unit", help="Only the kit of this unit, by its code.")
@click.option("--duplex", is_flag=True, help="For printing on both sides: every document begins on a new sheet.")
@click.option("--jobs", type=click.IntRange(1, 64), help="LibreOffices at a time; without it, one for each processor.")
@click.pass_context
def command(
    ctx: click.Context, scheme: str | None, edition: str | None, unit: str | None, duplex: bool, jobs: int | None
) -> None:
    """Make one PDF for each audience of a kit: a cover that lists the documents, then they in the official order.

    Documents and PDFs are made first where they are not what they would be now. The pack of the keys lies in the
    folder of the keys.
    """
    from kitgen.assessment import Selection
    from kitgen.cli.console import print_states, show_progress, tell
    from kitgen.kit_packs import pack_kits

    run = pack_kits(ctx.obj, Selection(scheme, edition, unit), duplex, jobs, show_progress)
    tell((*run.built.warnings, *run.problems))
    print_states(run.built.assessment.documents, run.built.assessment.orphans)
    for path in run.packed.written:
        click.echo(f"pack     {path.relative_to(ctx.obj.output_dir).as_posix()}")
    click.echo(
        f"{len(run.packed.written) + run.packed.same} packs: {len(run.packed.written)} written, "
        f"{run.packed.same} as they were; {len(run.built.written)} documents and {run.printed.made} PDFs made"
    )
    if any(problem.severity == "error" for problem in run.problems):
        ctx.exit(1)
