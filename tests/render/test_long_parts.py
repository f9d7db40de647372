"""Parts of lists of a thousand people are made and read piece by piece: what comes of it is what one text gives."""

from pathlib import Path
from typing import Final

import pytest
from harness import W, paragraphs, word_template
from lxml import etree

from kitgen.base.digests import digest_items, digest_values
from kitgen.base.errors import KitgenError
from kitgen.render import compile_template, compiled
from kitgen.render.dump import cells_in_turn, words
from kitgen.render.dump.cells_in_turn import cells_of
from kitgen.render.dump.words import words_digest
from kitgen.render.excel.reference_tokens import S
from kitgen.render.package.xml import DECLARATION

MAIN: Final = "word/document.xml"
PEOPLE: Final = [{"name": f"Asesi Contoh {number:02} – “é” ☐"} for number in range(40)]
ROWS: Final = ["{%p for one in people %}", "{{ one.name }}", "{%p endfor %}", "Akhir ☐"]


def made(template: Path, values: dict[str, object]) -> bytes:
    """The body, as it is made of few pieces and of many."""
    return compile_template(template).render_parts(values).parts[MAIN]


def test_many_pieces_make_what_few_make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Signs of every width stand where they stood."""
    template = word_template(tmp_path, paragraphs(*ROWS))
    whole = made(template, {"people": PEOPLE})
    monkeypatch.setattr(compiled, "_MANY", 7)
    assert made(template, {"people": PEOPLE}) == whole and "– “é” ☐".encode() in whole


def test_what_loops_leave_empty_is_mended_in_long_parts_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table whose rows all go goes, too; other signs than English ones outlive the mending."""

    def build(document: "object") -> None:
        table = document.add_table(rows=3, cols=1)  # type: ignore[attr-defined]
        for row, text in zip(table.rows, ("{%tr for one in gone %}", "{{ one }}", "{%tr endfor %}"), strict=True):
            row.cells[0].text = text
        for text in ROWS:
            document.add_paragraph(text)  # type: ignore[attr-defined]

    template = word_template(tmp_path, build)
    whole = made(template, {"people": PEOPLE, "gone": []})
    monkeypatch.setattr(compiled, "_MANY", 7)
    assert made(template, {"people": PEOPLE, "gone": []}) == whole
    assert b"<w:tbl>" not in whole and "– “é” ☐".encode() in whole


@pytest.mark.parametrize("block", (1, 60, 1_000))
def test_words_of_a_part_in_blocks_are_those_of_the_whole(monkeypatch: pytest.MonkeyPatch, block: int) -> None:
    """However long the pieces are a part is taken apart in, and however few paragraphs are kept in mind."""
    texts = [f"Paragraf {number} – ☐" for number in range(60)] + ["", "satu dua"]
    field = '<w:p><w:fldSimple w:instr="PAGE"><w:r><w:t>7</w:t></w:r></w:fldSimple><w:r><w:t>H</w:t></w:r></w:p>'
    plain = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)
    for body in (plain, plain + field, field + plain):
        part = f'<w:document xmlns:w="{W[1:-1]}"><w:body>{body}</w:body></w:document>'.encode()
        told = words_digest({MAIN: part}, "a.docx")
        with monkeypatch.context() as patched:
            patched.setattr(words, "_BLOCK", block)
            patched.setattr(words, "_MOST", 10)
            patched.setattr(words, "_known", {})
            assert words_digest({MAIN: part}, "a.docx") == told
            assert len(words._known) <= 10 + len(texts) + 1


@pytest.mark.parametrize("count", (0, 1, 999, 1_000, 1_001, 2_500))
def test_items_one_after_the_other_have_the_digest_of_their_list(count: int) -> None:
    """However many come at once."""
    items = [(f"sheet A, cell B{number}", f"“é” {number}") for number in range(count)]
    assert digest_items(iter(items)) == digest_values(items)


def sheet(behind: str = "") -> bytes:
    cells = "".join(
        f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><r><t>é ☐ {row}</t></r><rPh><t>x</t></rPh></is></c>'
        f'<c r="B{row}"><f>A{row}+1</f><v>{row}</v></c><c r="C{row}" s="1"/><c r="D{row}"><v>{row}</v></c></row>'
        for row in range(1, 9)
    )
    return f'{DECLARATION}<worksheet xmlns="{S[1:-1]}"><sheetData>{cells}</sheetData>{behind}</worksheet>'.encode()


def told(part: bytes) -> list[tuple[str | None, bytes]]:
    return [(cell.get("r"), etree.tostring(cell)) for cell in cells_of(part, "a.xlsx", "xl/worksheets/sheet1.xml")]


def refusal_of(part: bytes) -> str:
    with pytest.raises(KitgenError) as raised:
        told(part)
    return str(raised.value)


def test_cells_of_a_long_sheet_are_those_of_a_short_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Row after row they say the same, and what is no sound sheet is refused in the same words."""
    whole = told(sheet())
    assert len(whole) == 32
    broken, typed = sheet("<c></d>"), sheet().replace(b"<worksheet", b"<!DOCTYPE a><worksheet")
    with monkeypatch.context() as patched:
        patched.setattr(cells_in_turn, "LONG", 1)
        assert told(sheet()) == whole
        in_turn = [refusal_of(part) for part in (broken, typed)]
    assert in_turn == [refusal_of(part) for part in (broken, typed)]
