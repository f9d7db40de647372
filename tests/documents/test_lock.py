"""One lock a project: the second that writes is told who works there, whoever reads never waits, a kill leaves none."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from harness import ROOT, SLUG, KitProject, command

import kitgen.documents.disk.lock as lock_module
from kitgen.base import language
from kitgen.base.errors import KitgenError
from kitgen.cli import cli
from kitgen.documents.disk.lock import FOLDER, HOLDER_NAME, LOCK_NAME, Holder, read_holder, working

pytestmark = pytest.mark.slow

WRITING = {
    "adopt": ("adopt", "output/x.docx", "--write"),
    "archive": ("archive", "{root}/arsip.zip"),
    "bank draw": ("bank", "draw"),
    "bank export": ("bank", "export", "{root}/bank.xlsx"),
    "bank import": ("bank", "import", "{file}"),
    "bank stats": ("bank", "stats", "contoh", "--out", "{root}/angka.xlsx"),
    "build": ("build",),
    "diff": ("diff", "2024", "2024", "--docx", "{root}/beda.docx"),
    "edition cleared": ("edition", "cleared", SLUG, "2024", "x"),
    "edition follow": ("edition", "follow", SLUG, "2024"),
    "edition new": ("edition", "new", SLUG, "2031"),
    "edition retemplate": ("edition", "retemplate", SLUG, "2024"),
    "edition release": ("edition", "release", SLUG, "2024"),
    "event archive": ("event", "archive", "contoh", "{root}/a.zip"),
    "event check": ("event", "check", "contoh", "--annotate"),
    "event deliver": ("event", "deliver", "contoh"),
    "event new": ("event", "new", "lain"),
    "event paper": ("event", "paper", "contoh", "B", "--reason", "bocor"),
    "event print": ("event", "print", "contoh"),
    "event purge": ("event", "purge", "contoh", "--yes"),
    "event reprint": ("event", "reprint", "contoh", "AAAA-AAAA-AAA", "--page", "1", "--reason", "basah"),
    "event results": ("event", "results", "contoh"),
    "import": ("import", "{file}"),
    "kurang": ("kurang", "--docx", "{root}/kurang.docx"),
    "pack": ("pack",),
    "pdf": ("pdf", "output/x.docx"),
    "recall": ("recall", "contoh", "--write"),
    "render": ("render", "{template}", "{file}", "{root}/surat.docx"),
    "scenario new": ("scenario", "new", "KEL-99", "--like", "KEL-01"),
    "scheme draft": ("scheme", "draft"),
    "scheme export": ("scheme", "export", "{root}/skema.xlsx"),
    "scheme import": ("scheme", "import", "{file}"),
    "upgrade": ("upgrade",),
    "template export": ("template", "export", "FR.IA.01"),
    "template new": ("template", "new", "FR.XX.99"),
    "template reset": ("template", "reset", "FR.IA.01"),
    "template preview": ("template", "preview", "{template}", "{root}/contoh.docx"),
    "verify": ("verify",),
}
"""What writes, with what makes it write."""
READING = {
    "buka --help": ("buka", "--help"),
    "serve --help": ("serve", "--help"),
    "template status": ("template", "status"),
    "archive --verify": ("archive", "{file}", "--verify"),
    "check": ("check",),
    "diff": ("diff", "2024", "2024"),
    "edition follow --dry-run": ("edition", "follow", SLUG, "2024", "--dry-run"),
    "edition list": ("edition", "list"),
    "event check": ("event", "check", "contoh"),
    "event purge": ("event", "purge", "contoh"),
    "event held": ("event", "held", "contoh"),
    "init": ("init", "{elsewhere}/proyek"),
    "kurang": ("kurang",),
    "template wording": ("template", "wording", "{template}"),
    "explain": ("explain", "AAAA-AAAA-AAA"),
    "plan": ("plan",),
    "recall": ("recall", "contoh"),
    "bank stats": ("bank", "stats", "contoh"),
    "template check": ("template", "check"),
    "template dump": ("template", "dump", "{template}"),
    "template list": ("template", "list"),
    "template vars": ("template", "vars"),
    "verify --event": ("verify", "--event", "contoh"),
    "render elsewhere": ("render", "{template}", "{file}", "{elsewhere}/surat.docx"),
}


@pytest.fixture
def held(kit_project: KitProject, monkeypatch: pytest.MonkeyPatch) -> Iterator[KitProject]:
    """A project somebody else is building in."""
    monkeypatch.setattr(lock_module, "PATIENCE", 0.1)
    kit_project.one_form_of_each_kind()
    holder = subprocess.Popen(
        [sys.executable, "-c", "import sys, pathlib\nfrom kitgen.documents.disk.lock import working\n"
         "with working(pathlib.Path(sys.argv[1]), 'build'):\n print('held', flush=True)\n sys.stdin.read()",
         str(kit_project.root)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert holder.stdout is not None and holder.stdout.readline() == b"held\n"
    yield kit_project
    holder.communicate()


def arguments(project: KitProject, line: tuple[str, ...], elsewhere: Path) -> list[str]:
    elsewhere.mkdir(exist_ok=True)
    data = elsewhere / "data.yaml"
    data.write_text("nama: Ani\n", "utf-8")
    template = next((project.root / "templates" / "docx").glob("FR.*.docx"))
    names = {"root": project.root, "file": data, "template": template, "elsewhere": elsewhere}
    return [each.format(**names) for each in line]


@pytest.mark.parametrize("name", WRITING)
def test_the_second_that_writes_is_told_who_works(held: KitProject, name: str, tmp_path: Path) -> None:
    """Whatever writes ends with 1 and changes nothing while somebody else works; it says who, where and since when."""
    before = held.tree()
    run = CliRunner().invoke(
        cli, ["-C", str(held.root), *arguments(held, WRITING[name], tmp_path / "lain")], catch_exceptions=False
    )
    assert run.exit_code == 1, run.output
    assert "somebody else is working in this project: `kitgen build` of " in run.stderr
    assert "since 20" in run.stderr and "process" in run.stderr
    assert held.tree() == before


@pytest.mark.parametrize("name", READING)
def test_whoever_reads_does_not_wait(
    held: KitProject, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command that writes nothing into the project does not ask for the lock."""

    def run(aside: str) -> Result:
        return CliRunner().invoke(cli, ["-C", str(held.root), *arguments(held, READING[name], tmp_path / aside)])

    plain = run("lain")
    monkeypatch.setattr("kitgen.documents.disk.lock.working", None)
    without_lock = run("lagi")
    assert "somebody else" not in plain.output and plain.exit_code in (0, 1), plain.output
    assert plain.exception is None or isinstance(plain.exception, SystemExit)
    assert without_lock.exit_code == plain.exit_code and "Traceback" not in without_lock.output
    assert isinstance(without_lock.exception, type(plain.exception)), without_lock.output


