"""Orders: what a button starts, made of what a form says; each name is held against what is there.

None is taken for an option or a path.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from flask import abort, request

from kitgen.base.messages import said
from kitgen.base.project import EditionName
from kitgen.load.event.event import event_names
from kitgen.load.locate import editions_of
from kitgen.page.site import Site
from kitgen.page.unfit import UnfitForm

_LONGEST_NAME: Final = 120
_CODE: Final = re.compile(r"(?:[0-9A-Za-z][ -]*){11}")
"""Of a page: eleven letters and digits, however they are grouped."""


@dataclass(frozen=True, slots=True)
class Order:
    """Perintah: a command with its arguments, what it is about, and the page to go on with; making one changes nothing.

    What people write in their own words is `typed` (standard input) or `settings` (environment): arguments are listed
    with the processes of the computer and kept with the job.
    """

    arguments: tuple[str, ...]
    subject: str
    then: str
    typed: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)
    given: tuple[str, bytes] | None = None


def refuse_odd_code(code: str) -> None:
    """Refuses what cannot be the code of a page. Raises `UnfitForm`."""
    if not _CODE.fullmatch(code):
        raise UnfitForm(said("`{code}` is no Kode Dokumen: it has eleven letters and digits, such as 7XR4-07AN-2JY, "
                             "and stands in the footer of the page.", code=code[:40]))  # fmt: skip


def event_of(site: Site) -> str:
    """The event a form names."""
    name = request.form.get("jadwal", "")
    if name not in event_names(site.project):
        abort(404)
    return name


def edition_of(site: Site) -> EditionName:
    """The scheme and edition a form names, as `slug/edition`."""
    slug, _, edition = request.form.get("edisi", "").partition("/")
    return known_edition(site, slug, edition)


def known_edition(site: Site, slug: str, edition: str) -> EditionName:
    """A scheme and an edition of it that are there."""
    if not slug or len(slug) > 200 or slug.startswith(("-", ".")) or "/" in slug or "\\" in slug:
        abort(404)
    if edition not in editions_of(site.project, slug):
        abort(404)
    return EditionName(slug, edition)


def number_in(name: str, least: int, most: int) -> str:
    """A whole number a form names, within bounds."""
    text = request.form.get(name, "")
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        abort(400)
    return text


def is_on(name: str) -> bool:
    """Whether a box of a form is ticked."""
    return request.form.get(name) == "ya"


def uploaded(*suffixes: str) -> tuple[str, bytes]:
    """The file of a form: its suffix, one of those that are taken, and its content."""
    file = request.files.get("berkas")
    name = (file.filename or "").lower() if file is not None else ""
    suffix = next((each for each in suffixes if name.endswith(each)), "")
    if file is None or not name:
        raise UnfitForm(said("No file was chosen: choose one ({kinds}), then press the button again.",
                         kinds=", ".join(suffixes)))  # fmt: skip
    if not suffix:
        raise UnfitForm(said("`{name}` is of a kind that is not taken here: choose a file {kinds}.",
                         name=called_by_person(), kinds=", ".join(suffixes)))  # fmt: skip
    return suffix, file.read()


def called_by_person() -> str:
    """What the person calls the file of a form, without its folders; what is too long is cut."""
    file = request.files.get("berkas")
    name = (file.filename or "") if file is not None else ""
    name = "".join(letter for letter in re.split(r"[/\\]", name)[-1] if letter.isprintable())
    return " ".join(name.split())[-_LONGEST_NAME:]
