"""What a page changes in a scheme that is there already, and the scheme with the changes made.

Only what a page gives is compared and changed. Whatever people added to `scheme.yaml` (facts the page does not give,
corrections, signatories, keys of any kind) stays.
"""

from collections.abc import Iterator
from typing import Any

from kitgen.base.messages import Message, said
from kitgen.load.yaml.reshape import reshaped
from kitgen.schemes.published.page import PublishedPage
from kitgen.schemes.published.scheme_text import unit_facts
from kitgen.schemes.published.units import PublishedUnit


def differences(old: Any, page: PublishedPage) -> list[Message]:
    """What the page says otherwise than the scheme, unit by unit; empty where it says the same."""
    before, now = _units(old), {unit.code: unit for unit in page.units}
    told = [said("unit {code} is no longer on the page", code=code) for code in before if code not in now]
    for code, unit in now.items():
        if code not in before:
            told.append(said("unit {code} is new: {title}", code=code, title=unit.title))
        else:
            told += _of_unit(before[code], unit)
    if not told and [*before] != [*now]:
        told.append(said("the units stand in another order"))
    told += [
        said("{key}: `{new}` instead of `{old}`", key=key, new=_shown(value), old=_shown(old.get(key)))
        for key, value in scheme_facts(page).items()
        if value != (old.get(key) or None)
    ]
    return told


def scheme_facts(page: PublishedPage) -> dict[str, Any]:
    """What the page gives of the scheme itself, by the keys of `scheme.yaml`."""
    facts = page.facts
    given: dict[str, Any] = {
        "number": facts.number.text if facts.number else None,
        "kind": facts.kind.text if facts.kind else None,
        "basic_requirements": [item.text for item in facts.basic],
        "administrative_requirements": [item.text for item in facts.administrative],
    }
    return {key: value for key, value in given.items() if value}


def _of_unit(old: dict[str, Any], unit: PublishedUnit) -> Iterator[Message]:
    code = unit.code
    if old.get("title") != unit.title:
        yield said("unit {code}: title `{new}` instead of `{old}`", code=code, new=unit.title, old=old.get("title"))
    before = {str(each.get("number")): each for each in _list(old.get("elements"))}
    now = {element.number: element for element in unit.elements}
    for number in before.keys() - now.keys():
        yield said("unit {code}: element {number} is no longer there", code=code, number=number)
    for number, element in now.items():
        was = before.get(number, {}).get("title")
        if was is None:
            yield said("unit {code}: element {number} is new: {text}", code=code, number=number, text=element.title)
        elif was != element.title:
            yield said(
                "unit {code}, element {number}: `{new}` instead of `{old}`", code=code, number=number,
                new=element.title, old=was,
            )  # fmt: skip
    criteria = _criteria(old)
    texts = {criterion.number: criterion.text for criterion in unit.criteria}
    for number in sorted(criteria.keys() - texts.keys()):
        yield said(
            "unit {code}: KUK {number} is no longer there: {text}", code=code, number=number,
            text=criteria[number].get("text"),
        )  # fmt: skip
    for number, text in texts.items():
        if number not in criteria:
            yield said("unit {code}: KUK {number} is new: {text}", code=code, number=number, text=text)
        elif criteria[number].get("text") != text:
            yield said(
                "unit {code}, KUK {number}: `{new}` instead of `{old}`", code=code, number=number, new=text,
                old=criteria[number].get("text"),
            )  # fmt: skip
    for key, value in unit_facts(unit).items():
        if (old.get(key) or None) != value:
            yield said("unit {code}: `{key}` is given by the page", code=code, key=key)


def amended(text: str, old: Any, page: PublishedPage, file: str) -> tuple[str, bool]:
    """The text of `scheme.yaml` with what the page gives put in place of what was there; and whether comments stay.

    `old` is what the text says; `file` is how it is called in errors.
    """
    before = _units(old)
    clusters = _clusters(_list(old.get("clusters")), [unit.code for unit in page.units])
    if not clusters and page.clusters:
        clusters = page.clusters
    tree: dict[str, Any] = {**scheme_facts(page), **({"clusters": clusters} if clusters else {})}
    return reshaped(
        text, {**tree, "units": [_amended_unit(before.get(unit.code, {}), unit) for unit in page.units]}, file
    )


def _amended_unit(old: dict[str, Any], unit: PublishedUnit) -> dict[str, Any]:
    """What the page gives of a unit; of what else the unit has nothing is said, so that it stays."""
    criteria = _criteria(old)
    elements = [
        {
            "number": element.number,
            "title": element.title,
            "criteria": [
                _without_correction(criteria.get(each.number, {}), each.number, each.text) for each in element.criteria
            ],
        }
        for element in unit.elements
    ]
    return {"code": unit.code, "title": unit.title, **unit_facts(unit), "elements": elements}


def _without_correction(old: dict[str, Any], number: str, text: str) -> dict[str, Any]:
    """A criterion; what was added to it goes when the published text is another."""
    added = {} if old.get("text") == text else {key: None for key in old if key not in ("number", "text")}
    return {"number": number, "text": text, **added}


def _clusters(old: list[Any], codes: list[str]) -> list[dict[str, Any]]:
    """The clusters without units that are gone; new units stand in one of their own, as a proposal."""
    kept: list[dict[str, Any]] = []
    placed: set[str] = set()
    for cluster in old:
        members = [code for code in _list(cluster.get("units")) if code in codes]
        placed.update(members)
        if members:
            kept.append({**cluster, "units": members})
    rest = [code for code in codes if code not in placed]
    if kept and rest:
        numbers = [int(each["number"]) for each in kept if str(each.get("number") or "").isdecimal()]
        kept.append({"number": max(numbers, default=len(kept)) + 1, "status": "usulan", "units": rest})
    return kept


def _units(old: Any) -> dict[str, dict[str, Any]]:
    return {str(unit.get("code")): unit for unit in _list(old.get("units")) if isinstance(unit, dict)}


def _criteria(unit: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        str(criterion.get("number")): criterion
        for element in _list(unit.get("elements"))
        for criterion in _list(element.get("criteria"))
    }


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _shown(value: Any) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value or "-")
