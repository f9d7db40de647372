"""A build of kits that finds every byte as the last one left it tells what that one told, and works nothing out.

What counts is bytes alone: whatever a run reads, and whatever lies in `output/`, is looked at, and any change is found.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from harness import ROOT, KitProject, edit_by_hand
from small_scheme import SMALL, small_project

from kitgen.base.project import Project
from kitgen.documents.build import build as building
from kitgen.documents.build.as_before import Notes
from kitgen.documents.disk import inputs, intent
from kitgen.documents.disk.inputs import Unclear, all_below, inputs_of
from kitgen.documents.disk.user_cache import KEY_NAME
from kitgen.documents.pdf.seal import sealed
from kitgen.documents.status import status
from kitgen.load.locate import find_project
from kitgen.model.forms import READ_FIRST

SCHEME = f"scheme/{SMALL}/2026/scheme.yaml"
FOLDER = f"output/{SMALL}/2026"


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A person's folder of copies, for all tests of this file."""
    folder = tmp_path_factory.mktemp("salinan")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KITGEN_CACHE", str(folder))
        yield folder


def few_forms(project: KitProject, *own: str) -> KitProject:
    """A list of few forms, Word and Excel, and some templates of its own."""
    for name in ("forms.yaml", *own):
        path = project.root / "templates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((ROOT / "templates" / name).read_bytes())
    return project.keep_forms(["FR.AK.01", "FR.IA.01", "Matriks Cakupan KUK"])


@pytest.fixture(scope="module")
def once_built(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> KitProject:
    """A small project with templates of its own, a delivery and a fact that is owed, built."""
    project = small_project(tmp_path_factory.mktemp("as-before") / "proyek")
    few_forms(project, "docx/FR.AK.01.docx", "docx/blocks/unit.docx")
    project.edit(SCHEME, 'number: "SKM-REK-01" ', "number: ")
    (project.root / "events/contoh").mkdir(parents=True)
    (project.root / "events/contoh/serah-terima.json").write_text('{"format": 1, "deliveries": []}\n')
    return project.build()


@pytest.fixture
def built(once_built: KitProject) -> Iterator[KitProject]:
    """The same for one test, which leaves it as it was."""
    files = {path: path.read_bytes() for path in once_built.root.rglob("*") if path.is_file()}
    assert is_as_before(once_built)
    yield once_built
    for path in [each for each in once_built.root.rglob("*") if each.is_symlink() or each.is_file()]:
        if path.is_symlink() or path not in files:
            path.unlink()
    for path, content in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_bytes() != content:
            path.write_bytes(content)
    once_built.build()


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A line for each time documents are looked at one by one."""
    made: list[str] = []
    real = status.status_of

    def looked(*arguments: object, **named: object) -> object:
        made.append("looked")
        return real(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(status, "status_of", looked)
    monkeypatch.setattr(building, "status_of", looked)
    return made


def is_as_before(project: KitProject) -> bool:
    return Notes(find_project(project.root)).as_before() is not None


def a_document(project: KitProject, number: int = 0) -> Path:
    return sorted((project.root / FOLDER).rglob("*.docx"))[number]


def a_page(project: KitProject) -> Path:
    return next((project.root / FOLDER).rglob(READ_FIRST))


def test_the_second_build_and_the_plan_say_what_they_say_without_notes(
    built: KitProject, looks: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words and warnings are the same to the letter, in both languages; nothing is looked at and nothing written."""
    before = built.stamps()
    for command in (("build",), ("--lang", "id", "plan"), ("--lang", "id", "build", "--scheme", SMALL)):
        if SMALL in command:
            built.run(*command)  # of this choice of schemes there is no note yet
        looks.clear()
        short = built.run(*command).said
        assert looks == [] and ("scheme.yaml" in short), command
        with monkeypatch.context() as patch:
            patch.setenv("KITGEN_CACHE", "off")
            assert built.run(*command).said == short
        assert looks == ["looked"]
    assert built.stamps() == before


def test_who_asks_for_every_document_is_told_of_every_document(built: KitProject, looks: list[str]) -> None:
    """As JSON, with all that are the same, or of a part of them."""
    for words in (("build", "--json"), ("plan", "--json"), ("plan", "--all"), ("plan", "--form", "FR.AK.01")):
        looks.clear()
        built.run(*words)
        assert looks == ["looked"], words


def in_place(name: str, change: Callable[[bytes], bytes]) -> Callable[[KitProject], None]:
    """A change of a file's bytes that leaves its times and, if it can, its size as they were."""

    def changing(project: KitProject) -> None:
        path = project.root / name
        times = path.stat()
        path.write_bytes(change(path.read_bytes()))
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))

    return changing


