"""A program of Python as it grows, line by line, and what names mean where: by Jinja's own tables (`idtracking`)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from jinja2 import nodes
from jinja2.idtracking import VAR_LOAD_ALIAS, VAR_LOAD_PARAMETER, VAR_LOAD_RESOLVE, Symbols

from kitgen.render.tags.spelling import ELSE_LESS, Passing, Spelled, spelled
from kitgen.render.tags.tree import below

_HEAD: Final = (
    "from jinja2.runtime import LoopContext,Macro,Namespace,TemplateRuntimeError,Undefined,missing",
    "blocks={}",
    "def root(context,missing=missing,environment=environment):",
    " resolve=environment.resolving(context)",
    " undefined=environment.undefined",
    " printed=environment.finalize",
    " of=environment.getattr",
    " at=environment.getitem",
    " called=environment.call",
    " reckoned=environment.call_binop",
    " concat=environment.concat",
    " filters=environment.filters",
    " tests=environment.tests",
    " if 0:yield",
)


MOST_AT_ONCE: Final = 128
"""Texts and numbers that are printed as one."""
SETS_LOOP: Final = "loop="
"""Among the names read in statements: that one of them is called `loop`."""


class ProgramFacts(NamedTuple):
    """Yang diketahui: of the environment a program runs in, what it may be shorter by."""

    passing: Passing
    numbers: frozenset[str] = frozenset()
    """Names of the renderer's own that stand for whole numbers: they are printed without a look at them."""
    makers: frozenset[str] = frozenset()
    """Filters of the renderer's own whose text is printed as it is."""


class NameScope:
    """Where statements stand: what names mean there, the list that takes what is printed, parameters not yet set."""

    def __init__(self, symbols: Symbols, buffer: str = "", unset: frozenset[str] = frozenset()) -> None:
        self.symbols = symbols
        self.buffer = buffer
        self.unset = unset

    def inner(self, buffer: str | None = None) -> "NameScope":
        """A frame within this one."""
        return NameScope(Symbols(self.symbols), self.buffer if buffer is None else buffer)


