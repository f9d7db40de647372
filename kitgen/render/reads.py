"""Which values a template reads, from its Jinja syntax tree: for lists, lint and skipping, never for correctness.

A path is written `units[].title`; `*` at its end stands for everything below, where reading the tree cannot tell more.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jinja2 import nodes

from kitgen.errors import Place
from kitgen.render.marks import Mark

Path = tuple[str, ...]
_OWN = frozenset({"loop", "range", "namespace", "cycler", "joiner", "dict", "_number", "caller", "varargs", "kwargs"})
_WHOLE_LIST = frozenset(
    {
        "length",
        "count",
        "first",
        "last",
        "list",
        "reverse",
        "at_least",
        "_each",
        "unique",
        "sort",
        "batch",
        "slice",
    }
)
_SAME_ITEMS = frozenset(
    {"at_least", "_each", "list", "reverse", "sort", "unique", "rejectattr", "selectattr", "select", "reject"}
)


@dataclass(frozen=True, slots=True, order=True)
class Read:
    """One use of a value: its path and the place of the tag."""

    path: str
    place: Place


def reads_of(tree: nodes.Template, lines: Sequence[Mark]) -> Iterator[Read]:
    """Every value path the tree reads, with the place of the tag that reads it."""
    walker = _Walker()
    walker.body(tree.body, {})
    for path, line in walker.found:
        place = lines[line - 1].place if 0 < line <= len(lines) else Place("")
        tag = lines[line - 1].tag.written if 0 < line <= len(lines) else ""
        yield Read(_written(path), Place(place.file, place.line, place.spot, tag))


def _written(path: Path) -> str:
    text = ""
    for step in path:
        text += step if step == "[]" or not text else f".{step}"
    return text


class _Walker:
    """Follows names through loops, `set` and `with` back to the values a template is given."""

    def __init__(self) -> None:
        self.found: list[tuple[Path, int]] = []

    def body(self, body: Sequence[nodes.Node], names: Mapping[str, Path | None]) -> None:
        scope = dict(names)
        for node in body:
            self.node(node, scope)

    def node(self, node: nodes.Node, names: dict[str, Path | None]) -> None:
        match node:
            case nodes.For():
                self._loop(node, names)
            case nodes.Assign(target=nodes.Name(name=name), node=value):
                names[name] = self._path(value, names)
                self.expression(value, names)
            case nodes.AssignBlock(target=nodes.Name(name=name)):
                self.body(node.body, names)
                names[name] = None
            case nodes.With():
                inner = dict(names)
                for target, value in zip(node.targets, node.values, strict=True):
                    self.expression(value, names)
                    if isinstance(target, nodes.Name):
                        inner[target.name] = self._path(value, names)
                self.body(node.body, inner)
            case nodes.Macro() | nodes.CallBlock():
                inner = dict(names) | dict.fromkeys((argument.name for argument in node.args), None)
                if isinstance(node, nodes.Macro):
                    names[node.name] = None
                else:
                    self.expression(node.call, names)
                for default in node.defaults:
                    self.expression(default, names)
                self.body(node.body, inner)
            case nodes.If():
                self.expression(node.test, names)
                for part in (node.body, node.elif_, node.else_):
                    for child in part:
                        self.node(child, names)
            case nodes.Expr():
                self.expression(node, names)
            case _:
                for child in node.iter_child_nodes():
                    self.node(child, names)

    def _loop(self, node: nodes.For, names: dict[str, Path | None]) -> None:
        self.expression(node.iter, names)
        path = self._path(node.iter, names)
        inner: dict[str, Path | None] = dict(names)
        if isinstance(node.target, nodes.Name):
            inner[node.target.name] = (*path, "[]") if path else None
        else:
            if path:
                self._note((*path, "*"), node.lineno)
            inner |= dict.fromkeys((name.name for name in node.target.find_all(nodes.Name)), None)
        inner["loop"] = None
        if node.test is not None:
            self.expression(node.test, inner)
        self.body(node.body, inner)
        self.body(node.else_, names)

    def expression(self, node: nodes.Node, names: Mapping[str, Path | None]) -> None:
        """Note the values an expression reads."""
        path = self._path(node, names)
        if path is not None and not isinstance(node, nodes.Filter):
            self._note(path, node.lineno)
            if isinstance(node, nodes.Getitem):
                self.expression(node.arg, names)
            return
        match node:
            case nodes.Filter() if node.node is not None:
                below = self._path(node.node, names)
                self.expression(node.node, names)
                takes_parts = node.name == "map" or ((node.args or node.kwargs) and node.name[0] != "_")
                if below and node.name not in _WHOLE_LIST and takes_parts:
                    self._note((*below, "*"), node.lineno)
                for child in (*node.args, *(pair.value for pair in node.kwargs)):
                    self.expression(child, names)
            case nodes.Getitem():
                below = self._path(node.node, names)
                if below:
                    self._note((*below, "*"), node.lineno)
                else:
                    self.expression(node.node, names)
                self.expression(node.arg, names)
            case nodes.Call():
                for part in node.iter_child_nodes():
                    below = self._path(part, names)
                    self.expression(part, names)
                    if below:
                        self._note((*below, "*"), node.lineno)
            case _:
                for part in node.iter_child_nodes():
                    self.expression(part, names)

    def _note(self, path: Path, line: int) -> None:
        self.found.append((path, line))

    def _path(self, node: nodes.Node, names: Mapping[str, Path | None]) -> Path | None:
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
            case nodes.Getitem(arg=nodes.Slice()):
                return self._path(node.node, names)
            case nodes.Filter() if node.node is not None and node.name in _SAME_ITEMS:
                return self._path(node.node, names)
            case nodes.Filter() if node.node is not None and node.name in ("first", "last"):
                return self._below(node.node, names, "[]")
            case _:
                return None

    def _below(self, node: nodes.Node, names: Mapping[str, Path | None], step: str) -> Path | None:
        path = self._path(node, names)
        return (*path, step) if path else None
