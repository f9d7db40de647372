"""Parts of lists of a thousand people are made and read piece by piece: what comes of it is what one text gives."""

from pathlib import Path
from typing import Final

import pytest
from harness import W, paragraphs, word_template

from kitgen.render import compile_template, compiled
from kitgen.render.dump import words
from kitgen.render.dump.words import words_digest

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
