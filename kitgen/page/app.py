"""The application: its parts put together."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from flask import Flask, g, render_template
from flask.typing import ResponseReturnValue

from kitgen import __version__
from kitgen.base.language import DEFAULT
from kitgen.base.messages import Message, said
from kitgen.page.children import Children
from kitgen.page.guard import MOST_BYTES, TOKEN_FIELD, Guard
from kitgen.page.kept import KeptAnswers
from kitgen.page.site import PARTS, Site
from kitgen.page.unfit import UnfitForm, tell_unfit
from kitgen.page.views import codes, documents, editions, events, home, jobs, kits, schemes, templates
from kitgen.page.words import clock, in_words, size, spoken, words

_REFUSED: Final[dict[int, Message]] = {
    400: said("The browser sent something this page does not understand."),
    401: said("This page opens with the address that `kitgen buka` shows, and that address is new each time."),
    403: said("This request did not come from this page, so it was refused."),
    404: said("There is nothing at this address."),
    405: said("There is nothing at this address."),
    409: said("Another job is at work; wait until it is done, then try again."),
    413: said("The file is too large: at most 32 MB are taken."),
    415: said("This kind of file is not taken here."),
    500: said("The page failed, which is a fault of the program. Nothing was lost; go back and try again."),
}


def make_app(root: Path, port: int, language: str = DEFAULT) -> Flask:
    """The page of the project at `root`, to be served on `port` of this computer only."""
    app = Flask("kitgen.page", static_url_path="/statis")
    app.config.update(MAX_CONTENT_LENGTH=MOST_BYTES, MAX_FORM_PARTS=2_000, LANGUAGE=language)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    guard, children = Guard(port), Children(root)
    app.extensions["kitgen"] = Site(root, guard, children, KeptAnswers(root, children))
    guard.install(app)
    app.jinja_env.globals.update(_=words, told=in_words, clock=clock, size=size, form_token=guard.form,
                                 token_field=TOKEN_FIELD, version=__version__)  # fmt: skip
    for code in _REFUSED:
        app.register_error_handler(code, _refuser(code))
    tell_unfit(app, _refuser(400))
    for part in (home, jobs, events, kits, documents, schemes, codes, editions, templates):
        part.add_to(app)
    return app


def _refuser(code: int) -> Callable[[Exception], ResponseReturnValue]:
    def refuse(error: Exception) -> ResponseReturnValue:
        reason = error.told if isinstance(error, UnfitForm) else _REFUSED[code]
        return (
            render_template(
                "refused.html", title=in_words(said("Not possible")), reason=in_words(reason), code=code,
                parts=PARTS if g.get("is_let_in") else (), here="", notices=[], waits=[], running=None,
                language=spoken(), project_name="",
            ),
            code,
        )  # fmt: skip

    return refuse
