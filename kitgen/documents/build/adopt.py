"""Takes what a person typed into a finished document into the data, where one place of the data prints it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kitgen.base.digests import NO_SERIAL, Serial, digest
from kitgen.base.errors import Place, did_you_mean, failure
from kitgen.base.line_diff import DumpLine, counterparts, differences
from kitgen.base.messages import said
from kitgen.base.project import Project
from kitgen.documents.disk.document import document_parts, find_document
from kitgen.documents.disk.files import keep_beside, remove_file, write_whole
from kitgen.documents.disk.lock import FOLDER
from kitgen.documents.disk.staleness import plain_name
from kitgen.documents.status.explain import selection_of
from kitgen.documents.status.judge import DocumentStatus
from kitgen.documents.status.shared_inputs import SharedInputs
from kitgen.documents.status.status import Selection, status_of
from kitgen.documents.status.templates import templates_of
from kitgen.kits.plain import Plain
from kitgen.kits.stamp import without_mark
from kitgen.kits.values import template_values
from kitgen.load.edition.seal import refuse_sealed
from kitgen.load.locate import below_output
from kitgen.load.project_data import Data
from kitgen.load.yaml.edit import read_content
from kitgen.load.yaml.one_text import Steps, with_text
from kitgen.render.dump.dump import dump_parts

_NOTE: Final = "ambil"
"""Lies among what runs tell each other while a document's facts are written: digests only."""
UNIT_FACTS: Final = ("workplace_standard", "standard")
SCHEME_FACTS: Final = ("number",)
BODY_FACTS: Final = ("name", "licence", "address", "contact", "city", "director", "director_title")
"""What can be taken from a page: facts of the LSP's own, each one text in one place of the data. The words of the
standard (titles, KUK) are not among them: they change in an edition, not on a page."""


@dataclass(frozen=True, slots=True)
class AdoptedField:
    """Isian: a place of the data; `label` says in words which."""

    label: str
    file: Path
    steps: tuple[str | tuple[str, str], ...]
    key: str


@dataclass(frozen=True, slots=True)
class Adopted:
    """Isian yang diambil: what a field said and what a person typed for it, and where on the page."""

    field: AdoptedField
    old: str
    new: str
    spots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Adoption:
    """Hasil pengambilan: what can be taken over, other places a person changed, and where the document was kept."""

    adopted: tuple[Adopted, ...]
    others: tuple[str, ...]
    kept_as: str | None = None


def adopt(project: Project, typed: str, write: bool = False) -> Adoption:
    """Find what a person typed into a document that belongs to the data; `write` puts it there.

    Where all that was changed by hand is in the data then, the edited document is set aside as `(disunting)`, so that
    the next build makes it anew. Raises `KitgenError` if the document is not an edited one of the project, a field was
    typed in two ways, or one to be written belongs to a released edition.
    """
    path, loaded = below_output(project, typed), SharedInputs()
    document = _edited(project, path, typed, loaded)
    fields = dict(_fields(project, document))
    adopted, others = _typed(project, document, path, fields, loaded.data(project, document.planned.kit.scheme.name))
    note, asked = project.root / FOLDER / _NOTE, digest(f"{path} {_file_of(project, path)}".encode()).encode()
    if write and not adopted and note.is_file() and note.read_bytes() == asked:  # written by a run that was stopped
        kept_then = keep_beside(project.output_dir / path).name
        remove_file(note)
        return Adoption(adopted, others, kept_then)
    if not write or not adopted:
        return Adoption(adopted, others)
    scheme = document.planned.kit.scheme
    if any(each.field.file == project.scheme_file(scheme.name) for each in adopted):
        refuse_sealed(project, scheme.name)
    contents: dict[Path, bytes] = {}
    for each in adopted:
        file, name = each.field.file, project.shown(each.field.file)
        before = contents.get(file) or read_content(file, name)
        contents[file] = with_text(before, name, each.field.steps, each.field.key, each.new)
    if not others:
        write_whole(note, asked)
    for file, content in contents.items():
        write_whole(file, content)
    kept = None if others else keep_beside(project.output_dir / path).name
    remove_file(note)
    return Adoption(adopted, others, kept)


def _file_of(project: Project, path: str) -> str:
    found = find_document(project.output_dir / path)
    return found.file if found is not None else ""


def _edited(project: Project, path: str, typed: str, loaded: SharedInputs) -> DocumentStatus:
    found = find_document(project.output_dir / path)
    if found is None:
        raise failure(said("there is no such document"), Place(typed))
    if found.record is None:
        raise failure(said("file was not made by kitgen"), Place(typed))
    if not found.is_edited:
        raise failure(said("document was not edited, so there is nothing to take from it"), Place(typed))
    folder = "/".join(path.split("/")[:2])
    selection: Selection = selection_of(project, folder, typed, found.record.form)
    run = status_of(project, selection, explain=False, keep="parts", loaded=loaded)
    by_path = {each.path: each for each in run.documents}
    document = by_path.get(path) or by_path.get(plain_name(path))
    if document is None or document.rendered is None:
        raise failure(said("no document of the project lies there"), Place(typed), did_you_mean(path, by_path))
    return document


