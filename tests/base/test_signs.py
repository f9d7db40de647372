"""Signs that are no letters never reach a terminal, a page or the name of a file."""

import pytest

from kitgen.base.signs import shown, unprintable, without_marks
from kitgen.kits.paths import safe_name


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("\x1b[2J", "<U+001B>[2J"),
        ("a\x00b", "a<U+0000>b"),
        ("\x1b]0;judul\x07", "<U+001B>]0;judul<U+0007>"),
        ("\x9b2J", "<U+009B>2J"),
        ("a\u202ecod.x", "a<U+202E>cod.x"),
        ("\ud800", "<U+D800>"),
        ("a\x08b\x7f", "a<U+0008>b<U+007F>"),
        ("\x1b[31mmerah\x1b[0m", "\x1b[31mmerah\x1b[0m"),
        ("\x1b[31m\x1b[2J", "\x1b[31m<U+001B>[2J"),
        ("baris\n\tdua\r", "baris\n\tdua\r"),
    ],
)
def test_a_terminal_is_told_no_orders(text: str, told: str) -> None:
    """Colours, tabs and ends of lines stay; all other control signs and marks of direction are spelled out."""
    assert shown(text) == told


@pytest.mark.parametrize(
    ("text", "sign"), [("a\x07", "U+0007"), ("\ud800", "U+D800"), ("\uffff", "U+FFFF"), ("é\t\n", None)]
)
def test_what_no_page_can_hold_is_named(text: str, sign: str | None) -> None:
    """By its number, not by the text it stands in."""
    assert unprintable(text) == sign


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("o a\u202ecod.x", "o acod.x"),
        ("a\u200bb\u2060c\ufeffd", "abcd"),
        ("Jose\u0301", "José"),
        ("Jos\u00e9", "José"),
        ("\ud800nama", "nama"),
        ("a\x7f\x9bb", "a--b"),
        ("COM\u00b9", "_COM\u00b9"),
        ("lpt\u00b3.txt", "_lpt\u00b3.txt"),
        ("\u200b", "_"),
    ],
)
def test_no_unseen_sign_reaches_a_file_name(text: str, name: str) -> None:
    """Two names that look alike are one, and none is reserved on Windows."""
    assert safe_name(text) == name and without_marks(name) == name


def test_a_name_has_no_more_bytes_than_disks_take() -> None:
    """119 Chinese letters are 357 bytes: cut, at a whole letter."""
    name = safe_name("\u6f22" * 119, 120)
    assert len(name.encode()) <= 200 and set(name) == {"\u6f22"}
