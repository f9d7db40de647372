"""Dask: equal trees with any number of workers, one killed; other machines by TLS alone; no name where others look."""

import logging
import os
import shutil
import signal
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from event_cases import NAME
from fake_office import FakeOffice
from harness import KitProject, command
from office import needs_office

from kitgen.base.errors import KitgenError
from kitgen.documents.build.build import build
from kitgen.documents.build.pdfs import print_event
from kitgen.documents.pdf.convert import convert
from kitgen.documents.pdf.job import Job
from kitgen.documents.pdf.seal import read_seal
from kitgen.documents.status.status import Selection
from kitgen.documents.work import cluster
from kitgen.documents.work.crew import Crew
from kitgen.documents.work.places import crew_at
from kitgen.load.locate import find_project

pytestmark = [pytest.mark.slow, pytest.mark.cluster, pytest.mark.filterwarnings("default")]
distributed = pytest.importorskip("distributed")

PERSON = "Zulfatma Samaran"
"""A made-up candidate with a name that stands nowhere else."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, root: Path) -> KitProject:
    """The sample event with a form for each way documents are made and one candidate of a rare name, not built."""
    project = KitProject.copy_of(root, tmp_path_factory.mktemp("gugus") / "proyek")
    home = project.root / "events" / NAME
    home.mkdir(parents=True)
    shutil.copy(root / "events" / NAME / "jadwal.xlsx", home)
    book = openpyxl.load_workbook(home / "jadwal.xlsx")
    cell = next(cell for row in book["Asesi"].iter_rows() for cell in row if cell.value == "Asesi Contoh 02")
    cell.value = PERSON
    book.save(home / "jadwal.xlsx")
    (home / "kunci-kode-dokumen.txt").write_text(f"{'5a' * 32}\n", "ascii")
    return project.one_form_of_each_kind("FR.APL.01", "FR.AK.01", "FR.IA.05A", "Kartu Pemeran", "Rekap Jadwal")


@pytest.fixture(scope="module")
def forked(project: KitProject, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The tree forked copies of a process make."""
    copied = project.copy_to(tmp_path_factory.mktemp("salinan") / "proyek")
    run = command("-C", copied.root, "build", "--event", NAME, "--jobs", "2")
    assert run.wait(120) == 0
    tree = copied.tree()
    assert any(PERSON in path for path in tree)
    return tree


def pids() -> list[int]:
    """The processes of the workers there are now."""
    return list(distributed.default_client().run(os.getpid).values())


