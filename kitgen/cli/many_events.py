"""Many events in one command: each by itself, a line of the report for each, what is odd told once for all of them.

An event that fails stops no other; the command then ends with 1.
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import click

from kitgen.base.errors import Diagnostic, KitgenError
from kitgen.base.messages import Message, counted, joined, said
from kitgen.cli.console import tell_of_event
from kitgen.cli.language import say, styled
from kitgen.cli.progress import Progress
from kitgen.cli.table import row
from kitgen.kits.paths import safe_name

_LEAST: Final = 8
"""Signs of the narrowest column."""


@dataclass(frozen=True, slots=True)
class EventResult:
    """Hasil satu jadwal: its counts by the names of the report's columns, all that is odd, what JSON tells of it."""

    counts: Mapping[str, int]
    problems: Sequence[Diagnostic]
    has_failed: bool = False
    content: Any = None


@dataclass(frozen=True, slots=True)
class EventTurn:
    """Giliran: which event it is, and its number among how many."""

    name: str
    number: int
    total: int

    def progress(self, what: Message) -> Progress:
        """Progress of this event's work, with its number."""
        return Progress(joined(" ", (what, f"{self.number}/{self.total}")))


def report_events(
    ctx: click.Context,
    events: Sequence[str],
    heads: Mapping[str, Message],
    work: Callable[[EventTurn], EventResult],
    names: bool = False,
    is_shown: bool = True,
) -> dict[str, EventResult | None]:
    """Do the work of each event and report it; gives what came of each, None where it raised.

    `heads` are the columns of the report. What is odd is told at the end, that of a scheme of many events once;
    `names` is as for `tell`. Where the report `is_shown`, each event has its line as soon as it is done.
    """
    width = max(10, *(len(safe_name(name)) for name in events))
    columns = [(head, -max(_LEAST, len(head))) for head in heads.values()]
    if is_shown:
        say(row((said("event"), width), *columns))
    results: dict[str, EventResult | None] = {}
    problems: dict[Diagnostic, None] = {}
    totals: Counter[str] = Counter()
    for number, name in enumerate(events, 1):
        try:
            result = results[name] = work(EventTurn(name, number, len(events)))
        except KitgenError as error:
            results[name] = None
            problems |= dict.fromkeys(error.diagnostics)
            if is_shown:
                say(row((safe_name(name), width), (styled(said("failed; told below"), fg="red"), 0)))
            continue
        totals.update(result.counts)
        problems |= dict.fromkeys(result.problems)
        if is_shown:
            say(_line(safe_name(name), width, heads, columns, result.counts))
    failed = failed_of(results)
    if is_shown:
        say(_line(counted(len(events), "event"), width, heads, columns, totals))
    tell_of_event(ctx.obj, problems, names)
    if failed:
        told = ", ".join(map(safe_name, failed))
        say(said("{events} failed: {told}", events=counted(len(failed), "event"), told=told), err=True)
    return results


def _line(
    name: str,
    width: int,
    heads: Mapping[str, Message],
    columns: Sequence[tuple[Message, int]],
    counts: Mapping[str, int],
) -> Message:
    cells = ((str(counts.get(key, 0)), size) for key, (_, size) in zip(heads, columns, strict=True))
    return row((name, width), *cells)


def failed_of(results: Mapping[str, EventResult | None]) -> list[str]:
    """The events that failed."""
    return [name for name, result in results.items() if result is None or result.has_failed]


def print_events_json(results: Mapping[str, EventResult | None]) -> None:
    """All of it for programs: of each event what the command tells of one, and the sums."""
    totals: Counter[str] = Counter()
    rows = []
    for name, result in results.items():
        content = result.content if result is not None else {}
        rows.append({"event": name, "failed": result is None or result.has_failed, **content})
        totals.update(content.get("summary", {}))
    summary = {"events": len(rows), "events_failed": len(failed_of(results)), **totals}
    say(json.dumps({"events": rows, "summary": summary}, ensure_ascii=False, indent=1))


def asked_for(ctx: click.Context) -> str:
    """The options by which the events of this command were named, for the next one."""
    if ctx.params["all_events"]:
        return " --all-events"
    return "".join(f" --event {name}" for name in dict.fromkeys(ctx.params["event"]))
