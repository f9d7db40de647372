"""How commands and options are declared: as click does it, with help in the language that is spoken."""

import inspect
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

from kitgen.base.messages import Message, said
from kitgen.cli.amount import note_amount
from kitgen.cli.language import in_words, translated
from kitgen.cli.next_step import tell_next

F = TypeVar("F", bound=Callable[..., Any])


class _WithHelp:
    """The help of a command or an option, translated when it is asked for."""

    _help: str | None = None

    @property
    def help(self) -> str | None:
        """What it does."""
        return translated(self._help) if self._help else self._help

    @help.setter
    def help(self, text: str | None) -> None:
        self._help = inspect.cleandoc(text) if text else text


class _Told(_WithHelp):
    """The texts of a command, translated when they are asked for."""

    _short_help: str | None = None

    @property
    def short_help(self) -> str | None:
        """The same in a few words, for the list of commands."""
        return translated(self._short_help) if self._short_help else self._short_help

    @short_help.setter
    def short_help(self, text: str | None) -> None:
        self._short_help = text


class Command(_Told, click.Command):
    """A command whose help speaks the person's language, that takes `-v`, and says at its end what to do next."""

    next_step: Message | None = None

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.params.append(
            Option(
                ["-v", "--verbose"],
                is_flag=True,
                is_eager=True,
                expose_value=False,
                callback=note_amount,
                help="Tell every case and every document, not only sums.",
            )
        )

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. An error that ends it is told first; then what to do about it is said where it is told."""
        try:
            result = super().invoke(ctx)
        except click.exceptions.Exit as ended:
            tell_next(ctx, self.next_step, has_failed=bool(ended.exit_code))
            raise
        tell_next(ctx, self.next_step)
        return result


class Group(_Told, click.Group):
    """A group of commands whose help speaks the person's language."""

    command_class = Command
    group_class = type

    def command(  # type: ignore[override]
        self, *arguments: Any, **named: Any
    ) -> Callable[[Callable[..., Any]], Command]:
        """`click.Group.command`; `then` is what is usually done next."""
        step = named.pop("then", None)
        declared = super().command(*arguments, **named)

        def with_step(function: Callable[..., Any]) -> Command:
            made: Command = declared(function)
            made.next_step = step
            return made

        return with_step


class Option(_WithHelp, click.Option):
    """An option whose help speaks the person's language. One that takes one value is refused when it is given again:
    click would take the last value and say nothing of the others."""

    @property
    def _is_single(self) -> bool:
        return not (self.multiple or self.count or self.is_flag)

    def add_to_parser(self, parser: Any, ctx: click.Context) -> None:
        """`click.Option.add_to_parser`, but let every value be kept, so that they can be counted."""
        if not self._is_single:
            return super().add_to_parser(parser, ctx)
        parser.add_option(obj=self, opts=self.opts, dest=self.name, action="append", nargs=self.nargs)

    def consume_value(self, ctx: click.Context, opts: Mapping[str, Any]) -> tuple[Any, Any]:
        """`click.Option.consume_value` of the one value that was given. Raises `UsageError` for a second."""
        given = opts.get(self.name or "")
        if not self._is_single or not isinstance(given, list):
            return super().consume_value(ctx, opts)
        if len(given) > 1:
            told = said("{option} is given {count} times, and only one of them can hold", option=self.opts[-1],
                        count=len(given))  # fmt: skip
            raise UsageError(told, ctx)
        return super().consume_value(ctx, {**opts, self.name: given[0]})


def command(
    name: str | None = None, then: Message | None = None, **more: Any
) -> Callable[[Callable[..., Any]], Command]:
    """`click.command` with help in the person's language; `then` is what is usually done next."""

    def declared(function: Callable[..., Any]) -> Command:
        made = click.command(name, cls=Command, **more)(function)
        made.next_step = then
        return made

    return declared


def group(name: str | None = None, **more: Any) -> Callable[[Callable[..., Any]], Group]:
    """`click.group` with help in the person's language."""
    return click.group(name, cls=Group, **more)


def option(*declared: str, **more: Any) -> Callable[[F], F]:
    """`click.option` with help in the person's language."""
    return click.option(*declared, cls=Option, **more)


def word_copy(function: F) -> F:
    """Options of an answer that can be had as a Word document, too: where to, and whether over an edited one."""
    over = option("--replace", is_flag=True, help="Write over a Word document that a person made or edited.")
    path = click.Path(dir_okay=False, path_type=Path)
    return option("--docx", "out", type=path, help="Write it as a Word document, too.")(over(function))


def called_otherwise(function: F) -> F:
    """The option of a command that reads a file: what messages call it, where it lies under another name."""
    called = option("--called", envvar="KITGEN_CALLED", default="",
                    help="What messages call the file, where it lies under another name.")  # fmt: skip
    return called(function)


class UsageError(click.UsageError):
    """Wrong use of a command, told in the person's language."""

    def __init__(self, message: str, ctx: click.Context | None = None) -> None:
        super().__init__(in_words(message), ctx)


class BadParameter(click.BadParameter):
    """A wrong value of an option or argument, told in the person's language."""

    def __init__(self, message: str, ctx: click.Context | None = None, param_hint: str | None = None) -> None:
        super().__init__(in_words(message), ctx, param_hint=param_hint)
