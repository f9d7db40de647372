"""`kitgen` alone: where the project stands, and the three commands that make sense now."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from kitgen.base.messages import Message, counted, joined, padded, said
from kitgen.cli.language import say, styled

if TYPE_CHECKING:
    from kitgen.documents.status.overview import EventOverview, ProjectOverview, Step

_MOST: Final = 5
_STEPS: "Final[dict[Step, Message]]" = {
    "workbook": said("its workbook is to be filled in and checked"),
    "documents": said("its documents are to be made"),
    "changed": said("its workbook was changed since its documents were made"),
    "packs": said("its documents are made; PDFs to print are not"),
    "handover": said("its packs are made; nothing was handed over yet"),
    "results": said("handed over; results are not recorded yet"),
    "done": said("results are recorded"),
}

Line = tuple[str, Message]
"""A command and what it does."""

_CHECK: Final[Line] = ("kitgen kurang", said("what the kit still lacks, in order of work"))
_BUILD: Final[Line] = ("kitgen build", said("make the documents of the scheme"))
_NEW_EVENT: Final[Line] = ("kitgen event new NAME", said("a workbook for the next event"))
_OF_NO_PROJECT: Final[tuple[Line, ...]] = (
    ("kitgen init DIR", said("begin a project in a new folder")),
    ("kitgen -C FOLDER", said("look at the project in another folder")),
    ("kitgen --help", said("every command")),
)


def print_overview(root: Path | None) -> None:
    """Tell where the project in this folder (None: there is none) stands, and what to do now."""
    if root is None:
        say(said("there is no project in this folder or above it: none of them holds `scheme/`"))
        _print_commands(_OF_NO_PROJECT)
        return
    from kitgen.documents.status.overview import overview_of

    overview = overview_of(root)
    say(said("project {name}", name=root.name))
    for edition in overview.editions:
        state = said("released") if edition.is_released else said("draft")
        made = said("documents made") if edition.is_built else said("no documents yet")
        say(joined(" ", (" ", edition.scheme, edition.edition, said("({state}; {made})", state=state, made=made))))
    for event in overview.events[:_MOST]:
        say(said("  event {name}: {step}", name=event.name, step=_STEPS[event.step]))
    if len(overview.events) > _MOST:
        say(said("  and {more}", more=counted(len(overview.events) - _MOST, "more event")))
    if not overview.has_identity:
        say(said("  scheme/identity.yaml is missing: no page says which LSP this is"))
    _print_commands(commands_for(overview))


def _print_commands(commands: tuple[Line, ...]) -> None:
    say()
    say(said("what makes sense now:"))
    width = max(len(command) for command, _ in commands)
    for command, does in commands:
        say(joined("", ("  ", styled(padded(command, width), bold=True), "  ", does)))
    say(said("every command: kitgen --help"))


def commands_for(overview: "ProjectOverview") -> tuple[Line, ...]:
    """The three commands for where a project stands: those of the event worked on last, else of its scheme."""
    if not overview.editions:
        return _OF_NO_PROJECT
    if not overview.events:
        return _CHECK, _BUILD, _NEW_EVENT
    return _of_event(overview.events[0])


def _of_event(event: "EventOverview") -> tuple[Line, ...]:
    name = event.name
    check = f"kitgen event check {name}", said("what is wrong in its workbook")
    plan = f"kitgen plan --event {name}", said("what a build would make, and why")
    build = f"kitgen build --event {name}", said("make its documents")
    pack = f"kitgen pack --event {name}", said("make PDFs to print")
    verify = f"kitgen verify --event {name}", said("read every document back")
    deliver = f"kitgen event deliver {name}", said("zips to hand over, each with a sheet to sign")
    results = f"kitgen event results {name}", said("read the results typed into the recap")
    recall = f"kitgen recall {name}", said("which printed sheets are void")
    archive = f"kitgen event archive {name} {name}.zip", said("keep all of it in one locked file")
    purge = f"kitgen event purge {name}", said("what a purge of personal data would remove")
    lines: dict[Step, tuple[Line, ...]] = {
        "workbook": (check, build, _CHECK),
        "documents": (check, build, _CHECK),
        "changed": (plan, build, recall),
        "packs": (pack, verify, deliver),
        "handover": (deliver, pack, verify),
        "results": (results, recall, build),
        "done": (build, archive, purge),
    }
    return lines[event.step]
