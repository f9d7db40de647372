"""What keeps templates within bounds: filters are charged for what they go through (loops, comparisons: `program`)."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from kitgen.base.holes import Hole
from kitgen.base.messages import said
from kitgen.render.tags.filters import HOLE_AWARE_FILTERS, OutOfBounds

FILTER_COST: Final = 50


def past_holes(
    name: str, function: Callable[..., Any], weighed: Callable[..., Any], through: Callable[[Any], Any] | None
) -> Callable[..., Any]:
    """The filter, charged for the length of what it is given and gives.

    A Blank or Missing is handed through unchanged unless the filter is made for them.
    """
    # Jinja hands the environment or context over first to some; the value comes second.
    position = 1 if hasattr(function, "jinja_pass_arg") else 0

    def filtered(*args: Any, **kwargs: Any) -> Any:
        value = args[position]
        if isinstance(value, Hole) and name not in HOLE_AWARE_FILTERS:
            return value
        if hasattr(value, "__next__"):
            value = at_most(value)
        weighed(value, FILTER_COST)
        if through is not None:
            through(value)
        return weighed(function(*args[:position], value, *args[position + 1 :], **kwargs))

    if position:
        filtered.jinja_pass_arg = function.jinja_pass_arg  # type: ignore[attr-defined]
    return filtered


def at_most(items: Iterable[Any], most: int = 1_000_000) -> list[Any]:
    """The items as a list. Raises `OutOfBounds` where there are more than `most`."""
    kept: list[Any] = []
    for item in items:
        if len(kept) >= most:
            raise OutOfBounds(said("a loop runs over more than {most} things", most=most))
        kept.append(item)
    return kept


def bounded_range(*bounds: int) -> range:
    """`range` as templates have it. Raises `OutOfBounds` for more than 100,000 numbers."""
    numbers = range(*bounds)
    if len(numbers) > 100_000:
        raise OutOfBounds(said("`range` gives more than 100000 numbers"))
    return numbers
