"""What is wrong, where it is and what to do about it, as values.

Problems are collected (`Findings`) and raised once, all together (`KitgenError`); only `kitgen.cli` prints them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from kitgen.base.messages import NOTHING, Message, joined, message_of, plain_message, said

Severity = Literal["error", "warning"]
SEVERITIES: Final[dict[Severity, Message]] = {"error": said("error"), "warning": said("warning")}


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file, the line or the spot in it, and the text as written there."""

    file: str
    line: int | None = None
    spot: str = ""
    """For instance `table 2, row 1, cell 3` or `unit M.702090.008.01, element 2`."""
    text: str = ""

    def __str__(self) -> str:
        return str(self.as_message())

    def as_message(self) -> Message:
        """The place in words."""
        head = self.file if self.line is None else f"{self.file}:{self.line}"
        return joined(", ", (part for part in (head, self.spot) if part))


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem: `message` says what is wrong (lower case, no blame), `help` what to do about it."""

    message: Message
    place: Place | None = None
    help: Message = NOTHING
    severity: Severity = "error"

    def __str__(self) -> str:
        return str(self.as_message())

    def as_message(self) -> Message:
        """The problem in lines: what is wrong, where, the text as it stands there, what to do."""
        return joined("\n", [joined("", (SEVERITIES[self.severity], ": ", self.message)), *self.details()])

    def details(self) -> list[Message]:
        """The lines below the first."""
        lines: list[Message] = []
        if self.place is not None:
            lines.append(joined("", ("  --> ", self.place.as_message())))
            if self.place.text:
                gutter = str(self.place.line) if self.place.line is not None else ""
                lines.append(joined("", (f"  {gutter:>4} | ", self.place.text)))
        if self.help:
            lines.append(joined("", ("  ", said("help"), ": ", self.help)))
        return lines


def plain_problem(problem: Diagnostic) -> list[object]:
    """A problem as JSON can keep it. Raises `ValueError` for one that speaks of what is no plain value."""
    place = problem.place
    where = [place.file, place.line, plain_message(place.spot), place.text] if place is not None else None
    return [plain_message(problem.message), where, plain_message(problem.help), problem.severity]


def problem_of(plain: Any) -> Diagnostic:
    """The problem that `plain_problem` made plain; for its own values only, others raise whatever comes of them."""
    message, where, help, severity = plain
    place = Place(where[0], where[1], message_of(where[2]), where[3]) if where is not None else None
    return Diagnostic(message_of(message), place, message_of(help), severity)


class KitgenError(Exception):
    """Raised when a run cannot go on; carries every problem found up to then, at least one."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("\n".join(str(diagnostic) for diagnostic in self.diagnostics))

    def __reduce__(self) -> tuple[type["KitgenError"], tuple[tuple[Diagnostic, ...]]]:
        return type(self), (self.diagnostics,)


class Refused(Exception):
    """Raised for what cannot be done or taken; `message` says why. Caught and told with its place where it is known."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


class WrongUsage(Refused):
    """Raised for a name or an option that cannot be used; a command line ends with exit code 2."""


def failure(message: Message, place: Place | None = None, help: Message = NOTHING) -> KitgenError:
    """A `KitgenError` with one problem in it, ready to be raised."""
    return KitgenError([Diagnostic(message, place, help)])


_RIGHTS: Final = said("check its rights")


def unreadable(error: OSError, place: Place, help: Message = _RIGHTS) -> KitgenError:
    """What to raise where the disk does not let a file be read: a `KitgenError` with the reason it gives."""
    return failure(said("file cannot be read ({strerror})", strerror=error.strerror), place, help)


@dataclass(slots=True)
class Findings:
    """Collects problems so that a person hears of all of them at once."""

    diagnostics: list[Diagnostic] = field(default_factory=list)

    def error(self, message: Message, place: Place | None = None, help: Message = NOTHING) -> None:
        """Note something that stops the run."""
        self.diagnostics.append(Diagnostic(message, place, help))

    def warning(self, message: Message, place: Place | None = None, help: Message = NOTHING) -> None:
        """Note something odd or missing that does not stop the run (but does under `--strict`)."""
        self.diagnostics.append(Diagnostic(message, place, help, "warning"))

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Take over problems found elsewhere."""
        self.diagnostics.extend(diagnostics)

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self.diagnostics)

    @property
    def errors(self) -> list[Diagnostic]:
        """The problems that stop the run."""
        return [diagnostic for diagnostic in self.diagnostics if diagnostic.severity == "error"]

    @property
    def warnings(self) -> list[Diagnostic]:
        """The problems that do not."""
        return [diagnostic for diagnostic in self.diagnostics if diagnostic.severity == "warning"]

    def stop_on_errors(self) -> None:
        """Raise a `KitgenError` with everything collected if any of it is an error."""
        if self.errors:
            raise KitgenError(self.diagnostics)


def did_you_mean(name: str, known: Iterable[str]) -> Message:
    """`did you mean ...?` for the nearest known name, or an empty text if none is near."""
    import difflib

    near = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    return said("did you mean `{name}`?", name=near[0]) if near else NOTHING
