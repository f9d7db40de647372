"""Three commands that write in one project at once."""

import random
from pathlib import Path

from fake_office import FakeOffice
from harness import KitProject, command

NAME = "contoh"
PEOPLE = ("Asesi Contoh", "Asesor Contoh")
COMMANDS = (
    ("build",),
    ("build", "--event", NAME),
    ("event", "deliver", NAME),
    ("verify",),
    ("pack", "--unit", "M.702090.008.01", "--jobs", "1"),
)
PURGE = ("event", "purge", NAME, "--yes", "--with-edited")


def round_of_three(project: KitProject, folder: Path, seed: int) -> list[tuple[tuple[str, ...], int]]:
    """A purge and two others, started within a moment of each other; gives each command with its exit code.

    Each is done, or told that somebody else works, that the event is gone, or that documents are stale; none ends in a
    traceback. What is there afterwards is as it should be, and once a purge is done no name of a person is anywhere.
    """
    chance = random.Random(seed)
    office = FakeOffice(folder / "palsu")
    elsewhere = folder / "sementara"
    elsewhere.mkdir(exist_ok=True)
    environment = {"KITGEN_SOFFICE": str(office.path), "TMPDIR": str(elsewhere)}
    lines = [PURGE, *chance.sample(COMMANDS, 2)]
    chance.shuffle(lines)
    running = [(line, command("-C", project.root, *line, env=environment, warnings="default")) for line in lines]
    ends: list[tuple[tuple[str, ...], int]] = []
    for line, process in running:
        said = "".join(process.communicate())
        assert process.returncode in (0, 1) and "Traceback" not in said and "fault of the program" not in said, said
        ends.append((line, process.returncode))
    again = project.run(*PURGE) if project.root.joinpath("output/Jadwal", NAME).exists() else None
    assert again is None or again.last is not None
    assert names_left(project.root) == [] and names_left(elsewhere) == []
    project.build()
    assert set(project.states().values()) <= {"same"}
    return ends


def names_left(folder: Path) -> list[str]:
    """Where a name of a person stands below a folder, in names or in contents, zipped or not, but for shipped samples."""
    import zipfile

    found: list[str] = []
    for path in sorted(folder.rglob("*")):
        shown = path.relative_to(folder).as_posix()
        if any(name in shown for name in PEOPLE):
            found.append(shown)
        if not path.is_file():
            continue
        contents = [path.read_bytes()]
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                contents += [archive.read(name) for name in archive.namelist()]
        if any(name.encode() in content for name in PEOPLE for content in contents):
            found.append(shown)
    return found
