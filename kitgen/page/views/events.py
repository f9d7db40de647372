"""Jadwal: one event from its workbook to its archive."""

import io
import zipfile
from typing import Any, Final

from flask import Flask, abort, redirect, request, send_file
from flask.typing import ResponseReturnValue

from kitgen.base.errors import KitgenError
from kitgen.base.messages import said
from kitgen.documents.disk.lock import working
from kitgen.documents.disk.locked import SHORTEST
from kitgen.events.workbook.copies import has_notes
from kitgen.events.workbook.takeover import find_recap, is_recap, recap_begins, take_recap, take_workbook
from kitgen.model.forms import (
    EVENT_FOLDERS,
    EVENTS_FOLDER,
    HANDOVER_FOLDER,
    KEYS_FOLDER,
    PACK_FOLDER,
    RECALL_FOLDER,
)
from kitgen.page.files import ListedFile, listed
from kitgen.page.problems import grouped_problems
from kitgen.page.questions import event_check, event_plan, names_of_events, schemes_of
from kitgen.page.site import Site, takes_site
from kitgen.page.views.home import content_of

_WORKBOOK: Final = "xl/workbook.xml"
_MOST_UNPACKED: Final = 400 * 1024 * 1024


def add_to(app: Flask) -> None:
    """Put these pages into the application."""
    app.add_url_rule("/jadwal", "events", takes_site(events))
    app.add_url_rule("/jadwal/<name>", "event", takes_site(event))
    app.add_url_rule("/jadwal/<name>/buku", "event_book", takes_site(book))
    app.add_url_rule("/jadwal/<name>/buku", "event_upload", takes_site(upload), methods=["POST"])
    app.add_url_rule("/jadwal/<name>/catatan/<file>", "event_noted", takes_site(noted))
    app.add_url_rule("/jadwal/<name>/rekap", "event_recap", takes_site(upload_recap), methods=["POST"])


def events(site: Site) -> ResponseReturnValue:
    """All events, and the form for a new one."""
    rows = [{"name": name, "plan": event_plan(site, name)} for name in names_of_events(site)]
    for row in rows:
        found = content_of(row["plan"])  # type: ignore[arg-type]
        row["counts"] = dict(found["summary"]) if isinstance(found, dict) else {}
    return site.page("events.html", said("Events"), rows=rows, schemes=schemes_of(site))


def event(site: Site, name: str) -> ResponseReturnValue:
    """One event: its steps in the order in which they are done."""
    _known(site, name)
    plan, check = event_plan(site, name), event_check(site, name)
    found = content_of(plan)
    folder = f"{EVENTS_FOLDER}/{name}"
    files = listed(site.project.output_dir, folder)
    below = len(folder) + 1

    def within(part: str) -> list[ListedFile]:
        return [each for each in files if each.path[below:].startswith(f"{part}/")]

    packs = [each for each in within(PACK_FOLDER) if each.path.endswith(".pdf")]
    packs += [each for each in within(KEYS_FOLDER) if each.name.startswith(PACK_FOLDER)]
    made = (*EVENT_FOLDERS.values(),)
    counts = dict(found["summary"]) if isinstance(found, dict) else {}
    noted_copies = [path.name for path in sorted(site.project.event_file(name).parent.glob("*.xlsx"))
                    if has_notes(path.name)]  # fmt: skip
    recap = _recap(site, files)
    answered = check.answer is not None
    problems = grouped_problems(check.answer.problems) if check.answer is not None else []
    checked = content_of(check)
    blank = checked.get("blank", []) if isinstance(checked, dict) else []
    return site.page(
        "event.html", said("Event {name}", name=name), name=name, folder=folder, plan=plan, check=check,
        counts=counts, problems=problems, answered=answered, blank=blank, packs=_by_place(packs, below),
        lists=[each for each in within(PACK_FOLDER) if not each.path.endswith(".pdf")],
        pack_count=len(packs), recap=recap, noted=noted_copies,
        deliveries=_by_folder(within(HANDOVER_FOLDER), below), recalls=_by_folder(within(RECALL_FOLDER), below),
        documents=sum(each.path[below:].split("/")[0] not in (PACK_FOLDER, HANDOVER_FOLDER, RECALL_FOLDER)
                      and not each.path.endswith(".pdf") for each in files),
        is_open=site.guard.are_secrets_open(folder), made=made, shortest=SHORTEST, archives=_archives(site, name),
    )  # fmt: skip


