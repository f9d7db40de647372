"""One more audience and one more kind of question, each by a row of its table alone: folders, packs, parcels, counts."""

import json
import subprocess
import sys
from typing import Any

import pytest
from harness import ROOT

WITH_ROWS = ROOT / "tests/support/made_up_rows.py"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a house with both rows makes of a small project, told by a process of its own."""
    line = [sys.executable, "-W", "error", str(WITH_ROWS), str(tmp_path_factory.mktemp("baris"))]
    run = subprocess.run(line, capture_output=True, text=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stderr
    return dict(json.loads(run.stdout))


def test_its_documents_lie_in_its_folder(told: dict[str, Any]) -> None:
    """That of the kit, and another one of the event; the page of each tells what lies there."""
    assert {"5 Pengawas/27 Hadir Pengawas.docx", "5 Pengawas/30 Matriks Pengawas.xlsx"} <= set(told["kit"])
    assert "6 Pengawas/27 Hadir Pengawas.docx" in told["event"]
    assert "<h2>5 Pengawas</h2>\n<p>Dipegang pengawas ujian.</p>" in told["page"]
    assert "<h2>6 Pengawas</h2>\n<p>Dipegang pengawas ujian.</p>" in told["event page"]


def test_it_has_a_pack_and_a_parcel_of_its_own(told: dict[str, Any]) -> None:
    """One for all who are called so, with nothing of anybody else's; nobody else holds what is theirs."""
    holding = {path: codes for path, codes in told["packs"].items() if "Hadir Pengawas" in codes}
    assert holding == {"Paket Cetak/3 Adegan dan Observasi/Paket Cetak 6 Pengawas.pdf": ["Hadir Pengawas"]}
    zips = [path for path in told["event"] if path.endswith(".zip")]
    assert zips == [f"Serah Terima/01/{name}.zip" for name in ("3 Untuk Asesi", "6 Pengawas", "9 KUNCI - RAHASIA")]


def test_it_may_not_see_what_its_row_does_not_open(told: dict[str, Any]) -> None:
    """Model answers are for assessors and those who keep the keys."""
    assert "`paper.questions.model_answer`, which must not be seen in `5 Pengawas`" in told["leak"]


def test_what_it_holds_is_hidden_from_candidates(told: dict[str, Any]) -> None:
    """The page shows neither its documents nor its zip before somebody opens what is secret."""
    assert {"27 Hadir Pengawas.docx", "6 Pengawas.zip", "16b Kunci Jodoh Paket A - KP 1.docx"} <= set(told["hidden"])
    assert "16a Soal Jodoh Paket A - KP 1.docx" not in told["hidden"]


def test_papers_of_the_kind_are_drawn(told: dict[str, Any]) -> None:
    """Its questions stand on a paper for candidates, the answers with the keys; before there were any, it was told so."""
    assert "no questions of the kind menjodohkan" in told["lacks"] and "no Soal Jodoh, Kunci Jodoh" in told["lacks"]
    assert [path for path in told["kit"] if "Jodoh" in path] == [
        "2 Untuk Asesi/16a Soal Jodoh Paket A - KP 1.docx", "9 KUNCI - RAHASIA/16b Kunci Jodoh Paket A - KP 1.docx",
    ]  # fmt: skip
    assert told["paper"].count("Jodohkan C.14REK01.") == 3
    assert 'name="Menjodohkan"' in told["sheets"] and "3 unchanged" in told["imported"]
    candidates = [codes for path, codes in told["packs"].items() if "/3 Untuk Asesi/" in path]
    assert candidates and all(codes == ["Soal Jodoh"] for codes in candidates)


def test_the_kind_is_counted_where_evidence_is(told: dict[str, Any]) -> None:
    """For programs, on screen, on the page, in minutes, and in templates by its word; what it proves is no gap."""
    assert [(row["matching"], row["gap"]) for row in told["coverage"]] == [(1, False)] * 5
    head, *rows = [line for line in told["check"].splitlines() if line.startswith(("unit", "C.14REK01"))]
    place = head.index("menjodohkan") + len("menjodohkan") - 1
    assert [row[place] for row in rows] == ["1"] * 5
    assert ["matching", "menjodohkan"] in told["columns"]
    assert "menjodohkan                  9         0  3 soal" in told["minutes"]
    assert told["matrix"].count("\n1\n=SUM(G") == 5
