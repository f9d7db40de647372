"""Work shared out behind an executor: in order, whoever is killed; equal trees; nothing a log shows; PDFs none lost."""

import os
import pickle
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from event_cases import NAME
from fake_office import FakeOffice, office_file
from harness import KitProject, edit_by_hand
from office import needs_office

from kitgen.base.errors import KitgenError
from kitgen.documents.build.build import build
from kitgen.documents.pdf.convert import convert
from kitgen.documents.pdf.job import Job
from kitgen.documents.status import far
from kitgen.documents.status.status import Selection
from kitgen.documents.work.crew import Crew, Here
from kitgen.documents.work.parcel import Kind, WorkerAnswer, WorkParcel, do_range
from kitgen.documents.work.places import crew_at
from kitgen.load.locate import find_project

pytestmark = pytest.mark.slow

# What workers do in these tests: it stands in a module that they can import.


def prepared(context: Any) -> Any:
    if context == "no":
        raise ValueError("Asesi Contoh 01")
    return context


def joined(context: str, job: object) -> str:
    if job == "fails":
        raise ValueError("Asesi Contoh 01")
    return f"{context} {job}"


JOINING = Kind(prepared, joined)


def dies_once(folder: str, job: int) -> int:
    """The first worker that is given 3 is killed with it, as by a system without memory."""
    mark = Path(folder) / "died"
    if job == 3 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return job * job


def always_dies(folder: str, job: int) -> int:
    if job == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return job * job


def pool(size: int = 2) -> Callable[[], ProcessPoolExecutor]:
    return partial(ProcessPoolExecutor, size, get_context("fork"))


def test_results_come_in_the_order_of_the_jobs() -> None:
    """However many are given out ahead, and by whichever executor."""
    for start, size in ((Here, 1), (pool(), 2)):
        with Crew(start, size) as crew:
            assert list(crew.results(JOINING, "a", range(40))) == [f"a {number}" for number in range(40)]


def test_jobs_are_taken_as_workers_come_to_them() -> None:
    """Neither jobs nor results pile up: a few for each worker are given out ahead."""
    taken: list[int] = []

    def jobs() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    with Crew(Here, 2) as crew:
        results = crew.results(JOINING, "a", jobs())
        next(results)
        assert len(taken) < 10


def test_a_context_travels_once_to_each_worker() -> None:
    """A worker that has none asks for it; others are given the name alone."""
    given: list[bool] = []

    class Noting(Here):
        def submit(self, fn: Callable[..., Any], /, *arguments: Any, **named: Any) -> Any:
            given.append(arguments[2] is not None)
            return super().submit(fn, *arguments, **named)

    with Crew(Noting, 1) as crew:
        assert len(list(crew.results(JOINING, "travels", range(9)))) == 9
        assert given == [True] + [False] * 8
    assert do_range(JOINING, "unknown", None, WorkParcel.of(1)) == WorkerAnswer(wants_context=True)


def test_old_contexts_are_let_go() -> None:
    """A worker keeps the last few; what they laid out on its disk goes with them."""
    closed: list[str] = []

    class Laid(str):
        def close(self) -> None:
            closed.append(str(self))

    keeping = Kind(Laid, joined)
    for name in "abcd":
        do_range(keeping, f"of {name}", WorkParcel.of(name), WorkParcel.of(1))
    assert "a" in closed and "d" not in closed


def test_what_fails_on_a_worker_is_left_to_the_head() -> None:
    """No exception with people's data in it is raised there; the others are done."""
    with Crew(Here) as crew:
        assert list(crew.results(JOINING, "a", [1, "fails", 2])) == ["a 1", None, "a 2"]
        assert list(crew.results(JOINING, "no", [1])) == [None]


def test_a_parcel_shows_nothing_but_its_size() -> None:
    """In whatever way it is printed; it can be sent by itself."""
    parcel = WorkParcel.of({"name": "Asesi Contoh 01"})
    shown = f"{parcel} {parcel!r} {WorkerAnswer(parcel)!r} {[parcel]}"
    assert "Asesi" not in shown and "Contoh" not in shown
    assert pickle.loads(pickle.dumps(parcel)).value() == {"name": "Asesi Contoh 01"}


def test_killed_workers_are_replaced_and_their_jobs_done_again(tmp_path: Path) -> None:
    """All jobs are done, in order, by those who take their places."""
    with Crew(pool(), 2) as crew:
        found = list(crew.results(Kind(prepared, dies_once), str(tmp_path), range(12)))
        assert found == [number * number for number in range(12)]
        assert crew.begun_anew == 1 and (tmp_path / "died").exists()


