"""How commands tell what they found: counts, moves, and the gaps of a scheme an admin of an event cannot close."""

import ast
import re
import shutil
from pathlib import Path

import pytest
from event_cases import NAME, change, event_project, rename
from file_names import named
from harness import ROOT, SLUG, KitProject, plain

from kitgen.base.messages import agreeing, counted

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, root: Path) -> KitProject:
    project = event_project(root, tmp_path_factory.mktemp("kabar") / "proyek")
    return project.keep_forms({"FR.APL.01", "Daftar Hadir"}).build("--event", NAME)


@pytest.fixture
def project(built: KitProject, tmp_path: Path) -> KitProject:
    return built.copy_to(tmp_path / "proyek")


def test_one_is_told_otherwise_than_several() -> None:
    assert [counted(number, "document") for number in (0, 1, 2)] == ["0 documents", "1 document", "2 documents"]
    assert [counted(number, "copy", "copies") for number in (1, 2)] == ["1 copy", "2 copies"]
    assert [agreeing(number, "is", "are") for number in (1, 2)] == ["is", "are"]


COUNTED = (
    "assessor candidate cell column copy copies criteria day document error file form minute page paper pack PDF problem"
    " place question record sheet template unit warning zip"
).split()
PLURAL = re.compile(rf"^ (more )?({'|'.join(COUNTED)})s?\b(?! kompetensi)")
"""What follows a number in a text, told without `counted`."""
INDONESIAN = {"schemes/published/report"}
NEVER_ONE = {
    "MAX_AREA",
    "MAX_OPTIONS",
    "len(LETTERS)",
    "_MOST_UNITS",
    "schemes/check/items:count",
    "load/event/doubts:len(present)",
}
"""Bounds, and what is only told where there are several, by itself or with the module that tells it."""


def test_every_count_is_told_in_one_way() -> None:
    """No text of the code puts a noun straight behind a number that may be 1."""
    wrong = []
    for path in sorted((ROOT / "kitgen").rglob("*.py")):
        name = path.relative_to(ROOT / "kitgen").as_posix().removesuffix(".py")
        if name in INDONESIAN or name.startswith("render/"):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            for value, text in (
                zip(node.values, node.values[1:], strict=False) if isinstance(node, ast.JoinedStr) else ()
            ):
                if isinstance(value, ast.FormattedValue) and isinstance(text, ast.Constant):
                    number = ast.unparse(value.value)
                    if PLURAL.match(str(text.value)) and not {number, f"{name}:{number}"} & NEVER_ONE:
                        wrong.append(f"{name}:{node.lineno} {{{number}}}{text.value}")
    assert "\n".join(wrong) == ""


def test_what_moved_with_its_person_is_one_line_where_names_are_hidden(project: KitProject) -> None:
    """With names hidden the old and the new place look the same: then it is said why it moved, without a place."""
    rename(project, 3, "Nama Baru")
    said = project.run("plan", "--event", NAME).said.splitlines()
    lines = [line for line in said if "03 …" in line]
    assert lines and len({line.split(" ", 1)[1].strip() for line in lines}) == len(lines)
    moved = next(number for number, line in enumerate(said) if line.startswith("moved"))
    assert said[moved].endswith(named("01 FR.APL.01.docx") + " (its folder is called otherwise now)")
    assert not any("was Jadwal" in line for line in said)


EVENT_COMMANDS = (
    ("plan", "--event", NAME), ("build", "--event", NAME), ("recall", NAME), ("event", "deliver", NAME),
)  # fmt: skip


@pytest.mark.parametrize("arguments", EVENT_COMMANDS, ids=" ".join)
def test_gaps_of_the_scheme_are_told_shortly_of_an_event(project: KitProject, arguments: tuple[str, ...]) -> None:
    """One line instead of all of them; what is odd about the event's own workbook stays whole."""
    change(project, 3, "e-mail", "bukan alamat")
    project.build("--event", NAME).run("event", "deliver", NAME).run(*arguments)
    assert project.last is not None
    said = plain(project.last.stderr)
    assert "is not given by the LSP yet" not in said and "is a proposal" not in said
    assert "8 warnings of the scheme: `kitgen check` shows them\n" in said
    assert "is no e-mail address" in said and "events/contoh/jadwal.xlsx" in said
    assert "\n1 warning\n" in said
    project.run("check")
    assert project.said.count("is not given by the LSP yet") == 4 and project.said.count("is a proposal") == 2


def test_what_is_odd_about_an_older_edition_is_shown_by_a_check_of_it(project: KitProject) -> None:
    """`kitgen check` alone looks at the newest edition, which is not the event's."""
    shutil.copytree(project.edition, project.edition.with_name("2030"))
    project.run("plan", "--event", NAME)
    asked = f"kitgen check --scheme {SLUG} --edition 2024"
    assert f"8 warnings of the scheme: `{asked}` shows them" in project.said
    project.run(*asked.split()[1:])
    assert project.said.count("is not given by the LSP yet") == 4 and "/2024/" in project.said
