"""The bank and its workbook: written for subject experts, read back into the files of questions.

Everything is decided before anything is written; each file is written aside and renamed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kitgen.base.errors import Diagnostic, Findings, Place, did_you_mean, failure
from kitgen.base.free_names import first_free
from kitgen.base.messages import said
from kitgen.base.project import EditionName, Project
from kitgen.documents.disk.files import write_offered, write_whole
from kitgen.kits.paths import safe_name
from kitgen.load.edition.bank import bank_text, has_inner_comments, head_of
from kitgen.load.edition.edition import load_edition
from kitgen.load.edition.seal import refuse_sealed
from kitgen.load.exposure import exposure_of
from kitgen.load.forms import load_forms
from kitgen.load.locate import find_editions, only_edition
from kitgen.load.sheets.workbook_files import content_of, tell_if_open, workbook_content
from kitgen.load.yaml.source import MAX_SIZE
from kitgen.model.bank import Question
from kitgen.model.edition import Edition
from kitgen.schemes.bank.changes import BankChanges, RowChange, compare_bank
from kitgen.schemes.bank.exposure import told_cells
from kitgen.schemes.bank.rows import ReadBank, read_bank
from kitgen.schemes.bank.workbook import bank_workbook


@dataclass(frozen=True, slots=True)
class BankImport:
    """What an import did, or would do: each row, the files that say something else now, and what is odd about it."""

    rows: tuple[RowChange, ...]
    files: tuple[str, ...]
    warnings: tuple[Diagnostic, ...]


def load_editions(project: Project, scheme: str | None, edition: str | None) -> list[tuple[Edition, list[Diagnostic]]]:
    """The editions a run is about, each with what is wrong with its record of papers.

    Such faults stop a build, but not those who change the bank or draw anew: they are how the record is mended.
    Raises `KitgenError` with every other problem.
    """
    loaded: list[tuple[Edition, list[Diagnostic]]] = []
    problems = Findings()
    kinds = load_forms(project, problems).kinds
    for chosen in find_editions(project, scheme, edition):
        findings = Findings()
        found = load_edition(project, chosen, kinds, findings)
        record = papers_file(project, chosen)
        of_record = [each for each in findings if each.place is not None and each.place.file == project.shown(record)]
        problems.extend(each for each in findings.errors if each not in of_record)
        if found is not None:
            loaded.append((replace(found, exposure=exposure_of(project, chosen.slug)), of_record))
    problems.stop_on_errors()
    return loaded


def papers_file(project: Project, edition: EditionName) -> Path:
    """Where the papers of an edition are recorded."""
    return project.scheme_file(edition).with_name("papers.yaml")


def export_bank(
    project: Project, out: Path, scheme: str | None, edition: str | None, unit: str | None, replace: bool
) -> tuple[int, bool]:
    """Write the bank as a workbook; gives how many questions it holds, and whether anything was written.

    Raises `KitgenError` if another file is there already (unless `replace`): it may hold an expert's work.
    """
    found = _one_edition(project, scheme, edition)
    units = found.scheme.units
    if unit is not None:
        units = tuple(each for each in units if each.code == unit)
        if not units:
            known = [each.code for each in found.scheme.units]
            raise failure(
                said("the scheme has no unit {unit}", unit=unit),
                Place(f"scheme/{found.scheme.slug}"),
                did_you_mean(unit, known) or said("known: {known}", known=", ".join(known)),
            )
    findings = Findings()
    data = bank_workbook(found.scheme, units, found.whole_bank, found.places, findings, told_cells(found))
    findings.stop_on_errors()
    is_written = write_offered(out, data, content_of(out), replace)
    codes = {each.code for each in units}
    return sum(question.unit in codes for question in found.whole_bank), is_written


def import_bank(
    project: Project,
    file: Path,
    scheme: str | None,
    edition: str | None,
    remove: bool,
    dry_run: bool,
    called: str = "",
) -> BankImport:
    """Take over the rows of a workbook; with any fault in it nothing is written, and all are raised together.

    `called`: what a person calls the file, where it lies under a name of the program's.
    """
    found = _one_edition(project, scheme, edition)
    refuse_sealed(project, found.scheme.name)
    findings = Findings()
    name = called or file.name
    tell_if_open(file, name, findings)
    read = read_bank(workbook_content(file), name, found.scheme, found.whole_bank, findings)
    questions = project.scheme_file(found.scheme.name).with_name("questions")
    files = {id: place.file for id, place in found.places.items()}
    changes = compare_bank(
        found.whole_bank,
        [row.question for row in read.rows],
        read.kinds,
        files,
        lambda code: _new_file(project, questions, code, files),
        remove,
    )
    if not findings.errors:
        _refuse_unknown_neighbours(changes, read, found, findings)
    texts = dict(_texts(project, found, changes, findings))
    findings.extend(_touched_papers(project, found, changes))
    findings.stop_on_errors()
    if not dry_run:
        for path, text in texts.items():
            write_whole(path, text.encode())
    return BankImport(changes.rows, tuple(map(project.shown, texts)), tuple(findings.warnings))


def _one_edition(project: Project, scheme: str | None, edition: str | None) -> Edition:
    found = [edition for edition, _ in load_editions(project, scheme, edition)]
    only_edition([each.scheme.name for each in found], said("a workbook holds the bank of one scheme"))
    return found[0]


def _new_file(project: Project, folder: Path, code: str, files: dict[str, str]) -> str:
    """The file of a unit that has no questions yet: named by its code, unless another unit's questions lie there."""
    taken = set(files.values())

    def called(number: int) -> str:
        stem = safe_name(code if number == 1 else f"{code}-{number}")
        return project.shown(folder / f"{stem}.yaml")

    return first_free(called, taken.__contains__, folder.name)


