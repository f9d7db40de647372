"""Where PDFs lie, how they stand, and their withdrawal: a PDF that says what no document says any more is taken away.

The PDF of a document lies beside it under its name. The pack of an audience lies in the kit's `Paket Cetak`, that of
the keys in the folder of the keys, so that nobody hands it over with the others.
"""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

from kitgen.base.digests import PartsDigest
from kitgen.documents.disk.document import SUFFIXES
from kitgen.documents.disk.files import remove_document
from kitgen.documents.pdf.seal import Seal, SealSource, read_seal
from kitgen.model.forms import HANDOVER_FOLDER, KEYS_FOLDER, PACK_FOLDER, RECALL_FOLDER

PdfState = Literal["new", "same", "changed", "kept"]
"""How a PDF stands: not there, made of what is there now, made of something else, not ours to write."""


def pdf_of(document: Path) -> Path:
    """Where the PDF of a document lies."""
    return document.with_suffix(".pdf")


def pack_of(folder: Path) -> Path:
    """Where the pack of all documents in an audience's folder lies."""
    home = folder if folder.name == KEYS_FOLDER else folder.parent / PACK_FOLDER
    return home / f"{PACK_FOLDER} {folder.name}.pdf"


def state_of(pdf: Path, source: SealSource) -> PdfState:
    """How a PDF stands that is to be made of `source`; one of another hand, or changed since, is kept."""
    if not pdf.is_file():
        return "new"
    seal = read_seal(pdf)
    if seal is None or not seal.is_whole:
        return "kept"
    return "same" if seal.source == source else "changed"


def holds_pdfs(folders: Iterable[Path]) -> bool:
    """Whether any PDF lies in these folders: else there is none to take away, and no document need be looked at."""
    return any(name.lower().endswith(".pdf") for folder in folders for _, _, names in os.walk(folder) for name in names)


def withdraw(document: Path, output: Path) -> None:
    """Take away the PDF of a document that is about to change or go, and the pack it stands in, if they are ours."""
    for pdf in (pdf_of(document), pack_of(document.parent)):
        if pdf.is_file() and _is_ours(pdf):
            remove_document(pdf, output)


def withdraw_outdated(document: Path, source: PartsDigest, output: Path) -> None:
    """The same for a document that people edited since: `source` is the digest of its parts now."""
    if state_of(pdf_of(document), source) == "changed":
        withdraw(document, output)


def withdraw_strays(folders: Iterable[Path], output: Path) -> None:
    """Take away the PDFs of ours in these folders whose documents are gone."""
    for folder in folders:
        for pdf in sorted(_strays(folder)) if folder.is_dir() else ():
            if _is_ours(pdf):
                remove_document(pdf, output)


def may_hold_packs(folder: Path) -> bool:
    """Whether there is any PDF where the packs of an event lie."""
    return any(True for _ in _where_packs_lie(folder))


def _where_packs_lie(folder: Path) -> Iterator[Path]:
    homes = (folder / PACK_FOLDER, folder / KEYS_FOLDER)
    return (pdf for home in homes if home.is_dir() for pdf in sorted(home.rglob("*.pdf")))


def find_packs(folder: Path) -> dict[str, Seal]:
    """The seals of the packs of ours in an event's folder, by their paths in it."""
    seals = ((pdf, read_seal(pdf)) for pdf in _where_packs_lie(folder))
    return {
        pdf.relative_to(folder).as_posix(): seal
        for pdf, seal in seals
        if seal is not None and seal.is_whole and seal.kind == "pack"
    }


def withdraw_packs(
    folder: Path, packs: Mapping[str, Seal], wanted: Mapping[str, Sequence[str]], output: Path, current: Collection[str]
) -> None:
    """Take away those packs that hold something else than `wanted` (the digests of documents, in order) says.

    Supplements stay as long as all they hold is among the `current` digests.
    """
    from kitgen.kits.packs import is_supplement

    for name, seal in packs.items():
        if is_supplement(name) and seal.holds and set(seal.holds) <= set(current):
            continue
        if seal.holds != tuple(wanted.get(name, ())):
            remove_document(folder / name, output)


def _is_ours(pdf: Path) -> bool:
    seal = read_seal(pdf)
    return seal is not None and seal.is_whole


def _strays(folder: Path) -> Iterator[Path]:
    for pdf in folder.rglob("*.pdf"):
        if any(pdf.with_suffix(suffix).is_file() for suffix in SUFFIXES):
            continue
        top = pdf.relative_to(folder).parts[0]
        if top == PACK_FOLDER:
            continue  # a pack of an event, which stands or goes with the documents it holds
        if pdf.parent.name == KEYS_FOLDER and pdf.stem.startswith(f"{PACK_FOLDER} ") and pdf != pack_of(pdf.parent):
            continue  # so does one of a sealed reserve set, or of the keys that changed
        if top in (HANDOVER_FOLDER, RECALL_FOLDER):
            continue  # what went out stays as it went out
        packed = _packed_folder(pdf)
        if packed is None or not any(path.suffix in SUFFIXES for path in packed.glob("*")):
            yield pdf


def _packed_folder(pdf: Path) -> Path | None:
    """The folder a pack is of, by its name; None for what is no pack of a folder."""
    name = pdf.stem.removeprefix(f"{PACK_FOLDER} ")
    for folder in (pdf.parent, pdf.parent.parent / name):
        if folder.name == name and pack_of(folder) == pdf:
            return folder
    return None
