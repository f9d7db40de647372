"""Explains one document by its path: is it still good, and what replaced it?

Documents of an event are told by the numbers of its people, never by their names.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import Any, Final, Literal

from kitgen.base.digests import NO_SERIAL, Serial
from kitgen.base.errors import Diagnostic, Place, did_you_mean, failure
from kitgen.base.messages import Message, agreeing, counted, joined, said
from kitgen.base.project import Project
from kitgen.documents.disk.document import find_document
from kitgen.documents.disk.history import told_as
from kitgen.documents.disk.staleness import plain_name
from kitgen.documents.kept.made_with import made_with_folder
from kitgen.documents.pdf.seal import Seal, read_seal
from kitgen.documents.status.judge import DocumentStatus
from kitgen.documents.status.orphan import Orphan
from kitgen.documents.status.reasons import Why
from kitgen.documents.status.shared_inputs import SharedInputs
from kitgen.documents.status.status import Selection, status_of
from kitgen.kits.paths import without_names
from kitgen.load.event.event import event_names
from kitgen.load.locate import below_output
from kitgen.model.forms import EVENTS_FOLDER

Verdict = Literal["good", "stale", "withdrawn", "unknown"]


@dataclass(frozen=True, slots=True)
class Explained:
    """Penjelasan satu dokumen: how it stands, what it is made of, why it is out of date and what replaced it.

    `path` is empty for documents of events, whose folders are called by people's names.
    """

    document: str
    path: str
    form: str
    kit: str
    template: str
    given: tuple[str, ...]
    state: str
    serial: Serial
    """The serial it has, or would have if it were made now."""
    on_disk: Serial
    """The serial of the file that lies there; empty if none does."""
    why: Why


@dataclass(frozen=True, slots=True)
class Explanation:
    """Jawaban: what is known of a path or serial, and whether its prints are still good."""

    asked: str
    verdict: Verdict
    said: Message
    documents: tuple[Explained, ...]
    handed_over: tuple[str, ...] = ()
    serial: Serial = NO_SERIAL
    """The serial asked for, as it is printed; empty for a path."""
    problems: tuple[Diagnostic, ...] = ()
    """Warnings: what could not be looked at before the answer was found."""

    def as_json(self) -> dict[str, Any]:
        """All of it, for programs."""
        documents = [
            {**{name: value for name, value in asdict(each).items() if name != "why"}, "reasons": list(each.why.told),
             "causes": list(map(str, each.why.causes)), "causes_told": list(each.why.causes),
             "changes": [asdict(change) for change in each.why.changes]}
            for each in self.documents
        ]  # fmt: skip
        return {**asdict(self), "documents": documents, "problems": [str(each) for each in self.problems]}


def codes_of(project: Project, folder: str, loaded: SharedInputs) -> frozenset[str]:
    """The codes of the forms the documents of a folder are of: those it keeps, else those declared now.

    Raises `KitgenError` with every problem of forms and identity.
    """
    facts = loaded.facts(made_with_folder(project, folder).project)
    facts.stop_on_errors()
    return frozenset(form.code for form in facts.forms)


def explain_path(project: Project, typed: str) -> Explanation:
    """Explain the document at a path, as people type it: from the working directory, or from `output/`.

    Raises `KitgenError` if it lies in no folder kitgen makes documents in, or no document of the project is meant.
    """
    path = below_output(project, typed)
    folder = "/".join(path.split("/")[:2])
    found = find_document(project.output_dir / path)
    record = found.record if found is not None else None
    loaded = SharedInputs()
    codes = codes_of(project, folder, loaded)
    form = record.form if record and record.form in codes else None
    run = status_of(project, selection_of(project, folder, typed, form), loaded=loaded)
    seal = read_seal(project.output_dir / path) if path.lower().endswith(".pdf") else None
    if seal is not None:
        return _explain_pdf(typed, path, seal, run.documents)
    by_path = {document.path: document for document in run.documents}
    shown = {without_names(each): document for each, document in by_path.items()}
    document = by_path.get(path) or by_path.get(plain_name(path)) or shown.get(path)
    if document is not None:
        explained = explanation_of(document)
        verdict: Verdict = "good" if explained.state in ("same", "resaved") and not document.write_to else "stale"
        return Explanation(typed, verdict, VERDICT_TEXTS[explained.state], (explained,))
    for orphan in run.orphans:
        if orphan.path == path:
            return Explanation(typed, "withdrawn", VERDICT_TEXTS["orphan"], (_orphaned(orphan, folder),))
    if found is not None and record is None:
        raise failure(said("file was not made by kitgen"), Place(typed), said("kitgen leaves it alone"))
    raise failure(said("no document of the project lies there"), Place(typed), did_you_mean(path, by_path))


def _explain_pdf(typed: str, path: str, seal: Seal, documents: Iterable[DocumentStatus]) -> Explanation:
    """Explain a PDF of kitgen's by the documents it was made of: that beside it, or those in the pack."""
    if seal.kind == "pack":
        held = [each for each in documents if each.found is not None and each.found.digest in seal.holds]
        of: str = counted(len(seal.holds), "document")
        is_now = len(held) == len(seal.holds) > 0
        whole = agreeing(len(held), said("which is as it was printed"), said("all as they were printed"))
        part = counted(len(held), "is as it was printed", "are as they were printed")
        verdict_text = said(
            "it is a pack of {of}, {whole}", of=of, whole=whole if is_now else said("of which {part}", part=part)
        )
    else:
        plain = plain_name(path)
        held = [each for each in documents if PurePosixPath(each.path).with_suffix(".pdf").as_posix() in (path, plain)]
        is_now = any(each.found is not None and each.found.digest == seal.source for each in held)
        when = said("says now") if is_now else said("said before")
        of = held[0].form.code if held else said("a document nobody asks for any more")
        verdict_text = said("it is the PDF of {of}, made of what the document {when}", of=of, when=when)
    if not seal.is_whole:
        verdict_text = joined("", (verdict_text, said("; it was changed since by another program")))
    explained = tuple(map(explanation_of, held))
    is_good = is_now and seal.is_whole and all(each.state in ("same", "resaved") for each in explained)
    verdict: Verdict = "good" if is_good else "stale" if held else "withdrawn"
    return Explanation(typed, verdict, verdict_text, explained)


