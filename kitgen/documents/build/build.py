"""Making the documents of a run: all are made aside before any is put in its place, so a fault leaves all as it was.

Only files that have another name by now are renamed before, which loses nothing and need not be done twice.
"""

import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kitgen.base.digests import NO_FINGERPRINT, Digest, Fingerprint, Serial, WordsDigest
from kitgen.base.errors import Diagnostic, Findings, Place, did_you_mean
from kitgen.base.messages import counted, said
from kitgen.base.project import Project
from kitgen.documents.build.keep import kept_now
from kitgen.documents.build.rename import rename_documents
from kitgen.documents.disk.aside import Aside, files_aside
from kitgen.documents.disk.branches import reachable
from kitgen.documents.disk.document import (
    document_parts,
    documents_below,
    find_document,
    keep_withdrawn,
    record_properties,
    withdraw_document,
)
from kitgen.documents.disk.files import (
    keep_beside,
    refuse_links,
    remove_document,
    remove_empty_folders,
    sweep,
    write_whole,
)
from kitgen.documents.disk.history import Made, name_of, told_as, write_history
from kitgen.documents.disk.index import INDEX_NAME, by_index_name, index_name, name_spelled, write_index
from kitgen.documents.disk.intent import last_run, note_intent, strike_off
from kitgen.documents.disk.staleness import KEPT_STATES, Record
from kitgen.documents.kept.keep import write_kept
from kitgen.documents.pdf.beside import holds_pdfs, may_hold_packs, withdraw, withdraw_outdated, withdraw_strays
from kitgen.documents.status.judge import DocumentStatus
from kitgen.documents.status.shared_inputs import SharedInputs
from kitgen.documents.status.status import RunStatus, Selection, status_of
from kitgen.documents.work.crew import Workers
from kitgen.load.event.handover_record import handovers_of
from kitgen.load.locate import below_output
from kitgen.model.manifest import Indexed, Manifest

if TYPE_CHECKING:
    from kitgen.render.compiled import Rendered

Progress = Callable[[int, int], None]
_ANY: Final = "dokumen"
"""Stands for any document of a folder."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a run did: how documents stood before it, the paths it wrote and removed (relative to `output/`)."""

    run: RunStatus
    removed: tuple[str, ...]
    warnings: tuple[Diagnostic, ...]
    withdrawn: tuple[str, ...] = ()
    """Documents of an event nobody asks for any more: they lie below `_DITARIK` now."""
    renamed: int = 0
    """Documents whose files had another name before."""

    @property
    def written(self) -> tuple[str, ...]:
        """The paths it wrote."""
        return tuple(each.write_to for each in self.run.documents if each.write_to is not None)


def build(
    project: Project,
    selection: Selection,
    replaced: Sequence[str] = (),
    progress: Progress | None = None,
    workers: Workers = None,
    rendering: Progress | None = None,
    loaded: SharedInputs | None = None,
) -> Built:
    """Make every document that is not what it would be now, and remove orphans nobody edited.

    Orphans of an event are set aside: they may have been printed and signed. Of documents that were handed over a copy
    is kept there, before they are written anew: nobody can tell otherwise what the sheets in people's hands say.
    PDFs and packs of documents that change or go are taken away: they would say what no document says any more.

    `replaced` names edited files to be swapped for new ones; the edited ones are kept beside them. `progress` is told
    the number of the document written and how many there are, `rendering` how far they are made before that; `workers`
    and `loaded` are as for `status_of`. Raises `KitgenError` with every problem of data and templates before
    anything is written, and when the disk refuses.
    """
    if loaded is None:
        with SharedInputs() as own:
            return build(project, selection, replaced, progress, workers, rendering, own)
    sweep(project.output_dir)
    if selection.event is not None:
        make_secret(project, selection.event)
    renamed = 0
    making_way: frozenset[str] = frozenset()
    if replaced:
        found = status_of(project, selection, explain=False, workers=workers, loaded=loaded)
        renamed = rename_documents(project, found)
        if renamed:
            found = status_of(project, selection, explain=False, workers=workers, loaded=loaded)
        making_way = _to_replace(project, found, replaced)
    while True:
        with files_aside(project.output_dir) as aside:
            run = status_of(project, selection, False, "files", workers, progress=rendering, loaded=loaded, aside=aside,
                            making_way=making_way)  # fmt: skip
            again = rename_documents(project, run)
            if not again:
                return replace(_written(project, selection, run, aside, progress, making_way), renamed=renamed)
        renamed += again  # what lies there is looked at by its new names


