"""What is read of a reference to a criterion: whether there is one, and the marks that it must be read again."""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Final

from kitgen.base.errors import did_you_mean
from kitgen.base.messages import NOTHING, Message, joined, said
from kitgen.load.yaml.source import Entry, Fields
from kitgen.model.origin import UNDECIDED, ReviewMark
from kitgen.model.scheme import Scheme, Unit

Marks = list[ReviewMark]
_UNITS_NAMED: Final = 3


def named_criteria(units: Iterable[Unit], is_meant: Callable[[str, str], bool]) -> tuple[int, Message]:
    """How many criteria are meant (by unit code and number), and their names in one line: the first units of them."""
    found: list[str] = []
    count = 0
    for unit in units:
        numbers = numbers_of(unit)
        meant = [number for number in numbers if is_meant(unit.code, number)]
        count += len(meant)
        if meant:
            found.append(joined(" ", (unit.code, said("(all)") if meant == numbers else ", ".join(meant))))
    more = said(" and {more} more units", more=len(found) - _UNITS_NAMED) if len(found) > _UNITS_NAMED else NOTHING
    return count, joined("", (joined("; ", found[:_UNITS_NAMED]), more))


def numbers_of(unit: Unit) -> list[str]:
    """The numbers of a unit's criteria, in order."""
    return [criterion.number for criterion in unit.criteria()]


def units_of(entry: Entry, scheme: Scheme) -> Iterator[tuple[Entry, Unit]]:
    """The list of criteria of each item of a list by unit, and its unit; none, or one that comes twice, is noted."""
    units = {unit.code: unit for unit in scheme.units}
    for item in entry.items(lambda number: said("unit {number}", number=number)):
        fields = item.fields(("unit", "criteria"))
        code = fields.required("unit")
        if code in units:
            yield fields["criteria"], units.pop(code)
        elif code:
            fields["unit"].error(
                said("the scheme has no unit {code}, or it stands here twice", code=code), did_you_mean(code, units)
            )


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