VERDICT_TEXTS: Final = {
    "same": said("it says what would be made now"),
    "moved": said("it lies where it was before a late change of a person; a build moves it"),
    "new": said("it was not made yet"),
    "deleted": said("it was made and is not there any more; a build makes it again"),
    "changed": said("it is out of date"),
    "edited": said("it was edited by hand and is kept"),
    "resaved": said("it was opened and saved again by another program; its words are kitgen's"),
    "foreign": said("a file that kitgen did not make lies in its place and is kept"),
    "orphan": said("no form, unit or person asks for it any more"),
}


def explanation_of(document: DocumentStatus) -> Explained:
    """How one document stands, as it is told: what it is made of and why it is out of date."""
    planned, found = document.planned, document.found
    return Explained(
        document=told_as(planned),
        path="" if planned.kit.event is not None else document.path,
        form=document.form.code,
        kit=document.kit,
        template=document.form.template,
        given=document.form.given,
        state=document.state,
        serial=document.record.serial,
        on_disk=found.record.serial if found is not None and found.record is not None else NO_SERIAL,
        why=document.why,
    )


def _orphaned(orphan: Orphan, folder: str) -> Explained:
    is_event = folder.startswith(f"{EVENTS_FOLDER}/")
    name = orphan.record.form if is_event else orphan.path
    serial = orphan.record.serial
    return Explained(
        name,
        "" if is_event else orphan.path,
        orphan.record.form,
        orphan.record.kit,
        "",
        (),
        "orphan",
        NO_SERIAL,
        serial,
        Why((said("edited by hand and kept"),) if orphan.is_edited else ()),
    )


def selection_of(project: Project, folder: str, typed: str, form: str | None) -> Selection:
    """What a run is about that looks at a folder of `output/`, at all of it or at one form.

    Raises `KitgenError` if kitgen makes nothing there.
    """
    head, _, name = folder.partition("/")
    forms = (form,) if form is not None else ()
    if head == EVENTS_FOLDER and name in event_names(project):
        return Selection(event=name, forms=forms)
    if head and name and (project.scheme_dir / head / name).is_dir():
        return Selection(head, name, forms=forms)
    raise failure(
        said("no document of the project lies there"),
        Place(typed),
        said("name a file below `output/<scheme>/<edition>/` or `output/Jadwal/<event>/`"),
    )
