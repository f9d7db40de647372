"""Archives: one file from which the same documents come again, read with distrust."""

import io
import json
import shutil
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from file_names import named
from harness import ROOT, SLUG, KitProject, tree_digests

from kitgen.documents.build.archive import CONTENTS

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def archived(tmp_path_factory: pytest.TempPathFactory) -> KitProject:
    """A project of a few forms with its archive `a.zip` in it."""
    project = KitProject.copy_of(ROOT, tmp_path_factory.mktemp("arsip") / "proyek")
    project.keep_forms(("FR.APL.02", "FR.IA.01", "FR.IA.05A", "Matriks Cakupan KUK", "Surat Tugas"))
    return project.run("archive", str(project.root / "a.zip"))


@pytest.fixture
def project(archived: KitProject, tmp_path: Path) -> KitProject:
    return archived.copy_to(tmp_path / "proyek")


def contents_of(path: Path) -> Any:
    with zipfile.ZipFile(path) as archive:
        return json.loads(archive.read(CONTENTS))


def rewritten(path: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    change(parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)


def test_the_same_documents_come_out_of_an_archive(project: KitProject, tmp_path: Path) -> None:
    """Opened elsewhere, a build gives the very tree of the project it was made of; `--verify` says so."""
    place = tmp_path / "Jauh dari sini" / "lagi"
    place.parent.mkdir()
    said = project.run("archive", str(project.root / "a.zip"), "--open", str(place)).said
    assert "`kitgen -C" in said
    opened = KitProject(place).build()
    assert opened.tree() == project.build().tree()
    count = len(contents_of(project.root / "a.zip")["documents"])
    assert (
        f"{count} documents: {count} come out as they did"
        in project.run("archive", str(project.root / "a.zip"), "--verify").said
    )
    digests = {
        path: row["digest"]
        for path, row in json.loads((project.output / "manifest.json").read_text())["documents"].items()
    }
    told = contents_of(project.root / "a.zip")["documents"]
    assert {path.removeprefix(f"{SLUG}/2024/"): digest for path, digest in told.items()} == digests


def test_an_archive_is_the_same_wherever_and_whenever_it_is_made(project: KitProject, tmp_path: Path) -> None:
    """No clock, path or user: the archive of a copy elsewhere, of a built project, of an opened archive is the same."""
    first = (project.root / "a.zip").read_bytes()
    project.build().run("archive", str(project.root / "a.zip")).run("archive", str(project.root / "b.zip"))
    assert (project.root / "b.zip").read_bytes() == first
    project.run("archive", str(project.root / "a.zip"), "--open", str(tmp_path / "lain"))
    KitProject(tmp_path / "lain").run("archive", str(tmp_path / "c.zip"))
    assert (tmp_path / "c.zip").read_bytes() == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for entry in archive.infolist():
            assert str(tmp_path).encode() not in archive.read(entry)


def test_what_is_not_of_the_edition_stays_out(project: KitProject) -> None:
    """No events, no finished documents, no lock files; forms, templates, papers, identity and its picture are in."""
    (project.root / "events" / "rahasia").mkdir(parents=True)
    (project.root / "events" / "rahasia" / "jadwal.xlsx").write_bytes(b"nama orang")
    (project.edition / "~$scheme.yaml").write_bytes(b"")
    (project.edition / ".DS_Store").write_bytes(b"")
    for stray in (project.edition / "daftar asesi.xlsx", project.edition.parents[1] / "ktp.png",
                  project.edition / "questions" / "catatan.txt", project.root / "templates" / "daftar.csv"):  # fmt: skip
        stray.write_bytes(b"nama orang")
    (project.edition / "tautan.txt").symlink_to("/etc/passwd")
    shutil.copytree(project.edition, project.edition.with_name("2023"))
    project.build().run("archive", str(project.root / "b.zip"))
    with zipfile.ZipFile(project.root / "b.zip") as archive:
        names = set(archive.namelist())
    here = f"scheme/{SLUG}/2024"
    assert {CONTENTS, f"{here}/scheme.yaml", f"{here}/papers.yaml", "scheme/identity.yaml", "scheme/logo-contoh.png",
            "templates/forms.yaml", "templates/docx/FR.IA.01.docx"} <= names  # fmt: skip
    assert {name.split("/")[0] for name in names} == {CONTENTS, "scheme", "templates"}
    strays = ("daftar asesi.xlsx", "ktp.png", "catatan.txt", "daftar.csv", "tautan.txt")
    assert not [name for name in names if name.endswith(strays)]
    assert not [name for name in names if "~$" in name or ".DS_Store" in name or "/2023/" in name]


def test_links_are_not_followed(project: KitProject, tmp_path: Path) -> None:
    """A link where data is read, a file or a folder: named, and nothing is written."""
    for path in (project.edition / "tasks.yaml", project.edition / "scenarios"):
        shutil.move(path, tmp_path / path.name)
        path.symlink_to(tmp_path / path.name)
    said = project.run("archive", "-v", str(project.root / "b.zip"), expect=1).said
    assert said.count("is a link, which is not followed") >= 2
    assert "tasks.yaml" in said and "scenarios/" in said
    assert not (project.root / "b.zip").exists()


def test_other_parts_and_other_versions_are_told(project: KitProject) -> None:
    """What comes out differently is named, and so is a library of another version: exit code 1, nothing written."""

    def other(parts: dict[str, bytes]) -> None:
        told = json.loads(parts[CONTENTS])
        name = next(name for name in told["documents"] if name.endswith(named("10 FR.IA.01.docx")))
        told["documents"][name] = "0" * 64
        told["documents"]["x/y/dulu.docx"] = "1" * 64
        told["versions"] |= {"jinja2": "2.0", "kitgen": "0.0.1"}
        parts[CONTENTS] = json.dumps(told).encode()

    path = project.root / "a.zip"
    before = contents_of(path)
    rewritten(path, other)
    tree = tree_digests(project.root)
    said = project.run("archive", str(path), "--verify", expect=1).said
    assert "jinja2 was 2.0 and is " in said
    assert "kitgen was 0.0.1 and is " in said
    assert "is not made any more: x/y/dulu.docx" in said
    assert "differs: " in said and "10 FR.IA.01" in said
    assert f"{len(before['documents']) + 1} documents: {len(before['documents']) - 1} come out as they did" in said
    project.run("archive", str(path), "--verify", "--json", expect=1)
    assert project.last is not None
    told = json.loads(project.last.stdout)
    assert {each["name"] for each in told["versions"]} == {"jinja2", "kitgen"}
    assert len(told["different"]) == 2
    assert tree_digests(project.root) == tree


def test_an_archive_of_before_is_held_only_to_the_libraries_it_names(project: KitProject) -> None:
    """Older archives name fewer of them: of the others nothing is told."""

    def older(parts: dict[str, bytes]) -> None:
        told = json.loads(parts[CONTENTS])
        for name in ("click", "pypdf", "python-docx", "pyyaml"):
            del told["versions"][name]
        parts[CONTENTS] = json.dumps(told).encode()

    rewritten(project.root / "a.zip", older)
    project.run("archive", str(project.root / "a.zip"), "--verify")


def test_a_change_of_the_data_inside_is_found(project: KitProject) -> None:
    """One word of the scheme in the archive: every document that prints it differs, and no other."""

    def other(parts: dict[str, bytes]) -> None:
        name = f"scheme/{SLUG}/2024/scheme.yaml"
        assert b"Definisi segmentasi" in parts[name]
        parts[name] = parts[name].replace(b"Definisi segmentasi", b"Arti segmentasi")

    rewritten(project.root / "a.zip", other)
    said = project.run("archive", str(project.root / "a.zip"), "--verify", expect=1).said
    assert named("Per Unit/M.702090.001.01/3 Untuk Asesor/10 FR.IA.01.docx") in said
    assert "Per Unit/M.702090.008.01" not in said


def test_files_of_people_are_not_written_over(project: KitProject, tmp_path: Path) -> None:
    """Another file of the archive's name stays; a folder that holds something is not opened into."""
    other = tmp_path / "catatan.zip"
    other.write_bytes(b"catatan saya")
    assert "there is another file of this name" in project.run("archive", str(other), expect=1).said
    assert other.read_bytes() == b"catatan saya"
    folder = tmp_path / "isi"
    folder.mkdir()
    (folder / "catatan.txt").write_text("saya")
    assert (
        "something is there already"
        in project.run("archive", str(project.root / "a.zip"), "--open", str(folder), expect=1).said
    )
    assert [path.name for path in folder.iterdir()] == ["catatan.txt"]
    project.edit_scheme("title:", "titel:")
    assert "titel" in project.run("archive", str(tmp_path / "baru.zip"), expect=1).said
    assert not (tmp_path / "baru.zip").exists()


def test_the_folder_people_work_in_is_not_taken(
    project: KitProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--open .`, also from a folder below: it would go from under them; a new name beside it is asked for."""
    (tmp_path / "kosong" / "dalam").mkdir(parents=True)
    for place, typed in (("kosong", "."), ("kosong/dalam", ".."), ("kosong", str(tmp_path / "kosong"))):
        monkeypatch.chdir(tmp_path / place)
        assert "cannot be taken" in project.run("archive", str(project.root / "a.zip"), "--open", typed, expect=1).said
    assert "name a new one" in project.said
    assert [path.name for path in (tmp_path / "kosong").rglob("*")] == ["dalam"]
    monkeypatch.chdir(tmp_path / "kosong")
    project.run("archive", str(project.root / "a.zip"), "--open", "baru")
    assert (tmp_path / "kosong/baru/scheme/identity.yaml").is_file()


def _named(name: str) -> Callable[[dict[str, bytes]], None]:
    return lambda parts: parts.update({name: b"jahat"})


def _contents(**changed: Any) -> Callable[[dict[str, bytes]], None]:
    return lambda parts: parts.update({CONTENTS: json.dumps({**json.loads(parts[CONTENTS]), **changed}).encode()})


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_named("../jahat.yaml"), "points outside"),
        (_named("/jahat.yaml"), "points outside"),
        (_named("scheme/../../jahat.yaml"), "points outside"),
        (_named("scheme\\jahat.yaml"), "points outside"),
        (_named("C:/jahat.yaml"), "points outside"),
        (_named("output/jahat.docx"), "belongs into no project"),
        (_named("jahat.yaml"), "belongs into no project"),
        (_named("scheme/.git/config"), "belongs into no project"),
        (_named("scheme/con/x.yaml"), "belongs into no project"),
        (_named("scheme//x.yaml"), "belongs into no project"),
        (_named(""), "belongs into no project"),
        (_named("."), "belongs into no project"),
        (_named("templates/forms.yaml/x"), "a file and a folder of one name"),
        (_named("Templates/x"), "belongs into no project"),
        (_named("templates/FORMS.yaml/x/y"), "a file and a folder of one name"),
        (_named("scheme/a\x01b.yaml"), "belongs into no project"),
        (_named("scheme/SCHEME/vbaProject.bin"), "belongs into no project"),
        (_named("templates/docx/FR.IA.01.docm"), "belongs into no project"),
        (lambda parts: parts.update({"scheme/besar.yaml": bytes(65 * 1024 * 1024)}), "unpacks to more than"),
        (lambda parts: parts.pop(CONTENTS), "not an archive of kitgen"),
        (lambda parts: parts.update({CONTENTS: b"[" * 100_000}), "not an archive of kitgen"),
        (_contents(documents=["x"]), "not an archive of kitgen"),
        (_contents(documents={"x": 3}), "not an archive of kitgen"),
        (_contents(format="1"), "not an archive of kitgen"),
        (_contents(format=99), "archive was written by a later kitgen"),
        (_contents(editions=["../2024"]), "edition that cannot be"),
        (_contents(editions=["satu"]), "edition that cannot be"),
    ],
)  # fmt: skip
def test_hostile_archives_are_refused(
    project: KitProject, tmp_path: Path, change: Callable[[dict[str, bytes]], None], said: str
) -> None:
    """One clear error, and not a file is written, neither in the folder nor beside it."""
    path = project.root / "a.zip"
    rewritten(path, change)
    before = sorted(tmp_path.rglob("*"))
    for way in (("--open", str(tmp_path / "buka")), ("--verify",)):
        assert said in project.run("archive", str(path), *way, expect=1).said
    assert sorted(tmp_path.rglob("*")) == before


def test_links_in_an_archive_become_plain_files(project: KitProject, tmp_path: Path) -> None:
    """A symbolic link is written as the text it is, so nothing outside is reached through it."""
    path = project.root / "a.zip"
    with zipfile.ZipFile(path, "a") as archive:
        link = zipfile.ZipInfo("scheme/tautan.yaml")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    project.run("archive", str(path), "--open", str(tmp_path / "buka"))
    made = tmp_path / "buka" / "scheme" / "tautan.yaml"
    assert not made.is_symlink()
    assert made.read_text() == "/etc/passwd"


def test_what_is_no_archive_is_told(project: KitProject, tmp_path: Path) -> None:
    """A text, half an archive, no file at all; options that do not go together."""
    path = project.root / "a.zip"
    whole = path.read_bytes()
    for content in (b"", b"catatan", whole[: len(whole) // 2]):
        path.write_bytes(content)
        assert "is not an archive of kitgen" in project.run("archive", str(path), "--verify", expect=1).said
    path.unlink()
    assert "archive cannot be read" in project.run("archive", str(path), "--verify", expect=1).said
    for wrong in (("--open", str(tmp_path / "x"), "--verify"), ("--verify", "--edition", "2024"), ("--json",)):
        project.run("archive", str(path), *wrong, expect=2)