def _texts(project: Project, edition: Edition, changes: BankChanges, findings: Findings) -> Iterator[tuple[Path, str]]:
    """The new text of each file that changes; its lines of comment at the top are kept."""
    units = {unit.code: unit for unit in edition.scheme.units}
    codes = {place.file: question.unit for question in edition.whole_bank if (place := edition.places.get(question.id))}
    for file in changes.changed_files:
        path = project.root / file
        questions = changes.files[file]
        old = (content_of(path) or b"").decode("utf-8-sig").replace("\r\n", "\n")
        if old and has_inner_comments(old):
            findings.warning(
                said("comments between the questions of this file are not kept"),
                Place(file),
                said("those above its first key are"),
            )
        code = questions[0].unit if questions else codes[file]
        text = bank_text(units[code], questions, head_of(old) if old else None)
        if len(text.encode("utf-8", "replace")) > MAX_SIZE:
            findings.error(
                said(
                    "questions of unit {code} make a file larger than {max_size} MB", code=code, max_size=MAX_SIZE >> 20
                ),
                Place(file),
            )
        yield path, text


def _refuse_unknown_neighbours(changes: BankChanges, read: ReadBank, edition: Edition, findings: Findings) -> None:
    """Questions kept apart from themselves, or from one that there is not, or will be no more."""
    apart = {row.question.id: row.apart_place for row in read.rows}
    ids = changes.ids
    for questions in changes.files.values():
        for question in questions:
            for name in question.apart_from:
                if name == question.id:
                    findings.error(
                        said("question {id} is kept apart from itself", id=question.id),
                        apart.get(question.id) or edition.places.get(question.id),
                        said("name another question"),
                    )
                elif name not in ids:
                    findings.error(
                        said("question {id} is kept apart from {name}, which there is not", id=question.id, name=name),
                        apart.get(question.id) or edition.places.get(question.id),
                        did_you_mean(name, ids) or said("take it out of this list"),
                    )


def _touched_papers(project: Project, edition: Edition, changes: BankChanges) -> Iterator[Diagnostic]:
    """Recorded papers that print a question which is removed or says something else now."""
    scheme = edition.scheme
    old = {question.id: _printed(question) for question in edition.whole_bank}
    new = {question.id: _printed(question) for questions in changes.files.values() for question in questions}
    file = project.shown(papers_file(project, scheme.name))
    for paper in edition.papers:
        touched = [id for id, _ in paper.questions if old[id] != new.get(id)]
        if touched:
            yield Diagnostic(
                said(
                    "recorded paper {id} asks {touched}, which it would print otherwise now",
                    id=paper.id,
                    touched=", ".join(touched),
                ),
                Place(file, spot=said("paper {id}", id=paper.id)),
                said("after the import, draw it anew: `kitgen bank draw`"),
                "warning",
            )


def _printed(question: Question) -> tuple[object, ...]:
    return question.kind, question.unit, question.text, [(option.letter, option.text) for option in question.options]
