"""Incremental equals clean: after any history the tree is that of a clean build of the same data."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from harness import SLUG, KitProject, tree_digests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

EDITION = f"scheme/{SLUG}/2024"
Step = Callable[[KitProject, random.Random], None]


def reword(project: KitProject, draw: random.Random) -> None:
    path = project.edition / "scheme.yaml"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    texts = [number for number, line in enumerate(lines) if line.strip().startswith("text:")]
    number = draw.choice(texts)
    lines[number] = lines[number].rstrip().removesuffix('"') + f' {draw.randint(1, 9)}"\n'
    path.write_text("".join(lines), "utf-8")


def reword_question(project: KitProject, draw: random.Random) -> None:
    path = draw.choice(sorted(project.edition.glob("questions/*.yaml")))
    lines = path.read_text("utf-8").splitlines(keepends=True)
    texts = [number for number, line in enumerate(lines) if line.startswith("    text:")]
    number = draw.choice(texts)
    lines[number] = lines[number].rstrip().removesuffix('"') + f' {draw.randint(1, 9)}"\n'
    path.write_text("".join(lines), "utf-8")


def drop_question(project: KitProject, draw: random.Random) -> None:
    path = draw.choice(sorted(project.edition.glob("questions/*.yaml")))
    head, *questions = path.read_text("utf-8").split("\n  - id:")
    if len(questions) > 1:
        del questions[draw.randrange(len(questions))]
        path.write_text("\n  - id:".join([head, *questions]).rstrip() + "\n", "utf-8")


def give_number(project: KitProject, draw: random.Random) -> None:
    path = project.edition / "scheme.yaml"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    number = next(index for index, line in enumerate(lines) if line.startswith("number:"))
    lines[number] = draw.choice(["number:\n", 'number: "SKM/1"\n', 'number: "SKM/2"\n'])
    path.write_text("".join(lines), "utf-8")


def comment(project: KitProject, draw: random.Random) -> None:
    path = project.edition / "scheme.yaml"
    path.write_text(f"# catatan {draw.random()}\n" + path.read_text("utf-8"), "utf-8")


def retitle_form(project: KitProject, draw: random.Random) -> None:
    path = project.root / "templates/forms.yaml"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    titles = [number for number, line in enumerate(lines) if line.strip().startswith("title:")]
    number = draw.choice(titles)
    lines[number] = lines[number].rstrip().removesuffix('"') + f' {draw.randint(1, 9)}"\n'
    path.write_text("".join(lines), "utf-8")


def delete_some(project: KitProject, draw: random.Random) -> None:
    for path in sorted(project.output.rglob("*.*x")):
        if draw.random() < 0.2:
            path.unlink()


def delete_index(project: KitProject, draw: random.Random) -> None:
    for path in project.output.glob("manifest.json"):
        path.unlink()


def build_part(project: KitProject, draw: random.Random) -> None:
    choice = draw.choice([("--unit", "M.702090.003.01"), ("--form", "FR.APL.02"), ("--form", "Lembar Skor")])
    project.build(*choice)


def leave_aside(project: KitProject, draw: random.Random) -> None:
    for path in list(project.output.rglob("*.docx"))[:1]:
        path.with_name(f".kitgen-{path.name}").write_bytes(b"PK half")


STEPS: list[Step] = [reword, reword_question, drop_question, give_number, comment, retitle_form, delete_some, delete_index,
                     build_part, leave_aside]  # fmt: skip


@pytest.mark.usefixtures("compiled_once")
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(range(len(STEPS))), min_size=2, max_size=6), seed=st.integers(0, 10_000))
def test_any_history_ends_in_the_tree_of_a_clean_build(
    root: Path, tmp_path_factory: pytest.TempPathFactory, steps: list[int], seed: int
) -> None:
    """Edits of data and forms, deletions, a lost index, builds of parts: the full build makes it all as if made at once."""
    folder = tmp_path_factory.mktemp("history")
    project = KitProject.copy_of(root, folder / "proyek")
    draw = random.Random(seed)
    project.build("--unit", "M.702090.003.01")
    for number in steps:
        STEPS[number](project, draw)
        if draw.random() < 0.5:
            project.build()
    project.build()
    clean = KitProject(folder / "bersih")
    for name in ("scheme", "templates"):
        shutil.copytree(project.root / name, clean.root / name)
    clean.build()
    assert tree_digests(project.root / "output") == tree_digests(clean.root / "output")
    before = project.tree()
    project.build()
    assert project.tree() == before
    shutil.rmtree(folder)
