"""Over all documents the other tests made: Word and Excel would take them, and so do three programs that read them."""

import io
import re
import warnings
from pathlib import Path

import docx
import office_rules
import openpyxl
import pytest
import workbook_rules
from every_document import DocumentsMade
from office import convert, needs_office

pytestmark = pytest.mark.last

INLINE = re.compile("inlineStr|inline string", re.IGNORECASE)
"""Texts stand in their cells and not in a shared table: allowed by the standard, and Excel moves them when it saves."""


def made(documents: DocumentsMade, suffix: str, per_template: int = 3) -> list[bytes]:
    found = documents.of_kind(suffix, per_template)
    if not found:
        pytest.skip("no test made a document before this one")
    return found


@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_no_rule_of_office_is_broken(documents_made: DocumentsMade, suffix: str, tmp_path: Path) -> None:
    """openxml-audit (the schemas of Office) and rules of our own find nothing."""
    from openxml_audit import OpenXmlValidator

    rules = office_rules.faults_of if suffix == "docx" else workbook_rules.faults_of
    validator = OpenXmlValidator()
    faults: set[str] = set()
    path = tmp_path / f"document.{suffix}"
    for data in made(documents_made, suffix):
        faults.update(rules(data))
        path.write_bytes(data)
        faults.update(str(fault.description) for fault in validator.validate(str(path)).errors)
    assert {fault for fault in faults if not INLINE.search(fault)} == set()


def test_python_docx_and_openpyxl_open_them(documents_made: DocumentsMade) -> None:
    """The libraries people write scripts with."""
    for data in made(documents_made, "docx"):
        docx.Document(io.BytesIO(data))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells what it would lose
        for data in made(documents_made, "xlsx"):
            openpyxl.load_workbook(io.BytesIO(data))


@needs_office
@pytest.mark.office
@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_libreoffice_converts_them(documents_made: DocumentsMade, suffix: str, tmp_path: Path) -> None:
    """One document of each template."""
    files = []
    for number, data in enumerate(made(documents_made, suffix, per_template=1)):
        files.append(tmp_path / f"{number}.{suffix}")
        files[-1].write_bytes(data)
    assert len(convert(files, "pdf", tmp_path, limit=900)) == len(files)
