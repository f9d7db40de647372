"""Sheets that go with an event and belong to no form: rendered from a report's template, with serial and record."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kitgen.base.digests import keyed, serial_of
from kitgen.documents.disk.document import record_properties
from kitgen.documents.disk.staleness import Record
from kitgen.kits.values import DRAFT_TEXT, SERIAL_TOKEN, Plain
from kitgen.model.given import FormFacts, Stamp

if TYPE_CHECKING:
    from kitgen.render.compiled import CompiledTemplate


@dataclass(frozen=True, slots=True)
class Sheet:
    """Lembar: its bytes, and what it says of itself."""

    data: bytes
    record: Record


def heading_of(name: str) -> tuple[FormFacts, Stamp]:
    """What a sheet says of itself before its serial is known."""
    return FormFacts(name, name), Stamp(SERIAL_TOKEN, "")


def render_sheet(template: "CompiledTemplate", given: Any, name: str, secret: bytes) -> Sheet:
    """A sheet (of no kit) by what its template is given; a missing fact makes it a draft, as it does a document."""
    values = Plain()(given)
    assert isinstance(values, dict)
    rendered = template.render_parts(values)
    if rendered.missing:
        rendered = template.render_parts({**values, "stamp": {**values["stamp"], "draft": DRAFT_TEXT}})
    serial = serial_of(keyed(rendered.digest(), secret))
    rendered = rendered.replaced({SERIAL_TOKEN: serial})
    record = Record(rendered.digest(), name, "", serial)
    return Sheet(rendered.pack(record_properties(record)), record)
