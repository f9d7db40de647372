"""`kitgen edition follow`: references of a draft rewritten where its criteria moved.

Everything is decided and proved before anything is written. The baseline of the references is written first, as what is
coming, and again when all files are: a run that is cut off in between is finished by the next.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kitgen.base.errors import Diagnostic, Findings, KitgenError, Place, failure
from kitgen.base.messages import said
from kitgen.base.project import Project
from kitgen.changes.follow import CriterionMoves, Followed, followed, ruled_by
from kitgen.documents.disk.files import move_file, write_whole
from kitgen.load.edition.edition import rulings_of
from kitgen.load.edition.origin import ORIGIN_FILE, load_origin, origin_text
from kitgen.load.edition.references import ReferenceFile, Referrer, read_references, references_of
from kitgen.load.edition.scheme import load_units
from kitgen.load.edition.seal import refuse_sealed
from kitgen.load.locate import find_editions
from kitgen.load.yaml.edit import Edit, edited, retext, set_marks
from kitgen.load.yaml.source import parse_yaml
from kitgen.model.origin import Baseline, CriterionReference, Origin
from kitgen.model.scheme import Unit


@dataclass(frozen=True, slots=True)
class FollowedLine:
    """Baris rujukan: what follows, by which numbers, and the marks it was given."""

    what: str
    file: str
    old: str
    new: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Following:
    """Hasil mengikuti: what follows, what a person must decide, and the files that say something else now."""

    lines: tuple[FollowedLine, ...]
    problems: tuple[Diagnostic, ...]
    files: tuple[str, ...]


def follow(project: Project, scheme: str, edition: str, dry_run: bool = False) -> Following:
    """Let every reference of a draft follow its criterion's text.

    Raises `KitgenError` for a released edition, one that names no edition it came from, and files that cannot be read.
    """
    (chosen,) = find_editions(project, scheme, edition)
    refuse_sealed(project, chosen)
    folder = project.scheme_file(chosen).parent
    findings = Findings()
    origin = load_origin(folder / ORIGIN_FILE, project.shown(folder / ORIGIN_FILE), findings)
    findings.stop_on_errors()
    if origin is None:
        raise failure(
            said(
                "edition {name} of {slug} was copied from no other, so its questions follow none",
                name=chosen.name,
                slug=chosen.slug,
            ),
            Place(project.shown(folder)),
            said("`kitgen edition new` makes editions that follow"),
        )
    units = load_units(folder / "scheme.yaml", project.shown(folder / "scheme.yaml"), findings)
    files = read_references(folder, project.shown, findings)
    findings.stop_on_errors()
    ruled = ruled_by(rulings_of(project, chosen, origin, units, findings))
    moves_from = {False: CriterionMoves(origin.baseline, units, ruled)}
    moves_from[True] = CriterionMoves(origin.coming, units, ruled) if origin.coming is not None else moves_from[False]
    changed = [_Changed(file, units, origin, moves_from) for file in files]
    left: dict[str, tuple[CriterionReference, ...]] = {}
    for each in changed:
        left |= each.prove()
    if not dry_run:
        baseline = Baseline(moves_from[False].units_followed(units), left)
        _write(folder, origin, baseline, [each for each in changed if each.is_changed])
    return Following(
        tuple(line for each in changed for line in each.lines),
        (*findings.warnings, *(problem for each in changed for problem in each.problems)),
        tuple(each.name for each in changed if each.is_changed),
    )


def _write(folder: Path, origin: Origin, baseline: Baseline, changed: Sequence["_Changed"]) -> None:
    path = folder / ORIGIN_FILE
    if changed:
        write_whole(path, origin_text(replace(origin, coming=baseline)).encode())
    for each in changed:
        write_whole(each.file.path, each.content)
        if each.target is not None:
            move_file(each.file.path, each.target)
    text = origin_text(Origin(origin.edition, baseline)).encode()
    if path.read_bytes() != text:
        write_whole(path, text)


class _Changed:
    """One file as it would be: its edits, what is told of them, and the proof that they say what was decided."""

    def __init__(
        self, file: ReferenceFile, units: Sequence[Unit], origin: Origin, moves_from: dict[bool, CriterionMoves]
    ) -> None:
        self.file = file
        self.lines: list[FollowedLine] = []
        self.problems: list[Diagnostic] = []
        self._edits: list[Edit] = []
        self._wanted: dict[str, list[_Said]] = {}
        self.target: Path | None = None
        present = {unit.code for unit in units}
        renamed = moves_from[False].units | moves_from[True].units
        self._renamed = {old: new for old, new in renamed.items() if old != new and old not in present}
        self._rename_units()
        for name, referrers in file.lists.items():
            references = [each.reference for each in referrers]
            is_complete = all(each.is_complete for each in referrers)
            decided = followed(references, origin, name, is_complete, moves_from)
            self._wanted[name] = [
                self._follow(referrer, self._possible(referrer, found), moved_by)
                for referrer, (found, moved_by) in zip(referrers, decided, strict=True)
            ]
        self.text = edited(file.text, self._edits, file.name)

    @property
    def is_changed(self) -> bool:
        """Whether the file would say something else."""
        return self.text != self.file.text or self.target is not None

    @property
    def name(self) -> str:
        """What people are told the file is called, once it is written."""
        if self.target is None:
            return self.file.name
        return f"{self.file.name.rpartition('/')[0]}/{self.target.name}"

    @property
    def content(self) -> bytes:
        """The new bytes of the file; a mark at its beginning stays."""
        return self.file.mark + self.text.encode()

    def _rename_units(self) -> None:
        for entry in self.file.units:
            code = entry.peek_text() or ""
            if code in self._renamed:
                self._edits.append(retext(entry, self._renamed[code]))
        for old, new in self._renamed.items():
            if self.file.path.stem == old:
                self._go_to(self.file.path.with_name(f"{new}{self.file.path.suffix}"))
            head = self.file.text.find("\n")
            if self.file.text.startswith("#") and (place := self.file.text.find(old, 0, head)) >= 0:
                self._edits.append(Edit(place, place + len(old), new))

    def _go_to(self, target: Path) -> None:
        """Take the name of the unit as it is called now, unless a file has it: that is somebody's, and stays."""
        if not target.exists():
            self.target = target
            return
        message = said("{name} is there already, so this file keeps its name", name=target.name)
        self.problems.append(
            Diagnostic(
                message,
                Place(self.file.name),
                said("what it is called means nothing: its `unit:` counts; rename it once the other is out of the way"),
                "warning",
            )
        )

    def _possible(self, referrer: Referrer, found: Followed) -> Followed:
        """What becomes of it where it stands: a cue goes to another unit of its scenario, a question to none."""
        if found.staying is None:
            return found
        others = referrer.others if referrer.others is not None else (found.unit,)
        is_free = referrer.unit is not None and found.unit in {self._renamed.get(each, each) for each in others}
        return found if is_free else found.staying

    def _follow(self, referrer: Referrer, found: Followed, moved_by: CriterionMoves | None) -> "_Said":
        """Note its edits and what is told of it; gives what it will say."""
        place = referrer.entry.place
        unit = found.unit or self._renamed.get(referrer.reference.unit, referrer.reference.unit)
        if found.unit and referrer.unit is not None:
            edit = retext(referrer.unit, found.unit)
            self._edits = [*(each for each in self._edits if each.start != edit.start), edit]
        for entry, number in zip(referrer.numbers, found.numbers, strict=True):
            if entry.peek_text() != number:
                self._edits.append(retext(entry, number))
        marks, old_marks = self._marks(referrer, found, moved_by)
        if marks or old_marks != [each.peek_text() for each in referrer.marks]:
            self._edits.append(set_marks(referrer.entry, referrer.key, marks, old_marks))
        self.problems += [
            Diagnostic(
                said("{what}: {told}", what=referrer.what, told=told),
                place,
                said("decide what it serves now, or take it out"),
            )
            for told in found.decide
        ]
        if found.marks and not referrer.takes_marks and moved_by is None:
            message = said("{what} was changed since it last followed; it is left as it is", what=referrer.what)
            self.problems.append(Diagnostic(message, place, said("see whether its number is right"), "warning"))
        old, new = ", ".join(referrer.reference.numbers), ", ".join(found.numbers)
        if found.unit:
            old, new = (
                said("{old} of unit {unit}", old=old, unit=referrer.reference.unit),
                said("{new} of unit {unit}", new=new, unit=found.unit),
            )
        if old != new or marks:
            self.lines.append(FollowedLine(referrer.what, self.name, old, new, tuple(marks)))
        all_marks = (*marks, *(each for each in old_marks if each is not None))
        return found.numbers, unit, referrer.reference.content, all_marks

    def _marks(
        self, referrer: Referrer, found: Followed, moved_by: CriterionMoves | None
    ) -> tuple[list[str], list[str | None]]:
        """The marks it gets, and what each it has says now: they go with their numbers.

        None: it goes, the old wording is back.
        """
        unit = found.unit or referrer.reference.unit
        settled: set[str] = set()
        old_marks: list[str | None] = []
        for entry in referrer.marks:
            number, separator, old = (entry.peek_text() or "").partition(": ")
            place = referrer.reference.numbers.index(number) if number in referrer.reference.numbers else None
            now = found.numbers[place] if place is not None and separator else number
            # Where the old wording is back, the text it had in between is no reason for a mark either.
            settled.add(now)
            if moved_by is not None and separator and not moved_by.is_current((now, " ".join(old.split())), unit):
                old_marks.append(None)
            else:
                old_marks.append(f"{now}{separator}{old}" if now != number else entry.peek_text())
        wanted = [(number, old) for number, old in found.marks if number not in settled] if referrer.takes_marks else []
        return [f"{number}: {old}" for number, old in wanted], old_marks

    def prove(self) -> dict[str, tuple[CriterionReference, ...]]:
        """The references of the new text, by list.

        Raises `KitgenError` if their numbers and marks are not what was decided, or anything else of them changed.
        """
        findings = Findings()
        top = parse_yaml(self.text, self.file.name, findings)
        file = self.file.reread(top) if top is not None else None
        for name, wanted in self._wanted.items():
            if file is None or [_said(each) for each in file.lists.get(name, ())] != wanted:
                of_what = (
                    said("{name}: numbers and marks", name=name)
                    if file is not None
                    else said("numbers and marks of this file")
                )
                problem = Diagnostic(
                    said("{of_what} cannot be rewritten; nothing was written", of_what=of_what),
                    Place(self.file.name),
                    said("write one key on a line"),
                )
                raise KitgenError([*findings, problem])
        return references_of([file]) if file is not None else {}


_Said = tuple[tuple[str, ...], str, str, tuple[str, ...]]
"""What must be as decided in the new text: numbers, unit, the digest of all else, and marks."""


def _said(referrer: Referrer) -> _Said:
    marks = tuple(each.peek_text() or "" for each in referrer.marks)
    return referrer.reference.numbers, referrer.reference.unit, referrer.reference.content, marks
