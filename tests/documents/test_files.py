"""Files as disks give and refuse them: other systems' ways, links, folders and pipes in a document's place."""

import ast
import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from harness import ROOT, SLUG, KitProject

from kitgen.base.errors import KitgenError
from kitgen.documents.disk import files
from kitgen.documents.disk.document import find_document
from kitgen.documents.disk.files import move_file, remove_file, sweep, write_whole
from kitgen.documents.disk.private import guard, make_folders, unguarded
from kitgen.load.locate import find_project

UNIT = "M.702090.008.01"
needs_pipes = pytest.mark.skipif(sys.platform == "win32", reason="no pipes in folders there")


class Held(OSError):
    """What Windows raises for a file another program looks at."""

    def __init__(self, number: int) -> None:
        super().__init__(errno.EACCES, "held")
        self.winerror = number


def held_for(times: int, real: Callable[..., Any], number: int = 32) -> Callable[..., Any]:
    """A change of the disk that is refused so often, then done."""
    left = [times]

    def change(*arguments: Any, **options: Any) -> Any:
        if left[0]:
            left[0] -= 1
            raise Held(number)
        return real(*arguments, **options)

    return change


@pytest.mark.parametrize("number", [5, 32, 33])
@pytest.mark.parametrize("change", ["replace", "rename", "unlink"])
def test_a_file_that_is_looked_at_for_a_moment_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str, number: int
) -> None:
    """Indexers and virus scanners of Windows open every new file."""
    monkeypatch.setattr(files, "_PATIENCE", (0.0,) * 4)
    monkeypatch.setattr(Path, change, held_for(4, getattr(Path, change), number))
    path = tmp_path / "a.docx"
    write_whole(path, b"isi")
    move_file(path, tmp_path / "b.docx")
    remove_file(tmp_path / "b.docx")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_held_for_long_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Open in Word: the old document stays, nothing lies aside."""
    (tmp_path / "a.docx").write_bytes(b"lama")
    monkeypatch.setattr(files, "_PATIENCE", (0.0,) * 4)
    monkeypatch.setattr(Path, "replace", held_for(99, Path.replace))
    with pytest.raises(KitgenError, match="close it in Word or Excel"):
        write_whole(tmp_path / "a.docx", b"baru")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"lama"]


def test_a_path_too_long_for_windows_is_told(tmp_path: Path) -> None:
    """It says `no such file` there, which helps nobody."""
    long = tmp_path / ("a" * 250) / "b.docx"
    assert "Windows takes 259" in files._advice(long, "usual", "win32")
    assert files._advice(long, "usual", "linux") == files._advice(tmp_path, "usual", "win32") == "usual"


def test_names_aside_are_called_by_chance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No two runs take one, and none holds the name of a person; what stands in the way is not written over."""
    seen: list[str] = []
    real = files.pour

    def pour(file: Any, data: bytes) -> None:
        seen.append(Path(file.name).name)
        real(file, data)

    monkeypatch.setattr(files, "pour", pour)
    for _ in range(20):
        write_whole(tmp_path / "01 Zubaidah.docx", b"isi")
    assert len(set(seen)) == 20 and not any("Zubaidah" in name for name in seen)


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "full"), KeyboardInterrupt(), MemoryError()])
def test_whatever_stops_a_write_nothing_lies_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    """The old file is there, whole."""
    (tmp_path / "a.docx").write_bytes(b"lama")

    def pour(file: Any, data: bytes) -> None:
        file.write(data[:1])
        raise error

    monkeypatch.setattr(files, "pour", pour)
    with pytest.raises((KitgenError, KeyboardInterrupt, MemoryError)):
        write_whole(tmp_path / "a.docx", b"baru")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"lama"]


def test_sweeping_follows_no_link(tmp_path: Path) -> None:
    """What a link leads to is somebody's."""
    elsewhere = tmp_path / "lain"
    (elsewhere / ".kitgen-x").mkdir(parents=True)
    (elsewhere / ".kitgen-y").write_bytes(b"")
    output = tmp_path / "output"
    (output / ".kitgen-room" / "in").mkdir(parents=True)
    (output / ".kitgen-file").write_bytes(b"")
    (output / ".kitgen-link").symlink_to(elsewhere)
    (output / "folder").symlink_to(elsewhere)
    sweep(output)
    assert sorted(path.name for path in elsewhere.iterdir()) == [".kitgen-x", ".kitgen-y"]
    assert not (output / ".kitgen-room").exists() and not (output / ".kitgen-file").exists()


