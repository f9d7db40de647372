"""Reads `padanan.yaml`: rewordings that a person ruled equal in meaning."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from kitgen.base.errors import Findings, did_you_mean
from kitgen.base.messages import said
from kitgen.load.yaml.source import open_yaml
from kitgen.model.origin import Ruling
from kitgen.model.scheme import Unit

RULINGS_FILE: Final = "padanan.yaml"
_KEYS: Final = ("unit", "number", "old", "new", "who", "when", "why")


def load_rulings(
    path: Path,
    name: str,
    units: Sequence[Unit],
    old_texts: Mapping[str, frozenset[str]] | None,
    findings: Findings,
    is_released: bool = False,
) -> tuple[Ruling, ...]:
    """The rulings of an edition that hold; none if there is no such file.

    `old_texts` are the criteria of the edition it came from, by unit code without version; None where that cannot be
    read. A ruling holds by its texts, whatever their numbers became; one whose texts are no more those of the editions
    is noted as stale and left out. Those of a released edition were held against the edition before when it was
    sealed, with them in the seal: what became of that one since, and whether it is there at all, does not count.
    """
    top = open_yaml(path, name, findings) if path.exists() else None
    if top is None:
        return ()
    from kitgen.changes.units import stem_of

    by_stem = {stem_of(unit.code): unit for unit in units}
    found: list[Ruling] = []
    for item in top.fields(("rulings",))["rulings"].items(lambda number: said("ruling {number}", number=number)):
        fields = item.fields(_KEYS)
        ruling = Ruling(*(fields.required(key) for key in _KEYS))
        unit = by_stem.get(stem_of(ruling.unit))
        if unit is None:
            if ruling.unit:
                known = [each.code for each in units]
                fields["unit"].error(
                    said("the scheme has no unit {unit}", unit=ruling.unit), did_you_mean(ruling.unit, known)
                )
            continue
        number = _number(unit, ruling)
        if number is None:
            if ruling.new:
                fields["new"].warning(
                    said("ruling is stale: no criterion (KUK) of unit {code} says this now", code=unit.code),
                    said("rule on the new wording, or take the ruling out"),
                )
            continue
        if (ruling.unit, ruling.number) != (unit.code, number):
            item.warning(
                said("ruling is about criterion (KUK) {number} of unit {code} now", number=number, code=unit.code),
                said("mend its unit or number"),
            )
        is_whole = all((ruling.number, ruling.old, ruling.who, ruling.when, ruling.why))
        if is_released and is_whole:
            found.append(replace(ruling, unit=unit.code, number=number))
        elif old_texts is None:
            item.warning(said("ruling cannot be checked: the edition this one came from cannot be read"))
        elif ruling.old and ruling.old not in old_texts.get(stem_of(unit.code), ()):
            fields["old"].warning(
                said("ruling is stale: no criterion of unit {code} said this in the edition before", code=unit.code),
                said("copy the old text as it stands there, or take the ruling out"),
            )
        elif is_whole:
            found.append(replace(ruling, unit=unit.code, number=number))
    return tuple(found)


def _number(unit: Unit, ruling: Ruling) -> str | None:
    """The number of the criterion a ruling is about, by its text: the one it names, if that says so."""
    numbers = [each.number for each in unit.criteria() if each.text == ruling.new]
    return ruling.number if ruling.number in numbers else next(iter(numbers), None)