def _written(
    project: Project,
    selection: Selection,
    run: RunStatus,
    aside: Aside,
    progress: Progress | None,
    making_way: frozenset[str],
) -> Built:
    """Put in their places what was made, remove what nobody asks for any more, and note it."""
    handed = _handed_serials(project, selection.event)
    writing = [document for document in run.documents if document.write_to is not None]
    for folder in dict.fromkeys((document.write_to or "").rpartition("/")[0] for document in writing):
        refuse_links(project.output_dir / folder / _ANY)
    findings = Findings()
    findings.extend(_remember(project, run, aside, selection.event is not None))
    key = _secret_of(project, selection.event) if selection.event is not None else b""
    cut_off = [folder for folder, _ in run.indexes if not last_run(project.root, folder).is_trusted]
    leaving = [orphan.path for orphan in run.orphans if not orphan.is_edited]
    noted = {document.folder for document in writing if document.ready is not None and document.ready.laid is not None}
    for folder, _ in run.indexes:
        if folder in noted or any(path.startswith(f"{folder}/") for path in leaving):
            note_intent(project.root, folder, _sizes(writing, folder, key))
    has_pdfs = holds_pdfs(project.output_dir / folder for folder, _ in run.indexes)
    carried: set[str] = set()
    by_folder = sorted(writing, key=lambda document: (document.folder, document.planned.folder))
    for number, document in enumerate(by_folder, 1):
        if document.write_to in making_way:
            keep_beside(project.output_dir / document.write_to)
        _keep_handed(project, document, handed)
        if _write(project, document, aside, findings, has_pdfs):
            carried.add(document.write_to or "")
        if progress is not None:
            progress(number, len(writing))
    going = [orphan.path for orphan in run.orphans if not orphan.is_edited]
    for path in going:
        withdraw(project.output_dir / path, project.output_dir)
        if selection.event is None:
            remove_document(project.output_dir / path, project.output_dir)
        else:
            event = "/".join(path.split("/")[:2])
            withdraw_document(project.output_dir / event, path.removeprefix(f"{event}/"))
    for document in run.documents:
        if document.state in ("edited", "resaved") and document.found is not None:
            withdraw_outdated(project.output_dir / document.path, document.found.digest, project.output_dir)
    for folder, index in run.indexes:
        _update_index(project.output_dir, folder, index, run, carried, key)
        if folder in cut_off:  # between a document that went and its folder, which may be called after a person
            remove_empty_folders(project.output_dir / folder)
        if folder in noted or not last_run(project.root, folder).is_trusted:
            strike_off(project.root, folder, _sizes(writing, folder, key))
    if selection.event is not None and not selection.forms:
        _restate(project, selection.event, run, key)
    folders = [project.output_dir / folder for folder, _ in run.indexes]
    if selection.event is not None and any(map(may_hold_packs, folders)) and (not selection.forms or writing or going):
        from kitgen.documents.build.event_packs import withdraw_event_packs

        withdraw_event_packs(project, run.documents, are_all=not selection.forms)
    withdraw_strays(folders, project.output_dir)
    if not selection.forms:
        from kitgen.documents.build.read_first import write_pages

        names = [folder for folder, _ in run.indexes]
        findings.extend(write_pages(project, run.documents, names, are_all=selection.unit is None))
    warnings = (*run.warnings, *findings)
    if selection.event is not None:
        return Built(run, (), warnings, tuple(going))
    return Built(run, tuple(going), warnings)


