"""What commands tell a person: what comes next, sums instead of lists, one cause once, how far long work is."""

import io
import os
import re
import resource
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from harness import ROOT, KitProject, command, plain

from kitgen.base.errors import Diagnostic, Place
from kitgen.base.messages import Message, said
from kitgen.cli import cli, console, declare
from kitgen.cli.overview import commands_for
from kitgen.cli.progress import Progress, progress_line
from kitgen.cli.width import fitted
from kitgen.documents.status.overview import overview_of

HELP_OVER_CLICK = 2.0
"""So many times the processor time of importing click `kitgen --help` may take."""


def leaves(group: click.Group = cli, *before: str) -> Iterator[tuple[str, click.Command]]:
    for name, found in group.commands.items():
        if isinstance(found, click.Group):
            yield from leaves(found, *before, name)
        else:
            yield " ".join((*before, name)), found


CHOOSE_THEIR_OWN = {
    "init",
    "edition new",
    "event new",
    "event check",
    "event results",
    "event deliver",
    "event paper",
    "event print",
    "event reprint",
    "plan",
    "build",
}
"""Commands whose next step depends on what came of them in every case."""


@pytest.mark.parametrize(("name", "found"), list(leaves()), ids=[name for name, _ in leaves()])
def test_every_command_knows_what_comes_after_it(name: str, found: click.Command) -> None:
    """Declared with it, or chosen by what came of it; every one takes `-v`."""
    assert isinstance(found, declare.Command)
    assert (found.next_step is None) == (name in CHOOSE_THEIR_OWN)
    assert any("-v" in each.opts for each in found.params)


