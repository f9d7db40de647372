"""Incremental equals clean: whatever was done before, a full build gives the tree of a clean build of the same data."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from examples import examples
from harness import KitProject
from history import HAPPENINGS, History, small_project
from hypothesis import HealthCheck
from hypothesis.stateful import run_state_machine_as_test

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork"),
]


@pytest.fixture(scope="module", autouse=True)
def first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KitProject]:
    """What every history begins with; copies for speed and notes of builds are kept, as they are for people."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KITGEN_CACHE", str(tmp_path_factory.mktemp("salinan")))
        History.start = small_project(tmp_path_factory.mktemp("first") / "proyek")
        History.start.build().build("--event", "contoh")
        yield History.start


def test_after_any_history_a_full_build_equals_a_clean_one() -> None:
    """Files people edited are as they left them; every other file is that of a clean build, and nothing is left to do."""
    few = examples(10, dev=2, stateful_step_count=16, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(History, settings=few)


def test_what_people_edited_goes_with_a_scenario_that_is_called_otherwise() -> None:
    """A history of two steps: between them nothing is built, so that the document is edited under its old name."""
    history = History()
    history.retell_a_scenario(number=999)
    edited = next(path for path in history.documents(".docx") if " KEL-01 " in path.name and "contoh" in path.parts)
    history.edit_a_document(number=history.documents(".docx").index(edited))
    assert history.name(edited) in history.kept
    history.teardown()
    assert not edited.exists()


def test_every_happening_changes_something() -> None:
    """The steps do what they are called: none of them passes the test above by doing nothing."""
    for step in HAPPENINGS:
        history = History()
        if step.__name__ == "take_out_an_added_criterion":
            history.add_a_criterion(number=0)
        if step.__name__ == "swap_an_edited_document_for_the_new_one":
            history.edit_a_document(number=1)
        if "build" in step.__name__:
            shutil.rmtree(history.output)
        before = _state(history.project)
        step(history, 1)
        assert _state(history.project) != before, step.__name__
        shutil.rmtree(history.folder)


def _state(project: KitProject) -> list[tuple[Path, bytes]]:
    return [(path, path.read_bytes()) for path in sorted(project.root.rglob("*")) if path.is_file()]
