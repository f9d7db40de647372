"""A page costs what its rows cost: held against a bare Flask page with the same ones, for an event of 1,200 documents."""

import pytest
from event_cases import event_project
from harness import ROOT, SLUG
from page_client import Page
from page_speed import answered, compared, many_documents

MOST = 5.0
PAGES = ("/", "/jadwal", "/jadwal/contoh", "/perangkat", "/perangkat/Jadwal/contoh", "/perangkat/Jadwal/contoh?cari=contoh",
         "/skema", f"/skema/{SLUG}/2024", f"/skema/{SLUG}/2024/fakta", "/kode", "/edisi", "/pekerjaan")  # fmt: skip


@pytest.mark.slow
def test_each_page_is_within_five_times_a_bare_one(tmp_path_factory: pytest.TempPathFactory) -> None:
    """With what stands already known; it is looked at again aside."""
    project = event_project(ROOT, tmp_path_factory.mktemp("banyak") / "proyek")
    rows = many_documents(project.root, "contoh", 1200)
    page = Page(project.root).enter()
    data = ("scheme", "templates")
    plan = {"documents": rows, "summary": {"documents": 1200, "same": 1200, "stale": 0}}
    answered(page, ("plan", "--json", "--event", "contoh"), (*data, "events/contoh", "output/Jadwal/contoh"), plan)
    answered(
        page,
        ("event", "check", "contoh", "--json"),
        ("scheme", "events/contoh/jadwal.xlsx", "events/contoh/asesi.xlsx"),
        None,
    )
    edition = ("--scheme", SLUG, "--edition", "2024")
    empty = {"documents": [], "summary": {"documents": 0, "same": 0, "stale": 0}}
    answered(page, ("plan", "--json", *edition), (*data, f"output/{SLUG}/2024"), empty)
    answered(page, ("check", "--json", *edition), data, [])
    answered(page, ("edition", "list", "--json"), ("scheme",), [])
    listed = page.get("/perangkat/Jadwal/contoh").text
    assert listed.count('class="file"') >= 800 and "Asesi Contoh 01" in listed
    found = compared(page, rows, PAGES)
    page.close()
    assert {address: round(times, 1) for address, times in found.items() if times > MOST} == {}
