"""Slips in YAML, told in words of people who do not know it, at the line they stand in; and what is cut off untold."""

from collections.abc import Callable
from pathlib import Path

import pytest
from small_scheme import SCHEME

from kitgen.base.errors import Diagnostic, Findings
from kitgen.base.language import in_indonesian
from kitgen.base.project import EditionName
from kitgen.load.edition.scheme import load_scheme

TEXT = 'text: "Kain dipotong sesuai pola"'
LINE = 23


def faults(text: str, path: Path) -> list[Diagnostic]:
    """Every error of a scheme of this text."""
    path.write_text(text, "utf-8")
    findings = Findings()
    load_scheme(path, "scheme.yaml", EditionName("penjahit", "2026"), findings)
    return list(findings.errors)


Told = Callable[[str], list[tuple[int | None, str, str]]]


@pytest.fixture
def told(tmp_path: Path) -> Told:
    """Gives line, message and help of every error of a text."""

    def read(text: str) -> list[tuple[int | None, str, str]]:
        found = faults(text, tmp_path / "scheme.yaml")
        return [(each.place.line if each.place else None, str(each.message), str(each.help)) for each in found]

    return read


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("text: Kain: dipotong", "a colon followed by a blank stands in a text without quotes"),
        ("text: @Kain", "the text begins with a sign that needs quotes"),
        ('text: "Kain dipotong', "a quotation mark is not closed in this line"),
        ('text: "Kain \\\\dipotong \\d"', "a backslash stands in double quotes"),
        ("text: [Kain, dipotong", "a list in brackets is not closed, or lacks a comma"),
        ('text: "Kain\0"', "a sign no text has (U+0000)"),
    ],
)
def test_a_slip_is_told_at_its_line_in_plain_words(told: Told, typed: str, words: str) -> None:
    line, message, help = told(SCHEME.replace(TEXT, typed))[0]
    assert message == f"YAML cannot be read: {words}" and help
    assert line == LINE or (typed.startswith("text: [") and line in (LINE, LINE + 1, LINE + 2))


def test_a_tab_and_a_second_document_are_told(told: Told) -> None:
    assert told(SCHEME.replace("    units:", "\tunits:"))[0][1].endswith("the line begins with a tab")
    assert "a second document begins here" in told(f"{SCHEME}\n---\n{SCHEME}")[0][1]


def test_what_yaml_takes_for_a_remark_is_told(told: Told) -> None:
    """Without quotes `Kain #1 dipotong` is the text `Kain`; a remark of a person has a blank behind its sign."""
    ((line, message, _),) = told(SCHEME.replace(TEXT, "text: Kain #1 dipotong"))
    assert line == LINE and "ends before `#1`" in message
    assert told(SCHEME.replace(TEXT, "text: Kain dipotong # dari rapat")) == []


def test_a_text_nobody_sees_is_none(told: Told) -> None:
    assert told(SCHEME.replace(TEXT, 'text: "\u200b"'))[0][1] == "criterion (KUK) 1.2 has no text"


def test_a_long_value_is_told_short_and_an_indonesian_key_rightly(told: Told) -> None:
    message = told(SCHEME.replace('kind: "Klaster"', f'kind: "{"x" * 3000}"'))[0][1]
    assert len(message) < 120
    assert told(SCHEME.replace('kind: "Klaster"', 'jenis: "Klaster"'))[0][2] == "did you mean `kind`?"


def test_clusters_say_nothing_of_units_that_cannot_be_read(told: Told) -> None:
    """One cause is told once."""
    messages = [message for _, message, _ in told(SCHEME[: SCHEME.index("\nunits:")] + '\nunits: "C.14"\n')]
    assert messages == ["a list is expected here", "scheme has no units"]


def test_places_are_told_in_indonesian(tmp_path: Path) -> None:
    (fault,) = faults(SCHEME.replace('number: "2.1"', 'number: "3.1"'), tmp_path / "scheme.yaml")
    assert fault.place is not None
    assert in_indonesian(fault.place.as_message()).endswith("unit C.14REK01.002.1, elemen 2, KUK 1")
