"""Why documents are stale, in words: the data behind a change, and equal reasons of many documents told once. Pure."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kitgen.base.line_diff import Difference
from kitgen.base.messages import NOTHING, Message, joined, said
from kitgen.documents.disk.branches import ENTRY, LOOK, TEMPLATE, VERSIONS, Branch, Steps, is_read
from kitgen.documents.status.data_words import criterion_text, steps_in_words
from kitgen.kits.stamp import STATUS
from kitgen.model.given import OF_NOBODY

LAYOUT_ONLY: Final = said("its layout changed, none of its words")
MARK_ONLY: Final = said("the mark DRAF alone, none of its words")
NOT_KEPT: Final = said("the words of the older pages are not kept")
"""What is told of a document whose words do not differ, but for the mark, and of one whose older words nobody knows."""

_OF_THEIR_OWN: Final = frozenset({"units", "questions", "participants"})
"""Lists whose items are known by their code wherever they stand: what stands above them is not told."""
_DERIVED: Final = frozenset({"form", "stamp"})
"""What is given of the form and the page itself; its change is that of the form's entry."""
_OF_NOBODY: Final = OF_NOBODY | {TEMPLATE, VERSIONS, LOOK, STATUS, ENTRY}
"""First steps of branches that hold nothing of people."""
_CRITERION: Final = re.compile(r"#(\S+\.\S+) (\d+\.\d+)")
"""How `provenance` names what belongs to one criterion: by its unit and its number."""
_WHAT: Final = {
    "changed": NOTHING, "new": said(" (new)"), "gone": said(" (gone)"), "order": said(" (order)"), "filled": NOTHING,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Why:
    """Alasan: why a document is as it stands.

    `told` is in words, complete; `causes` name the data behind it (none: not known); `changes` are the places of the
    page that say something else. `branches` are the causes as the data have them.
    """

    told: tuple[Message, ...] = ()
    causes: tuple[Message, ...] = ()
    changes: tuple[Difference, ...] = ()
    branches: tuple[Branch, ...] = ()


def causes_in_words(
    branches: Iterable[Branch], reads: Collection[str], template: str, code: str
) -> tuple[Message, ...]:
    """What changed in the data, each thing once: only what the template reads, unless it reads none of it."""
    return tuple(dict.fromkeys(_in_words(branch, template, code) for branch in branches_read(branches, reads)))


def branches_read(branches: Iterable[Branch], reads: Collection[str]) -> tuple[Branch, ...]:
    """Of what changed in the data what the template reads; all of it, if it reads none."""
    found = [branch for branch in branches if branch.steps and branch.steps[0] not in _DERIVED]
    return tuple([each for each in found if each.steps[0].startswith("$") or is_read(each.path, reads)] or found)


def is_of_nobody(branches: Iterable[Branch] | None, reads: Collection[str]) -> bool:
    """Whether the data behind a change are known, and none of them can be about people.

    `branches` are all that changed; of them counts what the template reads, and what stands in the stamp of each page.
    """
    known = tuple(branches or ())
    counted = (*branches_read(known, reads), *(each for each in known if each.steps[:1] == ("stamp",)))
    return bool(counted) and all(each.steps[0] in _OF_NOBODY for each in counted)


def _in_words(branch: Branch, template: str, code: str) -> Message:
    head, below = branch.steps[0], range(1, len(branch.steps))
    if head == TEMPLATE:
        return said("template {template}, or a block or picture in it", template=template)
    if head == VERSIONS:
        return said("another version of kitgen")
    if head == LOOK:
        told = steps_in_words(("body", *branch.steps[1:]), below)
        return said("identity.yaml: {fact}", fact=told) if below else said("identity.yaml")
    if head == STATUS:
        return said("the release of the edition")
    if head == ENTRY:
        return (
            said("forms.yaml, {form}: {fact}", form=code, fact=steps_in_words(branch.steps, below)) + _WHAT[branch.what]
        )
    if head == "body":
        return said("identity.yaml: {fact}", fact=steps_in_words(branch.steps, below)) + _WHAT[branch.what]
    return joined("", (_of_data(branch.steps), _WHAT[branch.what]))


def _of_data(steps: Steps) -> Message:
    if steps[-1] == "text" and (known := _CRITERION.fullmatch(steps[-2])):  # the KUK's own text, wherever it is given
        return criterion_text(known[1], known[2])
    shown = _from_the_last_own(steps)
    if [steps[at] for at in shown if steps[at][:1] != "#"] == ["units", "criteria", "text"]:
        return criterion_text(steps[shown[1]][1:], steps[shown[3]][1:])
    return steps_in_words(steps, shown)


def _from_the_last_own(steps: Steps) -> list[int]:
    starts = [
        number for number, step in enumerate(steps[:-1]) if step in _OF_THEIR_OWN and steps[number + 1][:1] == "#"
    ]
    own = list(range(starts[-1] if starts else 0, len(steps)))
    if len(own) > 4 and [steps[own[at]] for at in (0, 2, 4)] == ["units", "elements", "criteria"]:
        return [*own[:2], *own[4:]]
    return own


@dataclass(frozen=True, slots=True)
class ReasonGroup:
    """Kelompok alasan: documents that are stale for the same reason.

    `words` are the texts that changed, each pair of old and new once, and not again with what merely stands around
    them in some documents; `members` number the documents.
    """

    causes: tuple[Message, ...]
    words: tuple[tuple[str, str], ...]
    members: tuple[int, ...]


def grouped(whys: Sequence[Why]) -> Iterator[ReasonGroup]:
    """Documents of the same causes (where none is known, of the same changed texts), in the order they come."""
    groups: dict[object, list[int]] = {}
    for number, why in enumerate(whys):
        pairs = tuple(dict.fromkeys((each.old, each.new) for each in why.changes))
        groups.setdefault(
            ("cause", *why.causes) if why.causes else ("words", *pairs, *why.told * (not pairs)), []
        ).append(number)
    for members in groups.values():
        words = dict.fromkeys((each.old, each.new) for number in members for each in whys[number].changes)
        yield ReasonGroup(whys[members[0]].causes, tuple(_apart(words)), tuple(members))


def _apart(words: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The pairs of old and new, the shortest first, without those that are a shorter one with the same text around.

    What is one word alone (a number that counts something) is another change where it stands in a sentence.
    """
    found: list[tuple[str, str]] = []
    for old, new in sorted(words, key=lambda pair: len(pair[0])):
        if not any(" " in was.strip() and old.replace(was, now) == new != old for was, now in found):
            found.append((old, new))
    return found
