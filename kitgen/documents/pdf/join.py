"""Many PDFs as one, in the order given, a bookmark for each; pypdf stays in here."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kitgen.base.digests import Fingerprint
from kitgen.base.errors import KitgenError, Place, failure
from kitgen.base.messages import said
from kitgen.documents.disk.files import write_whole
from kitgen.documents.pdf.seal import NO_SOURCE, SealSource, sealed

if TYPE_CHECKING:
    from pypdf import PdfReader, PdfWriter


_ANEW: Final = said("delete it and run again")


@dataclass(frozen=True, slots=True)
class PackPart:
    """Bagian paket: a PDF, and what its bookmark says; `source` is the digest of its document, empty for a cover.

    `is_loose`: each page is handed over by itself, so that nothing else may stand on its back. `only`: of the PDF this
    page alone, counted from 1.
    """

    pdf: Path
    title: str
    source: SealSource = NO_SOURCE
    is_loose: bool = False
    only: int | None = None


def count_pages(pdf: Path) -> int:
    """How many pages a PDF has. Raises `KitgenError` if it cannot be read."""
    return len(_opened(pdf).pages)


def join(parts: Sequence[PackPart], target: Path, source: Fingerprint, title: str, duplex: bool = False) -> int:
    """Write one PDF of all parts in this order, sealed; gives how many pages it has.

    `source` is the digest of what the pack is made of. With `duplex`, a blank page follows each part of an odd number
    of pages, and each page of a loose part, so that no two of what is handed over share a sheet, and the file asks the
    printer for both sides. Viewers number the
    pages of a cover (a part without a document) in Roman numerals, so that those behind it count from 1.
    Equal parts give equal bytes. Raises `KitgenError` if a part cannot be read or the target not be written.
    """
    from pypdf import PdfWriter
    from pypdf.constants import PageLabelStyle
    from pypdf.generic import NameObject

    writer = PdfWriter()
    covered = 0
    for part in parts:
        reader = _opened(part.pdf)
        first = len(writer.pages)
        for number in range(len(reader.pages)) if duplex and part.is_loose else ():
            writer.append(reader, pages=(number, number + 1), import_outline=False)
            _add_back(writer, reader, number)
        if part.only is not None:
            writer.append(reader, pages=(part.only - 1, part.only), import_outline=False)
        elif not (duplex and part.is_loose):
            writer.append(reader, import_outline=False)
            if duplex and len(reader.pages) % 2:
                _add_back(writer, reader, -1)
        writer.add_outline_item(title=part.title, page_number=first)
        if not part.source and first == covered:
            covered = len(writer.pages)
    if 0 < covered < len(writer.pages):
        writer.set_page_label(0, covered - 1, PageLabelStyle.LOWERCASE_ROMAN)
        writer.set_page_label(covered, len(writer.pages) - 1, PageLabelStyle.DECIMAL, start=1)
    if duplex:
        writer.create_viewer_preferences()[NameObject("/Duplex")] = NameObject("/DuplexFlipLongEdge")
    writer.metadata = {"/Title": title, "/Producer": "kitgen"}
    pages = len(writer.pages)
    written = io.BytesIO()
    writer.write(written)
    holds = [part.source for part in parts if part.source]
    write_whole(target, sealed(written.getvalue(), "pack", source, target.name, holds))
    return pages


def _add_back(writer: "PdfWriter", reader: "PdfReader", number: int) -> None:
    """A blank page, as large as the one it is the back of."""
    front = reader.pages[number].mediabox
    writer.add_blank_page(float(front.width), float(front.height))


def opens(data: bytes) -> bool:
    """Whether these are the bytes of a PDF with pages, and not only framed like one."""
    try:
        return _reader_of(data, "") is not None
    except KitgenError:
        return False


def _opened(pdf: Path) -> "PdfReader":
    try:
        data = pdf.read_bytes()
    except OSError as error:
        raise failure(
            said("PDF cannot be read ({strerror})", strerror=error.strerror), Place(pdf.name), _ANEW
        ) from error
    return _reader_of(data, pdf.name)


def _reader_of(data: bytes, name: str) -> "PdfReader":
    from pypdf import PdfReader

    try:
        reader = PdfReader(io.BytesIO(data))
        for page in reader.pages:
            page.mediabox  # noqa: B018  # a page that cannot be read shows only when it is
        if len(reader.pages):
            return reader
    except Exception as error:  # pypdf raises whatever the first odd thing in a damaged file leads to
        raise failure(said("PDF cannot be read ({name})", name=type(error).__name__), Place(name), _ANEW) from error
    raise failure(said("PDF has no page"), Place(name), _ANEW)
