"""Many events in one command: what each alone would make, one report, data and templates once, no fault stops others."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from event_books import set_cells
from event_cases import NAME
from fake_office import FakeOffice
from harness import KitProject, command, plain

from kitgen.documents.status import shared_inputs, templates

pytestmark = pytest.mark.slow

EVENTS = ("contoh", "kedua", "ketiga")
FORMS = {"FR.APL.01", "FR.AK.01", "Daftar Hadir", "Rekap Jadwal"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, root: Path) -> KitProject:
    """Three events of one edition, each with a secret of its own, not built."""
    project = KitProject.copy_of(root, tmp_path_factory.mktemp("banyak") / "proyek")
    for number, name in enumerate(EVENTS):
        home = project.root / "events" / name
        home.mkdir(parents=True)
        shutil.copy(root / "events" / NAME / "jadwal.xlsx", home)
        (home / "kunci-kode-dokumen.txt").write_text(f"{f'{number}a' * 32}\n", "ascii")
    return project.keep_forms(FORMS)


@pytest.fixture(scope="module")
def one_by_one(made: KitProject, tmp_path_factory: pytest.TempPathFactory) -> KitProject:
    """The same with each event built by a command of its own."""
    project = made.copy_to(tmp_path_factory.mktemp("satu") / "proyek")
    for name in EVENTS:
        project.build("--event", name)
    return project


@pytest.fixture
def project(made: KitProject, tmp_path: Path) -> KitProject:
    return made.copy_to(tmp_path / "proyek")


def damaged(project: KitProject, name: str = "kedua") -> KitProject:
    (project.root / "events" / name / "jadwal.xlsx").write_bytes(b"no workbook")
    return project


def lines(project: KitProject) -> dict[str, list[str]]:
    """The report: what stands in the line of each event."""
    assert project.last is not None
    rows = [line.split() for line in plain(project.last.stdout).splitlines() if line.strip()]
    return {row[0]: row[1:] for row in rows}


@pytest.mark.parametrize("named", [("--all-events",), tuple(f for name in EVENTS for f in ("--event", name))])
def test_many_events_are_what_each_alone_would_be(
    project: KitProject, one_by_one: KitProject, named: tuple[str, ...]
) -> None:
    """Equal trees, byte for byte; one line each and a sum; the next step names the same events."""
    project.build(*named)
    assert project.tree() == one_by_one.tree()
    report = lines(project)
    assert all(report[name][0] == report[name][1] != "0" for name in EVENTS)
    assert report["3"][1:3] == [str(3 * int(report["kedua"][0]))] * 2
    assert project.last is not None
    assert f"`kitgen pack {' '.join(named)}`" in plain(project.last.stderr).splitlines()[-1]
    project.build(*named)
    assert lines(project)["kedua"][:3] == [report["kedua"][0], "0", report["kedua"][0]]


def test_data_are_read_and_templates_compiled_once(project: KitProject, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three events of an edition cost its data once and each template once."""
    read: list[object] = []
    compiled: list[object] = []
    load, compile_one = shared_inputs.load_data, templates.compile_template

    def noted_load(*arguments: Any) -> Any:
        read.append(arguments)
        return load(*arguments)

    def noted_compile(path: Path, *arguments: Any, **named: Any) -> Any:
        compiled.append(path)
        return compile_one(path, *arguments, **named)

    monkeypatch.setattr(shared_inputs, "load_data", noted_load)
    monkeypatch.setattr(templates, "compile_template", noted_compile)
    project.build("--all-events")
    assert len(read) == 1
    assert sorted(compiled) == sorted(set(compiled)) and len(compiled) == len(FORMS)


def test_copies_of_the_process_make_the_same(project: KitProject, one_by_one: KitProject) -> None:
    """Those that were given compiled templates make what one makes that compiled for itself."""
    run = command("-C", project.root, "build", "--all-events", "--jobs", "3")
    told = run.communicate(timeout=120)
    assert run.returncode == 0, told
    assert project.tree() == one_by_one.tree()


def test_a_failing_event_stops_no_other(project: KitProject, one_by_one: KitProject) -> None:
    """It is told with its place, once, and the command ends with 1; the others are made."""
    damaged(project).build("--all-events", expect=1)
    assert lines(project)["kedua"][0] == "failed;"
    assert "events/kedua/jadwal.xlsx" in project.said and "1 event failed: kedua" in project.said
    assert "next: mend what is told above" in project.said
    others = {path: file for path, file in one_by_one.tree().items() if "/kedua/" not in path}
    assert project.tree() == others


def test_what_is_wrong_with_the_scheme_is_told_once(project: KitProject) -> None:
    """A template with a fault fails every event that needs it, and is told by one message."""
    project.edit_template("docx/FR.AK.01.docx", "scheme.title", "scheme.titel")
    project.build("--all-events", expect=1)
    assert "\n1 error\n3 events failed" in project.said
    assert project.tree() == {}