class Writer:
    """The program of one part as it grows: its lines, and which of them are which line of the source."""

    def __init__(
        self, part: str, known: ProgramFacts, row_loops: frozenset[int], statements: Mapping[type, "Statement"]
    ) -> None:
        self.part = part
        self.known = known
        self.row_loops = row_loops
        self.statements = statements
        self.lines: list[str] = []
        self.indent = " "
        self.line = 0
        self.told: list[tuple[int, int]] = []
        self.resolved: dict[str, None] = {}
        self.filters: set[str] = set()
        self.tests: set[str] = set()
        self.taken = 0
        self._held: dict[nodes.Node, tuple[int, frozenset[str]]] = {}

    def written(self, tree: nodes.Template) -> str:
        """The whole program."""
        frame = NameScope(Symbols())
        self.analyse(tree.body, frame.symbols)
        self.enter(frame)
        self.body(tree.body, frame)
        head = [
            *_HEAD,
            *(f" f_{name}=filters[{name!r}]" for name in sorted(self.filters)),
            *(f" is_{name}=tests[{name!r}]" for name in sorted(self.tests)),
            *(f" r_{name}=resolve({name!r})" for name in self.resolved),
        ]
        info = "&".join(f"{line}={code + len(head)}" for line, code in self.told)
        return "\n".join((*head, *self.lines, f"name={self.part!r}", f"debug_info={info!r}"))

    def write(self, text: str, line: int = 0) -> None:
        """A line of the program, for a line of the source."""
        self.lines.append(self.indent + text)
        if line and line != self.line:
            self.line = line
            self.told.append((line, len(self.lines)))

    def new(self) -> str:
        """A name nothing else has."""
        self.taken += 1
        return f"b_{self.taken}"

    def code(self, node: nodes.Node, frame: NameScope, line: int = 0) -> str:
        """An expression as it is written in a frame."""
        found = self.spelled(node)
        self.filters |= found.filters
        self.tests |= found.tests
        symbols = frame.symbols

        def of_name(name: str) -> str:
            if name == ELSE_LESS:
                where = f"line {line} in {self.part!r}"
                told = f"the inline if-expression on {where} evaluated to false and no else section was defined."
                return f"Undefined({told!r})"
            ref = symbols.ref(name)
            return f"(undefined(name={name!r}) if {ref} is missing else {ref})" if ref in frame.unset else ref

        return found.text(of_name) if len(found.parts) > 1 else found.parts[0]

    def spelled(self, node: Any) -> Spelled:
        """An expression as Python, whatever its names mean."""
        return spelled(node, self.known.passing)

    # What names mean

    def names(self, node: nodes.Node) -> Iterable[str]:
        """The names an expression reads."""
        return (name for name in self.spelled(node).names if name != ELSE_LESS)

    def analyse(self, body: Iterable[nodes.Node], symbols: Symbols) -> None:
        """Note what the statements of a frame read and set, in the order they are written."""
        for node in body:
            match node:
                case nodes.Output():
                    for part in node.nodes:
                        if part.__class__ is not nodes.TemplateData:
                            self.load(part, symbols)
                case nodes.If():
                    self.load(node.test, symbols)
                    branches: list[Sequence[nodes.Node]] = [node.body, node.elif_, node.else_]
                    copies = [symbols.copy() for _ in branches]
                    for copy, branch in zip(copies, branches, strict=True):
                        self.analyse(branch, copy)
                    symbols.branch_update(copies)
                case nodes.For():
                    self.load(node.iter, symbols)
                case nodes.Assign():
                    self.load(node.node, symbols)
                    assigned(node.target, symbols.store, symbols.load)
                case nodes.AssignBlock():
                    assigned(node.target, symbols.store, symbols.load)
                case nodes.Macro():
                    symbols.store(node.name)
                case nodes.CallBlock():
                    self.load(node.call, symbols)
                case nodes.With():
                    for value in node.values:
                        self.load(value, symbols)

    def load(self, node: nodes.Node, symbols: Symbols) -> None:
        """Note the names an expression reads."""
        for name in self.names(node):
            symbols.load(name)

    def enter(self, frame: NameScope) -> None:
        """Give names their first values. What only the template is given is asked for once, at the beginning."""
        symbols = frame.symbols
        names = {ref: name for name, ref in symbols.refs.items()}
        for ref, (way, origin) in list(symbols.loads.items()):
            name = names[ref]
            if way == VAR_LOAD_RESOLVE:
                self.resolved[name] = None
                if name in symbols.stores:
                    self.write(f"{ref}=r_{name}")
                else:
                    symbols.refs[name] = f"r_{name}"
            elif way == VAR_LOAD_ALIAS:
                self.write(f"{ref}={origin}")
            elif way != VAR_LOAD_PARAMETER:
                self.write(f"{ref}=undefined(name={name!r})")

    def held(self, body: Iterable[nodes.Node]) -> tuple[int, frozenset[str]]:
        """How much text stands in statements, all that is within them counted, and the names read there."""
        length, names = 0, set[str]()
        for node in body:
            known = self._held.get(node)
            if known is None:
                known = self._held[node] = self._held_by(node)
            length += known[0]
            names |= known[1]
        return length, frozenset(names)

    def _held_by(self, node: nodes.Node) -> tuple[int, frozenset[str]]:
        length, names, inner = 0, set[str](), list[nodes.Node]()
        for value in (getattr(node, field) for field in node.fields):
            for each in value if value.__class__ is list else (value,):
                if each.__class__ is nodes.TemplateData:
                    length += len(each.data)
                elif isinstance(each, nodes.Stmt):
                    inner.append(each)
                elif isinstance(each, nodes.NSRef):
                    names.add(each.name)
                elif isinstance(each, nodes.Expr):
                    if getattr(each, "ctx", "load") == "load":
                        names.update(self.names(each))
                    elif any(getattr(target, "name", "") == "loop" for target in (each, *below(each))):
                        names.add(SETS_LOOP)
        within = self.held(inner)
        return length + within[0], within[1] | names

    # Statements

    def body(self, body: Iterable[nodes.Node], frame: NameScope) -> None:
        """Write the statements of a frame."""
        numbers = self.known.numbers
        fixed: list[str] = []
        for node in body:
            piece = _fixed(node, numbers, frame) if numbers and node.__class__ is nodes.Output else None
            if piece is not None:
                fixed.append(piece)
                continue
            self._prints_fixed(fixed, frame)
            self.statements[type(node)](self, node, frame)
        self._prints_fixed(fixed, frame)

    def _prints_fixed(self, pieces: list[str], frame: NameScope) -> None:
        """Write what prints texts and numbers that follow each other, many at a time."""
        for start in range(0, len(pieces), MOST_AT_ONCE):
            self.prints(" ".join(pieces[start : start + MOST_AT_ONCE]), frame)
        pieces.clear()

    def within(self, body: Sequence[nodes.Node], frame: NameScope, before: str = "") -> None:
        """Write statements one step further in."""
        self.indent += " "
        if before:
            self.write(before)
        if not body:
            self.write("pass")
        self.body(body, frame)
        self.indent = self.indent[:-1]

    def prints(self, code: str, frame: NameScope, line: int = 0) -> None:
        """Write what prints a piece of text."""
        self.write(f"{frame.buffer}.append({code})" if frame.buffer else f"yield {code}", line)


def _fixed(node: Any, numbers: frozenset[str], frame: NameScope) -> str | None:
    """What prints one text, or one name that stands for a number; literals side by side are one for Python."""
    only = node.nodes[0] if len(node.nodes) == 1 else None
    if isinstance(only, nodes.TemplateData):
        return repr(only.data)
    if isinstance(only, nodes.Name) and only.name in numbers:
        return f"f'{{{frame.symbols.ref(only.name)}:d}}'"
    return None


def assigned(target: nodes.Node, store: Callable[[str], object], load: Callable[[str], object]) -> None:
    """Note the names something is assigned to."""
    if isinstance(target, nodes.Name):
        store(target.name)
    elif isinstance(target, nodes.NSRef):
        load(target.name)
    elif isinstance(target, nodes.Tuple):
        for item in target.items:
            assigned(item, store, load)


def target_of(target: nodes.Node, frame: NameScope) -> str:
    """What something is assigned to."""
    if isinstance(target, nodes.Tuple):
        items = [target_of(item, frame) for item in target.items]
        return f"({','.join(items)}{',' if len(items) == 1 else ''})"
    if isinstance(target, nodes.NSRef):
        return f"{frame.symbols.ref(target.name)}[{target.attr!r}]"
    assert isinstance(target, nodes.Name)
    return frame.symbols.ref(target.name)


Statement = Callable[[Writer, Any, NameScope], None]
"""Writes one kind of statement."""
