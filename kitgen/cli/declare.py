"""How commands and options are declared: as click does it, with help in the language that is spoken."""

import inspect
from collections.abc import Callable
from typing import Any, TypeVar

import click

from kitgen.cli.language import in_words, translated

F = TypeVar("F", bound=Callable[..., Any])


class _Told:
    """The texts of a command, translated when they are asked for."""

    _help: str | None = None
    _short_help: str | None = None

    @property
    def help(self) -> str | None:
        """What the command does."""
        return translated(self._help) if self._help else self._help

    @help.setter
    def help(self, text: str | None) -> None:
        self._help = inspect.cleandoc(text) if text else text

    @property
    def short_help(self) -> str | None:
        """The same in a few words, for the list of commands."""
        return translated(self._short_help) if self._short_help else self._short_help

    @short_help.setter
    def short_help(self, text: str | None) -> None:
        self._short_help = text


class Command(_Told, click.Command):
    """A command whose help speaks the person's language."""


class Group(_Told, click.Group):
    """A group of commands whose help speaks the person's language."""

    command_class = Command
    group_class = type


class Option(click.Option):
    """An option whose help speaks the person's language."""

    _help: str | None = None

    @property
    def help(self) -> str | None:
        """What the option does."""
        return translated(self._help) if self._help else self._help

    @help.setter
    def help(self, text: str | None) -> None:
        self._help = inspect.cleandoc(text) if text else text


def command(name: str | None = None, **more: Any) -> Callable[[Callable[..., Any]], Command]:
    """`click.command` with help in the person's language."""
    return click.command(name, cls=Command, **more)


def group(name: str | None = None, **more: Any) -> Callable[[Callable[..., Any]], Group]:
    """`click.group` with help in the person's language."""
    return click.group(name, cls=Group, **more)


def option(*declared: str, **more: Any) -> Callable[[F], F]:
    """`click.option` with help in the person's language."""
    return click.option(*declared, cls=Option, **more)


class UsageError(click.UsageError):
    """Wrong use of a command, told in the person's language."""

    def __init__(self, message: str, ctx: click.Context | None = None) -> None:
        super().__init__(in_words(message), ctx)


class BadParameter(click.BadParameter):
    """A wrong value of an option or argument, told in the person's language."""

    def __init__(self, message: str, ctx: click.Context | None = None, param_hint: str | None = None) -> None:
        super().__init__(in_words(message), ctx, param_hint=param_hint)
