"""`kitgen import` end to end: what it writes, says and refuses."""

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from harness import Golden, tree_digests
from published_pages import SEED, SLUG, TITLE, change, html_page, read, run_import, units_of

from kitgen.base.errors import Findings
from kitgen.base.project import EditionName
from kitgen.cli import cli
from kitgen.load.edition.scheme import load_scheme
from kitgen.load.locate import is_edition_name
from kitgen.schemes.published.scheme_text import scheme_slug

PAGE = SEED.decode()


def edition_of(folder: Path, edition: str = "2024", slug: str = SLUG) -> Path:
    """Where an import puts an edition."""
    return folder / "proyek" / "scheme" / slug / edition


def test_the_import_writes_scheme_and_report_and_prints_the_report(tmp_path: Path, golden: Golden) -> None:
    """Two files and nothing else are written; on stdout stands the report but for the account of every line."""
    result = run_import(tmp_path, SEED, "--title", TITLE)
    assert result.exit_code == 0
    folder = edition_of(tmp_path)
    assert sorted(tree_digests(tmp_path / "proyek")) == [
        f"scheme/{SLUG}/2024/import-report.txt",
        f"scheme/{SLUG}/2024/scheme.yaml",
    ]
    report = (folder / "import-report.txt").read_text("utf-8")
    assert result.stdout.splitlines()[:11] == report.splitlines()[:11]
    assert "SETIAP BARIS" not in result.stdout
    assert result.stderr.startswith(
        "read as teks, UTF-8: 5 units, 13 elements, 50 criteria (KUK)\n"
        f"wrote scheme/{SLUG}/2024/scheme.yaml and scheme/{SLUG}/2024/import-report.txt\n"
    )
    golden.check("import/scheme.yaml", (folder / "scheme.yaml").read_text("utf-8"))
    golden.check("import/import-report.txt", report)


def test_the_written_scheme_is_the_page_for_the_program_too(tmp_path: Path) -> None:
    """kitgen reads its own scheme.yaml without an error: same units, the LSP's facts missing."""
    run_import(tmp_path, SEED, "--title", TITLE)
    findings = Findings()
    scheme = load_scheme(edition_of(tmp_path) / "scheme.yaml", "scheme.yaml", EditionName(SLUG, "2024"), findings)
    assert findings.errors == []
    assert scheme is not None
    assert scheme.title == TITLE
    assert not scheme.number
    assert units_of(read(SEED)[0]) == [
        (unit.code, unit.title, [
            (element.number, element.title, [(criterion.number, criterion.text) for criterion in element.criteria])
            for element in unit.elements
        ])
        for unit in scheme.units
    ]  # fmt: skip


def test_the_report_lists_every_line_of_the_page_once(tmp_path: Path) -> None:
    """Below its last heading the report has one row for each line of the page, with verdict and content."""
    run_import(tmp_path, SEED, "--title", TITLE)
    report = (edition_of(tmp_path) / "import-report.txt").read_text("utf-8")
    rows = report[report.index("SETIAP BARIS") :].splitlines()[1:]
    assert [int(row.split()[0]) for row in rows] == list(range(1, len(PAGE.splitlines()) + 1))
    assert {row.split()[1] for row in rows} == {"dipakai", "diabaikan"}
    assert all(row.endswith(line) for row, line in zip(rows, PAGE.splitlines(), strict=True))


def test_the_report_names_neither_path_nor_folder_of_the_page(tmp_path: Path) -> None:
    """The same page imported from another place gives the same report."""
    places = [tmp_path / "a", tmp_path / "b"]
    for place in places:
        place.mkdir()
    first, second = (run_import(place, SEED, "--title", TITLE) for place in places)
    assert first.stdout == second.stdout
    assert str(tmp_path) not in first.stdout


