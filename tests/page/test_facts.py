"""The form of facts: what is typed is saved, a fault stands at its field, two tabs do not write over each other."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from harness import KitProject
from page_client import Page, text_of
from small_scheme import SMALL, small_project

HERE = f"/skema/{SMALL}/2026/fakta"


@pytest.fixture
def project(tmp_path: Path) -> KitProject:
    return small_project(tmp_path / "proyek", identity="name:   # nama LSP\ncity: Bandung\n")


@pytest.fixture
def page(project: KitProject) -> Iterator[Page]:
    made = Page(project.root).enter()
    yield made
    made.close()


def form(page: Page) -> dict[str, str]:
    """What a browser would send back if nobody typed anything."""
    text = page.get(HERE).text
    found = {}
    for mark in re.findall(r"<input [^>]*>", text):
        name, value = (re.search(rf' {key}="([^"]*)"', mark) for key in ("name", "value"))
        if name and value:
            found[html.unescape(name[1])] = html.unescape(value[1])
    for name, value in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n(.*?)</textarea>', text, flags=re.DOTALL):
        found[html.unescape(name)] = html.unescape(value).replace("\n", "\r\n")
    for name, options in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', text, flags=re.DOTALL):
        chosen = re.search(r" selected>([^<]*)<", options)
        found[html.unescape(name)] = html.unescape(chosen[1]) if chosen else ""
    return {name: value for name, value in found.items() if name.startswith(("isi:", "dulu:"))}


def test_facts_are_typed_and_saved(page: Page, project: KitProject) -> None:
    """What is missing is said to be; sent back untouched nothing is written; the comment of a filled line stays."""
    shown = text_of(page.get(HERE))
    assert "3 facts are still missing" in shown and shown.count("still missing") == 5
    files = {path: path.read_bytes() for path in project.root.rglob("*.yaml")}
    fields = form(page)
    assert len([name for name in fields if name.startswith("isi:")]) > 15
    assert page.post(HERE, dict(fields)).status_code == 303
    assert {path: path.read_bytes() for path in project.root.rglob("*.yaml")} == files
    assert "Nothing was changed." in page.get(HERE).text
    typed = {"isi:LSP:name": 'LSP <b>"Contoh"</b>', "isi:LSP:licence": "BNSP-LSP-0000-ID", "isi:LSP:address": "Jl. 1"}
    assert page.post(HERE, fields | typed).status_code == 303
    assert "Saved: 3 facts" in page.get(HERE).text and "All facts that documents need are given." in page.get(HERE).text
    assert (project.root / "scheme/identity.yaml").read_text("utf-8") == (
        'name: "LSP <b>\\"Contoh\\"</b>"  # nama LSP\nlicence: "BNSP-LSP-0000-ID"\naddress: "Jl. 1"\ncity: Bandung\n'
    )  # fmt: skip


def test_a_fault_stands_at_its_field(page: Page, project: KitProject) -> None:
    """With what to do; what else was typed stays in the form, and nothing is written."""
    before = (project.root / "scheme" / SMALL / "2026/scheme.yaml").read_bytes()
    answer = page.post(HERE, form(page) | {"isi:Skema:title": "", "isi:LSP:city": "Garut <3"})
    assert answer.status_code == 422
    assert "Nothing was saved yet: 1 of the fields below need another look." in answer.text
    (mark,) = re.findall(r'<input[^>]*name="isi:Skema:title"[^>]*>', answer.text)
    assert 'aria-invalid="true"' in mark
    told_by = re.search(r'aria-describedby="[^"]*?(f\d+-bad)"', mark)
    assert told_by is not None and f'id="{told_by[1]}">`Judul skema` is empty' in answer.text
    assert answer.text.count("aria-invalid") == 1 and 'value="Garut &lt;3"' in answer.text
    assert (project.root / "scheme" / SMALL / "2026/scheme.yaml").read_bytes() == before


def test_two_tabs_do_not_write_over_each_other(page: Page, project: KitProject) -> None:
    """Another field is no matter; the same one tells what it says now."""
    first, second = form(page), form(page)
    assert page.post(HERE, first | {"isi:LSP:name": "LSP Satu"}).status_code == 303
    assert page.post(HERE, second | {"isi:LSP:contact": "0800"}).status_code == 303
    answer = page.post(HERE, second | {"isi:LSP:name": "LSP Dua"})
    assert answer.status_code == 422 and "it says now: LSP Satu" in answer.text
    text = (project.root / "scheme/identity.yaml").read_text("utf-8")
    assert "LSP Satu" in text and "0800" in text and "LSP Dua" not in text


def test_a_file_that_cannot_be_read_is_told(page: Page, project: KitProject) -> None:
    """With its line, and no form that would write over it."""
    (project.root / "scheme/identity.yaml").write_text("name: [\n")
    shown = page.get(HERE)
    assert shown.status_code == 200 and "identity.yaml:" in shown.text and "<fieldset" not in shown.text


def test_strange_fields_and_addresses_are_refused(page: Page, project: KitProject) -> None:
    """A field the form does not have, an edition there is not, a post without the token of the page."""
    answer = page.post(HERE, form(page) | {"isi:LSP:logo": "../../x.png"})
    assert answer.status_code == 422 and "nothing was written" in answer.text
    assert page.get(f"/skema/{SMALL}/2031/fakta").status_code == 404
    assert page.post(HERE, form(page), token=False).status_code == 403
