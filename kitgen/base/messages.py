"""Messages keep their parts: the words of the program and what they speak of, so that they can be told in any language.

A message is a text in English that remembers its template and arguments. Everything that takes a text takes a message;
whoever tells it to a person asks `told` for it in the person's language.
"""

from collections.abc import Callable, Iterable
from typing import Any, Final

Translate = Callable[[str], str]
"""Gives the translation of a template, or the template itself where there is none."""


class Message(str):
    """Pesan: a text for people. As a text it is English; `template` and `arguments` are what it was made of."""

    template: str
    arguments: dict[str, object]

    def __new__(cls, template: str, /, **arguments: object) -> "Message":
        """The message with its template filled; without arguments braces stay as they are."""
        made = super().__new__(cls, template.format(**arguments) if arguments else template)
        made.template, made.arguments = template, arguments
        return made

    def told(self, translate: Translate) -> str:
        """The text in another language; messages among the arguments are told in it, too."""
        template = translate(self.template) if self.template else self.template
        if not self.arguments:
            return template
        return template.format(**{name: told(value, translate) for name, value in self.arguments.items()})

    def changed(self, change: Callable[[str], str]) -> "Message":
        """The same message about arguments that went through `change`, which leaves the words of the program alone."""
        return Message(self.template, **{name: _changed(value, change) for name, value in self.arguments.items()})

    def about(self, **arguments: object) -> "Message":
        """The template of this message with arguments: for templates that stand in a table."""
        return Message(self.template, **arguments)

    def __add__(self, other: str) -> "Message":
        return joined("", (self, other))

    def __radd__(self, other: str) -> "Message":
        return joined("", (other, self))

    def __getnewargs_ex__(self) -> tuple[tuple[str, ...], dict[str, object]]:
        return (self.template,), self.arguments


class _Joined(Message):
    """Messages and plain texts in a row; nothing of its own is translated."""

    parts: tuple[str, ...]

    def __new__(cls, *parts: str) -> "_Joined":
        made = str.__new__(cls, "".join(parts))
        made.template, made.arguments, made.parts = "", {}, parts
        return made

    def told(self, translate: Translate) -> str:
        return "".join(str(told(part, translate)) for part in self.parts)

    def changed(self, change: Callable[[str], str]) -> Message:
        changed = (part.changed(change) if isinstance(part, Message) else change(part) for part in self.parts)
        return _Joined(*changed)

    def __getnewargs_ex__(self) -> tuple[tuple[str, ...], dict[str, object]]:
        return self.parts, {}


class _Counted(Message):
    """A number with its noun; a language without plurals has one word for it."""

    number: int
    one: str
    many: str

    def __new__(cls, count: int, one: str, many: str) -> "_Counted":
        made = str.__new__(cls, f"{count} {one if count == 1 else many}")
        made.template, made.arguments, made.number, made.one, made.many = one, {}, count, one, many
        return made

    def told(self, translate: Translate) -> str:
        noun = translate(self.one)
        has_own_words = noun != self.one or translate("") != ""  # a catalogue's head stands under the empty text
        return f"{self.number} {noun}" if has_own_words else str(self)

    def changed(self, change: Callable[[str], str]) -> Message:
        return self

    def __getnewargs_ex__(self) -> tuple[tuple[Any, ...], dict[str, object]]:
        return (self.number, self.one, self.many), {}


class _Padded(Message):
    """A text in a column: as wide as the column at least, in whatever language."""

    text: str
    width: int

    def __new__(cls, text: str, width: int) -> "_Padded":
        made = str.__new__(cls, _beside(text, width))
        made.template, made.arguments, made.text, made.width = "", {}, text, width
        return made

    def told(self, translate: Translate) -> str:
        return _beside(str(told(self.text, translate)), self.width)

    def changed(self, change: Callable[[str], str]) -> Message:
        return _Padded(self.text.changed(change) if isinstance(self.text, Message) else change(self.text), self.width)

    def __getnewargs_ex__(self) -> tuple[tuple[Any, ...], dict[str, object]]:
        return (self.text, self.width), {}


