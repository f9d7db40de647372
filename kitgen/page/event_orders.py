"""Orders about an event: its workbook, documents, packs, hand-over, results, recall, archive, purge."""

import re
from collections.abc import Callable
from typing import Final

from flask import abort, request

from kitgen.base.messages import said
from kitgen.documents.disk.locked import SHORTEST
from kitgen.load.event.event import event_names
from kitgen.page.children import REASON, TODAY
from kitgen.page.orders import (
    Order,
    edition_of,
    event_of,
    is_on,
    number_in,
    refuse_odd_code,
)
from kitgen.page.site import Site
from kitgen.page.unfit import UnfitForm

_NAME: Final = re.compile(r"[A-Za-z0-9][\w .-]{0,39}")


def about_event(*command: str, then: str = "") -> Callable[[Site], Order]:
    """A command about the event a form names."""

    def order(site: Site) -> Order:
        name = event_of(site)
        return Order((*command, name), name, then or f"/jadwal/{name}")

    return order


def with_event(*command: str, then: str = "/jadwal/") -> Callable[[Site], Order]:
    """A command that takes the event a form names as an option."""

    def order(site: Site) -> Order:
        name = event_of(site)
        return Order((*command, "--event", name), name, f"{then}{name}")

    return order


def pack_event(site: Site) -> Order:
    """Make the packs of an event."""
    order = with_event("pack")(site)
    options = ["--duplex"] if is_on("bolak-balik") else []
    if request.form.get("sejak"):
        options += ["--since", number_in("sejak", 1, 9999)]
    elif is_on("satu"):
        options.append("--in-one")
    return Order((*order.arguments, *options), order.subject, order.then)


def reprint(site: Site) -> Order:
    """Print a page of an event again."""
    name, code = event_of(site), request.form.get("kode", "").strip()
    reason = " ".join(request.form.get("alasan", "").split())[:300]
    refuse_odd_code(code)
    if not reason:
        raise UnfitForm(said("The reason is empty: say in a few words why the page is printed again, without names."))
    options = [
        "--page",
        number_in("halaman", 1, 9999),
        "--copies",
        number_in("salinan", 1, 99),
    ]
    return Order(("event", "reprint", *options, "--", name, code), name, f"/jadwal/{name}#cetak",
                 settings={REASON: reason})  # fmt: skip


def new_event(site: Site) -> Order:
    """Make the workbook of a new event."""
    name = " ".join(request.form.get("nama", "").split())
    if not _NAME.fullmatch(name):
        raise UnfitForm(said("An event cannot be called `{name}`: the name begins with a letter or digit and holds "
                         "letters, digits, blanks, dots, hyphens and underscores only, 40 at most.",
                         name=name[:60]))  # fmt: skip
    if name in event_names(site.project):
        raise UnfitForm(
            said("There is an event `{name}` already: choose another name, or open it from the list.", name=name)
        )
    slug, edition = edition_of(site)
    options = ["--scheme", slug, "--edition", edition, "--candidates", number_in("asesi", 1, 2000)]
    options += ["--sample"] if is_on("contoh") else []
    return Order(("event", "new", *options, "--", name), name, f"/jadwal/{name}")


def deliver(site: Site) -> Order:
    """Hand the documents of an event over."""
    name = event_of(site)
    options = ["--spare", number_in("cadangan", 0, 99)]
    secret = request.form.get("sandi", "")
    if secret:
        _refuse_weak(secret)
    settings = {"KITGEN_PASSPHRASE": secret} if secret else {}
    return Order(("event", "deliver", *options, *(["--password"] if secret else []), "--", name), name,
                 f"/jadwal/{name}", settings=settings)  # fmt: skip


def write_recall(site: Site) -> Order:
    """Take void sheets of an event back."""
    name = event_of(site)
    day, reason = request.form.get("tanggal", ""), " ".join(request.form.get("alasan", "").split())[:300]
    if day and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day):
        abort(400)
    options = [f"--date={day}"] if day else []
    return Order(("recall", "--write", *options, "--", name), name, f"/jadwal/{name}",
                 settings={REASON: reason} if reason else {})  # fmt: skip


def archive_event(site: Site) -> Order:
    """Put all of an event into an archive."""
    name = event_of(site)
    secret = request.form.get("sandi", "")
    _refuse_weak(secret)
    file = site.project.root / "arsip" / f"{name} {TODAY}.zip"
    return Order(("event", "archive", "--", name, str(file)), name, f"/jadwal/{name}",
                 settings={"KITGEN_PASSPHRASE": secret})  # fmt: skip


def purge(site: Site) -> Order:
    """Remove the personal data of an event."""
    name = event_of(site)
    if request.form.get("ketik", "").strip() != name:
        raise UnfitForm(said("Nothing was removed: what was typed is not the name of the event, `{name}`.", name=name))
    options = ["--yes", *(["--with-edited"] if is_on("semua") else [])]
    return Order(("event", "purge", *options, "--", name), name, "/jadwal")


def _refuse_weak(secret: str) -> None:
    if len(secret) < SHORTEST:
        raise UnfitForm(said("The passphrase is too short: it needs {shortest} characters at least. Type a longer one, "
                         "such as three or four words.", shortest=SHORTEST))  # fmt: skip
    if not (secret.isascii() and secret.isprintable()):
        raise UnfitForm(said("The passphrase may hold only letters a to z, digits, blanks and signs of the keyboard."))