def _fields(project: Project, document: DocumentStatus) -> Iterator[tuple[str, AdoptedField]]:
    """The fields a page may hold, each by the token that stands for it."""
    scheme = document.planned.kit.scheme
    file = project.scheme_file(scheme.name)
    rows: list[tuple[str, Path, Steps, Sequence[str]]] = [
        (f"unit {unit.code}", file, ("units", ("code", unit.code)), UNIT_FACTS) for unit in scheme.units
    ]
    rows += [("scheme", file, (), SCHEME_FACTS), ("LSP", project.identity_file, (), BODY_FACTS)]
    for owner, where, steps, keys in rows:
        for key in keys:
            yield f"#ISIAN-{owner}-{key}#", AdoptedField(f"{owner}: {key}", where, tuple(steps), key)


def _with_tokens(value: Any, owner: str = "") -> Any:
    """The values a template is given, with a token in the place of every field."""
    if isinstance(value, list):
        return [_with_tokens(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "elements" in value and "workplace_standard" in value:
        owner = f"unit {value['code']}"
    facts = UNIT_FACTS if owner.startswith("unit ") else {"scheme": SCHEME_FACTS, "LSP": BODY_FACTS}.get(owner, ())
    return {key: f"#ISIAN-{owner}-{key}#" if key in facts else _with_tokens(inside) for key, inside in value.items()}


def _typed(
    project: Project, document: DocumentStatus, path: str, fields: Mapping[str, AdoptedField], data: Data
) -> tuple[tuple[Adopted, ...], tuple[str, ...]]:
    """What a person typed for which field, and the other places that differ from what would be made now."""
    rendered, planned, found = document.rendered, document.planned, document.found
    assert rendered is not None and found is not None and found.record is not None
    values = without_mark(template_values(planned, data.body, Plain(), templates_of(project, data).signers))
    owners = {"scheme": "scheme", "body": "LSP"}
    marked = {name: _with_tokens(value, owners.get(name, "")) for name, value in values.items()}
    at_field = dump_parts(rendered.template.render_parts(marked).all_parts(), path)
    made = dump_parts(rendered.all_parts(), path)
    written = dump_parts(document_parts(project.output_dir / path), path)
    serial = document.record.serial
    made = [DumpLine(line.spot, line.text.replace(serial, _serial_of(project, path))) for line in made]
    place_in_made, place_in_written = counterparts(at_field, made), counterparts(made, written)
    taken: dict[str, dict[str, list[str]]] = {}
    old: dict[str, str] = {}
    explained: set[str] = set()
    for number, line in enumerate(at_field):
        tokens = [token for token in fields if token in line.text]
        if len(tokens) != 1 or number not in place_in_made or place_in_made[number] not in place_in_written:
            continue
        was = made[place_in_made[number]]
        now = written[place_in_written[place_in_made[number]]]
        before, after = (_plain(text) for text in line.text.split(tokens[0], 1))
        if was.text == now.text or "~~" in now.text:
            continue
        typed, known = _between(now.text, before, after), _between(was.text, before, after)
        if typed:
            taken.setdefault(tokens[0], {}).setdefault(typed, []).append(now.spot)
            old[tokens[0]] = known or ""
            explained.add(now.spot)
    _refuse_two_ways(taken, fields)
    adopted = tuple(
        Adopted(fields[token], old[token], text, tuple(spots))
        for token, texts in taken.items()
        for text, spots in texts.items()
    )
    is_of_people = planned.kit.event is not None
    left = [each for each in differences(made, written) if each.spot not in explained]
    others = tuple(each.spot if is_of_people else str(each) for each in left)
    return adopted, others


def _serial_of(project: Project, path: str) -> Serial:
    found = find_document(project.output_dir / path)
    return found.record.serial if found is not None and found.record is not None else NO_SERIAL


def _between(text: str, before: str, after: str) -> str | None:
    plain = _plain(text)
    if not plain.startswith(before) or not plain.endswith(after) or len(plain) < len(before) + len(after):
        return None
    return " ".join(plain[len(before) : len(plain) - len(after)].split())


def _plain(text: str) -> str:
    return text.replace("**", "").replace(" ¶ ", " ").replace(" ↵ ", " ").replace(" → ", " ")


def _refuse_two_ways(taken: Mapping[str, Mapping[str, Sequence[str]]], fields: Mapping[str, AdoptedField]) -> None:
    for token, texts in taken.items():
        if len(texts) > 1:
            spots = "; ".join(spot for each in texts.values() for spot in each)
            raise failure(
                said(
                    "{label} was typed in {texts} ways ({spots})",
                    label=fields[token].label,
                    texts=len(texts),
                    spots=spots,
                ),
                None,
                said("write the same text in all of them, or change one only"),
            )