class Kills:
    """Kills a worker as soon as the first range of documents is there."""

    def __init__(self) -> None:
        self.killed: list[int] = []

    def __call__(self, done: int, total: int) -> None:
        if not self.killed:
            self.killed.append(pids()[0])
            os.kill(self.killed[0], signal.SIGKILL)


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_trees_are_equal_though_a_worker_is_killed(
    project: KitProject, forked: dict[str, str], tmp_path: Path, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With one, two and three workers as with forked copies; another takes its place, and the head makes none itself."""
    copied, kills, results = project.copy_to(tmp_path / "proyek"), Kills(), Crew.results
    left: list[int] = []

    def noted(self: Crew, *arguments: Any) -> Iterator[Any]:
        for each in results(self, *arguments):
            left.append(each is None or None in each)
            yield each

    monkeypatch.setattr(Crew, "results", noted)
    with crew_at("local", workers) as crew:
        build(find_project(copied.root), Selection(event=NAME), workers=crew, rendering=kills)
        distributed.default_client().wait_for_workers(workers, timeout=60)
        now = pids()
    assert copied.tree() == forked
    assert len(now) == workers and kills.killed[0] not in now
    assert left and not any(left)


def pages_of(port: int) -> str:
    """All that a server for pages shows, at the addresses Dask is known to have."""
    shown = []
    for path in ("", "status", "workers", "tasks", "graph", "profile", "info/main/workers.html", "info/main/logs.html",
                 "info/logs.html", "json/counts.json", "json/index.html", "health", "metrics", "sitemap.json"):  # fmt: skip
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", timeout=5) as answer:
                shown.append(answer.read().decode("utf-8", "replace"))
        except urllib.error.HTTPError as refused:
            assert refused.code == 404
    return "\n".join(shown)


def test_no_name_is_found_where_others_may_look(
    project: KitProject, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """Not in the logs of scheduler and workers, their events, the keys of tasks, pages; not after a kill and a fault."""
    import psutil

    copied, kills, ports = project.copy_to(tmp_path / "proyek"), Kills(), []
    copied.edit_template("docx/FR.AK.01.docx", "scheme.title", "scheme.titel")
    seen: list[str] = []

    def scheduler_knows(dask_scheduler: Any) -> list[str]:
        states = [f"{key} {task!r} {task.group!r} {task.prefix!r}" for key, task in dask_scheduler.tasks.items()]
        return [
            *states,
            repr(dask_scheduler.transition_log),
            repr(dask_scheduler._broker._topics),
        ]

    def looking(done: int, total: int) -> None:
        kills(done, total)
        seen.append(repr(distributed.default_client().run_on_scheduler(scheduler_knows)))

    loggers = [logging.getLogger(name) for name in ("distributed", "distributed.scheduler", "distributed.nanny")]
    with crew_at("local", 2) as crew, caplog.at_level(logging.DEBUG):
        list(crew.results(cluster_kind(), None, [PERSON]))
        for logger in loggers:
            logger.setLevel(logging.DEBUG)
        with pytest.raises(KitgenError):
            build(find_project(copied.root), Selection(event=NAME), workers=crew, rendering=looking)
        client = distributed.default_client()
        client.wait_for_workers(2, timeout=60)
        seen += [
            repr(client.get_scheduler_logs()),
            repr(client.get_worker_logs()),
            repr(client.get_worker_logs(nanny=True)),
        ]
        seen += [
            repr(client.run(worker_knows)),
            repr(client.call_stack()),
            repr(client.profile()),
            repr(client.get_events()),
        ]
        for process in [psutil.Process(), *psutil.Process().children(recursive=True)]:
            for each in process.net_connections():
                if each.status == psutil.CONN_LISTEN:
                    assert each.laddr.ip in ("127.0.0.1", "::1")
                    ports.append(each.laddr.port)
        seen.append(pages_of(client.scheduler_info()["services"]["dashboard"]))
        seen.append(repr(client.run_on_scheduler(scheduler_knows)))
    seen += [caplog.text, *capfd.readouterr()]
    assert ports and kills.killed and "do_range" in "".join(seen)
    assert not [text for text in seen if PERSON.split()[0] in text or "Asesi Contoh" in text]


def worker_knows(dask_worker: Any) -> list[str]:
    state = dask_worker.state
    return [repr(list(state.tasks.items())), repr(list(state.log)), repr(list(dask_worker.data))]


def cluster_kind() -> Any:
    from kitgen.documents.work.parcel import Kind

    return Kind(repr, str)


def test_pdfs_by_two_workers_one_killed(project: KitProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """None is lost though a worker is killed, and each is sealed with the digest of its own document."""
    monkeypatch.setenv("KITGEN_SOFFICE", str(FakeOffice(tmp_path / "kantor").path))
    copied, kills = project.copy_to(tmp_path / "proyek").build("--event", NAME), Kills()
    documents = sorted(path for path in (copied.root / "output").rglob("*.*x") if path.suffix in (".docx", ".xlsx"))
    jobs = [Job(path, path.with_suffix(".pdf"), f"{number:064}", str(number)) for number, path in enumerate(documents)]
    with crew_at("local", 2) as crew:
        made = convert(jobs, copied.root / "output", crew, kills).made
    assert len(made) == len(jobs) > 20 and kills.killed
    seals = [read_seal(job.target) for job in jobs]
    assert [seal.source for seal in seals if seal is not None and seal.is_whole] == [job.source for job in jobs]


@pytest.mark.office
@needs_office
def test_real_pdfs_by_two_workers_are_equal(
    project: KitProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LibreOffice on workers, one of which is killed, makes the very bytes it makes here."""
    monkeypatch.setattr("kitgen.documents.pdf.far._LEAST", 3)
    copied = project.copy_to(tmp_path / "proyek")
    copied.keep_forms({"FR.AK.01"}).build("--event", NAME)
    other, kills = copied.copy_to(tmp_path / "lain"), Kills()
    copied.run("pdf", "--event", NAME)
    with crew_at("local", 2) as crew:
        print_event(find_project(other.root), NAME, kills, crew)
    pdfs = [path for path in copied.tree() if path.endswith(".pdf")]
    assert len(pdfs) > 10 and kills.killed and other.tree() == copied.tree()


# Other machines


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("tcp://10.0.0.7:8786", "do not travel unprotected"),
        ("tcp://penjadwal.contoh:8786", "do not travel unprotected"),
        ("tcp://localhost.contoh:8786", "do not travel unprotected"),
        ("ws://10.0.0.7:8786", "is reached by"),
        ("http://127.0.0.1:8787", "is reached by"),
        ("tls://", "is reached by"),
    ],
)
def test_nothing_but_tls_goes_to_other_machines(address: str, told: str) -> None:
    """It is refused before anything is sent, with what to do."""
    with pytest.raises(KitgenError, match=told) as refused, crew_at(address, 2):
        pass
    assert refused.value.diagnostics[0].place is not None


