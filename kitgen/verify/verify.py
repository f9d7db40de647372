"""Reads finished documents back: is every text in its place, and which criteria do they prove? Keeps a record of it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any, Final

from kitgen.base.errors import Diagnostic, KitgenError, Place
from kitgen.base.messages import NOTHING, Message, said
from kitgen.base.project import Project
from kitgen.documents.build.read_first import page_problems, page_states
from kitgen.documents.disk.document import document_parts, find_document
from kitgen.documents.disk.files import remove_document, write_whole
from kitgen.documents.disk.staleness import NEWER, State, beside, target_of
from kitgen.documents.status.judge import DocumentStatus
from kitgen.documents.status.reports import PROOF_TEMPLATE, compiled_report, render_report
from kitgen.documents.status.shared_inputs import SharedInputs
from kitgen.documents.status.status import Selection, status_of
from kitgen.kits.kit import Kit
from kitgen.kits.paths import without_names
from kitgen.kits.stamp import SERIAL_TOKEN
from kitgen.model.forms import EVENTS_FOLDER, Form
from kitgen.model.methods import METHODS
from kitgen.render.dump.dump import dump_parts
from kitgen.verify.find import Checked, Fault, check_document
from kitgen.verify.on_page import ReadDocument
from kitgen.verify.plan_kept import plan_faults
from kitgen.verify.proof import KitProof, ProofPlace, prove
from kitgen.verify.read_back import read_finished
from kitgen.verify.sheet import proof_sheet
from kitgen.verify.strangers import Belongings, belongings_of, check_belongings
from kitgen.verify.witness import second_reading

REPORT: Final = PurePosixPath(PROOF_TEMPLATE).stem

_TOLD: Final[dict[State, tuple[Message, Message]]] = {
    "edited": (
        said("document was edited by hand; it is read as it is"),
        said("`kitgen build --replace PATH` makes it anew"),
    ),
    "resaved": (
        said("document was saved anew by another program; it is read as it is"),
        said("nothing; its words are kitgen's"),
    ),
    "foreign": (
        said("file was not made by kitgen; it is read as it is"),
        said("move it away and run `kitgen build`"),
    ),
    "changed": (said("document is of an older state of the data"), said("run `kitgen build`")),
}


@dataclass(frozen=True, slots=True)
class Verified:
    """Hasil pemeriksaan edisi atau jadwal: its kits with what proves them, all that is wrong, where the record lies."""

    name: str
    kits: tuple[KitProof, ...]
    findings: tuple[Diagnostic, ...]
    report: str | None
    read_twice: int = 0
    """How many Word files were given to the second reader, too."""

    @property
    def is_proven(self) -> bool:
        """Whether all texts are there and no criterion is without proof."""
        return not any(each.severity == "error" for each in self.findings)

    def as_json(self) -> dict[str, Any]:
        """Everything that was found and where, for programs; paths with `/`, relative to the edition's folder."""
        return {
            "edition": self.name,
            "report": self.report,
            "proven": self.is_proven,
            "read_twice": self.read_twice,
            "kits": [{"kit": each.kit.folder, **each.counts(), "rows": list(_rows(each))} for each in self.kits],
            "findings": [_finding(each) for each in self.findings],
        }


def verify(
    project: Project,
    selection: Selection,
    second_reader: bool = False,
    progress: Callable[[int, int], None] | None = None,
    loaded: SharedInputs | None = None,
) -> tuple[Verified, ...]:
    """Read every finished document of a run back, edition by edition, or those of an event.

    The record of an edition is written only where the run is about all of it: one unit's would take the place of all.
    Of an event's documents it is looked at, too, whose names stand on them. With a `second_reader`, python-docx opens
    every Word file as well, and it is told where its texts differ from those kitgen reads. What the data still lacks is
    told as `check` tells it. `progress` is told how many documents are read; `loaded` is as for `status_of`.
    Raises `KitgenError` with every problem of data and templates.
    """
    by_edition: dict[str, list[DocumentStatus]] = {}
    run = status_of(project, selection, explain=False, loaded=loaded)
    documents = run.documents
    for document in documents:
        by_edition.setdefault(_home(document.planned.kit), []).append(document)
    is_whole = selection.unit is None and selection.event is None
    is_complete = not selection.forms and selection.unit is None
    read = 0

    def one_more() -> None:
        nonlocal read
        read += 1
        if progress is not None:
            progress(read, len(documents))

    verified = [
        _verify_edition(project, name, found, run.folders[name].forms, is_whole, is_complete, second_reader, one_more)
        for name, found in by_edition.items()
    ]
    if verified and selection.event is None:  # what `check` and `build` say of the same data
        verified[0] = replace(verified[0], findings=(*run.warnings, *verified[0].findings))
    if is_complete:
        verified = [_with_pages(project, each, by_edition[each.name]) for each in verified]
    return tuple(verified)


