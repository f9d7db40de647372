"""Templat: the forms and their templates, checked, shown filled, fetched, replaced, put back."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from flask import Flask, abort, redirect, request, send_file
from flask.typing import ResponseReturnValue

from kitgen.base.errors import KitgenError
from kitgen.base.messages import said
from kitgen.documents.build.own_templates import replace_template, reset_template
from kitgen.documents.disk.lock import working
from kitgen.load.project_data import load_form_list, load_forms_of
from kitgen.load.template_files import own_file, template_tree
from kitgen.model.forms import Form
from kitgen.page.files import DOCUMENTS
from kitgen.page.site import Site, takes_site

_PARTS: Final = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}


def add_to(app: Flask) -> None:
    """Put these pages into the application."""
    app.add_url_rule("/templat", "templates", takes_site(templates))
    app.add_url_rule("/templat/berkas", "template_file", takes_site(fetch))
    app.add_url_rule("/templat/berkas", "template_upload", takes_site(upload), methods=["POST"])
    app.add_url_rule("/templat/kembali", "template_reset", takes_site(reset), methods=["POST"])


def templates(site: Site) -> ResponseReturnValue:
    """All forms and their templates."""
    forms: tuple[Form, ...] = site.known(site.project.forms_file, "forms", lambda: load_forms_of(site.project))
    own = {form.template for form in forms if _is_own(site, form.template)}
    return site.page("templates.html", said("Templates"), forms=forms, own=own, is_own=_may_write(site))


def fetch(site: Site) -> ResponseReturnValue:
    """The template itself, to be edited in Word or Excel."""
    file = _template(site, request.args.get("templat", ""))
    return send_file(file, as_attachment=True, download_name=file.name, max_age=0)


def upload(site: Site) -> ResponseReturnValue:
    """An edited template takes the place of the one that is there."""
    name = request.form.get("templat", "")
    old = _template(site, name)
    file = request.files.get("berkas")
    data = file.read() if file is not None else b""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if _PARTS[old.suffix] not in archive.namelist():
                abort(415)
    except zipfile.BadZipFile:
        abort(415)
    return _written(site, lambda: replace_template(site.project, name, data))


def reset(site: Site) -> ResponseReturnValue:
    """The template as it came with kitgen; the project's own is set aside."""
    name = request.form.get("templat", "")
    _template(site, name)
    if not (site.project.templates_dir / name).is_file():
        abort(404)
    return _written(site, lambda: reset_template(site.project, name, load_form_list(site.project)))


def _written(site: Site, change: Callable[[], object]) -> ResponseReturnValue:
    if not _may_write(site):
        abort(404)
    try:
        with working(site.root, "buka", patience=1.0):
            change()
    except KitgenError as error:
        site.refused("/templat", error)
    else:
        site.kept.doubt()
        site.notice(
            "/templat",
            said("The template was taken over. Check it now; documents that use it are made anew by a build."),
        )
    return redirect("/templat", code=303)


def _template(site: Site, name: str) -> Path:
    file = template_tree(site.project).get(name)
    if file is None or file.suffix not in DOCUMENTS:
        abort(404)
    return file


def _may_write(site: Site) -> bool:
    """Whether the project is not the source tree of kitgen itself, whose templates are those it comes with."""
    return site.project.templates_dir != site.root / "templates"


def _is_own(site: Site, name: str) -> bool:
    """Whether a template differs from the one that came with kitgen."""
    own, original = own_file(site.project, name), site.project.templates_dir / name
    if own is None:
        return False
    return not original.is_file() or own.read_bytes() != original.read_bytes()
