"""The syntax tree of a source, put together from its tags, each of which was read by itself."""

from typing import Any, NamedTuple

from jinja2 import TemplateSyntaxError, nodes

from kitgen.render.tags.marks import Source
from kitgen.render.tags.one_tag import GRAMMAR, OneTag, read_tag


class _Open(NamedTuple):
    """A statement that something stands in: its name, its node, and what it stands in itself."""

    name: str
    node: Any
    around: list[nodes.Node]


class _Misplaced(Exception):
    """Raised where a tag does not follow from those before it."""


def assembled(source: Source, part: str) -> nodes.Template:
    """The syntax tree of a source; lines are those of its tags. Raises `TemplateSyntaxError`, with Jinja's words."""
    body: list[nodes.Node] = []
    try:
        _assemble(source, body)
    except _Misplaced:
        GRAMMAR.parse(source.text, part, part)  # which tells what is wrong
        raise TemplateSyntaxError("the tags do not fit together", 1, part) from None
    return nodes.Template(body, lineno=1)


def _assemble(source: Source, body: list[nodes.Node]) -> None:
    opened: list[_Open] = []
    line = 1
    for number, piece in enumerate(source.pieces):
        if number % 2 == 0:
            if piece:
                text: Any = object.__new__(nodes.TemplateData)
                text.data, text.lineno, text.environment = piece, None, None
                body.append(_output(text, line))
            continue
        tag = read_tag(piece)
        if tag.node is None:
            body = _further(tag, opened)
        elif not tag.name:
            body.append(_output(tag.node, line))
        elif tag.name == "elif":
            node = _own(tag.node, line)
            _of_if(opened).elif_.append(node)
            body = node.body
        else:
            node = _own(tag.node, line)
            body.append(node)
            if tag.is_block:
                opened.append(_Open(tag.name, node, body))
                body = node.body
        line += piece.count("\n")
    if opened:
        raise _Misplaced


def _further(tag: OneTag, opened: list[_Open]) -> list[nodes.Node]:
    """Where what follows `else`, or the end of a statement, stands."""
    if not opened or tag.fault:
        raise _Misplaced
    last = opened[-1]
    if tag.name == f"end{last.name}":
        return opened.pop().around
    if tag.name != "else" or last.name not in ("if", "for") or last.node.else_ is not _NOTHING:
        raise _Misplaced
    last.node.else_ = []
    return last.node.else_  # type: ignore[no-any-return]


def _of_if(opened: list[_Open]) -> Any:
    """The `if` that an `elif` belongs to."""
    if not opened or opened[-1].name != "if" or opened[-1].node.else_ is not _NOTHING:
        raise _Misplaced
    return opened[-1].node


_NOTHING: list[nodes.Node] = []
"""What stands behind an `else` that is not there."""


def _output(node: nodes.Node, line: int) -> nodes.Output:
    """What prints a node; made without Jinja's own way of making nodes, which looks at every argument."""
    made: Any = object.__new__(nodes.Output)
    made.nodes, made.lineno, made.environment = [node], line, None
    return made  # type: ignore[no-any-return]


def _own(node: nodes.Node, line: int) -> Any:
    """The statement of this very tag: what all such tags share, and nothing in it yet."""
    own: Any = object.__new__(type(node))
    own.__dict__.update(node.__dict__)
    own.lineno = line
    for name, inner in (("body", []), ("elif_", []), ("else_", _NOTHING)):
        if name in node.fields:
            setattr(own, name, inner)
    return own
