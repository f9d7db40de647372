"""One text is put into a YAML file, and every other byte stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitgen.base.errors import Findings, KitgenError
from kitgen.load.yaml.one_text import Steps, with_text
from kitgen.load.yaml.source import parse_yaml

FILE = b"""\
# Kepala berkas
name:             # nama
licence: 'lama'   # nomor
units:            # daftar
  - code: "A.1"
    title: Satu
  - title: "Dua"   # kedua
    code: "A.2"
    note: |
      banyak
      baris
"""


@pytest.mark.parametrize(
    ("steps", "key", "line", "now"),
    [
        ((), "name", "name:             # nama", 'name: "x: \\"y\\" # z"  # nama'),
        ((), "licence", "licence: 'lama'   # nomor", "licence: 'x: \"y\" # z'   # nomor"),
        (("units", ("code", "A.1")), "title", "    title: Satu", '    title: "x: \\"y\\" # z"'),
        (("units", ("code", "A.2")), "title", '  - title: "Dua"   # kedua', '  - title: "x: \\"y\\" # z"   # kedua'),
    ],
)
def test_one_line_changes_and_all_others_stay(steps: Steps, key: str, line: str, now: str) -> None:
    """Comments, order, quotes and blanks elsewhere are as they were; also with the line ends of Windows and a BOM."""
    made = with_text(FILE, "f.yaml", steps, key, 'x: "y" # z')
    assert made.decode() == FILE.decode().replace(line, now)
    windows = b"\xef\xbb\xbf" + FILE.replace(b"\n", b"\r\n")
    assert with_text(windows, "f.yaml", steps, key, 'x: "y" # z') == b"\xef\xbb\xbf" + made.replace(b"\n", b"\r\n")


def test_a_key_that_is_not_written_gets_a_line() -> None:
    """Below the first key of its mapping, as far in."""
    made = with_text(FILE, "f.yaml", ("units", ("code", "A.1")), "standard", "SKKNI")
    assert b'  - code: "A.1"\n    standard: "SKKNI"\n    title: Satu\n' in made


@pytest.mark.parametrize(("steps", "key"), [((), "tidak"), (("units", ("code", "A.9")), "title"), (("satuan",), "x")])
def test_a_place_that_is_not_there_is_told(steps: Steps, key: str) -> None:
    """An item or mapping that does not exist: an error, never another place."""
    if not steps:
        assert with_text(b"a: 1\n", "f.yaml", (), key, "x") == b'a: 1\ntidak: "x"\n'
        return
    with pytest.raises(KitgenError, match="not found"):
        with_text(FILE, "f.yaml", steps, key, "x")


@pytest.mark.parametrize("end", ["", "\n"])
def test_how_a_file_ends_stays(end: str) -> None:
    """A last line without a break gets one only where a line is put behind it."""
    assert with_text(f"a: 1{end}".encode(), "f.yaml", (), "a", "x") == f'a: "x"{end}'.encode()
    assert with_text(f"a: 1{end}".encode(), "f.yaml", (), "b", "x") == f'a: 1\nb: "x"{end}'.encode()


def test_what_is_said_already_stays_as_it_is_written() -> None:
    """The same text in other quotes is no change."""
    assert with_text(FILE, "f.yaml", (), "licence", "lama") == FILE


def test_a_text_of_several_lines_is_left_to_a_person() -> None:
    """A block text is not cut up."""
    with pytest.raises(KitgenError, match="several lines"):
        with_text(FILE, "f.yaml", ("units", ("code", "A.2")), "note", "x")


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=20))
def test_whatever_is_typed_is_read_as_it_was_typed(text: str) -> None:
    """Quotes, colons, braces, letters of any script, ends of lines: the file says just that, and nothing else changes."""
    findings = Findings()
    made = parse_yaml(with_text(FILE, "f.yaml", (), "licence", text).decode(), "f.yaml", findings)
    before = parse_yaml(FILE.decode(), "f.yaml", findings)
    assert made is not None and before is not None and not findings.errors
    assert made.leaves() == {**before.leaves(), "licence": text}


@pytest.mark.parametrize("empty", ["''", '""', "", "''  # catatan", '"lama"'])
def test_an_empty_text_in_quotes_is_replaced(empty: str) -> None:
    """As a program that writes YAML leaves it."""
    made = with_text(f"number: {empty}\nkind: x\n".encode(), "scheme.yaml", (), "number", "SKM/007").decode()
    assert (
        made.startswith('number: "SKM/007"')
        and made.endswith("\nkind: x\n")
        and ("catatan" in empty) == ("catatan" in made)
    )