@needs_pipes
def test_what_lies_in_a_documents_place_is_told_as_what_it_is(tmp_path: Path) -> None:
    """A folder, a pipe: not `close it in Word`, not waited for."""
    (tmp_path / "folder.docx").mkdir()
    os.mkfifo(tmp_path / "pipe.docx")
    with pytest.raises(KitgenError, match=r"a folder lies in its place[\s\S]*move it away"):
        find_document(tmp_path / "folder.docx")
    with pytest.raises(KitgenError, match=r"a pipe or a device[\s\S]*move it away"):
        find_document(tmp_path / "pipe.docx")


def test_a_link_below_output_is_not_followed(kit_project: KitProject, tmp_path: Path) -> None:
    """Nothing is written where it leads, and it is told; a document that is a link is somebody's and is kept."""
    kit_project.keep_forms(["FR.IA.01", "FR.AK.01"]).build("--unit", UNIT)
    folder = kit_project.output / "Per Unit" / UNIT
    (inner,) = [path for path in folder.iterdir() if path.is_dir() and any(path.glob("*FR.AK.01*"))][:1]
    elsewhere = tmp_path / "lain"
    inner.rename(elsewhere)
    inner.symlink_to(elsewhere)
    before = {path.name: path.read_bytes() for path in elsewhere.iterdir()}
    kit_project.edit_scheme("\ntitle: ", "\ntitle: Lain ").build("--unit", UNIT, expect=1)
    assert "the folder is a link, which is not followed" in kit_project.said
    assert {path.name: path.read_bytes() for path in elsewhere.iterdir()} == before


def test_only_a_projects_own_output_refuses_links(tmp_path: Path) -> None:
    """A project kept below a folder called `output`, and reached by a link, writes its workbooks."""
    (tmp_path / "asli/scheme").mkdir(parents=True)
    (tmp_path / "asli/output/skema").mkdir(parents=True)
    (tmp_path / "output").mkdir()
    reached = tmp_path / "output/tautan"
    reached.symlink_to(tmp_path / "asli")
    write_whole(reached / "events/contoh/jadwal.xlsx", b"isi")
    write_whole(reached / "output/skema/a.docx", b"isi")
    (reached / "output/lain").symlink_to(tmp_path)
    for path in ("output/lain/a.docx", "output/lain/output/b.docx"):
        with pytest.raises(KitgenError, match="the folder is a link"):
            write_whole(reached / path, b"isi")


def test_a_file_is_moved_over_none(tmp_path: Path) -> None:
    """Whoever saved one there in the meantime keeps it."""
    for name in ("satu.docx", "dua.docx"):
        (tmp_path / name).write_text(name)
    with pytest.raises(KitgenError, match="another lies where it is to go"):
        files.move_file(tmp_path / "satu.docx", tmp_path / "dua.docx")
    assert [path.read_text() for path in sorted(tmp_path.iterdir())] == ["dua.docx", "satu.docx"]


def test_a_document_that_is_a_link_is_kept(kit_project: KitProject, tmp_path: Path) -> None:
    """It is reported as not of kitgen's making; the new one goes beside it."""
    kit_project.keep_forms(["FR.IA.01"]).build("--unit", UNIT)
    (document,) = kit_project.output.rglob("*FR.IA.01*.docx")
    document.rename(tmp_path / "asli.docx")
    document.symlink_to(tmp_path / "asli.docx")
    before = (tmp_path / "asli.docx").read_bytes()
    kit_project.edit_scheme("\ntitle: ", "\ntitle: Lain ").build("--unit", UNIT)
    assert document.is_symlink() and (tmp_path / "asli.docx").read_bytes() == before
    assert "foreign" in set(kit_project.states("--unit", UNIT).values())


