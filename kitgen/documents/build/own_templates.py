"""Copies shipped templates into a project to be edited there, and takes them back without losing anybody's work."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kitgen.base.digests import digest
from kitgen.base.errors import Findings, Place, failure
from kitgen.base.free_names import first_free
from kitgen.base.messages import said
from kitgen.base.project import EditionName, Project
from kitgen.documents.disk.files import move_file, remove_empty_folders, remove_file, write_whole
from kitgen.documents.kept.made_with import made_with_delivery, made_with_edition
from kitgen.documents.status.own_templates import COPIES_FORMAT, COPIES_NAME, find_template, read_copies
from kitgen.load.event.event import event_names
from kitgen.load.forms import FORMS_NAME, FormList
from kitgen.load.json_file import json_text
from kitgen.load.locate import editions_of, find_editions
from kitgen.load.template_files import SET_ASIDE, own_file
from kitgen.load.yaml.source import Entry, open_yaml, parse_yaml
from kitgen.load.yaml.text import written

_FOLDER: Final = "templates"


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Templat yang dikembalikan: its name, and where the project's own lies now."""

    name: str
    aside: Path


def export_template(project: Project, text: str, listed: FormList, with_entry: bool = False) -> Path:
    """Copy a shipped template into the project (`find_template` says how it is named); gives the copy.

    `listed` are the forms of the project. `with_entry`: the entries of its forms, too, into the project's `forms.yaml`.
    Nothing is overwritten. Raises `KitgenError` if there is no such template, or the project has one of that name.
    """
    name = find_template(project, text, listed.forms)
    shipped, target = project.templates_dir / name, project.root / _FOLDER / name
    if target.exists():
        raise failure(
            said("the project has its own {name} already", name=name),
            Place(project.shown(target)),
            said("edit that one, or take the shipped one back: `kitgen template reset`"),
        )
    entries = _entries_of(project, name, listed) if with_entry else {}
    added = _with_entries(project, entries) if entries else b""
    data = shipped.read_bytes()
    _record(project, {**read_copies_of(project), name: digest(data)})
    if added:
        write_whole(project.root / _FOLDER / FORMS_NAME, added)
    write_whole(target, data)  # last: where it lies, nothing is copied any more
    return target


def replace_template(project: Project, name: str, data: bytes) -> Path:
    """Let the project's own template of this name be this file, whether it had one or not; gives where it lies.

    One that says something else is copied to where `reset_template` sets it aside: nobody's work is written over.
    """
    target, shipped = project.root / _FOLDER / name, project.templates_dir / name
    if target.is_file() and (before := target.read_bytes()) != data:
        write_whole(_free(project.root / _FOLDER / SET_ASIDE / name), before)
    if not target.is_file() and shipped.is_file():
        _record(project, {**read_copies_of(project), name: digest(shipped.read_bytes())})
    write_whole(target, data)
    return target


def reset_template(project: Project, text: str, listed: FormList) -> TakenBack:
    """Set the project's own template aside, so that the shipped one of the same name is used.

    `listed` are the forms of the project.

    Raises `KitgenError` if the project has none, if there is no shipped one, or if a release or delivery of kitgen 0.1
    is still made with it.
    """
    name = find_template(project, text, listed.forms)
    own = own_file(project, name)
    if own is None:
        raise failure(said("the project has no {name} of its own", name=name), None,
                      said("the shipped one is used already"))  # fmt: skip
    if not (project.templates_dir / name).is_file():
        raise failure(
            said("kitgen comes with no {name}", name=name),
            Place(project.shown(own)),
            said("take the file away by hand, and its entry in forms.yaml with it"),
        )
    if listed.is_own:
        _refuse_needed(project)
    aside = _free(project.root / _FOLDER / SET_ASIDE / name)
    move_file(own, aside)
    _record(project, {each: copied for each, copied in read_copies_of(project).items() if each != name})
    remove_empty_folders(project.root / _FOLDER)
    return TakenBack(name, aside)


def read_copies_of(project: Project) -> Mapping[str, str]:
    """The record of copies, also where the project had no templates when the run began."""
    return read_copies(Project(project.root, project.templates_dir, own_templates=project.root / _FOLDER))


def _record(project: Project, copies: Mapping[str, str]) -> None:
    path = project.root / _FOLDER / COPIES_NAME
    if copies:
        write_whole(path, json_text({"format": COPIES_FORMAT, "copies": dict(sorted(copies.items()))}).encode())
    else:
        remove_file(path)


def _free(path: Path) -> Path:
    """The path, or the next one nothing lies at: `FR.IA.01 (2).docx`."""

    def called(number: int) -> Path:
        return path if number == 1 else path.with_name(f"{path.stem} ({number}){path.suffix}")

    return first_free(called, os.path.lexists, path.name)


def _refuse_needed(project: Project) -> None:
    """What 0.1 released or delivered keeps nothing, and is made with the project's own templates."""
    used = [made_with_edition(project, EditionName(slug, edition))
            for slug in dict.fromkeys(slug for slug, _ in find_editions(project, None, None))
            for edition in editions_of(project, slug)]  # fmt: skip
    used += [found for name in event_names(project) if (found := made_with_delivery(project, name)) is not None]
    if any(each.is_of_zero_one for each in used):
        raise failure(
            said("releases or deliveries of kitgen 0.1 are made with the templates of this project"),
            Place(_FOLDER),
            said("run `kitgen upgrade` first: it lets them keep the templates they have"),
        )


def _entries_of(project: Project, name: str, listed: FormList) -> dict[str, object]:
    """The shipped entries of the forms of a template, as plain values; without those a run before had added."""
    own = own_file(project, FORMS_NAME)
    if own is not None and listed.is_own:
        raise failure(
            said("the forms.yaml of this project has the entries of all its forms"),
            Place(project.shown(own)),
            said("edit the entry there"),
        )
    shipped = _entries(project, project.templates_dir / FORMS_NAME)
    found = {code: entry.plain() for code, entry in shipped.items() if entry.peek("template") == name}
    there = _entries(project, own) if own is not None else {}
    found = {code: entry for code, entry in found.items() if code not in there or there[code].plain() != entry}
    taken = [code for code in there if code in found]
    if taken and own is not None:
        raise failure(
            said("form {code} has an entry of the project already", code=taken[0]),
            Place(project.shown(own)),
            said("edit that one"),
        )
    return found


def _entries(project: Project, path: Path) -> dict[str, Entry]:
    findings = Findings()
    top = open_yaml(path, project.shown(path), findings)
    findings.stop_on_errors()
    return {} if top is None else top.get("forms").keys()


def _with_entries(project: Project, entries: Mapping[str, object]) -> bytes:
    """The project's list of forms with entries added at its end. Raises `KitgenError` where they do not fit there."""
    path = project.root / _FOLDER / FORMS_NAME
    before = path.read_text("utf-8").rstrip() if path.is_file() else "forms:"
    added = "\n".join("\n".join(written({code: entry}, 1)) for code, entry in entries.items())
    findings, text = Findings(), f"{before}\n{added}\n"
    top = parse_yaml(text, project.shown(path), findings)
    if findings.errors or top is None or not set(entries) <= set(top.get("forms").keys()):
        raise failure(
            said("entries cannot be added to this list of forms"),
            Place(project.shown(path)),
            said("indent its entries by two blanks, and let `forms:` come last"),
        )
    return text.encode()
