"""Reads what an event may choose from: papers and scenarios in use (sheet Pilihan), code lists (sheet Kode)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kitgen.base.messages import Message, said
from kitgen.load.event.columns import ARRANGEMENT, CHANNEL, CODE_LISTS, NO, YES
from kitgen.load.sheets.grid import Grid, SheetCell
from kitgen.load.sheets.headings import words_of
from kitgen.model.edition import Edition
from kitgen.model.methods import AssessmentPlan
from kitgen.model.scenario import Scenario
from kitgen.model.scheme import Cluster, Scheme, Unit

_HEAD_ROWS: Final = 10
_LONGEST: Final = 2_000
_YESES: Final = frozenset({YES, "y", "iya", "yes", "1", "v", "✓", "✔", "√", "dipakai"})
_NOES: Final = frozenset({NO, "t", "tdk", "no", "n", "0", "bukan", "tak", "tidak dipakai"})


@dataclass(frozen=True, slots=True)
class EditionChoices:
    """Pilihan edisi: the letters of the papers an edition draws, and the ids of its scenarios with their titles.

    `clusters` and `plan` say what an assessor may agree with a candidate.
    """

    papers: tuple[str, ...]
    scenarios: Mapping[str, str]
    played: tuple[Scenario, ...] = ()
    """The scenarios themselves, for those who count minutes."""
    clusters: tuple[Cluster, ...] = ()
    plan: AssessmentPlan = field(default_factory=AssessmentPlan)
    """The plan as a kit of the whole scheme has it."""
    edition: Edition | None = None
    """All of it, for those who fit an event into its days."""

    @property
    def units(self) -> tuple[Unit, ...]:
        """The units of the scheme, in its order."""
        return self.edition.scheme.units if self.edition is not None else ()

    @property
    def arrangements(self) -> tuple[str, ...]:
        """The keys of the edition's arrangements."""
        return tuple(each.key for each in self.edition.blueprint.arrangements) if self.edition is not None else ()

    @property
    def channels(self) -> tuple[str, ...]:
        """The channels an event may choose: those that are offered and played."""
        offered = self.edition.stations.offered if self.edition is not None else ()
        return tuple(name for name in offered if any(each.channel == name for each in self.played))

    @property
    def scheme(self) -> Scheme | None:
        """The scheme of the edition."""
        return self.edition.scheme if self.edition is not None else None


@dataclass(frozen=True, slots=True)
class InUse:
    """Yang dipakai: papers and scenarios of this event; None where nothing is known of the edition's."""

    papers: tuple[str, ...] | None
    scenarios: tuple[str, ...] | None
    arrangement: str = ""
    """The key of the arrangement that is chosen; empty where nothing is."""
    channel: str = ""
    """The channel that is chosen; empty where nothing is."""


@dataclass(frozen=True, slots=True)
class CodeList:
    """Daftar kode: the codes an LSP uses, with what each stands for. A name may stand there without a code."""

    codes: Mapping[str, str]
    by_name: Mapping[str, str]

    def find(self, text: str) -> str | None:
        """A code as it stands in the list: itself, or the only one that has more zeros in front."""
        if text in self.codes:
            return text
        bare = text.lstrip("0")
        same = [code for code in self.codes if code.lstrip("0") == bare]
        return same[0] if len(same) == 1 else None


def read_in_use(grid: Grid | None, choices: EditionChoices | None) -> InUse:
    """The papers and scenarios the sheet Pilihan does not take out of use; all of the edition's without a sheet."""
    if choices is None:
        return InUse(None, None)
    return InUse(
        _in_use(grid, "Paket", choices.papers, said("paper")),
        _in_use(grid, "Skenario", tuple(choices.scenarios), said("scenario")),
        _one_in_use(grid, ARRANGEMENT, choices.arrangements, said("arrangement")),
        _one_in_use(grid, CHANNEL, choices.channels, said("channel")),
    )


def _one_in_use(grid: Grid | None, heading: str, known: Sequence[str], what: Message) -> str:
    """The one of these in use; the first of the edition's where the sheet says none, as in old workbooks."""
    if grid is None or not known or (head := _heading(grid, heading)) is None:
        return ""
    used = _in_use(grid, heading, known, what)
    if len(used) > 1:
        head.error(
            said("more than one {what} is in use; {name} is taken", what=what, name=used[0]),
            said("write tidak at all but one"),
        )
    return used[0] if used else ""


def _in_use(grid: Grid | None, heading: str, known: Sequence[str], what: Message) -> tuple[str, ...]:
    head = _heading(grid, heading) if grid is not None else None
    if grid is None or head is None:
        return tuple(known)
    in_row = sorted(grid.rows[head.row].values(), key=lambda cell: cell.column)
    marks = next((cell.column for cell in in_row if cell.column > head.column and _is_marks(cell)), None)
    words = {word.casefold(): word for word in known}
    used: list[str] = []
    for row in range(head.row + 1, min(max(grid.rows), head.row + _LONGEST) + 1):
        cell = grid.cell(row, head.column)
        text = cell.peek()
        if text and text.casefold() not in words:
            cell.error(
                said("the edition has no such {what}; it is left out", what=what),
                said("known: {known}", known=", ".join(known)),
            )
        elif text and (marks is None or _is_used(grid.cell(row, marks))):
            used.append(words[text.casefold()])
    if not used and known:
        head.error(
            said("no {what} of the edition is in use; all of them are taken", what=what),
            said("write ya at those to be used"),
        )
    return tuple(used) or tuple(known)


def _is_marks(cell: SheetCell) -> bool:
    return words_of(cell.peek()) == words_of("Dipakai")


def _is_used(cell: SheetCell) -> bool:
    """What stands at Dipakai; an empty cell says yes, and one that says neither is told: nobody knows what it means."""
    text = cell.text("Dipakai")
    mark = (text or "").casefold().strip(" .!")
    if text is not None and mark not in _YESES and mark not in _NOES:
        cell.error(said("Dipakai says neither ya nor tidak; it is taken for ya"), said("write ya or tidak"))
    return mark not in _NOES


def read_codes(grid: Grid | None) -> dict[str, CodeList]:
    """The code lists of the sheet Kode that hold anything, by their key."""
    found: dict[str, CodeList] = {}
    for key, heading in CODE_LISTS.items():
        head = _heading(grid, heading) if grid is not None else None
        if grid is None or head is None:
            continue
        codes: dict[str, str] = {}
        by_name: dict[str, str] = {}
        for row in range(head.row + 1, min(max(grid.rows), head.row + _LONGEST) + 1):
            cell, beside = grid.cell(row, head.column), grid.cell(row, head.column + 1)
            if words_of(cell.peek()) == words_of("Kode"):
                continue
            code = cell.text(heading)
            name = beside.text(heading) or ""
            if code is not None and code in codes:
                cell.warning(said("the code stands in this list already"), said("keep one of the two"))
            if code is not None:
                codes[code] = name
                by_name.setdefault(name.casefold(), code)
        if codes:
            found[key] = CodeList(codes, by_name)
    return found


def _heading(grid: Grid, heading: str) -> SheetCell | None:
    """The first cell of the upper rows that says this."""
    for row, cells in grid.filled():
        if row > _HEAD_ROWS:
            break
        for _, cell in sorted(cells.items()):
            if words_of(cell.peek()) == words_of(heading):
                return cell
    return None
