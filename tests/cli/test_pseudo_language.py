"""Under a language that puts each text in brackets, commands print nothing outside of them but names, codes and data."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from harness import KitProject
from history import small_project
from pseudo_language import NAME, bracketed, outside, pseudo_locales

from kitgen.base import language
from kitgen.cli import cli

pytestmark = pytest.mark.slow

WORD = re.compile(r"[^\W\d_]{2,}")
OF_DATA = re.compile(r"^\s*(-->|\d+ \|).*$", re.MULTILINE)
"""Where something stands, and the line that stands there."""
OF_CLICK = frozenset("cli help OPTIONS COMMAND ARGS TEXT PATH DIRECTORY INTEGER RANGE FILE NAME".split())
OF_TABLES = frozenset({"KUK"})
COMMANDS = [
    (), ("--help",), ("build", "--help"), ("event", "--help"), ("check",), ("plan",), ("plan", "--event", "contoh"), ("build",),
    ("build", "--event", "contoh"), ("event", "check", "contoh"), ("verify",), ("edition", "list"), ("template", "check"),
    ("recall", "contoh"), ("buidl",), ("build", "--scheme", "lain"), ("explain", "AAAA"), ("event", "results", "contoh"),
]  # fmt: skip


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> KitProject:
    return small_project(tmp_path_factory.mktemp("semu") / "proyek")


@pytest.fixture(scope="module")
def known(project: KitProject) -> frozenset[str]:
    """Every word of a name: of files before and after a build, of forms, commands and options."""
    project.build().build("--event", "contoh")
    found = frozenset(names(project))
    shutil.rmtree(project.root / "output")
    return found


@pytest.fixture
def locales(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = pseudo_locales(tmp_path / "locale")
    monkeypatch.setattr(language, "LOCALES", folder)
    for command in all_commands():  # click keeps the option --help, in the language in which it was first asked for
        monkeypatch.setattr(command, "_help_option", None)
    return folder


def all_commands() -> list[click.Command]:
    found: list[click.Command] = [cli]
    for command in found:  # grows while it is gone through
        found += command.commands.values() if isinstance(command, click.Group) else []
    return found


def names(project: KitProject) -> Iterator[str]:
    """Every word of a path of the project, of a form, and of what commands and options are called."""
    for path in project.root.rglob("*"):
        yield from WORD.findall(path.name)
    for code, entry in project.forms().items():
        yield from WORD.findall(f"{code} {entry['title']}")
    for command in all_commands():
        yield from WORD.findall(f"{command.name} {' '.join(option for each in command.params for option in each.opts)}")
        yield from (
            word for each in command.params for word in WORD.findall(f"{each.make_metavar(click.Context(command))}")
        )


def strangers(told: str, known: frozenset[str]) -> set[str]:
    """Words outside of brackets that are neither names nor data."""
    return set(WORD.findall(OF_DATA.sub("", outside(told)))) - OF_CLICK - OF_TABLES - known


@pytest.mark.usefixtures("locales")
@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_command_says_nothing_past_the_catalogue(
    project: KitProject, known: frozenset[str], arguments: tuple[str, ...]
) -> None:
    """In brackets is all it says; the program did speak."""
    told = CliRunner(env={"KITGEN_LANG": NAME}).invoke(cli, ["-C", str(project.root), *arguments]).output
    assert outside(told) != told
    assert strangers(told, known) == set()


def test_a_text_past_the_catalogue_is_seen(known: frozenset[str]) -> None:
    """A sentence that was never translated is found, beside one that was and a path."""
    told = f"{bracketed('dua berkas')} nothing was written\n  --> scheme/identity.yaml:3\nscheme/identity.yaml"
    assert strangers(told, known) == {"nothing", "was", "written"}


@pytest.mark.parametrize(("name", "word"), [("id", "dokumen"), ("en", "documents")])
def test_the_commands_of_every_day_speak_both_languages(project: KitProject, name: str, word: str) -> None:
    """Build, plan and the check of an event and a scheme, bare."""
    run = CliRunner(env={"KITGEN_LANG": name})
    for arguments in (("build",), ("plan",), ("check",), ("event", "check", "contoh")):
        told = run.invoke(cli, ["-C", str(project.root), *arguments])
        assert told.exit_code in (0, 1) and told.output
        if arguments[0] in ("build", "plan"):
            assert word in told.output