def another(data: bytes) -> bytes:
    return data[:-1] + bytes([data[-1] ^ 1])


def new(name: str) -> Callable[[KitProject], None]:
    def making(project: KitProject) -> None:
        (project.root / name).parent.mkdir(parents=True, exist_ok=True)
        (project.root / name).write_text("baru: ya\n")

    return making


READ = {
    "a letter of the scheme": in_place(SCHEME, lambda data: data.replace(b"Memotong", b"Menotong", 1)),
    "a comment of the scheme": in_place(SCHEME, lambda data: data.replace(b"# unit kedua", b"# unit KEDUA", 1)),
    "the identity": in_place("scheme/identity.yaml", lambda data: data.replace(b"Rekaan 1", b"Rekaan 2", 1)),
    "the list of forms": in_place("templates/forms.yaml", lambda data: data + b"# catatan\n"),
    "a template": in_place("templates/docx/FR.AK.01.docx", another),
    "a block": in_place("templates/docx/blocks/unit.docx", another),
    "a record of deliveries": in_place("events/contoh/serah-terima.json", lambda data: data.replace(b"[]", b"[ ]")),
    "a history": in_place(f"riwayat/{SMALL}/2026.json", lambda data: data + b"\n"),
    "a bank that came": new(f"scheme/{SMALL}/2026/questions/baru.yaml"),
    "another scheme": new("scheme/lain/2026/scheme.yaml"),
    "another edition": new(f"scheme/{SMALL}/2027/scheme.yaml"),
    "an empty folder of a scheme": lambda project: (project.root / "scheme/kosong").mkdir(),
    "a template that came": new("templates/docx/FR.IA.01.docx"),
    "an identity that went": lambda project: (project.root / "scheme/identity.yaml").unlink(),
    "a delivery of another event": new("events/lain/serah-terima.json"),
}


@pytest.mark.parametrize("what", READ)
def test_whatever_a_run_reads_may_not_change(built: KitProject, what: str) -> None:
    """A byte is enough, though the file's time and size are those of before; put back, all is as before again."""
    files = {path: path.read_bytes() for path in built.root.rglob("*") if path.is_file()}
    READ[what](built)
    assert not is_as_before(built)
    for path in [each for each in built.root.rglob("*") if each.is_file() and each not in files]:
        path.unlink()
    (built.root / "scheme/kosong").is_dir() and (built.root / "scheme/kosong").rmdir()
    for path in ("scheme/lain", f"scheme/{SMALL}/2027", f"scheme/{SMALL}/2026/questions"):
        for folder in sorted((built.root / path).glob("**/"), reverse=True):
            folder.rmdir()
    for path, content in files.items():
        path.write_bytes(content)
    assert is_as_before(built)


def replaced_by_a_link(project: KitProject) -> None:
    path = a_document(project)
    kept = project.root / "asli.docx"
    path.rename(kept)
    path.symlink_to(kept)


LYING: dict[str, Callable[[KitProject], object]] = {
    "an edited document": lambda project: edit_by_hand(a_document(project), "FR.", "Fr."),
    "a document that is gone": lambda project: a_document(project).unlink(),
    "a document that was moved": lambda project: a_document(project).rename(a_document(project).with_name("lain.docx")),
    "two documents in each other's places": lambda project: swap(a_document(project), a_document(project, 1)),
    "a copy of a document": lambda project: (
        a_document(project).with_name("salinan.docx").write_bytes(a_document(project).read_bytes())
    ),
    "a document that is a link": replaced_by_a_link,
    "an edited page": lambda project: a_page(project).write_bytes(a_page(project).read_bytes() + b" "),
    "a page that is gone": lambda project: a_page(project).unlink(),
    "a page too many": lambda project: (a_document(project).parent / READ_FIRST).write_bytes(b""),
    "another index": lambda project: (project.root / FOLDER / "manifest.json").write_text("{}"),
    "no index": lambda project: (project.root / FOLDER / "manifest.json").unlink(),
}


