"""Reads `identity.yaml`: who the LSP is, and how its documents look."""

import re
from pathlib import Path
from typing import Final

from kitgen.base.errors import Findings
from kitgen.base.holes import BLANK, Missing
from kitgen.base.language import LANGUAGES
from kitgen.base.messages import said
from kitgen.base.project import Project
from kitgen.load.yaml.source import Entry, Fields, open_yaml
from kitgen.model.body import PAPERS, CertificationBody, PageStyle, Picture

_KEYS: Final = (
    "name", "licence", "address", "contact", "city", "director", "director_title", "logo", "partner_logo",
    "form_revision", "code_picture", "paper", "accent", "letterhead", "wording", "language",
)  # fmt: skip
_COLOUR: Final = re.compile(r"[0-9A-Fa-f]{6}")
_LOGO_MM: Final = 22


def load_identity(project: Project, findings: Findings) -> tuple[CertificationBody, PageStyle]:
    """The body and the look of its documents; what is not written, or the whole file, is missing."""
    path = project.identity_file
    name = project.shown(path)
    top = open_yaml(path, name, findings) if path.exists() else None
    fields = (top or Entry.nothing(name, findings)).fields(_KEYS)
    if "language" in fields:
        fields["language"].choice(LANGUAGES)  # of the screen; no document depends on it
    return (
        CertificationBody(
            name=fields.optional("name") or Missing("nama LSP"),
            licence=fields.optional("licence") or Missing("nomor lisensi"),
            address=fields.optional("address") or Missing("alamat LSP"),
            contact=fields.optional("contact") or "",
            city=fields.optional("city") or BLANK,
            director=fields.optional("director") or BLANK,
            director_title=fields.optional("director_title") or "Direktur",
            logo=_picture(fields, "logo", path.parent),
            partner_logo=_picture(fields, "partner_logo", path.parent),
            code_picture=_is_on(fields, "code_picture"),
            form_revision=fields.optional("form_revision") or "",
        ),
        PageStyle(_paper(fields), _accent(fields), _is_on(fields, "letterhead"), _wording(fields)),
    )


def _picture(fields: Fields, key: str, folder: Path) -> Picture:
    written = fields.optional(key)
    if written is None:
        return Picture(BLANK, _LOGO_MM, "")
    if not _is_file(folder / written):
        fields[key].error(
            said("picture `{written}` does not exist", written=written),
            said("put it beside identity.yaml (PNG or JPEG)"),
        )
        return Picture(BLANK, _LOGO_MM, "")
    from kitgen.render.package.picture_files import PictureRefused, measured

    try:
        measured((folder / written).read_bytes())
    except (PictureRefused, OSError):
        fields[key].error(
            said("picture `{written}` is no PNG or JPEG that can be printed", written=written),
            said("save it as PNG or JPEG and name that file here"),
        )
        return Picture(BLANK, _LOGO_MM, "")
    return Picture(written, _LOGO_MM, "Logo")


def _is_file(path: Path) -> bool:
    """Whether a file is there; a name the disk refuses names none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _paper(fields: Fields) -> str:
    return fields["paper"].choice(PAPERS) or PAPERS[0] if "paper" in fields else PAPERS[0]


def _is_on(fields: Fields, key: str) -> bool:
    return key in fields and fields[key].choice(("yes", "no")) == "yes"


def _wording(fields: Fields) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for each in (item.fields(("ours", "theirs")) for item in fields["wording"].items()):
        ours, theirs = each.required("ours"), each.required("theirs")
        if ours.count("{}") != theirs.count("{}"):
            each["theirs"].error(
                said("`{{}}` stands {ours} times in our sentence, and {theirs} times here", ours=ours.count("{}"),
                     theirs=theirs.count("{}")),
                said("write `{{}}` where kitgen puts what it knows, as often as in our sentence"),
            )  # fmt: skip
        found.append((ours, theirs))
    return tuple(found)


def _accent(fields: Fields) -> str | None:
    written = fields.optional("accent")
    if written is not None and not _COLOUR.fullmatch(written):
        fields["accent"].error(
            said("`{written}` is no colour", written=written), said('write six digits, such as "DCE6F1"')
        )
        return None
    return written.upper() if written else None
