"""`kitgen check`: everything that is wrong or missing, without making anything."""

import click


@click.command("check")
@click.option("--scheme", help="Only this scheme (the name of its folder).")
@click.option("--edition", help="This edition instead of the newest.")
@click.option("--strict", is_flag=True, help="Exit with 1 for missing facts and oddities too.")
@click.pass_context
def command(ctx: click.Context, scheme: str | None, edition: str | None, strict: bool) -> None:
    """Check data, forms and templates; tell every problem with its place."""
    from kitgen.check import check_project
    from kitgen.cli.console import tell

    findings = check_project(ctx.obj, scheme, edition)
    tell(findings)
    if findings.errors or (strict and findings.warnings):
        ctx.exit(1)
    click.echo("no errors" if findings.warnings else "no problems")
