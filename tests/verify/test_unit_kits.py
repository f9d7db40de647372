"""The kit of one unit does not speak of papers it does not hold: read off its finished files."""

import re

import pytest
from harness import KitProject

pytestmark = pytest.mark.slow

FORM = re.compile(r"FR\.[A-Z]+\.\d\d[A-C]?")
SCENARIO = re.compile(r"(?<![-\w])(?:KEL|LYN|PMS|INT)-\d\d\b")
MAP = "06 FR.MAPA.02"
"""Lists all twelve instruments there are; what it ticks is looked at by itself."""


def test_every_paper_a_unit_kit_speaks_of_is_in_it(shipped_kit: KitProject) -> None:
    """Each form and each role play named on any page of a unit's kit has a document in that kit."""
    kits = [path for path in (shipped_kit.output / "Per Unit").iterdir() if path.is_dir()]
    assert len(kits) > 1
    for kit in kits:
        files = [path for path in kit.rglob("*.*x") if not path.name.startswith(".")]
        held = {found[0] for path in files if (found := FORM.search(path.name))}
        played = {found[0] for path in files if (found := SCENARIO.search(path.name))}
        for path in files:
            for line in shipped_kit.text(path.relative_to(shipped_kit.root / "output").as_posix()).splitlines():
                if MAP in path.name and "☒" not in line:
                    continue
                for form in FORM.findall(line):
                    assert any(each.startswith(form) for each in held), f"{kit.name}, {path.name}: {line[:120]}"
                for scenario in SCENARIO.findall(line):
                    assert scenario in played, f"{kit.name}, {path.name}: {line[:120]}"
