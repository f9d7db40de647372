"""After a power cut: names without contents, an index that says otherwise; every file is read again, nothing is lost."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from harness import KitProject, edit_by_hand

from kitgen.documents.disk import intent
from kitgen.documents.disk.intent import last_run, note_intent, strike_off
from kitgen.documents.disk.lock import FOLDER

UNIT = "M.702090.008.01"
TORN: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "zeros": lambda data: bytes(len(data)),
    "zeros behind a page": lambda data: (data[:4096] + bytes(len(data)))[: len(data)],
}


@pytest.fixture
def built(kit_project: KitProject) -> KitProject:
    return kit_project.keep_forms(["FR.IA.01", "FR.AK.01"]).build("--unit", UNIT)


def cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine was started anew."""
    monkeypatch.setattr(intent, "_boot", lambda: "another")


@pytest.mark.parametrize("how", TORN)
def test_files_a_power_cut_took_are_made_again(built: KitProject, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    """They count as gone, and not as somebody's; the tree is that of before."""
    before = built.tree()
    for document in built.output.rglob("*.docx"):
        document.write_bytes(TORN[how](document.read_bytes()))
    assert set(built.states("--unit", UNIT).values()) == {"foreign"}
    cut(monkeypatch)
    assert set(built.states("--unit", UNIT).values()) == {"deleted"}
    assert built.build("--unit", UNIT).tree() == before
    assert last_run(
        built.root, next(iter(built.output.parent.parent.glob("*/*"))).relative_to(built.root / "output").as_posix()
    ).is_trusted


def test_a_persons_file_is_never_taken_for_one(built: KitProject, monkeypatch: pytest.MonkeyPatch) -> None:
    """Edited, of another length, or of other contents that can be read: it is kept."""
    first, second = sorted(built.output.rglob("*.docx"))[:2]
    edit_by_hand(first, "FR.", "Fr.")
    second.write_bytes(b"catatan saya")
    cut(monkeypatch)
    states = built.states("--unit", UNIT)
    assert sorted(states.values()) == ["edited", "foreign"]
    built.build("--unit", UNIT)
    assert second.read_bytes() == b"catatan saya"


def test_after_an_unclean_end_no_index_is_trusted(built: KitProject, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file is read and taken apart, whatever the index says of its bytes; a run that ends brings trust back."""
    index = built.output / "manifest.json"
    told = json.loads(index.read_text("utf-8"))
    documents = sorted(built.output.rglob("*.docx"))
    documents[0].write_bytes(documents[1].read_bytes())
    for name, entry in told["documents"].items():
        if (built.output / name) == documents[0]:
            import hashlib

            entry["file"] = hashlib.sha256(documents[0].read_bytes()).hexdigest()
    index.write_text(json.dumps(told), "utf-8")
    assert set(built.states("--unit", UNIT).values()) == {"same"}
    cut(monkeypatch)
    assert "changed" in set(built.states("--unit", UNIT).values())


def test_intents_are_noted_before_and_struck_off_after(tmp_path: Path) -> None:
    """A run that was cut off is not trusted; nor is one whose note cannot be read; no name stands in it."""
    assert last_run(tmp_path, "Jadwal/x").is_trusted
    note_intent(tmp_path, "Jadwal/Zubaidah", [("ab", 7)])
    assert not last_run(tmp_path, "Jadwal/Zubaidah").is_trusted
    assert last_run(tmp_path, "Jadwal/Zubaidah").is_torn("ab", 7)
    strike_off(tmp_path, "Jadwal/Zubaidah", [("ab", 7)])
    assert last_run(tmp_path, "Jadwal/Zubaidah").is_trusted
    (note,) = (tmp_path / FOLDER / "niat").iterdir()
    assert "Zubaidah" not in note.name and "Zubaidah" not in note.read_text("utf-8")
    note.write_bytes(b"\0" * 99)
    assert not last_run(tmp_path, "Jadwal/Zubaidah").is_trusted


def test_folders_a_stopped_run_emptied_go(built: KitProject) -> None:
    """It may have ended between a document and its folder, which may be called after a person; others stay."""
    folder = built.output / "01 Nama Orang" / "dalam"
    folder.mkdir(parents=True)
    assert built.build("--unit", UNIT) and folder.is_dir()
    note_intent(built.root, built.output.relative_to(built.root / "output").as_posix(), ())
    built.build("--unit", UNIT)
    assert not folder.parent.exists() and set(built.states("--unit", UNIT).values()) == {"same"}
