"""The proof of coverage as its workbook shows it, in Indonesian. Pure."""

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from typing import Final

from kitgen.base.digests import Serial
from kitgen.model.methods import METHOD_LABELS
from kitgen.model.proof import ProofFinding, ProofKit, ProofRow, ProofSheet
from kitgen.model.scheme import Scheme
from kitgen.verify.find import FaultKind
from kitgen.verify.proof import KitProof, ProofPlace, Proven

_KINDS: Final[dict[FaultKind, str]] = {
    "missing": "tidak ada", "elsewhere": "nomornya lain", "contradicted": "tertulis lain", "left_over": "sisa templat",
    "stranger": "milik orang lain",
}  # fmt: skip
_WORDS: Final = {
    "table": "tabel", "row": "baris", "cell": "sel", "paragraph": "paragraf", "sheet": "lembar", "after": "setelah",
    "header": "kepala", "footer": "kaki", "alternative text": "teks alternatif", "chart": "grafik", "text": "teks",
    "shapes of a chart": "bentuk pada grafik", "comment": "komentar", "drawing": "gambar", "diagram": "diagram",
}  # fmt: skip
_WORD: Final = re.compile(rf"\b({'|'.join(sorted(_WORDS, key=len, reverse=True))})(?=\d*\b)")
_CELL: Final = re.compile(r", (?:cell (?=\d)\d+)$")


def proof_sheet(scheme: Scheme, proofs: Sequence[KitProof], absent: Iterable[str], serial: Serial) -> ProofSheet:
    """What the workbook of one edition prints; `absent` are paths of documents that are not there."""
    gone = [ProofFinding(path, "", "dokumen tidak ada", "", "") for path in absent]
    faults = [
        ProofFinding(each.document.path, shown_spot(fault.spot), _KINDS[fault.kind], fault.expected, fault.there)
        for proof in proofs
        for each in proof.documents
        for fault in each.faults
    ]
    return ProofSheet(
        title=scheme.title,
        number=scheme.number,
        edition=scheme.edition,
        serial=serial,
        kits=tuple(_kit(proof) for proof in proofs),
        rows=tuple(_row(proof.kit.folder, each) for proof in proofs for each in proof.criteria),
        findings=(*gone, *faults),
    )


def _kit(proof: KitProof) -> ProofKit:
    counts = proof.counts()
    del counts["missing"], counts["reserved"]
    return ProofKit(name=proof.kit.folder, **counts)


def _row(kit: str, each: Proven) -> ProofRow:
    shown = {method: _places(places) for method, places in each.by.items()}
    return ProofRow(
        kit=kit,
        unit_code=each.unit.code,
        unit_title=each.unit.title,
        element=each.element.name,
        number=each.criterion.number,
        text=each.criterion.text,
        primary=METHOD_LABELS[each.primary] if each.primary else "",
        is_gap=each.is_gap,
        **shown,
    )


def _places(places: Iterable[ProofPlace]) -> str:
    """A line for each document, its places behind it: `14a FR.IA.05A Paket A: tabel 2, baris 1; tabel 2, baris 5`."""
    by_document: dict[str, list[str]] = {}
    for each in places:
        by_document.setdefault(PurePosixPath(each.path).stem, []).append(shown_spot(_CELL.sub("", each.spot)))
    return "\n".join(f"{name}: {'; '.join(dict.fromkeys(spots))}" for name, spots in by_document.items())


def shown_spot(spot: str) -> str:
    """A place in a document in the words of its readers."""
    return _WORD.sub(lambda match: _WORDS[match[1]], spot)
