"""From a YAML text to its nodes, within bounds: what data files never need is refused, at the line where it stands."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import yaml

from kitgen.base.errors import Refused
from kitgen.base.messages import NOTHING, Message, said

MAX_DEPTH: Final = 100
MAX_VALUES: Final = 200_000
"""Texts, lists and groups in one file: the largest bank has a tenth of it, and each costs memory."""
_MAY_BEGIN: Final = re.compile(r"(?<!\w)[&*!]")
"""What an anchor, alias or tag begins with; behind a letter it belongs to a text."""
_PLAIN_TEXTS: Final = said("write plain texts, in double quotes")
_LOOK: Final = said("check quotes, colons and the blanks before this line and the one above it")
_IN_QUOTES: Final = said("write the text in double quotes")
_OTHERWISE: Final = said("the line does not go with the lines above it")
_LIST_ENDS: Final = (
    said("a list in brackets is not closed, or lacks a comma"), said("check brackets and commas in this line")
)  # fmt: skip
_ANOTHER: Final = said("a second document begins here (`---` or `...`)"), said("keep one of the two, in one file")
_PROBLEMS: Final[Mapping[str, tuple[Message, Message]]] = {
    "found character that cannot start any token": (said("the text begins with a sign that needs quotes"), _IN_QUOTES),
    "mapping values are not allowed in this context": (
        said("a colon followed by a blank stands in a text without quotes"), _IN_QUOTES,
    ),
    "block sequence entries are not allowed in this context": (
        said("an item of a list (`- `) stands where none can be"), _LOOK,
    ),
    "found unknown escape character": (
        said("a backslash stands in double quotes"), said("write it twice, or put the text in single quotes"),
    ),
    "did not find expected ',' or ']'": _LIST_ENDS,
    "did not find expected ',' or '}'": _LIST_ENDS,
    "but found another document": _ANOTHER,
    "did not find expected <document start>": _ANOTHER,
    "could not find expected ':'": (said("the line is neither `key: value` nor a text in quotes"), _LOOK),
}  # fmt: skip
"""What the library says, in words of people who do not know it."""
_QUOTES: Final = re.compile(r'(?<!\\)"')
_NO_SIGN: Final = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Unreadable(Refused):
    """Raised for a text that cannot be read, or that uses what data files never need.

    `line` is counted from 1, and 0 where the library names none.
    """

    def __init__(self, message: Message, line: int, help: Message = NOTHING) -> None:
        super().__init__(message)
        self.line, self.help = line, help


def wrong_yaml(text: str, problem: str, line: int) -> Unreadable:
    """What is told of a text the library cannot read, in words of people who do not know YAML, and where to look.

    `problem` is what the library says, `line` where it gave up: often behind the line the fault stands in.
    """
    lines = text.splitlines()
    here = lines[line - 1] if 0 < line <= len(lines) else ""
    opened = next((number for number, each in enumerate(lines[:line], 1) if _has_open_quote(each)), 0)
    if here.lstrip(" ").startswith("\t"):
        told, help = said("the line begins with a tab"), said("put blanks in the place of the tab")
    elif opened:
        line, told = opened, said("a quotation mark is not closed in this line")
        help = said('put the closing `"` at the end of the text')
    else:
        told, help = _PROBLEMS.get(problem, (_OTHERWISE, _LOOK))
    return Unreadable(said("YAML cannot be read: {problem}", problem=told), line, help)


def _has_open_quote(line: str) -> bool:
    return len(_QUOTES.findall(line)) % 2 == 1 and not line.lstrip().startswith("#")


def sign_not_taken(text: str) -> Unreadable:
    """What is told of a text that holds a sign no text file has."""
    found = _NO_SIGN.search(text)
    line = text.count("\n", 0, found.start()) + 1 if found else 0
    sign = f"U+{ord(found[0]):04X}" if found else "?"
    return Unreadable(
        said("YAML cannot be read: {problem}", problem=said("a sign no text has ({sign})", sign=sign)), line,
        said("take it out, or save the file anew as UTF-8 in the editor"),
    )  # fmt: skip


class TooNested(Unreadable):
    """Raised where more lists and groups stand in each other than `MAX_DEPTH`."""

    def __init__(self, line: int) -> None:
        super().__init__(
            said("more than {depth} lists or groups stand in each other", depth=MAX_DEPTH), line, _PLAIN_TEXTS
        )


class TooMany(Unreadable):
    """Raised where a text holds more values than `MAX_VALUES`."""

    def __init__(self, line: int) -> None:
        super().__init__(
            said("file holds more than {values} values", values=MAX_VALUES),
            line,
            said("share them out among several files"),
        )


class Bounded:
    """What a loader of the library is mixed with: it stops at `MAX_DEPTH`, whatever the library itself would bear.

    The library asks at every node what it means by where it stands, for which data files have no use.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)  # type: ignore[call-arg]
        self._depth = 0
        self._values = 0
        self._innermost: list[yaml.Node] = []

    def descend_resolver(self, current_node: Any, current_index: object) -> None:
        """Counts how deep a node stands. A text may stand in the innermost list, which is looked at in the end."""
        self._depth += 1
        self._values += 1
        if self._values > MAX_VALUES:
            raise TooMany(_line_of(current_node) if current_node is not None else 0)
        if self._depth > MAX_DEPTH + 1:
            raise TooNested(_line_of(current_node))
        if self._depth > MAX_DEPTH and current_node not in self._innermost[-1:]:
            self._innermost.append(current_node)

    def ascend_resolver(self) -> None:
        """Counts back."""
        self._depth -= 1

    def refuse_empty_ones(self) -> None:
        """Raises for an empty list that stands too deep: nothing in it was counted."""
        for node in self._innermost:
            for child in children(node):
                if isinstance(child, yaml.CollectionNode):
                    raise TooNested(_line_of(child))


