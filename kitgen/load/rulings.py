"""Reads `padanan.yaml`: rewordings that a person ruled equal in meaning."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from kitgen.errors import Findings, did_you_mean
from kitgen.load.yaml_source import open_yaml
from kitgen.model.origin import Ruling
from kitgen.model.scheme import Unit
from kitgen.scheme_diff import stem_of

RULINGS_FILE: Final = "padanan.yaml"
_KEYS: Final = ("unit", "number", "old", "new", "who", "when", "why")


def load_rulings(
    path: Path, name: str, units: Sequence[Unit], old_texts: Mapping[str, frozenset[str]] | None, findings: Findings
) -> tuple[Ruling, ...]:
    """The rulings of an edition that hold; none if there is no such file.

    `old_texts` are the criteria of the edition it came from, by unit code without version; None where that cannot be
    read. A ruling whose texts are no more those of the editions is noted as stale and left out.
    """
    top = open_yaml(path, name, findings) if path.exists() else None
    if top is None:
        return ()
    by_code = {unit.code: unit for unit in units}
    found: list[Ruling] = []
    for item in top.fields(("rulings",))["rulings"].items(lambda number: f"ruling {number}"):
        fields = item.fields(_KEYS)
        ruling = Ruling(*(fields.required(key) for key in _KEYS))
        unit = by_code.get(ruling.unit)
        if unit is None:
            if ruling.unit:
                fields["unit"].error(f"the scheme has no unit {ruling.unit}", did_you_mean(ruling.unit, by_code))
            continue
        texts = {criterion.number: criterion.text for element in unit.elements for criterion in element.criteria}
        if ruling.number and ruling.number not in texts:
            fields["number"].error(f"unit {unit.code} has no criterion (KUK) {ruling.number}",
                                   did_you_mean(ruling.number, texts))  # fmt: skip
        elif ruling.new and texts.get(ruling.number) != ruling.new:
            fields["new"].warning(f"ruling is stale: criterion (KUK) {ruling.number} of unit {unit.code} says"
                                  " something else now", "rule on the new wording, or take the ruling out")  # fmt: skip
        elif old_texts is None:
            item.warning("ruling cannot be checked: the edition this one came from cannot be read")
        elif ruling.old and ruling.old not in old_texts.get(stem_of(unit.code), ()):
            fields["old"].warning(f"ruling is stale: no criterion of unit {unit.code} said this in the edition before",
                                  "copy the old text as it stands there, or take the ruling out")  # fmt: skip
        elif all((ruling.number, ruling.old, ruling.new, ruling.who, ruling.when, ruling.why)):
            found.append(ruling)
    return tuple(found)
