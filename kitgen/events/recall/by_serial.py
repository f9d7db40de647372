"""Explains a printed page by its serial: is it still good, and what replaced it?"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from kitgen.base.digests import SERIAL_LETTERS, Serial, is_serial, serial_letters, with_dashes
from kitgen.base.errors import Diagnostic, KitgenError, Place, failure
from kitgen.base.messages import NOTHING, Message, said
from kitgen.base.project import Project
from kitgen.documents.disk.document import SUFFIXES, find_document
from kitgen.documents.disk.handed_pages import pages_of
from kitgen.documents.disk.history import History, folders_with_history, history_file, read_history, told_as
from kitgen.documents.disk.staleness import Record
from kitgen.documents.status.explain import (
    VERDICT_TEXTS,
    Explained,
    Explanation,
    codes_of,
    explain_path,
    explanation_of,
    selection_of,
)
from kitgen.documents.status.judge import DocumentStatus, lines_now
from kitgen.documents.status.reports import is_sheet_of_ours
from kitgen.documents.status.shared_inputs import SharedInputs
from kitgen.documents.status.status import RunStatus, Selection, status_of
from kitgen.documents.status.templates import Templates
from kitgen.documents.status.why import Pages, Reasoner
from kitgen.events.recall.filled import is_good_as_filled, outcomes_of
from kitgen.load.event.event import event_names, read_secret
from kitgen.load.locate import find_editions
from kitgen.model.forms import EVENTS_FOLDER
from kitgen.render.dump.dump import dump_parts

HandedOver = Callable[[Project, Serial], Sequence[str]]
"""Tells of a serial what is recorded of its handing over, a line each, without names of people."""


def looks_like_serial(text: str) -> bool:
    """Whether what a person typed is meant as a serial and not as a path."""
    letters = "".join(text.split()).replace("-", "")
    return abs(len(letters) - SERIAL_LETTERS - 1) <= 2 and letters.isalnum()


def explain_serial(project: Project, typed: str, handed_over: HandedOver | None = None) -> Explanation:
    """Whether pages with this serial are still good, and what replaced them.

    A history, event or edition that is broken is told with the answer and stops none that is found elsewhere.
    Raises `KitgenError` for a serial with a wrong letter or two swapped ones, naming the nearest one known.
    """
    if not is_serial(typed):
        raise failure(
            said("`{typed}` cannot be a Kode Dokumen: a letter is wrong or missing, or two are swapped", typed=typed),
            None,
            _nearest(typed, _known_serials(project, _Unseen())) or said("read it once more, letter by letter"),
        )
    serial = with_dashes(serial_letters(typed))
    handed = tuple(handed_over(project, serial)) if handed_over is not None else ()
    unseen = _Unseen()
    for sought in (_from_history, _from_files, _from_data):
        answer = sought(project, serial, unseen)
        if answer is not None:
            return replace(answer, asked=typed, handed_over=handed, serial=serial, problems=unseen.problems)
    if handed:
        verdict_text = said("only the record of its handing over is left of it")
        return Explanation(typed, "unknown", verdict_text, (), handed, serial, unseen.problems)
    verdict_text = said("kitgen did not make it in this project, or has forgotten it (`riwayat/` is gone)")
    if unseen.problems:
        verdict_text = said("it was not found, but may be in what cannot be looked at; see the warnings")
    return Explanation(typed, "unknown", verdict_text, (), handed, serial, unseen.problems)


class _Unseen:
    """What cannot be looked at, by folder of `output/`, told once each; and what was loaded for the others."""

    def __init__(self) -> None:
        self._by_folder: dict[str, Diagnostic] = {}
        self.loaded = SharedInputs()

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        return tuple(self._by_folder.values())

    @contextmanager
    def passing(self, folder: str) -> Iterator[None]:
        """Go on behind a problem of this folder."""
        try:
            yield
        except KitgenError as error:
            first = next((each for each in error.diagnostics if each.severity == "error"), error.diagnostics[0])
            told = replace(
                first,
                message=said("`{folder}` cannot be looked at: {message}", folder=folder, message=first.message),
                severity="warning",
            )
            self._by_folder.setdefault(folder, told)

    def history(self, project: Project, folder: str) -> History:
        """The history of a folder, empty if it cannot be read."""
        history = History()
        with self.passing(folder):
            history = read_history(project, folder)
            if history.is_damaged:
                raise failure(
                    said("its history is damaged"),
                    Place(project.shown(history_file(project, folder))),
                    said("put a sound copy in its place"),
                )
        return history


def _nearest(typed: str, known: Iterable[str]) -> Message:
    letters = serial_letters(typed)
    near = sorted((_distance(letters, serial_letters(each)), each) for each in known)
    return said("did you mean `{name}`?", name=near[0][1]) if near and near[0][0] <= 2 else NOTHING


def _distance(one: str, other: str) -> int:
    """How many letters are wrong, missing or too many; two swapped neighbours count once."""
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]


def _known_serials(project: Project, unseen: _Unseen) -> set[Serial]:
    folders = folders_with_history(project)
    known = {serial for folder in folders for serial, _ in unseen.history(project, folder).made}
    return known or {record.serial for _, record in _files(project, unseen)}


def _from_history(project: Project, serial: Serial, unseen: _Unseen) -> Explanation | None:
    """What was made with this serial, held against what would be made now."""
    explained: list[Explained] = []
    filled: list[Explained] = []
    gone: list[str] = []
    is_held = False
    for folder in folders_with_history(project):
        history = unseen.history(project, folder)
        of_serial = history.with_serial(serial)
        for form in sorted({made.form for made in of_serial.values()}):
            names = {name: made for name, made in of_serial.items() if made.form == form}
            if not _is_there(project, folder):
                gone += names
                continue
            with unseen.passing(folder):
                if form not in codes_of(project, folder, unseen.loaded):
                    gone += names
                    continue
                selection = selection_of(project, folder, folder, form)
                run = status_of(project, selection, keep="parts", loaded=unseen.loaded)
                now = {told_as(document.planned): document for document in run.documents}
                for name in (name for name in names if name in now):
                    since, is_filled = _since(project, folder, now[name], serial, run)
                    explained.append(since)
                    filled += [since] if is_filled else []
                held = run.folders[folder].held
                is_held |= any(held.get(name) == serial for name in names)
                gone += [name for name in names if name not in now]
    if not explained and not gone:
        return None
    good = tuple(each for each in explained if each.serial == serial)
    if good:
        return Explanation(serial, "good", said("pages with it say what would be made now"), good)
    if is_held:
        return Explanation(serial, "good", said("pages with it stay as they were made"), ())
    if filled and len(filled) == len(explained):
        told = said("pages with it are good; blanks of theirs are filled in on those that would be made now")
        return Explanation(serial, "good", told, tuple(filled))
    if explained:
        return Explanation(serial, "stale", said("pages with it are out of date"), tuple(explained))
    return Explanation(
        serial, "withdrawn", said("{orphan}: {gone}", orphan=VERDICT_TEXTS["orphan"], gone=", ".join(gone)), ()
    )


def _is_there(project: Project, folder: str) -> bool:
    head, _, name = folder.partition("/")
    return name in event_names(project) if head == EVENTS_FOLDER else (project.scheme_dir / head / name).is_dir()


def _since(
    project: Project, folder: str, document: DocumentStatus, serial: Serial, run: RunStatus
) -> tuple[Explained, bool]:
    """What changed since pages with an older serial were made, and whether blanks were filled and nothing else.

    Where such a page is found that was handed over or set aside it is told place by place; of an event without what may
    tell of people.
    """
    explained = explanation_of(document)
    if explained.serial == serial or explained.on_disk == serial:
        return explained, False
    known = run.reads(folder).get(document.form.code)
    reads = Templates(project).compiled(document.form).reads if known is None else known.paths
    parts = pages_of(project, folder).with_serial(serial, document.form.code)
    was = Pages(serial, dump_parts(parts, document.path) if parts is not None else None)
    now = Pages(document.record.serial, lines_now(project, document))
    reasoner = Reasoner(project, folder, run.provenance, quotes=False)
    why = reasoner.since(document.planned, was, now, document.fingerprint, reads)
    outcomes = outcomes_of(run.folders[folder].forms)
    return replace(explained, why=why), is_good_as_filled(was, now, why.branches, outcomes)


def _files(project: Project, unseen: _Unseen) -> Iterator[tuple[Path, Record]]:
    """Every file of kitgen's below `output/`, withdrawn ones too, with its record."""
    for path in sorted(project.output_dir.rglob("*")):
        if path.suffix.lower() in SUFFIXES and path.is_file() and not path.name.startswith(("~$", ".")):
            found = None
            with unseen.passing("/".join(path.relative_to(project.output_dir).parts[:2])):
                found = find_document(path)
            if found is not None and found.record is not None:
                yield path, found.record


