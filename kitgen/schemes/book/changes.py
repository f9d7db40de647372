"""What an import changes in a file, counted: texts that say something else, that are new, that are gone. Pure."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kitgen.load.yaml.reshape import Tree, is_nothing


@dataclass(frozen=True, slots=True)
class FileChange:
    """Perubahan satu berkas: its name, how many texts are changed, new and gone, and the first of them in words."""

    file: str
    changed: int
    new: int
    gone: int


def compared(file: str, old: Tree, new: Tree) -> FileChange:
    """The change from what a file says to what a workbook says of the same keys."""
    before, after = Counter(_texts(old, new)), Counter(_texts(new, new))
    taken, added = before - after, after - before
    places = {way for way, _ in taken} & {way for way, _ in added}
    changed = sum(min(_count(taken, way), _count(added, way)) for way in places)
    return FileChange(file, changed, added.total() - changed, taken.total() - changed)


def _count(texts: Counter[tuple[str, str]], way: str) -> int:
    return sum(count for (key, _), count in texts.items() if key == way)


def _texts(tree: Tree, meant: Tree, way: str = "") -> Iterator[tuple[str, str]]:
    """Each text with the keys that lead to it; of the keys the workbook speaks of."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            if isinstance(meant, dict) and key in meant:
                yield from _texts(value, meant[key], f"{way}/{key}")
    elif isinstance(tree, list):
        pattern: dict[str, Tree] = {}
        for each in meant if isinstance(meant, list) else ():
            pattern |= each if isinstance(each, dict) else {}
        for item in tree:
            yield from _texts(item, pattern or item, way)
    elif not is_nothing(tree):
        yield way, str(tree)