def _sizes(writing: Sequence[DocumentStatus], folder: str, key: bytes) -> Iterator[tuple[str, int]]:
    """How long the files will be that are about to be written in a folder, by name in its index, sorted."""
    start = len(folder) + 1
    named = by_index_name((((each.write_to or "")[start:], each) for each in writing if each.folder == folder), key)
    for name, document in named:
        laid = document.ready.laid if document.ready is not None else None
        if laid is not None:
            yield name_spelled(name, key), laid.size


def _remember(project: Project, run: RunStatus, aside: Aside, is_event: bool) -> list[Diagnostic]:
    """Note in the history what is about to be made: first, so that no printed serial is ever unknown."""
    hidden = run.provenance.hidden
    told: list[Diagnostic] = []

    def made_of(document: DocumentStatus) -> Made:
        words = document.ready.words if document.ready is not None else WordsDigest("")
        return Made(document.form.code, hidden(document.fingerprint), hidden(words))

    for folder, _ in run.indexes:
        made = {
            name_of(document.record.serial, told_as(document.planned)): document
            for document in run.documents
            if document.ready is not None and document.folder == folder
        }
        if made:
            nodes = run.provenance.nodes
            if not is_event or run.folders[folder].made_with.is_fixed:  # else all of them are of what is made
                nodes = reachable(nodes, [hidden(each.fingerprint) for each in made.values()] if nodes else ())
            told += write_history(project, folder, made, made_of, nodes, aside.branches.lines)
    run.provenance.nodes.clear()  # they are written down, and nothing asks for them any more
    return told


def _restate(project: Project, event: str, run: RunStatus, key: bytes) -> None:
    """What was delivered keeps its templates; what there is of it now is noted beside them."""
    for path, folder in run.folders.items():
        if folder.made_with.is_fixed:
            write_kept(project.event_file(event).parent, kept_now(run, path), key)


def _handed_serials(project: Project, event: str | None) -> frozenset[Serial]:
    """The serials that were handed over of an event. Raises `KitgenError` if the record of it is damaged."""
    record = handovers_of(project, event) if event is not None else ()
    return frozenset(each.serial for delivery in record for zipped in delivery.zips for each in zipped.documents)


def _keep_handed(project: Project, document: DocumentStatus, handed: frozenset[Serial]) -> None:
    """Keep what lies where a document is about to be written, if that is in people's hands."""
    path = document.write_to or ""
    found = document.found if path == document.path else find_document(project.output_dir / path) if handed else None
    if found is not None and found.record is not None and found.record.serial in handed:
        event = "/".join(path.split("/")[:2])
        keep_withdrawn(project.output_dir / event, path.removeprefix(f"{event}/"))


def _write(project: Project, document: DocumentStatus, aside: Aside, findings: Findings, has_pdfs: bool) -> bool:
    """Put a document in its place; gives whether it is not the file that was made, for what people typed into it."""
    ready, target, rendered = document.ready, document.write_to, document.rendered
    assert ready is not None and ready.laid is not None and target is not None
    path, laid = project.output_dir / target, ready.laid
    data: bytes | None = None
    if document.form.typed_by is not None and rendered is not None and path.is_file():
        # ours; what is not has it written beside
        quotes = document.planned.kit.event is None  # what is typed there is about people
        rendered = _with_typed(rendered, path, document.form.typed_by, target, findings, quotes)
        if rendered.digest() != document.record.digest:
            data = rendered.pack(record_properties(document.record))
    if has_pdfs:
        withdraw(path, project.output_dir)  # first, so that a killed run leaves no PDF of what the document said before
    if data is None:
        aside.place(laid, path)
    else:
        write_whole(path, data)
    return data is not None


def _with_typed(
    rendered: "Rendered", path: Path, key_column: str, shown: str, findings: Findings, quotes: bool
) -> "Rendered":
    """The new workbook with what people typed into the old one; where something finds no place, the old one is kept."""
    from kitgen.render.excel.carry_over import carry_over

    carried = carry_over(document_parts(path), rendered.all_parts(), key_column, path.name)
    if carried.lost:
        aside = keep_beside(path)
        some = ": " + "; ".join(carried.lost[:3]) + ("; ..." if len(carried.lost) > 3 else "") if quotes else ""
        findings.warning(
            said(
                "{cells} no place in the new workbook{some}",
                cells=counted(len(carried.lost), "typed cell finds", "typed cells find"),
                some=some,
            ),
            Place(shown),
            said("the old workbook is kept as {name}", name=aside.name),
        )
    return rendered.with_parts(carried.parts)