def test_without_a_title_the_usage_error_tells_to_pass_one(tmp_path: Path) -> None:
    """The page gives no title, so the import exits with 2, names `--title` and writes nothing."""
    result = run_import(tmp_path, SEED)
    assert result.exit_code == 2
    assert 'the page does not give the title of the scheme; pass it: --title "TITLE"' in result.stderr
    assert tree_digests(tmp_path / "proyek") == {}


def test_a_title_on_the_page_is_used_and_told(tmp_path: Path) -> None:
    """With a title on the page no option is needed, and scheme.yaml says where the title is from."""
    result = run_import(tmp_path, f"Judul Skema : {TITLE}\n{PAGE}")
    assert result.exit_code == 0
    data = yaml.safe_load((edition_of(tmp_path) / "scheme.yaml").read_text("utf-8"))
    assert (data["title"], data["title_source"]) == (TITLE, "halaman, baris 1")


def test_the_title_option_goes_before_the_page_and_the_difference_is_told(tmp_path: Path) -> None:
    """A title passed wins over the one on the page; the report notes the other one and its line."""
    result = run_import(tmp_path, f"Judul Skema : Judul Lain\n{PAGE}", "--title", TITLE)
    assert result.exit_code == 0
    assert "baris 1: halaman menyebut judul skema lain: Judul Lain" in result.stdout
    assert "1  JANGGAL" in (edition_of(tmp_path) / "import-report.txt").read_text("utf-8")


def test_without_a_footer_the_usage_error_asks_for_the_edition(tmp_path: Path) -> None:
    """No year on the page: exit 2, `--edition` is named, the clock is not asked, nothing is written."""
    result = run_import(tmp_path, PAGE[: PAGE.index("©")], "--title", TITLE)
    assert result.exit_code == 2
    assert "pass it, for instance --edition 2024" in result.stderr
    assert tree_digests(tmp_path / "proyek") == {}


def test_footers_of_several_years_ask_for_the_edition(tmp_path: Path) -> None:
    """Two footers with two years give no edition."""
    result = run_import(tmp_path, f"{PAGE}\n© 2023 LSP", "--title", TITLE)
    assert result.exit_code == 2
    assert "--edition" in result.stderr


@pytest.mark.parametrize(
    ("footer", "edition"), [("© 2019-2024 LSP", "2024"), ("Copyright © LSP 2022", "2022"), ("(c) 2021 LSP", "2021")]
)
def test_the_year_is_read_from_footers_of_every_form(tmp_path: Path, footer: str, edition: str) -> None:
    """Of a range the later year is the edition."""
    page = PAGE[: PAGE.index("©")] + footer
    assert run_import(tmp_path, page, "--title", TITLE).exit_code == 0
    assert edition_of(tmp_path, edition).is_dir()


def test_the_edition_option_goes_before_the_footer(tmp_path: Path) -> None:
    """An edition passed is the folder's name; the footer is then ignored, and the report tells the source."""
    result = run_import(tmp_path, SEED, "--title", TITLE, "--edition", "2025-1")
    assert result.exit_code == 0
    assert edition_of(tmp_path, "2025-1").is_dir()
    assert "Edisi    : 2025-1 (sumber: --edition pada perintah import)" in result.stdout
    report = (edition_of(tmp_path, "2025-1") / "import-report.txt").read_text("utf-8")
    assert "     50  diabaikan  kaki halaman" in report


@pytest.mark.parametrize(
    "edition", ["", ".", "..", "../2024", "2024/1", "a\\b", "2024.", "-1", "con", "x" * 40, "2024\n"]
)
def test_an_edition_that_cannot_name_a_folder_is_wrong_usage(tmp_path: Path, edition: str) -> None:
    """Names with separators, leading dots or odd ends are refused with exit 2, nothing written."""
    result = run_import(tmp_path, SEED, "--title", TITLE, "--edition", edition)
    assert result.exit_code == 2
    assert "cannot name a folder" in result.stderr
    assert tree_digests(tmp_path / "proyek") == {}
    assert not is_edition_name(edition)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        (TITLE, SLUG),
        ("../x", "x"),
        ("..\\..\\Windows", "windows"),
        ("/etc/passwd", "etc-passwd"),
        ("C:\\x", "c-x"),
        ("Café  ½ Été", "cafe-12-ete"),
        ("CON", "skema-con"),
        ("A" * 200, "a" * 53 + "-" + scheme_slug("A" * 200)[-6:]),
    ],
)
def test_the_slug_of_any_title_is_a_safe_folder_name(title: str, slug: str) -> None:
    """A title can neither leave the scheme folder nor name what Windows forbids."""
    assert scheme_slug(title) == slug


