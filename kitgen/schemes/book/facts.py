"""The facts of a scheme and of its LSP as fields to type into, and what was typed put into the files of data.

A field is a column of the workbook's sheets, so that heading, help and words are the same in both. Only what a person
changed is written, letter by letter; a field somebody else changed meanwhile is told, not written over.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kitgen.base.errors import Diagnostic, Findings, Place, failure
from kitgen.base.messages import said
from kitgen.base.project import EditionName, Project
from kitgen.documents.disk.files import write_whole
from kitgen.load.edition.seal import is_sealed, refuse_sealed
from kitgen.load.project_data import load_kinds
from kitgen.load.sheets.grid import Grid
from kitgen.load.sheets.text_rows import RowReader
from kitgen.load.yaml.reshape import Tree, agrees, is_nothing, reshaped, tree_of
from kitgen.load.yaml.source import open_yaml
from kitgen.schemes.book.cells import put_at, read_value, shown_value
from kitgen.schemes.book.files import data_bytes, data_path, data_text, head_of
from kitgen.schemes.book.layout import BookSheet, Column, FactLines
from kitgen.schemes.book.scheme_sheets import IDENTITY, SCHEME_FILE, SCHEME_SHEETS
from kitgen.schemes.book.trial import told_by_cells, tried

Way = tuple[str | int, ...]
MOST: Final = 4_000
"""Letters of one field."""
_MISSED: Final = frozenset({
    (IDENTITY, "name"), (IDENTITY, "licence"), (IDENTITY, "address"), (SCHEME_FILE, "number"), (SCHEME_FILE, "kind"),
    (SCHEME_FILE, "basic_requirements"), (SCHEME_FILE, "administrative_requirements"), (SCHEME_FILE, "standard"),
})  # fmt: skip
"""Facts whose name is printed in brackets as long as they are not given."""
_NEEDED: Final = frozenset({(SCHEME_FILE, "title")})
_LEFT_OUT: Final = frozenset({"logo", "partner_logo", "language", "title_source"})
"""Those that name a file, or are none of the documents'."""
_LISTS: Final[tuple[tuple[str, str, str, tuple[str, ...]], ...]] = (
    ("Standar Industri", "units", "code", ("standard", "workplace_standard")),
    ("Kelompok Pekerjaan", "clusters", "number", ("status",)),
)
"""Facts of each item of a list: the sheet, the list, what an item is known by, and the columns."""


@dataclass(frozen=True, slots=True)
class FactField:
    """Isian fakta: its name in a form, the column of the workbook it is, what it is about, and what it says now."""

    name: str
    file: str
    way: Way
    column: Column
    about: str
    value: str
    is_lacking: bool
    """Whether its name is printed in brackets as long as nothing is given."""


@dataclass(frozen=True, slots=True)
class FactGroup:
    """Kelompok isian: fields that belong together, below a title."""

    title: str
    fields: tuple[FactField, ...]

    @property
    def lacking(self) -> int:
        """How many of them are still to be given."""
        return sum(each.is_lacking for each in self.fields)


@dataclass(slots=True)
class Taken:
    """Hasil isian: how many facts were changed, what is wrong with a field by its name, and what is wrong besides."""

    changed: int = 0
    problems: dict[str, Diagnostic] = field(default_factory=dict)
    besides: list[Diagnostic] = field(default_factory=list)


def fact_groups(project: Project, edition: EditionName) -> tuple[FactGroup, ...]:
    """All fields of an edition and of the LSP; of a released edition those of the LSP alone.

    Raises `KitgenError` if a file of them cannot be read.
    """
    files = (IDENTITY,) if is_sealed(project, edition) else (IDENTITY, SCHEME_FILE)
    trees = {file: _tree(project, edition, file) for file in files}
    groups = [FactGroup("Identitas LSP", tuple(_of_facts("LSP", IDENTITY, trees[IDENTITY])))]
    if SCHEME_FILE in trees:
        tree = trees[SCHEME_FILE]
        groups.append(FactGroup("Skema", tuple(_of_facts("Skema", SCHEME_FILE, tree))))
        groups += [FactGroup(each[0], tuple(_of_list(tree, *each))) for each in _LISTS]
    return tuple(group for group in groups if group.fields)


def take_facts(project: Project, edition: EditionName, typed: Mapping[str, str], before: Mapping[str, str]) -> Taken:
    """Write what was typed into the files of data; with anything wrong, nothing is written.

    `before`: what each field said when the form was made. Whoever calls holds the project's lock. Raises `KitgenError`
    if a file cannot be read or the edition is released.
    """
    taken = Taken()
    wanted: dict[FactField, Tree] = {}
    fields = {each.name: each for group in fact_groups(project, edition) for each in group.fields}
    if any(name not in fields for name in typed):
        refuse_sealed(project, edition)
        raise failure(
            said("a field of the form is not one of the scheme's any more; nothing was written"), None,
            said("open the form again: units or clusters were changed meanwhile"),
        )  # fmt: skip
    for name, text in typed.items():
        each = fields[name]
        new, problem = _read(each, text)
        old, _ = _read(each, before.get(name, ""))
        now, _ = _read(each, each.value)
        if problem is not None:
            taken.problems[name] = problem
        elif agrees(old, new) or agrees(now, new):
            continue
        elif not agrees(now, old):
            taken.problems[name] = Diagnostic(
                said("this was changed meanwhile; it says now: {now}", now=each.value or "–"), None,
                said("decide what is right, type it, and save again"),
            )  # fmt: skip
        else:
            wanted[each] = new
    if not taken.problems:
        _write(project, edition, wanted, taken)
    return taken


