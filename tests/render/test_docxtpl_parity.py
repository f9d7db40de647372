"""A template written for docxtpl gives the same paragraphs, rows and cells here: each feature, plain and cut to letters."""

import copy
import io
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import docx
import pytest
from docxtpl import DocxTemplate
from docxtpl_cases import CASES, VALUES, both, text_of
from harness import W, opened_by_the_rules, word_template
from lxml import etree

from kitgen.render import compile_template


def cut_to_letters(document: Any) -> None:
    """Give every letter of every tag a run of its own, as Word may after much editing."""
    roots = [document.element.body]
    for section in document.sections:
        for story in (section.header, section.footer):
            if not story.is_linked_to_previous:
                roots.append(story._element)
    for root in roots:
        for run in list(root.iter(f"{W}r")):
            texts = run.findall(f"{W}t")
            if len(texts) != 1 or "{" not in (texts[0].text or "") or len([c for c in run if c.tag != f"{W}rPr"]) != 1:
                continue
            for letter in texts[0].text or "":
                piece = copy.deepcopy(run)
                piece.find(f"{W}t").text = letter
                piece.find(f"{W}t").set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                run.addprevious(piece)
            run.getparent().remove(run)


def shape_of(root: etree._Element) -> list[Any]:
    """Paragraphs and tables of a story: text; rows of cells with span, vertical merge, shading."""
    found: list[Any] = []
    for child in root:
        if child.tag == f"{W}p":
            found.append(text_of(child))
            found += [["box", *shape_of(inner)] for inner in child.iter(f"{W}txbxContent")]
        elif child.tag == f"{W}tbl":
            found.append({"columns": len(child.findall(f"{W}tblGrid/{W}gridCol")),
                          "rows": [[cell_of(cell) for cell in row.iterfind(f"{W}tc")] for row in child.iterfind(f"{W}tr")]})  # fmt: skip
    return found


def cell_of(cell: etree._Element) -> tuple[Any, ...]:
    def value(name: str, attribute: str, default: str) -> str | None:
        element = cell.find(f"{W}tcPr/{W}{name}")
        return None if element is None else (element.get(f"{W}{attribute}") or default)

    return (
        value("gridSpan", "val", "1"),
        value("vMerge", "val", "continue"),
        value("shd", "fill", "auto"),
        shape_of(cell),
    )


def stories(document: Any) -> list[Any]:
    section = document.sections[0]
    return [shape_of(document.element.body), shape_of(section.header._element), shape_of(section.footer._element)]


def by_docxtpl(path: Path, values: Mapping[str, object]) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        template = DocxTemplate(str(path))
        template.render(dict(values))
    stream = io.BytesIO()
    template.save(stream)
    return docx.Document(stream)


# docxtpl reads these only where Word did not cut them
_ONLY_PLAIN = {"braces as text", "vm"}


@pytest.mark.parametrize("cut", [False, True], ids=["plain", "cut"])
@pytest.mark.parametrize("case", CASES)
def test_the_same_as_docxtpl(tmp_path: Path, case: str, cut: bool) -> None:
    """Paragraph by paragraph, row by row, cell by cell."""
    plain = word_template(tmp_path, CASES[case])
    path = plain if not cut else word_template(tmp_path, both(CASES[case], cut_to_letters), "cut.docx")
    ours = stories(opened_by_the_rules(compile_template(path).render(VALUES)))
    theirs = stories(by_docxtpl(plain if case in _ONLY_PLAIN else path, VALUES))
    assert ours == theirs
