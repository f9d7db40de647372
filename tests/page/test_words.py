"""The page speaks the language of the catalogue: under one that puts every text in brackets, nothing is left outside."""

import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import catalogue
import pytest
from babel.messages.mofile import write_mo
from event_cases import event_project
from file_names import named
from harness import ROOT, SLUG, KitProject
from page_client import Page

from kitgen.base import language

BRACKETED = re.compile("⟦[^⟦⟧]*⟧")
LETTERS = re.compile(r"[^\W\d_]{2,}")
TOLD = {"placeholder", "aria-label", "alt", "title"}
EXAMPLES = {"jadwal-2026-11", "7XR4-07AN-2JY"}
PATHS = ("/", "/jadwal", "/jadwal/contoh", "/perangkat", "/perangkat/Jadwal/contoh", f"/perangkat/{SLUG}/2024", "/skema",
         f"/skema/{SLUG}/2024", f"/skema/{SLUG}/2024/fakta", "/kode", "/edisi", "/templat", "/perintah", "/pekerjaan", "/tidak-ada",
         named("/dokumen?berkas=Jadwal/contoh/9 KUNCI - RAHASIA/19b FR.IA.05B.docx"),
         named("/dokumen?berkas=Jadwal/contoh/1 Admin/27 Daftar Hadir.docx"))  # fmt: skip
VOID = {"meta", "link", "input", "img", "br"}


class Bare(HTMLParser):
    """Collects what a person reads on a page that is neither data (`data-content`) nor in brackets."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.open: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        is_data = "data-content" in given or tag in ("script", "style", "title") or (bool(self.open) and self.open[-1])
        if not is_data:
            told = {name: value for name, value in given.items() if name in TOLD and value}
            self.found += [text for text in told.values() if text not in EXAMPLES and self._is_bare(text or "")]
        if tag not in VOID:
            self.open.append(is_data)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if not (self.open and self.open[-1]) and self._is_bare(data):
            self.found.append(data.strip())

    @staticmethod
    def _is_bare(text: str) -> bool:
        while (inner := BRACKETED.sub("", text)) != text:
            text = inner
        return bool(LETTERS.search(text))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> KitProject:
    made = event_project(ROOT, tmp_path_factory.mktemp("kata") / "proyek")
    return made.keep_forms({"FR.IA.05B", "Daftar Hadir", "Rekap Jadwal"}).build("--event", "contoh")


@pytest.fixture
def page(project: KitProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """The page in a language that says the same as English, in brackets."""
    catalog = catalogue.PlainCatalog(locale="id", fuzzy=False)
    for text in catalogue.needed():
        catalog.add(text, f"⟦{text}⟧")
    out = io.BytesIO()
    write_mo(out, catalog)
    folder = tmp_path / "locale" / "xx" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "kitgen.mo").write_bytes(out.getvalue())
    monkeypatch.setattr(language, "LOCALES", tmp_path / "locale")
    made = Page(project.root, "xx").enter()
    yield made
    made.close()


@pytest.mark.parametrize("path", PATHS)
def test_nothing_on_a_page_is_outside_of_the_catalogue(page: Page, path: str) -> None:
    """Text and labels; what is data says so in the page (`data-content`)."""
    address, _, query = path.partition("?")
    answer = page.get(address, query_string={"berkas": query.removeprefix("berkas=")} if query else {})
    assert "⟦" in answer.text
    bare = Bare()
    bare.feed(answer.text)
    assert bare.found == [] and bare.open == []


def test_a_bare_text_is_found() -> None:
    """In an element, in an attribute, beside one in brackets."""
    bare = Bare()
    bare.feed('<p>⟦good⟧ bad</p><input placeholder="bad"><i data-content>data <b>data</b></i><p>⟦a ⟦b⟧ c⟧ 12</p>')
    assert bare.found == ["⟦good⟧ bad", "bad"]


def test_the_language_is_switched_by_a_button(project: KitProject) -> None:
    """And stays as it was chosen."""
    page = Page(project.root, "id").enter()
    assert "Beranda" in page.get("/").text and '<html lang="id">' in page.get("/").text
    page.post("/bahasa", {"bahasa": "en"})
    assert "Home" in page.get("/").text and '<html lang="en">' in page.get("/").text
    assert page.post("/bahasa", {"bahasa": "xx"}).status_code == 400
    page.close()
