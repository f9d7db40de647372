"""A run carries what it loaded: the list of forms and the identity of the LSP are read once, whatever asks for them."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from harness import ROOT, SLUG, KitProject

from kitgen.cli import cli
from kitgen.documents.build import build
from kitgen.documents.status import status
from kitgen.load import forms, identity

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> KitProject:
    """A project of one form and one event, built."""
    project = KitProject.copy_of(ROOT, tmp_path_factory.mktemp("sekali") / "proyek").keep_forms(("FR.APL.02",))
    project.run("event", "new", "coba", "--sample")
    return project.build().build("--event", "coba")


@pytest.mark.parametrize(
    "arguments",
    [
        ("plan", "--form", "FR.APL.02"), ("build",), ("verify",), ("explain",), ("upgrade",),
        ("archive",), ("diff", "2024", "2024"), ("edition", "new", SLUG, "2031"),
        ("scheme", "draft", "--dry-run"), ("build", "--event", "coba"), ("verify", "--event", "coba"),
        ("template", "reset", "FR.APL.02", "FR.AK.01"), ("template", "status"), ("template", "preview", "FR.APL.02"),
        ("event", "new", "baru", "--sample"), ("event", "check", "coba"), ("event", "results", "coba"),
    ],
)  # fmt: skip
def test_each_file_is_read_once(
    built: KitProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    """Of `forms.yaml` and `identity.yaml` of the project, in every kind of run."""
    project = built.copy_to(tmp_path / "proyek")
    read: Counter[Path] = Counter()
    open_yaml = forms.open_yaml

    def noted(path: Path, *others: Any) -> Any:
        read[path] += 1
        return open_yaml(path, *others)

    monkeypatch.setattr(forms, "open_yaml", noted)
    monkeypatch.setattr(identity, "open_yaml", noted)
    document = next((project.root / "output").rglob("*APL.02*.docx"))
    more = {
        ("explain",): [str(document)], ("archive",): [str(tmp_path / "arsip.zip")],
        ("template", "preview", "FR.APL.02"): [str(tmp_path / "contoh.docx")],
    }.get(arguments, [])  # fmt: skip
    run = CliRunner().invoke(cli, ["-C", str(project.root), *arguments, *more], catch_exceptions=False)
    assert run.exit_code < 2, run.output
    assert read and set(read.values()) == {1}, read


@pytest.mark.parametrize("arguments", [("build",), ("build", "--event", "coba"), ("plan", "--form", "FR.APL.02")])
def test_documents_are_judged_once(
    built: KitProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    """A run goes one way: what stands how is worked out, written and told, and not asked again."""
    project = built.copy_to(tmp_path / "proyek")
    next((project.root / "output").rglob("*APL.02*.docx")).unlink()
    asked: list[object] = []
    real = status.status_of

    def noted(*given: Any, **named: Any) -> Any:
        asked.append(given)
        return real(*given, **named)

    monkeypatch.setattr(status, "status_of", noted)
    monkeypatch.setattr(build, "status_of", noted)
    project.run(*arguments)
    assert len(asked) == 1
