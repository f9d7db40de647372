"""Made-up values for a template nobody has data for yet, from the paths it reads. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

ITEMS: Final = 2
"""How many items every list has, enough to see that rows repeat."""
_COUNTED: Final = ("n", "no", "number", "count", "lines", "minutes", "total", "position", "amount", "jumlah", "nomor")


def sample_values(paths: Iterable[str]) -> dict[str, Any]:
    """Values for the paths of a template (`units[].code`): texts that name their path, two items in each list."""
    tree: dict[str, Any] = {}
    for path in sorted(paths):
        node = tree
        for step in path.removesuffix(".*").replace("[]", ".[]").split("."):
            node = node.setdefault(step, {})
    return {name: _value(below, name, 1) for name, below in tree.items()}


def _value(below: Mapping[str, Any], path: str, number: int) -> Any:
    if "[]" in below:
        return [_value(below["[]"], path, item) for item in range(1, ITEMS + 1)]
    if below:
        return {name: _value(inner, f"{path}.{name}", number) for name, inner in below.items()}
    name = path.rpartition(".")[2]
    return number if name in _COUNTED else f"[{path}]"
