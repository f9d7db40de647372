"""What is missing is missing: told in one line, the same by every command; observation counts by itself."""

from pathlib import Path

import pytest
from file_names import named
from small_scheme import CUT, SEW, small_project

WATCHED = "units:\n" + "".join(
    f'  - unit: "{code}"\n    criteria:\n'
    + "".join(f'      - {{criterion: "{number}", primary: "observed"}}\n' for number in numbers)
    for code, numbers in ((CUT, ("1.1", "1.2")), (SEW, ("1.1", "1.2", "2.1")))
)
CHECKLIST = 'clusters:\n  - cluster: 1\n    instruments:\n      - {form: "FR.IA.01", backgrounds: [1, 2, 3, 4, 5]}\n'


def test_observation_alone_can_be_released(tmp_path: Path) -> None:
    """The checklist serves what is observed: check has nothing to say, all is proven, the edition is released."""
    project = small_project(tmp_path, methods=WATCHED + CHECKLIST).run("check")
    assert "no problems" in project.said
    (report,) = project.json("check")
    assert report["gaps"] == 0 and {row["checklists"] for row in report["coverage"]} == {1}
    project.build().run("verify")
    (verified,) = project.json("verify")
    assert verified["proven"] and verified["findings"] == [] and {kit["gaps"] for kit in verified["kits"]} == {0}
    project.run("edition", "release", "penjahit-rekaan", "2026")


def test_what_nothing_serves_is_a_line_for_each_unit(tmp_path: Path) -> None:
    """Asked aloud, but no question there: one warning for each unit, the same from check and release."""
    oral = WATCHED.replace("observed", "oral") + CHECKLIST.replace("FR.IA.01", "FR.IA.07")
    project = small_project(tmp_path, methods=oral).run("check")
    lines = [line for line in project.said.splitlines() if "nothing serves" in line]
    assert lines == [
        f"warning: nothing serves KUK 1.1, 1.2 of unit {CUT} for their primary method (lisan)",
        f"warning: nothing serves KUK 1.1, 1.2, 2.1 of unit {SEW} for their primary method (lisan)",
    ]
    project.run("edition", "release", "penjahit-rekaan", "2026", expect=1)
    assert [line.replace("error", "warning") for line in project.said.splitlines() if "nothing serves" in line] == lines


@pytest.mark.parametrize("command", [("check",), ("plan",), ("build", "--form", "FR.APL.02"), ("verify", "--json")])
@pytest.mark.parametrize("identity", [None, 'city: "Kota Rekaan"\n'])
def test_a_missing_identity_is_told_in_one_line(tmp_path: Path, command: tuple[str, ...], identity: str | None) -> None:
    """By every command that reads the data, whether the file is there or not."""
    project = small_project(tmp_path, identity, methods=WATCHED + CHECKLIST)
    project.run(*command, expect=1 if command[0] == "verify" else 0)
    told = "the LSP has not said who it is yet: nama LSP, nomor lisensi, alamat LSP"
    assert project.last is not None and project.last.stderr.count(told) == 1
    assert project.last.stderr.count("scheme/identity.yaml") == 1
    project.run("edition", "release", "penjahit-rekaan", "2026", expect=1)
    assert project.said.count(told) == 1


def test_methods_for_some_criteria_are_taken(tmp_path: Path) -> None:
    """One warning names the others; the forms are made; a release needs all."""
    some = f'units:\n  - unit: "{CUT}"\n    criteria:\n      - {{criterion: "1.2", primary: "observed"}}\n'
    project = small_project(tmp_path, methods=some).run("check")
    assert f"4 criteria (KUK) without a method yet: {CUT} 1.1; {SEW} (all)" in project.said
    assert project.said.count("warning:") == 1
    project.build("--form", "FR.IA.01")
    assert "Kain dipotong sesuai pola" in project.text(
        named("penjahit-rekaan/2026/Skema Lengkap/3 Untuk Asesor/10 FR.IA.01.docx")
    )
    project.run("edition", "release", "penjahit-rekaan", "2026", expect=1)
    assert "without a method yet" in project.said


def test_a_task_that_is_only_begun_is_taken(tmp_path: Path) -> None:
    """A title without a situation, a part without an output: one line, and the form leaves room."""
    begun = (
        f'tasks:\n  - id: "TPD-1"\n    cluster: 1\n    title: "Menjahit baju"\n    parts:\n      - unit: "{SEW}"\n'
        '        title: "Baju"\nactivities:\n  - id: "DIT-1"\n    cluster: 1\n    title: "Proyek"\n'
    )
    project = small_project(tmp_path, tasks=begun).run("check")
    assert "6 texts not written yet" in project.said and "`situation`" in project.said
    assert f"no aspect of activity DIT-1 is about KUK {CUT} (all); {SEW} (all)" in project.said
    project.build("--form", "FR.IA.02")
    assert "Menjahit baju" in project.text(named("penjahit-rekaan/2026/Skema Lengkap/2 Untuk Asesi/11 FR.IA.02.docx"))


def test_a_scenario_that_is_only_begun_is_taken(tmp_path: Path) -> None:
    """An id, units and a channel are enough to begin with."""
    project = small_project(tmp_path)
    folder = tmp_path / "scheme" / "penjahit-rekaan" / "2026" / "scenarios"
    folder.mkdir()
    (folder / "JHT-01.yaml").write_text(
        f'id: "JHT-01"\nunits: ["{SEW}"]\nchannel: "tatap muka"\nscenes:\n  - {{id: "ukur", minutes: 5}}\n'
        'cues:\n  - {criterion: "2.1", scene: "ukur", trigger: "Pelanggan datang"}\n', "utf-8")  # fmt: skip
    project.run("check")
    assert f"this scenario has no cue for KUK {SEW} 1.1, 1.2" in project.said
    assert project.said.count("texts not written yet") == 1
    project.build()
    project.run("edition", "release", "penjahit-rekaan", "2026", expect=1)
    assert "texts not written yet" in project.said
