"""Where the words of a document come from: a digest for each branch of what its template was given. Pure.

Two states of a document are compared branch by branch, so that what changed can be named (`unit 008, criterion 1.3`)
without keeping any text. Branches that many documents share are kept once, under their own digest.
"""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from kitgen.base.digests import AnyDigest, Fingerprint, digest, digest_values, keyed
from kitgen.base.holes import BLANK
from kitgen.kits.plain import drop_after
from kitgen.load.json_file import parse_json

SHORT: Final = 12
"""Hexadecimal digits of a digest that names a branch; nothing is decided by it, only named."""
VERSIONS: Final = "$kitgen"
TEMPLATE: Final = "$template"
LOOK: Final = "$look"
ENTRY: Final = "$entry"
"""What a document is made of besides what its template is given; templates cannot name a value like this."""
_IDS: Final = (("id",), ("code",), ("unit_code", "number"), ("number",), ("letter",), ("position",))
"""What tells the items of a list apart, the first that all of them have and no two share."""

Node = tuple[str, bytes] | str
"""Branches of a value by name (items of lists with `#` before it), each as a digest (`node_of`).

Held are the line of JSON it is kept as, with room for the digests, which many nodes share, and the digests one after
the other: a sixth of the memory of a mapping. A node with other digests than kitgen's is the line itself."""
Nodes = dict[str, Node]
"""Simpul: nodes, each under the digest of the value whose branches it tells."""
Shapes = dict[tuple[str, ...], str]
"""Lines of nodes with room for digests, by the names of the branches."""
Steps = tuple[str, ...]
_HOLDING: Final = (dict, list)


@dataclass(frozen=True, slots=True)
class Branch:
    """Cabang: a place in what a document is given that is not what it was.

    `order`: the same items in another order; `filled`: what was blank, or an empty list, is so no more.
    """

    steps: Steps
    what: Literal["changed", "new", "gone", "order", "filled"]

    @property
    def path(self) -> str:
        """As templates' reads are written: `units[].elements[].criteria[].text`."""
        made = ""
        for step in self.steps:
            made += "[]" if step.startswith("#") else f".{step}" if made else step
        return made


class Provenance:
    """Digests of what documents are given, each object once; `key` keeps those of personal data from being guessed."""

    def __init__(self, key: bytes = b"") -> None:
        self.nodes: Nodes = {}
        self._key = key
        self._known: dict[int, tuple[object, str]] = {}
        self._leaves: dict[object, str] = {}
        self._shapes: dict[tuple[str, ...], tuple[str, str]] = {}
        self._stays = (0, 0, 0)

    def keep(self) -> None:
        """Let the digests of all objects known now outlast `forget`."""
        self._stays = len(self._known), len(self._leaves), len(self._shapes)

    def forget(self) -> None:
        """Forget which objects came after `keep`; the branches stay."""
        drop_after(self._known, self._stays[0])
        drop_after(self._leaves, self._stays[1])
        drop_after(self._shapes, self._stays[2])

    @property
    def blanks(self) -> frozenset[str]:
        """The digests of what is blank: of a hole, of no text, of an empty list."""
        empty: tuple[object, ...] = (BLANK, "", [])
        return frozenset(self._digest(value) for value in empty)

    def hidden(self, digest: AnyDigest) -> AnyDigest:
        """A digest as it may be remembered: under the key, so that nobody finds what it is of by trying."""
        return keyed(digest, self._key)

    def take(self, fingerprint: Fingerprint, given: Mapping[str, object]) -> None:
        """Keep the branches of what the document with this fingerprint is given, under the hidden fingerprint."""
        made = {name: self._digest(value) for name, value in sorted(given.items())}
        self.nodes[self.hidden(fingerprint)[:SHORT]] = self._node(tuple(made), list(made.values()))[0]

    def _digest(self, value: object) -> str:
        if not isinstance(value, _HOLDING):
            return self._digest_of_leaf(value)
        found = self._known.get(id(value))
        if found is not None:
            return found[1]
        branches = _branches(value)
        if branches:
            known = self._leaves
            shorts = [
                known.get(branch) or self._digest(branch) if type(branch) is str else self._digest(branch)
                for branch in branches.values()
            ]
            node, pairs = self._node(tuple(branches), shorts)
            short = self.hidden(digest(pairs.encode("utf-8", "surrogatepass")))[:SHORT]
            self.nodes[short] = node
        else:
            short = self._short(value)
        self._known[id(value)] = (value, short)
        return short

    def _node(self, names: tuple[str, ...], shorts: list[str]) -> tuple[Node, str]:
        """Branches as a node, and as the JSON its digest is of: most values are shaped like many others.

        JSON made with the names put in before takes half the time of `digest_values` of a list of pairs.
        """
        shape = self._shapes.get(names)
        if shape is None:
            pairs = ",".join(f'[{_spelled(name)},"%s"]' for name in names)
            shape = self._shapes[names] = line_with_room(names), f"[{pairs}]"
        line, text = shape
        return (line, bytes.fromhex("".join(shorts))), text % tuple(shorts)

    def _digest_of_leaf(self, value: object) -> str:
        """The digest of a text, a number, a hole: the same one stands in many places."""
        if isinstance(value, float):  # 0.0 and -0.0 are equal and written in two ways
            return self._short(value)
        leaf = value if isinstance(value, str) else (type(value), value)  # True is equal to 1
        short = self._leaves.get(leaf)
        if short is None:
            short = self._leaves[leaf] = self._short(value)
        return short

    def _short(self, plain: object) -> str:
        return keyed(digest_values(plain), self._key)[:SHORT]


