"""What a form cannot be taken with: told on the page it happened on, with what to do."""

from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from flask import Flask, g, redirect, request
from flask.typing import ResponseReturnValue

from kitgen.base.messages import Message
from kitgen.page.site import is_local, site

_PLACES: Final = {
    "arsip-jadwal": "simpan", "hapus": "simpan", "serahkan": "serah", "cetak-ulang": "ulang",
    "tulis-penarikan": "tarik",
}  # fmt: skip
"""Where on a long page the form of a button stands."""


class UnfitForm(Exception):
    """Isian tidak sesuai: raised for what a person can put right; `told` says what is wrong and what to do."""

    def __init__(self, told: Message) -> None:
        super().__init__(str(told))
        self.told = told


def tell_unfit(app: Flask, alone: Callable[[Exception], ResponseReturnValue]) -> None:
    """Send people back to the page they came from, which says what was wrong; `alone` says it where there is none."""

    def back(error: UnfitForm) -> ResponseReturnValue:
        page = page_before()
        if page is None or not g.get("is_let_in"):
            return alone(error)
        site().notice(page, error.told, "bad")
        place = _PLACES.get(request.path.rpartition("/")[2], "")
        return redirect(f"{page}#{place}" if place else page, code=303)

    app.register_error_handler(UnfitForm, back)


def page_before() -> str | None:
    """The path of the page of ours a form stood on."""
    before = urlsplit(request.referrer or "")
    if before.netloc != request.host or not is_local(before.path):
        return None
    return before.path
