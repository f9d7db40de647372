"""An edition as a workbook and back: everything is decided, and the edition read as it would be, before a file changes.

YAML stays the store: an import changes in each file what the workbook says otherwise, and leaves every other letter.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kitgen.base.errors import Diagnostic, Findings, Place
from kitgen.base.messages import said
from kitgen.base.project import EditionName, Project
from kitgen.documents.disk.files import write_offered, write_whole
from kitgen.kits.paths import safe_name
from kitgen.load.edition.seal import refuse_sealed
from kitgen.load.locate import find_editions, only_edition
from kitgen.load.project_data import load_kinds
from kitgen.load.sheets.workbook_files import content_of, tell_if_open, workbook_content
from kitgen.load.yaml.reshape import Tree, is_nothing, reshaped
from kitgen.load.yaml.source import MAX_SIZE
from kitgen.schemes.book.changes import FileChange, compared
from kitgen.schemes.book.files import data_bytes, data_path, data_text, data_trees, head_of
from kitgen.schemes.book.layout import BookSheet
from kitgen.schemes.book.read import read_book
from kitgen.schemes.book.read_rows import ReadFile
from kitgen.schemes.book.rows import Known, known_of, own_unit_of
from kitgen.schemes.book.scenario_sheet import scenario_sheet
from kitgen.schemes.book.scheme_sheets import SCHEME_FILE, SCHEME_SHEETS
from kitgen.schemes.book.trial import told_by_cells, tried
from kitgen.schemes.book.write import FilledSheet, book_bytes


@dataclass(frozen=True, slots=True)
class SchemeImport:
    """What an import of a workbook did, or would do: the files that say something else now, and what was not read."""

    files: tuple[FileChange, ...]
    warnings: tuple[Diagnostic, ...]


def book_name(project: Project, scheme: str | None, edition: str | None) -> str:
    """How the workbook of an edition is called where nobody gives it a name."""
    slug, name = _one_edition(project, scheme, edition)
    return f"{slug}-{name}.xlsx"


def export_scheme(
    project: Project, out: Path, scheme: str | None, edition: str | None, replace: bool
) -> tuple[int, bool]:
    """Write an edition as a workbook; gives how many sheets it has, and whether anything was written.

    Raises `KitgenError` if a file of it cannot be read, or another file is there already (unless `replace`).
    """
    chosen = _one_edition(project, scheme, edition)
    findings = Findings()
    forms = load_kinds(project)
    trees = data_trees(project, chosen, findings)
    findings.stop_on_errors()
    known = known_of(trees[SCHEME_FILE], {kind.form: kind.title for kind in forms})
    sheets = list(_filled(trees))
    title = f"{trees[SCHEME_FILE].get('title') or chosen.slug}, edisi {chosen.name}"
    data = book_bytes(title, sheets, known, findings)
    findings.stop_on_errors()
    return len(sheets) + 1, write_offered(out, data, content_of(out), replace)


def import_scheme(
    project: Project, file: Path, scheme: str | None, edition: str | None, dry_run: bool = False, called: str = ""
) -> SchemeImport:
    """Take over what a workbook says; with any fault in it nothing is written, and all are raised together.

    Faults are those of cells, and all that `kitgen check` would call an error of the edition as it would be.
    `called`: what a person calls the file, where it lies under a name of the program's.
    """
    chosen = _one_edition(project, scheme, edition)
    refuse_sealed(project, chosen)
    findings = Findings()
    name = called or file.name
    tell_if_open(file, name, findings)
    forms = load_kinds(project)
    old = data_trees(project, chosen, findings)
    findings.stop_on_errors()
    book = read_book(workbook_content(file), name, findings)
    read = {**book.files, **dict(_scenario_files(project, chosen, old, book.scenarios))}
    _tell_kept_scenarios(old, book.scenarios, findings)
    _tell_grey_cells(old, read, {kind.form: kind.title for kind in forms}, findings)
    findings.stop_on_errors()
    texts: dict[str, str] = {}
    changes: list[FileChange] = []
    for path, found in read.items():
        before = data_text(data_path(project, chosen, path))
        if before is None and is_nothing(found.tree):
            continue
        shown = project.shown(data_path(project, chosen, path))
        text, keeps_comments = reshaped(before if before is not None else head_of(path), found.tree, shown)
        if text == before:
            continue
        if not keeps_comments:
            findings.warning(said("comments between the data of this file are not kept"), Place(shown))
        if len(text.encode("utf-8", "replace")) > MAX_SIZE:
            findings.error(said("file is larger than {max_size} MB", max_size=MAX_SIZE >> 20), Place(shown))
        texts[path] = text
        changes.append(compared(shown, old.get(path), found.tree))
    findings.stop_on_errors()
    told = tried(project, chosen, texts, forms)
    findings.extend(told_by_cells(project, chosen, texts, {path: read[path].places for path in texts}, told))
    findings.stop_on_errors()
    if not dry_run:
        for path in sorted(texts, key=lambda each: each == SCHEME_FILE):
            write_whole(data_path(project, chosen, path), data_bytes(data_path(project, chosen, path), texts[path]))
    return SchemeImport(tuple(changes), tuple(findings.warnings))


def _one_edition(project: Project, scheme: str | None, edition: str | None) -> EditionName:
    return only_edition(find_editions(project, scheme, edition), said("a workbook holds one scheme"))


def _filled(trees: Mapping[str, Tree]) -> Iterator[FilledSheet]:
    for sheet in SCHEME_SHEETS:
        yield FilledSheet(sheet, trees[sheet.file])
    taken: set[str] = set()
    for file, tree in trees.items():
        if file.startswith("scenarios/"):
            sheet = scenario_sheet(str(tree.get("id") or Path(file).stem), file)
            if sheet.name.lower() in taken:
                sheet = BookSheet(f"{sheet.name[:26]} ({len(taken)})", file, sheet.blocks, sheet.about)
            taken.add(sheet.name.lower())
            yield FilledSheet(sheet, tree)


def _scenario_files(
    project: Project, edition: EditionName, old: Mapping[str, Tree], read: Mapping[str, ReadFile]
) -> Iterator[tuple[str, ReadFile]]:
    """The file of each scenario: the one that has its code, or a new one named by it."""
    files = {str(tree.get("id")): file for file, tree in old.items() if file.startswith("scenarios/")}
    for id, found in read.items():
        yield files.get(id) or f"scenarios/{safe_name(id)}.yaml", found


def _tell_kept_scenarios(old: Mapping[str, Tree], read: Mapping[str, ReadFile], findings: Findings) -> None:
    there = {str(tree.get("id")) for file, tree in old.items() if file.startswith("scenarios/")}
    for id in sorted(there - set(read)) if read or there else ():
        findings.warning(
            said("scenario {id} has no sheet; it is kept", id=id), None, said("to drop it, take its file away")
        )


def _tell_grey_cells(
    old: Mapping[str, Tree], read: Mapping[str, ReadFile], forms: Mapping[str, str], findings: Findings
) -> None:
    """Grey cells a person changed: they say what neither the old nor the new data says."""
    now = read[SCHEME_FILE].tree if SCHEME_FILE in read else old[SCHEME_FILE]
    states: list[Known] = [known_of(old[SCHEME_FILE], forms), known_of(now, forms)]
    for found in read.values():
        own = own_unit_of(found.tree)
        for column, row, place, text in found.shown:
            if text not in {state.shown(column, row, own) for state in states}:
                findings.warning(
                    said("grey cell `{heading}` is not read", heading=column.heading), place,
                    said("change it on the sheet it comes from"),
                )  # fmt: skip
