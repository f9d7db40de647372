"""The guides: short enough to be printed, with pictures that are there, naming buttons as the page does."""

import base64
import io
import re
from pathlib import Path

import catalogue
import pypdf
import pytest
from babel.messages.pofile import read_po
from browser import Browser
from guide_pages import guide_page

MOST = 4
GUIDES = ("panduan-admin.md", "panduan-asesor.md", "panduan-manajer-mutu.md")
ON_PAPER = {"Asesi F5", "Halaman x dari y", "Jadwal Giliran", "Kartu Asesor"}
"""A cell, and what stands on documents."""


@pytest.mark.parametrize("name", GUIDES)
def test_what_a_guide_tells_to_press_is_on_the_page(root: Path, name: str) -> None:
    """Each word in italics is one of the program's Indonesian texts, or a part of one."""
    text = " ".join((root / "docs" / name).read_text("utf-8").split())
    with catalogue.path_of("id").open("rb") as file:
        known = "\n".join(str(each.string).lower() for each in read_po(file))
    named = {each.rstrip(".") for each in re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", text)}
    assert len(named) > 2
    assert {each for each in named - ON_PAPER if each.lower() not in known} == set()


@pytest.mark.parametrize("name", GUIDES)
def test_each_picture_of_a_guide_is_there(root: Path, name: str) -> None:
    """And says in words what it shows."""
    pictures = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", (root / "docs" / name).read_text("utf-8"))
    assert pictures and all(words and (root / "docs" / path).is_file() for words, path in pictures)


@pytest.mark.slow
def test_a_guide_is_at_most_four_pages(root: Path, tmp_path: Path) -> None:
    """Printed on A4 by Chromium, pictures in."""
    browser = Browser(tmp_path)
    counts = {}
    for name in GUIDES:
        page = tmp_path / f"{name}.html"
        page.write_text(guide_page(root / "docs" / name), "utf-8")
        browser.driver.get(page.as_uri())
        printed = browser.driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
        counts[name] = len(pypdf.PdfReader(io.BytesIO(base64.b64decode(printed["data"]))).pages)
    browser.close()
    assert {name: count for name, count in counts.items() if not 1 <= count <= MOST} == {}