@pytest.mark.parametrize(
    ("arguments", "code", "step"),
    [
        (("template", "list"), 0, "next: `kitgen template vars CODE`"),
        (("check",), 0, "next: `kitgen build` makes the documents"),
        (("check", "--strict"), 1, "next: mend what is told above"),
        (("build", "--unit", "tiada"), 1, "next: mend what is told above"),
        (("plan",), 0, "next: `kitgen build` makes them"),
        (("event", "new", "baru"), 0, "then `kitgen event check baru`"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_the_last_line_says_what_to_do_next(
    kit_project: KitProject, arguments: tuple[str, ...], code: int, step: str
) -> None:
    """On standard error, after a run that succeeded and after one that did not."""
    kit_project.keep_forms({"FR.APL.01"}).run(*arguments, expect=code)
    assert kit_project.last is not None
    assert step in plain(kit_project.last.stderr).splitlines()[-1]
    assert "next:" not in kit_project.last.stdout


def test_programs_are_told_no_next_step(kit_project: KitProject) -> None:
    """With `--json` nobody reads along."""
    kit_project.keep_forms({"FR.APL.01"}).run("plan", "--json")
    assert kit_project.last is not None and "next:" not in kit_project.last.output


# Many of a kind


def alike(count: int, message: Message | None = None) -> list[Diagnostic]:
    text = message or said("NIK does not fit the date of birth")
    return [Diagnostic(text, Place("jadwal.xlsx", None, f"row {row}"), said("compare")) for row in range(count)]


def told(monkeypatch: pytest.MonkeyPatch, problems: list[Diagnostic]) -> list[str]:
    lines: list[str] = []
    monkeypatch.setattr(console, "say", lambda text="", err=False: lines.append(plain(str(text))))
    console.tell(problems)
    return lines


def test_many_of_a_kind_are_told_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """24 equal problems: the cause, its count, the first places, the remedy once."""
    lines = told(monkeypatch, alike(24))
    assert lines[0] == "error: NIK does not fit the date of birth (24 of this kind)"
    assert len(lines) == 1 + console.MOST_ALIKE + 3 and lines[-1] == "24 errors"
    assert lines[-3:-1] == ["      and 18 more places; `-v` tells all of them", "  help: compare"]


def test_few_of_a_kind_are_told_each_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Up to six stay as they are, and other causes beside many of one kind do, too."""
    assert len(told(monkeypatch, alike(6))) == 6 * 3 + 1
    lines = told(monkeypatch, [*alike(7), Diagnostic(said("another"), None)])
    assert "error: another" in lines


def test_problems_of_a_kind_about_different_things_name_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """What differs between them stands behind its place."""
    problems = [Diagnostic(said("fact {name} is missing", name=name), Place(name)) for name in "abcdefgh"]
    lines = told(monkeypatch, problems)
    assert lines[:3] == ["error: fact a is missing (8 of this kind)", "  --> a", "  --> b: fact b is missing"]


@pytest.mark.slow
def test_a_plan_of_many_documents_is_a_sum_for_each_folder(kit_project: KitProject) -> None:
    """A line for each folder; with `-v` one for each document; both end with the same sum."""
    kit_project.keep_forms({"FR.APL.01", "FR.APL.02", "FR.IA.01", "FR.AK.01", "FR.AK.02", "Surat Tugas"})
    summed = kit_project.run("plan").said.splitlines()
    listed = kit_project.run("plan", "-v").said.splitlines()
    documents = [line for line in listed if line.startswith("new ")]
    assert len(documents) > 20 and len(summed) < len(listed) - 15
    counts = [int(line.split()[-1]) for line in summed if re.search(r"(Skema Lengkap|Per Unit)\S* *.* \d+$", line)]
    assert sum(counts) == len(documents)
    assert [line for line in summed if "to be made" in line] == [line for line in listed if "to be made" in line]


# Where the project stands


def test_kitgen_alone_tells_where_the_project_stands(kit_project: KitProject, tmp_path: Path) -> None:
    """Edition and events with what comes next, and three commands; outside of a project, how one begins."""
    event = kit_project.root / "events" / "lsp-okt"
    event.mkdir(parents=True)
    (event / "jadwal.xlsx").touch()
    told = kit_project.run().said
    assert "2024 (draft; no documents yet)" in told and "event lsp-okt: its workbook is to be filled in" in told
    assert told.count("\n  kitgen ") == 3 and "kitgen event check lsp-okt" in told
    (tmp_path / "kosong").mkdir()
    none = CliRunner().invoke(cli, ["-C", str(tmp_path / "kosong")])
    assert none.exit_code == 0 and "there is no project" in none.output and "kitgen init DIR" in none.output


def test_what_makes_sense_follows_the_files(kit_project: KitProject) -> None:
    """Filled in, made, packed, handed over, results recorded, workbook changed: each has commands of its own."""
    event, output = kit_project.root / "events/a", kit_project.root / "output/Jadwal/a"
    steps = {
        event / "jadwal.xlsx": "kitgen event check a",
        output / "manifest.json": "kitgen pack --event a",
        output / "Paket Cetak/x.pdf": "kitgen event deliver a",
        event / "serah-terima.json": "kitgen event results a",
        event / "hasil.json": "kitgen build --event a",
    }
    for path, expected in steps.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        os.utime(path, (1_000, 1_000))
        assert commands_for(overview_of(kit_project.root))[0][0] == expected
    os.utime(event / "jadwal.xlsx", (2_000, 2_000))
    assert commands_for(overview_of(kit_project.root))[1][0] == "kitgen build --event a"


# On a terminal


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_tells_the_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line written over, ended once; nothing of it where no terminal reads along."""
    seconds = iter(range(0, 1000, 10))
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    progress = Progress(said("making PDFs"), lambda: next(seconds))
    for done in range(1, 5):
        progress(done, 4)
    assert terminal.getvalue().count("\r") == 4 and terminal.getvalue().count("\n") == 1
    assert "1/4, 30 seconds left" in terminal.getvalue()
    quiet = io.StringIO()
    monkeypatch.setattr(sys, "stderr", quiet)
    progress(1, 4)
    assert quiet.getvalue() == ""


def test_the_pace_is_told_once_it_is_known() -> None:
    """Not in the first seconds; in minutes where they are many; nothing is left at the end."""
    assert "left" not in progress_line(said("making"), 1, 100, 1)
    assert progress_line(said("making"), 1, 100, 10).endswith("1/100, 16 minutes left")
    assert progress_line(said("making"), 4, 4, 10) == "making             [########################] 4/4"


@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_lines_keep_within_the_terminal(width: int) -> None:
    """Broken between words and set in; colours do not count; a long path stays whole."""
    path = "output/" + "x" * 90
    text = f"  help: {click.style('mend', fg='red')} the workbook in Excel, save and close it, then run again {path}"
    lines = fitted(text, width).split("\n")
    assert all(len(click.unstyle(line)) <= width or path in line for line in lines)
    assert " ".join(" ".join(lines).split()) == " ".join(text.split())
    assert all(line.startswith("      ") for line in lines[1:])


def processor_seconds(*line: str) -> float:
    """The processor time of a process: the least of some runs, interleaved with nothing else of ours."""
    taken = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *line], cwd=ROOT, capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(sorted(taken)[:3])


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="times of children are counted elsewhere there")
def test_help_is_light() -> None:
    """`kitgen --help` against importing click, in the processor time of both."""
    assert processor_seconds("-m", "kitgen", "--help") < HELP_OVER_CLICK * processor_seconds("-c", "import click")


def test_a_pipe_gets_whole_lines(kit_project: KitProject) -> None:
    """Where no terminal reads, nothing is broken or drawn."""
    kit_project.keep_forms({"FR.APL.01"})
    process = command("-C", kit_project.root, "build", env={"COLUMNS": "40"})
    _, talk = process.communicate(timeout=60)
    assert "\r" not in talk and any(len(line) > 60 for line in talk.splitlines())
