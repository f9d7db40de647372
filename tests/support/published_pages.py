"""Published pages for the tests of the import: the seed page in the forms people have it, and pages made to order."""

import html
from pathlib import Path

from click.testing import CliRunner, Result

from kitgen.base.errors import Findings
from kitgen.cli import cli
from kitgen.schemes.published.page import PublishedPage, read_published
from kitgen.schemes.published.text import read_page_text

SEED = (Path(__file__).parents[1] / "fixtures" / "published-page.txt").read_bytes()
TITLE = "Tenaga Pemasar Operasional (Layanan)"
SLUG = "tenaga-pemasar-operasional-layanan"
FOOTER = "© 2024 Lembaga Sertifikasi Profesi Universitas Gunadarma"

Criteria = list[tuple[str, str]]
Elements = list[tuple[str, str, Criteria]]
Units = list[tuple[str, str, Elements]]


def read(content: bytes | str, file: str = "page.txt") -> tuple[PublishedPage, Findings]:
    """A page and what was found about it."""
    findings = Findings()
    data = content.encode() if isinstance(content, str) else content
    return read_published(read_page_text(data, file), findings), findings


def units_of(page: PublishedPage) -> Units:
    """The page's units as plain data."""
    return [
        (unit.code, unit.title, [
            (element.number, element.title, [(criterion.number, criterion.text) for criterion in element.criteria])
            for element in unit.elements
        ])
        for unit in page.units
    ]  # fmt: skip


def page_rows(units: Units) -> list[list[str]]:
    """The rows of a page in the form of the seed page: all criteria of an element in one cell."""
    rows = [[f"Terdapat {len(units)} unit dalam skema ini:"], ["No.", "Kode Unit", "Nama Unit"]]
    rows += [[str(number), code, title] for number, (code, title, _) in enumerate(units, start=1)]
    for code, _, elements in units:
        rows += [[f"Kode unit: {code}"], ["Elemen Kompetensi", "Kriteria Unjuk Kerja"]]
        for number, title, criteria in elements:
            rows += [[f"{number}. {title}"], [" ".join(f"{number}. {text}" for number, text in criteria)]]
    return rows


def is_row(cells: list[str]) -> bool:
    """Whether cells stand in a table of the page, not in a paragraph of their own."""
    return not cells[0].startswith(("Terdapat", "Kode unit:"))


def piped_page(units: Units, footer: str = FOOTER) -> str:
    """The page as the seed page is: a `|` behind every cell, a rule below the headings."""
    lines: list[str] = []
    for cells in page_rows(units):
        lines.append(" | ".join(cells) + " |" if is_row(cells) else cells[0])
        if cells[0] in {"No.", "Elemen Kompetensi"}:
            lines.append("---|" * len(cells))
    return "\n".join([*lines, footer])


def copied_page(units: Units, footer: str = FOOTER) -> str:
    """The page as a browser copies it: tabs between cells, empty lines around tables, the site's menu."""
    lines = ["LSP Universitas Gunadarma", "Beranda", "Profil", "Skema", ""]
    for cells in page_rows(units):
        lines += ["\t".join(cells)] if is_row(cells) else ["", cells[0], ""]
    return "\n".join([*lines, "", footer, "Kembali ke atas"])


def html_page(units: Units, footer: str = FOOTER) -> str:
    """The page as saved from a browser, with all that stands around it."""
    parts = [
        '<!DOCTYPE html>\n<!-- saved from url=(0030)https://lsp.example/skema/1 -->\n<html lang="id"><head>\n'
        "<meta charset=utf-8><title>LSP &mdash; Skema</title>\n<style>td { content: '1.1. gaya' }</style>\n"
        "<script>if (1 < 2) document.write('<td>1.1. skrip</td>');\n</script></head>\n"
        "<body><nav><ul><li>1. Beranda<li>2. Skema</ul></nav>\n<main>\n"
    ]
    is_open = False
    for cells in page_rows(units):
        if is_row(cells) != is_open:
            is_open = not is_open
            parts.append("<table class='t'>\n" if is_open else "</table>\n")
        if is_open:
            parts.append("<tr>" + "".join(f"<td> {html.escape(cell)}\n</td>" for cell in cells) + "</tr>\n")
        else:
            parts.append(f"<p><b>{html.escape(cells[0]).replace(' ', '&nbsp;', 1)}</b></p>\n")
    return "".join([*parts, "</table>\n</main><footer>", footer.replace("©", "&copy;"), "</footer></body></html>\n"])


def change(old: str, new: str, page: bytes = SEED) -> str:
    """The seed page with one text replaced, once."""
    text = page.decode()
    assert old in text, f"{old!r} does not stand on the page"
    return text.replace(old, new, 1)


def line_of(page: str, text: str) -> int:
    """The number of the first line that holds a text."""
    return next(number for number, line in enumerate(page.splitlines(), start=1) if text in line)


def run_import(folder: Path, content: bytes | str, *options: str, name: str = "halaman.txt") -> Result:
    """`kitgen import` of a page, in the project `folder / "proyek"`."""
    project = folder / "proyek"
    (project / "scheme").mkdir(parents=True, exist_ok=True)
    page = folder / name
    page.write_bytes(content.encode() if isinstance(content, str) else content)
    return CliRunner().invoke(cli, ["-C", str(project), "import", str(page), *options], catch_exceptions=False)
