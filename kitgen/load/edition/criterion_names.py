"""What is read of a reference to a criterion: whether there is one, and the marks that it must be read again."""

from collections.abc import Collection

from kitgen.base.errors import did_you_mean
from kitgen.base.messages import said
from kitgen.load.yaml.source import Entry, Fields
from kitgen.model.origin import UNDECIDED, ReviewMark

Marks = list[ReviewMark]


def refuse_unknown(entry: Entry, unit: str, number: str, known: Collection[str]) -> bool:
    """Note a number no criterion of the unit has; gives whether there is one."""
    if number in known:
        return True
    if number.endswith(UNDECIDED):
        entry.error(
            said(
                "criterion (KUK) {number} of unit {unit} is no more; what served it still stands here",
                number=number[:-1],
                unit=unit,
            ),
            said("write the number it serves now, or take it out"),
        )
    else:
        entry.error(
            said("unit {unit} has no criterion (KUK) {number}", unit=unit, number=number), did_you_mean(number, known)
        )
    return False


def read_marks(fields: Fields, what: str, name: str, unit: str, marks: Marks | None) -> tuple[str, ...]:
    """The review marks of a group, as written; each is added to `marks`."""
    found: list[str] = []
    for item in fields["review"].items():
        text = item.text()
        if text is None:
            continue
        found.append(text)
        number, separator, old = text.partition(": ")
        if marks is not None:
            at = (number, old) if separator else ("", text)
            marks.append(ReviewMark(what, name, unit, *at, item.place))
    return tuple(found)
