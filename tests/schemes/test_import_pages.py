"""The import reads the same scheme from every form in which people have the page."""

import pytest
from published_pages import SEED, TITLE, copied_page, html_page, line_of, piped_page, read, units_of

from kitgen.base.errors import KitgenError
from kitgen.schemes.published.line import MOST_LINES
from kitgen.schemes.published.text import LARGEST_PAGE, read_page_text

SEED_UNITS = units_of(read(SEED)[0])
SEED_TEXT = SEED.decode()


def test_the_seed_page_gives_5_units_13_elements_50_criteria() -> None:
    """The published page yields the units, elements and criteria a person counts on it, without an error."""
    page, findings = read(SEED)
    assert findings.errors == []
    assert [unit.code[-6:-3] for unit in page.units] == ["001", "002", "003", "007", "008"]
    assert [len(unit.elements) for unit in page.units] == [3, 2, 2, 3, 3]
    assert [len(unit.criteria) for unit in page.units] == [12, 6, 4, 10, 18]


def test_the_seed_page_written_again_from_what_was_read_is_the_seed_page() -> None:
    """Nothing is lost, added or changed: the units read, put back into the page's form, are the page byte for byte."""
    assert piped_page(SEED_UNITS) == SEED_TEXT


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("UTF-16 with CRLF, as Notepad saves", SEED_TEXT.replace("\n", "\r\n").encode("utf-16")),
        ("UTF-16 big-endian with mark", b"\xfe\xff" + SEED_TEXT.encode("utf-16-be")),
        ("UTF-16 without mark", SEED_TEXT.encode("utf-16-le")),
        ("UTF-32", SEED_TEXT.encode("utf-32")),
        ("UTF-8 with mark", SEED_TEXT.encode("utf-8-sig")),
        ("Windows-1252", SEED_TEXT.encode("cp1252")),
        ("old Mac line ends", SEED_TEXT.replace("\n", "\r").encode()),
        ("a newline at the end", SEED + b"\n"),
        ("copied from a browser", copied_page(SEED_UNITS).encode()),
        ("copied from a browser into Notepad", copied_page(SEED_UNITS).replace("\n", "\r\n").encode("utf-16")),
        ("saved as HTML", html_page(SEED_UNITS).encode()),
        ("saved as HTML in Windows-1252", html_page(SEED_UNITS).encode("cp1252")),
        ("HTML on one line", html_page(SEED_UNITS).replace("\n", " ").encode()),
        ("HTML without closing tags", html_page(SEED_UNITS).replace("</td>", "").replace("</tr>", "").encode()),
        ("blanks folded", SEED_TEXT.replace(" ", " \u00a0 ").encode()),
        ("a pipe at the beginning too", "\n".join(f"| {row}" if "|" in row else row for row in SEED_TEXT.split("\n"))),
        ("one criterion a line", SEED_TEXT.replace("1.2. ", "\n1.2. ").replace("2.2. ", "\n2.2. ")),
        ("element and criteria in one row",
         SEED_TEXT.replace(" |\n1.1. ", " | 1.1. ").replace(" |\n2.1. ", " | 2.1. ")),
        ("numbers in cells of their own", SEED_TEXT.replace("\n1. ", "\n1 | ").replace("\n2. ", "\n2. | ")),
        ("blank lost behind the numbers", SEED_TEXT.replace("\n1.1. ", "\n1.1.").replace(" 1.2. ", " 1.2.")),
        ("numbers without a dot behind", SEED_TEXT.replace(". ", " ").replace("No | ", "No. | ")),
        ("footer in the row of the last criterion", SEED_TEXT.replace(" |\n©", " | ©")),
        ("footer behind the last criterion", SEED_TEXT.replace(" |\n©", " ©")),
    ],
)  # fmt: skip
def test_every_form_of_the_page_gives_the_same_units(name: str, content: bytes | str) -> None:
    """However the page was copied and saved, its words and numbers come out the same."""
    page, findings = read(content)
    assert (name, findings.errors) == (name, [])
    assert units_of(page) == SEED_UNITS
    assert page.year is not None
    assert page.year.text == "2024"


@pytest.mark.parametrize("make", [piped_page, copied_page, html_page])
def test_texts_with_signs_come_back_word_for_word(make: type) -> None:
    """Angle brackets, quotes, ampersands, accents and capitals are words like any other."""
    text = "Nilai < 5 & > 3 “dikutip” 'x' \"y\" Café ½ dicatat; URL https://a.example/?b=1&c diisi SEMUA"
    units = [("M.702090.001.01", "Judul & isi <b>", [("1", "Elemen <i>", [("1.1", text), ("1.2", "Lalu dicek")])])]
    page, findings = read(make(units))
    assert findings.errors == []
    assert units_of(page) == units


