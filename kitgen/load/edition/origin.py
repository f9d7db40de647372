"""Reads and writes `asal.json`: the edition a draft was copied from, and what its references spoke of since."""

from pathlib import Path
from typing import Any, Final

from kitgen.base.errors import Findings, Place
from kitgen.base.messages import said
from kitgen.load.json_file import json_text, open_json
from kitgen.model.origin import Baseline, CriterionReference, Origin, UnitThen
from kitgen.model.scheme import Criterion

ORIGIN_FILE: Final = "asal.json"
FORMAT: Final = 1
_HELP: Final = said("put it back from a copy of the folder; without it, this edition follows no other")


def load_origin(path: Path, name: str, findings: Findings) -> Origin | None:
    """Where an edition comes from; None if it comes from no other, or (noted) its file is damaged."""
    found = open_json(path, name, FORMAT, _HELP, findings)
    if found is None:
        return None
    try:
        coming = found.get("coming")
        return Origin(_text(found["origin"]), _baseline(found), _baseline(coming) if coming is not None else None)
    except (KeyError, TypeError, ValueError, AttributeError):
        findings.error(said("file is damaged"), Place(name), _HELP)
        return None


def origin_text(origin: Origin) -> str:
    """The whole file; a line for each criterion and reference."""
    content: dict[str, Any] = {"format": FORMAT, "origin": origin.edition, **_plain(origin.baseline)}
    if origin.coming is not None:
        content["coming"] = _plain(origin.coming)
    return json_text(content)


def _plain(baseline: Baseline) -> dict[str, Any]:
    return {
        "criteria": {
            unit.code: {criterion.number: criterion.text for criterion in unit.criteria} for unit in baseline.units
        },
        "references": {
            name: [f"{each.name}|{each.unit}|{','.join(each.numbers)}|{each.content}" for each in references]
            for name, references in sorted(baseline.references.items())
        },
    }


def _baseline(found: Any) -> Baseline:
    units = tuple(
        UnitThen(_text(code), tuple(Criterion(_text(number), _text(text)) for number, text in criteria.items()))
        for code, criteria in found["criteria"].items()
    )
    references = {
        _text(name): tuple(_reference(_text(each)) for each in listed) for name, listed in found["references"].items()
    }
    return Baseline(units, references)


def _reference(line: str) -> CriterionReference:
    name, unit, numbers, content = line.rsplit("|", 3)
    return CriterionReference(name, unit, tuple(numbers.split(",")) if numbers else (), content)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
