"""Everything of an event in one locked file, and deliveries that only a passphrase opens: tried with 7-Zip itself."""

import hashlib
import json
import os
import re
import shutil
import stat
import subprocess
import zipfile
from pathlib import Path

import pytest
from event_cases import NAME, event_project, every_file, home, made
from harness import KitProject

from kitgen.base.errors import KitgenError
from kitgen.documents.disk.locked import GUIDE_NAME, INNER, make_passphrase, read_locked, refuse_weak

PASSPHRASE = "kuda baterai staples benar"
needs_7z = pytest.mark.skipif(shutil.which("7z") is None, reason="7-Zip is not installed")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, root: Path) -> KitProject:
    return event_project(root, tmp_path_factory.mktemp("arsip")).build("--event", NAME)


@pytest.fixture
def project(built: KitProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KitProject:
    monkeypatch.setenv("KITGEN_PASSPHRASE", PASSPHRASE)
    return built.copy_to(tmp_path / "proyek")


def opened_by_7z(archive: Path, folder: Path, passphrase: str) -> int:
    """What 7-Zip says of an archive, unpacked into a folder."""
    line = ["7z", "x", f"-p{passphrase}", f"-o{folder}", "-y", str(archive)]
    return subprocess.run(line, capture_output=True, stdin=subprocess.DEVNULL).returncode


def unpacked(archive: Path, folder: Path, passphrase: str = PASSPHRASE) -> Path:
    """A locked zip, both of its layers opened by 7-Zip."""
    assert opened_by_7z(archive, folder / "luar", passphrase) == 0
    assert [path.name for path in (folder / "luar").iterdir()] == [INNER]
    assert opened_by_7z(folder / "luar" / INNER, folder / "dalam", "") == 0
    return folder / "dalam"


@needs_7z
def test_an_archive_holds_all_of_an_event(project: KitProject, tmp_path: Path) -> None:
    """Every file of its two folders, and the data of its edition, as they lie there, opened without kitgen."""
    target = tmp_path / "arsip.zip"
    project.run("event", "archive", NAME, str(target))
    assert "opened once and found whole" in project.said and PASSPHRASE not in project.said
    folder = unpacked(target, tmp_path / "buka")
    wanted = [*every_file(home(project)), *every_file(made(project)), *every_file(project.edition)]
    assert len(wanted) > 60
    for path in wanted:
        assert (folder / path.relative_to(project.root)).read_bytes() == path.read_bytes()
    listed = json.loads((folder / "isi.json").read_text("utf-8"))["files"]
    assert set(listed) == {path.relative_to(folder).as_posix() for path in every_file(folder)} - {
        "isi.json",
        "BACA SAYA.txt",
    }
    assert all(hashlib.sha256((folder / name).read_bytes()).hexdigest() == known for name, known in listed.items())
    assert opened_by_7z(target, tmp_path / "salah", "kata sandi yang salah") != 0


def test_an_archive_outlives_a_purge_and_tells_nothing(project: KitProject, tmp_path: Path) -> None:
    """Neither its name nor what can be read without the passphrase tells of people; only its owner may read it."""
    target = project.root / "arsip.zip"
    project.run("event", "archive", NAME, str(target)).run("event", "purge", NAME, "--yes")
    with zipfile.ZipFile(target) as archive:
        assert [entry.filename for entry in archive.infolist()] == [INNER]
    assert b"Asesi Contoh" not in target.read_bytes()
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert any("Asesi Contoh" in name for name in read_locked(target, PASSPHRASE))


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("events/contoh/arsip.zip", "a folder that a purge removes"),
        ("output/Jadwal/contoh/a/arsip.zip", "a folder that a purge removes"),
        ("ada.zip", "another file of this name"),
    ],
)
def test_an_archive_goes_where_it_stays(project: KitProject, target: str, said: str) -> None:
    """Not over another file, not where the purge it is made for would take it."""
    (project.root / "ada.zip").write_bytes(b"x")
    project.run("event", "archive", NAME, str(project.root / target), expect=1)
    assert said in project.said


