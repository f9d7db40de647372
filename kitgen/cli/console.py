"""What people see: problems with their places, states of documents, progress.

Talk goes to stderr, results to stdout.
"""

import json
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from typing import Any, Final

import click

from kitgen.assessment import Assessed, Orphan
from kitgen.compare import Difference, focused
from kitgen.errors import Diagnostic
from kitgen.reasons import grouped
from kitgen.staleness import State

MAX_REASONS: Final = 5
_COLOURS: Final = {"error": "red", "warning": "yellow"}
_STATE_COLOURS: Final[dict[State, str]] = {
    "new": "green", "changed": "yellow", "deleted": "green", "edited": "cyan", "resaved": "cyan",
    "foreign": "cyan", "orphan": "magenta",
}  # fmt: skip


def tell(diagnostics: Iterable[Diagnostic]) -> None:
    """Print problems on stderr, and how many there are."""
    counts: Counter[str] = Counter()
    for diagnostic in diagnostics:
        counts[diagnostic.severity] += 1
        head, *rest = str(diagnostic).split("\n")
        severity, _, message = head.partition(":")
        click.echo(click.style(severity, fg=_COLOURS[severity], bold=True) + ":" + message, err=True)
        for line in rest:
            click.echo(line, err=True)
    if counts:
        parts = [f"{count} {name}{'s' if count != 1 else ''}" for name, count in sorted(counts.items())]
        click.echo(", ".join(parts), err=True)


def print_states(
    documents: Sequence[Assessed], orphans: Sequence[Orphan], left_out: Collection[str] = ("same",)
) -> None:
    """A line for each document of another state than those left out, its reasons below it."""
    for document in documents:
        if document.state in left_out:
            continue
        _print_state(document.state, document.path, document.reasons)
    for orphan in orphans:
        fate = "edited by hand and kept" if orphan.is_edited else f"no form or unit asks for it ({orphan.record.form})"
        _print_state("orphan", orphan.path, (fate,))


def _print_state(state: State, path: str, reasons: Sequence[str]) -> None:
    click.echo(f"{_label(state)} {path}")
    for reason in shortened(reasons):
        click.echo(f"           {reason}")


def _label(state: State) -> str:
    return click.style(f"{state:<8}", fg=_STATE_COLOURS.get(state))


def shortened(reasons: Sequence[str], most: int = MAX_REASONS) -> list[str]:
    """The first few reasons, and how many more there are."""
    more = len(reasons) - most
    return [*reasons[:most], *([f"and {more} more places"] if more > 0 else [])]


def print_groups(documents: Sequence[Assessed]) -> None:
    """Changed documents with equal reasons together: the data behind them, old and new words, then the documents."""
    changed = [document for document in documents if document.state == "changed"]
    for group in grouped([document.why for document in changed]):
        members = [changed[number] for number in group.members]
        forms = ", ".join(dict.fromkeys(document.form.code for document in members))
        count = f"{len(members)} document{'s' if len(members) != 1 else ''}"
        click.echo(f"{count} ({forms})")
        for cause in shortened(group.causes):
            click.echo(click.style(f"  because of {cause}", bold=True))
        words = {Difference("", *focused(old, new)).words.replace("**", ""): None for old, new in group.words}
        for line in shortened(sorted(words, key=len) or members[0].reasons):
            click.echo(f"  {line}")
        for document in members:
            spots = "; ".join(shortened([change.spot for change in document.why.changes], 3))
            click.echo(f"{_label('changed')} {document.path}" + (f": {spots}" if spots else ""))
        click.echo()


def summary_of(documents: Sequence[Assessed], orphans: Sequence[Orphan], **more: int) -> dict[str, int]:
    """How many documents there are, and how many in each state."""
    counts = Counter(document.state for document in documents)
    states = {
        state: counts.get(state, 0) for state in ("new", "changed", "same", "edited", "resaved", "deleted", "foreign")
    }
    return {"documents": len(documents), **states, "orphans": len(orphans), **more}


def print_json(documents: Sequence[Assessed], orphans: Sequence[Orphan], summary: dict[str, int]) -> None:
    """The same for programs: paths with `/`, relative to `output/`."""
    rows: list[dict[str, Any]] = [
        {
            "path": document.path,
            "form": document.form.code,
            "kit": document.kit,
            "per": document.form.per,
            "audience": document.form.audience,
            "state": document.state,
            "serial": document.record.serial,
            "reasons": list(document.reasons),
            "causes": list(document.why.causes),
            "changes": [asdict(change) for change in document.why.changes],
        }
        for document in documents
    ]
    rows += [
        {"path": orphan.path, "form": orphan.record.form, "kit": orphan.record.kit, "per": None, "audience": None,
         "state": "orphan", "serial": orphan.record.serial, "reasons": ["edited by hand and kept"] * orphan.is_edited,
         "causes": [], "changes": []}
        for orphan in orphans
    ]  # fmt: skip
    click.echo(json.dumps({"documents": rows, "summary": summary}, ensure_ascii=False, indent=1))


def show_progress(number: int, total: int) -> None:
    """One line that counts, on a terminal only."""
    if sys.stderr.isatty():
        click.echo(f"\r{number}/{total}", nl=number == total, err=True)