class _Meaning(Message):
    """A name of the data: an Indonesian reader is told what the model says it means, everybody else the name."""

    name: str
    meaning: str

    def __new__(cls, name: str, meaning: str) -> "_Meaning":
        made = str.__new__(cls, name)
        made.template, made.arguments, made.name, made.meaning = "", {}, name, meaning
        return made

    def told(self, translate: Translate) -> str:
        return self.meaning if _INDONESIAN in translate("") else self.name  # a catalogue's head stands there

    def changed(self, change: Callable[[str], str]) -> Message:
        return self

    def __getnewargs_ex__(self) -> tuple[tuple[str, ...], dict[str, object]]:
        return (self.name, self.meaning), {}


_INDONESIAN: Final = "Language: id"

NOTHING = Message("")
"""No message at all."""


def said(template: str, /, **arguments: object) -> Message:
    """A message: a template with the names of its arguments in braces, and these.

    Without arguments, braces are braces. The catalogue is made of what stands in the first argument: write it out.
    """
    return Message(template, **arguments)


def joined(separator: str, parts: Iterable[str]) -> Message:
    """Messages in a row; each is told in the person's language, plain texts and the separator as they are."""
    row: list[str] = []
    for part in parts:
        row += [separator, part] if row and separator else [part]
    return _Joined(*row)


def padded(text: str, width: int) -> Message:
    """A text as it stands in a column of a table on the terminal; to the right where the width is negative."""
    return _Padded(text, width)


def counted(count: int, one: str, many: str = "") -> Message:
    """A number with its noun; `many` where it is not the noun with an s: `counted(2, "copy", "copies")`."""
    return _Counted(count, one, many or f"{one}s")


def meaning(name: str, indonesian: str) -> Message:
    """A name of the data, told to Indonesian readers by its meaning, which the model has and no catalogue."""
    return _Meaning(name, indonesian)


def agreeing(count: int, one: Message, many: Message) -> Message:
    """The words that go with so many: `agreeing(1, said("it is"), said("they are"))`."""
    return one if count == 1 else many


def cause_of(message: str) -> object:
    """What messages about one thing after another have in common: the sentences they were made of, in order."""
    if isinstance(message, _Joined):
        return tuple(cause_of(part) for part in message.parts if isinstance(part, Message)) or str(message)
    if isinstance(message, Message):
        below = (cause_of(value) for value in message.arguments.values() if isinstance(value, Message))
        return (message.template, *below)
    return message


def told(value: object, translate: Translate) -> object:
    """An argument as it is told: a message in the person's language, anything else as it is."""
    return value.told(translate) if isinstance(value, Message) else value


def plain_message(value: object) -> object:
    """A message, or an argument of one, as JSON can keep it. Raises `ValueError` for one that is no plain value."""
    if isinstance(value, Message):
        arguments, named = value.__getnewargs_ex__()
        return [_KINDS.index(type(value)), list(map(plain_message, arguments)),
                {name: plain_message(each) for name, each in named.items()}]  # fmt: skip
    if value is None or type(value) in (str, int, float, bool):
        return value
    raise ValueError(type(value).__name__)


def message_of(plain: Any) -> Any:
    """The message, or the argument, that `plain_message` made plain; for its own values only."""
    if not isinstance(plain, list):
        return plain
    kind, arguments, named = plain
    return _KINDS[kind](*map(message_of, arguments), **{name: message_of(each) for name, each in named.items()})


_KINDS: Final[tuple[Callable[..., Message], ...]] = (Message, _Joined, _Counted, _Padded, _Meaning)


def _beside(text: str, width: int) -> str:
    return text.ljust(width) if width >= 0 else text.rjust(-width)


def _changed(value: object, change: Callable[[str], str]) -> object:
    if isinstance(value, Message):
        return value.changed(change)
    return change(value) if isinstance(value, str) else value
