"""What makes documents besides data and templates: the versions, and the facts of a form they knew. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from functools import cache
from typing import Any, Final, Self

from kitgen import __version__
from kitgen.model.body import PageStyle
from kitgen.model.forms import Form
from kitgen.render import RENDERER_VERSION

_MARKS_BEHIND_SERIAL: Final = 6
"""The renderer that was the first to do so."""


@dataclass(frozen=True, slots=True)
class MadeBy:
    """Pembuat dokumen: versions of kitgen and of its renderer, and what they knew of a form and of a look.

    What a later version knows besides is left out of the digests of what these made: it changes nothing they printed.
    """

    kitgen: str
    renderer: int
    form_facts: tuple[str, ...]
    style_facts: tuple[str, ...]

    @classmethod
    def now(cls) -> Self:
        """This kitgen."""
        return cls(__version__, RENDERER_VERSION, _names(Form), _names(PageStyle))

    @property
    def marks_behind_serial(self) -> bool:
        """Whether `DRAF` was put behind the serial, which does not tell of it; before, templates printed it."""
        return self.renderer >= _MARKS_BEHIND_SERIAL

    @property
    def versions(self) -> list[object]:
        """What stands for them in digests: one object of equal ones, which is digested once."""
        return _versions(self.kitgen, self.renderer)

    def of_form(self, form: Form) -> Mapping[str, Any]:
        """The facts of a form that were known."""
        return _known(asdict(form), self.form_facts)

    def of_style(self, style: PageStyle) -> Mapping[str, Any]:
        """The facts of a look that were known."""
        return _known(asdict(style), self.style_facts)


@cache
def _versions(kitgen: str, renderer: int) -> list[object]:
    return [kitgen, renderer]


def _names(model: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(model))


def _known(facts: Mapping[str, Any], names: tuple[str, ...]) -> Mapping[str, Any]:
    return {name: facts[name] for name in names if name in facts}


ZERO_ONE: Final = MadeBy(
    "0.1.0",
    4,
    ("code", "title", "number", "stage", "template", "kits", "per", "audience", "given", "questions", "instrument",
     "personal", "typed_by", "results", "holds", "proves"),
    ("paper", "accent"),
)  # fmt: skip
"""kitgen 0.1, which kept no templates."""
