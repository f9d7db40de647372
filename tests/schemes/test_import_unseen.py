"""What a source shows struck out, hidden or as the mark of a footnote is no part of a KUK."""

import io
from typing import Any

import docx
import pytest
from docx.document import Document

from kitgen.schemes.published.html import html_lines
from kitgen.schemes.published.word_file import word_lines


def in_word(text: str, **looks: object) -> str:
    """The text of a paragraph that ends in a run of these looks, as it is read."""
    document: Document = docx.Document()
    paragraph: Any = document.add_paragraph(text)
    run = paragraph.add_run(str(looks.pop("run")))
    for name, value in looks.items():
        setattr(run.font, name, value)
    held = io.BytesIO()
    document.save(held)
    return next(line.text for line in word_lines(held.getvalue(), "sumber.docx") if line.text)


@pytest.mark.parametrize("look", ["hidden", "strike", "double_strike"])
def test_hidden_and_struck_runs_of_word_are_not_read(look: str) -> None:
    assert in_word("1.1 Kain dipotong.", run=" LAMA", **{look: True}) == "1.1 Kain dipotong."
    assert in_word("1.1 Kain dipotong.", run=" BARU", **{look: False}) == "1.1 Kain dipotong. BARU"


def test_the_mark_of_a_footnote_is_told_from_a_power() -> None:
    for text, mark in (("1.1 Kain dipotong.", "1"), ("1.1 Kain dipotong", "*)"), ("1.1 Kain (katun)", "2")):
        assert in_word(text, run=mark, superscript=True) == text
    for text in ("1.1 Luas 5 m", "1.1 Luas 5 meter", "1.1 Bekerja pada abad ke"):
        assert in_word(text, run="2", superscript=True) == f"{text}2"


def in_html(inner: str) -> str:
    page = f"<table><tr><td>{inner}</td></tr></table>"
    return next(line.text for line in html_lines(page, "x.html") if line.cells)


def test_pages_are_read_without_what_is_struck_or_hidden() -> None:
    assert in_html("1.1 Kain <del>lama</del><ins>baru</ins> dipotong") == "1.1 Kain baru dipotong"
    assert in_html("1.1 Kain <s>katun</s> dipotong") == "1.1 Kain dipotong"
    assert in_html('1.1 Kain <span style="DISPLAY: none">katun</span> dipotong') == "1.1 Kain dipotong"
    assert in_html("1.1 Kain dipotong.<sup>1</sup>") == "1.1 Kain dipotong."
    assert in_html("1.1 Luas 5 m<sup>2</sup> dipotong") == "1.1 Luas 5 m2 dipotong"


def test_a_part_of_a_page_that_opens_when_it_is_clicked_is_read() -> None:
    page = '<div style="display:none"><p>Kode Unit : C.14REK01.001.1</p></div>'
    assert any("C.14REK01.001.1" in line.text for line in html_lines(page, "x.html"))
