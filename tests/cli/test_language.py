"""Two languages: each message has its words in both, and whatever commands print is told in the one that is asked for."""

import ast
import os
import re
import sys
from pathlib import Path

import catalogue
import pytest
from click.testing import CliRunner
from harness import ROOT, KitProject

from kitgen.base import language
from kitgen.base.messages import counted, joined, padded, said
from kitgen.cli import cli

PLACEHOLDERS = re.compile(r"(?<!\{)\{(\w+)[^{}]*\}")
CLI = sorted((ROOT / "kitgen" / "cli").glob("*.py"))


def test_every_text_has_its_indonesian_words() -> None:
    """What the code, the help and click say stands in the catalogue, and nothing else: python -m tests.support.catalogue."""
    known = catalogue.read("id")
    assert sorted(catalogue.needed() - {message.id for message in known}) == []
    assert catalogue.untranslated(known) == []
    left_over = {message.id for message in known if message.id} - catalogue.needed() - {
        each if isinstance(each, str) else each[0] for each in catalogue.texts_of_click()
    } - {message.id for message in known if isinstance(message.id, tuple)}  # fmt: skip
    assert sorted(left_over) == []


def test_a_translation_speaks_of_nothing_the_text_does_not_know() -> None:
    """Each name in braces of a translation stands in the text, too."""
    for message in catalogue.read("id"):
        if isinstance(message.id, str) and message.id in catalogue.needed():
            assert set(PLACEHOLDERS.findall(str(message.string))) <= set(PLACEHOLDERS.findall(message.id)), message.id


def test_the_compiled_catalogue_is_that_of_the_text() -> None:
    """The file that is read at run time was made of the one people edit."""
    path = catalogue.path_of("id")
    assert path.with_suffix(".mo").read_bytes() == catalogue.compiled(catalogue.plain(catalogue.read("id"), "id"))


@pytest.mark.parametrize(
    ("arguments", "environment", "setting", "expected"),
    [
        ([], {}, "", "Buat perangkat asesmen"),
        ([], {"KITGEN_LANG": "en"}, "", "Make the assessment kit"),
        (["--lang", "en"], {"KITGEN_LANG": "id"}, "", "Make the assessment kit"),
        (["--lang=id"], {"KITGEN_LANG": "en"}, "", "Buat perangkat asesmen"),
        ([], {}, 'language: "en"\n', "Make the assessment kit"),
        ([], {"KITGEN_LANG": "xx"}, "", "Buat perangkat asesmen"),
    ],
)
def test_the_language_is_asked_for_or_the_projects_or_indonesian(
    tmp_path: Path, arguments: list[str], environment: dict[str, str], setting: str, expected: str
) -> None:
    """The option goes before the environment, that before the project's setting."""
    (tmp_path / "scheme").mkdir()
    (tmp_path / "scheme/identity.yaml").write_text(f"name: LSP Contoh\n{setting}", "utf-8")
    settings: dict[str, str | None] = {"KITGEN_LANG": None, **environment}
    told = CliRunner(env=settings).invoke(cli, ["-C", str(tmp_path), *arguments, "--help"])
    assert expected in told.output


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes in folders there")
@pytest.mark.timeout(30)
def test_a_project_whose_setting_is_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """The language is looked up before any command; it falls back to Indonesian."""
    (tmp_path / "scheme").mkdir()
    os.mkfifo(tmp_path / "scheme/identity.yaml")
    told = CliRunner(env={"KITGEN_LANG": None}).invoke(cli, ["-C", str(tmp_path), "--help"])
    assert "Buat perangkat asesmen" in told.output


def test_wrong_use_is_told_in_indonesian() -> None:
    """Click's own texts speak the person's language, too."""
    told = CliRunner(env={"KITGEN_LANG": "id"}).invoke(cli, ["buidl"])
    assert "Kesalahan: Tidak ada perintah 'buidl'" in told.output and "Pemakaian:" in told.output


def test_a_run_is_told_in_indonesian(kit_project: KitProject, monkeypatch: pytest.MonkeyPatch) -> None:
    """Problems, places, remedies and counts."""
    monkeypatch.setenv("KITGEN_LANG", "id")
    kit_project.run("check")
    assert "peringatan: nomor skema belum diisi LSP" in kit_project.said
    assert "kelompok pekerjaan 1" in kit_project.said and "saran: tulis di belakang `number:`" in kit_project.said
    assert re.search(r"\d+ peringatan", kit_project.said)


def test_messages_keep_their_parts_in_each_other() -> None:
    """A message in a message, in a row, counted or in a column is told in the language of the whole."""
    words = {"document `{name}` is {state}": "dokumen `{name}` {state}", "new": "baru", "document": "dokumen"}
    inner = said("document `{name}` is {state}", name="{x}", state=said("new"))
    assert inner == "document `{x}` is new"
    row = joined("; ", (inner, counted(2, "document"), padded(said("new"), 6) + "|"))
    assert row == "document `{x}` is new; 2 documents; new   |"
    assert row.told(lambda text: words.get(text, text)) == "dokumen `{x}` baru; 2 dokumen; baru  |"
    assert (
        counted(2, "unit").told(language.translator("id")) == "2 unit"
        and counted(2, "PDF").told(language.translator("en")) == "2 PDFs"
    )


def test_arguments_are_changed_and_words_are_not() -> None:
    """Names of people are taken out of arguments, not out of the program's own sentences."""
    message = said("file `{path}` of Asesi is {state}", path="Asesi Contoh", state=said("of Asesi"))
    assert message.changed(lambda text: text.replace("Asesi", "…")) == "file `… Contoh` of Asesi is of Asesi"


def literals_said(tree: ast.AST) -> list[str]:
    """Texts with words that are printed without having gone through `said`."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("say", "styled", "padded") and node.args:
            for part in [node.args[0], *getattr(node.args[0], "values", [])]:
                if (
                    isinstance(part, ast.Constant)
                    and isinstance(part.value, str)
                    and re.search("[A-Za-z]{2}", part.value)
                ):
                    found.append(part.value)
    return found


@pytest.mark.parametrize("path", CLI, ids=lambda path: path.stem)
def test_no_command_prints_a_text_of_its_own_past_the_catalogue(path: Path) -> None:
    """Commands print with `say`; click's own printing and declaring is left to the modules that translate."""
    tree = ast.parse(path.read_text("utf-8"))
    assert literals_said(tree) == []
    if path.name not in ("language.py", "console.py", "declare.py"):
        printing = [node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)
                    and getattr(node.value, "id", "") == "click" and node.attr in ("echo", "secho", "style", "option", "command")]  # fmt: skip
        assert printing == []


def test_a_text_past_the_catalogue_is_found() -> None:
    """The look for such texts finds one, and a joined one."""
    assert literals_said(ast.parse("say('nothing new'); say(f'wrote {x}'); say(said('right'))")) == [
        "nothing new",
        "wrote ",
    ]


def test_the_language_of_notes_is_indonesian() -> None:
    """Notes in workbooks are read by those who fill them, whatever the terminal speaks."""
    assert language.in_indonesian(said("write digits only")) == "tulis angka saja"