def _from_files(project: Project, serial: Serial, unseen: _Unseen) -> Explanation | None:
    """A file with this serial that the history does not know."""
    for path, record in _files(project, unseen):
        if record.serial == serial:
            name = path.relative_to(project.output_dir).as_posix()
            withdrawn = next((part for part in name.split("/") if part.startswith("_")), None)
            if withdrawn is not None:
                return Explanation(
                    serial, "withdrawn", said("its file was set aside in `{withdrawn}`", withdrawn=withdrawn), ()
                )
            if not record.kit:
                found = find_document(path)
                if found is None or not is_sheet_of_ours(path, found, _secret_of(project, name)):
                    continue  # its properties say so, which anybody can write
                return Explanation(
                    serial, "good", said("it is a sheet that goes with the documents: {form}", form=record.form), ()
                )
            with unseen.passing("/".join(name.split("/")[:2])):
                answer = explain_path(project, name)
                is_good = any(each.serial == serial for each in answer.documents)
                return replace(answer, verdict="good" if is_good else answer.verdict)
    return None


def _secret_of(project: Project, name: str) -> bytes:
    """The secret under which serials in a folder of `output/` are made; empty outside of events and after a purge."""
    head, _, rest = name.partition("/")
    event = rest.partition("/")[0]
    return read_secret(project, event) if head == EVENTS_FOLDER and event in event_names(project) else b""


def _from_data(project: Project, serial: Serial, unseen: _Unseen) -> Explanation | None:
    """What would be made now with this serial, though it never was here."""
    chosen = {f"{slug}/{edition}": Selection(slug, edition) for slug, edition in find_editions(project, None, None)}
    chosen |= {f"{EVENTS_FOLDER}/{name}": Selection(event=name) for name in event_names(project)}
    for folder, selection in chosen.items():
        documents: tuple[DocumentStatus, ...] = ()
        with unseen.passing(folder):
            documents = status_of(project, selection, explain=False, loaded=unseen.loaded).documents
        found = tuple(explanation_of(each) for each in documents if each.record.serial == serial)
        if found:
            return Explanation(serial, "good", said("pages with it say what would be made now"), found)
    return None
