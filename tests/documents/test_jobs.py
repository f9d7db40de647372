"""Jobs: runs that tell of themselves in a folder, to whoever started them or came later."""

import json
import os
import time
from pathlib import Path

import pytest
from harness import KitProject, command

from kitgen.documents.disk.jobs import ORDER_NAME, find_jobs, jobs_folder, read_job, read_problems, running_job

HOSTILE = (b"[" * 200_000, b'{"a":' * 200_000, b"{", b"\xff\xfe", b"null", b"1", b'"x"', b"")
"""What no run wrote: nested too deeply, cut off, of another kind."""


def made(root: Path, name: str = "satu") -> Path:
    folder = jobs_folder(root) / name
    folder.mkdir(parents=True)
    (folder / ORDER_NAME).write_text(json.dumps({"action": "x"}))
    return folder


def state(folder: Path) -> str:
    job = read_job(folder)
    assert job is not None
    return job.state


def test_a_job_tells_how_it_stands(tmp_path: Path) -> None:
    """Not begun, at work with its progress and problems, ended."""
    folder = made(tmp_path)
    assert state(folder) == "waiting"
    with running_job(folder) as job:
        job.progress(3, 10)
        job.problem({"message": "a"})
        found = read_job(folder)
        assert found is not None and (found.state, found.number, found.total) == ("running", 3, 10)
        assert found.process == os.getpid() and not found.is_over
        job.end(0)
    assert state(folder) == "done"
    assert read_problems(folder) == [{"message": "a"}]
    assert find_jobs(tmp_path) == [folder]


@pytest.mark.parametrize(
    ("code", "expected"), [(0, "done"), (1, "failed"), (2, "failed"), (130, "stopped"), (143, "stopped")]
)
def test_the_exit_code_tells_how_it_ended(tmp_path: Path, code: int, expected: str) -> None:
    """Codes of stopped programs are no failures."""
    folder = made(tmp_path)
    with running_job(folder) as job:
        job.end(code)
    assert state(folder) == expected


def test_a_job_that_went_without_a_word_was_cut_off(tmp_path: Path) -> None:
    """Its lock is free and there is no end; one that never began is, after a while."""
    folder = made(tmp_path)
    with running_job(folder):
        pass
    assert state(folder) == "cut off"
    late = made(tmp_path, "dua")
    os.utime(late / ORDER_NAME, (time.time() - 600, time.time() - 600))
    assert state(late) == "cut off"


def test_what_is_no_job_is_none(tmp_path: Path) -> None:
    """Neither an empty folder nor a damaged order."""
    folder = made(tmp_path)
    (folder / ORDER_NAME).write_text("[]")
    assert read_job(folder) is None
    for damaged in HOSTILE:
        (folder / ORDER_NAME).write_bytes(damaged)
        assert read_job(folder) is None
    (folder / ORDER_NAME).unlink()
    assert read_job(folder) is None and find_jobs(tmp_path) == []
    assert find_jobs(tmp_path / "none") == []


def test_problems_nobody_wrote_are_passed_over(tmp_path: Path) -> None:
    """Those beside them are told."""
    folder = made(tmp_path)
    lines = [*(each for each in HOSTILE if b"\xff" not in each), b'{"message": "a"}']
    (folder / "masalah.jsonl").write_bytes(b"\n".join(lines))
    assert read_problems(folder) == [{"message": "a"}]


def test_progress_is_never_read_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever looks while it is written sees what was told before, not 0 of 0."""
    folder, seen = made(tmp_path), []
    with running_job(folder) as job:
        job.progress(3, 10)
        write = Path.write_text

        def watched(path: Path, text: str, *more: str) -> int:
            with path.open("w"):
                found = read_job(folder)
            seen.append((found.number, found.total, found.code) if found is not None else None)
            return write(path, text, *more)

        monkeypatch.setattr(Path, "write_text", watched)
        job.progress(10, 10)
        job.end(0)
    assert seen == [(3, 10, None), (10, 10, None)]


def test_a_command_that_is_looked_after_tells_of_itself(kit_project: KitProject) -> None:
    """Its end and its problems, in its language and in their parts; what it prints stays as it is."""
    kit_project.keep_forms({"FR.APL.01"})
    folder = made(kit_project.root)
    run = command("-C", str(kit_project.root), "--lang", "id", "check", env={"KITGEN_JOB": str(folder)})
    _, talk = run.communicate(timeout=120)
    assert run.returncode == 0 and "peringatan" in talk
    found = read_job(folder)
    assert found is not None and found.state == "done"
    problems = read_problems(folder)
    assert any(each["message"] == "nomor skema belum diisi LSP" and each["line"] for each in problems)
    built = made(kit_project.root, "tiga")
    command("-C", str(kit_project.root), "build", env={"KITGEN_JOB": str(built)}).communicate(timeout=120)
    end = read_job(built)
    assert end is not None and end.state == "done" and end.number == end.total > 0
    wrong = made(kit_project.root, "dua")
    run = command("-C", str(kit_project.root), "build", "--scheme", "none", env={"KITGEN_JOB": str(wrong)})
    run.communicate(timeout=120)
    assert run.returncode == 1 and state(wrong) == "failed" and read_problems(wrong)[0]["severity"] == "error"
