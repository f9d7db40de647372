"""Expressions of templates as Python: within the sandbox and its bounds, each distinct one spelled once.

The words the code is spelled in (`printed`, `of`, `at`, `called`, `reckoned`) are set at the head of each program
(`writer`).
"""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from keyword import iskeyword
from typing import Any, Final, NamedTuple

from jinja2 import nodes

Passing = frozenset[tuple[str, str]]
"""Names of the filters and tests that want to be handed more than values, each with what."""

_SIGNS: Final = {
    nodes.Add: "+", nodes.Sub: "-", nodes.Mul: "*", nodes.Div: "/", nodes.FloorDiv: "//", nodes.Pow: "**",
    nodes.Mod: "%", nodes.And: "and", nodes.Or: "or",
}  # fmt: skip
_BEFORE: Final = {nodes.Not: "not ", nodes.Neg: "-", nodes.Pos: "+"}
_COMPARED: Final = {
    "eq": "==", "ne": "!=", "gt": ">", "gteq": ">=", "lt": "<", "lteq": "<=", "in": "in", "notin": "not in",
}  # fmt: skip
RECKONED: Final = frozenset(["+", "*", "**", "%"])
"""Signs that are worked out within bounds."""
ELSE_LESS: Final = "\0"
"""Stands in `Spelled.parts` for what an `if` within an expression gives, where it has no `else`."""


class Spelled(NamedTuple):
    """Ungkapan dalam Python: texts and names in turn, beginning with a text; the filters and tests it calls."""

    parts: tuple[str, ...]
    filters: frozenset[str]
    tests: frozenset[str]

    @property
    def names(self) -> tuple[str, ...]:
        """The names it reads, in order."""
        return self.parts[1::2]

    def text(self, of_name: Callable[[str], str]) -> str:
        """The code, with what stands for each name."""
        parts = list(self.parts)
        parts[1::2] = map(of_name, parts[1::2])
        return "".join(parts)


@lru_cache(maxsize=16_000)
def spelled(node: nodes.Expr, passing: Passing) -> Spelled:
    """An expression as Python. Nodes of tags are shared (`one_tag`), so that most are known."""
    speller = _Speller(dict(passing))
    speller.spell(node)
    speller.parts.append("".join(speller.text))
    return Spelled(tuple(speller.parts), frozenset(speller.filters), frozenset(speller.tests))


class _Speller:
    """One expression on its way to Python."""

    def __init__(self, passing: Mapping[str, str]) -> None:
        self.passing = passing
        self.parts: list[str] = []
        self.text: list[str] = []
        self.filters: set[str] = set()
        self.tests: set[str] = set()

    def name(self, name: str) -> None:
        """Put in what stands for a name."""
        self.parts += ("".join(self.text), name)
        self.text = []

    def spell(self, node: nodes.Node) -> None:
        """Write one node."""
        _WRITE[type(node)](self, node)

    def row(self, items: Iterable[nodes.Node], begin: str, end: str) -> None:
        """Write expressions with commas between."""
        self.text.append(begin)
        for number, item in enumerate(items):
            if number:
                self.text.append(",")
            self.spell(item)
        self.text.append(end)

    def call(self, name: str, node: Any) -> None:
        """Write a call of one of our own filters."""
        self.filters.add(name)
        self.text.append(f"f_{name}(")
        self.spell(node)
        self.text.append(")")

    def arguments(self, node: Any) -> None:
        """Write the arguments behind the first one of a call."""
        for argument in node.args:
            self.text.append(",")
            self.spell(argument)
        are_words = any(iskeyword(each.key) for each in node.kwargs)  # which no call may name
        for each in node.kwargs:
            self.text.append(f",**{{{each.key!r}:" if are_words else f",{each.key}=")
            self.spell(each.value)
            self.text.append("}" if are_words else "")
        for stars, argument in (("*", node.dyn_args), ("**", node.dyn_kwargs)):
            if argument is not None:
                self.text.append(f",{stars}")
                self.spell(argument)
        self.text.append(")")


def _name(speller: _Speller, node: Any) -> None:
    speller.name(node.name)


def _constant(speller: _Speller, node: Any) -> None:
    speller.text.append(str(node.value) if isinstance(node.value, float) else repr(node.value))


def _text(speller: _Speller, node: Any) -> None:
    speller.text.append(repr(node.data))


def _attribute(speller: _Speller, node: Any) -> None:
    speller.text.append("of(")
    speller.spell(node.node)
    speller.text.append(f",{node.attr!r})")