def swap(one: Path, other: Path) -> None:
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)


@pytest.mark.parametrize("what", LYING)
def test_whatever_lies_in_output_may_not_change(built: KitProject, what: str, looks: list[str]) -> None:
    """A plan looks at the documents and tells what a plan without notes tells."""
    LYING[what](built)
    assert not is_as_before(built)
    built.run("plan")
    assert looks == ["looked"]


def test_after_an_unclean_end_every_file_is_read(built: KitProject, monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine was started anew since the last run: what lies there may be names without contents."""
    with monkeypatch.context() as patch:
        patch.setattr(intent, "_boot", lambda: "another")
        assert not is_as_before(built)
    assert is_as_before(built)


def test_another_kitgen_looks_for_itself(built: KitProject, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another version, another file of it, another library or Python."""
    for name, other in (("__version__", "9.9"), ("_LIBRARIES", ("yaml",)), ("_PACKAGE", Path(inputs.__file__).parent)):
        with monkeypatch.context() as patch:
            patch.setattr(inputs, name, other)
            assert not is_as_before(built), name
    assert is_as_before(built)


def test_the_shipped_templates_count_too(tmp_path: Path, once_built: KitProject) -> None:
    """Those of the project lie over them; a shipped one of the same name is what check boxes are compared with."""
    (tmp_path / "docx").mkdir()
    (tmp_path / "docx/a.docx").write_bytes(b"a")
    project = replace(find_project(once_built.root), templates_dir=tmp_path)
    before = inputs_of(project)
    (tmp_path / "docx/a.docx").write_bytes(b"b")
    assert inputs_of(project) != before


def test_links_and_pipes_are_not_followed(tmp_path: Path) -> None:
    """What lies behind them may change without a sign."""
    (tmp_path / "berkas").write_text("x")
    (tmp_path / "folder/dalam").mkdir(parents=True)
    assert all_below(tmp_path) == ["berkas", "folder/", "folder/dalam/"]
    (tmp_path / "folder/tautan").symlink_to(tmp_path / "berkas")
    with pytest.raises(Unclear):
        all_below(tmp_path)
    assert all_below(tmp_path / "tidak-ada") == []


def test_a_build_takes_away_what_must_not_lie_there(built: KitProject, looks: list[str]) -> None:
    """What a run that was cut off left aside, and the PDF of a document that is gone; a person's PDF stays."""
    home = a_document(built).parent
    (home / ".kitgen-00ff").write_text("setengah")
    (home / "lama.pdf").write_bytes(sealed(b"%PDF-1.4\nstartxref\n0\n%%EOF\n", "document", "0" * 64, "lama"))
    (home / "orang.pdf").write_bytes(b"%PDF-1.4\n")
    built.build()
    assert looks == []
    assert sorted(path.name for path in home.iterdir() if path.suffix == ".pdf" or path.name[0] == ".") == ["orang.pdf"]


def test_nothing_is_noted_while_something_is_out_of_the_ordinary(built: KitProject, looks: list[str]) -> None:
    """An edited document is told by every build."""
    edit_by_hand(a_document(built), "FR.", "Fr.")
    for _ in range(2):
        looks.clear()
        assert "1 kept" in built.build().said
        assert looks == ["looked"]
    assert not is_as_before(built)


def test_of_a_release_what_is_remembered_counts_too(cache: Path, tmp_path: Path, looks: list[str]) -> None:
    """A build that had to make it anew notes nothing; the next one does, and kept record and history are looked at."""
    project = few_forms(small_project(tmp_path / "proyek"))
    project.run("edition", "release", SMALL, "2026", "--date", "2026-01-15")
    looks.clear()
    project.build()
    assert not is_as_before(project)
    told = project.build().said
    assert is_as_before(project) and project.build().said == told and len(looks) == 2
    for name in (f"scheme/{SMALL}/2026/tetap.json", f"scheme/{SMALL}/2026/segel.json", f"riwayat/{SMALL}/2026.json"):
        path = project.root / name
        before = path.read_bytes()
        path.write_bytes(before + b"\n")
        assert not is_as_before(project), name
        path.write_bytes(before)
    assert is_as_before(project)


def test_data_saved_during_a_build_are_read_by_the_next(built: KitProject, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was read must be what lay there before the build and lies there after it."""
    built.edit(SCHEME, "Memotong kain", "Memotong bahan")
    real = status.status_of

    def saved_meanwhile(*arguments: object, **named: object) -> object:
        found = real(*arguments, **named)  # type: ignore[arg-type]
        built.edit(SCHEME, "Menjahit baju", "Menjahit kemeja")
        return found

    with monkeypatch.context() as patch:
        patch.setattr(building, "status_of", saved_meanwhile)
        built.build()
    assert not is_as_before(built)
    assert built.build().states() and is_as_before(built)


@pytest.mark.parametrize("how", ["cut off", "another person's", "no JSON", "another form"])
def test_a_note_that_is_not_this_persons_is_none(built: KitProject, cache: Path, how: str) -> None:
    """Who can write into the folder but does not know the key can have nothing told."""
    (note,) = [path for path in cache.iterdir() if path.name == Notes(find_project(built.root))._name]
    before, told = note.read_bytes(), Notes(find_project(built.root))
    if how == "cut off":
        note.write_bytes(before[:-9])
    elif how == "another person's":
        note.write_bytes(bytes(32) + before[32:])
    else:
        told._cache.write(note.name, b"bukan JSON" if how == "no JSON" else json.dumps(["lain"]).encode())
    assert not is_as_before(built)
    note.write_bytes(before)
    assert is_as_before(built)
    assert (cache / KEY_NAME).stat().st_mode & 0o777 == 0o600


def test_a_note_holds_no_words_of_documents(built: KitProject, cache: Path) -> None:
    """Digests, and the warnings that every run prints."""
    data = (cache / Notes(find_project(built.root))._name).read_bytes()[32:]
    assert sorted(json.loads(data)) == ["documents", "folders", "inputs", "there", "warnings"]


def test_without_a_folder_for_copies_documents_are_looked_at(
    built: KitProject, looks: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("KITGEN_CACHE", "off")
        built.build().run("plan")
    assert looks == ["looked", "looked"]


_OPENED = """
import sys
opened = set()
def note(event, arguments):
    if event == "open" and isinstance(arguments[0], str):
        opened.add(arguments[0])
sys.addaudithook(note)
from kitgen.cli import main
try:
    main(["-C", sys.argv[1], "plan"])
except SystemExit:
    pass
print("\\n".join(sorted(opened)))
"""


def test_a_plan_opens_nothing_that_is_not_looked_at(built: KitProject) -> None:
    """Every file of the project a plan without notes opens is one of those whose bytes are compared."""
    project = find_project(built.root)
    told = subprocess.run(
        [sys.executable, "-c", _OPENED, str(built.root)], cwd=ROOT, env={**os.environ, "KITGEN_CACHE": "off"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    opened = [Path(line) for line in told.stdout.splitlines() if line.startswith(str(built.root))]
    opened += [Path(line) for line in told.stdout.splitlines() if line.startswith(str(project.templates_dir))]
    assert len(opened) > 10
    assert [path for path in opened if not _is_compared(project, path)] == []


def _is_compared(project: Project, path: Path) -> bool:
    homes = [project.scheme_dir, project.templates_dir, project.histories_dir, project.own_templates]
    homes += [project.output_dir, project.root / ".kitgen/niat"]
    return any(home is not None and path.is_relative_to(home) for home in homes) or path.name == "serah-terima.json"