def test_a_job_that_kills_its_worker_does_not_do_so_for_ever(tmp_path: Path) -> None:
    """It is given back to be done here, the others are done."""
    with Crew(pool(), 2) as crew:
        found = list(crew.results(Kind(prepared, always_dies), str(tmp_path), range(6)))
    assert found[3] is None and [each for each in found if each is not None] == [0, 1, 4, 16, 25]


def test_places_that_are_none_are_told() -> None:
    """With what may be given."""
    with pytest.raises(KitgenError, match="no such place") as told, crew_at("elsewhere", 2):
        pass
    assert "tls://HOST" in str(told.value.diagnostics[0].help)


# Documents


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, root: Path) -> KitProject:
    """The sample event with a form for each way documents are made, not built."""
    folder = tmp_path_factory.mktemp("regu")
    project = KitProject.copy_of(root, folder / "proyek")
    home = project.root / "events" / NAME
    home.mkdir(parents=True)
    (home / "jadwal.xlsx").write_bytes((root / "events" / NAME / "jadwal.xlsx").read_bytes())
    (home / "kunci-kode-dokumen.txt").write_text(f"{'5a' * 32}\n", "ascii")
    return project.one_form_of_each_kind("FR.APL.01", "FR.AK.01", "FR.IA.05A", "Kartu Pemeran", "Rekap Jadwal")


@pytest.fixture(scope="module")
def alone(project: KitProject, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The tree one process makes."""
    copied = project.copy_to(tmp_path_factory.mktemp("sendiri") / "proyek")
    return copied.build("--event", NAME).tree()


@pytest.mark.parametrize("place", ["here", "processes"])
def test_trees_are_equal_wherever_documents_are_made(
    project: KitProject, alone: dict[str, str], tmp_path: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By this process through the same values, and by ones that begin afresh; the head renders only what people type into."""
    copied, ranges = project.copy_to(tmp_path / "proyek"), []
    results = Crew.results

    def noted(self: Crew, *arguments: Any) -> Iterator[Any]:
        for each in results(self, *arguments):
            ranges.append(each)
            yield each

    monkeypatch.setattr(Crew, "results", noted)
    copied.build("--event", NAME, "--cluster", place, "--jobs", "2")
    assert copied.tree() == alone
    assert ranges and all(found is not None and None not in found for found in ranges)
    stamps = copied.stamps()
    copied.build("--event", NAME, "--cluster", place)
    assert copied.stamps() == stamps


def test_what_was_edited_is_judged_as_without_a_crew(project: KitProject, tmp_path: Path) -> None:
    """An edited document is kept and the new one goes beside it; a reworded criterion makes the same documents new."""
    trees: list[dict[str, str]] = []
    for number, options in enumerate(((), ("--cluster", "here"))):
        copied = project.copy_to(tmp_path / str(number)).build("--event", NAME)
        path = min((copied.root / "output").rglob("*FR.AK.01*.docx"))
        edit_by_hand(path, "Persetujuan", "Kesepakatan")
        copied.edit_scheme("title: ", "title: Contoh ").build("--event", NAME, *options)
        trees.append(copied.tree())
        trees[-1].pop(path.relative_to(copied.root / "output").as_posix())  # saved at another time
        assert "(terbaru)" in " ".join(trees[-1])
    assert trees[0] == trees[1]


def test_what_people_typed_is_carried_over_with_a_crew(project: KitProject, tmp_path: Path) -> None:
    """A workbook people type into is made by the crew while none lies there, by the head once one does."""
    trees: list[dict[str, str]] = []
    for number, options in enumerate(((), ("--cluster", "here"))):
        copied = project.copy_to(tmp_path / str(number)).build("--event", NAME, *options)
        recap = next((copied.root / "output").rglob("31 Rekap*.xlsx"))
        book = openpyxl.load_workbook(recap)
        sheet = book.worksheets[0]
        first = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "Asesi Contoh 01")
        sheet.cell(first.row, first.column + 2).value = "K"
        book.save(recap)
        copied.edit_scheme("title: ", "title: Contoh ").build("--event", NAME, *options)
        made = openpyxl.load_workbook(recap).worksheets[0]
        assert "K" in {cell.value for row in made.iter_rows() for cell in row}
        trees.append(copied.tree())
    assert trees[0] == trees[1]


def test_faults_of_templates_are_told_as_without_a_crew(project: KitProject, tmp_path: Path) -> None:
    """The head meets them itself, with their places; nothing is written."""
    copied = project.copy_to(tmp_path / "proyek").edit_template("docx/FR.AK.01.docx", "scheme.title", "scheme.titel")
    told = [
        copied.build("--event", NAME, *options, expect=1).said.splitlines() for options in ((), ("--cluster", "here"))
    ]
    assert told[0] == told[1] and "scheme.titel" in " ".join(told[0])
    assert copied.tree() == {}


