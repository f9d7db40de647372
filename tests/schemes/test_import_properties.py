"""What holds for every page: schemes made to order come back word for word, and no line goes unaccounted."""

import random
import re

import pytest
import yaml
from examples import examples
from hypothesis import HealthCheck, example, given
from hypothesis import strategies as st
from published_pages import SEED, Units, copied_page, html_page, piped_page, read, units_of

from kitgen.base.errors import Findings, KitgenError
from kitgen.schemes.published.line import clean
from kitgen.schemes.published.numbered_text import Segment, split_numbered
from kitgen.schemes.published.page import PublishedPage, read_published
from kitgen.schemes.published.scheme_text import scheme_text
from kitgen.schemes.published.text import read_page_text

FORMS = [piped_page, copied_page, html_page]
VERBS = st.sampled_from(["ditawarkan", "disusun", "dicatat", "DICEK", "dibuat (lihat 1.1)", "diuji 100%"])
TRICKY = st.sampled_from(
    "3 x 24 jam;1.5 liter air;pasal 1.2 peraturan;butir 2.2 standar;1.2 kali;versi 1.1 lama;No. 1.3 baru;12.000 rupiah"
    ";ISO 9001:2015;100%".split(";")
)
CODES = st.one_of(
    st.from_regex(r"[A-Z]\.[0-9]{6}\.[0-9]{3}\.[0-9]{2}", fullmatch=True),
    st.from_regex(r"[A-Z]\.[0-9]{2}[A-Z]{3}[0-9]{2}\.[0-9]{3}\.[0-9]", fullmatch=True),
    st.from_regex(r"[A-Z]{3}\.[A-Z]{2}\.[0-9]{2}\.[0-9]{3}\.[0-9]{2}", fullmatch=True),
)
LOWER = st.sampled_from("pelanggan layanan segmen merek (brand) dan/atau berbeda-beda “kutipan” a&b < > café".split())


@st.composite
def sentences(draw: st.DrawFn) -> str:
    """A text as criteria have it: a capital first, a verb last, between them words and numbers that are no heads."""
    middle = draw(st.lists(st.one_of(LOWER, TRICKY), max_size=5))
    return " ".join([draw(st.sampled_from(["Gaya", "Solusi", "Elemen", "URUTAN"])), *middle, draw(VERBS)])


@st.composite
def schemes(draw: st.DrawFn) -> Units:
    """Any number of units, elements and criteria; at times more than a hundred criteria in one element."""
    units: Units = []
    for code in draw(st.lists(CODES, min_size=1, max_size=5, unique=True)):
        elements = []
        for element in range(1, draw(st.integers(1, 4)) + 1):
            texts = draw(st.lists(sentences(), min_size=1, max_size=6))
            if draw(st.integers(0, 20)) == 0:
                texts = (texts * 120)[:115]
            criteria = [(f"{element}.{number}", text) for number, text in enumerate(texts, start=1)]
            elements.append((str(element), draw(sentences()), criteria))
        units.append((code, draw(sentences()), elements))
    return units


def assert_accounted(page: PublishedPage) -> None:
    """Every line of the page has one account, in order, and each account says something."""
    assert [account.line for account in page.accounts] == list(page.source.lines)
    assert all(account.parts and account.verdict in {"used", "ignored", "odd"} for account in page.accounts)


@pytest.mark.parametrize("make", FORMS)
@given(units=schemes())
@examples(60, suppress_health_check=[HealthCheck.too_slow])
def test_a_scheme_written_as_a_page_comes_back_word_for_word(make: type, units: Units) -> None:
    """Other counts, other codes, numbers of three digits, digits within texts: what went in comes out."""
    page, findings = read(make(units))
    assert findings.errors == []
    assert units_of(page) == units
    assert_accounted(page)


@given(units=schemes())
@examples(30, suppress_health_check=[HealthCheck.too_slow])
def test_scheme_yaml_says_what_the_page_says(units: Units) -> None:
    """A YAML reader finds in scheme.yaml the very codes, numbers and texts of the page, all of them texts."""
    page, _ = read(piped_page(units))
    data = yaml.safe_load(scheme_text(page, "Judul: #1 'x' \"y\"", "--title", "2024"))
    assert data["title"] == "Judul: #1 'x' \"y\""
    assert units == [
        (unit["code"], unit["title"], [
            (element["number"], element["title"], [(each["number"], each["text"]) for each in element["criteria"]])
            for element in unit["elements"]
        ])
        for unit in data["units"]
    ]  # fmt: skip


@given(seed=st.integers(0, 10**9), changes=st.integers(1, 6), make=st.sampled_from(FORMS))
@examples(300)
def test_a_damaged_page_is_refused_or_read_without_a_word_of_its_own(seed: int, changes: int, make: type) -> None:
    """Lines lost, doubled, swapped, cut or joined at random: all are accounted for, and no text is made up.

    If the page is still taken, the order within each unit is from 1 upwards and every text stands on the page.
    """
    chance = random.Random(seed)
    lines = make(units_of(read(SEED)[0])).split("\n")
    for _ in range(changes):
        at, to = chance.randrange(len(lines) - 1), chance.randrange(len(lines))
        match chance.randrange(5):
            case 0:
                del lines[at]
            case 1:
                lines.insert(to, lines[at])
            case 2:
                lines[at], lines[to] = lines[to], lines[at]
            case 3:
                cut = chance.randrange(len(lines[at]) + 1)
                lines[at : at + 1] = [lines[at][:cut], lines[at][cut:]]
            case _:
                lines[at : at + 2] = [lines[at] + " " + lines[at + 1]]
    page, findings = read("\n".join(lines))
    assert_accounted(page)
    if findings.errors:
        return
    shown = " ".join(line.text for line in page.source.lines)
    for unit in page.units:
        assert unit.title
        for position, element in enumerate(unit.elements, start=1):
            assert element.number == str(position)
            assert element.title in shown
            for number, criterion in enumerate(element.criteria, start=1):
                assert criterion.number == f"{position}.{number}"
                assert criterion.text in shown


@given(st.one_of(st.binary(max_size=400), st.text(max_size=400).map(str.encode)))
@example(b"<")
@example(b"<html><nav>")
@example(b"<![CDATA[ x")
@example(b"Kode unit:")
@example(b"Kode unit: A.1.1\n1. 1.1. 1.1.")
@example(b"\xff\xfe\x00\xd8")
@examples(400)
def test_any_bytes_are_read_or_refused_but_never_break_the_program(content: bytes) -> None:
    """Whatever a file holds, the result is a page with all lines accounted for, or one `KitgenError`."""
    findings = Findings()
    try:
        source = read_page_text(content, "page.txt")
    except KitgenError as error:
        assert error.diagnostics[0].help
        return
    assert_accounted(read_published(source, findings))
    assert all(line.text == clean(line.text)[0] for line in source.lines)


@given(st.lists(st.text(alphabet=st.sampled_from("1 2 3 . , A a p)"), max_size=60), min_size=1, max_size=4))
@examples(600)
def test_splitting_loses_and_adds_no_letter(texts: list[str]) -> None:
    """However numbers and words are mixed, the numbers and texts found, joined, are the line that was split."""
    segments = [Segment(clean(f"1.{line}. {text}")[0], line) for line, text in enumerate(texts, start=1)]
    found, _ = split_numbered(segments)
    for segment in segments:
        joined = "".join(item.number + item.text for item in found if item.line == segment.line)
        assert re.sub("[ .]", "", joined) == re.sub("[ .]", "", segment.text)
