"""What the documents say is what the program does."""

import ast
import doctest
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from harness import KitProject
from PIL import Image

from kitgen.cli import cli


def commands(group: click.Group, prefix: str = "kitgen") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        yield f"{prefix} {name}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{prefix} {name}")


@pytest.mark.parametrize(("name", "command"), list(commands(cli)))
def test_every_command_stands_in_the_docs_as_its_help_says(root: Path, name: str, command: click.Command) -> None:
    """docs/cli.md has a section for each command that names each of its options."""
    text = (root / "docs" / "cli.md").read_text("utf-8")
    section = re.search(rf"^## `{re.escape(name)}[^\n]*`\n(.*?)(?=^## |\Z)", text, flags=re.M | re.S)
    assert section is not None, f"docs/cli.md has no section for {name}"
    assert command.help and command.help.strip()
    for option in command.params:
        if isinstance(option, click.Option) and option.opts[0] not in OF_EVERY_COMMAND:
            assert option.opts[0] in section[1], f"{name} {option.opts[0]} is not in docs/cli.md"
    named = set(re.findall(r"`(--?[a-zC-]+)", section[1]))
    known = {opt for option in command.params for opt in (*option.opts, *option.secondary_opts)}
    assert named <= known, f"{name}: {named - known} in docs/cli.md is no option"


OF_EVERY_COMMAND = ("-v",)


def test_what_every_command_takes_is_told_once(root: Path) -> None:
    """Before the first command."""
    text = (root / "docs" / "cli.md").read_text("utf-8").partition("\n## ")[0]
    for option in OF_EVERY_COMMAND:
        assert f"`{option}`" in text


def test_the_glossary_agrees_with_the_code(root: Path) -> None:
    """Each word of the glossary opens the description of its class."""
    classes: dict[str, list[str]] = {}
    for path in (root / "kitgen").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                classes.setdefault(node.name, []).append(ast.get_docstring(node) or "")
    rows = re.findall(r"^\| (\w+) \| (.+?) \|$", (root / "docs/glossary.md").read_text("utf-8"), flags=re.M)
    assert len(rows) > 25
    for name, word in rows:
        if name != "in":
            said = classes.get(name, [])
            assert any(text.startswith(word) for text in said), f"{name}: none of {said} opens with {word!r}"


def test_every_model_class_is_in_the_glossary(root: Path) -> None:
    """No class of the scheme's own words is left out."""
    glossary = (root / "docs/glossary.md").read_text("utf-8")
    for name in ("scheme", "bank", "scenario", "coverage", "edition"):
        tree = ast.parse((root / f"kitgen/model/{name}.py").read_text("utf-8"))
        for node in tree.body:
            if not isinstance(node, ast.ClassDef) or node.name.startswith("_"):
                continue
            if node.name not in ("QuestionPair", "PropField"):
                assert f"| {node.name} |" in glossary


def test_the_steps_of_adding_a_form_work_as_written(root: Path, kit_project: KitProject) -> None:
    """The entry and the commands of docs/adding-a-form.md make a document."""
    text = (root / "docs/adding-a-form.md").read_text("utf-8")
    entry = re.search(r"```yaml\n(.*?)```", text, flags=re.S)
    assert entry is not None
    shutil.rmtree(kit_project.root / "templates")
    kit_project.run("template", "new", "FR.XX.01", "--title", "Surat Terima Kasih")
    lines = [line.removeprefix("   ") for line in entry[1].splitlines()]
    (kit_project.root / "templates/forms.yaml").write_text("\n".join(lines) + "\n", "utf-8")
    kit_project.run("template", "check", "FR.XX.01").build("--form", "FR.XX.01")
    assert "is that of" not in kit_project.said
    (made,) = kit_project.output.rglob("37 FR.XX.01 Terima Kasih.docx")
    assert made.parent.name == "2 Untuk Asesi"


def test_the_readme_names_real_files_and_commands(root: Path) -> None:
    """Links of the README lead somewhere, and .ci/run calls its test command."""
    readme = (root / "README.md").read_text("utf-8")
    for link in re.findall(r"\]\(([^)]+)\)", readme):
        assert (root / link).exists(), link
    script = (root / ".ci/run").read_text("utf-8")
    tests = "pytest -n auto --dist loadfile && pytest -m last"
    assert f"pip install -c constraints.txt -e '.[test]'\n{tests}\n" in readme
    assert "pip install -q -c constraints.txt -e '.[test]'" in script and re.search(f"^{tests}$", script, flags=re.M)


@pytest.mark.slow
def test_the_picture_of_the_readme_shows_what_is_made_now(root: Path) -> None:
    """`.ci/picture` puts the Kode Dokumen of its document into the picture; a changed page has another."""
    run = subprocess.run([sys.executable, root / ".ci/picture", "--code"], capture_output=True, text=True)
    with Image.open(root / "docs/pictures/fr-ia-01.png") as picture:
        assert picture.info["Kode Dokumen"] == run.stdout.strip() != "", run.stderr