def test_addresses_that_are_safe_are_taken() -> None:
    """TLS anywhere, anything within this machine."""
    for address in ("tls://10.0.0.7:8786", "tcp://127.0.0.1:8786", "tcp://localhost:8786", "tcp://[::1]:8786"):
        cluster.refuse_unsafe(address)


def test_a_cluster_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Soon, and without a traceback."""
    monkeypatch.setattr(cluster, "_WAIT", 1)
    with pytest.raises(KitgenError, match="no cluster answers there"), crew_at("tcp://127.0.0.1:9", 2):
        pass


def test_without_dask_it_is_told_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an extra."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(KitgenError, match="is not installed") as told, crew_at("local", 2):
        pass
    assert "kitgen[cluster]" in str(told.value.diagnostics[0].help)


def test_a_scheduler_is_reached_by_its_certificates_alone(
    project: KitProject, forked: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With those of the cluster its workers make the tree and the PDFs of its packs; with none nobody is reached; unfit
    workers are refused."""
    import dask
    from distributed import LocalCluster, Security

    ours, office = Security.temporary(), FakeOffice(tmp_path / "kantor")
    monkeypatch.setenv("KITGEN_SOFFICE", str(office.path))
    monkeypatch.setattr(cluster, "_WAIT", 5)
    settings = {f"distributed.comm.tls.{name}": value for name, value in (
        ("ca-file", ours.tls_ca_file), ("client.cert", ours.tls_client_cert), ("client.key", ours.tls_client_key),
    )}  # fmt: skip
    far = {"n_workers": 2, "threads_per_worker": 1, "protocol": "tls://", "security": ours, "dashboard_address": None}
    with dask.config.set(cluster._NEVER_ON_DISK), LocalCluster(**far) as there:
        address = there.scheduler_address
        assert address.startswith("tls://")
        with pytest.raises(KitgenError, match="no cluster answers there"), crew_at(address, 2):
            pass
        with dask.config.set(settings):
            copied = project.copy_to(tmp_path / "proyek")
            copied.build("--event", NAME, "--cluster", address)
            assert copied.tree() == forked
            copied.run("pack", "--event", NAME, "--cluster", address)
            documents = [path for path in (copied.root / "output").rglob("*.*x") if path.suffix in (".docx", ".xlsx")]
            assert all(path.with_suffix(".pdf").is_file() for path in documents)
            assert office.calls and any((copied.root / "output").rglob("Paket Cetak/**/*.pdf"))
            monkeypatch.setattr(cluster, "__version__", "9.9")
            with pytest.raises(KitgenError, match="another version of kitgen"), crew_at(address, 2):
                pass


@pytest.mark.parametrize(
    ("about", "told"),
    [
        ({"kitgen": ["0.0", 1], "spills": []}, "another version"),
        ({"kitgen": [cluster.__version__, cluster.RENDERER_VERSION], "spills": ["distributed.x"]}, "on its disk"),
        ({"kitgen": [cluster.__version__, cluster.RENDERER_VERSION], "spills": []}, None),
    ],
)
def test_unfit_workers_are_told(about: dict[str, object], told: str | None) -> None:
    """Another version would make other documents; one that spills would lay people's data on its disk."""
    found = cluster.misfit(about)
    assert (found is None) if told is None else (found is not None and told in found[0])
