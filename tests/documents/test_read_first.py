"""`00 Baca Dulu.html`: in each kit, links that lead somewhere, no key, the same bytes again, a person's changes kept."""

import re
import shutil
import urllib.parse
from pathlib import Path

import pytest
from click.testing import CliRunner
from event_cases import NAME, event_project
from harness import ROOT, KitProject
from small_scheme import SMALL, small_project

from kitgen.cli import cli
from kitgen.documents.build.read_first import is_page_of_ours

PAGE = "00 Baca Dulu.html"
FORMS = ("FR.APL.01", "FR.IA.05B", "FR.IA.05C", "Kartu Asesi", "FR.MAPA.01")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, root: Path) -> KitProject:
    """A few forms, of the kits and of an event."""
    project = event_project(root, tmp_path_factory.mktemp("baca") / "proyek").keep_forms(FORMS)
    return project.build().build("--event", NAME)


@pytest.fixture
def project(built: KitProject, tmp_path: Path) -> KitProject:
    return built.copy_to(tmp_path / "proyek")


def pages(project: KitProject) -> list[Path]:
    return sorted((project.root / "output").rglob(PAGE))


def test_each_kit_has_a_page_whose_links_lead_to_all_but_keys(built: KitProject) -> None:
    """One in each kit and event; relative, from wherever the folder lies; every document but those of the keys."""
    assert len(pages(built)) == 1 + 5 + 1
    for page in pages(built):
        text = page.read_text("utf-8")
        links = [urllib.parse.unquote(link) for link in re.findall(r'href="([^"]+)"', text)]
        there = {path.relative_to(page.parent).as_posix() for path in page.parent.rglob("*.docx")}
        assert links and not any(link.startswith(("/", "http", "file")) for link in links)
        assert set(links) == {name for name in there if "KUNCI" not in name}
        assert len(links) == len(set(links)) and "FR.IA.05B" not in text and "berkas kunci" in text
        assert is_page_of_ours(page) and "http" not in text and "src=" not in text


def test_a_build_of_nothing_new_leaves_the_pages(project: KitProject) -> None:
    """No byte and no time of it; of one form only, it is not even looked at."""
    before = project.stamps()
    project.build().build("--event", NAME).build("--form", "FR.APL.01")
    assert project.stamps() == before


def test_a_page_follows_the_forms_and_comes_back(project: KitProject) -> None:
    """Another title is on it; one that is gone or empty is made again, as a clean build makes it."""
    clean = project.tree()
    pages(project)[0].unlink()
    pages(project)[-1].write_bytes(b"")
    assert project.build().build("--event", NAME).tree() == clean
    forms = project.forms()
    project.write_forms({**forms, "FR.APL.01": {**forms["FR.APL.01"], "title": "Permohonan Lain"}})
    page = next(page for page in pages(project) if "Skema Lengkap" in page.as_posix())
    assert "Permohonan Lain" not in page.read_text("utf-8")
    project.build()
    assert "Permohonan Lain" in page.read_text("utf-8") and is_page_of_ours(page)


def test_a_page_somebody_changed_is_kept_and_told(project: KitProject) -> None:
    """Nobody is named; a purge of the event takes it for somebody's work."""
    page = project.root / "output" / "Jadwal" / NAME / PAGE
    page.write_bytes(page.read_bytes().replace(b"</h1>", b" kami</h1>"))
    project.build("--event", NAME)
    assert b" kami</h1>" in page.read_bytes()
    assert f"--> Jadwal/{NAME}/{PAGE}" in project.said and "and is kept" in project.said
    project.run("event", "purge", NAME, "--yes", expect=1)
    assert "somebody's work" in project.said
    project.run("event", "purge", NAME, "--yes", "--with-edited")
    assert not page.exists()


def test_a_purge_takes_the_page(project: KitProject) -> None:
    """Its links name people's folders."""
    project.run("event", "purge", NAME, "--yes")
    assert not (project.root / "output" / "Jadwal" / NAME).exists()


def test_the_page_of_a_kit_nobody_plans_goes(project: KitProject) -> None:
    """With the last document of the kit."""
    project.write_forms({code: {**entry, "kits": [kit for kit in entry["kits"] if kit != "unit"] or ["scheme"]}
                         for code, entry in project.forms().items()}).build()  # fmt: skip
    assert [page for page in pages(project) if "Per Unit" in page.as_posix()] == []


@pytest.mark.parametrize("event", [(), ("--event", "uji")])
def test_plan_and_verify_tell_how_the_pages_stand(tmp_path: Path, event: tuple[str, ...]) -> None:
    """As made: nothing is told. Gone, outdated: a build is due. Changed by a person: kept, and no build is due."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    project = small_project(tmp_path).keep_forms({"FR.APL.01"})
    project.run("event", "new", "uji", "--candidates", "1", "--sample").build(*event)
    page = next(iter(pages(project)))
    shown = page.relative_to(project.root / "output").as_posix()
    made, forms = page.read_bytes(), project.forms()
    line = [*event] if event else ["--scheme", SMALL]

    def verified() -> str:
        text = CliRunner().invoke(cli, ["-C", str(project.root), "verify", *line]).output
        return " ".join(text.split())

    assert PAGE not in project.run("plan", "--check", *line).said and PAGE not in verified()
    assert set(project.json("plan", *line)["pages"].values()) == {"same"}

    page.unlink()
    assert "1 page to read first to be made" in project.run("plan", "--check", *line, expect=1).said
    assert project.json("plan", *line)["pages"][shown] == "new"
    assert "page that tells what to print, and for whom, is not there" in verified()

    page.write_bytes(made)
    project.write_forms({"FR.APL.01": {**forms["FR.APL.01"], "title": "Permohonan Lain"}})
    assert project.json("plan", *line)["pages"][shown] == "changed"
    assert "page does not tell what lies in its folder now" in verified()
    project.write_forms(forms)

    page.write_bytes(made.replace(b"</body>", b"<p>Catatan</p></body>"))
    said = project.run("plan", "--check", *line).said
    assert "page was changed, or is not of kitgen's making, and is kept" in said and "to read first" not in said
    assert "move it elsewhere" in verified()
