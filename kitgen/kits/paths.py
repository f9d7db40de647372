"""Where finished documents lie, as paths with `/`: by who holds them, then as the official checklist is. Pure."""

import re
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from kitgen.base.messages import Message
from kitgen.base.signs import without_marks
from kitgen.model.forms import (
    AUDIENCE_FOLDERS,
    EARLY_FOLDERS,
    EVENT_FOLDERS,
    EVENTS_FOLDER,
    HANDOVER_FOLDER,
    MOMENT_FOLDERS,
    PACK_FOLDER,
    RECALL_FOLDER,
    REGISTRATION_STAGES,
    SHARED_FOLDER,
    WITHDRAWN_FOLDER,
    Form,
)

if TYPE_CHECKING:
    from kitgen.model.event import EventAssessor, EventCandidate

MAX_NAME: Final = 65
"""Characters a file's name may have below the kit's folder, so that whole paths stay within what Windows takes."""
MOST_OF_TITLE: Final = 26
"""Characters a form's title for files may have."""
MAX_PERSON: Final = 32
"""Characters of a person's folder: their number tells them apart, the name only helps the eye."""
NAMELESS: Final = "…"
"""Stands for the name of a person in a path that is told."""
_OF_EVENT: Final = re.compile(rf"(?<!\w)({EVENTS_FOLDER}/[^/\n]+/)([^\n]*\.(?:docx|xlsx|pdf))(?!\w)", re.IGNORECASE)
_SINCE: Final = re.compile(r"Sejak Penyerahan \d+|Cetak Ulang")
_NUMBER: Final = re.compile(r"\d{2,}(?= |$)")
_NO_PERSONS: Final = frozenset({
    *EVENT_FOLDERS.values(), *EARLY_FOLDERS, SHARED_FOLDER, WITHDRAWN_FOLDER, HANDOVER_FOLDER, RECALL_FOLDER,
    PACK_FOLDER, ".", *MOMENT_FOLDERS.values(),
})  # fmt: skip
_UNSAFE: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f]')
_RESERVED: Final = re.compile(r"(?i)(con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³])(\..*)?")
_MAX_BYTES: Final = 200
"""A name may have 255 bytes on Linux, and an ending and a word in brackets come behind."""


def document_folder(form: Form, folder: str) -> str:
    """`<kit>/<audience>`."""
    return f"{folder}/{AUDIENCE_FOLDERS[form.audience]}"


def event_place(
    form: Form,
    candidate: "EventCandidate | None" = None,
    assessor: "EventAssessor | None" = None,
) -> str:
    """The folder of an event's document: by what is done with it, then by assessor and candidate.

    What a candidate fills in before the assessment lies apart from what is handed out during it.
    """
    folder, facts = event_folder(form), form.audience_facts
    people: list[str] = []
    if facts.is_assessors:
        people += (
            [person_folder(assessor.number, str(assessor.person.name))] if assessor is not None else [SHARED_FOLDER]
        )
    if candidate is not None:
        people.append(person_folder(candidate.number, str(candidate.person.name)))
    elif facts.is_candidates and folder != facts.early_folder:
        people.append(SHARED_FOLDER)
    return "/".join([folder, *people])


def event_folder(form: Form) -> str:
    """The folder of an event in which a form's documents lie."""
    facts = form.audience_facts
    if facts.early_folder is not None and form.stage in REGISTRATION_STAGES:
        return facts.early_folder
    return facts.event_folder


def person_folder(number: int, name: str) -> str:
    """`03 Asesi Contoh 03`: the number keeps persons of one name apart and their folders in order.

    A name that is too long ends with a whole word: half a title would be another one.
    """
    return safe_name(_whole_words(f"{number:02} {name}", MAX_PERSON, 2), MAX_PERSON)


def without_names(text: str) -> str:
    """A text with the paths of an event's documents in it as they may be logged: of persons' folders only the numbers.

    `Jadwal/contoh/3 Untuk Asesi/03 Asesi Contoh 03/10 FR.IA.01.docx` becomes `.../03 …/10 FR.IA.01.docx`. A folder that
    is not of kitgen's making is `…`.
    """
    return _OF_EVENT.sub(lambda found: found[1] + "/".join(_nameless(found[2].split("/"))), text)


