"""What one rendering notes as it goes: faults with their places, missing facts, what is left of its budget."""

import re
import sys
import threading
from collections.abc import Iterable, Mapping, Sequence
from types import FrameType
from typing import Any, Final

from jinja2 import Undefined

from kitgen.base.errors import Diagnostic, Place, did_you_mean
from kitgen.base.messages import NOTHING, Message, said
from kitgen.render.package.relations import Additions
from kitgen.render.tags.filters import OutOfBounds
from kitgen.render.tags.habits import advice_on_name
from kitgen.render.tags.marks import Mark

MAX_OUTPUT: Final = 16_000_000
"""Characters one rendering may come to; a loop is charged before it runs, so no template runs away."""


class RenderState(threading.local):
    """What one rendering has noted so far: faults, missing facts, what is left of its budget, its numbers."""

    def __init__(self) -> None:
        self.start({}, {})

    def start(self, values: Mapping[str, object], lines: Mapping[str, Sequence[Mark]]) -> None:
        """Begin a rendering: `lines` gives, per part, the tag of each line of its source."""
        self.values = values
        self.lines = lines
        self.faults: dict[tuple[Place | None, str], Diagnostic] = {}
        self.missing: set[str] = set()
        self.budget = MAX_OUTPUT
        self.book: Any = None
        """What is noted of a workbook: written and read in `render/excel`, of which this room knows nothing."""
        self.sheet: Any = None
        self.sheet_part = ""
        self.references: Any = ()
        self.known_references: dict[int, str] = {}
        """Those that read the same wherever they stand in the part that is being written."""
        self.heights: dict[tuple[str, str, int], float] = {}
        self.sheet_names: set[str] = set()
        self.counter = 0
        self.done: set[str] = set()
        self.appended: dict[str, list[str]] = {}
        self.lists: dict[int, int] = {}
        self.looped_over_nothing = False
        self.additions: Additions | None = None

    def charge(self, cost: int) -> None:
        """Take `cost` characters off the budget; raises `OutOfBounds` when nothing is left."""
        self.budget -= cost
        if self.budget < 0:
            raise OutOfBounds(
                said("template makes more than {max_output} million characters", max_output=MAX_OUTPUT // 1_000_000)
            )

    def number(self) -> int:
        """The next number of this rendering, for ids that must differ within a document."""
        self.counter += 1
        return self.counter

    def once(self, key: str) -> bool:
        """Whether this is the first time that this rendering comes by."""
        is_first = key not in self.done
        self.done.add(key)
        return is_first

    def fault(self, name: str, message: Message, help: Message) -> None:
        """Note a fault at the tag that is being rendered; the same fault of the same tag counts once."""
        mark = self.mark_now()
        place = mark.shown if mark is not None else None
        self.faults.setdefault((place, name), Diagnostic(message, place, help))

    def mark_now(self) -> Mark | None:
        """The mark of the tag that is being rendered."""
        part, line = self.line_now()
        tags = self.lines.get(part, ())
        return tags[line - 1] if 0 < line <= len(tags) else None

    def advice_on(self, name: str, inner: str) -> Message:
        """What an unknown name may mean: a minus where a dash was meant, a loop that is over."""
        if re.search(rf"\w\s*-\s*{re.escape(name)}\b", inner):
            return said("`-` is a minus: names have no dashes; write `_` if the value is called so")
        loops = (mark.tag.argument for tags in self.lines.values() for mark in tags if mark.tag.name == "for")
        if any(name in _NAME.findall(argument.partition(" in ")[0]) for argument in loops):
            return said("a loop calls its items so, and this stands outside of that loop")
        return NOTHING

    def line_now(self) -> tuple[str, int]:
        """The part and source line (the number of its tag) that is being rendered, from Python's stack."""
        frame: FrameType | None = sys._getframe(1)
        while frame is not None:
            template = frame.f_globals.get("__jinja_template__")
            if template is not None:
                return template.name, template.get_corresponding_lineno(frame.f_lineno)
            frame = frame.f_back
        return "", 0


_ABSENT_COST: Final = 4_000
"""What telling of something absent costs; one tag may do so for every item of a list."""
_NAME: Final = re.compile(r"\w+")


def _asked_of(name: str) -> re.Pattern[str]:
    """What stands before a name that is asked of it."""
    return re.compile(rf"([\w.\[\]'\"]+?)(?:\.{re.escape(name)}\b|\[\s*['\"]?{re.escape(name)}['\"]?\s*\])")


def _as_written(name: str, inner: str) -> str:
    """A name if the tag has it written out; of one that a value gave, the brackets it was asked in."""
    if not inner or (re.search(rf"(?<!\w){re.escape(name)}(?!\w)", inner) and name):
        return name
    asked = re.findall(r"\[[^\[\]]*\]", inner)
    return str(asked[0]) if len(asked) == 1 else "[…]"


class Absent(Undefined):
    """A name that does not exist: may be asked about (`is defined`, `default`), is a fault when used."""

    __slots__ = ("_kitgen_help", "_kitgen_known", "_kitgen_of_nothing", "_kitgen_state")
    _kitgen_state: RenderState
    _kitgen_help: Message
    _kitgen_known: Iterable[object]
    _kitgen_of_nothing: bool
    """Whether it was asked of a value that is empty."""

    def _note(self) -> None:
        state = self._kitgen_state
        state.charge(_ABSENT_COST)
        mark = state.mark_now()
        inner = mark.tag.inner if mark is not None else ""
        name = _as_written(str(self._undefined_name), inner)
        help = (
            advice_on_name(name, inner, is_in_group=not self._kitgen_help)
            or self._kitgen_help
            or state.advice_on(name, inner)
            or did_you_mean(name, [key for key in self._kitgen_known if isinstance(key, str)])
        )
        message = said("template uses `{name}`, which it is not given", name=name)
        if self._kitgen_of_nothing:
            message = said("template asks for `{name}` of a value that is empty", name=name)
            before = _asked_of(name).search(inner)
            help = (
                said("`{value}` is given, but holds nothing; write `{{% if {value} %}}` before", value=before[1])
                if before
                else said("ask before with `{% if ... %}`")
            )
        state.fault(name, message, help)

    def __str__(self) -> str:
        self._note()
        return ""

    def __iter__(self) -> Any:
        self._note()
        return iter(())

    def __len__(self) -> int:
        self._note()
        return 0

    def __bool__(self) -> bool:
        self._note()
        return False

    def __getattr__(self, name: str) -> Any:
        if name[:2] == "__":
            raise AttributeError(name)
        self._note()
        return self

    def _used(self, *_args: Any, **_kwargs: Any) -> "Absent":
        self._note()
        return self

    def __eq__(self, other: object) -> bool:
        self._note()
        return False

    def __ne__(self, other: object) -> bool:
        self._note()
        return True

    def __lt__(self, other: object) -> bool:  # type: ignore[override]
        self._note()
        return False

    __hash__ = Undefined.__hash__
    __gt__ = __le__ = __ge__ = __lt__  # type: ignore[assignment]
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _used  # type: ignore[assignment]
    __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = __pow__ = __rpow__ = __neg__ = __pos__ = _used  # type: ignore[assignment]
    __call__ = __getitem__ = _used  # type: ignore[assignment]