def take_file(project: Project, edition: EditionName, key: str, name: str) -> Taken:
    """Name a file in the identity of the LSP, as its fact `key`; with anything wrong, nothing is written."""
    columns = {column.key: column for block in _sheet("LSP").blocks for column in block.columns}
    taken = Taken()
    _write(project, edition, {_field(f"LSP:{key}", IDENTITY, (key,), columns[key], "", ""): name}, taken)
    return taken


def _write(project: Project, edition: EditionName, wanted: Mapping[FactField, Tree], taken: Taken) -> None:
    texts: dict[str, str] = {}
    before: dict[str, str] = {}
    places: dict[str, dict[Way, Place]] = {}
    for file in dict.fromkeys(each.file for each in wanted):
        path = data_path(project, edition, file)
        old = data_text(path)
        before[file] = old if old is not None else head_of(file)
        changes = {each: value for each, value in wanted.items() if each.file == file}
        tree = _changed(_tree(project, edition, file), changes)
        texts[file], _ = reshaped(before[file], tree, project.shown(path))
        places[file] = {each.way: Place(each.name) for each in changes}
    kinds = load_kinds(project)
    known = Counter(_told(each) for each in tried(project, edition, before, kinds))
    found = [each for each in tried(project, edition, texts, kinds) if not _is_known(each, known)]
    for problem in told_by_cells(project, edition, texts, places, found):
        name = problem.place.file if problem.place is not None else ""
        if any(each.name == name for each in wanted):
            taken.problems.setdefault(name, problem)
        else:
            taken.besides.append(problem)
    if found:
        return
    for file, text in texts.items():
        path = data_path(project, edition, file)
        write_whole(path, data_bytes(path, text))
    taken.changed = len(wanted)


def _told(problem: Diagnostic) -> tuple[str, str]:
    return (problem.place.file if problem.place is not None else "", str(problem.message))


def _is_known(problem: Diagnostic, known: Counter[tuple[str, str]]) -> bool:
    """Whether the data had this error before; each is known once."""
    told = _told(problem)
    known[told] -= 1
    return known[told] >= 0


def _changed(tree: Tree, changes: Mapping[FactField, Tree]) -> Tree:
    """What the file shall say of the keys that are changed; items of a list are all named, so that none goes."""
    made: dict[str, Tree] = {}
    for each, value in changes.items():
        if len(each.way) == 1:
            put_at(made, str(each.way[0]), value)
            continue
        key, place, inner = each.way
        known = next(known for _, name, known, _ in _LISTS if name == key)
        items = made.setdefault(str(key), [{known: item.get(known)} for item in tree[key]])
        items[place][inner] = value
    return made


def _tree(project: Project, edition: EditionName, file: str) -> dict[str, Tree]:
    path, findings = data_path(project, edition, file), Findings()
    top = open_yaml(path, project.shown(path), findings) if path.exists() or file == SCHEME_FILE else None
    findings.stop_on_errors()
    found = tree_of(top) if top is not None else {}
    return found if isinstance(found, dict) else {}


def _sheet(name: str) -> BookSheet:
    return next(sheet for sheet in SCHEME_SHEETS if sheet.name == name)


def _of_facts(name: str, file: str, tree: Tree) -> Iterator[FactField]:
    for block in _sheet(name).blocks:
        for column in block.columns if isinstance(block, FactLines) else ():
            if column.key not in _LEFT_OUT:
                yield _field(f"{name}:{column.key}", file, (column.key,), column, "", tree.get(column.key))


def _of_list(tree: Tree, name: str, key: str, known: str, wanted: Sequence[str]) -> Iterator[FactField]:
    columns = {column.key: column for block in _sheet(name).blocks for column in block.columns}
    items = tree.get(key)
    told: set[str] = set()
    for place, item in enumerate(items if isinstance(items, list) else ()):
        id = str(item.get(known) or "") if isinstance(item, dict) else ""
        if not id or id in told:  # which is an error of the data, told elsewhere
            continue
        told.add(id)
        about = f"{id} · {item.get('title') or '–'}"
        for each in wanted:
            yield _field(f"{name}:{id}:{each}", SCHEME_FILE, (key, place, each), columns[each], about, item.get(each))


def _field(name: str, file: str, way: Way, column: Column, about: str, value: Tree) -> FactField:
    is_lacking = is_nothing(value) and (file, column.key) in _MISSED
    return FactField(name, file, way, column, about, shown_value(column, value), is_lacking)


def _read(each: FactField, text: str) -> tuple[Tree, Diagnostic | None]:
    """What a text in a field says to the data, and what is wrong with it."""
    heading, findings = each.column.heading, Findings()
    grid = Grid("", "", findings)
    grid.put(1, 1, text)
    row = RowReader(grid, 1, {heading: 1})
    value = read_value(row, each.column)
    if (each.file, each.column.key) in _NEEDED and is_nothing(value):
        row.error(heading, said("`{heading}` is empty", heading=heading))
    if len(text) > MOST:
        row.error(heading, said("this is longer than {most} letters", most=MOST), said("shorten it"))
    return value, next(iter(findings.errors), None)
