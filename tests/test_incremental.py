"""Incremental equals clean: whatever was done before, a full build gives the tree of a clean build of the same data."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from harness import ROOT, SLUG, KitProject, edit_by_hand
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.usefixtures("compiled_once")

INDEX = f"{SLUG}/2024/manifest.json"


class History:
    """A project to which things happen; each step takes one number that says to what and how."""

    def __init__(self, project: KitProject) -> None:
        self.project = project
        self.scheme: Any = yaml.load((project.edition / "scheme.yaml").read_text("utf-8"), yaml.BaseLoader)
        self.forms = project.forms()
        self.declared = dict(self.forms)
        self.edited: dict[str, bytes] = {}
        scenes = (yaml.safe_load(path.read_text("utf-8")) for path in project.edition.glob("scenarios/*.yaml"))
        self.with_cues = {code for scene in scenes for code in scene["units"]}

    def save(self) -> None:
        text = yaml.dump(self.scheme, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=10_000)
        (self.project.edition / "scheme.yaml").write_text(text, "utf-8")
        self.project.write_forms(self.forms)

    def unit(self, number: int) -> Any:
        return self.scheme["units"][number % len(self.scheme["units"])]

    def questions(self, number: int) -> tuple[Path, list[str]]:
        files = sorted(self.project.edition.glob("questions/*.yaml"))
        path = files[number % len(files)]
        return path, path.read_text("utf-8").splitlines()

    def document(self, number: int) -> Path | None:
        found = sorted(path for path in self.project.output.rglob("*.*x") if path.name[0] != ".")
        return found[number % len(found)] if found else None

    # What may happen

    def reword_a_criterion(self, number: int) -> None:
        elements = self.unit(number)["elements"]
        criteria = elements[number % len(elements)]["criteria"]
        criteria[number % len(criteria)]["text"] = f"Langkah ke-{number} & <lain> dicatat"

    def reword_a_question(self, number: int) -> None:
        path, lines = self.questions(number)
        texts = [index for index, line in enumerate(lines) if line.startswith("    text:")]
        chosen = texts[number % len(texts)]
        lines[chosen] = lines[chosen].rstrip().removesuffix('"') + f' {number}"'
        path.write_text("\n".join(lines) + "\n", "utf-8")

    def drop_a_question(self, number: int) -> None:
        path, lines = self.questions(number)
        starts = [*(index for index, line in enumerate(lines) if line.startswith("  - id:")), len(lines)]
        if len(starts) > 2:
            chosen = number % (len(starts) - 1)
            del lines[starts[chosen] : starts[chosen + 1]]
            path.write_text("\n".join(lines) + "\n", "utf-8")

    def retitle_a_unit(self, number: int) -> None:
        self.unit(number)["title"] = f"Judul {number}"

    def add_a_criterion(self, number: int) -> None:
        if self.unit(number)["code"] not in self.with_cues:
            element = self.unit(number)["elements"][-1]
            name = f"{element['number']}.{len(element['criteria']) + 1}"
            element["criteria"].append(_Added(number=name, text=f"Tambahan {number} dilakukan"))

    def take_out_an_added_criterion(self, number: int) -> None:
        for unit in self.scheme["units"]:
            if isinstance(unit["elements"][-1]["criteria"][-1], _Added):
                unit["elements"][-1]["criteria"].pop()
                return

    def number_the_scheme(self, number: int) -> None:
        self.scheme["number"] = f"SKM/{number}" if number % 3 else ""

    def turn_a_cluster_round(self, number: int) -> None:
        clusters = self.scheme["clusters"]
        clusters[number % len(clusters)]["units"].reverse()

    def retitle_a_form(self, number: int) -> None:
        code = sorted(self.forms)[number % len(self.forms)]
        self.forms[code] = {**self.forms[code], "title": f"Judul formulir {number}"}

    def take_a_form_out_or_bring_it_back(self, number: int) -> None:
        code = sorted(self.declared)[number % len(self.declared)]
        if code not in self.forms:
            self.forms[code] = self.declared[code]
        elif len(self.forms) > 1:
            del self.forms[code]

    def delete_a_document(self, number: int) -> None:
        path = self.document(number)
        if path is not None:
            path.unlink()
            self.edited.pop(path.relative_to(self.project.root / "output").as_posix(), None)

    def edit_a_document(self, number: int) -> None:
        path = self.document(number)
        if path is not None and path.suffix == ".docx":
            edit_by_hand(path, "<w:body>", f"<w:body><w:p><w:r><w:t>Catatan {number}</w:t></w:r></w:p>")
            self.edited[path.relative_to(self.project.root / "output").as_posix()] = path.read_bytes()

    def leave_half_a_file(self, number: int) -> None:
        path = self.document(number)
        if path is not None:
            path.with_name(f".kitgen-{path.name}").write_bytes(b"PK\x03\x04 setengah")

    def lose_the_index(self, number: int) -> None:
        path = self.project.root / "output" / INDEX
        if number % 2:
            path.unlink(missing_ok=True)
        elif path.exists():
            path.write_bytes(path.read_bytes()[: number % 500])

    def build_one_unit(self, number: int) -> None:
        self.project.build("--unit", self.unit(number)["code"])

    def build_one_form(self, number: int) -> None:
        self.project.build("--form", sorted(self.forms)[number % len(self.forms)])

    def build_all(self, number: int) -> None:
        self.project.build()


class _Added(dict[str, str]):
    """A criterion a step added, which another may take out."""


class _Plain(yaml.SafeDumper):
    """Writes equal lists twice rather than once with an alias."""

    def ignore_aliases(self, data: object) -> bool:
        return True


_Plain.add_representer(_Added, lambda dumper, data: dumper.represent_dict(data))
HAPPENINGS: list[Callable[[History, int], None]] = [
    step
    for name, step in vars(History).items()
    if callable(step) and name not in ("__init__", "save", "unit", "questions", "document")
]


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> KitProject:
    """A project with a form of each kind, built; without the data in which every criterion must stand."""
    project = KitProject.copy_of(ROOT, tmp_path_factory.mktemp("finished") / "proyek").one_form_of_each_kind()
    left_out = [
        *project.edition.glob("scenarios/[!K]*.yaml"),
        *map(project.edition.joinpath, ("methods.yaml", "papers.yaml")),
    ]
    for path in left_out:
        path.unlink()
    for path in project.edition.glob("questions/*.yaml"):  # a question that goes may be named by another
        lines = path.read_text("utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if "apart_from:" not in line), "utf-8")
    tasks = project.edition / "tasks.yaml"
    tasks.write_text(tasks.read_text("utf-8").partition("activities:")[0], "utf-8")
    return project.build()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(HAPPENINGS), st.integers(0, 999)), min_size=2, max_size=9))
def test_after_any_history_a_full_build_equals_a_clean_one(
    finished: KitProject, tmp_path: Path, steps: list[tuple[Callable[[History, int], None], int]]
) -> None:
    """Edited documents are as people left them; every other file is that of a clean build, and nothing is left to do."""
    for name in ("proyek", "bersih"):
        shutil.rmtree(tmp_path / name, ignore_errors=True)
    history = History(finished.copy_to(tmp_path / "proyek"))
    for step, number in steps:
        step(history, number)
        history.save()
    tree = history.project.build().tree()
    clean = KitProject.copy_of(history.project.root, tmp_path / "bersih").build().tree()
    for path, content in history.edited.items():
        assert (history.project.root / "output" / path).read_bytes() == content
    theirs = {*history.edited, INDEX}
    made = {path: digest for path, digest in tree.items() if path not in theirs and "(terbaru" not in path}
    assert made == {path: digest for path, digest in clean.items() if path not in theirs}
    if not history.edited:
        assert tree == clean
    history.project.run("plan", "--check")


def test_every_happening_changes_something(finished: KitProject, tmp_path: Path) -> None:
    """The steps do what they are called: none of them passes the test above by doing nothing."""
    for number, step in enumerate(HAPPENINGS):
        history = History(finished.copy_to(tmp_path / f"proyek {number}"))
        if step is History.take_out_an_added_criterion:
            history.add_a_criterion(0)
        if step in (History.build_all, History.build_one_form, History.build_one_unit):
            shutil.rmtree(history.project.root / "output")
        history.save()
        before = _state(history.project)
        step(history, 1)
        history.save()
        assert _state(history.project) != before, step.__name__


def _state(project: KitProject) -> list[tuple[Path, bytes]]:
    return [(path, path.read_bytes()) for path in sorted(project.root.rglob("*")) if path.is_file()]
