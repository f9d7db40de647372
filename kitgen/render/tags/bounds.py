"""What keeps templates within bounds: loops, filters and comparisons are charged for what they go through."""

from collections.abc import Callable, Iterable
from typing import Any, Final, cast

from jinja2 import Environment, nodes

from kitgen.base.holes import Hole
from kitgen.base.messages import said
from kitgen.render.tags.filters import HOLE_AWARE_FILTERS, OutOfBounds
from kitgen.render.tags.tree import below

LOOP_COST: Final = 64
FILTER_COST: Final = 50


def bounded(tree: nodes.Template, environment: Environment, row_loops: frozenset[int]) -> nodes.Template:
    """Rewrite a parsed template so that loops are charged and `~` is bounded."""
    found = list(below(tree))
    for loop in (node for node in found if isinstance(node, nodes.For)):
        cost = LOOP_COST + sum(len(data.data) for part in loop.body for data in _text_in(part))
        if loop.lineno in row_loops:
            loop.iter = _filtered(cast(nodes.Expr, loop.iter), "_rows", [], environment)
        loop.iter = _filtered(cast(nodes.Expr, loop.iter), "_each", [nodes.Const(cost)], environment)
    for block in (node for node in found if isinstance(node, nodes.AssignBlock)):
        if block.filter is None:  # its text was printed already, and is not escaped once more
            block.filter = nodes.Filter(None, "_made", [], [], None, None)
    for concat in (node for node in found if isinstance(node, nodes.Concat)):
        parts = nodes.List(list(concat.nodes))
        concat.nodes = [_filtered(parts, "_joined", [], environment)]
    for compare in (node for node in found if isinstance(node, nodes.Compare)):
        is_short = any(isinstance(side, nodes.Const) for side in (compare.expr, *(part.expr for part in compare.ops)))
        for operand in compare.ops:
            if operand.op in ("in", "notin") or not is_short:
                operand.expr = _filtered(operand.expr, "_weighed", [], environment)
            if not is_short:
                operand.expr = _filtered(operand.expr, "_weighed_through", [], environment)
        if not is_short:
            compare.expr = _filtered(compare.expr, "_weighed_through", [], environment)
    for pair in (node for node in found if isinstance(node, nodes.Pair) and not isinstance(node.key, nodes.Const)):
        pair.key = _filtered(pair.key, "_weighed_through", [], environment)
    return tree


def _text_in(node: nodes.Node) -> Iterable[nodes.TemplateData]:
    return (each for each in (node, *below(node)) if isinstance(each, nodes.TemplateData))


def _filtered(node: nodes.Expr, name: str, arguments: list[nodes.Expr], environment: Environment) -> nodes.Filter:
    call = nodes.Filter(node, name, arguments, [], None, None)
    call.set_lineno(node.lineno or 1)
    call.set_environment(environment)
    return call


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
