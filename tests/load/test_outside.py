"""Where a command is run in a folder that is no project, and where a file is locked: the right cause, and the way out."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from harness import KitProject, plain
from small_scheme import small_project

from kitgen.cli import cli

LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 900 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 2000
OLD = LOCKED.replace("EncryptedPackage".encode("utf-16-le"), "Workbook".encode("utf-16-le"))
OF_AN_EVENT = (
    "event check uji", "event print uji", "event results uji", "event deliver uji", "event held uji", "event purge uji",
    "event archive uji a.zip", "recall uji", "build --event uji", "plan --event uji", "verify --event uji",
    "pack --event uji",
)  # fmt: skip


@pytest.mark.parametrize(
    "line", [*OF_AN_EVENT, "build", "check", "event new uji", "edition list", "bank export a.xlsx"]
)
def test_outside_of_a_project_the_folder_is_told_not_what_is_missing_in_it(tmp_path: Path, line: str) -> None:
    """Nothing is written there, no passphrase is made, and the way to a project is told."""
    run = CliRunner().invoke(cli, ["--lang", "en", "-C", str(tmp_path), *line.split()])
    said = plain(run.output)
    assert run.exit_code == 1 and "this folder is no project of kitgen" in said
    assert "go to the project's folder" in said and "there is no" not in said and "passphrase" not in said
    assert [path.name for path in tmp_path.rglob("*") if path.suffix] == []


@pytest.mark.parametrize("line", OF_AN_EVENT)
def test_in_a_project_the_event_is_what_is_missing(tmp_path: Path, line: str) -> None:
    """And the folder is not blamed."""
    run = CliRunner().invoke(cli, ["--lang", "en", "-C", str(small_project(tmp_path).root), *line.split()])
    assert run.exit_code == 1 and "there is no event `uji`" in run.output and "no project" not in run.output


@pytest.fixture
def project(tmp_path: Path) -> KitProject:
    made = small_project(tmp_path / "proyek")
    made.run("event", "new", "uji", "--candidates", "2")
    return made


@pytest.mark.parametrize(
    ("data", "name", "told", "help"),
    [
        (LOCKED, "terkunci.xlsx", "file is protected with a password", "take the password out"),
        (OLD, "lama.xls", "Excel workbook of the old kind (.xls)", "save it as Excel Workbook (.xlsx)"),
    ],
)
def test_a_file_of_a_windows_program_is_called_what_it_is(
    project: KitProject, tmp_path: Path, data: bytes, name: str, told: str, help: str
) -> None:
    """Wherever people hand one in: as scheme, as workbook of the scheme, of questions, of an event. Never "damaged"."""
    file = tmp_path / name
    file.write_bytes(data)
    (project.root / "events/uji/jadwal.xlsx").write_bytes(data)
    for line in (("import", str(file), "--title", "A", "--edition", "1"), ("scheme", "import", str(file)),
                 ("bank", "import", str(file)), ("event", "check", "uji"), ("build", "--event", "uji")):  # fmt: skip
        said = project.run("--lang", "en", *line, expect=1).said
        assert told in said and help in said and "damaged" not in said, line
