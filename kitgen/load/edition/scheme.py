"""Reads `scheme.yaml`, one edition of a scheme."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from kitgen.base.errors import Findings, did_you_mean
from kitgen.base.holes import BLANK, Missing
from kitgen.base.messages import Message, said
from kitgen.base.project import EditionName
from kitgen.kits.lacks import FACT_NOT_GIVEN
from kitgen.load.yaml.source import Entry, Fields, open_yaml
from kitgen.load.yaml.unfinished import as_proposed, tell_unfinished
from kitgen.model.body import Signatory
from kitgen.model.scheme import Cluster, Criterion, Element, Scheme, Unit

_SCHEME_KEYS: Final = (
    "title", "title_source", "number", "kind", "basic_requirements", "administrative_requirements", "authors",
    "validators", "clusters", "units",
)  # fmt: skip
_UNIT_KEYS: Final = (
    "code", "title", "standard", "workplace_standard", "description", "variables", "assessment_guide",
    "critical_aspects", "elements", "proposed",
)  # fmt: skip
_SIGNING_ROWS: Final = 2
_CORRECTION_KEYS: Final = ("text", "source", "reason")


def load_scheme(path: Path, name: str, edition: EditionName, findings: Findings) -> Scheme | None:
    """The scheme in a `scheme.yaml`, or None if it cannot be read at all; every problem is noted in `findings`.

    `name` is what errors call the file.
    """
    top = open_yaml(path, name, findings)
    if top is None:
        return None
    fields = top.fields(_SCHEME_KEYS)
    units = _units(fields["units"])
    _note_missing(fields)
    tell_unfinished(top)
    return Scheme(
        slug=edition.slug,
        edition=edition.name,
        title=fields.required("title"),
        number=fields.optional("number") or Missing("nomor skema"),
        kind=(fields["kind"].choice(Scheme.KINDS) if "kind" in fields else None) or Missing("jenis skema"),
        basic_requirements=fields["basic_requirements"].texts() or Missing("persyaratan dasar"),
        administrative_requirements=fields["administrative_requirements"].texts() or Missing("bukti administratif"),
        clusters=_clusters(fields["clusters"], units),
        units=units,
        authors=_signatories(fields["authors"]),
        validators=_signatories(fields["validators"]),
    )


def load_units(path: Path, name: str, findings: Findings) -> tuple[Unit, ...]:
    """The units in a `scheme.yaml` and nothing else of it; none (and the problem noted) if it cannot be read."""
    top = open_yaml(path, name, findings)
    return _units(top.fields(_SCHEME_KEYS)["units"]) if top is not None else ()


def _signatories(entry: Entry) -> tuple[Signatory, ...]:
    """Those who sign, and empty rows up to the two that the official block has."""
    found = []
    for item in entry.items(lambda number: said("person {number}", number=number)):
        fields = item.fields(("name", "registration"))
        found.append(Signatory(fields.required("name"), fields.optional("registration") or BLANK))
    return (*found, *[Signatory()] * (_SIGNING_ROWS - len(found)))


def _note_missing(fields: Fields) -> None:
    labels = {"number": said("scheme number"), "kind": said("kind of scheme"),
              "basic_requirements": said("basic requirements"),
              "administrative_requirements": said("administrative evidence")}  # fmt: skip
    for key, label in labels.items():
        if key not in fields:
            fields[key].warning(FACT_NOT_GIVEN.about(label=label), said("write it behind `{key}:`", key=key))


def _units(entry: Entry) -> tuple[Unit, ...]:
    entries = entry.items(lambda number: said("unit {number}", number=number))
    if not entries:
        entry.error(
            said("scheme has no units"),
            said("list them under `units:`, or import the published page with `kitgen import`"),
        )
    units: list[Unit] = []
    places: dict[str, Entry] = {}
    for position, item in enumerate(entries, 1):
        unit = _unit(item, position)
        if unit.code and unit.code in places:
            item.error(
                said("unit {code} stands twice, first in line {line}", code=unit.code, line=places[unit.code].line),
                said("keep one of the two"),
            )
        places.setdefault(unit.code, item)
        units.append(unit)
    return tuple(units)


def _unit(entry: Entry, position: int) -> Unit:
    spot = said("unit {peek}", peek=entry.peek("code") or position)
    fields = entry.fields(_UNIT_KEYS, spot)
    items = fields["elements"].items(lambda number: said("{spot}, element {number}", spot=spot, number=number))
    elements = tuple(_element(item, index) for index, item in enumerate(items, 1))
    if not elements:
        fields["elements"].error(said("unit has no elements"), said("list them under `elements:`"))
    _numbered_once(
        [(element.number, item) for element, item in zip(elements, items, strict=True)], said("element"), spot
    )
    code = fields.required("code")
    return Unit(
        position=position,
        code=code,
        title=fields.required("title"),
        standard=fields.optional("standard") or Missing("standar kompetensi kerja"),
        workplace_standard=as_proposed(fields, code, fields.optional("workplace_standard") or "") or BLANK,
        elements=elements,
        description=fields.optional("description") or BLANK,
        variables=fields["variables"].texts(),
        assessment_guide=fields["assessment_guide"].texts(),
        critical_aspects=fields["critical_aspects"].texts(),
    )


def _element(entry: Entry, position: int) -> Element:
    spot = entry.spot
    fields = entry.fields(("number", "title", "criteria"))
    number = fields.required("number")
    items = fields["criteria"].items(lambda index: said("{spot}, criterion {index}", spot=spot, index=index))
    criteria = tuple(_criterion(item, spot) for item in items)
    if not criteria:
        fields["criteria"].error(said("element has no criteria (KUK)"), said("list them under `criteria:`"))
    _numbered_once(
        [(criterion.number, item) for criterion, item in zip(criteria, items, strict=True)],
        said("criterion (KUK)"),
        spot,
    )
    for criterion, item in zip(criteria, items, strict=True):
        if number and criterion.number and not criterion.number.startswith(f"{number}."):
            item.error(
                said("criterion (KUK) {number} stands in element {element}", number=criterion.number, element=number),
                said("move it to its own element, or mend its number"),
            )
    return Element(position, number, fields.required("title"), criteria)


def _criterion(entry: Entry, spot: str) -> Criterion:
    fields = entry.fields(("number", "text", "correction"), spot)
    number = fields.required("number")
    if "text" not in fields:
        entry.error(
            said("criterion (KUK) {number} has no text", number=number or "?"),
            said('add the sentence of the criterion as `text: "..."`'),
        )
    text = fields.optional("text") or ""
    if "correction" in fields:
        correction = fields["correction"].fields(_CORRECTION_KEYS)
        for key in _CORRECTION_KEYS[1:]:
            if key not in correction:
                correction.entry.error(
                    said("correction of criterion (KUK) {number} has no `{key}`", number=number, key=key),
                    said("say where the right text stands (source) and why it is corrected (reason)"),
                )
        text = correction.required("text")
    return Criterion(number, text)


def _numbered_once(numbered: Sequence[tuple[str, Entry]], what: Message, spot: str) -> None:
    seen: dict[str, Entry] = {}
    for number, item in numbered:
        if number and number in seen:
            item.error(
                said(
                    "{what} {number} stands twice in {spot}, first in line {line}",
                    what=what,
                    number=number,
                    spot=spot,
                    line=seen[number].line,
                ),
                said("mend its number"),
            )
        seen.setdefault(number, item)


def _clusters(entry: Entry, units: tuple[Unit, ...]) -> tuple[Cluster, ...]:
    """The clusters as written; none written: one that holds all units, with a warning."""
    by_code = {unit.code: unit for unit in units}
    entries = entry.items(lambda number: said("cluster {number}", number=number))
    if not entries:
        entry.warning(
            said("scheme has no clusters (Kelompok Pekerjaan); all its units are taken as one"),
            said("the LSP decides them: list them under `clusters:`"),
        )
        return (Cluster(1, BLANK, units, (), ()),)
    clusters: list[Cluster] = []
    taken: dict[str, int] = {}
    for position, item in enumerate(entries, 1):
        fields = item.fields(("number", "title", "status", "units"))
        number = (fields["number"].number() if "number" in fields else None) or position
        if number in {cluster.number for cluster in clusters}:
            item.error(said("cluster {number} stands twice", number=number), said("give it a number of its own"))
        if "status" in fields and fields["status"].choice(("usulan",)):
            fields["status"].warning(
                said("cluster {number} is a proposal, the LSP has not decided on it yet", number=number),
                said("once it is decided, take the line `status:` out"),
            )
        members = _members(fields["units"], number, by_code, taken)
        if not members and by_code:
            item.error(said("cluster {number} has no units", number=number), said("list their codes under `units:`"))
        clusters.append(Cluster(number, fields.optional("title") or BLANK, tuple(members), (), ()))
    for unit in units:
        if unit.code not in taken:
            entry.error(
                said("unit {code} stands in no cluster", code=unit.code), said("add its code to one of the clusters")
            )
    return tuple(clusters)


def _members(entry: Entry, number: int, by_code: dict[str, Unit], taken: dict[str, int]) -> list[Unit]:
    members: list[Unit] = []
    for item in entry.items():
        code = item.text() or ""
        if not by_code:
            continue  # that the scheme has no units is told once, above
        if code not in by_code:
            item.error(
                said("cluster {number} names unit {code}, which the scheme does not have", number=number, code=code),
                did_you_mean(code, by_code),
            )
        elif code in taken:
            item.error(
                said("unit {code} stands in cluster {taken} already", code=code, taken=taken[code]),
                said("a unit belongs to one cluster"),
            )
        else:
            taken[code] = number
            members.append(by_code[code])
    return members
