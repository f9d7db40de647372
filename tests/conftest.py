"""Fixtures every test may use, and the switch that accepts new golden texts."""

import functools
import gc
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
import yaml
from every_document import DocumentsMade
from examples import register_profiles
from filelock import FileLock
from harness import Golden, KitProject
from once import working_anew, working_once
from told_words import finished_too_early
from workbook_rules import faults_of

from kitgen.cli import language
from kitgen.render.compiled import Rendered

ROOT = Path(__file__).resolve().parent.parent


register_profiles()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write tests/golden anew; read the difference")
    parser.addoption("--alone", action="store_true", help="tests that look at what others made may find nothing")


os.environ["KITGEN_CACHE"] = "off"  # no test takes or leaves a copy in a person's folder
os.environ["KITGEN_LANG"] = "en"  # texts are compared as they stand in the code; tests of other languages say so


yaml.safe_load = functools.partial(yaml.load, Loader=yaml.CSafeLoader)  # what tests read and write themselves: by the
yaml.safe_dump = functools.partial(yaml.dump, Dumper=yaml.CSafeDumper)  # library's quick half, as kitgen does
gc.set_threshold(50_000, 20, 20)  # nearly as seldom as a run of `kitgen` looks for unused cycles


@pytest.fixture(autouse=True)
def everything_told_is_in_the_catalogue(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No command prints a sentence that was finished before it could be put into the person's language."""
    early: list[str] = []
    tell = language.in_words

    def watched(value: object) -> str:
        early.extend(finished_too_early(value))
        return tell(value)

    monkeypatch.setattr(language, "in_words", watched)
    yield
    assert early == []


@pytest.fixture(scope="session")
def root() -> Path:
    """The source tree."""
    return ROOT


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compares texts with the files in tests/golden."""
    return Golden(ROOT / "tests" / "golden", bool(request.config.getoption("--update-golden")))


@pytest.fixture
def kit_project(tmp_path: Path) -> Iterator[KitProject]:
    """A copy of the shipped scheme, templates and identity in a folder of its own."""
    yield KitProject.copy_of(ROOT, tmp_path / "proyek")


@pytest.fixture(scope="session")
def shipped_kit(tmp_path_factory: pytest.TempPathFactory) -> KitProject:
    """The shipped scheme with all its forms, built once for all processes of a run; tests that write take a copy."""
    folder = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        folder = folder.parent
    with FileLock(folder / "shipped-kit.lock"):
        if not (folder / "shipped-kit").is_dir():
            KitProject.copy_of(ROOT, folder / "shipped-kit.part").build().root.rename(folder / "shipped-kit")
    return KitProject(folder / "shipped-kit")


@pytest.fixture(scope="session", autouse=True)
def work_once() -> Iterator[None]:
    """Equal work is done once in this process: templates compiled, YAML texts taken apart, editions read."""
    with working_once():
        yield


@pytest.fixture(autouse=True)
def work_anew(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test marked `anew` shares nothing."""
    with working_anew() if request.node.get_closest_marker("anew") else nullcontext():
        yield


_sound: set[bytes] = set()
"""Digests of the workbooks in which no fault was found."""


def _is_sound(workbook: bytes) -> bool:
    digest = hashlib.sha256(workbook).digest()
    if digest not in _sound:
        assert faults_of(workbook) == []
        _sound.add(digest)
    return True


@pytest.fixture(autouse=True)
def sound_documents(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, documents_made: DocumentsMade
) -> None:
    """Every workbook any test makes is looked through for what makes Excel refuse it; all documents are kept for the last test.

    Not those of tests marked `fragments`, whose templates were no whole documents to begin with.
    """
    if request.node.get_closest_marker("fragments"):
        return
    pack = Rendered.pack

    def checked(self: Rendered, *args: Any, **kwargs: Any) -> bytes:
        data = pack(self, *args, **kwargs)
        if "xl/workbook.xml" in self.template.order:
            assert _is_sound(data)
        documents_made.add(self.template, data)
        return data

    monkeypatch.setattr(Rendered, "pack", checked)


@pytest.fixture(scope="session", autouse=True)
def one_process() -> Iterator[None]:
    """Tests see, and have in common, what is made in their own process, fixtures of modules too; those of sharing, and
    programs that tests start, use several."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kitgen.documents.work.copies.may_fork", lambda: False)
        yield


@pytest.fixture(scope="session")
def documents_made(request: pytest.FixtureRequest) -> DocumentsMade:
    """What the tests of this run made with the engine, in whichever process."""
    return _documents(request.config)


def _documents(config: pytest.Config) -> DocumentsMade:
    cache = getattr(config, "cache", None)  # none under `-p no:cacheprovider`
    return DocumentsMade(cache.mkdir("documents") if cache is not None else _nowhere())


@functools.cache
def _nowhere() -> Path:
    """A folder for the documents of a run that keeps nothing."""
    return Path(tempfile.mkdtemp(prefix="kitgen-documents-"))


def pytest_sessionstart(session: pytest.Session) -> None:
    """A run that makes documents anew forgets those of the run before."""
    config = session.config
    if not hasattr(config, "workerinput") and config.getoption("markexpr") != "last":
        _documents(config).forget()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests over everything the others made come last; where several processes work, in a run of their own."""
    items.sort(key=lambda item: item.get_closest_marker("last") is not None)
    if hasattr(config, "workerinput"):
        after = pytest.mark.skip(reason="looks at what all processes made: run `pytest -m last` after this")
        for item in items:
            if item.get_closest_marker("last") is not None:
                item.add_marker(after)
