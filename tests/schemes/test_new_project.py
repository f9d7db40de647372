"""`kitgen init`: a project to begin with, all of it or nothing, and what opens kitgen by a double click."""

import os
import pty
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from harness import ROOT, SLUG, KitProject, tree_digests

from kitgen.base.errors import Findings
from kitgen.base.holes import Missing
from kitgen.cli import cli
from kitgen.load.identity import load_identity
from kitgen.load.locate import find_project
from kitgen.schemes.start.program import PROGRAM

LOGO = ROOT / "scheme" / "logo-contoh.png"
STARTS = ("Buka kitgen.cmd", "Buka kitgen.command", "Buka kitgen.desktop")


def init(folder: Path, *arguments: str, expect: int = 0) -> Result:
    result = CliRunner().invoke(cli, ["init", str(folder), *arguments], catch_exceptions=False)
    assert result.exit_code == expect, result.output
    return result


def test_a_project_begins_with_what_is_known_of_the_lsp(tmp_path: Path) -> None:
    """Its identity is read without a problem, facts that are not known yet are missing, and equal commands make equal files."""
    facts = ("--name", 'LSP "Contoh" & Rekan', "--licence", "BNSP-LSP-0000-ID", "--logo", str(LOGO), "--language", "en")
    for name in ("a", "b"):
        init(tmp_path / name, *facts)
    assert tree_digests(tmp_path / "a") == tree_digests(tmp_path / "b")
    findings = Findings()
    body, _ = load_identity(find_project(tmp_path / "a"), findings)
    assert not findings.diagnostics
    assert (body.name, body.licence, body.logo.picture) == (facts[1], facts[3], LOGO.name)
    assert isinstance(body.address, Missing)
    page = (tmp_path / "a/Langkah Pertama.html").read_text("utf-8")
    assert "LSP &quot;Contoh&quot; &amp; Rekan" in page and not re.search("@[a-z]+@", page)
    assert "Show the version" in KitProject(tmp_path / "a").run("--help").said  # its language is English
    assert all(os.access(tmp_path / "a" / name, os.X_OK) for name in STARTS)


def test_a_project_begins_in_the_folder_one_stands_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder itself stays: a terminal opened there goes on in it."""
    here = tmp_path / "lsp"
    here.mkdir()
    before = here.stat().st_ino
    monkeypatch.chdir(here)
    init(Path(), "--name", "LSP Contoh")
    assert here.stat().st_ino == before and Path.cwd() == here
    init(tmp_path / "b", "--name", "LSP Contoh")
    assert tree_digests(here) == tree_digests(tmp_path / "b")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    init(Path(), expect=1)


def test_the_first_steps_name_commands_there_are(tmp_path: Path) -> None:
    """The page is well-formed, in Indonesian, fetches nothing, and every command on it exists."""
    init(tmp_path / "p")
    page = (tmp_path / "p/Langkah Pertama.html").read_text("utf-8")
    tags: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag not in ("meta",):
                tags.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert tags.pop() == tag

    Reader().feed(page)
    assert not tags and '<html lang="id">' in page
    assert not re.search(r"(src|href|url\()", page)
    for typed in set(re.findall(r"<code>kitgen ([^<]+)</code>", page)):
        words = typed.split()
        group = cli
        while words and hasattr(group, "commands"):
            assert words[0] in group.commands, typed
            group = group.commands[words.pop(0)]  # type: ignore[assignment]


def test_a_folder_with_files_is_not_touched(tmp_path: Path) -> None:
    """An empty one is taken; whatever lies in one, nothing is written, and no half a project is left."""
    (tmp_path / "kosong").mkdir()
    init(tmp_path / "kosong")
    (tmp_path / "penuh").mkdir()
    (tmp_path / "penuh/surat.docx").write_bytes(b"surat")
    (tmp_path / "berkas").write_bytes(b"x")
    for name in ("penuh", "kosong", "berkas"):
        before = tree_digests(tmp_path)
        result = init(tmp_path / name, expect=1)
        assert "is not empty" in result.output or "tidak kosong" in result.output
        assert tree_digests(tmp_path) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--name", "LSP\x07"), "cannot be printed"),
        (("--address", "a" * 501), "too long"),
        (("--logo", str(ROOT / "README.md")), "README.md"),
    ],
)
def test_facts_no_page_can_show_are_refused(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    """Nothing is written then."""
    result = CliRunner().invoke(cli, ["--lang", "en", "init", str(tmp_path / "p"), *arguments], catch_exceptions=False)
    assert result.exit_code == 1 and said in result.output
    assert list(tmp_path.iterdir()) == []


def test_the_example_is_what_kitgen_comes_with(tmp_path: Path) -> None:
    """Scheme and event are copied whole; the event's folder is for its owner only."""
    init(tmp_path / "p", "--example")
    mine = tree_digests(tmp_path / "p")
    shipped = {f"scheme/{SLUG}/{name}": digest for name, digest in tree_digests(ROOT / "scheme" / SLUG).items()}
    assert len(shipped) > 20
    shipped["events/contoh/jadwal.xlsx"] = tree_digests(ROOT / "events/contoh")["jadwal.xlsx"]
    assert {name: digest for name, digest in mine.items() if name in shipped or name.startswith("events/")} == shipped
    wheel = (ROOT / "pyproject.toml").read_text("utf-8")
    for name in (f"scheme/{SLUG}", "events/contoh/jadwal.xlsx", "templates"):
        assert f'"{name}" = "kitgen/_shipped/{name}"' in wheel
    assert (tmp_path / "p/events/contoh").stat().st_mode & 0o077 == 0
    assert "2024" in KitProject(tmp_path / "p").run("edition", "list").said