def _entry(file: Digest, record: Record, fingerprint: Fingerprint) -> Indexed:
    return Indexed(file, record.digest, record.form, record.kit, record.serial, fingerprint)


def _update_index(
    output: Path, folder: str, index: Manifest, run: RunStatus, carried: Collection[str], key: bytes
) -> None:
    """The index names what kitgen made and is still there; what it did not know, files tell of themselves.

    `carried` are the documents that hold what people typed: the index does not know these by their bytes (see
    `DocumentFolder.at_typed`).
    """
    root = output / folder

    def told(known: DocumentStatus | Indexed) -> Indexed:
        if isinstance(known, Indexed):
            return known
        file = known.found.file if known.state == "same" and known.found is not None else Digest("")
        ready = known.ready
        if ready is not None and ready.laid is not None and known.write_to not in carried:
            file = ready.laid.digest
        return _entry(file, known.record, known.fingerprint)

    lying = _lying(root, index, [each for each in run.documents if each.folder == folder], key)
    first = next(lying, None)
    if first is not None:
        write_index(root, chain((first,), lying), told, key, run.reads(folder))
    elif (root / INDEX_NAME).exists():  # as after a clean build of nothing
        remove_document(root / INDEX_NAME, output)


def _lying(
    root: Path, index: Manifest, documents: Iterable[DocumentStatus], key: bytes
) -> "Iterator[tuple[str, DocumentStatus | Indexed]]":
    """What the index is to name, one after the other: files that lie there, by path, and who tells of each."""
    made: dict[str, dict[str, DocumentStatus]] = {}
    for document in documents:
        if isinstance(document.goes, str):
            below, _, name = document.goes[len(document.folder) + 1 :].rpartition("/")
            made.setdefault(below, {})[name] = document
        elif document.goes or (document.state == "same" and document.found is not None):
            made.setdefault(document.planned.folder, {})[document.planned.file] = document
    for below, name in documents_below(root):
        path = f"{below}/{name}" if below else name
        known: DocumentStatus | Indexed | None = made.get(below, {}).pop(name, None) or index.get(index_name(path, key))
        if known is None:
            found = find_document(root / path)
            if found is not None and found.is_ours and found.record is not None and found.record.kit:
                known = _entry(found.file, found.record, NO_FINGERPRINT)
        if known is not None:
            yield path, known
    for below, left in made.items():  # such as a system spells otherwise that sees no difference in capitals
        for name, document in left.items():
            path = f"{below}/{name}" if below else name
            if (root / path).is_file():
                yield path, document


def _to_replace(project: Project, run: RunStatus, named: Sequence[str]) -> frozenset[str]:
    """The paths of the named edited files, which go aside when the new documents come.

    Raises `KitgenError` for each name under which no edited document of the run lies.
    """
    by_path = {document.path: document for document in run.documents}
    wanted = {below_output(project, path): path for path in named}
    findings = Findings()
    for path, typed in wanted.items():
        if path not in by_path:
            findings.error(said("no document of this run lies there"), Place(typed), did_you_mean(path, by_path))
        elif by_path[path].state not in KEPT_STATES:
            findings.error(said("document was not edited, so there is nothing to replace"), Place(typed))
    findings.stop_on_errors()
    return frozenset(wanted)


def make_secret(project: Project, name: str) -> None:
    """Make the secret of an event that has none; whoever copies the event's folder copies it too."""
    from kitgen.load.event.event import secret_file

    if not _secret_of(project, name):
        write_whole(secret_file(project, name), f"{secrets.token_bytes(32).hex()}\n".encode(), secret=True)


def _secret_of(project: Project, name: str) -> bytes:
    from kitgen.load.event.event import read_secret  # loads all that reads workbooks, which kits do without

    return read_secret(project, name)
