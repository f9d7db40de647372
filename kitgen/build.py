"""Making the documents of a run: everything is rendered before anything is written, so a fault leaves all as it was."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kitgen.assessment import Assessed, Assessment, Selection, assess
from kitgen.errors import Diagnostic, Findings, Place, did_you_mean
from kitgen.event_secret import make_secret
from kitgen.fingerprint import digest
from kitgen.model.manifest import Indexed, Manifest
from kitgen.output import (
    INDEX_NAME,
    document_parts,
    find_document,
    find_documents,
    record_properties,
    remove_document,
    sweep,
    write_index,
    write_whole,
)  # fmt: skip
from kitgen.project import Project
from kitgen.publish.beside import withdraw, withdraw_outdated, withdraw_strays
from kitgen.render import Rendered
from kitgen.render.typed import carry_over
from kitgen.staleness import KEPT, Record, beside

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Built:
    """What a run did: how documents stood before it, the paths it wrote (relative to `output/`) and removed."""

    assessment: Assessment
    written: tuple[str, ...]
    removed: tuple[str, ...]
    warnings: tuple[Diagnostic, ...]


def build(
    project: Project, selection: Selection, replaced: Sequence[str] = (), progress: Progress | None = None
) -> Built:
    """Make every document that is not what it would be now, and remove orphans nobody edited.

    PDFs and packs of documents that change or go are taken away: they would say what no document says any more.

    `replaced` names edited files to be swapped for new ones; the edited ones are kept beside them. `progress` is told
    the number of the document written and how many there are. Raises `KitgenError` with every problem of data and
    templates before anything is written, and when the disk refuses.
    """
    sweep(project.output_dir)
    if selection.event is not None:
        make_secret(project, selection.event)
    assessment = assess(project, selection, explain=False)
    if replaced:
        _make_room(project, assessment, replaced)
        assessment = assess(project, selection, explain=False)  # where files lie now
    writing = [document for document in assessment.documents if document.write_to is not None]
    files: dict[str, Indexed] = {}
    findings = Findings()
    for number, document in enumerate(writing, 1):
        files[document.write_to or ""] = _write(project, document, findings)
        if progress is not None:
            progress(number, len(writing))
    removed = [orphan.path for orphan in assessment.orphans if not orphan.is_edited]
    for path in removed:
        withdraw(project.output_dir / path, project.output_dir)
        remove_document(project.output_dir / path, project.output_dir)
    for document in assessment.documents:
        if document.state == "same" and document.found is not None:
            files[document.path] = _entry(document.found.file, document.record, document.fingerprint)
        if document.state == "edited" and document.found is not None:
            withdraw_outdated(project.output_dir / document.path, document.found.digest, project.output_dir)
    for folder, index in assessment.indexes:
        _update_index(project.output_dir, folder, index, files)
    withdraw_strays((project.output_dir / folder for folder, _ in assessment.indexes), project.output_dir)
    written = tuple(document.write_to or "" for document in writing)
    return Built(assessment, written, tuple(removed), (*assessment.warnings, *findings))


def _write(project: Project, document: Assessed, findings: Findings) -> Indexed:
    assert document.rendered is not None and document.write_to is not None
    path = project.output_dir / document.write_to
    rendered = document.rendered
    if document.form.typed_by is not None and path.is_file():  # ours; what is not has it written beside
        rendered = _with_typed(rendered, path, document.form.typed_by, document.write_to, findings)
    data = rendered.pack(record_properties(document.record))
    withdraw(path, project.output_dir)  # first, so that a killed run leaves no PDF of what the document said before
    write_whole(path, data)
    return _entry(digest(data), document.record, document.fingerprint)


def _with_typed(rendered: Rendered, path: Path, key_column: str, shown: str, findings: Findings) -> Rendered:
    """The new workbook with what people typed into the old one; where something finds no place, the old one is kept."""
    carried = carry_over(document_parts(path), rendered.all_parts(), key_column, path.name)
    if carried.lost:
        aside = _set_aside(path)
        some = "; ".join(carried.lost[:3]) + ("; ..." if len(carried.lost) > 3 else "")
        findings.warning(
            f"{len(carried.lost)} typed cells find no place in the new workbook: {some}", Place(shown),
            f"the old workbook is kept as {aside.name}",
        )  # fmt: skip
    return rendered.with_parts(carried.parts)


def _entry(file: str, record: Record, fingerprint: str) -> Indexed:
    return Indexed(file, record.digest, record.form, record.kit, record.serial, fingerprint)


def _update_index(output: Path, folder: str, index: Manifest, files: dict[str, Indexed]) -> None:
    """The index names what kitgen made and is still there; what it did not know, files tell of themselves."""
    root = output / folder
    entries = dict(index)
    for path, entry in files.items():
        if path.startswith(f"{folder}/"):
            entries[path.removeprefix(f"{folder}/")] = entry
    for path in find_documents(root):
        if path not in entries:
            found = find_document(root / path)
            if found is not None and found.is_ours and found.record is not None and found.record.kit:
                entries[path] = _entry(found.file, found.record, "")
    there = [(path, entry) for path, entry in entries.items() if (root / path).is_file()]
    if there or (root / INDEX_NAME).exists():
        write_index(root, there)


def _make_room(project: Project, assessment: Assessment, named: Sequence[str]) -> None:
    """Set the named edited files aside, so that the new documents take their places."""
    by_path = {document.path: document for document in assessment.documents}
    wanted = {_below_output(project, path): path for path in named}
    findings = Findings()
    for path, typed in wanted.items():
        if path not in by_path:
            findings.error("no document of this run lies there", Place(typed), did_you_mean(path, by_path))
        elif by_path[path].state not in ("edited", "foreign"):
            findings.error("document was not edited, so there is nothing to replace", Place(typed))
    findings.stop_on_errors()
    for path in wanted:
        _set_aside(project.output_dir / path)


def _below_output(project: Project, path: str) -> str:
    """The path of a document as people type it: from the working directory, or from `output/`."""
    full = Path(path).resolve()
    if full.is_relative_to(project.output_dir):
        return full.relative_to(project.output_dir).as_posix()
    return PurePosixPath(path.replace("\\", "/")).as_posix().removeprefix("output/")


def _set_aside(path: Path) -> Path:
    number = 1
    while (aside := Path(beside(path.as_posix(), KEPT, number))).exists():
        number += 1
    path.rename(aside)
    return aside
