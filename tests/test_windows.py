"""What is handed to people with Windows: a folder that prepares kitgen without a network. It is not run here."""

import importlib.machinery
import importlib.util
import re
import zipfile
from pathlib import Path
from types import ModuleType

import pytest
from packaging.specifiers import SpecifierSet


@pytest.fixture(scope="module")
def windows(root: Path) -> ModuleType:
    """`.ci/windows` as a module."""
    loader = importlib.machinery.SourceFileLoader("windows", str(root / ".ci/windows"))
    spec = importlib.util.spec_from_loader("windows", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def test_the_folder_holds_the_start_file_and_the_wheels(windows: ModuleType, tmp_path: Path) -> None:
    """Equal wheels make equal bytes; texts end their lines as Windows does, in letters every code page has."""
    wheel = tmp_path / "kitgen-1.2.3-py3-none-any.whl"
    wheel.write_bytes(b"roda")
    for name in ("a.zip", "b.zip"):
        windows.pack(tmp_path / name, "1.2.3", [wheel])
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        names = archive.namelist()
        texts = {name: archive.read(name) for name in names if not name.endswith(".whl")}
    top = "kitgen-1.2.3-windows"
    assert names == [f"{top}/BACA DULU.txt", f"{top}/Buka kitgen.cmd", f"{top}/wheels/{wheel.name}"]
    for text in texts.values():
        assert text.isascii() and text.count(b"\r\n") == text.count(b"\n") and b"@" not in text.replace(b"@echo", b"")


def test_the_start_file_needs_no_network_and_says_what_is_missing(windows: ModuleType) -> None:
    """It installs from the folder alone, tries every Python kitgen runs with, and tells in one sentence where to get one."""
    start = windows.texts("1.2.3")["Buka kitgen.cmd"].decode()
    assert "--no-index --find-links wheels kitgen==1.2.3" in start and start.count("pip ") == 1
    (tried,) = re.findall(r"for %%V in \(([\d. ]+)\)", start)
    assert sorted(tried.split()) == sorted(windows.VERSIONS)
    (told,) = [line for line in start.splitlines() if "Python belum ada" in line]
    assert "https://www.python.org/downloads/windows/" in told
    for line in start.splitlines():  # a bracket would end the group of commands it stands in
        assert not (line.strip().startswith("echo") and re.search(r"[()&|<>]", line))
    assert start.count("(") == start.count(")")
    labels = set(re.findall(r"^:(\w+)\r?$", start, re.M))
    assert set(re.findall(r"goto (\w+)", start)) == labels


def test_every_python_of_the_folder_is_one_kitgen_runs_with(windows: ModuleType, root: Path) -> None:
    """And the check of wheels asks for the same."""
    (wanted,) = re.findall(r'requires-python = "([^"]+)"', (root / "pyproject.toml").read_text("utf-8"))
    assert all(version in SpecifierSet(wanted) for version in windows.VERSIONS)
    assert f"VERSIONS = {windows.VERSIONS}".replace("'", '"') in (root / ".ci/wheels").read_text("utf-8")
