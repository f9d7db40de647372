"""The Jinja of kitgen: strict, sandboxed, bounded, and quick at what templates do most, reading `a.b` of a mapping.

Values are plain data: mappings, lists, texts, numbers, dates, `Blank` and `Missing`. A name that does not exist is
noted with its place and rendering goes on, so that one run tells every fault of a template.
"""

import datetime
import decimal
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from types import CodeType
from typing import Any, Final, cast

from jinja2 import Template, Undefined, nodes
from jinja2.runtime import Context, LoopContext, Macro
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import Cycler, Joiner, Namespace, missing

from kitgen.base.holes import BLANK, Hole, Missing
from kitgen.base.messages import NOTHING, Message, said
from kitgen.render.tags.bounds import at_most, bounded_range, past_holes
from kitgen.render.tags.filters import (
    FILTERS,
    Elements,
    OutOfBounds,
    Unworkable,
    Xml,
    already_printed,
    check_length,
    text_of,
)
from kitgen.render.tags.program import program
from kitgen.render.tags.spelling import RECKONED
from kitgen.render.tags.state import Absent, RenderState
from kitgen.render.tags.writer import ProgramFacts

CALL_COST: Final = 2_000
MAX_CACHED: Final = 2_000
ITEM_COST: Final = 8
MAX_BITS: Final = 2_000
_METHODS: Final = {
    "items": said("write `{% for key, value in group | items %}`, without `.items()`"),
    "keys": said("loop over the group itself: `{% for key in group %}`"),
    "values": said("write `{% for key, value in group | items %}`"),
    "get": said("write `group.key | default('...')`"),
}
"""What to write instead of what Python calls on a group of values."""
_COMPARING: Final = ("sort", "max", "min", "unique", "groupby", "dictsort")
"""Filters that compare what they are given, one with the other."""
_COMPARING_TESTS: Final = ("eq", "equalto", "==", "ne", "!=", "in", "lt", "lessthan", "<", "le", "<=", "gt",
                           "greaterthan", ">", "ge", ">=", "sameas")  # fmt: skip
_HANDED: Final = {"context": "context", "eval_context": "context.eval_ctx", "environment": "environment"}
"""What filters and tests are handed that want more than values, in the words of a program."""
_SIZED: Final = (str, list, tuple, dict, range)


@lru_cache(maxsize=64)
def _code(text: str, name: str) -> CodeType:
    """A program as code; templates of a kit have their footers in common."""
    return compile(text, name, "exec")


