"""Perangkat: the documents of an edition or an event, by folder and person, with how each stands."""

from dataclasses import dataclass
from typing import Any, Final

from flask import Flask, abort, request, send_file
from flask.typing import ResponseReturnValue

from kitgen.base.digests import Serial
from kitgen.base.messages import Message, said
from kitgen.base.project import EditionName
from kitgen.kits.paths import without_names
from kitgen.model.forms import EVENTS_FOLDER, HANDOVER_FOLDER, PACK_FOLDER, RECALL_FOLDER
from kitgen.page.files import DOCUMENTS, ListedFile, confined, is_secret, kit_of, listed, zipped
from kitgen.page.kept import KeptAnswer
from kitgen.page.orders import known_edition
from kitgen.page.questions import edition_plan, event_plan, names_of_events, schemes_of
from kitgen.page.site import Site, takes_site
from kitgen.page.views.home import content_of

STATES: Final[dict[str, Message]] = {
    "same": said("up to date"),
    "new": said("not made yet"),
    "changed": said("would say something else"),
    "moved": said("goes to another folder"),
    "edited": said("edited by hand, kept"),
    "resaved": said("saved by hand, kept"),
    "deleted": said("was deleted"),
    "foreign": said("not of kitgen's making"),
    "orphan": said("needed no more"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """Baris: a document as the list shows it: where it lies (or would lie), and how it stands."""

    path: str
    state: str
    size: int
    is_secret: bool
    is_there: bool
    form: str
    serial: Serial
    reasons: tuple[str, ...]

    @property
    def name(self) -> str:
        """Its name without the folders."""
        return self.path.rpartition("/")[2]


def add_to(app: Flask) -> None:
    """Put these pages into the application."""
    app.add_url_rule("/perangkat", "kits", takes_site(kits))
    app.add_url_rule("/perangkat/<slug>/<edition>", "kit", takes_site(kit))
    app.add_url_rule("/unduh-map", "download_folder", takes_site(download_folder))


def kits(site: Site) -> ResponseReturnValue:
    """All kits there are: those of editions, those of events."""
    return site.page("kits.html", said("Kits"), schemes=schemes_of(site), events=names_of_events(site))


def kit(site: Site, slug: str, edition: str) -> ResponseReturnValue:
    """The documents of an edition, or (`Jadwal` and its name) of an event."""
    is_event = slug == EVENTS_FOLDER
    if is_event and edition not in names_of_events(site):
        abort(404)
    if not is_event:
        known_edition(site, slug, edition)
    plan = event_plan(site, edition) if is_event else edition_plan(site, EditionName(slug, edition))
    folder = f"{slug}/{edition}"
    rows = rows_of(listed(site.project.output_dir, folder), plan)
    chosen = _chosen(rows)
    words, state, form = (request.args.get(name, "").strip() for name in ("cari", "keadaan", "formulir"))
    found = content_of(plan)
    units = sorted({row.path.split("/")[3] for row in rows if row.path.split("/")[2:3] == ["Per Unit"]})
    return site.page(
        "kit.html", said("Kit {name}", name=edition if is_event else f"{slug} {edition}"), folder=folder,
        is_event=is_event, name=edition, slug=slug, plan=plan, groups=_groups(chosen, folder), total=len(rows),
        chosen=len(chosen), states=STATES, forms=sorted({row.form for row in rows if row.form}), units=units,
        counts=dict(found["summary"]) if isinstance(found, dict) else {}, is_open=site.guard.are_secrets_open(folder),
        asked={"words": words, "state": state, "form": form}, is_filtered=bool(words or state or form),
        present={row.state for row in rows},
    )  # fmt: skip


def rows_of(files: list[ListedFile], plan: KeptAnswer) -> list[Row]:
    """Files that lie there, each with how it stands, and documents that do not yet.

    What is known of an event's documents names no one, so they are found by their paths without names.
    """
    found = content_of(plan)
    known: dict[str, dict[str, Any]] = {}
    if isinstance(found, dict):
        known = {each["path"]: each for each in found["documents"]}
    rows: list[Row] = []
    for file in files:
        parts = file.path.split("/")
        if not file.path.endswith(DOCUMENTS) or parts[2] in (PACK_FOLDER, HANDOVER_FOLDER, RECALL_FOLDER):
            continue
        each = known.pop(without_names(file.path), None) or {}
        rows.append(Row(file.path, each.get("state", ""), file.size, file.is_secret, True, each.get("form", ""),
                        each.get("serial", ""), tuple(each.get("reasons", ()))))  # fmt: skip
    rows += [
        Row(path, each["state"], 0, is_secret(path), False, each["form"], each["serial"], tuple(each["reasons"]))
        for path, each in known.items()
        if each["state"] in ("new", "deleted", "moved")
    ]
    return rows


def _chosen(rows: list[Row]) -> list[Row]:
    """Those that the filters of the address leave."""
    words = request.args.get("cari", "").casefold().split()
    state, form = request.args.get("keadaan", ""), request.args.get("formulir", "")
    return [
        row
        for row in rows
        if (not state or row.state == state or (state == "basi" and row.state not in ("same", "")))
        and (not form or row.form == form)
        and all(word in f"{row.path} {row.serial}".casefold() for word in words)
    ]


def _groups(rows: list[Row], folder: str) -> list[tuple[str, list[tuple[str, list[Row]]]]]:
    """Rows by the folder of those who hold them, and in it by person or unit."""
    found: dict[str, dict[str, list[Row]]] = {}
    below = len(folder) + 1
    for row in rows:
        parts = row.path[below:].split("/")[:-1]
        inner = " / ".join(parts[1:])
        found.setdefault(parts[0] if parts else "", {}).setdefault(inner, []).append(row)
    return [(top, sorted(groups.items())) for top, groups in sorted(found.items())]


def download_folder(site: Site) -> ResponseReturnValue:
    """All files below a folder as one zip; with secret ones only while they are open."""
    path = request.args.get("map", "")
    folder = confined(site.project.output_dir, path)
    if not folder.is_dir() or path.count("/") < 1:
        abort(404)
    files = listed(site.project.output_dir, path)
    if path.split("/")[2:3] != [HANDOVER_FOLDER]:  # what was handed over is in the folder anyway
        files = [each for each in files if each.path.split("/")[2] != HANDOVER_FOLDER]
    if not site.guard.are_secrets_open(kit_of(path)):
        if is_secret(path):
            return site.page("secret.html", said("Secret documents"), folder=kit_of(path), back=request.full_path), 403
        files = [each for each in files if not each.is_secret]
    return send_file(zipped(site.project.output_dir, files, path), "application/zip", as_attachment=True,
                     download_name=f"{path.split('/')[-1]}.zip", max_age=0)  # fmt: skip
