"""One document: how it stands, its pages as pictures, its file."""

from pathlib import Path
from typing import Final

from flask import Flask, Response, abort, request, send_file
from flask.typing import ResponseReturnValue

from kitgen.base.errors import KitgenError
from kitgen.base.messages import said
from kitgen.base.project import EditionName
from kitgen.documents.disk.document import find_document
from kitgen.documents.pdf.pictures import current_pdf, page_count, page_picture
from kitgen.model.forms import EVENTS_FOLDER
from kitgen.page.files import DOCUMENTS, SHOWN, ListedFile, confined, is_secret, kit_of
from kitgen.page.questions import edition_plan, event_plan
from kitgen.page.site import Site, takes_site
from kitgen.page.views.kits import STATES, rows_of

_WIDTHS: Final = {"kecil": 300, "besar": 1100}


def add_to(app: Flask) -> None:
    """Put these pages into the application."""
    app.add_url_rule("/dokumen", "document", takes_site(document))
    app.add_url_rule("/gambar", "picture", takes_site(picture))
    app.add_url_rule("/unduh", "download", takes_site(download))


def document(site: Site) -> ResponseReturnValue:
    """One document or PDF."""
    path = request.args.get("berkas", "")
    file = _file(site, path)
    folder = kit_of(path)
    is_open = site.guard.are_secrets_open(folder)
    if is_secret(path) and not is_open:
        return site.page("secret.html", said("Secret documents"), folder=folder, back=request.full_path), 403
    slug, edition = folder.split("/")
    plan = event_plan(site, edition) if slug == EVENTS_FOLDER else edition_plan(site, EditionName(slug, edition))
    row = next(iter(rows_of([ListedFile(path, file.stat().st_size, is_secret(path))], plan)), None)
    pdf = _pdf_of(file)
    pages = page_count(pdf) if pdf is not None else 0
    return site.page(
        "document.html", said("{name}", name=file.name), path=path, name=file.name, folder=folder, row=row,
        states=STATES, pages=pages, pdf=pdf is not None, size_of=file.stat().st_size, is_secret=is_secret(path),
        is_document=file.suffix in DOCUMENTS, above=path.rpartition("/")[0].removeprefix(f"{folder}/"),
        is_event=slug == EVENTS_FOLDER,
    )  # fmt: skip


def picture(site: Site) -> ResponseReturnValue:
    """A picture of one page."""
    path = request.args.get("berkas", "")
    file = _file(site, path)
    _refuse_secret(site, path)
    number = request.args.get("halaman", "1")
    pdf = _pdf_of(file)
    if pdf is None or not number.isascii() or not number.isdigit() or len(number) > 5:
        abort(404)
    data = page_picture(pdf, int(number), _WIDTHS.get(request.args.get("ukuran", ""), 800))
    if data is None:
        abort(404)
    return Response(data, mimetype="image/png")


def download(site: Site) -> ResponseReturnValue:
    """The file itself."""
    path = request.args.get("berkas", "")
    file = _file(site, path)
    _refuse_secret(site, path)
    return send_file(file, as_attachment=True, download_name=file.name, max_age=0)


def _file(site: Site, path: str) -> Path:
    file = confined(site.project.output_dir, path)
    if not file.is_file() or not file.name.lower().endswith(SHOWN) or path.count("/") < 2:
        abort(404)
    return file


def _refuse_secret(site: Site, path: str) -> None:
    if is_secret(path) and not site.guard.are_secrets_open(kit_of(path)):
        abort(403)


def _pdf_of(file: Path) -> Path | None:
    """The PDF whose pages are those of a file: itself, or the one beside it that says what it says now."""
    if file.suffix.lower() == ".pdf":
        return file
    if file.suffix not in DOCUMENTS:
        return None
    try:
        found = find_document(file)
    except KitgenError:
        return None
    return current_pdf(file, found.digest) if found is not None else None
