"""The differences of two editions in the words of a quality manager, for the Word document. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kitgen.base.digests import Serial
from kitgen.base.holes import Missing
from kitgen.base.language import in_indonesian
from kitgen.changes.words import spans
from kitgen.model.changes import (
    CriterionAt,
    CriterionLine,
    EditionChanges,
    ElementLine,
    FieldChange,
    ItemLine,
    UnitLine,
)
from kitgen.model.diff_sheet import DiffCount, DiffRow, DiffSection, DiffSheet, MarkedText, RulingRow
from kitgen.model.origin import Ruling

KIND_LABELS: Final = {
    "new": "baru", "removed": "dihapus", "reworded": "bunyi berubah", "ruled": "setara menurut padanan",
    "editorial": "ejaan atau tanda baca", "moved": "pindah elemen", "renumbered": "nomor berubah",
    "split": "dipecah", "merged": "digabung", "changed": "berubah", "followed": "mengikuti nomor KUK",
}  # fmt: skip
GROUP_LABELS: Final = {
    "scheme": "Fakta skema", "cluster": "Kelompok Pekerjaan", "question": "Soal", "scenario": "Skenario",
    "task": "Tugas praktik", "activity": "Kegiatan terstruktur", "method": "Metode KUK", "instruments": "Instrumen",
    "blueprint": "Aturan kisi-kisi", "paper": "Paket soal", "identity": "Identitas LSP", "form": "Formulir",
    "template": "Templat",
}  # fmt: skip
_FROM_UNIT: Final = "pindah unit"
_FIELD_LABELS: Final = {
    "title": "judul", "standard": "standar kompetensi kerja", "workplace_standard": "standar industri",
    "position": "urutan dalam skema", "number": "nomor", "kind": "jenis", "units": "unit",
    "basic_requirements": "persyaratan dasar", "administrative_requirements": "bukti administratif",
}  # fmt: skip
_SECRET: Final = frozenset({"question", "scenario", "task", "activity", "paper"})
_LONGEST: Final = 6_000


def diff_sheet(changes: EditionChanges, body: str | Missing, rulings: Iterable[Ruling], serial: Serial) -> DiffSheet:
    """What the document prints; of items that followed their criteria, the names alone."""
    used = {(line.new[0].unit, line.new[0].number) for line in changes.scheme.criteria if line.wording == "ruled"}
    return DiffSheet(
        body=body,
        title=changes.title,
        old=changes.old,
        new=changes.new,
        serial=serial,
        is_empty=changes.is_empty,
        is_secret=any(line.group in _SECRET and line.shape != "followed" for line in changes.items),
        left_out=in_indonesian(changes.left_out),
        counts=tuple(_counts(changes)),
        units=tuple(_units(changes)),
        others=tuple(_others(changes.items)),
        rulings=tuple(
            RulingRow(f"{each.unit} KUK {each.number}", each.who, each.when, each.why)
            for each in rulings
            if (each.unit, each.number) in used
        ),
    )


def _counts(changes: EditionChanges) -> Iterator[DiffCount]:
    across = sum(bool(line.from_unit) for line in changes.scheme.criteria)
    for kind, count in changes.scheme.counts().items():
        here = count - across if kind == "moved" else count
        if here:
            yield DiffCount(KIND_LABELS[kind], here)
        if kind == "moved" and across:
            yield DiffCount(_FROM_UNIT, across)


def _units(changes: EditionChanges) -> Iterator[DiffSection]:
    for unit in changes.scheme.units:
        code = unit.new_code or unit.old_code
        rows = [
            *(_field(each) for each in unit.fields),
            *(_element(each) for each in changes.scheme.elements if each.unit == code and not each.is_same),
            *(_criterion(each) for each in changes.scheme.criteria if unit_of(each) == code and not each.is_same),
        ]
        if rows or not unit.is_same:
            yield DiffSection(f"{code}  {unit.title}", _unit_note(unit), tuple(rows))


def unit_of(line: CriterionLine) -> str:
    """The unit a line is told under: where it stands now, else where it stood."""
    return (line.new or line.old)[0].unit


def _unit_note(unit: UnitLine) -> str:
    if unit.shape == "new":
        return "Unit baru"
    if unit.shape == "removed":
        return "Unit dihapus"
    return f"Versi unit berubah: {unit.old_code} menjadi {unit.new_code}" if unit.is_raised else ""


def _kinds(kinds: Sequence[str]) -> str:
    return ", ".join(KIND_LABELS[kind] for kind in kinds)


def _field(change: FieldChange) -> DiffRow:
    label = change.label or _FIELD_LABELS.get(change.field, change.field)
    return DiffRow("berubah", label, "", "", *marked(change.old, change.new))


def _element(line: ElementLine) -> DiffRow:
    old, new = line.old_number, line.new_number
    return DiffRow(_kinds(line.kinds), "Elemen", old, new, *marked(line.old_title, line.new_title))


def _criterion(line: CriterionLine) -> DiffRow:
    old, new = _numbers(line.old), _numbers(line.new)
    if line.shape in ("split", "merged"):
        texts = (_plain(_listed(line.old)), _plain(_listed(line.new)))
        return DiffRow(_kinds(line.kinds), "KUK", old, new, *texts)
    before, after = (each[0].text if each else "" for each in (line.old, line.new))
    if line.from_unit:
        kinds = _kinds(line.kinds).replace(KIND_LABELS["moved"], f"pindah dari unit {line.from_unit}")
        return DiffRow(kinds, "KUK", old, new, *marked(before, after))
    return DiffRow(_kinds(line.kinds), "KUK", old, new, *marked(before, after))


def _numbers(criteria: Sequence[CriterionAt]) -> str:
    return ", ".join(each.number for each in criteria)


def _listed(criteria: Sequence[CriterionAt]) -> str:
    if len(criteria) == 1:
        return criteria[0].text
    return "\n".join(f"{each.number} {each.text}" for each in criteria)


def _plain(text: str) -> tuple[MarkedText, ...]:
    return (MarkedText(text, False, False),) if text else ()


def marked(old: str, new: str) -> tuple[tuple[MarkedText, ...], tuple[MarkedText, ...]]:
    """Both texts in pieces: what went is struck in the old one, what came underlined in the new one."""
    if len(old) + len(new) > _LONGEST:
        pieces = [("gone", old), ("new", new)] if old != new else [("same", old)]
    else:
        pieces = [(each.kind, each.text) for each in spans(old, new)]
    return (
        tuple(MarkedText(text, kind == "gone", False) for kind, text in pieces if kind != "new" and text),
        tuple(MarkedText(text, False, kind == "new") for kind, text in pieces if kind != "gone" and text),
    )


def _others(items: Sequence[ItemLine]) -> Iterator[DiffSection]:
    for group, label in GROUP_LABELS.items():
        lines = [line for line in items if line.group == group]
        rows = [row for line in lines if line.shape != "followed" for row in _item(line)]
        followed = [line.name for line in lines if line.shape == "followed"]
        note = f"Isinya sama, nomor atau unit KUK-nya mengikuti skema ({len(followed)}): {', '.join(followed)}"
        if rows or followed:
            yield DiffSection(label, note if followed else "", tuple(rows))


def _item(line: ItemLine) -> Iterator[DiffRow]:
    """A row for each field that changed; what is new or gone as a whole is told by its name."""
    if line.shape != "changed":
        yield DiffRow(KIND_LABELS[line.shape], line.name, "", "", (), ())
        return
    for each in line.fields:
        label = each.label or each.field
        name = f"{line.name}: {_FIELD_LABELS.get(label, label)}" if line.name else _FIELD_LABELS.get(label, label)
        yield DiffRow(KIND_LABELS["changed"], name, "", "", *marked(each.old, each.new))
