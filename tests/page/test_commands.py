"""The table of commands on the page: complete, and true."""

import click
import pytest

from kitgen.cli import cli
from kitgen.page.actions import ACTIONS
from kitgen.page.commands import NOT_ON_PAGE, ON_PAGE
from kitgen.page.site import PARTS


def commands(group: click.Group, before: str = "") -> set[str]:
    found: set[str] = set()
    for name, command in group.commands.items():
        found |= commands(command, f"{before}{name} ") if isinstance(command, click.Group) else {f"{before}{name}"}
    return found


def test_each_command_is_on_the_page_or_it_is_told_why_not() -> None:
    """A new command is entered in one of the two tables of `kitgen/page/commands.py`."""
    assert set(ON_PAGE) | set(NOT_ON_PAGE) == commands(cli)
    assert not set(ON_PAGE) & set(NOT_ON_PAGE)


def test_each_button_is_a_command_that_is_said_to_be_on_the_page() -> None:
    """And each command that writes, which is said to be there, has a button."""
    buttons = {action.command for action in ACTIONS.values()}
    assert buttons <= set(ON_PAGE)
    only_read = {"check", "edition list", "plan", "template list"}
    assert set(ON_PAGE) - buttons == only_read


@pytest.mark.parametrize("name", sorted(ON_PAGE))
def test_a_command_stands_on_a_part_there_is(name: str) -> None:
    """The address in the table is one of the navigation."""
    assert ON_PAGE[name] in [address for address, _ in PARTS]