def test_the_architecture_page_is_short_and_names_every_folder(root: Path) -> None:
    """ARCHITECTURE.md stays under 150 lines; its table has a row for each folder of `kitgen/`, which names those in it."""
    text = (root / "ARCHITECTURE.md").read_text("utf-8")
    assert len(text.splitlines()) < 150
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    folders = [path.parent for path in (root / "kitgen").glob("*/__init__.py")]
    assert {name for line in rows for name in re.findall(r"`(\w+)/`", line.split("|")[1])} == {
        folder.name for folder in folders
    }
    for folder in folders:
        (row,) = [line for line in rows if f"`{folder.name}/`" in line.split("|")[1]]
        for below in folder.glob("*/__init__.py"):
            assert f"`{below.parent.name}/`" in row or f"`{folder.name}/{below.parent.name}`" in text, below.parent


def test_the_last_part_of_the_page_of_commands_is_what_help_tells(root: Path) -> None:
    """`.ci/cli-page` made it from the commands as they are."""
    run = subprocess.run([sys.executable, root / ".ci/cli-page", "--check"], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


@pytest.mark.slow
def test_the_examples_in_python_do_what_they_say(
    root: Path, kit_project: KitProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    """docs/python.md is run in a folder that holds a copy of this project."""
    monkeypatch.chdir(kit_project.root.parent)
    failed, tried = doctest.testfile(str(root / "docs/python.md"), module_relative=False, encoding="utf-8")
    assert (failed, tried > 25) == (0, True)


def test_every_change_has_a_kind_and_says_what_is_true(root: Path) -> None:
    """Files of docs/changes are named by a kind and hold whole sentences; `.ci/changelog` joins all of them."""
    run = subprocess.run([sys.executable, root / ".ci/changelog"], capture_output=True, text=True, encoding="utf-8")
    assert run.returncode == 0, run.stderr
    for path in (root / "docs/changes").glob("*.*.md"):
        first = path.read_text("utf-8").split()[:3]
        assert " ".join(first) in " ".join(run.stdout.split()), path.name


def test_a_release_puts_the_changes_on_top_and_takes_their_files_away(root: Path, tmp_path: Path) -> None:
    """By kind, under the version; a file of no kind, or of no sentence, stops it before anything is written."""
    (tmp_path / ".ci").mkdir()
    shutil.copy(root / ".ci/changelog", tmp_path / ".ci")
    folder = tmp_path / "docs/changes"
    folder.mkdir(parents=True)
    (folder / "README.md").write_text("# About\n", "utf-8")
    (folder / "a.fixed.md").write_text("A fault is gone.\nRegenerates: FR.IA.01.\n", "utf-8")
    (folder / "b-c.added.md").write_text("- One thing is new.\n- Another is.\n", "utf-8")
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n\nNewest first.\n\n## 0.1.0\n\n- All.\n", "utf-8")

    def run(*arguments: str) -> int:
        return subprocess.run([sys.executable, tmp_path / ".ci/changelog", *arguments], capture_output=True).returncode

    for odd, text in (("d.news.md", "New."), ("e.md", "New."), ("f.added.md", "no sentence"), ("g.added.md", " \n")):
        (folder / odd).write_text(text, "utf-8")
        assert run("0.2.0") == 1 and (folder / "a.fixed.md").exists()
        (folder / odd).unlink()
    assert run("0.1.0") == 1
    assert run("0.2.0") == 0
    assert (tmp_path / "CHANGELOG.md").read_text("utf-8") == (
        "# Changelog\n\nNewest first.\n\n## 0.2.0\n\n### Added\n\n- One thing is new.\n- Another is.\n\n"
        "### Fixed\n\n- A fault is gone. Regenerates: FR.IA.01.\n\n## 0.1.0\n\n- All.\n"
    )
    assert [path.name for path in folder.iterdir()] == ["README.md"]
    assert run("0.3.0") == 1


def test_contributing_names_what_there_is(root: Path) -> None:
    """Its links lead somewhere, its scripts are there, its quick tests leave out markers that exist."""
    text = (root / "CONTRIBUTING.md").read_text("utf-8")
    for link in re.findall(r"\]\(([^)]+)\)", text):
        assert (root / link).exists(), link
    for script in re.findall(r"\.ci/[a-z-]+", text):
        assert (root / script).exists(), script
    markers = (root / "pyproject.toml").read_text("utf-8")
    for marker in re.findall(r"mark\.(\w+)", text):
        assert f'"{marker}: ' in markers
    assert "slow" in text and "pip install -c constraints.txt -e '.[test]'" in text


def test_the_page_of_keys_is_what_the_loaders_ask_for(root: Path) -> None:
    """Every key of every data file stands there with its meaning and an example, made by a command."""
    ran = subprocess.run(
        [sys.executable, ".ci/keys-page", "--check"], cwd=root, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    page = (root / "docs/kunci-data.md").read_text("utf-8")
    for written in ("`cues[].prompt`", "`correction`", "## padanan.yaml", "Lembar Asesi"):
        assert written in page
    assert "kunci-data.md" in (root / "docs/data.md").read_text("utf-8")


def test_the_page_of_changes_names_modules_there_are(root: Path) -> None:
    """Each row of "to change X, where?" names one to three modules, and all of them exist."""
    rows = [
        line
        for line in (root / "docs/where.md").read_text("utf-8").splitlines()
        if line.startswith("| ") and "`" in line
    ]
    assert len(rows) >= 10
    for line in rows:
        named = re.findall(r"`(\w+(?:/\w+)+)`", line)
        assert 1 <= len(named) <= 3, line
        for name in named:
            assert (root / "kitgen" / f"{name}.py").is_file(), name
