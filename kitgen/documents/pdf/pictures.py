"""Pictures of the pages of a PDF, for people to look at."""

import io
import threading
from pathlib import Path
from typing import Final

from kitgen.base.digests import PartsDigest
from kitgen.documents.pdf.beside import pdf_of, state_of
from kitgen.load.regular import read_regular

_MOST_PIXELS: Final = 2_000
"""Of the longer side of a picture."""
_ONE_AT_A_TIME: Final = threading.Lock()
"""PDFium is not made for several threads."""


def page_count(pdf: Path) -> int:
    """How many pages a PDF has; 0 for what is none."""
    import pypdfium2

    try:
        with _ONE_AT_A_TIME, pypdfium2.PdfDocument(read_regular(pdf)) as opened:
            return len(opened)
    except (pypdfium2.PdfiumError, OSError):
        return 0


def page_picture(pdf: Path, number: int, width: int) -> bytes | None:
    """A page (counted from 1) as PNG, so many pixels wide; None where there is no such page."""
    import pypdfium2

    try:
        with _ONE_AT_A_TIME, pypdfium2.PdfDocument(read_regular(pdf)) as opened:
            if not 1 <= number <= len(opened):
                return None
            page = opened[number - 1]
            wide, high = page.get_size()
            scale = min(width / wide, _MOST_PIXELS / max(wide, high))
            picture = page.render(scale=scale, may_draw_forms=False).to_pil()
            out = io.BytesIO()
            picture.convert("RGB").save(out, "PNG", compress_level=1)
    except (pypdfium2.PdfiumError, OSError):
        return None
    return out.getvalue()


def current_pdf(document: Path, digest: PartsDigest) -> Path | None:
    """The PDF beside a document, if it says what the document (of this digest) says now."""
    pdf = pdf_of(document)
    return pdf if state_of(pdf, digest) == "same" else None