def test_links_are_refused(project: KitProject, tmp_path: Path) -> None:
    """What lies elsewhere is not of the event."""
    (home(project) / "daftar.txt").symlink_to("/etc/hostname")
    project.run("event", "archive", NAME, str(tmp_path / "a.zip"), expect=1)
    assert "is a link" in project.said and not (tmp_path / "a.zip").exists()


@needs_7z
def test_a_delivery_can_be_locked(project: KitProject, tmp_path: Path) -> None:
    """Each zip holds one file of neutral name; a guide beside them names a free program; what is inside is the delivery."""
    project.run("event", "deliver", NAME, "--password")
    folder = made(project) / "Serah Terima" / "01"
    parcels = sorted(folder.glob("*.zip"))
    assert len(parcels) > 2
    guide = (folder / GUIDE_NAME).read_text("utf-8-sig")
    assert "7-zip.org" in guide and PASSPHRASE not in guide
    for number, parcel in enumerate(parcels):
        inside = unpacked(parcel, tmp_path / str(number))
        files = list(every_file(inside))
        assert files and all(path.suffix in (".docx", ".xlsx") for path in files)
    project.run("event", "deliver", NAME, "--password")
    assert "nothing is new since the last delivery" in project.said


def test_a_passphrase_is_made_and_told_once(project: KitProject, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody gives one: the one that is told opens the zips; it is written nowhere."""
    monkeypatch.delenv("KITGEN_PASSPHRASE")
    project.run("event", "deliver", NAME, "--password")
    (told,) = re.findall(r"passphrase: (\S+)", project.said)
    parcel = next((made(project) / "Serah Terima" / "01").glob("*.zip"))
    assert read_locked(parcel, told)
    assert not any(told.encode() in path.read_bytes() for path in every_file(project.root))


def test_a_delivery_without_a_passphrase_is_as_it_was(project: KitProject) -> None:
    """Equal bytes each time, no guide."""
    project.run("event", "deliver", NAME)
    folder = made(project) / "Serah Terima" / "01"
    assert not (folder / GUIDE_NAME).exists()
    assert all(zipfile.ZipFile(path).infolist()[0].flag_bits & 1 == 0 for path in folder.glob("*.zip"))


@pytest.mark.parametrize("weak", ["", "pendek", "tiga belas ab", "kata sandi panjang é", "ada\nbaris baru panjang"])
def test_a_weak_passphrase_is_refused(project: KitProject, monkeypatch: pytest.MonkeyPatch, weak: str) -> None:
    """Before anything is written."""
    with pytest.raises(KitgenError):
        refuse_weak(weak)
    if weak:
        monkeypatch.setenv("KITGEN_PASSPHRASE", weak)
        project.run("event", "deliver", NAME, "--password", expect=1)
        assert weak not in project.said and not (home(project) / "serah-terima.json").exists()


def test_made_passphrases_are_strong_and_all_different() -> None:
    """Long enough, of signs nobody mistakes."""
    several = {make_passphrase() for _ in range(200)}
    assert len(several) == 200
    for each in several:
        refuse_weak(each)
        assert re.fullmatch(r"([a-z2-9]{5}-){3}[a-z2-9]{5}", each) and not set(each) & set("ilo01")


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights otherwise")
def test_folders_of_people_and_keys_are_their_owners(project: KitProject) -> None:
    """Whatever the umask: folders of events and of keys, the secret; those of an older kitgen, too."""
    secret = home(project) / "kunci-kode-dokumen.txt"
    private = [home(project), made(project), made(project) / "9 KUNCI - RAHASIA"]
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    for folder in private:
        folder.chmod(0o755)
    project.run("check")
    assert "others can read folders of events or of keys" in project.said
    project.build("--event", NAME)
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in private] == [0o700] * 3
    project.run("check")
    assert "others can read" not in project.said