class Loader(Bounded, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The library's quick loader, bounded."""


def compose(text: str) -> yaml.Node | None:
    """The top node of a YAML text; None if nothing is written. Raises `Unreadable`."""
    try:
        _refuse_anchors(text)
        return _composed(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        _refuse_depth(text[: mark.index] if mark else text)
        line = mark.line + 1 if mark else 1
        raise wrong_yaml(text, str(error.problem or error.context), line) from error
    except yaml.YAMLError as error:
        raise sign_not_taken(text) from error


def children(node: yaml.Node) -> Iterator[yaml.Node]:
    """The nodes in a list; the names and values in a group."""
    for child in node.value if isinstance(node, yaml.CollectionNode) else ():
        yield from child if isinstance(child, tuple) else (child,)


def _composed(text: str) -> yaml.Node | None:
    loader = Loader(text)
    try:
        node: yaml.Node | None = loader.get_single_node()
        loader.refuse_empty_ones()
        return node
    finally:
        loader.dispose()


def _refuse_depth(text: str) -> None:
    """Raises `TooNested` where a text that the library gave up behind is too deep.

    The library has bounds of its own, and looks ahead: it may give up before it told how deep it is.
    """
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return
    try:
        for _ in _events(text):
            pass
    except yaml.YAMLError:
        return


def _refuse_anchors(text: str) -> None:
    """Anchors and aliases can blow a small file up without bound, tags name Python types: neither is data."""
    if not _MAY_BEGIN.search(text):
        return
    for event in _events(text):
        anchor = getattr(event, "anchor", None)
        if anchor is not None:
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            message = said("`{anchor}`: anchors and aliases are not taken", anchor=f"{sign}{anchor}")
            raise Unreadable(message, _line_of(event), _PLAIN_TEXTS)
        tag = getattr(event, "tag", None)
        if tag is not None and tag != "!":
            raise Unreadable(said("tag `{tag}` is not taken", tag=tag), _line_of(event), _PLAIN_TEXTS)


def _events(text: str) -> Iterator[yaml.Event]:
    """What stands in a text, one after the other. Raises `TooNested`."""
    depth = 0
    for number, event in enumerate(yaml.parse(text, Loader=Loader)):
        if number > 2 * MAX_VALUES:
            raise TooMany(_line_of(event))
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise TooNested(_line_of(event))
        yield event


def _line_of(part: yaml.Event | yaml.Node) -> int:
    return part.start_mark.line + 1 if part.start_mark is not None else 1
