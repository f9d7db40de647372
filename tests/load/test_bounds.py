"""Data files of any size are read or refused soon, and what is no file is never waited for."""

import os
import sys
import time
from pathlib import Path

import pytest
from harness import KitProject, soon, within

from kitgen.base.errors import Findings, KitgenError
from kitgen.load.records import load_records
from kitgen.load.yaml.source import open_yaml, plain_data

pytestmark = pytest.mark.slow

MB = 1024 * 1024


def of_size(line: str, size: int) -> str:
    return "".join(line.format(number) for number in range(size // len(line.format(100_000))))


LARGE = {
    "keys": of_size("k{0}: v\n", 7 * MB),
    "one key": of_size("kunci: v\n", 7 * MB),
    "texts": of_size("- teks\n", 7 * MB),
    "groups": of_size("- {{a: 1, b: 2}}\n", 7 * MB),
    "brackets": "[" + "[]," * (2 * MB) + "]",
    "commas": "[" + "a," * (3 * MB) + "a]",
    "anchors": of_size("- &a{0} teks\n", 7 * MB),
    "stars": "# *\n" + of_size("- teks\n", 7 * MB),
    "one text": '"' + "a" * (7 * MB) + '"',
}


@pytest.mark.parametrize("name", LARGE)
def test_a_large_yaml_file_is_refused_soon(tmp_path: Path, name: str) -> None:
    """Within two seconds of processor time and 300 MB, whoever reads it."""
    path = tmp_path / "data.yaml"
    path.write_text(LARGE[name], "utf-8")

    def opened() -> None:
        top = open_yaml(path, "data.yaml", Findings())
        if top is not None:
            top.fields(["scheme"])
            top.items()

    def unfolded() -> None:
        try:
            plain_data(path, "data.yaml")
        except KitgenError as error:
            assert len(error.diagnostics) <= 1_000

    soon(opened, 2, 300)
    soon(unfolded, 2, 300)


@pytest.mark.parametrize("text", [of_size("salah{0}: v\n", 2 * MB), of_size("sama: v\n", MB)], ids=["unknown", "twice"])
def test_a_file_of_faults_is_told_in_a_bearable_number(tmp_path: Path, text: str) -> None:
    """Nobody reads a hundred thousand messages, and looking for near names takes time for each."""
    path = tmp_path / "data.yaml"
    path.write_text(text, "utf-8")
    told: list[int] = []

    def opened() -> None:
        findings = Findings()
        top = open_yaml(path, "data.yaml", findings)
        if top is not None:
            top.fields(["scheme", "title"])
        told.append(len(findings.diagnostics))

    soon(opened, 2, 300)
    assert 0 < told[-1] <= 1_000


def test_a_list_of_no_records_is_told_soon(tmp_path: Path) -> None:
    """Millions of numbers where records are wanted."""
    path = tmp_path / "data.json"
    path.write_text("[" + "1," * (3 * MB) + "1]", "utf-8")
    with within(2, 300), pytest.raises(KitgenError) as raised:
        load_records(path)
    assert len(raised.value.diagnostics) <= 20


@pytest.mark.parametrize("value", ['"\\u0007"', '"a\\ud800"', '["x", {"y": "\\u001b[2J"}]'])
def test_what_no_document_can_hold_is_told(tmp_path: Path, value: str) -> None:
    """Printed as nothing it would be lost without a word; the text it stands in is not told."""
    path = tmp_path / "data.json"
    path.write_text(f'[{{"nama": "Rahasia"}}, {{"nama": {value}}}]', "utf-8")
    with pytest.raises(KitgenError, match=r"a value of `nama` holds a sign no page can show \(U\+") as raised:
        load_records(path)
    assert "record 2" in str(raised.value) and "\x1b" not in str(raised.value)


def test_a_break_of_a_line_as_powerpoint_writes_it_is_one(tmp_path: Path) -> None:
    """A vertical tab is no sign to refuse: documents show it as a break."""
    path = tmp_path / "data.json"
    path.write_text('{"nama": "a\\u000bb"}', "utf-8")
    assert load_records(path)[0] == [{"nama": "a\vb"}]


def test_a_control_sign_in_a_scheme_is_told(kit_project: KitProject) -> None:
    """YAML can spell it; no page shows it, and no terminal is given it."""
    kit_project.edit_scheme("\ntitle: ", '\ntitle: "\\e[2J\\0" # ')
    kit_project.run("check", expect=1)
    assert kit_project.last is not None
    assert "a sign no page can show (U+001B)" in kit_project.said and "\x1b[2J" not in kit_project.last.output


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes in folders there")
@pytest.mark.parametrize(
    "name", ["scheme/identity.yaml", "templates/forms.yaml", "output/x.docx", "data.yaml", "data.json"]
)
def test_a_pipe_is_never_waited_for(kit_project: KitProject, name: str) -> None:
    """It is told as what it is."""
    path = kit_project.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    started = time.monotonic()
    if name.startswith("data"):
        template = next((kit_project.root / "templates" / "docx").glob("FR.*.docx"))
        kit_project.run("render", str(template), str(path), str(kit_project.root / "o.docx"), expect=1)
    elif name.startswith("output"):
        kit_project.run("adopt", "x.docx", expect=1)
    else:
        kit_project.run("check", expect=1)
    assert "pipe" in kit_project.said and time.monotonic() - started < 60
