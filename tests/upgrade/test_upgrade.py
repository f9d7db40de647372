"""`kitgen upgrade`: a project of an older kitgen keeps what it was made with; what a later one wrote is refused."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from harness import KitProject, rewrite_parts, tree_digests

from kitgen.base.errors import Findings
from kitgen.base.project import Project
from kitgen.documents.kept.bundle import ZERO_ONE_BUNDLE, laid_out
from kitgen.load.forms import load_forms
from kitgen.schemes.check.check import check_templates

SLUG, EVENT = "penata-rak", "contoh"
HOME, EVENT_HOME = f"scheme/{SLUG}/2024", f"events/{EVENT}"
KEPT = {f"{home}/{name}" for home in (HOME, EVENT_HOME) for name in ("templat.tar.xz", "tetap.json")}
Later = Callable[[], None]


def test_a_check_says_and_writes_nothing(project: KitProject, later_kitgen: Later) -> None:
    """What each release and delivery is, who made it, and what will be written beside it."""
    later_kitgen()
    before = tree_digests(project.root)
    project.run("upgrade", "--check")
    assert tree_digests(project.root) == before
    assert f"{SLUG}/2024" in project.said and f"Jadwal/{EVENT}" in project.said
    assert "made by kitgen 0.1.0: 40 documents, 0 to be made" in project.said
    assert "2 records would be written" in project.said


def test_an_upgrade_keeps_what_0_1_made_its_documents_with(project: KitProject, later_kitgen: Later) -> None:
    """Beside the seal, whose digest stays, and in the event's folder; nothing else changes, and once is enough."""
    later_kitgen()
    before = tree_digests(project.root)
    seal = json.loads((project.root / HOME / "segel.json").read_text("utf-8"))
    project.run("upgrade")
    after = tree_digests(project.root)
    changed = {name for name in after if after[name] != before.get(name) and not name.startswith(".kitgen/")}
    assert changed == {*KEPT, f"{HOME}/segel.json"}
    now = json.loads((project.root / HOME / "segel.json").read_text("utf-8"))
    assert {key: now[key] for key in ("digest", "files", "released", "edition")} == {
        key: seal[key] for key in ("digest", "files", "released", "edition")
    }
    for arguments in ((), ("--event", EVENT)):
        assert project.json("plan", *arguments)["summary"]["stale"] == 0
    assert project.json("recall", EVENT)["recalled"] == []
    project.run("upgrade")
    assert "0 records written" in project.said and tree_digests(project.root) == after


def test_own_templates_of_0_1_are_kept_as_they_were(project: KitProject, later_kitgen: Later) -> None:
    """After the upgrade they may be changed: what was released is made with the old ones."""
    later_kitgen()
    project.run("upgrade")
    block = project.root / "templates/docx/blocks/header.docx"
    rewrite_parts(block, lambda _, content: content.replace(b"Nama Peserta", b"Nama Calon"))
    page = next((project.root / "output" / SLUG / "2024").rglob("*FR.IA.01*.docx"))
    page.unlink()
    project.build()
    assert "Nama Peserta" in project.text(page.relative_to(project.root / "output").as_posix())


def test_names_that_own_templates_use_and_are_gone_are_told(project: KitProject) -> None:
    """With the name that is meant; the release is not touched by it."""
    template = project.root / "templates/docx/FR.AK.01.docx"
    rewrite_parts(template, lambda _, content: content.replace(b"candidate.name", b"candidate.nama"))
    project.run("upgrade", "--check", expect=1)
    assert "candidate.nama" in project.said and "FR.AK.01" in project.said
    assert project.json("plan")["summary"]["stale"] == 0


@pytest.fixture
def without_own(project: KitProject) -> KitProject:
    """The project of 0.1 as one that used the shipped templates, nothing built yet."""
    shutil.rmtree(project.root / "templates")
    for name in ("output", "riwayat"):
        shutil.rmtree(project.root / name)
    shutil.rmtree(project.root / "events")
    return project


def test_a_release_of_shipped_templates_is_built_and_archived_with_those_of_0_1(
    without_own: KitProject, tmp_path: Path, later_kitgen: Later
) -> None:
    """However the shipped ones look today: the archive holds those of 0.1, and makes the same documents."""
    project = without_own
    project.build("--form", "FR.MAPA.02")
    page = next((project.root / "output").rglob("*FR.MAPA.02*.docx")).relative_to(project.root / "output").as_posix()
    assert "PETA INSTRUMEN ASESMEN HASIL PENDEKATAN ASESMEN DAN PERENCANAAN ASESMEN*" in project.text(page)
    archive = str(tmp_path / "arsip.zip")
    project.run("archive", archive)
    project.run("archive", archive, "--open", str(tmp_path / "dibuka"))
    opened = KitProject(tmp_path / "dibuka")
    there, here = (each.json("plan", "--form", "FR.MAPA.02")["documents"] for each in (opened, project))
    assert [each["serial"] for each in there] == [each["serial"] for each in here]
    assert (opened.root / HOME / "templat.tar.xz").is_file()


WRITTEN = [
    (f"{HOME}/segel.json", ("plan",)),
    (f"scheme/{SLUG}/2025/asal.json", ("plan", "--edition", "2025")),
    (f"output/{SLUG}/2024/manifest.json", ("plan",)),
    (f"riwayat/{SLUG}/2024.json", ("build",)),
    (f"{EVENT_HOME}/riwayat.json", ("build", "--event", EVENT)),
    (f"{EVENT_HOME}/serah-terima.json", ("recall", EVENT)),
    (f"{EVENT_HOME}/hasil.json", ("plan", "--event", EVENT)),
    (f"{EVENT_HOME}/tetap.json", ("plan", "--event", EVENT)),
    (f"{HOME}/tetap.json", ("plan",)),
]


@pytest.mark.parametrize(("name", "arguments"), WRITTEN, ids=[name for name, _ in WRITTEN])
def test_what_a_later_kitgen_wrote_is_refused_with_what_to_do(
    project: KitProject, name: str, arguments: tuple[str, ...]
) -> None:
    """Every file kitgen keeps says its format; one that is not known is not read as if it were."""
    if name.endswith("tetap.json"):
        project.run("upgrade")
    path = project.root / name
    content = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**content, "format": content["format"] + 7}), "utf-8")
    if "riwayat" in name:  # read where something is to be made
        for each in (project.root / "output").rglob("*FR.IA.01*.docx"):
            each.unlink()
    project.run(*arguments, expect=1)
    assert "later kitgen" in project.said and "update kitgen" in project.said


def test_every_name_in_the_templates_of_0_1_is_still_known(tmp_path: Path) -> None:
    """Copies of them that people edited stay sound; where a name must go, the new one is told in its place."""
    kept = Project(tmp_path, laid_out(ZERO_ONE_BUNDLE, ZERO_ONE_BUNDLE.name, None))
    findings = Findings()
    forms = load_forms(kept, findings).forms
    assert len(forms) > 40 and not findings.errors
    assert check_templates(kept, forms) == []