def test_a_person_at_a_terminal_is_asked(tmp_path: Path) -> None:
    """For what no option gives; an empty answer leaves a fact for later."""
    parent, child = pty.openpty()
    run = subprocess.Popen(
        [sys.executable, "-m", "kitgen", "init", str(tmp_path / "p"), "--licence", "X-1"],
        stdin=child, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT,
    )  # fmt: skip
    os.write(parent, b"LSP Contoh\n\n\nde\nen\n")
    assert run.wait(60) == 0
    text = (tmp_path / "p/scheme/identity.yaml").read_text("utf-8")
    assert 'name: "LSP Contoh"' in text and 'licence: "X-1"' in text and "\naddress:\n" in text and "\nlogo:\n" in text
    assert 'language: "en"' in text


def fake_kitgen(folder: Path) -> dict[str, str]:
    """A `kitgen` that says where it was run and with what, first on the path."""
    folder.mkdir()
    (folder / "kitgen").write_text('#!/bin/sh\necho "$PWD" "$@"\n', "utf-8")
    (folder / "kitgen").chmod(0o755)
    return {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"}


def unquoted(written: str) -> str:
    """The second argument of an Exec line, as the rules of desktop entries read it."""
    value = written.replace("\\\\", "\\")
    quoted = re.search(r'"((?:\\.|[^"\\])*)"', value)
    assert quoted is not None
    return re.sub(r'\\(["$`\\])', r"\1", quoted[1])


def test_the_start_files_run_the_python_that_made_the_project(tmp_path: Path) -> None:
    """As the README says: kitgen is in an environment of its own, which no path leads to, and blanks are in its name."""
    project, program = tmp_path / "proyek", tmp_path / "Program Saya/python"
    init(project)
    assert (project / PROGRAM).read_text("utf-8") == f"{sys.executable}\n"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\necho "$PWD" "$@"\n', "utf-8")
    program.chmod(0o755)
    (project / PROGRAM).write_text(f"{program}\n", "utf-8")
    ran = subprocess.run([str(project / "Buka kitgen.command")], env={"PATH": "/usr/bin:/bin"}, cwd="/",
                         capture_output=True, text=True, timeout=20, check=True)  # fmt: skip
    assert ran.stdout == f"{project} -m kitgen buka\n"
    batch = (project / "Buka kitgen.cmd").read_text("utf-8")
    assert f'<"{PROGRAM.replace("/", chr(92))}"' in batch


def test_the_start_files_open_the_page_of_their_folder(tmp_path: Path) -> None:
    """From wherever they are clicked, also where the folder's name has blanks."""
    project = tmp_path / "Proyek Kami"
    init(project)
    (project / PROGRAM).unlink()  # as where the project was copied from another computer
    env = fake_kitgen(tmp_path / "bin")
    command = project / "Buka kitgen.command"
    ran = subprocess.run([str(command)], env=env, cwd="/", capture_output=True, text=True, timeout=20, check=True)
    assert ran.stdout == f"{project} buka\n"
    (line,) = re.findall(r"^Exec=(.*)$", (project / "Buka kitgen.desktop").read_text("utf-8"), re.M)
    assert line.startswith('sh -c "') and line.endswith(" kitgen %k")
    for typed in (str(project / "Buka kitgen.desktop"), f"file://{project / 'Buka kitgen.desktop'}"):
        ran = subprocess.run(
            ["sh", "-c", unquoted(line), "kitgen", typed],
            env=env, cwd="/", capture_output=True, text=True, timeout=20, check=True,
        )  # fmt: skip
        assert ran.stdout == f"{project} buka\n"
    batch = (project / "Buka kitgen.cmd").read_bytes()
    assert batch.count(b"\r\n") == batch.count(b"\n") and b'cd /d "%~dp0"' in batch and b"kitgen buka" in batch
