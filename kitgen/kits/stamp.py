"""The stamp in the footer of every page: serial, mark of a draft, whose the page is, and what is told in it."""

from typing import Final

from kitgen.base.digests import Serial
from kitgen.base.holes import BLANK
from kitgen.kits.plain import Values
from kitgen.kits.plan import PlannedDocument
from kitgen.kits.reserve import RESERVE_NOTE
from kitgen.model.body import CertificationBody, Picture
from kitgen.model.given import Stamp

SERIAL_TOKEN: Final = Serial("#KODE-DOKUMEN#")
"""Stands in the stamp until the parts are made and the serial, a function of them, is known."""
CODE_TOKEN: Final = "#KODE-QR#"
"""Stands for the picture of the serial, which is drawn when the serial is known."""
_CODE_MM: Final = 9
DRAFT_TEXT: Final = "DRAF"
MARK: Final = f"  ·  {DRAFT_TEXT}"
"""Stands behind the serial of a page that is no final one."""
STATUS: Final = "$status"
"""`DRAF` as long as the edition is not released; it stands behind the serial, and templates cannot name it."""
UNIT_NOTE: Final = "PERANGKAT PER UNIT – untuk validasi dan latihan, bukan untuk keputusan sertifikasi"


def whose_of(document: PlannedDocument) -> str:
    """Whose document it is, for loose pages: `02 Asesi Contoh 02`, `Asesor 01, Cadangan KP 2`."""
    candidate, reserve = document.candidate, document.reserve
    if reserve is not None:
        return f"Asesor {reserve.assessor.number:02}, {reserve.label}"
    return f"{candidate.number:02} {candidate.person.name}" if candidate is not None else ""


def is_large_print(document: PlannedDocument) -> bool:
    """Whether a document is printed large: one a candidate reads or writes on, where that was agreed."""
    candidate = document.candidate
    return candidate is not None and document.form.audience_facts.is_candidates and candidate.adjustments.large_print


def stamp_of(body: CertificationBody, draft: str, whose: str, note: str, is_large: bool) -> Stamp:
    """The stamp with a token for the serial and, where the body has it printed as a picture, one for the picture."""
    picture = Picture(CODE_TOKEN if body.code_picture else BLANK, _CODE_MM, "Kode Dokumen")
    return Stamp(SERIAL_TOKEN, draft, whose, body.form_revision, note, is_large, picture)


def note_of(document: PlannedDocument) -> str:
    """The note in the stamp: a kit of one unit decides nothing about a scheme of several; a reserve set is no plan."""
    kit = document.kit
    if document.reserve is not None:
        return RESERVE_NOTE
    return UNIT_NOTE if kit.kind == "unit" and len(kit.scheme.units) > 1 else ""


def as_draft(values: Values) -> Values:
    """The same values for a document in which a missing fact is printed, where its template prints the mark."""
    stamp = values["stamp"]
    assert isinstance(stamp, dict)
    return {**values, "stamp": {**stamp, "draft": DRAFT_TEXT}}


def without_mark(values: Values) -> Values:
    """The same values for a page whose mark is put behind its serial when it is made."""
    stamp = values["stamp"]
    assert isinstance(stamp, dict)
    unmarked = {**values, "stamp": {**stamp, "draft": ""}}
    unmarked.pop(STATUS, None)
    return unmarked