def test_html_breaks_and_inline_tags_inside_a_cell_are_read() -> None:
    """`<br>` parts two criteria of a cell; bold and links part nothing."""
    page, findings = read(
        "<html><p>Terdapat 1 unit</p><table><tr><td>1<td>M.702090.001.01<td>Ju<b>dul</b></table>"
        "<h3>Kode unit: M.702090.001.01</h3><table><tr><td colspan=2>1. Elemen <a href=#>satu</a></tr>"
        "<tr><td><b>1.1.</b> Hal <i>baru</i> dicatat<br/>1.2. Hal <svg><text>ikon</text></svg>lama dihapus</table>"
    )
    assert findings.errors == []
    assert units_of(page)[0][2] == [
        ("1", "Elemen satu", [("1.1", "Hal baru dicatat"), ("1.2", "Hal lama dihapus")]),
    ]


def test_scripts_styles_comments_and_menus_of_an_html_page_give_nothing() -> None:
    """What is not the page's text is accounted for as dropped, and nothing of it is read."""
    source = html_page(SEED_UNITS)
    page, _ = read(source)
    script = next(account.line for account in page.accounts if account.line.dropped == "script")
    assert (script.number, script.last) == (line_of(source, "<script>"), line_of(source, "</script>"))
    dropped = {account.line.dropped for account in page.accounts if account.line.dropped}
    assert dropped == {"markup", "style", "script", "nav"}
    assert all(account.verdict == "ignored" for account in page.accounts if account.line.dropped)


def test_every_line_of_an_html_file_is_accounted_for() -> None:
    """No line of the saved file is missing from the account, whether it holds text or only markup."""
    source = html_page(SEED_UNITS)
    page, _ = read(source)
    covered = {number for a in page.accounts for number in range(a.line.number, a.line.last + 1)}
    assert covered == set(range(1, source.count("\n") + 1))


def test_control_and_invisible_characters_are_taken_out_and_told() -> None:
    """A bell, a zero-width blank, a soft hyphen and a sign no XML may hold vanish; the line is reported."""
    page, findings = read(SEED_TEXT.replace("Segmentasi perusahaan", "Seg\u00admen\u200btasi\x07\ufffe perusahaan"))
    assert units_of(page) == SEED_UNITS
    assert [w.message for w in findings.warnings if "taken out" in w.message] == [
        "control or invisible characters were taken out: 4"
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"PK\x03\x04" + b"\x00" * 100, "file is damaged"),
        (b"%PDF-1.7\n", "the PDF cannot be read; it is damaged"),
        (b"From: <Saved by Blink>\n", "file is a web page in one file"),
        (b"x" * (LARGEST_PAGE + 1), "larger than 5 MB"),
        (b"\n" * (MOST_LINES + 1), "more than 50,000 lines"),
        (b"<p>x" * (MOST_LINES + 1), "more than 50,000 lines"),
        (b"\xff\xfea", "cannot be read as UTF-16"),
        (SEED + b"\ntak terbaca: \x81", "mixes two encodings"),
        (SEED.replace("©".encode(), b"") + b"\n\x81", "cannot be read as Windows-1252"),
        (b"<html>&#" + b"9" * 5000, "HTML of the page cannot be read"),
    ],
)
def test_what_is_no_readable_page_is_refused(content: bytes, message: str) -> None:
    """A file that is no text, too large or damaged is one clear error with a remedy."""
    with pytest.raises(KitgenError, match=message) as caught:
        read_page_text(content, "page.txt")
    assert caught.value.diagnostics[0].help


@pytest.mark.parametrize(
    "piece",
    ["<!--", "<!--x>", "<![if ", "<a ", "</a ", '<a b="x>', "<script ", "<script>", "</script", "<a b='\"", "<?", "a<"],
)
@pytest.mark.parametrize("end", ["", ">"])
def test_hostile_html_is_read_in_time_that_grows_with_its_length(piece: str, end: str) -> None:
    """Tags, comments and declarations left open a hundred thousand times end in one error, not in a long wait."""
    page, findings = read("<html>" + piece * 100_000 + end)
    assert [error.message for error in findings.errors] == ["nothing of a published scheme was recognised on the page"]
    assert page.units == ()


@pytest.mark.parametrize("line", ["-" * 400_000 + "x", "1.1. a " + "pasal 1.2 " * 100_000, "1 " * 200_000])
def test_a_hostile_line_is_read_in_time_that_grows_with_its_length(line: str) -> None:
    """A line of many rules, numbers or words ends in an error, not in a long wait."""
    _, findings = read(f"Kode unit: M.702090.001.01\n{line}")
    assert findings.errors


def test_damaged_letters_are_told() -> None:
    """UTF-8 that was once read as Windows-1252 is kept as it stands and reported."""
    _, findings = read(SEED_TEXT.replace("Segmentasi perusahaan", "Segmentasi â€œperusahaanâ€"))
    assert any("letters seem to be damaged" in warning.message for warning in findings.warnings)


def test_the_title_may_stand_on_the_page() -> None:
    """A line `Skema: ...` before the list gives the scheme's title; the seed page has none."""
    assert read(SEED)[0].title is None
    page, findings = read(f"Skema Sertifikasi : {TITLE}\n{SEED_TEXT}")
    assert findings.errors == []
    assert page.title is not None
    assert page.title.text == TITLE