def test_every_command_is_said_to_write_or_to_read() -> None:
    """A new command is entered in one of the tables above."""

    def leaves(group: click.Group, before: str = "") -> Iterator[str]:
        for name, each in group.commands.items():
            if isinstance(each, click.Group):
                yield from leaves(each, f"{before}{name} ")
            else:
                yield before + name

    known = {" ".join(word for word in name.split() if not word.startswith("-")) for name in (*WRITING, *READING)}
    assert set(leaves(cli)) - known == set()


def test_the_second_waits_a_moment(tmp_path: Path) -> None:
    """A run that is over soon is waited for."""
    script = (
        "import sys, pathlib, time\nfrom kitgen.documents.disk.lock import working\n"
        "with working(pathlib.Path(sys.argv[1]), 'build'):\n print('held', flush=True)\n time.sleep(0.5)"
    )
    with subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE,
                          env={**os.environ, "PYTHONPATH": str(ROOT)}) as other:  # fmt: skip
        assert other.stdout is not None
        other.stdout.readline()
        with working(tmp_path, "build", patience=20):
            pass


def test_a_killed_run_leaves_no_lock_but_is_known(tmp_path: Path) -> None:
    """The system gives the lock back; that the run did not come to its end is told to the next one, once."""
    script = (
        "import os, signal, sys, pathlib\nfrom kitgen.documents.disk.lock import working\n"
        "with working(pathlib.Path(sys.argv[1]), 'build'):\n os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], env={**os.environ, "PYTHONPATH": str(ROOT)})
    with working(tmp_path, "build", patience=0) as was_cut_off:
        assert was_cut_off
    with working(tmp_path, "build", patience=0) as was_cut_off:
        assert not was_cut_off
    assert [path.name for path in (tmp_path / FOLDER).iterdir()] == [LOCK_NAME]


@pytest.mark.parametrize("ends", ["well", "in an error"])
def test_the_lock_goes_with_the_command(tmp_path: Path, ends: str) -> None:
    """However a command ends, the next one can work, and nobody is said to hold anything."""
    try:
        with working(tmp_path, "build"):
            if ends == "in an error":
                raise KitgenError([])
    except KitgenError:
        pass
    assert read_holder(tmp_path) is None
    with working(tmp_path, "plan", patience=0):
        holder = read_holder(tmp_path)
        assert holder is not None and (holder.command, holder.process) == ("plan", os.getpid())


def test_facts_that_cannot_be_read_hide_nothing(tmp_path: Path) -> None:
    """A damaged note of the holder leaves the lock what it is."""
    with working(tmp_path, "build"):
        for text in ("", "[]", '{"command": 1}', "\0"):
            (tmp_path / FOLDER / HOLDER_NAME).write_text(text)
            with (
                pytest.raises(KitgenError, match="somebody else is working in this project; "),
                working(tmp_path, "build", patience=0),
            ):
                pass


@pytest.mark.skipif(sys.platform == "win32", reason="programs are started otherwise there")
def test_programs_that_are_started_do_not_take_the_lock_along(tmp_path: Path) -> None:
    """A LibreOffice, or a forked copy, that outlives the run holds nothing."""
    for start in (
        "subprocess.Popen(['sleep', '30'], start_new_session=True).pid",
        "os.fork() or time.sleep(30)",
    ):
        script = (
            "import os, signal, subprocess, sys, time, pathlib\nfrom kitgen.documents.disk.lock import working\n"
            f"with working(pathlib.Path(sys.argv[1]), 'build'):\n print({start}, flush=True)\n"
            " os.kill(os.getpid(), signal.SIGKILL)"
        )
        run = subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE,
                               env={**os.environ, "PYTHONPATH": str(ROOT)})  # fmt: skip
        assert run.stdout is not None
        other = int(run.stdout.readline())
        run.wait()
        try:
            with working(tmp_path, "build", patience=1):
                os.kill(other, 0)  # it is there yet
        finally:
            os.kill(other, signal.SIGKILL)
            run.stdout.close()


