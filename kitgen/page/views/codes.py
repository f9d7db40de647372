"""Kode Dokumen: what a printed page is worth, by its code, typed or photographed."""

from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue

from kitgen.base.messages import said
from kitgen.page.codes import codes_in_picture
from kitgen.page.site import Site, takes_site


def add_to(app: Flask) -> None:
    """Put these pages into the application."""
    app.add_url_rule("/kode", "code", takes_site(code))
    app.add_url_rule("/kode/foto", "photo", takes_site(photo), methods=["POST"])


def code(site: Site) -> ResponseReturnValue:
    """The form."""
    return site.page("code.html", said("Page code"), found=[])


def photo(site: Site) -> ResponseReturnValue:
    """The codes in a photograph, to be looked up by one more click; the picture is not kept."""
    file = request.files.get("foto")
    found = codes_in_picture(file.read()) if file is not None else None
    if found:
        return site.page("code.html", said("Page code"), found=found)
    if found is None:
        site.notice("/kode", said("The file is no picture that can be read."), "bad")
    else:
        site.notice(
            "/kode", said("No page code was found in the picture: hold the camera closer, or type the code."), "bad"
        )
    return redirect("/kode", code=303)
