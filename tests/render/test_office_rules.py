"""The rules of Word notice what is planted, and hold whatever lists and values a template is given."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from examples import examples
from harness import W, paragraphs, table, word_template
from hypothesis import given
from hypothesis import strategies as st
from office_rules import faults_of
from office_schemas import schema_faults
from openxml_audit import OpenXmlValidator

from kitgen.render import compile_template
from kitgen.render.compiled import CompiledTemplate


def replaced(path: Path, part: str, old: str, new: str) -> bytes:
    """A document in which something was replaced."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old.encode() in parts[part], old
    parts[part] = parts[part].replace(old.encode(), new.encode(), 1)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def planted(path: Path, part: str, old: str, new: str) -> list[str]:
    """The faults of it."""
    return faults_of(replaced(path, part, old, new))


BODY = "word/document.xml"
ROW = '<w:tr><w:tc><w:tcPr><w:tcW w:type="dxa" w:w="8640"/></w:tcPr><w:p><w:r><w:t>sel</w:t></w:r></w:p></w:tc></w:tr>'
MARK = '<w:bookmarkStart w:id="1" w:name="a"/><w:bookmarkEnd w:id="1"/>'


@pytest.mark.parametrize(("part", "old", "new", "fault"), [
    (BODY, ROW, "", "table without rows"),
    (BODY, ROW, "<w:tr/>", "row without cells"),
    (BODY, "<w:p><w:r><w:t>sel</w:t></w:r></w:p>", "", "does not end with a paragraph"),
    (BODY, '<w:tcW w:type="dxa" w:w="8640"/>', '<w:gridSpan w:val="2"/>', "covers 2 columns of 1"),
    (BODY, '<w:tcW w:type="dxa" w:w="8640"/>', '<w:vMerge/>', "none began"),
    (BODY, '<w:tcW w:type="dxa" w:w="8640"/>', '<w:shd w:val="clear" w:fill="FF0000"/><w:vMerge w:val="restart"/>', "out of order"),
    (BODY, "<w:t>teks</w:t>", "<w:t> teks</w:t>", "loses its blanks"),
    (BODY, "<w:t>teks</w:t>", "<w:rPr><w:b/><w:rFonts/></w:rPr><w:t>teks</w:t>", "rPr out of order"),
    (BODY, "<w:t>teks</w:t>", "<w:r><w:t>teks</w:t></w:r>", "run in a wrong place"),
    (BODY, "<w:t>teks</w:t>", "<w:t>\U000f0001</w:t>", "characters it must not"),
    (BODY, "<w:r><w:t>teks", MARK + MARK + "<w:r><w:t>teks", "bookmark 1 2 times"),
    (BODY, "<w:r><w:t>teks", '<w:hyperlink r:id="rIdX"/><w:r><w:t>teks', "rIdX points nowhere"),
    ("word/_rels/document.xml.rels", 'Target="styles.xml"', 'Target="tiada.xml"', "tiada.xml does not exist"),
    ("word/_rels/document.xml.rels", 'Id="rId1"', 'Id="rId2"', "id rId2 twice"),
    ("[Content_Types].xml", 'Extension="xml"', 'Extension="xlm"', "no content type"),
])  # fmt: skip
def test_a_planted_fault_is_found(tmp_path: Path, part: str, old: str, new: str, fault: str) -> None:
    path = word_template(tmp_path, lambda document: (paragraphs("teks")(document), table(["sel"])(document)))
    assert any(fault in found for found in planted(path, part, old, new)), planted(path, part, old, new)


def test_a_sound_document_passes(tmp_path: Path) -> None:
    path = word_template(tmp_path, lambda document: (paragraphs("teks")(document), table(["sel"])(document)))
    assert faults_of(path.read_bytes()) == []


_COMPILED: dict[str, CompiledTemplate] = {}


def everything(document: Any) -> None:
    header = document.sections[0].header
    header.paragraphs[0].text = "{%p for t in texts %}"
    header.add_paragraph("{{r t }}")
    header.add_paragraph("{%p endfor %}")
    table(
        ["{%tr for row in rows %}", "", "", ""],
        ["{% vm %}{{ loop.index }}", "{%tc for cell in row %}", "{% cellbg colour %}{{p cell }}", "{%tc endfor %}"],
        ["{%tr endfor %}", "", "", ""],
    )(document)
    table(["{% colspan texts|length %}a", "b"], ["{%tc for t in texts %}", "{{ t }}{{r t }}"])(document)
    row = document.tables[1]._tbl.findall(f"{W}tr")[1]
    table(["{%tc endfor %}"])(document)
    last = document.tables[2]._tbl
    row.append(last.find(f"{W}tr/{W}tc"))
    last.getparent().remove(last)
    made = document.add_table(rows=1, cols=1).cell(0, 0)
    made.text = "{%p for row in rows %}"
    made.add_table(rows=1, cols=2).cell(0, 0).text = "{{r row }}"
    made.add_paragraph("{%p endfor %}")


