"""Several that write at once: each is done or told that somebody else works, and nothing is lost or left."""

import sys
from pathlib import Path

import pytest
from history import small_project
from writers import round_of_three

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the fake LibreOffice is a script")


def test_three_writers_at_once(tmp_path: Path) -> None:
    """One round here, twenty in `bench/writers.py`: a purge and two others, no name left, the rest as it should be."""
    ends = round_of_three(small_project(tmp_path / "proyek").build("--event", "contoh"), tmp_path, 1)
    assert len(ends) == 3
