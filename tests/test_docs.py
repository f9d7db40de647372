"""What the documents say is what the program does."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from harness import KitProject, rewrite_parts

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
        if isinstance(option, click.Option):
            assert option.opts[0] in section[1], f"{name} {option.opts[0]} is not in docs/cli.md"
    named = set(re.findall(r"`(--?[a-zC-]+)", section[1]))
    known = {opt for option in command.params for opt in (*option.opts, *option.secondary_opts)}
    assert named <= known, f"{name}: {named - known} in docs/cli.md is no option"


def test_the_glossary_agrees_with_the_code(root: Path) -> None:
    """Each word of the glossary opens the description of its class."""
    classes: dict[str, str] = {}
    for path in (root / "kitgen").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                classes[node.name] = ast.get_docstring(node) or ""
    rows = re.findall(r"^\| (\w+) \| (.+?) \|$", (root / "docs/glossary.md").read_text("utf-8"), flags=re.M)
    assert len(rows) > 25
    for name, word in rows:
        if name != "in":
            assert classes[name].startswith(word), f"{name}: {classes[name][:40]!r} does not open with {word!r}"


def test_every_model_class_is_in_the_glossary(root: Path) -> None:
    """No class of the scheme's own words is left out."""
    glossary = (root / "docs/glossary.md").read_text("utf-8")
    for name in ("scheme", "bank", "scenario", "coverage", "edition"):
        tree = ast.parse((root / f"kitgen/model/{name}.py").read_text("utf-8"))
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and node.name not in ("QuestionPair", "PropField"):
                assert f"| {node.name} |" in glossary


def test_the_steps_of_adding_a_form_work_as_written(root: Path, kit_project: KitProject) -> None:
    """The entry and the commands of docs/adding-a-form.md make a document."""
    text = (root / "docs/adding-a-form.md").read_text("utf-8")
    entry = re.search(r"```yaml\n(.*?)```", text, flags=re.S)
    assert entry is not None
    forms = kit_project.root / "templates/forms.yaml"
    lines = [line.removeprefix("   ") for line in entry[1].splitlines()]
    forms.write_text(forms.read_text("utf-8") + "\n" + "\n".join(lines) + "\n", "utf-8")
    target = kit_project.root / "templates/docx/FR.XX.01.docx"
    target.write_bytes((kit_project.root / "templates/docx/FR.APL.02.docx").read_bytes())
    rewrite_parts(target, lambda name, content: content)
    kit_project.run("template", "check", "FR.XX.01").build("--form", "FR.XX.01")
    (made,) = kit_project.output.rglob("29 FR.XX.01.docx")
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


def test_the_architecture_page_is_short_and_names_every_module(root: Path) -> None:
    """ARCHITECTURE.md stays under 150 lines and knows all modules of the upper level."""
    text = (root / "ARCHITECTURE.md").read_text("utf-8")
    assert len(text.splitlines()) < 150
    for path in (root / "kitgen").iterdir():
        if path.suffix == ".py" and not path.name.startswith("__"):
            assert f"`{path.stem}`" in text, path.stem
