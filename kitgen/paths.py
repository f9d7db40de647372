"""Where finished documents lie, as paths with `/`: by who holds them, then as the official checklist is. Pure."""

import re
from typing import Final

from kitgen.model.event import EventAssessor, EventCandidate
from kitgen.model.forms import (
    AUDIENCE_FOLDERS,
    EVENT_FOLDERS,
    EVENTS_FOLDER,
    INTAKE_FOLDER,
    INTAKE_STAGES,
    PACK_FOLDER,
    SHARED_FOLDER,
    Form,
)

MAX_NAME: Final = 65
"""Characters a file's name may have below the kit's folder, so that whole paths stay within what Windows takes."""
MAX_PERSON: Final = 40
"""Characters of a person's folder: their number tells them apart, the name only helps the eye."""
_UNSAFE: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_PERSON: Final = re.compile(r"(\d{2,}) .*?(\.pdf)?$")
_RESERVED: Final = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


def document_path(form: Form, folder: str, qualifier: str = "") -> str:
    """`<kit>/<audience>/<official number> <form code>[ <qualifier>].<suffix>`."""
    return f"{folder}/{AUDIENCE_FOLDERS[form.audience]}/{_file_name(form, qualifier)}"


def event_path(
    form: Form,
    qualifier: str = "",
    candidate: EventCandidate | None = None,
    assessor: EventAssessor | None = None,
) -> str:
    """The place of an event's document: by what is done with it, then by assessor and candidate.

    What a candidate fills in before the assessment lies apart from what is handed out during it.
    """
    folder = event_folder(form)
    people: list[str] = []
    if form.audience == "asesor":
        people += (
            [person_folder(assessor.number, str(assessor.person.name))] if assessor is not None else [SHARED_FOLDER]
        )
    if candidate is not None:
        people.append(person_folder(candidate.number, str(candidate.person.name)))
    elif form.audience == "asesi" and folder != INTAKE_FOLDER:
        people.append(SHARED_FOLDER)
    return "/".join([folder, *people, _file_name(form, qualifier)])


def event_folder(form: Form) -> str:
    """The folder of an event in which a form's documents lie."""
    if form.audience == "asesi" and form.stage in INTAKE_STAGES:
        return INTAKE_FOLDER
    return EVENT_FOLDERS[form.audience]


def person_folder(number: int, name: str) -> str:
    """`03 Asesi Contoh 03`: the number keeps persons of one name apart and their folders in order."""
    return safe_name(f"{number:02} {name}", MAX_PERSON)


def without_names(path: str) -> str:
    """A path below `output/` as it may be told anywhere: of the folders (and packs) of persons, only the number."""
    parts = path.split("/")
    if parts[0] != EVENTS_FOLDER:
        return path
    own = slice(4, 5) if parts[2:3] == [PACK_FOLDER] else slice(3, len(parts) - 1)
    parts[own] = [each if each == SHARED_FOLDER else _PERSON.sub(r"\1\2", each) for each in parts[own]]
    return "/".join(parts)


def _file_name(form: Form, qualifier: str) -> str:
    suffix = form.template[form.template.rindex(".") :]
    name = " ".join(part for part in (form.number, form.code, qualifier) if part)
    return f"{safe_name(name, MAX_NAME - len(suffix))}{suffix}"


def safe_name(text: str, length: int = MAX_NAME) -> str:
    """A file or folder name every system takes: no separators or control characters, no reserved or hidden name."""
    name = _UNSAFE.sub("-", " ".join(text.split()))[:length].strip(" .")
    if not name or _RESERVED.fullmatch(name):
        return f"_{name}"
    return name