def test_a_system_without_rights_is_borne(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No chmod, as on FAT: everything is written, and the check says what it means."""
    (tmp_path / "scheme").mkdir()
    monkeypatch.setattr(Path, "chmod", held_for(99, Path.chmod))
    project = find_project(tmp_path)
    make_folders(project.events_dir / "acara")
    (project.events_dir / "acara").touch()
    os.chmod(project.events_dir / "acara", 0o777)  # noqa: PTH101
    guard(project)
    (told,) = unguarded(project, "linux")
    assert "FAT sticks" in told.message and list(unguarded(project, "win32")) == []


POSIX_ONLY = {
    "fcntl", "grp", "posix", "pwd", "pty", "readline", "resource", "syslog", "termios", "tty", "crypt", "spwd", "nis",
}  # fmt: skip
POSIX_CALLS = {
    "os": {"fork", "forkpty", "getuid", "geteuid", "getgid", "killpg", "setsid", "setpgid", "mkfifo", "chown", "lchown",
           "sched_getaffinity", "getpgid", "umask", "wait", "waitid", "nice", "getppid", "register_at_fork"},
    "signal": {"SIGHUP", "SIGKILL", "SIGALRM", "SIGCHLD", "SIGUSR1", "SIGUSR2", "SIGQUIT", "pthread_sigmask", "alarm",
               "setitimer", "sigwait", "pthread_kill", "siginterrupt"},
}  # fmt: skip
ASKED = {
    ("documents/work/copies.py", name)
    for name in ("os.sched_getaffinity", "os.getppid", "signal.SIGHUP", "signal.SIGKILL", "signal.pthread_sigmask")
} | {
    ("documents/disk/rooms.py", "os.getuid"),
    ("documents/disk/user_cache.py", "os.getuid"),
    ("documents/pdf/libreoffice.py", "os.killpg"),
    ("documents/pdf/libreoffice.py", "signal.SIGKILL"),
}  # fmt: skip
"""Where the system is asked first (`sys.platform`, `hasattr`), or only forked copies go."""


def test_nothing_is_taken_that_only_posix_has() -> None:
    """Read from the syntax: no module of it is imported, and no name of it used where nobody asked for the system."""
    used: set[tuple[str, str]] = set()
    for path in sorted((ROOT / "kitgen").rglob("*.py")):
        name = path.relative_to(ROOT / "kitgen").as_posix()
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                assert not {alias.name.partition(".")[0] for alias in node.names} & POSIX_ONLY, name
            elif isinstance(node, ast.ImportFrom):
                assert (node.module or "").partition(".")[0] not in POSIX_ONLY, name
                taken = POSIX_CALLS.get(node.module or "", set()) & {alias.name for alias in node.names}
                assert not taken, (name, taken)
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                if node.attr in POSIX_CALLS.get(node.value.id, ()):
                    used.add((name, f"{node.value.id}.{node.attr}"))
    assert used == ASKED, used ^ ASKED


def test_a_system_without_sighup_is_borne(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows knows no closed terminal; Ctrl-C and ends are heeded."""
    import signal

    from kitgen.cli.stopping import Stopped, exit_code_of, heed_signals

    set_to: dict[int, Any] = {}
    monkeypatch.delattr(signal, "SIGHUP", raising=False)
    monkeypatch.setattr(signal, "getsignal", lambda number: signal.SIG_DFL)  # a shell's background ignores Ctrl-C
    monkeypatch.setattr(signal, "signal", lambda number, what: set_to.__setitem__(number, what))
    heed_signals()
    assert set(set_to) == {signal.SIGINT, signal.SIGTERM}
    with pytest.raises(Stopped) as stopped:
        set_to[signal.SIGTERM](signal.SIGTERM, None)
    assert exit_code_of(stopped.value) == 143 and exit_code_of(KeyboardInterrupt()) == 130


def test_where_processes_are_spawned_all_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """A spawned process knows nothing of what was loaded: elsewhere than on Linux none is started."""
    from kitgen.documents.status import parallel

    monkeypatch.setattr("kitgen.documents.work.copies.may_fork", lambda: False)
    assert parallel.share_out([1, 2, 3], lambda task: (task, os.getpid()), [9.0] * 3, 4) == [
        (task, os.getpid()) for task in (1, 2, 3)
    ]


def test_two_names_that_look_alike_are_told(kit_project: KitProject, tmp_path: Path) -> None:
    """José in two forms of Unicode, ß and SS: one file on macOS and Windows."""
    template = next((kit_project.root / "templates" / "docx").glob("FR.*.docx"))
    for one, other in (("Jos\u00e9", "Jose\u0301"), ("Stra\u00dfe", "STRASSE"), ("a\u200b", "a")):
        data = tmp_path / "data.json"
        data.write_text(f'[{{"nama": "{one}"}}, {{"nama": "{other}"}}]', "utf-8")
        out = str(tmp_path / "surat {nama}.docx")
        kit_project.run("render", str(template), str(data), out, expect=1)
        assert "would be given to several records" in kit_project.said
    assert SLUG and not list(tmp_path.glob("surat*"))