def test_an_event_that_is_not_there_is_told(project: KitProject) -> None:
    """By name, with the nearest one; the other is made."""
    project.build("--event", "contoh", "--event", "kedau", expect=1)
    assert "kedua" in project.said and lines(project)["contoh"][1] != "0"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("build", "--all-events", "--event", "contoh"), "does not go with --event"),
        (("build", "--all-events", "--unit", "X"), "does not go with --unit"),
        (("build", "--all-events", "--replace", "x"), "--replace goes with one event"),
        (("pack", "--all-events", "--since", "1"), "--since goes with one event"),
        (("pdf",), "name documents"),
        (("pdf", "x.docx", "--all-events"), "do not go with"),
    ],
    ids=" ".join,
)
def test_what_does_not_go_together_is_told(project: KitProject, arguments: tuple[str, ...], told: str) -> None:
    """As wrong usage, before anything is done."""
    project.run(*arguments, expect=2)
    assert told in " ".join(project.said.split())


def test_a_project_without_events_is_told(project: KitProject) -> None:
    """All of none is a mistake."""
    shutil.rmtree(project.root / "events")
    project.build("--all-events", expect=1)
    assert "there are no events yet" in project.said


def test_one_event_of_all_is_reported_as_many_are(project: KitProject) -> None:
    """A program that reads the report need not know how many there are."""
    for name in EVENTS[1:]:
        shutil.rmtree(project.root / "events" / name)
    project.build("--all-events")
    assert lines(project)["contoh"][0] == lines(project)["1"][1]


def test_programs_are_told_event_by_event(project: KitProject) -> None:
    """Documents and sums of each, the sum of all, which failed; people by number."""
    damaged(project).build("--all-events", "--json", expect=1)
    assert project.last is not None
    told = json.loads(project.last.stdout)
    assert [(each["event"], each["failed"]) for each in told["events"]] == [
        ("contoh", False),
        ("kedua", True),
        ("ketiga", False),
    ]
    assert told["summary"]["events_failed"] == 1
    assert told["summary"]["documents"] == 2 * len(told["events"][0]["documents"])
    assert "Asesi Contoh" not in project.last.stdout


def test_a_plan_of_many_events_says_which_are_to_be_made(project: KitProject) -> None:
    """And ends with 1 under `--check`; afterwards nothing is left to do."""
    project.build("--event", "kedua").run("plan", "--all-events", "--check", expect=1)
    report = lines(project)
    assert report["contoh"][1] == report["contoh"][0] and report["kedua"][1] == "0"
    project.build("--all-events").run("plan", "--all-events", "--check")


def test_many_events_are_read_back(one_by_one: KitProject, tmp_path: Path) -> None:
    """Line by line as one alone; a document that is gone fails its event only."""
    project = one_by_one.copy_to(tmp_path / "proyek")
    next((project.root / "output/Jadwal/kedua").rglob("*FR.AK.01*.docx")).unlink()
    project.run("verify", "--all-events", "--json", expect=1)
    assert project.last is not None
    told = {each["edition"]: each for each in json.loads(project.last.stdout)}
    assert [told[f"Jadwal/{name}"]["kits"][0]["unread"] for name in EVENTS] == [0, 1, 0]
    project.run("verify", "--all-events", expect=1)
    alone = project.run("verify", "--event", "contoh", expect=1).said.splitlines()
    row = next(line.split() for line in alone if line.startswith("contoh "))
    assert row[1:] == [str(told["Jadwal/contoh"]["kits"][0][key]) for key in
                       ("documents", "unread", "found", "missing", "criteria", "gaps")]  # fmt: skip


def test_packs_and_pdfs_of_many_events(one_by_one: KitProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every document gets its PDF and every person a pack; a document that cannot be printed fails its event only."""
    project = one_by_one.copy_to(tmp_path / "proyek")
    monkeypatch.setenv("KITGEN_SOFFICE", str(FakeOffice(tmp_path / "kantor").path))
    project.run("pdf", "--all-events")
    documents = [path for path in (project.root / "output").rglob("*.*x") if path.suffix in (".docx", ".xlsx")]
    assert documents and all(path.with_suffix(".pdf").is_file() for path in documents)
    assert lines(project)["3"][1] == str(len(documents))
    damaged(project).run("pack", "--all-events", expect=1)
    packs = {name: list((project.root / "output/Jadwal" / name / "Paket Cetak").rglob("*.pdf")) for name in EVENTS}
    assert packs["contoh"] and len(packs["contoh"]) == len(packs["ketiga"]) and not packs["kedua"]
    project.build("--event", "contoh", "--event", "ketiga", "--pdf")
    assert lines(project)["2"][1] == lines(project)["2"][3]


def test_what_is_odd_in_two_workbooks_is_told_of_both(project: KitProject) -> None:
    """A cell that is wrong has its place, event by event."""
    for name in EVENTS[:2]:
        set_cells(project.root / "events" / name / "jadwal.xlsx", {"Jadwal!B6": "31-31-2031"})
    project.build("--all-events")
    assert all(f"events/{name}/jadwal.xlsx" in project.said for name in EVENTS[:2])