line_of: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Plain data as they are kept."""


def node_of(branches: Mapping[str, str], shapes: Shapes) -> Node:
    """Branches as a node; `shapes` are those known, to which its own comes."""
    together = "".join(branches.values())
    if not _DIGESTS.fullmatch(together) or any(len(each) != SHORT for each in branches.values()):
        return line_of(branches)
    names = tuple(branches)
    shape = shapes.get(names)
    if shape is None:
        shape = shapes[names] = line_with_room(names)
    return shape, bytes.fromhex(together)


def line_with_room(names: Iterable[str]) -> str:
    """The line of a node whose branches are called so, with room for their digests."""
    rooms = ",".join(f'{_spelled(name)}:"%s"' for name in names)
    return f"{{{rooms}}}"


def _spelled(name: str) -> str:
    return line_of(name).replace("%", "%%")


_DIGESTS: Final = re.compile("[0-9a-f]*")


def line_of_node(node: Node) -> str:
    """A node as it is kept, a line of JSON."""
    if isinstance(node, str):
        return node
    return node[0] % tuple(digests_of(node))


def digests_of(node: Node) -> list[str]:
    """The digests of a node's branches."""
    if isinstance(node, str):
        return list(branches_of(node).values())
    together = node[1].hex()
    return [together[at : at + SHORT] for at in range(0, len(together), SHORT)]


def branches_of(node: Node) -> dict[str, str]:
    """A node as a mapping."""
    made: dict[str, str] = parse_json(line_of_node(node))
    return made


def _branches(value: dict[object, object] | list[dict[str, object]]) -> dict[str, object]:
    if isinstance(value, dict):
        return {str(name): branch for name, branch in sorted(value.items())}
    if value and all([isinstance(item, dict) for item in value]):
        return dict(zip(_names(value), value, strict=True))
    return {}


def _names(items: list[dict[str, object]]) -> list[str]:
    for keys in _IDS:
        if all([key in item for item in items for key in keys]):
            ids = [" ".join([str(item[key]) for key in keys]) for item in items]
            if len(set(ids)) == len(items):
                return [f"#{id}" for id in ids]
    return [f"#{number}" for number in range(1, len(items) + 1)]


def branches_changed(
    old: Nodes, old_root: str, new: Nodes, new_root: str, blanks: Collection[str] = frozenset()
) -> list[Branch] | None:
    """Where two documents (told by hidden fingerprint) were given different things; None if one is not known.

    `blanks` are the digests of what is blank (`Provenance.blanks`).
    """
    before, now = old_root[:SHORT], new_root[:SHORT]
    if before not in old or now not in new:
        return None
    return [
        replace(branch, what="filled") if branch.what == "changed" and was in blanks else branch
        for branch, was in _differing(old, before, new, now, ())
    ]


def _differing(old: Nodes, before: str, new: Nodes, now: str, steps: Steps) -> Iterator[tuple[Branch, str]]:
    """Each branch with the digest of what it was."""
    if before == now:
        return
    if before not in old or now not in new:
        yield Branch(steps, "changed"), before
        return
    was, is_ = branches_of(old[before]), branches_of(new[now])
    names = [name for name in {**was, **is_} if was.get(name) != is_.get(name)]
    for name in names:
        here = (*steps, name)
        if name not in was or name not in is_:
            yield Branch(here, "new" if name in is_ else "gone"), ""
        else:
            yield from _differing(old, was[name], new, is_[name], here)
    if not names and list(was) != list(is_):
        yield Branch(steps, "order"), before


def is_read(path: str, reads: Collection[str]) -> bool:
    """Whether a template that reads these paths reads what lies at another, or something in it."""
    for read in reads:
        if read == path or read.startswith((f"{path}.", f"{path}[")):
            return True
        whole = read.removesuffix(".*")
        if whole != read and path.startswith((f"{whole}.", f"{whole}[")):
            return True
    return False


def reachable(nodes: Nodes, roots: Iterable[str]) -> Nodes:
    """The nodes that can be reached from these roots."""
    found: Nodes = {}
    waiting = [root[:SHORT] for root in roots] if nodes else []
    while waiting:
        name = waiting.pop()
        if name in nodes and name not in found:
            found[name] = nodes[name]
            waiting += digests_of(nodes[name])
    return found