class Environment(SandboxedEnvironment):
    """One template's Jinja. `escape` turns a text into what may stand in the XML of its parts."""

    intercepted_binops = RECKONED

    def __init__(self, escape: Callable[[str], str]) -> None:
        self.state = RenderState()
        self.numbers: frozenset[str] = frozenset()
        """Names of the renderer's own that stand for whole numbers."""
        self.makers: frozenset[str] = frozenset()
        """Filters of the renderer's own whose text stands in a part as it is, and which charge for it themselves."""
        self.pictures: Path | None = None
        """The folder values may name pictures in."""
        super().__init__(autoescape=False, keep_trailing_newline=True, undefined=self._absent_class(), optimized=False)
        self.finalize = self._finalizer(escape)
        tests = {name: test for name, test in self.tests.items() if name not in ("filter", "test")}
        self.tests = tests
        state = self.state
        self.tests |= {
            name: self._weighing(cast(Callable[..., Any], tests[name])) for name in _COMPARING_TESTS if name in tests
        }
        self.filters = {
            name: past_holes(name, function, self.weighed, self.weighed_through if name in _COMPARING else None)
            for name, function in FILTERS.items()
        }
        self.filters["_weighed_through"] = self.weighed_through
        self.filters["_weighed"] = self.weighed
        self.filters["_each"] = self._each
        self.filters["_joined"] = self._joined
        self.filters["_rows"] = self._rows
        self.filters["_made"] = already_printed
        self.globals = {
            "range": bounded_range,
            "namespace": Namespace,
            "cycler": Cycler,
            "joiner": Joiner,
            "dict": dict,
            "_number": state.number,
            "_once": state.once,
        }

    def _weighing(self, test: Callable[..., Any]) -> Callable[..., Any]:
        """A test that compares, charged for all its values hold."""

        def weighing(*values: Any) -> Any:
            for value in values:
                self.weighed_through(value)
            return test(*values)

        return weighing

    def _absent_class(self) -> type[Undefined]:
        environment = self

        class AbsentHere(Absent):
            __slots__ = ()

            def __init__(
                self,
                hint: str | None = None,
                obj: Any = missing,
                name: str | None = None,
                exc: type[Any] = Exception,
            ) -> None:
                super().__init__(hint, obj, name, exc)
                self._kitgen_state = environment.state
                self._kitgen_known = (
                    obj if isinstance(obj, dict) else environment.state.values if obj is missing else ()
                )
                self._kitgen_help = hint if isinstance(hint, Message) else NOTHING
                self._kitgen_of_nothing = obj is None

        return AbsentHere

    def absent(self, obj: object, name: object, help: Message = NOTHING) -> Absent:
        """What reading `name` of `obj` gives when there is no such thing."""
        absent: Absent = self.undefined(hint=help or None, obj=obj, name=str(name))  # type: ignore[assignment]
        return absent

    # Reading: mapping keys only. Python's own attributes do not exist for a template.

    def getattr(self, obj: Any, attribute: str) -> Any:
        """`obj.attribute`: the key of a mapping, a part of `loop`, or nothing."""
        if obj.__class__ is dict:
            try:
                return obj[attribute]
            except KeyError:
                return self.absent(obj, attribute, _METHODS.get(attribute, NOTHING))
        if isinstance(obj, Hole | Undefined):
            return obj._used() if isinstance(obj, Absent) else obj
        if isinstance(obj, LoopContext | Namespace | Cycler | Joiner) and attribute[:1] != "_":
            return getattr(obj, attribute, None) if isinstance(obj, LoopContext) else super().getattr(obj, attribute)
        if isinstance(obj, str):
            return self.absent(
                obj, attribute, said("this is a text; texts are changed with filters, such as `| upper`")
            )
        if isinstance(obj, list | tuple):
            return self.absent(obj, attribute, said("this is a list; loop over it with `{% for %}`"))
        return self.absent(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """`obj[argument]`: a key, a position or a slice."""
        if isinstance(obj, Hole | Undefined):
            return obj
        if isinstance(argument, Hole):  # of a blank unit, the mark is blank, too
            return argument
        if isinstance(argument, list | tuple | dict):
            return self.absent(obj, "", said("a list or a group of values is no key"))
        if isinstance(obj, dict | list | tuple | str):
            try:
                return self.weighed(obj[argument]) if isinstance(argument, slice) else obj[argument]
            except (KeyError, IndexError, TypeError):
                is_short = isinstance(obj, list | tuple) and isinstance(argument, int)
                help = said("the list is shorter; ask for its `length` before") if is_short else NOTHING
                return self.absent(obj, argument, help)
        return self.absent(obj, argument)

    def is_safe_callable(self, obj: Any) -> bool:
        """Only what templates themselves define (macros, loops) and the few functions given to them."""
        if isinstance(obj, Macro | LoopContext | Cycler | Joiner | Undefined):
            return True  # what is undefined tells its name when it is called
        owner = getattr(obj, "__self__", None)
        return isinstance(owner, LoopContext | Cycler) or any(obj is known for known in self.globals.values())

    def call(self, *args: Any, **kwargs: Any) -> Any:
        """Call something from a template, charged against the budget so that recursion ends."""
        self.state.charge(CALL_COST)
        if not self.is_safe_callable(args[1]):
            raise Unworkable(said("what is called here is no macro; texts are changed with filters, such as `| upper`"))
        if isinstance(getattr(args[1], "__self__", None), LoopContext):
            for value in (*args[2:], *kwargs.values()):
                self.weighed_through(value)
        made = super().call(*args, **kwargs)
        # what a macro or a loop within itself gives was printed already: escaped, and with its own elements
        return already_printed(made) if isinstance(args[1], Macro | LoopContext) and made.__class__ is str else made

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """`+`, `*`, `**` and `%`, within bounds."""
        if isinstance(left, Hole) or isinstance(right, Hole):
            return left if isinstance(left, Hole) else right
        numbers = isinstance(left, int | float) and isinstance(right, int | float)
        if operator == "**" and not (numbers and abs(left) < 1e6 and abs(right) < 64):
            raise OutOfBounds(said("`**` is taken for small numbers only"))
        if isinstance(left, int) and isinstance(right, int) and left.bit_length() + right.bit_length() > MAX_BITS:
            raise OutOfBounds(said("a number of hundreds of digits"))
        if operator == "+" and isinstance(left, _SIZED) and isinstance(right, _SIZED):
            check_length(len(left) + len(right))
        if operator == "*" and not numbers:
            count = next((side for side in (left, right) if isinstance(side, int)), 1)
            sized = left if count is right else right
            check_length(len(sized) * count if hasattr(sized, "__len__") else 0)
        if operator == "%" and isinstance(left, str):
            raise OutOfBounds(said("`%` on a text is not taken; write the texts one after the other with `~`"))
        return self.weighed(super().call_binop(context, operator, left, right))

    def weighed(self, value: Any, cost: int = 0) -> Any:
        """The value, charged by its length: what works on long texts and lists, again and again, must end."""
        if isinstance(value, _SIZED):
            cost += len(value) if isinstance(value, str) else len(value) * ITEM_COST
        self.state.charge(cost)
        return value

    def weighed_through(self, value: Any) -> Any:
        """The value, charged for all it holds: comparing goes through the whole of it, however often it repeats."""
        to_do = [value] if isinstance(value, list | tuple | dict) else []
        while to_do:
            held = to_do.pop()
            self.state.charge(ITEM_COST * len(held))
            to_do += [each for each in (held.values() if isinstance(held, dict) else held)
                      if isinstance(each, list | tuple | dict)]  # fmt: skip
        return value

    # Writing: every value that is printed comes through here.

    def _finalizer(self, escape: Callable[[str], str]) -> Callable[[Any], str]:
        cache: dict[str, str] = {}
        state = self.state

        def of_text(value: str) -> str:
            if len(value) > 1_000:
                state.charge(len(value))
                return escape(value)
            if len(cache) > MAX_CACHED:
                cache.clear()
            escaped = cache[value] = escape(value)
            return escaped

        def finalize(value: Any) -> str:
            kind = value.__class__
            if kind is str:
                try:
                    return cache[value]
                except KeyError:
                    return of_text(value)
            if kind is Xml:
                if len(value) > 1_000:
                    state.charge(len(value))
                return value  # type: ignore[no-any-return]
            if kind is int:
                return str(value)
            if kind is Elements:
                help = said("print it as it was lifted, with `{{p }}` or `{{r }}`")
                state.fault("elements", said("whole paragraphs or runs are printed where only text can stand"), help)
                return ""
            if isinstance(value, Missing):
                state.missing.add(value.fact)
            if value is None:
                return ""
            if isinstance(value, dict | list | tuple):
                is_group = isinstance(value, dict)
                what = said("a group of values") if is_group else said("a list")
                help = said("name one of its parts") if is_group else said("loop over it with `{% for %}`")
                help += said("; rich text and pictures are printed by `{value}`", value="{{r value }}")
                state.fault(what, said("template prints {what} as one text", what=what), help)
                return ""
            if isinstance(
                value, str | Hole | Undefined | float | bool | decimal.Decimal | datetime.date | datetime.time
            ):
                return of_text(str(value))
            state.fault("object", said("template prints something that is no text, number or date"), NOTHING)
            return ""

        return finalize

    def _each(self, items: Any, cost: int) -> Sequence[Any]:
        """What a loop runs over, charged in advance with the text it will make."""
        if items.__class__ is not list:
            if isinstance(items, Hole):
                items = ()
            elif isinstance(items, str | int | float) or items is None:
                self.state.fault("for", said("a loop runs over something that is no list"), said("loop over a list"))
                items = ()
            else:
                items = at_most(items)
        if not items:
            self.state.looped_over_nothing = True
        self.state.charge(len(items) * cost)
        return items  # type: ignore[no-any-return]

    def _rows(self, items: Any) -> Sequence[Any]:
        """What a loop over rows of a sheet runs over: over nothing, one blank row, so that ranges keep their ground."""
        return self._each(items, 0) or [BLANK]

    def _joined(self, parts: list[Any]) -> Any:
        """`a ~ b`: texts put together; a missing fact in it stays missing."""
        hole = next((part for part in parts if isinstance(part, Missing)), None)
        if hole is not None:
            self.state.missing.add(hole.fact)
        if any(isinstance(part, Xml) for part in parts):
            raise Unworkable(said("what a macro or `set` block makes is printed by itself, not joined with `~`"))
        text = "".join(map(text_of, parts))
        check_length(len(text))
        return self.weighed(text)

    # Compiling

    def printed(self, value: Any) -> str:
        """A value as it stands in a part: escaped, holes and faults noted."""
        assert self.finalize is not None
        text: str = self.finalize(value)
        return text

    def code_of(self, tree: nodes.Template, name: str, row_loops: frozenset[int] = frozenset()) -> CodeType:
        """The code of the parsed source of one part; `name` is found again in errors.

        `row_loops` are the lines of loops over rows of a sheet: over nothing they give one blank row.
        """
        passing = frozenset(
            (f"{begin}_{called}", _HANDED[function.jinja_pass_arg.name])
            for begin, known in (("f", self.filters), ("is", self.tests))
            for called, function in known.items()
            if hasattr(function, "jinja_pass_arg")
        )
        return _code(program(tree, name, ProgramFacts(passing, self.numbers, self.makers), row_loops), name)

    def resolving(self, context: Context) -> Callable[[str], Any]:
        """What gives the value of a name, as programs of parts ask for it."""
        resolve = context.resolve_or_missing

        def resolved(name: str) -> Any:
            value = resolve(name)
            return self.undefined(name=name) if value is missing else value

        return resolved

    def from_code(self, code: CodeType) -> Template:
        """The template that runs this code."""
        return Template.from_code(self, code, self.make_globals(None))
