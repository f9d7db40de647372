"""What people see: problems with their places, states of documents, progress.

Talk goes to stderr, results to stdout.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final

import click

from kitgen.assessment import Assessed, Orphan
from kitgen.errors import Diagnostic
from kitgen.staleness import State

_COLOURS: Final = {"error": "red", "warning": "yellow"}
_STATE_COLOURS: Final[dict[State, str]] = {
    "new": "green", "changed": "yellow", "deleted": "green", "edited": "cyan", "foreign": "cyan", "orphan": "magenta",
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


def print_states(documents: Sequence[Assessed], orphans: Sequence[Orphan], show_same: bool = False) -> None:
    """A line for each document that is not as it would be made now, its reasons below it."""
    for document in documents:
        if document.state == "same" and not show_same:
            continue
        _print_state(document.state, document.path, document.reasons)
    for orphan in orphans:
        fate = "edited by hand and kept" if orphan.is_edited else f"no form or unit asks for it ({orphan.record.form})"
        _print_state("orphan", orphan.path, (fate,))


def _print_state(state: State, path: str, reasons: Sequence[str]) -> None:
    label = click.style(f"{state:<8}", fg=_STATE_COLOURS.get(state))
    click.echo(f"{label} {path}")
    for reason in reasons:
        click.echo(f"           {reason}")


def summary_of(documents: Sequence[Assessed], orphans: Sequence[Orphan], **more: int) -> dict[str, int]:
    """How many documents there are, and how many in each state."""
    counts = Counter(document.state for document in documents)
    states = {state: counts.get(state, 0) for state in ("new", "changed", "same", "edited", "deleted", "foreign")}
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
        }
        for document in documents
    ]
    rows += [
        {"path": orphan.path, "form": orphan.record.form, "kit": orphan.record.kit, "per": None, "audience": None,
         "state": "orphan", "serial": orphan.record.serial, "reasons": ["edited by hand and kept"] * orphan.is_edited}
        for orphan in orphans
    ]  # fmt: skip
    click.echo(json.dumps({"documents": rows, "summary": summary}, ensure_ascii=False, indent=1))


def show_progress(number: int, total: int) -> None:
    """One line that counts, on a terminal only."""
    if sys.stderr.isatty():
        click.echo(f"\r{number}/{total}", nl=number == total, err=True)