WORDS = st.text(st.characters(exclude_categories=["Co"]), max_size=12)
RICH = st.recursive(
    WORDS | st.integers() | st.none() | st.just({"page_break": True})
    | st.fixed_dictionaries({"text": WORDS}, optional={"bold": st.booleans(), "italic": st.booleans(), "size": st.integers(1, 99),
                                                       "strike": st.booleans(), "link": st.sampled_from(["https://a.id/x?y=1&z", "#a"])}),
    lambda inner: st.lists(inner, max_size=3) | st.fixed_dictionaries({"runs": st.lists(inner, max_size=3)}), max_leaves=6)  # fmt: skip


@examples(60)
@given(
    texts=st.lists(WORDS, max_size=4),
    rows=st.lists(st.lists(RICH, max_size=4), max_size=4),
    colour=st.sampled_from(["FF0000", "", "#00ff00"]),
)
def test_whatever_is_given_the_document_stays_sound(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], rows: list[list[Any]], colour: str
) -> None:
    """Empty lists, uneven rows, rich values in each other: never a file that Word would refuse."""
    if "all" not in _COMPILED:
        _COMPILED["all"] = compile_template(word_template(tmp_path_factory.mktemp("all"), everything))
    values = {"texts": texts, "rows": rows, "colour": colour}
    data = _COMPILED["all"].render(values)
    assert faults_of(data) == []
    assert _COMPILED["all"].render(values) == data


@pytest.fixture(scope="module")
def library() -> OpenXmlValidator:
    """The library as it is, which takes a second to begin."""
    return OpenXmlValidator()


IN_ROWS = "<w:p><w:r><w:t>sel</w:t></w:r></w:p>"
"""A paragraph that stands in the document twice: what is found sound in one place is remembered for the other."""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (IN_ROWS, "<w:p><w:r><w:salah/></w:r></w:p>"),
        (IN_ROWS, "<w:p><w:r><w:t>sel</w:t></w:r><w:pPr/></w:p>"),
        (IN_ROWS, f"{IN_ROWS}<w:tcPr/>"),
        (IN_ROWS, '<w:p><w:pPr><w:jc w:val="miring"/></w:pPr></w:p>'),
        ('<w:tcW w:type="dxa" w:w="8640"/>', '<w:tcW w:type="salah" w:w="8640"/>'),
        ("<w:tblGrid>", "<w:tblGrid/><w:tblGrid>"),
        ("<w:t>teks</w:t>", "<w:tr/>"),
        (IN_ROWS, f'{IN_ROWS}<w:p><w:hyperlink r:id="rIdX"><w:r><w:t>ke mana</w:t></w:r></w:hyperlink></w:p>'),
        (IN_ROWS, f'<w:p mc:Ignorable="tiada"/>{IN_ROWS}'),
        (IN_ROWS, f'{IN_ROWS}<w:p><w:r><w:footnoteReference w:id="7"/></w:r></w:p>'),
        (IN_ROWS, f'<w:p><w:bookmarkStart w:id="1" w:name="{"a" * 50}"/><w:bookmarkEnd w:id="2"/></w:p>{IN_ROWS}'),
    ],
)
def test_the_schemas_find_what_the_library_finds_whatever_was_seen_before(
    library: OpenXmlValidator, tmp_path: Path, old: str, new: str
) -> None:
    """Sound elements are remembered, faults are told each time: in the order and at the places the library tells them."""
    path = word_template(tmp_path, lambda made: (paragraphs("teks")(made), table(["sel"])(made), table(["sel"])(made)))
    sound = [str(error) for error in library.validate(str(path)).errors]
    assert schema_faults(path) == sound
    broken = tmp_path / "salah.docx"
    broken.write_bytes(replaced(path, BODY, old, new))
    expected = [str(error) for error in library.validate(str(broken)).errors]
    assert len(expected) > len(sound)
    assert schema_faults(broken) == expected
    assert schema_faults(path) == sound
    assert schema_faults(broken) == expected