def nameless(message: Message) -> Message:
    """A message as it may be logged: its arguments `without_names`, and all of it where a path is made of several."""
    changed = message.changed(without_names)
    safe = without_names(str(message))
    return changed if str(changed) == safe else Message(safe)


def told_name(path: PurePath) -> str:
    """How a file is called in an error: by its name; one of an event by its place in it, without names."""
    parts = path.parts
    found = [at for at in range(1, len(parts) - 2) if parts[at - 1 : at + 1] == ("output", EVENTS_FOLDER)]
    if not found:
        return path.name
    event, *rest = parts[found[-1] + 1 :]
    return f"{EVENTS_FOLDER}/{event}/" + "/".join(_nameless(rest) if "." in rest[-1] else [NAMELESS])


def _nameless(parts: list[str]) -> list[str]:
    *folders, file = parts
    shown = [folder if folder in _NO_PERSONS or _SINCE.fullmatch(folder) else _numbered(folder) for folder in folders]
    is_of_person = PACK_FOLDER in folders and not file.startswith(PACK_FOLDER)
    return [*shown, _numbered(file) + file[file.rindex(".") :] if is_of_person else file]


def _numbered(folder: str) -> str:
    found = _NUMBER.match(folder)
    return f"{found[0]} {NAMELESS}" if found is not None else NAMELESS


def same_person(path: str) -> tuple[str, ...]:
    """What the path of a person's document (below the event's folder) keeps when the person is called otherwise.

    Folder by use, how deep it lies, the number of the person, file: that of a candidate also stays the same with
    another assessor. Documents of no person give an empty tuple.
    """
    top, *people, file = path.split("/")
    number = _NUMBER.match(people[-1]) if people else None
    return (top, str(len(people)), number[0], file) if number is not None and people[-1] != SHARED_FOLDER else ()


def plain_file(form: Form, qualifier: str = "") -> str:
    """`<official number> <form code>[ <qualifier>].<suffix>`: what a document is remembered by."""
    suffix = form.template[form.template.rindex(".") :]
    name = " ".join(part for part in (form.number, form.code, qualifier) if part)
    return f"{safe_name(name, MAX_NAME - len(suffix))}{suffix}"


def file_name(form: Form, qualifier: str = "", about: str = "") -> str:
    """`10 FR.IA.01 Ceklis Observasi.docx`, `11a Kartu Asesi - KEL-01 Obat Ibu belum sampai.docx`: what it is.

    `qualifier` tells documents of a form apart and is never cut; `about` is what its title says, as far as there is
    room. Of a form without a title for files: `plain_file`.
    """
    if not form.file_title:
        return plain_file(form, qualifier)
    suffix = form.template[form.template.rindex(".") :]
    room = MAX_NAME - len(suffix)
    head = " ".join(dict.fromkeys((form.number, form.code, form.file_title)))
    tail = f" - {qualifier}" if qualifier else ""
    name = _whole_words(head, room - len(tail)) + tail
    if qualifier and about:
        name = _whole_words(f"{name} {_UNSAFE.sub(' ', about.partition(': ')[0])}", room)
    return f"{safe_name(name, room)}{suffix}"


def _whole_words(text: str, length: int, least: int = 1) -> str:
    """The beginning of a text that ends with a whole word, where more than `least` of them have room."""
    text = " ".join(text.split())
    cut = _cut(text, length)
    if cut != text and not text[len(cut)].isspace() and cut.count(" ") >= least:
        cut = cut.rpartition(" ")[0]
    return cut if cut == text else cut.rstrip(" ,")


def safe_name(text: str, length: int = MAX_NAME) -> str:
    """A file or folder name every system takes: no separators or control characters, no reserved or hidden name.

    No sign in it that nobody sees, and its letters in one form only: two names that look alike are alike.
    """
    name = _cut(_UNSAFE.sub("-", " ".join(without_marks(text).split())), length).strip(" .")
    if not name or _RESERVED.fullmatch(name):
        return f"_{name}"
    return name


def _cut(text: str, length: int) -> str:
    """The beginning of a text, its length counted as Windows counts it: some signs are two."""
    cut = text.encode("utf-16-le", "replace")[: 2 * length].decode("utf-16-le", "ignore")
    return cut.encode()[:_MAX_BYTES].decode("utf-8", "ignore")
