"""The options that say what a run is about, the same for every command that makes or plans documents."""

from collections.abc import Callable
from typing import Any

import click

_OPTIONS = (
    click.option("--scheme", help="Only this scheme (the name of its folder)."),
    click.option("--edition", help="This edition instead of the newest."),
    click.option("--unit", help="Only the kit of this unit, by its code."),
    click.option("--form", help="Only this form, by its code."),
    click.option("--event", help="The documents of this event (a folder in events/) instead of the schemes' kits."),
    click.option("--names", is_flag=True, help="Tell people of an event by name, and what their documents say."),
    click.option("--json", "as_json", is_flag=True, help="Print the result as JSON."),
)


def selecting(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds `--scheme --edition --unit --form --event --names --json` to a command."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