def _item(speller: _Speller, node: Any) -> None:
    if isinstance(node.arg, nodes.Slice):
        speller.spell(node.node)
        bounds = [node.arg.start, node.arg.stop, *([] if node.arg.step is None else [node.arg.step])]
        for number, bound in enumerate(bounds):
            speller.text.append(":" if number else "[")
            if bound is not None:
                speller.spell(bound)
        speller.text.append("]")
        return
    speller.row((node.node, node.arg), "at(", ")")


def _filter(speller: _Speller, node: Any) -> None:
    speller.filters.add(node.name)
    _checked(speller, node, f"f_{node.name}(")


def _test(speller: _Speller, node: Any) -> None:
    speller.tests.add(node.name)
    _checked(speller, node, f"is_{node.name}(")


def _checked(speller: _Speller, node: Any, begin: str) -> None:
    handed = speller.passing.get(begin[:-1])
    speller.text.append(begin if handed is None else f"{begin}{handed},")
    if node.node is None:  # of a block: the text that was made in it
        speller.text.append("made")
    else:
        speller.spell(node.node)
    speller.arguments(node)


def _call(speller: _Speller, node: Any) -> None:
    speller.text.append("called(context,")
    speller.spell(node.node)
    speller.arguments(node)


def _two(speller: _Speller, node: Any) -> None:
    sign = _SIGNS[type(node)]
    if sign in RECKONED:
        speller.row((node.left, node.right), f"reckoned(context,{sign!r},", ")")
        return
    speller.text.append("(")
    speller.spell(node.left)
    speller.text.append(f" {sign} ")
    speller.spell(node.right)
    speller.text.append(")")


def _one(speller: _Speller, node: Any) -> None:
    speller.text.append(f"({_BEFORE[type(node)]}")
    speller.spell(node.node)
    speller.text.append(")")


def _compare(speller: _Speller, node: Any) -> None:
    """Compare; what is long is charged for all it holds, unless one side is written out and so is short."""
    is_short = any(isinstance(side, nodes.Const) for side in (node.expr, *(part.expr for part in node.ops)))

    def side(expression: nodes.Node, is_searched: bool) -> None:
        charges = [*([] if is_short else ["_weighed_through"]), *(["_weighed"] if is_searched else [])]
        for name in charges:
            speller.filters.add(name)
            speller.text.append(f"f_{name}(")
        speller.spell(expression)
        speller.text.append(")" * len(charges))

    speller.text.append("(")
    side(node.expr, False)
    for operand in node.ops:
        speller.text.append(f" {_COMPARED[operand.op]} ")
        side(operand.expr, operand.op in ("in", "notin") or not is_short)
    speller.text.append(")")


def _joined(speller: _Speller, node: Any) -> None:
    speller.call("_joined", nodes.List(list(node.nodes)))


def _choice(speller: _Speller, node: Any) -> None:
    speller.text.append("(")
    speller.spell(node.expr1)
    speller.text.append(" if ")
    speller.spell(node.test)
    speller.text.append(" else ")
    if node.expr2 is None:
        speller.name(ELSE_LESS)
    else:
        speller.spell(node.expr2)
    speller.text.append(")")


def _tuple(speller: _Speller, node: Any) -> None:
    speller.row(node.items, "(", ",)" if len(node.items) == 1 else ")")


def _list(speller: _Speller, node: Any) -> None:
    speller.row(node.items, "[", "]")


def _dict(speller: _Speller, node: Any) -> None:
    speller.text.append("{")
    for pair in node.items:
        if isinstance(pair.key, nodes.Const):
            speller.spell(pair.key)
        else:
            speller.call("_weighed_through", pair.key)
        speller.text.append(":")
        speller.spell(pair.value)
        speller.text.append(",")
    speller.text.append("}")


_WRITE: Final[Mapping[type, Callable[[_Speller, Any], None]]] = {
    nodes.Name: _name, nodes.Const: _constant, nodes.TemplateData: _text, nodes.Getattr: _attribute,
    nodes.Getitem: _item, nodes.Filter: _filter, nodes.Test: _test, nodes.Call: _call, nodes.Compare: _compare,
    nodes.Concat: _joined, nodes.CondExpr: _choice, nodes.Tuple: _tuple, nodes.List: _list, nodes.Dict: _dict,
    **dict.fromkeys(_SIGNS, _two), **dict.fromkeys(_BEFORE, _one),
}  # fmt: skip
