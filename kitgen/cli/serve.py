"""`kitgen buka` (also `kitgen serve`): the local page, for those who use no terminal."""

import click

from kitgen.base.messages import said
from kitgen.cli import declare
from kitgen.cli.language import say, spoken


def _opening(name: str, is_hidden: bool = False) -> declare.Command:
    @declare.command(name, then=said("`kitgen buka` opens the page again"), hidden=is_hidden)
    @declare.option("--port", type=click.IntRange(0, 65535), default=0,
                    help="Serve on this port of this computer; without it, on any that is free.")  # fmt: skip
    @declare.option("--no-browser", is_flag=True, help="Do not open the browser; only tell the address.")
    @click.pass_context
    def opening(ctx: click.Context, port: int, no_browser: bool) -> None:
        """Open the local page (halaman kitgen) in the browser: events, kits, schemes, page codes, templates.

        It is served to this computer alone, until it is stopped with Ctrl-C. The address holds a token that is new each
        time; whoever does not have it is refused. What is being made goes on when the page is closed.
        """
        from kitgen.page.server import serve
        from kitgen.schemes.start.program import note_program

        def ready(address: str) -> None:
            say(said("the page of this project: {address}", address=address))
            say(said("Ctrl-C closes it; what is being made goes on"), err=True)

        note_program(ctx.obj.root)
        try:
            serve(ctx.obj.root, spoken(), port, not no_browser, ready)
        except OSError as error:
            told = said("the page cannot be served on port {port} ({strerror})", port=port, strerror=error.strerror)
            raise declare.UsageError(told, ctx) from error

    return opening


command = _opening("buka")
same = _opening("serve", is_hidden=True)