def _with_pages(project: Project, verified: Verified, documents: Sequence[DocumentStatus]) -> Verified:
    """What was found, and how the pages people read first stand."""
    told = page_problems(page_states(project, documents), project.output_dir)
    return replace(verified, findings=(*verified.findings, *told))


def _home(kit: Kit) -> str:
    """What a kit is verified with, and the folder of it below `output/`: an edition, or the event it is of."""
    return f"{EVENTS_FOLDER}/{kit.folder}" if kit.event is not None else f"{kit.scheme.slug}/{kit.scheme.edition}"


@dataclass(slots=True)
class _KitReading:
    """The documents of a kit as they are read."""

    kit: Kit
    belongings: Belongings
    planned: int = 0
    read: list[ReadDocument] = field(default_factory=list)

    @property
    def checked(self) -> list[Checked]:
        """What was found in each of them."""
        return [each.checked for each in self.read]


def _verify_edition(
    project: Project,
    name: str,
    documents: Sequence[DocumentStatus],
    forms: Iterable[Form],
    is_whole: bool,
    is_complete: bool,
    second: bool,
    one_more: Callable[[], None],
) -> Verified:
    readings: dict[str, _KitReading] = {}
    findings: list[Diagnostic] = []
    absent: list[str] = []
    read_twice = 0
    for document in documents:
        kit = document.planned.kit
        reading = readings.get(kit.folder) or readings.setdefault(kit.folder, _KitReading(kit, belongings_of(kit)))
        reading.planned += 1
        file = project.shown(project.output_dir / without_names(document.path))
        read, told = _read(project, document, file, reading.belongings, second)
        one_more()
        findings += told
        if read is None:
            absent.append(document.planned.path)
            continue
        reading.read.append(read)
        read_twice += second and document.path.endswith(".docx")
        faults = read.checked.faults
        findings += (_told(_unquoted(fault) if kit.event is not None else fault, file) for fault in faults)
    order = sorted(readings.values(), key=lambda reading: reading.kit.kind != "scheme")
    proofs = tuple(prove(reading.kit, reading.checked, reading.planned) for reading in order)
    declared = frozenset(form.instrument for form in forms if form.instrument is not None)
    for reading in order if is_complete else ():
        findings += _contradictions(project, reading, name, declared)
    findings += (gap for proof in proofs for gap in _gaps(proof, project.shown(project.output_dir / name)))
    report = _write_report(project, name, proofs, absent) if is_whole else None
    return Verified(name, proofs, tuple(findings), report, read_twice)


def _contradictions(
    project: Project, reading: _KitReading, name: str, declared: frozenset[str]
) -> Iterator[Diagnostic]:
    """What of a kit's finished files does not keep to its plan."""
    folder = name if reading.kit.event is not None else f"{name}/{reading.kit.folder}"
    for message, path in plan_faults(reading.kit, reading.read, declared):
        at = project.output_dir / (without_names(f"{_home(reading.kit)}/{path}") if path else folder)
        yield Diagnostic(
            message, Place(project.shown(at)), said("make the documents anew, or write down what was agreed")
        )


def _unquoted(fault: Fault) -> Fault:
    """A fault that says where it is and not what stands there: an event's documents are full of people."""
    return fault if fault.kind == "contradicted" else replace(fault, there="")


def _read(
    project: Project, document: DocumentStatus, file: str, belongings: Belongings, second: bool
) -> tuple[ReadDocument | None, list[Diagnostic]]:
    """A document as it was read (None if it cannot be), and how it stands where that is not as it should."""
    if document.found is None:
        return None, [Diagnostic(said("document is not there"), Place(file), said("run `kitgen build`"))]
    message, help = _TOLD.get(document.state, (NOTHING, NOTHING))
    told = [Diagnostic(message, Place(file), help, "warning")] if message else []
    try:
        dump = dump_parts(document_parts(project.output_dir / document.path), file)
    except KitgenError as error:
        return None, [*told, *error.diagnostics]
    if second and document.path.endswith(".docx"):
        data = (project.output_dir / document.path).read_bytes()
        told += second_reading(data, dump, file, is_quoted=document.planned.kit.event is None)
    finished = read_finished(dump)
    checked = check_document(document.planned, finished)
    check_belongings(checked, finished, belongings)
    return ReadDocument(checked, finished), told