def test_long_titles_that_begin_alike_have_slugs_of_their_own() -> None:
    """Cutting a long title does not put two schemes into one folder."""
    assert scheme_slug("A" * 200) != scheme_slug("A" * 201)


def test_a_hostile_title_stays_in_the_scheme_folder_and_is_kept_word_for_word(tmp_path: Path) -> None:
    """`../x` becomes the folder `x`; quotes, braces, hashes and control characters do no harm in scheme.yaml."""
    result = run_import(tmp_path, SEED, "--title", "../x \"kutip\" {unit} # 'a':\x1b[31m\n\tb")
    assert result.exit_code == 0
    folder = edition_of(tmp_path, slug="x-kutip-unit-a-31m-b")
    data = yaml.safe_load((folder / "scheme.yaml").read_text("utf-8"))
    assert data["title"] == "../x \"kutip\" {unit} # 'a':[31m b"
    assert len(tree_digests(tmp_path / "proyek")) == 2


@pytest.mark.parametrize("title", ["", "../", "日本"])
def test_a_title_without_a_letter_for_the_folder_is_wrong_usage(tmp_path: Path, title: str) -> None:
    """A title that gives no folder name is refused with exit 2."""
    result = run_import(tmp_path, SEED, "--title", title)
    assert result.exit_code == 2
    assert "pass another with --title" in result.stderr


def test_importing_the_same_page_again_says_so_and_writes_nothing(tmp_path: Path) -> None:
    """An identical edition is no fault: exit 0, the files untouched, even if an editor changed the line ends."""
    run_import(tmp_path, SEED, "--title", TITLE)
    file = edition_of(tmp_path) / "scheme.yaml"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    before = tree_digests(tmp_path / "proyek")
    result = run_import(tmp_path, html_page(units_of(read(SEED)[0])), "--title", TITLE)
    assert result.exit_code == 0
    assert result.stdout == f"scheme/{SLUG}/2024/scheme.yaml is there already and says the same; nothing was written\n"
    assert tree_digests(tmp_path / "proyek") == before


def test_an_edition_that_differs_is_never_written_over(tmp_path: Path) -> None:
    """A changed page and an edition that is there: exit 1, nothing touched, the difference and a way out told."""
    run_import(tmp_path, SEED, "--title", TITLE)
    run_import(tmp_path, SEED, "--title", TITLE, "--edition", "2024-2")
    before = tree_digests(tmp_path / "proyek")
    result = run_import(tmp_path, change("Segmentasi perusahaan", "Segmentasi usaha"), "--title", TITLE)
    assert result.exit_code == 1
    assert "this edition is there already and differs from the page" in result.stderr
    assert "KUK 1.2: `Segmentasi usaha diuraikan` instead of `Segmentasi perusahaan diuraikan`" in result.stderr
    assert "--replace" in result.stderr and "--edition 2024-3" in result.stderr
    assert tree_digests(tmp_path / "proyek") == before


def test_a_page_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    """A mistyped file name exits with 2."""
    (tmp_path / "proyek" / "scheme").mkdir(parents=True)
    result = CliRunner().invoke(cli, ["-C", str(tmp_path / "proyek"), "import", str(tmp_path / "tidak-ada.txt")])
    assert result.exit_code == 2
    assert "does not exist" in result.stderr
