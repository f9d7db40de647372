"""Which values a template reads, from its Jinja syntax tree: for lists, lint and skipping, never for correctness.

A path is written `units[].title`; `*` at its end stands for everything below. Whatever the tree does not follow for
certain counts as the whole of it, because a form's audience is held to what its template *could* print.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from jinja2 import nodes

from kitgen.base.errors import Place
from kitgen.render.tags.filters import TEXT_FILTERS
from kitgen.render.tags.marks import Mark
from kitgen.render.tags.tree import children

Path = tuple[str, ...]
Names = Mapping[str, Path | None]
_OWN: Final = frozenset({"loop", "range", "namespace", "cycler", "joiner", "dict", "caller", "varargs", "kwargs"})
_SAME_ITEMS: Final = frozenset({"at_least", "list", "reverse", "sort", "unique"})
"""Filters that give items of the list they are given, unless they are told of attributes."""
_COUNTS: Final = frozenset({"length", "count"})
_NEIGHBOURS: Final = ("previtem", "nextitem")
_ITEM: Final = "\0item"


@dataclass(frozen=True, slots=True)
class Read:
    """One use of a value: its path and the place of the tag."""

    path: str
    place: Place


def reads_of(tree: nodes.Template, lines: Sequence[Mark]) -> Iterator[Read]:
    """Every value path the tree reads, with the place of the tag that reads it."""
    walker = _Walker()
    walker.body(tree.body, {})
    for path, line in walker.found:
        place = lines[line - 1].shown if 0 < line <= len(lines) else Place("")
        yield Read(_written(path), place)


def _written(path: Path) -> str:
    text = ""
    for step in path:
        text += step if step == "[]" or not text else f".{step}"
    return text


class _Walker:
    """Follows names through loops and `set` back to the values a template is given.

    An expression is *used up* where only its text or truth counts (it is printed, compared, tested), and no group or
    list can get through; anywhere else it is *handed on*, and everything below it counts as read.
    """

    def __init__(self) -> None:
        self.found: list[tuple[Path, int]] = []
        self.line = 0
        """That of the statement gone through now; expressions are shared by all tags that say the same."""

    def body(self, body: Sequence[nodes.Node], names: Names) -> None:
        scope = dict(names)
        for node in body:
            self.node(node, scope)

    def node(self, node: nodes.Node, names: dict[str, Path | None]) -> None:
        if isinstance(node, nodes.Stmt):
            self.line = node.lineno
        match node:
            case nodes.TemplateData():
                pass
            case nodes.Output():
                for part in node.nodes:
                    self.used(part, names)
            case nodes.For():
                self._loop(node, names)
            case nodes.If():
                self.used(node.test, names)
                for branch in (node.body, node.elif_, node.else_):
                    for child in branch:
                        self.node(child, names)
            case nodes.Assign():
                self.handed_on(node.node, names)
                if isinstance(node.target, nodes.Name):
                    names[node.target.name] = self._path(node.node, names)
                else:
                    names |= dict.fromkeys((name.name for name in node.target.find_all(nodes.Name)), None)
            case nodes.AssignBlock():
                self.body(node.body, names)
                names |= dict.fromkeys((name.name for name in node.target.find_all(nodes.Name)), None)
                if isinstance(node.target, nodes.Name):
                    names[node.target.name] = None
            case nodes.Macro():
                names[node.name] = None
                for default in node.defaults:
                    self.handed_on(default, names)
                self.body(node.body, dict(names) | dict.fromkeys((argument.name for argument in node.args), None))
            case nodes.Expr():
                self.handed_on(node, names)
            case nodes.With():
                for value in node.values:
                    self.handed_on(value, names)
                targets = (name.name for target in node.targets for name in target.find_all(nodes.Name))
                own = (target.name for target in node.targets if isinstance(target, nodes.Name))
                self.body(node.body, dict(names) | dict.fromkeys((*targets, *own), None))
            case _:
                for child in children(node):
                    self.node(child, names)

    def _loop(self, node: nodes.For, names: dict[str, Path | None]) -> None:
        path = self._path(node.iter, names)
        inner: dict[str, Path | None] = dict(names)
        if path is not None and isinstance(node.target, nodes.Name) and not node.recursive:
            self._note(path)
            inner[node.target.name] = inner[_ITEM] = (*path, "[]")
        else:
            self.handed_on(node.iter, names)
            own = [node.target.name] if isinstance(node.target, nodes.Name) else []
            targets = [*own, *(name.name for name in node.target.find_all(nodes.Name))]
            inner |= dict.fromkeys((*targets, _ITEM), None)
        inner["loop"] = None
        if node.test is not None:
            self.used(node.test, inner)
        self.body(node.body, inner)
        self.body(node.else_, names)

    def used(self, node: nodes.Node, names: Names) -> None:
        """Note an expression of which only the text or the truth counts."""
        if _is_own(node, names):
            return
        path = self._path(node, names)
        if path is not None:
            self._note(path)
            return
        match node:
            case nodes.CondExpr():
                self.used(node.test, names)
                self.used(node.expr1, names)
                if node.expr2 is not None:
                    self.used(node.expr2, names)
            case nodes.And() | nodes.Or():
                self.used(node.left, names)
                self.used(node.right, names)
            case nodes.Not():
                self.used(node.node, names)
            case nodes.Compare():
                sides = [node.expr, *(operand.expr for operand in node.ops)]
                # two values may be lists, of which all counts; one beside a text or number cannot
                note = self.used if any(isinstance(side, nodes.Const) for side in sides) else self.handed_on
                for side in sides:
                    note(side, names)
            case nodes.Concat():
                for part in node.nodes:
                    self.used(part, names)
            case nodes.Test():
                self.used(node.node, names)
                for argument in node.args:
                    self.used(argument, names)
            case nodes.Filter() if node.node is not None and (node.name in TEXT_FILTERS or node.name in _COUNTS):
                self.used(node.node, names)
                for argument in (*node.args, *(pair.value for pair in node.kwargs)):
                    self.handed_on(argument, names)
            case _:
                self.handed_on(node, names)

    def handed_on(self, node: nodes.Node, names: Names) -> None:
        """Note an expression whose value goes where it is not followed: all that is below it counts as read."""
        path = self._path(node, names)
        if path is not None:
            self._note(path)
            self._note((*path, "*"))
            return
        match node:
            case nodes.Compare() | nodes.Not() | nodes.Test() | nodes.Concat():
                self.used(node, names)
            case nodes.Filter() if node.node is not None and (node.name in TEXT_FILTERS or node.name in _COUNTS):
                self.used(node, names)
            case nodes.Getattr() if node.attr in _NEIGHBOURS:
                item = names.get(_ITEM)
                if item is not None:
                    self._note((*item, "*"))
            case _:
                for child in children(node):
                    self.handed_on(child, names)

    def _note(self, path: Path) -> None:
        self.found.append((path, self.line))

    def _path(self, node: nodes.Node, names: Names) -> Path | None:
        """The path an expression stands for, if it is nothing but a value or a list of the same items."""
        match node:
            case nodes.Name():
                if node.name in names:
                    return names[node.name]
                return None if node.name in _OWN or node.name.startswith("_") else (node.name,)
            case nodes.Getattr():
                return self._below(node.node, names, node.attr)
            case nodes.Getitem(arg=nodes.Const(value=str(key))):
                return self._below(node.node, names, key)
            case nodes.Getitem(arg=nodes.Const(value=int())):
                return self._below(node.node, names, "[]")
            case nodes.Getitem(arg=nodes.Slice(start=start, stop=stop, step=step)):
                fixed = all(part is None or isinstance(part, nodes.Const | nodes.Neg) for part in (start, stop, step))
                return self._path(node.node, names) if fixed else None
            case nodes.Filter() if node.node is not None and node.name in _SAME_ITEMS:
                plain = not node.kwargs and all(isinstance(argument, nodes.Const) for argument in node.args)
                return self._path(node.node, names) if plain else None
            case nodes.Filter() if node.node is not None and node.name in ("first", "last"):
                return self._below(node.node, names, "[]")
            case _:
                return None

    def _below(self, node: nodes.Node, names: Names, step: str) -> Path | None:
        path = self._path(node, names)
        return (*path, step) if path else None


def _is_own(node: Any, names: Names) -> bool:
    """Whether an expression reads no value: a text, or a name of the renderer's own, filtered with what is written."""
    if node.__class__ is nodes.Name:
        return node.name[0] == "_" and names.get(node.name) is None
    if node.__class__ is not nodes.Filter or node.node.__class__ is not nodes.Name:
        return node.__class__ is nodes.TemplateData
    if node.kwargs or node.dyn_args is not None or node.dyn_kwargs is not None:
        return False
    name = node.node.name
    return bool(name[0] == "_" and names.get(name) is None and all(each.__class__ is nodes.Const for each in node.args))
