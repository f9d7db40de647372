"""Over a document of every template the other tests used: Word and Excel would take them, and two libraries open them."""

import re
import warnings
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import docx
import office
import office_rules
import openpyxl
import pytest
import workbook_rules
from every_document import DocumentsMade
from office import needs_office

from kitgen.documents.disk.document import parts_of_file
from kitgen.documents.pdf.convert import convert
from kitgen.documents.pdf.job import Job
from kitgen.render.dump.dump import dump_parts
from kitgen.verify.witness import disagreements

pytestmark = pytest.mark.last

OF_TEMPLATES = re.compile("stylesWithEffects|'(b|sz|color)' found|cacheFields")
"""What python-docx, openpyxl and a pivot cut short put into the templates tests are made with: not ours to change."""

WORD = re.compile(r"[^\W\d_]{3,}")
RICH = re.compile(r"\*\*|~~")
"""How dumps show bold and struck texts."""
INLINE = re.compile("inlineStr|inline string", re.IGNORECASE)
"""Texts stand in their cells and not in a shared table: allowed by the standard, and Excel moves them when it saves."""


Made = Callable[..., list[Path]]


@pytest.fixture
def made(documents_made: DocumentsMade, pytestconfig: pytest.Config) -> Made:
    """Gives the documents of a kind: none were looked at if there are none, which is no success."""

    def of_kind(suffix: str, per_template: int = 2) -> list[Path]:
        found = documents_made.of_kind(suffix, per_template)
        if not found and pytestconfig.getoption("--alone"):
            pytest.skip("no test made a document before this one")
        assert found, "no test made a document before this one: run the others first, or say --alone"
        return found

    return of_kind


@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_no_rule_of_office_is_broken(made: Made, suffix: str) -> None:
    """openxml-audit (the schemas of Office) and rules of our own find nothing."""
    files = made(suffix, per_template=1)
    faults: dict[str, str] = {}
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        for file, told in zip(files, pool.map(faults_of, files, chunksize=20), strict=True):
            for fault in told:
                if not INLINE.search(fault) and not OF_TEMPLATES.search(fault):
                    faults.setdefault(fault, file.name)
    assert faults == {}


def faults_of(file: Path) -> list[str]:
    """What the schemas and our rules find in one document."""
    from office_schemas import schema_errors

    rules = office_rules.faults_of if file.suffix == ".docx" else workbook_rules.faults_of
    return [
        *rules(file.read_bytes()),
        *(str(fault.description) for fault in schema_errors(file)),
    ]


def test_python_docx_and_openpyxl_open_them(made: Made) -> None:
    """The libraries people write scripts with."""
    for file in made("docx"):
        docx.Document(str(file))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells what it would lose
        for file in made("xlsx"):
            openpyxl.load_workbook(file)


def test_a_dump_says_what_python_docx_reads(made: Made) -> None:
    """Every text of every part, once, by the second reader: what dumps do not show, no proof can see."""
    for file in made("docx"):
        data = file.read_bytes()
        assert disagreements(data, dump_parts(parts_of_file(data, file.name), file.name), file.name) == [], file.name


@needs_office
@pytest.mark.office
def test_libreoffice_reads_no_word_that_a_dump_does_not(made: Made, tmp_path: Path) -> None:
    """Its text export of one document of every template: a third reader that shares no code with the first two."""
    files = [tmp_path / f"{number}.docx" for number, _ in enumerate(made("docx", per_template=1))]
    unseen: dict[str, set[str]] = {}
    for file, source in zip(files, made("docx", per_template=1), strict=True):
        file.write_bytes(source.read_bytes())
    for file, exported in zip(files, office.convert(files, "txt", tmp_path), strict=True):
        parts = parts_of_file(file.read_bytes(), file.name)
        if b"<w:moveFrom" in parts["word/document.xml"]:  # LibreOffice shows what was moved away
            continue
        told = RICH.sub("", "".join(str(line) for line in dump_parts(parts, file.name)))
        read = set(WORD.findall(exported.read_text("utf-8-sig", "replace")))
        unseen[file.name] = {
            word for word in read if word not in told and word.rstrip("ivx") not in told
        }  # number of a note
    assert any(WORD.findall(file.read_text("utf-8-sig", "replace")) for file in (tmp_path / "converted").glob("*.txt"))
    assert {name: words for name, words in unseen.items() if words} == {}


@needs_office
@pytest.mark.office
@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_libreoffice_converts_them(made: Made, suffix: str, tmp_path: Path) -> None:
    """A PDF of one document of every template."""
    files = made(suffix, per_template=1)
    result = convert(
        [Job(file, tmp_path / f"{number}.pdf", "", file.name) for number, file in enumerate(files)], tmp_path
    )
    assert [str(problem) for problem in result.problems if problem.severity == "error"] == []
    assert len(result.made) == len(files)
