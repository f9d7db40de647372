"""Where results go: a full disk, a closed output, a reader that goes away; and a run that is stopped at once."""

import gc
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest
from harness import ROOT, KitProject, command

import kitgen.cli
from kitgen.cli.stopping import Stopped

FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="no /dev/full here")


@needs_full
@pytest.mark.parametrize("line", [("edition", "list"), ("plan", "--json"), ("template", "list")])
def test_results_that_find_no_room_are_told(kit_project: KitProject, line: tuple[str, ...]) -> None:
    """Exit 1 and a sentence, no traceback, no fault of the program."""
    kit_project.keep_forms(["FR.IA.01"])
    with FULL.open("w") as full:
        run = command("-C", kit_project.root, *line, stdout=full)
        _, said = run.communicate()
    assert run.returncode == 1 and "results cannot be written (No space left on device)" in said
    assert "fault of the program" not in said and "Exception ignored" not in said


@needs_full
def test_talk_nobody_can_read_stops_nothing(kit_project: KitProject) -> None:
    """Standard error on a full disk."""
    with FULL.open("w") as full:
        run = command("-C", kit_project.root, "edition", "list", stderr=full)
        told, _ = run.communicate()
    assert run.returncode == 0 and "draft" in told


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX closes it")
def test_a_closed_output_is_told(kit_project: KitProject) -> None:
    """What is opened next would take its place."""
    line = f"{sys.executable} -m kitgen -C {kit_project.root} edition list >&-"
    run = subprocess.run(["/bin/sh", "-c", line], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 1 and "keluaran baku tertutup" in run.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX")
def test_a_reader_that_goes_away_is_no_fault(kit_project: KitProject) -> None:
    """As behind `head -1`."""
    line = f"{sys.executable} -m kitgen -C {kit_project.root} template vars | head -1"
    run = subprocess.run(["/bin/sh", "-c", line], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0 and run.stdout.count("\n") == 1 and "fault" not in run.stderr


@pytest.mark.parametrize("place", ["make_context", "main"])
def test_a_run_that_is_stopped_before_it_is_at_work_is_told_as_stopped(
    monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """Not as one that failed: its exit code is that of the signal."""

    def stop(*_: object, **__: object) -> None:
        raise Stopped(signal.SIGTERM)

    monkeypatch.setattr(click.Group, place, stop)
    monkeypatch.setattr(kitgen.cli, "heed_signals", lambda: None)
    monkeypatch.setattr(gc, "set_threshold", lambda *_: None)
    with pytest.raises(SystemExit) as ended:
        kitgen.cli.main(["plan"])
    assert ended.value.code == 128 + signal.SIGTERM