def test_two_builds_at_once(kit_project: KitProject) -> None:
    """One is done, the other too or told that somebody else works; nothing is broken."""
    kit_project.one_form_of_each_kind()
    both = [command("-C", kit_project.root, "build") for _ in range(2)]
    ends = [(each.communicate(), each.returncode)[::-1] for each in both]
    for code, (_, said) in ends:
        assert code == 0 or (code == 1 and "somebody else is working" in said), said
    assert any(code == 0 for code, _ in ends)
    assert kit_project.states() and set(kit_project.states().values()) == {"same"}


def test_a_folder_that_is_no_project_gets_no_lock(tmp_path: Path) -> None:
    """A command that is run in a wrong place leaves nothing there."""
    run = CliRunner().invoke(cli, ["-C", str(tmp_path), "build"])
    assert run.exit_code == 1 and list(tmp_path.iterdir()) == []


def test_a_project_that_cannot_be_locked_is_told(kit_project: KitProject) -> None:
    """Where the folder of the lock cannot be made, what to look at is told."""
    (kit_project.root / FOLDER).write_text("a file in its place")
    kit_project.run("build", expect=1)
    assert "project cannot be locked for writing" in kit_project.said


def test_the_holder_is_told_in_the_language_of_the_person() -> None:
    """Who works there is a part of the message, not an English text within it."""
    told = Holder("build", "ani", "kantor", 7, "2026-03-02 08:00:00+07:00").told
    assert told == "`kitgen build` of ani on kantor (process 7), since 2026-03-02 08:00:00+07:00"
    indonesian = told.told(language.translator("id"))
    assert indonesian == "`kitgen build` oleh ani di kantor (proses 7), sejak 2026-03-02 08:00:00+07:00"


def test_the_holder_is_written_as_people_read_it(tmp_path: Path) -> None:
    """The facts beside the lock are told as they stand there."""
    with working(tmp_path, "event deliver"):
        told = json.loads((tmp_path / FOLDER / HOLDER_NAME).read_text("utf-8"))
    assert told["command"] == "event deliver"
    assert time.strptime(told["since"][:19], "%Y-%m-%d %H:%M:%S")
