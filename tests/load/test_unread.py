"""Data that are called otherwise are told, not left out without a word; and texts that only seem to be there."""

from pathlib import Path

from small_scheme import CUT, SMALL, small_project

from kitgen.base.errors import Findings
from kitgen.base.project import EditionName, Project
from kitgen.load.edition.edition import load_edition

BANK = f"""\
unit: "{CUT}"
questions:
  - id: "PG-001-01"
    kind: "multiple_choice"
    criteria: ["1.1"]
    difficulty: "easy"
    text: "Kain apa yang dipotong?"
    options:
      - text: "Katun"
        rationale: "Tepat."
      - text: "Sutra"
        rationale: "Keliru."
      - text: "Wol"
        rationale: "Keliru."
    key: "a"
"""


def told(root: Path) -> list[tuple[str, str, str]]:
    """What is said of the small scheme's files: severity, file below the edition, message."""
    findings = Findings()
    load_edition(Project(root, root / "templates"), EditionName(SMALL, "2026"), (), findings)
    return [
        (each.severity, each.place.file.rpartition("/2026/")[2] if each.place else "", str(each.message))
        for each in findings.diagnostics
    ]


def folder(root: Path) -> Path:
    return small_project(root).root / "scheme" / SMALL / "2026"


def test_files_of_other_names_are_told(tmp_path: Path) -> None:
    edition = folder(tmp_path)
    (edition / "questions").mkdir()
    for name in ("methods.yml", "methodes.yaml", "Tasks.yaml", "questions/001.yml"):
        (edition / name).write_text("x: 1\n")
    (edition / "scenarios").write_text("")
    said = [each for each in told(tmp_path) if "not read" in each[2] or "folder" in each[2]]
    unread = "this is not read: no data of an edition are called so"
    assert sorted(said) == [
        ("error", "scenarios", "a folder is expected here, not a file"), ("warning", "Tasks.yaml", unread),
        ("warning", "methodes.yaml", unread), ("warning", "methods.yml", unread),
        ("warning", "questions/001.yml", unread),
    ]  # fmt: skip


def test_what_an_edition_may_hold_is_not_told(tmp_path: Path) -> None:
    edition = folder(tmp_path)
    for name in ("catatan.txt", ".methods.yaml", "import-report.txt"):
        (edition / name).write_text("x")
    (edition / "questions").mkdir()
    (edition / "questions/001.yaml").write_text(BANK)
    assert not [each for each in told(tmp_path) if "not read" in each[2]]


def test_a_text_of_signs_nobody_sees_and_a_question_apart_from_itself(tmp_path: Path) -> None:
    questions = folder(tmp_path) / "questions"
    questions.mkdir()
    (questions / "001.yaml").write_text(BANK.replace('"Sutra"', '"\u200b\xad"'), "utf-8")
    assert ("error", "questions/001.yaml", "a text is missing here") in told(tmp_path)
    (questions / "001.yaml").write_text(BANK.replace('    key: "a"', '    apart_from: ["PG-001-01"]\n    key: "a"'))
    assert ("error", "questions/001.yaml", "question PG-001-01 is kept apart from itself") in told(tmp_path)