def test_a_job_is_a_value_without_data_of_the_project(project: KitProject, tmp_path: Path) -> None:
    """It can be packed; the context, which each worker keeps, holds templates and nothing of people."""
    copied, seen = project.copy_to(tmp_path / "proyek"), []

    class Noting(Here):
        def submit(self, fn: Callable[..., Any], /, *arguments: Any, **named: Any) -> Any:
            seen.append(arguments)
            return super().submit(fn, *arguments, **named)

    with Crew(Noting, 1) as crew:
        build(find_project(copied.root), Selection(event=NAME), workers=crew)
    contexts = {each[1]: each[2] for each in seen if each[2] is not None}
    assert len(contexts) == 1
    (context,) = contexts.values()
    assert b"Asesi Contoh" not in context.data and isinstance(context.value(), far.TemplateFiles)
    jobs = [each[3].value() for each in seen]
    assert any("Asesi Contoh 01" in str(job) for job in jobs)
    assert str(copied.root).encode() not in b"".join(each[3].data for each in seen) + context.data


def test_workers_leave_nothing_behind(project: KitProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither templates nor documents: their folders go with the processes."""
    rooms = tmp_path / "sementara"
    rooms.mkdir()
    monkeypatch.setenv("TMPDIR", str(rooms))
    project.copy_to(tmp_path / "proyek").build("--event", NAME, "--cluster", "processes", "--jobs", "2")
    ends = time.monotonic() + 10
    while list(rooms.glob("kitgen-*")) and time.monotonic() < ends:
        time.sleep(0.1)
    assert list(rooms.glob("kitgen-*")) == []


# PDFs


def test_pdfs_are_made_elsewhere_none_lost(
    project: KitProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every document has one, sealed as one made here; the second run makes none."""
    copied = project.copy_to(tmp_path / "proyek").build("--event", NAME)
    office = FakeOffice(tmp_path / "kantor")
    monkeypatch.setenv("KITGEN_SOFFICE", str(office.path))
    copied.run("pdf", "--event", NAME, "--cluster", "processes")
    documents = [path for path in (copied.root / "output").rglob("*.*x") if path.suffix in (".docx", ".xlsx")]
    assert len(documents) > 20 and all(path.with_suffix(".pdf").is_file() for path in documents)
    made = len(office.calls)
    assert made > 1
    copied.run("pdf", "--event", NAME, "--cluster", "processes")
    copied.run("pdf", "--event", NAME)
    assert len(office.calls) == made


@needs_office
@pytest.mark.office
def test_pdfs_of_two_workers_are_those_made_here(project: KitProject, tmp_path: Path) -> None:
    """Two LibreOffices elsewhere and one here: none is lost, and each PDF is the same, byte for byte."""
    copied = project.copy_to(tmp_path / "proyek").build("--event", NAME)
    documents = [path for path in sorted((copied.root / "output").rglob("*.*x")) if path.suffix in (".docx", ".xlsx")]
    some = [*documents[:: len(documents) // 7][:7], next(path for path in documents if path.suffix == ".xlsx")]

    def jobs(folder: str) -> list[Job]:
        return [
            Job(path, tmp_path / folder / f"{number}.pdf", f"{number:064x}", "x") for number, path in enumerate(some)
        ]

    with crew_at("processes", 2) as crew:
        away = convert(jobs("jauh"), tmp_path / "kerja", crew)
    here = convert(jobs("sini"), tmp_path / "kerja", 1)
    assert len(away.made) == len(here.made) == len(some)
    assert [job.target.read_bytes() for job in jobs("jauh")] == [job.target.read_bytes() for job in jobs("sini")]


def test_a_document_that_cannot_be_converted_is_told_as_without_a_crew(
    project: KitProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By its own name, and that of its equal; no other is held up; without LibreOffice it is told how to install it."""
    monkeypatch.setenv("KITGEN_SOFFICE", str(FakeOffice(tmp_path / "kantor").path))
    jobs = []
    for number, (ask, source) in enumerate((("", "a"), ("crash", "b"), ("", "c"), ("", "a"), ("crash", "b"))):
        path = office_file(tmp_path / "dokumen" / f"{number}.docx", ask)
        jobs.append(Job(path, path.with_suffix(".pdf"), source * 64, f"dokumen {number}"))
    with Crew(Here) as crew:
        converted = convert(jobs, tmp_path / "output", crew)
    assert sorted(job.shown for job in converted.made) == ["dokumen 0", "dokumen 2", "dokumen 3"]
    assert [str(each.place.file) for each in converted.problems if each.severity == "error" and each.place] == [
        "dokumen 1",
        "dokumen 4",
    ]
    monkeypatch.setenv("KITGEN_SOFFICE", str(tmp_path / "none"))
    with Crew(Here) as crew, pytest.raises(KitgenError, match="names no file"):
        convert([jobs[1]], tmp_path / "output", crew)
