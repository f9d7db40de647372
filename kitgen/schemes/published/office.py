"""Word and Excel files as lines of cells; what is neither, or was damaged, is refused by its name."""

from typing import Final

from kitgen.base.errors import Findings, Place, failure
from kitgen.base.messages import said
from kitgen.render.package.package import read_package
from kitgen.schemes.published.line import PageLine
from kitgen.schemes.published.sheet_file import sheet_lines

_LARGEST_PART: Final = 48_000_000
"""Bytes of the XML of a document; the decree of a hundred units has some ten million."""


def office_lines(content: bytes, file: str) -> tuple[list[PageLine], str]:
    """The lines of an Office file and what it is; raises a `KitgenError` for one that cannot be read."""
    parts = read_package(content, file)
    if any(part.name.endswith((".xml", ".rels")) and part.size > _LARGEST_PART for part in parts.values()):
        raise failure(
            said("the file unpacks to far more than a document has"),
            Place(file),
            said("copy only the part with the units into a new file and import that"),
        )
    if any(name.startswith("xl/") and "workbook" in name for name in parts):
        findings = Findings()
        lines = sheet_lines(content, file, findings)
        findings.stop_on_errors()
        return lines, "Excel"
    if any(name.startswith("word/") for name in parts):
        from kitgen.schemes.published.word_file import word_lines

        return word_lines(content, file), "Word"
    raise failure(
        said("the file is neither a Word nor an Excel file"),
        Place(file),
        said("save the page as .docx, .xlsx, PDF, HTML or text and import that"),
    )