def _told(fault: Fault, file: str) -> Diagnostic:
    place = Place(file, spot=fault.spot, text=fault.there)
    if fault.kind == "stranger":
        return Diagnostic(
            said("{what} stands in a document that is not theirs", what=fault.what),
            place,
            said("make it anew and look again"),
        )
    if fault.kind == "left_over":
        return Diagnostic(
            said("tag of the template is left in a finished document"), place, said("mend the template, or the data")
        )
    if fault.kind == "elsewhere":
        there = said("`{there}`", there=fault.there) if fault.there else said("no number")
        message = said(
            "{what} stands with {there}, not with `{expected}`", what=fault.what, there=there, expected=fault.expected
        )
        return Diagnostic(
            message, Place(file, spot=fault.spot), said("number and text belong in one row; make it anew")
        )
    if fault.kind == "contradicted":
        message = said(
            "{what} is `{expected}`, but `{there}` is given",
            what=fault.what,
            expected=fault.expected,
            there=fault.there,
        )
        return Diagnostic(message, Place(file, spot=fault.spot), said("make it anew: `kitgen build --replace PATH`"))
    return Diagnostic(
        said("{what} is not there", what=fault.what),
        place,
        said("expected: {expected}", expected=fault.expected) if fault.expected else NOTHING,
    )


def _gaps(proof: KitProof, folder: str) -> Iterator[Diagnostic]:
    where = folder if proof.kit.event is not None else f"{folder}/{proof.kit.folder}"
    for each in proof.criteria:
        if each.is_gap:
            what = said("its primary method ({primary})", primary=each.primary) if each.primary else said("any method")
            name = said("criterion (KUK) {number} of unit {code}", number=each.criterion.number, code=each.unit.code)
            whose = (
                said(" of candidates {candidates}", candidates=", ".join(map(str, each.lacking)))
                if each.lacking
                else ""
            )
            yield Diagnostic(
                said("{name} is proven by no document{whose} for {what}", name=name, whose=whose, what=what),
                Place(where),
                said("make the missing documents, or add a question, a task or a cue for it"),
            )


def _write_report(project: Project, name: str, proofs: Sequence[KitProof], absent: Iterable[str]) -> str:
    """Write the workbook of an edition where it would say something else; gives its path below `output/`.

    One that a person edited is kept, and the new one goes beside it.
    """
    template = compiled_report(project, PROOF_TEMPLATE)
    made = render_report(template, proof_sheet(proofs[0].kit.scheme, proofs, absent, SERIAL_TOKEN), REPORT)
    path = f"{name}/{REPORT}.xlsx"
    target = target_of(path, made.record.digest, lambda each: find_document(project.output_dir / each))
    if target.path is not None:
        write_whole(project.output_dir / target.path, made.data)
    _remove_older(project.output_dir, path, len(target.claimed))
    return target.claimed[-1]


def _remove_older(output: Path, path: str, first: int) -> None:
    """Take away records beside the newest one that nobody edited: those of a time when another one was edited."""
    number = first
    while (found := find_document(output / (older := beside(path, NEWER, number)))) is not None:
        if found.is_ours:
            remove_document(output / older, output)
        number += 1


def _rows(proof: KitProof) -> Iterator[dict[str, Any]]:
    for each in proof.criteria:
        yield {
            "unit": each.unit.code,
            "element": each.element.number,
            "criterion": each.criterion.number,
            "primary": each.primary,
            "gap": each.is_gap,
            "lacking": list(each.lacking),
            **{method: _spots(proof.kit, each.by[method]) for method in METHODS},
            **(
                {"reserve": {method: _spots(proof.kit, of) for method, of in each.reserve.items() if of}}
                if proof.kit.event is not None
                else {}
            ),
        }


def _spots(kit: Kit, places: Iterable[ProofPlace]) -> list[dict[str, str]]:
    return [{"path": _shown(kit, each.path), "spot": each.spot} for each in places]


def _shown(kit: Kit, path: str) -> str:
    """The path of a planned document as it may be told."""
    if kit.event is None:
        return path
    return without_names(f"{_home(kit)}/{path}").removeprefix(f"{_home(kit)}/")


def _finding(each: Diagnostic) -> dict[str, Any]:
    place = each.place or Place("")
    return {
        "severity": each.severity,
        "message": each.message,
        "file": place.file,
        "spot": place.spot,
        "there": place.text,
        "help": each.help,
    }
