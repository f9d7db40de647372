"""Over a document of every template the other tests used: Word and Excel would take them, and two libraries open them."""

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

pytestmark = pytest.mark.last

OF_TEMPLATES = re.compile("stylesWithEffects|'(b|sz|color)' found|cacheFields")
"""What python-docx, openpyxl and a pivot cut short put into the templates tests are made with: not ours to change."""

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
    for data in made(documents_made, suffix, per_template=1):
        faults.update(rules(data))
        path.write_bytes(data)
        faults.update(str(fault.description) for fault in validator.validate(str(path)).errors)
    assert {fault for fault in faults if not INLINE.search(fault) and not OF_TEMPLATES.search(fault)} == set()


def test_python_docx_and_openpyxl_open_them(documents_made: DocumentsMade) -> None:
    """The libraries people write scripts with."""
    for data in made(documents_made, "docx"):
        docx.Document(io.BytesIO(data))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells what it would lose
        for data in made(documents_made, "xlsx"):
            openpyxl.load_workbook(io.BytesIO(data))