def book(site: Site, name: str) -> ResponseReturnValue:
    """The workbook, to be filled in."""
    _known(site, name)
    return send_file(site.project.event_file(name), as_attachment=True, download_name=f"jadwal {name}.xlsx", max_age=0)


def noted(site: Site, name: str, file: str) -> ResponseReturnValue:
    """A copy of the workbook with notes in its faulty cells."""
    _known(site, name)
    path = site.project.event_file(name).with_name(file)
    if not has_notes(file) or not path.is_file() or path.is_symlink():
        abort(404)
    return send_file(path, as_attachment=True, download_name=f"{name} {file}", max_age=0)


def upload(site: Site, name: str) -> ResponseReturnValue:
    """The workbook as somebody filled it in; the one before is kept beside it."""
    _known(site, name)
    data = _workbook()
    try:
        with working(site.root, "buka", patience=1.0):
            take_workbook(site.project, name, data)
    except KitgenError as error:
        site.refused(f"/jadwal/{name}", error)
        return redirect(f"/jadwal/{name}", code=303)
    site.kept.doubt()
    site.notice(
        f"/jadwal/{name}",
        said("The workbook was taken over; it is being checked now. The one before is kept beside it."),
    )
    return redirect(f"/jadwal/{name}#buku", code=303)


def upload_recap(site: Site, name: str) -> ResponseReturnValue:
    """The recap with the results typed into it, put where `kitgen event results` reads it; what was typed is kept."""
    _known(site, name)
    _known(site, name)
    if find_recap(site.project, name) is None:
        abort(404)
    data = _workbook()
    try:
        with working(site.root, "buka", patience=1.0):
            kept = take_recap(site.project, name, data)
    except KitgenError as error:
        site.refused(f"/jadwal/{name}", error)
        return redirect(f"/jadwal/{name}", code=303)
    site.kept.doubt()
    told = said("The recap was taken over. Now read the results.")
    if kept is not None:
        told = said("The recap was taken over; the one before, which people had typed into, is kept beside it. "
                    "Now read the results.")  # fmt: skip
    site.notice(f"/jadwal/{name}", told)
    return redirect(f"/jadwal/{name}#hasil", code=303)


def _known(site: Site, name: str) -> None:
    if name not in names_of_events(site):
        abort(404)


def _workbook() -> bytes:
    """The workbook of a form: a zip with a workbook in it, of a size that can be read."""
    file = request.files.get("berkas")
    data = file.read() if file is not None else b""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {each.filename: each.file_size for each in archive.infolist()}
    except zipfile.BadZipFile:
        abort(415)
    if _WORKBOOK not in names or sum(names.values()) > _MOST_UNPACKED:
        abort(415)
    return data


def _recap(site: Site, files: list[ListedFile]) -> ListedFile | None:
    """The recap people type the results into, among the documents of the event."""
    begins = site.known(site.project.forms_file, "recap", lambda: recap_begins(site.project))
    return next((each for each in files if is_recap(each.path, begins)), None)


def _by_place(packs: list[ListedFile], below: int) -> list[tuple[str, list[ListedFile]]]:
    """Packs by the folder they lie in, below that of all packs; those of the keys by the folder of the keys."""
    found: dict[str, list[ListedFile]] = {}
    for each in packs:
        place = each.folder[below:].removeprefix(PACK_FOLDER).strip("/")
        found.setdefault(place.replace("/", " / "), []).append(each)
    return list(found.items())


def _by_folder(files: list[ListedFile], below: int) -> list[tuple[str, list[ListedFile]]]:
    """Deliveries or recalls: one folder for each, the newest first."""
    found: dict[str, list[ListedFile]] = {}
    for each in files:
        parts = each.path[below:].split("/")
        if len(parts) > 2:
            found.setdefault(parts[1], []).append(each)
    return sorted(found.items(), reverse=True)


def _archives(site: Site, name: str) -> list[dict[str, Any]]:
    folder = site.project.root / "arsip"
    if not folder.is_dir():
        return []
    found = [path for path in sorted(folder.glob("*.zip")) if path.name.startswith(f"{name} ")]
    return [{"name": path.name, "size": path.stat().st_size} for path in found]
