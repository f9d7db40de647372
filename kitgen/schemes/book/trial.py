"""Reads an edition as it would be after an import, aside, and tells its faults by the cells they come from."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from kitgen.base.errors import Diagnostic, Findings, Place
from kitgen.base.project import EditionName, Project
from kitgen.load.edition.edition import load_edition
from kitgen.load.identity import load_identity
from kitgen.load.yaml.source import Entry, parse_yaml
from kitgen.model.methods import InstrumentKind
from kitgen.schemes.book.read_rows import Path as Way
from kitgen.schemes.book.scheme_sheets import IDENTITY


def tried(
    project: Project, edition: EditionName, texts: Mapping[str, str], kinds: tuple[InstrumentKind, ...]
) -> list[Diagnostic]:
    """Every error of the edition with these texts in place of its own, by the names of the files."""
    if not texts:
        return []
    with tempfile.TemporaryDirectory(prefix="kitgen-") as name:
        aside = replace(project, root=Path(name))
        folder = project.scheme_file(edition).parent
        for path in folder.rglob("*"):
            if path.is_file() and path.suffix in (".yaml", ".json"):
                _copy(path, aside.scheme_file(edition).parent / path.relative_to(folder))
        for path in project.scheme_dir.iterdir():
            if path.is_file():
                _copy(path, aside.scheme_dir / path.name)
        for path in project.scheme_dir.glob(f"{edition.slug}/*/scheme.yaml"):
            if path.parent != folder:
                _copy(path, aside.scheme_dir / path.relative_to(project.scheme_dir))
        for file, text in texts.items():
            target = aside.identity_file if file == IDENTITY else aside.scheme_file(edition).parent / file
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode())
        findings = Findings()
        load_edition(aside, edition, kinds, findings)
        if IDENTITY in texts:
            load_identity(aside, findings)  # as it would be
    return findings.errors


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def told_by_cells(
    project: Project, edition: EditionName, texts: Mapping[str, str], places: Mapping[str, Mapping[Way, Place]],
    errors: Sequence[Diagnostic],
) -> Iterator[Diagnostic]:  # fmt: skip
    """The errors with sheet and cell instead of file and line, where what is wrong stands in the workbook."""
    names = {
        project.shown(project.identity_file if file == IDENTITY else project.scheme_file(edition).parent / file): file
        for file in texts
    }
    lines = {shown: list(_lines(texts[file], shown)) for shown, file in names.items()}
    for error in errors:
        place = error.place
        if place is None or place.file not in names or place.line is None:
            yield error
            continue
        found = _cell(lines[place.file], place.line, str(error.message), places[names[place.file]])
        yield replace(error, place=found) if found is not None else error


def _lines(text: str, name: str) -> Iterator[tuple[int, Way, str]]:
    """Line, way and text of every value of a file."""
    top = parse_yaml(text, name, Findings())
    if top is not None:
        yield from _values(top, ())


def _values(entry: Entry, way: Way) -> Iterator[tuple[int, Way, str]]:
    starts = entry.key_starts()
    if starts:
        yield entry.line, way, ""
        for key in starts:
            value = entry.get(key)
            yield from _values(value, (*way, key))
        return
    items = entry.items() if isinstance(entry.plain(), list) else []
    yield entry.line, way, entry.peek_text() or ""
    for number, item in enumerate(items):
        yield from _values(item, (*way, number))


def _cell(lines: Sequence[tuple[int, Way, str]], line: int, message: str, places: Mapping[Way, Place]) -> Place | None:
    """The cell of the value of this line the message speaks of; else the first known one at or before the line."""
    here = [(way, text) for at, way, text in lines if at == line]
    for way, text in here:
        if text and f"`{text}`" in message and (found := _known(way, places)) is not None:
            return found
    before = sorted((at, number, way) for number, (at, way, _) in enumerate(lines) if at <= line)
    at_line = [way for at, _, way in before if at == line]
    for way in [*at_line, *(way for _, _, way in reversed(before))]:
        if way in places:
            return places[way]
    return None


def _known(way: Way, places: Mapping[Way, Place]) -> Place | None:
    """The cell of a value, or of the list or group it stands in."""
    while way:
        if way in places:
            return places[way]
        way = way[:-1]
    return None
